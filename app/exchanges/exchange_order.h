// SPDX-License-Identifier: GPL-3.0-or-later
// Which exchanges the table shows and in what order: a plain computation that may take seconds on millions of
// them, so it hands out what it has and stops when it is told to.
#pragma once

#include "app/exchanges/exchange_query.h"

#include <functional>
#include <optional>
#include <vector>

namespace wirestage {

enum class ExchangeColumn : std::uint8_t {
    Number,
    Protocol,
    Who,
    Start,
    Duration,
    Packets,
    Size,
    Outcome,
    Sentence,
    count
};

struct ExchangeArrangement {
    ExchangeQuery query;
    std::optional<std::vector<ExchangeId>> within; ///< what the packet filter left, ascending
    ExchangeColumn column = ExchangeColumn::Number;
    bool descending = false;

    /// Every exchange in its own order: no list is needed for that.
    [[nodiscard]] bool natural() const {
        return query.empty() && !within && column == ExchangeColumn::Number && !descending;
    }
};

/// The exchanges before `end` that the arrangement asks for, in its order. `found` gets those found so far,
/// unsorted, every now and then; it returns false to give up (the result is then of no use).
std::vector<ExchangeId> arrange(const ExchangeSource& source, const ExchangeArrangement& by, ExchangeId end,
                                const std::function<bool(const std::vector<ExchangeId>&)>& found);

/// "laptop ↔ 192.168.1.1", "laptop → everybody".
QString whoText(const ExchangeSource& source, const ExchangeRow& row);

} // namespace wirestage
