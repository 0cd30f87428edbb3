// SPDX-License-Identifier: GPL-3.0-or-later
// Two captures of one run, taken at both ends, the second by a clock that is wrong: merged, they must give
// back what the simulation knows.
#include "core/overlay/two_ends.h"

#include "core/capture/pcapng_writer.h"
#include "tests/core/overlay/overlay_captures.h"

#include <algorithm>
#include <sstream>

namespace wirestage::overlay::test {
namespace {

constexpr Time second = 1'000'000'000;

/// A lesson at two places. Equal choices give equal runs, so both views are of the same frames.
struct BothEnds {
    std::shared_ptr<const lesson::LessonRun> a, b;
    std::shared_ptr<const Capture> late; ///< b's view, its clock wrong
};

BothEnds bothEnds(const std::string& lesson, const std::string& a, const std::string& b, Time offset,
                  const std::vector<std::string>& faults = {}) {
    BothEnds ends{runOf(lesson, faults, a), runOf(lesson, faults, b), nullptr};
    ends.late = withClock(*ends.b->view, [=](std::uint64_t) { return offset; });
    return ends;
}

/// The run's own account of a packet that one of the views has.
const lesson::PacketTruth& truthOf(const BothEnds& ends, const Crossing& crossing) {
    const bool atA = crossing.from == End::A;
    const lesson::LessonRun& run = atA ? *ends.a : *ends.b;
    return run.truths[run.viewFrames[atA ? crossing.inA.value() : crossing.inB.value()]];
}

void expectTheTruth(const BothEnds& ends, const TwoEnds& merged) {
    for (const Crossing& crossing : merged.crossings) {
        if (!crossing.sent) {
            ADD_FAILURE() << "a packet that nobody sent";
            continue;
        }
        const lesson::PacketTruth& truth = truthOf(ends, crossing);
        EXPECT_EQ(*crossing.sent, truth.sent);
        EXPECT_EQ(crossing.received.has_value(), truth.received.has_value());
        if (crossing.received && truth.received) {
            EXPECT_EQ(*crossing.received, *truth.received);
        }
        if (crossing.lost) {
            EXPECT_EQ(*crossing.lost, truth.lost);
        }
    }
}

TEST(TwoEnds, GiveBackTheDelayOfEachPacketAndTheClocksOffset) {
    for (const Time offset : {Time{0}, 1'234'567'890 * Time{1}, -77 * second}) {
        const auto ends = bothEnds("tcp-handshake", "client", "server", offset);
        const TwoEnds merged = mergeTwoEnds(*ends.a->view, *ends.late);
        EXPECT_EQ(merged.offset, offset);
        EXPECT_EQ(merged.foundTwice, ends.a->view->packetCount());
        EXPECT_EQ(merged.lost, 0U);
        expectTheTruth(ends, merged);
    }
}

TEST(TwoEnds, TellALostSegmentFromItsRepetition) {
    const auto ends = bothEnds("tcp-retransmission", "client", "server", 3 * second);
    const TwoEnds merged = mergeTwoEnds(*ends.a->view, *ends.late);
    EXPECT_EQ(merged.offset, 3 * second);
    EXPECT_EQ(merged.lost, 1U);
    expectTheTruth(ends, merged);
}

TEST(TwoEnds, GiveBackTheTruthOfEveryTcpLesson) {
    for (const std::string lesson :
         {"tcp-handshake/syn-lost", "tcp-close", "tcp-close/fin-lost", "tcp-retransmission/three-times",
          "tcp-retransmission/ack-lost", "tcp-fast-retransmit", "tcp-fast-retransmit/two-duplicates",
          "tcp-zero-window", "tcp-congestion", "tcp-half-close"}) {
        SCOPED_TRACE(lesson);
        const auto ends = bothEnds(lesson, "client", "server", 42 * second);
        const TwoEnds merged = mergeTwoEnds(*ends.a->view, *ends.late);
        EXPECT_EQ(merged.offset, 42 * second);
        expectTheTruth(ends, merged);
        std::size_t lost = 0, unknown = 0;
        for (const lesson::PacketTruth& truth : ends.a->truths)
            lost += truth.lost && truth.hopOf == none;
        for (const Crossing& crossing : merged.crossings)
            unknown += !crossing.lost.has_value();
        EXPECT_LE(merged.lost, lost);
        EXPECT_GE(merged.lost + unknown, lost) << "what is not called lost nobody could know";
    }
}

TEST(TwoEnds, KnowALossOfTheOtherDirectionToo) {
    const auto ends = bothEnds("tcp-data", "client", "server", -second, {"drop:tcp.ack@server,client"});
    const TwoEnds merged = mergeTwoEnds(*ends.a->view, *ends.late);
    EXPECT_EQ(merged.lost, 1U);
    for (const Crossing& crossing : merged.crossings) {
        if (crossing.lost == true) {
            EXPECT_EQ(crossing.from, End::B);
        }
    }
    expectTheTruth(ends, merged);
}

TEST(TwoEnds, KnowAPacketAgainBehindRouters) {
    const auto ends = bothEnds("icmp-port-unreachable", "laptop", "server", 5 * second);
    const TwoEnds merged = mergeTwoEnds(*ends.a->view, *ends.late);
    EXPECT_EQ(merged.foundTwice, 2U) << "TTL and header checksum are others there";
    ASSERT_TRUE(merged.offset);
    EXPECT_EQ(*merged.offset, 5 * second);
}

TEST(TwoEnds, PutHalfOfAnUnevenPathIntoTheOffset) {
    // What comes to the server (packets 1 and 3 there) takes 10 ms longer than what goes from it.
    constexpr Time longer = 10'000'000;
    const auto ends = bothEnds("tcp-handshake", "client", "server", 0);
    const auto uneven =
        withClock(*ends.b->view, [](std::uint64_t number) { return number % 2 ? longer : Time{0}; });
    const TwoEnds even = mergeTwoEnds(*ends.a->view, *ends.late),
                  merged = mergeTwoEnds(*ends.a->view, *uneven);
    EXPECT_EQ(merged.offset, longer / 2);
    EXPECT_EQ(*merged.leastDelay, *even.leastDelay + longer / 2);
}

TEST(TwoEnds, DoNotCallLostWhatTheOtherCaptureWasTooShortFor) {
    const auto run = runOf("tcp-handshake", {}, "client");
    const auto end = runOf("tcp-handshake", {}, "server");
    const auto cut = changed(*end->view, [](std::uint64_t number, std::vector<std::uint8_t>&) {
        return number <= 2; // SYN and SYN-ACK
    });
    const TwoEnds merged = mergeTwoEnds(*run->view, *cut);
    EXPECT_EQ(merged.lost, 0U);
    ASSERT_GE(merged.crossings.size(), 3U);
    EXPECT_FALSE(merged.crossings[2].lost.has_value());
}

TEST(TwoEnds, CallLostWhatTheOtherCapturesFileSaysItWasWaitingFor) {
    const auto ends = bothEnds("tcp-handshake/syn-lost", "client", "server", 0);
    EXPECT_EQ(mergeTwoEnds(*ends.a->view, *ends.late).lost, 0U) << "it begins with the repetition";
    const Time from = ends.a->view->start() - second, to = from + 100 * second;
    const auto same = [](std::uint64_t) { return Time{0}; };
    const auto waiting = withClock(*ends.b->view, same, from, to);
    EXPECT_EQ(waiting->running(), std::pair(from, to));
    EXPECT_EQ(mergeTwoEnds(*ends.a->view, *waiting).lost, 1U);
    const auto lying = withClock(*ends.b->view, same, from, ends.b->view->start());
    EXPECT_EQ(mergeTwoEnds(*ends.a->view, *lying).lost, 0U) << "its packets belie what it says";
}

/// An ICMP message to everybody, from an address that is at neither end.
std::vector<std::uint8_t> broadcastFromAThird(const Capture& capture) {
    const Frame frame = capture.frame(0);
    std::vector<std::uint8_t> bytes(frame.bytes.begin(), frame.bytes.end());
    bytes[26 + 3] = 77; // of the IPv4 source address the last byte
    std::fill(bytes.begin() + 30, bytes.begin() + 34, std::uint8_t{255});
    return bytes;
}

TEST(TwoEnds, KnowNoSendingOfWhatBothHeardOfAThirdHost) {
    const auto ends = bothEnds("tcp-handshake", "client", "server", 9 * second);
    const auto hearing = [](const Capture& capture, Time at) {
        std::ostringstream out;
        PcapngWriter writer(out, "test");
        for (PacketIndex packet = 0; packet < capture.packetCount(); ++packet)
            writer.write(capture.frame(packet));
        const auto bytes = broadcastFromAThird(capture);
        Frame frame;
        frame.bytes = bytes;
        frame.length = static_cast<std::uint32_t>(bytes.size());
        frame.time = at;
        writer.write(frame);
        return fromBytes(std::move(out).str());
    };
    const Time moment = ends.a->view->timeOf(2);
    const auto a = hearing(*ends.a->view, moment), b = hearing(*ends.late, moment + 9 * second + 1000);
    const TwoEnds merged = mergeTwoEnds(*a, *b);
    EXPECT_EQ(merged.offset, 9 * second);
    EXPECT_EQ(merged.foundTwice, ends.a->view->packetCount()) << "it did not go from one to the other";
    EXPECT_EQ(std::count_if(merged.crossings.begin(), merged.crossings.end(),
                            [&](const Crossing& one) {
                                return !one.sent && one.received == moment && one.inA && one.inB;
                            }),
              1);
}

TEST(TwoEnds, LeaveOutWhatStaysAtOneEnd) {
    const auto one = recording("ftp-active"), other = recording("dns-recursion");
    const TwoEnds merged = mergeTwoEnds(*one, *other);
    EXPECT_EQ(merged.foundTwice, 0U);
    EXPECT_FALSE(merged.offset);
    EXPECT_TRUE(merged.crossings.empty());
    EXPECT_GT(merged.notCrossing, 0U);
}

} // namespace
} // namespace wirestage::overlay::test
