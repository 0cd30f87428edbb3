// SPDX-License-Identifier: GPL-3.0-or-later
// Captures of real hosts against lessons. Every verdict was held against tshark's view of the capture.
#include "tests/core/overlay/overlay_captures.h"

namespace wirestage::overlay::test {
namespace {

struct Judged {
    const char* capture; ///< a reference capture
    const char* lesson;
    Verdict verdict;
    const char* what; ///< that it shows
};

constexpr Verdict same = Verdict::Same, different = Verdict::Different, notFound = Verdict::NotFound,
                  partly = Verdict::Partly;

constexpr Judged dhcp[] = {
    {"lab/dhcp-dora-renew-release.pcapng", "dhcp-dora", same, "1-4"},
    {"lab/dhcp-dora-renew-release.pcapng", "dhcp-renew", same, "1-4, the renewal 7-8"},
    {"lab/dhcp-dora-renew-release.pcapng", "dhcp-renew/release", same, "9"},
    {"lab/dhcp-dora-ping-check.pcapng", "dhcp-dora", same, "the server pings first, the client asks twice"},
    {"lab/dhcp-nak.pcapng", "dhcp-nak", same, "1-2 the refusal, 3-6 a new lease"},
    {"lab/dhcp-decline.pcapng", "dhcp-decline", same, "5-6 the probe, 7 the refusal"},
    {"lab/dhcp-two-servers.pcapng", "dhcp-two-servers", same, "offers of .1 and .2"},
    {"lab/dhcp-dora-renew-release.pcapng", "dhcp-two-servers", different, "one server"},
    {"lab/dhcp-relay-client.pcapng", "dhcp-relay", same, "the client's side"},
    {"lab/dhcp-relay-server.pcapng", "dhcp-relay", same, "the server's side"},
    {"lab/dhcp-dora-renew-release.pcapng", "dhcp-relay", different, "giaddr is 0"},
    {"lab/dhcp-silent-dhclient.pcapng", "dhcp-no-server", same, "six Discovers, no answer"},
    {"lab/dhcp-silent-dhclient.pcapng", "dhcp-dora", different, "no Offer"},
    {"dhcp/community-dhcp.pcap", "dhcp-dora", same, "two clients, a DORA each"},
    {"dhcp/community-dhcp.pcap", "dhcp-renew", different, "the second Request is another client's"},
    {"dhcp/community-h3c-dhcp-all-broadcast.pcap", "dhcp-dora", same, "all four are broadcasts"},
    {"dhcp/sanders-dhcp_nolease_initialization.pcapng", "dhcp-dora", same, "1-4"},
    {"dhcp/tcpdump-dhcp-rfc3004.pcap", "dhcp-dora", same, "1-4"},
    {"dhcp/community-dhcp-nak-lease-removed-and-decline-arp-conflict.pcapng", "dhcp-nak", same,
     "a renewal is refused, then a DORA"},
    {"dhcp/community-dhcp-nak-lease-removed-and-decline-arp-conflict.pcapng", "dhcp-decline", same,
     "DHCP only: no ARP was captured"},
    {"dhcp/community-dhcp-starvation-mac-address.pcap", "dhcp-dora", different, "every Request is refused"},
    {"dhcp/community-dhcp-relay.pcap", "dhcp-relay", same, "relay and server"},
    {"dhcp/community-dhcp-relay.pcap", "dhcp-dora", different, "no client in sight"},
    {"dhcp/community-dhcp-release.pcap", "dhcp-dora", notFound, "a Release"},
    {"dhcp/community-dhcp-request-unicast-renewal-and-broadcast-rebind.pcapng", "dhcp-two-servers", same,
     "offers of 192.16.1.1 and 6.6.6.6"},
    {"dhcp/community-nqa-dhcp-test.pcapng", "dhcp-renew", different, "DORA and Release, again and again"},
    {"lab/dhcp-dora-ping-check.pcapng", "dhcp-dora/offer-lost", different,
     "the Offer 7 is late, not lost: 6 ms before the client asks again"},
    {"lab/dhcp-dora-ping-check.pcapng", "dhcp-dora/discover-lost", different,
     "an Offer before it asks again"},
    {"lab/dhcp-dora-ping-check.pcapng", "dhcp-no-server/server-comes", different,
     "every Discover is answered"},
    {"lab/dhcp-dora-ping-check.pcapng", "dhcp-server-settings/exhausted", different, "one client"},
    {"lab/dhcp-dora-renew-release.pcapng", "dhcp-dora/no-server", different, "an Offer"},
    {"lab/dhcp-dora-renew-release.pcapng", "dhcp-two-servers/first-is-down", same, "one server"},
    {"lab/dhcp-dora-renew-release.pcapng", "dhcp-renew/server-gone", different, "8 acknowledges the renewal"},
    {"lab/dhcp-two-servers.pcapng", "dhcp-two-servers/first-is-down", different, "both servers offer"},
    {"lab/dhcp-two-servers.pcapng", "dhcp-dora", same, "1, 2, 4, 5"},
    {"lab/dhcp-decline.pcapng", "dhcp-decline/no-check", different, "5 asks before it uses the address"},
    {"lab/dhcp-decline.pcapng", "dhcp-dora", same, "1-4"},
    {"lab/dhcp-decline.pcapng", "dhcp-server-settings/exhausted", different,
     "one client, which gets another"},
    {"lab/dhcp-nak.pcapng", "dhcp-dora", same, "3-6"},
    {"lab/dhcp-nak.pcapng", "dhcp-renew/release", same, "3-6, and 9 gives that address back"},
    {"lab/dhcp-nak.pcapng", "dhcp-renew", different, "given back, not renewed"},
    {"lab/dhcp-relay-client.pcapng", "dhcp-dora", same, "a lease, as its client sees it"},
    {"lab/dhcp-relay-server.pcapng", "dhcp-dora", different, "unicast between relay and server"},
    {"lab/dhcp-silent-dhclient.pcapng", "dhcp-dora/no-server", same, "six Discovers, no answer"},
    {"lab/dhcp-silent-dhclient.pcapng", "dhcp-relay/no-relay", same, "six Discovers, no answer"},
    {"lab/dhcp-silent-dhclient.pcapng", "dhcp-no-server/server-comes", different, "nobody comes"},
    {"dhcp/community-dhcp.pcap", "dhcp-no-server/server-comes", different, "the first Discover is answered"},
    {"dhcp/community-dhcp.pcap", "dhcp-server-settings", same, "two clients, an address each"},
    {"dhcp/community-dhcp.pcap", "dhcp-server-settings/exhausted", different, "both get an address"},
    {"dhcp/community-dhcp-inform.pcapng", "dhcp-inform", same, "3-4"},
    {"dhcp/community-dhcp-inform.pcapng", "dhcp-renew", different, "1-2 renew, but nothing is of the lease"},
    {"dhcp/community-dhcp-nak-lease-removed-and-decline-arp-conflict.pcapng", "dhcp-decline/no-check", same,
     "DHCP only: no question was captured"},
    {"dhcp/community-dhcp-nak-lease-removed-and-decline-arp-conflict.pcapng", "dhcp-dora", same, "3-6"},
    {"dhcp/community-dhcp-nak-lease-removed-and-decline-arp-conflict.pcapng", "dhcp-inform", same, "12-13"},
    {"dhcp/community-dhcp-request-unicast-renewal-and-broadcast-rebind.pcapng",
     "dhcp-two-servers/first-is-down", same, "24-27: 6.6.6.6 has gone silent"},
    {"dhcp/community-dhcp-request-unicast-renewal-and-broadcast-rebind.pcapng", "dhcp-renew/server-gone",
     different, "18-24, but the lease is from before the capture"},
    {"dhcp/community-dhcp-request-unicast-renewal-and-broadcast-rebind.pcapng", "dhcp-inform", same, "10-11"},
    {"dhcp/community-nqa-dhcp-test.pcapng", "dhcp-renew/server-gone", different,
     "every Request is acknowledged"},
    {"dhcp/community-nqa-dhcp-test.pcapng", "dhcp-renew/release", same, "1-5"},
    {"dhcp/community-dhcp-starvation-mac-address.pcap", "dhcp-server-settings/exhausted", different,
     "no client asks twice"},
    {"dhcp/tcpdump-dhcp-rfc4388.pcap", "dhcp-relay", same, "11-15, relay and server"},
    {"dhcp/tcpdump-dhcpv4v6-rfc5970-rfc8572.pcap", "dhcp-dora", same, "6-9"},
    {"dhcp/wswiki-dhcp-and-dyndns.pcap", "dhcp-dora", same, "1, 7, 8, 13"},
    {"dhcp/ppp-dhcp1.pcap", "dhcp-dora", different, "an Offer only"},
    {"dhcp/ppp-dhcp3.pcap", "dhcp-dora", different, "an Ack only"},
    {"dhcp/zeek-dhcp-unique-xid-join-data-growth.pcapng", "dhcp-no-server", different,
     "fifty clients, a Discover each"},
    {"dhcp/zeek-dhcp_discover_param_req_and_client_id.pcap", "dhcp-no-server", different, "one Discover"},
    {"fileformat/gopacket-pcapng-le-test009.pcapng", "dhcp-dora", different, "Discover and Offer"},
    {"fileformat/gopacket-pcapng-le-test011.pcapng", "dhcp-dora", different,
     "the Request has not the Offer's number (RFC 2131, 4.4.1)"},
    {"fileformat/gopacket-pcapng-le-test011.pcapng", "dhcp-server-settings", different,
     "the Request has not the Offer's number"},
};

constexpr Judged dns[] = {
    {"lab/dns-recursion.pcapng", "dns-recursion", same, "root, test., lab.test., and from memory"},
    {"lab/dns-types-tcp-axfr.pcapng", "dns-tcp", same, "23-32: truncated, then TCP"},
    {"lab/dns-types-tcp-axfr.pcapng", "dns-zone-transfer", same, "the AXFR at the end"},
    {"lab/dns-types-tcp-axfr.pcapng", "dns-nxdomain", same, "exchange 11"},
    {"lab/dns-types-tcp-axfr.pcapng", "dns-reverse", same, "exchange 10"},
    {"dns/sanders-dns_axfr.pcapng", "dns-zone-transfer", same, "an AXFR"},
    {"dns/sanders-dns_axfr.pcapng", "dns-lookup", different, "an AXFR is no lookup"},
    {"dns/sanders-dns_tcp.pcapng", "dns-tcp", same, "TC, then TCP"},
    {"dns/sanders-stranded_branchdns.pcapng", "dns-lookup", different, "SERVFAIL"},
    {"dns/gopacket-test_dns.pcap", "dns-lookup", different, "questions only"},
    {"dns/ppp-dns4.pcap", "dns-lookup", different, "an answer only"},
    {"dns/ndpi-dns_ambiguous_names.pcap", "dns-nxdomain", same, "rcode 3 in exchange 6"},
    {"dns/zeek-dns-caa.pcap", "dns-nxdomain", different, "the record is there"},
    {"dns/zeek-dns-edns-ecs.pcap", "dns-recursion", different, "one server's view"},
    {"lab/dns-recursion.pcapng", "dns-recursion/expired", different, "12 is from memory"},
    {"lab/dns-recursion.pcapng", "dns-recursion/zone-down", different, "the zone's server answers"},
    {"lab/dns-recursion.pcapng", "dns-lookup", same, "1 and 10"},
    {"lab/dns-recursion.pcapng", "dns-lookup/alias", different, "no CNAME"},
    {"lab/dns-recursion.pcapng", "dns-record-types", different, "A, and the root's NS of another host"},
    {"lab/dns-types-tcp-axfr.pcapng", "dns-record-types", same, "3-18: A, AAAA, MX, TXT, SRV, NS, SOA"},
    {"lab/dns-types-tcp-axfr.pcapng", "dns-lookup", same, "1-2"},
    {"lab/dns-types-tcp-axfr.pcapng", "dns-lookup/alias", same, "7-8: CNAME and A"},
    {"lab/dns-types-tcp-axfr.pcapng", "dns-tcp/edns", different, "24 is truncated, the rest is short"},
    {"lab/dns-types-tcp-axfr.pcapng", "dns-zone-transfer/refused", different, "46 is the zone"},
    {"lab/dns-types-tcp-axfr.pcapng", "dns-nxdomain/no-data", different,
     "every name that is there has the record"},
    {"dns/community-arp.pcap", "dns-lookup", same, "38-39"},
    {"dns/community-arp.pcap", "dns-lookup/alias", same, "39: two CNAMEs, then A"},
    {"lab/dns-types-tcp-axfr.pcapng", "dns-recursion", partly, "1-4: the same name twice, seen by who asks"},
    {"dns/sanders-stranded_branchdns.pcapng", "dns-recursion/zone-down", different,
     "3: taken at the server, which asks nobody by UDP"},
    {"dns/ndpi-avast_securedns.pcapng", "dns-recursion", partly,
     "1-4: the same name in other letters (RFC 4343)"},
    {"dns/pyshark-capture_test.pcapng", "dns-recursion", different, "no name is asked for twice"},
    {"dns/ndpi-avast_securedns.pcapng", "dns-lookup", different, "TXT"},
    {"dns/ndpi-avast_securedns.pcapng", "dns-record-types", different, "TXT, and nothing else"},
    {"dns/ndpi-dns-google-nsid.pcapng", "dns-lookup", same, "3-4, not the question for the root's NS"},
    {"dns/ndpi-dns_ambiguous_names.pcap", "dns-lookup", same, "1-2"},
    {"dns/ndpi-dns_ambiguous_names.pcap", "dns-lookup/alias", same, "2: CNAMEs, then A"},
    {"dns/ndpi-dns_ambiguous_names.pcap", "dns-record-types", different, "A, and nothing else"},
    {"dns/ndpi-dns_invert_query.pcapng", "dns-lookup", notFound, "an inverse query (RFC 1035, 6.4)"},
    {"dns/ndpi-dns_invert_query.pcapng", "dns-reverse", notFound, "an inverse query is none for a PTR"},
    {"dns/ppp-dnspackets.pcap", "dns-lookup/query-lost", same, "168, 209 with the same number, 210"},
    {"dns/ppp-dnspackets.pcap", "dns-nxdomain", same, "19-20"},
    {"dns/ppp-dnspackets.pcap", "dns-record-types", different,
     "A, and nothing else that is answered by unicast"},
    {"dns/pyshark-capture_test.pcapng", "dns-reverse", same, "1-2"},
    {"dns/pyshark-capture_test.pcapng", "dns-lookup", same, "3-4"},
    {"dns/pyshark-capture_test.pcapng", "dns-nxdomain/no-data", same, "5-6: AAAA, SOA only"},
    {"dns/pyshark-capture_test.pcapng", "dns-nxdomain", different, "no rcode 3"},
    {"dns/sanders-dns_axfr.pcapng", "dns-record-types", different, "an AXFR"},
    {"dns/sanders-dns_axfr.pcapng", "dns-tcp/edns", different, "over TCP"},
    {"dns/sanders-dns_tcp.pcapng", "dns-tcp/edns", different, "without EDNS, and over TCP in the end"},
    {"dns/sanders-dns_tcp.pcapng", "dns-lookup", different, "ANY"},
    {"dns/sanders-stranded_branchdns.pcapng", "dns-record-types", different, "SERVFAIL"},
    {"dns/sanders-stranded_branchdns.pcapng", "dns-tcp/edns", different, "SERVFAIL"},
    {"dns/tcpdump-dns-uri.pcap", "dns-lookup", different, "URI"},
    {"dns/tcpdump-dns-uri.pcap", "dns-nxdomain", same, "3-4"},
    {"dns/tcpdump-dnssec.pcap", "dns-lookup", same, "3-4"},
    {"dns/tcpdump-dnssec.pcap", "dns-record-types", same, "SSHFP, then A"},
    {"dns/tcpdump-dnssec.pcap", "dns-tcp/edns", same, "2 is longer than 512 bytes"},
    {"dns/zeek-dns-caa.pcap", "dns-lookup", different, "CAA"},
    {"dns/zeek-dns-https.pcap", "dns-lookup", different, "HTTPS"},
    {"dns/zeek-dns-spf.pcap", "dns-lookup", different, "SPF"},
    {"dns/zeek-dns-wks.pcap", "dns-lookup", different, "WKS"},
    {"dns/zeek-hinfo.pcap", "dns-lookup", different, "HINFO"},
    {"dns/zeek-naptr.pcap", "dns-lookup", different, "NAPTR"},
    {"dns/zeek-ipv6-fragmented-dns.pcap", "dns-lookup", different, "TXT"},
    {"dns/zeek-ipv6-fragmented-dns.pcap", "dns-tcp/edns", same, "8, in three fragments"},
    {"dns/zeek-dns-edns-ecs.pcap", "dns-lookup", same, "2-3"},
    {"dns/zeek-dns-edns-ecs.pcap", "dns-nxdomain/no-data", same, "60-61: AAAA, SOA only"},
    {"dhcp/wswiki-dhcp-and-dyndns.pcap", "dns-nxdomain", same, "3-4"},
    {"dhcp/wswiki-dhcp-and-dyndns.pcap", "dns-lookup", different, "SOA, and no such name"},
    {"http/tcpflow-test1.pcap", "dns-lookup", same, "7-8"},
    {"http/tcpflow-test1.pcap", "dns-lookup/alias", same, "8: CNAME, then A"},
};

constexpr Judged ftp[] = {
    {"lab/ftp-active.pcapng", "ftp-active", same, "PORT, RETR, 226"},
    {"lab/ftp-active.pcapng", "ftp-passive", different, "PORT"},
    {"lab/ftp-pasv.pcapng", "ftp-passive", same, "PASV, RETR"},
    {"lab/ftp-epsv.pcapng", "ftp-passive", same, "EPSV"},
    {"lab/ftp-pasv.pcapng", "ftp-active", different, "PASV"},
    {"lab/ftp-active-blocked.pcapng", "ftp-active", different, "the call back is never answered"},
    {"lab/ftp-active-blocked.pcapng", "ftp-active-nat", same, "no data connection"},
    {"lab/ftp-badlogin.pcapng", "ftp-login-denied", same, "530"},
    {"ftp/community-ftp-active-mode.pcap", "ftp-active", same, "the server calls before its 200"},
    {"ftp/community-ftp-passive-mode.pcap", "ftp-passive", same, "PASV, LIST, RETR"},
    {"ftp/community-ftp-router-default-upload-download.pcap", "ftp-active", same, "PORT, STOR, RETR"},
    {"ftp/community-ftp.pcap", "ftp-login-denied", same, "exchange 4"},
    {"ftp/community-ftp.pcap", "ftp-active", same, "PORT, LIST"},
    {"ftp/ndpi-ftp.pcap", "ftp-passive", same, "PASV, RETR"},
    {"ftp/ndpi-ftp.pcap", "ftp-active", different, "no PORT"},
    {"ftp/ndpi-ftp_failed.pcap", "ftp-passive", different, "530 at once"},
    {"ftp/zeek-ipv6.pcap", "ftp-active", same, "EPRT, the server calls from a high port"},
    {"ftp/zeek-ipv6.pcap", "ftp-passive", same, "EPSV"},
    {"ftp/zeek-ipv6-retr-samba.pcap", "ftp-passive", same, "EPSV, no QUIT"},
    {"ftp/zeek-ftp-password-pass-command.pcap", "ftp-login-denied", same, "530"},
};

constexpr Judged tcp[] = {
    {"lab/tcp-syn-lost.pcapng", "tcp-handshake", same, "the SYN twice"},
    {"lab/tcp-rto.pcapng", "tcp-retransmission", same, "4 again after 204 ms"},
    {"lab/tcp-rto.pcapng", "tcp-close", same, "9-11"},
    {"lab/tcp-rto.pcapng", "tcp-fast-retransmit", different, "no duplicate acknowledgment"},
    {"lab/tcp-data-lost.pcapng", "tcp-retransmission", different, "again after 78 microseconds: no timer"},
    {"lab/tcp-fast-retransmit.pcapng", "tcp-fast-retransmit", same, "33"},
    {"lab/tcp-syn-lost.pcapng", "tcp-fast-retransmit", different, "no data was lost"},
    {"lab/tcp-zero-window.pcapng", "tcp-zero-window", same, "window 0, then more"},
    {"lab/tcp-syn-lost.pcapng", "tcp-zero-window", different, "the window never is 0"},
    {"lab/tcp-simultaneous.pcapng", "tcp-simultaneous-open", same, "1-5"},
    {"lab/tcp-rto.pcapng", "tcp-simultaneous-open", different, "one SYN"},
    {"arp/ndpi-tcp_scan.pcap", "tcp-reset", same, "RST to a SYN"},
    {"tcp/ndpi-resp.pcap", "tcp-reset", different, "SYN-ACK"},
    {"tcp/zeek-fin_retransmission.pcap", "tcp-handshake", different, "a FIN with the SYN's number"},
    {"tcp/zeek-fin_retransmission.pcap", "tcp-close", different, "RST instead of a FIN"},
    {"tcp/wswiki-chargen-tcp.pcap", "tcp-close", different, "one FIN, then RST"},
    {"tcp/ndpi-resp.pcap", "tcp-close", same, "FIN, FIN, ACK"},
    {"tcp/ndpi-radmin3.pcapng", "tcp-close", same, "FINs of both"},
    {"tcp/sanders-tcp_zerowindowdead.pcapng", "tcp-handshake", notFound, "captured later"},
    {"tcp/sanders-tcp_zerowindowdead.pcapng", "tcp-zero-window", different, "the window stays 0"},
    {"http/sanders-tcp_dupack.pcapng", "tcp-fast-retransmit", same, "8, without the beginning"},
    {"tcp/zeek-retransmit-fast009.pcap", "tcp-fast-retransmit", same, "32"},
    {"tcp/wswiki-200722_win_scale_examples_anon.pcapng", "tcp-handshake", same, "three connections"},
    {"dns/zeek-dns-caa.pcap", "tcp-handshake", notFound, "UDP"},
};

constexpr Judged others[] = {
    {"icmp/zeek-5-pings.pcap", "ping", same, "5 of 5"},
    {"icmp/community-icmp-unreachable-unreachable-ping.pcap", "ping", same, "some are answered"},
    {"icmp/ppp-ipv4-options.pcap", "ping", different, "an answer without its question"},
    {"lab/icmp-traceroute-udp.pcapng", "traceroute", same, "three hops"},
    {"icmp/community-ensp-router-default-tracert-steps-ttl-udp-icmp-type-11-icmp.pcapng", "traceroute", same,
     "UDP"},
    {"icmp/sanders-icmp_traceroute.pcapng", "traceroute-echo", same, "ICMP"},
    {"icmp/sanders-icmp_traceroute.pcapng", "traceroute", different, "ICMP, no UDP"},
    {"icmp/zeek-5-pings.pcap", "traceroute-echo", different, "no hop"},
    {"lab/icmp-host-unreachable-arp.pcapng", "icmp-host-unreachable", same, "1"},
    {"lab/icmp-redirect.pcapng", "icmp-redirect", same, "4"},
    {"lab/icmp-reassembly-timeout.pcapng", "icmp-reassembly", same, "2, after 30 s"},
};

constexpr Judged arp[] = {
    {"lab/arp-failure.pcapng", "arp", different, "nobody answers"},
    {"lab/arp-failure.pcapng", "arp/nobody", same, "asked three times"},
    {"arp/zeek-arp-leak.pcap", "arp", same, "asked and answered"},
    {"arp/zeek-arp-leak.pcap", "arp/nobody", different, "answered"},
    {"arp/zeek-arp-leak.pcap", "arp/announce", notFound, "nobody announces anything"},
    {"arp/ndpi-tcp_scan.pcap", "arp", same, "15-16"},
    {"arp/ndpi-tcp_scan.pcap", "arp/nobody", same, "1-2"},
    {"arp/ndpi-tcp_scan.pcap", "arp/reply-lost", different, "asked anew after eight seconds"},
    {"arp/community-arp-spoofing-v2.pcap", "arp", same, "4-6, two answer"},
    {"arp/community-arp-spoofing-v2.pcap", "arp/nobody", same, "22-24"},
    {"arp/community-arp-spoofing.pcap", "arp", same, "3-4"},
    {"arp/community-arp-spoofing.pcap", "arp/nobody", different, "3 is answered, 8-11 are no broadcasts"},
    {"arp/community-ipv6-ra-prefix-advert-icmpv6-134.pcap", "arp/nobody", same, "asked again and again"},
    {"arp/community-ipv6-ra-prefix-advert-icmpv6-134.pcap", "arp", different, "nobody answers"},
    {"arp/flowlab-04_gratuitous_arp_request_ipv4.pcap", "arp/announce", same, "1"},
    {"arp/flowlab-04_gratuitous_arp_request_ipv4.pcap", "arp/nobody", different, "nobody is asked"},
    {"arp/flowlab-04_gratuitous_arp_request_ipv4.pcap", "arp", different, "nobody is asked"},
    {"arp/wswiki-rarp_request.pcap", "arp/announce", notFound, "RARP: what is my address?"},
    {"arp/wswiki-rarp_request.pcap", "arp", notFound, "RARP"},
    {"dns/community-arp.pcap", "arp/nobody", same, "3-35"},
    {"icmp/community-arp-arp-replay-router.pcap", "arp", same,
     "a router answers in another's name (RFC 1027)"},
    {"icmp/community-icmp-unreachable-unreachable-ping.pcap", "arp", same, "2-3"},
    {"dhcp/wswiki-dhcp-and-dyndns.pcap", "arp", same, "62-63"},
    {"dhcp/wswiki-dhcp-and-dyndns.pcap", "arp/announce", same, "14"},
    {"dhcp/wswiki-dhcp-and-dyndns.pcap", "arp/nobody", different, "14-16 announce"},
};

void judge(std::span<const Judged> table) {
    for (const Judged& row : table) {
        SCOPED_TRACE(std::string(row.lesson) + " in " + row.capture + " (" + row.what + ")");
        const auto path = wirestage::test::sharedCapture(row.capture);
        if (!path)
            GTEST_SKIP() << "the reference captures are absent";
        const auto capture = captureOf(*path);
        ASSERT_TRUE(capture);
        const Comparison comparison = compare(lessonReference(row.lesson), *capture, {});
        EXPECT_EQ(name(comparison.verdict), name(row.verdict)) << english(comparison.sentence);
    }
}

TEST(OverlayOnRealHosts, JudgesDhcp) {
    judge(dhcp);
}
TEST(OverlayOnRealHosts, JudgesDns) {
    judge(dns);
}
TEST(OverlayOnRealHosts, JudgesFtp) {
    judge(ftp);
}
TEST(OverlayOnRealHosts, JudgesTcp) {
    judge(tcp);
}
TEST(OverlayOnRealHosts, JudgesIcmp) {
    judge(others);
}
TEST(OverlayOnRealHosts, JudgesArp) {
    judge(arp);
}

} // namespace
} // namespace wirestage::overlay::test
