// SPDX-License-Identifier: GPL-3.0-or-later
// Takes lines of FTP's control connection apart (RFC 959, 4; RFC 2428, 2 and 3).
#include "core/protocols/ftp/ftp_wire.h"

#include "core/protocols/ftp/ftp_names.h"

#include <algorithm>
#include <charconv>

namespace wirestage {
namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isLetter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// A decimal number of at most `most` at the start, taken off.
std::optional<unsigned> takeNumber(std::string_view& text, unsigned most) {
    unsigned number = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || number > most)
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
    return number;
}

/// h1,h2,h3,h4,p1,p2 at the start.
std::optional<FtpEndpoint> sixNumbers(std::string_view text) {
    std::uint8_t numbers[6];
    for (std::size_t i = 0; i < 6; ++i) {
        if (i > 0) {
            if (text.empty() || text[0] != ',')
                return std::nullopt;
            text.remove_prefix(1);
        }
        const auto number = takeNumber(text, 255);
        if (!number)
            return std::nullopt;
        numbers[i] = static_cast<std::uint8_t>(*number);
    }
    return FtpEndpoint{IpAddress::v4(numbers), static_cast<std::uint16_t>(numbers[4] << 8 | numbers[5])};
}

bool isPrintable(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x20 ? byte != 0x7f : byte == '\t';
    });
}

} // namespace

std::size_t ftpLineLength(Bytes stream) {
    const auto lf = std::find(stream.begin(), stream.end(), '\n');
    return lf == stream.end() ? 0 : static_cast<std::size_t>(lf - stream.begin()) + 1;
}

std::string_view ftpLineText(Bytes line) {
    std::string_view text(reinterpret_cast<const char*>(line.data()), line.size());
    if (text.ends_with('\n'))
        text.remove_suffix(1);
    if (text.ends_with('\r'))
        text.remove_suffix(1);
    return text;
}

FtpCommand readFtpCommand(Bytes line) {
    const std::string_view text = ftpLineText(line);
    FtpCommand command;
    const std::size_t space = std::min(text.find(' '), text.size());
    command.verb.text = text.substr(0, space);
    const std::size_t argument = std::min(text.find_first_not_of(' ', space), text.size());
    command.argument = {static_cast<std::uint32_t>(argument), text.substr(argument)};
    return command;
}

FtpReplyLine readFtpReplyLine(Bytes line) {
    const std::string_view text = ftpLineText(line);
    FtpReplyLine reply;
    const bool numbered = text.size() >= 3 && isDigit(text[0]) && isDigit(text[1]) && isDigit(text[2]) &&
                          (text.size() == 3 || !isDigit(text[3]));
    if (!numbered) {
        reply.text = {0, text};
        return reply;
    }
    reply.code = static_cast<std::uint16_t>((text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0'));
    const std::size_t from = std::min<std::size_t>(4, text.size());
    reply.goesOn = text.size() > 3 && text[3] == '-';
    reply.text = {static_cast<std::uint32_t>(from), text.substr(from)};
    return reply;
}

FtpReplyAssembly::Step FtpReplyAssembly::add(const FtpReplyLine& line) {
    if (code == 0) {
        if (!line.goesOn || line.code == 0)
            return Step::Whole;
        code = line.code;
        return Step::First;
    }
    if (line.code != code || line.goesOn)
        return Step::Inside;
    code = 0;
    return Step::Last;
}

std::optional<FtpEndpoint> ftpEndpointOfPort(std::string_view argument) {
    return sixNumbers(argument);
}

std::optional<FtpEndpoint> ftpEndpointOfPasvReply(std::string_view text) {
    // The parentheses are usual, not required (RFC 1123, 4.1.2.6): the first six numbers count.
    for (std::size_t i = 0; i < text.size(); ++i)
        if (isDigit(text[i]) && (i == 0 || !isDigit(text[i - 1])))
            if (const auto endpoint = sixNumbers(text.substr(i)))
                return endpoint;
    return std::nullopt;
}

std::optional<FtpEndpoint> ftpEndpointOfEprt(std::string_view argument) {
    if (argument.empty())
        return std::nullopt;
    const char delimiter = argument[0];
    std::string_view rest = argument.substr(1);
    const auto next = [&]() -> std::optional<std::string_view> {
        const std::size_t stop = rest.find(delimiter);
        if (stop == std::string_view::npos)
            return std::nullopt;
        const std::string_view part = rest.substr(0, stop);
        rest.remove_prefix(stop + 1);
        return part;
    };
    const auto family = next(), host = next();
    auto port = next();
    if (!family || !host || !port)
        return std::nullopt;
    const auto address = parseIpAddress(*host);
    const auto number = takeNumber(*port, 65535);
    if (!address || !number || !port->empty() || *family != (address->version == 4 ? "1" : "2"))
        return std::nullopt;
    return FtpEndpoint{*address, static_cast<std::uint16_t>(*number)};
}

std::optional<FtpEndpoint> ftpEndpointOfEpsvReply(std::string_view text) {
    const std::size_t open = text.find('(');
    if (open == std::string_view::npos || open + 4 > text.size())
        return std::nullopt;
    std::string_view rest = text.substr(open + 1);
    const char delimiter = rest[0];
    if (rest[1] != delimiter || rest[2] != delimiter)
        return std::nullopt;
    rest.remove_prefix(3);
    const auto port = takeNumber(rest, 65535);
    if (!port || rest.empty() || rest[0] != delimiter)
        return std::nullopt;
    return FtpEndpoint{{}, static_cast<std::uint16_t>(*port)};
}

std::optional<FtpEndpoint> ftpEndpointOf(const FtpCommand& command) {
    if (ftp::sameVerb(command.verb.text, "PORT"))
        return ftpEndpointOfPort(command.argument.text);
    if (ftp::sameVerb(command.verb.text, "EPRT"))
        return ftpEndpointOfEprt(command.argument.text);
    return std::nullopt;
}

std::optional<FtpEndpoint> ftpEndpointOf(const FtpReplyLine& reply) {
    if (reply.code == 227)
        return ftpEndpointOfPasvReply(reply.text.text);
    if (reply.code == 229)
        return ftpEndpointOfEpsvReply(reply.text.text);
    return std::nullopt;
}

bool looksLikeFtpReply(Bytes line) {
    const std::string_view text = ftpLineText(line);
    if (text.size() < 4 || text.size() == line.size() || (text[3] != ' ' && text[3] != '-'))
        return false;
    const bool numbered =
        text[0] >= '1' && text[0] <= '6' && text[1] >= '0' && text[1] <= '5' && isDigit(text[2]);
    return numbered && isPrintable(text);
}

bool looksLikeFtpCommand(Bytes line) {
    const std::string_view text = ftpLineText(line);
    if (text.size() == line.size() || !isPrintable(text))
        return false;
    const FtpCommand command = readFtpCommand(line);
    return command.verb.length() >= 3 && command.verb.length() <= 4 &&
           std::all_of(command.verb.text.begin(), command.verb.text.end(), isLetter) &&
           ftp::verbNamed(command.verb.text) != nullptr;
}

bool opensFtpSession(Bytes line) {
    if (!looksLikeFtpCommand(line))
        return false;
    const std::string_view verb = readFtpCommand(line).verb.text;
    return ftp::sameVerb(verb, "USER") || ftp::sameVerb(verb, "AUTH") || ftp::sameVerb(verb, "FEAT") ||
           ftp::sameVerb(verb, "HOST") || ftp::sameVerb(verb, "SYST") || ftp::sameVerb(verb, "OPTS");
}

} // namespace wirestage
