// SPDX-License-Identifier: GPL-3.0-or-later
// The overlay's rows: what is expected, what was captured, and what is said above them.
#include "core/diagram/overlay_source.h"

#include "core/diagram/layout.h"
#include "core/overlay/goals.h"
#include "tests/core/overlay/overlay_captures.h"

namespace wirestage::overlay::test {
namespace {

using diagram::LaidStatus;
using diagram::Row;
using testing::ElementsAre;
using testing::HasSubstr;

struct Laying {
    Reference reference;
    Comparison comparison;
    std::shared_ptr<const diagram::OverlaySource> source;

    Laying(const std::string& lesson, const std::shared_ptr<const Capture>& capture, bool goesOn = false,
           const std::vector<ExchangeId>& among = {})
        : reference(lessonReference(lesson)), comparison(compare(reference, *capture, among)),
          source(diagram::overlaySource(capture, reference, comparison, goesOn)) {}

    [[nodiscard]] std::vector<std::string> rows() const {
        std::vector<std::string> all;
        for (Row row = 0; row < source->size(); ++row) {
            const auto laid = source->laid(row);
            all.push_back(english(source->message(row).label) + ": " + english(title(laid->status)) +
                          (laid->expected ? " E" : "") + (laid->captured ? " C" : ""));
        }
        return all;
    }
    [[nodiscard]] std::string said(bool goesOn = false) const {
        return english(diagram::headline(*source, comparison, goesOn));
    }
};

TEST(OverlaySource, HasBothArrowsWhereTheCaptureHasWhatTheTextbookHas) {
    const Laying laying("dhcp-dora", recording("dhcp-dora-renew-release"));
    EXPECT_THAT(laying.rows(), ElementsAre("DHCP Discover: matched E C", "DHCP Offer: matched E C",
                                           "DHCP Request: matched E C", "DHCP Ack: matched E C"));
    EXPECT_EQ(laying.source->participants().size(), 2U);
    EXPECT_EQ(laying.said(), "As in the textbook: all 4 steps happened");
    // The lesson's own times, since its first message.
    EXPECT_EQ(laying.source->laid(0)->expectedAt, Time{0});
    EXPECT_GT(*laying.source->laid(3)->expectedAt, *laying.source->laid(2)->expectedAt);
    const auto run = runOf("dhcp-dora");
    EXPECT_EQ(run->whole->kindOf(laying.source->laid(1)->example), KindId::dhcp_offer);
}

TEST(OverlaySource, ShowsWhatIsMissingWhereItBelongs) {
    const Laying laying("dhcp-dora", runOf("dhcp-dora/no-server")->view);
    EXPECT_THAT(laying.rows(),
                ElementsAre("DHCP Discover: matched E C", "DHCP Discover: repeated C",
                            "DHCP Offer: missing E", "DHCP Request: missing E", "DHCP Ack: missing E"));
    EXPECT_THAT(laying.said(), HasSubstr("Different at step 3, DHCP Offer: no DHCP Offer came within 12 s: "
                                         "nobody answered the DHCP Discover"));
    const Message offer = laying.source->message(2);
    EXPECT_EQ(offer.from, laying.source->participants()[1].host) << "the textbook's server has a lifeline";
    EXPECT_EQ(english(laying.source->participants()[1].role), "of the textbook: nobody yet");
    ASSERT_EQ(laying.source->goals().size(), 4U);
    EXPECT_TRUE(laying.source->goals()[0].reached);
    EXPECT_FALSE(laying.source->goals()[1].reached);
}

TEST(OverlaySource, WaitsWhileMoreMayCome) {
    const Laying laying("dhcp-dora", runOf("dhcp-dora/no-server")->view, true);
    EXPECT_EQ(laying.source->laid(2)->status, LaidStatus::Awaited);
    EXPECT_THAT(laying.said(true), HasSubstr("So far as in the textbook: 1 of 4 steps"));
}

TEST(OverlaySource, ShowsTheTextbookAloneWhereNothingIsLikeIt) {
    const Laying laying("dhcp-dora", recording("icmp-traceroute-udp"), true);
    EXPECT_EQ(laying.comparison.verdict, Verdict::NotFound);
    EXPECT_THAT(laying.rows(), ElementsAre("DHCP Discover: still to come E", "DHCP Offer: still to come E",
                                           "DHCP Request: still to come E", "DHCP Ack: still to come E"));
    EXPECT_EQ(laying.said(true), "Waiting for the first step: DHCP Discover");
}

TEST(OverlaySource, NamesTheRuleThatIsBroken) {
    const auto run = runOf("dhcp-dora");
    const auto capture = changed(*run->view, [](std::uint64_t number, std::vector<std::uint8_t>& bytes) {
        if (number == 2)
            std::fill_n(bytes.begin() + 58, 4, std::uint8_t{0}); // yiaddr
        return true;
    });
    const Laying laying("dhcp-dora", capture);
    EXPECT_EQ(laying.source->laid(1)->status, LaidStatus::RuleBroken);
    EXPECT_THAT(laying.said(), HasSubstr("Different at step 2, DHCP Offer"));
}

/// A stage, its pictures and its texts take the source as any other.
TEST(OverlaySource, IsDrawnWithBothArrowsAndItsStatuses) {
    const Laying laying("dhcp-dora", runOf("dhcp-dora/no-server")->view);
    const diagram::PlainMetrics metrics;
    auto sequence = std::make_shared<diagram::Sequence>(laying.source, diagram::SequenceOptions{});
    const diagram::Layout layout(sequence, metrics, {});
    const auto scene = layout.scene({0, 0, layout.width(), layout.height()});
    const auto count = [&](diagram::Role role) {
        return std::count_if(scene.body.begin(), scene.body.end(),
                             [&](const diagram::Primitive& p) { return p.role == role; });
    };
    EXPECT_EQ(count(diagram::Role::Expected), 4);
    EXPECT_EQ(count(diagram::Role::Arrow), 2);
    EXPECT_EQ(count(diagram::Role::StatusText), 5);
    EXPECT_EQ(count(diagram::Role::TimeText), 2) << "what is missing has no moment";
    for (const diagram::Primitive& p : scene.body) {
        const bool said = p.role == diagram::Role::Label || p.role == diagram::Role::Summary;
        EXPECT_TRUE(!said || p.text.left() + p.text.width < layout.statusLeft({0, 0, layout.width(), 10}));
    }
}

TEST(Goals, AreLessonsThatThereAre) {
    for (const Goal& goal : goals()) {
        EXPECT_FALSE(goal.title.empty());
        for (const Goal::Part& part : goal.parts)
            EXPECT_NE(lesson::lessonNamed(part.lesson), nullptr) << goal.id << ": " << part.lesson;
    }
}

} // namespace
} // namespace wirestage::overlay::test
