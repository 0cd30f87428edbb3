// SPDX-License-Identifier: GPL-3.0-or-later
// An FTP session told: who logged in, what was listed and moved, over which data connections.
#include "core/protocols/ftp/ftp_story.h"

#include "core/protocols/tcp/tcp_messages.h"

#include <algorithm>

namespace wirestage {
namespace {

/// One listing or file, asked for and answered.
struct Transfer {
    KindId command{};
    std::string name;
    PacketIndex asked = 0;
    unsigned code = 0; ///< of the reply that ended it
    bool passive = false, aborted = false;
    std::uint16_t port = 0;
};

struct Session {
    std::string user, folder;
    bool loggedIn = false, quit = false, anyCommand = false, secured = false, passive = false;
    unsigned refusal = 0;
    std::vector<Transfer> transfers;
    PacketIndex loginEnd = none, first = none, last = none, quitAt = none;
    unsigned lastError = 0;
    std::string lastErrorText;
};

bool movesData(KindId command) {
    switch (command) {
    case KindId::ftp_command_list:
    case KindId::ftp_command_nlst:
    case KindId::ftp_command_mlsd:
    case KindId::ftp_command_retr:
    case KindId::ftp_command_stor:
    case KindId::ftp_command_stou:
    case KindId::ftp_command_appe: return true;
    default: return false;
    }
}

bool lists(KindId command) {
    return command == KindId::ftp_command_list || command == KindId::ftp_command_nlst ||
           command == KindId::ftp_command_mlsd;
}

bool fetches(KindId command) {
    return command == KindId::ftp_command_retr;
}

class SessionWalk {
public:
    Session walk(const Story& story) {
        story.forEach([&](const StoryStep& step) {
            session.first = session.first == none ? step.index : session.first;
            session.last = step.index;
            if (kind(step.kind).protocol == ProtocolId::ftp) {
                if (step.record.isFromResponder())
                    reply(step);
                else
                    command(step);
            }
            return true;
        });
        return std::move(session);
    }

private:
    void command(const StoryStep& step) {
        const FtpCommand read = readFtpCommand(step.bytes);
        session.anyCommand = true;
        pending = step.kind;
        argument = std::string(read.argument.text);
        if (step.kind == KindId::ftp_command_user)
            session.user = printable(argument, 40);
        if (step.kind == KindId::ftp_command_quit)
            session.quitAt = step.index;
        if (const auto endpoint = ftpEndpointOf(read)) {
            port = endpoint->port;
            passive = session.passive = false;
        }
        if (movesData(step.kind))
            session.transfers.push_back(
                {step.kind, printable(argument, 60), step.index, 0, passive, false, port});
    }

    void reply(const StoryStep& step) {
        const FtpReplyLine read = readFtpReplyLine(step.bytes);
        if (const auto endpoint = ftpEndpointOf(read)) {
            port = endpoint->port;
            passive = session.passive = true;
        }
        switch (read.code) {
        case 230:
            session.loggedIn = true;
            session.loginEnd = step.index;
            break;
        case 430:
        case 530: session.refusal = session.loggedIn ? session.refusal : read.code; break;
        case 221: session.quit = true; break;
        case 234: session.secured = true; break;
        default: break;
        }
        if (pending == KindId::ftp_command_cwd && read.code == 250)
            session.folder = printable(argument, 60);
        // The first last reply after ABOR is still that of the transfer (RFC 959, 4.1.3).
        if (!session.transfers.empty() && session.transfers.back().code == 0 && read.code >= 200 &&
            (movesData(pending) || pending == KindId::ftp_command_abor)) {
            session.transfers.back().code = read.code;
            session.transfers.back().aborted = pending == KindId::ftp_command_abor;
        }
        if (read.code >= 400 && read.code != 530 && read.code != 430) {
            session.lastError = read.code;
            session.lastErrorText = printable(read.text.text, 60);
        }
    }

