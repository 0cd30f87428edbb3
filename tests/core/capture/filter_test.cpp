// SPDX-License-Identifier: GPL-3.0-or-later
// Filters of pcap-filter(7). The functions with which libpcap would look up a name are replaced here, so that
// every question to a name server is seen.
#include "core/capture/filter.h"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <array>
#include <atomic>
#include <dlfcn.h>
#include <netdb.h>
#include <random>

namespace {
std::atomic<int> questions{0};

/// An address is its own answer.
bool isAddress(const char* name) {
    std::array<char, sizeof(in6_addr)> ignored{};
    return inet_pton(AF_INET, name, ignored.data()) == 1 || inet_pton(AF_INET6, name, ignored.data()) == 1;
}
} // namespace

extern "C" {
int getaddrinfo(const char* name, const char* service, const addrinfo* hints, addrinfo** result) {
    const bool onlyNumbers = hints && (hints->ai_flags & AI_NUMERICHOST);
    if (name && !onlyNumbers && !isAddress(name)) {
        ++questions;
        return EAI_NONAME;
    }
    using Function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
    static const auto real = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "getaddrinfo"));
    return real(name, service, hints, result);
}
netent* getnetbyname(const char*) {
    ++questions;
    return nullptr;
}
int getnetbyname_r(const char*, netent*, char*, std::size_t, netent** result, int*) {
    ++questions;
    *result = nullptr;
    return 0;
}
hostent* gethostbyname(const char*) {
    ++questions;
    return nullptr;
}
}

