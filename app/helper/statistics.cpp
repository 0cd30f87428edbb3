// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/statistics.h"

#include "app/helper/bell.h"
#include "app/helper/confinement.h"
#include "app/helper/device.h"
#include "app/helper/interfaces.h"
#include "app/helper/output.h"
#include "app/helper/rights.h"

#include <cstdio>
#include <poll.h>
#include <unistd.h>

namespace wirestage::helper {
namespace {

using namespace std::chrono_literals;

constexpr auto interval = 1s;
/// Nobody looks at the packets: the more at once, the better.
constexpr auto lateness = 200ms;

struct Counted {
    Device device;
    PacketCounts counts;
    bool gone = false;
};

void ignorePacket(unsigned char*, const pcap_pkthdr*, const unsigned char*) {}

std::vector<DeviceOptions> wantedDevices(const Options& options) {
    std::vector<DeviceOptions> wanted = options.devices;
    if (const auto interfaces = listInterfaces(); wanted.empty())
        if (const auto* list = std::get_if<std::vector<ListedInterface>>(&interfaces))
            for (const ListedInterface& interface : *list) {
                wanted.emplace_back().name = interface.name;
                wanted.back().promiscuous =
                    false; // what an interface is told to listen to is not ours to change
            }
    for (DeviceOptions& device : wanted) {
        device.snapshotLength = 64;
        device.bufferMebibytes = 2;
    }
    return wanted;
}

/// Where all were asked for, those that are down are left out.
std::variant<std::vector<Counted>, Complaint> openAll(const Options& options) {
    std::vector<Counted> counted;
    std::optional<Complaint> complaint;
    for (const DeviceOptions& wanted : wantedDevices(options)) {
        auto opened = Device::open(wanted, lateness);
        if (auto* device = std::get_if<Device>(&opened))
            counted.push_back({std::move(*device), {}, false});
        else if (!complaint)
            complaint = std::get<Complaint>(std::move(opened));
    }
    if (complaint && (counted.empty() || !options.devices.empty()))
        return std::move(*complaint);
    return counted;
}

/// Until `end`, or until something ends it all.
void count(std::vector<Counted>& counted, const Bell& news, Output& output, Moment end) {
    while (!signalCame() && !output.failed()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Moment::clock::now()).count();
        if (left <= 0)
            break;
        std::vector<pollfd> awaited{{news.descriptor(), POLLIN, 0}, {output.descriptor(), 0, 0}};
        for (const Counted& one : counted) // poll(2) leaves out what is negative
            awaited.push_back({one.gone ? -1 : one.device.descriptor(), POLLIN, 0});
        poll(awaited.data(), awaited.size(), static_cast<int>(left));
        if ((awaited[1].revents & (POLLERR | POLLHUP | POLLNVAL)) != 0)
            output.abandon();
        for (std::size_t i = 0; i < counted.size(); ++i) {
            if ((awaited[i + 2].revents & ~POLLIN) != 0)
                counted[i].device.forgetError();
            if (awaited[i + 2].revents != 0)
                counted[i].gone = !counted[i].device.read(-1, ignorePacket, nullptr);
        }
    }
}

std::string inLines(std::vector<Counted>& counted, bool machine) {
    std::string lines;
    for (Counted& one : counted) {
        one.device.addCounts(one.counts);
        const std::string& name = one.device.facts().name;
        char line[128] = "";
        std::snprintf(line, sizeof line, machine ? "%s\t%llu\t%llu\n" : "%-15s  %12llu  %12llu\n",
                      name.c_str(), static_cast<unsigned long long>(one.counts.seen),
                      static_cast<unsigned long long>(one.counts.droppedByKernel));
        lines += line;
    }
    return lines;
}

} // namespace

Status tellStatistics(const Options& options) {
    const auto end = [](const Complaint& complaint) {
        complain(complaint.why);
        return complaint.status;
    };
    auto opened = openAll(options);
    if (const auto* complaint = std::get_if<Complaint>(&opened))
        return end(*complaint);
    // Neither is destroyed: see capture().
    auto& counted = *new std::vector<Counted>(std::get<std::vector<Counted>>(std::move(opened)));
    const Bell& news = *new Bell;
    if (const std::optional<std::string> why = giveUpRights())
        return end({*why, Status::NotPermitted});
    for (Counted& one : counted)
        if (const std::optional<Complaint> complaint = one.device.filter())
            return end(*complaint);
    ringOnSignals(news);
    Output output(STDOUT_FILENO);
    if (const std::optional<std::string> why = confine({output.descriptor(), news.descriptor()}, {}))
        return end({*why, Status::NotPermitted});
    if (!options.machine)
        output.write("Interface             Received       Dropped\n");
    for (Moment next = Moment::clock::now() + interval; !signalCame() && !output.failed(); next += interval) {
        count(counted, news, output, next);
        if (!signalCame())
            output.write(inLines(counted, options.machine));
    }
    return Status::Done;
}

} // namespace wirestage::helper
