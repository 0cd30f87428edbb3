// SPDX-License-Identifier: GPL-3.0-or-later
// Reads DHCP messages as values: the header (RFC 2131, 2), options that overflow into its fields (4.1), and
// options that are split over several (RFC 3396).
#include "core/protocols/dhcp/dhcp_wire.h"

#include "core/protocols/dhcp/dhcp_header.h"
#include "core/protocols/dhcp/dhcp_option_list.h"
#include "core/protocols/dns/dns_names.h"

#include <vector>

namespace wirestage {
namespace {

using dhcp::Option;
using dhcp::OptionWalk;

constexpr NamedNumber types[] = {
    {1, WS_MARK("values", "Discover")},
    {2, WS_MARK("values", "Offer")},
    {3, WS_MARK("values", "Request")},
    {4, WS_MARK("values", "Decline")},
    {5, WS_MARK("values", "Ack")},
    {6, WS_MARK("values", "Nak")},
    {7, WS_MARK("values", "Release")},
    {8, WS_MARK("values", "Inform")},
    {9, WS_MARK("values", "Force renew")},
    {10, WS_MARK("values", "Lease query")},
    {11, WS_MARK("values", "Lease unassigned")},
    {12, WS_MARK("values", "Lease unknown")},
    {13, WS_MARK("values", "Lease active")},
    {14, WS_MARK("values", "Bulk lease query")},
    {15, WS_MARK("values", "Lease query done")},
    {16, WS_MARK("values", "Active lease query")},
    {17, WS_MARK("values", "Lease query status")},
    {18, WS_MARK("values", "TLS")},
};

Bytes asBytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// Texts may end in zero bytes; a split one goes on.
void addText(std::string& text, Bytes data) {
    std::string_view view(reinterpret_cast<const char*>(data.data()), data.size());
    text += view.substr(0, view.find('\0'));
}

void addBytes(std::vector<std::uint8_t>& bytes, Bytes data) {
    bytes.insert(bytes.end(), data.begin(), data.end());
}

/// Option 82 (RFC 3046): suboptions as code, length, value.
void readRelayInformation(DhcpMessage& message, const std::vector<std::uint8_t>& bytes) {
    Reader reader{Bytes(bytes)};
    while (reader.has(2)) {
        const std::uint8_t code = reader.u8();
        const Bytes data = reader.take(reader.u8());
        if (code == 1 || code == 2) {
            addBytes(code == 1 ? message.circuitId : message.remoteId, data);
            continue;
        }
        message.relaySuboptions.push_back(code);
        message.relaySuboptions.push_back(static_cast<std::uint8_t>(data.size()));
        addBytes(message.relaySuboptions, data);
    }
}

/// Option 81 (RFC 4702): flags, two results, and the name as text or, with the E bit, as on the wire of DNS.
void readClientName(DhcpMessage& message, const std::vector<std::uint8_t>& bytes) {
    if (bytes.size() <= 3)
        return;
    if (!(bytes[0] & 4))
        return addText(message.clientDomainName, Bytes(bytes).subspan(3));
    if (const auto name = dns::readName(Bytes(bytes).subspan(3), 0))
        message.clientDomainName = name->text;
}

/// Gives an option to that member of the list whose it is. Of an option of a wrong length nothing is kept.
class ReadOption {
public:
    explicit ReadOption(const Option& from) : option(from), data(from.data) {}

