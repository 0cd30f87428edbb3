// SPDX-License-Identifier: GPL-3.0-or-later
// Hosts, routers, switches and links of a lesson.
#include "core/lesson/lesson_reading.h"
#include "core/lesson/table_reader.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace wirestage::lesson {
namespace {

using namespace simulation;

constexpr std::size_t mostNodes = 200, mostLinks = 400;

MacAddress madeHardware(std::size_t node, std::size_t interface) {
    return {{0x02, 0x00, 0x5e, 0x10, static_cast<std::uint8_t>(node + 1),
             static_cast<std::uint8_t>(interface + 1)}};
}

void readAddress(TableReader& reader, InterfaceSetup& into) {
    const std::string text = reader.text("address");
    if (text.empty())
        return;
    const auto prefix = parseNetwork(text);
    if (!prefix) {
        reader.complain("address", WS_TR("lesson", "“%1” is not an address with its network's length, as in "
                                                   "192.168.1.10/24")
                                       .with(text));
        return;
    }
    const std::uint32_t number = prefix->address.v4Number();
    const std::uint32_t hostBits = prefix->length >= 31 ? 0 : ~std::uint32_t{0} >> prefix->length;
    if (hostBits && ((number & hostBits) == 0 || (number & hostBits) == hostBits)) {
        reader.complain("address", (number & hostBits) == 0
                                       ? WS_TR("lesson", "%1 is the address of the network itself").with(text)
                                       : WS_TR("lesson", "%1 is the network's broadcast address").with(text));
        return;
    }
    into.address = prefix->address;
    into.prefixLength = prefix->length;
}

std::uint16_t readMtu(TableReader& reader, std::uint16_t otherwise) {
    if (const Value* value = reader.value("mtu")) {
        const auto* mtu = std::get_if<std::int64_t>(&value->data);
        if (mtu && *mtu < 68) {
            reader.complain("mtu", WS_TR("lesson", "an MTU of %1 is impossible: every network must carry IP "
                                                   "packets of 68 bytes (RFC 791)")
                                       .with(*mtu));
            return otherwise;
        }
    }
    return static_cast<std::uint16_t>(reader.whole("mtu", otherwise, 68, 65535));
}

void readInterface(TableReader& reader, InterfaceSetup& into) {
    readAddress(reader, into);
    into.mtu = readMtu(reader, 1500);
    const std::string mac = reader.text("mac");
    if (mac.empty())
        return;
    const auto parsed = parseMacAddress(mac);
    if (!parsed || parsed->isGroup() || parsed->isZero())
        reader.complain("mac", WS_TR("lesson", "“%1” is not the address of one interface, as in "
                                               "02:00:5e:10:00:01")
                                   .with(mac));
    else
        into.hardware = *parsed;
}

bool isName(std::string_view name) {
    return !name.empty() && name.size() <= 40 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
}

void readInterfaces(TableReader& reader, NodeSetup& node, std::size_t number) {
    const auto tables = reader.tables("interface");
    if (tables.empty()) {
        InterfaceSetup only;
        only.hardware = madeHardware(number, 0);
        readInterface(reader, only);
        node.interfaces.push_back(std::move(only));
        return;
    }
    for (const Table* table : tables) {
        TableReader inner(*table, placeOfTable(*table), reader.problems);
        InterfaceSetup interface;
        interface.hardware = madeHardware(number, node.interfaces.size());
        interface.name = inner.text("name", fmt::format("eth{}", node.interfaces.size()));
        if (!isName(interface.name))
            inner.complain("name", WS_TR("lesson", "a name consists of lower-case letters, digits, - and _"));
        readInterface(inner, interface);
        inner.finish();
        node.interfaces.push_back(std::move(interface));
    }
}

void readNode(const Table& table, NodeRole role, Lesson& lesson, std::vector<Problem>& problems) {
    TableReader reader(table, placeOfTable(table), problems);
    NodeSetup node;
    node.role = role;
    reader.require("name");
    node.name = reader.text("name");
    const auto names = hostNames(lesson);
    if (reader.value("name") && !isName(node.name))
        reader.complain("name", WS_TR("lesson", "a name consists of lower-case letters, digits, - and _"));
    else if (std::find(names.begin(), names.end(), node.name) != names.end())
        reader.complain("name", WS_TR("lesson", "there is a “%1” already").with(node.name));
    Host host{node.name, prose(lesson.id, reader.text("title")), reader.text("icon"), role};
    if (host.title.empty())
        host.title = Text::verbatim(node.name);
    if (role != NodeRole::Switch) {
        readInterfaces(reader, node, lesson.hosts.size());
        for (const char* later : {"gateway", "routes", "dns", "knows", "app"})
            (void)reader.value(later);
        if (const Value* tcp = reader.value("tcp"); tcp && tcp->table())
            readTcpSettings(*tcp->table(), tcp->place, node.tcp, problems);
        else if (tcp)
            reader.complain("tcp", WS_TR("lesson", "“%1” must be a table").with("tcp"));
        node.acceptsRedirects = reader.truth("accepts_redirects", true);
        node.reassemblyTimeout = fromSeconds(reader.number("reassembly_timeout", 30, 1, 600));
    }
    if (role == NodeRole::Router) {
        node.router.sendsRedirects = reader.truth("redirects", true);
        node.router.redirectsNetworks = reader.truth("network_redirects", false);
        std::vector<std::string_view> interfaces;
        for (const InterfaceSetup& one : node.interfaces)
            interfaces.push_back(one.name);
        for (auto [key, into] : {std::pair("nat_outside", &node.router.outside),
                                 std::pair("firewall_from", &node.router.firewallFrom)})
            if (const std::string name = reader.text(key); !name.empty()) {
                *into = name;
                if (std::find(interfaces.begin(), interfaces.end(), name) == interfaces.end())
                    reader.complain(key, unknownWord(name, interfaces));
            }
    }
    reader.finish();
    lesson.network.nodes.push_back(std::move(node));
    lesson.hosts.push_back(std::move(host));
}

/// "router:lan" as a node and an interface; a switch grows a port.
struct End {
    NodeSetup* node = nullptr;
    std::size_t interface = 0;
};

std::optional<Text> findEnd(Lesson& lesson, std::string_view text, End& end) {
    const auto colon = text.find(':');
    const std::string_view name = text.substr(0, colon);
    for (NodeSetup& node : lesson.network.nodes)
        if (node.name == name)
            end.node = &node;
    if (!end.node)
        return unknownWord(name, hostNames(lesson));
    auto& interfaces = end.node->interfaces;
    if (end.node->role == NodeRole::Switch) {
        InterfaceSetup port;
        port.name = fmt::format("port{}", interfaces.size() + 1);
        interfaces.push_back(std::move(port));
        end.interface = interfaces.size() - 1;
        return std::nullopt;
    }
    std::vector<std::string_view> names;
    for (const InterfaceSetup& one : interfaces)
        names.push_back(one.name);
    if (colon == text.npos) {
        if (interfaces.size() == 1)
            return std::nullopt;
        return WS_TR("lesson", "“%1” has several interfaces; say which: %1:%2")
            .with(name)
            .with(names.empty() ? std::string_view("eth0") : names.front());
    }
    const auto found = std::find(names.begin(), names.end(), text.substr(colon + 1));
    if (found == names.end())
        return unknownWord(text.substr(colon + 1), names);
    end.interface = static_cast<std::size_t>(found - names.begin());
    return std::nullopt;
}

bool taken(const Lesson& lesson, const End& end) {
    const std::string& node = end.node->name;
    const std::string& interface = end.node->interfaces[end.interface].name;
    return std::any_of(lesson.network.links.begin(), lesson.network.links.end(), [&](const LinkSetup& link) {
        return (link.nodeA == node && link.interfaceA == interface) ||
               (link.nodeB == node && link.interfaceB == interface);
    });
}

void readLink(const Table& table, Lesson& lesson, std::vector<Problem>& problems) {
    TableReader reader(table, placeOfTable(table), problems);
    reader.require("between");
    const auto ends = reader.words("between");
    LinkSetup link;
    link.name = reader.text("name");
    link.delay = fromSeconds(reader.number("delay", 0.001, 0, 60));
    link.bitsPerSecond = static_cast<std::uint64_t>(reader.number("rate", 0, 0, 1e12));
    if (link.bitsPerSecond > 0 && link.bitsPerSecond < 100)
        reader.complain("rate", WS_TR("lesson", "a rate is in bits per second, 100 at least; 0 means that "
                                                "sending takes no time"));
    link.queue = static_cast<std::uint32_t>(reader.whole("queue", 0, 0, 1'000'000));
    const std::uint16_t mtu = readMtu(reader, 0);
    reader.finish();
    if (ends.size() != 2) {
        reader.complain("between",
                        WS_TR("lesson", "a link has two ends: between = [\"laptop\", \"switch\"]"));
        return;
    }
    End a, b;
    if (auto why = findEnd(lesson, ends[0], a)) {
        reader.complain("between", *std::move(why));
        return;
    }
    if (auto why = findEnd(lesson, ends[1], b)) {
        reader.complain("between", *std::move(why));
        return;
    }
    for (const End* end : {&a, &b})
        if (taken(lesson, *end) || (a.node == b.node && a.interface == b.interface)) {
            reader.complain("between", WS_TR("lesson", "“%1” is at the end of another link already")
                                           .with(end == &a ? ends[0] : ends[1]));
            return;
        }
    for (const End* end : {&a, &b})
        if (mtu)
            end->node->interfaces[end->interface].mtu = mtu;
    link.nodeA = a.node->name;
    link.interfaceA = a.node->interfaces[a.interface].name;
    link.nodeB = b.node->name;
    link.interfaceB = b.node->interfaces[b.interface].name;
    if (link.name.empty())
        link.name = fmt::format("{}-{}", link.nodeA, link.nodeB);
    for (const LinkSetup& other : lesson.network.links)
        if (other.name == link.name)
            reader.complain("name", WS_TR("lesson", "there is a link “%1” already").with(link.name));
    lesson.network.links.push_back(std::move(link));
}

bool onOneNetwork(const NodeSetup& node, const IpAddress& other) {
    return std::any_of(node.interfaces.begin(), node.interfaces.end(), [&](const InterfaceSetup& one) {
        return one.address.version == 4 && NetworkPrefix{one.address, one.prefixLength}.contains(other);
    });
}

/// The address of a gateway by number or by the name of a router that has one on the same network.
IpAddress gatewayOf(TableReader& reader, std::string_view key, const std::string& text, const NodeSetup& node,
                    const Lesson& lesson) {
    if (const auto address = parseIpAddress(text)) {
        if (!onOneNetwork(node, *address))
            reader.complain(key, WS_TR("lesson", "%1 is on no network of “%2”, so it can hand nothing on")
                                     .with(text)
                                     .with(node.name));
        return *address;
    }
    for (const NodeSetup& other : lesson.network.nodes)
        if (other.name == text) {
            for (const InterfaceSetup& interface : other.interfaces)
                if (interface.address.version && onOneNetwork(node, interface.address))
                    return interface.address;
            reader.complain(
                key, WS_TR("lesson", "“%1” has no address on a network of “%2”").with(text).with(node.name));
            return {};
        }
    reader.complain(key, unknownWord(text, hostNames(lesson)));
    return {};
}

void readRoutes(TableReader& reader, NodeSetup& node, const Lesson& lesson) {
    if (const std::string gateway = reader.text("gateway"); !gateway.empty())
        if (const IpAddress address = gatewayOf(reader, "gateway", gateway, node, lesson); address.version)
            node.routes.push_back({{ipv4Address(0), 0}, address});
    for (const Table* table : reader.tables("routes")) {
        TableReader route(*table, placeOfTable(*table), reader.problems);
        route.require("to");
        route.require("via");
        const auto to = parseNetwork(route.text("to"));
        if (!to && route.value("to"))
            route.complain("to", WS_TR("lesson", "a route leads to a network, as in 10.2.0.0/16"));
        const std::string via = route.text("via");
        if (const IpAddress address = via.empty() ? IpAddress{} : gatewayOf(route, "via", via, node, lesson);
            to && address.version)
            node.routes.push_back({*to, address});
        route.finish();
    }
}

void readNeighbours(TableReader& reader, NodeSetup& node, const Lesson& lesson, bool knowsAll) {
    const auto names = reader.words("knows");
    for (const std::string& name : names)
        if (const auto all = hostNames(lesson); std::find(all.begin(), all.end(), name) == all.end())
            reader.complain("knows", unknownWord(name, all));
    for (const NodeSetup& other : lesson.network.nodes) {
        if (other.name == node.name ||
            (!knowsAll && std::find(names.begin(), names.end(), other.name) == names.end()))
            continue;
        for (const InterfaceSetup& interface : other.interfaces)
            if (interface.address.version && onOneNetwork(node, interface.address))
                node.neighbours.emplace_back(interface.address, interface.hardware);
    }
}

/// What needs the whole network to be known: gateways, name servers, neighbours.
void readRelations(const Table& table, NodeSetup& node, const Lesson& lesson, bool knowsAll,
                   std::vector<Problem>& problems) {
    TableReader reader(table, placeOfTable(table), problems);
    readRoutes(reader, node, lesson);
    for (const std::string& server : reader.words("dns")) {
        const auto parsed = parseIpAddress(server);
        const IpAddress address = parsed ? *parsed : addressOf(lesson, server);
        if (address.version)
            node.nameServers.push_back(address);
        else
            reader.complain("dns", unknownWord(server, hostNames(lesson)));
    }
    readNeighbours(reader, node, lesson, knowsAll);
}

} // namespace

