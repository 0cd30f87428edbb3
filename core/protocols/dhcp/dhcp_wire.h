// SPDX-License-Identifier: GPL-3.0-or-later
// DHCP messages (RFC 2131) with their options (RFC 2132), and the BOOTP messages (RFC 951) they grew out of.
// `readDhcpHead` is for every packet and takes no memory; `readDhcp` reads the options too; `describeDhcp` is
// for the packet one looks at; `writeDhcp` is for simulated hosts.
#pragma once

#include "core/bytes/address.h"
#include "core/protocols/description.h"
#include "core/protocols/dissection.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wirestage {

/// Values of option 53; others are kept as they are.
enum class DhcpType : std::uint8_t {
    Bootp = 0, ///< no such option
    Discover = 1,
    Offer = 2,
    Request = 3,
    Decline = 4,
    Ack = 5,
    Nak = 6,
    Release = 7,
    Inform = 8,
    ForceRenew = 9,
    LeaseQuery = 10,
    LeaseUnassigned = 11,
    LeaseUnknown = 12,
    LeaseActive = 13,
};

struct DhcpHead {
    static constexpr std::size_t size = 236;
    std::uint8_t operation = 0; ///< 1 request, 2 reply
    std::uint8_t hardwareType = 1, hardwareLength = 6, hops = 0;
    std::uint32_t transaction = 0; ///< xid
    std::uint16_t seconds = 0, flags = 0;
    IpAddress client, your, server, relay; ///< ciaddr, yiaddr, siaddr, giaddr
    MacAddress hardware;                   ///< chaddr, where it is a MAC address
    Bytes hardwareBytes, hardwareRest;     ///< chaddr, where it is not; what is left of its 16 bytes
    std::string_view serverName, file;     ///< sname and file, with the zeros behind them
    bool optionsInServerName = false, optionsInFile = false; ///< option 52

    // From the options.
    bool hasCookie = false;
    DhcpType type = DhcpType::Bootp;
    IpAddress requested, serverIdentifier;
    std::optional<std::uint32_t> leaseSeconds; ///< 0xffffffff: for ever

    [[nodiscard]] bool broadcast() const { return (flags & 0x8000) != 0; }
    [[nodiscard]] bool hasMac() const {
        return (hardwareType == 1 || hardwareType == 6) && hardwareLength == 6;
    }
};

struct DhcpMessage {
    DhcpHead head;
    std::optional<std::uint32_t> renewalSeconds, rebindingSeconds; ///< T1, T2
    std::optional<IpAddress> subnetMask;
    std::vector<IpAddress> routers, domainNameServers;
    std::string hostName, domainName, vendorClass;
    std::string message;                           ///< option 56: why a server says no
    std::string clientDomainName;                  ///< option 81
    std::vector<std::uint8_t> clientIdentifier;    ///< option 61, type byte first
    std::vector<std::uint8_t> parameters;          ///< option 55: codes the client wants to hear of
    std::vector<std::uint8_t> circuitId, remoteId; ///< of option 82
    std::vector<std::uint8_t> relaySuboptions;     ///< its other suboptions, as they stand
    bool relayInformation = false;                 ///< option 82 is there
    Malformed malformed = Malformed::No;
};

/// Header, message type and the addresses of the options; nothing where the header is not whole or no BOOTP.
std::optional<DhcpHead> readDhcpHead(Bytes message);
std::optional<DhcpMessage> readDhcp(Bytes message);

/// The whole message, with the magic cookie, at least 300 bytes long. Only what DhcpMessage keeps of the
/// options is written; reading it again gives the same values.
std::vector<std::uint8_t> writeDhcp(const DhcpMessage& message);

/// Adds the fields of a message, as one node. Of a cut message what is there.
Malformed describeDhcp(Bytes message, Describer& describer);

/// Whether bytes on any port can be nothing but DHCP: a sound header, the magic cookie and a message type.
bool looksLikeDhcp(Bytes message);

Text dhcpTypeInWords(std::uint64_t type);     ///< "Discover"
Text dhcpOptionName(std::uint64_t code);      ///< "Subnet mask"; "Option 224" where unknown
Text dhcpLeaseInWords(std::uint64_t seconds); ///< "1 h", "for ever"
std::span<const FieldSpec> dhcpFieldList();   ///< every field that describeDhcp may add

} // namespace wirestage
