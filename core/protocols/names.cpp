// SPDX-License-Identifier: GPL-3.0-or-later
// The tables behind names.h.
#include "core/protocols/names.h"

#include "core/protocols/fields.h"

namespace wirestage {
namespace {

constexpr NamedNumber etherTypes[] = {
    {0x0004, WS_MARK("values", "LLC")},
    {0x0800, WS_MARK("values", "IPv4")},
    {0x0806, WS_MARK("values", "ARP")},
    {0x0842, WS_MARK("values", "Wake-on-LAN")},
    {0x6558, WS_MARK("values", "Transparent Ethernet bridging")},
    {0x8035, WS_MARK("values", "RARP")},
    {0x809b, WS_MARK("values", "AppleTalk")},
    {0x80f3, WS_MARK("values", "AppleTalk ARP")},
    {0x8100, WS_MARK("values", "VLAN tag (802.1Q)")},
    {0x8137, WS_MARK("values", "IPX")},
    {0x86dd, WS_MARK("values", "IPv6")},
    {0x8808, WS_MARK("values", "Ethernet flow control")},
    {0x8809, WS_MARK("values", "Slow protocols (LACP)")},
    {0x8847, WS_MARK("values", "MPLS")},
    {0x8848, WS_MARK("values", "MPLS multicast")},
    {0x8863, WS_MARK("values", "PPPoE discovery")},
    {0x8864, WS_MARK("values", "PPPoE session")},
    {0x888e, WS_MARK("values", "802.1X authentication")},
    {0x88a8, WS_MARK("values", "Service VLAN tag (802.1ad)")},
    {0x88cc, WS_MARK("values", "LLDP")},
    {0x88e5, WS_MARK("values", "MACsec")},
    {0x88f7, WS_MARK("values", "Precision Time Protocol")},
    {0x9000, WS_MARK("values", "Loopback test")},
    {0x9100, WS_MARK("values", "VLAN double tag (old)")},
};

constexpr NamedNumber ipProtocols[] = {
    {0, WS_MARK("values", "IPv6 hop-by-hop options")},
    {1, WS_MARK("values", "ICMP")},
    {2, WS_MARK("values", "IGMP")},
    {4, WS_MARK("values", "IPv4 inside IP")},
    {6, WS_MARK("values", "TCP")},
    {8, WS_MARK("values", "EGP")},
    {17, WS_MARK("values", "UDP")},
    {41, WS_MARK("values", "IPv6 inside IP")},
    {43, WS_MARK("values", "IPv6 routing header")},
    {44, WS_MARK("values", "IPv6 fragment header")},
    {46, WS_MARK("values", "RSVP")},
    {47, WS_MARK("values", "GRE")},
    {50, WS_MARK("values", "ESP")},
    {51, WS_MARK("values", "Authentication Header")},
    {58, WS_MARK("values", "ICMPv6")},
    {59, WS_MARK("values", "No next header")},
    {60, WS_MARK("values", "IPv6 destination options")},
    {88, WS_MARK("values", "EIGRP")},
    {89, WS_MARK("values", "OSPF")},
    {103, WS_MARK("values", "PIM")},
    {112, WS_MARK("values", "VRRP")},
    {115, WS_MARK("values", "L2TP")},
    {132, WS_MARK("values", "SCTP")},
    {135, WS_MARK("values", "Mobility header")},
    {136, WS_MARK("values", "UDP-Lite")},
};

constexpr NamedNumber hardwareTypes[] = {
    {1, WS_MARK("values", "Ethernet")},
    {6, WS_MARK("values", "IEEE 802")},
    {7, WS_MARK("values", "ARCNET")},
    {15, WS_MARK("values", "Frame Relay")},
    {19, WS_MARK("values", "ATM")},
    {24, WS_MARK("values", "FireWire")},
    {32, WS_MARK("values", "InfiniBand")},
    {512, WS_MARK("values", "PPP")},
    {768, WS_MARK("values", "IP tunnel")},
    {772, WS_MARK("values", "Loopback")},
    {776, WS_MARK("values", "IPv6 over IPv4")},
    {778, WS_MARK("values", "GRE")},
    {801, WS_MARK("values", "IEEE 802.11")},
    {803, WS_MARK("values", "IEEE 802.11 with radio header")},
    {65534, WS_MARK("values", "No link layer")},
};

constexpr NamedNumber ports[] = {
    {7, WS_MARK("values", "Echo")},
    {9, WS_MARK("values", "Discard")},
    {13, WS_MARK("values", "Daytime")},
    {19, WS_MARK("values", "Character generator")},
    {20, WS_MARK("values", "FTP data")},
    {21, WS_MARK("values", "FTP")},
    {22, WS_MARK("values", "SSH")},
    {23, WS_MARK("values", "Telnet")},
    {25, WS_MARK("values", "SMTP")},
    {37, WS_MARK("values", "Time")},
    {43, WS_MARK("values", "WHOIS")},
    {49, WS_MARK("values", "TACACS")},
    {53, WS_MARK("values", "DNS")},
    {67, WS_MARK("values", "DHCP server")},
    {68, WS_MARK("values", "DHCP client")},
    {69, WS_MARK("values", "TFTP")},
    {79, WS_MARK("values", "Finger")},
    {80, WS_MARK("values", "HTTP")},
    {88, WS_MARK("values", "Kerberos")},
    {110, WS_MARK("values", "POP3")},
    {111, WS_MARK("values", "Remote procedure calls (portmapper)")},
    {113, WS_MARK("values", "Ident")},
    {119, WS_MARK("values", "NNTP")},
    {123, WS_MARK("values", "NTP")},
    {135, WS_MARK("values", "Windows RPC endpoint mapper")},
    {137, WS_MARK("values", "NetBIOS name service")},
    {138, WS_MARK("values", "NetBIOS datagram service")},
    {139, WS_MARK("values", "NetBIOS session service")},
    {143, WS_MARK("values", "IMAP")},
    {161, WS_MARK("values", "SNMP")},
    {162, WS_MARK("values", "SNMP notifications")},
    {179, WS_MARK("values", "BGP")},
    {389, WS_MARK("values", "LDAP")},
    {443, WS_MARK("values", "HTTPS")},
    {445, WS_MARK("values", "SMB")},
    {465, WS_MARK("values", "Mail submission over TLS")},
    {500, WS_MARK("values", "IKE")},
    {514, WS_MARK("values", "Syslog")},
    {520, WS_MARK("values", "RIP")},
    {521, WS_MARK("values", "RIPng")},
    {546, WS_MARK("values", "DHCPv6 client")},
    {547, WS_MARK("values", "DHCPv6 server")},
    {554, WS_MARK("values", "RTSP")},
    {587, WS_MARK("values", "Mail submission")},
    {631, WS_MARK("values", "Printing (IPP)")},
    {636, WS_MARK("values", "LDAP over TLS")},
    {853, WS_MARK("values", "DNS over TLS")},
    {873, WS_MARK("values", "rsync")},
    {989, WS_MARK("values", "FTP data over TLS")},
    {990, WS_MARK("values", "FTP over TLS")},
    {993, WS_MARK("values", "IMAP over TLS")},
    {995, WS_MARK("values", "POP3 over TLS")},
    {1080, WS_MARK("values", "SOCKS")},
    {1433, WS_MARK("values", "Microsoft SQL Server")},
    {1701, WS_MARK("values", "L2TP")},
    {1723, WS_MARK("values", "PPTP")},
    {1812, WS_MARK("values", "RADIUS")},
    {1813, WS_MARK("values", "RADIUS accounting")},
    {1883, WS_MARK("values", "MQTT")},
    {1900, WS_MARK("values", "SSDP")},
    {2049, WS_MARK("values", "NFS")},
    {3128, WS_MARK("values", "Web proxy")},
    {3306, WS_MARK("values", "MySQL")},
    {3389, WS_MARK("values", "RDP")},
    {3478, WS_MARK("values", "STUN")},
    {4500, WS_MARK("values", "IPsec behind NAT")},
    {4789, WS_MARK("values", "VXLAN")},
    {5060, WS_MARK("values", "SIP")},
    {5222, WS_MARK("values", "XMPP")},
    {5353, WS_MARK("values", "Multicast DNS")},
    {5355, WS_MARK("values", "LLMNR")},
    {5432, WS_MARK("values", "PostgreSQL")},
    {5900, WS_MARK("values", "VNC")},
    {6379, WS_MARK("values", "Redis")},
    {6667, WS_MARK("values", "IRC")},
    {8080, WS_MARK("values", "HTTP, alternative port")},
};

constexpr NamedNumber differentiatedServices[] = {
    {0, WS_MARK("values", "Default")},
    {1, WS_MARK("values", "Lower effort")},
    {8, WS_MARK("values", "CS1")},
    {10, WS_MARK("values", "AF11")},
    {12, WS_MARK("values", "AF12")},
    {14, WS_MARK("values", "AF13")},
    {16, WS_MARK("values", "CS2")},
    {18, WS_MARK("values", "AF21")},
    {20, WS_MARK("values", "AF22")},
    {22, WS_MARK("values", "AF23")},
    {24, WS_MARK("values", "CS3")},
    {26, WS_MARK("values", "AF31")},
    {28, WS_MARK("values", "AF32")},
    {30, WS_MARK("values", "AF33")},
    {32, WS_MARK("values", "CS4")},
    {34, WS_MARK("values", "AF41")},
    {36, WS_MARK("values", "AF42")},
    {38, WS_MARK("values", "AF43")},
    {40, WS_MARK("values", "CS5")},
    {44, WS_MARK("values", "Voice admitted")},
    {46, WS_MARK("values", "Expedited forwarding")},
    {48, WS_MARK("values", "CS6")},
    {56, WS_MARK("values", "CS7")},
};

constexpr NamedNumber congestionMarks[] = {
    {0, WS_MARK("values", "Not ECN-capable")},
    {1, WS_MARK("values", "ECN-capable, ECT(1)")},
    {2, WS_MARK("values", "ECN-capable, ECT(0)")},
    {3, WS_MARK("values", "Congestion experienced")},
};

Text ipv4Kind(const IpAddress& address) {
    const std::uint32_t number = address.v4Number();
    if (number == 0)
        return WS_TR("values", "this host, address not known yet");
    if (number == 0xffffffff)
        return WS_TR("values", "broadcast on this link");
    if (number >> 24 == 127)
        return WS_TR("values", "loopback");
    if (number >> 28 == 14)
        return WS_TR("values", "multicast");
    if (number >> 16 == 0xa9fe)
        return WS_TR("values", "link-local");
    if (number >> 24 == 10 || number >> 20 == 0xac1 || number >> 16 == 0xc0a8)
        return WS_TR("values", "private");
    return {};
}

Text ipv6Kind(const IpAddress& address) {
    if (address.isUnspecified())
        return WS_TR("values", "unspecified");
    IpAddress loopback;
    loopback.version = 6;
    loopback.bytes[15] = 1;
    if (address == loopback)
        return WS_TR("values", "loopback");
    if (address.isMulticast())
        return WS_TR("values", "multicast");
    if (address.bytes[0] == 0xfe && address.bytes[1] >> 6 == 2)
        return WS_TR("values", "link-local");
    if (address.bytes[0] >> 1 == 0x7e)
        return WS_TR("values", "unique local");
    return {};
}

} // namespace

Text etherTypeName(std::uint64_t number) {
    return named(etherTypes, number);
}
Text ipProtocolName(std::uint64_t number) {
    return named(ipProtocols, number);
}
Text hardwareTypeName(std::uint64_t number) {
    return named(hardwareTypes, number);
}
Text portName(std::uint64_t number) {
    return named(ports, number);
}
Text differentiatedServicesName(std::uint64_t number) {
    return named(differentiatedServices, number);
}
Text congestionName(std::uint64_t number) {
    return named(congestionMarks, number);
}
Text secondsName(std::uint64_t number) {
    if (number == 0xffffffff)
        return WS_TR("values", "for ever");
    return durationInWords(static_cast<std::int64_t>(number) * 1'000'000'000);
}
Text bytesName(std::uint64_t number) {
    return WS_TRN("values", "%n byte(s)", "", number);
}

Text macAddressName(const MacAddress& address) {
    if (address.isBroadcast())
        return WS_TR("values", "broadcast");
    if (address.isGroup())
        return WS_TR("values", "group (multicast)");
    return {};
}

Text ipAddressName(const IpAddress& address) {
    return address.version == 4 ? ipv4Kind(address) : ipv6Kind(address);
}

} // namespace wirestage
