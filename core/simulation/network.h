// SPDX-License-Identifier: GPL-3.0-or-later
// A network to run: its hosts, switches, routers and links, what runs on them and what they are told to do.
// The run is a pure function of this description.
#pragma once

#include "core/simulation/endpoints.h"
#include "core/simulation/run.h"
#include "core/simulation/settings.h"
#include "core/simulation/tcp_settings.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace wirestage::simulation {

struct InterfaceSetup {
    std::string name = "eth0";
    MacAddress hardware;
    IpAddress address; ///< version 0: none yet
    unsigned prefixLength = 24;
    std::uint16_t mtu = 1500; ///< IP bytes in a frame; at least 68 (RFC 791)
};

struct RouteSetup {
    NetworkPrefix to; ///< 0.0.0.0/0: the default route
    IpAddress gateway;
};

struct ApplicationSetup {
    const ApplicationType* type = nullptr;
    Settings settings;
};

enum class NodeRole : std::uint8_t { Host, Router, Switch };

/// What a router does besides forwarding.
struct RouterSetup {
    bool sendsRedirects = true;         ///< RFC 1812, 5.2.7.2
    bool redirectsNetworks = false;     ///< with code 0, as RFC 792 had it and RFC 1812 forbids it
    std::optional<std::string> outside; ///< interface behind which addresses are translated (NAPT, RFC 3022)
    std::optional<std::string> firewallFrom; ///< interface from which only answers come in
};

struct NodeSetup {
    std::string name;
    NodeRole role = NodeRole::Host;
    std::vector<InterfaceSetup> interfaces; ///< of a switch: its ports, by name only
    std::vector<RouteSetup> routes;
    std::vector<IpAddress> nameServers;
    std::vector<std::pair<IpAddress, MacAddress>> neighbours; ///< ARP entries known from the start
    std::vector<ApplicationSetup> applications;
    TcpSettings tcp;
    RouterSetup router;
    bool acceptsRedirects = true;
    Time neighbourLifetime =
        1'200'000'000'000;                   ///< of an ARP entry; RFC 826 leaves it open, 4.4BSD takes 20 min
    Time reassemblyTimeout = 30'000'000'000; ///< RFC 1122, 3.3.2: 60 to 120 s; RFC 791: 15 s; Linux: 30 s
};

/// A full-duplex Ethernet link between two interfaces.
struct LinkSetup {
    std::string name;
    std::string nodeA, interfaceA, nodeB, interfaceB;
    Time delay = 1'000'000;          ///< one way
    std::uint64_t bitsPerSecond = 0; ///< 0: sending takes no time
    std::uint32_t queue = 0;         ///< frames that wait at most; 0: any number
};

/// A command, and when it is given: `at` after the start, or `at` after the step `after` has finished.
struct ScriptStep {
    std::string host, verb;
    Settings settings;
    Time at = 0;
    std::optional<std::uint32_t> after; ///< an earlier step's place in the script
};

/// What becomes of a frame that somebody is about to send, for each link it passes on its way.
struct Verdict {
    bool lose = false, damage = false;
    Time delay = 0;
    unsigned copies = 0; ///< besides the one
};

/// Asked once for every frame that a host or router sends (a switch's hand-on apart), and once for every link
/// that a frame enters.
class Interference {
public:
    virtual ~Interference() = default;
    /// `frame` is sent by `from`; its place in Run::frames is `index`. Where a frame is lost it is lost on
    /// its first link, damaged there too.
    virtual Verdict onSend(const SentFrame& frame, std::uint32_t index) = 0;
    /// The frame enters a link. `nth` counts the link's frames from 1, both directions together.
    virtual Verdict onLink(const SentFrame& frame, std::uint32_t index, LinkId link, std::uint32_t nth) = 0;
    /// Shall this hearer miss the frame (a broadcast that is lost for one)?
    virtual bool missedBy(const SentFrame& frame, std::uint32_t index, NodeId hearer) = 0;
};

struct NetworkSetup {
    std::vector<NodeSetup> nodes;
    std::vector<LinkSetup> links;
    std::vector<ScriptStep> script;
    std::uint64_t seed = 1;
    Time start = 1'767'225'600'000'000'000; ///< 2026-01-01 00:00:00 UTC
    Time limit = 600'000'000'000;           ///< the longest a run may take, in its own time
    std::uint32_t mostFrames = 200'000;     ///< then it stops, and says so
};

/// Runs until nothing is left to happen or a limit is reached. Names, addresses and settings have been
/// checked before (see lesson); what is impossible all the same gives a Run that says so in `problem`.
Run simulate(const NetworkSetup& setup, Interference* interference = nullptr);

} // namespace wirestage::simulation
