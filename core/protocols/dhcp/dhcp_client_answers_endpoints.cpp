// SPDX-License-Identifier: GPL-3.0-or-later
// What a DHCP client makes of the answers it gets: offers, leases, refusals (RFC 2131, 4.4), and of other
// hosts that have the address already (RFC 5227, 3927).
#include "core/protocols/dhcp/dhcp_client_endpoints.h"

#include <bit>
#include <utility>

namespace wirestage::simulation {
namespace {

constexpr std::size_t mostOffers = 16;
constexpr Time declineWait = 10 * second;   // at least ten seconds (RFC 2131, 3.1, step 5)
constexpr unsigned linkLocalProbes = 3;     // RFC 3927, 9: PROBE_NUM
constexpr unsigned linkLocalMostTries = 10; // MAX_CONFLICTS

bool isHostAddress(const IpAddress& address) {
    return isGiven(address) && !address.isMulticast() && !address.isBroadcast() && address.bytes[12] != 127;
}

/// Without a subnet mask, what the address's class says (RFC 791, 3.2).
unsigned classPrefix(const IpAddress& address) {
    const std::uint8_t first = address.bytes[12];
    return first < 128 ? 8 : first < 192 ? 16 : 24;
}

} // namespace

void DhcpClient::offered(HostServices& host, const DhcpMessage& message) {
    if (state != State::Selecting || offers.size() >= mostOffers || !isGiven(message.head.serverIdentifier) ||
        !isHostAddress(message.head.your))
        return;
    offers.push_back({message.head.serverIdentifier, message.head.your});
    if (setup.offerWait == 0)
        return chooseOffer(host);
    if (offers.size() == 1) {
        timers.stop(host, "retry");
        timers.start(host, "offers", host.now() + setup.offerWait);
    }
}

void DhcpClient::chooseOffer(HostServices& host) {
    const auto preferred = std::find_if(offers.begin(), offers.end(),
                                        [&](const Offer& offer) { return offer.server == setup.prefers; });
    chosen = preferred == offers.end() ? offers.front() : *preferred;
    if (offers.size() > 1)
        host.noted(ProtocolId::dhcp, WS_TRN("dhcp", "%n offer(s): %1 takes the one of %2", "", offers.size())
                                         .with(host.hostName())
                                         .with(toString(chosen.server)));
    sent = 0;
    timers.stop(host, "retry");
    enter(host, State::Requesting);
    sendRequest(host);
}

/// What an Ack gives; nothing where it says too little. Times are counted from when the Request was sent
/// (4.4.1).
std::optional<DhcpClient::Lease> DhcpClient::leaseOf(const DhcpMessage& message) const {
    const DhcpHead& head = message.head;
    if (!isHostAddress(head.your) || head.leaseSeconds.value_or(0) == 0)
        return std::nullopt;
    Lease given;
    given.address = head.your;
    given.server = isGiven(head.serverIdentifier) ? head.serverIdentifier
                   : lease                        ? lease->server
                                                  : chosen.server;
    given.prefixLength = message.subnetMask
                             ? static_cast<unsigned>(std::countl_one(message.subnetMask->v4Number()))
                             : classPrefix(head.your);
    if (!message.routers.empty())
        given.router = message.routers.front();
    given.nameServers = message.domainNameServers;
    given.seconds = *head.leaseSeconds;
    if (given.seconds == dhcpForEver)
        return given;
    const Time whole = static_cast<Time>(given.seconds) * second;
    Time t1 = whole / 2, t2 = whole / 8 * 7; // 4.4.5
    if (message.rebindingSeconds && *message.rebindingSeconds < given.seconds)
        t2 = static_cast<Time>(*message.rebindingSeconds) * second;
    if (message.renewalSeconds)
        t1 = static_cast<Time>(*message.renewalSeconds) * second;
    if (t1 >= t2) // it must be earlier, whatever the server says
        t1 = t2 / 2;
    given.renewal = requestSent + t1;
    given.rebinding = requestSent + t2;
    given.expiry = requestSent + whole;
    return given;
}

void DhcpClient::acknowledged(HostServices& host, const DhcpMessage& message) {
    const auto given = leaseOf(message);
    if (!given || trial)
        return;
    if (state == State::Renewing || state == State::Rebinding) {
        if (given->address != lease->address)
            return;
        lease = given;
        return runLease(host);
    }
    const bool awaited = (state == State::Requesting && given->address == chosen.address) ||
                         (state == State::Rebooting && given->address == setup.remembered);
    if (!awaited)
        return;
    stopTimers(host);
    trial = given;
    if (setup.probes == 0)
        return takeOn(host);
    host.probe(setup.interface, given->address, setup.probes, setup.probeInterval, *this);
}

/// The address that was acknowledged is tried and free: it is ours.
void DhcpClient::takeOn(HostServices& host) {
    lease = std::exchange(trial, std::nullopt);
    linkLocal = {};
    setup.remembered = {};
    refusals = 0;
    host.setAddress(setup.interface, lease->address, lease->prefixLength);
    host.announce(setup.interface);
    runLease(host);
}

void DhcpClient::runLease(HostServices& host) {
    stopTimers(host);
    host.setGateway(lease->router);
    host.setNameServers(lease->nameServers);
    enter(host, State::Bound);
    if (lease->seconds != dhcpForEver) {
        timers.start(host, "T1", lease->renewal);
        timers.start(host, "T2", lease->rebinding);
        timers.start(host, "lease", lease->expiry);
    }
    finish(host, starting, true);
    finish(host, renewing, true);
}

/// A refusal; in REQUESTING the chosen server's alone counts.
void DhcpClient::refused(HostServices& host, const DhcpMessage& message) {
    const IpAddress& server = message.head.serverIdentifier;
    const bool mine = state == State::Rebooting || state == State::Renewing || state == State::Rebinding ||
                      (state == State::Requesting && server == chosen.server);
    if (!mine || trial)
        return;
    const bool hadAddress = lease.has_value();
    stopTimers(host);
    if (hadAddress) {
        host.clearAddress(setup.interface);
        host.setGateway({});
    }
    lease.reset();
    setup.remembered = {};
    finish(host, renewing, false);
    enter(host, State::Init);
    began = host.now();
    // At once; but where refusal follows refusal, ever more slowly.
    if (refusals++ == 0)
        return initialise(host);
    timers.start(host, "restart", host.now() + (second << std::min(refusals, 6U)));
}

void DhcpClient::informed(HostServices& host, const DhcpMessage& message) {
    timers.stop(host, "inform");
    if (!message.routers.empty())
        host.setGateway(message.routers.front());
    if (!message.domainNameServers.empty())
        host.setNameServers(message.domainNameServers);
    finish(host, informing, true);
}

// --- addresses that others have, or may have ---

void DhcpClient::probed(HostServices& host, const IpAddress& address, std::optional<MacAddress> by) {
    if (trial && address == trial->address) {
        if (!by)
            return takeOn(host);
        const IpAddress server = trial->server;
        trial.reset();
        return decline(host, address, server, *by);
    }
    if (!isGiven(linkLocal) || address != linkLocal || lease)
        return;
    if (by && ++linkLocalConflicts < linkLocalMostTries)
        return chooseLinkLocal(host);
    if (by)
        return;
    host.setAddress(setup.interface, linkLocal, 16);
    host.announce(setup.interface);
    host.noted(ProtocolId::dhcp, WS_TR("dhcp", "%1 chosen by itself (link-local)").with(toString(linkLocal)));
}

/// Somebody has turned up with our address (RFC 5227, 2.4): it came by DHCP, so it is declined.
void DhcpClient::conflict(HostServices& host, InterfaceId interface) {
    if (interface != setup.interface)
        return;
    if (!lease) {
        host.noted(ProtocolId::dhcp,
                   WS_TR("dhcp", "another host uses %1 too").with(toString(host.address(interface))));
        return;
    }
    const Lease lost = *lease;
    host.clearAddress(setup.interface);
    host.setGateway({});
    lease.reset();
    finish(host, renewing, false);
    decline(host, lost.address, lost.server, {});
}

void DhcpClient::decline(HostServices& host, const IpAddress& address, const IpAddress& server,
                         const MacAddress& by) {
    DhcpMessage m = message(host, DhcpType::Decline); // table 5: no ciaddr, the address in option 50
    m.head.requested = address;
    m.head.serverIdentifier = server;
    m.message = by.isZero() ? "address in use" : "address in use by " + toString(by);
    broadcast(host, m);
    stopTimers(host);
    setup.remembered = {};
    enter(host, State::Init);
    began = host.now() + declineWait;
    timers.start(host, "restart", host.now() + declineWait);
}

void DhcpClient::chooseLinkLocal(HostServices& host) {
    // 169.254.1.0 to 169.254.254.255 (RFC 3927, 2.1).
    const auto number = static_cast<std::uint32_t>(0xa9fe0100 + host.random(254 * 256));
    linkLocal = ipv4Address(number);
    host.probe(setup.interface, linkLocal, linkLocalProbes, second, *this);
}

} // namespace wirestage::simulation
