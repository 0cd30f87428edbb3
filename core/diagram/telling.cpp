// SPDX-License-Identifier: GPL-3.0-or-later
// Rows as words.
#include "core/diagram/telling.h"

#include <fmt/format.h>

#include <algorithm>

namespace wirestage::diagram {

std::string seconds(const DiagramSource& source, Time time) {
    return fmt::format("{:.6f} s", static_cast<double>(time - source.start()) / 1e9);
}

void tell(const Excerpt& excerpt, const WriterOptions& options,
          const std::function<void(const ToldRow&)>& row) {
    const Sequence& sequence = *excerpt.sequence;
    const DiagramSource& source = sequence.source();
    const auto& hosts = source.participants();
    std::unordered_map<HostId, std::size_t> lanes;
    for (std::size_t lane = 0; lane < hosts.size(); ++lane)
        lanes.emplace(hosts[lane].host, lane);
    const auto laneOf = [&](HostId host) {
        const auto found = lanes.find(host);
        return found == lanes.end() ? Layout::noLane : found->second;
    };
    for (std::uint64_t number = 0; number < sequence.items(); ++number) {
        ToldRow told;
        told.item = sequence.item(number);
        const Message message = source.message(told.item.first);
        told.kind = message.kind;
        const Way way = (message.to == none ? std::nullopt : source.way(told.item.first))
                            .value_or(Way{message.from, message.to});
        told.from = laneOf(way.from);
        told.to = way.to == none ? Layout::noLane : laneOf(way.to);
        told.time = seconds(source, told.item.facts.time);
        if (const Fold* fold = told.item.fold ? sequence.foldOf(told.item.first) : nullptr) {
            told.label = options.words(foldText(*fold, told.item.facts));
        } else {
            told.label = options.words(message.label);
            told.summary = options.words(message.summary);
            for (unsigned n = 0; n < static_cast<unsigned>(Note::count); ++n)
                if (message.notes.has(static_cast<Note>(n)))
                    told.notes +=
                        (told.notes.empty() ? "" : ", ") + options.words(title(static_cast<Note>(n)));
            const auto laid = source.laid(told.item.first);
            if (laid && !laid->captured)
                told.time.clear(); // nobody can know when it would have come
            if (laid)
                told.notes += (told.notes.empty() ? "" : ", ") + options.words(title(laid->status));
            if (way.stopped)
                told.notes +=
                    (told.notes.empty() ? "" : ", ") + options.words(WS_TR("diagram", "it goes no further"));
            told.lost = way.stopped || message.lost.value_or(false);
            told.again = message.notes.isRepetition();
        }
        row(told);
    }
}

} // namespace wirestage::diagram
