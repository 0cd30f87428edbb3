// SPDX-License-Identifier: GPL-3.0-or-later
// Flows: what goes back and forth between two hosts and, where the protocol has them, two ports.
#pragma once

#include "core/flow/chunked.h"
#include "core/flow/host_table.h"

#include <utility>

namespace wirestage {

using FlowId = std::uint32_t;

/// The pair in an order that both directions share. `space` keeps unlike flows apart: an IP protocol number,
/// or one of the values above 255 that rooms choose for themselves.
struct FlowKey {
    HostId lowHost = 0, highHost = 0;
    std::uint16_t lowPort = 0, highPort = 0;
    std::uint32_t space = 0;
    bool operator==(const FlowKey&) const = default;
};

/// A key, and whether source and destination had to change places for it.
struct OrientedKey {
    FlowKey key;
    bool swapped = false;
};

inline OrientedKey flowKey(HostId source, HostId destination, std::uint16_t sourcePort,
                           std::uint16_t destinationPort, std::uint32_t space) {
    const bool swap = std::pair(source, sourcePort) > std::pair(destination, destinationPort);
    if (swap) {
        std::swap(source, destination);
        std::swap(sourcePort, destinationPort);
    }
    return {{source, destination, sourcePort, destinationPort, space}, swap};
}

struct Flow {
    FlowKey key;
    std::uint32_t exchange = 0xffffffff; ///< the latest exchange in this flow
    std::uint32_t stream =
        0xffffffff; ///< number among the flows of its transport, as tcp.stream and udp.stream
    std::uint32_t connection = 0xffffffff; ///< place of the TCP state
    bool originatorIsHigh = false;         ///< who sent first, or (TCP) who sent the SYN
    std::uint8_t application = 0xff;       ///< ProtocolId of what it carries, 0xff: not known (yet)
    std::uint8_t probes = 0;               ///< payloads looked at without recognising anything
};

class FlowTable {
public:
    FlowId idOf(const FlowKey& key) {
        return table.findOrAdd(
            hash(key), [&](std::uint32_t place) { return flows[place].key == key; },
            [&] { return add(key); });
    }
    /// none where there is no such flow.
    [[nodiscard]] FlowId find(const FlowKey& key) const {
        return table.find(hash(key), [&](std::uint32_t place) { return flows[place].key == key; });
    }
    /// A new flow under a key that is already there: the ports are used again.
    FlowId renew(const FlowKey& key) {
        const FlowId id = add(key);
        table.replace(
            hash(key), [&](std::uint32_t place) { return flows[place].key == key; }, id);
        return id;
    }
    Flow& operator[](FlowId id) { return flows[id]; }
    const Flow& operator[](FlowId id) const { return flows[id]; }
    [[nodiscard]] std::size_t size() const { return flows.size(); }

private:
    FlowId add(const FlowKey& key) {
        Flow flow;
        flow.key = key;
        flows.push(flow);
        return static_cast<FlowId>(flows.size() - 1);
    }
    static std::uint64_t hash(const FlowKey& key) {
        return mixed(std::uint64_t{key.lowHost} << 32 | key.highHost,
                     std::uint64_t{key.space} << 32 | std::uint64_t{key.lowPort} << 16 | key.highPort);
    }

    Chunked<Flow> flows;
    PlaceTable table;
};

} // namespace wirestage
