// SPDX-License-Identifier: GPL-3.0-or-later
// Exchanges of undecoded contents: who, to whom, how many.
#include "core/grouping/plain.h"

namespace wirestage {

void groupPlain(Grouping& grouping, PacketInHand& packet, ProtocolId protocol, HostId source,
                HostId destination, bool toEverybody, std::uint32_t space) {
    Flow& flow = grouping.flowOf(packet, source, destination, 0, 0, space);
    if (flow.exchange == none) {
        const ExchangeId id =
            grouping.openInFlow(packet, protocol, source, toEverybody ? HostId{none} : destination);
        grouping.exchange(id).outcome = Outcome::Completed;
    }
    packet.exchange = flow.exchange;
    if (source != grouping.exchange(packet.exchange).originator)
        packet.levels |= PacketRecord::fromResponder;
}

void narratePlain(const Story& story, Exchange& exchange, Text title, Text what) {
    const ExchangeRecord& record = story.record();
    if (record.originator != none)
        story.participant(exchange, record.originator, WS_TR("roles", "sender"));
    if (record.responder != none)
        story.participant(exchange, record.responder, WS_TR("roles", "receiver"));
    exchange.title = std::move(title);
    exchange.summary =
        WS_TRN("plain", "%n packet(s) of %1, not decoded further", "", record.packets).with(std::move(what));
}

} // namespace wirestage
