// SPDX-License-Identifier: GPL-3.0-or-later
// How the oldest packets of a pcapng file that is being written give way to the newest: runs of them become
// blocks that every reader passes over, whose insides are given back to the disk as holes. Offsets stay what
// they were, and so does what describes interfaces, names, keys and losses.
#pragma once

#include "core/capture/frame.h"
#include "core/capture/pcapng.h"

#include <array>
#include <cstdint>
#include <deque>
#include <functional>

namespace wirestage {

class Ring {
public:
    /// Gives the disk back what stands in [from, to) of the file; false where the file system cannot.
    using Punch = std::function<bool(int descriptor, std::uint64_t from, std::uint64_t to)>;
    static bool punchHole(int descriptor, std::uint64_t from, std::uint64_t to);

    /// Of an empty file: about `limit` bytes of it are kept.
    Ring(int descriptor, std::uint64_t limit, Punch punch);

    /// What is written next, from the file's beginning on.
    void comes(Bytes bytes);
    /// False once packets can no longer give way: it is no pcapng, its blocks could not be followed, or the
    /// file system makes no holes.
    [[nodiscard]] bool possible() const { return possible_; }
    [[nodiscard]] std::uint64_t kept() const { return position_ - givenBack_; } ///< bytes on the disk
    [[nodiscard]] std::uint64_t position() const { return position_; }          ///< bytes that came
    /// What is before this offset has to give way; 0: nothing has to, or can.
    [[nodiscard]] std::uint64_t wanted() const;
    void giveWay(std::uint64_t before);

private:
    /// Blocks that follow each other and may go, all of one section.
    struct Run {
        std::uint64_t offset = 0, length = 0, packets = 0;
        bool swap = false;
        [[nodiscard]] std::uint64_t end() const { return offset + length; }
    };
    void beginBlock();
    void endBlock();
    void closeRun();
    bool becomeHole(const Run& run);
    bool write(std::uint64_t offset, Bytes bytes) const;

    int descriptor_;
    std::uint64_t limit_, granularity_;
    Punch punch_;
    bool possible_ = true;

    std::uint64_t position_ = 0, blockLeft_ = 0;
    std::array<std::uint8_t, 12> header_{}; ///< of the block that comes: no block is shorter
    std::size_t headerBytes_ = 0;
    pcapng::Block block_;
    std::uint64_t blockLength_ = 0;
    bool swap_ = false;
    Run open_;
    std::deque<Run> runs_; ///< that may give way, oldest first
    Run hole_;             ///< the last one that was made
    std::uint64_t punchedTo_ = 0, givenBack_ = 0;
};

} // namespace wirestage
