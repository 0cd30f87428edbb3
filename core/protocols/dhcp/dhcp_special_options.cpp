// SPDX-License-Identifier: GPL-3.0-or-later
// Options with a structure of their own: client identifier (RFC 2132, 4361), user class (RFC 3004), client's
// domain name (RFC 4702), relay agent information (RFC 3046), authentication (RFC 3118), domain search (RFC
// 3397), SIP servers (RFC 3361), classless routes (RFC 3442), vendor information (RFC 3925) and what PXE adds
// (RFC 4578).
#include "core/protocols/dhcp/dhcp_options.h"
#include "core/protocols/dns/dns_names.h"
#include "core/protocols/fields.h"
#include "core/protocols/names.h"

#include <fmt/format.h>

#include <array>

namespace wirestage::dhcp {
namespace {

constexpr const DhcpFields& f = dhcpFields;

/// Adds fields in the order of an option's bytes. What the bytes do not hold is not added.
class Parts {
public:
    Parts(Bytes data, Describer& into) : reader(data), describer(into) {}

    std::uint64_t number(const FieldSpec& spec, std::size_t width, Meaning meaning = nullptr) {
        const Bytes bytes = reader.take(width);
        if (bytes.size() < width)
            return 0;
        std::uint64_t value = 0;
        for (const std::uint8_t byte : bytes)
            value = value << 8 | byte;
        Field& field =
            add(spec, value, numberAsText(spec.show, value, static_cast<unsigned>(8 * width)), bytes);
        if (meaning)
            field.meaning = meaning(value);
        return value;
    }
    void address(const FieldSpec& spec) {
        if (const Bytes bytes = reader.take(4); bytes.size() == 4)
            add(spec, 0, toString(IpAddress::v4(bytes.data())), bytes);
    }
    void mac(const FieldSpec& spec) {
        const Bytes bytes = reader.take(6);
        if (bytes.size() < 6)
            return;
        MacAddress address;
        std::copy(bytes.begin(), bytes.end(), address.bytes.begin());
        add(spec, 0, toString(address), bytes);
    }
    void text(const FieldSpec& spec, std::size_t count) {
        const Bytes bytes = reader.take(count);
        if (bytes.size() == count)
            add(spec, count, textAsText(bytes), bytes);
    }
    void octets(const FieldSpec& spec, std::size_t count) {
        const Bytes bytes = reader.take(count);
        if (bytes.size() == count && count > 0)
            add(spec, count, bytesAsText(bytes), bytes);
    }
    void hexText(const FieldSpec& spec, std::size_t count) { octets(spec, count); }
    Field& add(const FieldSpec& spec, std::uint64_t number, std::string shown, Bytes bytes) {
        return describer.add(spec, number, std::move(shown), describer.offsetOf(bytes.data()),
                             static_cast<std::uint32_t>(bytes.size()));
    }
    void open(const FieldSpec& spec, std::uint64_t value, std::size_t length, Text meaning = {}) {
        describer.open(spec, describer.offsetOf(reader.position()),
                       static_cast<std::uint32_t>(std::min(length, reader.remaining())),
                       std::to_string(value), std::move(meaning));
        describer.description.fields.back().number = value;
    }
    void close() { describer.close(); }
    [[nodiscard]] bool whole() const { return !reader.truncated(); }

