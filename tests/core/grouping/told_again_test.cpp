// SPDX-License-Identifier: GPL-3.0-or-later
// An exchange that grows is told on, not from its beginning: each time as if it were told for the first time.
#include "core/capture/growing_file.h"
#include "tests/core/grouping/made_packets.h"
#include "tests/support/shared_captures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

namespace wirestage::test {
namespace {

using namespace std::chrono_literals;

std::string inWords(const Exchange& exchange) {
    std::string words = english(exchange.title) + ": " + english(exchange.summary) + " (" +
                        std::to_string(exchange.messages) + " messages)";
    for (const Participant& one : exchange.participants)
        words += "\n" + one.name + " as " + english(one.role);
    for (const Transition& one : exchange.transitions)
        words += "\n" + std::to_string(one.participant) + " " + one.state + " " + std::to_string(one.time) +
                 (one.inferred ? " concluded" : " by " + std::to_string(one.cause));
    for (const Phase& one : exchange.phases)
        words += "\n" + english(one.title) + " " + std::to_string(one.first) + "-" + std::to_string(one.last);
    return words;
}

std::vector<std::string> allInWords(const Capture& capture) {
    std::vector<std::string> all;
    for (ExchangeId id = 0; id < capture.exchangeCount(); ++id)
        all.push_back(inWords(capture.exchange(id)));
    return all;
}

CaptureFile opened(CaptureFile::Opened file) {
    if (const auto* error = std::get_if<CaptureFile::OpenError>(&file))
        throw std::runtime_error(english(error->why));
    return std::get<CaptureFile>(std::move(file));
}

std::vector<std::uint8_t> contents(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Where each packet of a capture ends.
std::vector<std::uint64_t> ends(const CaptureFile& file) {
    std::vector<std::uint64_t> all;
    CaptureFile::Cursor cursor = file.cursor();
    for (Frame frame; cursor.next(frame);)
        all.push_back(cursor.position());
    return all;
}

/// A capture that is being made, and is indexed meanwhile.
class Growing {
public:
    explicit Growing(Bytes beginning)
        : file(made()), capture((append(beginning), opened(file.capture()))),
          indexing([this] { capture.index(); }) {}
    ~Growing() {
        file.end();
        indexing.join();
    }
    void append(Bytes more) { file.append(more); }
    [[nodiscard]] const Capture& indexedTo(PacketIndex packets) const {
        while (capture.packetCount() < packets)
            std::this_thread::sleep_for(1ms);
        return capture;
    }

private:
    static GrowingFile made() {
        constexpr std::uint64_t limit = 1 << 20;
        auto file = GrowingFile::in(CacheFile({}, limit), limit);
        if (const Text* why = std::get_if<Text>(&file))
            throw std::runtime_error(english(*why));
        return std::get<GrowingFile>(std::move(file));
    }
    GrowingFile file;
    Capture capture;
    std::thread indexing;
};

class ToldAgain : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(ToldAgain, SaysTheSameAsAtFirst) {
    const auto all = contents(GetParam());
    const Bytes bytes(all);
    const auto packets = ends(opened(CaptureFile::fromMemory(bytes)));
    std::uint64_t written = GrowingFile::enoughToTell;
    Growing growing(bytes.first(written));
    for (std::size_t i = 0; i < packets.size() && !HasFailure(); ++i) {
        growing.append(bytes.subspan(written, packets[i] - written));
        written = packets[i];
        const auto count = static_cast<PacketIndex>(i + 1);
        const Growing atFirst(bytes.first(written));
        EXPECT_EQ(allInWords(growing.indexedTo(count)), allInWords(atFirst.indexedTo(count)))
            << "after packet " << count;
    }
}

std::vector<std::filesystem::path> recordings() {
    std::vector<std::filesystem::path> all;
    for (const auto& entry : std::filesystem::directory_iterator(sourceFolder() / "resources" / "recordings"))
        if (entry.path().extension() == ".pcapng")
            all.push_back(entry.path());
    std::sort(all.begin(), all.end());
    return all;
}
INSTANTIATE_TEST_SUITE_P(Recordings, ToldAgain, testing::ValuesIn(recordings()), [](const auto& of) {
    std::string name = of.param.stem();
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

TEST(LongExchange, IsCountedToItsEnd) {
    constexpr unsigned there = 260'000, back = 3;
    MadePackets packets;
    for (unsigned i = 0; i < there; ++i)
        packets.udp(1, 2, 4000, 9000, "x");
    for (unsigned i = 0; i < back; ++i)
        packets.udp(2, 1, 9000, 4000, "y");
    const auto capture = packets.indexed();
    const Exchange exchange = capture->exchange(0);
    EXPECT_EQ(english(exchange.summary), "260000 datagrams there, 3 datagrams back, port 9000");
    EXPECT_EQ(exchange.messages, there + back);
}

TEST(LongExchange, IsSeenInAGlimpseWithoutItsEnd) {
    MadePackets packets;
    for (unsigned i = 0; i < 5000; ++i)
        packets.udp(1, 2, 4000, 9000, "x");
    packets.udp(1, 3, 4000, 9000, "z");
    const auto capture = packets.indexed();
    const Glimpse first = capture->glimpse(0);
    EXPECT_FALSE(first.whole);
    EXPECT_EQ(english(first.exchange.title), "UDP to port 9000");
    EXPECT_EQ(first.exchange.packets, 5000u) << "the index knows them all";
    EXPECT_TRUE(capture->glimpse(1).whole) << "a short one";
    EXPECT_EQ(english(capture->outcomeSentence(0)), "5000 datagrams to port 9000, nothing came back from it");
    const Glimpse second = capture->glimpse(0);
    EXPECT_TRUE(second.whole) << "the rest has been told meanwhile";
    EXPECT_EQ(second.exchange.messages, 5000u);
}

} // namespace
} // namespace wirestage::test
