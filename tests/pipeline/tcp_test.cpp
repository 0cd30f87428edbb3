// SPDX-License-Identifier: GPL-3.0-or-later
// TCP connections (RFC 9293): how they open, what goes wrong, how they end. Packet numbers, sequence numbers
// and remarks were read with tshark.
#include "tests/pipeline/pipeline.h"

namespace wirestage::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(TcpPipeline, TellsAConnectionWhoseDataIsSentAgain) {
    // 800 bytes in packet 4, again in 5, 6 and 7 (200, 400 and 830 ms later: RFC 6298, section 5.5).
    const auto capture = recording("tcp-rto");
    ASSERT_TRUE(capture);
    EXPECT_THAT(arrows(*capture),
                ElementsAre("1 10.40.0.1 > 10.40.0.2 tcp.syn", "2 10.40.0.2 > 10.40.0.1 tcp.syn_ack",
                            "3 10.40.0.1 > 10.40.0.2 tcp.ack", "4 10.40.0.1 > 10.40.0.2 tcp.data",
                            "5 10.40.0.1 > 10.40.0.2 tcp.data [retransmission]",
                            "6 10.40.0.1 > 10.40.0.2 tcp.data [retransmission]",
                            "7 10.40.0.1 > 10.40.0.2 tcp.data [retransmission]",
                            "8 10.40.0.2 > 10.40.0.1 tcp.ack", "9 10.40.0.1 > 10.40.0.2 tcp.fin",
                            "10 10.40.0.2 > 10.40.0.1 tcp.fin", "11 10.40.0.1 > 10.40.0.2 tcp.ack"));
    const Exchange connection = exchangeOf(*capture, 1);
    EXPECT_THAT(states(connection),
                ElementsAre("10.40.0.2 LISTEN ?", "10.40.0.1 SYN-SENT 1", "10.40.0.2 SYN-RECEIVED 2",
                            "10.40.0.1 ESTABLISHED 2", "10.40.0.2 ESTABLISHED 3", "10.40.0.1 FIN-WAIT-1 9",
                            "10.40.0.2 CLOSE-WAIT 10", "10.40.0.1 FIN-WAIT-2 10", "10.40.0.2 LAST-ACK 10",
                            "10.40.0.1 TIME-WAIT 10", "10.40.0.2 CLOSED 11"));
    EXPECT_EQ(phases(connection), "Handshake 1-3, Transfer 4-8, Close 9-11");
    EXPECT_EQ(participants(connection), "10.40.0.1 client, 10.40.0.2 server");
    EXPECT_EQ(sentence(*capture, 1),
              "800 bytes sent, nothing received, closed in order; 3 segments sent again");
}

TEST(TcpPipeline, ConcludesFromASynAckThatItsSenderListened) {
    // The first SYN is lost: the server's port listened all the same, from before packet 1 on.
    const auto lost = recording("tcp-syn-lost");
    ASSERT_TRUE(lost);
    const Exchange connection = exchangeOf(*lost, 1);
    EXPECT_THAT(states(connection), testing::IsSupersetOf({"10.40.0.2 LISTEN ?", "10.40.0.1 SYN-SENT 1",
                                                           "10.40.0.2 SYN-RECEIVED 3"}));
    EXPECT_EQ(connection.transitions.front().state, "LISTEN");
    EXPECT_EQ(connection.transitions.front().time, connection.time);
    // Nobody listens where both send a SYN (RFC 9293, figure 7), nor before a RST.
    const auto both = recording("tcp-simultaneous");
    ASSERT_TRUE(both);
    EXPECT_THAT(states(exchangeOf(*both, 1)), testing::Not(Contains(HasSubstr("LISTEN"))));
}

TEST(TcpPipeline, SeesALostSyn) {
    const auto capture = recording("tcp-syn-lost");
    ASSERT_TRUE(capture);
    const auto lines = arrows(*capture);
    EXPECT_EQ(lines[0], "1 10.40.0.1 > 10.40.0.2 tcp.syn");
    EXPECT_EQ(lines[1], "2 10.40.0.1 > 10.40.0.2 tcp.syn [retransmission]");
    EXPECT_THAT(sentence(*capture, 1), HasSubstr("6 kB sent")); // the FIN's number is 6001
}

TEST(TcpPipeline, SeesAFastRetransmissionBehindDuplicateAcks) {
    // Packets 16 to 32 hold nine duplicate ACKs of 13, 33 repeats number 7301 2 ms later (RFC 5681,
    // section 3.2).
    const auto capture = recording("tcp-fast-retransmit");
    ASSERT_TRUE(capture);
    const auto lines = arrows(*capture);
    EXPECT_EQ(std::count_if(lines.begin(), lines.end(),
                            [](const std::string& line) { return line.ends_with("[duplicate_ack]"); }),
              9);
    EXPECT_THAT(lines, Contains("33 10.40.0.1 > 10.40.0.2 tcp.data [fast_retransmission]"));
    EXPECT_THAT(sentence(*capture, 1),
                HasSubstr("20 kB sent")); // acknowledged up to 20002, SYN and FIN in it
}

