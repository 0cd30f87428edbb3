// SPDX-License-Identifier: GPL-3.0-or-later
// What hosts are called where their names are hidden: by what they do in the first exchange that tells.
#include "core/exchange/hiding.h"

namespace wirestage {
namespace {

/// A group's address, or one that stands for itself, has no name of its own.
bool isNobody(const HostAddress& address) {
    if (address.kind == HostAddress::Kind::Hardware)
        return address.mac().isGroup() || address.mac().isZero();
    return StandIns::standsForItself(address.ip());
}

} // namespace

/// New hosts, in the order of their appearance: none of their addresses becomes another's stand-in.
void Hiding::meet() {
    const std::lock_guard guard(mutex);
    const HostTable& hosts = named->grouping.hosts;
    if (met == hosts.size())
        return;
    std::vector<IpAddress> addresses;
    std::vector<MacAddress> hardware;
    for (; met < hosts.size(); ++met)
        if (hosts[met].kind == HostAddress::Kind::Hardware)
            hardware.push_back(hosts[met].mac());
        else
            addresses.push_back(hosts[met].ip());
    names.avoid(addresses, hardware);
}

void Hiding::nameBySpeaking(HostId host, const char* role) {
    if (host == none)
        return;
    host = named->grouping.canonical(host);
    if (!hostNames.contains(host) && !isNobody(named->grouping.hosts[host]))
        hostNames.emplace(host, role + std::to_string(++counts[role]));
}

std::string Hiding::hostName(HostId id) {
    meet();
    const Grouping& grouping = named->grouping;
    const std::lock_guard guard(mutex);
    for (; walked < grouping.exchanges.size(); ++walked) {
        const ExchangeRecord& exchange = grouping.exchanges[walked];
        // Below transport one asks and everybody may answer: nobody is a server by that.
        if (exchange.packets == 0 || kind(grouping.packets[exchange.first].kind).level < Level::Transport)
            continue;
        nameBySpeaking(exchange.originator, "client-");
        nameBySpeaking(exchange.responder, "server-");
    }
    if (const auto found = hostNames.find(id); found != hostNames.end())
        return found->second;
    if (const HostAddress& address = grouping.hosts[id]; isNobody(address))
        return address.kind == HostAddress::Kind::Hardware ? toString(names.of(address.mac()))
                                                           : toString(names.of(address.ip()));
    for (const HostId other : grouping.aliasesOf(id)) // it had a name before it got this address
        if (const auto found = hostNames.find(other); found != hostNames.end())
            return hostNames.emplace(id, found->second).first->second;
    return hostNames.emplace(id, "host-" + std::to_string(++counts["host-"])).first->second;
}

} // namespace wirestage
