// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of records that extend the message rather than tell of a name: EDNS options (RFC 6891, 7871,
// 7873, 8914), service parameters (RFC 9460) and the transaction signature (RFC 8945).
#include "core/protocols/dns/dns_records.h"
#include "core/protocols/fields.h"
#include "core/protocols/names.h"

#include <algorithm>
#include <array>

namespace wirestage::dns {
namespace {

constexpr const DnsFields& f = dnsFields;

constexpr NamedNumber optionNames[] = {
    {1, WS_MARK("values", "Long-lived query")},
    {2, WS_MARK("values", "Update lease")},
    {3, WS_MARK("values", "Name server identifier")},
    {4, WS_MARK("values", "Owner, on hold")},
    {5, WS_MARK("values", "DNSSEC algorithms understood")},
    {6, WS_MARK("values", "DS hashes understood")},
    {7, WS_MARK("values", "NSEC3 hashes understood")},
    {8, WS_MARK("values", "Client subnet")},
    {9, WS_MARK("values", "Zone expire limit")},
    {10, WS_MARK("values", "Cookie")},
    {11, WS_MARK("values", "TCP keep-alive")},
    {12, WS_MARK("values", "Padding")},
    {13, WS_MARK("values", "Chain of trust wanted")},
    {14, WS_MARK("values", "Key tags trusted")},
    {15, WS_MARK("values", "Extended error")},
};
constexpr NamedNumber families[] = {
    {1, WS_MARK("values", "IPv4")},
    {2, WS_MARK("values", "IPv6")},
};
constexpr NamedNumber extendedErrors[] = {
    {0, WS_MARK("values", "Other")},
    {1, WS_MARK("values", "DNSSEC algorithm not supported")},
    {2, WS_MARK("values", "DS digest not supported")},
    {3, WS_MARK("values", "Stale answer")},
    {4, WS_MARK("values", "Forged answer")},
    {5, WS_MARK("values", "DNSSEC indeterminate")},
    {6, WS_MARK("values", "DNSSEC bogus")},
    {7, WS_MARK("values", "Signature expired")},
    {8, WS_MARK("values", "Signature not valid yet")},
    {9, WS_MARK("values", "DNSKEY missing")},
    {10, WS_MARK("values", "RRSIGs missing")},
    {11, WS_MARK("values", "No zone key bit set")},
    {12, WS_MARK("values", "NSEC missing")},
    {13, WS_MARK("values", "Cached error")},
    {14, WS_MARK("values", "Not ready")},
    {15, WS_MARK("values", "Blocked")},
    {16, WS_MARK("values", "Censored")},
    {17, WS_MARK("values", "Filtered")},
    {18, WS_MARK("values", "Prohibited")},
    {19, WS_MARK("values", "Stale NXDOMAIN answer")},
    {20, WS_MARK("values", "Not authoritative")},
    {21, WS_MARK("values", "Not supported")},
    {22, WS_MARK("values", "No reachable authority")},
    {23, WS_MARK("values", "Network error")},
    {24, WS_MARK("values", "Invalid data")},
};
constexpr NamedNumber serviceKeys[] = {
    {0, WS_MARK("values", "mandatory")},       {1, WS_MARK("values", "alpn")},
    {2, WS_MARK("values", "no-default-alpn")}, {3, WS_MARK("values", "port")},
    {4, WS_MARK("values", "ipv4hint")},        {5, WS_MARK("values", "ech")},
    {6, WS_MARK("values", "ipv6hint")},        {7, WS_MARK("values", "dohpath")},
};

/// The option's data as its code tells; `data` holds nothing else.
void clientSubnet(RecordData& data, std::size_t length) {
    const auto family = data.silent(f.clientFamily, 2, [](std::uint64_t n) { return named(families, n); });
    const auto source = data.silent(f.clientSource, 1);
    data.silent(f.clientScope, 1);
    if (length < 4 || data.truncated())
        return;
    const Bytes bytes = data.upcoming().first(std::min(length - 4, data.remaining()));
    std::array<std::uint8_t, 16> whole{};
    std::copy_n(bytes.begin(), std::min(bytes.size(), whole.size()), whole.begin());
    if (family == 1 && bytes.size() <= 4) {
        const std::string address = toString(IpAddress::v4(whole.data()));
        data.octets(f.clientAddress4, length - 4);
        data.revalue(address);
        data.say(address + '/' + std::to_string(source));
    } else if (family == 2 && bytes.size() <= 16) {
        const std::string address = toString(IpAddress::v6(whole.data()));
        data.octets(f.clientAddress6, length - 4);
        data.revalue(address);
        data.say(address + '/' + std::to_string(source));
    } else {
        data.octets(f.clientAddress, length - 4);
    }
}

void cookie(RecordData& data, std::size_t length) {
    data.octets(f.clientCookie, std::min<std::size_t>(length, 8));
    if (length > 8)
        data.octets(f.serverCookie, length - 8);
}

void listOfNumbers(RecordData& data, const FieldSpec& spec, std::size_t length) {
    for (std::size_t i = 0; i < length && data.more(); ++i)
        data.silent(spec, 1);
}

void optionData(RecordData& data, std::uint64_t code, std::size_t length) {
    switch (code) {
    case 5: return listOfNumbers(data, f.algorithmUnderstood, length);
    case 6: return listOfNumbers(data, f.hashUnderstood, length);
    case 7: return listOfNumbers(data, f.nsec3Understood, length);
    case 8: return clientSubnet(data, length);
    case 10: return cookie(data, length);
    case 11:
        if (length == 2)
            data.silent(f.keepAlive, 2, [](std::uint64_t tenths) {
                return durationInWords(static_cast<std::int64_t>(tenths) * 100'000'000);
            });
        return;
    case 12:
        if (length > 0)
            data.octets(f.padding, length);
        return;
    case 13: return data.name(f.trustPoint);
    case 15:
        if (length >= 2)
            data.silent(f.errorInfo, 2, [](std::uint64_t n) { return named(extendedErrors, n); });
        if (length > 2)
            data.say(data.characters(f.errorText, length - 2));
        return;
    default: return;
    }
}

void serviceValue(RecordData& data, std::uint64_t key) {
    switch (key) {
    case 0:
        while (data.more())
            data.silent(f.svcMandatory, 2, [](std::uint64_t n) { return named(serviceKeys, n); });
        return;
    case 1:
        while (data.more())
            data.say(data.characterString(f.svcAlpnLength, f.svcAlpn, false));
        return;
    case 3: data.u16(f.svcPort); return;
    case 4:
        while (data.more())
            data.ipv4(f.svcIpv4);
        return;
    case 5: data.octets(f.svcEch, data.remaining()); return;
    case 6:
        while (data.more())
            data.ipv6(f.svcIpv6);
        return;
    default:
        if (data.more())
            data.octets(f.svcValue, data.remaining());
        return;
    }
}

} // namespace

void optParts(RecordData& data) {
    while (data.more()) {
        const Bytes head = data.upcoming();
        if (head.size() < 4)
            return data.skip(head.size() + 1);
        const auto code = loadBig<2>(head.data());
        const auto length = static_cast<std::size_t>(loadBig<2>(head.data() + 2));
        data.open(f.option, 4 + length, {}, named(optionNames, code));
        data.silent(f.optionCode, 2, [](std::uint64_t n) { return named(optionNames, n); });
        data.silent(f.optionLength, 2);
        data.within(length, [&](RecordData& inner) {
            if (length > 0)
                inner.peekOctets(f.optionData, length);
            optionData(inner, code, length);
        });
        data.close();
    }
}

void svcbParts(RecordData& data) {
    data.u16(f.svcPriority);
    data.name(f.svcTarget);
    while (data.more()) {
        const Bytes head = data.upcoming();
        if (head.size() < 4)
            return data.skip(head.size() + 1);
        const auto key = loadBig<2>(head.data());
        const auto length = static_cast<std::size_t>(loadBig<2>(head.data() + 2));
        const Text meaning = named(serviceKeys, key);
        data.open(f.svcParameter, 4 + length, {}, meaning);
        data.silent(f.svcKey, 2, [](std::uint64_t n) { return named(serviceKeys, n); });
        data.silent(f.svcValueLength, 2);
        data.say((meaning.empty() ? "key" + std::to_string(key) : english(meaning)) + '=');
        data.within(length, [&](RecordData& inner) { serviceValue(inner, key); });
        data.close();
    }
}

void tsigParts(RecordData& data) {
    data.name(f.tsigAlgorithm);
    data.moment(f.tsigTime, 6);
    data.u16(f.tsigFudge, secondsName);
    const auto macSize = static_cast<std::size_t>(data.silent(f.tsigMacSize, 2));
    data.octets(f.tsigMac, macSize);
    data.u16(f.tsigOriginalId);
    data.u16(f.tsigError, responseCodeInWords);
    const auto otherLength = static_cast<std::size_t>(data.silent(f.tsigOtherLength, 2));
    if (otherLength > 0)
        data.octets(f.tsigOther, otherLength);
}

} // namespace wirestage::dns
