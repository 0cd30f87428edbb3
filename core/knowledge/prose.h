// SPDX-License-Identifier: GPL-3.0-or-later
// Prose with places for a message's own values. A translator gets the sentences with the places in them:
//
//     {ip.src}             the first value of that field in the packet        {dns.a+}   all its values
//     {ip.src#2}           its second value, as in the packet that an ICMP error quotes
//     {dns.qry.type:words} the field's meaning; also :seconds, :milliseconds and :bytes, for a number as an
//     amount {tcp.len|some}       words that stand in where the packet has no such field {from} {to} {label}
//     the participants and the message's label; {value} {meaning} of the field explained
//     [[tcp.flags.syn=1? It opens the connection. || It does not.]]    a piece that depends on a value
//
// A condition is `name`, `!name`, `name=value`, `name!=value`, `name>number` or `name<number`; `&` joins
// several. Pieces do not nest. A sentence (or a piece) with a place that the packet cannot fill is left out:
// nothing is shown with a hole.
#pragma once

#include "core/protocols/description.h"
#include "core/text/text.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirestage {

/// Turns a Text into words of the viewer's language; `english` where there is no translation.
using Translate = std::function<std::string(const Text&)>;

/// Where the places of a piece of prose are filled from. All may be absent.
struct ProseValues {
    const Description* packet = nullptr;
    const Field* field = nullptr;
    std::string_view from, to, label; ///< `to` empty or "*": everybody who listens
};

std::string renderProse(std::string_view prose, const ProseValues& values,
                        const Translate& translate = english);

/// The field names that a piece of prose mentions, in places and conditions. Gives nothing where the prose is
/// not well formed (a bracket that does not close, a condition without "?").
std::optional<std::vector<std::string>> namesInProse(std::string_view prose);

} // namespace wirestage
