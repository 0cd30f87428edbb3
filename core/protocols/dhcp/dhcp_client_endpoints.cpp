// SPDX-License-Identifier: GPL-3.0-or-later
// The states of a DHCP client (RFC 2131, figure 5), and what moves it from one to the next.
#include "core/protocols/dhcp/dhcp_client_endpoints.h"

#include <utility>

namespace wirestage::simulation {
void DhcpClient::start(HostServices& host) {
    if (!host.bind(dhcpClientPort, *this))
        host.noted(ProtocolId::dhcp, WS_TR("dhcp", "another program has port 68"));
    if (setup.autostart)
        begin(host);
}

void DhcpClient::command(HostServices& host, const Command& command) {
    if (command.verb == "dhcp.start") {
        starting.push_back(command.id);
        if (state == State::Off)
            begin(host);
        else if (state == State::Bound)
            finish(host, starting, true);
    } else if (command.verb == "dhcp.renew") {
        renewing.push_back(command.id);
        if (lease && state == State::Bound)
            extend(host, State::Renewing);
        else if (!lease)
            finish(host, renewing, false);
    } else if (command.verb == "dhcp.release") {
        release(host, command.id);
    } else if (command.verb == "dhcp.inform") {
        informing.push_back(command.id);
        if (!isGiven(host.address(setup.interface)))
            return finish(host, informing, false);
        informTransaction = newTransaction(host);
        informsSent = 0;
        sendInform(host);
    } else if (command.verb == "dhcp.stop") {
        const IpAddress had = lease ? lease->address : IpAddress{};
        setup.remembered = command.settings.flag("remember") ? had : IpAddress{};
        leave(host);
        host.finished(command.id, true);
    } else if (command.verb == "dhcp.static") {
        setByHand(host, command.settings);
        host.finished(command.id, true);
    }
}

void DhcpClient::datagram(HostServices& host, const IncomingDatagram& datagram) {
    if (datagram.interface != setup.interface)
        return;
    const auto message = readDhcp(datagram.payload);
    if (!message || message->head.operation != 2 || !message->head.hasMac() ||
        message->head.hardware != host.hardware(setup.interface))
        return;
    if (message->head.type == DhcpType::Ack && !informing.empty() &&
        message->head.transaction == informTransaction)
        return informed(host, *message);
    if (message->head.transaction != transaction || state == State::Off)
        return;
    switch (message->head.type) {
    case DhcpType::Offer: return offered(host, *message);
    case DhcpType::Ack: return acknowledged(host, *message);
    case DhcpType::Nak: return refused(host, *message);
    default: return;
    }
}

void DhcpClient::wake(HostServices& host) {
    for (std::string_view timer = timers.takeDue(host); !timer.empty(); timer = timers.takeDue(host))
        fired(host, timer);
}

void DhcpClient::fired(HostServices& host, std::string_view timer) {
    if (timer == "start")
        proceed(host);
    else if (timer == "restart" || timer == "again")
        initialise(host);
    else if (timer == "offers")
        chooseOffer(host);
    else if (timer == "retry")
        retry(host);
    else if (timer == "T1")
        extend(host, State::Renewing);
    else if (timer == "T2")
        extend(host, State::Rebinding);
    else if (timer == "lease")
        expire(host);
    else if (timer == "inform" && informsSent < setup.requestTries)
        sendInform(host);
    else if (timer == "inform") // a minute, or four tries (4.4.3)
        finish(host, informing, false);
}

// --- beginning and ending ---

void DhcpClient::begin(HostServices& host) {
    began = host.now();
    enter(host, isGiven(setup.remembered) ? State::InitReboot : State::Init);
    if (setup.startDelay == 0)
        return proceed(host);
    // So that hosts that are switched on together do not ask together (4.4.1).
    const Time least = std::min(setup.startDelay, second);
    const auto more =
        static_cast<Time>(host.random(static_cast<std::uint64_t>(setup.startDelay - least) + 1));
    timers.start(host, "start", host.now() + least + more);
}

void DhcpClient::proceed(HostServices& host) {
    if (state != State::InitReboot)
        return initialise(host);
    transaction = newTransaction(host);
    sent = 0;
    enter(host, State::Rebooting);
    sendRequest(host);
}

void DhcpClient::initialise(HostServices& host) {
    stopTimers(host);
    lease.reset();
    trial.reset();
    offers.clear();
    if (state != State::Init) // a new start; a delay before the first message counts
        began = host.now();
    enter(host, State::Init);
    transaction = newTransaction(host);
    sent = 0;
    enter(host, State::Selecting);
    sendDiscover(host);
}

void DhcpClient::giveUp(HostServices& host) {
    enter(host, State::Init);
    host.noted(ProtocolId::dhcp, WS_TR("dhcp", "no DHCP server answers"));
    finish(host, starting, false);
    if (setup.linkLocal && !isGiven(linkLocal))
        chooseLinkLocal(host);
    if (setup.again > 0)
        timers.start(host, "again", host.now() + setup.again);
    state = State::Off;
}

/// Stops without a word to the server.
void DhcpClient::leave(HostServices& host) {
    stopTimers(host);
    timers.stop(host, "inform");
    if (lease || isGiven(linkLocal)) {
        host.clearAddress(setup.interface);
        host.setGateway({});
    }
    lease.reset();
    trial.reset();
    linkLocal = {};
    if (state != State::Off) {
        enter(host, State::Init);
        state = State::Off;
    }
    finish(host, starting, false);
    finish(host, renewing, false);
    finish(host, informing, false);
}

/// All but that of an Inform, which has nothing to do with a lease.
void DhcpClient::stopTimers(HostServices& host) {
    for (const char* name : {"start", "offers", "retry", "restart", "again", "T1", "T2", "lease"})
        timers.stop(host, name);
}

void DhcpClient::enter(HostServices& host, State next) {
    static constexpr const char* names[] = {"",         "INIT",      "SELECTING",   "REQUESTING", "BOUND",
                                            "RENEWING", "REBINDING", "INIT-REBOOT", "REBOOTING"};
    if (told != next)
        host.entered(ProtocolId::dhcp, 0, names[static_cast<std::size_t>(next)]);
    state = told = next;
}

void DhcpClient::finish(HostServices& host, std::vector<CommandId>& commands, bool succeeded) {
    for (const CommandId command : std::exchange(commands, {}))
        host.finished(command, succeeded);
}

void DhcpClient::release(HostServices& host, CommandId command) {
    const bool had = lease.has_value();
    if (lease) { // table 5: the address in ciaddr, the server in its option
        transaction = newTransaction(host);
        DhcpMessage m = message(host, DhcpType::Release);
        m.head.client = lease->address;
        m.head.serverIdentifier = lease->server;
        unicast(host, m, lease->server);
        setup.remembered = {};
    }
    leave(host);
    host.finished(command, had);
}

void DhcpClient::setByHand(HostServices& host, const Settings& settings) {
    setup.remembered = {};
    leave(host);
    host.setAddress(setup.interface, settings.address("address"),
                    static_cast<unsigned>(settings.number("prefix", 24)));
    host.setGateway(settings.address("gateway"));
    if (settings.has("dns"))
        host.setNameServers({settings.address("dns")});
    host.announce(setup.interface);
}

// --- what time brings ---

/// 4, 8, 16, 32, 64 s, each up to a second more or less (4.1).
Time DhcpClient::backOff(HostServices& host, unsigned sentBefore) const {
    const Time base = (4 * second) << std::min(sentBefore, 4U);
    return base - second + static_cast<Time>(host.random(2 * second + 1));
}

std::uint32_t DhcpClient::newTransaction(HostServices& host) const {
    return static_cast<std::uint32_t>(host.random(std::uint64_t{1} << 32));
}

void DhcpClient::retry(HostServices& host) {
    switch (state) {
    case State::Selecting:
        if (setup.discoverTries > 0 && sent >= setup.discoverTries)
            return giveUp(host);
        return sendDiscover(host);
    case State::Requesting:
    case State::Rebooting:
        if (sent < setup.requestTries)
            return sendRequest(host);
        setup.remembered = {}; // neither Ack nor Nak: from the beginning (3.1, step 5; 3.2, step 3)
        return initialise(host);
    case State::Renewing:
    case State::Rebinding: return sendExtension(host);
    default: return;
    }
}

void DhcpClient::extend(HostServices& host, State how) {
    timers.stop(host, "retry");
    timers.stop(host, "T1");
    if (state == State::Bound || how == State::Renewing)
        began = host.now();
    transaction = newTransaction(host);
    enter(host, how);
    sendExtension(host);
}

void DhcpClient::expire(HostServices& host) {
    host.noted(ProtocolId::dhcp, WS_TR("dhcp", "%1: the lease is over").with(toString(lease->address)));
    host.clearAddress(setup.interface);
    host.setGateway({});
    finish(host, renewing, false);
    initialise(host);
}

} // namespace wirestage::simulation
