// SPDX-License-Identifier: GPL-3.0-or-later
// ARP (RFC 826) as questions and answers; probes and announcements as RFC 5227 defines them.
#include "core/grouping/room.h"

#include <fmt/core.h>

#include <unordered_map>

namespace wirestage {
namespace {

constexpr std::uint32_t questionSpace = 0x2'0001;
/// In the place of ports: two hosts that ask for each other are two conversations.
constexpr std::uint16_t asks = 1, isAsked = 2;
constexpr Time questionEnds = 10'000'000'000;

enum class ArpStory : std::uint8_t { Question, Probe, Announcement, Answer, Reverse };

/// Who said to have an IP address.
struct Claims {
    struct Claim {
        MacAddress first;
        bool contested = false; ///< another station said so too
    };
    std::unordered_map<HostId, Claim> of;
};

KindId arpKind(const ArpFacts& arp) {
    const bool aboutItself = arp.senderProtocol.version && arp.senderProtocol == arp.targetProtocol;
    switch (arp.operation) {
    case 1:
        if (aboutItself)
            return KindId::arp_request_gratuitous;
        return arp.senderProtocol.version && arp.senderProtocol.isUnspecified() ? KindId::arp_request_probe
                                                                                : KindId::arp_request;
    case 2: return aboutItself ? KindId::arp_reply_gratuitous : KindId::arp_reply;
    case 3: return KindId::arp_reverse_request;
    case 4: return KindId::arp_reverse_reply;
    default: return KindId::arp_other;
    }
}

/// The sender is known by its IP address, before it has one by its hardware address.
HostId hostOf(HostTable& hosts, const IpAddress& ip, const MacAddress& hardware) {
    return ip.version && !ip.isUnspecified() ? hosts.idOf(ip) : hosts.idOf(hardware);
}

/// A sender address names its owner (RFC 5227, section 1.1). Wireshark's arp.duplicate-address-detected also
/// takes a reply's target for a claim, though that is only what somebody else believes, and lets who came
/// first go on unmarked.
void checkClaim(Grouping& grouping, PacketInHand& packet, HostId sender) {
    const ArpFacts& arp = packet.packet->arp;
    if (arp.operation > 2 || arp.senderProtocol.isUnspecified())
        return;
    Claims::Claim& claim = grouping.memory<Claims>(ProtocolId::arp)
                               .of.try_emplace(sender, Claims::Claim{arp.senderHardware})
                               .first->second;
    claim.contested = claim.contested || claim.first != arp.senderHardware;
    if (claim.contested)
        packet.notes.add(Note::DuplicateAddress);
}

void groupQuestion(Grouping& grouping, PacketInHand& packet, HostId sender, HostId target) {
    const bool probe = packet.kind == KindId::arp_request_probe;
    Flow& flow = grouping.flowOf(packet, sender, target, asks, isAsked, questionSpace);
    const bool open =
        flow.exchange != none && !grouping.settled(flow.exchange) &&
        packet.time - grouping.packets[grouping.exchange(flow.exchange).last].time < questionEnds;
    if (open) {
        packet.notes.add(Note::Repeated);
    } else {
        grouping.openInFlow(packet, ProtocolId::arp, sender, target);
        grouping.exchange(flow.exchange).phase =
            static_cast<std::uint8_t>(probe ? ArpStory::Probe : ArpStory::Question);
    }
    packet.exchange = flow.exchange;
    ExchangeRecord& exchange = grouping.exchange(packet.exchange);
    ++exchange.tries;
    exchange.outcome = probe                ? Outcome::Completed
                       : exchange.tries > 1 ? Outcome::Timeout
                                            : Outcome::Unanswered;
}

void groupAnswer(Grouping& grouping, PacketInHand& packet, HostId sender, HostId target) {
    Flow& flow = grouping.flowOf(packet, sender, target, isAsked, asks, questionSpace);
    const bool open =
        flow.exchange != none && grouping.exchange(flow.exchange).originator == target &&
        packet.time - grouping.packets[grouping.exchange(flow.exchange).last].time < questionEnds;
    if (open) {
        packet.levels |= PacketRecord::fromResponder;
        if (grouping.settled(flow.exchange))
            packet.notes.add(Note::Repeated); // a second answer: two hosts claim the address, or one insists
    } else {
        grouping.openInFlow(packet, ProtocolId::arp, sender, target);
        grouping.exchange(flow.exchange).phase = static_cast<std::uint8_t>(ArpStory::Answer);
    }
    packet.exchange = flow.exchange;
    grouping.settle(packet.exchange, Outcome::Completed);
}

void groupAnnouncement(Grouping& grouping, PacketInHand& packet, HostId sender) {
    Flow& flow = grouping.flowOf(packet, sender, sender, 0, 0, questionSpace);
    const bool open =
        flow.exchange != none &&
        packet.time - grouping.packets[grouping.exchange(flow.exchange).last].time < questionEnds;
    if (!open) {
        grouping.openInFlow(packet, ProtocolId::arp, sender, none);
        grouping.exchange(flow.exchange).phase = static_cast<std::uint8_t>(ArpStory::Announcement);
    } else {
        packet.notes.add(Note::Repeated);
    }
    packet.exchange = flow.exchange;
    grouping.settle(packet.exchange, Outcome::Completed);
}

void groupArp(Grouping& grouping, PacketInHand& packet) {
    const ArpFacts& arp = packet.packet->arp;
    packet.kind = arpKind(arp);
    packet.levels |= PacketRecord::hasLink;
    const bool reverse =
        packet.kind == KindId::arp_reverse_request || packet.kind == KindId::arp_reverse_reply;
    if (!arp.senderProtocol.version || reverse) {
        const HostId sender = grouping.hosts.idOf(arp.senderHardware);
        const HostId target = grouping.hosts.idOf(arp.targetHardware);
        Flow& flow = grouping.flowOf(packet, sender, target, 0, 0, questionSpace);
        if (flow.exchange == none) {
            grouping.openInFlow(packet, ProtocolId::arp, sender,
                                packet.packet->link.destination.isBroadcast() ? HostId{none} : target);
            grouping.exchange(flow.exchange).phase = static_cast<std::uint8_t>(ArpStory::Reverse);
        }
        packet.exchange = flow.exchange;
        if (packet.kind == KindId::arp_reverse_reply)
            grouping.settle(packet.exchange, Outcome::Completed);
        return;
    }
    const HostId sender = hostOf(grouping.hosts, arp.senderProtocol, arp.senderHardware);
    checkClaim(grouping, packet, sender);
    switch (packet.kind) {
    case KindId::arp_request:
    case KindId::arp_request_probe:
        groupQuestion(grouping, packet, sender, grouping.hosts.idOf(arp.targetProtocol));
        break;
    case KindId::arp_reply:
        groupAnswer(grouping, packet, sender, hostOf(grouping.hosts, arp.targetProtocol, arp.targetHardware));
        break;
    default: groupAnnouncement(grouping, packet, sender); break;
    }
}

void tellArp(const Telling& telling, Message& message) {
    const ArpFacts& arp = telling.packet.arp;
    message.label = {"kinds", kind(message.kind).title, {}, {}};
    message.from = arp.senderProtocol.version && !arp.senderProtocol.isUnspecified()
                       ? telling.hostOf(arp.senderProtocol)
                       : telling.hostOfHardware(arp.senderHardware);
    const bool toEverybody = telling.packet.link.destination.isGroup();
    message.to = toEverybody ? HostId{none}
                 : arp.targetProtocol.version && !arp.targetProtocol.isUnspecified()
                     ? telling.hostOf(arp.targetProtocol)
                     : telling.hostOfHardware(arp.targetHardware);
    const std::string sender = toString(arp.senderProtocol), target = toString(arp.targetProtocol);
    switch (message.kind) {
    case KindId::arp_request:
        message.summary = WS_TR("arp", "who has %1? tell %2").with(target).with(sender);
        break;
    case KindId::arp_request_probe:
        message.summary = WS_TR("arp", "does anybody use %1?").with(target);
        break;
    case KindId::arp_reply:
        message.summary = WS_TR("arp", "%1 is at %2").with(sender).with(toString(arp.senderHardware));
        break;
    case KindId::arp_request_gratuitous:
    case KindId::arp_reply_gratuitous:
        message.summary = WS_TR("arp", "%1 is at %2, for everybody to know")
                              .with(sender)
                              .with(toString(arp.senderHardware));
        break;
    case KindId::arp_reverse_request:
        message.summary = WS_TR("arp", "which address has %1?").with(toString(arp.targetHardware));
        break;
    default: message.summary = WS_TR("arp", "operation %1").with(arp.operation); break;
    }
}

Text question(const Story& story, bool probe, const std::string& target, const std::string& hardware,
              bool answered) {
    if (probe)
        return answered ? WS_TR("arp", "%1 is taken: %2 answered").with(target).with(hardware)
                        : WS_TR("arp", "nobody answered for %1, so it may be used").with(target);
    if (answered)
        return WS_TR("arp", "%1 is at %2").with(target).with(hardware);
    if (story.record().tries == 1)
        return WS_TR("arp", "nobody answered for %1, asked once").with(target);
    return WS_TRN("arp", "nobody answered for %1, asked %n time(s)", "", story.record().tries).with(target);
}

void narrateArp(const Story& story, Exchange& exchange) {
    const ExchangeRecord& record = story.record();
    const auto about = static_cast<ArpStory>(record.phase);
    const bool isQuestion = about == ArpStory::Question || about == ArpStory::Probe;
    story.participant(exchange, record.originator,
                      isQuestion ? WS_TR("roles", "asking") : WS_TR("roles", "announcing"));
    if (record.responder != none)
        story.participant(exchange, record.responder,
                          isQuestion ? WS_TR("roles", "asked for") : WS_TR("roles", "told"));
    std::string target, sender, hardware;
    bool answered = false, contested = false;
    story.forEach([&](const StoryStep& step) {
        const ArpFacts& arp = step.packet.arp;
        if (step.kind == KindId::arp_request || step.kind == KindId::arp_request_probe) {
            target = toString(arp.targetProtocol);
        } else {
            answered = answered || step.kind == KindId::arp_reply;
            contested = contested || step.record.notes.has(Note::DuplicateAddress);
            sender = toString(arp.senderProtocol);
            hardware = toString(arp.senderHardware);
        }
        return true;
    });
    switch (about) {
    case ArpStory::Question: exchange.title = WS_TR("arp", "ARP question"); break;
    case ArpStory::Probe: exchange.title = WS_TR("arp", "ARP probe"); break;
    case ArpStory::Announcement: exchange.title = WS_TR("arp", "ARP announcement"); break;
    case ArpStory::Answer: exchange.title = WS_TR("arp", "ARP answer"); break;
    case ArpStory::Reverse: exchange.title = WS_TR("arp", "Reverse ARP"); break;
    }
    if (isQuestion)
        exchange.summary = question(story, about == ArpStory::Probe, target, hardware, answered);
    else if (about == ArpStory::Reverse)
        exchange.summary = WS_TR("arp", "a host asks for its own address");
    else
        exchange.summary =
            contested
                ? WS_TR("arp", "%1 says it is at %2").with(sender).with(hardware)
                : WS_TR("arp", "%1 says it is at %2; no question was captured").with(sender).with(hardware);
    if (about == ArpStory::Announcement)
        exchange.summary = WS_TR("arp", "%1 announces that it is at %2").with(sender).with(hardware);
    if (contested)
        exchange.summary =
            WS_TR("arp", "%1; another station claimed it before").with(std::move(exchange.summary));
}

} // namespace

extern const MessageRoom arpRoom;
const MessageRoom arpRoom{
    .protocol = ProtocolId::arp,
    .group = groupArp,
    .tell = tellArp,
    .narrate = narrateArp,
};

} // namespace wirestage