    Session session;
    KindId pending{};
    std::string argument;
    std::uint16_t port = 0;
    bool passive = false;
};

/// The data connection that carried a transfer: the child of its port that began nearest to the command.
ExchangeId childOf(const Story& story, const Transfer& transfer) {
    ExchangeId best = none;
    for (const ExchangeId child : story.children()) {
        const ExchangeRecord& record = story.record(child);
        if (record.tag != transfer.port)
            continue;
        if (best == none ||
            std::abs(static_cast<std::int64_t>(record.first) - static_cast<std::int64_t>(transfer.asked)) <
                std::abs(static_cast<std::int64_t>(story.record(best).first) -
                         static_cast<std::int64_t>(transfer.asked)))
            best = child;
    }
    return best;
}

Text overPort(const Transfer& transfer) {
    return transfer.passive ? WS_TR("ftp", "over passive port %1").with(transfer.port)
                            : WS_TR("ftp", "over the client's port %1 (active)").with(transfer.port);
}

/// What was asked for, where no file is named.
std::string nameOf(const Transfer& transfer) {
    if (lists(transfer.command))
        return "LIST";
    return !transfer.name.empty() ? transfer.name : fetches(transfer.command) ? "RETR" : "STOR";
}

bool failedToOpen(Outcome outcome) {
    return outcome == Outcome::Timeout || outcome == Outcome::Unanswered || outcome == Outcome::Refused;
}

/// Why a data connection that was tried did not come about.
Text dataConnectionFailed(bool passive, std::uint16_t port, Outcome outcome) {
    Text why = outcome == Outcome::Refused ? WS_TR("ftp", "was refused") : WS_TR("ftp", "got no answer");
    return passive ? WS_TR("ftp", "the data connection to passive port %1 %2").with(port).with(std::move(why))
                   : WS_TR("ftp", "the server's data connection to the client's port %1 (active) %2")
                         .with(port)
                         .with(std::move(why));
}

/// A transfer without a reply: in active mode the server's own connection may have failed.
Text unanswered(const Story& story, const Transfer& transfer, ExchangeId child) {
    if (child != none && failedToOpen(story.record(child).outcome))
        return WS_TR("ftp", "%1 did not come: %2")
            .with(nameOf(transfer))
            .with(dataConnectionFailed(transfer.passive, transfer.port, story.record(child).outcome));
    return WS_TR("ftp", "%1 was asked for, and not answered").with(nameOf(transfer));
}

/// A transfer that the server gave up, or the client with ABOR.
Text failedTransfer(const Story& story, const Transfer& transfer, ExchangeId child) {
    Text text = transfer.aborted ? WS_TR("ftp", "%1 was stopped by the client: %2 %3")
                                 : WS_TR("ftp", "%1 failed: %2 %3");
    text = std::move(text).with(nameOf(transfer)).with(transfer.code).with(ftpCodeInWords(transfer.code));
    if (child == none || !failedToOpen(story.record(child).outcome))
        return text;
    return WS_TR("ftp", "%1: %2")
        .with(std::move(text))
        .with(dataConnectionFailed(transfer.passive, transfer.port, story.record(child).outcome));
}

Text transferSentence(const Story& story, const Session& session, const Transfer& transfer) {
    const ExchangeId child = childOf(story, transfer);
    if (transfer.code == 0)
        return unanswered(story, transfer, child);
    if (transfer.code >= 400)
        return failedTransfer(story, transfer, child);
    if (transfer.code != 226 && transfer.code != 250)
        return WS_TR("ftp", "%1 was answered with %2").with(nameOf(transfer)).with(transfer.code);
    if (child == none)
        return WS_TR("ftp", "%1 moved, its data connection was not captured").with(nameOf(transfer));
    const Text size = bytesInWords(story.payloadOf(child));
    if (lists(transfer.command)) {
        const std::uint64_t lines = story.linesOf(child);
        Text listed = session.folder.empty()
                          ? WS_TRN("ftp", "%n file(s) listed", "", lines)
                          : WS_TRN("ftp", "%n file(s) listed in %1", "", lines).with(session.folder);
        return WS_TR("ftp", "%1 %2, %3").with(std::move(listed)).with(overPort(transfer)).with(size);
    }
    return fetches(transfer.command)
               ? WS_TR("ftp", "%1 fetched %2, %3").with(transfer.name).with(overPort(transfer)).with(size)
               : WS_TR("ftp", "%1 stored %2, %3").with(transfer.name).with(overPort(transfer)).with(size);
}

Text sessionSentence(const Story& story, const Exchange& exchange, const Session& session) {
    if (exchange.outcome == Outcome::Denied)
        return session.user.empty()
                   ? WS_TR("ftp", "login denied: %1").with(session.refusal)
                   : WS_TR("ftp", "login denied: %1 for user %2").with(session.refusal).with(session.user);
    if (session.secured)
        return WS_TR("ftp", "secured by TLS after AUTH; the rest is not readable");
    Text text;
    if (session.transfers.size() > 3) {
        text = WS_TR("ftp", "%1 transfers, the last: %2")
                   .with(session.transfers.size())
                   .with(transferSentence(story, session, session.transfers.back()));
    } else {
        for (const Transfer& transfer : session.transfers) {
            Text one = transferSentence(story, session, transfer);
            text = text.empty() ? std::move(one)
                                : WS_TR("ftp", "%1; %2").with(std::move(text)).with(std::move(one));
        }
    }
    if (text.empty()) {
        if (session.loggedIn)
            text = session.user.empty() ? WS_TR("ftp", "logged in, nothing was moved")
                                        : WS_TR("ftp", "%1 logged in, nothing was moved").with(session.user);
        else
            text = session.anyCommand ? WS_TR("ftp", "no login was finished")
                                      : WS_TR("ftp", "the server greeted, no command was sent");
        const auto children = story.children();
        const auto failed = std::find_if(children.begin(), children.end(), [&](ExchangeId child) {
            return failedToOpen(story.record(child).outcome);
        });
        if (failed != children.end())
            text = WS_TR("ftp", "%1: %2")
                       .with(std::move(text))
                       .with(dataConnectionFailed(session.passive, story.record(*failed).tag,
                                                  story.record(*failed).outcome));
        else if (session.lastError && exchange.outcome != Outcome::Failed)
            text = WS_TR("ftp", "%1; the last refusal: %2 %3")
                       .with(std::move(text))
                       .with(session.lastError)
                       .with(session.lastErrorText);
    }
    if (exchange.outcome == Outcome::Failed && session.lastError == 421)
        return WS_TR("ftp", "%1; then the server closed: 421 %2")
            .with(std::move(text))
            .with(session.lastErrorText);
    if (exchange.outcome == Outcome::Reset)
        return WS_TR("ftp", "%1; then the connection was reset").with(std::move(text));
    if (exchange.outcome == Outcome::Timeout)
        return WS_TR("ftp", "%1; given up").with(std::move(text));
    if (exchange.outcome == Outcome::CutOff)
        return WS_TR("ftp", "%1; the capture ends before the session does").with(std::move(text));
    return text;
}

void tellPhases(const Session& session, Exchange& exchange) {
    if (session.first == none)
        return;
    PacketIndex begin = session.first;
    if (session.loginEnd != none) {
        exchange.phases.push_back({WS_TR("ftp", "Connect and log in"), begin, session.loginEnd});
        begin = session.loginEnd + 1;
    }
    const bool quits = session.quitAt != none && session.quitAt > begin;
    const PacketIndex end = quits ? session.quitAt - 1 : session.last;
    if (session.loginEnd != none && begin <= end)
        exchange.phases.push_back({WS_TR("ftp", "Work"), begin, end});
    if (quits)
        exchange.phases.push_back({WS_TR("ftp", "Leave"), session.quitAt, session.last});
}

} // namespace

void tellFtp(const Telling& telling, Message& message) {
    if (telling.bytes.empty())
        return;
    if (telling.record.isFromResponder()) {
        const FtpReplyLine read = readFtpReplyLine(telling.bytes);
        message.label = message.kind == KindId::ftp_reply_other
                            ? Text::verbatim(printable(std::to_string(read.code), 12))
                            : Text{"kinds", kind(message.kind).title, {}, {}};
        const std::size_t line = ftpLineLength(telling.bytes);
        message.summary = Text::verbatim(printable(
            readFtpReplyLine(telling.bytes.first(line ? line : telling.bytes.size())).text.text, 70));
        return;
    }
    const FtpCommand read = readFtpCommand(telling.bytes);
    message.label = message.kind == KindId::ftp_command_other
                        ? Text::verbatim(printable(read.verb.text, 12))
                        : Text{"kinds", kind(message.kind).title, {}, {}};
    message.summary = Text::verbatim(printable(read.argument.text, 70));
    if (message.kind == KindId::ftp_command_pass)
        message.secrets.push_back({WS_TR("ftp", "password"), printable(read.argument.text, 200)});
    else if (message.kind == KindId::ftp_command_user)
        message.secrets.push_back({WS_TR("ftp", "user name"), printable(read.argument.text, 200)});
}

void narrateFtp(const Story& story, Exchange& exchange) {
    narrateConnection(story, exchange); // both ends' TCP states
    exchange.phases.clear();
    SessionWalk walk;
    const Session session = walk.walk(story);
    tellPhases(session, exchange);
    exchange.title = WS_TR("ftp", "FTP session");
    exchange.summary = sessionSentence(story, exchange, session);
}

} // namespace wirestage