    void type(std::uint8_t code, DhcpType& type) const {
        if (code == option.code && data.size() == 1)
            type = static_cast<DhcpType>(data[0]);
    }
    template <class Address>
    void address(std::uint8_t code, Address& address) const {
        if (code == option.code && data.size() == 4)
            address = IpAddress::v4(data.data());
    }
    void addresses(std::uint8_t code, std::vector<IpAddress>& list) const {
        for (Bytes rest = data; code == option.code && rest.size() >= 4; rest = rest.subspan(4))
            list.push_back(IpAddress::v4(rest.data()));
    }
    void number32(std::uint8_t code, std::optional<std::uint32_t>& number) const {
        if (code == option.code && data.size() == 4)
            number = static_cast<std::uint32_t>(loadBig<4>(data.data()));
        else if (code == option.code)
            number.reset();
    }
    void text(std::uint8_t code, std::string& text) const {
        if (code == option.code)
            addText(text, data);
    }
    void octets(std::uint8_t code, std::vector<std::uint8_t>& bytes) const {
        if (code == option.code)
            addBytes(bytes, data);
    }
    // What these two hold makes sense together only: see Collected.
    void clientName(std::uint8_t, const std::string&) const {}
    void relay(std::uint8_t code, DhcpMessage& message) const {
        message.relayInformation = message.relayInformation || code == option.code;
    }

private:
    const Option& option;
    Bytes data;
};

/// The options with a structure of their own, which may be split.
struct Collected {
    std::vector<std::uint8_t> relay, clientName;
    void take(const Option& option) {
        if (option.code == 81)
            addBytes(clientName, option.data);
        if (option.code == 82)
            addBytes(relay, option.data);
    }
};

} // namespace

namespace dhcp {

void readHeadOptions(DhcpHead& head, Bytes options) {
    Reader reader(options);
    head.hasCookie = reader.u32() == magicCookie;
    if (!head.hasCookie)
        return;
    const auto readArea = [&head](Bytes area, bool mayOverload) {
        OptionWalk walk(area);
        for (Option option; walk.next(option);) {
            const ReadOption reading(option);
            headOptions(reading, head);
            if (option.code == 52 && option.data.size() == 1 && mayOverload) {
                head.optionsInFile = option.data[0] & 1;
                head.optionsInServerName = option.data[0] & 2;
            }
        }
    };
    readArea(reader.rest(), true);
    if (head.optionsInFile)
        readArea(asBytes(head.file), false);
    if (head.optionsInServerName)
        readArea(asBytes(head.serverName), false);
}

Areas areasOf(const DhcpHead& head, Bytes options) {
    Areas areas;
    if (!head.hasCookie)
        return areas;
    areas.area[areas.count++] = options.subspan(4);
    if (head.optionsInFile)
        areas.area[areas.count++] = asBytes(head.file);
    if (head.optionsInServerName)
        areas.area[areas.count++] = asBytes(head.serverName);
    return areas;
}

} // namespace dhcp

std::optional<DhcpHead> readDhcpHead(Bytes message) {
    Reader reader(message);
    DhcpHead head;
    if (!readHeader(reader, head) || (head.operation != 1 && head.operation != 2))
        return std::nullopt;
    dhcp::readHeadOptions(head, reader.rest());
    return head;
}

std::optional<DhcpMessage> readDhcp(Bytes bytes) {
    const auto head = readDhcpHead(bytes);
    if (!head)
        return std::nullopt;
    DhcpMessage message;
    message.head = *head;
    Collected collected;
    const dhcp::Areas areas = dhcp::areasOf(*head, bytes.subspan(DhcpHead::size));
    for (std::size_t i = 0; i < areas.count; ++i) {
        OptionWalk walk(areas.area[i]);
        for (Option option; walk.next(option);) {
            const ReadOption reading(option);
            dhcp::bodyOptions(reading, message);
            collected.take(option);
        }
        if (walk.cut())
            message.malformed = Malformed::Truncated;
    }
    readRelayInformation(message, collected.relay);
    readClientName(message, collected.clientName);
    return message;
}

bool looksLikeDhcp(Bytes message) {
    const auto head = readDhcpHead(message);
    return head && head->hasCookie && head->type != DhcpType::Bootp && head->hardwareLength <= 16 &&
           head->hops <= 16;
}

Text dhcpTypeInWords(std::uint64_t type) {
    return named(types, type);
}

Text dhcpOptionName(std::uint64_t code) {
    if (const dhcp::OptionShape* shape = dhcp::optionShape(code))
        return {"values", shape->name, {}, {}};
    return WS_TR("values", "Option %1").with(code);
}

Text dhcpLeaseInWords(std::uint64_t seconds) {
    return seconds == 0xffffffff ? WS_TR("values", "for ever") : secondsName(seconds);
}

std::span<const FieldSpec> dhcpFieldList() {
    static const std::vector<FieldSpec> list = listOf(dhcpFields);
    return list;
}

} // namespace wirestage
