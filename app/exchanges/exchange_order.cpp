// SPDX-License-Identifier: GPL-3.0-or-later
// Selects and sorts exchanges. Each is given one key first (a number, or the rank of its words), so that
// comparing two of them asks the capture nothing.
#include "app/exchanges/exchange_order.h"

#include "app/window/translate.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>

namespace wirestage {
namespace {

using Found = std::function<bool(const std::vector<ExchangeId>&)>;
constexpr std::size_t askEvery = 512;

struct Keyed {
    std::uint64_t key;
    ExchangeId id;
};

/// Negative numbers before positive ones.
std::uint64_t orderly(std::int64_t number) {
    return static_cast<std::uint64_t>(number) ^ std::uint64_t{1} << 63;
}

/// For each host its place when their names are sorted.
std::vector<std::uint32_t> ranksOfHosts(const ExchangeSource& source) {
    std::vector<QString> names(source.hostCount());
    for (HostId host = 0; host < names.size(); ++host)
        names[host] = fromUtf8(source.host(host).name).toLower();
    std::vector<std::uint32_t> order(names.size()), ranks(names.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return names[a] < names[b]; });
    for (std::uint32_t rank = 0; rank < order.size(); ++rank)
        ranks[order[rank]] = rank;
    return ranks;
}

std::uint32_t rankOf(const std::vector<std::uint32_t>& ranks, HostId host) {
    return host < ranks.size() ? ranks[host] : none;
}

std::uint64_t keyOf(const ExchangeRow& row, ExchangeColumn column, const std::vector<std::uint32_t>& hosts) {
    switch (column) {
    case ExchangeColumn::Protocol: return static_cast<std::uint64_t>(row.protocol);
    case ExchangeColumn::Who:
        return std::uint64_t{rankOf(hosts, row.originator)} << 32 | rankOf(hosts, row.responder);
    case ExchangeColumn::Start: return orderly(row.time);
    case ExchangeColumn::Duration: return orderly(row.duration);
    case ExchangeColumn::Packets: return row.packets;
    case ExchangeColumn::Size: return row.bytes;
    case ExchangeColumn::Outcome: return static_cast<std::uint64_t>(row.outcome);
    default: return row.id;
    }
}

/// Sentences have no key shorter than themselves.
bool sortBySentence(const ExchangeSource& source, std::vector<ExchangeId>& ids, bool descending,
                    const Found& found) {
    std::vector<std::pair<std::string, ExchangeId>> keyed;
    keyed.reserve(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (i % askEvery == 0 && !found({}))
            return false;
        keyed.emplace_back(tr(source.sentence(ids[i])).toLower().toStdString(), ids[i]);
    }
    std::stable_sort(keyed.begin(), keyed.end(), [&](const auto& a, const auto& b) {
        return descending ? b.first < a.first : a.first < b.first;
    });
    std::transform(keyed.begin(), keyed.end(), ids.begin(), [](const auto& one) { return one.second; });
    return true;
}

bool sortByKey(const ExchangeSource& source, std::vector<ExchangeId>& ids, ExchangeColumn column,
               bool descending, const Found& found) {
    const auto hosts = column == ExchangeColumn::Who ? ranksOfHosts(source) : std::vector<std::uint32_t>{};
    std::vector<Keyed> keyed(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (i % askEvery == 0 && !found({}))
            return false;
        keyed[i] = {keyOf(source.row(ids[i]), column, hosts), ids[i]};
    }
    std::stable_sort(keyed.begin(), keyed.end(), [&](const Keyed& a, const Keyed& b) {
        return descending ? b.key < a.key : a.key < b.key;
    });
    std::transform(keyed.begin(), keyed.end(), ids.begin(), [](const Keyed& one) { return one.id; });
    return true;
}

} // namespace

std::vector<ExchangeId> arrange(const ExchangeSource& source, const ExchangeArrangement& by, ExchangeId end,
                                const Found& found) {
    std::vector<ExchangeId> ids;
    QueryMatcher matcher(by.query, source);
    const std::size_t most = by.within ? by.within->size() : end;
    for (std::size_t i = 0; i < most; ++i) {
        if (i % askEvery == askEvery - 1 && !found(ids))
            return {};
        const ExchangeId id = by.within ? (*by.within)[i] : static_cast<ExchangeId>(i);
        if (id < end && (by.query.empty() || matcher.matches(id)))
            ids.push_back(id);
    }
    if (by.column == ExchangeColumn::Number) {
        if (by.descending)
            std::reverse(ids.begin(), ids.end());
        return ids;
    }
    const bool sorted = by.column == ExchangeColumn::Sentence
                            ? sortBySentence(source, ids, by.descending, found)
                            : sortByKey(source, ids, by.column, by.descending, found);
    return sorted ? ids : std::vector<ExchangeId>{};
}

QString whoText(const ExchangeSource& source, const ExchangeRow& row) {
    const QString from =
        row.originator == none ? QStringLiteral("?") : fromUtf8(source.host(row.originator).name);
    if (row.responder == none)
        return QCoreApplication::translate("wirestage::ExchangeTable", "%1 → everybody").arg(from);
    return QStringLiteral("%1 ↔ %2").arg(from, fromUtf8(source.host(row.responder).name));
}

} // namespace wirestage
