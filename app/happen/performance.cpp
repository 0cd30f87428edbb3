// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/happen/performance.h"

#include "app/happen/cast.h"
#include "app/happen/company.h"
#include "app/happen/kernel_ends.h"
#include "app/happen/private_network.h"
#include "app/happen/trouble.h"
#include "app/happen/wire.h"
#include "core/simulation/application.h"

#include <csignal>
#include <cstdio>

namespace wirestage::happen {
namespace {

using namespace std::chrono_literals;

constexpr auto untilItCaptures = 5s, untilServerIsReady = 3s, longestAsking = 90s, untilCaptureHasEnded = 2s;
/// Before anything happens, for whoever watches; and after it, for what is still on its way.
constexpr auto before = 800ms, after = 700ms;
constexpr auto betweenTimes = 2s;

std::string inWords(const Player& server, const Player& client) {
    return english(happenCast(server.name, client.name));
}

class Performance {
public:
    Performance(const HappenScenario& scenario, const Wishes& wishes)
        : play(playOf(scenario)), wanted(wishes), company(wishes.aloud),
          network(play.client.hardware, play.server.hardware) {}

    int run() {
        wire = company.start(NetworkNamespace::current(), [this] {
            carry(toClient, toServer, wanted.delay * simulation::millisecond);
            return 0;
        });
        startCapture();
        const Player server = startServer();
        const Player client = clientFor(play, server, wanted.own);
        std::fprintf(stderr, "wirestage-happen: %s\n", inWords(server, client).c_str());
        pause(before);
        int status = 0;
        for (int time = 0; time < wanted.times && goesOn(); ++time) {
            if (time > 0)
                pause(betweenTimes);
            status = ask(client);
        }
        pause(after + 2 * std::chrono::milliseconds(wanted.delay));
        const bool whole = goesOn();
        endCapture();
        if (whole && status != 0)
            throw Trouble("it was captured, but " + client.name + " did not get what it wanted");
        return company.stopped() ? 0 : company.statusOf(capture);
    }

private:
    bool goesOn() { return !company.stopped() && company.runs(capture) && company.runs(wire); }
    void pause(std::chrono::milliseconds how) {
        company.until([this] { return !goesOn(); }, how);
    }

    void startCapture() {
        capture = company.startWithOutput(network.client(), [this] {
            return become({wanted.captureTool, "-i", endInterface, "-w", "-"});
        });
        bool captures = false;
        company.until(
            [&] {
                network.client().during([&] { captures = hasPacketSocket(); });
                return captures || !company.runs(capture);
            },
            untilItCaptures);
        if (!captures && !company.stopped())
            throw Trouble(wanted.captureTool + " does not capture");
    }

    /// The best that gets as far as being ready; the last one is always taken.
    Player startServer() {
        std::vector<Player> choice = serversFor(play, wanted.own);
        for (Player& one : choice) {
            const pid_t server = company.start(network.server(), one.play);
            bool ready = false;
            company.until(
                [&] {
                    network.server().during([&] { ready = one.ready(); });
                    return ready || !company.runs(server) || !goesOn();
                },
                untilServerIsReady);
            if (ready || !goesOn())
                return one;
            company.kill(server);
            std::fprintf(stderr, "wirestage-happen: %s does not run here\n", one.name.c_str());
        }
        throw Trouble("nobody answers");
    }

    int ask(const Player& client) {
        const pid_t asking = company.start(network.client(), client.play);
        company.until([&] { return !company.runs(asking) || !goesOn(); }, longestAsking);
        if (!company.runs(asking))
            return company.statusOf(asking);
        company.kill(asking);
        return 1;
    }

    /// As Ctrl+C does, so that it writes what it has.
    void endCapture() {
        if (company.runs(capture))
            ::kill(capture, SIGINT);
        company.awaitEnd(capture, untilCaptureHasEnded);
        company.kill(capture);
    }

    Play play;
    const Wishes& wanted;
    Company company;
    PrivateNetwork network;
    pid_t wire = -1, capture = -1;
};

} // namespace

int perform(const HappenScenario& scenario, const Wishes& wishes) {
    return Performance(scenario, wishes).run();
}

std::string whoPlays(const HappenScenario& scenario, bool own) {
    const Play play = playOf(scenario);
    const Player server = serversFor(play, own).front();
    return inWords(server, clientFor(play, server, own));
}

} // namespace wirestage::happen
