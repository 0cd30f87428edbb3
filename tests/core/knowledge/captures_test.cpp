// SPDX-License-Identifier: GPL-3.0-or-later
// The words on real packets: every field that comes out of the reference captures is explained, and so is
// every message, without a hole.
#include "core/capture/capture_file.h"
#include "core/exchange/capture.h"
#include "core/knowledge/knowledge.h"
#include "tests/support/shared_captures.h"

#include <gmock/gmock.h>

#include <set>

namespace wirestage {
namespace {

constexpr PacketIndex mostOfAFile = 100; ///< packets: enough to meet every field, quick without optimisation

/// All reference captures, malformed ones too: words must not depend on good packets.
std::vector<std::filesystem::path> captures() {
    std::vector<std::filesystem::path> found;
    if (const auto folder = test::sharedFolder())
        for (const auto& file : std::filesystem::recursive_directory_iterator(*folder / "captures"))
            if (file.path().extension() == ".pcap" || file.path().extension() == ".pcapng")
                found.push_back(file.path());
    return found;
}

/// What was met in all captures, each with one sentence-by-sentence look at its words.
class Met {
public:
    std::set<std::string, std::less<>> fields, unexplained;
    std::set<KindId> kinds;

    void look(const Description& packet) {
        for (const Field& field : packet.fields)
            if (!field.spec->name.empty() && fields.emplace(field.spec->name).second)
                check(field);
    }

    void look(KindId id, const Description& packet) {
        if (!kinds.insert(id).second)
            return;
        const auto words = Knowledge::builtIn().explain(id, packet, {"A", "B", "C"});
        ASSERT_TRUE(words) << kind(id).name;
        for (const std::string& part : {words->text, words->knowsFrom, words->knowsTo})
            EXPECT_THAT(part, testing::Not(testing::ContainsRegex("[{}]|[][][][]"))) << kind(id).name;
        EXPECT_GE(words->text.size(), 40U) << kind(id).name << ": " << words->text;
    }

private:
    void check(const Field& field) {
        const auto words = Knowledge::builtIn().field(field.spec->name, field);
        if (!words)
            unexplained.emplace(field.spec->name);
        else
            EXPECT_FALSE(words->text.empty()) << field.spec->name << " = " << field.value;
    }
};

void lookAt(const std::filesystem::path& path, Met& met) {
    auto opened = CaptureFile::open(path.string());
    auto* file = std::get_if<CaptureFile>(&opened);
    if (!file)
        return;
    Capture capture(std::move(*file));
    capture.index({}, mostOfAFile);
    std::vector<Description> packets;
    for (PacketIndex packet = 0; packet < capture.packetCount(); ++packet)
        met.look(packets.emplace_back(capture.describe(packet)));
    for (const Level level : {Level::Link, Level::Network, Level::Transport, Level::Application}) {
        const MessageList messages = capture.messages({}, level);
        for (std::uint64_t row = 0; row < messages.size(); ++row) {
            const MessageRef ref = messages.at(row);
            met.look(capture.message(ref).kind, packets.at(ref.packet));
        }
    }
}

TEST(KnowledgeOnCaptures, ExplainsEveryFieldAndEveryMessageThatIsShown) {
    const auto paths = captures();
    if (paths.empty())
        GTEST_SKIP() << "the reference captures are absent";
    Met met;
    for (const auto& path : paths)
        lookAt(path, met);
    EXPECT_THAT(met.unexplained, testing::IsEmpty());
    EXPECT_GE(met.fields.size(), 250U) << "too few fields were met for this to say much";
    EXPECT_GE(met.kinds.size(), 100U) << "too few kinds were met for this to say much";
}

} // namespace
} // namespace wirestage
