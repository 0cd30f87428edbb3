// SPDX-License-Identifier: GPL-3.0-or-later
// wirestage-capture: packets from interfaces to standard output. It is the only program of Wirestage's with
// rights, so it does little, and does that little in this order: give up superfluous rights, read the flags,
// open the interfaces, give up all rights, compile filters, start threads, be confined, look at packets.
#include "app/helper/capture.h"
#include "app/helper/interfaces.h"
#include "app/helper/rights.h"
#include "app/helper/statistics.h"

#include <fcntl.h>
#include <malloc.h>
#include <pcap/pcap.h>
#include <unistd.h>

#ifdef WIRESTAGE_CAPTURE_PROBE
#include "app/helper/forbidden.h"
#endif

namespace {

using namespace wirestage::helper;

/// A socket must never get the number of a standard stream that was closed: our complaints would go to the
/// network.
void fillStandardStreams() {
    int opened = 0;
    do
        opened = open("/dev/null", O_RDWR);
    while (opened >= 0 && opened <= STDERR_FILENO);
    close(opened);
}

Status print(std::string_view words) {
    while (!words.empty()) {
        const ssize_t written = write(STDOUT_FILENO, words.data(), words.size());
        if (written < 0)
            return Status::NotWritten;
        words.remove_prefix(static_cast<std::size_t>(written));
    }
    return Status::Done;
}

/// No rights are needed for it.
Status list(bool machine) {
    if (const std::optional<std::string> why = giveUpRights()) {
        complain(*why);
        return Status::NotPermitted;
    }
    const auto interfaces = listInterfaces();
    if (const auto* why = std::get_if<std::string>(&interfaces)) {
        complain("the interfaces cannot be listed: " + *why);
        return Status::NoInterface;
    }
    return print(inLines(std::get<std::vector<ListedInterface>>(interfaces), machine));
}

Status run(std::span<const char* const> arguments) {
    std::function<void()> onceConfined;
#ifdef WIRESTAGE_CAPTURE_PROBE
    onceConfined = forbiddenDeed(arguments);
#endif
    if (const std::optional<std::string> why = keepCaptureRights()) {
        complain(*why);
        return Status::NotPermitted;
    }
    auto parsed = parseOptions(arguments);
    if (const auto* problem = std::get_if<std::string>(&parsed)) {
        complain(*problem);
        return Status::WrongUsage;
    }
    Options options = std::get<Options>(std::move(parsed));
    resolveNumbers(options.devices);
    switch (options.task) {
    case Task::Help: return print(helpText());
    case Task::Version:
        return print("wirestage-capture " WIRESTAGE_VERSION "\n" + std::string(pcap_lib_version()) + "\n");
    case Task::List: return list(options.machine);
    case Task::Statistics: return tellStatistics(options);
    case Task::Capture: break;
    }
    return capture(options, onceConfined);
}

} // namespace

int main(int argc, char** argv) {
    fillStandardStreams();
    // A heap for each thread would make glibc count the processors, in files that a confined thread cannot
    // open.
    mallopt(M_ARENA_MAX, 1);
    return static_cast<int>(run(std::span(argv, static_cast<std::size_t>(argc)).subspan(argc > 0 ? 1 : 0)));
}
