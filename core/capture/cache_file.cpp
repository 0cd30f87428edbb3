// SPDX-License-Identifier: GPL-3.0-or-later
// Folders follow the XDG Base Directory Specification.
#include "core/capture/cache_file.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace wirestage {
namespace {

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value && *value == '/' ? value : ""; // the specification wants relative paths ignored
}

std::vector<std::string> usualFolders() {
    std::vector<std::string> folders;
    const auto add = [&](const std::string& base, const char* below) {
        if (!base.empty())
            folders.push_back(base + below);
    };
    add(environment("XDG_CACHE_HOME"), "/wirestage");
    add(environment("HOME"), "/.cache/wirestage");
    add(environment("TMPDIR"), "");
    add("/tmp", "");
    return folders;
}

} // namespace

std::string cacheFolder() {
    return usualFolders().front();
}

namespace {

/// Creates a file that only its descriptor leads to; -1 where that is not possible.
int createNameless(const std::string& folder) {
#ifdef O_TMPFILE
    if (const int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
        descriptor >= 0)
        return descriptor;
#endif
    std::string name = folder + "/spool-XXXXXX";
    const int descriptor = mkstemp(name.data());
    if (descriptor >= 0) {
        fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        unlink(name.c_str());
    }
    return descriptor;
}

} // namespace

CacheFile::CacheFile(const std::string& folder, std::uint64_t limit) : limit_(limit) {
    const std::vector<std::string> folders = folder.empty() ? usualFolders() : std::vector{folder};
    for (const std::string& candidate : folders)
        if (createIn(candidate))
            return;
}

CacheFile CacheFile::named(const std::string& path, std::uint64_t limit) {
    CacheFile file(limit);
    const std::filesystem::path at(path);
    file.folder_ = at.parent_path().string();
    std::error_code ignored;
    if (std::filesystem::create_directories(at.parent_path(), ignored))
        chmod(file.folder_.c_str(), 0700);
    file.descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    file.path_ = path;
    return file;
}

CacheFile::CacheFile(CacheFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), folder_(std::move(other.folder_)),
      path_(std::move(other.path_)), limit_(other.limit_), size_(other.size_),
      checkRoomAt_(other.checkRoomAt_) {}

CacheFile::~CacheFile() {
    if (descriptor_ >= 0)
        close(descriptor_);
}

bool CacheFile::createIn(const std::string& folder) {
    std::error_code ignored;
    const bool isNew = std::filesystem::create_directories(folder, ignored);
    if (isNew)
        chmod(folder.c_str(), 0700);
    descriptor_ = createNameless(folder);
    folder_ = folder;
    return descriptor_ >= 0;
}

bool CacheFile::hasRoom() const {
    struct statvfs disk {};
    return fstatvfs(descriptor_, &disk) != 0 || disk.f_bavail * disk.f_frsize >= roomForOthers;
}

CacheFile::Append CacheFile::append(Bytes bytes) {
    const bool limited = bytes.size() > limit_ - size_;
    bytes = bytes.first(std::min<std::uint64_t>(bytes.size(), limit_ - size_));
    if (size_ >= checkRoomAt_) {
        if (!hasRoom())
            return Append::NoRoom;
        checkRoomAt_ = size_ + roomForOthers / 4;
    }
    while (!bytes.empty()) {
        const ssize_t written = write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return Append::NoRoom;
        size_ += static_cast<std::uint64_t>(written);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return limited ? Append::LimitReached : Append::Done;
}

int CacheFile::release() {
    return std::exchange(descriptor_, -1);
}

} // namespace wirestage
