// SPDX-License-Identifier: GPL-3.0-or-later
// The settings of a DHCP server, and the answers it makes from them: what stands in them (RFC 2131, table 3)
// and where they go (4.1).
#include "core/protocols/dhcp/dhcp_server_endpoints.h"

namespace wirestage::simulation {
namespace {

std::optional<Text> addScope(DhcpServerSetup& setup, const Settings& settings) {
    auto made = DhcpScope::make(settings);
    if (auto* why = std::get_if<Text>(&made))
        return std::move(*why);
    const auto& scope = std::get<DhcpScope>(made);
    for (const DhcpScope& other : setup.scopes)
        if (other.serves(scope.range.first) || scope.serves(other.range.first))
            return WS_TR("lesson", "two scopes for one network: one of them would never be used");
    setup.scopes.push_back(scope);
    return std::nullopt;
}

bool wants(const DhcpMessage& question, std::uint8_t code) {
    return std::find(question.parameters.begin(), question.parameters.end(), code) !=
           question.parameters.end();
}

} // namespace

std::variant<std::unique_ptr<Application>, Text> makeDhcpServer(const Settings& settings) {
    DhcpServerSetup setup;
    if (settings.has("scope") || settings.table("scopes").empty())
        if (auto why = addScope(setup, settings))
            return *std::move(why);
    for (const Settings& row : settings.table("scopes"))
        if (auto why = addScope(setup, row))
            return *std::move(why);
    if (settings.has("interface"))
        setup.interface = static_cast<InterfaceId>(settings.number("interface"));
    setup.authoritative = settings.flag("authoritative", true);
    const std::string check = settings.text("check", "none");
    setup.check = check == "ping" ? DhcpCheck::Ping : check == "arp" ? DhcpCheck::Arp : DhcpCheck::None;
    setup.checkTime = fromSeconds(settings.seconds("check_time", 0.5));
    setup.offerHold = fromSeconds(settings.seconds("offer_hold", 60));
    setup.delay = fromSeconds(settings.seconds("delay"));
    return std::make_unique<DhcpServer>(std::move(setup));
}

/// What every answer repeats of the question.
DhcpMessage DhcpServer::answer(const Question& question, DhcpType type) const {
    const DhcpMessage& asked = question.message;
    DhcpMessage m;
    m.head.operation = 2;
    m.head.type = type;
    m.head.transaction = asked.head.transaction;
    m.head.flags = asked.head.flags;
    m.head.relay = asked.head.relay;
    m.head.hardwareType = asked.head.hardwareType;
    m.head.hardware = asked.head.hardware;
    m.head.serverIdentifier = question.own;
    m.clientIdentifier = asked.clientIdentifier; // RFC 6842
    m.relayInformation = asked.relayInformation; // echoed whole (RFC 3046, 2.2)
    m.circuitId = asked.circuitId;
    m.remoteId = asked.remoteId;
    m.relaySuboptions = asked.relaySuboptions;
    return m;
}

/// What the client has asked for, or everything where it has asked for nothing in particular.
void DhcpServer::addParameters(DhcpMessage& m, const Question& question, bool leases) const {
    const DhcpScope& scope = *question.scope;
    const DhcpMessage& asked = question.message;
    const bool all = asked.parameters.empty();
    if (leases) {
        const std::uint32_t wanted = asked.head.leaseSeconds.value_or(0);
        m.head.leaseSeconds = wanted == 0 ? scope.leaseSeconds : std::min(scope.leaseSeconds, wanted);
        const bool usual = *m.head.leaseSeconds == scope.leaseSeconds && scope.leaseSeconds != dhcpForEver;
        if (usual && (scope.renewalSeconds || wants(asked, 58)))
            m.renewalSeconds = scope.renewalSeconds.value_or(dhcpUsualT1(scope.leaseSeconds));
        if (usual && (scope.rebindingSeconds || wants(asked, 59)))
            m.rebindingSeconds = scope.rebindingSeconds.value_or(dhcpUsualT2(scope.leaseSeconds));
    }
    if (all || wants(asked, 1)) {
        const unsigned length = scope.subnet().length;
        m.subnetMask = ipv4Address(length == 0 ? 0 : ~std::uint32_t{0} << (32 - length));
    }
    if (isGiven(scope.router) && (all || wants(asked, 3)))
        m.routers = {scope.router};
    if (all || wants(asked, 6))
        m.domainNameServers = scope.nameServers;
    if (all || wants(asked, 15))
        m.domainName = scope.domain;
}

/// To the relay, else to the address the client has, else to all or to its hardware, as its flag says; a
/// refusal to all (4.1).
void DhcpServer::send(HostServices& host, const Question& question, DhcpMessage message) {
    OutgoingDatagram datagram;
    datagram.sourcePort = dhcpServerPort;
    datagram.destinationPort = dhcpClientPort;
    datagram.options.source = question.own;
    datagram.options.via = question.interface;
    const bool nak = message.head.type == DhcpType::Nak;
    const bool informs = question.message.head.type == DhcpType::Inform; // past the relay (4.3.5)
    const IpAddress& client = question.message.head.client;
    if (isGiven(message.head.relay) && !informs) {
        datagram.destination = message.head.relay;
        datagram.destinationPort = dhcpServerPort;
        datagram.options.via.reset();
    } else if (!nak && isGiven(client)) {
        datagram.destination = client;
        datagram.options.via.reset();
    } else if (nak || message.head.broadcast()) {
        datagram.destination = ipv4Address(0xffffffff);
    } else {
        datagram.destination = message.head.your;
        datagram.options.toHardware = message.head.hardware;
    }
    datagram.payload = writeDhcp(message);
    post(host, std::move(datagram));
}

void DhcpServer::post(HostServices& host, OutgoingDatagram datagram) {
    if (setup.delay == 0)
        return host.send(std::move(datagram));
    outgoing.push_back({host.now() + setup.delay, std::move(datagram)});
}

void DhcpServer::noteFree(HostServices& host, const DhcpScope& scope) {
    host.noted(ProtocolId::dhcp, WS_TR("dhcp", "free: %1 of %2").with(scope.freeCount()).with(scope.size()));
}

} // namespace wirestage::simulation
