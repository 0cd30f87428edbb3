// SPDX-License-Identifier: GPL-3.0-or-later
// The options of RFC 2132 and of later RFCs in IANA's list: their names, and what their values are made of.
#include "core/protocols/dhcp/dhcp_options.h"

#include "core/protocols/fields.h"
#include "core/protocols/names.h"

namespace wirestage::dhcp {
namespace {

constexpr const DhcpFields& f = dhcpFields;
using enum Shape;

constexpr NamedNumber nodeTypes[] = {
    {1, WS_MARK("values", "B-node: broadcasts")},
    {2, WS_MARK("values", "P-node: asks a server")},
    {4, WS_MARK("values", "M-node: broadcasts, then asks")},
    {8, WS_MARK("values", "H-node: asks, then broadcasts")},
};
constexpr NamedNumber overloads[] = {
    {1, WS_MARK("values", "The boot file field holds options")},
    {2, WS_MARK("values", "The server name field holds options")},
    {3, WS_MARK("values", "Both fields hold options")},
};
constexpr NamedNumber architectures[] = {
    {0, WS_MARK("values", "x86 BIOS")},     {6, WS_MARK("values", "x86 UEFI")},
    {7, WS_MARK("values", "x64 UEFI")},     {9, WS_MARK("values", "EFI byte code")},
    {10, WS_MARK("values", "ARM 32 UEFI")}, {11, WS_MARK("values", "ARM 64 UEFI")},
};
constexpr NamedNumber autoConfigurations[] = {
    {0, WS_MARK("values", "Do not configure yourself")},
    {1, WS_MARK("values", "Configure yourself")},
};

constexpr OptionShape shapes[] = {
    {1, WS_MARK("values", "Subnet mask"), Address, &f.subnetMask},
    {2, WS_MARK("values", "Time offset"), Signed32, &f.timeOffset},
    {3, WS_MARK("values", "Router"), Addresses, &f.router},
    {4, WS_MARK("values", "Time server"), Addresses, &f.timeServer},
    {5, WS_MARK("values", "IEN 116 name server"), Addresses, &f.nameServer},
    {6, WS_MARK("values", "DNS server"), Addresses, &f.domainNameServer},
    {7, WS_MARK("values", "Log server"), Addresses, &f.logServer},
    {8, WS_MARK("values", "Quotes server"), Addresses, &f.quotesServer},
    {9, WS_MARK("values", "LPR server"), Addresses, &f.lprServer},
    {10, WS_MARK("values", "Impress server"), Addresses, &f.impressServer},
    {11, WS_MARK("values", "Resource location server"), Addresses, &f.resourceServer},
    {12, WS_MARK("values", "Host name"), Text, &f.hostName},
    {13, WS_MARK("values", "Boot file size"), Number16, &f.bootFileSize},
    {14, WS_MARK("values", "Merit dump file"), Text, &f.meritDumpFile},
    {15, WS_MARK("values", "Domain name"), Text, &f.domainName},
    {16, WS_MARK("values", "Swap server"), Address, &f.swapServer},
    {17, WS_MARK("values", "Root path"), Text, &f.rootPath},
    {18, WS_MARK("values", "Extensions path"), Text, &f.extensionsPath},
    {19, WS_MARK("values", "IP forwarding"), Truth, &f.ipForwarding},
    {20, WS_MARK("values", "Non-local source routing"), Truth, &f.nonLocalRouting},
    {21, WS_MARK("values", "Policy filter"), AddressPairs, &f.policyAddress, &f.policyMask},
    {22, WS_MARK("values", "Largest datagram to reassemble"), Number16, &f.reassemblySize},
    {23, WS_MARK("values", "Default IP time to live"), Number8, &f.defaultTtl},
    {24, WS_MARK("values", "Path MTU aging timeout"), Seconds, &f.mtuTimeout},
    {25, WS_MARK("values", "Path MTU plateau table"), Numbers16, &f.mtuPlateau},
    {26, WS_MARK("values", "Interface MTU"), Number16, &f.interfaceMtu, nullptr, bytesName},
    {27, WS_MARK("values", "All subnets are local"), Truth, &f.allSubnetsLocal},
    {28, WS_MARK("values", "Broadcast address"), Address, &f.broadcastAddress},
    {29, WS_MARK("values", "Perform mask discovery"), Truth, &f.maskDiscovery},
    {30, WS_MARK("values", "Mask supplier"), Truth, &f.maskSupplier},
    {31, WS_MARK("values", "Perform router discovery"), Truth, &f.routerDiscovery},
    {32, WS_MARK("values", "Router solicitation address"), Address, &f.routerSolicitation},
    {33, WS_MARK("values", "Static route"), AddressPairs, &f.staticDestination, &f.staticRouter},
    {34, WS_MARK("values", "Trailer encapsulation"), Truth, &f.trailers},
    {35, WS_MARK("values", "ARP cache timeout"), Seconds, &f.arpTimeout},
    {36, WS_MARK("values", "Ethernet encapsulation"), Truth, &f.ethernetEncapsulation},
    {37, WS_MARK("values", "TCP default time to live"), Number8, &f.tcpTtl},
    {38, WS_MARK("values", "TCP keep-alive interval"), Seconds, &f.keepAliveInterval},
    {39, WS_MARK("values", "TCP keep-alive garbage"), Truth, &f.keepAliveGarbage},
    {40, WS_MARK("values", "NIS domain"), Text, &f.nisDomain},
    {41, WS_MARK("values", "NIS server"), Addresses, &f.nisServer},
    {42, WS_MARK("values", "NTP server"), Addresses, &f.ntpServer},
    {43, WS_MARK("values", "Vendor-specific information")},
    {44, WS_MARK("values", "NetBIOS name server"), Addresses, &f.netbiosNameServer},
    {45, WS_MARK("values", "NetBIOS datagram distribution server"), Addresses, &f.netbiosDatagramServer},
    {46, WS_MARK("values", "NetBIOS node type"), Number8, &f.netbiosNodeType, nullptr,
     [](std::uint64_t n) { return named(nodeTypes, n); }},
    {47, WS_MARK("values", "NetBIOS scope"), Text, &f.netbiosScope},
    {48, WS_MARK("values", "X Window font server"), Addresses, &f.fontServer},
    {49, WS_MARK("values", "X Window display manager"), Addresses, &f.displayManager},
    {50, WS_MARK("values", "Requested IP address"), Address, &f.requestedAddress},
    {51, WS_MARK("values", "IP address lease time"), Seconds, &f.leaseTime},
    {52, WS_MARK("values", "Option overload"), Number8, &f.overload, nullptr,
     [](std::uint64_t n) { return named(overloads, n); }},
    {53, WS_MARK("values", "DHCP message type"), Number8, &f.messageType, nullptr, dhcpTypeInWords},
    {54, WS_MARK("values", "Server identifier"), Address, &f.serverIdentifier},
    {55, WS_MARK("values", "Parameter request list"), Numbers8, &f.requestItem, nullptr, dhcpOptionName},
    {56, WS_MARK("values", "Message"), Text, &f.message},
    {57, WS_MARK("values", "Maximum DHCP message size"), Number16, &f.maximumSize, nullptr, bytesName},
    {58, WS_MARK("values", "Renewal time (T1)"), Seconds, &f.renewalTime},
    {59, WS_MARK("values", "Rebinding time (T2)"), Seconds, &f.rebindingTime},
    {60, WS_MARK("values", "Vendor class identifier"), Text, &f.vendorClass},
    {61, WS_MARK("values", "Client identifier"), Special},
    {62, WS_MARK("values", "NetWare/IP domain"), Text, &f.netwareDomain},
    {63, WS_MARK("values", "NetWare/IP information")},
    {64, WS_MARK("values", "NIS+ domain"), Text, &f.nisPlusDomain},
    {65, WS_MARK("values", "NIS+ server"), Addresses, &f.nisPlusServer},
    {66, WS_MARK("values", "TFTP server name"), Text, &f.tftpServerName},
    {67, WS_MARK("values", "Boot file name"), Text, &f.bootFileName},
    {68, WS_MARK("values", "Mobile IP home agent"), Addresses, &f.homeAgent},
    {69, WS_MARK("values", "SMTP server"), Addresses, &f.smtpServer},
    {70, WS_MARK("values", "POP3 server"), Addresses, &f.pop3Server},
    {71, WS_MARK("values", "NNTP server"), Addresses, &f.nntpServer},
    {72, WS_MARK("values", "WWW server"), Addresses, &f.wwwServer},
    {73, WS_MARK("values", "Finger server"), Addresses, &f.fingerServer},
    {74, WS_MARK("values", "IRC server"), Addresses, &f.ircServer},
    {75, WS_MARK("values", "StreetTalk server"), Addresses, &f.streetTalkServer},
    {76, WS_MARK("values", "StreetTalk directory assistance"), Addresses, &f.streetTalkDirectory},
    {77, WS_MARK("values", "User class"), Special},
    {78, WS_MARK("values", "SLP directory agent")},
    {79, WS_MARK("values", "SLP service scope")},
    {80, WS_MARK("values", "Rapid commit"), Nothing},
    {81, WS_MARK("values", "Client's domain name"), Special},
    {82, WS_MARK("values", "Relay agent information"), Special},
    {83, WS_MARK("values", "Internet storage name service")},
    {85, WS_MARK("values", "NDS servers")},
    {86, WS_MARK("values", "NDS tree name")},
    {87, WS_MARK("values", "NDS context")},
    {90, WS_MARK("values", "Authentication"), Special},
    {91, WS_MARK("values", "Client's last transaction time"), Seconds, &f.lastTransaction},
    {92, WS_MARK("values", "Associated IP addresses"), Addresses, &f.associatedAddress},
    {93, WS_MARK("values", "Client system architecture"), Numbers16, &f.architecture, nullptr,
     [](std::uint64_t n) { return named(architectures, n); }},
    {94, WS_MARK("values", "Client network interface"), Special},
    {97, WS_MARK("values", "Client machine identifier"), Special},
    {100, WS_MARK("values", "Time zone (POSIX)"), Text, &f.timeZonePosix},
    {101, WS_MARK("values", "Time zone (name)"), Text, &f.timeZoneName},
    {108, WS_MARK("values", "IPv6-only preferred")},
    {114, WS_MARK("values", "Captive portal"), Text, &f.captivePortal},
    {116, WS_MARK("values", "Auto-configuration"), Number8, &f.autoConfiguration, nullptr,
     [](std::uint64_t n) { return named(autoConfigurations, n); }},
    {117, WS_MARK("values", "Name service search")},
    {118, WS_MARK("values", "Subnet selection"), Address, &f.subnetSelection},
    {119, WS_MARK("values", "Domain search list"), Special},
    {120, WS_MARK("values", "SIP servers"), Special},
    {121, WS_MARK("values", "Classless static routes"), Special},
    {124, WS_MARK("values", "Vendor class by enterprise")},
    {125, WS_MARK("values", "Vendor information by enterprise"), Special},
    {138, WS_MARK("values", "CAPWAP access controller"), Addresses, &f.accessController},
    {143, WS_MARK("values", "Secure zero-touch redirect")},
    {150, WS_MARK("values", "TFTP server address"), Addresses, &f.tftpServer},
    {175, WS_MARK("values", "Etherboot")},
    {249, WS_MARK("values", "Classless static routes (Microsoft)"), Special},
    {252, WS_MARK("values", "Proxy configuration file"), Text, &f.proxyDiscovery},
    {255, WS_MARK("values", "End")},
};

} // namespace

const OptionShape* optionShape(std::uint64_t code) {
    for (const OptionShape& shape : shapes)
        if (shape.code == code)
            return &shape;
    return nullptr;
}

bool OptionWalk::next(Option& option) {
    while (!reader.empty()) {
        const std::uint8_t* at = reader.position();
        const std::uint8_t code = reader.u8();
        if (code == pad)
            continue;
        option.code = code;
        option.at = at;
        if (code == end) {
            option.data = {};
            atEnd = true;
            return false;
        }
        if (reader.empty()) {
            reader.skip(1);
            return false;
        }
        const std::size_t length = reader.u8();
        if (!reader.has(length)) {
            reader.skip(length);
            return false;
        }
        option.data = reader.take(length);
        return true;
    }
    return false;
}

} // namespace wirestage::dhcp
