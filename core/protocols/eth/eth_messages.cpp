// SPDX-License-Identifier: GPL-3.0-or-later
// Ethernet frames whose payload nobody decodes: an exchange for each pair of stations and type.
#include "core/grouping/plain.h"
#include "core/protocols/names.h"

#include <fmt/core.h>

namespace wirestage {
namespace {

Text contents(const LinkFacts& link) {
    return link.type ? WS_TR("eth", "type %1").with(fmt::format("0x{:04x}", link.type))
                     : WS_TR("eth", "IEEE 802.3 contents");
}

void group(Grouping& grouping, PacketInHand& packet) {
    const LinkFacts& link = packet.packet->link;
    packet.kind = KindId::eth_frame;
    packet.levels |= PacketRecord::hasLink;
    groupPlain(grouping, packet, ProtocolId::eth, grouping.hosts.idOf(link.source),
               grouping.hosts.idOf(link.destination), link.destination.isGroup(), 0x8'0000u + link.type);
}

void tell(const Telling& telling, Message& message) {
    const LinkFacts& link = telling.packet.link;
    message.label = {"kinds", kind(message.kind).title, {}, {}};
    message.summary =
        WS_TR("eth", "%1, %2").with(contents(link)).with(bytesInWords(telling.packet.frame->length));
    if (message.ref.level == Level::Link && telling.record.kind != KindId::eth_frame)
        message.summary =
            WS_TR("eth", "%1 to %2").with(toString(link.source)).with(toString(link.destination));
    message.from = telling.hostOfHardware(link.source);
    message.to = link.destination.isGroup() ? HostId{none} : telling.hostOfHardware(link.destination);
}

void narrate(const Story& story, Exchange& exchange) {
    LinkFacts link;
    story.forEach([&](const StoryStep& step) {
        link = step.packet.link;
        return false;
    });
    narratePlain(story, exchange, WS_TR("eth", "Ethernet frames, %1").with(contents(link)), contents(link));
}

} // namespace

extern const MessageRoom ethRoom;
const MessageRoom ethRoom{
    .protocol = ProtocolId::eth,
    .group = group,
    .tell = tell,
    .narrate = narrate,
};

} // namespace wirestage
