// SPDX-License-Identifier: GPL-3.0-or-later
// The settings of a DHCP client, and the messages it makes from them (RFC 2131, table 5).
#include "core/protocols/dhcp/dhcp_client_endpoints.h"

#include <cctype>
#include <charconv>

namespace wirestage::simulation {
namespace {

struct Parameter {
    std::string_view name;
    std::uint8_t code;
};
constexpr Parameter parametersByName[] = {
    {"subnet_mask", 1}, {"router", 3},      {"dns_server", 6},    {"host_name", 12},      {"domain_name", 15},
    {"ntp_server", 42}, {"lease_time", 51}, {"renewal_time", 58}, {"rebinding_time", 59},
};

std::optional<std::uint8_t> parameterCode(std::string_view word) {
    for (const Parameter& parameter : parametersByName)
        if (parameter.name == word)
            return parameter.code;
    std::uint8_t code = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), code);
    if (error != std::errc{} || end != word.data() + word.size() || code == 0 || code == 255)
        return std::nullopt;
    return code;
}

/// A name as hosts may have (RFC 1123, 2.1); others are not told.
bool isHostName(std::string_view name) {
    return !name.empty() && name.size() <= 63 && std::all_of(name.begin(), name.end(), [](unsigned char c) {
        return std::isalnum(c) || c == '-' || c == '.';
    });
}

void append(std::vector<std::uint8_t>& bytes, std::string_view text) {
    bytes.insert(bytes.end(), text.begin(), text.end());
}

} // namespace

std::variant<DhcpClientSetup, Text> dhcpClientSetup(const Settings& settings) {
    DhcpClientSetup setup;
    setup.interface = static_cast<InterfaceId>(settings.number("interface"));
    setup.autostart = settings.flag("autostart");
    setup.broadcast = settings.flag("broadcast");
    if (settings.has("client_id"))
        setup.identifier = settings.text("client_id");
    if (settings.has("host_name"))
        setup.hostName = settings.text("host_name");
    if (settings.has("parameters")) {
        setup.parameters.clear();
        for (const std::string& word : settings.words("parameters")) {
            const auto code = parameterCode(word);
            if (!code)
                return WS_TR("lesson", "“%1” is neither a DHCP parameter nor the number of an option")
                    .with(word);
            setup.parameters.push_back(*code);
        }
    }
    setup.wanted = settings.address("requested_address");
    setup.remembered = settings.address("remembered_address");
    if (settings.has("requested_lease"))
        setup.wantedLease = static_cast<std::uint32_t>(settings.seconds("requested_lease"));
    setup.prefers = settings.address("prefers");
    setup.offerWait = fromSeconds(settings.seconds("offer_wait", 0.05));
    setup.startDelay = fromSeconds(settings.seconds("start_delay"));
    setup.probes = settings.flag("probe", true) ? static_cast<unsigned>(settings.number("probes", 1)) : 0;
    setup.probeInterval = fromSeconds(settings.seconds("probe_interval", 0.2));
    setup.discoverTries = static_cast<unsigned>(settings.number("tries", 5));
    setup.requestTries = static_cast<unsigned>(settings.number("request_tries", 4));
    setup.linkLocal = settings.flag("link_local");
    setup.again = fromSeconds(settings.seconds("again"));
    return setup;
}

std::variant<std::unique_ptr<Application>, Text> makeDhcpClient(const Settings& settings) {
    auto setup = dhcpClientSetup(settings);
    if (auto* why = std::get_if<Text>(&setup))
        return std::move(*why);
    return std::make_unique<DhcpClient>(std::get<DhcpClientSetup>(std::move(setup)));
}

/// What all messages have. A client identifier that is in one must be in all (RFC 2131, 4.2).
DhcpMessage DhcpClient::message(HostServices& host, DhcpType type) const {
    DhcpMessage m;
    m.head.operation = 1;
    m.head.type = type;
    m.head.transaction = transaction;
    m.head.hardware = host.hardware(setup.interface);
    if (!setup.identifier) {
        m.clientIdentifier = hardwareIdentity(1, m.head.hardware);
    } else if (!setup.identifier->empty()) {
        m.clientIdentifier.assign(1, 0);
        append(m.clientIdentifier, *setup.identifier);
    }
    return m;
}

