// SPDX-License-Identifier: GPL-3.0-or-later
// A server's FTP session: its data connections. In stream mode a data connection carries one listing or file
// in one direction, and its sender closes it to say that this was the end (RFC 959, 3.4.1).
#include "core/protocols/ftp/ftp_names.h"
#include "core/protocols/ftp/ftp_session_endpoints.h"

#include <fmt/format.h>

namespace wirestage::simulation {
namespace {

/// "h1,h2,h3,h4,p1,p2" with port = p1 * 256 + p2 (RFC 959, 4.1.2).
std::string sixNumbers(const IpAddress& address, std::uint16_t port) {
    const std::uint32_t number = address.v4Number();
    return fmt::format("{},{},{},{},{},{}", number >> 24, number >> 16 & 255, number >> 8 & 255, number & 255,
                       port >> 8, port & 255);
}

constexpr std::uint16_t leastSafePort = 1024;

} // namespace

// --- where the data connection is to be ---

/// A server that connects wherever it is told to can be made to attack others (RFC 2577, 3).
void FtpSession::connectTo(HostServices& host, const FtpEndpoint& endpoint, std::string_view verb) {
    if (extendedOnly)
        return reply(host, 503, "Only EPSV after EPSV ALL."); // RFC 2428, 4
    const bool foreign = endpoint.address != host.remoteEnd(control).first || endpoint.port < leastSafePort;
    if (foreign && !site.otherAddresses)
        return reply(host, 504, fmt::format("{} to that address or port is not allowed.", verb));
    dropData(host);
    target = endpoint;
    reply(host, 200, fmt::format("{} command successful.", verb));
}

void FtpSession::activePort(HostServices& host, std::string_view argument) {
    const auto endpoint = ftpEndpointOfPort(argument);
    if (!endpoint || endpoint->port == 0)
        return reply(host, 501, "PORT needs six numbers: h1,h2,h3,h4,p1,p2.");
    connectTo(host, *endpoint, "PORT");
}

void FtpSession::extendedActivePort(HostServices& host, std::string_view argument) {
    if (argument.size() > 3 && argument[1] != '1' && argument[2] == argument[0])
        return reply(host, 522, "Network protocol not supported, use (1)."); // RFC 2428, 2
    const auto endpoint = ftpEndpointOfEprt(argument);
    if (!endpoint || endpoint->port == 0)
        return reply(host, 501, "EPRT needs |1|address|port|.");
    connectTo(host, *endpoint, "EPRT");
}

/// A free port of the range, by chance: one that can be foreseen can be stolen (RFC 2577, 8).
bool FtpSession::listenForData(HostServices& host) {
    dropData(host);
    const unsigned count = site.passiveLast - site.passiveFirst + 1U;
    const auto start = static_cast<unsigned>(host.random(count));
    for (unsigned i = 0; i < count; ++i) {
        const auto port = static_cast<std::uint16_t>(site.passiveFirst + (start + i) % count);
        if (site.portsInUse.count(port) || !host.listen(port, owner))
            continue;
        site.portsInUse.insert(port);
        passivePort = port;
        listening = true;
        return true;
    }
    return false;
}

void FtpSession::passive(HostServices& host, std::string_view) {
    if (extendedOnly)
        return reply(host, 503, "Only EPSV after EPSV ALL.");
    if (!listenForData(host)) // RFC 959 has no reply of its own for this; servers send 425
        return reply(host, 425, "No port is free for a data connection.");
    const IpAddress own = host.localEnd(control).first;
    reply(host, 227,
          fmt::format("Entering Passive Mode ({}).",
                      sixNumbers(site.passiveAddress.version == 4 ? site.passiveAddress : own, passivePort)));
}

/// The reply names a port alone: the address is that of the control connection (RFC 2428, 3).
void FtpSession::extendedPassive(HostServices& host, std::string_view argument) {
    if (ftp::sameVerb(argument, "ALL")) {
        extendedOnly = true;
        return reply(host, 200, "EPSV ALL command successful.");
    }
    if (argument == "2")
        return reply(host, 522, "Network protocol not supported, use (1).");
    if (!argument.empty() && argument != "1")
        return reply(host, 501, "EPSV needs 1, ALL or nothing.");
    if (!listenForData(host))
        return reply(host, 425, "No port is free for a data connection.");
    reply(host, 229, fmt::format("Entering Extended Passive Mode (|||{}|).", passivePort));
}

// --- what is to go over it ---

void FtpSession::list(HostServices& host, std::string_view argument) {
    sendListing(host, argument, true);
}

void FtpSession::names(HostServices& host, std::string_view argument) {
    sendListing(host, argument, false);
}

/// A listing is text, by whatever type (RFC 959, 4.1.3).
void FtpSession::sendListing(HostServices& host, std::string_view argument, bool whole) {
    while (argument.starts_with('-')) { // options of `ls`, which clients send: "-la pub"
        const std::size_t space = std::min(argument.find(' '), argument.size());
        argument.remove_prefix(std::min(argument.find_first_not_of(' ', space), argument.size()));
    }
    const std::string wanted = ftpPath(folder, argument);
    if (!site.files.find(wanted)) {
        dropData(host);
        return reply(host, 450, fmt::format("{}: no such file or directory.", argument));
    }
    content.clear();
    for (const std::string& one : site.files.in(wanted))
        content += (whole ? ftpListLine(one, *site.files.find(one)) : std::string(ftpName(one))) + "\r\n";
    storing = false;
    begin(host, whole ? "directory listing" : "list of names", false);
}

void FtpSession::retrieve(HostServices& host, std::string_view argument) {
    const FtpFile* file = site.files.find(ftpPath(folder, argument));
    if (!file || file->directory) {
        dropData(host);
        return reply(host, 550, fmt::format("{}: no such file.", argument));
    }
    content = binary ? file->content : toNetworkLines(file->content);
    storing = false;
    begin(host, fmt::format("{} ({} bytes)", argument, content.size()), binary);
}

void FtpSession::store(HostServices& host, std::string_view argument) {
    path = ftpPath(folder, argument);
    if (site.files.isDirectory(path) || !site.files.isDirectory(ftpParent(path))) {
        dropData(host);
        return reply(host, 553, fmt::format("{}: file name not allowed.", argument));
    }
    content.clear();
    storing = true;
    begin(host, argument, binary);
}

// --- the transfer ---

/// The data connection is there already (the client has come), will come, or is opened from here: to where
/// PORT said, or by default to the client's own control port (RFC 959, 3.2).
void FtpSession::begin(HostServices& host, std::string_view what, bool asBytes) {
    transfer = Transfer::Opening;
    enter(host, "TRANSFER");
    reply(host, 150,
          fmt::format("Opening {} mode data connection for {}.", asBytes ? "BINARY" : "ASCII", what));
    if (data && dataOpen)
        return opened(host);
    openBy = host.now() + site.dataTimeout;
    host.timerStarted(ProtocolId::ftp, control, "data connection", *openBy);
    if (listening)
        return;
    const auto [address, port] = host.remoteEnd(control);
    const FtpEndpoint to = target.value_or(FtpEndpoint{address, port});
    ConnectOptions options;
    options.localPort = site.dataPort;
    data = host.connect(to.address, to.port, owner, options);
}

void FtpSession::opened(HostServices& host) {
    if (openBy)
        host.timerEnded(ProtocolId::ftp, control, "data connection", false);
    openBy.reset();
    idleSince = host.now();
    if (storing) {
        transfer = Transfer::Receiving;
        content = std::move(early);
        early.clear();
        if (dataEnded)
            received(host);
        return;
    }
    transfer = Transfer::Sending;
    if (!content.empty())
        host.send(*data, bytesOf(content));
    host.close(*data);
}

void FtpSession::dataEvent(HostServices& host, const StreamEvent& event) {
    idleSince = host.now();
    switch (event.type) {
    case StreamEventType::Accepted:
        // Only from where the client is: another that comes first would steal the data (RFC 2577, 8).
        if (event.remote != host.remoteEnd(control).first)
            return host.abort(event.stream);
        stopListening(host);
        [[fallthrough]];
    case StreamEventType::Opened:
        data = event.stream;
        dataOpen = true;
        if (transfer == Transfer::Opening)
            opened(host);
        return;
    case StreamEventType::Data: return receive(host, event.data);
    case StreamEventType::Acked:
        if (transfer == Transfer::Sending)
            finish(host, 226, "Transfer complete.");
        return;
    case StreamEventType::PeerClosed:
    case StreamEventType::Closed:
        dataEnded = true;
        if (transfer == Transfer::Sending && (content.empty() || event.type == StreamEventType::Closed))
            return finish(host, 226, "Transfer complete.");
        if (transfer == Transfer::Receiving)
            received(host);
        return;
    case StreamEventType::Refused:
    case StreamEventType::Unreachable:
    case StreamEventType::TimedOut:
    case StreamEventType::Reset:
        data.reset();
        if (transfer == Transfer::Opening)
            finish(host, 425, "Cannot open data connection.");
        else if (transfer != Transfer::None)
            finish(host, 426, "Connection closed; transfer aborted.");
        return;
    }
}

void FtpSession::receive(HostServices& host, Bytes bytes) {
    std::string& into = transfer == Transfer::Receiving ? content : early; // STOR may come after its data
    if (into.size() + bytes.size() <= ftpMostFileBytes)
        into += textOf(bytes);
    else if (transfer == Transfer::Receiving)
        finish(host, 552, "Exceeded storage allocation.");
}

/// The client has closed the data connection: that was the whole file.
void FtpSession::received(HostServices& host) {
    const std::size_t size = content.size();
    FtpFile file{false, binary ? std::move(content) : fromNetworkLines(content), host.now()};
    if (!site.files.add(path, std::move(file)))
        return finish(host, 553, "File name not allowed.");
    host.noted(ProtocolId::ftp, WS_TR("ftp", "%1 stored, %2").with(path).with(bytesInWords(size)));
    finish(host, 226, "Transfer complete.");
}

/// Ends the transfer: with its connection, which is reset where it has failed, and with the last reply.
void FtpSession::finish(HostServices& host, unsigned code, std::string_view text) {
    stopTransfer(host, code >= 400);
    enter(host, "LOGGED IN");
    reply(host, code, text);
    pump(host);
}

/// RFC 959, 4.1.3: 426 for the transfer that is stopped, then 226 for the command itself.
void FtpSession::abortTransfer(HostServices& host, std::string_view) {
    if (transfer != Transfer::None) {
        stopTransfer(host, true);
        enter(host, "LOGGED IN");
        reply(host, 426, "Transfer aborted.");
    }
    dropData(host);
    reply(host, 226, "ABOR command successful.");
}

void FtpSession::stopTransfer(HostServices& host, bool failed) {
    if (openBy)
        host.timerEnded(ProtocolId::ftp, control, "data connection", host.now() >= *openBy);
    openBy.reset();
    if (failed && data && transfer != Transfer::None) {
        host.abort(*data);
        data.reset();
    }
    dropData(host);
    transfer = Transfer::None;
    content.clear();
}

/// After each transfer both ends agree on a place anew: a connection between the same two ports could not be
/// opened again at once (RFC 959, 3.3; RFC 1123, 4.1.2.5).
void FtpSession::dropData(HostServices& host) {
    stopListening(host);
    target.reset();
    if (data && dataOpen)
        host.close(*data);
    else if (data)
        host.abort(*data);
    data.reset();
    dataOpen = dataEnded = false;
    early.clear();
}

void FtpSession::stopListening(HostServices& host) {
    if (!listening)
        return;
    host.stopListening(passivePort);
    site.portsInUse.erase(passivePort);
    listening = false;
}

} // namespace wirestage::simulation
