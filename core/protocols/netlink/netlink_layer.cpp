// SPDX-License-Identifier: GPL-3.0-or-later
// Netlink: finds the IP packet in what the packet filter queued (NFQUEUE) or logged (NFLOG) for a program.
// Other messages stay undecoded. Messages are in the byte order of the machine that captured.
#include "core/protocols/netlink/netlink_wire.h"

#include "core/protocols/wire.h"

#include <algorithm>

namespace wirestage {
namespace {

constexpr std::uint16_t netfilterFamily = 12;
constexpr std::uint16_t queuedPacket = 0x0300, loggedPacket = 0x0400; ///< subsystem and message
constexpr std::uint16_t queuedPayload = 10, loggedPayload = 9;        ///< attributes
constexpr std::size_t messageHeader = 16, filterHeader = 4;
constexpr LinkType netlinkType{253};

struct Message {
    Bytes bytes; ///< as long as it says, as far as captured
    bool little = true;
    std::uint32_t length = 0;
    std::uint16_t type = 0;

    [[nodiscard]] std::uint16_t u16(std::size_t at) const {
        return static_cast<std::uint16_t>(little ? loadLittle<2>(&bytes[at]) : loadBig<2>(&bytes[at]));
    }
};

/// The order in which the length makes sense: the other one gives a number far too large.
Message readMessage(Bytes bytes) {
    Message message;
    const std::uint64_t little = loadLittle<4>(bytes.data()), big = loadBig<4>(bytes.data());
    message.little = little <= big;
    message.length = static_cast<std::uint32_t>(std::min(little, big));
    message.bytes = bytes.first(std::min<std::size_t>(bytes.size(), message.length));
    if (message.bytes.size() >= messageHeader)
        message.type = message.u16(4);
    return message;
}

/// The packet inside, empty where there is none.
Part findPacket(const Message& message) {
    if (message.type != queuedPacket && message.type != loggedPacket)
        return {};
    const std::uint16_t wanted = message.type == queuedPacket ? queuedPayload : loggedPayload;
    std::size_t at = messageHeader + filterHeader;
    while (at + 4 <= message.bytes.size()) {
        const std::size_t length = message.u16(at);
        if (length < 4)
            break;
        if ((message.u16(at + 2) & 0x3fff) == wanted) // the two upper bits say how it is encoded
            return Part{message.bytes, static_cast<std::uint32_t>(message.bytes.size())}.after(at + 4).upTo(
                static_cast<std::uint32_t>(length - 4));
        at += (length + 3) / 4 * 4;
    }
    return {};
}

std::uint16_t etherTypeOf(const Message& message) {
    const std::uint8_t family = message.bytes[messageHeader];
    return family == 2 ? 0x0800 : family == 10 ? 0x86dd : 0;
}

void describe(Describer& describer, Bytes bytes, const Message& message) {
    const auto add = [&](const FieldSpec& spec, std::uint64_t number, std::size_t at, std::uint32_t size) {
        describer.add(spec, number, numberAsText(spec.show, number, 8 * size),
                      describer.offsetOf(bytes.data() + at), size);
    };
    add(netlinkFields.hardwareType, loadBig<2>(bytes.data() + 2), 2, 2);
    add(netlinkFields.family, loadBig<2>(bytes.data() + 14), 14, 2);
    add(netlinkFields.length, message.length, 16, 4);
    add(netlinkFields.type, message.type, 20, 2);
}

std::uint32_t decodeNetlink(Dissection& into, const Part& part) {
    into.push(ProtocolId::netlink);
    constexpr std::size_t whole = netlinkCookedSize + messageHeader + filterHeader;
    if (part.bytes.size() < whole) {
        markTruncated(into, part);
        return part.length;
    }
    const Message message = readMessage(part.bytes.subspan(netlinkCookedSize));
    openHeader(into, netlinkFields.node, part.bytes, whole);
    if (into.describer) {
        describe(*into.describer, part.bytes, message);
        into.describer->close();
    }
    const bool isFilter = loadBig<2>(part.bytes.data() + 14) == netfilterFamily;
    const Part packet = isFilter ? findPacket(message) : Part{};
    if (packet.bytes.empty())
        decodeChild(into, Binding::Table::EtherType, 0, part.after(netlinkCookedSize), Carried::OtherLink);
    else
        decodeChild(into, Binding::Table::EtherType, etherTypeOf(message), packet, Carried::OtherLink);
    return part.length;
}

} // namespace

extern const WireProtocol netlinkWire;
const WireProtocol netlinkWire{
    ProtocolId::netlink,
    {{Binding::Table::LinkType, static_cast<std::uint16_t>(netlinkType), decodeNetlink}},
    listOf(netlinkFields)};

} // namespace wirestage