Place placeOfTable(const Table& table) {
    return table.entries.empty() ? Place{1, 1} : table.entries.front().place;
}

Place rankOf(const Table& table) {
    return table.rank.line ? table.rank : placeOfTable(table);
}

std::vector<std::string_view> hostNames(const Lesson& lesson) {
    std::vector<std::string_view> names;
    for (const Host& host : lesson.hosts)
        names.push_back(host.name);
    return names;
}

IpAddress addressOf(const Lesson& lesson, std::string_view name) {
    const auto colon = name.find(':');
    for (const NodeSetup& node : lesson.network.nodes)
        if (node.name == name.substr(0, colon))
            for (const InterfaceSetup& interface : node.interfaces)
                if (interface.address.version &&
                    (colon == name.npos || interface.name == name.substr(colon + 1)))
                    return interface.address;
    return {};
}

void readNetwork(const Table& root, Lesson& lesson, std::vector<Problem>& problems) {
    struct Found {
        const Table* table;
        NodeRole role;
    };
    std::vector<Found> found;
    for (const auto& [key, role] : {std::pair("host", NodeRole::Host), std::pair("router", NodeRole::Router),
                                    std::pair("switch", NodeRole::Switch)})
        for (const Table* table : tablesOf(root, key))
            found.push_back({table, role});
    std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
        const Place first = rankOf(*a.table), second = rankOf(*b.table);
        return std::pair(first.line, first.column) < std::pair(second.line, second.column);
    });
    const auto links = tablesOf(root, "link");
    if (found.empty())
        problems.push_back({{1, 1}, WS_TR("lesson", "there is no [[host]]")});
    if (found.size() > mostNodes || links.size() > mostLinks) {
        problems.push_back(
            {{1, 1},
             WS_TR("lesson", "a lesson has at most %1 hosts and %2 links").with(mostNodes).with(mostLinks)});
        return;
    }
    for (const Found& one : found)
        readNode(*one.table, one.role, lesson, problems);
    for (const Table* table : links)
        readLink(*table, lesson, problems);
    const Value* known = root.find("neighbours_known");
    const bool* knowsAll = known ? std::get_if<bool>(&known->data) : nullptr;
    for (std::size_t i = 0; i < found.size(); ++i)
        if (found[i].role != NodeRole::Switch)
            readRelations(*found[i].table, lesson.network.nodes[i], lesson, knowsAll && *knowsAll, problems);
}

} // namespace wirestage::lesson
