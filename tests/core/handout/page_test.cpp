// SPDX-License-Identifier: GPL-3.0-or-later
// The hand-out: nothing that came off the wire becomes markup, nothing outside of the page is asked for, and
// what is told is in it. tests/handout drives the page in a browser.
#include "core/handout/handout.h"
#include "core/handout/parts.h"

#include "tests/core/diagram/fake_source.h"

#include <gmock/gmock.h>

#include <regex>
#include <string_view>

namespace wirestage::handout {
namespace {

using diagram::FakeSource;
using testing::HasSubstr;
using testing::Not;

Handout of(std::shared_ptr<const diagram::DiagramSource> source) {
    Handout handout;
    handout.source = std::move(source);
    handout.title = "A story";
    return handout;
}

/// The text without all that stands between the two marks, which go, too. (std::regex would need a stack as
/// deep as the text is long.)
std::string without(std::string text, std::string_view opening, std::string_view closing) {
    for (std::size_t from = 0; (from = text.find(opening, from)) != std::string::npos;) {
        const std::size_t to = text.find(closing, from + opening.size());
        text.erase(from, to == std::string::npos ? to : to + closing.size() - from);
    }
    return text;
}

/// The page without the two elements whose text is the program's own.
std::string withoutScriptAndStyle(const std::string& page) {
    return without(without(page, "<style>", "</style>"), "<script>", "</script>");
}

std::size_t count(const std::string& in, const std::string& what) {
    std::size_t found = 0;
    for (std::size_t at = 0; (at = in.find(what, at)) != std::string::npos; at += what.size())
        ++found;
    return found;
}

constexpr const char* evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&<!--";
/// Control characters, a line separator that ends a statement in older JavaScript, and one that turns the
/// direction of what follows.
constexpr const char* odd = "\x01\x1f\x7f\xe2\x80\xa8\xe2\x80\xae\xff end";

Handout hostile() {
    auto story = std::make_shared<FakeSource>();
    const HostId a = story->host(evil, evil, {evil, odd});
    const HostId b = story->host(odd, odd, {});
    story->say(0, a, b, KindId::dns_query, std::string(evil) + odd);
    story->say(5, b, none, KindId::tcp_data, evil).notes.add(Note::Retransmission);
    story->state(a, evil, 0, diagram::noRow);
    story->phase(evil, 0, 1);
    Handout handout = of(story);
    handout.title = handout.chapter = handout.goal = handout.introduction = handout.notes = evil;
    handout.language = "en\"><script>";
    handout.narration = [](Row) { return Narration{evil, odd, evil}; };
    handout.questions = {{1, evil, {{evil, true, odd}, {odd, false, evil}}}};
    handout.describe = [](PacketIndex) {
        static const FieldSpec node{"dns", "DNS", Show::Heading}, name{"dns.qry.name", "Name", Show::Text};
        Description packet;
        Describer describer(packet);
        describer.open(node, 0, 4, evil, Text::verbatim(evil));
        describer.add(name, 0, evil, 0, 4);
        describer.close();
        return packet;
    };
    return handout;
}

TEST(Handout, EscapesWhateverCameOffTheWire) {
    const std::string all = page(hostile()), text = withoutScriptAndStyle(all);
    EXPECT_EQ(count(all, "<script>"), 1U);
    EXPECT_EQ(count(all, "</script>"), 1U);
    for (const char* never : {"<img", "<!--", "onerror=alert(2)>", "\x01", "\x1f", "\x7f", "\xe2\x80\xa8",
                              "\xe2\x80\xae", "\xff"})
        EXPECT_THAT(text, Not(HasSubstr(never)));
    EXPECT_THAT(text, HasSubstr("&lt;img src=x onerror=alert(2)&gt;&quot;"));
    EXPECT_THAT(text, HasSubstr("<html lang=\"en&quot;&gt;&lt;script&gt;\">"));
}

TEST(Handout, LetsNoTagAndNoAttributeBeginInForeignText) {
    // With the foreign text gone every angle bracket belongs to a tag of ours, and quotes stand in pairs.
    const std::string text = withoutScriptAndStyle(page(hostile()));
    for (std::size_t at = 0; (at = text.find('<', at)) != std::string::npos;) {
        const std::size_t end = text.find('>', at);
        ASSERT_NE(end, std::string::npos);
        const std::string tag = text.substr(at + 1, end - at - 1);
        ASSERT_EQ(tag.find('<'), std::string::npos) << tag;
        ASSERT_EQ(std::count(tag.begin(), tag.end(), '"') % 2, 0) << tag;
        const std::string names = without(tag, "\"", "\"");
        ASSERT_FALSE(std::regex_search(names, std::regex("\\bon[a-z]+="))) << tag;
        at = end;
    }
}

TEST(Handout, AllowsItsOwnScriptAndStyleAndNothingElse) {
    const std::string all = page(of(diagram::doraStory()));
    std::smatch policy;
    ASSERT_TRUE(std::regex_search(all, policy,
                                  std::regex("http-equiv=\"Content-Security-Policy\" content=\"([^\"]+)\"")));
    EXPECT_EQ(policy[1].str().rfind("default-src 'none'; ", 0), 0U);
    const auto inside = [&](const std::string& tag) {
        const std::size_t from = all.find("<" + tag + ">") + tag.size() + 2;
        return all.substr(from, all.find("</" + tag + ">", from) - from);
    };
    EXPECT_THAT(policy[1].str(), HasSubstr("script-src '" + hashSource(inside("script")) + "'"));
    EXPECT_THAT(policy[1].str(), HasSubstr("style-src '" + hashSource(inside("style")) + "'"));
    EXPECT_THAT(policy[1].str(), Not(HasSubstr("unsafe")));
    EXPECT_THAT(policy[1].str(), HasSubstr("base-uri 'none'; form-action 'none'"));
    EXPECT_THAT(all, Not(HasSubstr(" style=\""))); // the policy would not let it through
    EXPECT_EQ(count(all, "<style"), 1U);
}

TEST(Handout, HashesAsThePolicyWantsIt) {
    // The example of the specification: https://www.w3.org/TR/CSP3/#external-hash
    EXPECT_EQ(hashSource("alert('Hello, world.');"), "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
}

TEST(Handout, NamesNoAddressOutside) {
    for (const std::string& all : {page(hostile()), indexPage("Course", {{"a", "A", "1", "", "a.html"}})}) {
        std::string left = all;
        const std::string svgNamespace = "http://www.w3.org/2000/svg"; // a name, never fetched
        for (std::size_t at; (at = left.find(svgNamespace)) != std::string::npos;)
            left.erase(at, svgNamespace.size());
        for (const char* never : {"http:", "https:", "//www", "url(", "@import", "src=\""})
            EXPECT_THAT(left, Not(HasSubstr(never)));
    }
}

TEST(Handout, TellsEveryMessageWithWhatIsKnownOfIt) {
    const std::string all = page(of(diagram::doraStory()));
    for (const char* part :
         {"<html lang=\"en\">", "<title>A story</title>", "id=\"step-0\"", "id=\"step-4\"",
          "id=\"message-4\"", "4 of 4", "aria-live=\"polite\"", "Why not straight to an Ack?",
          "RFC 2131, sections 3.1 and 4.3.1", "DHCP server"})
        EXPECT_THAT(all, HasSubstr(part));
    EXPECT_THAT(all, Not(HasSubstr("id=\"step-5\"")));
    EXPECT_THAT(all, HasSubstr("data-said=\"2: DHCP Offer, DHCP server to Laptop, at 0.021 s"));
}

TEST(Handout, StandsAFoldForItsMessages) {
    const std::string all = page(of(diagram::tcpStory()));
    EXPECT_THAT(all, HasSubstr(" data-fold"));
    EXPECT_THAT(all, HasSubstr("alike, drawn as one row"));
}

TEST(Handout, SaysWhatItLeavesOut) {
    Handout handout = of(std::make_shared<diagram::EndlessSource>(2000));
    handout.most = 20;
    const std::string all = page(handout);
    EXPECT_THAT(all, HasSubstr("The first 20 of 2\u202f000 messages; the other 1\u202f980 are left out."));
    EXPECT_THAT(all, HasSubstr("id=\"step-20\""));
    EXPECT_THAT(all, Not(HasSubstr("id=\"step-21\"")));
}

TEST(Handout, AsksBeforeTheMessageAndKeepsTheTeachersNotesFolded) {
    Handout handout = of(diagram::doraStory());
    handout.questions = {
        {2, "And now?", {{"A Request", true, "The client chooses."}, {"An Ack", false, "Too soon."}}}};
    handout.narration = [](Row row) {
        return row == 1 ? Narration{"Brief.", "One.\n\nTwo.", "Ask them."} : Narration{};
    };
    const std::string all = page(handout);
    EXPECT_LT(all.find("id=\"step-2\""), all.find("id=\"question-1\""));
    EXPECT_LT(all.find("id=\"question-1\""), all.find("id=\"step-3\""));
    EXPECT_THAT(all, HasSubstr("<p class=\"brief\">Brief.</p>\n<p>One.</p>\n<p>Two.</p>"));
    EXPECT_THAT(all, HasSubstr("<summary>Teacher's notes</summary>\n<p>Ask them.</p>"));
}

TEST(HandoutIndex, HasAChapterALessonAndALinkForEach) {
    const std::string all =
        indexPage("A course", {{"arp", "ARP", "5 Protocols", "Who has it?", "arp.html"},
                               {"ping", "Ping", "5 Protocols", "", "ping.html"},
                               {"dhcp", "<DHCP>", "6 Services", "", "javascript:x y.html"}});
    EXPECT_EQ(count(all, "<h2>"), 2U);
    EXPECT_EQ(count(all, "<li "), 3U);
    EXPECT_THAT(all, HasSubstr("<a href=\"./arp.html\">ARP</a>"));
    EXPECT_THAT(all, HasSubstr("<a href=\"./javascript%3Ax%20y.html\">&lt;DHCP&gt;</a>"));
    EXPECT_THAT(all, Not(HasSubstr("<script")));
    EXPECT_THAT(all, HasSubstr("default-src 'none'; style-src 'sha256-"));
}

} // namespace
} // namespace wirestage::handout
