// SPDX-License-Identifier: GPL-3.0-or-later
// What one asks of a run: a message with its truth, what is said about it, what differs from another run.
#include "core/lesson/lesson_run.h"

#include "core/lesson/fault.h"
#include "core/lesson/run_numbers.h"

#include <algorithm>

namespace wirestage::lesson {
namespace {

using simulation::NodeId;

/// More says more: a longer kind, both ends, one occurrence, a condition.
unsigned particularity(const MessageSelector& selector) {
    const auto depth = static_cast<unsigned>(std::count(selector.kind.begin(), selector.kind.end(), '.'));
    return (selector.kind.empty() ? 0 : depth + 1) + (selector.nth ? 40 : 0) + (selector.lost ? 20 : 0) +
           (selector.note.empty() ? 0 : 20) + (selector.from.empty() ? 0 : 5) + (selector.to.empty() ? 0 : 5);
}

bool hasNote(const Message& message, const std::string& word) {
    for (unsigned i = 0; i < static_cast<unsigned>(Note::count); ++i)
        if (name(static_cast<Note>(i)) == word)
            return message.notes.has(static_cast<Note>(i));
    return false;
}

} // namespace

bool LessonRun::NthTable::means(const LessonRun& of, const MessageSelector& selector,
                                std::uint32_t place) const {
    const FrameClassifier::Kinds& frame = frames[place];
    const auto is = [&](NodeId node, const std::string& name) {
        return node < of.run.nodes.size() && of.run.nodes[node].name == name;
    };
    return !frame.kinds.empty() && (selector.kind.empty() || frame.has(selector.kind)) &&
           (selector.from.empty() || is(frame.sender, selector.from)) &&
           (selector.to.empty() || frame.toMany || is(frame.receiver, selector.to));
}

unsigned LessonRun::NthTable::numberOf(const LessonRun& of, const MessageSelector& selector,
                                       std::uint32_t last) const {
    if (!means(of, selector, last))
        return 0;
    unsigned number = 1;
    for (std::uint32_t place = 0; place < last; ++place)
        number += means(of, selector, place) ? 1 : 0;
    return number;
}

std::optional<NodeId> LessonRun::nodeOf(HostId host) const {
    if (host < run.nodes.size())
        return host;
    return std::nullopt;
}

Message LessonRun::message(const MessageRef& ref) const {
    Message message = whole->message(ref);
    message.sent.reset();
    message.received.reset();
    bool all = true, lost = false;
    for (const PacketIndex packet : message.packets) {
        const PacketTruth& truth = truths[packet];
        message.sent = message.sent ? std::min(*message.sent, truth.sent) : truth.sent;
        const bool ownWay = ref.level == Level::Link || truth.hopOf != none;
        const std::optional<Time> received = !ownWay ? truth.received
                                             : truth.hearers.empty()
                                                 ? std::nullopt
                                                 : std::optional(truth.hearers.front().time);
        all = all && received;
        lost = lost || (ownWay ? truth.hearers.empty() && truth.lost : truth.lost);
        if (received)
            message.received = std::max(message.received.value_or(*received), *received);
    }
    if (!all)
        message.received.reset();
    message.lost = lost;
    const PacketTruth& truth = truths[ref.packet];
    if (ref.level == Level::Link || truth.hopOf != none) { // from one interface to the next one
        message.from = run.frames[truth.frame].from;
        if (message.to != none && !truth.hearers.empty())
            message.to = truth.hearers.front().node;
    }
    return message;
}

bool LessonRun::matches(const MessageSelector& selector, const Message& message) const {
    const auto is = [&](const std::string& wanted, HostId host) {
        if (wanted.empty())
            return true;
        if (wanted == "*")
            return host == none;
        return host < run.nodes.size() && run.nodes[host].name == wanted;
    };
    return (selector.kind.empty() || isKind(message.kind, selector.kind)) &&
           is(selector.from, message.from) && is(selector.to, message.to);
}

const Narration* LessonRun::narrationFor(const Message& message) const {
    const Narration* best = nullptr;
    for (const Narration& one : lesson.narration) {
        const MessageSelector& about = one.about;
        if (!matches(about, message) || (!about.note.empty() && !hasNote(message, about.note)) ||
            (about.lost && about.lost != message.lost.value_or(false)) ||
            (about.nth && numbers->numberOf(*this, about, message) != about.nth))
            continue;
        if (!best || particularity(about) > particularity(best->about))
            best = &one;
    }
    return best;
}

std::vector<const Question*> LessonRun::questionsBefore(const Message& message) const {
    std::vector<const Question*> found;
    for (const Question& one : lesson.questions) {
        MessageSelector before = one.before;
        const unsigned nth = before.nth ? before.nth : 1;
        if (matches(before, message) && numbers->numberOf(*this, before, message) == nth)
            found.push_back(&one);
    }
    return found;
}

PacketIndex LessonRun::sameUpTo(const LessonRun& other) const {
    const std::size_t most = std::min(truths.size(), other.truths.size());
    PacketIndex same = 0;
    while (same < most) {
        const auto& mine = run.frames[truths[same].frame];
        const auto& theirs = other.run.frames[other.truths[same].frame];
        if (mine.sent != theirs.sent || mine.from != theirs.from || mine.bytes != theirs.bytes)
            break;
        ++same;
    }
    return same;
}

std::string LessonRun::faultFor(const Message& message, std::string_view what) const {
    Fault fault;
    fault.kind = kind(message.kind).name;
    const auto nameOf = [&](HostId host) { return host < run.nodes.size() ? run.nodes[host].name : ""; };
    fault.from = nameOf(message.from);
    fault.to = nameOf(message.to);
    MessageSelector selector;
    selector.kind = fault.kind;
    selector.from = fault.from;
    selector.to = fault.to;
    if (fault.from.empty() || (fault.to.empty() && message.to != none))
        selector.from = selector.to = fault.from = fault.to = "";
    fault.nth = std::max(1U, numbers->numberOf(*this, selector, message));
    if (message.to == none)
        fault.to.clear();
    const std::string drop = toString(fault);
    return std::string(what) + drop.substr(drop.find(':'));
}

} // namespace wirestage::lesson
