// SPDX-License-Identifier: GPL-3.0-or-later
// posix_spawn(3) and two pipes; one thread reads both, waits for the program and says how it ended.
#include "core/capture/capture_process.h"

#include "core/capture/decompress.h"
#include "core/capture/loss_report.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

extern char** environ; // NOLINT: unistd.h leaves its declaration to the program

namespace wirestage {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t chunk = 1 << 20;
constexpr int pipeBytes = 1 << 20; ///< what the program may be ahead of us
constexpr std::size_t lastWordsKept = 2000, longestLine = 1000;
/// Before a program is killed that was asked to end: since it wrote something last, and altogether. One that
/// is behind still has packets to hand over.
constexpr std::chrono::milliseconds patience{3000}, mostPatience{20000};
constexpr int pollMilliseconds = 200;

struct Pipe {
    int reads = -1, writes = -1;
    Pipe() {
        std::array<int, 2> ends{-1, -1};
        if (pipe2(ends.data(), O_CLOEXEC) == 0) {
            reads = ends[0];
            writes = ends[1];
        }
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() {
        closeEnd(reads);
        closeEnd(writes);
    }
    static void closeEnd(int& end) {
        if (end >= 0)
            close(end);
        end = -1;
    }
    static int take(int& end) { return std::exchange(end, -1); }
};

/// Starts the program with its standard output and error in the pipes, its standard input empty. \return an
/// errno
int spawn(const std::vector<std::string>& command, const Pipe& output, const Pipe& errors, pid_t& pid) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output.writes, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, errors.writes, STDERR_FILENO);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    // A group of its own: a Ctrl+C in the terminal is for the window, which then stops the capture itself.
    posix_spawnattr_setpgroup(&attributes, 0);
    sigset_t nothing, usual;
    sigemptyset(&nothing);
    sigemptyset(&usual);
    for (const int signal : {SIGINT, SIGTERM, SIGPIPE, SIGCHLD})
        sigaddset(&usual, signal);
    posix_spawnattr_setsigmask(&attributes, &nothing);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    std::vector<char*> arguments;
    for (const std::string& word : command)
        arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const int failed = posix_spawnp(&pid, arguments[0], &actions, &attributes, arguments.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

} // namespace

struct CaptureProcess::Inside {
    explicit Inside(GrowingFile into, Callbacks callbacks)
        : file(std::move(into)), tell(std::move(callbacks)) {
        file.awaitReader();
    }

    GrowingFile file;
    Callbacks tell;
    int output = -1, errors = -1;
    pid_t pid = -1; ///< -1: there is no program, only a descriptor
    std::atomic<std::uint64_t> bytes{0}, lost{0}, mostKept{0};
    LossReport losses;
    std::atomic<bool> stopping{false}, done{false};
    std::atomic<Clock::rep> killAt{0}, killAtLast{0}; ///< 0: not asked to end yet
    std::mutex mutex; ///< for pid: a number that was waited for may be somebody else's
    std::string line, lastWords;
    End end;
    std::thread thread;

