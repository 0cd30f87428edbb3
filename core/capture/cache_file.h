// SPDX-License-Identifier: GPL-3.0-or-later
// A file without a name that piped and compressed input is copied to, so that it can be mapped. It vanishes
// with its descriptor, and it stops before it fills the disk.
#pragma once

#include "core/capture/frame.h"

#include <cstdint>
#include <string>

namespace wirestage {

/// $XDG_CACHE_HOME/wirestage, ~/.cache/wirestage, or a folder for passing things. It need not exist.
std::string cacheFolder();

class CacheFile {
public:
    enum class Append { Done, LimitReached, NoRoom };

    /// `folder` empty: $XDG_CACHE_HOME/wirestage, ~/.cache/wirestage, $TMPDIR, /tmp, the first that can be
    /// written.
    CacheFile(const std::string& folder, std::uint64_t limit);
    /// With a name, so that it survives the program: nobody else may have it yet.
    static CacheFile named(const std::string& path, std::uint64_t limit);
    CacheFile(CacheFile&& other) noexcept;
    CacheFile& operator=(CacheFile&&) = delete;
    ~CacheFile();

    [[nodiscard]] bool usable() const { return descriptor_ >= 0; }
    /// LimitReached: as much as the limit allows was written.
    Append append(Bytes bytes);
    [[nodiscard]] std::uint64_t size() const { return size_; }
    void limitTo(std::uint64_t bytes) { limit_ = bytes; }
    [[nodiscard]] const std::string& folder() const { return folder_; }
    [[nodiscard]] const std::string& path() const { return path_; } ///< empty where it has no name
    [[nodiscard]] int descriptor() const { return descriptor_; }
    /// Hands the descriptor over.
    int release();

    /// At least this much of the disk is left to others.
    static constexpr std::uint64_t roomForOthers = 256ULL * 1024 * 1024;

private:
    explicit CacheFile(std::uint64_t limit) : limit_(limit) {}
    bool createIn(const std::string& folder);
    [[nodiscard]] bool hasRoom() const;

    int descriptor_ = -1;
    std::string folder_, path_;
    std::uint64_t limit_;
    std::uint64_t size_ = 0;
    std::uint64_t checkRoomAt_ = 0;
};

} // namespace wirestage
