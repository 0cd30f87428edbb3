// SPDX-License-Identifier: GPL-3.0-or-later
// What happened in a simulated network: every frame with its way, and what only the hosts themselves know
// (states, timers, windows). A capture of one link or interface is a part of it; nothing here is derived from
// words.
#pragma once

#include "core/bytes/address.h"
#include "core/capture/frame.h"
#include "core/protocols/dissection.h"
#include "core/text/text.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wirestage::simulation {

using NodeId = std::uint32_t; ///< place in Run::nodes
using LinkId = std::uint32_t; ///< place in Run::links
inline constexpr std::uint32_t nobody = 0xffffffff;

struct RunInterface {
    std::string name;
    MacAddress hardware;
    LinkId link = nobody;
    std::vector<IpAddress> addresses; ///< that it had at any time, in order
};

struct RunNode {
    std::string name;
    bool isRouter = false, isSwitch = false;
    std::vector<RunInterface> interfaces;
};

struct RunLink {
    std::string name;
    NodeId a = nobody, b = nobody;
    std::uint32_t interfaceA = 0, interfaceB = 0;
};

/// A frame's way over one link. It is stamped for a capture of the link when it enters it.
struct Passage {
    LinkId link = nobody;
    NodeId from = nobody, to = nobody;
    Time entered = 0;     ///< the last bit has left the sender
    Time arrived = 0;     ///< at the other end
    bool lost = false;    ///< it did not arrive
    bool damaged = false; ///< from here on its bytes are SentFrame::damagedBytes
};

/// Taken in by a host's or router's interface: addressed to it, or a broadcast that it hears.
struct Arrival {
    NodeId node = nobody;
    std::uint32_t interface = 0;
    Time time = 0;
    bool damaged = false;
};

/// A frame as a host or router sent it; a switch hands the same frame on.
struct SentFrame {
    NodeId from = nobody;
    std::uint32_t interface = 0;
    Time sent = 0;
    std::vector<std::uint8_t> bytes;        ///< Ethernet, without the frame check sequence
    std::vector<std::uint8_t> damagedBytes; ///< where a link damaged it
    /// The frame in which this packet came to the router that forwards it here (or a fragment of it): this
    /// frame is a hop of the same packet. `nobody`: sent here for the first time.
    std::uint32_t hopOf = nobody;
    std::vector<Passage> passages; ///< in order of time
    std::vector<Arrival> arrivals; ///< in order of time; none: lost, or nobody took it in
    bool copy = false;             ///< made by a fault, not by its sender
};

struct StateChange {
    NodeId node = nobody;
    ProtocolId protocol{};
    std::uint32_t machine = 0;
    std::string state;
    Time time = 0;
    std::uint32_t frame = nobody; ///< the frame that was being taken in, if any
};

struct TimerSpan {
    NodeId node = nobody;
    ProtocolId protocol{};
    std::uint32_t machine = 0;
    std::string name;
    Time started = 0, due = 0, ended = 0;
    bool fired = false;
    bool running = false; ///< still, when the run ended
};

struct Measurement {
    NodeId node = nobody;
    ProtocolId protocol{};
    std::uint32_t machine = 0;
    std::string name;
    Time time = 0;
    double value = 0;
};

struct RunNote {
    NodeId node = nobody;
    ProtocolId protocol{};
    Text text;
    Time time = 0;
};

struct Run {
    std::vector<RunNode> nodes;
    std::vector<RunLink> links;
    std::vector<SentFrame> frames; ///< in order of `sent`
    std::vector<StateChange> states;
    std::vector<TimerSpan> timers;
    std::vector<Measurement> measurements;
    std::vector<RunNote> notes;
    Time start = 0, end = 0;
    std::optional<Text> problem; ///< why it stopped before it was over, or did not start
};

} // namespace wirestage::simulation
