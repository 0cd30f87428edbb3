// SPDX-License-Identifier: GPL-3.0-or-later
// Which ARP packets are one question and its answer (RFC 826).
#include "core/capture/pcapng_writer.h"
#include "core/exchange/capture.h"
#include "core/protocols/arp/arp_wire.h"
#include "core/protocols/eth/eth_wire.h"
#include "tests/core/protocols/packets.h"

#include <gtest/gtest.h>

#include <sstream>

using namespace wirestage;
using namespace wirestage::test;

namespace {

constexpr MacAddress one{{0x02, 0, 0, 0, 0, 1}}, two{{0x02, 0, 0, 0, 0, 2}};
constexpr MacAddress everybody{{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}};

struct Wire {
    void send(std::uint16_t operation, const MacAddress& from, std::string_view sender,
              std::string_view target) {
        ArpPacket packet;
        packet.operation = operation;
        packet.senderHardware = from;
        packet.senderProtocol = ip(sender);
        packet.targetProtocol = ip(target);
        if (operation == 2)
            packet.targetHardware = from == one ? two : one;
        Writer frame;
        writeHeader(frame, EthHeader{operation == 1 ? everybody : packet.targetHardware, from, 0x0806});
        writeHeader(frame, packet);
        const auto bytes = std::move(frame).take();
        writer.write({++number, 0, static_cast<Time>(number) * 1'000'000,
                      static_cast<std::uint32_t>(bytes.size()), LinkType::Ethernet, bytes});
    }
    std::unique_ptr<Capture> indexed() {
        const std::string text = out.str();
        file.assign(text.begin(), text.end());
        auto opened = CaptureFile::fromMemory(file);
        auto capture = std::make_unique<Capture>(std::move(std::get<CaptureFile>(opened)));
        capture->index();
        return capture;
    }

    std::ostringstream out;
    PcapngWriter writer{out, "test"};
    std::vector<std::uint8_t> file;
    std::uint64_t number = 0;
};

} // namespace

TEST(ArpExchange, KeepsTwoHostsThatAskForEachOtherApart) {
    Wire wire;
    wire.send(1, one, "192.0.2.1", "192.0.2.2");
    wire.send(1, two, "192.0.2.2", "192.0.2.1");
    wire.send(2, two, "192.0.2.2", "192.0.2.1");
    wire.send(2, one, "192.0.2.1", "192.0.2.2");
    const auto capture = wire.indexed();
    ASSERT_EQ(capture->exchangeCount(), 2u);
    EXPECT_EQ(english(capture->exchange(0).summary), "192.0.2.2 is at 02:00:00:00:00:02");
    EXPECT_EQ(english(capture->exchange(1).summary), "192.0.2.1 is at 02:00:00:00:00:01");
    EXPECT_EQ(capture->row(0).packets, 2u);
    EXPECT_FALSE(capture->notesOf(1).has(Note::Repeated)) << "another question, not the same one again";
}

TEST(ArpExchange, TakesAQuestionAskedAgainForTheSame) {
    Wire wire;
    wire.send(1, one, "192.0.2.1", "192.0.2.2");
    wire.send(1, one, "192.0.2.1", "192.0.2.2");
    wire.send(2, two, "192.0.2.2", "192.0.2.1");
    const auto capture = wire.indexed();
    ASSERT_EQ(capture->exchangeCount(), 1u);
    EXPECT_TRUE(capture->notesOf(1).has(Note::Repeated));
    EXPECT_EQ(capture->row(0).outcome, Outcome::Completed);
}

// RFC 5227, section 2.4: a conflicting packet names the same sender address with another hardware address.
TEST(ArpExchange, MarksWhoClaimsAnAddressThatAnotherStationHasClaimed) {
    Wire wire;
    wire.send(1, one, "192.0.2.1", "192.0.2.9");
    wire.send(1, two, "0.0.0.0", "192.0.2.1");   // a probe claims nothing
    wire.send(2, two, "192.0.2.1", "192.0.2.7"); // two has one's address
    wire.send(2, one, "192.0.2.1", "192.0.2.8"); // and one keeps to it
    wire.send(2, one, "192.0.2.8", "192.0.2.1"); // whom an answer goes to claims nothing
    wire.send(1, two, "192.0.2.2", "192.0.2.1");
    const auto capture = wire.indexed();
    for (PacketIndex packet = 0; packet < 6; ++packet)
        EXPECT_EQ(capture->notesOf(packet).has(Note::DuplicateAddress), packet == 2 || packet == 3) << packet;
    EXPECT_EQ(english(capture->exchange(capture->exchangeOf(2)).summary),
              "192.0.2.1 says it is at 02:00:00:00:00:02; another station claimed it before");
    // That the asker's own address is contested is no matter of the address it asks for.
    wire.send(1, one, "192.0.2.1", "192.0.2.30");
    wire.send(2, two, "192.0.2.30", "192.0.2.1");
    const auto longer = wire.indexed();
    EXPECT_TRUE(longer->notesOf(6).has(Note::DuplicateAddress));
    EXPECT_EQ(english(longer->exchange(longer->exchangeOf(7)).summary), "192.0.2.30 is at 02:00:00:00:00:02");
}
