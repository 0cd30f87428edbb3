// SPDX-License-Identifier: GPL-3.0-or-later
// Diagrams as text files: well-formed whatever the wire says, and true to the story.
#include "core/diagram/writers.h"

#include "tests/core/diagram/fake_source.h"

#include <gmock/gmock.h>

#include <sstream>

namespace wirestage::diagram {
namespace {

using testing::HasSubstr;
using testing::Not;

WriterOptions titled(std::string title) {
    WriterOptions options;
    options.title = std::move(title);
    return options;
}

/// What a hostile host name and a hostile message can do to a file format.
std::shared_ptr<FakeSource> hostileStory() {
    auto story = std::make_shared<FakeSource>();
    const HostId a = story->host("</text><script>alert(1)</script>", "\"&'", {"end", "%%{init}%%"});
    const HostId b = story->host("b;\nparticipant c", "", {});
    story->say(0, a, b, KindId::tcp_data, "a: b --> c; #quot; \"q\" <b> & \x01 \xff\n@enduml end");
    return story;
}

/// Tags open and close in order, attributes are quoted, and & begins a known entity: enough of XML 1.0 to
/// fail on whatever a careless writer lets through.
void expectWellFormed(const std::string& xml) {
    std::vector<std::string> open;
    for (std::size_t at = 0; at < xml.size(); ++at) {
        const auto c = static_cast<unsigned char>(xml[at]);
        ASSERT_TRUE(c >= 0x20 || c == '\n') << "control character at " << at;
        if (c == '&') {
            const std::string entity = xml.substr(at, xml.find(';', at) - at + 1);
            ASSERT_TRUE(entity == "&amp;" || entity == "&lt;" || entity == "&gt;" || entity == "&quot;")
                << entity;
        }
        if (c != '<')
            continue;
        const std::size_t end = xml.find('>', at);
        ASSERT_NE(end, std::string::npos);
        const std::string tag = xml.substr(at + 1, end - at - 1);
        ASSERT_EQ(tag.find('<'), std::string::npos) << tag;
        ASSERT_EQ(std::count(tag.begin(), tag.end(), '"') % 2, 0) << tag;
        if (tag[0] == '?')
            continue;
        if (tag[0] == '/') {
            ASSERT_FALSE(open.empty());
            ASSERT_EQ(open.back(), tag.substr(1));
            open.pop_back();
        } else if (tag.back() != '/') {
            open.push_back(tag.substr(0, tag.find(' ')));
        }
        at = end;
    }
    EXPECT_TRUE(open.empty());
}

TEST(Svg, IsWellFormedWhateverTheWireSays) {
    expectWellFormed(svg(excerpt(doraStory(), {}), titled("A lease")));
    expectWellFormed(svg(excerpt(tcpStory(), {}), titled("A <connection> & \"more\"")));
    const std::string hostile = svg(excerpt(hostileStory(), {}), titled("\x02<x>"));
    expectWellFormed(hostile);
    EXPECT_THAT(hostile, Not(HasSubstr("<script>")));
}

TEST(Svg, GivesEveryMessageAnIdItsKindAndASentence) {
    const std::string picture = svg(excerpt(doraStory(), {}), titled("A lease"));
    EXPECT_THAT(picture, HasSubstr("id=\"message-1\""));
    EXPECT_THAT(picture, HasSubstr("id=\"message-4\""));
    EXPECT_THAT(picture, HasSubstr("data-kind=\"dhcp.offer\""));
    EXPECT_THAT(picture, HasSubstr("aria-label=\"2: DHCP Offer, DHCP server to Laptop, at 0.021 s"));
    EXPECT_THAT(picture, HasSubstr("<title id=\"title\">A lease</title>"));
    EXPECT_THAT(picture, HasSubstr(">DHCP Offer</text>"));
}

TEST(Excerpt, SaysWhatItLeavesOut) {
    ExcerptWish wish;
    wish.most = 500;
    const Excerpt part = excerpt(std::make_shared<EndlessSource>(2000), wish);
    EXPECT_EQ(part.sequence->items(), 500U);
    ASSERT_TRUE(part.leftOut);
    EXPECT_EQ(english(*part.leftOut),
              "The first 500 of 2\u202f000 messages; the other 1\u202f500 are left out.");
    EXPECT_THAT(svg(part, titled("")), HasSubstr(english(*part.leftOut)));
    EXPECT_FALSE(excerpt(doraStory(), {}).leftOut);
}

TEST(Excerpt, CountsAFoldAsOneRow) {
    EXPECT_FALSE(excerpt(tcpStory(), {0, noRow, 500}).leftOut);
}

TEST(Mermaid, HasALineForEveryMessageAndNothingElseThatItCouldRead) {
    const std::string text = mermaid(excerpt(hostileStory(), {}), titled("t\"\n---\nx"));
    std::istringstream lines(text);
    std::string line;
    std::vector<std::string> found;
    while (std::getline(lines, line))
        found.push_back(line);
    ASSERT_EQ(found.size(), 7U) << text;
    EXPECT_EQ(found[0], "---");
    EXPECT_EQ(found[2], "---");
    EXPECT_EQ(found[3], "sequenceDiagram");
    EXPECT_EQ(found[4].rfind("    participant p1 as ", 0), 0U);
    EXPECT_EQ(found[5].rfind("    participant p2 as ", 0), 0U);
    EXPECT_EQ(found[6].rfind("    p1->>p2: Data<br/>", 0), 0U);
    EXPECT_EQ(found[6].find(':', 12), std::string::npos);
}

TEST(Mermaid, SendsABroadcastToEverybody) {
    EXPECT_THAT(mermaid(excerpt(doraStory(), {}), titled("A lease")),
                HasSubstr("p1->>everybody: DHCP Discover<br/>"));
}

TEST(PlantUml, CannotBeEndedFromTheWire) {
    const std::string text = plantUml(excerpt(hostileStory(), {}), titled("a\n@enduml"));
    EXPECT_EQ(text.find("@enduml"), text.size() - 8);
    EXPECT_THAT(text, HasSubstr("p1 -> p2 : **Data**\\n"));
}

TEST(PlantUml, ShowsPhasesAndRetransmissions) {
    const std::string text = plantUml(excerpt(tcpStory(), {}), titled("A connection"));
    EXPECT_THAT(text, HasSubstr("== Handshake ==\np1 -> p2 : **SYN**"));
    EXPECT_THAT(text, HasSubstr("p2 --> p1 : **Data**"));
}

TEST(Transcript, DrawsArrowsBetweenLifelines) {
    const std::string text = transcript(excerpt(doraStory(), {}), titled("A lease"));
    EXPECT_THAT(text, HasSubstr("A lease\n\n"));
    EXPECT_THAT(text, HasSubstr("|<--------------------------------------------|"));
    EXPECT_THAT(text, HasSubstr("== 2 Ask and receive =="));
    EXPECT_THAT(text, HasSubstr("(BOUND)"));
    EXPECT_LT(text.find("DHCP Discover"), text.find("DHCP Ack"));
}

TEST(Transcript, IsAListWhereThereAreManyLifelines) {
    auto story = std::make_shared<FakeSource>();
    for (int h = 0; h < 9; ++h)
        story->host("host-" + std::to_string(h), "", {});
    story->say(5, 3, 8, KindId::arp_reply, "192.0.2.8 is at 02:00:00:00:00:08");
    EXPECT_EQ(transcript(excerpt(story, {}), titled("")),
              "    0.000000 s  host-3 -> host-8: ARP Reply. 192.0.2.8 is at 02:00:00:00:00:08\n");
}

} // namespace
} // namespace wirestage::diagram
