// SPDX-License-Identifier: GPL-3.0-or-later
// FTP's control connection: lines of commands and replies (RFC 959, 4 and 5), kept with their byte ranges,
// and the addresses of data connections in them (RFC 959, RFC 2428). Nothing here takes memory but
// descriptions.
#pragma once

#include "core/bytes/address.h"
#include "core/protocols/description.h"
#include "core/protocols/dissection.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace wirestage {

/// Who sent the bytes: commands come from the client, replies from the server.
enum class FtpSide : std::uint8_t { Client, Server };

/// A piece of a line: where it stands and what it says.
struct FtpPiece {
    std::uint32_t offset = 0; ///< from the first byte of the line
    std::string_view text;    ///< points into the line

    [[nodiscard]] std::uint32_t length() const { return static_cast<std::uint32_t>(text.size()); }
    [[nodiscard]] bool empty() const { return text.empty(); }
};

/// Bytes up to and with the first line end (LF, or CR LF); 0 where there is none.
std::size_t ftpLineLength(Bytes stream);
/// The line without its line end.
std::string_view ftpLineText(Bytes line);

struct FtpCommand {
    FtpPiece verb;     ///< as it was written; empty where the line is
    FtpPiece argument; ///< spaces in front left out
};
FtpCommand readFtpCommand(Bytes line);

struct FtpReplyLine {
    std::uint16_t code = 0; ///< 0: the line begins with none (the inside of a reply of several lines)
    bool goesOn = false;    ///< "220-": more lines follow until one says "220 "
    FtpPiece text;          ///< behind code and separator
};
FtpReplyLine readFtpReplyLine(Bytes line);

/// Puts lines together to replies: "code-" opens a reply that "code " closes (RFC 959, 4.2).
class FtpReplyAssembly {
public:
    enum class Step : std::uint8_t { Whole, First, Inside, Last };
    /// Takes the next line of the server: a whole reply, or which part of one.
    Step add(const FtpReplyLine& line);
    /// The code of the reply that is open; 0 where none is.
    [[nodiscard]] std::uint16_t openCode() const { return code; }
    bool operator==(const FtpReplyAssembly&) const = default;

private:
    std::uint16_t code = 0;
};

/// Where a data connection goes. The address has version 0 where the text names none (229).
struct FtpEndpoint {
    IpAddress address;
    std::uint16_t port = 0;
};
std::optional<FtpEndpoint> ftpEndpointOfPort(std::string_view argument);  ///< PORT h1,h2,h3,h4,p1,p2
std::optional<FtpEndpoint> ftpEndpointOfEprt(std::string_view argument);  ///< EPRT |family|address|port|
std::optional<FtpEndpoint> ftpEndpointOfPasvReply(std::string_view text); ///< text of a 227
std::optional<FtpEndpoint> ftpEndpointOfEpsvReply(std::string_view text); ///< text of a 229
/// Any of the four, by command or code; nothing where the line opens no data connection.
std::optional<FtpEndpoint> ftpEndpointOf(const FtpCommand& command);
std::optional<FtpEndpoint> ftpEndpointOf(const FtpReplyLine& reply);

/// For other ports than 21: a line that begins as a reply of FTP does and is text to its end; and one whose
/// verb is a command of FTP. A server that greets with 220 and a client whose first command `opensFtpSession`
/// speak FTP; SMTP greets with 220 too, but its clients begin with EHLO or HELO.
bool looksLikeFtpReply(Bytes line);
bool looksLikeFtpCommand(Bytes line);
bool opensFtpSession(Bytes line);

/// Adds the fields of what one side sent in one segment: whole lines, or a part of one, as the segment has
/// it. Like tshark it names the first line's parts, and only those; further lines are shown without a field
/// name.
Malformed describeFtp(Bytes segment, FtpSide side, Describer& describer);

Text ftpVerbInWords(std::string_view verb); ///< "User name"; empty where unknown
Text ftpCodeInWords(std::uint64_t code);    ///< "Entering passive mode"; by its first digit where unknown
std::span<const FieldSpec> ftpFieldList();  ///< every field that describeFtp may add

} // namespace wirestage
