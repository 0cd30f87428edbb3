// SPDX-License-Identifier: GPL-3.0-or-later
// The programs on a lesson's hosts, their settings and the script; how a host's TCP behaves.
#include "core/lesson/lesson_reading.h"
#include "core/lesson/table_reader.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace wirestage::lesson {
namespace {

using namespace simulation;

constexpr std::array<std::string_view, 7> stepKeys{"host", "do", "at", "after", "wait", "as", "with"};

/// "@server" or "@router:lan" as an address, elsewhere than where an address is wanted the only way to say
/// one's host.
bool resolveMention(std::string& text, const Lesson& lesson, Place place, std::vector<Problem>& problems) {
    if (text.size() < 2 || text[0] != '@')
        return true;
    const std::string name = text.substr(1);
    const auto names = hostNames(lesson);
    if (std::find(names.begin(), names.end(), name.substr(0, name.find(':'))) == names.end()) {
        problems.push_back({place, unknownWord(name, names)});
        return false;
    }
    const IpAddress address = addressOf(lesson, name);
    if (!address.version) {
        problems.push_back({place, WS_TR("lesson", "“%1” has no address before the run begins").with(name)});
        return false;
    }
    text = toString(address);
    return true;
}

/// Names of hosts in a setting become addresses; an empty list becomes one of tables where those are wanted.
bool resolveSetting(SettingValue& value, const SettingSpec* spec, const Lesson& lesson, Place place,
                    std::vector<Problem>& problems) {
    if (auto* text = std::get_if<std::string>(&value)) {
        const auto names = hostNames(lesson);
        const bool isHost =
            std::find(names.begin(), names.end(), text->substr(0, text->find(':'))) != names.end();
        if (spec && spec->type == SettingType::Address && isHost && !parseIpAddress(*text))
            *text = "@" + *text;
        return resolveMention(*text, lesson, place, problems);
    }
    if (auto* words = std::get_if<std::vector<std::string>>(&value)) {
        if (words->empty() && spec && spec->type == SettingType::Table)
            value = std::vector<Settings>{};
        else
            for (std::string& word : *words)
                if (!resolveMention(word, lesson, place, problems))
                    return false;
        return true;
    }
    if (auto* rows = std::get_if<std::vector<Settings>>(&value))
        for (Settings& row : *rows) {
            Settings resolved;
            for (auto [name, inner] : row.all()) {
                const SettingSpec* column = nullptr;
                if (spec)
                    for (const SettingSpec& one : spec->columns)
                        column = one.name == name ? &one : column;
                if (!resolveSetting(inner, column, lesson, place, problems))
                    return false;
                resolved.set(name, std::move(inner));
            }
            row = std::move(resolved);
        }
    return true;
}

/// Where the setting that check() names stands: "records[2].type".
Place placeOfSetting(const Table& table, Place otherwise, std::string_view name) {
    const auto bracket = name.find('[');
    const std::string_view key = name.substr(0, bracket);
    const Value* value = table.find(key);
    if (!value)
        if (const Value* with = table.find("with"); with && with->table())
            return placeOfSetting(*with->table(), with->place, name);
    if (!value)
        return otherwise;
    if (bracket == name.npos || !value->list())
        return value->place;
    const std::size_t index = static_cast<std::size_t>(std::atoi(name.data() + bracket + 1));
    const auto dot = name.find('.');
    if (index == 0 || index > value->list()->size() || dot == name.npos)
        return value->place;
    const Value& row = (*value->list())[index - 1];
    return row.table() ? placeOfSetting(*row.table(), row.place, name.substr(dot + 1)) : row.place;
}

void collect(const Table& table, std::span<const std::string_view> reserved, const Lesson& lesson,
             std::span<const SettingSpec> specs, Settings& into, std::vector<Problem>& problems) {
    for (const Entry& entry : table.entries) {
        if (std::find(reserved.begin(), reserved.end(), entry.key) != reserved.end())
            continue;
        auto setting = settingOf(entry.value);
        const SettingSpec* spec = nullptr;
        for (const SettingSpec& one : specs)
            spec = one.name == entry.key ? &one : spec;
        if (!setting)
            problems.push_back(
                {entry.value.place, WS_TR("lesson", "“%1” is no value of a setting").with(entry.key)});
        else if (resolveSetting(*setting, spec, lesson, entry.value.place, problems))
            into.set(entry.key, *std::move(setting));
    }
}

/// Reads and checks settings; says whether they are good.
bool readSettings(const Table& table, std::span<const std::string_view> reserved,
                  std::span<const SettingSpec> specs, const Lesson& lesson, Settings& into,
                  std::vector<Problem>& problems) {
    const std::size_t before = problems.size();
    collect(table, reserved, lesson, specs, into, problems);
    if (const Value* with = table.find("with"); with && with->table())
        collect(*with->table(), {}, lesson, specs, into, problems);
    if (problems.size() > before)
        return false;
    const auto wrong = check(into, specs);
    if (wrong)
        problems.push_back({placeOfSetting(table, placeOfTable(table), wrong->name),
                            WS_TR("lesson", "“%1” %2").with(wrong->name).with(wrong->why)});
    return !wrong;
}

void readApplication(const Table& table, NodeSetup& node, const Lesson& lesson,
                     std::vector<Problem>& problems) {
    const std::string type = textOf(table, "type");
    std::vector<std::string_view> names;
    for (const EndpointRoom* room : allEndpointRooms())
        for (const ApplicationType& one : room->types)
            names.push_back(one.name);
    ApplicationSetup application;
    application.type = applicationNamed(type);
    if (!application.type) {
        const Value* where = table.find("type");
        problems.push_back(
            {where ? where->place : placeOfTable(table),
             where ? unknownWord(type, names) : WS_TR("lesson", "“%1” is missing").with("type")});
        return;
    }
    constexpr std::array<std::string_view, 2> reserved{"type", "with"};
    if (!readSettings(table, reserved, application.type->settings, lesson, application.settings, problems))
        return;
    if (const auto made = application.type->make(application.settings);
        const auto* why = std::get_if<Text>(&made))
        problems.push_back({placeOfTable(table), *why});
    else
        node.applications.push_back(std::move(application));
}

/// The program that is to obey; one that needs no settings runs without being asked for.
bool provideApplication(NodeSetup& node, const ApplicationType* type) {
    for (const ApplicationSetup& one : node.applications)
        if (one.type == type)
            return true;
    if (check({}, type->settings) || node.role == NodeRole::Switch ||
        std::holds_alternative<Text>(type->make({})))
        return false;
    node.applications.push_back({type, {}});
    return true;
}

std::vector<std::string_view> allVerbs() {
    std::vector<std::string_view> verbs;
    for (const EndpointRoom* room : allEndpointRooms())
        for (const ApplicationType& type : room->types)
            for (const VerbSpec& verb : type.verbs)
                verbs.push_back(verb.name);
    return verbs;
}

void readTimes(TableReader& reader, ScriptStep& step, std::span<const std::string> names) {
    const bool relative = reader.value("after") != nullptr;
    step.at = fromSeconds(reader.number(relative ? "wait" : "at", 0, 0, 86400 * 365.0));
    if (reader.value(relative ? "at" : "wait"))
        reader.complain(relative ? "at" : "wait",
                        WS_TR("lesson",
                              "“at” is counted from the start, “wait” from the end of the step that "
                              "“after” names: not both"));
    if (!relative)
        return;
    const std::string after = reader.text("after");
    const auto found = std::find(names.begin(), names.end(), after);
    if (found != names.end() && !after.empty()) {
        step.after = static_cast<std::uint32_t>(found - names.begin());
        return;
    }
    std::vector<std::string_view> candidates;
    for (const std::string& name : names)
        if (!name.empty())
            candidates.push_back(name);
    reader.complain(
        "after", WS_TR("lesson", "no earlier step bears this name: %1").with(unknownWord(after, candidates)));
}

void readStep(const Table& table, Lesson& lesson, std::vector<std::string>& names,
              std::vector<Problem>& problems) {
    TableReader reader(table, placeOfTable(table), problems);
    reader.require("host");
    reader.require("do");
    ScriptStep step;
    step.host = reader.text("host");
    step.verb = reader.text("do");
    readTimes(reader, step, names);
    names.push_back(reader.text("as"));
    NodeSetup* node = nullptr;
    for (NodeSetup& one : lesson.network.nodes)
        node = one.name == step.host ? &one : node;
    if (!node && reader.value("host"))
        reader.complain("host", unknownWord(step.host, hostNames(lesson)));
    const FoundVerb found = verbNamed(step.verb);
    if (!found.verb && reader.value("do"))
        reader.complain("do", unknownWord(step.verb, allVerbs()));
    if (found.verb && node) {
        if (!provideApplication(*node, found.type))
            reader.complain(
                "do",
                WS_TR("lesson", "“%1” runs no %2, which could do it").with(step.host).with(found.type->name));
        readSettings(table, stepKeys, found.verb->settings, lesson, step.settings, problems);
    }
    lesson.network.script.push_back(std::move(step));
}

} // namespace

