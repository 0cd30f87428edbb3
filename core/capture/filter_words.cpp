// SPDX-License-Identifier: GPL-3.0-or-later
// Tells the words of pcap-filter(7) from names that libpcap would look up. It cuts an expression into words
// exactly as libpcap does (the longest match counts), and is stricter wherever the two could disagree.
#include "core/capture/filter.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>

namespace wirestage {
namespace {

using namespace std::string_view_literals;

// Qualifiers, protocols and named values that mean something by themselves, with a space on either side.
// clang-format off
constexpr std::string_view keywords =
    " aarp addr1 addr2 addr3 addr4 address1 address2 address3 address4 ah and arp atalk bcc broadcast "
    "byte carp clnp connectmsg csnp decnet dpc dst es-is esis esp ether fddi fisu geneve greater hdpc "
    "hfisu hlssu hmsu hopc host hsio hsls icmp icmp-echo icmp-echoreply icmp-ireq icmp-ireqreply "
    "icmp-maskreply icmp-maskreq icmp-paramprob icmp-redirect icmp-routeradvert icmp-routersolicit "
    "icmp-sourcequench icmp-timxceed icmp-tstamp icmp-tstampreply icmp-unreach icmp6 "
    "icmp6-certpathadvert icmp6-certpathsolicit icmp6-destinationunreach icmp6-echo icmp6-echoreply "
    "icmp6-homeagentdiscoveryreply icmp6-homeagentdiscoveryrequest icmp6-ineighbordiscoveryadvert "
    "icmp6-ineighbordiscoverysolicit icmp6-mobileprefixadvert icmp6-mobileprefixsolicit "
    "icmp6-multicastlistenerdone icmp6-multicastlistenerquery icmp6-multicastlistenerreportv1 "
    "icmp6-multicastlistenerreportv2 icmp6-multicastrouteradvert icmp6-multicastroutersolicit "
    "icmp6-multicastrouterterm icmp6-neighboradvert icmp6-neighborsolicit icmp6-nodeinformationquery "
    "icmp6-nodeinformationresponse icmp6-packettoobig icmp6-parameterproblem icmp6-redirect "
    "icmp6-routeradvert icmp6-routerrenum icmp6-routersolicit icmp6-timeexceeded icmp6code icmp6type "
    "icmpcode icmptype igmp igrp iih ifindex ilmic inbound ip ip6 ipx is-is isis iso l1 l2 lane lat "
    "len length less link lssu lsp lsu mask metac metaconnect mopdl moprc mpls msu multicast net "
    "netbeui not oam oamf4 oamf4ec oamf4sc opc or outbound pim ppp pppoed pppoes psnp ra radio rarp "
    "rnr rulenum sc sca sctp sio slip sls snp src srnr stp subrulenum ta tcp tcp-ack tcp-cwr tcp-ece "
    "tcp-fin tcp-push tcp-rst tcp-syn tcp-urg tcpflags tr udp vci vlan vpi vrrp wlan ";
// clang-format on

// What a name means that follows these: looked up in the tables of this machine ...
constexpr std::array localNameFollows{"port"sv, "portrange"sv, "proto"sv, "protochain"sv};
// ... or compared with libpcap's own words; one name only.
constexpr std::array fixedNameFollows{"type"sv, "subtype"sv, "dir"sv,    "direction"sv, "ifname"sv, "on"sv,
                                      "rset"sv, "ruleset"sv, "reason"sv, "action"sv,    "llc"sv};
// These pass on what the name before them meant: "port http or smtp".
constexpr std::array joiners{"and"sv, "or"sv, "not"sv};

bool isKeyword(std::string_view word) {
    for (std::size_t at = keywords.find(word); at != keywords.npos; at = keywords.find(word, at + 1))
        if (keywords[at - 1] == ' ' && keywords[at + word.size()] == ' ')
            return true;
    return false;
}

/// Who would be asked for the meaning of the next name: a name server, this machine's tables, or nobody
/// because libpcap knows the few that are possible.
enum class Names { Remote, Local, Fixed };

template <std::size_t N>
bool isIn(const std::array<std::string_view, N>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isHex(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool isAlphanumeric(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

template <class Predicate>
std::size_t lengthOf(std::string_view text, Predicate&& predicate) {
    return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), predicate) - text.begin());
}

/// Letters, digits, "-", "_" and "."; the last one no "-" or "_".
std::string_view wordAt(std::string_view text) {
    std::size_t length =
        lengthOf(text, [](char c) { return isAlphanumeric(c) || c == '-' || c == '_' || c == '.'; });
    while (length > 1 && (text[length - 1] == '-' || text[length - 1] == '_'))
        --length;
    return text.substr(0, length);
}

/// `parts` groups of hexadecimal digits, each as long as allowed, with a separator between.
bool isGrouped(std::string_view text, char separator, int parts, std::size_t least, std::size_t most) {
    for (int part = 0; part < parts; ++part) {
        const std::size_t digits = lengthOf(text, isHex);
        if (digits < least || digits > most)
            return false;
        text.remove_prefix(digits);
        if (part + 1 == parts)
            return text.empty();
        if (text.empty() || text[0] != separator)
            return false;
        text.remove_prefix(1);
    }
    return false;
}

/// An address with colons at the start of the text: Ethernet or IPv6; empty where there is none.
std::string_view colonAddressAt(std::string_view text) {
    const std::string_view address =
        text.substr(0, lengthOf(text, [](char c) { return isHex(c) || c == ':' || c == '.'; }));
    if (address.find(':') == address.npos || address.size() > 45)
        return {};
    const std::string_view behind = text.substr(address.size());
    if (!behind.empty() && (isAlphanumeric(behind[0]) || behind[0] == '-' || behind[0] == '_'))
        return {};
    in6_addr ignored{};
    if (isGrouped(address, ':', 6, 1, 2) || inet_pton(AF_INET6, std::string(address).c_str(), &ignored) == 1)
        return address;
    return {};
}

/// Numbers, IPv4 addresses and networks (10.1), Ethernet addresses without colons.
bool isNumberOrAddress(std::string_view word) {
    if (word.starts_with("0x") || word.starts_with("0X"))
        return word.size() > 2 && lengthOf(word.substr(2), isHex) == word.size() - 2;
    if (isGrouped(word, '-', 6, 1, 2) || isGrouped(word, '.', 6, 1, 2) || isGrouped(word, '.', 3, 4, 4) ||
        (word.size() == 12 && lengthOf(word, isHex) == 12))
        return true;
    std::size_t dots = 0;
    bool digitBefore = false;
    for (const char c : word) {
        if (c == '.' ? !digitBefore : !isDigit(c))
            return false;
        digitBefore = c != '.';
        dots += c == '.' ? 1 : 0;
    }
    return digitBefore && dots <= 3;
}

Text refused(std::string_view word, std::string_view before) {
    if (before == "gateway")
        return WS_TR("filter", "“gateway” needs a name server, which is never asked; use “ether host” with "
                               "the gateway's address");
    if (before == "net")
        return WS_TR("filter", "“%1” is not a network's address; names are not looked up")
            .with(printable(word));
    return WS_TR("filter",
                 "unknown word “%1”; a host is given by its address, because names are not looked up")
        .with(printable(word));
}

class Checker {
public:
    explicit Checker(std::string_view expression) : rest_(expression) {}

