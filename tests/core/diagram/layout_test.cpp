// SPDX-License-Identifier: GPL-3.0-or-later
// What makes a diagram readable: no text lies on other text, none is cut, and arrows run between the right
// lifelines. Random stories with long words, many hosts and notes look for the case nobody thought of.
#include "core/diagram/layout.h"

#include "tests/core/diagram/fake_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace wirestage::diagram {
namespace {

struct Shown {
    PlainMetrics metrics;
    std::unique_ptr<Layout> layout;

    Shown(const std::shared_ptr<const DiagramSource>& source, double width, bool trueTime = false,
          TypeSizes type = {})
        : metrics(type) {
        SequenceOptions options;
        options.trueTime = trueTime;
        LayoutOptions wanted;
        wanted.width = width;
        wanted.type = type;
        layout = std::make_unique<Layout>(std::make_shared<Sequence>(source, options), metrics, wanted);
    }
    [[nodiscard]] Scene whole() const { return layout->scene({0, 0, layout->width(), layout->height()}); }
};

Rect extentOf(const Primitive& p, const TypeSizes& type) {
    const double size = type.of(p.text.font);
    return {p.text.left(), p.text.at.y - size * 0.76, p.text.width, size * 0.98};
}

std::string sayWhere(const Primitive& p) {
    return p.text.words + " (" + std::string(name(p.role)) + " of row " + std::to_string(p.row) + ")";
}

void expectReadable(const Shown& shown, TypeSizes type = {}) {
    const Scene scene = shown.whole();
    std::vector<const Primitive*> texts;
    for (const Primitive& p : scene.body)
        if (p.shape == Shape::Text)
            texts.push_back(&p);
    for (const Primitive* p : texts) {
        const Rect r = extentOf(*p, type);
        EXPECT_GE(r.x, 0) << sayWhere(*p);
        EXPECT_LE(r.right(), shown.layout->width() + 0.5) << sayWhere(*p);
        EXPECT_GE(r.y, 0) << sayWhere(*p);
        EXPECT_LE(r.bottom(), shown.layout->height()) << sayWhere(*p);
        EXPECT_NEAR(p->text.width, shown.metrics.width(p->text.font, p->text.words), 1e-6);
    }
    for (std::size_t a = 0; a < texts.size(); ++a)
        for (std::size_t b = a + 1; b < texts.size() && b < a + 60; ++b)
            EXPECT_FALSE(extentOf(*texts[a], type).overlaps(extentOf(*texts[b], type)))
                << sayWhere(*texts[a]) << " lies on " << sayWhere(*texts[b]);
}

std::shared_ptr<FakeSource> randomStory(unsigned seed) {
    std::mt19937 random(seed);
    const auto upTo = [&](unsigned most) { return static_cast<unsigned>(random() % (most + 1)); };
    auto story = std::make_shared<FakeSource>();
    const unsigned hosts = 1 + upTo(5);
    for (unsigned h = 0; h < hosts; ++h)
        story->host("host-" + std::to_string(h) + std::string(upTo(30), 'x'), upTo(1) ? "client" : "server",
                    {"2001:db8:85a3:1234:5678:8a2e:370:733" + std::to_string(h)});
    const KindId kinds[] = {
        KindId::tcp_syn,     KindId::tcp_data,    KindId::dhcp_discover, KindId::dns_response_nxdomain,
        KindId::arp_request, KindId::tcp_rst,     KindId::ftp_reply_521, KindId::icmp_unreachable_prohibited,
        KindId::tcp_fin,     KindId::udp_datagram};
    Time at = 0;
    const unsigned messages = 3 + upTo(30);
    for (unsigned m = 0; m < messages; ++m) {
        std::string summary;
        for (unsigned word = upTo(14); word > 0; --word)
            summary += std::string(1 + upTo(11), static_cast<char>('a' + upTo(25))) + " ";
        at += upTo(3) == 0 ? 100000 : upTo(40);
        Message& said =
            story->say(at, upTo(hosts - 1), upTo(3) == 0 ? none : upTo(hosts - 1), kinds[upTo(9)], summary);
        if (upTo(4) == 0)
            said.notes.add(Note::Retransmission);
        if (upTo(6) == 0)
            said.notes.add(Note::ChecksumBad);
    }
    for (unsigned h = 0; h < std::min(hosts, 2U); ++h) {
        const Row middle = messages / 2;
        story->state(h, "SELECTING", 0, middle);
        story->state(h, "ESTABLISHED", middle, noRow);
    }
    for (unsigned t = upTo(4); t > 0; --t)
        story->timer(upTo(hosts - 1), "RTO " + std::to_string(t) + " s", upTo(messages - 1), upTo(messages),
                     upTo(1) == 0);
    story->phase("Handshake", 0, messages / 3);
    story->phase("Transfer", messages / 3 + 1, messages - 1);
    return story;
}

TEST(Layout, PutsNoTextOnAnotherAndCutsNone) {
    expectReadable(Shown(doraStory(), 1175));
    expectReadable(Shown(tcpStory(), 1175));
    expectReadable(Shown(tcpStory(), 800, true));
}

TEST(Layout, PutsNoTextOnAnotherInRandomStories) {
    for (unsigned seed = 1; seed <= 150; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        expectReadable(Shown(randomStory(seed), seed % 2 ? 1175 : 600, seed % 3 == 0));
        if (HasFailure())
            return;
    }
}

TEST(Layout, PutsNoTextOnAnotherInTheLargeType) {
    for (unsigned seed = 1; seed <= 40; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        expectReadable(Shown(randomStory(seed), 1130, false, TypeSizes::large()), TypeSizes::large());
        if (HasFailure())
            return;
    }
}

TEST(Layout, ShowsEveryLabelWhole) {
    const auto story = doraStory();
    const Scene scene = Shown(story, 600).whole();
    for (const Message& message : story->messages)
        EXPECT_TRUE(std::any_of(scene.body.begin(), scene.body.end(), [&](const Primitive& p) {
            return p.role == Role::Label && p.text.words == english(message.label);
        })) << english(message.label);
}

TEST(Layout, ClosesUpWhereAPageMissesLittle) {
    auto story = std::make_shared<FakeSource>();
    for (int host = 0; host < 5; ++host)
        story->host("10.20.0." + std::to_string(host), "router", {});
    story->say(0, 0, 4, KindId::dns_response_nxdomain, "no such name");
    const double usual = Shown(story, 300).layout->width();
    EXPECT_LE(Shown(story, usual - 40).layout->width(), usual - 40) << "no scrolling for 40 units";
    EXPECT_GT(Shown(story, usual * 0.7).layout->width(), usual * 0.7) << "labels keep their room";
}

TEST(Layout, ShowsTheLastHeadWholeThatNearlyIs) {
    auto story = std::make_shared<FakeSource>();
    for (int host = 0; host < 8; ++host)
        story->host("10.20.0." + std::to_string(host), "router", {});
    story->say(0, 0, 7, KindId::dns_response_nxdomain, "no such name");
    const Measures usual = Shown(story, 300).layout->measures();
    // The third head lacks a tenth of its width.
    const double page = usual.firstLane + 2 * usual.distance + usual.headWidth * 0.4;
    const Measures closed = Shown(story, page).layout->measures();
    EXPECT_LE(closed.firstLane + 2 * closed.distance + closed.headWidth / 2, page);
    EXPECT_GT(closed.width, page);
}

TEST(Layout, DrawsAnArrowFromItsSenderToItsReceiver) {
    const Shown shown(doraStory(), 1175);
    const Scene scene = shown.whole();
    ASSERT_EQ(scene.places.size(), 4U);
    EXPECT_EQ(scene.places[1].from.x, shown.layout->laneX(1)); // the Offer: server to laptop
    EXPECT_EQ(scene.places[1].to.x, shown.layout->laneX(0));
    EXPECT_EQ(scene.places[1].from.y, scene.places[1].to.y); // a capture knows one moment only
}

TEST(Layout, ShowsThatABroadcastIsHeardByEverybody) {
    const Scene scene = Shown(doraStory(), 1175).whole();
    const auto rings = std::count_if(scene.body.begin(), scene.body.end(), [](const Primitive& p) {
        return p.role == Role::Hearer && p.shape == Shape::Circle;
    });
    EXPECT_EQ(rings, 2); // the printer hears the Discover and the Request, not the Offer and the Ack
}

TEST(Layout, ShowsWhoHearsABroadcastAndThatARouterStopsIt) {
    auto story = std::make_shared<FakeSource>();
    for (const char* name : {"laptop", "printer", "router", "server"})
        story->host(name, "", {});
    story->say(0, 0, none, KindId::dhcp_discover, "").hearers = std::vector<HostId>{2, 1};
    const Shown shown(story, 1175);
    const Scene scene = shown.whole();
    EXPECT_EQ(scene.places[0].to.x, shown.layout->laneX(1)) << "the arrow itself goes to the nearest";
    std::vector<double> rings, bars;
    for (const Primitive& p : scene.body) {
        if (p.role == Role::Hearer && p.shape == Shape::Circle)
            rings.push_back(p.box.x + p.box.width / 2);
        if (p.role == Role::EndMark)
            bars.push_back(p.from.x);
    }
    ASSERT_EQ(rings.size(), 1U);
    EXPECT_EQ(rings[0], shown.layout->laneX(2));
    ASSERT_EQ(bars.size(), 2U);
    EXPECT_GT(bars[0], shown.layout->laneX(2));
    EXPECT_LT(bars[0], shown.layout->laneX(3)) << "it does not reach the server";
}

TEST(Layout, TakesABroadcastToWhomItIsForPastThoseWhoHearItToo) {
    auto story = std::make_shared<FakeSource>();
    for (const char* name : {"owner", "printer", "asking", "server"})
        story->host(name, "", {});
    story->say(0, 2, none, KindId::arp_request, "who has the owner's address?");
    story->ways[0] = {2, 0};
    const Shown shown(story, 1175);
    const Scene scene = shown.whole();
    EXPECT_EQ(scene.places[0].to.x, shown.layout->laneX(0));
    std::vector<double> rings;
    for (const Primitive& p : scene.body)
        if (p.role == Role::Hearer && p.shape == Shape::Circle)
            rings.push_back(p.box.x + p.box.width / 2);
    EXPECT_THAT(rings, testing::UnorderedElementsAre(shown.layout->laneX(1), shown.layout->laneX(3)));
}

TEST(Layout, DrawsOfTheManyThatABroadcastPassesThoseOnThePage) {
    constexpr unsigned hosts = 100'000;
    auto story = std::make_shared<FakeSource>();
    for (unsigned host = 0; host < hosts; ++host)
        story->host("host " + std::to_string(host), "", {});
    story->say(0, 0, none, KindId::arp_request, "");
    story->ways[0] = {0, hosts - 1};
    const Shown shown(story, 1175);
    const double middle = shown.layout->laneX(hosts / 2);
    const Scene scene = shown.layout->scene({middle, 0, 1175, 800});
    const auto rings = std::count_if(scene.body.begin(), scene.body.end(), [](const Primitive& p) {
        return p.role == Role::Hearer && p.shape == Shape::Circle;
    });
    EXPECT_GE(rings, 3);
    EXPECT_LE(rings, 12);
}

TEST(Layout, EndsAnArrowAtTheRouterThatStoppedItAndSaysSo) {
    auto story = std::make_shared<FakeSource>();
    for (const char* name : {"laptop", "router", "server"})
        story->host(name, "", {});
    story->say(0, 0, 2, KindId::udp_datagram, "TTL=1");
    story->ways[0] = {0, 1, true};
    const Shown shown(story, 1175);
    const Scene scene = shown.whole();
    EXPECT_EQ(scene.places[0].to.x, shown.layout->laneX(1));
    EXPECT_EQ(std::count_if(scene.body.begin(), scene.body.end(),
                            [](const Primitive& p) { return p.role == Role::EndMark; }),
              2);
    EXPECT_THAT(scene.places[0].name, testing::HasSubstr("laptop to server"));
    EXPECT_THAT(scene.places[0].name, testing::HasSubstr("it goes no further than router"));
}

TEST(Layout, DrawsATimerAsABracketBesideItsLifelineWithADotWhereItRanOut) {
    auto story = doraStory();
    story->timer(0, "retry in 4 s", 0, 2, true);
    story->timer(1, "hold", 1, 3);
    const Shown shown(story, 1175);
    const Scene scene = shown.whole();
    unsigned brackets = 0, dots = 0, names = 0;
    for (const Primitive& p : scene.body) {
        if (p.role == Role::Timer && p.row == 0) {
            EXPECT_LT(p.from.x, shown.layout->laneX(0));
            EXPECT_GT(p.from.y, scene.places[0].from.y);
            EXPECT_LT(p.to.y, scene.places[2].from.y);
        }
        brackets += p.role == Role::Timer;
        dots += p.role == Role::TimerEnd && p.shape == Shape::Circle;
        names += p.role == Role::TimerName;
    }
    EXPECT_EQ(brackets, 2U);
    EXPECT_EQ(dots, 1U);
    EXPECT_EQ(names, 2U);
    expectReadable(shown);
}

TEST(Layout, GivesALostMessageALineForTheWord) {
    auto story = doraStory();
    const double before = Shown(story, 1175).layout->height();
    story->messages[1].lost = true;
    EXPECT_GT(Shown(story, 1175).layout->height(), before);
}

TEST(Layout, TellsARetransmissionByDashesAndByAWord) {
    const auto story = tcpStory();
    const Scene scene = Shown(story, 1175).whole();
    const Row again = story->size() - 3;
    bool dashed = false, word = false;
    for (const Primitive& p : scene.body)
        if (p.row == again) {
            dashed = dashed || (p.role == Role::Arrow && p.dashed);
            word = word || (p.role == Role::ChipText && p.text.words == english(title(Note::Retransmission)));
        }
    EXPECT_TRUE(dashed);
    EXPECT_TRUE(word);
}

TEST(Layout, EndsALostMessageInACross) {
    auto story = doraStory();
    story->messages[1].lost = true;
    const Scene scene = Shown(story, 1175).whole();
    const auto isCross = [](const Primitive& p) { return p.role == Role::LostCross && p.row == 1; };
    EXPECT_TRUE(std::any_of(scene.body.begin(), scene.body.end(), isCross));
    EXPECT_FALSE(std::any_of(scene.body.begin(), scene.body.end(),
                             [](const Primitive& p) { return p.role == Role::ArrowHead && p.row == 1; }));
}

TEST(Layout, HatchesAStateThatWasNotSeen) {
    const Scene scene = Shown(tcpStory(), 1175).whole();
    EXPECT_TRUE(std::any_of(scene.body.begin(), scene.body.end(),
                            [](const Primitive& p) { return p.role == Role::RibbonInferred; }));
}

TEST(Layout, SlopesOnlyWhatIsKnownToHaveTravelled) {
    auto story = doraStory();
    story->messages[0].sent = 0;
    story->messages[0].received = 3'000'000;
    const Scene scene = Shown(story, 1175).whole();
    EXPECT_GT(scene.places[0].to.y, scene.places[0].from.y);
    EXPECT_EQ(scene.places[1].to.y, scene.places[1].from.y);
}

TEST(Layout, NamesAnEndThatIsOffScreen) {
    auto story = std::make_shared<FakeSource>();
    for (int h = 0; h < 30; ++h)
        story->host("host-" + std::to_string(h), "", {});
    story->say(0, 0, 29, KindId::tcp_syn, "");
    const Shown shown(story, 800);
    const Scene scene = shown.layout->scene({0, 0, 800, shown.layout->height()});
    EXPECT_TRUE(std::any_of(scene.body.begin(), scene.body.end(), [](const Primitive& p) {
        return p.role == Role::BorderName && p.text.words.find("host-29") != std::string::npos;
    }));
}

TEST(Layout, SaysAMessageInASentenceForScreenReaders) {
    const Scene scene = Shown(doraStory(), 1175).whole();
    EXPECT_EQ(scene.places[1].name,
              "2: DHCP Offer, DHCP server to Laptop, at 0.021 s. 192.168.1.57, mask, gateway, DNS, for 1 h");
    EXPECT_EQ(scene.places[0].name.substr(0, 40), "1: DHCP Discover, Laptop to everybody, a");
}

TEST(Layout, MakesTheSameSceneForAPartAsForTheWhole) {
    const Shown shown(doraStory(), 1175);
    const Scene whole = shown.whole();
    const Rect row = shown.layout->rowOf(2);
    const Scene part = shown.layout->scene({0, row.y, shown.layout->width(), row.height});
    ASSERT_EQ(part.places.size(), 1U);
    EXPECT_EQ(part.places[0].from.y, whole.places[2].from.y);
    EXPECT_EQ(part.places[0].from.x, whole.places[2].from.x);
}

TEST(Layout, DecodesOnlyWhatIsOnScreenHoweverLongTheSourceIs) {
    const auto decoded = [](Row size) {
        const auto source = std::make_shared<EndlessSource>(size);
        const Shown shown(source, 1200);
        source->asked = source->decoded = 0;
        static_cast<void>(shown.layout->scene({0, shown.layout->height() * 0.6, 1200, 900}));
        return std::pair(source->decoded.load(), source->asked.load());
    };
    const auto [fewDecoded, fewAsked] = decoded(10'000);
    const auto [manyDecoded, manyAsked] = decoded(10'000'000);
    EXPECT_LE(manyDecoded, 12U);
    EXPECT_NEAR(static_cast<double>(manyDecoded), static_cast<double>(fewDecoded), 1);
    EXPECT_LE(manyAsked, 14 * 257U);
    EXPECT_LE(fewAsked, 14 * 257U);
}

} // namespace
} // namespace wirestage::diagram
