// SPDX-License-Identifier: GPL-3.0-or-later
// FTP sessions (RFC 959): commands and replies on the control connection, and the data connections that PORT,
// PASV, EPRT and EPSV (RFC 2428) announce.
#include "core/protocols/ftp/ftp_story.h"
#include "core/protocols/tcp/tcp_messages.h"

#include <algorithm>
#include <array>

#include <fmt/core.h>

namespace wirestage {
namespace {

/// How far a session has come: ExchangeRecord::phase.
enum class Session : std::uint8_t { Greeting, LoggingIn, LoggedIn, Denied };

Session sessionOf(const ExchangeRecord& exchange) {
    return static_cast<Session>(exchange.phase);
}

/// Where a data connection will go: to the address that was named and, where a translator stands between, to
/// the peer itself.
void expectData(Grouping& grouping, const FtpEndpoint& endpoint, HostId peer, ExchangeId session) {
    grouping.expect(peer, endpoint.port, session);
    if (endpoint.address.version) {
        const HostId named = grouping.hosts.find(endpoint.address);
        if (named != none && named != peer)
            grouping.expect(named, endpoint.port, session);
    }
}

void command(Grouping& grouping, PacketInHand& packet, Bytes line) {
    const FtpCommand read = readFtpCommand(line);
    const KindId what = ftpCommandKind(read.verb.text);
    packet.completes(what);
    ExchangeRecord& exchange = grouping.exchange(packet.exchange);
    if (what == KindId::ftp_command_user)
        exchange.phase = static_cast<std::uint8_t>(Session::LoggingIn);
    if (const auto endpoint = ftpEndpointOf(read))
        expectData(grouping, *endpoint, packet.source, packet.exchange);
}

void reply(Grouping& grouping, PacketInHand& packet, Bytes lines) {
    const FtpReplyLine read = readFtpReplyLine(lines.first(std::max<std::size_t>(1, ftpLineLength(lines))));
    packet.completes(ftpReplyKind(read.code));
    if (const auto endpoint = ftpEndpointOf(read))
        expectData(grouping, *endpoint, packet.source, packet.exchange);
    ExchangeRecord& exchange = grouping.exchange(packet.exchange);
    switch (read.code) {
    case 230:
        exchange.phase = static_cast<std::uint8_t>(Session::LoggedIn);
        grouping.unsettle(packet.exchange);
        break;
    case 430:
    case 530:
        if (sessionOf(exchange) == Session::LoggingIn) {
            exchange.phase = static_cast<std::uint8_t>(Session::Denied);
            grouping.settle(packet.exchange, Outcome::Denied);
        }
        break;
    case 221:
        if (sessionOf(exchange) != Session::Denied)
            grouping.settle(packet.exchange, Outcome::Completed);
        break;
    case 421:
        if (sessionOf(exchange) != Session::Denied)
            grouping.settle(packet.exchange, Outcome::Failed);
        break;
    default: break;
    }
}

void streamMessage(Grouping& grouping, PacketInHand& packet, Bytes lines) {
    ExchangeRecord& exchange = grouping.exchange(packet.exchange);
    if (exchange.protocol == ProtocolId::tcp)
        exchange.protocol = ProtocolId::ftp;
    if (packet.levels & PacketRecord::fromResponder)
        reply(grouping, packet, lines);
    else
        command(grouping, packet, lines);
}

bool isDigit(std::uint8_t c) {
    return c >= '0' && c <= '9';
}

/// A command is a line. A reply is one too, or "220-" and all lines up to the one that begins with "220 ".
std::size_t cut(Bytes stream) {
    std::size_t length = ftpLineLength(stream);
    if (length < 4 || !isDigit(stream[0]) || !isDigit(stream[1]) || !isDigit(stream[2]) || stream[3] != '-')
        return length;
    const std::array<std::uint8_t, 4> end{stream[0], stream[1], stream[2], ' '};
    for (std::size_t at = length;;) {
        const Bytes rest = stream.subspan(at);
        const std::size_t line = ftpLineLength(rest);
        if (line == 0)
            return 0;
        at += line;
        if (line >= 4 && std::equal(end.begin(), end.end(), rest.begin()))
            return at;
    }
}

/// POP3 and SMTP open with the same words as FTP does: only the server's greeting is unmistakable.
bool claimsStream(Bytes first, bool fromOriginator) {
    constexpr std::string_view code = "220", name = "FTP";
    return !fromOriginator && first.size() > 4 && std::equal(code.begin(), code.end(), first.begin()) &&
           (first[3] == ' ' || first[3] == '-') &&
           std::search(first.begin(), first.end(), name.begin(), name.end(), [](std::uint8_t a, char b) {
               return (a >= 'a' && a <= 'z' ? a - 32 : a) == b;
           }) != first.end();
}

KindId kindOf(const Dissection&, Bytes message, bool fromResponder) {
    if (fromResponder)
        return ftpReplyKind(
            readFtpReplyLine(message.first(std::max<std::size_t>(ftpLineLength(message),
                                                                 std::min<std::size_t>(1, message.size()))))
                .code);
    return ftpCommandKind(readFtpCommand(message).verb.text);
}

void describeSegment(const Dissection& packet, bool fromResponder, Describer& describer) {
    describeFtp(packet.payload, fromResponder ? FtpSide::Server : FtpSide::Client, describer);
}

constexpr std::array<std::uint16_t, 1> ports{21};

} // namespace

KindId ftpCommandKind(std::string_view verb) {
    std::string lower(verb);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> old{
        {{"xcwd", "cwd"}, {"xpwd", "pwd"}, {"xmkd", "mkd"}, {"xrmd", "rmd"}}}; // RFC 775's names of the same
    for (const auto& [before, now] : old)
        if (lower == before)
            lower = now;
    return kindOfName("ftp.command." + lower).value_or(KindId::ftp_command_other);
}

KindId ftpReplyKind(unsigned code) {
    return kindOfName(fmt::format("ftp.reply.{}", code)).value_or(KindId::ftp_reply_other);
}

extern const MessageRoom ftpRoom;
const MessageRoom ftpRoom{
    .protocol = ProtocolId::ftp,
    .tcpPorts = ports,
    .claimsStream = claimsStream,
    .cut = cut,
    .streamMessage = streamMessage,
    .kindOf = kindOf,
    .describeSegment = describeSegment,
    .tell = tellFtp,
    .walk = walkConnection,
    .narrate = narrateFtp,
};

} // namespace wirestage
