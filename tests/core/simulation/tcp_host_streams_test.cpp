// SPDX-License-Identifier: GPL-3.0-or-later
// A host's streams: which connection a segment or an error belongs to, and what applications are told.
#include "core/simulation/host_streams.h"

#include "core/bytes/checksum.h"
#include "core/protocols/tcp/tcp_segment_endpoints.h"

#include <deque>
#include <functional>
#include <gtest/gtest.h>

namespace wirestage::simulation {
namespace {

using enum StreamEventType;

class Listening : public Application {
public:
    std::vector<std::pair<StreamEventType, StreamId>> events;
    std::string received;

    void take(const StreamEvent& event) {
        events.emplace_back(event.type, event.stream);
        received.append(event.data.begin(), event.data.end());
    }
    [[nodiscard]] bool had(StreamEventType type) const {
        return std::any_of(events.begin(), events.end(), [&](const auto& one) { return one.first == type; });
    }
};

/// A host whose segments wait in a queue; time stands still until a test moves it.
class QuietHost : public StreamHost {
public:
    QuietHost(std::uint32_t number, Time& clock) : address(ipv4Address(0x0a000000 + number)), time(clock) {}

    struct Packet {
        IpAddress from, to;
        std::vector<std::uint8_t> segment;
    };
    IpAddress address;
    Time& time;
    TcpSettings settings;
    std::deque<Packet> out;
    std::vector<std::string> states; ///< "1 LISTEN"
    std::uint16_t mtu = 1500;
    bool hasRoute = true;
    HostStreams streams{*this};

    [[nodiscard]] Time now() const override { return time; }
    std::uint64_t random(std::uint64_t below) override { return 12345 % below; }
    [[nodiscard]] const TcpSettings& tcpSettings() const override { return settings; }
    [[nodiscard]] const std::string& hostName() const override { return name; }
    [[nodiscard]] std::optional<IpAddress> sourceFor(const IpAddress&) const override {
        return hasRoute ? std::optional(address) : std::nullopt;
    }
    [[nodiscard]] std::uint16_t pathMtu(const IpAddress&) const override { return mtu; }
    void sendSegment(const IpAddress& source, const IpAddress& destination, Bytes segment) override {
        out.push_back({source, destination, {segment.begin(), segment.end()}});
        InternetChecksum sum;
        sum.addPseudoHeader(source, destination, 6, static_cast<std::uint32_t>(segment.size()));
        sum.add(segment);
        EXPECT_EQ(sum.value(), 0);
    }
    void tell(Application& owner, const StreamEvent& event) override {
        static_cast<Listening&>(owner).take(event);
    }
    void streamEntered(StreamId machine, std::string state) override {
        states.push_back(std::to_string(machine) + " " + state);
    }
    void streamTimerStarted(StreamId, std::string, Time) override {}
    void streamTimerEnded(StreamId, std::string, bool) override {}
    void streamMeasured(StreamId, std::string, double) override {}
    void streamNoted(Text) override {}

private:
    std::string name = "host";
};

struct HostStreamsTest : testing::Test {
    Time clock = 0;
    QuietHost a{1, clock}, b{2, clock};
    Listening client, other, server;