    void run();
    void unpack();
    bool take(Bytes more);
    bool takeOutput();
    bool takeErrors();
    void takeLine();
    void signal(int which);
    void enough(Text why);
    void finish();
    void waitForProgram();
};

void CaptureProcess::Inside::signal(int which) {
    const std::lock_guard lock(mutex);
    if (pid > 0)
        kill(pid, which);
}

/// The file takes no more: there is no use in going on.
void CaptureProcess::Inside::enough(Text why) {
    end.problem = std::move(why);
    signal(SIGINT);
    Pipe::closeEnd(output);
}

/// False once there will be nothing more.
bool CaptureProcess::Inside::takeOutput() {
    static thread_local std::vector<std::uint8_t> buffer(chunk);
    const ssize_t got = read(output, buffer.data(), buffer.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return true;
    if (got <= 0)
        return false;
    return take({buffer.data(), static_cast<std::size_t>(got)});
}

/// False where the file takes no more.
bool CaptureProcess::Inside::take(Bytes more) {
    switch (file.append(more)) {
    case CacheFile::Append::Done: break;
    case CacheFile::Append::LimitReached:
        enough(WS_TR("capture", "the capture has reached %1, which is its limit")
                   .with(bytesInWords(file.kept())));
        break;
    case CacheFile::Append::NoRoom:
        enough(WS_TR("capture", "the disk is full: all that was captured up to here is kept"));
        break;
    }
    bytes.store(file.size(), std::memory_order_relaxed);
    mostKept.store(file.mostKept(), std::memory_order_relaxed);
    if (killAt.load() != 0)
        killAt = std::min((Clock::now() + patience).time_since_epoch().count(), killAtLast.load());
    return output >= 0;
}

bool CaptureProcess::Inside::takeErrors() {
    std::array<char, 4096> buffer{};
    const ssize_t got = read(errors, buffer.data(), buffer.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return true;
    if (got <= 0)
        return false;
    for (const char c : std::string_view(buffer.data(), static_cast<std::size_t>(got)))
        if (c == '\n' || c == '\r' || line.size() >= longestLine)
            takeLine();
        else
            line += c;
    return true;
}

void CaptureProcess::Inside::takeLine() {
    if (line.empty())
        return;
    losses.read(line);
    lost.store(losses.packets(), std::memory_order_relaxed);
    lastWords += line + '\n';
    if (lastWords.size() > lastWordsKept)
        lastWords.erase(0, lastWords.size() - lastWordsKept);
    if (tell.line)
        tell.line(line);
    line.clear();
}

void CaptureProcess::Inside::run() {
    while (output >= 0 || errors >= 0) {
        std::array<pollfd, 2> ends{pollfd{output, POLLIN, 0}, pollfd{errors, POLLIN, 0}};
        poll(ends.data(), ends.size(), pollMilliseconds);
        if (ends[0].revents && !takeOutput())
            Pipe::closeEnd(output);
        if (ends[1].revents && !takeErrors())
            Pipe::closeEnd(errors);
        const Clock::rep last = killAt.load();
        if (last == 0)
            continue;
        const Clock::duration over = Clock::now().time_since_epoch() - Clock::duration(last);
        if (over > Clock::duration::zero())
            signal(SIGKILL);
        if (over > patience) // somebody else has its pipes
            break;
    }
    takeLine();
    Pipe::closeEnd(output);
    Pipe::closeEnd(errors);
    waitForProgram();
    finish();
}

/// Of a descriptor: there is nobody to ask for an end, so what was read when it is stopped is all.
void CaptureProcess::Inside::unpack() {
    InputStream input(output, [this] { return !stopping; });
    const Compression compression = compressionOf(input.beginning());
    const InputEnd how =
        decompress(input, compression, [this](Bytes more) { return take(more) && !stopping; });
    if (input.error() != 0)
        end.problem = WS_TR("capture", "could be read only in part (%1)").with(std::strerror(input.error()));
    else if (how == InputEnd::CutOff)
        end.problem = WS_TR("capture", "the compressed data are cut off; shown is what came before");
    else if (how == InputEnd::Damaged)
        end.problem = WS_TR("capture", "the compressed data are damaged; shown is what came before");
    Pipe::closeEnd(output);
    finish();
}

void CaptureProcess::Inside::finish() {
    end.stopped = stopping.load();
    end.lastWords = lastWords;
    done = true;
    file.end(); // last: whoever waits for more may ask how it ended
    if (tell.ended)
        tell.ended(end);
}

/// Its pipes are closed, so it is about to end; one that is not is not waited for any longer than stop()
/// says.
void CaptureProcess::Inside::waitForProgram() {
    if (pid < 0)
        return;
    const auto until = Clock::now() + patience;
    for (;;) {
        int status = 0;
        {
            const std::lock_guard lock(mutex);
            const pid_t ended = waitpid(pid, &status, WNOHANG);
            if (ended != 0) {
                pid = -1;
                end.status = ended < 0             ? 0
                             : WIFEXITED(status)   ? WEXITSTATUS(status)
                             : WIFSIGNALED(status) ? 128 + WTERMSIG(status)
                                                   : 0;
                return;
            }
        }
        if (Clock::now() > until)
            signal(SIGKILL);
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

std::variant<std::unique_ptr<CaptureProcess>, Text>
CaptureProcess::start(const std::vector<std::string>& command, GrowingFile into, Callbacks callbacks) {
    if (command.empty() || command.front().empty())
        return WS_TR("capture", "no program is named that captures");
    Pipe output, errors;
    if (output.reads < 0 || errors.reads < 0)
        return WS_TR("capture", "no pipe can be made (%1)").with(std::strerror(errno));
    auto inside = std::make_unique<Inside>(std::move(into), std::move(callbacks));
    if (const int failed = spawn(command, output, errors, inside->pid))
        return WS_TR("capture", "%1 cannot be started (%2)")
            .with(command.front())
            .with(std::strerror(failed));
#ifdef F_SETPIPE_SZ
    (void)fcntl(output.reads, F_SETPIPE_SZ, pipeBytes);
#endif
    inside->output = Pipe::take(output.reads);
    inside->errors = Pipe::take(errors.reads);
    inside->thread = std::thread([raw = inside.get()] { raw->run(); });
    return std::unique_ptr<CaptureProcess>(new CaptureProcess(std::move(inside)));
}

std::variant<std::unique_ptr<CaptureProcess>, Text> CaptureProcess::reading(int descriptor, GrowingFile into,
                                                                            Callbacks callbacks) {
    auto inside = std::make_unique<Inside>(std::move(into), std::move(callbacks));
    inside->output = descriptor;
    inside->thread = std::thread([raw = inside.get()] { raw->unpack(); });
    return std::unique_ptr<CaptureProcess>(new CaptureProcess(std::move(inside)));
}

CaptureProcess::CaptureProcess(std::unique_ptr<Inside> made) : inside(std::move(made)) {}

CaptureProcess::~CaptureProcess() {
    stop();
    if (inside->thread.joinable())
        inside->thread.join();
}

void CaptureProcess::stop() {
    if (inside->stopping.exchange(true))
        return;
    inside->killAtLast = (Clock::now() + mostPatience).time_since_epoch().count();
    inside->killAt = (Clock::now() + patience).time_since_epoch().count();
    inside->signal(SIGINT);
    inside->file.hurry();
}

std::uint64_t CaptureProcess::bytes() const {
    return inside->bytes.load(std::memory_order_relaxed);
}

std::uint64_t CaptureProcess::mostKept() const {
    return inside->mostKept.load(std::memory_order_relaxed);
}

std::uint64_t CaptureProcess::lost() const {
    return inside->lost.load(std::memory_order_relaxed);
}

bool CaptureProcess::running() const {
    return !inside->done;
}

std::optional<CaptureProcess::End> CaptureProcess::ended() const {
    return inside->done ? std::optional(inside->end) : std::nullopt;
}

namespace {

/// The last line that is not about how many packets there were: those come at the end of a capture that
/// failed, too.
std::string_view lastComplaint(std::string_view words) {
    constexpr std::array<std::string_view, 3> usual{"Packets ", "File: ", "Capturing on "};
    constexpr std::array<std::string_view, 2> speakers{"wirestage-capture: ", "dumpcap: "};
    while (!words.empty()) {
        words.remove_suffix(words.ends_with('\n'));
        const std::size_t begin = words.rfind('\n') + 1; // 0 where there is none
        std::string_view line = words.substr(begin);
        words = words.substr(0, begin);
        if (line.empty() || std::any_of(usual.begin(), usual.end(),
                                        [&](std::string_view one) { return line.starts_with(one); }))
            continue;
        for (const std::string_view speaker : speakers)
            if (line.starts_with(speaker))
                line.remove_prefix(speaker.size());
        return line;
    }
    return {};
}

} // namespace

Text inWords(const CaptureProcess::End& end) {
    if (end.problem)
        return *end.problem;
    if (end.stopped)
        return {};
    if (end.status > 128)
        return WS_TR("capture",
                     "the capturing program was ended by signal %1; all that it had captured is here")
            .with(end.status - 128);
    if (const std::string_view words = lastComplaint(end.lastWords); end.status != 0 && !words.empty())
        return Text::verbatim(std::string(words));
    if (end.status != 0)
        return WS_TR("capture", "the capturing program failed (exit status %1) and did not say why")
            .with(end.status);
    return {};
}

CaptureFile::Opened CaptureProcess::capture() const {
    inside->file.waitFor(GrowingFile::enoughToTell);
    return inside->file.capture();
}

} // namespace wirestage
