// SPDX-License-Identifier: GPL-3.0-or-later
// A run seen from both of its ends, the second by a wrong clock, and merged: the diagram must be the one that
// the run itself makes, which knows.
#include "core/diagram/ends_source.h"

#include "core/diagram/run_source.h"
#include "core/diagram/sequence.h"
#include "tests/core/overlay/overlay_captures.h"

namespace wirestage::diagram {
namespace {

using overlay::MergedEnds;
using overlay::Passage;
using overlay::test::runOf;
using overlay::test::withClock;

constexpr Time second = 1'000'000'000;

struct Merged {
    std::shared_ptr<const lesson::LessonRun> run;
    std::shared_ptr<const Capture> capture;
    std::shared_ptr<const Passages> passages;
    overlay::TwoEnds found;

    [[nodiscard]] std::shared_ptr<const DiagramSource> source(std::optional<Level> level = {}) const {
        return endsSource(capture, passages, {}, level);
    }
};

Merged merged(std::shared_ptr<const lesson::LessonRun> run, const Capture& a, const Capture& b) {
    auto result = overlay::mergeEnds(a, b);
    Merged made;
    made.run = std::move(run);
    auto* ends = std::get_if<MergedEnds>(&result);
    if (!ends) {
        ADD_FAILURE() << english(std::get<Text>(result));
        return made;
    }
    auto capture = std::make_shared<Capture>(std::move(ends->file), MergedEnds::foreknowledge());
    capture->index();
    made.capture = std::move(capture);
    made.passages = std::make_shared<const Passages>(std::move(ends->passages));
    made.found = std::move(ends->found);
    return made;
}

Merged merged(const std::string& lesson, const std::string& a, const std::string& b, Time offset,
              const std::vector<std::string>& faults = {}) {
    const auto here = runOf(lesson, faults, a), there = runOf(lesson, faults, b);
    const Time from = here->view->start() + offset - second;
    const auto late = withClock(
        *there->view, [=](std::uint64_t) { return offset; }, from, from + 3600 * second);
    return merged(here, *here->view, *late);
}

/// "tcp.syn sent 0 received 5000000", a row each; times since the first.
std::vector<std::string> rows(const DiagramSource& source) {
    std::vector<std::string> all;
    for (Row row = 0; row < source.size(); ++row) {
        const Message m = source.message(row);
        const Time start = source.message(0).time;
        std::string line(kind(m.kind).name);
        line += m.sent ? " sent " + std::to_string(*m.sent - start) : " unsent";
        line += m.received ? " received " + std::to_string(*m.received - start) : "";
        line += m.lost.value_or(false) ? " lost" : "";
        EXPECT_EQ(source.facts(row).lost, m.lost.value_or(false)) << "row " << row;
        all.push_back(std::move(line));
    }
    return all;
}

TEST(EndsSource, IsTheRunsOwnDiagramForEveryTcpLesson) {
    for (const std::string lesson :
         {"tcp-handshake", "tcp-handshake/syn-lost", "tcp-close", "tcp-close/fin-lost", "tcp-retransmission",
          "tcp-retransmission/three-times", "tcp-retransmission/ack-lost", "tcp-fast-retransmit",
          "tcp-zero-window", "tcp-half-close"}) {
        SCOPED_TRACE(lesson);
        const Merged ends = merged(lesson, "client", "server", 42 * second);
        ASSERT_TRUE(ends.capture);
        EXPECT_EQ(rows(*ends.source(Level::Transport)), rows(*runSource(ends.run, {}, Level::Transport)));
    }
}

TEST(EndsSource, SlopesALevelThatPacketsCarry) {
    const Merged ends = merged("udp-loss", "laptop", "server", -3 * second);
    ASSERT_TRUE(ends.capture);
    EXPECT_EQ(rows(*ends.source()), rows(*runSource(ends.run)));
}

TEST(EndsSource, HasWhatOnlyTheOtherEndHolds) {
    const Merged ends = merged("tcp-data", "client", "server", -second, {"drop:tcp.ack@server,client"});
    ASSERT_TRUE(ends.capture);
    EXPECT_EQ(ends.found.lost, 1U);
    const auto source = ends.source(Level::Transport);
    std::size_t onlyB = 0;
    for (Row row = 0; row < source->size(); ++row) {
        const Passage& passage = (*ends.passages)[source->facts(row).packet];
        if (passage.inA == none) {
            ++onlyB;
            EXPECT_EQ(passage.fate, Passage::Fate::Lost);
            EXPECT_TRUE(source->message(row).lost.value_or(false));
        }
    }
    EXPECT_EQ(onlyB, 1U);
}

TEST(EndsSource, LetsAMessageArriveWithItsSegmentsRepetition) {
    const Merged ends =
        merged("ftp-passive", "client", "server", 5 * second, {"drop:tcp.data@client,server:1"});
    ASSERT_TRUE(ends.capture);
    EXPECT_EQ(ends.found.lost, 1U);
    const auto source = ends.source(Level::Application);
    std::size_t late = 0;
    for (Row row = 0; row < source->size(); ++row) {
        const Message m = source->message(row);
        EXPECT_FALSE(m.lost.value_or(true)) << row;
        late += m.sent && m.received && *m.received - *m.sent > second / 5;
    }
    EXPECT_EQ(late, 1U) << "the repetition came after its timeout";
}

TEST(EndsSource, ChangesAHostsStateWhenItsCauseArrives) {
    const Merged ends =
        merged("tcp-handshake", "client", "server", second, {"drop:tcp.syn_ack@server,client:1"});
    ASSERT_TRUE(ends.capture);
    const auto source = ends.source(Level::Transport);
    std::vector<Row> synAcks;
    for (Row row = 0; row < source->size(); ++row)
        if (source->facts(row).kind == KindId::tcp_syn_ack)
            synAcks.push_back(row);
    ASSERT_GE(synAcks.size(), 2U);
    ASSERT_TRUE(source->message(synAcks[0]).lost.value_or(false));
    const HostId client = source->message(synAcks[0]).to;
    for (const StateSpan& span : source->states())
        if (span.state == "ESTABLISHED" && span.host == client) {
            EXPECT_EQ(span.first, synAcks[1]) << "the lost one led nowhere";
            EXPECT_TRUE(span.beginsOnArrival);
            return;
        }
    ADD_FAILURE() << "the client did not come to ESTABLISHED";
}

TEST(EndsSource, LeavesTheLinkLevelAsItWasCaptured) {
    const Merged ends = merged("tcp-handshake", "client", "server", second);
    ASSERT_TRUE(ends.capture);
    const auto source = ends.source(Level::Link);
    ASSERT_GT(source->size(), 0U);
    for (Row row = 0; row < source->size(); ++row)
        EXPECT_FALSE(source->message(row).received) << row;
}

TEST(EndsSource, NeverFoldsALossAway) {
    const Merged ends =
        merged("tcp-congestion", "client", "server", second, {"drop:tcp.data@client,server:9"});
    ASSERT_TRUE(ends.capture);
    const auto source = ends.source(Level::Transport);
    const Sequence sequence(source, {});
    std::size_t lost = 0;
    for (std::uint64_t number = 0; number < sequence.items(); ++number) {
        const Item item = sequence.item(number);
        lost += !item.fold && item.facts.lost;
        for (Row row = item.first; item.fold && row <= item.last; ++row)
            EXPECT_FALSE(source->facts(row).lost) << row;
    }
    EXPECT_EQ(lost, ends.found.lost);
    EXPECT_GT(lost, 0U);
}

TEST(EndsSource, SaysInWordsWhatWasFound) {
    const Merged ends = merged("tcp-retransmission", "client", "server", 3 * second);
    ASSERT_TRUE(ends.capture);
    const std::string words = english(inWords(ends.found));
    EXPECT_NE(words.find("1 lost on the way; the other end's clock is 3 s ahead; one-way time "),
              std::string::npos)
        << words;
}

TEST(EndsSource, RefusesCapturesThatShareNothing) {
    const auto one = overlay::test::recording("ftp-active"),
               other = overlay::test::recording("dns-recursion");
    const auto result = overlay::mergeEnds(*one, *other);
    ASSERT_TRUE(std::holds_alternative<Text>(result));
    EXPECT_EQ(english(std::get<Text>(result)), "no packet is in both captures, so there is nothing to merge");
}

TEST(EndsSource, StopsWhereItIsToldTo) {
    const auto one = runOf("tcp-handshake", {}, "client");
    overlay::MergeOptions options;
    options.progress = [](std::uint64_t) { return false; };
    EXPECT_TRUE(std::holds_alternative<Text>(overlay::mergeEnds(*one->view, *one->view, options)));
}

} // namespace
} // namespace wirestage::diagram
