// SPDX-License-Identifier: GPL-3.0-or-later
// Which exchanges of a capture are worth being held against a reference. One pass over the index's columns
// (kind and exchange of each packet, no decoding) says which steps each exchange could have at all; only the
// most promising ones are matched message by message.
//
// A pattern may span several exchanges, so exchanges are taken in groups:
//  - an exchange always comes with its children (FTP's data connections come with the session);
//  - where the reference itself spans several exchanges (a lease and its renewal; ARP before a ping; what a
//    resolver asks while it owes an answer), with its relatives: those near it in time that a participant of
//    it takes part in;
//  - with strangers: exchanges of the same protocol between the same two, soon after, that have only what
//  this
//    one lacks. An answer with a wrong transaction number is filed as an exchange of its own, and is no
//    answer just because of that number; so the two are looked at together, and the number is what is wrong.
#pragma once

#include "core/overlay/reference.h"

namespace wirestage::overlay {

class Candidates {
public:
    /// `among`: only these (empty: all) are begun with.
    Candidates(const Capture& from, const Reference& reference, const std::vector<ExchangeId>& among);

    /// Exchanges that could have a required step, the most promising first; of equal ones the earlier.
    [[nodiscard]] const std::vector<ExchangeId>& seeds() const { return ordered; }
    /// With the seed itself, in order; the seed alone where there are none.
    [[nodiscard]] std::vector<ExchangeId> relativesOf(ExchangeId seed) const;
    [[nodiscard]] std::vector<ExchangeId> strangersOf(ExchangeId seed) const;

private:
    using Steps = std::uint64_t; ///< a set of steps; the last bits stand for more than one of a long pattern
    void lookAtColumns(const Reference& reference);
    void findHosts();
    [[nodiscard]] std::vector<HostId> hostsOf(ExchangeId id) const;
    [[nodiscard]] std::vector<ExchangeId> near(HostId host, ExchangeId id, std::size_t before,
                                               std::size_t after) const;

    const Capture& capture;
    Steps required = 0;
    std::vector<Steps> steps;  ///< by exchange: those that it could have, with those of its children
    std::vector<bool> overTcp; ///< by exchange
    std::vector<ExchangeId> ordered;
    std::vector<std::pair<HostId, ExchangeId>> byHost; ///< sorted
};

} // namespace wirestage::overlay