namespace wirestage {
namespace {

std::string errorOf(const std::string& expression, LinkType link = LinkType::Ethernet) {
    const auto compiled = PacketFilter::compile(expression, link);
    const auto* error = std::get_if<PacketFilter::Error>(&compiled);
    return error ? english(error->message) : "";
}

bool matches(const std::string& expression, const Frame& frame) {
    const auto compiled = PacketFilter::compile(expression, LinkType::Ethernet);
    const auto* filter = std::get_if<PacketFilter>(&compiled);
    EXPECT_TRUE(filter) << expression;
    return filter && filter->matches(frame);
}

/// A UDP datagram from 192.0.2.1 port 1024 to 192.0.2.2 port 53, without payload (RFC 791, RFC 768).
constexpr std::array<std::uint8_t, 42> datagram{
    0x02, 0, 0, 0,  0, 2, 0x02, 0, 0,  0,  0, 1, 0x08, 0, // Ethernet
    0x45, 0, 0, 28, 0, 0, 0,    0, 64, 17, 0, 0, 192,  0, 2, 1, 192, 0, 2, 2, 4, 0, 0, 53, 0, 8, 0, 0};

Frame frameOf(Bytes bytes, LinkType link) {
    Frame frame;
    frame.bytes = bytes;
    frame.length = static_cast<std::uint32_t>(bytes.size());
    frame.link = link;
    return frame;
}

TEST(PacketFilter, SelectsPackets) {
    const Frame frame = frameOf(datagram, LinkType::Ethernet);
    EXPECT_TRUE(matches("", frame));
    EXPECT_TRUE(matches("udp port 53", frame));
    EXPECT_TRUE(matches("udp port domain", frame));
    EXPECT_TRUE(matches("src host 192.0.2.1 and dst net 192.0.2.0/24", frame));
    EXPECT_TRUE(matches("ether dst 02:00:00:00:00:02", frame));
    EXPECT_TRUE(matches("ip proto \\udp", frame));
    EXPECT_TRUE(matches("len <= 42", frame));
    EXPECT_FALSE(matches("tcp", frame));
    EXPECT_FALSE(matches("port 54", frame));
    EXPECT_FALSE(matches("ip6 host 2001:db8::1", frame));
}

TEST(PacketFilter, IsCompiledForEachLinkTypeThatTurnsUp) {
    const auto compiled = PacketFilter::compile("udp port 53", LinkType::Ethernet);
    const auto& filter = std::get<PacketFilter>(compiled);
    const Bytes packet = Bytes(datagram).subspan(14);
    EXPECT_TRUE(filter.matches(frameOf(packet, LinkType::RawIp)));
    EXPECT_TRUE(filter.matches(frameOf(packet, LinkType::Ipv4)));
    EXPECT_FALSE(filter.matches(frameOf(packet, LinkType::Ethernet)));
    EXPECT_FALSE(filter.matches(frameOf(packet, LinkType{0xffff})));
    EXPECT_FALSE(filter.matches(frameOf({}, LinkType::RawIp)));
    const auto ether = PacketFilter::compile("ether host 02:00:00:00:00:02", LinkType::Ethernet);
    EXPECT_FALSE(
        std::get<PacketFilter>(ether).matches(frameOf(packet, LinkType::RawIp))); // makes no sense there
}

TEST(PacketFilter, KnowsTheWordsOfTheManual) {
    // Examples in the manner of pcap-filter(7)
    for (const char* expression : {"host 192.0.2.1",
                                   "net 10",
                                   "net 10.1",
                                   "net 192.0.2.0 mask 255.255.255.0",
                                   "net 2001:db8::/32",
                                   "port 80 or 443",
                                   "tcp port ftp or ftp-data or domain",
                                   "portrange 6000-6008",
                                   "portrange ftp-data-ftp",
                                   "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0",
                                   "icmp[icmptype] != icmp-echo and icmp[icmptype] != icmp-echoreply",
                                   "ether[0] & 1 = 0 and ip[16] >= 224",
                                   "vlan 100 && ip",
                                   "mpls 1024",
                                   "pppoes",
                                   "ip broadcast or ether multicast",
                                   "not (arp or rarp)",
                                   "! ip6",
                                   "less 64",
                                   "greater 1000",
                                   "ether proto 0x88cc",
                                   "ether proto \\ip",
                                   "ip proto icmp",
                                   "ip6 protochain 6",
                                   "port (http or https)",
                                   "ip host ::1 or host fe80::1%2",
                                   "((tcp) and (port 21))",
                                   "ip[2:2] > 576",
                                   "ether host 02-00-00-00-00-01",
                                   "ether host 020000000001",
                                   "ether host 0200.0000.0001",
                                   "host ::ffff:192.0.2.1",
                                   "stp or isis or iso or esis",
                                   "llc ui",
                                   "inbound"}) {
        const auto refused = refusedFilterWord(expression);
        const bool zone = std::string_view(expression).find('%') != std::string_view::npos;
        EXPECT_TRUE(!refused || zone) << expression << ": " << english(*refused);
    }
    EXPECT_FALSE(
        refusedFilterWord("wlan type mgt subtype assoc-req or type data subtype qos-data or dir nods"));
}

TEST(PacketFilter, RefusesNamesBeforeAnybodyIsAsked) {
    questions = 0;
    EXPECT_EQ(errorOf("host example.com"),
              "unknown word “example.com”; a host is given by its address, because names are not looked up");
    EXPECT_EQ(errorOf("foo"),
              "unknown word “foo”; a host is given by its address, because names are not looked up");
    EXPECT_EQ(errorOf("net loopback"), "“loopback” is not a network's address; names are not looked up");
    for (const char* expression : {"tcp src www",
                                   "port http or host www",
                                   "port 80 and ip and www",
                                   "udp and \\www",
                                   "ether host router",
                                   "gateway router",
                                   "wlan type 0 or www",
                                   "llc && www",
                                   "llc (www)",
                                   "type mgt www",
                                   "host 1.2.3.4.",
                                   "host 1.2.3.4.5",
                                   "host 1.2.3.4-5",
                                   "host fe80:1:2",
                                   "host 12x",
                                   "1.2.3.4/foo",
                                   "host 02-00-00-00-00-01-02",
                                   "on eth0 eth1",
                                   "HOST",
                                   "host 0x",
                                   "net 10 mask foo",
                                   "port 80 or ip foo",
                                   "src 0200.0000.0001x",
                                   "dst ::foo",
                                   "ip6 abcd"})
        EXPECT_NE(errorOf(expression), "") << expression;
    EXPECT_EQ(questions, 0);
}

TEST(PacketFilter, ExplainsWhatItCannotUse) {
    EXPECT_EQ(errorOf("tcp and"), "not a complete filter: a word is missing, or stands in the wrong place");
    EXPECT_EQ(errorOf("port nosuchservice"), "not a usable filter: unknown port 'nosuchservice'");
    EXPECT_EQ(errorOf("ip and arp and ip6"), "no packet can match this");
    EXPECT_EQ(errorOf("port 80; ls"), "the character “;” means nothing in a filter");
    EXPECT_EQ(errorOf("port ä"), "the character “ä” means nothing in a filter");
    EXPECT_EQ(errorOf(std::string("tcp\0foo", 7)).substr(0, 13), "the character");
    EXPECT_EQ(errorOf(std::string(20'000, ' ')),
              "the filter is too long: at most 16384 characters are possible");
}

/// Words that belong together more or less.
// clang-format off
constexpr std::array words{
    "host", "net", "port", "portrange", "proto", "protochain", "src", "dst", "or", "and", "not", "(", ")",
    "tcp", "ip", "ip6", "ether", "llc", "type", "subtype", "wlan", "dir", "on", "foo", "http",
    "example.com", "10", "1.2", "1.2.3.4", "fe80::1", "aa:bb:cc:dd:ee:ff", "aabbccddeeff", "a-b-c-d-e-f",
    "1.2.3.4.5.6", "aabb.ccdd.eeff", "::", "1::2:3", "abcd", "face", "\\foo", "\\tcp", "&&", "||", "!",
    "=", "[", "]", ":", "-", "/", "mask", "vlan", "addr1", "action", "reason", "1-2", "0x10", "0xg", "$a",
    "1:2", "a.b", "a:b:c", "tcp-syn", "link", "len", "gateway", "abc::de:1.2.3.4", "::f.", "e:"};
// clang-format on

TEST(PacketFilter, AsksNobodyWhateverIsTyped) {
    // Strung together at random: libpcap may refuse, but never ask.
    std::mt19937 random(20'240'607);
    questions = 0;
    int passed = 0;
    for (int i = 0; i < 40'000; ++i) {
        std::string expression;
        const unsigned count = 1 + random() % 5;
        for (unsigned word = 0; word < count; ++word)
            expression += std::string(words[random() % words.size()]) + (random() % 6 ? " " : "");
        if (refusedFilterWord(expression))
            continue;
        ++passed;
        (void)PacketFilter::compile(expression, random() % 4 ? LinkType::Ethernet : LinkType{105});
        ASSERT_EQ(questions, 0) << expression;
    }
    EXPECT_GT(passed, 1000);
}

TEST(PacketFilter, SeesTheQuestionsThatItIsToPrevent) {
    // The test above would prove nothing if the replaced functions were not those that libpcap calls.
    questions = 0;
    addrinfo* none = nullptr;
    EXPECT_NE(getaddrinfo("example.com", nullptr, nullptr, &none), 0);
    EXPECT_EQ(questions, 1);
}

} // namespace
} // namespace wirestage
