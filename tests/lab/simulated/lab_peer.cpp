// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a lesson in which one host is none of ours: the host “real” is what lies behind a TAP device. Says
// what our hosts know of it, a line each: their states, the timers that fired, the notes beside them, and why
// the run stopped early.
//     lab_peer INTERFACE LESSON CAPTURE [FAULT...]
// What a fault drops on its way to the real host never gets to the capture.
// Exit status: 0 the script came to its end, 1 it did not, 2 nothing ran.
#include "app/happen/trouble.h"
#include "core/lesson/fault.h"
#include "core/lesson/lesson_file.h"
#include "core/protocols/protocol_names.h"
#include "tap_device.h"

#include <cstdio>
#include <fstream>

namespace {

using namespace wirestage;

constexpr std::string_view outside = "real";

int fail(const std::string& why) {
    std::fprintf(stderr, "lab_peer: %s\n", why.c_str());
    return 2;
}

std::optional<lesson::Lesson> lessonOf(const std::string& path) {
    const auto loaded = lesson::LessonFile::load(path);
    if (const auto* why = std::get_if<Text>(&loaded)) {
        fail(path + ": " + english(*why));
        return std::nullopt;
    }
    const lesson::LessonFile& file = *std::get<0>(loaded);
    for (const lesson::Problem& problem : file.problems())
        fail(english(problem, path));
    if (!file.usable())
        return std::nullopt;
    return file.lesson();
}

std::optional<std::vector<lesson::Fault>> faultsOf(std::span<char* const> words,
                                                   const lesson::Lesson& about) {
    std::vector<lesson::Fault> faults;
    for (const char* word : words) {
        auto fault = lesson::parseFault(word, about);
        if (const auto* why = std::get_if<Text>(&fault)) {
            fail(english(*why));
            return std::nullopt;
        }
        faults.push_back(std::get<lesson::Fault>(std::move(fault)));
    }
    return faults;
}

int report(const simulation::Run& run) {
    for (const simulation::StateChange& change : run.states)
        std::printf("state %s %s %u %s\n", run.nodes[change.node].name.c_str(),
                    std::string(name(change.protocol)).c_str(), change.machine, change.state.c_str());
    for (const simulation::TimerSpan& timer : run.timers)
        if (timer.fired)
            std::printf("fired %s %s %u %s\n", run.nodes[timer.node].name.c_str(),
                        std::string(name(timer.protocol)).c_str(), timer.machine, timer.name.c_str());
    for (const simulation::RunNote& note : run.notes)
        std::printf("note %s %s\n", run.nodes[note.node].name.c_str(), english(note.text).c_str());
    if (run.problem)
        std::printf("problem %s\n", english(*run.problem).c_str());
    return run.problem ? 1 : 0;
}

} // namespace

int main(int count, char** arguments) try {
    if (count < 4)
        return fail("usage: lab_peer INTERFACE LESSON CAPTURE [FAULT...]");
    const auto lesson = lessonOf(arguments[2]);
    if (!lesson)
        return 2;
    auto faults = faultsOf({arguments + 4, arguments + count}, *lesson);
    if (!faults)
        return 2;
    const auto interference = interferenceOf(std::move(*faults), *lesson);
    std::ofstream out(arguments[3], std::ios::binary);
    PcapngWriter capture(out, "lab_peer");
    lab::TapDevice device(arguments[1], &capture);
    simulation::NetworkSetup network = lesson->network;
    network.start = device.start();
    const simulation::Run run = simulate(network, outside, device, interference.get());
    const int status = report(run);
    if (!device.problem().empty())
        return fail(device.problem());
    out.close();
    return out ? status : fail("the capture could not be written");
} catch (const happen::Trouble& trouble) {
    return fail(trouble.what());
}
