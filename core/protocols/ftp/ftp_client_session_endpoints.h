// SPDX-License-Identifier: GPL-3.0-or-later
// The client's side of one FTP session, which works off a list of commands as a user's program does: one
// command at a time, each after the reply to the one before, and a data connection for each listing or file
// (RFC 959, RFC 1123 4.1, RFC 2428).
//
// States, as HostServices::entered tells them with the control connection's StreamId as the machine:
// "CONNECTING", "WAITING FOR GREETING", "LOGGING IN", "LOGGED IN", "TRANSFER", "LEAVING", "CLOSED".
#pragma once

#include "core/protocols/ftp/ftp_files_endpoints.h"
#include "core/protocols/ftp/ftp_lines_endpoints.h"
#include "core/protocols/ftp/ftp_wire.h"
#include "core/simulation/application.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirestage::simulation {

/// How the data connection is agreed on: PORT, PASV, EPRT or EPSV.
enum class FtpMode : std::uint8_t { Active, Passive, Eprt, Epsv };

struct FtpPlan {
    CommandId command = 0;
    IpAddress server;
    std::uint16_t port = 21;
    std::string user, password;
    FtpMode mode = FtpMode::Passive;
    std::vector<std::string> commands;
    std::string upload; ///< what STOR sends
    Time dataTimeout = 0, replyTimeout = 0;
};

struct FtpFetched {
    std::string command; ///< "RETR readme.txt"
    std::string content;
};

class FtpClientSession {
public:
    FtpClientSession(FtpPlan whatToDo, Application& client) : plan(std::move(whatToDo)), owner(client) {}

    void start(HostServices& host);
    void event(HostServices& host, const StreamEvent& event);
    void wake(HostServices& host);

    [[nodiscard]] std::optional<Time> deadline() const;
    [[nodiscard]] bool over() const { return step == Step::Over; }
    /// Whether what happens to this stream, or arrives at this port, concerns this session.
    [[nodiscard]] bool owns(StreamId stream) const { return stream == control || data == stream; }
    [[nodiscard]] bool listensAt(std::uint16_t port) const { return listener == port; }
    [[nodiscard]] const std::vector<FtpFetched>& fetched() const { return files; }

private:
    enum class Step : std::uint8_t {
        Connecting, ///< the control connection
        Greeting,
        User,
        Password,
        Command,     ///< one that moves no data
        Agreeing,    ///< PORT, PASV, EPRT or EPSV
        DataOpening, ///< after 227 and 229
        Transfer,
        Aborting,
        Leaving,
        Idle, ///< all is done but QUIT was not asked for
        Over
    };

    void controlEvent(HostServices& host, const StreamEvent& event);
    void line(HostServices& host, const std::string& line);
    void reply(HostServices& host, unsigned code, const std::string& text);
    void loginReply(HostServices& host, unsigned code);
    void commandReply(HostServices& host, unsigned code);
    void next(HostServices& host);
    void send(HostServices& host, const std::string& command);
    void skip(HostServices& host);
    void leave(HostServices& host);
    void end(HostServices& host, bool succeeded);
    void report(HostServices& host, bool succeeded);
    void enter(HostServices& host, std::string_view state);
    void watch(HostServices& host, Time delay, bool showsDataTimer = false);
    void stopWatching(HostServices& host, bool fired = false);

    // data connections
    void agree(HostServices& host, FtpMode how, const std::string& written);
    std::string listenForData(HostServices& host, FtpMode how);
    void agreedReply(HostServices& host, unsigned code, const std::string& text);
    void dataReady(HostServices& host);
    void dataEvent(HostServices& host, const StreamEvent& event);
    void dataOpened(HostServices& host, StreamId stream);
    void dataFailed(HostServices& host);
    void transfer(HostServices& host);
    void transferReply(HostServices& host, unsigned code);
    void upload(HostServices& host);
    void settle(HostServices& host);
    void giveUp(HostServices& host);
    void dropData(HostServices& host, bool abort);
    void stopListening(HostServices& host);

    [[nodiscard]] const std::string& commandInHand() const { return plan.commands[place]; }
    [[nodiscard]] bool stores() const;

    FtpPlan plan;
    Application& owner;
    StreamId control = 0;
    Step step = Step::Connecting;
    FtpLines lines;
    FtpReplyAssembly assembly;
    std::string firstLine; ///< of the reply that is being read
    std::size_t place = 0; ///< of the command in hand
    bool loggedIn = false, failed = false, binary = false, left = false, reported = false;
    unsigned repliesDue = 0; ///< after ABOR: the transfer's and its own

    FtpMode agreeing = FtpMode::Passive;
    bool asked = false;    ///< agreed on by a command of the list itself
    bool prepared = false; ///< agreed on
    std::optional<std::uint16_t> listener;
    std::optional<StreamId> data;
    bool dataOpen = false, dataEnded = false, dataClosed = false, broken = false;

    bool begun = false, sent = false;
    std::optional<unsigned> ending; ///< code of the transfer's last reply
    std::string received;
    std::vector<FtpFetched> files;
    std::optional<Time> due;
    bool dataTimerShown = false;
};

} // namespace wirestage::simulation
