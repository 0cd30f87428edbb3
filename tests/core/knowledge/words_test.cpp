// SPDX-License-Identifier: GPL-3.0-or-later
// The words themselves: every kind, field, note, state and outcome has its own, in good form. What they say
// is checked by reading; that none is missing, doubled, too long or full of holes is checked here.
#include "core/knowledge/knowledge.h"
#include "tests/support/shared_captures.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

namespace wirestage {
namespace {

using testing::IsEmpty;

constexpr std::size_t longestTitle = 48;
constexpr std::size_t longestKindText = 420;      ///< without the pieces that depend on values
constexpr std::size_t longestKindTextOfAll = 660; ///< with all of them, of which no message shows all
constexpr std::size_t longestFieldText = 260;

std::vector<const Knowledge::Entry*> entriesOf(std::string_view what) {
    std::vector<const Knowledge::Entry*> found;
    for (const auto& entry : Knowledge::builtIn().entries())
        if (entry.what == what)
            found.push_back(&entry);
    return found;
}

/// Letters alone, in lower case and without places: so that two texts cannot differ in a comma only.
std::string normalised(std::string_view text) {
    std::string letters;
    bool inPlace = false;
    for (const char c : text) {
        if (c == '{' || c == '}')
            inPlace = c == '{';
        else if (!inPlace && std::isalnum(static_cast<unsigned char>(c)))
            letters += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return letters;
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string withoutPieces(const std::string& text) {
    return std::regex_replace(text, std::regex(R"(\[\[[^\]]*\]\])"), "");
}

/// A text as it is at its longest: all pieces, without their conditions.
std::string withAllPieces(const std::string& text) {
    return std::regex_replace(std::regex_replace(text, std::regex(R"(\[\[[^?]*\?)"), ""),
                              std::regex(R"(\]\])"), "");
}

std::vector<std::string> proseOf(const Knowledge::Entry& entry) {
    std::vector<std::string> prose{entry.title,    entry.text,   entry.knowsFrom, entry.knowsTo,
                                   entry.question, entry.answer, entry.rfc};
    for (const auto& [value, words] : entry.values)
        prose.push_back(words);
    return prose;
}

TEST(KnowledgeWords, AreReadWithoutAProblem) {
    EXPECT_THAT(Knowledge::builtIn().problems, IsEmpty());
}

TEST(KnowledgeWords, ExplainEveryKindByATextOfItsOwn) {
    for (std::size_t i = 0; i < allKinds().size(); ++i) {
        const auto id = static_cast<KindId>(i);
        EXPECT_TRUE(Knowledge::builtIn().explained(id)) << kind(id).name;
        const auto* entry = Knowledge::builtIn().entry("kind", kind(id).name);
        if (entry) {
            EXPECT_TRUE(!entry->knowsFrom.empty() && !entry->knowsTo.empty()) << entry->name;
        }
    }
}

TEST(KnowledgeWords, ExplainNothingThatDoesNotExist) {
    for (const auto* entry : entriesOf("kind"))
        EXPECT_TRUE(kindOfName(entry->name)) << entry->name;
}

TEST(KnowledgeWords, ShareNoTextBetweenTwoKinds) {
    std::map<std::string, std::string> seen;
    for (const auto* entry : entriesOf("kind")) {
        const auto [other, isNew] = seen.emplace(normalised(entry->text), entry->name);
        EXPECT_TRUE(isNew) << entry->name << " says what " << other->second << " says";
    }
}

TEST(KnowledgeWords, ShareNoTextBetweenTwoFields) {
    std::map<std::string, std::string> seen;
    for (const auto* entry : entriesOf("field")) {
        const auto [other, isNew] = seen.emplace(normalised(entry->text), entry->name);
        EXPECT_TRUE(isNew) << entry->name << " says what " << other->second << " says";
    }
}

TEST(KnowledgeWords, NameTheirSource) {
    const std::regex source("(RFC [0-9]|IEEE |IANA |PCAP|Link type|Broadband Forum ).*");
    for (const auto& entry : Knowledge::builtIn().entries())
        if (entry.what != "outcome") {
            EXPECT_TRUE(std::regex_match(entry.rfc, source))
                << entry.what << ' ' << entry.name << ": " << entry.rfc;
        }
}

TEST(KnowledgeWords, FitIntoThePane) {
    for (const auto& entry : Knowledge::builtIn().entries()) {
        EXPECT_LE(characters(entry.title), longestTitle) << entry.name << ": " << entry.title;
        if (entry.what == "kind") {
            EXPECT_LE(characters(withoutPieces(entry.text)), longestKindText) << entry.name;
            EXPECT_LE(characters(withAllPieces(entry.text)), longestKindTextOfAll) << entry.name;
        }
        if (entry.what == "field") {
            EXPECT_LE(characters(entry.text), longestFieldText) << entry.name;
        }
    }
}

TEST(KnowledgeWords, HavePlacesForFieldsThatExist) {
    const std::set<std::string, std::less<>> own{"from", "to", "label", "value", "meaning"};
    for (const auto& entry : Knowledge::builtIn().entries())
        for (const auto& prose : proseOf(entry)) {
            const auto names = namesInProse(prose);
            ASSERT_TRUE(names) << entry.name << ": " << prose;
            for (const auto& name : *names)
                EXPECT_TRUE(own.contains(name) || Knowledge::builtIn().entry("field", name))
                    << entry.name << " mentions " << name << ", which no field is called";
        }
}

TEST(KnowledgeWords, ShowNoHolesWhereThePacketHasNoValues) {
    for (const auto& entry : Knowledge::builtIn().entries())
        for (const auto& prose : proseOf(entry)) {
            const std::string shown = renderProse(prose, {});
            EXPECT_THAT(shown, testing::Not(testing::ContainsRegex("[][{}|]|  | [.,]( |$)")))
                << entry.name << ": " << shown;
        }
}

TEST(KnowledgeWords, SaySomethingEvenOfAPacketThatShowsNothing) {
    const Description nothing;
    for (const auto* entry : entriesOf("kind")) {
        const std::string shown = renderProse(entry->text, {&nothing, nullptr, "A", "B", "C"});
        EXPECT_GE(shown.size(), 20U) << entry->name << ": " << shown;
        for (const auto& part : {entry->title, entry->knowsFrom, entry->knowsTo})
            EXPECT_FALSE(renderProse(part, {&nothing, nullptr, "A", "B", "C"}).empty())
                << entry->name << ": " << part;
    }
}

TEST(KnowledgeWords, EndSentencesWithAFullStop) {
    for (const auto& entry : Knowledge::builtIn().entries())
        EXPECT_THAT(entry.text, testing::MatchesRegex(".*([.?!]|[.?!]”|\\]\\]|\\))")) << entry.name;
}

TEST(KnowledgeWords, ExplainEveryProtocol) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(ProtocolId::count); ++i)
        EXPECT_TRUE(Knowledge::builtIn().protocol(static_cast<ProtocolId>(i))) << i;
}

TEST(KnowledgeWords, ExplainEveryStateOfTcpAndOfADhcpClient) { // RFC 9293, section 3.3.2; RFC 2131, figure 5
    for (const auto* state : {"CLOSED", "LISTEN", "SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1",
                              "FIN-WAIT-2", "CLOSE-WAIT", "CLOSING", "LAST-ACK", "TIME-WAIT"})
        EXPECT_TRUE(Knowledge::builtIn().state("tcp", state)) << state;
    for (const auto* state :
         {"INIT", "SELECTING", "REQUESTING", "BOUND", "RENEWING", "REBINDING", "INIT-REBOOT", "REBOOTING"})
        EXPECT_TRUE(Knowledge::builtIn().state("dhcp", state)) << state;
}

TEST(KnowledgeWords, ExplainEveryOutcomeAndNote) {
    for (const auto* outcome : {"completed", "refused", "denied", "not_found", "reset", "timeout", "failed",
                                "unanswered", "cut_off", "ongoing"})
        EXPECT_TRUE(Knowledge::builtIn().outcome(outcome)) << outcome;
    for (const auto* note : {"retransmission",
                             "fast_retransmission",
                             "spurious_retransmission",
                             "out_of_order",
                             "duplicate_ack",
                             "lost_segment",
                             "ack_lost_segment",
                             "zero_window",
                             "zero_window_probe",
                             "zero_window_probe_ack",
                             "window_full",
                             "window_update",
                             "keep_alive",
                             "keep_alive_ack",
                             "port_reused",
                             "repeated",
                             "checksum_bad",
                             "malformed",
                             "cut_by_capture",
                             "fragment",
                             "reassembled"})
        EXPECT_TRUE(Knowledge::builtIn().note(note, {})) << note;
}

/// The names of all fields that the sources declare: {"ip.ttl", WS_MARK("fields", "Time to live")}.
std::set<std::string> declaredFields() {
    std::set<std::string> names;
    const std::regex declared(R"re("([a-z0-9_-]+\.[A-Za-z0-9_.-]+)",\s*(WS_MARK\(\s*)?"[A-Za-z])re");
    for (const auto* folder : {"core/protocols", "core/flow", "core/exchange"})
        for (const auto& file :
             std::filesystem::recursive_directory_iterator(test::sourceFolder() / folder)) {
            if (file.path().extension() != ".cpp" && file.path().extension() != ".h")
                continue;
            std::ostringstream text;
            text << std::ifstream(file.path()).rdbuf();
            const std::string source = text.str();
            for (std::sregex_iterator at(source.begin(), source.end(), declared), end; at != end; ++at)
                names.insert((*at)[1]);
        }
    return names;
}

TEST(KnowledgeWords, ExplainEveryFieldThatADecoderDeclares) {
    const auto names = declaredFields();
    ASSERT_GE(names.size(), 300U) << "the fields are declared in another way now: mend this test";
    for (const auto& name : names)
        EXPECT_TRUE(Knowledge::builtIn().entry("field", name)) << name;
}

} // namespace
} // namespace wirestage
