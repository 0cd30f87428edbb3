// SPDX-License-Identifier: GPL-3.0-or-later
// Both ends' states, held against the figures of RFC 9293 (sections 3.5 and 3.6). The figures show when a
// segment arrives, an observer between the two sees only what the answer announces.
#include "core/flow/tcp_states.h"

#include <gtest/gtest.h>

#include <string>

namespace wirestage {
namespace {

constexpr std::uint8_t fin = 1, syn = 2, rst = 4, ack = 16;
constexpr unsigned a = 0, b = 1; ///< "TCP Peer A" and "TCP Peer B" of the RFC's figures

class Ends {
public:
    /// What a segment changes: "B SYN-RECEIVED", "?" behind what is concluded.
    std::string after(unsigned sender, std::uint32_t sequence, std::uint32_t acknowledgement,
                      std::uint8_t flags, std::uint32_t length = 0) {
        TcpFacts facts;
        facts.sequence = sequence;
        facts.acknowledgement = acknowledgement;
        facts.flags = flags;
        facts.payloadLength = length;
        std::string changes;
        for (const TcpStates::Change& change : states.segment(sender, facts))
            changes += (changes.empty() ? "" : ", ") + std::string(change.end == a ? "A " : "B ") +
                       std::string(name(change.state)) + (change.inferred ? "?" : "");
        return changes;
    }
    void establish() {
        after(a, 99, 0, syn);
        after(b, 299, 100, syn | ack);
        after(a, 100, 300, ack);
    }
    TcpStates states;
};

TEST(TcpStates, FollowTheBasicThreeWayHandshake) { // figure 6
    Ends ends;
    EXPECT_EQ(ends.after(a, 100, 0, syn), "A SYN-SENT");
    EXPECT_EQ(ends.after(b, 300, 101, syn | ack), "B SYN-RECEIVED, A ESTABLISHED");
    EXPECT_EQ(ends.after(a, 101, 301, ack), "B ESTABLISHED");
    EXPECT_EQ(ends.after(a, 101, 301, ack, 10), "");
}

TEST(TcpStates, FollowTwoSidesThatOpenAtOnce) { // figure 7
    Ends ends;
    EXPECT_EQ(ends.after(a, 100, 0, syn), "A SYN-SENT");
    EXPECT_EQ(ends.after(b, 300, 0, syn), "B SYN-SENT");
    EXPECT_EQ(ends.after(a, 100, 301, syn | ack), "A SYN-RECEIVED");
    EXPECT_EQ(ends.after(b, 300, 101, syn | ack), "B SYN-RECEIVED, A ESTABLISHED, B ESTABLISHED");
}

TEST(TcpStates, FollowASimultaneousOpenWhereOneSynIsLost) { // section 3.10.7.3: SYN-SENT, an ACK of the SYN
    Ends ends;
    ends.after(a, 100, 0, syn);
    ends.after(b, 300, 0, syn);
    EXPECT_EQ(ends.after(a, 100, 0, syn), "");
    EXPECT_EQ(ends.after(b, 300, 101, syn | ack), "B SYN-RECEIVED");
    EXPECT_EQ(ends.after(a, 101, 301, ack), "B ESTABLISHED, A ESTABLISHED");
}

TEST(TcpStates, FollowTheNormalClose) { // figure 12
    Ends ends;
    ends.establish();
    EXPECT_EQ(ends.after(a, 100, 300, fin | ack), "A FIN-WAIT-1");
    EXPECT_EQ(ends.after(b, 300, 101, ack), "B CLOSE-WAIT, A FIN-WAIT-2");
    EXPECT_EQ(ends.after(b, 300, 101, fin | ack), "B LAST-ACK, A TIME-WAIT");
    EXPECT_EQ(ends.after(a, 101, 301, ack), "B CLOSED");
}

TEST(TcpStates, FollowACloseWhoseSecondFinAcknowledgesTheFirst) {
    Ends ends; // the usual three segments: FIN, FIN with the ACK in it, ACK
    ends.establish();
    ends.after(a, 100, 300, fin | ack);
    EXPECT_EQ(ends.after(b, 300, 101, fin | ack), "B CLOSE-WAIT, A FIN-WAIT-2, B LAST-ACK, A TIME-WAIT");
    EXPECT_EQ(ends.after(a, 101, 301, ack), "B CLOSED");
}

TEST(TcpStates, FollowTwoSidesThatCloseAtOnce) { // figure 13 (14 of RFC 793)
    Ends ends;
    ends.establish();
    EXPECT_EQ(ends.after(a, 100, 300, fin | ack), "A FIN-WAIT-1");
    // It does not acknowledge A's FIN: they crossed.
    EXPECT_EQ(ends.after(b, 300, 100, fin | ack), "B FIN-WAIT-1, A CLOSING, B CLOSING");
    EXPECT_EQ(ends.after(a, 101, 301, ack), "B TIME-WAIT");
    EXPECT_EQ(ends.after(b, 301, 101, ack), "A TIME-WAIT");
}

TEST(TcpStates, KeepAHalfClosedConnectionOpenForTheOtherSide) { // section 3.6, case 1
    Ends ends;
    ends.establish();
    ends.after(a, 100, 300, fin | ack);
    ends.after(b, 300, 101, ack);
    EXPECT_EQ(ends.after(b, 300, 101, ack, 500), "");
    EXPECT_EQ(ends.states.state(a), TcpState::FinWait2);
    EXPECT_EQ(ends.states.state(b), TcpState::CloseWait);
}

TEST(TcpStates, DoNotTakeAnAckOfEarlierBytesForOneOfTheFin) {
    Ends ends;
    ends.establish();
    ends.after(a, 100, 300, fin | ack, 50); // the FIN is number 150
    EXPECT_EQ(ends.after(b, 300, 150, ack), "");
    EXPECT_EQ(ends.after(b, 300, 151, ack), "B CLOSE-WAIT, A FIN-WAIT-2");
}

TEST(TcpStates, CloseBothEndsAtAReset) { // section 3.5.3
    Ends ends;
    ends.establish();
    EXPECT_EQ(ends.after(b, 300, 100, rst), "A CLOSED, B CLOSED");
}

TEST(TcpStates, GoBackToClosedWhereASynIsRefused) { // section 3.5.2, group 1
    Ends ends;
    ends.after(a, 100, 0, syn);
    EXPECT_EQ(ends.after(b, 0, 101, rst | ack), "A CLOSED");
}

TEST(TcpStates, ConcludeThatAConnectionCapturedFromTheMiddleWasEstablished) {
    Ends ends;
    EXPECT_EQ(ends.after(a, 5000, 9000, ack, 10), "A ESTABLISHED?, B ESTABLISHED?");
}

TEST(TcpStates, ConcludeThatASynWasSentWhereOnlyItsAnswerWasCaptured) {
    Ends ends;
    EXPECT_EQ(ends.after(b, 300, 101, syn | ack), "B SYN-RECEIVED, A SYN-SENT?, A ESTABLISHED");
}

} // namespace
} // namespace wirestage
