// SPDX-License-Identifier: GPL-3.0-or-later
// What can be typed into the search box and what it finds.
#include "app/exchanges/exchange_query.h"

#include "tests/app/exchanges/made_up_exchanges.h"

#include <gtest/gtest.h>

namespace wirestage {
namespace {

std::vector<ExchangeId> found(const char* typed, ExchangeId among = 40) {
    const MadeUpExchanges source(among);
    const ExchangeQuery query = parseQuery(QString::fromUtf8(typed));
    QueryMatcher matcher(query, source);
    std::vector<ExchangeId> ids;
    for (ExchangeId id = 0; id < among; ++id)
        if (matcher.matches(id))
            ids.push_back(id);
    return ids;
}

TEST(ExchangeQuery, FindsEverythingWhereNothingIsTyped) {
    EXPECT_EQ(found("   ").size(), 40u);
}

TEST(ExchangeQuery, AllPartsMustHold) {
    EXPECT_EQ(found("protocol:dns outcome:refused"), (std::vector<ExchangeId>{0, 10, 20, 30}));
}

TEST(ExchangeQuery, TakesAnAddressWholeAndANameInPart) {
    EXPECT_EQ(found("host:10.0.0.3"), (std::vector<ExchangeId>{3}));
    EXPECT_EQ(found("host:serv").size(), 40u);
}

TEST(ExchangeQuery, TurnsAPartRoundAfterAMinus) {
    EXPECT_EQ(found("-protocol:tcp -outcome:completed"), (std::vector<ExchangeId>{0, 10, 20, 30}));
}

TEST(ExchangeQuery, FindsTheBeginningOfAProtocolWhileItIsTyped) {
    EXPECT_EQ(found("protocol:d").size(), 20u);
    // A whole name means that protocol alone: ip is not ipv6.
    EXPECT_EQ(parseQuery(QStringLiteral("protocol:ip")).problem, QString());
}

TEST(ExchangeQuery, FindsWordsInTheSentence) {
    EXPECT_EQ(found("needle", 1000), (std::vector<ExchangeId>{777}));
    EXPECT_EQ(found("\"the needle\"", 1000), (std::vector<ExchangeId>{777}));
    EXPECT_TRUE(found("\"needle the\"", 1000).empty());
}

TEST(ExchangeQuery, SaysWhatIsNoOutcomeAndNoProtocol) {
    EXPECT_TRUE(parseQuery(QStringLiteral("outcome:gone")).problem.contains(QStringLiteral("refused")));
    EXPECT_TRUE(parseQuery(QStringLiteral("protocol:smoke")).problem.contains(QStringLiteral("smoke")));
    EXPECT_TRUE(parseQuery(QStringLiteral("outcome:cut-off")).problem.isEmpty());
}

TEST(ExchangeQuery, KeepsTheColonsOfAHardwareAddress) {
    const auto query = parseQuery(QStringLiteral("02:00:5e:10:00:01"));
    ASSERT_EQ(query.parts.size(), 1u);
    EXPECT_EQ(query.parts[0].what, QueryPart::What::Words);
    EXPECT_EQ(query.parts[0].value, QStringLiteral("02:00:5e:10:00:01"));
}

} // namespace
} // namespace wirestage
