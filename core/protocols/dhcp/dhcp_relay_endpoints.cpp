// SPDX-License-Identifier: GPL-3.0-or-later
// What a relay agent changes in a message, byte for byte: hops and giaddr in the header, and option 82; the
// rest is none of its business.
#include "core/protocols/dhcp/dhcp_relay_endpoints.h"

#include "core/protocols/dhcp/dhcp_header.h"

namespace wirestage::simulation {
namespace {

constexpr std::uint8_t relayInformation = 82;
constexpr std::size_t leastSize = 300;

/// The message with another header, and with this instead of its option 82 (empty: without it), before the
/// end option.
std::vector<std::uint8_t> rewritten(DhcpHead head, Bytes message, Bytes information) {
    Writer writer;
    writeHeader(writer, head);
    Bytes options = message.subspan(DhcpHead::size);
    writer.append(options.first(std::min<std::size_t>(4, options.size()))); // the cookie
    if (!head.hasCookie) {
        writer.append(options.subspan(std::min<std::size_t>(4, options.size())));
        return std::move(writer).take();
    }
    dhcp::OptionWalk walk(options.subspan(4));
    for (dhcp::Option option; walk.next(option);) {
        if (option.code == relayInformation)
            continue;
        writer.u8(option.code);
        writer.u8(option.data.size());
        writer.append(option.data);
    }
    for (Bytes rest = information; !rest.empty();) {
        const Bytes part = rest.first(std::min<std::size_t>(rest.size(), 255));
        writer.u8(relayInformation);
        writer.u8(part.size());
        writer.append(part);
        rest = rest.subspan(part.size());
    }
    writer.u8(dhcp::end);
    if (writer.size() < leastSize)
        writer.zeros(leastSize - writer.size());
    return std::move(writer).take();
}

bool hasInformation(const DhcpHead& head, Bytes message) {
    if (!head.hasCookie)
        return false;
    dhcp::OptionWalk walk(message.subspan(DhcpHead::size + 4));
    for (dhcp::Option option; walk.next(option);)
        if (option.code == relayInformation)
            return true;
    return false;
}

bool isOwn(const HostServices& host, const IpAddress& address) {
    for (InterfaceId i = 0; i < host.interfaceCount(); ++i)
        if (host.address(i) == address)
            return true;
    return false;
}

void addSuboption(std::vector<std::uint8_t>& bytes, std::uint8_t code, Bytes value) {
    const Bytes part = value.first(std::min<std::size_t>(value.size(), 255));
    bytes.push_back(code);
    bytes.push_back(static_cast<std::uint8_t>(part.size()));
    bytes.insert(bytes.end(), part.begin(), part.end());
}

Bytes bytesOf(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

} // namespace

std::variant<std::unique_ptr<Application>, Text> makeDhcpRelay(const Settings& settings) {
    DhcpRelaySetup setup;
    setup.interface = static_cast<InterfaceId>(settings.number("interface"));
    for (const char* name : {"server", "second_server"})
        if (const IpAddress server = settings.address(name); server.version == 4)
            setup.servers.push_back(server);
    if (setup.servers.empty())
        return WS_TR("lesson", "a DHCP relay needs the IPv4 address of a server");
    setup.hops = static_cast<std::uint8_t>(settings.number("hops", 16));
    setup.leastSeconds = static_cast<std::uint16_t>(settings.number("least_seconds"));
    setup.option82 = settings.flag("option82");
    setup.circuitId = settings.text("circuit_id");
    setup.remoteId = settings.text("remote_id");
    return std::make_unique<DhcpRelay>(std::move(setup));
}

void DhcpRelay::start(HostServices& host) {
    if (!host.bind(dhcpServerPort, *this))
        host.noted(ProtocolId::dhcp, WS_TR("dhcp", "another program has port 67"));
}

void DhcpRelay::datagram(HostServices& host, const IncomingDatagram& datagram) {
    const auto head = readDhcpHead(datagram.payload);
    if (!head || head->hardwareLength > 16)
        return;
    if (head->operation == 2)
        fromServer(host, datagram);
    else if (datagram.interface == setup.interface)
        fromClient(host, datagram);
}

void DhcpRelay::dropped(HostServices& host, Text why) {
    host.noted(ProtocolId::dhcp, WS_TR("dhcp", "not relayed: %1").with(std::move(why)));
}

/// Circuit ID and remote ID (RFC 3046, 3.1 and 3.2): who the client is by the wire it is on.
std::vector<std::uint8_t> DhcpRelay::information(HostServices& host) const {
    std::vector<std::uint8_t> bytes;
    addSuboption(
        bytes, 1,
        bytesOf(setup.circuitId.empty() ? "eth" + std::to_string(setup.interface) : setup.circuitId));
    const MacAddress own = host.hardware(setup.interface);
    addSuboption(bytes, 2, setup.remoteId.empty() ? Bytes(own.bytes) : bytesOf(setup.remoteId));
    return bytes;
}

void DhcpRelay::fromClient(HostServices& host, const IncomingDatagram& datagram) {
    DhcpHead head = *readDhcpHead(datagram.payload);
    const bool first = !isGiven(head.relay);
    if (head.hops > setup.hops)
        return dropped(host, WS_TR("dhcp", "%1 relays have had it already").with(unsigned{head.hops}));
    if (head.seconds < setup.leastSeconds)
        return dropped(host, WS_TR("dhcp", "the client has not waited long enough"));
    const bool carries = hasInformation(head, datagram.payload);
    if (first && carries) // who may say so is a relay (RFC 3046, 2.1)
        return dropped(host, WS_TR("dhcp", "option 82 from a client"));
    if (!first && isOwn(host, head.relay)) // a forgery (RFC 3046, 2.1.1)
        return dropped(host, WS_TR("dhcp", "it bears this relay's own address"));
    std::vector<std::uint8_t> payload;
    ++head.hops;
    if (first) {
        head.relay = host.address(setup.interface);
        payload = rewritten(head, datagram.payload,
                            setup.option82 ? information(host) : std::vector<std::uint8_t>{});
    } else { // another relay was first: its address and information stay (RFC 1542, 4.1.1)
        Writer writer;
        writeHeader(writer, head);
        writer.append(datagram.payload.subspan(DhcpHead::size));
        payload = std::move(writer).take();
    }
    for (const IpAddress& server : setup.servers) {
        OutgoingDatagram on;
        on.sourcePort = dhcpServerPort;
        on.destination = server;
        on.destinationPort = dhcpServerPort;
        on.payload = payload;
        host.send(std::move(on));
    }
}

void DhcpRelay::fromServer(HostServices& host, const IncomingDatagram& datagram) {
    const DhcpHead head = *readDhcpHead(datagram.payload);
    if (head.relay != host.address(setup.interface) || !isGiven(head.relay))
        return;
    OutgoingDatagram on;
    on.sourcePort = dhcpServerPort;
    on.destinationPort = dhcpClientPort;
    on.payload = rewritten(head, datagram.payload, {});
    on.options.via = setup.interface;
    on.options.source = head.relay;
    // To where yiaddr and chaddr say, or to all (RFC 1542, 4.1.2).
    if (head.broadcast() || !isGiven(head.your) || !head.hasMac()) {
        on.destination = ipv4Address(0xffffffff);
    } else {
        on.destination = head.your;
        on.options.toHardware = head.hardware;
    }
    host.send(std::move(on));
}

} // namespace wirestage::simulation
