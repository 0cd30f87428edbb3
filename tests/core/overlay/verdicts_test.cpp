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

constexpr Verdict same = Verdict::Same, different = Verdict::Different, notFound = Verdict::NotFound;

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
    {"ftp/zeek-ipv6-retr-samba.pcap", "ftp-passive", different, "no data connection was captured"},
    {"ftp/zeek-ftp-password-pass-command.pcap", "ftp-login-denied", same, "530"},
    {"ftp/community-ftp-active-mode.pcap", "ftp-passive", different, "PORT"},
    {"ftp/community-ftp-passive-mode.pcap", "ftp-active", different, "PASV"},
    {"ftp/community-ftp-passive-mode.pcap", "ftp-active-nat/passive", same, "PASV, 226"},
    {"ftp/community-ftp-router-default-upload-download.pcap", "ftp-passive/upload", different,
     "STOR, but with PORT"},
    {"ftp/community-ftp.pcap", "ftp-passive/upload", different, "STOR, but with PORT"},
    {"ftp/zeek-ipv6.pcap", "ftp-passive/epsv", same, "229 names the port of the SYN behind it"},
    {"lab/ftp-epsv.pcapng", "ftp-passive/epsv", same, "port 30008"},
    {"lab/ftp-pasv.pcapng", "ftp-passive/epsv", different, "PASV"},
    {"lab/ftp-pasv.pcapng", "ftp-active-nat/passive", same, "PASV, 226"},
    {"lab/ftp-active.pcapng", "ftp-active-nat", different, "the transfer succeeds"},
    {"lab/ftp-badlogin.pcapng", "ftp-passive", different, "530"},
    {"ftp/ndpi-ftp_failed.pcap", "ftp-login-denied", different, "530 to the name, no password"},
    {"ftp/zeek-var-services-std-ports.pcap", "ftp-passive", different, "QUIT without a transfer"},
    {"ftp/zeek-ftp-missing-space-after-reply-code.pcap", "ftp-passive", different, "neither PASV nor data"},
};

