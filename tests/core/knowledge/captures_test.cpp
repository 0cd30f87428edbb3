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

constexpr PacketIndex mostOfAFile = 150; ///< packets: enough to meet every field, quick without optimisation

/// The reference captures of one folder each, malformed ones too: words must not depend on good packets.
std::vector<std::filesystem::path> captures() {
    std::vector<std::filesystem::path> found;
    if (const auto folder = test::sharedFolder())
        for (const auto& file : std::filesystem::recursive_directory_iterator(*folder / "captures"))
            if (file.path().extension() == ".pcap" || file.path().extension() == ".pcapng")
                found.push_back(file.path());
    return found;
}

template <class Look>
void lookAtPackets(const std::filesystem::path& path, const Look& look) {
    auto opened = CaptureFile::open(path.string());
    auto* file = std::get_if<CaptureFile>(&opened);
    if (!file)
        return;
    Capture capture(std::move(*file));
    capture.index({}, mostOfAFile);
    for (PacketIndex packet = 0; packet < capture.packetCount(); ++packet)
        look(capture, packet);
}

TEST(KnowledgeOnCaptures, ExplainsEveryFieldThatIsShown) {
    const auto paths = captures();
    if (paths.empty())
        GTEST_SKIP() << "the reference captures are absent";
    std::set<std::string> missing, met;
    for (const auto& path : paths)
        lookAtPackets(path, [&](const Capture& capture, PacketIndex packet) {
            for (const Field& field : capture.describe(packet).fields) {
                met.emplace(field.spec->name);
                if (!field.spec->name.empty() && !Knowledge::builtIn().field(field.spec->name, field))
                    missing.emplace(field.spec->name);
            }
        });
    EXPECT_THAT(missing, testing::IsEmpty());
    EXPECT_GE(met.size(), 300U);
}

TEST(KnowledgeOnCaptures, ExplainsEveryMessageWithoutAHole) {
    const auto paths = captures();
    if (paths.empty())
        GTEST_SKIP() << "the reference captures are absent";
    std::set<KindId> met;
    for (const auto& path : paths)
        lookAtPackets(path, [&](const Capture& capture, PacketIndex packet) {
            const KindId id = capture.kindOf(packet);
            const auto words = Knowledge::builtIn().explain(id, capture.describe(packet), {"A", "B", "C"});
            ASSERT_TRUE(words) << kind(id).name;
            if (!met.insert(id).second)
                return;
            for (const std::string& part : {words->text, words->knowsFrom, words->knowsTo})
                EXPECT_THAT(part, testing::Not(testing::HasSubstr("{"))) << kind(id).name;
            EXPECT_GE(words->text.size(), 40U) << kind(id).name << ": " << words->text;
        });
    EXPECT_GE(met.size(), 60U);
}

} // namespace
} // namespace wirestage
