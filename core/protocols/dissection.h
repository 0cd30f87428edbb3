// SPDX-License-Identifier: GPL-3.0-or-later
// One packet being taken apart, from its link header to the payload of its transport.
// Wire decoders write down here the few facts that grouping needs, and, where somebody looks at the packet, hand
// every field to a Describer as well. Both come from the same field list.
#pragma once

#include "core/bytes/address.h"
#include "core/capture/frame.h"

#include <array>
#include <cstdint>

namespace wirestage {

class Describer;

/// A protocol's place in protocols.def.
enum class ProtocolId : std::uint8_t {
#ifndef Q_MOC_RUN // which cannot read a list that is included inside an enumeration
#define PROTOCOL(name) name,
#include "core/protocols/protocols.def"
#undef PROTOCOL
#endif
    count
};

/// Where decoding had to stop early, or what was wrong with the bytes.
enum class Malformed : std::uint8_t { No, CutByCapture, Truncated, Nonsense };

struct LinkFacts {
    MacAddress source, destination;
    bool hasAddresses = false;
    std::uint16_t type = 0; ///< EtherType, or 0 where there is none (802.3 length field, raw IP)
    std::uint16_t vlan = 0; ///< innermost VLAN id, 0 without tag
};

struct NetworkFacts {
    IpAddress source, destination; ///< version 0 where there is no IP
    std::uint8_t protocol = 0;     ///< of the payload, after IPv6 extension headers
    std::uint8_t ttl = 0;          ///< or hop limit
    bool fragment = false;         ///< part of a datagram; `payload` is that part
    bool moreFragments = false;
    std::uint32_t identification = 0;
    std::uint32_t fragmentOffset = 0; ///< bytes
    Bytes payload;                 ///< what was captured of it
    std::uint32_t payloadLength = 0; ///< what the header says it is
};

struct TcpFacts {
    std::uint32_t sequence = 0, acknowledgement = 0;
    std::uint16_t window = 0;
    std::uint8_t flags = 0;            ///< FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128
    std::uint32_t payloadLength = 0;   ///< bytes on the wire; `Dissection::payload` may hold fewer
    std::uint8_t windowScale = 255;    ///< shift count of the option, 255 where absent
    std::uint16_t maximumSegmentSize = 0; ///< 0 where absent
};

struct IcmpFacts {
    std::uint8_t type = 0, code = 0;
    std::uint16_t identifier = 0, sequence = 0;
    /// The packet an error message quotes: enough to find the flow it belongs to.
    bool hasQuoted = false;
    IpAddress quotedSource, quotedDestination;
    std::uint8_t quotedProtocol = 0;
    std::uint16_t quotedSourcePort = 0, quotedDestinationPort = 0; ///< of an echo request: its identifier, twice
    std::uint32_t quotedIdentification = 0; ///< IPv4's
    std::uint32_t quotedSequence = 0;       ///< of TCP or an echo
    /// Neighbour discovery's target (RFC 4861), version 0 where absent.
    IpAddress target;
};

struct ArpFacts {
    std::uint16_t operation = 0;
    MacAddress senderHardware, targetHardware;
    IpAddress senderProtocol, targetProtocol;
};

/// What stands above the network layer (or instead of one).
enum class Carried : std::uint8_t { Nothing, Arp, Icmp, Icmpv6, Udp, Tcp, OtherIp, OtherLink, Undecoded };

struct Dissection {
    const Frame* frame = nullptr;
    Describer* describer = nullptr; ///< null while only facts are wanted

    LinkFacts link;
    NetworkFacts network;
    Carried carried = Carried::Nothing;
    std::uint16_t sourcePort = 0, destinationPort = 0;
    TcpFacts tcp;
    IcmpFacts icmp;
    ArpFacts arp;
    Bytes payload; ///< of UDP or TCP, of another IP protocol, or of an unknown EtherType: what nobody has decoded yet

    std::array<ProtocolId, 12> protocols{}; ///< outermost first
    std::uint8_t protocolCount = 0;
    bool quoted = false; ///< this is a packet inside an ICMP error: cut short on purpose
    Malformed malformed = Malformed::No;
    std::uint8_t malformedProtocol = 0; ///< index into `protocols` of the layer that could not be read whole

    void push(ProtocolId id) {
        if (protocolCount < protocols.size())
            protocols[protocolCount++] = id;
    }
};

/// Takes a frame apart by its link type, down to and including TCP, UDP, ICMP, ICMPv6 and ARP. A fragment stops at
/// the network layer. Never fails: what could not be read is said in `malformed`. Tunnels (IP in IP) are followed to
/// a fixed depth.
void dissectFrame(Dissection& into, const Frame& frame);

/// Goes on behind a network header whose payload became whole by reassembly: `payload` starts with the transport header.
/// `into` still holds the network facts of the last fragment; `buffer` names the reassembled bytes to the describer.
void dissectTransport(Dissection& into, Bytes payload, std::uint8_t buffer);

} // namespace wirestage
