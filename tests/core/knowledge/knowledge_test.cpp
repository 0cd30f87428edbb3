// SPDX-License-Identifier: GPL-3.0-or-later
// Reading and looking up, on small files of the test's own.
#include "core/knowledge/knowledge.h"

#include <gmock/gmock.h>

namespace wirestage {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr FieldSpec ttl{"ip.ttl", "Time to live"};
constexpr FieldSpec node{"ip", "IPv4", Show::Heading};

Knowledge read(std::string_view text) {
    const KnowledgeFile file{"sample", text};
    return Knowledge::load({&file, 1});
}

Field fieldOf(const FieldSpec& spec, std::uint64_t number) {
    Field field;
    field.spec = &spec;
    field.number = number;
    field.value = std::to_string(number);
    return field;
}

constexpr std::string_view sample = R"(
[protocol.ip]
title = "IPv4"
text = "Brings packets to an address."
rfc = "RFC 791"

[kind."dns.response"]
title = "Response"
text = "{from} answers {to}."
knows.from = "nothing"
knows.to = "the answer to {label}"
why = { question = "Why so fast?", answer = "From its cache." }
rfc = "RFC 1035"

[field."ip.ttl"]
title = "Time to live"
text = "{value} routers at most."
rfc = "RFC 791"
[field."ip.ttl".values]
"1" = "The next router drops it."
"33..64" = "Began with 64: {value} are left."

[note.keep_alive]
title = "Keep-alive"
text = "Are you there?"
rfc = "RFC 9293"

[state."tcp.SYN-SENT"]
title = "SYN-SENT"
text = "Waits."
rfc = "RFC 9293"

[outcome.not_found]
title = "Not found"
text = "No such name."
)";

TEST(Knowledge, ExplainsAMessageByItsKind) {
    const Knowledge knowledge = read(sample);
    EXPECT_THAT(knowledge.problems, IsEmpty());
    const auto words = knowledge.explain(KindId::dns_response, {}, {"resolver", "laptop", "example.org"});
    ASSERT_TRUE(words);
    EXPECT_EQ(words->title, "Response");
    EXPECT_EQ(words->text, "resolver answers laptop.");
    EXPECT_EQ(words->knowsFrom, "nothing");
    EXPECT_EQ(words->knowsTo, "the answer to example.org");
    EXPECT_EQ(words->question, "Why so fast?");
    EXPECT_EQ(words->answer, "From its cache.");
    EXPECT_EQ(words->rfc, "RFC 1035");
}

TEST(Knowledge, GivesAKindNoTextOfItsParent) {
    const Knowledge knowledge = read(sample);
    EXPECT_TRUE(knowledge.explained(KindId::dns_response));
    EXPECT_FALSE(knowledge.explained(KindId::dns_response_nxdomain));
    EXPECT_FALSE(knowledge.explain(KindId::dns_response_nxdomain, {}));
}

TEST(Knowledge, HasWordsForAValueOrForTheRangeItLiesIn) {
    const Knowledge knowledge = read(sample);
    const auto words = [&](std::uint64_t number) {
        return knowledge.field("ip.ttl", fieldOf(ttl, number))->valueWords;
    };
    EXPECT_EQ(words(1), "The next router drops it.");
    EXPECT_EQ(words(33), "Began with 64: 33 are left.");
    EXPECT_EQ(words(64), "Began with 64: 64 are left.");
    EXPECT_EQ(words(32), "");
    EXPECT_EQ(words(65), "");
    EXPECT_EQ(knowledge.field("ip.ttl", fieldOf(ttl, 9))->text, "9 routers at most.");
}

TEST(Knowledge, ExplainsAProtocolsOwnNodeByTheProtocol) {
    const Knowledge knowledge = read(sample);
    EXPECT_EQ(knowledge.field("ip", fieldOf(node, 0))->text, "Brings packets to an address.");
    EXPECT_EQ(knowledge.protocol(ProtocolId::ip)->title, "IPv4");
    EXPECT_FALSE(knowledge.protocol(ProtocolId::ipv6));
}

TEST(Knowledge, FindsNotesStatesAndOutcomesByTheirWords) {
    const Knowledge knowledge = read(sample);
    EXPECT_EQ(knowledge.note("keep_alive", {})->text, "Are you there?");
    EXPECT_EQ(knowledge.state("tcp", "SYN-SENT")->text, "Waits.");
    EXPECT_EQ(knowledge.outcome("not_found")->text, "No such name.");
    EXPECT_FALSE(knowledge.note("keep_alive_ack", {}));
    EXPECT_FALSE(knowledge.state("dhcp", "SYN-SENT"));
    EXPECT_FALSE(knowledge.outcome("found"));
}

TEST(Knowledge, SaysWhereAFileIsBroken) {
    const Knowledge knowledge = read("[kind.\"tcp.syn\"]\ntitle = \n");
    ASSERT_THAT(knowledge.problems, SizeIs(1));
    EXPECT_THAT(knowledge.problems[0], HasSubstr("sample: line 2"));
}

TEST(Knowledge, RefusesUnknownKeysMissingTextsAndDoubles) {
    EXPECT_THAT(read("[kind.a]\ntitle = \"A\"\ntext = \"B\"\nrcf = \"RFC 1\"\n").problems, SizeIs(1));
    EXPECT_THAT(read("[kind.a]\ntitle = \"A\"\n").problems, SizeIs(1));
    EXPECT_THAT(read("[kinds.a]\ntitle = \"A\"\ntext = \"B\"\n").problems, SizeIs(1));
    const std::string_view text = "[note.a]\ntitle = \"A\"\ntext = \"B\"\n";
    const KnowledgeFile files[] = {{"one", text}, {"two", text}};
    EXPECT_THAT(Knowledge::load(files).problems, SizeIs(1));
}

TEST(Knowledge, HandsWholeSentencesToTheTranslatorInTheFilesContext) {
    const Knowledge knowledge = read(sample);
    std::vector<std::string> asked;
    const auto words = knowledge.explain(KindId::dns_response, {}, {"A", "B", "C"}, [&](const Text& text) {
        asked.push_back(std::string(text.context) + ": " + text.source);
        return text.source == "{from} answers {to}." ? std::string("{to} hört von {from}.") : english(text);
    });
    EXPECT_THAT(asked, testing::Contains("knowledge/sample: {from} answers {to}."));
    EXPECT_EQ(words->text, "B hört von A.");
}

} // namespace
} // namespace wirestage