void readApplications(const Table& root, Lesson& lesson, std::vector<Problem>& problems) {
    for (const char* key : {"host", "router"})
        for (const Table* table : tablesOf(root, key))
            for (NodeSetup& node : lesson.network.nodes)
                if (node.name == textOf(*table, "name"))
                    for (const Table* application : tablesOf(*table, "app"))
                        readApplication(*application, node, lesson, problems);
}

void readScript(const Table& root, Lesson& lesson, std::vector<Problem>& problems) {
    std::vector<std::string> names;
    for (const Table* table : tablesOf(root, "step"))
        readStep(*table, lesson, names, problems);
}

void readTcpSettings(const Table& table, Place place, TcpSettings& into, std::vector<Problem>& problems) {
    TableReader reader(table, place, problems);
    const auto duration = [&](const char* key, Time otherwise) {
        return fromSeconds(reader.number(key, static_cast<double>(otherwise) * 1e-9, 0, 86400));
    };
    const auto whole = [&](const char* key, std::int64_t otherwise, std::int64_t least, std::int64_t most) {
        return reader.whole(key, otherwise, least, most);
    };
    into.maximumSegmentSize = static_cast<std::uint16_t>(whole("mss", into.maximumSegmentSize, 1, 65495));
    into.receiveBuffer = static_cast<std::uint32_t>(whole("window", into.receiveBuffer, 1, 1 << 30));
    if (reader.value("window_scale"))
        into.windowScale = static_cast<std::uint8_t>(whole("window_scale", 0, 0, 14)); // RFC 7323, 2.3
    else if (into.receiveBuffer > 65535)
        reader.complain("window",
                        WS_TR("lesson", "a window above 65535 bytes needs window_scale (RFC 7323)"));
    into.selectiveAck = reader.truth("sack", into.selectiveAck);
    into.timestamps = reader.truth("timestamps", into.timestamps);
    into.delayedAck = reader.truth("delayed_ack", into.delayedAck);
    into.ackDelay = duration("ack_delay", into.ackDelay);
    into.nagle = reader.truth("nagle", into.nagle);
    into.initialWindow = static_cast<std::uint32_t>(whole("initial_window", into.initialWindow, 0, 1000));
    into.congestionControl = reader.truth("congestion_control", into.congestionControl);
    into.fastRetransmit = reader.truth("fast_retransmit", into.fastRetransmit);
    into.initialTimeout = duration("initial_timeout", into.initialTimeout);
    into.leastTimeout = duration("least_timeout", into.leastTimeout);
    into.mostTimeout = duration("most_timeout", into.mostTimeout);
    into.synRetries = static_cast<unsigned>(whole("syn_retries", into.synRetries, 0, 20));
    into.retries = static_cast<unsigned>(whole("retries", into.retries, 0, 30));
    into.timeWait = duration("time_wait", into.timeWait);
    if (reader.value("initial_sequence"))
        into.initialSequence = static_cast<std::uint32_t>(whole("initial_sequence", 0, 0, 0xffffffff));
    if (into.leastTimeout < millisecond || into.initialTimeout < millisecond)
        problems.push_back({place, WS_TR("lesson", "a retransmission timeout is at least 0.001 s")});
    if (into.mostTimeout < into.leastTimeout)
        problems.push_back({reader.placeOf("most_timeout"),
                            WS_TR("lesson", "the longest timeout is shorter than the shortest one")});
    reader.finish();
}

} // namespace wirestage::lesson
