// SPDX-License-Identifier: GPL-3.0-or-later
// FTP's endpoints against peers that say and do anything: nothing crashes, nothing grows without bound, a
// stream is never used after it was given up, and everything ends.
#include "ftp_bench.h"

#include <random>

namespace wirestage::simulation {
namespace {

/// A host that notices what no application may do with its streams.
class StrictHost : public FakeHost {
public:
    using FakeHost::FakeHost;
    using FakeHost::send;
    void send(StreamId stream, Bytes data) override {
        EXPECT_FALSE(streams.at(stream).closed || streams.at(stream).aborted || gone.count(stream))
            << "sends on a stream that is closed";
        FakeHost::send(stream, data);
    }
    void close(StreamId stream) override {
        EXPECT_FALSE(streams.at(stream).closed || streams.at(stream).aborted) << "closes twice";
        FakeHost::close(stream);
    }
    std::set<StreamId> gone; ///< reset, refused or timed out
};

constexpr StreamEventType everyEvent[] = {
    StreamEventType::Data,        StreamEventType::Data,    StreamEventType::Data,
    StreamEventType::Accepted,    StreamEventType::Opened,  StreamEventType::PeerClosed,
    StreamEventType::Acked,       StreamEventType::Closed,  StreamEventType::Reset,
    StreamEventType::Unreachable, StreamEventType::Refused, StreamEventType::TimedOut,
};

/// What may come next on a stream, as TCP would tell it: nothing after its end, no second opening.
struct Peer {
    std::mt19937 random;
    StrictHost& host;
    std::map<StreamId, int> heard; ///< 1: open, 2: the peer has closed, 3: over

    std::size_t below(std::size_t most) { return random() % most; }

    void happen(StreamId stream, StreamEventType type, std::string_view data) {
        int& state = heard[stream];
        const FakeHost::Stream& one = host.streams.at(stream);
        const bool opens = type == StreamEventType::Opened || type == StreamEventType::Accepted;
        const bool fails = type == StreamEventType::Unreachable || type == StreamEventType::Refused;
        if (state == 3 || one.aborted ||
            (opens || fails ? state != 0 : state == 0 && type != StreamEventType::TimedOut))
            return;
        if (state == 2 && (type == StreamEventType::Data || type == StreamEventType::PeerClosed))
            return;
        if (type == StreamEventType::Closed && !(one.closed && state == 2))
            return;
        if (opens)
            state = 1;
        if (type == StreamEventType::PeerClosed)
            state = 2;
        if (fails || type == StreamEventType::Reset || type == StreamEventType::TimedOut) {
            state = 3;
            host.gone.insert(stream);
        }
        if (type == StreamEventType::Closed)
            state = 3;
        host.deliver(StreamEvent{type, stream, one.remote, one.remotePort, one.localPort, bytesOf(data)});
    }

