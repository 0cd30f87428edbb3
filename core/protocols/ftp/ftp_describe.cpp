// SPDX-License-Identifier: GPL-3.0-or-later
// Describes what one side of an FTP control connection sent in one segment.
#include "core/protocols/fields.h"
#include "core/protocols/ftp/ftp_fields.h"
#include "core/protocols/ftp/ftp_names.h"
#include "core/protocols/ftp/ftp_wire.h"

#include <vector>

namespace wirestage {
namespace {

constexpr const FtpFields& f = ftpFields;

class FtpDescriber {
public:
    FtpDescriber(Bytes bytes, Describer& into) : segment(bytes), describer(into) {}
    void run(FtpSide side);

private:
    void command(Bytes line);
    void reply(Bytes line);
    void endpoint(const FieldSpec* address, const FieldSpec& port, const FtpEndpoint& endpoint,
                  const FtpPiece& piece);
    void furtherLines(std::size_t from);

    Field& add(const FieldSpec& spec, std::uint64_t number, std::string shown, const FtpPiece& piece) {
        return describer.add(spec, number, std::move(shown),
                             describer.offsetOf(segment.data()) + piece.offset, piece.length());
    }
    static std::string shown(std::string_view text) { return printable(text, text.size()); }

    Bytes segment;
    Describer& describer;
};

/// The address and the port stand in one argument; both point to the whole of it.
void FtpDescriber::endpoint(const FieldSpec* address, const FieldSpec& port, const FtpEndpoint& endpoint,
                            const FtpPiece& piece) {
    if (address)
        add(*address, 0, toString(endpoint.address), piece);
    add(port, endpoint.port, std::to_string(endpoint.port), piece);
}

void FtpDescriber::command(Bytes line) {
    const FtpCommand command = readFtpCommand(line);
    if (!command.verb.empty())
        add(ftp::verbNamed(command.verb.text) ? f.command : f.otherCommand, 0, shown(command.verb.text),
            command.verb)
            .meaning = ftpVerbInWords(command.verb.text);
    if (command.argument.empty())
        return;
    add(f.argument, 0, shown(command.argument.text), command.argument);
    const auto found = ftpEndpointOf(command);
    if (!found)
        return;
    if (command.verb.length() == 4 && (command.verb.text[0] | 0x20) == 'p')
        return endpoint(&f.activeAddress, f.activePort, *found, command.argument);
    const bool six = found->address.version == 6;
    add(f.extendedFamily, six ? 2 : 1, six ? "2" : "1", command.argument).meaning =
        six ? WS_TR("values", "IPv6") : WS_TR("values", "IPv4");
    endpoint(six ? &f.extendedAddress6 : &f.extendedAddress, f.extendedActivePort, *found, command.argument);
}

void FtpDescriber::reply(Bytes line) {
    const FtpReplyLine reply = readFtpReplyLine(line);
    if (reply.code != 0) {
        const FtpPiece place{0, ftpLineText(line).substr(0, 3)};
        add(f.code, reply.code, std::to_string(reply.code), place).meaning = ftpCodeInWords(reply.code);
    }
    if (reply.goesOn)
        add(f.goesOn, 1, "1", {3, ftpLineText(line).substr(3, 1)});
    if (!reply.text.empty())
        add(f.text, 0, shown(reply.text.text), reply.text);
    if (const auto found = ftpEndpointOf(reply))
        reply.code == 227 ? endpoint(&f.passiveAddress, f.passivePort, *found, reply.text)
                          : endpoint(nullptr, f.extendedPassivePort, *found, reply.text);
}

void FtpDescriber::furtherLines(std::size_t from) {
    while (from < segment.size()) {
        const Bytes rest = segment.subspan(from);
        std::size_t length = ftpLineLength(rest);
        if (length == 0)
            length = rest.size();
        const std::string_view text = ftpLineText(rest.first(length));
        add(f.furtherLine, 0, shown(text), {static_cast<std::uint32_t>(from), text});
        from += length;
    }
}

void FtpDescriber::run(FtpSide side) {
    const bool fromClient = side == FtpSide::Client;
    describer.open(f.protocol, describer.offsetOf(segment.data()),
                   static_cast<std::uint32_t>(segment.size()));
    const auto node = describer.description.fields.size() - 1;
    describer.addGenerated(f.request, fromClient, fromClient ? "1" : "0");
    describer.addGenerated(f.response, !fromClient, fromClient ? "0" : "1");
    std::size_t length = ftpLineLength(segment);
    if (length == 0)
        length = segment.size();
    const Bytes line = segment.first(length);
    describer.description.fields[node].meaning = Text::verbatim(printable(ftpLineText(line), 80));
    fromClient ? command(line) : reply(line);
    furtherLines(length);
    describer.close();
}

} // namespace

Malformed describeFtp(Bytes segment, FtpSide side, Describer& describer) {
    FtpDescriber(segment, describer).run(side);
    return Malformed::No;
}

std::span<const FieldSpec> ftpFieldList() {
    static const std::vector<FieldSpec> list = listOf(ftpFields);
    return list;
}

} // namespace wirestage
