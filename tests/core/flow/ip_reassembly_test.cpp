// SPDX-License-Identifier: GPL-3.0-or-later
// Fragments put together again: RFC 791, section 3.2, and RFC 8200, section 4.5.
#include "core/flow/ip_reassembly.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace wirestage {
namespace {

/// A datagram's payload, "abc...", and its fragments.
class Fragments {
public:
    explicit Fragments(std::size_t length) {
        for (std::size_t i = 0; i < length; ++i)
            bytes.push_back(static_cast<std::uint8_t>('a' + i % 26));
    }
    [[nodiscard]] NetworkFacts piece(std::uint32_t offset, std::uint32_t length, std::uint32_t id = 7,
                                     bool last = false) const {
        NetworkFacts facts;
        facts.source = *parseIpAddress("192.0.2.1");
        facts.destination = *parseIpAddress("192.0.2.2");
        facts.protocol = 17;
        facts.fragment = true;
        facts.moreFragments = !last;
        facts.identification = id;
        facts.fragmentOffset = offset;
        facts.payload = Bytes(bytes).subspan(offset, length);
        facts.payloadLength = length;
        return facts;
    }
    [[nodiscard]] NetworkFacts last(std::uint32_t offset, std::uint32_t id = 7) const {
        return piece(offset, static_cast<std::uint32_t>(bytes.size()) - offset, id, true);
    }
    std::vector<std::uint8_t> bytes;
};

TEST(IpReassembly, GivesTheDatagramOnceItsLastPieceIsThere) {
    const Fragments datagram(40);
    IpReassembly reassembly;
    EXPECT_FALSE(reassembly.add(0, datagram.piece(0, 16), 50));
    EXPECT_FALSE(reassembly.add(1, datagram.piece(16, 16), 50));
    const auto pieces = reassembly.add(2, datagram.last(32), 42);
    ASSERT_TRUE(pieces);
    EXPECT_EQ(join(*pieces), datagram.bytes);
    ASSERT_EQ(pieces->size(), 3u);
    EXPECT_EQ((*pieces)[1].packet, 1u);
    EXPECT_EQ((*pieces)[2].frameLength, 42u);
    EXPECT_TRUE(reassembly.unfinished().empty());
}

TEST(IpReassembly, TakesPiecesInAnyOrder) {
    const Fragments datagram(48);
    IpReassembly reassembly;
    EXPECT_FALSE(reassembly.add(0, datagram.last(32)));
    EXPECT_FALSE(reassembly.add(1, datagram.piece(16, 16)));
    const auto pieces = reassembly.add(2, datagram.piece(0, 16));
    ASSERT_TRUE(pieces);
    EXPECT_EQ(join(*pieces), datagram.bytes);
}

TEST(IpReassembly, WaitsAsLongAsAPieceIsMissing) {
    const Fragments datagram(48);
    IpReassembly reassembly;
    EXPECT_FALSE(reassembly.add(0, datagram.piece(0, 16)));
    EXPECT_FALSE(reassembly.add(1, datagram.last(32)));
    const auto waiting = reassembly.unfinished();
    ASSERT_EQ(waiting.size(), 1u);
    EXPECT_EQ(waiting.front().size(), 2u);
}

TEST(IpReassembly, TakesTheSamePieceTwice) {
    const Fragments datagram(32);
    IpReassembly reassembly;
    EXPECT_FALSE(reassembly.add(0, datagram.piece(0, 16)));
    EXPECT_FALSE(reassembly.add(1, datagram.piece(0, 16)));
    const auto pieces = reassembly.add(2, datagram.last(16));
    ASSERT_TRUE(pieces);
    EXPECT_EQ(join(*pieces), datagram.bytes);
}

TEST(IpReassembly, CountsOverlappingBytesOnce) {
    const Fragments datagram(40);
    IpReassembly reassembly;
    EXPECT_FALSE(reassembly.add(0, datagram.piece(0, 24)));
    const auto pieces = reassembly.add(1, datagram.last(16));
    ASSERT_TRUE(pieces);
    EXPECT_EQ(join(*pieces), datagram.bytes);
}

TEST(IpReassembly, KeepsDatagramsWithDifferentIdentificationsApart) {
    const Fragments one(32), two(48);
    IpReassembly reassembly;
    EXPECT_FALSE(reassembly.add(0, one.piece(0, 16, 1)));
    EXPECT_FALSE(reassembly.add(1, two.piece(0, 16, 2)));
    const auto pieces = reassembly.add(2, one.last(16, 1));
    ASSERT_TRUE(pieces);
    EXPECT_EQ(join(*pieces), one.bytes);
}

TEST(IpReassembly, RefusesWhatEndsBehindTheLargestDatagram) { // the "ping of death"
    const Fragments datagram(16);
    NetworkFacts facts = datagram.last(0);
    facts.fragmentOffset = 65'528;
    IpReassembly reassembly;
    EXPECT_FALSE(reassembly.add(0, facts));
    EXPECT_TRUE(reassembly.unfinished().empty());
}

TEST(IpReassembly, DoesNotWaitForPiecesThatTheCaptureCut) {
    const Fragments datagram(32);
    NetworkFacts facts = datagram.piece(0, 16);
    facts.payload = facts.payload.first(4);
    IpReassembly reassembly;
    EXPECT_FALSE(reassembly.add(0, facts));
    EXPECT_TRUE(reassembly.unfinished().empty());
}

TEST(IpReassembly, GivesUpTheOldestOfTooManyDatagrams) {
    const Fragments datagram(32);
    IpReassembly reassembly;
    for (std::uint32_t id = 0; id <= IpReassembly::mostWaiting; ++id)
        EXPECT_FALSE(reassembly.add(id, datagram.piece(0, 16, id)));
    EXPECT_EQ(reassembly.unfinished().size(), IpReassembly::mostWaiting);
    EXPECT_FALSE(reassembly.add(9'000, datagram.last(16, 0))) << "its first piece was given up";
    EXPECT_TRUE(reassembly.add(9'001, datagram.last(16, IpReassembly::mostWaiting)));
}

} // namespace
} // namespace wirestage
