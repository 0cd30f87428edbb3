// SPDX-License-Identifier: GPL-3.0-or-later
// Why a required step is not there: because something else came in its place, because nobody answered,
// because the capture begins later or ends before, or because who was to go on did not.
#include "core/overlay/telling.h"

#include "core/protocols/protocol_names.h"

#include <algorithm>

namespace wirestage::overlay {

using lesson::PatternMessage;
using lesson::PatternStep;
using lesson::StepResult;
using lesson::StepStatus;

namespace {

constexpr std::uint64_t mostLookedAt = 2000; ///< messages between two steps
constexpr Time tooShortToTell = 1'000'000'000;

struct Neighbour {
    const PatternMessage* message = nullptr; ///< the one next to the place
    const PatternMessage* first = nullptr;   ///< of those that it repeats
    std::size_t times = 0;                   ///< it came, one after the other
};

Neighbour before(const Reading& reading, std::size_t place) {
    Neighbour found;
    std::size_t step = StepResult::npos;
    while (place-- > 0) {
        const StepResult& one = reading.result.steps[place];
        if (one.status != StepStatus::Matched && one.status != StepStatus::Repeated)
            continue;
        if (found.message && one.step != step)
            break;
        if (!found.message) {
            found.message = &reading.messages[one.message];
            step = one.step;
        }
        found.first = &reading.messages[one.message];
        ++found.times;
    }
    return found;
}

Neighbour behind(const Reading& reading, std::size_t place) {
    for (++place; place < reading.result.steps.size(); ++place)
        if (reading.result.steps[place].status == StepStatus::Matched)
            return {&reading.messages[reading.result.steps[place].message], nullptr, 1};
    return {};
}

/// Errors are answers whoever sends them: a router tells that a host cannot be reached.
bool isError(KindId id) {
    return id == KindId::tcp_rst || isKind(id, "icmp.unreachable") || isKind(id, "icmp.time_exceeded") ||
           isKind(id, "icmpv6.unreachable") || isKind(id, "icmpv6.time_exceeded");
}

/// What came where the step was expected: of the same protocol, from whoever should have sent it, or an
/// error.
std::optional<Message> instead(const Reading& reading, const Capture& capture, std::size_t place,
                               const PatternMessage* from, const PatternMessage* to) {
    const PatternStep& step = reading.pattern.steps[reading.result.steps[place].step];
    const auto role = reading.result.roles.find(step.from);
    const bool inConnection = step.kinds.front().starts_with("tcp."); // what another one says is no answer
    const MessageList list = capture.messages(reading.exchanges);
    std::uint64_t row = from ? list.rowAtOrAfter(from->ref.packet) : 0;
    for (const std::uint64_t last = std::min(list.size(), row + mostLookedAt); row < last; ++row) {
        const Message message = capture.message(list.at(row));
        if (to && message.ref.packet >= to->ref.packet)
            break;
        if (from && message.ref.packet <= from->ref.packet)
            continue;
        if (from && inConnection &&
            capture.exchangeOf(message.ref.packet) != capture.exchangeOf(from->ref.packet))
            continue;
        const bool used =
            std::any_of(reading.result.steps.begin(), reading.result.steps.end(), [&](const StepResult& one) {
                return one.message != StepResult::npos && one.status != StepStatus::Unexpected &&
                       reading.messages[one.message].ref == message.ref;
            });
        const std::string sender = message.from == none ? "" : capture.host(message.from).name;
        const bool asked = role != reading.result.roles.end()
                               ? sender == role->second
                               : !step.from.empty() && from && sender != from->from;
        const bool sameProtocol =
            step.kinds.front().starts_with(std::string(name(kind(message.kind).protocol)) + ".");
        if (from && message.kind == from->kind)
            continue; // the question once more is no answer to it
        if (!used && (isError(message.kind) || (asked && sameProtocol && message.kind != KindId::tcp_ack &&
                                                message.kind != KindId::tcp_data)))
            return message;
    }
    return std::nullopt;
}

/// A message of the right kind in the right place, but between others than the step is for.
const PatternMessage* betweenOthers(const Reading& reading, std::size_t place) {
    const PatternStep& step = reading.pattern.steps[reading.result.steps[place].step];
    const auto look = [&](std::size_t at) -> const PatternMessage* {
        const StepResult& one = reading.result.steps[at];
        if (one.status != StepStatus::Unexpected)
            return nullptr;
        const PatternMessage& message = reading.messages[one.message];
        const bool fits = std::any_of(step.kinds.begin(), step.kinds.end(),
                                      [&](const std::string& kind) { return isKind(message.kind, kind); });
        return fits ? &message : nullptr;
    };
    for (std::size_t at = place; at-- > 0 && reading.result.steps[at].status != StepStatus::Matched;)
        if (const PatternMessage* found = look(at))
            return found;
    for (std::size_t at = place + 1;
         at < reading.result.steps.size() && reading.result.steps[at].status != StepStatus::Matched; ++at)
        if (const PatternMessage* found = look(at))
            return found;
    return nullptr;
}

/// The participant, or "everybody".
Text nameOf(const std::string& participant) {
    return participant == "*" ? WS_TR("overlay", "everybody") : Text::verbatim(participant);
}

/// Behind the last message that was found. Who asked waits for an answer; who was asked, for what comes next.
Text nothingAfter(const Reading& reading, const Capture& capture, const PatternStep& step,
                  const Neighbour& previous) {
    const Time end = capture.timeOf(capture.packetCount() - 1);
    const Time waited = std::max<Time>(0, end - previous.first->time);
    const Text before = titleOf(previous.message->kind);
    if (waited < tooShortToTell)
        return WS_TR("overlay", "no %1 came: the capture ends %2 after the %3")
            .with(titleOf(step))
            .with(durationInWords(waited))
            .with(before);
    const ExchangeRow exchange = capture.row(capture.exchangeOf(previous.message->ref.packet));
    const auto isSender = [&](HostId host) {
        return host != none && capture.host(host).name == previous.message->from;
    };
    const auto role = reading.result.roles.find(step.from);
    // A relay asks in another's name.
    const bool handedOn = !isSender(exchange.responder) && role != reading.result.roles.end() &&
                          role->second == previous.message->to;
    const bool asked = (isSender(exchange.originator) || handedOn) && !isError(previous.message->kind);
    const bool sameSender = role != reading.result.roles.end() && role->second == previous.message->from;
    if (!asked || sameSender)
        return WS_TR("overlay", "no %1 came within %2 after the %3: %4 did not go on")
            .with(titleOf(step))
            .with(durationInWords(waited))
            .with(before)
            .with(playing(reading, step.from, step.to));
    if (previous.times > 1)
        return WS_TR("overlay", "no %1 came within %2: nobody answered the %3, though it was sent %4 times")
            .with(titleOf(step))
            .with(durationInWords(waited))
            .with(before)
            .with(previous.times);
    return WS_TR("overlay", "no %1 came within %2: nobody answered the %3")
        .with(titleOf(step))
        .with(durationInWords(waited))
        .with(before);
}

} // namespace

Text whyMissing(const Reading& reading, const Capture& capture, std::size_t place) {
    const StepResult& own = reading.result.steps[place];
    const PatternStep& step = reading.pattern.steps[own.step];
    const std::string from = playing(reading, step.from, step.to), to = playing(reading, step.to, step.from);
    if (const PatternMessage* other = betweenOthers(reading, place);
        other && other->from != other->to && (other->from != from || other->to != to))
        return WS_TR("overlay", "the %1 of packet %2 goes from %3 to %4, where it is expected from %5 to %6")
            .with(titleOf(other->kind))
            .with(other->ref.packet + 1)
            .with(nameOf(other->from))
            .with(nameOf(other->to))
            .with(nameOf(from))
            .with(nameOf(to));
    std::size_t last = place; // the step before that had to come
    while (last > 0 && reading.result.steps[--last].status == StepStatus::Optional) {
    }
    if (last < place && reading.result.steps[last].status == StepStatus::Missing)
        return WS_TR("overlay", "no %1 either: it goes with the step before").with(titleOf(step));
    const Neighbour previous = before(reading, place), next = behind(reading, place);
    if (const auto other = instead(reading, capture, place, previous.message, next.message))
        return WS_TR("overlay", "no %1 came: instead %2 sent “%3” (packet %4)")
            .with(titleOf(step))
            .with(other->from == none ? "?" : capture.host(other->from).name)
            .with(other->label)
            .with(other->ref.packet + 1);
    if (!previous.message && next.message)
        return WS_TR(
                   "overlay",
                   "there is no %1 before the %2 of packet %3: it was not sent, or the capture begins later")
            .with(titleOf(step))
            .with(titleOf(next.message->kind))
            .with(next.message->ref.packet + 1);
    if (!previous.message)
        return WS_TR("overlay", "there is no %1").with(titleOf(step));
    if (next.message)
        return WS_TR("overlay", "there is no %1 between the %2 of packet %3 and the %4 of packet %5")
            .with(titleOf(step))
            .with(titleOf(previous.message->kind))
            .with(previous.message->ref.packet + 1)
            .with(titleOf(next.message->kind))
            .with(next.message->ref.packet + 1);
    return nothingAfter(reading, capture, step, previous);
}

} // namespace wirestage::overlay
