// SPDX-License-Identifier: GPL-3.0-or-later
// A scenario from its first process to its last: the network is made, the capture runs, the server is ready,
// the client asks; then everything ends. It is the first process of its process namespace, so that nothing
// can outlive it.
#pragma once

#include "app/happen/scenario.h"

#include <string>

namespace wirestage::happen {

struct Wishes {
    std::string captureTool; ///< the program that captures: the helper or dumpcap
    int delay = 0;           ///< milliseconds, one way
    int times = 1;           ///< how often it happens
    bool own = false;        ///< the lesson's hosts play, whatever is installed
    bool aloud = false;      ///< what the players say goes to standard error
};

/// Runs it with the capture on standard output. \return an exit status: 0 where the client got what it
/// wanted; throws Trouble
int perform(const HappenScenario& scenario, const Wishes& wishes);

/// "dnsmasq answers, udhcpc asks": what would run, by what is installed.
std::string whoPlays(const HappenScenario& scenario, bool own);

} // namespace wirestage::happen
