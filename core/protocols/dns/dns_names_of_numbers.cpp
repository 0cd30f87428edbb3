// SPDX-License-Identifier: GPL-3.0-or-later
// What the numbers of DNS messages stand for: classes, operations and response codes (RFC 6895 and IANA's
// lists).
#include "core/protocols/dns/dns_records.h"
#include "core/protocols/fields.h"

namespace wirestage::dns {
namespace {

constexpr NamedNumber classes[] = {
    {1, WS_MARK("values", "IN (Internet)")},     {2, WS_MARK("values", "CS (CSNET)")},
    {3, WS_MARK("values", "CH (Chaos)")},        {4, WS_MARK("values", "HS (Hesiod)")},
    {254, WS_MARK("values", "NONE (no class)")}, {255, WS_MARK("values", "ANY (any class)")},
};

constexpr NamedNumber opcodes[] = {
    {0, WS_MARK("values", "Standard query")},        {1, WS_MARK("values", "Inverse query")},
    {2, WS_MARK("values", "Server status request")}, {4, WS_MARK("values", "Zone change notification")},
    {5, WS_MARK("values", "Dynamic update")},        {6, WS_MARK("values", "Stateful operation")},
};

constexpr NamedNumber responseCodes[] = {
    {0, WS_MARK("values", "No error")},
    {1, WS_MARK("values", "Format error: the server could not read the query")},
    {2, WS_MARK("values", "Server failure")},
    {3, WS_MARK("values", "No such name (NXDOMAIN)")},
    {4, WS_MARK("values", "Not implemented")},
    {5, WS_MARK("values", "Refused")},
    {6, WS_MARK("values", "A name exists that should not")},
    {7, WS_MARK("values", "A record set exists that should not")},
    {8, WS_MARK("values", "A record set that should exist does not")},
    {9, WS_MARK("values", "Not authoritative, or not authorised")},
    {10, WS_MARK("values", "Name not within the zone")},
    {11, WS_MARK("values", "Stateful operation not implemented")},
    {16, WS_MARK("values", "Bad signature, or bad EDNS version")},
    {17, WS_MARK("values", "Key not recognised")},
    {18, WS_MARK("values", "Signature out of its time")},
    {19, WS_MARK("values", "Bad TKEY mode")},
    {20, WS_MARK("values", "Duplicate key name")},
    {21, WS_MARK("values", "Algorithm not supported")},
    {22, WS_MARK("values", "Bad truncation")},
    {23, WS_MARK("values", "Bad or missing server cookie")},
};

} // namespace

Text classInWords(std::uint64_t number) {
    return named(classes, number);
}
Text opcodeInWords(std::uint64_t number) {
    return named(opcodes, number);
}
Text responseCodeInWords(std::uint64_t number) {
    return named(responseCodes, number);
}

} // namespace wirestage::dns
