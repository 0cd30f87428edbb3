// SPDX-License-Identifier: GPL-3.0-or-later
// DNS (RFC 1035) as lookups: a question, its repetitions, the answer, and the same question once more over
// TCP where the answer was cut (RFC 7766). Multicast DNS (RFC 6762): questions to everybody and whatever
// answers them.
#include "core/protocols/dns/dns_story.h"

#include <algorithm>
#include <array>

namespace wirestage {
namespace {

constexpr Time lookupEnds = 30'000'000'000, multicastEnds = 5'000'000'000;
constexpr unsigned mostLookupsBack = 64;
constexpr std::size_t mostRemembered = 1 << 16;
constexpr std::uint16_t typeSoa = 6, typeAxfr = 252, typeIxfr = 251;

struct DnsMemory {
    /// Questions without an answer, by client, id and question: asked again they may come from another port
    /// or go to another server.
    RecentExchanges unanswered;
    /// Lookups whose answer was cut, by client and server.
    RecentExchanges truncated;
    /// Questions that a host owes an answer, by host and question: what it asks others meanwhile it asks for
    /// that (RFC 1034, 5.3.3).
    RecentExchanges owed;
    /// Multicast questions and records by name and type.
    std::unordered_map<std::string, ExchangeId> multicast;
};

std::uint64_t questionKey(HostId client, const DnsHead& head) {
    return mixed(std::uint64_t{client} << 16 | head.id, head.questionHash);
}

std::uint64_t pairKey(HostId a, HostId b) {
    return std::uint64_t{a} << 32 | b;
}

bool isRecent(const Grouping& grouping, ExchangeId id, Time now, Time limit) {
    const ExchangeRecord& exchange = grouping.exchanges[id];
    return exchange.packets > 0 && now - grouping.packets[exchange.last].time < limit;
}

/// An alias without the record that was asked for. Who searches on one's behalf has found none, and so has
/// who says so with the SOA (RFC 2308, 2.2); a server that knows its own zones only has told all it knows.
bool endsAtAnAlias(Bytes message, const DnsHead& head) {
    if (head.answers == 0 || dnsHoldsWantedType(message, head))
        return false;
    if (head.recursionAvailable())
        return true;
    const DnsMessage whole = readDns(message);
    return std::any_of(whole.records.begin(), whole.records.end(), [](const DnsRecord& record) {
        return record.section == DnsSection::Authority && record.type == typeSoa;
    });
}

Outcome outcomeOf(Bytes message, const DnsHead& head) {
    switch (head.responseCode()) {
    case 0:
        return head.opcode() == 0 && (head.answers == 0 || endsAtAnAlias(message, head)) ? Outcome::NotFound
                                                                                         : Outcome::Completed;
    case 3: return Outcome::NotFound;
    case 5: return Outcome::Denied;
    default: return Outcome::Failed;
    }
}

/// The lookup with this id in the packet's flow.
ExchangeId inFlow(const Grouping& grouping, FlowId flow, std::uint16_t id) {
    ExchangeId candidate = grouping.flows[flow].exchange;
    for (unsigned back = 0; candidate != none && back < mostLookupsBack; ++back) {
        if (grouping.exchanges[candidate].protocol == ProtocolId::dns &&
            grouping.exchanges[candidate].tag == id)
            return candidate;
        candidate = grouping.exchanges[candidate].previousInFlow;
    }
    return none;
}

/// A server that asks others for what it has been asked itself does so for that lookup.
void connectWithOwed(Grouping& grouping, const PacketInHand& packet, const DnsHead& head, ExchangeId id) {
    auto& owed = grouping.memory<DnsMemory>(ProtocolId::dns).owed;
    const auto keyOf = [&](HostId server) { return mixed(server, head.questionHash); };
    if (const ExchangeId cause = owed.find(keyOf(packet.source));
        cause != none && !grouping.settled(cause) && isRecent(grouping, cause, packet.time, lookupEnds))
        grouping.exchange(id).story = cause;
    owed.set(keyOf(packet.destination), id);
}

void query(Grouping& grouping, PacketInHand& packet, const DnsHead& head) {
    auto& memory = grouping.memory<DnsMemory>(ProtocolId::dns);
    const std::uint64_t key = questionKey(packet.source, head);
    ExchangeId id = memory.unanswered.find(key);
    if (id == none || !isRecent(grouping, id, packet.time, lookupEnds)) {
        id = grouping.openInFlow(packet, ProtocolId::dns, packet.source, packet.destination);
        grouping.exchange(id).tag = head.id;
        memory.unanswered.set(key, id);
        connectWithOwed(grouping, packet, head, id);
    } else {
        packet.notes.add(Note::Repeated);
        grouping.flows[packet.flow].exchange = id;
    }
    packet.exchange = id;
    ExchangeRecord& exchange = grouping.exchange(id);
    exchange.outcome = ++exchange.tries > 1 ? Outcome::Timeout : Outcome::Unanswered;
}

/// Who the answer says has which address: the names of the hosts.
void learnNames(Grouping& grouping, const PacketInHand& packet, Bytes message, const DnsHead& head) {
    if (head.responseCode() != 0 || head.answers == 0 || (head.questionType != 1 && head.questionType != 28))
        return;
    DnsAnswers answers(message, head);
    while (answers.next())
        if (const IpAddress address = answers.address(); address.version) {
            const HostId host = grouping.hosts.idOf(address);
            if (!grouping.nameOf(host))
                grouping.nameHost(host, dnsQuestionName(message, head));
            grouping.resolved(packet.destination, host, packet.exchange);
        }
}

void settle(Grouping& grouping, PacketInHand& packet, const DnsHead& head, Bytes message) {
    auto& memory = grouping.memory<DnsMemory>(ProtocolId::dns);
    const ExchangeId id = packet.exchange;
    if (head.truncated() && packet.packet->carried != Carried::Tcp) {
        grouping.settle(id, Outcome::Failed); // until the client asks again over TCP
        memory.truncated.set(pairKey(packet.destination, packet.source), id);
        return;
    }
    const bool referral =
        head.responseCode() == 0 && head.answers == 0 && head.authorities > 0 && !head.authoritative();
    grouping.settle(id, referral && dnsKind(head, DnsVariant::Unicast) == KindId::dns_response_referral
                            ? Outcome::Completed
                            : outcomeOf(message, head));
}

void response(Grouping& grouping, PacketInHand& packet, const DnsHead& head, Bytes message) {
    packet.levels |= PacketRecord::fromResponder;
    auto& memory = grouping.memory<DnsMemory>(ProtocolId::dns);
    ExchangeId id = inFlow(grouping, packet.flow, head.id);
    if (id == none) {
        packet.levels &= static_cast<std::uint8_t>(~PacketRecord::fromResponder);
        id = grouping.openInFlow(packet, ProtocolId::dns, packet.destination, packet.source);
        grouping.exchange(id).tag = head.id;
        packet.levels |= PacketRecord::fromResponder;
    } else if (grouping.settled(id)) {
        packet.notes.add(Note::Repeated);
    }
    memory.unanswered.erase(questionKey(packet.destination, head));
    packet.exchange = id;
    settle(grouping, packet, head, message);
    learnNames(grouping, packet, message, head);
}

std::string recordKey(std::string name, std::uint16_t type) {
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return name + ' ' + std::to_string(type);
}

/// Multicast DNS and LLMNR: whoever asks for a name, and whoever answers for it, within a few seconds.
void multicast(Grouping& grouping, PacketInHand& packet, const DnsHead& head, Bytes message,
               DnsVariant variant) {
    auto& memory = grouping.memory<DnsMemory>(ProtocolId::dns);
    const DnsMessage whole = readDns(message, variant);
    std::vector<std::string> keys;
    for (const DnsQuestion& question : whole.questions)
        keys.push_back(recordKey(question.name, question.type));
    for (const DnsRecord& record : whole.records)
        if (head.response() && record.section == DnsSection::Answer)
            keys.push_back(recordKey(record.name, record.type));
    ExchangeId id = none;
    for (const std::string& key : keys)
        if (const auto found = memory.multicast.find(key);
            found != memory.multicast.end() && isRecent(grouping, found->second, packet.time, multicastEnds))
            id = id == none ? found->second : id;
    const bool toEverybody = packet.packet->network.destination.isMulticast();
    if (id == none) {
        id = grouping.openInFlow(packet, ProtocolId::dns, packet.source,
                                 toEverybody ? HostId{none} : packet.destination);
        grouping.exchange(id).outcome = head.response() ? Outcome::Completed : Outcome::Unanswered;
    }
    packet.exchange = id;
    ExchangeRecord& exchange = grouping.exchange(id);
    if (packet.source != exchange.originator)
        packet.levels |= PacketRecord::fromResponder;
    else
        packet.levels &= static_cast<std::uint8_t>(~PacketRecord::fromResponder);
    if (head.response())
        grouping.settle(id, Outcome::Completed);
    else if (++exchange.tries > 1) {
        packet.notes.add(Note::Repeated);
        if (!grouping.settled(id))
            exchange.outcome = Outcome::Timeout;
    }
    if (memory.multicast.size() + keys.size() >= mostRemembered)
        memory.multicast.clear();
    for (const std::string& key : keys)
        memory.multicast[key] = id;
}

void groupDatagram(Grouping& grouping, PacketInHand& packet, Bytes payload) {
    const DnsVariant variant = dnsVariantOf(*packet.packet);
    const auto head = readDnsHead(payload, variant);
    if (!head)
        return;
    packet.completes(dnsKind(*head, variant));
    if (variant != DnsVariant::Unicast)
        multicast(grouping, packet, *head, payload, variant);
    else if (head->response())
        response(grouping, packet, *head, payload);
    else
        query(grouping, packet, *head);
}

/// A connection for a question whose answer was cut belongs to that lookup.
ExchangeId joinConnection(Grouping& grouping, PacketInHand& packet, HostId client, HostId server) {
    auto& memory = grouping.memory<DnsMemory>(ProtocolId::dns);
    const std::uint64_t key = pairKey(client, server);
    const ExchangeId id = memory.truncated.find(key);
    if (id == none || !isRecent(grouping, id, packet.time, lookupEnds))
        return none;
    memory.truncated.erase(key);
    return id;
}

void streamMessage(Grouping& grouping, PacketInHand& packet, Bytes bytes) {
    const Bytes message = dnsMessageOf(*packet.packet, bytes);
    const auto head = readDnsHead(message);
    if (!head)
        return;
    packet.completes(dnsKind(*head, DnsVariant::Unicast));
    ExchangeRecord& exchange = grouping.exchange(packet.exchange);
    if (exchange.protocol == ProtocolId::tcp) {
        exchange.protocol = ProtocolId::dns;
        exchange.tag = head->id;
        exchange.outcome = Outcome::Unanswered;
    }
    exchange.flags &= static_cast<std::uint8_t>(~ExchangeRecord::followsConnection);
    if (head->response()) {
        settle(grouping, packet, *head, message);
        learnNames(grouping, packet, message, *head);
    } else if (!grouping.settled(packet.exchange)) {
        ++exchange.tries;
    }
}

std::size_t cut(Bytes bytes) {
    const auto size = dnsStreamMessageSize(bytes);
    return size && *size <= bytes.size() ? *size : 0;
}

/// NetBIOS names (RFC 1002, section 4.2) look like DNS but for their names: 32 letters from A to P.
bool isNetbiosName(Bytes message) {
    constexpr std::size_t length = 32;
    return message.size() > DnsHead::size + length && message[DnsHead::size] == length &&
           std::all_of(message.begin() + DnsHead::size + 1, message.begin() + DnsHead::size + 1 + length,
                       [](std::uint8_t c) { return c >= 'A' && c <= 'P'; });
}

bool claimsDatagram(Bytes payload) {
    return looksLikeDns(payload) && !isNetbiosName(payload);
}
bool claimsStream(Bytes first, bool) {
    return looksLikeDns(first, true);
}

KindId kindOf(const Dissection& packet, Bytes message, bool) {
    const DnsVariant variant = dnsVariantOf(packet);
    const auto head = readDnsHead(dnsMessageOf(packet, message), variant);
    return head ? dnsKind(*head, variant) : KindId::dns_other;
}

void describe(const Dissection& packet, Bytes message, Describer& describer) {
    describeDns(dnsMessageOf(packet, message), describer, dnsVariantOf(packet),
                packet.carried == Carried::Tcp);
}

constexpr std::array<std::uint16_t, 3> udpPorts{53, 5353, 5355};
constexpr std::array<std::uint16_t, 1> tcpPorts{53};

KindId responseKind(const DnsHead& head) {
    if (head.truncated())
        return KindId::dns_response_truncated;
    switch (head.responseCode()) {
    case 0: break;
    case 1: return KindId::dns_response_format_error;
    case 2: return KindId::dns_response_servfail;
    case 3: return KindId::dns_response_nxdomain;
    case 4: return KindId::dns_response_not_implemented;
    case 5: return KindId::dns_response_refused;
    default: return KindId::dns_response_error;
    }
    // Of a transfer's messages only the first must repeat the question (RFC 5936, section 2.2.2).
    if (head.questionType == typeAxfr || head.questionType == typeIxfr ||
        (head.questions == 0 && head.answers > 0))
        return KindId::dns_response_transfer;
    if (head.answers > 0)
        return KindId::dns_response;
    // Without the record itself a server that is not in charge points on to those that are (RFC 1034,
    // section 4.3.2).
    return head.authorities > 0 && !head.authoritative() && !head.recursionAvailable()
               ? KindId::dns_response_referral
               : KindId::dns_response_nodata;
}

KindId queryKind(const DnsHead& head, DnsVariant variant) {
    if (variant == DnsVariant::Multicast)
        return KindId::dns_query_multicast;
    if (head.questionType == typeAxfr || head.questionType == typeIxfr)
        return KindId::dns_query_transfer;
    return head.questionType == 12 ? KindId::dns_query_reverse : KindId::dns_query;
}

} // namespace

Bytes dnsMessageOf(const Dissection& packet, Bytes message) {
    return packet.carried == Carried::Tcp && message.size() >= 2 ? message.subspan(2) : message;
}

DnsVariant dnsVariantOf(const Dissection& packet) {
    return dnsVariantOfPorts(packet.sourcePort, packet.destinationPort).value_or(DnsVariant::Unicast);
}

KindId dnsKind(const DnsHead& head, DnsVariant variant) {
    switch (head.opcode()) {
    case 0: break;
    case 4: return head.response() ? KindId::dns_notify_response : KindId::dns_notify;
    case 5: return head.response() ? KindId::dns_update_response : KindId::dns_update;
    default: return KindId::dns_other;
    }
    if (!head.response())
        return queryKind(head, variant);
    return variant == DnsVariant::Multicast ? KindId::dns_response_multicast : responseKind(head);
}

extern const MessageRoom dnsRoom;
const MessageRoom dnsRoom{
    .protocol = ProtocolId::dns,
    .udpPorts = udpPorts,
    .tcpPorts = tcpPorts,
    .claimsDatagram = claimsDatagram,
    .claimsStream = claimsStream,
    .datagram = groupDatagram,
    .cut = cut,
    .streamMessage = streamMessage,
    .joinConnection = joinConnection,
    .kindOf = kindOf,
    .describe = describe,
    .tell = tellDns,
    .narrate = narrateDns,
};

} // namespace wirestage