    std::optional<Text> run() {
        while (!rest_.empty()) {
            const char c = rest_.front();
            if (const std::string_view address = colonAddressAt(rest_); !address.empty()) {
                rest_.remove_prefix(address.size());
                endFixed();
            } else if (isAlphanumeric(c)) {
                if (std::optional<Text> why = word(wordAt(rest_)))
                    return why;
            } else if (c == '\\') {
                const std::size_t length = 1 + lengthOf(rest_.substr(1), [](char e) {
                                               return " !()\n\t"sv.find(e) == std::string_view::npos;
                                           });
                if (std::optional<Text> why = name(rest_.substr(0, length)))
                    return why;
                rest_.remove_prefix(length);
            } else if (" \t\r\n+-*/%:[]!<>()&|^=$"sv.find(c) == std::string_view::npos) {
                return WS_TR("filter", "the character “%1” means nothing in a filter")
                    .with(printable(rest_.substr(0, characterLength())));
            } else {
                if (" \t\r\n"sv.find(c) == std::string_view::npos)
                    endFixed();
                rest_.remove_prefix(1);
            }
        }
        return std::nullopt;
    }

private:
    std::optional<Text> word(std::string_view found) {
        rest_.remove_prefix(found.size());
        if (found == "gateway")
            return refused(found, found);
        if (isIn(localNameFollows, found))
            names_ = Names::Local;
        else if (isIn(fixedNameFollows, found))
            names_ = Names::Fixed;
        else if (isIn(joiners, found))
            endFixed();
        else if (isKeyword(found))
            names_ = Names::Remote;
        else if (isNumberOrAddress(found))
            endFixed();
        else
            return name(found);
        before_ = found;
        return std::nullopt;
    }

    /// A name is fine where nobody else is asked for its meaning.
    std::optional<Text> name(std::string_view found) {
        if (names_ == Names::Remote)
            return refused(found, before_);
        endFixed();
        return std::nullopt;
    }

    /// The fixed names are one at a time, directly behind their word.
    void endFixed() { names_ = names_ == Names::Fixed ? Names::Remote : names_; }

    [[nodiscard]] std::size_t characterLength() const {
        std::size_t length = 1;
        while (length < rest_.size() && length < 4 &&
               (static_cast<unsigned char>(rest_[length]) & 0xc0) == 0x80)
            ++length;
        return length;
    }

    std::string_view rest_;
    std::string_view before_;
    Names names_ = Names::Remote;
};

} // namespace

std::optional<Text> refusedFilterWord(std::string_view expression) {
    return Checker(expression).run();
}

} // namespace wirestage
