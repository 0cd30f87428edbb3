// SPDX-License-Identifier: GPL-3.0-or-later
// A run in progress: the clock, what is still to happen, the nodes, and the record that becomes the Run.
#pragma once

#include "core/simulation/event_queue.h"
#include "core/simulation/links.h"
#include "core/simulation/network.h"
#include "core/simulation/outside.h"
#include "core/simulation/script.h"

#include <memory>
#include <vector>

namespace wirestage::simulation {

/// Something that frames come to.
class Node {
public:
    virtual ~Node() = default;
    virtual void start() {}
    /// The bytes are those of World::bytesOf.
    virtual void frameArrived(std::uint32_t interface, std::uint32_t frame, bool damaged) = 0;
};

class World {
public:
    World(const NetworkSetup& networkSetup, Interference* interferer);
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    /// Before `run`: that node is not simulated.
    void give(std::string_view node, OutsideNode& to);
    Run run(); ///< to its end; once

    [[nodiscard]] const NetworkSetup& setup() const { return network; }
    [[nodiscard]] Time now() const { return clock; }
    [[nodiscard]] EventQueue& events() { return queue; }
    [[nodiscard]] Run& record() { return result; }
    [[nodiscard]] Node& node(NodeId id) { return *nodes[id]; }
    [[nodiscard]] Interference* interference() const { return interferer_; }
    Script& script() { return steps; }

    /// A host or router sends a frame. `hopOf` as in SentFrame.
    void send(NodeId from, std::uint32_t interface, std::vector<std::uint8_t> bytes, std::uint32_t hopOf);
    /// A switch hands a frame on through one of its ports.
    void handOn(NodeId from, std::uint32_t port, std::uint32_t frame, bool damaged);
    /// A host or router takes a frame in that is meant for it. False where it is made to miss it.
    bool takeIn(NodeId node, std::uint32_t interface, std::uint32_t frame, bool damaged);
    /// What arrives where the frame passed undamaged, or damaged. They stay where they are.
    [[nodiscard]] Bytes bytesOf(std::uint32_t frame, bool damaged) const;

    /// The run cannot go on; the first reason counts.
    void stop(Text why);

private:
    void record(const NodeSetup& node);
    void makeNodes();
    [[nodiscard]] bool isSound(); ///< nothing has stopped it, and it does not run wild
    [[nodiscard]] bool mayGoOn();
    void reachLimit();
    void happen();
    void happenWithOutside();
    void finish();

    const NetworkSetup& network;
    Interference* interferer_;
    Run result;
    Time clock;
    EventQueue queue;
    std::vector<std::unique_ptr<Node>> nodes;
    Links links;
    Script steps;
    std::uint32_t eventsOfThisMoment = 0;
    std::string outsideName;
    OutsideNode* outside = nullptr;
    NodeId outsideId = nobody;
};

} // namespace wirestage::simulation
