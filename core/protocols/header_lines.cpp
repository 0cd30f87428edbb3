// SPDX-License-Identifier: GPL-3.0-or-later
// What of each header is worth a line.
#include "core/protocols/header_lines.h"

#include <algorithm>
#include <array>

namespace wirestage {
namespace {

constexpr std::size_t longestValue = 60;

struct Line {
    std::string_view protocol;
    const char* title;
    std::string_view from, to;
    std::array<std::pair<const char*, std::string_view>, 3> more; ///< a pattern for the value, its field
};

constexpr Line lines[] = {
    {"eth", "Ethernet", "eth.src", "eth.dst", {}},
    {"vlan", "VLAN", "", "", {{{WS_MARK("layers", "ID %1"), "vlan.id"}}}},
    {"sll", "Linux cooked", "sll.src.eth", "", {}},
    {"null", "Loopback", "", "", {}},
    {"llc", "LLC", "", "", {}},
    {"arp", "ARP", "arp.src.proto_ipv4", "arp.dst.proto_ipv4", {}},
    {"ip", "IPv4", "ip.src", "ip.dst", {{{WS_MARK("layers", "TTL %1"), "ip.ttl"}}}},
    {"ipv6", "IPv6", "ipv6.src", "ipv6.dst", {{{WS_MARK("layers", "hop limit %1"), "ipv6.hlim"}}}},
    {"icmp", "ICMP", "", "", {{{"", "icmp.type"}, {WS_MARK("layers", "sequence %1"), "icmp.seq"}}}},
    {"icmpv6", "ICMPv6", "", "", {{{"", "icmpv6.type"}}}},
    {"udp", "UDP", "udp.srcport", "udp.dstport", {{{WS_MARK("layers", "length %1"), "udp.length"}}}},
    {"tcp",
     "TCP",
     "tcp.srcport",
     "tcp.dstport",
     {{{WS_MARK("layers", "Seq %1"), "tcp.seq"},
       {WS_MARK("layers", "Ack %1"), "tcp.ack"},
       {WS_MARK("layers", "length %1"), "tcp.len"}}}},
    {"dhcp", "DHCP", "", "", {{{"", "dhcp.option.dhcp"}, {WS_MARK("layers", "yiaddr %1"), "dhcp.ip.your"}}}},
    {"dns", "DNS", "", "", {{{"", "dns.qry.name"}, {"", "dns.qry.type"}}}},
    {"ftp",
     "FTP",
     "",
     "",
     {{{"", "ftp.request.command"}, {"", "ftp.response.code"}, {"", "ftp.request.arg"}}}},
};

const Line* lineOf(std::string_view protocol) {
    const auto* found = std::find_if(std::begin(lines), std::end(lines),
                                     [&](const Line& line) { return line.protocol == protocol; });
    return found == std::end(lines) ? nullptr : found;
}

const Field* findIn(const Description& description, const HeaderLine& header, std::string_view name) {
    for (int i = header.node; i < header.end && !name.empty(); ++i) {
        const Field& field = description.fields[static_cast<std::size_t>(i)];
        if (field.spec && field.spec->name == name)
            return &field;
    }
    return nullptr;
}

std::string valueIn(const Description& description, const HeaderLine& header, std::string_view name) {
    const Field* field = findIn(description, header, name);
    return field ? printable(field->value, longestValue) : std::string();
}

void fill(HeaderLine& header, const Description& description, const Line& line) {
    header.title = line.title;
    const std::string from = valueIn(description, header, line.from),
                      to = valueIn(description, header, line.to);
    if (!from.empty() || !to.empty())
        header.parts.push_back(Text::verbatim(to.empty() ? from : from + " → " + to));
    for (const auto& [before, name] : line.more) {
        const Field* field = findIn(description, header, name);
        if (!field)
            continue;
        const std::string value = printable(field->value, longestValue);
        if (*before && !value.empty())
            header.parts.push_back(Text{"layers", before, {}, {}}.with(value));
        else if (!*before && !field->meaning.empty()) // a number that has a name goes by it ("Echo request")
            header.parts.push_back(field->meaning);
        else if (!value.empty())
            header.parts.push_back(Text::verbatim(value));
    }
}

} // namespace

std::vector<HeaderLine> headerLines(const Description& description) {
    std::vector<HeaderLine> headers;
    const int count = static_cast<int>(description.fields.size());
    for (int i = 0; i < count; ++i) {
        if (description.fields[static_cast<std::size_t>(i)].parent >= 0)
            continue;
        if (!headers.empty())
            headers.back().end = i;
        headers.push_back({i, count, {}, {}});
    }
    std::erase_if(headers, [&](const HeaderLine& header) {
        const Field& node = description.fields[static_cast<std::size_t>(header.node)];
        return node.spec && node.spec->name == "frame";
    });
    for (HeaderLine& header : headers) {
        const Field& node = description.fields[static_cast<std::size_t>(header.node)];
        if (const Line* line = node.spec ? lineOf(node.spec->name) : nullptr)
            fill(header, description, *line);
    }
    return headers;
}

} // namespace wirestage