constexpr Judged tcp[] = {
    {"tcp/ndpi-smpp_in_general.pcap", "ftp-passive", notFound, "TCP, no FTP"},
    {"tcp/ndpi-smpp_in_general.pcap", "ftp-active", notFound, "TCP, no FTP"},
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
    {"lab/tcp-rto.pcapng", "tcp-retransmission/three-times", same, "5, 6, 7: the waits double"},
    {"lab/tcp-rto.pcapng", "tcp-retransmission/none-lost", different, "retransmissions"},
    {"lab/tcp-rto.pcapng", "tcp-retransmission/never", different, "8 acknowledges it"},
    {"lab/tcp-rto.pcapng", "tcp-congestion", different, "no duplicate acknowledgment"},
    {"lab/tcp-rto.pcapng", "tcp-out-of-order", different, "a loss"},
    {"lab/tcp-data-lost.pcapng", "tcp-fast-retransmit/sack", same, "11, 12, 14 with SACK, 15"},
    {"lab/tcp-fast-retransmit.pcapng", "tcp-fast-retransmit/sack", different, "SACK was not agreed on"},
    {"lab/tcp-fast-retransmit.pcapng", "tcp-fast-retransmit/two-duplicates", different, "more than two"},
    {"lab/tcp-fast-retransmit.pcapng", "tcp-congestion", same, "three duplicates, then the segment"},
    {"lab/tcp-fast-retransmit.pcapng", "tcp-congestion/no-loss", different, "a retransmission"},
    {"lab/tcp-fast-retransmit.pcapng", "tcp-out-of-order", different, "a retransmission fills the gap"},
    {"lab/tcp-fast-retransmit.pcapng", "tcp-out-of-order/in-order", different, "duplicate acknowledgments"},
    {"lab/tcp-syn-lost.pcapng", "tcp-congestion", different, "no data was lost"},
    {"lab/tcp-syn-lost.pcapng", "tcp-handshake/syn-lost", same, "1, 2"},
    {"lab/tcp-syn-lost.pcapng", "tcp-out-of-order", different, "all in order"},
    {"lab/tcp-syn-lost.pcapng", "tcp-out-of-order/in-order", same, "all in order"},
    {"lab/tcp-syn-lost.pcapng", "tcp-retransmission/none-lost", same, "of the data"},
    {"lab/tcp-syn-lost.pcapng", "tcp-data/one-byte", different, "1448 bytes"},
    {"lab/tcp-zero-window.pcapng", "tcp-zero-window/fast-reader", different, "window 0"},
    {"lab/tcp-zero-window.pcapng", "tcp-zero-window/update-lost", different, "21 comes by itself"},
    {"lab/tcp-zero-window.pcapng", "tcp-congestion", different, "probes, not duplicates"},
    {"lab/tcp-zero-window.pcapng", "tcp-out-of-order", different, "nothing overtakes anything"},
    {"lab/tcp-zero-window.pcapng", "tcp-retransmission", different, "8 again after 11 ms: no timer"},
    {"lab/tcp-simultaneous.pcapng", "tcp-handshake", different, "two SYNs that cross"},
    {"lab/tcp-simultaneous.pcapng", "tcp-handshake/syn-lost", different, "two SYNs that cross"},
    {"lab/tcp-simultaneous.pcapng", "tcp-close/fin-lost", same, "6 again as 8 after 202 ms"},
    {"tcp/zeek-ssl-to-http-server.pcap", "tcp-out-of-order", same, "8 behind the FIN, 9"},
    {"tcp/zeek-ssl-to-http-server.pcap", "tcp-out-of-order/in-order", different, "8"},
    {"tcp/zeek-ssl-to-http-server.pcap", "tcp-close", same, "5, 10, 12, 14"},
    {"tcp/zeek-ssl-to-http-server.pcap", "tcp-close/fin-lost", different, "7 at once: captured twice"},
    {"tcp/zeek-ssl-to-http-server.pcap", "tcp-close/last-ack-lost", different, "13 at once: captured twice"},
    {"tcp/zeek-retransmit-fast009.pcap", "tcp-congestion", same, "29-31, then 32"},
    {"tcp/zeek-retransmit-fast009.pcap", "tcp-congestion/no-loss", different, "32, 34, 36"},
    {"tcp/zeek-retransmit-fast009.pcap", "tcp-retransmission/none-lost", different, "32, 34, 36"},
    {"tcp/zeek-retransmit-fast009.pcap", "tcp-out-of-order", different, "a retransmission fills the gap"},
    {"tcp/zeek-retransmit-fast009.pcap", "tcp-data/ack-lost", different, "data was lost"},
    {"tcp/zeek-retransmit-fast009.pcap", "tcp-fast-retransmit/sack", same, "29-31 with SACK"},
    {"http/sanders-tcp_dupack.pcapng", "tcp-congestion/no-loss", different, "8"},
    {"http/sanders-tcp_dupack.pcapng", "tcp-out-of-order", different, "8 is a fast retransmission"},
    {"http/sanders-tcp_dupack.pcapng", "tcp-data", same, "9 acknowledges 8"},
    {"tcp/zeek-tcp-sig-match.pcap", "tcp-data/ack-lost", different, "no retransmission"},
    {"tcp/zeek-tcp-sig-match.pcap", "tcp-congestion", different, "no loss"},
    {"tcp/zeek-tcp-sig-match.pcap", "tcp-close", same, "18-20"},
    {"tcp/ndpi-resp.pcap", "tcp-out-of-order", different, "all in order"},
    {"tcp/ndpi-jabber.pcapng", "tcp-half-close", same, "exchange 12: data behind the FIN of 238"},
    {"tcp/ndpi-bfcp.pcapng", "tcp-close", different, "the FINs cross: a simultaneous close"},
    {"tcp/sanders-tcp_zerowindowdead.pcapng", "tcp-congestion", different, "one segment"},
    {"tcp/sanders-tcp_zerowindowdead.pcapng", "tcp-out-of-order", different, "one segment"},
    {"tcp/sanders-tcp_zerowindowdead.pcapng", "tcp-zero-window/fast-reader", different, "window 0"},
    {"tcp/wswiki-chargen-tcp.pcap", "tcp-half-close", different, "RST instead of a FIN"},
    {"tcp/wswiki-chargen-tcp.pcap", "tcp-reset/in-the-middle", same, "17"},
    {"tcp/ppp-one_tcp_stream_fin_rst_close_packet.pcap", "tcp-reset/in-the-middle", same, "12"},
    {"tcp/ppp-one_tcp_stream_fin_rst_close_packet.pcap", "tcp-close", different, "one FIN, then RST"},
    {"tcp/wswiki-p772-transfer-success.pcap", "tcp-simultaneous-open/one-is-late", different,
     "the RST comes much later"},
    {"tcp/zeek-fin_retransmission.pcap", "tcp-simultaneous-open/one-is-late", different,
     "the RST comes much later"},
    {"tcp/tcpflow-flow_test.pcap", "tcp-close", same, "6-8"},
    {"tcp/ndpi-smpp_in_general.pcap", "tcp-close", same, "14-17"},
    {"tcp/arkime-c1222.pcap", "tcp-close", different, "one FIN"},
    {"arp/ndpi-tcp_scan.pcap", "tcp-reset/in-the-middle", same, "3-9"},
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
    {"lab/arp-failure.pcapng", "arp", different, "nobody answers"},
    {"arp/zeek-arp-leak.pcap", "arp", same, "asked and answered"},
    {"icmp/zeek-5-pings.pcap", "ping/request-lost", different, "5 of 5"},
    {"icmp/community-icmp-ipv4.pcap", "ping/request-lost", different, "5 of 5"},
    {"icmp/zeek-icmp.pcap", "ping/request-lost", different, "captured twice, all answered"},
    {"icmp/community-icmp-unreachable-unreachable-ping.pcap", "ping/request-lost", same, "1"},
    {"icmp/sanders-icmp_traceroute.pcapng", "ping/request-lost", different, "answered by errors"},
    {"icmp/zeek-5-pings.pcap", "path-mtu/black-hole", different, "nothing is too large"},
    {"icmp/zeek-5-pings.pcap", "path-mtu/may-fragment", different, "no fragments"},
    {"icmp/zeek-5-pings.pcap", "traceroute-echo/silent-router", different, "no hops"},
    {"lab/icmp-traceroute-udp.pcapng", "traceroute/silent-router", different, "every hop answers"},
    {"lab/icmp-traceroute-udp.pcapng", "icmp-port-unreachable/error-lost", different, "8"},
    {"icmp/community-ensp-router-default-tracert-steps-ttl-udp-icmp-type-11-icmp.pcapng",
     "traceroute/silent-router", different, "every hop answers"},
    {"icmp/community-tracert-how-it-works-baidu-steps-ttl-pcwin7-tracert-icmp-typ.pcap",
     "traceroute-echo/silent-router", same, "TTL 4, 5, 6, 8 and 10"},
    {"icmp/community-tracert-how-it-works-baidu-steps-ttl-pcwin7-tracert-icmp-typ.pcap", "traceroute-echo",
     same, "TTL 1 to 11"},
    {"icmp/sanders-icmp_traceroute.pcapng", "traceroute-echo/silent-router", different, "every hop answers"},
    {"lab/icmp-redirect.pcapng", "ping", same, "three answers"},
    {"lab/icmp-redirect.pcapng", "ping/nobody-there", different, "somebody is"},
    {"lab/icmp-redirect.pcapng", "icmp-redirect/ignored", different, "12 goes to 10.30.0.3"},
    {"lab/icmp-host-unreachable-arp.pcapng", "ping/request-lost", different, "one request"},
    {"udp/wswiki-epl_sdo_udp.pcap", "udp-datagrams", same, "SDO over UDP"},
    {"udp/wswiki-epl_sdo_udp.pcap", "one-message", same, "1, 2"},
    {"udp/wswiki-epl_sdo_udp.pcap", "udp-loss", different, "8 asks anew, 1 was answered"},
    {"udp/wswiki-epl_sdo_udp.pcap", "udp-loss/answer-lost", different, "3 goes on"},
    {"udp/ndpi-fins.pcapng", "udp-loss/no-retry", same, "exchange 1 is never answered"},
    {"udp/ndpi-fins.pcapng", "udp-loss", different, "nothing is asked again"},
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
TEST(OverlayOnRealHosts, JudgesIcmpAndArp) {
    judge(others);
}

} // namespace
} // namespace wirestage::overlay::test
