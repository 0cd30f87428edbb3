// SPDX-License-Identifier: GPL-3.0-or-later
// A client's FTP session: the control connection. The client sends the next command when it has the last
// reply to the one before (RFC 959, 5.4: a reply of the first kind, 1yz, is not the last).
#include "core/protocols/ftp/ftp_client_session_endpoints.h"

#include "core/protocols/ftp/ftp_names.h"

#include <fmt/format.h>

namespace wirestage::simulation {
namespace {

bool movesData(std::string_view verb) {
    for (const std::string_view one : {"LIST", "NLST", "MLSD", "RETR", "STOR", "APPE", "STOU"})
        if (ftp::sameVerb(verb, one))
            return true;
    return false;
}

std::optional<FtpMode> modeOf(const FtpCommand& command) {
    if (ftp::sameVerb(command.verb.text, "PORT"))
        return FtpMode::Active;
    if (ftp::sameVerb(command.verb.text, "PASV"))
        return FtpMode::Passive;
    if (ftp::sameVerb(command.verb.text, "EPRT"))
        return FtpMode::Eprt;
    if (ftp::sameVerb(command.verb.text, "EPSV") && !ftp::sameVerb(command.argument.text, "ALL"))
        return FtpMode::Epsv;
    return std::nullopt;
}

} // namespace

bool FtpClientSession::stores() const {
    const std::string_view verb = readFtpCommand(bytesOf(commandInHand())).verb.text;
    return ftp::sameVerb(verb, "STOR") || ftp::sameVerb(verb, "APPE") || ftp::sameVerb(verb, "STOU");
}

void FtpClientSession::start(HostServices& host) {
    control = host.connect(plan.server, plan.port, owner);
    enter(host, "CONNECTING");
    watch(host, plan.replyTimeout);
}

void FtpClientSession::event(HostServices& host, const StreamEvent& event) {
    if (step == Step::Over)
        return;
    if (event.stream == control)
        controlEvent(host, event);
    else
        dataEvent(host, event);
}

void FtpClientSession::controlEvent(HostServices& host, const StreamEvent& event) {
    switch (event.type) {
    case StreamEventType::Opened:
        step = Step::Greeting;
        enter(host, "WAITING FOR GREETING");
        return watch(host, plan.replyTimeout);
    case StreamEventType::Data:
        if (!lines.append(event.data)) {
            host.abort(control);
            return end(host, false);
        }
        while (step != Step::Over) {
            const auto one = lines.take();
            if (!one)
                return;
            line(host, *one);
        }
        return;
    case StreamEventType::PeerClosed: host.close(control); return end(host, left && !failed);
    case StreamEventType::Closed:
    case StreamEventType::Refused:
    case StreamEventType::Reset:
    case StreamEventType::Unreachable:
    case StreamEventType::TimedOut: return end(host, false);
    default: return;
    }
}

void FtpClientSession::line(HostServices& host, const std::string& line) {
    const FtpReplyLine read = readFtpReplyLine(bytesOf(line));
    const auto part = assembly.add(read);
    if (part == FtpReplyAssembly::Step::Whole || part == FtpReplyAssembly::Step::First)
        firstLine = line;
    if (read.code != 0 && (part == FtpReplyAssembly::Step::Whole || part == FtpReplyAssembly::Step::Last))
        reply(host, read.code, firstLine);
}

void FtpClientSession::reply(HostServices& host, unsigned code, const std::string& text) {
    if (code == 421) { // the server will close (RFC 959, 5.4)
        failed = true;
        dropData(host, true);
        step = Step::Leaving;
        return watch(host, plan.replyTimeout);
    }
    const bool last = code >= 200;
    switch (step) {
    case Step::Greeting:
    case Step::User:
    case Step::Password: return last ? loginReply(host, code) : watch(host, plan.replyTimeout);
    case Step::Command: return last ? commandReply(host, code) : watch(host, plan.replyTimeout);
    case Step::Agreeing: return last ? agreedReply(host, code, text) : watch(host, plan.replyTimeout);
    case Step::Transfer: return transferReply(host, code);
    case Step::Aborting:
        if (last && --repliesDue == 0)
            leave(host);
        return;
    case Step::Leaving: left = left || last; return;
    default: return; // nothing was asked
    }
}

void FtpClientSession::loginReply(HostServices& host, unsigned code) {
    if (step == Step::Greeting && code == 220) {
        step = Step::User;
        enter(host, "LOGGING IN");
        return send(host, "USER " + plan.user);
    }
    if (step == Step::User && code == 331) {
        step = Step::Password;
        return send(host, "PASS " + plan.password);
    }
    if (step != Step::Greeting && code < 300) { // 230; 202 to PASS: it was not needed
        loggedIn = true;
        enter(host, "LOGGED IN");
        return next(host);
    }
    failed = true;
    leave(host);
}

void FtpClientSession::commandReply(HostServices& host, unsigned code) {
    const FtpCommand command = readFtpCommand(bytesOf(commandInHand()));
    if (code == 530) {
        failed = true;
        return leave(host);
    }
    if (code == 200 && ftp::sameVerb(command.verb.text, "TYPE"))
        binary = command.argument.text.find_first_of("IiLl") == 0;
    skip(host);
}

/// The next command of the list.
void FtpClientSession::next(HostServices& host) {
    stopWatching(host);
    if (place == plan.commands.size()) {
        step = Step::Idle;
        return report(host, !failed);
    }
    const FtpCommand command = readFtpCommand(bytesOf(commandInHand()));
    if (movesData(command.verb.text))
        return prepared ? transfer(host) : agree(host, plan.mode, {});
    if (const auto mode = modeOf(command)) {
        asked = true;
        const bool leftToUs = command.argument.empty() && (mode == FtpMode::Active || mode == FtpMode::Eprt);
        return agree(host, *mode, leftToUs ? std::string() : commandInHand());
    }
    if (ftp::sameVerb(command.verb.text, "QUIT"))
        return leave(host);
    step = Step::Command;
    send(host, commandInHand());
}

void FtpClientSession::skip(HostServices& host) {
    ++place;
    next(host);
}

void FtpClientSession::send(HostServices& host, const std::string& command) {
    host.send(control, bytesOf(command + "\r\n"));
    watch(host, plan.replyTimeout);
}

void FtpClientSession::leave(HostServices& host) {
    dropData(host, false);
    step = Step::Leaving;
    enter(host, "LEAVING");
    send(host, "QUIT");
}

void FtpClientSession::end(HostServices& host, bool succeeded) {
    stopWatching(host);
    dropData(host, true);
    step = Step::Over;
    enter(host, "CLOSED");
    report(host, succeeded);
}

void FtpClientSession::report(HostServices& host, bool succeeded) {
    if (!reported)
        host.finished(plan.command, succeeded);
    reported = true;
}

void FtpClientSession::enter(HostServices& host, std::string_view state) {
    host.entered(ProtocolId::ftp, control, std::string(state));
}

// --- time ---

void FtpClientSession::watch(HostServices& host, Time delay, bool showsDataTimer) {
    stopWatching(host);
    due = host.now() + delay;
    dataTimerShown = showsDataTimer;
    if (showsDataTimer)
        host.timerStarted(ProtocolId::ftp, control, "data connection", *due);
}

void FtpClientSession::stopWatching(HostServices& host, bool fired) {
    if (due && dataTimerShown)
        host.timerEnded(ProtocolId::ftp, control, "data connection", fired);
    due.reset();
    dataTimerShown = false;
}

std::optional<Time> FtpClientSession::deadline() const {
    return due;
}

void FtpClientSession::wake(HostServices& host) {
    if (!due || host.now() < *due)
        return;
    stopWatching(host, true);
    if (step == Step::Transfer || step == Step::DataOpening)
        return giveUp(host);
    host.abort(control);
    end(host, false);
}

} // namespace wirestage::simulation
