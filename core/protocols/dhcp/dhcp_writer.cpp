// SPDX-License-Identifier: GPL-3.0-or-later
// Writes DHCP messages (RFC 2131, 2): the header, then the options that the message holds. What is longer
// than an option can be is split over several (RFC 3396).
#include "core/protocols/dhcp/dhcp_header.h"
#include "core/protocols/dhcp/dhcp_option_list.h"

namespace wirestage {
namespace {

/// Relays and servers may drop what is shorter than a BOOTP message was (RFC 951, 3; RFC 1542, 2.1).
constexpr std::size_t leastSize = 300;

class WriteOptions {
public:
    explicit WriteOptions(Writer& to) : writer(to) {}

    void type(std::uint8_t code, DhcpType type) {
        const auto number = static_cast<std::uint8_t>(type);
        if (type != DhcpType::Bootp)
            octets(code, {&number, 1});
    }
    void address(std::uint8_t code, const std::optional<IpAddress>& address) {
        if (address && address->version == 4)
            addresses(code, {*address});
    }
    void addresses(std::uint8_t code, const std::vector<IpAddress>& list) {
        Writer value;
        for (const IpAddress& address : list)
            value.u32(address.v4Number());
        octets(code, value.bytes());
    }
    void number32(std::uint8_t code, std::optional<std::uint32_t> number) {
        Writer value;
        if (number)
            value.u32(*number);
        octets(code, value.bytes());
    }
    void text(std::uint8_t code, std::string_view text) {
        octets(code, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
    }
    /// As text: the server shall not touch the DNS, and the two results count no more (RFC 4702, 2.1).
    void clientName(std::uint8_t code, std::string_view name) {
        if (name.empty())
            return;
        Writer value;
        value.zeros(3);
        value.append(name);
        octets(code, value.bytes());
    }
    void relay(std::uint8_t code, const DhcpMessage& message) {
        if (!message.relayInformation)
            return;
        Writer value;
        suboption(value, 1, message.circuitId);
        suboption(value, 2, message.remoteId);
        value.append(Bytes(message.relaySuboptions));
        if (value.size() == 0)
            begin(code, 0);
        octets(code, value.bytes());
    }
    /// Nothing where there are no bytes: no option of RFC 2132 that is kept here may be empty.
    void octets(std::uint8_t code, Bytes bytes) {
        while (!bytes.empty()) {
            const Bytes part = bytes.first(std::min<std::size_t>(bytes.size(), 255));
            begin(code, part.size());
            writer.append(part);
            bytes = bytes.subspan(part.size());
        }
    }

private:
    void begin(std::uint8_t code, std::size_t length) {
        writer.u8(code);
        writer.u8(length);
    }
    static void suboption(Writer& value, std::uint8_t code, Bytes bytes) {
        if (bytes.empty())
            return;
        const std::size_t length = std::min<std::size_t>(bytes.size(), 255);
        value.u8(code);
        value.u8(length);
        value.append(bytes.first(length));
    }

    Writer& writer;
};

} // namespace

std::vector<std::uint8_t> writeDhcp(const DhcpMessage& message) {
    DhcpMessage written = message;
    // All options stand behind the header: a field that was lent to them is free again.
    if (written.head.optionsInServerName)
        written.head.serverName = {};
    if (written.head.optionsInFile)
        written.head.file = {};
    Writer writer;
    writeHeader(writer, written.head);
    writer.u32(dhcp::magicCookie);
    WriteOptions options(writer);
    dhcp::headOptions(options, written.head);
    dhcp::bodyOptions(options, written);
    writer.u8(dhcp::end);
    if (writer.size() < leastSize)
        writer.zeros(leastSize - writer.size());
    return std::move(writer).take();
}

} // namespace wirestage
