// SPDX-License-Identifier: GPL-3.0-or-later
// wirestage packets: a line per packet, with its decoded fields.
#include "app/command/json_line.h"
#include "app/command/print.h"

#include <fmt/core.h>

#include <map>

namespace wirestage {
namespace {

/// The protocols' own nodes, outermost first; those quoted by an ICMP error lie deeper and are not meant.
std::vector<std::string_view> protocolsOf(const Description& description) {
    std::vector<std::string_view> names;
    for (const Field& field : description.fields)
        if (field.parent == -1 && !field.spec->name.empty() &&
            field.spec->name.find('.') == std::string_view::npos)
            names.push_back(field.spec->name);
    return names;
}

void printJson(PacketIndex packet, Time start, const Frame& frame, const Description& description) {
    std::vector<std::string_view> order;
    std::map<std::string_view, std::vector<const std::string*>> values;
    for (const Field& field : description.fields) {
        if (field.spec->name.find('.') == std::string_view::npos)
            continue;
        auto& list = values[field.spec->name];
        if (list.empty())
            order.push_back(field.spec->name);
        list.push_back(&field.value);
    }
    JsonLine json;
    json.open('{').key("number").number(packet + 1).key("time").seconds(frame.time - start);
    json.key("epoch")
        .seconds(frame.time)
        .key("length")
        .number(frame.length)
        .key("captured")
        .number(frame.bytes.size());
    json.key("protocols").open('[');
    for (const auto name : protocolsOf(description))
        json.text(name);
    json.close(']').key("malformed");
    if (description.malformed.empty())
        json.null();
    else
        json.text(description.malformed);
    json.key("fields").open('{');
    for (const auto name : order) {
        json.key(name).open('[');
        for (const std::string* value : values[name])
            json.text(*value);
        json.close(']');
    }
    json.close('}').close('}');
    fmt::print("{}\n", json.line());
}

void printText(PacketIndex packet, Time start, const Frame& frame, const Description& description) {
    std::string protocols, fields;
    for (const auto name : protocolsOf(description))
        protocols += fmt::format("{}{}", protocols.empty() ? "" : ":", name);
    for (const Field& field : description.fields)
        if (field.spec->name.find('.') != std::string_view::npos && field.value.size() <= 120)
            fields += fmt::format(" {}={}", field.spec->name, printable(field.value, 120));
    fmt::print("{} {} {} {}{}\n", packet + 1, secondsAsText(frame.time - start), frame.length, protocols,
               fields);
}

} // namespace

void printPackets(const Source& source, bool json) {
    const Capture& capture = *source.capture;
    const Time start = capture.start();
    for (PacketIndex i = 0; i < capture.packetCount(); ++i) {
        if (!source.wants(capture.exchangeOf(i)))
            continue;
        const Description description = capture.describe(i);
        (json ? printJson : printText)(i, start, capture.frame(i), description);
    }
}

} // namespace wirestage
