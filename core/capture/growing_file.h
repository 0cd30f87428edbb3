// SPDX-License-Identifier: GPL-3.0-or-later
// A capture that is being made: its bytes come bit by bit (from a capturing helper, a pipe), go to a file in
// the cache first, and are readable from there at once. Written by one thread; its CaptureFile may be read by
// others.
#pragma once

#include "core/capture/cache_file.h"
#include "core/capture/capture_file.h"
#include "core/capture/ring.h"

#include <memory>
#include <optional>
#include <variant>

namespace wirestage {

class GrowingFile {
public:
    /// `limit`: so many bytes at most.
    static std::variant<GrowingFile, Text> in(CacheFile file, std::uint64_t limit);
    /// About `limit` bytes of the disk at most: of a pcapng that goes on, the oldest packets give way. Where
    /// that cannot be, it ends at the limit.
    static std::variant<GrowingFile, Text> keepingNewest(CacheFile file, std::uint64_t limit,
                                                         Ring::Punch punch = Ring::punchHole);
    /// So long may it become with all that gave way.
    static constexpr std::uint64_t longest = 8ULL * 1024 * 1024 * 1024 * 1024;
    GrowingFile(GrowingFile&&) = default;
    GrowingFile& operator=(GrowingFile&&) = delete;
    ~GrowingFile(); ///< ends it

    /// After LimitReached and NoRoom, too, what was written stays readable. Waits for whoever indexes where
    /// they are behind by far.
    CacheFile::Append append(Bytes bytes);
    /// From any thread: it is about to end, append() waits for nobody any longer.
    void hurry() const { mapping->kept().hurry(); }
    /// Of one that capture() will be asked of: until then no packets give way, and append() waits where that
    /// takes too much of the disk.
    void awaitReader() const { mapping->kept().expect(true); }
    /// Nothing will come any more: whoever waits is told.
    void end();
    [[nodiscard]] std::uint64_t size() const { return file->size(); }
    [[nodiscard]] std::uint64_t kept() const { return ring ? ring->kept() : size(); } ///< bytes of size()
    /// So many bytes are kept where the oldest packets give way; 0: none of them will.
    [[nodiscard]] std::uint64_t mostKept() const { return ring && ring->possible() ? limit : 0; }
    [[nodiscard]] const std::string& path() const { return file->path(); } ///< empty where it has no name

    /// What was written so far decides whether it is a capture: ask once there are `enoughToTell` bytes, or
    /// all.
    [[nodiscard]] CaptureFile::Opened capture() const;
    static constexpr std::uint64_t enoughToTell = 28;
    /// Until so many bytes are there, or there will be no more. From any thread.
    void waitFor(std::uint64_t bytes) const;

private:
    GrowingFile() = default;
    [[nodiscard]] std::uint64_t room() const;
    [[nodiscard]] bool makeRoom();

    std::unique_ptr<CacheFile> file;
    std::shared_ptr<Mapping> mapping;
    std::unique_ptr<Ring> ring; ///< null: all of it is kept
    std::uint64_t limit = 0;
};

} // namespace wirestage
