// SPDX-License-Identifier: GPL-3.0-or-later
// Frames of a link type that is not decoded: counted and shown, never dropped.
#include "core/grouping/plain.h"

namespace wirestage {
namespace {

void group(Grouping& grouping, PacketInHand& packet) {
    packet.kind = KindId::frame_undecoded;
    packet.levels |= PacketRecord::hasLink;
    // No address is known: a host of its own stands for "the wire".
    const HostId wire = grouping.hosts.idOf(MacAddress{});
    groupPlain(grouping, packet, ProtocolId::frame, wire, wire, true,
               0x10'0000u + static_cast<std::uint32_t>(packet.packet->frame->link));
}

void tell(const Telling& telling, Message& message) {
    message.label = {"kinds", kind(message.kind).title, {}, {}};
    message.summary = WS_TR("frame", "link type %1, %2")
                          .with(static_cast<unsigned>(telling.packet.frame->link))
                          .with(bytesInWords(telling.packet.frame->length));
    message.from = telling.exchange.originator;
}

void narrate(const Story& story, Exchange& exchange) {
    unsigned link = 0;
    story.forEach([&](const StoryStep& step) {
        link = static_cast<unsigned>(step.packet.frame->link);
        return false;
    });
    narratePlain(story, exchange, WS_TR("frame", "Frames of link type %1").with(link),
                 WS_TR("frame", "link type %1").with(link));
}

} // namespace

extern const MessageRoom frameRoom;
const MessageRoom frameRoom{
    .protocol = ProtocolId::frame,
    .group = group,
    .tell = tell,
    .narrate = narrate,
};

} // namespace wirestage
