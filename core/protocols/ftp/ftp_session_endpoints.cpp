// SPDX-License-Identifier: GPL-3.0-or-later
// A server's FTP session: its control connection, and who logs in. Which replies a command may have, and in
// which order, is RFC 959's section 5.4.
#include "core/protocols/ftp/ftp_session_endpoints.h"

#include "core/protocols/ftp/ftp_names.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace wirestage::simulation {
namespace {

/// RFC 2577, 5: after three to five failed logins the server should close the control connection.
constexpr unsigned mostDenials = 3;

bool hasControlCharacters(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

} // namespace

const FtpSession::CommandRule* FtpSession::ruleOf(std::string_view verb) {
    using S = FtpSession;
    static constexpr CommandRule rules[] = {
        {"USER", &S::user, false, true},
        {"PASS", &S::password, false, false},
        {"ACCT", &S::account, false, true},
        {"QUIT", &S::quit, false, false},
        {"SYST", &S::system, false, false},
        {"FEAT", &S::features, false, false},
        {"HELP", &S::help, false, false},
        {"NOOP", &S::nothing, false, false},
        {"PWD", &S::workingDirectory, true, false},
        {"XPWD", &S::workingDirectory, true, false}, // RFC 1123, 4.1.3.1: the old names are still in use
        {"CWD", &S::changeDirectory, true, true},
        {"XCWD", &S::changeDirectory, true, true},
        {"CDUP", &S::toParent, true, false},
        {"XCUP", &S::toParent, true, false},
        {"MKD", &S::makeDirectory, true, true},
        {"XMKD", &S::makeDirectory, true, true},
        {"RMD", &S::removeDirectory, true, true},
        {"XRMD", &S::removeDirectory, true, true},
        {"DELE", &S::removeFile, true, true},
        {"SIZE", &S::size, true, true},
        {"MDTM", &S::changed, true, true},
        {"TYPE", &S::type, true, true},
        {"STRU", &S::structure, true, true},
        {"MODE", &S::mode, true, true},
        {"ALLO", &S::allocate, true, true},
        {"PORT", &S::activePort, true, true},
        {"EPRT", &S::extendedActivePort, true, true},
        {"PASV", &S::passive, true, false},
        {"EPSV", &S::extendedPassive, true, false},
        {"LIST", &S::list, true, false},
        {"NLST", &S::names, true, false},
        {"RETR", &S::retrieve, true, true},
        {"STOR", &S::store, true, true},
        {"ABOR", &S::abortTransfer, true, false},
    };
    const auto found = std::find_if(std::begin(rules), std::end(rules),
                                    [&](const CommandRule& rule) { return ftp::sameVerb(verb, rule.verb); });
    return found == std::end(rules) ? nullptr : found;
}

void FtpSession::greet(HostServices& host) {
    idleSince = host.now();
    folder = site.folder;
    enter(host, "WAITING FOR USER");
    reply(host, 220, site.banner);
}

void FtpSession::controlEvent(HostServices& host, const StreamEvent& event) {
    switch (event.type) {
    case StreamEventType::Data:
        idleSince = host.now();
        if (!lines.append(event.data))
            return leave(host, 421, "Too much at once; closing.");
        return pump(host);
    case StreamEventType::PeerClosed:
        // A client that leaves without QUIT: what it asked for is stopped (RFC 959, 4.1.1, under QUIT).
        if (!closing)
            host.close(control);
        return end(host);
    case StreamEventType::Closed:
    case StreamEventType::Reset:
    case StreamEventType::TimedOut:
    case StreamEventType::Unreachable:
    case StreamEventType::Refused: return end(host);
    default: return;
    }
}

/// Commands wait while a transfer or the delay after a wrong password is on; ABOR does not.
void FtpSession::pump(HostServices& host) {
    while (!closing && !ended && !denialDue) {
        if (transfer != Transfer::None) {
            const auto next = lines.peek();
            if (!next || !ftp::sameVerb(readFtpCommand(bytesOf(*next)).verb.text, "ABOR"))
                return;
        }
        const auto line = lines.take();
        if (!line)
            return;
        execute(host, *line);
    }
}

void FtpSession::execute(HostServices& host, const std::string& line) {
    const FtpCommand command = readFtpCommand(bytesOf(line));
    const std::string_view verb = command.verb.text, argument = command.argument.text;
    const CommandRule* rule = ruleOf(verb);
    if (!rule)
        return ftp::verbNamed(verb) ? reply(host, 502, "Command not implemented.")
                                    : reply(host, 500, "Command not understood.");
    if (rule->needsLogin && login != Login::Done)
        return reply(host, 530, "Please log in with USER and PASS.");
    if (hasControlCharacters(argument) || (rule->needsArgument && argument.empty()))
        return reply(host, 501, "Syntax error in parameters or arguments.");
    (this->*rule->handler)(host, argument);
}

void FtpSession::reply(HostServices& host, unsigned code, std::string_view text) {
    host.send(control, bytesOf(fmt::format("{} {}\r\n", code, text)));
}

/// "code-" on the first line, "code " on the last; those between begin with a space, so that none is taken
/// for the last (RFC 959, 4.2; RFC 2389, 3.2).
void FtpSession::replyLines(HostServices& host, unsigned code, std::string_view first,
                            const std::vector<std::string>& inside, std::string_view last) {
    std::string text = fmt::format("{}-{}\r\n", code, first);
    for (const std::string& line : inside)
        text += fmt::format(" {}\r\n", line);
    text += fmt::format("{} {}\r\n", code, last);
    host.send(control, bytesOf(text));
}

void FtpSession::enter(HostServices& host, std::string_view state) {
    host.entered(ProtocolId::ftp, control, std::string(state));
}

void FtpSession::end(HostServices& host) {
    if (ended)
        return;
    stopTransfer(host, true);
    if (denialDue)
        host.timerEnded(ProtocolId::ftp, control, "login delay", false);
    denialDue.reset();
    ended = true;
    if (!closing)
        enter(host, "CLOSED");
    closing = true;
}

/// The last reply, and the end of the control connection after it. The session is over when the client has
/// closed its end too.
void FtpSession::leave(HostServices& host, unsigned code, std::string_view text) {
    reply(host, code, text);
    stopTransfer(host, true);
    closing = true;
    enter(host, "CLOSED");
    host.close(control);
}

Time FtpSession::deadline() const {
    Time due = idleSince + site.idleTimeout;
    if (openBy)
        due = std::min(due, *openBy);
    if (denialDue)
        due = std::min(due, *denialDue);
    return due;
}

void FtpSession::wake(HostServices& host) {
    const Time now = host.now();
    if (denialDue && now >= *denialDue) {
        denialDue.reset();
        host.timerEnded(ProtocolId::ftp, control, "login delay", true);
        deny(host);
        return pump(host);
    }
    if (openBy && now >= *openBy)
        return finish(host, 425, "Cannot open data connection.");
    if (now < idleSince + site.idleTimeout)
        return;
    if (closing) { // the client never closed its end
        host.abort(control);
        return end(host);
    }
    if (transfer == Transfer::Sending) { // TCP itself gives up on a client that does not acknowledge
        idleSince = now;
        return;
    }
    if (transfer != Transfer::None)
        return finish(host, 426, "Data connection idle; transfer aborted.");
    leave(host, 421, "Timeout; closing control connection."); // RFC 1123, 4.1.3.2
}

// --- who ---

/// A name that nobody has is asked for a password too, lest names can be tried out (RFC 2577, 7).
void FtpSession::user(HostServices& host, std::string_view argument) {
    const auto found = std::find_if(site.users.begin(), site.users.end(),
                                    [&](const FtpUser& one) { return one.name == argument; });
    candidate = found == site.users.end() ? nullptr : &*found;
    if (candidate && candidate->password && candidate->password->empty())
        return loggedIn(host);
    login = Login::Password;
    enter(host, "WAITING FOR PASSWORD");
    reply(host, 331,
          candidate && !candidate->password ? "Any password will do; an e-mail address is usual."
                                            : "Password required.");
}

void FtpSession::password(HostServices& host, std::string_view argument) {
    if (login != Login::Password)
        return reply(host, 503, "Log in with USER first.");
    if (candidate && (!candidate->password || *candidate->password == argument))
        return loggedIn(host);
    if (site.denialDelay == 0)
        return deny(host);
    denialDue = host.now() + site.denialDelay; // RFC 2577, 5, against guessing
    host.timerStarted(ProtocolId::ftp, control, "login delay", *denialDue);
}

void FtpSession::account(HostServices& host, std::string_view) {
    reply(host, 202, "No account is needed here.");
}

void FtpSession::loggedIn(HostServices& host) {
    login = Login::Done;
    folder = site.folder;
    enter(host, "LOGGED IN");
    reply(host, 230, fmt::format("User {} logged in.", candidate->name));
}

void FtpSession::deny(HostServices& host) {
    login = Login::User;
    candidate = nullptr;
    reply(host, 530, "Login incorrect.");
    if (++denials == mostDenials)
        return leave(host, 421, "Too many failed logins; closing control connection.");
    enter(host, "WAITING FOR USER");
}

void FtpSession::quit(HostServices& host, std::string_view) {
    leave(host, 221, "Goodbye.");
}

} // namespace wirestage::simulation
