// SPDX-License-Identifier: GPL-3.0-or-later
// What the exchange table asks of a capture, as an interface: the table is tested with exchanges that no file
// holds.
#pragma once

#include "core/exchange/capture.h"

#include <memory>
#include <optional>

namespace wirestage {

/// Every member may be called from any thread while exchanges are being added.
class ExchangeSource {
public:
    ExchangeSource() = default;
    virtual ~ExchangeSource() = default;
    ExchangeSource(const ExchangeSource&) = delete;
    ExchangeSource& operator=(const ExchangeSource&) = delete;

    /// See Capture::hold().
    [[nodiscard]] virtual std::shared_ptr<const void> hold() const { return nullptr; }
    [[nodiscard]] virtual ExchangeId count() const = 0;
    [[nodiscard]] virtual ExchangeRow row(ExchangeId id) const = 0;
    [[nodiscard]] virtual Text sentence(ExchangeId id) const = 0;
    /// Nothing where that takes a while.
    [[nodiscard]] virtual std::optional<Text> sentenceAtOnce(ExchangeId id) const { return sentence(id); }
    [[nodiscard]] virtual Participant host(HostId id) const = 0;
    [[nodiscard]] virtual HostId hostCount() const = 0;
    [[nodiscard]] virtual Time start() const = 0;
};

/// The exchanges of a capture.
class CaptureExchanges final : public ExchangeSource {
public:
    explicit CaptureExchanges(std::shared_ptr<const Capture> from) : capture(std::move(from)) {}
    [[nodiscard]] std::shared_ptr<const void> hold() const override { return capture->hold(); }
    [[nodiscard]] ExchangeId count() const override { return capture->exchangeCount(); }
    [[nodiscard]] ExchangeRow row(ExchangeId id) const override { return capture->row(id); }
    [[nodiscard]] Text sentence(ExchangeId id) const override { return capture->outcomeSentence(id); }
    [[nodiscard]] std::optional<Text> sentenceAtOnce(ExchangeId id) const override {
        Glimpse seen = capture->glimpse(id);
        return seen.whole ? std::optional(std::move(seen.exchange.summary)) : std::nullopt;
    }
    [[nodiscard]] Participant host(HostId id) const override { return capture->host(id); }
    [[nodiscard]] HostId hostCount() const override { return capture->hostCount(); }
    [[nodiscard]] Time start() const override { return capture->start(); }

private:
    std::shared_ptr<const Capture> capture;
};

} // namespace wirestage
