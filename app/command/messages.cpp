// SPDX-License-Identifier: GPL-3.0-or-later
// wirestage messages: a line per message, one arrow of the diagram.
#include "app/command/json_line.h"
#include "app/command/print.h"

#include "core/knowledge/knowledge.h"
#include "core/protocols/protocol_names.h"

#include <fmt/core.h>

namespace wirestage {
namespace {

std::string nameOf(const Capture& capture, HostId host, const char* otherwise) {
    return host == none ? otherwise : capture.host(host).name;
}

void printNotes(JsonLine& json, const Notes& notes) {
    json.open('[');
    for (unsigned i = 0; i < static_cast<unsigned>(Note::count); ++i)
        if (notes.has(static_cast<Note>(i)))
            json.text(name(static_cast<Note>(i)));
    json.close(']');
}

/// Packets and exchange as `packets` and `exchanges` number them: of a lesson, those that its vantage point
/// saw.
struct Seen {
    std::vector<PacketIndex> packets;
    ExchangeId exchange = none;
};

Seen seenOf(const Source& source, const Message& message) {
    if (!source.run)
        return {message.packets, message.exchange};
    Seen seen;
    for (const PacketIndex packet : message.packets)
        if (const PacketIndex there = source.run->truths[packet].inView; there != none) {
            seen.packets.push_back(there);
            seen.exchange = source.capture->exchangeOf(there);
        }
    return seen;
}

void printJson(const Capture& capture, const Message& message, const Seen& seen) {
    JsonLine json;
    json.open('{').key("number").number(message.number).key("level").text(name(message.ref.level));
    json.key("carried_by").open('[');
    for (const auto number : message.carriedBy)
        json.number(number);
    json.close(']').key("packets").open('[');
    for (const PacketIndex packet : seen.packets)
        json.number(packet + 1);
    json.close(']').key("exchange");
    if (seen.exchange == none)
        json.null();
    else
        json.number(seen.exchange + 1);
    json.key("time").seconds(message.time - capture.start()).key("epoch").seconds(message.time);
    for (const auto& [key, moment] :
         {std::pair("sent", message.sent), std::pair("received", message.received)}) {
        json.key(key);
        if (moment)
            json.seconds(*moment - capture.start());
        else
            json.null();
    }
    json.key("lost");
    if (message.lost)
        json.truth(*message.lost);
    else
        json.null();
    json.key("from")
        .text(nameOf(capture, message.from, "?"))
        .key("to")
        .text(nameOf(capture, message.to, "*"));
    json.key("protocol").text(name(kind(message.kind).protocol)).key("kind").text(kind(message.kind).name);
    json.key("label").text(english(message.label)).key("summary").text(english(message.summary)).key("notes");
    printNotes(json, message.notes);
    json.key("readable").text(name(message.readable)).key("secrets").open('[');
    for (const Secret& secret : message.secrets)
        json.text(secret.value);
    json.close(']').key("explained").truth(Knowledge::builtIn().explained(message.kind)).close('}');
    fmt::print("{}\n", json.line());
}

void printText(const Capture& capture, const Message& message, const Seen&) {
    fmt::print("{:>6} {:>14} {} → {}  {}{}{}{}\n", message.number,
               secondsAsText(message.time - capture.start()), nameOf(capture, message.from, "?"),
               nameOf(capture, message.to, "*"), english(message.label), message.summary.empty() ? "" : ": ",
               english(message.summary), message.lost.value_or(false) ? "  [lost]" : "");
}

} // namespace

void printMessages(const Source& source, bool json) {
    if (source.nothing)
        return;
    const Capture& capture = source.run ? *source.run->whole : *source.capture;
    const MessageList list =
        capture.messages(source.run ? std::vector<ExchangeId>() : source.exchanges, source.level);
    for (std::uint64_t row = 0; row < list.size(); ++row) {
        const MessageRef ref = list.at(row);
        const Message message = source.run ? source.run->message(ref) : capture.message(ref);
        const Seen seen = seenOf(source, message);
        const bool wanted =
            source.exchanges.empty() || !source.run || (seen.exchange != none && source.wants(seen.exchange));
        if (wanted && message.number >= source.firstNumber && message.number <= source.lastNumber)
            (json ? printJson : printText)(capture, message, seen);
    }
}

} // namespace wirestage
