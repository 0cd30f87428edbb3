// SPDX-License-Identifier: GPL-3.0-or-later
// A client's FTP session: its data connections. The client agrees with the server on a new one for each
// listing and each file, since in stream mode the end of the connection is the end of the file (RFC 959,
// 3.4.1; RFC 1123, 4.1.2.5).
#include "core/protocols/ftp/ftp_client_session_endpoints.h"

#include <fmt/format.h>

namespace wirestage::simulation {
namespace {

bool isActive(FtpMode mode) {
    return mode == FtpMode::Active || mode == FtpMode::Eprt;
}

} // namespace

// --- agreeing on one ---

/// `written`: the command as it stands in the list; empty where the client makes it up.
void FtpClientSession::agree(HostServices& host, FtpMode how, const std::string& written) {
    dropData(host, false);
    step = Step::Agreeing;
    agreeing = how;
    std::string command = written;
    if (command.empty())
        command = how == FtpMode::Passive ? "PASV" : how == FtpMode::Epsv ? "EPSV" : listenForData(host, how);
    send(host, command);
}

/// PORT h1,h2,h3,h4,p1,p2 with port = p1 * 256 + p2 (RFC 959, 4.1.2), or EPRT |1|address|port| (RFC 2428, 2):
/// always the address that this host knows itself by, whatever a translator on the way makes of it.
std::string FtpClientSession::listenForData(HostServices& host, FtpMode how) {
    std::uint16_t port = host.ephemeralPort();
    for (unsigned tries = 0; tries < 100 && !host.listen(port, owner); ++tries)
        port = port == 65535 ? 49152 : static_cast<std::uint16_t>(port + 1);
    listener = port;
    const IpAddress own = host.localEnd(control).first;
    if (how == FtpMode::Eprt)
        return fmt::format("EPRT |1|{}|{}|", toString(own), port);
    const std::uint32_t number = own.v4Number();
    return fmt::format("PORT {},{},{},{},{},{}", number >> 24, number >> 16 & 255, number >> 8 & 255,
                       number & 255, port >> 8, port & 255);
}

void FtpClientSession::agreedReply(HostServices& host, unsigned code, const std::string& text) {
    if (code == 530) {
        failed = true;
        return leave(host);
    }
    if (code < 300 && isActive(agreeing))
        return dataReady(host);
    if (auto endpoint = ftpEndpointOf(readFtpReplyLine(bytesOf(text))); endpoint && code < 300) {
        if (endpoint->address.version == 0) // 229 names a port alone
            endpoint->address = host.remoteEnd(control).first;
        data = host.connect(endpoint->address, endpoint->port, owner);
        step = Step::DataOpening;
        return watch(host, plan.dataTimeout, true);
    }
    failed = true; // nothing was agreed on: there is no use in asking for the listing or the file
    asked = false;
    dropData(host, false);
    skip(host);
}

void FtpClientSession::dataReady(HostServices& host) {
    prepared = true;
    if (!asked)
        return transfer(host);
    asked = false;
    skip(host);
}

// --- the transfer ---

void FtpClientSession::transfer(HostServices& host) {
    step = Step::Transfer;
    begun = sent = false;
    ending.reset();
    enter(host, "TRANSFER");
    send(host, commandInHand());
    watch(host, plan.dataTimeout, !dataOpen);
}

void FtpClientSession::transferReply(HostServices& host, unsigned code) {
    if (code < 200) {
        begun = true;
        return upload(host);
    }
    ending = code;
    if (code >= 300) {
        failed =
            failed || code < 500; // 425, 426, 451: another time it may work; a missing file is no failure
        dropData(host, code < 500);
        broken = true;
    }
    settle(host);
}

/// The file goes once the server has said that it expects it, and the end of the connection ends it.
void FtpClientSession::upload(HostServices& host) {
    if (!begun || !dataOpen || sent || !stores())
        return;
    sent = true;
    const std::string bytes = binary ? plan.upload : toNetworkLines(plan.upload);
    if (!bytes.empty())
        host.send(*data, bytesOf(bytes));
    host.close(*data);
    dataClosed = true;
    stopWatching(host); // TCP tells when all has arrived, or that it never will
    if (bytes.empty())
        watch(host, plan.replyTimeout);
}

/// Over when the last reply is there and, of what the server sends, the end of it too; either may come first.
void FtpClientSession::settle(HostServices& host) {
    if (!ending || (!broken && !stores() && !dataEnded))
        return;
    stopWatching(host);
    if (!broken && !stores()) {
        const std::size_t size = received.size();
        host.noted(ProtocolId::ftp,
                   WS_TR("ftp", "%1 done, %2").with(commandInHand()).with(bytesInWords(size)));
        files.push_back({commandInHand(), binary ? std::move(received) : fromNetworkLines(received)});
    }
    dropData(host, false);
    enter(host, "LOGGED IN");
    skip(host);
}

void FtpClientSession::dataEvent(HostServices& host, const StreamEvent& event) {
    switch (event.type) {
    case StreamEventType::Accepted:
        if (event.remote != host.remoteEnd(control).first) // nobody but the server was asked
            return host.abort(event.stream);
        stopListening(host);
        return dataOpened(host, event.stream);
    case StreamEventType::Opened: return dataOpened(host, event.stream);
    case StreamEventType::Data:
        if (step == Step::Transfer && !stores() && received.size() <= 2 * ftpMostFileBytes) {
            received += textOf(event.data);
            watch(host, plan.dataTimeout);
        }
        return;
    case StreamEventType::Acked:
        if (step == Step::Transfer && sent)
            watch(host, plan.replyTimeout);
        return;
    case StreamEventType::PeerClosed:
    case StreamEventType::Closed:
        dataEnded = true;
        if (!dataClosed && step == Step::Transfer && !stores()) {
            host.close(event.stream);
            dataClosed = true;
        }
        if (step == Step::Transfer)
            settle(host);
        return;
    default: return dataFailed(host);
    }
}

void FtpClientSession::dataOpened(HostServices& host, StreamId stream) {
    data = stream;
    dataOpen = true;
    if (step == Step::DataOpening) {
        stopWatching(host);
        return dataReady(host);
    }
    if (step != Step::Transfer)
        return;
    watch(host, plan.dataTimeout);
    upload(host);
}

/// Refused, reset, or given up by TCP. During a transfer the server's reply will say so too (425 or 426).
void FtpClientSession::dataFailed(HostServices& host) {
    data.reset();
    dataOpen = false;
    if (step == Step::DataOpening) {
        failed = true;
        return leave(host);
    }
    broken = true;
    if (step != Step::Transfer)
        return;
    failed = true;
    watch(host, plan.replyTimeout);
    settle(host);
}

/// The data connection did not come, or stands still: stop the transfer, if one was asked for, and leave.
void FtpClientSession::giveUp(HostServices& host) {
    failed = true;
    const bool waitsForReply = step == Step::Transfer && !ending;
    dropData(host, true);
    host.noted(ProtocolId::ftp, WS_TR("ftp", "no data came: given up"));
    if (!waitsForReply)
        return leave(host);
    step = Step::Aborting;
    repliesDue = 2; // the transfer's own and that of ABOR (RFC 959, 4.1.3)
    send(host, "ABOR");
}

void FtpClientSession::dropData(HostServices& host, bool abort) {
    stopListening(host);
    if (data && (abort || !dataOpen) && !dataEnded)
        host.abort(*data);
    else if (data && !dataClosed)
        host.close(*data);
    data.reset();
    dataOpen = dataEnded = dataClosed = broken = prepared = false;
    received.clear();
}

void FtpClientSession::stopListening(HostServices& host) {
    if (listener)
        host.stopListening(*listener);
    listener.reset();
}

} // namespace wirestage::simulation
