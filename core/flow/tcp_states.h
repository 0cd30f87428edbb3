// SPDX-License-Identifier: GPL-3.0-or-later
// The states of both ends of a TCP connection (RFC 9293, section 3.3.2), concluded from the segments between
// them.
#pragma once

#include "core/protocols/dissection.h"

#include <string_view>
#include <vector>

namespace wirestage {

enum class TcpState : std::uint8_t {
    Closed,
    Listen,
    SynSent,
    SynReceived,
    Established,
    FinWait1,
    FinWait2,
    CloseWait,
    Closing,
    LastAck,
    TimeWait
};
std::string_view name(TcpState state); ///< "SYN-SENT", as the RFC writes it

/// Follows both ends. Index 0 is the originator (who sent the first SYN, or the first segment seen).
class TcpStates {
public:
    struct Change {
        unsigned end = 0;
        TcpState state = TcpState::Closed;
        bool inferred = false; ///< the segments that led here were not captured
    };

    /// Takes a segment sent by `sender` into account and returns what changed, in order.
    std::vector<Change> segment(unsigned sender, const TcpFacts& facts);
    [[nodiscard]] TcpState state(unsigned end) const { return ends[end]; }

private:
    void move(unsigned end, TcpState to, bool inferred = false);
    void opening(unsigned sender, std::uint8_t flags);
    void finish(unsigned sender, const TcpFacts& facts);
    void acknowledgeFin(unsigned sender, const TcpFacts& facts);

    TcpState ends[2] = {TcpState::Closed, TcpState::Closed};
    std::uint32_t finEnd[2] = {0, 0}; ///< sequence number behind the FIN
    bool finSent[2] = {false, false};
    bool begun = false;
    std::vector<Change> changes;
};

} // namespace wirestage
