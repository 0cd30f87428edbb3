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
    {"lab/arp-failure.pcapng", "arp", different, "nobody answers"},
    {"arp/zeek-arp-leak.pcap", "arp", same, "asked and answered"},
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