TEST(TcpPipeline, SeesAClosedWindow) {
    // 13: window 0; 14, 16, 17, 19 ask with the number before the next; 21 opens it (RFC 9293,
    // section 3.8.6).
    const auto capture = recording("tcp-zero-window");
    ASSERT_TRUE(capture);
    const auto lines = arrows(*capture);
    EXPECT_THAT(lines, Contains("13 10.40.0.2 > 10.40.0.1 tcp.ack [zero_window]"));
    for (const char* packet : {"14", "16", "17", "19"})
        EXPECT_THAT(lines, Contains(std::string(packet) + " 10.40.0.1 > 10.40.0.2 tcp.ack [keep_alive]"));
    EXPECT_THAT(lines, Contains("7 10.40.0.1 > 10.40.0.2 tcp.data [window_full]"));
    EXPECT_THAT(sentence(*capture, 1), HasSubstr("closed its window"));
}

TEST(TcpPipeline, FollowsTwoSidesThatOpenAndCloseAtOnce) {
    // 1 and 2 are SYNs, 4 the SYN-ACK; 6 and 7 are FINs that cross: each still acknowledges number 1
    // (RFC 9293, figures 7 and 13). 9 acknowledges B's FIN, 11 A's.
    const auto capture = recording("tcp-simultaneous");
    ASSERT_TRUE(capture);
    EXPECT_THAT(outcomes(*capture), ElementsAre("tcp completed"));
    EXPECT_THAT(states(exchangeOf(*capture, 1)),
                ElementsAre("10.40.0.1 SYN-SENT 1", "10.40.0.2 SYN-SENT 2", "10.40.0.2 SYN-RECEIVED 4",
                            "10.40.0.2 ESTABLISHED 5", "10.40.0.1 ESTABLISHED 5", "10.40.0.2 FIN-WAIT-1 6",
                            "10.40.0.1 FIN-WAIT-1 7", "10.40.0.1 CLOSING 7", "10.40.0.2 CLOSING 7",
                            "10.40.0.2 TIME-WAIT 9", "10.40.0.1 TIME-WAIT 11"));
}

TEST(TcpPipeline, CountsBytesThatWereCutAnewOnce) {
    // 6000 bytes: packets 4 to 8 are too big for a router (9 to 12), 14 to 20 carry them in smaller segments.
    WIRESTAGE_INDEXED(capture, "lab/icmp-frag-needed-tcp.pcapng");
    EXPECT_THAT(sentence(capture, 1), HasSubstr("6 kB sent, nothing received"));
    EXPECT_EQ(participants(exchangeOf(capture, 1)), "10.20.1.2 client, 10.20.4.2 server, 10.20.2.2 router");
    EXPECT_THAT(arrows(capture, 1),
                Contains("9 10.20.2.2 > 10.20.1.2 icmp.unreachable.fragmentation_needed"));
}

TEST(TcpPipeline, TellsRefusedFromReset) {
    // 11 and 12: SYN to port 445, RST; 17 and 18 the same on 3389; 3, 5, 6, 9: a whole handshake, then RST
    // (RFC 9293, section 3.5.2).
    WIRESTAGE_INDEXED(capture, "arp/ndpi-tcp_scan.pcap");
    EXPECT_EQ(outcomes(capture)[3], "tcp refused");
    EXPECT_THAT(sentence(capture, 4), HasSubstr("445"));
    EXPECT_THAT(arrows(capture, 4), ElementsAre("11 192.168.1.178 > 192.168.1.2 tcp.syn",
                                                "12 192.168.1.2 > 192.168.1.178 tcp.rst"));
    EXPECT_THAT(states(exchangeOf(capture, 4)),
                ElementsAre("192.168.1.178 SYN-SENT 11", "192.168.1.178 CLOSED 12"));
    EXPECT_EQ(outcomes(capture)[1], "tcp reset");
    EXPECT_THAT(sentence(capture, 2), HasSubstr("192.168.1.178"));
}

TEST(TcpPipeline, ReadsAnHttpConnectionAsPlainData) {
    // Packets 1 and 2 are ARP; HTTP is not decoded, its bytes are.
    const auto capture = recording("http-keepalive");
    ASSERT_TRUE(capture);
    EXPECT_THAT(outcomes(*capture), ElementsAre("arp completed", "tcp completed"));
    EXPECT_EQ(participants(exchangeOf(*capture, 2)), "10.7.0.2 client, 10.7.0.1 server");
}

TEST(TcpPipeline, NumbersMessagesInTheOrderOfTheList) {
    // Every level of packet 1 of tcp-rto: frame, packet, segment; so packet n begins with message 3n - 2.
    const auto capture = recording("tcp-rto");
    ASSERT_TRUE(capture);
    const MessageList segments = capture->messages({}, Level::Transport);
    ASSERT_EQ(segments.size(), 11u);
    for (std::uint64_t row = 0; row < segments.size(); ++row) {
        const Message message = capture->message(segments.at(row));
        EXPECT_EQ(message.number, 3 * row + 3);
        EXPECT_THAT(message.carriedBy, ElementsAre(3 * row + 2)) << "the IP packet below";
    }
}

} // namespace
} // namespace wirestage::test
