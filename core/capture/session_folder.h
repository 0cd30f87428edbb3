// SPDX-License-Identifier: GPL-3.0-or-later
// Where live captures are kept while they run and afterwards, until somebody saves or discards them: files
// with names, so that a crash takes nothing away. The oldest give way where all together become too large.
#pragma once

#include "core/capture/growing_file.h"

#include <cstdint>
#include <string>
#include <vector>

namespace wirestage {

/// A capture of earlier that no program is writing any more.
struct KeptSession {
    std::string path;
    std::string of;           ///< what was captured: "eth0"
    std::uint64_t bytes = 0;  ///< on the disk; never 0
    std::int64_t seconds = 0; ///< when it was written last, since 1970
};

class SessionFolder {
public:
    static constexpr std::uint64_t mostOfOne = 4ULL * 1024 * 1024 * 1024,
                                   mostOfAll = 8ULL * 1024 * 1024 * 1024;

    /// `folder` empty: "sessions" in the cache folder.
    explicit SessionFolder(std::string folder = {});

    /// A file for a new session of `of`, which is locked as long as it is open. Makes room first. About
    /// `limit` bytes of it are kept: the oldest packets give way.
    [[nodiscard]] std::variant<GrowingFile, Text> begin(std::string_view of,
                                                        std::uint64_t limit = mostOfOne) const;
    /// Newest first; those that are being written are not among them, nor those without a packet.
    [[nodiscard]] std::vector<KeptSession> kept() const;
    /// Removes the oldest that are kept until all are no larger together; and what a program that was killed
    /// left without a packet in it.
    void keepWithin(std::uint64_t bytes) const;
    [[nodiscard]] const std::string& path() const { return folder_; }

private:
    [[nodiscard]] std::vector<KeptSession> left() const;
    std::string folder_;
};

} // namespace wirestage
