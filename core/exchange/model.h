// SPDX-License-Identifier: GPL-3.0-or-later
// What a capture becomes: messages (arrows) and exchanges (stories), as plain values.
// The words are those of the command line: see Outcome and Message below.
#pragma once

#include "core/bytes/address.h"
#include "core/capture/frame.h"
#include "core/flow/note.h"
#include "core/protocols/kind.h"
#include "core/text/text.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirestage {

using PacketIndex = std::uint32_t; ///< from 0; shown as number = index + 1
using ExchangeId = std::uint32_t;  ///< from 0; shown as id = ExchangeId + 1
using HostId = std::uint32_t;      ///< a participant of the whole capture, in order of appearance
inline constexpr std::uint32_t none = 0xffffffff;

/// How an exchange ended. Completed: it did what it was for. Refused: RST to a SYN, ICMP unreachable, DHCP
/// NAK. Denied: login or access refused. NotFound: NXDOMAIN, no such record. Reset: broken by RST. Timeout:
/// given up after repeats. Failed: the other side reports an error. Unanswered: asked once, no answer.
/// CutOff: the capture ends in the middle. Ongoing: not over.
enum class Outcome : std::uint8_t {
    Completed,
    Refused,
    Denied,
    NotFound,
    Reset,
    Timeout,
    Failed,
    Unanswered,
    CutOff,
    Ongoing
};
std::string_view name(Outcome outcome); ///< "completed", "not_found", "cut_off", ...
Text title(Outcome outcome);

/// How much of a message an observer on the wire can read.
enum class Readable : std::uint8_t { Clear, Metadata, Encrypted };
std::string_view name(Readable readable);

struct Secret { ///< a credential an observer reads here
    Text what;  ///< "password"
    std::string value;
};

/// Points at one message: a packet, a level, and which of that packet's messages on that level.
struct MessageRef {
    PacketIndex packet = 0;
    Level level = Level::Link;
    std::uint16_t part = 0;
    bool operator==(const MessageRef&) const = default;
};

/// One arrow of the diagram.
struct Message {
    MessageRef ref;
    std::uint64_t number = 0;             ///< from 1, over all messages of all levels of the capture
    std::vector<std::uint64_t> carriedBy; ///< numbers of the messages below
    std::vector<PacketIndex> packets;
    ExchangeId exchange = none;
    Time time = 0;                      ///< absolute
    std::optional<Time> sent, received; ///< of a simulated run; a capture knows one moment only
    std::optional<bool> lost;
    /// Of a broadcast in a simulated run: everybody who takes it in. A capture does not know.
    std::optional<std::vector<HostId>> hearers;
    HostId from = none;
    HostId to = none; ///< none: a broadcast or multicast, to everybody who listens
    KindId kind{};
    Text label;   ///< "DHCP Offer", "SYN", "150 Opening data connection": fits its kind's line
    Text summary; ///< "192.168.1.57 for 1 h", "Seq=0 Win=64240 MSS=1460": the second line
    Notes notes;
    Readable readable = Readable::Clear;
    std::vector<Secret> secrets;
    bool gaveWay = false; ///< its bytes are no longer kept: a long live capture keeps its newest packets
};

struct Participant {
    HostId host = none;
    std::string name; ///< host name where the capture shows one, else IP, else MAC address; unique
    Text role;        ///< "client", "server", "relay", "router", "resolver", ...
    std::vector<std::string> addresses; ///< "192.168.1.1", "02:00:5e:10:00:01", "port 67"
};

/// A host whose name and addresses are known beforehand, because it is simulated.
struct KnownHost {
    std::string name;
    std::vector<MacAddress> hardware; ///< at least one, and nobody else's
    std::vector<IpAddress> addresses;
};

struct Transition {
    std::uint32_t participant = 0; ///< place in Exchange::participants
    std::string state;             ///< the protocol's own word: "SYN-SENT", "SELECTING"
    Time time = 0;
    PacketIndex cause = none;       ///< none: a timer, or before the capture began
    bool inferred = false;          ///< concluded, not seen (the capture began later)
    Level level = Level::Transport; ///< of the message in `cause`
};

/// A part of an exchange that has a name: "Handshake", "Transfer", "Close".
struct Phase {
    Text title;
    PacketIndex first = 0, last = 0;
};

/// One exchange, with all that is told about it.
struct Exchange {
    ExchangeId id = 0, parent = none, story = none;
    ProtocolId protocol{};
    Text title; ///< "DHCP lease", "Ping", "Traceroute", "FTP session", "TCP connection to port 8080"
    std::vector<Participant> participants;
    Time time = 0;
    Time duration = 0;
    std::uint64_t messages = 0, packets = 0, bytes = 0;
    std::vector<Transition> transitions; ///< in order of time
    std::vector<Phase> phases;           ///< in order, not overlapping
    Outcome outcome = Outcome::Completed;
    Text summary; ///< a sentence a teacher could read out
};

} // namespace wirestage
