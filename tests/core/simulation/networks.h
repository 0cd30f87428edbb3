// SPDX-License-Identifier: GPL-3.0-or-later
// Small networks to test on, and what one asks of a run. `twoHosts` is a client and a server on a switch:
//
//     client 192.168.1.10, 02:00:00:00:01:10 ---- switch ---- server 192.168.1.20, 02:00:00:00:01:20
//
// and `acrossRouter` has a router between them, which is everybody's default gateway:
//
//     client 192.168.1.10 ---- 192.168.1.1 router 192.168.2.1 ---- server 192.168.2.20
#pragma once

#include "core/protocols/dissection.h"
#include "core/simulation/network.h"

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace wirestage::simulation::test {

IpAddress ip(std::string_view text);
MacAddress mac(std::string_view text);

NodeSetup host(std::string name, std::string_view hardware, std::string_view address = {},
               std::string_view gateway = {});
NodeSetup switchWith(std::string name, unsigned ports); ///< ports "1", "2", ...
/// From a node's interface to another's; one way in a millisecond.
LinkSetup link(std::string nodeA, std::string interfaceA, std::string nodeB, std::string interfaceB);

NetworkSetup twoHosts();
/// Any number of hosts on a switch, plugged in in their order.
NetworkSetup onSwitch(std::vector<NodeSetup> hosts);
NetworkSetup acrossRouter();
NodeSetup& node(NetworkSetup& network, std::string_view name);

/// Adds an application, by its name; the settings must pass its specs.
void install(NetworkSetup& network, std::string_view host, std::string_view application,
             Settings settings = {});
/// Adds an application of a test's own.
void install(NetworkSetup& network, std::string_view host, const ApplicationType& type,
             Settings settings = {});
/// Adds a step at a time after the start.
void step(NetworkSetup& network, std::string host, std::string verb, Settings settings = {}, Time at = 0);
/// Settings from pairs: settings({{"to", "192.168.1.20"}, {"count", 3}}).
Settings settings(std::initializer_list<std::pair<std::string, SettingValue>> values);

NodeId nodeNamed(const Run& run, std::string_view name);
/// A frame taken apart.
Dissection dissected(const SentFrame& frame);
/// A frame in a word or two: "arp.request 192.168.1.20", "arp.reply", "icmp 8/0", "udp 49152>53", "tcp 2"
/// (its flags), "ip 89"; a fragment has its offset: "ip@1480".
std::string word(const SentFrame& frame);
/// The frames in order: "client arp.request 192.168.1.20"; those that a copying fault made have "copy " in
/// front.
std::vector<std::string> story(const Run& run);
/// The frames that start so in `story`.
std::vector<std::uint32_t> framesLike(const Run& run, std::string_view start);

/// An Interference made of functions; those that are not set change nothing.
class Meddler : public Interference {
public:
    std::function<Verdict(const SentFrame&, std::uint32_t)> send;
    std::function<Verdict(const SentFrame&, LinkId, std::uint32_t)> link;
    std::function<bool(const SentFrame&, NodeId)> missed;

    Verdict onSend(const SentFrame& frame, std::uint32_t index) override {
        return send ? send(frame, index) : Verdict{};
    }
    Verdict onLink(const SentFrame& frame, std::uint32_t /*index*/, LinkId which,
                   std::uint32_t nth) override {
        return link ? link(frame, which, nth) : Verdict{};
    }
    bool missedBy(const SentFrame& frame, std::uint32_t /*index*/, NodeId hearer) override {
        return missed && missed(frame, hearer);
    }
};

/// What tshark finds wrong with the frames that passed a link: a line for each that is malformed or has a bad
/// checksum. Nothing where all is well; the word "absent" where there is no tshark.
std::string objections(const Run& run, LinkId link);

} // namespace wirestage::simulation::test
