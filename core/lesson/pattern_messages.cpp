// SPDX-License-Identifier: GPL-3.0-or-later
// Which messages of a capture a pattern looks at. Of a long exchange not all can be weighed: what is rare
// (the one FIN behind a million segments) and what has a note (a retransmission) stays, of the many the first
// and the last. The index's columns tell which is which; only what stays is decoded.
#include "core/exchange/segments.h"
#include "core/lesson/pattern.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace wirestage::lesson {
namespace {

constexpr std::size_t mostWeighed = 4000; ///< as many as the matcher takes
constexpr std::uint64_t mostRows =
    2'000'000; ///< of the index that are looked at on one level, from both ends

bool speaksOf(const Pattern& pattern, KindId kind) {
    for (const PatternStep& step : pattern.steps)
        for (const std::string& one : step.kinds)
            if (isKind(kind, one))
                return true;
    return false;
}

struct Row {
    MessageRef ref;
    std::uint32_t like = 0; ///< rows with the same number here are alike
};

/// The rows of a level that may be of a kind that the pattern speaks of. The column has the kind of a
/// packet's highest message; what lies below is of an unknown kind, and so are several messages in one
/// packet.
void addRows(const Capture& capture, const std::vector<bool>& spokenOf, const std::vector<ExchangeId>& of,
             Level level, std::vector<Row>& rows) {
    const MessageList list = capture.messages(of, level);
    for (std::uint64_t row = 0; row < list.size(); ++row) {
        if (row == mostRows / 2 && list.size() > mostRows)
            row = list.size() - mostRows / 2;
        const MessageRef ref = list.at(row);
        const KindId highest = capture.kindOf(ref.packet);
        const bool known = level != Level::Application && kind(highest).level == level;
        if (known && !spokenOf[static_cast<std::size_t>(highest)])
            continue;
        const auto kindNumber = known ? static_cast<std::uint32_t>(highest) + 1 : 0;
        rows.push_back({ref, (kindNumber * 4 + static_cast<std::uint32_t>(level)) * 2 +
                                 (capture.notesOf(ref.packet).any() ? 1 : 0)});
    }
}

/// Every sort of rows gets an equal share, and what rare sorts do not use goes to the others.
void thin(std::vector<Row>& rows) {
    std::map<std::uint32_t, std::size_t> counts;
    for (const Row& row : rows)
        ++counts[row.like];
    std::vector<std::pair<std::size_t, std::uint32_t>> byCount;
    for (const auto& [like, count] : counts)
        byCount.emplace_back(count, like);
    std::sort(byCount.begin(), byCount.end());
    std::size_t left = mostWeighed;
    std::map<std::uint32_t, std::size_t> share;
    for (std::size_t i = 0; i < byCount.size(); ++i) {
        const auto& [count, like] = byCount[i];
        share[like] = std::min(count, left / (byCount.size() - i));
        left -= share[like];
    }
    std::map<std::uint32_t, std::size_t> seen;
    std::erase_if(rows, [&](const Row& row) {
        const std::size_t place = seen[row.like]++, kept = share[row.like];
        return place >= (kept + 1) / 2 && place < counts[row.like] - kept / 2;
    });
}

/// Wireshark's clock says “out of order” of what comes soon behind a gap, also where the same bytes were
/// captured before the gap: then they were sent twice (RFC 9293, section 3.8).
void tellWhatWasSentTwice(const Capture& capture, std::vector<PatternMessage>& messages) {
    std::map<ExchangeId, std::set<PacketIndex>> twice;
    for (PatternMessage& message : messages) {
        if (!message.notes.has(Note::OutOfOrder))
            continue;
        const ExchangeId id = capture.exchangeOf(message.ref.packet);
        const auto [found, fresh] = twice.try_emplace(id);
        std::set<std::tuple<bool, std::uint32_t, std::uint32_t>> sent;
        if (fresh)
            capture.segments(id, [&](const TcpSegment& segment) {
                if (segment.payload > 0 &&
                    !sent.emplace(segment.fromOriginator, segment.sequence, segment.payload).second)
                    found->second.insert(segment.packet);
            });
        if (found->second.contains(message.ref.packet)) {
            message.notes.add(Note::Retransmission);
            message.repeated = true;
        }
    }
}

} // namespace

std::vector<PatternMessage> patternMessages(const Capture& capture, const Pattern& pattern,
                                            const std::vector<ExchangeId>& of, std::uint64_t* leftOut) {
    std::vector<bool> spokenOf;
    std::set<Level> levels;
    for (std::size_t i = 0; i < allKinds().size(); ++i) {
        spokenOf.push_back(speaksOf(pattern, static_cast<KindId>(i)));
        if (spokenOf[i])
            levels.insert(allKinds()[i].level);
    }
    std::vector<Row> rows;
    for (const Level level : levels)
        addRows(capture, spokenOf, of, level, rows);
    if (const std::size_t all = rows.size(); all > mostWeighed) {
        thin(rows);
        if (leftOut)
            *leftOut += all - rows.size();
    }
    std::vector<PatternMessage> messages;
    const auto nameOf = [&](HostId host) { return host == none ? "*" : capture.host(host).name; };
    for (const Row& row : rows) {
        const Message message = capture.message(row.ref);
        if (!spokenOf[static_cast<std::size_t>(message.kind)])
            continue;
        messages.push_back({message.ref, message.kind, nameOf(message.from), nameOf(message.to), message.time,
                            message.notes.isRepetition(), message.notes});
    }
    std::stable_sort(messages.begin(), messages.end(), [](const PatternMessage& a, const PatternMessage& b) {
        return std::pair(a.ref.packet, a.ref.level) < std::pair(b.ref.packet, b.ref.level);
    });
    tellWhatWasSentTwice(capture, messages);
    return messages;
}

} // namespace wirestage::lesson
