// SPDX-License-Identifier: GPL-3.0-or-later
// Old packets give way beside those who read them: none goes before it is indexed, or while it is copied.
#include "core/exchange/capture.h"
#include "tests/core/capture/old_packets.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

namespace wirestage::test {
namespace {

using namespace std::chrono_literals;

TEST_F(OldPackets, StayInTheIndex) {
    GrowingFile live = file();
    live.append(beginning().bytes());
    fill(live, 0, 10);
    Capture capture(opened(live.capture()));
    std::thread indexing([&] { capture.index(); });
    ASSERT_EQ(fill(live, 10, many), many - 10);
    while (capture.packetCount() < static_cast<PacketIndex>(many))
        std::this_thread::sleep_for(1ms);
    const PacketIndex first = capture.firstKept();
    EXPECT_GT(first, static_cast<PacketIndex>(many) * 8 / 10);
    EXPECT_EQ(numberIn(capture.frame(first)), static_cast<int>(first));
    EXPECT_EQ(numberIn(capture.frame(many - 1)), many - 1);
    for (const PacketIndex gone : {PacketIndex{0}, first - 1}) {
        EXPECT_TRUE(capture.frame(gone).bytes.empty());
        EXPECT_EQ(capture.timeOf(gone), Time{gone} * 1'000'000);
        EXPECT_TRUE(capture.describe(gone).fields.empty());
        const Message message = capture.message({gone, Level::Link, 0});
        EXPECT_TRUE(message.gaveWay);
        EXPECT_EQ(english(message.summary), "its bytes are no longer kept");
        EXPECT_EQ(message.kind, capture.kindOf(gone));
    }
    EXPECT_EQ(capture.messages({}, Level::Link).size(), static_cast<std::uint64_t>(many));
    const Exchange told = capture.exchange(capture.exchangeOf(0));
    EXPECT_THAT(english(told.summary), testing::EndsWith("given way to newer ones"));
    EXPECT_FALSE(told.title.empty());
    live.end();
    indexing.join();
    EXPECT_EQ(capture.problem(), std::nullopt);
    EXPECT_EQ(capture.summary().packets, static_cast<std::uint64_t>(many));
    EXPECT_EQ(capture.summary().problems.at("gave_way"), capture.firstKept());
    EXPECT_EQ(numberIn(capture.frame(capture.firstKept())), static_cast<int>(capture.firstKept()));
}

TEST_F(OldPackets, WaitUntilTheyAreIndexed) {
    GrowingFile live = file();
    live.append(beginning().bytes());
    Capture capture(opened(live.capture()));
    std::atomic<bool> wait = true;
    std::atomic<int> taken = 0;
    std::thread indexing([&] {
        capture.index([&](const Progress&) {
            while (wait)
                std::this_thread::sleep_for(1ms);
            return true;
        });
    });
    std::thread writing([&] { taken = fill(live, 0, many); });
    std::this_thread::sleep_for(200ms);
    EXPECT_EQ(taken, 0) << "the writer waits";
    EXPECT_LE(onDisk(), most + limit / 4);
    EXPECT_EQ(capture.firstKept(), 0U);
    wait = false;
    writing.join();
    EXPECT_EQ(taken, many);
    live.end();
    indexing.join();
    EXPECT_EQ(capture.packetCount(), static_cast<PacketIndex>(many)) << "none went by unseen";
}

TEST_F(OldPackets, WaitForTheReaderThatIsToCome) {
    GrowingFile live = file();
    live.append(beginning().bytes());
    live.awaitReader();
    std::atomic<int> taken = 0;
    std::thread writing([&] { taken = fill(live, 0, many); });
    std::this_thread::sleep_for(200ms);
    EXPECT_EQ(taken, 0) << "the writer waits";
    Capture capture(opened(live.capture()));
    std::thread indexing([&] { capture.index(); });
    writing.join();
    EXPECT_EQ(taken, many);
    live.end();
    indexing.join();
    EXPECT_EQ(capture.packetCount(), static_cast<PacketIndex>(many)) << "none went by unseen";
    EXPECT_GT(capture.firstKept(), 0U);

    GrowingFile empty = file();
    empty.awaitReader();
    EXPECT_TRUE(std::holds_alternative<CaptureFile::OpenError>(empty.capture()));
    empty.append(beginning().bytes());
    EXPECT_EQ(fill(empty, 0, many), many) << "nobody will come any more";
}

TEST_F(OldPackets, WaitForWhoeverCopiesThem) {
    KeptPart part;
    std::atomic<std::uint64_t> took = 0;
    const auto take = [&](std::uint64_t before) { took = before; };
    auto copying = part.hold();
    EXPECT_TRUE(part.ask(10, KeptPart::Patience::WaitsForTheIndex, take));
    EXPECT_EQ(took, 0U);
    std::thread writing([&] { part.ask(20, KeptPart::Patience::WaitsForAll, take); });
    std::this_thread::sleep_for(50ms);
    EXPECT_EQ(took, 0U);
    copying.reset();
    writing.join();
    EXPECT_EQ(took, 20U);
}

TEST_F(OldPackets, AreNoLongerWaitedForOnceTheCaptureIsToEnd) {
    GrowingFile live = file();
    live.append(beginning().bytes());
    const CaptureFile reader = opened(live.capture()); // and nobody indexes it
    std::thread stopping([&] {
        std::this_thread::sleep_for(100ms);
        live.hurry();
    });
    EXPECT_EQ(fill(live, 0, 1000), 1000);
    stopping.join();
    EXPECT_EQ(walk(reader).frames.size(), 1000U);
}

TEST_F(OldPackets, StayWhereIndexingHasEnded) {
    GrowingFile live = file();
    live.append(beginning().bytes());
    Capture capture(opened(live.capture()));
    fill(live, 0, 200);
    capture.index({}, 100);
    EXPECT_LT(fill(live, 200, many), many - 200);
    EXPECT_LE(live.size(), most + 1000) << "it ends at its limit";
    EXPECT_EQ(numberIn(capture.frame(0)), 0);
}

} // namespace
} // namespace wirestage::test
