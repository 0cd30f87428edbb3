// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a lesson in which one host is none of ours: the host “real” is what lies behind a TAP device. Says
// what our hosts know of it, a line each: their states, the notes beside them, and why the run stopped early.
//     lab_peer INTERFACE LESSON CAPTURE
// Exit status: 0 the script came to its end, 1 it did not, 2 nothing ran.
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

std::optional<simulation::NetworkSetup> networkOf(const std::string& path) {
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
    return file.lesson().network;
}

int report(const simulation::Run& run) {
    for (const simulation::StateChange& change : run.states)
        std::printf("state %s %s %u %s\n", run.nodes[change.node].name.c_str(),
                    std::string(name(change.protocol)).c_str(), change.machine, change.state.c_str());
    for (const simulation::RunNote& note : run.notes)
        std::printf("note %s %s\n", run.nodes[note.node].name.c_str(), english(note.text).c_str());
    if (run.problem)
        std::printf("problem %s\n", english(*run.problem).c_str());
    return run.problem ? 1 : 0;
}

} // namespace

int main(int count, char** arguments) {
    if (count != 4)
        return fail("usage: lab_peer INTERFACE LESSON CAPTURE");
    auto network = networkOf(arguments[2]);
    if (!network)
        return 2;
    std::ofstream out(arguments[3], std::ios::binary);
    PcapngWriter capture(out, "lab_peer");
    lab::TapDevice device(arguments[1], &capture);
    if (!device.problem().empty())
        return fail(device.problem());
    network->start = device.start();
    const simulation::Run run = simulate(*network, outside, device);
    const int status = report(run);
    if (!device.problem().empty())
        return fail(device.problem());
    out.close();
    return out ? status : fail("the capture could not be written");
}
