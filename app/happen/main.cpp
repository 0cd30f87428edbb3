// SPDX-License-Identifier: GPL-3.0-or-later
// wirestage-happen: a lesson's exchange for real, in a network of its own that needs no right and touches
// nothing else, captured to standard output. It takes nothing from outside but these arguments.
#include "app/happen/company.h"
#include "app/happen/performance.h"
#include "app/happen/trouble.h"
#include "app/happen/user_namespace.h"

#include <CLI/CLI.hpp>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sys/wait.h>

namespace {

using namespace wirestage;

// As those of wirestage-capture.
constexpr int wrongUsage = 2, notPermitted = 4;

int complain(const std::string& what, int status) {
    std::cerr << "wirestage-happen: " + what + "\n";
    return status;
}

void list(bool json, bool own) {
    for (const HappenScenario& one : happenScenarios()) {
        const std::string title = english(one.title()), who = happen::whoPlays(one, own);
        if (json)
            std::cout << nlohmann::ordered_json{{"id", one.id},
                                                {"title", title},
                                                {"tip", english(one.tip())},
                                                {"lesson", one.lesson},
                                                {"who", who}}
                             .dump()
                      << "\n";
        else
            std::cout << one.id << std::string(12 - std::min<std::size_t>(11, one.id.size()), ' ') << title
                      << " (" << one.lesson << "): " << who << "\n";
    }
}

/// The project's own, beside this program; else dumpcap, which has the same flags. Both are root in there.
std::string captureTool() {
    const std::string own =
        (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "wirestage-capture").string();
    return access(own.c_str(), X_OK) == 0 ? own : happen::programNamed("dumpcap");
}

/// Waits for the first process of the namespace, and hands signals on to it.
int waitFor(pid_t child, const sigset_t& signals) {
    for (;;) {
        siginfo_t news{};
        const int signal = sigwaitinfo(&signals, &news);
        if (signal > 0 && signal != SIGCHLD)
            kill(child, SIGTERM);
        int status = 0;
        if (waitpid(child, &status, WNOHANG) == child)
            return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    }
}

int run(const HappenScenario& scenario, const happen::Wishes& wishes) {
    happen::enterUserNamespace();
    // Blocked from before there is a child, so that none is missed.
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGCHLD, SIGTERM, SIGINT, SIGHUP})
        sigaddset(&signals, signal);
    sigprocmask(SIG_BLOCK, &signals, nullptr);
    const pid_t child = happen::must(fork(), "a process");
    if (child != 0)
        return waitFor(child, signals);
    try {
        happen::endWithParent();
        _exit(happen::perform(scenario, wishes));
    } catch (const std::exception& trouble) {
        _exit(complain(trouble.what(), 1));
    }
}

} // namespace

int main(int argc, char** argv) {
    CLI::App options{"Makes a lesson's exchange happen for real, in a network of its own, and writes what it "
                     "captures of it (pcapng) to standard output.",
                     "wirestage-happen"};
    std::string id;
    bool wantsList = false, json = false;
    happen::Wishes wishes;
    options.add_option("SCENARIO", id, "what is to happen; --list says what can");
    options.add_flag("--list", wantsList, "what can happen: id, title, the lesson, who plays");
    options.add_flag("--json", json, "an object a line");
    const auto* delay =
        options.add_option("--delay", wishes.delay, "milliseconds that the wire takes, one way")
            ->check(CLI::Range(0, 400));
    options.add_option("--times", wishes.times, "how often it happens")->check(CLI::Range(1, 1000));
    options.add_flag("--own", wishes.own,
                     "the lesson's own hosts play, even where real servers are installed");
    options.add_flag("--aloud", wishes.aloud, "with what the servers say, on standard error");
    options.set_version_flag("-v,--version", "wirestage-happen " WIRESTAGE_VERSION);
    try {
        options.parse(argc, argv);
    } catch (const CLI::ParseError& wrong) {
        return wrong.get_exit_code() == 0 ? options.exit(wrong) : complain(wrong.what(), wrongUsage);
    }
    try {
        if (wantsList)
            return list(json, wishes.own), 0;
        const HappenScenario* const scenario = happenScenario(id);
        if (!scenario)
            return complain(id.empty()
                                ? "which scenario? --list says what can happen"
                                : "there is no scenario “" + printable(id) + "”; --list says what can happen",
                            wrongUsage);
        if (isatty(STDOUT_FILENO))
            return complain(
                "standard output is a terminal, which packets would confuse: pipe them to a program",
                wrongUsage);
        wishes.captureTool = captureTool();
        if (wishes.captureTool.empty())
            return complain("there is neither wirestage-capture beside this program nor dumpcap", wrongUsage);
        if (delay->empty())
            wishes.delay = scenario->delay;
        return run(*scenario, wishes);
    } catch (const std::exception& trouble) {
        return complain(trouble.what(), notPermitted);
    }
}
