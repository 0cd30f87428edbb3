// SPDX-License-Identifier: GPL-3.0-or-later
// docs/programs.md names every program of a lesson's hosts, its verbs and their settings, as the simulation
// knows them. What is missing there is printed as it should stand.
#include "core/simulation/endpoints.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include <fstream>
#include <sstream>

namespace wirestage::simulation {
namespace {

std::string kindOf(const SettingSpec& spec) {
    switch (spec.type) {
    case SettingType::Flag: return "`true` or `false`";
    case SettingType::Number: return fmt::format("number, {:.10g} to {:.10g}", spec.least, spec.most);
    case SettingType::Duration: return fmt::format("seconds, {:.10g} to {:.10g}", spec.least, spec.most);
    case SettingType::Address: return "address or host";
    case SettingType::Network: return "network, `\"10.2.0.0/16\"`";
    case SettingType::Range: return "range, `\"192.168.1.50-192.168.1.99\"`";
    case SettingType::Mac: return "hardware address";
    case SettingType::Words: return "list of texts";
    case SettingType::Table: return "list of tables:";
    case SettingType::Text: break;
    }
    std::string words = "text";
    for (const std::string_view choice : spec.choices)
        words += fmt::format("{}`{}`", words == "text" ? ": " : ", ", choice);
    return words;
}

void rows(std::string& out, std::span<const SettingSpec> settings, const std::string& before) {
    for (const SettingSpec& spec : settings) {
        out += fmt::format("| `{}{}` | {}{} |\n", before, spec.name, kindOf(spec),
                           spec.required ? "; needed" : "");
        rows(out, spec.columns, before + std::string(spec.name) + ".");
    }
}

std::string table(std::span<const SettingSpec> settings) {
    if (settings.empty())
        return "No settings.\n";
    std::string out = "| setting | what it is |\n| --- | --- |\n";
    rows(out, settings, "");
    return out;
}

TEST(ProgramsDocument, NamesEveryProgramVerbAndSetting) {
    std::ifstream file("docs/programs.md");
    std::stringstream text;
    text << file.rdbuf();
    const auto holds = [&](const std::string& part) { return text.str().find(part) != std::string::npos; };
    for (const EndpointRoom* room : allEndpointRooms())
        for (const ApplicationType& type : room->types) {
            std::string part = fmt::format("## `{}`\n\n{}", type.name, table(type.settings));
            for (const VerbSpec& verb : type.verbs)
                part += fmt::format("\n### `{}`\n\n{}", verb.name, table(verb.settings));
            EXPECT_TRUE(holds(part)) << part;
        }
}

} // namespace
} // namespace wirestage::simulation
