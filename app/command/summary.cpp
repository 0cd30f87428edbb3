// SPDX-License-Identifier: GPL-3.0-or-later
// wirestage summary and kinds: the whole capture on one screen, and the closed list of kinds.
#include "app/command/json_line.h"
#include "app/command/print.h"

#include "core/protocols/protocol_names.h"

#include <fmt/core.h>

namespace wirestage {
namespace {

void printJson(const CaptureSummary& summary) {
    JsonLine json;
    json.open('{').key("packets").number(summary.packets).key("bytes").number(summary.bytes);
    json.key("duration")
        .seconds(summary.duration)
        .key("hosts")
        .number(summary.hosts)
        .key("flows")
        .number(summary.flows);
    json.key("messages")
        .number(summary.messages)
        .key("exchanges")
        .number(summary.exchanges)
        .key("protocols")
        .open('{');
    for (const auto& [protocol, share] : summary.protocols)
        json.key(protocol)
            .open('{')
            .key("packets")
            .number(share.packets)
            .key("bytes")
            .number(share.bytes)
            .close('}');
    json.close('}').key("outcomes").open('{');
    for (const auto& [protocol, outcomes] : summary.outcomes) {
        json.key(protocol).open('{');
        for (const auto& [outcome, count] : outcomes)
            json.key(outcome).number(count);
        json.close('}');
    }
    json.close('}').key("problems").open('{');
    for (const auto& [problem, count] : summary.problems)
        json.key(problem).number(count);
    json.close('}').close('}');
    fmt::print("{}\n", json.line());
}

void printText(const CaptureSummary& summary) {
    fmt::print("{} packets, {} in {}\n", summary.packets, english(bytesInWords(summary.bytes)),
               english(durationInWords(summary.duration)));
    fmt::print("{} hosts, {} flows, {} messages, {} exchanges\n", summary.hosts, summary.flows,
               summary.messages, summary.exchanges);
    fmt::print("\nProtocol      packets         size  exchanges by outcome\n");
    for (const auto& [protocol, share] : summary.protocols) {
        std::string outcomes;
        if (const auto found = summary.outcomes.find(protocol); found != summary.outcomes.end())
            for (const auto& [outcome, count] : found->second)
                outcomes += fmt::format("{}{} {}", outcomes.empty() ? "" : ", ", count, outcome);
        fmt::print("{:<10} {:>10} {:>12}  {}\n", protocol, share.packets, english(bytesInWords(share.bytes)),
                   outcomes);
    }
    if (!summary.problems.empty())
        fmt::print("\nRemarks\n");
    for (const auto& [problem, count] : summary.problems)
        fmt::print("{:<26} {:>8}\n", problem, count);
}

} // namespace

void printSummary(const Source& source, bool json) {
    (json ? printJson : printText)(source.capture->summary());
}

void printKinds(bool json) {
    for (const Kind& kind : allKinds()) {
        if (!json) {
            fmt::print("{:<40} {:<12} {}\n", kind.name, name(kind.level), kind.title);
            continue;
        }
        JsonLine line;
        line.open('{').key("kind").text(kind.name).key("protocol").text(name(kind.protocol));
        line.key("level").text(name(kind.level)).key("title").text(kind.title).close('}');
        fmt::print("{}\n", line.line());
    }
}

} // namespace wirestage
