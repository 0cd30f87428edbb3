// SPDX-License-Identifier: GPL-3.0-or-later
// What of each header is worth a line: who to whom, and the one number that a learner looks for.
#include "app/inspector/layer_summary.h"

#include "app/inspector/field_model.h"
#include "app/window/translate.h"

#include <QStringList>

#include <algorithm>
#include <array>

namespace wirestage {
namespace {

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

QString valueIn(const Description& description, const HeaderSpan& header, std::string_view name) {
    const Field* field = name.empty() ? nullptr : findIn(description, header, name);
    if (!field)
        return {};
    return fromUtf8(printable(field->value, 60));
}

/// A number that has a name goes by its name ("Echo request", not 8).
QString wordIn(const Description& description, const HeaderSpan& header, std::string_view name) {
    const Field* field = name.empty() ? nullptr : findIn(description, header, name);
    const QString meaning = field ? wirestage::tr(field->meaning) : QString();
    return meaning.isEmpty() ? valueIn(description, header, name) : meaning;
}

QString summaryOf(const Description& description, const HeaderSpan& header, const Line& line) {
    QStringList parts;
    const QString from = valueIn(description, header, line.from), to = valueIn(description, header, line.to);
    if (!from.isEmpty() || !to.isEmpty())
        parts << (to.isEmpty() ? from : QStringLiteral("%1 → %2").arg(from, to));
    for (const auto& [before, name] : line.more) {
        if (name.empty())
            continue;
        const QString value =
            *before ? valueIn(description, header, name) : wordIn(description, header, name);
        if (!value.isEmpty())
            parts << (*before ? wirestage::tr(Text{"layers", before, {}, {}}.with(value.toStdString()))
                              : value);
    }
    return parts.join(QStringLiteral(" · "));
}

} // namespace

const Field* findIn(const Description& description, const HeaderSpan& header, std::string_view name) {
    for (int i = header.node; i < header.end; ++i) {
        const Field& field = description.fields[static_cast<std::size_t>(i)];
        if (field.spec && field.spec->name == name)
            return &field;
    }
    return nullptr;
}

HeaderSpan headerOfField(const Description& description, int field) {
    for (const HeaderSpan& header : headersOf(description))
        if (field >= header.node && field < header.end)
            return header;
    return {-1, -1};
}

std::vector<LayerBox> layersOf(const Description& description) {
    std::vector<LayerBox> layers;
    for (const HeaderSpan& header : headersOf(description)) {
        const Field& node = description.fields[static_cast<std::size_t>(header.node)];
        const std::string_view name = node.spec ? node.spec->name : std::string_view();
        if (name == "frame")
            continue;
        LayerBox box;
        box.node = header.node;
        box.depth = static_cast<int>(layers.size());
        box.buffer = node.buffer;
        box.title = fieldTitle(node);
        if (const Line* line = lineOf(name)) {
            box.title = QString::fromLatin1(line->title);
            box.summary = summaryOf(description, header, *line);
        } else {
            box.summary = fieldValue(node);
        }
        layers.push_back(std::move(box));
    }
    return layers;
}

} // namespace wirestage
