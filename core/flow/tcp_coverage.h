// SPDX-License-Identifier: GPL-3.0-or-later
// How many different payload bytes one end of a TCP connection was seen to send: what is sent again counts
// once, however it is cut (RFC 9293, section 3.8), and also where its first sending is not in the capture.
#pragma once

#include <cstdint>
#include <vector>

namespace wirestage {

class TcpCoverage {
public:
    /// The payload of one segment: the number of its first byte, and how many.
    void take(std::uint32_t sequence, std::uint32_t length);
    [[nodiscard]] std::uint64_t bytes() const { return seen; }

private:
    struct Hole {
        std::uint64_t begin, end;
    };
    void skip(std::vector<Hole>::iterator place, const Hole& hole);
    std::uint64_t fill(std::uint64_t begin, std::uint64_t end);

    std::vector<Hole>
        holes; ///< skipped and not seen yet, in order; the oldest is given up when there are too many
    std::uint64_t first = 0; ///< the lowest number seen; the very first segment may have been overtaken
    std::uint64_t next = 0;  ///< the highest number seen, and one; numbers are counted on over the wrap
    std::uint64_t seen = 0;
    bool begun = false;
};

} // namespace wirestage
