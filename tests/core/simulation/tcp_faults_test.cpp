// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever a network does to a connection, what arrives is right: a thousand random sets of faults and
// settings.
#include "tests/core/simulation/networks.h"
#include "tests/core/simulation/tcp_pair.h"

#include <gtest/gtest.h>

namespace wirestage::simulation::test {
namespace {

/// What one end wanted and got.
struct Log {
    std::string toSend, received;
    std::vector<StreamEventType> events;
    [[nodiscard]] bool had(StreamEventType type) const {
        return std::find(events.begin(), events.end(), type) != events.end();
    }
    [[nodiscard]] bool failed() const {
        return had(StreamEventType::TimedOut) || had(StreamEventType::Reset) ||
               had(StreamEventType::Refused) || had(StreamEventType::Unreachable);
    }
};
Log logs[2]; // of client and server, in the run that is being made

/// Sends its text in pieces, closes, and keeps what comes; may stop reading for five seconds.
class Party : public Application {
public:
    explicit Party(const Settings& settings)
        : log(logs[settings.number("end")]), isServer(settings.number("end") == 1),
          piece(static_cast<std::size_t>(settings.number("piece"))), pauses(settings.flag("pauses")) {}

    void start(HostServices& host) override {
        if (isServer)
            host.listen(5001, *this);
        else
            host.connect(ip("192.168.1.20"), 5001, *this);
    }
    void stream(HostServices& host, const StreamEvent& event) override {
        log.events.push_back(event.type);
        if (event.type == StreamEventType::Opened || event.type == StreamEventType::Accepted) {
            stream_ = event.stream;
            for (std::size_t at = 0; at < log.toSend.size(); at += piece) {
                const std::string part = log.toSend.substr(at, piece);
                host.send(event.stream, {reinterpret_cast<const std::uint8_t*>(part.data()), part.size()});
            }
            host.close(event.stream);
        }
        log.received.append(event.data.begin(), event.data.end());
        if (pauses && log.received.size() > 1000) {
            pauses = false;
            host.setReading(event.stream, false);
            resumeAt = host.now() + 5 * second;
        }
    }
    [[nodiscard]] std::optional<Time> deadline() const override { return resumeAt; }
    void wake(HostServices& host) override {
        if (resumeAt && *resumeAt <= host.now()) {
            resumeAt.reset();
            host.setReading(stream_, true);
        }
    }

private:
    Log& log;
    bool isServer;
    std::size_t piece;
    bool pauses;
    StreamId stream_ = 0;
    std::optional<Time> resumeAt;
};

constexpr SettingSpec specs[] = {
    {"end", SettingType::Number}, {"piece", SettingType::Number}, {"pauses", SettingType::Flag}};
const ApplicationType partyType{
    "party", specs, {}, [](const Settings& settings) -> std::variant<std::unique_ptr<Application>, Text> {
        return std::make_unique<Party>(settings);
    }};

class Dice {
public:
    explicit Dice(std::uint64_t seed) : state(seed * 2862933555777941757ULL + 3037000493ULL) {}
    std::uint64_t below(std::uint64_t bound) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return (state >> 33) % bound;
    }
    bool chance(std::uint64_t percent) { return below(100) < percent; }

private:
    std::uint64_t state;
};

TcpSettings anySettings(Dice& dice) {
    TcpSettings tcp;
    constexpr std::uint16_t sizes[] = {88, 536, 1000, 1460};
    constexpr std::uint32_t buffers[] = {300, 2000, 8000, 65535, 200'000};
    tcp.maximumSegmentSize = sizes[dice.below(4)];
    tcp.receiveBuffer = buffers[dice.below(5)];
    if (dice.chance(50))
        tcp.windowScale = static_cast<std::uint8_t>(dice.below(5));
    tcp.selectiveAck = dice.chance(50);
    tcp.timestamps = dice.chance(50);
    tcp.delayedAck = dice.chance(70);
    tcp.nagle = dice.chance(70);
    tcp.congestionControl = dice.chance(80);
    tcp.fastRetransmit = dice.chance(80);
    tcp.initialSequence = static_cast<std::uint32_t>(4294966000U + dice.below(2000)); // goes round
    return tcp;
}

Run runWith(std::uint64_t seed) {
    Dice dice(seed);
    NetworkSetup network = twoHosts();
    network.limit = 24 * 3600 * second;
    node(network, "client").neighbours.emplace_back(ip("192.168.1.20"), mac("02:00:00:00:01:20"));
    node(network, "server").neighbours.emplace_back(ip("192.168.1.10"), mac("02:00:00:00:01:10"));
    for (const std::int64_t end : {0, 1}) {
        NodeSetup& host = node(network, end == 0 ? "client" : "server");
        host.tcp = anySettings(dice);
        logs[end] = {numbered(dice.below(end == 0 ? 12'000 : 3'000)), {}, {}};
        Settings given;
        given.set("end", end);
        given.set("piece", static_cast<std::int64_t>(1 + dice.below(5000)));
        given.set("pauses", dice.chance(30));
        install(network, host.name, partyType, given);
    }
    const std::uint64_t loss = dice.below(31), late = dice.below(31), twice = dice.below(16),
                        damage = dice.below(11);
    Meddler meddler;
    meddler.send = [&](const SentFrame&, std::uint32_t) {
        Verdict verdict;
        verdict.lose = dice.chance(loss);
        verdict.damage = dice.chance(damage);
        verdict.copies = dice.chance(twice) ? 1 : 0;
        if (dice.chance(late))
            verdict.delay = static_cast<Time>(dice.below(300)) * millisecond;
        return verdict;
    };
    return simulate(network, &meddler);
}

void expectRight(const Run& run, std::uint64_t seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    EXPECT_FALSE(run.problem) << english(run.problem.value_or(Text{}));
    for (const int end : {0, 1}) {
        const Log& sender = logs[end];
        const Log& receiver = logs[1 - end];
        EXPECT_EQ(receiver.received, sender.toSend.substr(0, receiver.received.size())); // never a wrong byte
        if (receiver.had(StreamEventType::PeerClosed) || sender.had(StreamEventType::Acked)) {
            EXPECT_EQ(receiver.received.size(), sender.toSend.size());
        }
        // It ends well, or an end fails: by itself (R2 of RFC 9293, 3.8.3), or by the other's absence. Where
        // neither fails both must have closed.
        if (!sender.failed() && !receiver.failed()) {
            EXPECT_TRUE(sender.had(StreamEventType::Closed));
        }
    }
}

// RFC 9293, 3.4 to 3.8: reliable, in order, or a failure that is told; and it always ends
TEST(TcpUnderFaults, DeliversEverythingInOrderOrFailsAsAllowed) {
    unsigned whole = 0;
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        const auto run = runWith(seed);
        expectRight(run, seed);
        whole += !logs[0].failed() && !logs[1].failed();
        if (testing::Test::HasFailure())
            break;
    }
    EXPECT_GT(whole, 900U); // most do arrive
}

} // namespace
} // namespace wirestage::simulation::test
