// SPDX-License-Identifier: GPL-3.0-or-later
// Every frame that is sent is sorted into its exchange, as a capture of the whole network would, and so is
// known by its kinds before it leaves.
#include "core/lesson/frame_classifier.h"

#include "core/protocols/tcp/tcp_messages.h"

#include <algorithm>

namespace wirestage::lesson {

using namespace simulation;

FrameClassifier::FrameClassifier(const Lesson& lesson) {
    grouping.tellCompleted(&completed);
    const auto& nodes = lesson.network.nodes;
    for (NodeId i = 0; i < nodes.size(); ++i)
        for (const InterfaceSetup& interface : nodes[i].interfaces) {
            nodeOfHardware[interface.hardware] = i;
            if (interface.address.version)
                nodeOfAddress[interface.address] = i;
        }
}

bool FrameClassifier::Kinds::has(std::string_view kind) const {
    return std::any_of(kinds.begin(), kinds.end(), [&](KindId one) { return isKind(one, kind); });
}

/// Behind a router the frame's own address does not tell for whom the packet is.
NodeId FrameClassifier::receiverOf(const Dissection& dissection) const {
    if (dissection.network.destination.version)
        if (const auto found = nodeOfAddress.find(dissection.network.destination);
            found != nodeOfAddress.end())
            return found->second;
    const auto found = nodeOfHardware.find(dissection.link.destination);
    return found == nodeOfHardware.end() ? nobody : found->second;
}

FrameClassifier::Kinds FrameClassifier::classify(const SentFrame& sent) {
    Kinds result;
    Frame frame;
    frame.time = sent.sent;
    frame.length = static_cast<std::uint32_t>(sent.bytes.size());
    frame.bytes = sent.bytes;
    Dissection dissection;
    dissectFrame(dissection, frame);
    result.toMany = dissection.link.destination.isGroup();
    result.receiver = receiverOf(dissection);
    if (sent.hopOf != nobody)
        return result;
    // Who sends from an address has it: what DHCP gave away is known that way.
    if (const IpAddress& source = dissection.network.source; source.version && !source.isUnspecified())
        nodeOfAddress.insert_or_assign(source, sent.from);
    completed.clear();
    grouping.add(frame);
    kindsOf(dissection, result.kinds);
    return result;
}

void FrameClassifier::kindsOf(const Dissection& dissection, std::vector<KindId>& kinds) {
    const PacketRecord& record = grouping.packets[static_cast<PacketIndex>(grouping.packets.size() - 1)];
    kinds = completed;
    if (record.applicationMessages == 0)
        kinds.push_back(record.kind);
    if ((record.levels & PacketRecord::hasLink) && kind(record.kind).level != Level::Link)
        kinds.push_back(KindId::eth_frame);
    if ((record.levels & PacketRecord::hasNetwork) && kind(record.kind).level != Level::Network)
        kinds.push_back(dissection.network.source.version == 6 ? KindId::ipv6_packet : KindId::ip_packet);
    if (dissection.carried == Carried::Udp)
        kinds.push_back(KindId::udp_datagram);
    if (dissection.carried != Carried::Tcp)
        return;
    kinds.push_back(segmentKind(dissection.tcp));
    if (!dissection.payload.empty()) {
        kinds.push_back(KindId::tcp_data);
        recall(dissection, kinds);
    }
}

/// A retransmitted segment counts for what it carried the first time.
void FrameClassifier::recall(const Dissection& dissection, std::vector<KindId>& kinds) {
    const StreamKey key{dissection.network.source, dissection.network.destination, dissection.sourcePort,
                        dissection.destinationPort};
    const std::uint32_t first = dissection.tcp.sequence + (dissection.tcp.flags & 2 ? 1 : 0);
    const auto length = static_cast<std::uint32_t>(dissection.payload.size());
    std::vector<Segment>& of = segments[key];
    for (const Segment& segment : of)
        if (segment.last - first < length)
            kinds.insert(kinds.end(), segment.kinds.begin(), segment.kinds.end());
    if (!completed.empty() && remembered++ < mostRemembered)
        of.push_back({first + length - 1, completed});
}

} // namespace wirestage::lesson
