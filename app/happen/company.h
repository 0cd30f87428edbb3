// SPDX-License-Identifier: GPL-3.0-or-later
// The processes of a performance. They are all children of the one that has a Company, which learns of their
// ends and of its own stop by signals and sleeps in between.
#pragma once

#include "app/happen/private_network.h"

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <sys/types.h>
#include <vector>

namespace wirestage::happen {

class Company {
public:
    using Clock = std::chrono::steady_clock;

    /// `aloud`: what the players say goes to standard error, else nowhere.
    explicit Company(bool aloud);

    /// Runs `deed` in a child, in a network namespace. \return its process
    pid_t start(const NetworkNamespace& where, const std::function<int()>& deed);
    /// The same, where it has our standard output and error, and blocks no signals.
    pid_t startWithOutput(const NetworkNamespace& where, const std::function<int()>& deed);

    [[nodiscard]] bool runs(pid_t one) const { return !statuses.contains(one); }
    /// Of one that has ended, as a shell says it.
    [[nodiscard]] int statusOf(pid_t one) const { return statuses.at(one); }
    /// Somebody wants it to end.
    [[nodiscard]] bool stopped() const { return stopWanted; }

    /// Sleeps until `reason`, which is looked at whenever a child has ended and 50 times a second. False: the
    /// time is up, or it was stopped.
    bool until(const std::function<bool()>& reason, std::chrono::milliseconds longest);
    /// Whether it was stopped or not.
    void awaitEnd(pid_t one, std::chrono::milliseconds longest);
    void kill(pid_t one);

private:
    pid_t fork(const NetworkNamespace& where, const std::function<int()>& deed, bool withOutput);
    void sleep(std::chrono::milliseconds longest);
    void collect();

    bool aloud;
    bool stopWanted = false;
    std::map<pid_t, int> statuses;
};

/// Where a program is, by $PATH and in the folders of servers, which a user's $PATH often lacks. Empty:
/// nowhere.
std::string programNamed(const std::string& name);

/// This process becomes another program. \return only where that cannot be: an exit status
int become(const std::vector<std::string>& words);

} // namespace wirestage::happen
