// SPDX-License-Identifier: GPL-3.0-or-later
// Stand-ins given out in the order in which they are asked for.
#include "core/privacy/stand_ins.h"

#include <algorithm>
#include <array>

namespace wirestage {
namespace {

constexpr std::uint32_t netOf(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
    return a << 16 | b << 8 | c;
}

/// RFC 5737.
constexpr std::array documentation{netOf(192, 0, 2), netOf(198, 51, 100), netOf(203, 0, 113)};
/// RFC 2544, appendix C.2.2: 198.18.0.0/15.
constexpr std::uint32_t firstBenchmark = netOf(198, 18, 0), benchmarkNets = 512;
/// Where an address in a text must not become longer: 10.0.0.0/8, whose numbers have one, two or three
/// digits.
constexpr std::uint32_t privateNet = netOf(10, 0, 0);
constexpr std::array<std::uint32_t, 4> firstOf{0, 10, 100, 256};
/// RFC 1112, section 4: 240.0.0.0/4, but for its end, where the broadcast address lies.
constexpr std::uint32_t firstReserved = netOf(240, 0, 0), reservedNets = (1 << 20) - 1;

constexpr std::uint32_t linkLocal = 169 << 8 | 254; ///< RFC 3927

unsigned digits(std::uint32_t number) {
    return number < 10 ? 1 : number < 100 ? 2 : 3;
}

/// Is no number of `shown` longer than the one in its place?
bool fits(std::uint32_t shown, std::uint32_t instead) {
    for (const unsigned shift : {16U, 8U, 0U})
        if (digits(shown >> shift & 255) > digits(instead >> shift & 255))
            return false;
    return true;
}

/// RFC 1918.
bool isPrivate(std::uint32_t net) {
    return net >> 16 == 10 || net >> 12 == (172 << 4 | 1) || net >> 8 == (192 << 8 | 168);
}

/// "This network" (RFC 1122), loopback, multicast and the broadcast address.
bool isNobodys(std::uint32_t address) {
    const std::uint32_t first = address >> 24;
    return first == 0 || first == 127 || first >> 4 == 14 || address == 0xffffffff;
}

std::uint64_t half(const IpAddress& address, std::size_t from) {
    std::uint64_t number = 0;
    for (std::size_t i = from; i < from + 8; ++i)
        number = number << 8 | address.bytes[i];
    return number;
}

void setHalf(IpAddress& address, std::size_t from, std::uint64_t number) {
    for (std::size_t i = from + 8; i-- > from; number >>= 8)
        address.bytes[i] = static_cast<std::uint8_t>(number);
}

/// An IPv4 address lies in the last bytes: ::ffff:0:0/96 (RFC 4291) and 64:ff9b::/96 (RFC 6052).
bool holdsVersion4(const IpAddress& address) {
    return (half(address, 0) == 0 && half(address, 8) >> 32 == 0xffff) ||
           (half(address, 0) == 0x0064ff9b00000000 && half(address, 8) >> 32 == 0);
}

/// ff02::1:ff00:0/104 (RFC 4291, 2.7.1): its last three bytes are those of the address that is asked for.
bool isSolicitedNode(const IpAddress& address) {
    return half(address, 0) == 0xff02000000000000 && half(address, 8) >> 24 == 0x1ff;
}

/// fe80::/10 and fc00::/7
bool isLinkLocal(std::uint64_t prefix) {
    return prefix >> 54 == 0x3fa;
}
bool isUniqueLocal(std::uint64_t prefix) {
    return prefix >> 57 == 0x7e;
}

constexpr std::uint32_t low24 = 0xffffff;

} // namespace

bool StandIns::standsForItself(const IpAddress& address) {
    if (address.version == 4)
        return isNobodys(address.v4Number());
    return address.isMulticast() ||
           (half(address, 0) == 0 && half(address, 8) <= 1); // "none yet" and loopback
}

void StandIns::avoid(std::span<const IpAddress> addresses, std::span<const MacAddress> used) {
    const std::lock_guard guard(mutex);
    for (const IpAddress& address : addresses) {
        if (address.version == 4)
            realNets.insert(address.v4Number() >> 8);
        else {
            realPrefixes.insert(half(address, 0));
            realLowBits.insert(static_cast<std::uint32_t>(half(address, 8)) & low24);
        }
    }
    realHardware.insert(used.begin(), used.end());
}

/// Its numbers fit into the places of a private subnet's, so that both can stand in a text of the same
/// length.
std::uint32_t StandIns::freeNet(std::uint32_t instead) {
    const auto take = [this](std::uint32_t net) {
        return !realNets.contains(net) && givenNets.insert(net).second;
    };
    if (instead >> 8 == linkLocal) { // stays one, as whoever reads it expects
        for (std::uint32_t third = 1; third < 255; ++third)
            if (const std::uint32_t net = linkLocal << 8 | third; take(net))
                return net;
        return instead;
    }
    const bool mustFit = isPrivate(instead);
    for (const std::uint32_t net : documentation)
        if ((!mustFit || fits(net, instead)) && take(net))
            return net;
    if (mustFit) // the shortest first: 10.1.0 to 10.9.9
        for (unsigned second = 0; second < digits(instead >> 8 & 255); ++second)
            for (unsigned third = 0; third < digits(instead & 255); ++third) {
                const std::uint32_t from = std::max(firstOf[second], 1U),
                                    thirds = firstOf[third + 1] - firstOf[third];
                std::uint32_t& next = nextPrivate[second][third];
                while (next < (firstOf[second + 1] - from) * thirds) {
                    const std::uint32_t turn = next++;
                    const std::uint32_t net =
                        privateNet | (from + turn / thirds) << 8 | (firstOf[third] + turn % thirds);
                    if (take(net))
                        return net;
                }
            }
    while (nextBenchmark < benchmarkNets)
        if (const std::uint32_t net = firstBenchmark + nextBenchmark++; take(net))
            return net;
    while (nextReserved < reservedNets)
        if (const std::uint32_t net = firstReserved + nextReserved++; take(net))
            return net;
    return firstReserved; // more subnets than there are stand-ins: the rest share one
}

StandIns::Subnet& StandIns::subnetOf(std::uint32_t net) {
    const auto [place, isNew] = subnets.try_emplace(net);
    if (isNew) {
        realNets.insert(net);
        place->second.shown = freeNet(net);
        netBehind.try_emplace(place->second.shown, net);
    }
    return place->second;
}

/// A number takes one with as many digits: then it fits wherever the real one stands as text.
IpAddress StandIns::version4(const IpAddress& address) {
    const std::uint32_t number = address.v4Number();
    if (isNobodys(number))
        return address;
    Subnet& subnet = subnetOf(number >> 8);
    const std::uint32_t host = number & 255;
    std::uint8_t& shown = subnet.hosts[host];
    if (host == 255)
        shown = 255; // the subnet's broadcast address, more often than not
    else if (host != 0 && shown == 0)
        shown = ++subnet.given[digits(host) - 1];
    IpAddress result = address;
    result.bytes[12] = static_cast<std::uint8_t>(subnet.shown >> 16);
    result.bytes[13] = static_cast<std::uint8_t>(subnet.shown >> 8);
    result.bytes[14] = static_cast<std::uint8_t>(subnet.shown);
    result.bytes[15] = shown;
    return result;
}

std::uint64_t StandIns::prefixFor(std::uint64_t prefix) {
    if (isLinkLocal(prefix))
        return prefix;
    const auto [place, isNew] = prefixes.try_emplace(prefix);
    if (isNew) {
        const bool local = isUniqueLocal(prefix);
        realPrefixes.insert(prefix);
        do {
            const std::uint64_t count = local ? ++localPrefixes : ++globalPrefixes;
            // 2001:db8:N::/64, and with more than 65 535 of them 2001:db8:N:M::/64
            place->second = (local ? 0xfd000db800000000 : 0x20010db800000000) | (count & 0xffff) << 16 |
                            (count >> 16 & 0xffff);
        } while (realPrefixes.contains(place->second));
        prefixBehind.emplace(place->second, prefix);
    }
    return place->second;
}

/// Of the last three bytes alone: a solicited-node address holds no more of an address.
std::uint32_t StandIns::lowBitsFor(std::uint32_t bits) {
    if (bits == 0)
        return 0;
    const auto [place, isNew] = lowBits.try_emplace(bits);
    if (isNew) {
        do
            latestLowBits = (latestLowBits + 1) & low24;
        while (realLowBits.contains(latestLowBits) && realLowBits.size() < low24 / 2);
        place->second = latestLowBits;
        lowBitsBehind.emplace(place->second, bits);
    }
    return place->second;
}

std::uint64_t StandIns::interfaceFor(std::uint64_t identifier) {
    if (identifier == 0)
        return 0;
    const auto [place, isNew] = interfaces.try_emplace(identifier);
    if (isNew) {
        const auto bits = static_cast<std::uint32_t>(identifier) & low24;
        std::uint64_t others = sharers[bits]++;
        if (bits == 0)
            ++others; // 0 is the subnet's own
        place->second = others << 24 | lowBitsFor(bits);
        interfaceBehind.emplace(place->second, identifier);
    }
    return place->second;
}

IpAddress StandIns::version6(const IpAddress& address) {
    IpAddress result = address;
    if (holdsVersion4(address)) {
        const IpAddress inner = version4(IpAddress::v4(address.bytes.data() + 12));
        std::copy(inner.bytes.begin() + 12, inner.bytes.end(), result.bytes.begin() + 12);
        return result;
    }
    const std::uint64_t low = half(address, 8);
    if (isSolicitedNode(address))
        setHalf(result, 8,
                (low & ~std::uint64_t{low24}) | lowBitsFor(static_cast<std::uint32_t>(low) & low24));
    if (standsForItself(address))
        return result;
    setHalf(result, 0, prefixFor(half(address, 0)));
    setHalf(result, 8, interfaceFor(low));
    return result;
}

IpAddress StandIns::of(const IpAddress& address) {
    const std::lock_guard guard(mutex);
    return address.version == 4 ? version4(address) : address.version == 6 ? version6(address) : address;
}

MacAddress StandIns::of(const MacAddress& address) {
    const std::lock_guard guard(mutex);
    MacAddress result = address;
    const auto setLow = [&](std::uint32_t bits) {
        for (unsigned i = 0; i < 3; ++i)
            result.bytes[3 + i] = static_cast<std::uint8_t>(bits >> (16 - 8 * i));
    };
    const std::uint32_t low =
        std::uint32_t{address.bytes[3]} << 16 | std::uint32_t{address.bytes[4]} << 8 | address.bytes[5];
    if (address.isGroup()) { // of a solicited-node address (RFC 2464, section 7)
        if (address.bytes[0] == 0x33 && address.bytes[1] == 0x33 && address.bytes[2] == 0xff)
            setLow(lowBitsFor(low));
        return result;
    }
    if (address.isZero())
        return result;
    const auto [place, isNew] = hardware.try_emplace(address);
    if (isNew) {
        result = {{0x02, 0x00, 0x5e, 0, 0, 0}};
        do
            setLow(latestHardware = (latestHardware + 1) & low24);
        while (realHardware.contains(result));
        place->second = result;
        hardwareBehind.emplace(result, address);
    }
    return place->second;
}

IpAddress StandIns::behind(const IpAddress& shown) const {
    const std::lock_guard guard(mutex);
    IpAddress result = shown;
    const auto version4Behind = [&](std::uint32_t number) {
        const auto net = netBehind.find(number >> 8);
        if (isNobodys(number) || net == netBehind.end())
            return;
        const auto& hosts = subnets.at(net->second).hosts;
        for (unsigned host = 0; host < 256; ++host)
            if (hosts[host] == (number & 255) && (host == 0) == ((number & 255) == 0))
                result.bytes[15] = static_cast<std::uint8_t>(host);
        for (unsigned i = 0; i < 3; ++i)
            result.bytes[12 + i] = static_cast<std::uint8_t>(net->second >> (16 - 8 * i));
    };
    if (shown.version == 4 || (shown.version == 6 && holdsVersion4(shown))) {
        version4Behind(IpAddress::v4(shown.bytes.data() + 12).v4Number());
        return result;
    }
    const std::uint64_t low = half(shown, 8);
    if (isSolicitedNode(shown)) {
        const auto bits = lowBitsBehind.find(static_cast<std::uint32_t>(low) & low24);
        if (bits != lowBitsBehind.end())
            setHalf(result, 8, (low & ~std::uint64_t{low24}) | bits->second);
    }
    if (shown.version != 6 || shown.isMulticast())
        return result;
    if (const auto prefix = prefixBehind.find(half(shown, 0)); prefix != prefixBehind.end())
        setHalf(result, 0, prefix->second);
    if (const auto known = interfaceBehind.find(low); known != interfaceBehind.end())
        setHalf(result, 8, known->second);
    return result;
}

MacAddress StandIns::behind(const MacAddress& shown) const {
    const std::lock_guard guard(mutex);
    const auto found = hardwareBehind.find(shown);
    return found == hardwareBehind.end() ? shown : found->second;
}

} // namespace wirestage