    Reader reader;
    Describer& describer;
};

Text clientTypeName(std::uint64_t type) {
    return type == 0 ? WS_TR("values", "No hardware address") : hardwareTypeName(type);
}

constexpr NamedNumber duidTypes[] = {
    {1, WS_MARK("values", "Link-layer address and time")},
    {2, WS_MARK("values", "Given by the vendor")},
    {3, WS_MARK("values", "Link-layer address")},
    {4, WS_MARK("values", "UUID")},
};
constexpr NamedNumber relaySuboptions[] = {
    {1, WS_MARK("values", "Agent circuit ID")},
    {2, WS_MARK("values", "Agent remote ID")},
    {4, WS_MARK("values", "DOCSIS device class")},
    {5, WS_MARK("values", "Link selection")},
    {6, WS_MARK("values", "Subscriber ID")},
    {7, WS_MARK("values", "RADIUS attributes")},
    {8, WS_MARK("values", "Authentication")},
    {9, WS_MARK("values", "Vendor-specific information")},
    {10, WS_MARK("values", "Flags")},
    {11, WS_MARK("values", "Server identifier override")},
    {12, WS_MARK("values", "Relay agent identifier")},
    {19, WS_MARK("values", "Relay source port")},
    {151, WS_MARK("values", "Virtual subnet selection")},
};
constexpr NamedNumber authenticationProtocols[] = {
    {0, WS_MARK("values", "Configuration token")},
    {1, WS_MARK("values", "Delayed authentication")},
    {3, WS_MARK("values", "Reconfigure key")},
};
constexpr NamedNumber sipEncodings[] = {
    {0, WS_MARK("values", "Domain names")},
    {1, WS_MARK("values", "Addresses")},
};

/// UUIDs stand in the byte order of Microsoft's GUIDs: the first three parts least significant byte first.
std::string guid(Bytes b) {
    return fmt::format("{:08x}-{:04x}-{:04x}-{:02x}{:02x}-{}", loadLittle<4>(b.data()),
                       loadLittle<2>(b.data() + 4), loadLittle<2>(b.data() + 6), b[8], b[9],
                       bytesAsText(b.subspan(10, 6)));
}

void uuid(Parts& parts) {
    parts.number(f.clientType, 1);
    if (const Bytes bytes = parts.reader.take(16); bytes.size() == 16)
        parts.add(f.clientUuid, 0, guid(bytes), bytes);
}

/// A DUID as DHCPv6 has it (RFC 8415, 11) behind an IAID.
void duid(Parts& parts) {
    parts.number(f.clientType, 1);
    parts.hexText(f.clientIaid, 4);
    const auto kind = parts.number(f.clientDuidType, 2, [](std::uint64_t n) { return named(duidTypes, n); });
    if (kind == 2) {
        parts.number(f.clientEnterprise, 4);
        parts.octets(f.clientIdentifier, parts.reader.remaining());
    } else if (kind == 1 || kind == 3) {
        parts.number(f.hardwareType, 2, hardwareTypeName);
        if (kind == 1)
            parts.reader.skip(4);
        parts.hexText(f.clientLinkLayer, parts.reader.remaining());
    }
}

void clientIdentifier(Parts& parts, Bytes data) {
    if (data.empty())
        return;
    const std::uint8_t type = data[0];
    if (data.size() == 7 && type > 0 && type < 48) {
        parts.number(f.hardwareType, 1, clientTypeName);
        if (type == 1 || type == 6)
            parts.mac(f.macAddress);
        else
            parts.hexText(f.clientHardware, 6);
    } else if (data.size() == 17 && type == 0) {
        uuid(parts);
    } else if (type == 255 && data.size() >= 7) {
        duid(parts);
    } else if (type == 0 && data.size() > 1) {
        parts.number(f.clientType, 1, clientTypeName);
        parts.text(f.clientText, data.size() - 1);
    }
}

void userClass(Parts& parts) {
    for (std::uint64_t instance = 0; !parts.reader.empty() && parts.whole(); ++instance) {
        const std::size_t length = parts.reader.peek();
        parts.open(f.userClass, instance, 1 + length);
        parts.number(f.userClassLength, 1);
        parts.octets(f.userClassData, length);
        parts.close();
    }
}

void clientDomainName(Parts& parts, Bytes data, Bytes joined) {
    const std::uint64_t flags = data.empty() ? 0 : data[0];
    parts.open(f.fqdnFlags, flags, 1);
    Field& word = parts.describer.description.fields.back();
    word.value = numberAsText(Show::Hexadecimal, flags, 8);
    const FieldSpec* bits[] = {&f.fqdnNoUpdate, &f.fqdnEncoding, &f.fqdnOverride, &f.fqdnServer};
    const Bytes byte = parts.reader.take(1);
    if (!byte.empty()) {
        Field& zero =
            parts.add(f.fqdnReserved, flags >> 4, numberAsText(Show::Hexadecimal, flags >> 4, 8), byte);
        zero.bitLength = 4;
        for (unsigned i = 0; i < 4; ++i) {
            const std::uint64_t set = flags >> (3 - i) & 1;
            Field& bit = parts.add(*bits[i], set, std::to_string(set), byte);
            bit.bitOffset = static_cast<std::uint8_t>(4 + i);
            bit.bitLength = 1;
        }
    }
    parts.close();
    parts.number(f.fqdnCode1, 1);
    parts.number(f.fqdnCode2, 1);
    const Bytes name = parts.reader.rest();
    if (name.empty())
        return;
    if (!(flags & 4))
        return parts.text(f.fqdnName, name.size());
    const Bytes whole = joined.size() > 3 ? joined.subspan(3) : name;
    const auto found = dns::readName(whole, 0);
    parts.add(f.fqdnName, 0, found ? found->text : textAsText(name), name);
}

void relayValue(Parts& parts, std::uint64_t code, std::size_t length) {
    switch (code) {
    case 1: return parts.octets(f.agentCircuit, length);
    case 2: return parts.octets(f.agentRemote, length);
    case 5:
        if (length == 4)
            return parts.address(f.agentLink);
        break;
    case 6: return parts.text(f.agentSubscriber, length);
    case 10:
        if (length == 1) {
            parts.number(f.agentFlags, 1);
            return;
        }
        break;
    case 11:
        if (length == 4)
            return parts.address(f.agentServer);
        break;
    default: break;
    }
    parts.octets(f.agentValue, length);
}

void relayInformation(Parts& parts) {
    while (parts.reader.has(2)) {
        const std::uint64_t code = parts.reader.peek();
        const std::size_t length = parts.reader.peek(1);
        parts.open(f.agentSuboption, code, 2 + length, named(relaySuboptions, code));
        parts.reader.skip(1);
        parts.number(f.agentLength, 1);
        relayValue(parts, code, length);
        parts.close();
    }
}

void authentication(Parts& parts) {
    const auto protocol =
        parts.number(f.authProtocol, 1, [](std::uint64_t n) { return named(authenticationProtocols, n); });
    parts.number(protocol == 1 ? f.authDelayAlgorithm : f.authAlgorithm, 1);
    parts.number(f.authMethod, 1);
    parts.number(f.authReplay, 8);
    if (protocol == 1 && parts.reader.has(20)) {
        parts.number(f.authSecret, 4);
        parts.octets(f.authHash, 16);
    }
}

/// Names follow each other, compressed as in DNS; the list may go on over several options.
void domainNames(Parts& parts, const FieldSpec& spec, Bytes names, bool here) {
    for (std::size_t at = 0; at < names.size();) {
        const auto name = dns::readName(names, at);
        if (!name)
            return parts.reader.skip(parts.reader.remaining() + 1);
        if (here)
            parts.add(spec, 0, name->text, names.subspan(at, name->wireLength));
        else
            parts.describer.addGenerated(spec, 0, name->text);
        at += name->wireLength;
    }
}

void sipServers(Parts& parts) {
    if (parts.number(f.sipEncoding, 1, [](std::uint64_t n) { return named(sipEncodings, n); }) == 1)
        while (parts.reader.has(4))
            parts.address(f.sipAddress);
    else
        domainNames(parts, f.sipName, parts.reader.rest(), true);
}

/// Prefix length, then only the bytes of the destination that the prefix covers, then the router.
void classlessRoutes(Parts& parts) {
    while (!parts.reader.empty()) {
        const std::size_t prefix = parts.reader.peek();
        const std::size_t covered = (prefix + 7) / 8;
        const Bytes bytes = parts.reader.take(1 + covered + 4);
        if (prefix > 32 || bytes.size() < 1 + covered + 4)
            return parts.reader.skip(parts.reader.remaining() + 1);
        std::array<std::uint8_t, 4> destination{};
        std::copy_n(bytes.begin() + 1, covered, destination.begin());
        const std::string to = fmt::format("{}/{}", toString(IpAddress::v4(destination.data())), prefix);
        const std::string router = toString(IpAddress::v4(bytes.data() + 1 + covered));
        Field& field = parts.add(f.classlessRoute, 0, bytesAsText(bytes), bytes);
        field.meaning = WS_TR("values", "%1 by way of %2").with(prefix == 0 ? "0.0.0.0/0" : to).with(router);
    }
}

void vendorInformation(Parts& parts) {
    while (parts.reader.has(5)) {
        const std::uint64_t enterprise = loadBig<4>(parts.reader.position());
        const std::size_t length = parts.reader.peek(4);
        parts.open(f.enterprise, enterprise, 5 + length);
        parts.reader.skip(4);
        parts.number(f.enterpriseLength, 1);
        parts.octets(f.enterpriseData, length);
        parts.close();
    }
}

} // namespace

bool describeSpecial(const Option& option, Describer& describer, const Joined& joined) {
    Parts parts(option.data, describer);
    switch (option.code) {
    case 61: clientIdentifier(parts, option.data); break;
    case 77: userClass(parts); break;
    case 81: clientDomainName(parts, option.data, joined.bytes); break;
    case 82: relayInformation(parts); break;
    case 90: authentication(parts); break;
    case 94:
        parts.reader.skip(1);
        parts.number(f.networkMajor, 1);
        parts.number(f.networkMinor, 1);
        break;
    case 97: uuid(parts); break;
    case 119:
        if (joined.bytes.empty())
            domainNames(parts, f.searchDomain, option.data, true);
        else if (joined.last)
            domainNames(parts, f.searchDomain, joined.bytes, false);
        break;
    case 120: sipServers(parts); break;
    case 121:
    case 249: classlessRoutes(parts); break;
    case 125: vendorInformation(parts); break;
    default: break;
    }
    return parts.whole();
}

} // namespace wirestage::dhcp
