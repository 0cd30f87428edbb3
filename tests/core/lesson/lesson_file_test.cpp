// SPDX-License-Identifier: GPL-3.0-or-later
// Lesson files: what is right is read, what is wrong is said with its place and the nearest right word.
#include "core/lesson/lesson_file.h"
#include "tests/core/lesson/lesson_texts.h"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

namespace wirestage::lesson {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> problemsOf(const std::string& text) {
    std::vector<std::string> lines;
    const auto file = LessonFile::parse("x", text);
    for (const Problem& problem : file->problems())
        lines.push_back(english(problem, "x.toml"));
    return lines;
}

/// A sound lesson with one piece of it replaced.
std::vector<std::string> withInstead(std::string_view piece, std::string_view other) {
    std::string text(smallLesson);
    const auto at = text.find(piece);
    EXPECT_NE(at, text.npos);
    return problemsOf(text.replace(at, piece.size(), other));
}

TEST(LessonFile, ReadsASoundLesson) {
    const auto file = LessonFile::parse("x", std::string(smallLesson));
    EXPECT_THAT(problemsOf(std::string(smallLesson)), IsEmpty());
    const Lesson& lesson = file->lesson();
    EXPECT_EQ(english(lesson.title), "A small one");
    ASSERT_EQ(lesson.network.nodes.size(), 3U);
    EXPECT_EQ(lesson.network.nodes[0].name, "left");
    EXPECT_EQ(toString(lesson.network.nodes[0].interfaces[0].address), "10.0.0.1");
    EXPECT_EQ(lesson.network.nodes[0].interfaces[0].mtu, 1000);
    EXPECT_EQ(lesson.network.nodes[1].role, simulation::NodeRole::Switch);
    EXPECT_EQ(lesson.network.links[0].name, "left-middle");
    EXPECT_EQ(lesson.network.links[0].delay, 5'000'000);
    EXPECT_EQ(lesson.pattern.steps.size(), 2U);
    EXPECT_THAT(file->vantagePoints(), ElementsAre("left-middle", "middle-right", "left", "right"));
}

TEST(LessonFile, SaysWhereAMisspeltKeyStandsAndWhatItWasProbablyMeantToBe) {
    EXPECT_THAT(withInstead("goal =", "gaol ="),
                Contains("x.toml:3:1: “gaol” is not known here; did you mean “goal”?"));
}

TEST(LessonFile, SaysWhatIsNoToml) {
    EXPECT_THAT(problemsOf("id = \"x\"\ntitle = \n"), ElementsAre(HasSubstr("x.toml:2:")));
    EXPECT_THAT(problemsOf("\xff\xfe"), ElementsAre(HasSubstr("this is no TOML")));
}

TEST(LessonFile, NamesTheNearestKind) {
    EXPECT_THAT(withInstead("kind = \"arp.request\"", "kind = \"arp.requst\""),
                Contains(HasSubstr("there is no kind of message “arp.requst”; did you mean “arp.request”?")));
}

TEST(LessonFile, NamesTheNearestHost) {
    EXPECT_THAT(withInstead("between = [\"left\"", "between = [\"lift\""),
                Contains(HasSubstr("“lift” is not known here; did you mean “left”?")));
}

TEST(LessonFile, NamesTheNearestField) {
    EXPECT_THAT(withInstead("answer.arp.src.proto_ipv4 =", "answer.arp.src.proto_ip4 ="),
                Contains(HasSubstr("did you mean “arp.src.proto_ipv4”?")));
}

TEST(LessonFile, NamesTheNearestParameter) {
    EXPECT_THAT(withInstead("delay = \"$delay\"", "delay = \"$dely\""),
                Contains(HasSubstr("there is no parameter “dely”; did you mean “delay”?")));
}

/// RFC 791, section 3.2: "Every internet module must be able to forward a datagram of 68 octets".
TEST(LessonFile, RefusesAnMtuThatNoNetworkMayHave) {
    EXPECT_THAT(
        withInstead("mtu = 1000", "mtu = 20"),
        Contains(HasSubstr("an MTU of 20 is impossible: every network must carry IP packets of 68 bytes")));
}

TEST(LessonFile, RefusesTheAddressOfANetworkAndItsBroadcastAddress) {
    EXPECT_THAT(withInstead("10.0.0.1/24", "10.0.0.0/24"), Contains(HasSubstr("the network itself")));
    EXPECT_THAT(withInstead("10.0.0.1/24", "10.0.0.255/24"), Contains(HasSubstr("broadcast address")));
}

TEST(LessonFile, RefusesTwoLinksAtOneInterface) {
    EXPECT_THAT(withInstead("[\"middle\", \"right\"]", "[\"middle\", \"left\"]"),
                Contains(HasSubstr("at the end of another link already")));
}

TEST(LessonFile, PutsParametersIntoTheirPlaces) {
    const auto file = LessonFile::parse("x", std::string(smallLesson));
    const auto chosen = file->choose({"", {{"delay", 0.25}}, {}, {}});
    ASSERT_TRUE(std::holds_alternative<Lesson>(chosen));
    EXPECT_EQ(std::get<Lesson>(chosen).network.links[0].delay, 250'000'000);
}

TEST(LessonFile, RefusesAParameterOutsideItsLimits) {
    const auto file = LessonFile::parse("x", std::string(smallLesson));
    const auto chosen = file->choose({"", {{"delay", 7.0}}, {}, {}});
    ASSERT_TRUE(std::holds_alternative<std::vector<Problem>>(chosen));
    EXPECT_EQ(english(std::get<1>(chosen).front(), "x"), "x: delay: must be from 0 to 1, not 7");
}

TEST(LessonVariant, TurnsParametersChangesPartsAndAddsItsOwn) {
    const auto file = LessonFile::parse("x", std::string(smallLesson));
    const auto chosen = file->choose({"slow", {}, {}, {}});
    ASSERT_TRUE(std::holds_alternative<Lesson>(chosen));
    const Lesson& lesson = std::get<Lesson>(chosen);
    EXPECT_EQ(lesson.network.links[0].delay, 1'000'000'000);
    EXPECT_EQ(toString(lesson.network.nodes[2].interfaces[0].address), "10.0.0.9");
    ASSERT_EQ(lesson.pattern.steps.size(), 2U);
    EXPECT_EQ(lesson.pattern.steps[0].name, "again");
    EXPECT_EQ(lesson.pattern.steps[1].name, "ask");
    EXPECT_TRUE(lesson.pattern.steps[1].optional);
    EXPECT_THAT(lesson.faults, ElementsAre("drop:arp.reply"));
}

TEST(LessonVariant, SaysWhenItDropsWhatIsNotThere) {
    EXPECT_THAT(withInstead("drop = [\"answer\"]", "drop = [\"anwser\"]"),
                Contains(HasSubstr("nothing in this lesson bears the name “anwser”")));
}

TEST(LessonVariant, NamesTheNearestWordOfAFault) {
    EXPECT_THAT(withInstead("drop:arp.reply", "dorp:arp.reply"), Contains(HasSubstr("did you mean “drop”?")));
    EXPECT_THAT(withInstead("drop:arp.reply", "drop:arp.reply@left,rihgt"),
                Contains(HasSubstr("did you mean “right”?")));
}

/// What stands in the page for authors must be right, too.
TEST(LessonFile, TheDocumentedExampleIsSound) {
    std::ifstream page("docs/lessons.md");
    std::string text{std::istreambuf_iterator<char>(page), {}};
    const auto begin = text.find("```toml\n") + 8;
    ASSERT_LT(begin, text.size());
    const auto file = LessonFile::parse("dhcp-dora", text.substr(begin, text.find("```", begin) - begin));
    for (const Problem& problem : file->problems())
        ADD_FAILURE() << english(problem, "docs/lessons.md");
}

} // namespace
} // namespace wirestage::lesson
