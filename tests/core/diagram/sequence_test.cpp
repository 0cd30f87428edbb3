// SPDX-License-Identifier: GPL-3.0-or-later
// Rows, heights, folds, phases and time. What is expected follows from the stories in fake_source.h.
#include "core/diagram/sequence.h"

#include "core/diagram/layout.h"
#include "tests/core/diagram/fake_source.h"

#include <gtest/gtest.h>

namespace wirestage::diagram {
namespace {

std::shared_ptr<Sequence> sequenceOf(std::shared_ptr<const DiagramSource> source,
                                     SequenceOptions options = {}) {
    auto made = std::make_shared<Sequence>(std::move(source), options);
    made->setSizes(rowSizes({}));
    return made;
}

/// Items follow each other without a hole, and each is found again by its height and by its message.
void expectConsistent(const Sequence& sequence) {
    double y = 0;
    for (std::uint64_t n = 0; n < sequence.items(); ++n) {
        const Item item = sequence.item(n);
        ASSERT_NEAR(item.y, y, 1e-6) << "item " << n;
        ASSERT_GT(item.height, 0);
        ASSERT_EQ(sequence.itemAt(item.y + 0.01), n);
        ASSERT_EQ(sequence.itemAt(item.y + item.height - 0.01), n);
        if (!(item.fold && item.open)) {
            ASSERT_EQ(sequence.itemOf(item.first), n);
            ASSERT_EQ(sequence.itemOf(item.last), n);
        }
        y += item.height;
    }
    ASSERT_NEAR(sequence.height(), y, 1e-6);
}

RowFacts factsOf(KindId kind) {
    RowFacts facts;
    facts.kind = kind;
    return facts;
}

TEST(Sequence, FindsEveryRowByItsHeightAndByItsMessage) {
    expectConsistent(*sequenceOf(doraStory()));
    expectConsistent(*sequenceOf(tcpStory()));
    expectConsistent(*sequenceOf(std::make_shared<EndlessSource>(3000)));
}

TEST(Sequence, StaysConsistentInTrueTimeAndWithAFoldOpen) {
    SequenceOptions options;
    options.trueTime = true;
    const auto sequence = sequenceOf(tcpStory(), options);
    expectConsistent(*sequence);
    const Fold* fold = sequence->foldOf(500);
    ASSERT_NE(fold, nullptr);
    const std::uint64_t closed = sequence->items();
    sequence->setOpen(*fold, true);
    EXPECT_EQ(sequence->items(), closed + fold->size());
    expectConsistent(*sequence);
    sequence->setOpen(*fold, false);
    EXPECT_EQ(sequence->items(), closed);
    expectConsistent(*sequence);
}

TEST(Sequence, FoldsARunOfSegmentsAndLeavesItsFirstOneToBeSeen) {
    const auto sequence = sequenceOf(tcpStory());
    EXPECT_EQ(sequence->foldOf(3), nullptr); // the request
    const Fold* fold = sequence->foldOf(4);
    ASSERT_NE(fold, nullptr);
    EXPECT_EQ(fold->size(), 1240U);
    EXPECT_EQ(fold->bytes, 1240U * 1514U);
    EXPECT_EQ(english(foldText(*fold, factsOf(KindId::tcp_data))), "1\u202f240 segments, 1.9 MB");
    EXPECT_EQ(sequence->foldOf(1244), nullptr); // the retransmission
    EXPECT_EQ(sequence->items(), 4U + 1 + 3);
}

TEST(Sequence, SumsNoSizesWhereSomeAreForgotten) {
    const auto story = tcpStory();
    story->forgotten = 10;
    const auto sequence = sequenceOf(story);
    const Fold* fold = sequence->foldOf(4);
    ASSERT_NE(fold, nullptr);
    EXPECT_EQ(fold->bytes, std::nullopt);
    EXPECT_EQ(english(foldText(*fold, factsOf(KindId::tcp_data))), "1\u202f240 segments");
    EXPECT_EQ(english(foldText(*fold, factsOf(KindId::udp_datagram))), "1\u202f240 datagrams");
}

TEST(Sequence, NeverFoldsAcrossAPhaseOrTwoExchanges) {
    auto story = std::make_shared<FakeSource>();
    const HostId a = story->host("a", "", {}), b = story->host("b", "", {});
    for (int i = 0; i < 40; ++i)
        story->say(i, a, b, KindId::tcp_data, "").exchange = i < 20 ? 0 : 1;
    story->phase("One", 0, 9);
    story->phase("Two", 10, 39);
    const auto sequence = sequenceOf(story);
    const auto rangeOf = [&](Row row) {
        const Fold* fold = sequence->foldOf(row);
        return fold ? std::pair(fold->first, fold->last) : std::pair(noRow, noRow);
    };
    EXPECT_EQ(rangeOf(5), std::pair(Row{1}, Row{9}));
    EXPECT_EQ(rangeOf(15), std::pair(Row{11}, Row{19}));
    EXPECT_EQ(rangeOf(30), std::pair(Row{21}, Row{39}));
    EXPECT_EQ(rangeOf(20), std::pair(noRow, noRow));
}

TEST(Sequence, DoesNotFoldWhatHasANote) {
    auto story = std::make_shared<FakeSource>();
    const HostId a = story->host("a", "", {}), b = story->host("b", "", {});
    for (int i = 0; i < 6; ++i)
        story->say(i, a, b, KindId::tcp_data, "").notes.add(Note::OutOfOrder);
    EXPECT_EQ(sequenceOf(story)->items(), 6U);
}

// Nobody wants to see an idle connection's keep-alives one by one; but a segment that also was out of order
// has something to say.
TEST(Sequence, FoldsWhatOnlyKeepsAConnectionAlive) {
    auto story = std::make_shared<FakeSource>();
    const HostId a = story->host("a", "", {}), b = story->host("b", "", {});
    story->say(0, a, b, KindId::tcp_data, "");
    for (int i = 1; i <= 6; ++i) {
        story->say(i * 10, a, b, KindId::tcp_ack, "").notes.add(Note::KeepAlive);
        story->say(i * 10 + 1, b, a, KindId::tcp_ack, "").notes.add(Note::KeepAliveAck);
    }
    story->say(70, a, b, KindId::tcp_ack, "").notes.add(Note::KeepAlive);
    story->messages.back().notes.add(Note::OutOfOrder);
    const auto sequence = sequenceOf(story);
    ASSERT_EQ(sequence->items(), 4U); // the data, the first keep-alive, the fold, the last
    const Item fold = sequence->item(2);
    EXPECT_TRUE(fold.fold);
    EXPECT_EQ(std::pair(fold.first, fold.last), std::pair(Row{2}, Row{12}));
    EXPECT_EQ(english(foldText(*sequence->foldOf(2), fold.facts)), "11 keep-alive segments");
}

TEST(Sequence, LeavesOutLongTimesAndStretchesShortOnes) {
    auto story = std::make_shared<FakeSource>();
    const HostId a = story->host("a", "", {}), b = story->host("b", "", {});
    for (const Time at : {0, 10, 20, 30, 45, 200045})
        story->say(at, a, b, KindId::icmp_echo_request, "");
    SequenceOptions options;
    options.trueTime = true;
    const auto sequence = sequenceOf(story, options);
    EXPECT_EQ(sequence->item(5).leftOut, 200'000'000'000);
    EXPECT_EQ(sequence->item(4).leftOut, 0);
    EXPECT_GT(sequence->item(4).height, sequence->item(3).height); // 15 ms against 10 ms
    EXPECT_EQ(sequence->item(2).height, sequence->item(3).height);
}

TEST(Sequence, GivesEveryMessageTheSameStepWhereTimeIsNotShown) {
    const auto sequence = sequenceOf(doraStory());
    EXPECT_EQ(sequence->item(2).height - sequence->item(2).lead,
              sequence->item(0).height - sequence->item(0).lead);
    for (std::uint64_t n = 0; n < 4; ++n)
        EXPECT_EQ(sequence->item(n).leftOut, 0);
}

TEST(Sequence, ShowsAPartOfItsSource) {
    SequenceOptions options;
    options.first = 100;
    options.last = 199;
    const auto sequence = sequenceOf(std::make_shared<EndlessSource>(1000), options);
    EXPECT_EQ(sequence->items(), 100U);
    EXPECT_EQ(sequence->item(0).first, 100U);
    EXPECT_EQ(sequence->endRow(), 200U);
    EXPECT_EQ(sequence->itemOf(150), 50U);
}

TEST(Sequence, CanBeStoppedAndShowsWhatItHasWalkedSoFar) {
    const Sequence stopped(std::make_shared<EndlessSource>(1'000'000), {}, [] { return false; });
    EXPECT_FALSE(stopped.complete());
    EXPECT_GT(stopped.items(), 0U);
    EXPECT_LT(stopped.items(), 1'000'000U);
}

TEST(Sequence, HoldsNothingAndAsksForNothingInAnEmptySource) {
    const auto sequence = sequenceOf(std::make_shared<FakeSource>());
    EXPECT_EQ(sequence->items(), 0U);
    EXPECT_EQ(sequence->height(), 0);
    EXPECT_EQ(sequence->itemAt(100), 0U);
}

TEST(Sequence, LooksAtNoMoreMessagesInTenMillionThanInTenThousand) {
    const auto asked = [](Row size) {
        const auto source = std::make_shared<EndlessSource>(size);
        const auto sequence = sequenceOf(source);
        source->asked = source->decoded = 0;
        const std::uint64_t item = sequence->itemAt(sequence->height() * 0.77);
        static_cast<void>(sequence->item(item));
        static_cast<void>(sequence->itemOf(size / 3));
        EXPECT_EQ(source->decoded, 0U);
        return source->asked.load();
    };
    const std::uint64_t few = asked(10'000), many = asked(10'000'000);
    EXPECT_LE(many, 2 * 256U + 2);
    EXPECT_LE(few, 2 * 256U + 2);
}

} // namespace
} // namespace wirestage::diagram