/// Of Discover, Request and Inform, which want an answer with parameters in it.
DhcpMessage DhcpClient::question(HostServices& host, DhcpType type) const {
    DhcpMessage m = message(host, type);
    m.head.seconds = seconds;
    if (setup.broadcast)
        m.head.flags = dhcpBroadcastFlag;
    m.parameters = setup.parameters;
    m.hostName = setup.hostName.value_or(isHostName(host.hostName()) ? host.hostName() : std::string());
    return m;
}

void DhcpClient::broadcast(HostServices& host, const DhcpMessage& message) {
    OutgoingDatagram datagram;
    datagram.sourcePort = dhcpClientPort;
    datagram.destination = ipv4Address(0xffffffff);
    datagram.destinationPort = dhcpServerPort;
    datagram.payload = writeDhcp(message);
    datagram.options.via = setup.interface;
    // Zero as long as the client has no address (4.1); one of its own choice does not count.
    datagram.options.source = isGiven(message.head.client) ? message.head.client : ipv4Address(0);
    host.send(std::move(datagram));
}

void DhcpClient::unicast(HostServices& host, const DhcpMessage& message, const IpAddress& to) {
    OutgoingDatagram datagram;
    datagram.sourcePort = dhcpClientPort;
    datagram.destination = to;
    datagram.destinationPort = dhcpServerPort;
    datagram.payload = writeDhcp(message);
    datagram.options.source = message.head.client;
    host.send(std::move(datagram));
}

void DhcpClient::sendDiscover(HostServices& host) {
    seconds = static_cast<std::uint16_t>(std::min<Time>((host.now() - began) / second, 0xffff));
    DhcpMessage m = question(host, DhcpType::Discover);
    m.head.requested = setup.wanted;
    m.head.leaseSeconds = setup.wantedLease;
    broadcast(host, m);
    timers.start(host, "retry", host.now() + backOff(host, sent++));
}

/// In SELECTING and INIT-REBOOT (4.3.2): to everybody, so that the other servers take their offers back. With
/// the same secs as Discover (3.1, step 3).
void DhcpClient::sendRequest(HostServices& host) {
    DhcpMessage m = question(host, DhcpType::Request);
    if (state == State::Rebooting) {
        m.head.requested = setup.remembered;
        m.head.seconds = static_cast<std::uint16_t>(std::min<Time>((host.now() - began) / second, 0xffff));
    } else {
        m.head.requested = chosen.address;
        m.head.serverIdentifier = chosen.server;
    }
    m.head.leaseSeconds = setup.wantedLease;
    requestSent = host.now();
    broadcast(host, m);
    timers.start(host, "retry", host.now() + backOff(host, sent++));
}

/// In RENEWING and REBINDING (4.3.2): the address stands in ciaddr, no server is named.
void DhcpClient::sendExtension(HostServices& host) {
    DhcpMessage m = question(host, DhcpType::Request);
    m.head.client = lease->address;
    m.head.flags = 0; // it can take a unicast
    m.head.seconds = static_cast<std::uint16_t>(std::min<Time>((host.now() - began) / second, 0xffff));
    m.head.leaseSeconds = setup.wantedLease;
    requestSent = host.now();
    if (state == State::Rebinding)
        broadcast(host, m);
    else
        unicast(host, m, lease->server);
    // Half of what is left, but no less than a minute (4.4.5).
    const Time until = state == State::Rebinding ? lease->expiry : lease->rebinding;
    const Time wait = std::max<Time>((until - host.now()) / 2, 60 * second);
    if (host.now() + wait < until)
        timers.start(host, "retry", host.now() + wait);
}

void DhcpClient::sendInform(HostServices& host) {
    DhcpMessage m = question(host, DhcpType::Inform);
    m.head.transaction = informTransaction;
    m.head.client = host.address(setup.interface);
    m.head.flags = 0;
    m.head.seconds = 0;
    if (lease)
        unicast(host, m, lease->server); // to the server that it knows (4.4.3)
    else
        broadcast(host, m);
    timers.start(host, "inform", host.now() + backOff(host, informsSent++));
}

} // namespace wirestage::simulation
