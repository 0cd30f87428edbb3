// SPDX-License-Identifier: GPL-3.0-or-later
// The tree of fields, its buffers, and the list of all fields that there are.
#include "core/protocols/wire.h"

#include <gtest/gtest.h>
#include <set>

using namespace wirestage;

namespace {
constexpr FieldSpec outer{"outer", "Outer", Show::Heading}, inner{"inner", "Inner"};
} // namespace

TEST(Describer, PutsFieldsUnderTheOpenNode) {
    Description description;
    Describer describer(description);
    describer.open(outer, 0, 4);
    describer.add(inner, 1, "1", 0, 2);
    describer.resizeOpen(6);
    describer.close();
    describer.add(inner, 2, "2", 6, 1);
    describer.close(); // one too many does no harm
    ASSERT_EQ(description.fields.size(), 3U);
    EXPECT_EQ(description.fields[0].length, 6U);
    EXPECT_EQ(description.fields[1].parent, 0);
    EXPECT_EQ(description.fields[2].parent, -1);
    EXPECT_EQ(description.value("inner"), "1");
    EXPECT_EQ(description.value("nothing"), "");
}

TEST(Describer, CountsOffsetsInTheBufferInUse) {
    Description description;
    Describer describer(description);
    const std::uint8_t first[4] = {}, second[] = {1, 2, 3};
    describer.useBuffer(0, first);
    EXPECT_EQ(describer.offsetOf(first + 3), 3U);
    const std::uint8_t number = describer.addBuffer(Text::verbatim("joined"), second);
    EXPECT_EQ(number, 1);
    describer.useBuffer(number, second);
    EXPECT_EQ(describer.add(inner, 0, "", describer.offsetOf(second + 1), 1).buffer, 1);
    EXPECT_EQ(description.buffers[0].bytes.size(), 3U);
}

TEST(FieldSpecs, HaveTitlesAndNamesOfTheirOwn) {
    for (const WireProtocol* protocol : wireProtocols()) {
        std::set<std::string_view> names;
        for (const FieldSpec& spec : protocol->fields) {
            EXPECT_FALSE(std::string_view(spec.title).empty()) << spec.name;
            if (!spec.name.empty()) {
                EXPECT_TRUE(names.insert(spec.name).second) << spec.name << " twice";
            }
        }
        EXPECT_FALSE(protocol->fields.empty());
    }
}
