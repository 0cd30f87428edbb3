// SPDX-License-Identifier: GPL-3.0-or-later
// What lessons script with tcp-server and the verbs of tcp-client, on simulated hosts; and that Wireshark's
// own analysis names in the capture what we meant.
#include "core/protocols/tcp/tcp_text_endpoints.h"
#include "tests/core/simulation/tcp_bench.h"

#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>

namespace wirestage::simulation::test {
namespace {

using Story = std::vector<std::string>;
using namespace std::string_literals;

SettingValue n(std::int64_t number) {
    return number;
}

bool contains(const std::vector<std::string>& lines, std::string_view what) {
    return std::any_of(lines.begin(), lines.end(),
                       [&](const std::string& line) { return line.find(what) != std::string::npos; });
}

Story joined(std::initializer_list<Story> parts) {
    Story all;
    for (const Story& part : parts)
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

const Story opening{"client SYN", "server SYN ACK", "client ACK"};
const Story closing{"client FIN ACK", "server ACK", "server FIN ACK", "client ACK"};

TEST(TcpSampleText, SaysAtEachLineWhereInTheStreamItIs) {
    EXPECT_EQ(tcpSampleText(50), "byte 0000000: TCP brings bytes, it knows no lines\n");
    EXPECT_EQ(tcpSampleText(120).substr(50, 50), tcpSampleText(50, 50));
    EXPECT_EQ(tcpSampleText(70, 30), tcpSampleText(100).substr(30));
    EXPECT_EQ(tcpSampleText(0), "");
}

TEST(TcpLesson, OpensTalksAndCloses) {
    TcpScene scene;
    scene.serve({{"mode", "talk"s}});
    scene.connect();
    scene.then("tcp.send", {{"text", "hello"s}, {"answer", n(16)}});
    scene.then("tcp.close");
    const auto run = scene.run();
    EXPECT_FALSE(run.problem);
    EXPECT_EQ(tcpStory(run), joined({opening, {"client PSH ACK +6", "server PSH ACK +16"}, closing}));
    EXPECT_EQ(streamTo(run, "client"), "You said: hello\n");
    EXPECT_EQ(statesOf(run, "client"),
              (Story{"SYN-SENT", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT", "CLOSED"}));
    EXPECT_EQ(statesOf(run, "server"),
              (Story{"LISTEN", "SYN-RECEIVED", "ESTABLISHED", "CLOSE-WAIT", "LAST-ACK", "CLOSED"}));
}

TEST(TcpLesson, IsRefusedWhereNobodyListens) {
    TcpScene scene;
    scene.connect();
    const auto run = scene.run();
    EXPECT_EQ(tcpStory(run), (Story{"client SYN", "server RST ACK"}));
    EXPECT_FALSE(run.problem);
}

TEST(TcpLesson, GoesOnAfterAStepThatFailed) {
    TcpScene scene;
    scene.connect();
    scene.then("tcp.send", {{"text", "nobody there"s}});
    EXPECT_FALSE(scene.run().problem);
}

// RFC 9293, 3.10.4: the client has closed its half and still receives
TEST(TcpLesson, ReceivesOnAHalfClosedConnection) {
    TcpScene scene;
    scene.serve({{"mode", "source"s}, {"bytes", n(100)}, {"delay", 2.0}});
    scene.connect({{"close", "half"s}});
    const auto run = scene.run();
    EXPECT_EQ(tcpStory(run), joined({opening,
                                     {"client FIN ACK", "server ACK", "server PSH ACK +100", "server FIN ACK",
                                      "client ACK"}}));
    EXPECT_EQ(streamTo(run, "client"), tcpSampleText(100));
}

TEST(TcpLesson, DownloadsAndClosesAfterTheServer) {
    TcpScene scene;
    scene.serve({{"mode", "source"s}, {"bytes", n(1000)}, {"close", "after-sending"s}});
    scene.connect({{"close", "after-peer"s}});
    const auto run = scene.run();
    EXPECT_EQ(statesOf(run, "server").back(), "CLOSED");
    EXPECT_TRUE(contains(statesOf(run, "server"), "TIME-WAIT")); // who closes first waits
    EXPECT_FALSE(contains(statesOf(run, "client"), "TIME-WAIT"));
}

TEST(TcpLesson, BreaksOffFromEitherSide) {
    TcpScene server;
    server.serve({{"close", "reset"s}});
    server.connect({{"bytes", n(50)}});
    EXPECT_EQ(tcpStory(server.run()), joined({opening, {"client PSH ACK +50", "server RST"}}));
    TcpScene client;
    client.serve({{"mode", "sink"s}});
    client.connect({{"bytes", n(50)}});
    client.then("tcp.reset");
    EXPECT_EQ(tcpStory(client.run()), joined({opening, {"client PSH ACK +50", "server ACK", "client RST"}}));
}

// RFC 9293, 3.5, figure 7
TEST(TcpLesson, OpensFromBothSidesAtOnce) {
    TcpScene scene;
    step(scene.network, "client", "tcp.connect",
         settings({{"to", "192.168.1.20"s}, {"port", n(6000)}, {"from_port", n(5000)}}));
    step(scene.network, "server", "tcp.connect",
         settings({{"to", "192.168.1.10"s}, {"port", n(5000)}, {"from_port", n(6000)}}));
    const auto run = scene.run();
    EXPECT_EQ(tcpStory(run).size(), 4U);
    for (const char* host : {"client", "server"})
        EXPECT_EQ(statesOf(run, host), (Story{"SYN-SENT", "SYN-RECEIVED", "ESTABLISHED"}));
}

// RFC 9293, 3.6, figure 13
TEST(TcpLesson, ClosesFromBothSidesAtOnce) {
    TcpScene scene;
    scene.serve({{"close", "never"s}});
    scene.connect();
    step(scene.network, "client", "tcp.close", {}, second);
    step(scene.network, "server", "tcp.server.close", {}, second);
    const auto run = scene.run();
    for (const char* host : {"client", "server"})
        EXPECT_TRUE(contains(statesOf(run, host), "CLOSING"));
    EXPECT_FALSE(run.problem);
}

TEST(TcpLesson, LetsTheServerSendWhenTheScriptSays) {
    TcpScene scene;
    scene.serve({{"mode", "sink"s}});
    scene.connect();
    step(scene.network, "server", "tcp.server.send", settings({{"text", "news"s}}), second);
    EXPECT_EQ(streamTo(scene.run(), "client"), "news\n");
}

TEST(TcpLesson, IsTheSameEveryTime) {
    const auto frames = [] {
        TcpScene scene;
        scene.serve({});
        scene.connect({{"bytes", n(20'000)}, {"answer", n(20'000)}, {"close", "yes"s}});
        scene.loseData("client", {3, 7});
        std::vector<std::vector<std::uint8_t>> all;
        for (const SentFrame& frame : scene.run().frames)
            all.push_back(frame.bytes);
        return all;
    };
    EXPECT_EQ(frames(), frames());
}

TEST(TcpLesson, TellsOfTimersAndMeasurements) {
    TcpScene scene;
    scene.serve({{"mode", "sink"s}});
    scene.connect({{"bytes", n(100)}});
    const auto run = scene.run();
    std::vector<std::string> timers, quantities;
    for (const TimerSpan& timer : run.timers)
        timers.push_back(run.nodes[timer.node].name + " " + timer.name + (timer.fired ? " fired" : ""));
    EXPECT_EQ(timers, (Story{"client RTO", "server RTO", "client RTO", "server delayed ACK fired"}));
    for (const Measurement& one : run.measurements)
        if (run.nodes[one.node].name == "client")
            quantities.push_back(one.name);
    for (const char* name : {"cwnd", "flight", "srtt", "rto", "window"})
        EXPECT_TRUE(contains(quantities, name)) << name;
}

struct WiresharkTest : testing::Test {
    void SetUp() override {
        static const bool isThere = std::system("tshark --version > /dev/null 2>&1") == 0;
        if (!isThere)
            GTEST_SKIP() << "there is no tshark";
    }
    static TcpScene upload(std::int64_t bytes) {
        TcpScene scene;
        scene.serve({{"mode", "sink"s}});
        scene.tcpOf("client").initialWindow = 10;
        scene.connect({{"bytes", n(bytes)}, {"close", "yes"s}});
        return scene;
    }
};

TEST_F(WiresharkTest, NamesARetransmissionAfterATimeout) {
    TcpScene scene = upload(100);
    scene.loseData("client", {1});
    const auto lines = remarks(scene.run(), 0);
    EXPECT_TRUE(contains(lines, "(suspected) retransmission"));
    EXPECT_FALSE(contains(lines, "fast retransmission"));
    EXPECT_FALSE(contains(lines, "Duplicate ACK"));
}

TEST_F(WiresharkTest, NamesAFastRetransmissionAndWhatCausedIt) {
    TcpScene scene = upload(14'600);
    scene.loseData("client", {3});
    const auto run = scene.run();
    const auto lines = remarks(run, 0);
    EXPECT_TRUE(contains(lines, "Duplicate ACK (#3)"));
    EXPECT_TRUE(contains(lines, "(suspected) fast retransmission"));
    EXPECT_TRUE(contains(remarks(run, 1), "Previous segment(s) not captured")); // seen from the server
}

TEST_F(WiresharkTest, NamesASegmentOutOfOrder) {
    TcpScene scene = upload(5840);
    scene.meddler.send = [count = 0](const SentFrame& frame, std::uint32_t) mutable {
        const auto segment = segmentOf(frame);
        Verdict verdict;
        if (frame.from == 0 && segment && !segment->payload.empty() && ++count == 2)
            verdict.delay = 2 * millisecond;
        return verdict;
    };
    EXPECT_TRUE(contains(remarks(scene.run(), 1), "out-of-order"));
}

TEST_F(WiresharkTest, NamesAClosedWindowItsProbesAndItsOpening) {
    TcpScene scene;
    scene.serve({{"mode", "sink"s}, {"pause_after", n(0)}, {"resume_after", 10.0}});
    scene.tcpOf("server").receiveBuffer = 4380;
    scene.connect({{"bytes", n(8000)}, {"close", "yes"s}});
    const auto run = scene.run();
    const auto lines = remarks(run, 0);
    for (const char* remark :
         {"window specified by the receiver is now completely full", "Zero Window segment",
          "Zero Window Probe", "ACK to a TCP Zero Window Probe", "window update"})
        EXPECT_TRUE(contains(lines, remark)) << remark;
    EXPECT_FALSE(contains(lines, "retransmission"));
    EXPECT_EQ(streamTo(run, "server"), tcpSampleText(8000));
    EXPECT_EQ(objections(run, 0), "");
}

TEST_F(WiresharkTest, HasNothingToSayOfALongTransferWithAllOptions) {
    TcpScene scene = upload(200'000);
    for (const char* host : {"client", "server"}) {
        TcpSettings& tcp = scene.tcpOf(host);
        tcp.selectiveAck = tcp.timestamps = true;
        tcp.windowScale = 4;
        tcp.receiveBuffer = 500'000;
    }
    scene.network.links[0].bitsPerSecond = scene.network.links[1].bitsPerSecond = 100'000'000;
    const auto run = scene.run();
    EXPECT_EQ(objections(run, 0), "");
    for (const std::string& line : remarks(run, 0))
        EXPECT_NE(line.find("onnection "), std::string::npos) << line; // of its opening and closing only
}

} // namespace
} // namespace wirestage::simulation::test
