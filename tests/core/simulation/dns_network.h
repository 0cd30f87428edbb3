// SPDX-License-Identifier: GPL-3.0-or-later
// The name space of dns_world.h on hosts with a stack, in networks of their own behind one router:
//
//     client 10.0.0.1, resolver 10.0.0.53 -- switch -- router -- root, org, net
//                                                        `------ switch -- ns1, ns2 (example.org)
#pragma once

#include "dns_world.h"
#include "tests/core/simulation/networks.h"

namespace wirestage::simulation::test {

inline NetworkSetup dnsNetwork(const Settings& server,
                               const Settings& recursive = resolverWith("198.41.0.4")) {
    NetworkSetup network;
    const auto addHost = [&](std::string name, unsigned number, std::string_view address,
                             std::string_view gateway) {
        network.nodes.push_back(
            host(std::move(name), "02:00:00:00:00:1" + std::to_string(number), address, gateway));
    };
    addHost("client", 1, "10.0.0.1", "10.0.0.254");
    addHost("resolver", 2, "10.0.0.53", "10.0.0.254");
    addHost("root", 3, "198.41.0.4", "198.41.0.254");
    addHost("org", 4, "199.19.56.1", "199.19.56.254");
    addHost("net", 5, "199.19.57.1", "199.19.57.254");
    addHost("ns1", 6, "192.0.2.53", "192.0.2.254");
    addHost("ns2", 7, "192.0.2.54", "192.0.2.254");
    network.nodes[0].nameServers = {ip("10.0.0.53")};
    NodeSetup router = host("router", "02:00:00:00:00:20", "10.0.0.254");
    router.role = NodeRole::Router;
    for (const char* address : {"198.41.0.254", "199.19.56.254", "199.19.57.254", "192.0.2.254"}) {
        InterfaceSetup interface;
        interface.name = "eth" + std::to_string(router.interfaces.size());
        interface.hardware = mac("02:00:00:00:00:2" + std::to_string(router.interfaces.size()));
        interface.address = ip(address);
        router.interfaces.push_back(interface);
    }
    network.nodes.push_back(router);
    network.nodes.push_back(switchWith("office", 3));
    network.nodes.push_back(switchWith("farm", 3));
    network.links = {link("client", "eth0", "office", "1"), link("resolver", "eth0", "office", "2"),
                     link("office", "3", "router", "eth0"), link("router", "eth1", "root", "eth0"),
                     link("router", "eth2", "org", "eth0"), link("router", "eth3", "net", "eth0"),
                     link("router", "eth4", "farm", "1"),   link("farm", "2", "ns1", "eth0"),
                     link("farm", "3", "ns2", "eth0")};
    install(network, "client", "dns-client");
    install(network, "resolver", "dns-resolver", recursive);
    install(network, "root", "dns-server", serverOf({zone(".", rootRecords)}));
    install(network, "org", "dns-server", serverOf({zone("org", orgRecords)}));
    install(network, "net", "dns-server",
            serverOf({zone("net", netRecords), zone("in-addr.arpa", reverseRecords)}));
    install(network, "ns1", "dns-server", server);
    install(network, "ns2", "dns-server", server);
    return network;
}

/// example.org, with sixty addresses for "many".
inline Settings exampleServer() {
    Lines records = exampleRecords;
    for (int i = 1; i <= 60; ++i)
        records.push_back("many 300 A 192.0.2." + std::to_string(i));
    Settings server = serverOf({zone("example.org", records, true), zone("example.net", exampleNetRecords)});
    server.set("transfer-size", std::int64_t{600});
    return server;
}

/// The DNS messages of datagrams in the order they were first sent: "client: www.example.org A? rd".
inline Lines dnsOf(const Run& run) {
    Lines lines;
    for (const SentFrame& frame : run.frames) {
        const Dissection packet = dissected(frame);
        if (frame.hopOf == nobody && packet.carried == Carried::Udp)
            lines.push_back(run.nodes[frame.from].name + ": " + inALine(packet.payload));
    }
    return lines;
}

} // namespace wirestage::simulation::test