    /// TCP gives up on everything but control connections, as it does when nobody acknowledges.
    void giveUpOnData() {
        for (StreamId stream = 1; stream <= host.lastStream; ++stream)
            if (host.streams.at(stream).localPort != 21 && host.streams.at(stream).remotePort != 21)
                happen(stream, StreamEventType::TimedOut, "");
    }
};

constexpr std::string_view pieces[] = {
    "USER alice\r\n",
    "PASS secret\r\n",
    "PASS x\r\n",
    "PASV\r\n",
    "EPSV\r\n",
    "EPSV ALL\r\n",
    "LIST\r\n",
    "NLST pub\r\n",
    "TYPE I\r\n",
    "PORT 192,0,2,1,200,1\r\n",
    "RETR readme.txt\r\n",
    "STOR a\r\n",
    "ABOR\r\n",
    "QUIT\r\n",
    "EPRT |1|192.0.2.1|5000|\r\n",
    "EPRT |",
    "\r",
    "\n",
    "\xff\xf4",
    "RETR \xff\xff/../../etc\r\n",
    "CWD pub\r\n",
    "MKD a/b/c/../d\r\n",
    "DELE a\r\n",
    " \r\n",
    "SIZE pub/large.txt\r\n",
};

TEST(FtpHostilePeers, NeverHarmAServer) {
    for (unsigned seed = 1; seed <= 300; ++seed) {
        SCOPED_TRACE(seed);
        StrictHost host("server");
        host.interfaces[0].address = *parseIpAddress("192.0.2.2");
        const auto server = makeFtp(ftpServerType, ftpServerSettings());
        host.attach(*server);
        Peer peer{std::mt19937(seed), host, {}};
        for (int round = 0; round < 200; ++round) {
            if (round % 50 == 0 || peer.below(20) == 0) {
                const auto port =
                    std::next(host.listeningPorts.begin(),
                              static_cast<std::ptrdiff_t>(peer.below(host.listeningPorts.size())));
                peer.happen(host.accept(*parseIpAddress("192.0.2.1"), 49152, port->first),
                            StreamEventType::Accepted, "");
                continue;
            }
            const auto stream = static_cast<StreamId>(1 + peer.below(host.lastStream));
            peer.happen(stream, everyEvent[peer.below(peer.below(8) ? 3 : std::size(everyEvent))],
                        pieces[peer.below(std::size(pieces))]);
            host.runFor(static_cast<Time>(peer.below(2000)) * millisecond);
        }
        peer.giveUpOnData();
        host.runFor(2 * 3600 * second);
        EXPECT_FALSE(server->deadline()) << "something is never over";
        EXPECT_EQ(host.listeningPorts.size(), 1U) << "a passive port was forgotten";
    }
}

constexpr std::string_view replies[] = {
    "220 FTP\r\n",
    "331 pass\r\n",
    "230 in\r\n",
    "530 no\r\n",
    "227 =192,0,2,2,195,80\r\n",
    "229 (|||5000|)\r\n",
    "227 none\r\n",
    "229 ()\r\n",
    "200 ok\r\n",
    "150 now\r\n",
    "226 done\r\n",
    "226-many\r\n",
    "226 done\r\n",
    "425 no\r\n",
    "426 broke\r\n",
    "550 no\r\n",
    "421 bye\r\n",
    "221 bye\r\n",
    "999 what\r\n",
    "\xff\xff\xff\r\n",
    "\r\n",
    "22",
    "0 \r\n",
    "125 already\r\n",
    "120 wait\r\n",
};

TEST(FtpHostilePeers, NeverHarmAClient) {
    for (unsigned seed = 1; seed <= 300; ++seed) {
        SCOPED_TRACE(seed);
        StrictHost host("client");
        host.interfaces[0].address = *parseIpAddress("192.0.2.1");
        const auto client = makeFtp(ftpClientType, {});
        host.attach(*client);
        constexpr const char* modes[] = {"active", "passive", "epsv", "eprt"};
        const CommandId id = host.give("ftp.session", ftpSessionSettings({"LIST", "RETR a", "STOR b", "PASV",
                                                                          "RETR c", "PORT", "LIST", "QUIT"},
                                                                         modes[seed % 4]));
        Peer peer{std::mt19937(seed), host, {}};
        for (int round = 0; round < 200; ++round) {
            if (!host.listeningPorts.empty() && peer.below(3) == 0)
                peer.happen(host.accept(*parseIpAddress("192.0.2.2"), 20, host.listeningPorts.begin()->first),
                            StreamEventType::Accepted, "");
            const auto stream = static_cast<StreamId>(1 + peer.below(host.lastStream));
            const auto type = round == 0 ? StreamEventType::Opened
                                         : everyEvent[peer.below(peer.below(8) ? 5 : std::size(everyEvent))];
            peer.happen(stream, type, replies[peer.below(std::size(replies))]);
            host.runFor(static_cast<Time>(peer.below(1000)) * millisecond);
        }
        peer.giveUpOnData();
        host.runFor(2 * 3600 * second);
        EXPECT_TRUE(host.outcomeOf(id)) << "the session is never over";
        EXPECT_FALSE(client->deadline());
        EXPECT_TRUE(host.listeningPorts.empty()) << "a data port was forgotten";
    }
}

} // namespace
} // namespace wirestage::simulation
