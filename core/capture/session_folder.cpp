// SPDX-License-Identifier: GPL-3.0-or-later
// Sessions are told from those of other running programs by flock(2).
#include "core/capture/session_folder.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace wirestage {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view ending = ".pcapng";
constexpr int namesToTry = 100;
constexpr std::int64_t secondsToBegin = 60;

/// What may stand in a file's name, of anything.
std::string harmless(std::string_view text) {
    std::string out;
    for (const char c : text.substr(0, 60))
        out +=
            (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ? c : '_';
    return out.empty() ? "capture" : out;
}

/// Less than its size where packets have given way. A file system may have put a small file elsewhere.
std::uint64_t onDisk(const struct stat& status) {
    constexpr std::uint64_t unit = 512; // of st_blocks, whatever a block of the disk is
    const auto size = static_cast<std::uint64_t>(status.st_size);
    const std::uint64_t used = static_cast<std::uint64_t>(status.st_blocks) * unit;
    return used > 0 ? std::min(size, used) : size;
}

/// Is nobody writing it?
bool isFree(const std::string& path) {
    const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    const bool is = flock(descriptor, LOCK_EX | LOCK_NB) == 0;
    close(descriptor);
    return is;
}

/// A program that was killed at its beginning leaves a file with a header, or less.
bool holdsPackets(const std::string& path, std::uint64_t bytes) {
    constexpr std::uint64_t mostHeaders = 64 * 1024;
    if (bytes > mostHeaders)
        return true;
    const CaptureFile::Opened opened = CaptureFile::open(path);
    const auto* file = std::get_if<CaptureFile>(&opened);
    Frame frame;
    return file && file->cursor().next(frame);
}

} // namespace

SessionFolder::SessionFolder(std::string folder) : folder_(std::move(folder)) {
    if (folder_.empty())
        folder_ = cacheFolder() + "/sessions";
}

std::variant<GrowingFile, Text> SessionFolder::begin(std::string_view of, std::uint64_t limit) const {
    keepWithin(mostOfAll - std::min(limit, mostOfOne));
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    localtime_r(&now, &parts);
    const std::string day =
        fmt::format("{:04}-{:02}-{:02}T{:02}.{:02}.{:02}", parts.tm_year + 1900, parts.tm_mon + 1,
                    parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
    for (int number = 1; number <= namesToTry; ++number) {
        const std::string more = number == 1 ? "" : fmt::format("-{}", number);
        CacheFile file =
            CacheFile::named(fmt::format("{}/{}{}-{}{}", folder_, day, more, harmless(of), ending), limit);
        if (!file.usable())
            continue;
        (void)flock(file.descriptor(), LOCK_EX | LOCK_NB);
        return GrowingFile::keepingNewest(std::move(file), limit);
    }
    return WS_TR("capture", "no file can be made in %1 to capture into").with(folder_);
}

std::vector<KeptSession> SessionFolder::left() const {
    std::vector<KeptSession> all;
    std::error_code failed;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder_, failed)) {
        const std::string path = entry.path().string(), name = entry.path().filename().string();
        struct stat status {};
        if (!name.ends_with(ending) || lstat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode) ||
            !isFree(path))
            continue;
        const std::size_t at = name.find_last_of('-');
        KeptSession session{path, {}, onDisk(status), status.st_mtime};
        if (at != std::string::npos)
            session.of = name.substr(at + 1, name.size() - at - 1 - ending.size());
        all.push_back(std::move(session));
    }
    std::sort(all.begin(), all.end(), [](const KeptSession& a, const KeptSession& b) {
        return a.seconds != b.seconds ? a.seconds > b.seconds : a.path > b.path;
    });
    return all;
}

std::vector<KeptSession> SessionFolder::kept() const {
    std::vector<KeptSession> all = left();
    std::erase_if(all, [](const KeptSession& one) { return !holdsPackets(one.path, one.bytes); });
    return all;
}

void SessionFolder::keepWithin(std::uint64_t bytes) const {
    // One that was made this moment may be about to be locked and filled.
    const std::int64_t old = std::time(nullptr) - secondsToBegin;
    std::uint64_t sum = 0;
    for (const KeptSession& session : left()) {
        sum += session.bytes;
        if (sum > bytes || (session.seconds < old && !holdsPackets(session.path, session.bytes)))
            unlink(session.path.c_str());
    }
}

} // namespace wirestage
