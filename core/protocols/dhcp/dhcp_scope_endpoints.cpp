// SPDX-License-Identifier: GPL-3.0-or-later
// Which address a DHCP client gets (RFC 2131, 4.3.1), and which settings of a scope make no sense.
#include "core/protocols/dhcp/dhcp_scope_endpoints.h"

#include <algorithm>
#include <bit>

namespace wirestage::simulation {
namespace {

constexpr std::uint32_t mostAddresses = 65536;

std::uint32_t maskOf(unsigned length) {
    return length == 0 ? 0 : ~std::uint32_t{0} << (32 - length);
}

bool lies(std::uint32_t number, const AddressRange& range) {
    return number >= range.first.v4Number() && number <= range.last.v4Number();
}

Text rangeInWords(const AddressRange& range) {
    return Text::verbatim(toString(range.first) + "-" + toString(range.last));
}

std::uint32_t wholeSeconds(const Settings& settings, std::string_view name, double otherwise) {
    return static_cast<std::uint32_t>(settings.seconds(name, otherwise));
}

} // namespace

std::variant<DhcpScope, Text> DhcpScope::make(const Settings& settings) {
    DhcpScope scope;
    const auto range = parseRange(settings.text("scope"));
    if (!range)
        return WS_TR("lesson", "a DHCP server needs a scope");
    scope.range = *range;
    if (range->last.v4Number() - range->first.v4Number() >= mostAddresses)
        return WS_TR("lesson", "the scope %1 has more than %2 addresses")
            .with(rangeInWords(*range))
            .with(mostAddresses);
    scope.network = parseNetwork(settings.text("network"));
    if (scope.network && (!scope.serves(range->first) || !scope.serves(range->last)))
        return WS_TR("lesson", "the scope %1 lies outside the network %2")
            .with(rangeInWords(*range))
            .with(settings.text("network"));
    if (auto why = scope.reserve(settings.table("reservations")))
        return *std::move(why);
    if (auto why = scope.fillPool(settings.words("exclude")))
        return *std::move(why);
    if (auto why = scope.setTimes(settings))
        return *std::move(why);
    scope.router = settings.address("router");
    for (const char* name : {"dns", "second_dns"})
        if (const IpAddress server = settings.address(name); server.version == 4)
            scope.nameServers.push_back(server);
    scope.domain = settings.text("domain");
    return scope;
}

std::optional<Text> DhcpScope::reserve(const std::vector<Settings>& rows) {
    for (const Settings& row : rows) {
        const auto mac = parseMacAddress(row.text("mac"));
        const IpAddress address = row.address("address");
        if (!mac || address.version != 4)
            return WS_TR("lesson", "a reservation needs a hardware address and an IPv4 address");
        if (!serves(address))
            return WS_TR("lesson", "the reserved address %1 lies outside the scope's network")
                .with(toString(address));
        for (const auto& [otherMac, otherAddress] : reservations)
            if (otherMac == *mac || otherAddress == address)
                return WS_TR("lesson", "%1 is reserved twice")
                    .with(otherMac == *mac ? toString(*mac) : toString(address));
        reservations.emplace_back(*mac, address);
    }
    return std::nullopt;
}

/// An exclusion may lie outside the scope: it then does nothing.
std::optional<Text> DhcpScope::fillPool(const std::vector<std::string>& exclusions) {
    std::vector<AddressRange> excluded;
    for (const std::string& word : exclusions) {
        const auto one = parseRange(word);
        if (!one)
            return WS_TR("lesson", "“%1” is not a range as in 192.168.1.50-192.168.1.59").with(word);
        excluded.push_back(*one);
    }
    std::uint64_t number = range.first.v4Number();
    for (; number <= range.last.v4Number(); ++number) {
        const auto address = static_cast<std::uint32_t>(number);
        const bool out = std::any_of(excluded.begin(), excluded.end(),
                                     [&](const AddressRange& each) { return lies(address, each); }) ||
                         std::any_of(reservations.begin(), reservations.end(),
                                     [&](const auto& each) { return each.second.v4Number() == address; });
        if (!out)
            pool.push_back(address);
    }
    if (network)
        leaveOutEnds();
    if (pool.empty() && reservations.empty())
        return WS_TR("lesson", "the scope %1 is empty: every address of it is excluded")
            .with(rangeInWords(range));
    return std::nullopt;
}

/// A network's own address and its broadcast address are nobody's.
void DhcpScope::leaveOutEnds() {
    const NetworkPrefix net = subnet();
    const std::uint32_t mask = maskOf(net.length), lowest = net.address.v4Number() & mask;
    if (net.length < 31)
        std::erase_if(pool,
                      [&](std::uint32_t number) { return number == lowest || number == (lowest | ~mask); });
}

std::optional<Text> DhcpScope::setTimes(const Settings& settings) {
    leaseSeconds = wholeSeconds(settings, "lease", 3600);
    if (settings.has("t1"))
        renewalSeconds = wholeSeconds(settings, "t1", 0);
    if (settings.has("t2"))
        rebindingSeconds = wholeSeconds(settings, "t2", 0);
    const std::uint32_t t2 = rebindingSeconds.value_or(dhcpUsualT2(leaseSeconds));
    if (rebindingSeconds && t2 >= leaseSeconds)
        return WS_TR("lesson", "T2 (%1 s) must be shorter than the lease (%2 s)").with(t2).with(leaseSeconds);
    if (renewalSeconds && *renewalSeconds >= t2)
        return WS_TR("lesson", "T1 (%1 s) must be shorter than T2 (%2 s)").with(*renewalSeconds).with(t2);
    return std::nullopt;
}

NetworkPrefix DhcpScope::subnet() const {
    if (network)
        return *network;
    if (learnt)
        return *learnt;
    const std::uint32_t differing = range.first.v4Number() ^ range.last.v4Number();
    return {range.first, std::min(24U, static_cast<unsigned>(std::countl_zero(differing)))};
}

void DhcpScope::learnNetwork(const NetworkPrefix& of) {
    if (network || !of.contains(range.first) || !of.contains(range.last))
        return;
    learnt = of;
    leaveOutEnds();
}

std::optional<IpAddress> DhcpScope::reservedFor(const MacAddress& hardware) const {
    for (const auto& [mac, address] : reservations)
        if (mac == hardware)
            return address;
    return std::nullopt;
}

const DhcpBinding* DhcpScope::bindingOf(const IpAddress& address) const {
    const auto found = bindings.find(address.v4Number());
    return found == bindings.end() ? nullptr : &found->second;
}

std::optional<IpAddress> DhcpScope::heldBy(const DhcpClientKey& client) const {
    for (const auto& [number, binding] : bindings)
        if (binding.client == client &&
            (binding.state == DhcpBindingState::Leased || binding.state == DhcpBindingState::Offered))
            return ipv4Address(number);
    return std::nullopt;
}

bool DhcpScope::available(const IpAddress& address, const DhcpClientKey& client) const {
    if (address.version != 4)
        return false;
    const auto reserved = reservedFor(client.hardware);
    const bool given = (reserved && *reserved == address) ||
                       std::binary_search(pool.begin(), pool.end(), address.v4Number());
    const DhcpBinding* binding = bindingOf(address);
    return given && (!binding || binding->state == DhcpBindingState::Free ||
                     (binding->state != DhcpBindingState::Unusable && binding->client == client));
}

std::optional<IpAddress> DhcpScope::choose(const DhcpClientKey& client, const IpAddress& requested) const {
    if (const auto reserved = reservedFor(client.hardware); reserved && available(*reserved, client))
        return reserved;
    if (const auto held = heldBy(client); held && available(*held, client))
        return held;
    const DhcpBinding* latest = nullptr;
    std::optional<IpAddress> before;
    for (const auto& [number, binding] : bindings)
        if (binding.client == client && available(ipv4Address(number), client) &&
            (!latest || binding.since > latest->since)) {
            latest = &binding;
            before = ipv4Address(number);
        }
    if (before)
        return before;
    if (available(requested, client))
        return requested;
    std::optional<IpAddress> longestFree;
    for (const std::uint32_t number : pool) {
        const IpAddress address = ipv4Address(number);
        const DhcpBinding* binding = bindingOf(address);
        if (!binding)
            return address;
        if (binding->state == DhcpBindingState::Free &&
            (!longestFree || binding->since < bindingOf(*longestFree)->since))
            longestFree = address;
    }
    return longestFree;
}

void DhcpScope::bind(const IpAddress& address, DhcpBinding binding) {
    // A client has one address of a scope: what it held besides is free.
    if (binding.state != DhcpBindingState::Unusable)
        if (const auto held = heldBy(binding.client); held && *held != address)
            free(*held, binding.since);
    DhcpBinding& kept = bindings[address.v4Number()];
    binding.wasLeased =
        binding.state == DhcpBindingState::Leased || (kept.wasLeased && kept.client == binding.client);
    kept = std::move(binding);
}

void DhcpScope::free(const IpAddress& address, Time now) {
    const auto found = bindings.find(address.v4Number());
    if (found == bindings.end())
        return;
    found->second.state = DhcpBindingState::Free;
    found->second.since = now;
    if (!found->second.wasLeased)
        bindings.erase(found);
}

std::vector<IpAddress> DhcpScope::expire(Time now) {
    std::vector<IpAddress> over;
    for (const auto& [number, binding] : bindings)
        if ((binding.state == DhcpBindingState::Offered || binding.state == DhcpBindingState::Leased) &&
            binding.until <= now)
            over.push_back(ipv4Address(number));
    for (const IpAddress& address : over)
        free(address, now);
    return over;
}

std::optional<Time> DhcpScope::nextExpiry() const {
    std::optional<Time> next;
    for (const auto& [number, binding] : bindings)
        if ((binding.state == DhcpBindingState::Offered || binding.state == DhcpBindingState::Leased) &&
            binding.until != dhcpNever && (!next || binding.until < *next))
            next = binding.until;
    return next;
}

std::size_t DhcpScope::freeCount() const {
    std::size_t used = 0;
    for (const auto& [number, binding] : bindings)
        used +=
            binding.state != DhcpBindingState::Free && std::binary_search(pool.begin(), pool.end(), number);
    return pool.size() - used;
}

} // namespace wirestage::simulation
