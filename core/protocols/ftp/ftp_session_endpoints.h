// SPDX-License-Identifier: GPL-3.0-or-later
// The server's side of one FTP session: a control connection, its commands in turn, and at most one data
// connection at a time (RFC 959, RFC 1123 4.1, RFC 2428, RFC 2577, RFC 3659).
//
// States, as HostServices::entered tells them with the control connection's StreamId as the machine:
// "WAITING FOR USER", "WAITING FOR PASSWORD", "LOGGED IN", "TRANSFER", "CLOSED".
#pragma once

#include "core/protocols/ftp/ftp_files_endpoints.h"
#include "core/protocols/ftp/ftp_lines_endpoints.h"
#include "core/protocols/ftp/ftp_wire.h"
#include "core/simulation/application.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace wirestage::simulation {

struct FtpUser {
    std::string name;
    std::optional<std::string> password; ///< none: any will do; empty: none is asked for
};

/// What all sessions of a server share.
struct FtpSite {
    std::uint16_t port = 21;
    std::uint16_t dataPort = 20; ///< where active data connections come from: the port before (RFC 959, 3.2)
    std::string banner = "FTP server ready.";
    std::vector<FtpUser> users;
    FtpFiles files;
    std::string folder = "/"; ///< where a session begins
    std::uint16_t passiveFirst = 50000, passiveLast = 50099;
    IpAddress passiveAddress; ///< that 227 names; version 0: that of the control connection
    bool otherAddresses = false;
    Time denialDelay = 0, dataTimeout = 0, idleTimeout = 0;
    std::set<std::uint16_t> portsInUse; ///< passive ones, of all sessions
};

class FtpSession {
public:
    FtpSession(FtpSite& shared, Application& server, StreamId connection)
        : site(shared), owner(server), control(connection) {}

    void greet(HostServices& host);
    void controlEvent(HostServices& host, const StreamEvent& event);
    void dataEvent(HostServices& host, const StreamEvent& event);
    void wake(HostServices& host);

    [[nodiscard]] Time deadline() const;
    [[nodiscard]] bool over() const { return ended; }
    [[nodiscard]] bool hasData(StreamId stream) const { return data == stream; }
    [[nodiscard]] bool listensAt(std::uint16_t port) const { return listening && port == passivePort; }

private:
    enum class Login : std::uint8_t { User, Password, Done };
    enum class Transfer : std::uint8_t { None, Opening, Sending, Receiving };
    using Handler = void (FtpSession::*)(HostServices&, std::string_view argument);
    struct CommandRule {
        std::string_view verb;
        Handler handler;
        bool needsLogin, needsArgument;
    };
    static const CommandRule* ruleOf(std::string_view verb);

    // the control connection
    void pump(HostServices& host);
    void execute(HostServices& host, const std::string& line);
    void reply(HostServices& host, unsigned code, std::string_view text);
    void replyLines(HostServices& host, unsigned code, std::string_view first,
                    const std::vector<std::string>& inside, std::string_view last);
    void enter(HostServices& host, std::string_view state);
    void end(HostServices& host);
    void leave(HostServices& host, unsigned code, std::string_view text);

    // who
    void user(HostServices& host, std::string_view argument);
    void password(HostServices& host, std::string_view argument);
    void account(HostServices& host, std::string_view argument);
    void loggedIn(HostServices& host);
    void deny(HostServices& host);
    void quit(HostServices& host, std::string_view argument);
    // what and where
    void system(HostServices& host, std::string_view argument);
    void features(HostServices& host, std::string_view argument);
    void help(HostServices& host, std::string_view argument);
    void nothing(HostServices& host, std::string_view argument);
    void workingDirectory(HostServices& host, std::string_view argument);
    void changeDirectory(HostServices& host, std::string_view argument);
    void toParent(HostServices& host, std::string_view argument);
    void makeDirectory(HostServices& host, std::string_view argument);
    void removeDirectory(HostServices& host, std::string_view argument);
    void removeFile(HostServices& host, std::string_view argument);
    void size(HostServices& host, std::string_view argument);
    void changed(HostServices& host, std::string_view argument);
    // how
    void type(HostServices& host, std::string_view argument);
    void structure(HostServices& host, std::string_view argument);
    void mode(HostServices& host, std::string_view argument);
    void allocate(HostServices& host, std::string_view argument);
    void activePort(HostServices& host, std::string_view argument);
    void extendedActivePort(HostServices& host, std::string_view argument);
    void passive(HostServices& host, std::string_view argument);
    void extendedPassive(HostServices& host, std::string_view argument);
    void connectTo(HostServices& host, const FtpEndpoint& endpoint, std::string_view verb);
    bool listenForData(HostServices& host);
    // files on their way
    void list(HostServices& host, std::string_view argument);
    void names(HostServices& host, std::string_view argument);
    void retrieve(HostServices& host, std::string_view argument);
    void store(HostServices& host, std::string_view argument);
    void abortTransfer(HostServices& host, std::string_view argument);
    void sendListing(HostServices& host, std::string_view argument, bool whole);
    void begin(HostServices& host, std::string_view what, bool asBytes);
    void opened(HostServices& host);
    void receive(HostServices& host, Bytes bytes);
    void received(HostServices& host);
    void finish(HostServices& host, unsigned code, std::string_view text);
    void stopTransfer(HostServices& host, bool failed);
    void dropData(HostServices& host);
    void stopListening(HostServices& host);

    FtpSite& site;
    Application& owner;
    StreamId control;
    FtpLines lines;
    bool ended = false, closing = false;
    Time idleSince = 0;

    Login login = Login::User;
    const FtpUser* candidate = nullptr; ///< of the last USER; null: nobody of that name
    unsigned denials = 0;
    std::optional<Time> denialDue;

    std::string folder = "/";
    bool binary = false; ///< TYPE I; A is the default (RFC 959, 3.1.1.1)
    bool extendedOnly = false;

    std::optional<FtpEndpoint> target; ///< of PORT or EPRT
    bool listening = false;            ///< of PASV or EPSV, and nobody has come yet
    std::uint16_t passivePort = 0;
    std::optional<StreamId> data;
    bool dataOpen = false, dataEnded = false;
    std::string early; ///< what came before STOR

    Transfer transfer = Transfer::None;
    bool storing = false;
    std::string path;    ///< of what is stored
    std::string content; ///< to send, or received so far
    std::optional<Time> openBy;
};

} // namespace wirestage::simulation
