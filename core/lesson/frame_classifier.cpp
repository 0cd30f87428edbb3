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
    for (const NodeSetup& node : nodes)
        isRouter.push_back(node.role == NodeRole::Router);
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

/// A frame's own address tells for whom it is, unless a router is to forward it. (An IP address alone may be
/// that of two hosts.)
NodeId FrameClassifier::receiverOf(const Dissection& dissection) const {
    const auto next = nodeOfHardware.find(dissection.link.destination);
    if (next != nodeOfHardware.end() && !isRouter[next->second])
        return next->second;
    if (dissection.network.destination.version)
        if (const auto found = nodeOfAddress.find(dissection.network.destination);
            found != nodeOfAddress.end())
            return found->second;
    return next == nodeOfHardware.end() ? nobody : next->second;
}

FrameClassifier::Kinds FrameClassifier::classify(const SentFrame& sent, std::uint32_t index) {
    Kinds result;
    Frame frame;
    frame.time = sent.sent;
    frame.length = static_cast<std::uint32_t>(sent.bytes.size());
    frame.bytes = sent.bytes;
    Dissection dissection;
    dissectFrame(dissection, frame);
    result.toMany = dissection.link.destination.isGroup();
    result.receiver = receiverOf(dissection);
    const std::pair ends(dissection.network.source, dissection.network.destination);
    addressesOf[index] = ends;
    if (const auto before = addressesOf.find(sent.hopOf);
        before != addressesOf.end() && before->second == ends)
        return result;
    // Who sends from an address has it: what DHCP gave away is known that way.
    result.sender = sent.from;
    if (const IpAddress& source = dissection.network.source; source.version && !source.isUnspecified()) {
        if (sent.hopOf == nobody)
            nodeOfAddress.insert_or_assign(source, sent.from);
        else if (const auto owner = nodeOfAddress.find(source); owner != nodeOfAddress.end())
            result.sender = owner->second;
    }
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
