// SPDX-License-Identifier: GPL-3.0-or-later
// What a DHCP server does with the messages of clients (RFC 2131, 4.3).
#include "core/protocols/dhcp/dhcp_server_endpoints.h"

#include <utility>

namespace wirestage::simulation {
namespace {

/// Text for people of a time in seconds, as leases are.
Text leaseInWords(std::uint32_t seconds) {
    return dhcpLeaseInWords(seconds);
}

Time endOf(std::uint32_t seconds, Time from) {
    return seconds == dhcpForEver ? dhcpNever : from + static_cast<Time>(seconds) * second;
}

} // namespace

void DhcpServer::start(HostServices& host) {
    if (!host.bind(dhcpServerPort, *this))
        host.noted(ProtocolId::dhcp, WS_TR("dhcp", "another program has port 67"));
    for (DhcpScope& scope : setup.scopes)
        for (InterfaceId i = 0; i < host.interfaceCount(); ++i)
            if (isGiven(host.address(i)))
                scope.learnNetwork({host.address(i), host.prefixLength(i)});
}

void DhcpServer::command(HostServices& host, const Command& command) {
    if (command.verb == "dhcp.leases")
        listLeases(host);
    if (command.verb == "dhcp.forget")
        for (DhcpScope& scope : setup.scopes)
            scope.forgetAll();
    host.finished(command.id, true);
}

void DhcpServer::listLeases(HostServices& host) {
    for (const DhcpScope& scope : setup.scopes) {
        for (const auto& [number, binding] : scope.all())
            if (binding.state == DhcpBindingState::Leased)
                host.noted(ProtocolId::dhcp,
                           WS_TR("dhcp", "%1: %2, leased")
                               .with(toString(ipv4Address(number)))
                               .with(binding.hostName.empty() ? toString(binding.client.hardware)
                                                              : printable(binding.hostName, 40)));
        noteFree(host, scope);
    }
}

void DhcpServer::datagram(HostServices& host, const IncomingDatagram& datagram) {
    if (setup.interface && datagram.interface != *setup.interface)
        return;
    const auto question =
        questionOf(host, datagram.payload, datagram.interface, datagram.destination.isBroadcast());
    if (!question)
        return;
    const DhcpType type = question->message.head.type;
    if (!question->scope && (type == DhcpType::Discover || type == DhcpType::Inform))
        return host.noted(ProtocolId::dhcp, WS_TR("dhcp", "no scope for the client's network"));
    switch (type) {
    case DhcpType::Discover: return discover(host, *question, datagram.payload);
    case DhcpType::Request: return request(host, *question);
    case DhcpType::Decline: return declined(host, *question);
    case DhcpType::Release: return released(host, *question);
    case DhcpType::Inform: return inform(host, *question);
    default: return;
    }
}

/// Nothing where the message is none that a client or its relay has sent.
std::optional<DhcpServer::Question> DhcpServer::questionOf(HostServices& host, Bytes payload,
                                                           InterfaceId interface, bool broadcast) {
    auto message = readDhcp(payload);
    if (!message || message->head.operation != 1 || !message->head.hasMac())
        return std::nullopt;
    Question question;
    question.client.hardware = message->head.hardware;
    question.client.identity = message->clientIdentifier;
    if (question.client.identity.empty())
        question.client.identity = hardwareIdentity(message->head.hardwareType, message->head.hardware);
    question.interface = interface;
    question.broadcast = broadcast;
    question.own = host.address(interface);
    question.message = *std::move(message);
    question.scope = scopeFor(host, question);
    return question;
}

/// By the relay's address, else by the network that the message came from (4.3.1). What is sent to this
/// server alone may come from anywhere: the client's own address says from where.
DhcpScope* DhcpServer::scopeFor(HostServices& host, const Question& question) {
    const DhcpHead& head = question.message.head;
    IpAddress of = isGiven(head.relay) ? head.relay : host.address(question.interface);
    if (!isGiven(head.relay) && !question.broadcast && isGiven(head.client))
        of = head.client;
    for (DhcpScope& scope : setup.scopes)
        if (scope.serves(of))
            return &scope;
    return nullptr;
}

// --- Discover ---

void DhcpServer::discover(HostServices& host, const Question& question, Bytes payload) {
    const auto address = question.scope->choose(question.client, question.message.head.requested);
    if (!address)
        return host.noted(ProtocolId::dhcp, WS_TR("dhcp", "no address is free: no offer"));
    const DhcpBinding* binding = question.scope->bindingOf(*address);
    const bool inUseByClient = binding && binding->state == DhcpBindingState::Leased;
    if (setup.check == DhcpCheck::None || inUseByClient)
        return offer(host, question, *address);
    tryAddress(host, question, payload, *address);
}

void DhcpServer::setAside(HostServices& host, const Question& question, const IpAddress& address) {
    DhcpBinding binding;
    binding.state = DhcpBindingState::Offered;
    binding.client = question.client;
    binding.hostName = question.message.hostName;
    binding.since = host.now();
    binding.until = host.now() + setup.offerHold;
    question.scope->bind(address, std::move(binding));
}

void DhcpServer::offer(HostServices& host, const Question& question, const IpAddress& address) {
    const DhcpBinding* held = question.scope->bindingOf(address);
    if (!held || held->state != DhcpBindingState::Leased)
        setAside(host, question, address);
    DhcpMessage m = answer(question, DhcpType::Offer);
    m.head.your = address;
    addParameters(m, question, true);
    send(host, question, std::move(m));
    host.noted(ProtocolId::dhcp, WS_TR("dhcp", "%1 set aside").with(toString(address)));
}

/// Whether somebody answers there already (RFC 2131, 3.1, step 2).
void DhcpServer::tryAddress(HostServices& host, const Question& question, Bytes payload,
                            const IpAddress& address) {
    const auto same = [&](const Trial& trial) { return trial.address == address; };
    if (std::any_of(trials.begin(), trials.end(), same))
        return; // the client repeats itself while its address is being tried
    Trial trial;
    trial.payload.assign(payload.begin(), payload.end());
    trial.interface = question.interface;
    trial.address = address;
    trial.until = host.now() + setup.checkTime;
    trial.identifier = ++lastIdentifier;
    trials.push_back(std::move(trial));
    setAside(host, question, address); // so that nobody else gets it meanwhile
    if (setup.check == DhcpCheck::Ping)
        host.sendEcho(address, lastIdentifier, 1, {}, *this);
    else
        host.probe(question.interface, address, 1, setup.checkTime, *this);
}

void DhcpServer::triedOut(HostServices& host, std::size_t place, bool taken) {
    const Trial trial = trials[place];
    trials.erase(trials.begin() + static_cast<std::ptrdiff_t>(place));
    const auto question = questionOf(host, trial.payload, trial.interface, true);
    if (!question || !question->scope)
        return;
    if (!taken)
        return offer(host, *question, trial.address);
    DhcpBinding binding;
    binding.state = DhcpBindingState::Unusable;
    binding.since = host.now();
    question->scope->bind(trial.address, std::move(binding));
    host.noted(ProtocolId::dhcp, WS_TR("dhcp", "%1 is in use: not offered").with(toString(trial.address)));
    discover(host, *question, trial.payload);
}

void DhcpServer::icmp(HostServices& host, const IncomingIcmp& message) {
    for (std::size_t i = 0; message.type == 0 && i < trials.size(); ++i)
        if (trials[i].identifier == message.identifier && trials[i].address == message.from)
            return triedOut(host, i, true);
}

void DhcpServer::probed(HostServices& host, const IpAddress& address, std::optional<MacAddress> by) {
    for (std::size_t i = 0; setup.check == DhcpCheck::Arp && i < trials.size(); ++i)
        if (trials[i].address == address)
            return triedOut(host, i, by.has_value());
}

// --- Request (4.3.2) ---

void DhcpServer::request(HostServices& host, const Question& question) {
    const DhcpHead& head = question.message.head;
    if (isGiven(head.client))
        return requestToExtend(host, question);
    if (isGiven(head.serverIdentifier))
        return requestOfOffer(host, question);
    if (isGiven(head.requested))
        requestAfterReboot(host, question);
}

void DhcpServer::requestOfOffer(HostServices& host, const Question& question) {
    const DhcpHead& head = question.message.head;
    if (!question.scope)
        return;
    if (head.serverIdentifier != question.own) { // it takes another server's offer
        const auto held = question.scope->heldBy(question.client);
        if (!held || question.scope->bindingOf(*held)->state != DhcpBindingState::Offered)
            return;
        question.scope->free(*held, host.now());
        return host.noted(ProtocolId::dhcp, WS_TR("dhcp", "%1 free again: the client takes %2's offer")
                                                .with(toString(*held))
                                                .with(toString(head.serverIdentifier)));
    }
    if (question.scope->available(head.requested, question.client))
        return grant(host, question, head.requested);
    refuse(host, question, "address not available");
}

void DhcpServer::requestAfterReboot(HostServices& host, const Question& question) {
    const IpAddress& requested = question.message.head.requested;
    if (!question.scope || !question.scope->serves(requested)) {
        if (setup.authoritative)
            refuse(host, question, "wrong network");
        return;
    }
    const auto held = question.scope->heldBy(question.client);
    const DhcpBinding* binding = question.scope->bindingOf(requested);
    const bool had = binding && binding->client == question.client && binding->wasLeased;
    if (held ? *held == requested : had && question.scope->available(requested, question.client))
        return grant(host, question, requested);
    if (held)
        return refuse(host, question, "you have " + toString(*held));
    // "If the DHCP server has no record of this client, then it MUST remain silent."
    host.noted(ProtocolId::dhcp,
               WS_TR("dhcp", "knows nothing of this client and %1: silent").with(toString(requested)));
}

void DhcpServer::requestToExtend(HostServices& host, const Question& question) {
    const IpAddress& address = question.message.head.client;
    const DhcpBinding* binding = question.scope ? question.scope->bindingOf(address) : nullptr;
    if (binding && binding->client == question.client && binding->wasLeased &&
        question.scope->available(address, question.client))
        return grant(host, question, address);
    const bool somebodyElses = binding && binding->state == DhcpBindingState::Leased;
    const bool wrongNetwork = !question.scope || !question.scope->serves(address);
    // A broadcast is for every server: only who knows better may say no. A unicast is for this one.
    const bool knowsBetter = somebodyElses || wrongNetwork;
    if (question.broadcast && !knowsBetter)
        return host.noted(
            ProtocolId::dhcp,
            WS_TR("dhcp", "knows nothing of this client and %1: silent").with(toString(address)));
    if (setup.authoritative || somebodyElses)
        refuse(host, question, wrongNetwork ? "wrong network" : "no such lease");
}

void DhcpServer::grant(HostServices& host, const Question& question, const IpAddress& address) {
    DhcpMessage m = answer(question, DhcpType::Ack);
    m.head.your = address;
    m.head.client = question.message.head.client;
    addParameters(m, question, true);
    DhcpBinding binding;
    binding.state = DhcpBindingState::Leased;
    binding.client = question.client;
    binding.hostName = question.message.hostName;
    binding.since = host.now();
    binding.until = endOf(*m.head.leaseSeconds, host.now());
    const std::uint32_t seconds = *m.head.leaseSeconds;
    question.scope->bind(address, std::move(binding));
    send(host, question, std::move(m));
    host.noted(ProtocolId::dhcp,
               WS_TR("dhcp", "%1 leased for %2").with(toString(address)).with(leaseInWords(seconds)));
    noteFree(host, *question.scope);
}

void DhcpServer::refuse(HostServices& host, const Question& question, std::string why) {
    DhcpMessage m = answer(question, DhcpType::Nak);
    m.message = std::move(why);
    // A relay shall hand it on by broadcast: the client's address may be wrong there (4.3.2).
    if (isGiven(m.head.relay))
        m.head.flags |= dhcpBroadcastFlag;
    send(host, question, std::move(m));
}

// --- what clients only tell ---

void DhcpServer::declined(HostServices& host, const Question& question) {
    const DhcpHead& head = question.message.head;
    if (!question.scope || head.serverIdentifier != question.own)
        return;
    const DhcpBinding* binding = question.scope->bindingOf(head.requested);
    if (!binding || binding->client != question.client)
        return;
    DhcpBinding unusable;
    unusable.state = DhcpBindingState::Unusable;
    unusable.since = host.now();
    question.scope->bind(head.requested, std::move(unusable));
    host.noted(ProtocolId::dhcp,
               WS_TR("dhcp", "%1 is not given out any more: it is in use").with(toString(head.requested)));
    noteFree(host, *question.scope);
}

void DhcpServer::released(HostServices& host, const Question& question) {
    const DhcpHead& head = question.message.head;
    if (!question.scope || head.serverIdentifier != question.own)
        return;
    const DhcpBinding* binding = question.scope->bindingOf(head.client);
    if (!binding || binding->client != question.client || binding->state != DhcpBindingState::Leased)
        return;
    question.scope->free(head.client, host.now());
    host.noted(ProtocolId::dhcp, WS_TR("dhcp", "%1 given back").with(toString(head.client)));
    noteFree(host, *question.scope);
}

void DhcpServer::inform(HostServices& host, const Question& question) {
    if (!isGiven(question.message.head.client))
        return;
    DhcpMessage m = answer(question, DhcpType::Ack);
    m.head.client = question.message.head.client;
    addParameters(m, question, false);
    send(host, question, std::move(m));
}

// --- time ---

std::optional<Time> DhcpServer::deadline() const {
    std::optional<Time> next;
    const auto consider = [&next](std::optional<Time> moment) {
        if (moment && (!next || *moment < *next))
            next = moment;
    };
    for (const DhcpScope& scope : setup.scopes)
        consider(scope.nextExpiry());
    if (setup.check == DhcpCheck::Ping)
        for (const Trial& trial : trials)
            consider(trial.until);
    if (!outgoing.empty())
        consider(outgoing.front().due);
    return next;
}

void DhcpServer::wake(HostServices& host) {
    while (!outgoing.empty() && outgoing.front().due <= host.now()) {
        host.send(std::move(outgoing.front().datagram));
        outgoing.pop_front();
    }
    for (DhcpScope& scope : setup.scopes)
        for (const IpAddress& address : scope.expire(host.now()))
            host.noted(ProtocolId::dhcp, WS_TR("dhcp", "%1 free again").with(toString(address)));
    for (std::size_t i = 0; setup.check == DhcpCheck::Ping && i < trials.size();)
        if (trials[i].until <= host.now())
            triedOut(host, i, false);
        else
            ++i;
}

} // namespace wirestage::simulation
