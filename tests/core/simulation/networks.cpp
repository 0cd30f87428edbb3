// SPDX-License-Identifier: GPL-3.0-or-later
// Networks, and questions about what happened in them.
#include "tests/core/simulation/networks.h"

#include "core/capture/pcapng_writer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <unistd.h>

namespace wirestage::simulation::test {

IpAddress ip(std::string_view text) {
    return parseIpAddress(text).value();
}
MacAddress mac(std::string_view text) {
    return parseMacAddress(text).value();
}

NodeSetup host(std::string name, std::string_view hardware, std::string_view address,
               std::string_view gateway) {
    NodeSetup node;
    node.name = std::move(name);
    InterfaceSetup interface;
    interface.hardware = mac(hardware);
    if (!address.empty())
        interface.address = ip(address);
    node.interfaces.push_back(interface);
    if (!gateway.empty())
        node.routes.push_back({parseNetwork("0.0.0.0/0").value(), ip(gateway)});
    return node;
}

NodeSetup switchWith(std::string name, unsigned ports) {
    NodeSetup node;
    node.name = std::move(name);
    node.role = NodeRole::Switch;
    for (unsigned port = 1; port <= ports; ++port) {
        InterfaceSetup interface;
        interface.name = std::to_string(port);
        node.interfaces.push_back(interface);
    }
    return node;
}

LinkSetup link(std::string nodeA, std::string interfaceA, std::string nodeB, std::string interfaceB) {
    LinkSetup link;
    link.name = nodeA + "-" + nodeB;
    link.nodeA = std::move(nodeA);
    link.interfaceA = std::move(interfaceA);
    link.nodeB = std::move(nodeB);
    link.interfaceB = std::move(interfaceB);
    return link;
}

NetworkSetup onSwitch(std::vector<NodeSetup> hosts) {
    NetworkSetup network;
    for (std::size_t i = 0; i < hosts.size(); ++i)
        network.links.push_back(
            link(hosts[i].name, hosts[i].interfaces[0].name, "switch", std::to_string(i + 1)));
    const auto ports = static_cast<unsigned>(hosts.size());
    network.nodes = std::move(hosts);
    network.nodes.push_back(switchWith("switch", ports));
    return network;
}

NetworkSetup twoHosts() {
    return onSwitch({host("client", "02:00:00:00:01:10", "192.168.1.10"),
                     host("server", "02:00:00:00:01:20", "192.168.1.20")});
}

NetworkSetup acrossRouter() {
    NetworkSetup network;
    network.nodes = {host("client", "02:00:00:00:01:10", "192.168.1.10", "192.168.1.1"),
                     host("router", "02:00:00:00:01:01", "192.168.1.1"),
                     host("server", "02:00:00:00:02:20", "192.168.2.20", "192.168.2.1")};
    NodeSetup& router = network.nodes[1];
    router.role = NodeRole::Router;
    InterfaceSetup second;
    second.name = "eth1";
    second.hardware = mac("02:00:00:00:02:01");
    second.address = ip("192.168.2.1");
    router.interfaces.push_back(second);
    network.links = {link("client", "eth0", "router", "eth0"), link("router", "eth1", "server", "eth0")};
    return network;
}

NodeSetup& node(NetworkSetup& network, std::string_view name) {
    for (NodeSetup& each : network.nodes)
        if (each.name == name)
            return each;
    ADD_FAILURE() << "no node " << name;
    return network.nodes.front();
}

void install(NetworkSetup& network, std::string_view host, std::string_view application, Settings settings) {
    const ApplicationType* const type = applicationNamed(application);
    ASSERT_TRUE(type) << application;
    const auto problem = check(settings, type->settings);
    ASSERT_FALSE(problem) << application << " " << problem->name << ": " << english(problem->why);
    install(network, host, *type, std::move(settings));
}

void install(NetworkSetup& network, std::string_view host, const ApplicationType& type, Settings settings) {
    node(network, host).applications.push_back({&type, std::move(settings)});
}

void step(NetworkSetup& network, std::string host, std::string verb, Settings settings, Time at) {
    network.script.push_back({std::move(host), std::move(verb), std::move(settings), at, {}});
}

Settings settings(std::initializer_list<std::pair<std::string, SettingValue>> values) {
    Settings all;
    for (const auto& [name, value] : values)
        all.set(name, value);
    return all;
}

NodeId nodeNamed(const Run& run, std::string_view name) {
    for (NodeId id = 0; id < run.nodes.size(); ++id)
        if (run.nodes[id].name == name)
            return id;
    return nobody;
}

Dissection dissected(const SentFrame& frame) {
    static thread_local Frame seen;
    seen.bytes = frame.bytes;
    seen.length = static_cast<std::uint32_t>(frame.bytes.size());
    Dissection packet;
    dissectFrame(packet, seen);
    return packet;
}

std::string word(const SentFrame& frame) {
    const Dissection packet = dissected(frame);
    if (packet.carried == Carried::Arp)
        return packet.arp.operation == 1 ? "arp.request " + toString(packet.arp.targetProtocol) : "arp.reply";
    if (packet.network.fragment)
        return "ip@" + std::to_string(packet.network.fragmentOffset);
    switch (packet.carried) {
    case Carried::Icmp:
        return "icmp " + std::to_string(packet.icmp.type) + "/" + std::to_string(packet.icmp.code);
    case Carried::Udp:
        return "udp " + std::to_string(packet.sourcePort) + ">" + std::to_string(packet.destinationPort);
    case Carried::Tcp: return "tcp " + std::to_string(packet.tcp.flags);
    default: return "ip " + std::to_string(packet.network.protocol);
    }
}

std::vector<std::string> story(const Run& run) {
    std::vector<std::string> lines;
    for (const SentFrame& frame : run.frames)
        lines.push_back((frame.copy ? "copy " : "") + run.nodes[frame.from].name + " " + word(frame));
    return lines;
}

std::vector<std::uint32_t> framesLike(const Run& run, std::string_view start) {
    std::vector<std::uint32_t> found;
    const std::vector<std::string> lines = story(run);
    for (std::uint32_t i = 0; i < lines.size(); ++i)
        if (lines[i].starts_with(start))
            found.push_back(i);
    return found;
}

std::string objections(const Run& run, LinkId link) {
    if (std::system("tshark --version > /dev/null 2>&1") != 0)
        return "absent";
    struct Stamped {
        Time time;
        Bytes bytes;
    };
    std::vector<Stamped> stamped;
    for (const SentFrame& frame : run.frames)
        for (const Passage& passage : frame.passages)
            if (passage.link == link)
                stamped.push_back({passage.entered, passage.damaged ? frame.damagedBytes : frame.bytes});
    std::stable_sort(stamped.begin(), stamped.end(),
                     [](const Stamped& a, const Stamped& b) { return a.time < b.time; });
    const auto path = std::filesystem::temp_directory_path() /
                      ("wirestage-run-" + std::to_string(getpid()) + "-" + std::to_string(link) + ".pcapng");
    {
        std::ofstream file(path, std::ios::binary);
        PcapngWriter writer(file, "wirestage tests");
        for (const Stamped& each : stamped)
            writer.write({.number = 0,
                          .offset = 0,
                          .time = each.time,
                          .length = static_cast<std::uint32_t>(each.bytes.size()),
                          .link = LinkType::Ethernet,
                          .bytes = each.bytes});
    }
    const std::string command =
        "tshark -r " + path.string() +
        " -o ip.check_checksum:TRUE -o udp.check_checksum:TRUE -o tcp.check_checksum:TRUE"
        " -Y '_ws.malformed || ip.checksum.status == 0 || udp.checksum.status == 0 ||"
        " tcp.checksum.status == 0 || icmp.checksum.status == 0 || _ws.expert.severity >= 8388608' "
        "2>/dev/null";
    std::string output;
    if (FILE* const pipe = popen(command.c_str(), "r")) {
        std::array<char, 4096> buffer;
        while (std::fgets(buffer.data(), static_cast<int>(buffer.size()), pipe))
            output += buffer.data();
        pclose(pipe);
    }
    std::filesystem::remove(path);
    return output;
}

} // namespace wirestage::simulation::test
