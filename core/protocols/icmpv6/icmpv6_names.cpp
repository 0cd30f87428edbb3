// SPDX-License-Identifier: GPL-3.0-or-later
// Types, codes and options of ICMPv6 (IANA's registry, "ICMPv6 Parameters").
#include "core/protocols/icmpv6/icmpv6_wire.h"

namespace wirestage {
namespace {

constexpr NamedNumber types[] = {
    {1, WS_MARK("values", "Destination unreachable")},
    {2, WS_MARK("values", "Packet too big")},
    {3, WS_MARK("values", "Time exceeded")},
    {4, WS_MARK("values", "Parameter problem")},
    {128, WS_MARK("values", "Echo request")},
    {129, WS_MARK("values", "Echo reply")},
    {130, WS_MARK("values", "Multicast listener query")},
    {131, WS_MARK("values", "Multicast listener report")},
    {132, WS_MARK("values", "Multicast listener done")},
    {133, WS_MARK("values", "Router solicitation")},
    {134, WS_MARK("values", "Router advertisement")},
    {135, WS_MARK("values", "Neighbor solicitation")},
    {136, WS_MARK("values", "Neighbor advertisement")},
    {137, WS_MARK("values", "Redirect")},
    {138, WS_MARK("values", "Router renumbering")},
    {139, WS_MARK("values", "Node information query")},
    {140, WS_MARK("values", "Node information response")},
    {143, WS_MARK("values", "Multicast listener report, version 2")},
    {151, WS_MARK("values", "Multicast router advertisement")},
    {155, WS_MARK("values", "RPL control")},
    {160, WS_MARK("values", "Extended echo request")},
    {161, WS_MARK("values", "Extended echo reply")},
};

constexpr NamedNumber unreachableCodes[] = {
    {0, WS_MARK("values", "No route to destination")},
    {1, WS_MARK("values", "Administratively prohibited")},
    {2, WS_MARK("values", "Beyond scope of source address")},
    {3, WS_MARK("values", "Address unreachable")},
    {4, WS_MARK("values", "Port unreachable")},
    {5, WS_MARK("values", "Source address failed ingress or egress policy")},
    {6, WS_MARK("values", "Reject route to destination")},
};

constexpr NamedNumber exceededCodes[] = {
    {0, WS_MARK("values", "Hop limit exceeded in transit")},
    {1, WS_MARK("values", "Fragment reassembly time exceeded")},
};

constexpr NamedNumber problemCodes[] = {
    {0, WS_MARK("values", "Erroneous header field")},
    {1, WS_MARK("values", "Unrecognized next header")},
    {2, WS_MARK("values", "Unrecognized IPv6 option")},
};

constexpr NamedNumber options[] = {
    {1, WS_MARK("values", "Source link-layer address")},
    {2, WS_MARK("values", "Target link-layer address")},
    {3, WS_MARK("values", "Prefix information")},
    {4, WS_MARK("values", "Redirected header")},
    {5, WS_MARK("values", "MTU")},
    {14, WS_MARK("values", "Nonce")},
    {24, WS_MARK("values", "Route information")},
    {25, WS_MARK("values", "Recursive DNS servers")},
    {31, WS_MARK("values", "DNS search list")},
    {37, WS_MARK("values", "Captive portal")},
    {38, WS_MARK("values", "NAT64 prefix")},
};

constexpr NamedNumber recordTypes[] = {
    {1, WS_MARK("values", "Listens to the sources listed")},
    {2, WS_MARK("values", "Listens to all but the sources listed")},
    {3, WS_MARK("values", "Changed: listens to the sources listed")},
    {4, WS_MARK("values", "Changed: listens to all but the sources listed")},
    {5, WS_MARK("values", "Also allows the sources listed")},
    {6, WS_MARK("values", "Blocks the sources listed")},
};

constexpr NamedNumber preferences[] = {
    {0, WS_MARK("values", "Medium")},
    {1, WS_MARK("values", "High")},
    {2, WS_MARK("values", "Reserved")},
    {3, WS_MARK("values", "Low")},
};

} // namespace

Text icmpv6TypeName(std::uint64_t type) {
    return named(types, type);
}

Text icmpv6CodeName(std::uint8_t type, std::uint64_t code) {
    switch (type) {
    case 1: return named(unreachableCodes, code);
    case 3: return named(exceededCodes, code);
    case 4: return named(problemCodes, code);
    default: return {};
    }
}

Text icmpv6OptionName(std::uint64_t type) {
    return named(options, type);
}

Text icmpv6RecordName(std::uint64_t type) {
    return named(recordTypes, type);
}

Text routerPreferenceName(std::uint64_t bits) {
    return named(preferences, bits);
}

} // namespace wirestage
