// SPDX-License-Identifier: GPL-3.0-or-later
// Asking, waiting, asking again.
#include "core/protocols/dns/dns_inquiry_endpoints.h"

#include <algorithm>

namespace wirestage::simulation {
namespace {

constexpr std::uint16_t firstEphemeral = 49152;

/// A server that would not or could not (RFC 1035, 4.1.1): another one may.
bool isRefusal(DnsCode code) {
    return code == DnsCode::ServerFailure || code == DnsCode::Refused || code == DnsCode::NotImplemented ||
           code == DnsCode::FormatError || code == DnsCode::NotAuthoritative;
}

} // namespace

void DnsInquiry::start(HostServices& host, Application& owner) {
    application = &owner;
    id = static_cast<std::uint16_t>(host.random(0x10000));
    excluded.assign(setup.servers.size(), false);
    if (setup.servers.empty())
        over = true;
    else
        ask(host);
}

/// RFC 5452, 4.5 and 9.2: nobody shall guess where the answer is awaited.
void DnsInquiry::openPort(HostServices& host) {
    constexpr unsigned attempts = 16;
    for (unsigned i = 0; i < attempts && !port; ++i) {
        const auto candidate =
            static_cast<std::uint16_t>(firstEphemeral + host.random(0x10000 - firstEphemeral));
        if (host.bind(candidate, *application))
            port = candidate;
    }
    if (!port) {
        port = host.ephemeralPort();
        host.bind(*port, *application);
    }
}

void DnsInquiry::ask(HostServices& host) {
    if (!setup.overTcp)
        return askByDatagram(host);
    buffer = {};
    connection = host.connect(server(), dnsPort, *application);
    startTimer(host, 2 * setup.timeout); // the handshake and its own repetitions take their time
}

void DnsInquiry::askByDatagram(HostServices& host) {
    openPort(host);
    OutgoingDatagram datagram;
    datagram.sourcePort = *port;
    datagram.destination = server();
    datagram.destinationPort = dnsPort;
    datagram.payload = writeDns(dnsQuery(id, setup.question, setup.recursionDesired, setup.edns));
    startTimer(host, setup.timeout);
    host.send(std::move(datagram));
}

void DnsInquiry::startTimer(HostServices& host, Time span) {
    due = host.now() + span;
    host.timerStarted(ProtocolId::dns, setup.machine, "retry", *due);
}

void DnsInquiry::endTimer(HostServices& host, bool fired) {
    if (due)
        host.timerEnded(ProtocolId::dns, setup.machine, "retry", fired);
    due.reset();
}

/// The next server that may be asked, from the first again after the last, `rounds` times.
void DnsInquiry::next(HostServices& host) {
    endTimer(host, false);
    closeStream(host);
    const std::size_t before = current;
    do {
        if (++current == setup.servers.size()) {
            current = 0;
            ++round;
        }
    } while (round < setup.rounds && excluded[current]);
    if (current != before && port) { // each server is asked from a port of its own
        host.unbind(*port);
        port.reset();
    }
    if (round < setup.rounds)
        return ask(host);
    over = true;
    stop(host);
}

void DnsInquiry::goOn(HostServices& host) {
    received.reset();
    excluded[current] = true;
    over = false;
    next(host);
}

void DnsInquiry::closeStream(HostServices& host) {
    if (connection)
        host.close(*connection);
    connection.reset();
}

void DnsInquiry::stop(HostServices& host) {
    endTimer(host, false);
    closeStream(host);
    if (port)
        host.unbind(*port);
    port.reset();
    over = true;
}

/// RFC 5452, 9.1: the id, and the question with name, type and class, are ours. Who knows nothing of EDNS may
/// leave the question out when saying so (RFC 6891, 7).
bool DnsInquiry::isOurs(const DnsMessage& message) const {
    if (message.malformed != Malformed::No || !message.head.response() || message.head.id != id ||
        message.head.opcode() != 0)
        return false;
    if (message.questions.empty())
        return setup.edns > 0 && codeOf(message) == DnsCode::FormatError;
    const DnsQuestion& theirs = message.questions.front();
    return message.questions.size() == 1 && theirs.type == setup.question.type &&
           theirs.questionClass == setup.question.questionClass &&
           foldedName(theirs.name) == foldedName(setup.question.name);
}

void DnsInquiry::take(HostServices& host, Bytes bytes, bool overTcp) {
    DnsMessage message = readDns(bytes);
    if (!isOurs(message))
        return;
    endTimer(host, false);
    if (setup.edns > 0 && codeOf(message) == DnsCode::FormatError) {
        setup.edns = 0; // RFC 6891, 6.2.2: once more without
        closeStream(host);
        return ask(host);
    }
    if (message.head.truncated() && !overTcp) {
        setup.overTcp = true;
        return ask(host);
    }
    closeStream(host);
    if (isRefusal(codeOf(message)))
        return goOn(host);
    received = std::move(message);
    stop(host);
}

bool DnsInquiry::datagram(HostServices& host, const IncomingDatagram& in) {
    if (!port || in.destinationPort != *port)
        return false;
    if (in.source == server() && in.sourcePort == dnsPort && !connection)
        take(host, in.payload, false);
    return true;
}

bool DnsInquiry::stream(HostServices& host, const StreamEvent& event) {
    if (!connection || event.stream != *connection)
        return false;
    switch (event.type) {
    case StreamEventType::Opened:
        host.send(*connection,
                  writeDnsForStream(dnsQuery(id, setup.question, setup.recursionDesired, setup.edns)));
        break;
    case StreamEventType::Data: {
        buffer.append(event.data);
        const StreamId stream = event.stream;
        while (connection == stream) {
            const auto message = buffer.next();
            if (!message)
                break;
            take(host, *message, true);
        }
        break;
    }
    case StreamEventType::PeerClosed:
        excluded[current] = true; // without an answer: it will give none
        next(host);
        break;
    case StreamEventType::Acked:
    case StreamEventType::Accepted: break;
    default: // it has come to its end by itself
        connection.reset();
        excluded[current] = true;
        next(host);
    }
    return true;
}

/// A host that says the port is closed need not be waited for (RFC 1122, 4.1.3.3).
bool DnsInquiry::icmp(HostServices& host, const IncomingIcmp& message) {
    constexpr std::uint8_t unreachable = 3, udp = 17;
    if (!port || !message.about || message.about->protocol != udp || message.about->sourcePort != *port)
        return false;
    if (message.type == unreachable && message.about->destination == server() && !connection && due) {
        excluded[current] = true;
        next(host);
    }
    return true;
}

void DnsInquiry::wake(HostServices& host) {
    if (!due || *due > host.now())
        return;
    endTimer(host, true);
    next(host);
}

} // namespace wirestage::simulation
