// SPDX-License-Identifier: GPL-3.0-or-later
// Which messages of a capture a pattern looks at.
#include "core/lesson/pattern.h"

#include <algorithm>
#include <set>

namespace wirestage::lesson {

constexpr std::size_t mostLookedAt =
    16'000; ///< the matcher weighs those of the pattern's kinds, a fourth at most

std::vector<PatternMessage> patternMessages(const Capture& capture, const Pattern& pattern,
                                            const std::vector<ExchangeId>& of) {
    std::set<Level> levels;
    for (const Kind& one : allKinds())
        for (const PatternStep& step : pattern.steps)
            for (const std::string& kind : step.kinds)
                if (one.name.starts_with(kind) &&
                    (one.name.size() == kind.size() || one.name[kind.size()] == '.'))
                    levels.insert(one.level);
    std::vector<PatternMessage> messages;
    for (const Level level : levels) {
        const MessageList list = capture.messages(of, level);
        for (std::uint64_t row = 0; row < list.size() && messages.size() < mostLookedAt; ++row) {
            const Message message = capture.message(list.at(row));
            const auto nameOf = [&](HostId host) { return host == none ? "*" : capture.host(host).name; };
            messages.push_back({message.ref, message.kind, nameOf(message.from), nameOf(message.to),
                                message.time, message.notes.isRepetition()});
        }
    }
    std::stable_sort(messages.begin(), messages.end(), [](const PatternMessage& a, const PatternMessage& b) {
        return a.ref.packet != b.ref.packet ? a.ref.packet < b.ref.packet : a.ref.level < b.ref.level;
    });
    return messages;
}

} // namespace wirestage::lesson
