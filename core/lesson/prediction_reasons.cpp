// SPDX-License-Identifier: GPL-3.0-or-later
// Why a kind of message would be wrong at a moment: what the protocols' state machines demand before it.
// TCP: RFC 9293, 3.10; DHCP: RFC 2131, 4.4; DNS: RFC 1035, 7; ARP: RFC 826; ICMP: RFC 792 and RFC
// 1122, 3.2.2; FTP: RFC 959, 5.4.
#include "core/lesson/prediction.h"

#include <algorithm>
#include <initializer_list>

namespace wirestage::lesson {
namespace {

bool oneOf(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Where the sender's state is known: must it be one of these?
bool mustNot(const Moment& moment, std::initializer_list<std::string_view> states) {
    return !moment.senderState.empty() && !oneOf(moment.senderState, states);
}

std::optional<Text> tcpReason(KindId kind, const Moment& moment) {
    const bool opened =
        moment.seenFrom("tcp.syn", moment.sender) || moment.seenFrom("tcp.syn_ack", moment.sender);
    // Of a connection that was captured from its middle on the beginning is behind us.
    const bool established = moment.seen("tcp.syn")
                                 ? opened && (moment.seen("tcp.ack") || moment.seen("tcp.data"))
                                 : !moment.past.empty();
    switch (kind) {
    case KindId::tcp_syn:
        if (opened)
            return WS_TR("predict", "A SYN opens a connection, and %1 has begun this one already.")
                .with(moment.senderName);
        return std::nullopt;
    case KindId::tcp_syn_ack:
        if (!moment.answers("tcp.syn"))
            return WS_TR("predict", "A SYN-ACK answers a SYN, and none is waiting for an answer from %1.")
                .with(moment.senderName);
        return std::nullopt;
    case KindId::tcp_ack:
        if (moment.past.empty())
            return WS_TR("predict", "Nothing has come that %1 could acknowledge.").with(moment.senderName);
        if (moment.answers("tcp.syn"))
            return WS_TR("predict", "An ACK alone would not tell the other end where %1's own numbers begin: "
                                    "that takes a SYN as well.")
                .with(moment.senderName);
        return std::nullopt;
    case KindId::tcp_data:
        if (!established)
            return WS_TR("predict",
                         "Data waits until both ends know of each other: the connection of %1 is not "
                         "established yet.")
                .with(moment.senderName);
        [[fallthrough]];
    case KindId::tcp_fin:
        if (moment.seenFrom("tcp.fin", moment.sender))
            return WS_TR("predict", "%1 has sent its FIN: after that it sends nothing new.")
                .with(moment.senderName);
        if (mustNot(moment, {"ESTABLISHED", "CLOSE-WAIT", "SYN-RECEIVED"}))
            return WS_TR("predict", "%1 is in %2, where it has nothing to send or to close.")
                .with(moment.senderName)
                .with(moment.senderState);
        if (moment.past.empty())
            return WS_TR("predict", "There is no connection yet that could be closed.");
        return std::nullopt;
    case KindId::tcp_rst:
        return WS_TR("predict",
                     "A RST breaks off what cannot go on, or refuses what nobody listens for: nothing "
                     "of that kind has happened.");
    default: return std::nullopt;
    }
}

std::optional<Text> dhcpReason(KindId kind, const Moment& moment) {
    const Text nobodyAsked = WS_TR("predict", "That is a server's answer, and no client is waiting for it.");
    switch (kind) {
    case KindId::dhcp_discover:
        if (moment.answers("dhcp.offer"))
            return WS_TR("predict",
                         "A server has been found: the client takes up the offer before it searches "
                         "again.");
        if (mustNot(moment, {"INIT", "SELECTING"}))
            return WS_TR("predict", "A client searches for servers in INIT; it is in %1.")
                .with(moment.senderState);
        if (moment.past.empty() || !moment.answers("dhcp"))
            return moment.seen("dhcp.discover")
                       ? std::optional(WS_TR("predict", "The search is answered next, or repeated only after "
                                                        "seconds of silence."))
                       : std::nullopt;
        return std::nullopt;
    case KindId::dhcp_offer:
        return moment.answers("dhcp.discover") ? std::nullopt : std::optional(nobodyAsked);
    case KindId::dhcp_request:
        if (moment.answers("dhcp.discover"))
            return WS_TR("predict", "No server has offered anything yet that could be asked for.");
        if (mustNot(moment, {"SELECTING", "REQUESTING", "INIT-REBOOT", "REBOOTING", "BOUND", "RENEWING",
                             "REBINDING"}))
            return WS_TR("predict", "In %1 the client knows of no address that it could ask for.")
                .with(moment.senderState);
        return std::nullopt;
    case KindId::dhcp_ack:
    case KindId::dhcp_nak:
        if (moment.answers("dhcp.discover"))
            return WS_TR("predict",
                         "A Discover is answered by an Offer: nothing has been asked for that could be "
                         "granted or refused.");
        if (!moment.answers("dhcp.request") && !moment.answers("dhcp.inform"))
            return nobodyAsked;
        if (kind == KindId::dhcp_nak)
            return WS_TR("predict",
                         "A NAK is for an address that is wrong here or taken: the one asked for is "
                         "neither.");
        return std::nullopt;
    case KindId::dhcp_decline:
        if (!moment.seen("dhcp.ack"))
            return WS_TR("predict",
                         "Only an address that was granted can turn out to be in use and be declined.");
        return std::nullopt;
    case KindId::dhcp_release:
        if (!moment.seen("dhcp.ack"))
            return WS_TR("predict", "There is no lease yet that could be given back.");
        return std::nullopt;
    default: return std::nullopt;
    }
}

std::optional<Text> dnsReason(KindId kind, const Moment& moment) {
    const bool waiting = moment.answers("dns.query");
    if (isKind(kind, "dns.response") && !waiting)
        return WS_TR("predict", "A response answers a query, and none is waiting for one from %1.")
            .with(moment.senderName);
    if (isKind(kind, "dns.query") && waiting)
        return WS_TR("predict", "%1 has been asked, and answers before anything else happens here.")
            .with(moment.senderName);
    if (kind == KindId::dns_query_transfer && !moment.seen("dns.query.transfer"))
        return WS_TR("predict",
                     "A zone transfer is between servers of one zone; here somebody wants one answer.");
    return std::nullopt;
}

std::optional<Text> arpReason(KindId kind, const Moment& moment) {
    const bool asked = moment.answers("arp.request");
    if (kind == KindId::arp_reply && !asked)
        return WS_TR("predict", "Nobody has asked %1 for its hardware address.").with(moment.senderName);
    if (kind == KindId::arp_request && asked)
        return WS_TR("predict",
                     "The one that was asked answers; it learned the other's address from the question.");
    if (kind == KindId::arp_request_probe)
        return WS_TR("predict", "A probe is for an address that one does not have yet; %1 has its own.")
            .with(moment.senderName);
    if (kind == KindId::arp_request_gratuitous)
        return WS_TR("predict",
                     "An announcement comes when an address is new or moved: nothing has changed here.");
    return std::nullopt;
}

std::optional<Text> icmpReason(KindId kind, const Moment& moment) {
    const bool pinged = moment.answers("icmp.echo_request");
    switch (kind) {
    case KindId::icmp_echo_reply:
        if (!pinged)
            return WS_TR("predict", "No Echo Request is waiting for an answer from %1.")
                .with(moment.senderName);
        return std::nullopt;
    case KindId::icmp_echo_request:
        if (pinged)
            return WS_TR("predict", "%1 was asked for an echo: it answers, it does not ask back.")
                .with(moment.senderName);
        return std::nullopt;
    case KindId::icmp_unreachable_port:
        if (pinged || moment.seen("icmp.echo_reply"))
            return WS_TR("predict", "An echo has no port: “port unreachable” answers UDP.");
        return std::nullopt;
    case KindId::icmp_unreachable_host:
    case KindId::icmp_time_exceeded_ttl:
    case KindId::icmp_unreachable_fragmentation_needed:
        if (moment.past.empty() || moment.seen("icmp.echo_reply"))
            return WS_TR("predict",
                         "An error is about a packet that could not be delivered: none has failed.");
        return std::nullopt;
    case KindId::icmp_time_exceeded_reassembly:
        return WS_TR("predict", "No datagram is waiting for a fragment that does not come.");
    case KindId::icmp_redirect_host:
        return WS_TR("predict",
                     "A redirect comes from a router that knows a better one on the same network.");
    default: return std::nullopt;
    }
}

std::optional<Text> ftpReason(KindId kind, const Moment& moment) {
    const bool isReply = isKind(kind, "ftp.reply");
    const bool waiting = moment.answers("ftp.command");
    if (isReply && moment.past.empty())
        return kind == KindId::ftp_reply_220
                   ? std::nullopt
                   : std::optional(WS_TR("predict", "The server's first word is its greeting, 220."));
    if (isReply && !waiting && !moment.seenFrom("ftp.reply.150", moment.sender))
        return WS_TR("predict", "A reply answers a command, and none is waiting.");
    if (!isReply && waiting)
        return WS_TR("predict", "A command is waiting for the server's reply.");
    switch (kind) {
    case KindId::ftp_command_pass:
        if (!moment.answers("ftp.reply.331"))
            return WS_TR("predict",
                         "The password comes after the name, when the server asks for it with 331.");
        return std::nullopt;
    case KindId::ftp_command_retr:
    case KindId::ftp_command_list:
    case KindId::ftp_command_pasv:
    case KindId::ftp_command_port:
        if (!moment.seen("ftp.reply.230"))
            return WS_TR("predict", "Nobody has logged in yet.");
        return std::nullopt;
    case KindId::ftp_command_user:
        if (moment.seen("ftp.command.user"))
            return WS_TR("predict", "The server knows already who is there.");
        return std::nullopt;
    case KindId::ftp_reply_220: return WS_TR("predict", "220 greets a new connection; this one was greeted.");
    case KindId::ftp_reply_331:
        return moment.answers("ftp.command.user")
                   ? std::nullopt
                   : std::optional(WS_TR("predict", "331 asks for a password after USER."));
    case KindId::ftp_reply_230:
        return moment.answers("ftp.command.pass") || moment.answers("ftp.command.user")
                   ? std::nullopt
                   : std::optional(WS_TR("predict", "230 says that the login succeeded; there is none now."));
    case KindId::ftp_reply_227:
        return moment.answers("ftp.command.pasv")
                   ? std::nullopt
                   : std::optional(WS_TR("predict", "227 tells a port after PASV."));
    case KindId::ftp_reply_150:
        return moment.answers("ftp.command.retr") || moment.answers("ftp.command.stor") ||
                       moment.answers("ftp.command.list")
                   ? std::nullopt
                   : std::optional(WS_TR("predict", "150 announces a transfer, and none was asked for."));
    case KindId::ftp_reply_226:
        return moment.seen("ftp.reply.150")
                   ? std::nullopt
                   : std::optional(WS_TR("predict", "226 ends a transfer, and none has begun."));
    default: return std::nullopt;
    }
}

} // namespace

std::optional<Text> whyNotNow(KindId id, const Moment& moment) {
    switch (kind(id).protocol) {
    case ProtocolId::tcp: return tcpReason(id, moment);
    case ProtocolId::dhcp: return dhcpReason(id, moment);
    case ProtocolId::dns: return dnsReason(id, moment);
    case ProtocolId::arp: return arpReason(id, moment);
    case ProtocolId::icmp: return icmpReason(id, moment);
    case ProtocolId::ftp: return ftpReason(id, moment);
    default: return std::nullopt;
    }
}

} // namespace wirestage::lesson
