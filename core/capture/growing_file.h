// SPDX-License-Identifier: GPL-3.0-or-later
// A capture that is being made: its bytes come bit by bit (from a capturing helper, a pipe), go to a file in
// the cache first, and are readable from there at once. Written by one thread; its CaptureFile may be read by
// others.
#pragma once

#include "core/capture/cache_file.h"
#include "core/capture/capture_file.h"

#include <memory>
#include <optional>
#include <variant>

namespace wirestage {

class GrowingFile {
public:
    /// `limit`: so many bytes at most.
    static std::variant<GrowingFile, Text> in(CacheFile file, std::uint64_t limit);
    GrowingFile(GrowingFile&&) = default;
    GrowingFile& operator=(GrowingFile&&) = delete;
    ~GrowingFile(); ///< ends it

    /// After LimitReached and NoRoom, too, what was written stays readable.
    CacheFile::Append append(Bytes bytes);
    /// Nothing will come any more: whoever waits is told.
    void end();
    [[nodiscard]] std::uint64_t size() const { return file->size(); }
    [[nodiscard]] const std::string& path() const { return file->path(); } ///< empty where it has no name

    /// What was written so far decides whether it is a capture: ask once there are `enoughToTell` bytes, or
    /// all.
    [[nodiscard]] CaptureFile::Opened capture() const;
    static constexpr std::uint64_t enoughToTell = 28;
    /// Until so many bytes are there, or there will be no more. From any thread.
    void waitFor(std::uint64_t bytes) const;

private:
    GrowingFile() = default;
    std::unique_ptr<CacheFile> file;
    std::shared_ptr<Mapping> mapping;
};

} // namespace wirestage
