// SPDX-License-Identifier: GPL-3.0-or-later
// What is typed into the search box: `protocol:dns outcome:refused host:10.0.0.1` and plain words. All of
// them must hold; a minus before a part turns it round; quotes keep words together.
#pragma once

#include "app/exchanges/exchange_source.h"

#include <QString>
#include <QStringList>

#include <set>
#include <string>
#include <vector>

namespace wirestage {

struct QueryPart {
    enum class What : std::uint8_t { Protocol, Outcome, Host, Words } what = What::Words;
    QString value; ///< lower case
    bool turned = false;
    bool operator==(const QueryPart&) const = default;
};

struct ExchangeQuery {
    std::vector<QueryPart> parts;
    /// In words, what cannot be understood: "outcome:gone: there is no such outcome ...". Empty if all is
    /// well.
    QString problem;

    [[nodiscard]] bool empty() const { return parts.empty(); }
    bool operator==(const ExchangeQuery&) const = default;
};

ExchangeQuery parseQuery(const QString& typed);

/// Checks exchanges against a query; keeps what it learned about hosts, so use one for many exchanges.
class QueryMatcher {
public:
    QueryMatcher(const ExchangeQuery& by, const ExchangeSource& of) : query(by), source(of) {}
    [[nodiscard]] bool matches(ExchangeId id);

private:
    [[nodiscard]] bool holds(const QueryPart& part, ExchangeId id, const ExchangeRow& row);
    [[nodiscard]] bool isHost(HostId host, std::size_t part);
    [[nodiscard]] bool hostHolds(const QueryPart& part, HostId host);

    const ExchangeQuery& query;
    const ExchangeSource& source;
    std::vector<std::uint8_t> known; ///< by host and part: 0 not asked, 1 no, 2 yes
};

/// The title a protocol goes by: "DNS" for dns.
QString protocolTitle(ProtocolId protocol);

} // namespace wirestage
