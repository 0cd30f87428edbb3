// SPDX-License-Identifier: GPL-3.0-or-later
// Finding folds, choosing a scale for time, and joining the closed column with the folds that were opened.
#include "core/diagram/sequence.h"

#include <algorithm>
#include <bitset>

namespace wirestage::diagram {

namespace {

constexpr Row shortestFold = 5;
constexpr std::uint64_t askEvery = 65536;
/// What the usual time between two messages becomes, and from how many units on time is left out instead.
constexpr double usualUnits = 140, mostUnits = 420;
constexpr Row samples = 4096;

/// What a run of messages is one of; None: such a message is always there to be seen.
enum class Run : std::uint8_t { None, Segments, Datagrams, KeepAlives };

Run runOf(const RowFacts& facts) {
    if (facts.lost)
        return Run::None;
    if (facts.notes.any())
        return facts.keepsAlive() ? Run::KeepAlives : Run::None;
    switch (facts.kind) {
    case KindId::tcp_data:
    case KindId::tcp_ack: return Run::Segments;
    case KindId::udp_datagram: return Run::Datagrams;
    default: return Run::None;
    }
}

} // namespace

Sequence::Sequence(std::shared_ptr<const DiagramSource> from, const SequenceOptions& options,
                   const std::function<bool()>& keepGoing)
    : of(std::move(from)), chosen(options) {
    const Row size = of->size();
    chosen.first = std::min(chosen.first, size);
    chosen.last = size == 0 ? 0 : std::min(chosen.last, size - 1);
    std::vector<Fold> folds;
    findFolds(folds, keepGoing);
    if (chosen.trueTime)
        scale = scaleOf();
    const Row end = size == 0 ? 0 : chosen.last + 1;
    strip.build(*of, chosen.first, end, std::move(folds), scale, whole ? keepGoing : std::function<bool()>());
    whole = whole && strip.rows() == end - chosen.first;
}

void Sequence::findFolds(std::vector<Fold>& folds, const std::function<bool()>& keepGoing) {
    const bool mayFold = chosen.folds && of->foldable();
    std::bitset<static_cast<std::size_t>(KindId::count)> seen;
    const auto& phases = of->phases();
    std::size_t phase = 0;
    Row begin = noRow;
    Run runBefore = Run::None;
    ExchangeId exchange = none;
    // The first of a run stays to be seen: it says what the rest goes on with.
    const auto close = [&](Row end) {
        if (mayFold && begin != noRow && end - begin > shortestFold) {
            Fold fold{begin + 1, end - 1, std::uint64_t{0}};
            for (Row row = begin + 1; row < end && fold.bytes; ++row) {
                const std::uint32_t bytes = of->bytes(row);
                fold.bytes = bytes > 0 ? std::optional(*fold.bytes + bytes) : std::nullopt;
            }
            folds.push_back(fold);
        }
        begin = noRow;
    };
    Row row = chosen.first;
    for (; of->size() > 0 && row <= chosen.last; ++row) {
        if (row % askEvery == askEvery - 1 && keepGoing && !keepGoing()) {
            chosen.last = row;
            whole = false;
        }
        const RowFacts facts = of->facts(row);
        seen.set(static_cast<std::size_t>(facts.kind));
        while (phase < phases.size() && phases[phase].last < row)
            ++phase;
        const bool edge = (phase < phases.size() && phases[phase].first == row) ||
                          (phase > 0 && phases[phase - 1].last + 1 == row);
        const Run run = runOf(facts);
        if (begin != noRow && (edge || run != runBefore || facts.exchange != exchange))
            close(row);
        if (begin == noRow && run != Run::None)
            begin = row;
        runBefore = run;
        exchange = facts.exchange;
    }
    close(row);
    for (std::size_t kind = 0; kind < seen.size(); ++kind)
        if (seen.test(kind))
            occurring.push_back(static_cast<KindId>(kind));
}

/// The usual time between messages gets a comfortable height: a sample spread over all of them decides.
TimeScale Sequence::scaleOf() const {
    std::vector<Time> passed;
    const Row count = chosen.last - chosen.first;
    const Row every = std::max<Row>(1, count / samples);
    for (Row row = chosen.first + 1; row <= chosen.last && of->size() > 0; row += every)
        if (const Time t = of->facts(row).time - of->facts(row - 1).time; t > 0)
            passed.push_back(t);
    if (passed.empty())
        return {};
    const auto usual = passed.begin() + static_cast<std::ptrdiff_t>(passed.size() * 6 / 10);
    std::nth_element(passed.begin(), usual, passed.end());
    const double perNanosecond = usualUnits / static_cast<double>(*usual);
    return {perNanosecond, static_cast<Time>(mostUnits / perNanosecond)};
}

std::uint64_t Sequence::items() const {
    std::uint64_t number = strip.items();
    for (const auto& [row, open] : opened)
        number += open.inner.items();
    return number;
}

double Sequence::height() const {
    double sum = strip.counts().height(rowSizes);
    for (const auto& [row, open] : opened)
        sum += open.inner.counts().height(rowSizes);
    return sum;
}

Item Sequence::item(std::uint64_t number) const {
    double added = 0;
    for (const auto& [row, open] : opened) {
        if (number <= open.item)
            break;
        if (number <= open.item + open.inner.items()) {
            const Item own = strip.item(*of, open.item, rowSizes);
            Item found = open.inner.item(*of, number - open.item - 1, rowSizes);
            found.y += own.y + own.height + added;
            found.inside = true;
            return found;
        }
        number -= open.inner.items();
        added += open.inner.counts().height(rowSizes);
    }
    Item found = strip.item(*of, number, rowSizes);
    found.y += added;
    found.open = found.fold && opened.count(found.first) > 0;
    return found;
}

std::uint64_t Sequence::itemAt(double y) const {
    if (strip.items() == 0)
        return 0;
    std::uint64_t added = 0;
    for (const auto& [row, open] : opened) {
        const Item own = strip.item(*of, open.item, rowSizes);
        const double top = own.y + own.height, height = open.inner.counts().height(rowSizes);
        if (y < top)
            break;
        if (y < top + height)
            return added + open.item + 1 + open.inner.itemAt(*of, y - top, rowSizes);
        y -= height;
        added += open.inner.items();
    }
    return added + strip.itemAt(*of, std::max(0.0, y), rowSizes);
}

std::uint64_t Sequence::itemOf(Row row) const {
    if (strip.items() == 0)
        return 0;
    row = std::clamp(row, chosen.first, endRow() - 1);
    std::uint64_t number = strip.itemOf(row);
    std::uint64_t added = 0;
    for (const auto& [first, open] : opened) {
        if (first > row)
            break;
        if (open.item == number)
            return added + number + 1 + open.inner.itemOf(row);
        added += open.inner.items();
    }
    return added + number;
}

const Fold* Sequence::foldOf(Row row) const {
    const std::size_t found = strip.foldOf(row);
    return found < strip.allFolds().size() ? &strip.allFolds()[found] : nullptr;
}

bool Sequence::isOpen(const Fold& fold) const {
    return opened.count(fold.first) > 0;
}

void Sequence::setOpen(const Fold& fold, bool open) {
    if (!open) {
        opened.erase(fold.first);
        return;
    }
    const auto [place, isNew] = opened.try_emplace(fold.first);
    if (!isNew)
        return;
    place->second.item = strip.itemOf(fold.first);
    place->second.inner.buildInner(*of, fold, scale);
}

} // namespace wirestage::diagram
