// SPDX-License-Identifier: GPL-3.0-or-later
// wirestage exchanges: a line per exchange, a story with its outcome.
#include "app/command/json_line.h"
#include "app/command/print.h"

#include "core/protocols/protocol_names.h"

#include <fmt/core.h>

namespace wirestage {
namespace {

void idOrNull(JsonLine& json, ExchangeId id) {
    if (id == none)
        json.null();
    else
        json.number(id + 1);
}

void printParticipants(JsonLine& json, const Exchange& exchange) {
    json.key("participants").open('[');
    for (const Participant& participant : exchange.participants) {
        json.open('{').key("name").text(participant.name).key("role").text(english(participant.role));
        json.key("addresses").open('[');
        for (const std::string& address : participant.addresses)
            json.text(address);
        if (participant.addresses.empty())
            json.text(participant.name);
        json.close(']').close('}');
    }
    json.close(']');
}

void printTransitions(JsonLine& json, const Capture& capture, const Exchange& exchange) {
    json.key("transitions").open('[');
    for (const Transition& transition : exchange.transitions) {
        json.open('{').key("participant").text(exchange.participants[transition.participant].name);
        json.key("state")
            .text(transition.state)
            .key("time")
            .seconds(transition.time - capture.start())
            .key("cause");
        if (transition.cause == none)
            json.null();
        else
            json.number(capture.numberOf({transition.cause, transition.level, 0}));
        json.key("inferred").truth(transition.inferred).close('}');
    }
    json.close(']');
}

void printJson(const Capture& capture, const Exchange& exchange) {
    JsonLine json;
    json.open('{').key("id").number(exchange.id + 1).key("parent");
    idOrNull(json, exchange.parent);
    json.key("story");
    idOrNull(json, exchange.story);
    json.key("protocol").text(name(exchange.protocol)).key("title").text(english(exchange.title));
    printParticipants(json, exchange);
    json.key("time").seconds(exchange.time - capture.start()).key("epoch").seconds(exchange.time);
    json.key("duration").seconds(exchange.duration).key("messages").number(exchange.messages);
    json.key("packets").number(exchange.packets).key("bytes").number(exchange.bytes);
    printTransitions(json, capture, exchange);
    json.key("phases").open('[');
    for (const Phase& phase : exchange.phases)
        json.open('{')
            .key("title")
            .text(english(phase.title))
            .key("first")
            .number(phase.first + 1)
            .key("last")
            .number(phase.last + 1)
            .close('}');
    json.close(']')
        .key("outcome")
        .text(name(exchange.outcome))
        .key("summary")
        .text(english(exchange.summary))
        .close('}');
    fmt::print("{}\n", json.line());
}

void printText(const Capture& capture, const Exchange& exchange) {
    std::string who;
    for (const Participant& participant : exchange.participants)
        who += fmt::format("{}{}", who.empty() ? "" : " ↔ ", participant.name);
    fmt::print("{:>5} {:>14} {:<8} {:<10} {}: {} ({})\n", exchange.id + 1,
               secondsAsText(exchange.time - capture.start()), name(exchange.protocol),
               name(exchange.outcome), english(exchange.title), english(exchange.summary), who);
}

} // namespace

void printExchanges(const Source& source, bool json) {
    const Capture& capture = *source.capture;
    for (ExchangeId id = 0; id < capture.exchangeCount(); ++id)
        if (source.wants(id))
            (json ? printJson : printText)(capture, capture.exchange(id));
}

} // namespace wirestage
