// SPDX-License-Identifier: GPL-3.0-or-later
// Opening a capture: what stands behind the name, whether it can be mapped as it is, and how it is spooled if
// not.
#include "core/capture/cache_file.h"
#include "core/capture/capture_file.h"
#include "core/capture/decompress.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace wirestage {
namespace {

using OpenError = CaptureFile::OpenError;

/// A descriptor that is closed with its scope.
struct Descriptor {
    int number = -1;
    explicit Descriptor(int descriptor) : number(descriptor) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number >= 0)
            close(number);
    }
    int release() { return std::exchange(number, -1); }
};

OpenError empty() {
    return {FileProblem::Empty, WS_TR("capture", "is empty")};
}

OpenError notReadable(int reason) {
    switch (reason) {
    case ENOENT:
    case ENOTDIR: return {FileProblem::NotFound, WS_TR("capture", "there is no such file")};
    case EACCES: return {FileProblem::Unreadable, WS_TR("capture", "you may not read this file")};
    case EISDIR: return {FileProblem::Folder, WS_TR("capture", "is a folder, not a capture file")};
    default:
        return {FileProblem::Unreadable, WS_TR("capture", "cannot be read (%1)").with(std::strerror(reason))};
    }
}

/// Copies a stream to a cache file and keeps in mind what went wrong on the way.
class Spool {
public:
    explicit Spool(const OpenOptions& options)
        : options_(options), file_(options.cacheFolder, options.spoolLimit) {}

    std::optional<OpenError> run(int input) {
        if (!file_.usable())
            return OpenError{FileProblem::NoRoom,
                             WS_TR("capture", "there is no folder in which a temporary file can be made; set "
                                              "XDG_CACHE_HOME to one")};
        InputStream stream(input, [this] { return goOn(); });
        const Compression compression = compressionOf(stream.beginning());
        compression_ = compression == Compression::Gzip   ? "gzip"
                       : compression == Compression::Zstd ? "zstd"
                                                          : "";
        const InputEnd end = decompress(stream, compression, [this](Bytes bytes) { return take(bytes); });
        if (stream.givenUp())
            error_ = OpenError{FileProblem::Cancelled, WS_TR("capture", "opening was given up")};
        if (error_)
            return error_;
        judge(end, stream.error());
        if (file_.size() == 0)
            return problem_ ? OpenError{FileProblem::NotACapture, *problem_} : empty();
        return std::nullopt;
    }

    int descriptor() { return file_.release(); }
    [[nodiscard]] std::uint64_t size() const { return file_.size(); }
    [[nodiscard]] std::string_view compression() const { return compression_; }
    [[nodiscard]] const std::optional<Text>& problem() const { return problem_; }

private:
    [[nodiscard]] bool goOn() const { return !options_.progress || options_.progress(file_.size()); }

    bool take(Bytes bytes) {
        if (!beginningFits(bytes)) {
            error_ = OpenError{FileProblem::NotACapture,
                               WS_TR("capture", "is not a capture file (pcap or pcapng)")};
            return false;
        }
        switch (file_.append(bytes)) {
        case CacheFile::Append::Done: break;
        case CacheFile::Append::LimitReached:
            problem_ =
                WS_TR("capture", "is larger than %1 when unpacked, of which only the beginning was read")
                    .with(bytesInWords(options_.spoolLimit));
            return false;
        case CacheFile::Append::NoRoom:
            error_ =
                OpenError{FileProblem::NoRoom,
                          WS_TR("capture", "does not fit on the disk when unpacked: make room in %1, or set "
                                           "XDG_CACHE_HOME to a folder on another disk")
                              .with(file_.folder())};
            return false;
        }
        if (goOn())
            return true;
        error_ = OpenError{FileProblem::Cancelled, WS_TR("capture", "opening was given up")};
        return false;
    }

    /// Gigabytes of something else need not be unpacked to find that out.
    bool beginningFits(Bytes bytes) {
        const std::size_t wanted = std::min(beginning_.size() - known_, bytes.size());
        std::copy_n(bytes.begin(), wanted, beginning_.begin() + static_cast<std::ptrdiff_t>(known_));
        known_ += wanted;
        return wanted == 0 || known_ < beginning_.size() || CaptureFile::isCapture(beginning_);
    }

    void judge(InputEnd end, int error) {
        if (problem_)
            return;
        if (error != 0)
            problem_ = WS_TR("capture", "could be read only in part (%1)").with(std::strerror(error));
        else if (end == InputEnd::CutOff)
            problem_ = WS_TR("capture", "the compressed data are cut off; shown is what came before");
        else if (end == InputEnd::Damaged)
            problem_ = WS_TR("capture", "the compressed data are damaged; shown is what came before");
    }

    const OpenOptions& options_;
    CacheFile file_;
    std::string_view compression_;
    std::array<std::uint8_t, 12> beginning_{};
    std::size_t known_ = 0;
    std::optional<Text> problem_;
    std::optional<OpenError> error_;
};

/// Can the file be mapped as it is? Compressed files, pipes and a standard input already read from cannot.
bool isPlainFile(int descriptor, const struct stat& status) {
    std::array<std::uint8_t, 4> beginning{};
    if (!S_ISREG(status.st_mode) || lseek(descriptor, 0, SEEK_CUR) != 0)
        return false;
    const ssize_t got = pread(descriptor, beginning.data(), beginning.size(), 0);
    return got < 4 || compressionOf(beginning) == Compression::None;
}

} // namespace

CaptureFile::Opened CaptureFile::open(const std::string& path, const OpenOptions& options) {
    Descriptor input(path == "-" ? dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status {};
    if (input.number < 0 || fstat(input.number, &status) != 0)
        return notReadable(errno);
    if (S_ISDIR(status.st_mode))
        return notReadable(EISDIR);
    if (S_ISREG(status.st_mode) && status.st_size == 0)
        return empty();
    std::string_view compression;
    std::optional<Text> problem;
    auto size = static_cast<std::uint64_t>(status.st_size);
    if (!isPlainFile(input.number, status)) {
        Spool spool(options);
        if (std::optional<OpenError> error = spool.run(input.number))
            return *error;
        size = spool.size();
        compression = spool.compression();
        problem = spool.problem();
        close(input.number);
        input.number = spool.descriptor();
    }
    auto mapped = Mapping::ofFile(input.release(), size);
    if (Text* why = std::get_if<Text>(&mapped))
        return OpenError{FileProblem::Unreadable, std::move(*why)};
    return fromMapping(std::move(std::get<std::unique_ptr<Mapping>>(mapped)), compression,
                       std::move(problem));
}

} // namespace wirestage
