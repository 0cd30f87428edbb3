// SPDX-License-Identifier: GPL-3.0-or-later
// Captures of both ends as one: each packet stands in it once, as its sender sent it and at its moment on A's
// clock, and beside it stands when it arrived, or that it did not. So whatever shows a capture shows both
// ends. What stays at one end (other conversations, frames that are not IP) is in it too, with nothing known
// beside.
#pragma once

#include "core/overlay/two_ends.h"

#include <memory>
#include <variant>

namespace wirestage::overlay {

/// What became of one packet of the merged capture. Times are A's clock.
struct Passage {
    enum class Fate : std::uint8_t {
        Uncrossed, ///< nothing is known: it stays at one end
        Arrived,
        Lost,
        Unknown ///< the other capture was not running when it would have come
    };
    Fate fate = Fate::Uncrossed;
    bool sentSeen = false; ///< else the sender's capture missed it
    Time sent = 0;         ///< where it was seen
    Time received = 0;     ///< where it arrived
    PacketIndex inA = none, inB = none;
};

struct MergedEnds {
    TwoEnds found; ///< without its crossings: they became passages
    CaptureFile file;
    std::vector<Passage> passages; ///< by packet of `file`

    /// Segments are seen where they were sent, so that a lost one and its repetition are told apart.
    [[nodiscard]] static Foreknowledge foreknowledge() { return {{}, {}, SeenAt::Sender}; }
};

struct MergeOptions {
    /// Called now and then with the bytes written so far; false gives up.
    std::function<bool(std::uint64_t done)> progress;
    std::uint64_t limit = defaultSpoolLimit; ///< bytes of the merged capture, which is a nameless cache file
    std::string cacheFolder;                 ///< as in OpenOptions
};

/// Or, to stand behind the captures' names, why not: no packet is in both of them, for one.
std::variant<MergedEnds, Text> mergeEnds(const Capture& a, const Capture& b,
                                         const MergeOptions& options = {});

} // namespace wirestage::overlay
