// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ends/both_ends.h"

#include <algorithm>
#include <set>

namespace wirestage {

namespace {

CaptureFile::OpenError givenUp() {
    return {FileProblem::Cancelled, WS_TR("capture", "opening was given up")};
}

} // namespace

std::function<CaptureFile::Opened(const OpenOptions&)>
mergeWork(std::shared_ptr<const Capture> open, std::string other, std::shared_ptr<BothEnds> into) {
    return [open = std::move(open), other = std::move(other),
            into = std::move(into)](const OpenOptions& options) -> CaptureFile::Opened {
        auto opened = CaptureFile::open(other, options);
        if (std::holds_alternative<CaptureFile::OpenError>(opened))
            return opened;
        Capture there(std::move(std::get<CaptureFile>(opened)));
        bool stopped = false;
        std::uint64_t bytes = 0;
        there.index(
            [&](const Progress& now) {
                bytes = now.bytesDone;
                stopped = options.progress && !options.progress(bytes);
                return !stopped;
            },
            overlay::TwoEnds::mostPackets);
        if (stopped)
            return givenUp();
        into->problem = there.problem();
        overlay::MergeOptions how;
        how.progress = [&](std::uint64_t written) {
            return !options.progress || options.progress(bytes + written);
        };
        auto merged = mergeEnds(*open, there, how);
        if (Text* why = std::get_if<Text>(&merged))
            return CaptureFile::OpenError{FileProblem::Unreadable, std::move(*why)};
        auto& ends = std::get<overlay::MergedEnds>(merged);
        into->found = std::move(ends.found);
        into->passages = std::move(ends.passages);
        return std::move(ends.file);
    };
}

std::vector<ExchangeId> exchangesWith(const Capture& merged, const diagram::Passages& passages,
                                      const std::vector<PacketIndex>& packets) {
    const std::set<PacketIndex> wanted(packets.begin(), packets.end());
    std::set<ExchangeId> chosen, crossing;
    ExchangeId first = none;
    const auto count = std::min<std::size_t>(merged.packetCount(), passages.size());
    for (PacketIndex packet = 0; packet < count; ++packet) {
        const overlay::Passage& passage = passages[packet];
        const bool arrived = passage.fate == overlay::Passage::Fate::Arrived && passage.sentSeen;
        const bool asked = passage.inA != none && wanted.count(passage.inA) > 0;
        if (!arrived && !asked)
            continue;
        const ExchangeId exchange = merged.exchangeOf(packet);
        if (exchange == none)
            continue;
        if (asked)
            chosen.insert(exchange);
        if (arrived) {
            first = std::min(first, exchange);
            crossing.insert(exchange);
        }
    }
    std::vector<ExchangeId> found;
    std::set_intersection(chosen.begin(), chosen.end(), crossing.begin(), crossing.end(),
                          std::back_inserter(found));
    if (found.empty() && first != none)
        found.push_back(first);
    return found;
}

} // namespace wirestage
