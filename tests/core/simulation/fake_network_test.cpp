// SPDX-License-Identifier: GPL-3.0-or-later
// The fake hosts themselves: a test that relies on them must be able to.
#include "fake_network.h"

#include <gtest/gtest.h>

namespace wirestage::simulation {
namespace {

/// Sends back what it gets, by datagram and by stream.
class Echoing : public Application {
public:
    void start(HostServices& host) override {
        host.bind(7, *this);
        host.listen(7, *this);
    }
    void datagram(HostServices& host, const IncomingDatagram& in) override {
        host.send({7, in.source, in.sourcePort, {in.payload.begin(), in.payload.end()}, {}});
    }
    void stream(HostServices& host, const StreamEvent& event) override {
        if (event.type == StreamEventType::Data)
            host.send(event.stream, event.data);
        if (event.type == StreamEventType::PeerClosed)
            host.close(event.stream);
    }
};

class Asking : public Application {
public:
    void command(HostServices& host, const Command& command) override {
        const auto server = *parseIpAddress("192.0.2.2");
        if (command.verb == "connect")
            host.connect(server, 7, *this);
        else if (host.bind(50000, *this))
            host.send({50000, server, 7, {1, 2, 3}, {}});
        due = host.now() + second;
    }
    void datagram(HostServices& host, const IncomingDatagram& in) override {
        seen += " datagram of " + std::to_string(in.payload.size()) + " at " + std::to_string(host.now());
    }
    void stream(HostServices& host, const StreamEvent& event) override {
        const std::uint8_t hello[] = {'h', 'i'};
        seen += " " + std::to_string(static_cast<int>(event.type)) + ":" + std::to_string(event.data.size());
        if (event.type == StreamEventType::Opened)
            host.send(event.stream, hello);
        if (event.type == StreamEventType::Data)
            host.close(event.stream);
    }
    std::optional<Time> deadline() const override { return due; }
    void wake(HostServices& host) override {
        due.reset();
        seen += " woken at " + std::to_string(host.now());
    }
    std::string seen;
    std::optional<Time> due;
};

struct Pair {
    FakeNetwork network;
    NetworkHost& client = network.addHost("client", "192.0.2.1");
    NetworkHost& server = network.addHost("server", "192.0.2.2");
    Asking& asking = static_cast<Asking&>(network.install(client, std::make_unique<Asking>()));
    Pair() { network.install(server, std::make_unique<Echoing>()); }
};

TEST(FakeNetwork, CarriesADatagramThereAndBackAndWakesAtTheDeadline) {
    Pair pair;
    pair.network.command(pair.client, pair.asking, {1, "send", {}});
    pair.network.run();
    EXPECT_EQ(pair.asking.seen, " datagram of 3 at 10000000 woken at 1000000000");
}

TEST(FakeNetwork, LosesWhatTheTestWantsLost) {
    Pair pair;
    pair.network.onDatagram = [](const NetworkHost&, OutgoingDatagram&) { return false; };
    pair.network.command(pair.client, pair.asking, {1, "send", {}});
    pair.network.run();
    EXPECT_EQ(pair.asking.seen, " woken at 1000000000");
    EXPECT_EQ(pair.network.log.size(), 1U);
}

TEST(FakeNetwork, OpensAStreamCarriesItsDataAndClosesBothWays) {
    Pair pair;
    pair.network.command(pair.client, pair.asking, {1, "connect", {}});
    pair.network.run();
    // Opened, two bytes back, the other end's close, closed.
    const auto number = [](StreamEventType type) {
        return " " + std::to_string(static_cast<int>(type)) + ":";
    };
    EXPECT_EQ(pair.asking.seen, number(StreamEventType::Opened) + "0" + number(StreamEventType::Data) + "2" +
                                    number(StreamEventType::PeerClosed) + "0" +
                                    number(StreamEventType::Closed) + "0 woken at 1000000000");
}

TEST(FakeNetwork, RefusesAStreamWhereNobodyListens) {
    Pair pair;
    pair.network.run(1);
    pair.server.listeningPorts.clear();
    pair.network.command(pair.client, pair.asking, {1, "connect", {}});
    pair.network.run();
    EXPECT_EQ(pair.asking.seen,
              " " + std::to_string(static_cast<int>(StreamEventType::Refused)) + ":0 woken at 1000000001");
}

} // namespace
} // namespace wirestage::simulation
