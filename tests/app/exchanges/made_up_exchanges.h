// SPDX-License-Identifier: GPL-3.0-or-later
// Exchanges that no file holds: as many as a test wants, with properties that follow from their number, so
// that a test can say what must come out.
#pragma once

#include "app/exchanges/exchange_source.h"

#include <atomic>

namespace wirestage {

/// Exchange i speaks DNS (i even) or TCP, is refused where i is a multiple of five, goes from host i % 100 to
/// host 100, began i milliseconds after the capture, lasted (i * 7919) % 1000 microseconds.
class MadeUpExchanges : public ExchangeSource {
public:
    explicit MadeUpExchanges(ExchangeId many) : howMany(many) {}

    [[nodiscard]] ExchangeId count() const override { return howMany; }
    [[nodiscard]] ExchangeRow row(ExchangeId id) const override {
        ExchangeRow row;
        row.id = id;
        row.parent = id % 10 == 9 ? id - 1 : none;
        row.protocol = id % 2 == 0 ? ProtocolId::dns : ProtocolId::tcp;
        row.outcome = id % 5 == 0 ? Outcome::Refused : Outcome::Completed;
        row.originator = id % 100;
        row.responder = id % 1000 == 999 ? none : 100;
        row.first = id;
        row.time = start() + Time{id} * 1'000'000;
        row.duration = Time{id} * 7919 % 1000 * 1000;
        row.packets = id % 7 + 1;
        row.bytes = std::uint64_t{id} * 10;
        return row;
    }
    [[nodiscard]] Text sentence(ExchangeId id) const override {
        ++sentencesMade;
        return Text::verbatim(id == 777 ? "the needle" : "hay " + std::to_string(id));
    }
    [[nodiscard]] Participant host(HostId id) const override {
        Participant one;
        one.host = id;
        one.name = id == 100 ? "server" : "10.0.0." + std::to_string(id);
        one.addresses = {one.name};
        return one;
    }
    [[nodiscard]] HostId hostCount() const override { return 101; }
    [[nodiscard]] Time start() const override { return 1'000'000'000'000; }

    std::atomic<ExchangeId> howMany;
    mutable std::atomic<std::uint64_t> sentencesMade = 0;
};

} // namespace wirestage
