// SPDX-License-Identifier: GPL-3.0-or-later
// Types and codes of ICMP (IANA's registry, "ICMP Parameters").
#include "core/protocols/icmp/icmp_wire.h"

namespace wirestage {
namespace {

constexpr NamedNumber types[] = {
    {0, WS_MARK("values", "Echo reply")},
    {3, WS_MARK("values", "Destination unreachable")},
    {4, WS_MARK("values", "Source quench")},
    {5, WS_MARK("values", "Redirect")},
    {8, WS_MARK("values", "Echo request")},
    {9, WS_MARK("values", "Router advertisement")},
    {10, WS_MARK("values", "Router solicitation")},
    {11, WS_MARK("values", "Time exceeded")},
    {12, WS_MARK("values", "Parameter problem")},
    {13, WS_MARK("values", "Timestamp request")},
    {14, WS_MARK("values", "Timestamp reply")},
    {15, WS_MARK("values", "Information request")},
    {16, WS_MARK("values", "Information reply")},
    {17, WS_MARK("values", "Address mask request")},
    {18, WS_MARK("values", "Address mask reply")},
    {30, WS_MARK("values", "Traceroute")},
    {42, WS_MARK("values", "Extended echo request")},
    {43, WS_MARK("values", "Extended echo reply")},
};

constexpr NamedNumber unreachableCodes[] = {
    {0, WS_MARK("values", "Network unreachable")},
    {1, WS_MARK("values", "Host unreachable")},
    {2, WS_MARK("values", "Protocol unreachable")},
    {3, WS_MARK("values", "Port unreachable")},
    {4, WS_MARK("values", "Fragmentation needed but not allowed")},
    {5, WS_MARK("values", "Source route failed")},
    {6, WS_MARK("values", "Destination network unknown")},
    {7, WS_MARK("values", "Destination host unknown")},
    {8, WS_MARK("values", "Source host isolated")},
    {9, WS_MARK("values", "Network administratively prohibited")},
    {10, WS_MARK("values", "Host administratively prohibited")},
    {11, WS_MARK("values", "Network unreachable for this type of service")},
    {12, WS_MARK("values", "Host unreachable for this type of service")},
    {13, WS_MARK("values", "Communication administratively prohibited")},
    {14, WS_MARK("values", "Host precedence violation")},
    {15, WS_MARK("values", "Precedence cutoff in effect")},
};

constexpr NamedNumber redirectCodes[] = {
    {0, WS_MARK("values", "Redirect for the network")},
    {1, WS_MARK("values", "Redirect for the host")},
    {2, WS_MARK("values", "Redirect for type of service and network")},
    {3, WS_MARK("values", "Redirect for type of service and host")},
};

constexpr NamedNumber exceededCodes[] = {
    {0, WS_MARK("values", "Time to live exceeded in transit")},
    {1, WS_MARK("values", "Fragment reassembly time exceeded")},
};

constexpr NamedNumber problemCodes[] = {
    {0, WS_MARK("values", "Pointer shows the error")},
    {1, WS_MARK("values", "A required option is missing")},
    {2, WS_MARK("values", "Bad length")},
};

constexpr NamedNumber extendedCodes[] = {
    {0, WS_MARK("values", "No error")},
    {1, WS_MARK("values", "Malformed query")},
    {2, WS_MARK("values", "No such interface")},
    {3, WS_MARK("values", "No such table entry")},
    {4, WS_MARK("values", "Several interfaces fit the query")},
};

} // namespace

Text icmpTypeName(std::uint64_t type) {
    return named(types, type);
}

Text icmpCodeName(std::uint8_t type, std::uint64_t code) {
    switch (type) {
    case 3: return named(unreachableCodes, code);
    case 5: return named(redirectCodes, code);
    case 11: return named(exceededCodes, code);
    case 12: return named(problemCodes, code);
    case 43: return named(extendedCodes, code);
    default: return {};
    }
}

} // namespace wirestage
