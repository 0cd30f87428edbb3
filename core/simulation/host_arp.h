// SPDX-License-Identifier: GPL-3.0-or-later
// A host's address resolution (RFC 826; limits of RFC 1122, 2.3.2; probes, announcements and conflicts of RFC
// 5227).
#pragma once

#include "core/protocols/arp/arp_wire.h"
#include "core/protocols/eth/eth_wire.h"
#include "core/simulation/event_queue.h"
#include "core/simulation/network.h"

#include <deque>
#include <map>

namespace wirestage::simulation {

class Host;

class HostArp {
public:
    explicit HostArp(Host& ofHost) : host(ofHost) {}

    /// A neighbour known from the start, for ever.
    void know(const IpAddress& neighbour, const MacAddress& hardware);
    /// Sends an IP packet to a neighbour, as soon as its hardware address is known. `hopOf` as in SentFrame.
    void deliver(InterfaceId interface, const IpAddress& neighbour, std::vector<std::uint8_t> packet,
                 std::uint32_t hopOf);
    void received(InterfaceId interface, Bytes bytes);

    void probe(InterfaceId interface, const IpAddress& address, unsigned probes, Time interval,
               Application& owner);
    void announce(InterfaceId interface);
    void resolve(const IpAddress& neighbour, Application& owner);
    void forget();

private:
    struct Neighbour {
        MacAddress hardware;
        Time expires = 0;
    };
    struct Waiting {
        std::vector<std::uint8_t> packet;
        std::uint32_t hopOf = nobody;
    };
    struct Question {
        InterfaceId interface = 0;
        unsigned asked = 0;
        Time last = 0;
        EventQueue::Key timer;
        std::deque<Waiting> packets;
        std::vector<Application*> askers;
    };
    struct Probe {
        InterfaceId interface = 0;
        IpAddress address;
        unsigned left = 0;
        Time interval = 0;
        Application* owner = nullptr;
        EventQueue::Key timer;
    };

    [[nodiscard]] const MacAddress* hardwareOf(const IpAddress& neighbour) const;
    void ask(const IpAddress& neighbour);
    void askAgain(const IpAddress& neighbour);
    void learn(const IpAddress& neighbour, const MacAddress& hardware);
    void probeNext(std::size_t place);
    void probeOver(std::size_t place, std::optional<MacAddress> by);
    void checkProbes(InterfaceId interface, const ArpPacket& packet);
    void checkConflict(InterfaceId interface, const ArpPacket& packet);
    void write(InterfaceId interface, const MacAddress& to, const ArpPacket& packet);

    Host& host;
    std::map<IpAddress, Neighbour> cache;
    std::map<IpAddress, Question> questions;
    std::map<std::size_t, Probe> probes; ///< by the order in which they were asked for
    std::size_t probesSoFar = 0;
    std::map<InterfaceId, Time> defended;
};

} // namespace wirestage::simulation
