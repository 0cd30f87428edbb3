// SPDX-License-Identifier: GPL-3.0-or-later
// What every DNS server does before it looks for an answer, and after.
#include "core/protocols/dns/dns_listener_endpoints.h"

#include <algorithm>

namespace wirestage::simulation {
namespace {

constexpr Time idleLimit = 10 * second; // RFC 7766, 6.2.3: "of the order of a few seconds"
constexpr std::size_t mostConnections = 100;
constexpr std::size_t streamLimit = 0xffff; // two bytes of length

/// Why a query gets no answer of its own, if so.
std::optional<DnsCode> objection(const DnsMessage& query) {
    if (query.head.opcode() != 0)
        return DnsCode::NotImplemented;
    if (query.malformed != Malformed::No || query.questions.size() != 1)
        return DnsCode::FormatError;
    if (const DnsRecord* opt = optOf(query); opt && (opt->timeToLive >> 16 & 0xff) != 0)
        return DnsCode::BadVersion; // RFC 6891, 6.1.3
    return std::nullopt;
}

} // namespace

void DnsListener::start(HostServices& host, Application& owner) {
    host.bind(dnsPort, owner);
    host.listen(dnsPort, owner);
}

void DnsListener::consider(HostServices& host, DnsClient client, Bytes bytes, const Take& take) {
    const DnsMessage query = readDns(bytes);
    if (bytes.size() < DnsHead::size || query.head.response())
        return; // an answer to an answer would never end
    if (client.stream)
        ++connections.at(*client.stream).open;
    if (const DnsRecord* opt = optOf(query)) {
        client.edns = true;
        if (!client.stream) // less than 512 means 512 (RFC 6891, 6.2.3)
            client.limit = std::max(plainUdpLimit, std::size_t{std::min(opt->recordClass, udpSize)});
    }
    if (const auto code = objection(query)) {
        DnsMessage answer = dnsAnswerTo(query);
        setCode(answer, *code);
        reply(host, client, std::move(answer));
    } else {
        take(client, query);
    }
}

void DnsListener::datagram(HostServices& host, const IncomingDatagram& in, const Take& take) {
    DnsClient client;
    client.address = in.source;
    client.local = in.destination;
    client.port = in.sourcePort;
    consider(host, std::move(client), in.payload, take);
}

void DnsListener::stream(HostServices& host, const StreamEvent& event, const Take& take) {
    if (event.type == StreamEventType::Accepted) {
        if (connections.size() >= mostConnections)
            host.abort(event.stream);
        else
            connections[event.stream].idleSince = host.now();
        return;
    }
    const auto found = connections.find(event.stream);
    if (found == connections.end())
        return;
    found->second.idleSince = host.now();
    switch (event.type) {
    case StreamEventType::Data: {
        found->second.buffer.append(event.data);
        DnsClient client;
        client.address = event.remote;
        client.port = event.remotePort;
        client.stream = event.stream;
        client.limit = streamLimit;
        while (connections.contains(event.stream)) {
            const auto message = connections.at(event.stream).buffer.next();
            if (!message)
                break;
            consider(host, client, *message, take);
        }
        break;
    }
    case StreamEventType::PeerClosed:
        found->second.peerClosed = true;
        closeIfOver(host, event.stream);
        break;
    case StreamEventType::Closed:
    case StreamEventType::Reset:
    case StreamEventType::TimedOut: connections.erase(found); break;
    default: break;
    }
}

void DnsListener::closeIfOver(HostServices& host, StreamId stream) {
    const auto found = connections.find(stream);
    if (found != connections.end() && found->second.peerClosed && found->second.open == 0) {
        connections.erase(found);
        host.close(stream);
    }
}

void DnsListener::reply(HostServices& host, const DnsClient& client, DnsMessage answer, bool last) {
    if (client.edns) {
        answer.records.push_back(optRecord(udpSize));
        answer.records.back().timeToLive = answer.responseCode >> 4 << 24;
    }
    const std::vector<std::uint8_t> bytes = writeDnsWithin(std::move(answer), client.limit);
    if (!client.stream) {
        OutgoingDatagram datagram{dnsPort, client.address, client.port, bytes, {}};
        if (!client.local.isBroadcast() && !client.local.isMulticast())
            datagram.options.source = client.local; // a client takes no answer from elsewhere (RFC 2181, 4.1)
        host.send(std::move(datagram));
        return;
    }
    const auto found = connections.find(*client.stream);
    if (found == connections.end())
        return;
    found->second.idleSince = host.now();
    found->second.open -= last;
    Writer framed;
    framed.u16(bytes.size());
    framed.append(Bytes(bytes));
    host.send(*client.stream, framed.bytes());
    closeIfOver(host, *client.stream);
}

std::optional<Time> DnsListener::deadline() const {
    std::optional<Time> first;
    for (const auto& [stream, connection] : connections)
        if (connection.open == 0)
            first =
                std::min(first.value_or(connection.idleSince + idleLimit), connection.idleSince + idleLimit);
    return first;
}

void DnsListener::wake(HostServices& host) {
    std::vector<StreamId> idle;
    for (const auto& [stream, connection] : connections)
        if (connection.open == 0 && connection.idleSince + idleLimit <= host.now())
            idle.push_back(stream);
    for (const StreamId stream : idle) {
        connections.erase(stream);
        host.close(stream);
    }
}

} // namespace wirestage::simulation
