// SPDX-License-Identifier: GPL-3.0-or-later
// Looks through the exchanges on the stage and what they contain for connections that carry data.
#include "app/charts/charted.h"

#include <algorithm>

namespace wirestage {
namespace {

constexpr std::size_t mostExchanges = 40;
/// A session's data connections follow it closely.
constexpr ExchangeId childrenWithin = 2000;

/// The exchanges with their children, in order.
std::vector<ExchangeId> withChildren(const Capture& capture, std::vector<ExchangeId> of) {
    const ExchangeId count = capture.exchangeCount();
    if (of.empty())
        for (ExchangeId id = 0; id < std::min<ExchangeId>(count, mostExchanges + 1); ++id)
            of.push_back(id);
    std::vector<ExchangeId> all = of;
    for (const ExchangeId parent : of)
        for (ExchangeId id = parent + 1;
             id < std::min<std::uint64_t>(count, std::uint64_t{parent} + childrenWithin); ++id)
            if (all.size() <= mostExchanges && capture.row(id).parent == parent)
                all.push_back(id);
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

} // namespace

Charted chartedOf(const Capture& capture, std::vector<ExchangeId> of) {
    Charted made;
    std::vector<ExchangeId> all = withChildren(capture, std::move(of));
    made.tooMany = all.size() > mostExchanges;
    if (made.tooMany)
        all.resize(mostExchanges);
    for (const ExchangeId id : all) {
        series::ConnectionSeries connection = series::tcpSeries(capture, id);
        made.anyTcp = made.anyTcp || connection.segments > 0;
        const ExchangeRow row = capture.row(id);
        for (const bool back : {false, true}) {
            series::TcpSeries& one = connection.directions[back ? 1 : 0];
            if (one.empty())
                continue;
            const HostId from = back ? row.responder : row.originator,
                         to = back ? row.originator : row.responder;
            ChartedDirection direction;
            direction.exchange = id;
            direction.title = capture.exchange(id).title;
            direction.from = from == none ? "" : capture.host(from).name;
            direction.to = to == none ? "" : capture.host(to).name;
            direction.sender = from;
            direction.receiver = to;
            direction.series = std::move(one);
            direction.start = connection.start;
            direction.seconds = connection.seconds;
            made.directions.push_back(std::move(direction));
        }
    }
    return made;
}

} // namespace wirestage
