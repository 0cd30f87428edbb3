// SPDX-License-Identifier: GPL-3.0-or-later
// Who plays the two ends of a scenario: real servers and clients where they are installed, this computer's
// kernel, else the lesson's own hosts.
#pragma once

#include "app/happen/lesson_host.h"
#include "app/happen/scenario.h"

#include <functional>
#include <string>
#include <vector>

namespace wirestage::happen {

struct Player {
    std::string name;            ///< "dnsmasq", or a name of scenario.h
    std::function<int()> play;   ///< in a process and a network namespace of its own; \return an exit status
    std::function<bool()> ready; ///< in that namespace: a server can be asked now
    std::optional<Login> login;  ///< that a server wants instead of the lesson's
};

/// The scenario's lesson, and its two hosts.
struct Play {
    const HappenScenario& scenario;
    lesson::Lesson lesson;
    simulation::InterfaceSetup client, server; ///< their interfaces
};
Play playOf(const HappenScenario& scenario); ///< throws Trouble

/// Those that are installed, the best first; the last one needs nothing. `own`: no installed one is wanted.
std::vector<Player> serversFor(const Play& play, bool own);
/// The one that asks such a server.
Player clientFor(const Play& play, const Player& server, bool own);

} // namespace wirestage::happen