    /// Exchanges what waits until nothing does.
    void exchange() {
        while (!a.out.empty() || !b.out.empty())
            for (QuietHost* from : {&a, &b})
                if (!from->out.empty()) {
                    const QuietHost::Packet packet = from->out.front();
                    from->out.pop_front();
                    (from == &a ? b : a).streams.segment(packet.from, packet.to, packet.segment);
                }
    }
    static TcpSegment read(const QuietHost::Packet& packet) {
        return readTcpSegment(packet.segment).value_or(TcpSegment{});
    }
    static IncomingIcmp errorAbout(const QuietHost::Packet& packet, std::uint8_t type, std::uint8_t code) {
        const TcpSegment segment = read(packet);
        IncomingIcmp message;
        message.type = type;
        message.code = code;
        message.about = IncomingIcmp::Quoted{
            packet.to, 6, segment.header.sourcePort, segment.header.destinationPort, 0, 0};
        return message;
    }
    StreamId connect(std::uint16_t port = 80, std::optional<std::uint16_t> from = {}) {
        ConnectOptions options;
        options.localPort = from;
        return a.streams.connect(b.address, port, client, options);
    }
};

TEST_F(HostStreamsTest, ConnectAClientWithWhoListens) {
    ASSERT_TRUE(b.streams.listen(80, server, {}));
    EXPECT_FALSE(b.streams.listen(80, other, {}));
    const StreamId stream = connect();
    exchange();
    EXPECT_TRUE(client.had(Opened));
    EXPECT_TRUE(server.had(Accepted));
    EXPECT_EQ(a.streams.localEnd(stream), std::pair(a.address, std::uint16_t{49152}));
    EXPECT_EQ(a.streams.remoteEnd(stream), std::pair(b.address, std::uint16_t{80}));
    EXPECT_EQ(b.states, (std::vector<std::string>{"1 LISTEN", "1 SYN-RECEIVED", "1 ESTABLISHED"}));
}

TEST_F(HostStreamsTest, KeepTwoConnectionsToOnePortApart) {
    b.streams.listen(80, server, {});
    const StreamId first = connect(), second = connect();
    exchange();
    const std::string_view words = "to the second";
    a.streams.send(second, {reinterpret_cast<const std::uint8_t*>(words.data()), words.size()});
    exchange();
    EXPECT_EQ(a.streams.localEnd(second).second, 49153);
    EXPECT_NE(first, second);
    ASSERT_EQ(server.events.back().first, Data);
    EXPECT_EQ(b.streams.remoteEnd(server.events.back().second).second, 49153);
}

// RFC 9293, 3.10.7.1
TEST_F(HostStreamsTest, RefuseWhatNobodyListensFor) {
    connect(81);
    ASSERT_EQ(a.out.size(), 1U);
    exchange();
    EXPECT_TRUE(client.had(Refused));
    EXPECT_EQ(a.states, (std::vector<std::string>{"1 SYN-SENT", "1 CLOSED"}));
}

// RFC 9293, 3.10.7.2
TEST_F(HostStreamsTest, AnswerAnAckToAListenerByAReset) {
    b.streams.listen(80, server, {});
    TcpSegment ack;
    ack.header.sourcePort = 5000;
    ack.header.destinationPort = 80;
    ack.header.acknowledgement = 777;
    ack.header.flags = tcp_flag::ack;
    b.streams.segment(a.address, b.address, writeTcpSegment(ack, a.address, b.address));
    ASSERT_EQ(b.out.size(), 1U);
    EXPECT_EQ(read(b.out[0]).header.flags, tcp_flag::rst);
    EXPECT_EQ(read(b.out[0]).header.sequence, 777U);
    ack.header.flags = tcp_flag::rst;
    b.streams.segment(a.address, b.address, writeTcpSegment(ack, a.address, b.address));
    EXPECT_EQ(b.out.size(), 1U);
}

// RFC 9293, 3.9.2.3
TEST_F(HostStreamsTest, PassOverASegmentToEverybody) {
    TcpSegment syn;
    syn.header.destinationPort = 80;
    syn.header.flags = tcp_flag::syn;
    const IpAddress everybody = ipv4Address(0xffffffff);
    b.streams.segment(a.address, everybody, writeTcpSegment(syn, a.address, everybody));
    EXPECT_TRUE(b.out.empty());
}

// RFC 9293, 3.5, figure 7
TEST_F(HostStreamsTest, OpenFromBothSidesAtOnce) {
    ConnectOptions from;
    from.localPort = 5000;
    a.streams.connect(b.address, 6000, client, from);
    from.localPort = 6000;
    b.streams.connect(a.address, 5000, other, from);
    exchange();
    EXPECT_TRUE(client.had(Opened));
    EXPECT_TRUE(other.had(Opened));
    EXPECT_EQ(a.states, (std::vector<std::string>{"1 SYN-SENT", "1 SYN-RECEIVED", "1 ESTABLISHED"}));
}

TEST_F(HostStreamsTest, SayAtOnceThatNoRouteLeadsThere) {
    a.hasRoute = false;
    const StreamId stream = connect();
    EXPECT_EQ(client.events, (std::vector<std::pair<StreamEventType, StreamId>>{{Unreachable, stream}}));
}

// RFC 9293, 3.10.7.4, second step: back to LISTEN
TEST_F(HostStreamsTest, ListenAgainAfterAnOpeningThatWasReset) {
    b.streams.listen(80, server, {});
    const StreamId stream = connect();
    b.streams.segment(a.address, b.address, a.out.front().segment);
    a.out.clear();
    const QuietHost::Packet answer = b.out.front();
    b.out.clear();
    a.streams.close(stream); // SYN-SENT: the connection is forgotten (3.10.4)
    a.streams.segment(b.address, a.address, answer.segment);
    exchange();
    EXPECT_EQ(b.states, (std::vector<std::string>{"1 LISTEN", "1 SYN-RECEIVED", "1 LISTEN"}));
    EXPECT_TRUE(server.events.empty());
    connect();
    exchange();
    EXPECT_TRUE(server.had(Accepted));
}

// RFC 9293, 3.9.2.2 and RFC 5927, 4.1
TEST_F(HostStreamsTest, BelieveAHardErrorOnlyAboutANumberUnderWay) {
    connect();
    const std::uint32_t sequence = read(a.out[0]).header.sequence;
    a.streams.error(a.address, sequence + 1, errorAbout(a.out[0], 3, 3));
    EXPECT_FALSE(client.had(Unreachable));
    a.streams.error(a.address, sequence, errorAbout(a.out[0], 11, 0)); // soft
    EXPECT_FALSE(client.had(Unreachable));
    a.streams.error(a.address, sequence, errorAbout(a.out[0], 3, 3));
    EXPECT_TRUE(client.had(Unreachable));
}

// RFC 1191, 6.4
TEST_F(HostStreamsTest, SendSmallerSegmentsOverAPathThatTakesLess) {
    b.streams.listen(80, server, {});
    const StreamId stream = connect();
    exchange();
    const std::vector<std::uint8_t> data(1460, 'x');
    a.streams.send(stream, data);
    ASSERT_EQ(a.out.size(), 1U);
    const QuietHost::Packet large = a.out.front();
    a.out.clear();
    a.mtu = 1000;
    a.streams.error(a.address, read(large).header.sequence, errorAbout(large, 3, 4));
    ASSERT_EQ(a.out.size(), 2U);
    EXPECT_EQ(read(a.out[0]).payload.size(), 960U);
    exchange();
    EXPECT_EQ(server.received.size(), 1460U);
}

// RFC 9293, 3.6.1: a SYN that is surely later opens anew what is in TIME-WAIT
TEST_F(HostStreamsTest, LetAPortBeUsedAgainWhileTheServerIsInTimeWait) {
    b.streams.listen(80, server, {});
    a.settings.initialSequence = 1000;
    const StreamId first = connect(80, 5000);
    exchange();
    b.streams.close(server.events.back().second);
    exchange();
    a.streams.close(first);
    exchange();
    EXPECT_EQ(b.states.back(), "1 TIME-WAIT");
    a.settings.initialSequence = 900'000;
    connect(80, 5000);
    const QuietHost::Packet syn = a.out.front();
    b.streams.segment(syn.from, syn.to, syn.segment);
    EXPECT_TRUE(isBefore(12'345 + 2, read(b.out.front()).header.sequence)); // beyond the last one's numbers
    exchange();
    EXPECT_EQ(client.events.back().first, Opened);
}

TEST_F(HostStreamsTest, WakeWhenATimerIsDue) {
    connect();
    a.out.clear();
    ASSERT_EQ(a.streams.deadline(), second);
    clock = second;
    a.streams.wake();
    ASSERT_EQ(a.out.size(), 1U);
    EXPECT_TRUE(read(a.out[0]).has(tcp_flag::syn));
    EXPECT_EQ(a.streams.deadline(), 3 * second);
}

TEST_F(HostStreamsTest, AreSafeFromAnyBytes) {
    b.streams.listen(80, server, {});
    connect();
    exchange();
    std::uint32_t state = 1;
    for (int i = 0; i < 20'000; ++i) {
        std::vector<std::uint8_t> bytes(20 + i % 60);
        for (std::uint8_t& byte : bytes)
            byte = static_cast<std::uint8_t>((state = state * 1664525 + 1013904223) >> 24);
        const std::uint16_t from = 49152, to = 80;
        bytes[0] = from >> 8, bytes[1] = from & 255, bytes[2] = to >> 8, bytes[3] = to & 255;
        b.streams.segment(a.address, b.address, bytes);
        b.out.clear();
    }
    SUCCEED();
}

} // namespace
} // namespace wirestage::simulation
