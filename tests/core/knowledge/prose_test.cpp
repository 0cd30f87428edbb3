// SPDX-License-Identifier: GPL-3.0-or-later
// Places and pieces in prose: filled from a packet's values, left out whole where there is nothing to fill
// them with.
#include "core/knowledge/prose.h"

#include <gmock/gmock.h>

namespace wirestage {
namespace {

constexpr FieldSpec name{"dns.qry.name", "Name"};
constexpr FieldSpec type{"dns.qry.type", "Type"};
constexpr FieldSpec address{"dns.a", "Address"};
constexpr FieldSpec ttl{"dns.resp.ttl", "Time to live"};

class Prose : public testing::Test {
protected:
    Description packet;
    ProseValues values{&packet, nullptr, "laptop", "resolver", "DNS Query"};

    Field& put(const FieldSpec& spec, std::uint64_t number, std::string value) {
        return Describer(packet).add(spec, number, std::move(value), 0, 0);
    }
    std::string say(std::string_view prose) { return renderProse(prose, values); }
};

TEST_F(Prose, FillsPlacesWithTheFieldsFirstValue) {
    put(address, 0, "192.0.2.1");
    put(address, 0, "192.0.2.2");
    EXPECT_EQ(say("It is {dns.a}."), "It is 192.0.2.1.");
    EXPECT_EQ(say("It is {dns.a#2}."), "It is 192.0.2.2.");
    EXPECT_EQ(say("It is {dns.a+}."), "It is 192.0.2.1, 192.0.2.2.");
}

TEST_F(Prose, SaysHowManyValuesItDoesNotList) {
    for (int i = 1; i <= 9; ++i)
        put(address, 0, "192.0.2." + std::to_string(i));
    EXPECT_EQ(say("{dns.a+}"), "192.0.2.1, 192.0.2.2, 192.0.2.3, 192.0.2.4, 192.0.2.5, 192.0.2.6 and 3 more");
}

TEST_F(Prose, LeavesOutTheSentenceThatItCannotFill) {
    put(name, 0, "example.org");
    EXPECT_EQ(say("First. {dns.qry.name} has {dns.a}. Last."), "First. Last.");
    EXPECT_EQ(say("Is it {dns.a}? It is {dns.qry.name}."), "It is example.org.");
    EXPECT_EQ(say("“It is {dns.a}.” So it says."), "So it says.");
}

TEST_F(Prose, UsesTheFallbackWhereThePacketHasNoSuchField) {
    EXPECT_EQ(say("It is {dns.a|somewhere}."), "It is somewhere.");
    put(address, 0, "192.0.2.1");
    EXPECT_EQ(say("It is {dns.a|somewhere}."), "It is 192.0.2.1.");
}

TEST_F(Prose, ShowsAPieceOnlyWhereItsConditionHolds) {
    put(ttl, 300, "300");
    put(name, 0, "example.org");
    EXPECT_EQ(say("A[[dns.resp.ttl? and b]]."), "A and b.");
    EXPECT_EQ(say("A[[dns.a? and b]]."), "A.");
    EXPECT_EQ(say("[[!dns.a? No address.]]"), "No address.");
    EXPECT_EQ(say("[[dns.resp.ttl=300? Yes. || No.]]"), "Yes.");
    EXPECT_EQ(say("[[dns.resp.ttl!=300? Yes. || No.]]"), "No.");
    EXPECT_EQ(say("[[dns.resp.ttl>299? Long. || Short.]]"), "Long.");
    EXPECT_EQ(say("[[dns.resp.ttl<300? Short. || Long.]]"), "Long.");
    EXPECT_EQ(say("[[dns.resp.ttl=300&dns.qry.name=example.org? Both.]]"), "Both.");
    EXPECT_EQ(say("[[dns.resp.ttl=300&dns.a? Both.]]"), "");
}

TEST_F(Prose, ComparesNumbersHoweverTheyAreWritten) {
    put(type, 2, "0x0002");
    EXPECT_EQ(say("[[dns.qry.type=2? Two.]]"), "Two.");
}

TEST_F(Prose, DoesNotCompareWithAValueThatIsAbsent) {
    EXPECT_EQ(say("[[dns.a!=0.0.0.0? An address.]]"), "");
}

TEST_F(Prose, LeavesOutAPieceWithAHoleAndKeepsTheSentenceAroundIt) {
    put(ttl, 300, "300");
    EXPECT_EQ(say("Kept[[dns.resp.ttl? for {dns.a}]]."), "Kept.");
    EXPECT_EQ(say("[[dns.resp.ttl? Kept.]] Then {dns.a}."), "Kept.");
}

TEST_F(Prose, ShowsMeaningsAndAmountsInWords) {
    put(type, 28, "28").meaning = Text::verbatim("AAAA");
    put(ttl, 5400, "5400");
    EXPECT_EQ(say("Type {dns.qry.type:words}."), "Type AAAA.");
    EXPECT_EQ(say("For {dns.resp.ttl:seconds}."), "For 1 h 30 min.");
    EXPECT_EQ(say("Has {dns.resp.ttl:bytes}."), "Has 5.4 kB.");
}

TEST_F(Prose, KeepsANumberWhereThereIsNoMeaning) {
    put(type, 28, "28");
    EXPECT_EQ(say("Type {dns.qry.type:words}."), "Type 28.");
}

TEST_F(Prose, NamesTheSpeakersAndEverybody) {
    EXPECT_EQ(say("{from} to {to}: {label}."), "laptop to resolver: DNS Query.");
    values.to = "*";
    EXPECT_EQ(say("{from} to {to}."), "laptop to everybody who listens.");
}

TEST_F(Prose, ExplainsAFieldByItsOwnValue) {
    Field field;
    field.spec = &ttl;
    field.value = "60";
    values.field = &field;
    EXPECT_EQ(say("It has {value} s left."), "It has 60 s left.");
    field.meaning = Text::verbatim("a minute");
    EXPECT_EQ(say("That is {meaning}."), "That is a minute.");
}

TEST_F(Prose, AValueIsNeverReadAsProse) {
    put(name, 0, "{dns.a}[[x? y]]");
    EXPECT_EQ(say("It is {dns.qry.name}."), "It is {dns.a}[[x? y]].");
}

TEST_F(Prose, DoesNotDoubleTheFullStopOfAServersSentence) {
    put(name, 0, "Login successful.");
    EXPECT_EQ(say("It says: {dns.qry.name}. Good."), "It says: Login successful. Good.");
}

TEST_F(Prose, CutsAValueThatWouldFillThePane) {
    put(name, 0, std::string(300, 'a'));
    EXPECT_LT(say("It is {dns.qry.name}.").size(), 100U);
}

TEST_F(Prose, TakesTheTranslatorsWordsForItsOwn) {
    const Translate german = [](const Text& text) {
        return text.source == "everybody who listens" ? std::string("alle, die zuhören") : english(text);
    };
    values.to = "*";
    EXPECT_EQ(renderProse("An {to}.", values, german), "An alle, die zuhören.");
}

TEST_F(Prose, SurvivesProseThatIsNotWellFormed) {
    for (const std::string_view prose :
         {"{", "}", "[[", "[[x", "[[x?", "[[x? y", "a {b", "{b|", "]]", "{}", "[[]]", "[[?]]", "{#}",
          "{x#99999999999999999999}", "[[x&? a]]", "[[!? a]]"}) {
        EXPECT_LE(say(prose).size(), prose.size() + 1) << prose;
    }
}

TEST(ProseNames, AreThoseOfPlacesAndConditions) {
    const auto names = namesInProse("{a.b#2:words|x} [[!c.d=1&e>2? {f+} || g]] {from}");
    ASSERT_TRUE(names);
    EXPECT_THAT(*names, testing::ElementsAre("a.b", "c.d", "e", "f", "from"));
}

TEST(ProseNames, RefuseWhatIsNotWellFormed) {
    for (const std::string_view prose :
         {"{a", "a}", "[[a? b", "a]]", "[[a b]]", "[[a? [[b? c]] d]]", "{a{b}}"})
        EXPECT_FALSE(namesInProse(prose)) << prose;
}

} // namespace
} // namespace wirestage
