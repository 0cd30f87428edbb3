// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/happen/company.h"

#include "app/happen/trouble.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fcntl.h>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

namespace wirestage::happen {
namespace {

constexpr std::chrono::milliseconds betweenLooks{20};
constexpr int cannotStart = 127; // as of a shell

sigset_t ours() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGCHLD, SIGTERM, SIGINT, SIGHUP})
        sigaddset(&set, signal);
    return set;
}

/// A child begins as a program does that a shell has started.
void begin(bool aloud, bool withOutput) {
    const sigset_t set = ours();
    sigprocmask(SIG_UNBLOCK, &set, nullptr);
    const Descriptor nothing(must(open("/dev/null", O_RDWR | O_CLOEXEC), "/dev/null"));
    dup2(nothing.get(), STDIN_FILENO);
    if (withOutput)
        return;
    // Standard output is the capture's.
    dup2(aloud ? STDERR_FILENO : nothing.get(), STDOUT_FILENO);
    if (!aloud)
        dup2(nothing.get(), STDERR_FILENO);
}

} // namespace

Company::Company(bool isAloud) : aloud(isAloud) {
    const sigset_t set = ours();
    sigprocmask(SIG_BLOCK, &set, nullptr);
}

pid_t Company::fork(const NetworkNamespace& where, const std::function<int()>& deed, bool withOutput) {
    const pid_t child = must(::fork(), "a process");
    if (child != 0)
        return child;
    try {
        begin(aloud, withOutput);
        where.enter();
        _exit(deed());
    } catch (const std::exception& trouble) {
        std::fprintf(stderr, "wirestage-happen: %s\n", trouble.what());
        _exit(1);
    }
}

pid_t Company::start(const NetworkNamespace& where, const std::function<int()>& deed) {
    return fork(where, deed, false);
}

pid_t Company::startWithOutput(const NetworkNamespace& where, const std::function<int()>& deed) {
    return fork(where, deed, true);
}

void Company::collect() {
    int status = 0;
    for (pid_t ended = 0; (ended = waitpid(-1, &status, WNOHANG)) > 0;)
        statuses[ended] = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

void Company::sleep(std::chrono::milliseconds longest) {
    const sigset_t set = ours();
    const auto rest = std::chrono::nanoseconds(longest).count();
    const timespec patience{rest / 1'000'000'000, rest % 1'000'000'000};
    if (const int signal = sigtimedwait(&set, nullptr, &patience); signal > 0 && signal != SIGCHLD)
        stopWanted = true;
    collect();
}

bool Company::until(const std::function<bool()>& reason, std::chrono::milliseconds longest) {
    const auto end = Clock::now() + longest;
    while (!stopWanted) {
        if (reason())
            return true;
        if (Clock::now() >= end)
            return false;
        sleep(betweenLooks);
    }
    return false;
}

void Company::awaitEnd(pid_t one, std::chrono::milliseconds longest) {
    for (const auto end = Clock::now() + longest; runs(one) && Clock::now() < end;)
        sleep(betweenLooks);
}

void Company::kill(pid_t one) {
    if (runs(one))
        ::kill(one, SIGKILL);
    awaitEnd(one, std::chrono::seconds(1));
}

std::string programNamed(const std::string& name) {
    const char* const path = std::getenv("PATH");
    std::istringstream folders(std::string(path ? path : "") +
                               ":/usr/sbin:/sbin:/usr/local/sbin:/usr/bin:/bin");
    for (std::string folder; std::getline(folders, folder, ':');)
        // An empty or relative folder would mean wherever somebody happens to be.
        if (folder.starts_with('/') && access((folder + "/" + name).c_str(), X_OK) == 0)
            return folder + "/" + name;
    return {};
}

int become(const std::vector<std::string>& words) {
    std::vector<char*> arguments;
    for (const std::string& word : words)
        arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    execv(arguments.front(), arguments.data());
    std::fprintf(stderr, "wirestage-happen: %s cannot be started (%s)\n", words.front().c_str(),
                 std::strerror(errno));
    return cannotStart;
}

} // namespace wirestage::happen
