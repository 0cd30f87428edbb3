// SPDX-License-Identifier: GPL-3.0-or-later
// The TCP header (RFC 9293, 3.1) and its options (RFC 9293, 7323, 2018, 7413, 2385, 5925, 5482).
#pragma once

#include "core/protocols/fields.h"
#include "core/protocols/names.h"

namespace wirestage {

struct TcpSpecs {
    FieldSpec node{"tcp", WS_MARK("fields", "Transmission Control Protocol"), Show::Heading};
    FieldSpec sourcePort{"tcp.srcport", WS_MARK("fields", "Source port")};
    FieldSpec destinationPort{"tcp.dstport", WS_MARK("fields", "Destination port")};
    FieldSpec length{"tcp.len", WS_MARK("fields", "Segment length")};
    FieldSpec stream{"tcp.stream", WS_MARK("fields", "Stream")};
    FieldSpec relativeSequence{"tcp.seq", WS_MARK("fields", "Sequence number, relative")};
    FieldSpec sequence{"tcp.seq_raw", WS_MARK("fields", "Sequence number")};
    FieldSpec relativeAcknowledgement{"tcp.ack", WS_MARK("fields", "Acknowledgment number, relative")};
    FieldSpec acknowledgement{"tcp.ack_raw", WS_MARK("fields", "Acknowledgment number")};
    FieldSpec headerLength{"tcp.hdr_len", WS_MARK("fields", "Data offset")};
    FieldSpec flags{"tcp.flags", WS_MARK("fields", "Flags"), Show::Hexadecimal};
    FieldSpec reserved{"tcp.flags.res", WS_MARK("fields", "Reserved"), Show::Boolean};
    FieldSpec accurateEcn{"tcp.flags.ae", WS_MARK("fields", "Accurate ECN"), Show::Boolean};
    FieldSpec cwr{"tcp.flags.cwr", WS_MARK("fields", "Congestion window reduced (CWR)"), Show::Boolean};
    FieldSpec ece{"tcp.flags.ece", WS_MARK("fields", "ECN echo (ECE)"), Show::Boolean};
    FieldSpec urg{"tcp.flags.urg", WS_MARK("fields", "Urgent pointer is significant (URG)"), Show::Boolean};
    FieldSpec ack{"tcp.flags.ack", WS_MARK("fields", "Acknowledgment is significant (ACK)"), Show::Boolean};
    FieldSpec push{"tcp.flags.push", WS_MARK("fields", "Push function (PSH)"), Show::Boolean};
    FieldSpec reset{"tcp.flags.reset", WS_MARK("fields", "Reset the connection (RST)"), Show::Boolean};
    FieldSpec syn{"tcp.flags.syn", WS_MARK("fields", "Synchronize sequence numbers (SYN)"), Show::Boolean};
    FieldSpec fin{"tcp.flags.fin", WS_MARK("fields", "No more data from sender (FIN)"), Show::Boolean};
    FieldSpec flagLetters{"tcp.flags.str", WS_MARK("fields", "Flags as letters"), Show::Text};
    FieldSpec window{"tcp.window_size_value", WS_MARK("fields", "Window")};
    FieldSpec scaledWindow{"tcp.window_size", WS_MARK("fields", "Window, scaled")};
    FieldSpec checksum{"tcp.checksum", WS_MARK("fields", "Checksum"), Show::Hexadecimal};
    FieldSpec checksumStatus{"tcp.checksum.status", WS_MARK("fields", "Checksum status")};
    FieldSpec urgentPointer{"tcp.urgent_pointer", WS_MARK("fields", "Urgent pointer")};
    FieldSpec options{"tcp.options", WS_MARK("fields", "Options"), Show::Octets};
    FieldSpec option{"", WS_MARK("fields", "Option"), Show::Heading};
    FieldSpec optionKind{"tcp.option_kind", WS_MARK("fields", "Kind")};
    FieldSpec optionLength{"tcp.option_len", WS_MARK("fields", "Length")};
    FieldSpec maximumSegmentSize{"tcp.options.mss_val", WS_MARK("fields", "Maximum segment size")};
    FieldSpec windowShift{"tcp.options.wscale.shift", WS_MARK("fields", "Window scale shift count")};
    FieldSpec windowMultiplier{"tcp.options.wscale.multiplier", WS_MARK("fields", "Window scale factor")};
    FieldSpec sackCount{"tcp.options.sack.count", WS_MARK("fields", "Blocks")};
    FieldSpec sackLeft{"tcp.options.sack_le", WS_MARK("fields", "Left edge of block")};
    FieldSpec sackRight{"tcp.options.sack_re", WS_MARK("fields", "Right edge of block")};
    FieldSpec timestamp{"tcp.options.timestamp.tsval", WS_MARK("fields", "Timestamp value")};
    FieldSpec timestampEcho{"tcp.options.timestamp.tsecr", WS_MARK("fields", "Timestamp echo reply")};
    FieldSpec fastOpenRequest{"tcp.options.tfo.request", WS_MARK("fields", "Fast Open cookie request"),
                              Show::Heading};
    FieldSpec fastOpenCookie{"tcp.options.tfo.cookie", WS_MARK("fields", "Fast Open cookie"), Show::Octets};
    FieldSpec digest{"tcp.options.md5.digest", WS_MARK("fields", "MD5 digest"), Show::Octets};
    FieldSpec authKey{"tcp.options.ao.keyid", WS_MARK("fields", "Key identifier")};
    FieldSpec authNextKey{"tcp.options.ao.rnextkeyid", WS_MARK("fields", "Next key identifier")};
    FieldSpec authCode{"tcp.options.ao.mac", WS_MARK("fields", "Message authentication code"), Show::Octets};
    FieldSpec timeoutInMinutes{"tcp.options.user_to_granularity", WS_MARK("fields", "Counted in minutes"),
                               Show::Boolean};
    FieldSpec timeout{"tcp.options.user_to_val", WS_MARK("fields", "User timeout")};
    FieldSpec experiment{"tcp.options.experimental.exid", WS_MARK("fields", "Experiment identifier"),
                         Show::Hexadecimal};
    FieldSpec experimentData{"tcp.options.experimental.data", WS_MARK("fields", "Data"), Show::Octets};
    FieldSpec unknown{"tcp.options.unknown.payload", WS_MARK("fields", "Data"), Show::Octets};
    FieldSpec payload{"tcp.payload", WS_MARK("fields", "Payload"), Show::Octets};
};
inline constexpr TcpSpecs tcpFields;

/// "SYN, ACK"
Text tcpFlagNames(std::uint64_t flags);

struct TcpHeader {
    static constexpr std::size_t size = 20;
    std::uint16_t sourcePort = 0, destinationPort = 0;
    std::uint32_t sequence = 0, acknowledgement = 0;
    std::optional<std::uint8_t> length; ///< bytes, with options
    std::uint16_t flags = 0;            ///< twelve bits
    std::uint16_t window = 0;
    std::optional<std::uint16_t> checksum;
    std::uint16_t urgentPointer = 0;
};

template <class Visitor>
void fields(Visitor& v, TcpHeader& h) {
    v.u16(tcpFields.sourcePort, h.sourcePort, portName);
    v.u16(tcpFields.destinationPort, h.destinationPort, portName);
    v.u32(tcpFields.sequence, h.sequence);
    v.u32(tcpFields.acknowledgement, h.acknowledgement);
    v.bits16([&](auto& word) {
        word.scaled(tcpFields.headerLength, 4, h.length, 4, bytesName);
        word.nested(
            tcpFields.flags, 12, h.flags,
            [](auto& parts) {
                parts.part(tcpFields.reserved, 3);
                parts.part(tcpFields.accurateEcn, 1);
                parts.part(tcpFields.cwr, 1);
                parts.part(tcpFields.ece, 1);
                parts.part(tcpFields.urg, 1);
                parts.part(tcpFields.ack, 1);
                parts.part(tcpFields.push, 1);
                parts.part(tcpFields.reset, 1);
                parts.part(tcpFields.syn, 1);
                parts.part(tcpFields.fin, 1);
            },
            tcpFlagNames);
    });
    v.u16(tcpFields.window, h.window, bytesName);
    v.u16(tcpFields.checksum, h.checksum);
    v.u16(tcpFields.urgentPointer, h.urgentPointer);
}

/// What a SYN agrees on; the other options are described only.
struct TcpSynOptions {
    std::uint8_t windowScale = 255;       ///< 255: absent
    std::uint16_t maximumSegmentSize = 0; ///< 0: absent
};
TcpSynOptions readTcpSynOptions(Bytes options);

/// Describes all options. False where one has an impossible length.
bool describeTcpOptions(Describer& describer, Bytes options);

/// A whole segment; what the header leaves unset is worked out. `options` are padded to a multiple of four
/// bytes.
void writeTcp(Writer& writer, TcpHeader header, Bytes options, const IpAddress& source,
              const IpAddress& destination, Bytes payload);

} // namespace wirestage
