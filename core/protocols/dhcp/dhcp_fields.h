// SPDX-License-Identifier: GPL-3.0-or-later
// Every field of DHCP that is described, under Wireshark's names. The titles are the terms of RFC 2131
// (messages), 2132 (options), 3046 (relay agent information) and of the later options' own RFCs.
#pragma once

#include "core/protocols/description.h"

namespace wirestage {

inline constexpr struct DhcpFields {
    FieldSpec protocol{"dhcp", WS_MARK("fields", "Dynamic Host Configuration Protocol"), Show::Heading};
    FieldSpec bootp{"dhcp.bootp", WS_MARK("fields", "Plain BOOTP"), Show::Boolean};
    FieldSpec type{"dhcp.type", WS_MARK("fields", "Operation (op)"), Show::Decimal};
    FieldSpec hardwareType{"dhcp.hw.type", WS_MARK("fields", "Hardware type (htype)"), Show::Hexadecimal};
    FieldSpec hardwareLength{"dhcp.hw.len", WS_MARK("fields", "Hardware address length (hlen)"),
                             Show::Decimal};
    FieldSpec hops{"dhcp.hops", WS_MARK("fields", "Hops"), Show::Decimal};
    FieldSpec id{"dhcp.id", WS_MARK("fields", "Transaction ID (xid)"), Show::Hexadecimal};
    FieldSpec seconds{"dhcp.secs", WS_MARK("fields", "Seconds elapsed (secs)"), Show::Decimal};
    FieldSpec secondsLittle{"dhcp.secs_le", WS_MARK("fields", "Seconds written least significant byte first"),
                            Show::Boolean};
    FieldSpec flags{"dhcp.flags", WS_MARK("fields", "Flags"), Show::Hexadecimal};
    FieldSpec broadcast{"dhcp.flags.bc", WS_MARK("fields", "Broadcast flag"), Show::Boolean};
    FieldSpec reserved{"dhcp.flags.reserved", WS_MARK("fields", "Reserved"), Show::Hexadecimal};
    FieldSpec clientAddress{"dhcp.ip.client", WS_MARK("fields", "Client address (ciaddr)"), Show::Address};
    FieldSpec yourAddress{"dhcp.ip.your", WS_MARK("fields", "Your address (yiaddr)"), Show::Address};
    FieldSpec serverAddress{"dhcp.ip.server", WS_MARK("fields", "Next server address (siaddr)"),
                            Show::Address};
    FieldSpec relayAddress{"dhcp.ip.relay", WS_MARK("fields", "Relay agent address (giaddr)"), Show::Address};
    FieldSpec macAddress{"dhcp.hw.mac_addr", WS_MARK("fields", "Client hardware address (chaddr)"),
                         Show::Address};
    FieldSpec hardwareAddress{"dhcp.hw.addr", WS_MARK("fields", "Client hardware address (chaddr)"),
                              Show::Octets};
    FieldSpec hardwarePadding{"dhcp.hw.addr_padding", WS_MARK("fields", "Rest of chaddr"), Show::Octets};
    FieldSpec serverName{"dhcp.server", WS_MARK("fields", "Server host name (sname)"), Show::Text};
    FieldSpec file{"dhcp.file", WS_MARK("fields", "Boot file name (file)"), Show::Text};
    FieldSpec serverNameOptions{"", WS_MARK("fields", "Server host name (sname), holding options"),
                                Show::Heading};
    FieldSpec fileOptions{"", WS_MARK("fields", "Boot file name (file), holding options"), Show::Heading};
    FieldSpec cookie{"dhcp.cookie", WS_MARK("fields", "Magic cookie"), Show::Address, TellsOf::Nobody};
    FieldSpec vendorArea{"dhcp.vendor_specific_options", WS_MARK("fields", "Vendor area of BOOTP"),
                         Show::Octets};
    FieldSpec option{"dhcp.option.type", WS_MARK("fields", "Option"), Show::Decimal};
    FieldSpec optionLength{"dhcp.option.length", WS_MARK("fields", "Length"), Show::Decimal};
    FieldSpec optionValue{"dhcp.option.value", WS_MARK("fields", "Value"), Show::Octets};
    FieldSpec optionEnd{"dhcp.option.end", WS_MARK("fields", "End of the options"), Show::Decimal};
    FieldSpec padding{"dhcp.option.padding", WS_MARK("fields", "Padding"), Show::Octets};
    FieldSpec subnetMask{"dhcp.option.subnet_mask", WS_MARK("fields", "Subnet mask"), Show::Address,
                         TellsOf::Nobody};
    FieldSpec timeOffset{"dhcp.option.time_offset", WS_MARK("fields", "Time offset"), Show::Decimal};
    FieldSpec router{"dhcp.option.router", WS_MARK("fields", "Router"), Show::Address};
    FieldSpec timeServer{"dhcp.option.time_server", WS_MARK("fields", "Time server"), Show::Address};
    FieldSpec nameServer{"dhcp.option.name_server", WS_MARK("fields", "IEN 116 name server"), Show::Address};
    FieldSpec domainNameServer{"dhcp.option.domain_name_server", WS_MARK("fields", "DNS server"),
                               Show::Address};
    FieldSpec logServer{"dhcp.option.log_server", WS_MARK("fields", "Log server"), Show::Address};
    FieldSpec quotesServer{"dhcp.option.quotes_server", WS_MARK("fields", "Quotes server"), Show::Address};
    FieldSpec lprServer{"dhcp.option.lpr_server", WS_MARK("fields", "LPR server"), Show::Address};
    FieldSpec impressServer{"dhcp.option.impress_server", WS_MARK("fields", "Impress server"), Show::Address};
    FieldSpec resourceServer{"dhcp.option.resource_location_server",
                             WS_MARK("fields", "Resource location server"), Show::Address};
    FieldSpec hostName{"dhcp.option.hostname", WS_MARK("fields", "Host name"), Show::Text};
    FieldSpec bootFileSize{"dhcp.option.boot_file_size", WS_MARK("fields", "Boot file size"), Show::Decimal};
    FieldSpec meritDumpFile{"dhcp.option.merit_dump_file", WS_MARK("fields", "Merit dump file"), Show::Text};
    FieldSpec domainName{"dhcp.option.domain_name", WS_MARK("fields", "Domain name"), Show::Text};
    FieldSpec swapServer{"dhcp.option.swap_server", WS_MARK("fields", "Swap server"), Show::Address};
    FieldSpec rootPath{"dhcp.option.root_path", WS_MARK("fields", "Root path"), Show::Text};
    FieldSpec extensionsPath{"dhcp.option.extension_path", WS_MARK("fields", "Extensions path"), Show::Text};
    FieldSpec ipForwarding{"dhcp.option.ip_forwarding", WS_MARK("fields", "IP forwarding"), Show::Boolean};
    FieldSpec nonLocalRouting{"dhcp.option.non_local_source_routing",
                              WS_MARK("fields", "Non-local source routing"), Show::Boolean};
    FieldSpec policyAddress{"dhcp.option.policy_filter.ip", WS_MARK("fields", "Policy filter: address"),
                            Show::Address};
    FieldSpec policyMask{"dhcp.option.policy_filter.subnet_mask", WS_MARK("fields", "Policy filter: mask"),
                         Show::Address, TellsOf::Nobody};
    FieldSpec reassemblySize{"dhcp.option.max_datagram_reassembly_size",
                             WS_MARK("fields", "Largest datagram to reassemble"), Show::Decimal};
    FieldSpec defaultTtl{"dhcp.option.default_ip_ttl", WS_MARK("fields", "Default IP time to live"),
                         Show::Decimal};
    FieldSpec mtuTimeout{"dhcp.option.path_mtu_aging_timeout", WS_MARK("fields", "Path MTU aging timeout"),
                         Show::Decimal};
    FieldSpec mtuPlateau{"dhcp.option.path_mtu_plateau_table_item", WS_MARK("fields", "Path MTU plateau"),
                         Show::Decimal};
    FieldSpec interfaceMtu{"dhcp.option.interface_mtu", WS_MARK("fields", "Interface MTU"), Show::Decimal};
    FieldSpec allSubnetsLocal{"dhcp.option.all_subnets_are_local", WS_MARK("fields", "All subnets are local"),
                              Show::Boolean};
    FieldSpec broadcastAddress{"dhcp.option.broadcast_address", WS_MARK("fields", "Broadcast address"),
                               Show::Address};
    FieldSpec maskDiscovery{"dhcp.option.perform_mask_discovery", WS_MARK("fields", "Perform mask discovery"),
                            Show::Boolean};
    FieldSpec maskSupplier{"dhcp.option.mask_supplier", WS_MARK("fields", "Mask supplier"), Show::Boolean};
    FieldSpec routerDiscovery{"dhcp.option.perform_router_discover",
                              WS_MARK("fields", "Perform router discovery"), Show::Boolean};
    FieldSpec routerSolicitation{"dhcp.option.router_solicitation_address",
                                 WS_MARK("fields", "Router solicitation address"), Show::Address};
    FieldSpec staticDestination{"dhcp.option.static_route.ip", WS_MARK("fields", "Static route: destination"),
                                Show::Address};
    FieldSpec staticRouter{"dhcp.option.static_route.router", WS_MARK("fields", "Static route: router"),
                           Show::Address};
    FieldSpec trailers{"dhcp.option.trailer_encapsulation", WS_MARK("fields", "Trailer encapsulation"),
                       Show::Boolean};
    FieldSpec arpTimeout{"dhcp.option.arp_cache_timeout", WS_MARK("fields", "ARP cache timeout"),
                         Show::Decimal};
    FieldSpec ethernetEncapsulation{"dhcp.option.ethernet_encapsulation",
                                    WS_MARK("fields", "IEEE 802.3 encapsulation"), Show::Boolean};
    FieldSpec tcpTtl{"dhcp.option.tcp_default_ttl", WS_MARK("fields", "TCP default time to live"),
                     Show::Decimal};
    FieldSpec keepAliveInterval{"dhcp.option.tcp_keepalive_interval",
                                WS_MARK("fields", "TCP keep-alive interval"), Show::Decimal};
    FieldSpec keepAliveGarbage{"dhcp.option.tcp_keepalive_garbage",
                               WS_MARK("fields", "TCP keep-alive garbage byte"), Show::Boolean};
    FieldSpec nisDomain{"dhcp.option.nis_domain", WS_MARK("fields", "NIS domain"), Show::Text};
    FieldSpec nisServer{"dhcp.option.nis_server", WS_MARK("fields", "NIS server"), Show::Address};
    FieldSpec ntpServer{"dhcp.option.ntp_server", WS_MARK("fields", "NTP server"), Show::Address};
    FieldSpec netbiosNameServer{"dhcp.option.netbios_over_tcpip_name_server",
                                WS_MARK("fields", "NetBIOS name server"), Show::Address};
    FieldSpec netbiosDatagramServer{"dhcp.option.netbios_over_tcpip_dd_name_server",
                                    WS_MARK("fields", "NetBIOS datagram distribution server"), Show::Address};
    FieldSpec netbiosNodeType{"dhcp.option.netbios_over_tcpip_node_type",
                              WS_MARK("fields", "NetBIOS node type"), Show::Decimal};
    FieldSpec netbiosScope{"dhcp.option.netbios_over_tcpip_scope", WS_MARK("fields", "NetBIOS scope"),
                           Show::Text};
    FieldSpec fontServer{"dhcp.option.xwindows_system_font_server", WS_MARK("fields", "X Window font server"),
                         Show::Address};
    FieldSpec displayManager{"dhcp.option.xwindows_system_display_manager",
                             WS_MARK("fields", "X Window display manager"), Show::Address};
    FieldSpec requestedAddress{"dhcp.option.requested_ip_address", WS_MARK("fields", "Requested IP address"),
                               Show::Address};
    FieldSpec leaseTime{"dhcp.option.ip_address_lease_time", WS_MARK("fields", "IP address lease time"),
                        Show::Decimal};
    FieldSpec overload{"dhcp.option.option_overload", WS_MARK("fields", "Option overload"), Show::Decimal};
    FieldSpec messageType{"dhcp.option.dhcp", WS_MARK("fields", "DHCP message type"), Show::Decimal};
    FieldSpec serverIdentifier{"dhcp.option.dhcp_server_id", WS_MARK("fields", "Server identifier"),
                               Show::Address};
    FieldSpec requestItem{"dhcp.option.request_list_item", WS_MARK("fields", "Parameter requested"),
                          Show::Decimal};
    FieldSpec message{"dhcp.option.message", WS_MARK("fields", "Message"), Show::Text};
    FieldSpec maximumSize{"dhcp.option.dhcp_max_message_size", WS_MARK("fields", "Maximum DHCP message size"),
                          Show::Decimal};
    FieldSpec renewalTime{"dhcp.option.renewal_time_value", WS_MARK("fields", "Renewal time (T1)"),
                          Show::Decimal};
    FieldSpec rebindingTime{"dhcp.option.rebinding_time_value", WS_MARK("fields", "Rebinding time (T2)"),
                            Show::Decimal};
    FieldSpec vendorClass{"dhcp.option.vendor_class_id", WS_MARK("fields", "Vendor class identifier"),
                          Show::Text, TellsOf::Nobody};
    FieldSpec clientType{"dhcp.client_id.type", WS_MARK("fields", "Kind of identifier"), Show::Decimal};
    FieldSpec clientText{"dhcp.client_id.undef", WS_MARK("fields", "Client identifier"), Show::Text};
    FieldSpec clientHardware{"dhcp.client_hardware_address", WS_MARK("fields", "Client hardware address"),
                             Show::Text};
    FieldSpec clientUuid{"dhcp.client_id.uuid", WS_MARK("fields", "Client identifier (UUID)"), Show::Text};
    FieldSpec clientIaid{"dhcp.client_id.iaid", WS_MARK("fields", "Identity association (IAID)"), Show::Text};
    FieldSpec clientDuidType{"dhcp.client_id.duid_type", WS_MARK("fields", "DUID type"), Show::Decimal};
    FieldSpec clientEnterprise{"dhcp.client_id.enterprise_num", WS_MARK("fields", "Enterprise number"),
                               Show::Decimal};
    FieldSpec clientIdentifier{"dhcp.client_id", WS_MARK("fields", "Identifier"), Show::Octets};
    FieldSpec clientLinkLayer{"dhcp.client_id.link_layer_address", WS_MARK("fields", "Link-layer address"),
                              Show::Text};
    FieldSpec netwareDomain{"dhcp.option.novell_netware_ip_domain", WS_MARK("fields", "NetWare/IP domain"),
                            Show::Text};
    FieldSpec nisPlusDomain{"dhcp.option.nis_plus_domain", WS_MARK("fields", "NIS+ domain"), Show::Text};
    FieldSpec nisPlusServer{"dhcp.option.nis_plus_server", WS_MARK("fields", "NIS+ server"), Show::Address};
    FieldSpec tftpServerName{"dhcp.option.tftp_server_name", WS_MARK("fields", "TFTP server name"),
                             Show::Text};
    FieldSpec bootFileName{"dhcp.option.bootfile_name", WS_MARK("fields", "Boot file name"), Show::Text};
    FieldSpec homeAgent{"dhcp.option.mobile_ip_home_agent", WS_MARK("fields", "Mobile IP home agent"),
                        Show::Address};
    FieldSpec smtpServer{"dhcp.option.smtp_server", WS_MARK("fields", "SMTP server"), Show::Address};
    FieldSpec pop3Server{"dhcp.option.pop3_server", WS_MARK("fields", "POP3 server"), Show::Address};
    FieldSpec nntpServer{"dhcp.option.nntp_server", WS_MARK("fields", "NNTP server"), Show::Address};
    FieldSpec wwwServer{"dhcp.option.default_www_server", WS_MARK("fields", "WWW server"), Show::Address};
    FieldSpec fingerServer{"dhcp.option.default_finger_server", WS_MARK("fields", "Finger server"),
                           Show::Address};
    FieldSpec ircServer{"dhcp.option.default_irc_server", WS_MARK("fields", "IRC server"), Show::Address};
    FieldSpec streetTalkServer{"dhcp.option.streettalk_server", WS_MARK("fields", "StreetTalk server"),
                               Show::Address};
    FieldSpec streetTalkDirectory{"dhcp.option.streettalk_da_server",
                                  WS_MARK("fields", "StreetTalk directory assistance server"), Show::Address};
    FieldSpec userClass{"dhcp.option.user_class", WS_MARK("fields", "User class"), Show::Decimal};
    FieldSpec userClassLength{"dhcp.option.user_class.length", WS_MARK("fields", "Length"), Show::Decimal};
    FieldSpec userClassData{"dhcp.option.user_class.data", WS_MARK("fields", "Data"), Show::Octets};
    FieldSpec fqdnFlags{"dhcp.fqdn.flags", WS_MARK("fields", "Flags"), Show::Hexadecimal};
    FieldSpec fqdnReserved{"dhcp.fqdn.mbz", WS_MARK("fields", "Reserved"), Show::Hexadecimal};
    FieldSpec fqdnNoUpdate{"dhcp.fqdn.n", WS_MARK("fields", "No update by the server (N)"), Show::Boolean};
    FieldSpec fqdnEncoding{"dhcp.fqdn.e", WS_MARK("fields", "Encoded as a DNS name (E)"), Show::Boolean};
    FieldSpec fqdnOverride{"dhcp.fqdn.o", WS_MARK("fields", "Overridden by the server (O)"), Show::Boolean};
    FieldSpec fqdnServer{"dhcp.fqdn.s", WS_MARK("fields", "Server updates the address record (S)"),
                         Show::Boolean};
    FieldSpec fqdnCode1{"dhcp.fqdn.rcode1", WS_MARK("fields", "Result 1"), Show::Decimal};
    FieldSpec fqdnCode2{"dhcp.fqdn.rcode2", WS_MARK("fields", "Result 2"), Show::Decimal};
    FieldSpec fqdnName{"dhcp.fqdn.name", WS_MARK("fields", "Domain name"), Show::Text};
    FieldSpec agentSuboption{"dhcp.option.agent_information_option.suboption",
                             WS_MARK("fields", "Relay agent suboption"), Show::Decimal};
    FieldSpec agentLength{"dhcp.option.suboption_length", WS_MARK("fields", "Length"), Show::Decimal};
    FieldSpec agentCircuit{"dhcp.option.agent_information_option.agent_circuit_id",
                           WS_MARK("fields", "Agent circuit ID"), Show::Octets};
    FieldSpec agentRemote{"dhcp.option.agent_information_option.agent_remote_id",
                          WS_MARK("fields", "Agent remote ID"), Show::Octets};
    FieldSpec agentLink{"dhcp.option.agent_information_option.link_selection",
                        WS_MARK("fields", "Link selection"), Show::Address};
    FieldSpec agentSubscriber{"dhcp.option.agent_information_option.subscriber_id",
                              WS_MARK("fields", "Subscriber ID"), Show::Text};
    FieldSpec agentServer{"dhcp.option.agent_information_option.server_id_override",
                          WS_MARK("fields", "Server identifier override"), Show::Address};
    FieldSpec agentFlags{"dhcp.option.agent_information_option.flags", WS_MARK("fields", "Flags"),
                         Show::Hexadecimal};
    FieldSpec agentValue{"dhcp.option.agent_information_option.value", WS_MARK("fields", "Value"),
                         Show::Octets};
    FieldSpec authProtocol{"dhcp.option.dhcp_authentication.protocol", WS_MARK("fields", "Protocol"),
                           Show::Decimal};
    FieldSpec authAlgorithm{"dhcp.option.dhcp_authentication.algorithm", WS_MARK("fields", "Algorithm"),
                            Show::Decimal};
    FieldSpec authDelayAlgorithm{"dhcp.option.dhcp_authentication.alg_delay", WS_MARK("fields", "Algorithm"),
                                 Show::Decimal};
    FieldSpec authMethod{"dhcp.option.dhcp_authentication.rdm", WS_MARK("fields", "Replay detection method"),
                         Show::Decimal};
    FieldSpec authReplay{"dhcp.option.dhcp_authentication.rdm_replay_detection",
                         WS_MARK("fields", "Replay detection value"), Show::Hexadecimal};
    FieldSpec authSecret{"dhcp.option.dhcp_authentication.secret_id", WS_MARK("fields", "Secret ID"),
                         Show::Hexadecimal};
    FieldSpec authHash{"dhcp.option.dhcp_authentication.hmac_md5_hash", WS_MARK("fields", "HMAC-MD5"),
                       Show::Octets};
    FieldSpec lastTransaction{"dhcp.option.client_last_transaction_time",
                              WS_MARK("fields", "Time since the client's last message"), Show::Decimal};
    FieldSpec associatedAddress{"dhcp.option.associated_ip_option", WS_MARK("fields", "Associated address"),
                                Show::Address};
    FieldSpec architecture{"dhcp.option.client_system_architecture",
                           WS_MARK("fields", "Client system architecture"), Show::Decimal};
    FieldSpec networkMajor{"dhcp.client_network_id_major",
                           WS_MARK("fields", "Network interface: major version"), Show::Decimal};
    FieldSpec networkMinor{"dhcp.client_network_id_minor",
                           WS_MARK("fields", "Network interface: minor version"), Show::Decimal};
    FieldSpec timeZonePosix{"dhcp.option.tz_pcode", WS_MARK("fields", "Time zone (POSIX)"), Show::Text};
    FieldSpec timeZoneName{"dhcp.option.tz_tcode", WS_MARK("fields", "Time zone (name)"), Show::Text};
    FieldSpec autoConfiguration{"dhcp.option.dhcp_auto_configuration",
                                WS_MARK("fields", "Auto-configuration"), Show::Decimal};
    FieldSpec subnetSelection{"dhcp.option.subnet_selection_option", WS_MARK("fields", "Subnet selection"),
                              Show::Address};
    FieldSpec searchDomain{"dhcp.option.dhcp_dns_domain_search_list_fqdn", WS_MARK("fields", "Search domain"),
                           Show::Text};
    FieldSpec sipEncoding{"dhcp.option.sip_server.encoding", WS_MARK("fields", "Encoding"), Show::Decimal};
    FieldSpec sipName{"dhcp.option.sip_server.name", WS_MARK("fields", "SIP server"), Show::Text};
    FieldSpec sipAddress{"dhcp.option.sip_server.address", WS_MARK("fields", "SIP server"), Show::Address};
    FieldSpec classlessRoute{"dhcp.option.classless_static_route", WS_MARK("fields", "Route"), Show::Text};
    FieldSpec accessController{"dhcp.option.capwap_access_controller",
                               WS_MARK("fields", "CAPWAP access controller"), Show::Address};
    FieldSpec enterprise{"dhcp.option.vi.enterprise", WS_MARK("fields", "Enterprise number"), Show::Decimal};
    FieldSpec enterpriseLength{"dhcp.option.vi.length", WS_MARK("fields", "Length"), Show::Decimal};
    FieldSpec enterpriseData{"", WS_MARK("fields", "Data"), Show::Octets};
    FieldSpec tftpServer{"dhcp.option.tftp_server_address", WS_MARK("fields", "TFTP server address"),
                         Show::Address};
    FieldSpec captivePortal{"dhcp.option.captive_portal", WS_MARK("fields", "Captive portal"), Show::Text};
    FieldSpec proxyDiscovery{"dhcp.option.private_proxy_autodiscovery",
                             WS_MARK("fields", "Proxy configuration file"), Show::Text};
    FieldSpec optionsInFile{"", WS_MARK("fields", "Options in the boot file field"), Show::Heading};
    FieldSpec optionsInServerName{"", WS_MARK("fields", "Options in the server name field"), Show::Heading};
} dhcpFields;

} // namespace wirestage
