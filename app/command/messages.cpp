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

void printJson(const Capture& capture, const Message& message) {
    JsonLine json;
    json.open('{').key("number").number(message.number).key("level").text(name(message.ref.level));
    json.key("carried_by").open('[');
    for (const auto number : message.carriedBy)
        json.number(number);
    json.close(']').key("packets").open('[');
    for (const PacketIndex packet : message.packets)
        json.number(packet + 1);
    json.close(']').key("exchange");
    if (message.exchange == none)
        json.null();
    else
        json.number(message.exchange + 1);
    json.key("time").seconds(message.time - capture.start()).key("epoch").seconds(message.time);
    for (const auto& [key, moment] :
         {std::pair("sent", message.sent), std::pair("received", message.received)}) {
        json.key(key);
        if (moment)
            json.seconds(*moment);
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

void printText(const Capture& capture, const Message& message) {
    fmt::print("{:>6} {:>14} {} → {}  {}{}{}\n", message.number,
               secondsAsText(message.time - capture.start()), nameOf(capture, message.from, "?"),
               nameOf(capture, message.to, "*"), english(message.label), message.summary.empty() ? "" : ": ",
               english(message.summary));
}

} // namespace

void printMessages(const Source& source, bool json) {
    if (source.nothing)
        return;
    const Capture& capture = *source.capture;
    const MessageList list = capture.messages(source.exchanges, source.level);
    for (std::uint64_t row = 0; row < list.size(); ++row) {
        const Message message = capture.message(list.at(row));
        if (message.number >= source.firstNumber && message.number <= source.lastNumber)
            (json ? printJson : printText)(capture, message);
    }
}

} // namespace wirestage
