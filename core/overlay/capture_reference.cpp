// SPDX-License-Identifier: GPL-3.0-or-later
// A captured exchange as a reference. What a peer may do once or several times over without saying anything
// new becomes optional: retransmissions, duplicate and pure acknowledgements, keep-alives.
#include "core/overlay/bonds.h"
#include "core/overlay/reference.h"

#include <algorithm>
#include <array>

namespace wirestage::overlay {

using lesson::PatternStep;

namespace {

constexpr std::size_t mostSteps = 400; ///< of a longer exchange the beginning is the reference
constexpr std::size_t mostMessages = 4000;

constexpr std::array saidBefore{Note::Retransmission, Note::FastRetransmission, Note::SpuriousRetransmission,
                                Note::DuplicateAck,   Note::KeepAlive,          Note::KeepAliveAck,
                                Note::WindowUpdate,   Note::ZeroWindowProbe,    Note::ZeroWindowProbeAck,
                                Note::Repeated};

bool isRepetition(const Message& message) {
    return std::any_of(saidBefore.begin(), saidBefore.end(),
                       [&](Note note) { return message.notes.has(note); });
}

bool isLike(const PatternStep& one, const PatternStep& other) {
    return one.kinds == other.kinds && one.from == other.from && one.to == other.to;
}

/// Where TCP cuts a stream into segments means nothing (RFC 9293, section 3.7), so neighbouring ones are one
/// step that repeats.
bool goesOn(const PatternStep& before, const PatternStep& step, KindId kind) {
    return kind == KindId::tcp_data && isLike(before, step);
}

/// In the order in which patternMessages looks at them: of one packet the lower level first.
std::vector<Message> messagesOf(const Capture& capture, ExchangeId id) {
    const MessageList list = capture.messages({id});
    std::vector<Message> messages;
    for (std::uint64_t row = 0; row < list.size() && messages.size() < mostMessages; ++row)
        messages.push_back(capture.message(list.at(row)));
    std::stable_sort(messages.begin(), messages.end(), [](const Message& a, const Message& b) {
        return std::pair(a.ref.packet, a.ref.level) < std::pair(b.ref.packet, b.ref.level);
    });
    return messages;
}

} // namespace

Reference referenceOf(const Capture& capture, ExchangeId id, std::string name) {
    Reference reference;
    reference.name = std::move(name);
    const Exchange exchange = capture.exchange(id);
    reference.title = WS_TR("overlay", "%1: %2").with(exchange.title).with(exchange.summary);
    auto& steps = reference.pattern.steps;
    const auto nameOf = [&](HostId host) { return host == none ? "*" : capture.host(host).name; };
    std::vector<Message> ofSteps;
    for (const Message& message : messagesOf(capture, id)) {
        PatternStep step;
        step.kinds = {std::string(kind(message.kind).name)};
        step.from = nameOf(message.from);
        step.to = nameOf(message.to);
        // An acknowledgement alone may be delayed, merged with the next or ride on data (RFC 9293, 3.8.6.3).
        step.optional = message.kind == KindId::tcp_ack || isRepetition(message);
        if (step.from == "*")
            step.from.clear();
        const auto before =
            std::find_if(steps.rbegin(), steps.rend(), [](const PatternStep& one) { return !one.optional; });
        if (before != steps.rend() && !step.optional && goesOn(*before, step, message.kind))
            before->repeat = true;
        else if (step.optional && !steps.empty() && steps.back().optional && isLike(steps.back(), step))
            steps.back().repeat = true;
        else if (steps.size() < mostSteps) {
            steps.push_back(std::move(step));
            reference.times.emplace_back(message.time);
            reference.examples.push_back(message.ref.packet);
            ofSteps.push_back(message);
        }
    }
    sinceTheFirst(reference.times);
    addBonds(reference.pattern, ofSteps, [&](const MessageRef& ref) { return capture.describe(ref.packet); });
    if (std::all_of(steps.begin(), steps.end(), [](const PatternStep& one) { return one.optional; }))
        for (PatternStep& step :
             steps) // nothing but acknowledgements: then they are what there is to compare
            step.optional = false;
    return reference;
}

} // namespace wirestage::overlay
