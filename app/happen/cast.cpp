// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/happen/cast.h"

#include "app/happen/kernel_ends.h"
#include "app/happen/private_network.h"
#include "app/happen/real_servers.h"
#include "app/happen/trouble.h"
#include "core/lesson/lesson_file.h"

#include <algorithm>

namespace wirestage::happen {
namespace {

constexpr std::uint16_t httpPort = 80, closedPort = 5002;

const simulation::InterfaceSetup& interfaceOf(const lesson::Lesson& lesson, std::string_view host) {
    for (const auto& node : lesson.network.nodes)
        if (node.name == host && !node.interfaces.empty())
            return node.interfaces.front();
    throw Trouble("the lesson " + lesson.id + " has no host " + std::string(host));
}

Player lessonHost(const Play& play, bool asks, const std::optional<Login>& login = {}) {
    const std::string_view host = asks ? play.scenario.client : play.scenario.server;
    return {asks ? lessonClient : lessonServer,
            [network = alone(play.lesson, host, asks, login)] { return playLessonHost(network); },
            hasPacketSocket,
            {}};
}

/// What the kernel plays, on an interface that has an address.
Player kernelEnd(
    const std::string& name, const simulation::InterfaceSetup& end, std::function<int()> deed,
    std::function<bool()> ready = [] { return true; }) {
    return {name,
            [end, deed = std::move(deed)] {
                setAddress(endInterface, end.address, end.prefixLength);
                return deed();
            },
            std::move(ready),
            {}};
}

/// What is asked for, by the lesson's first step.
std::string wantedName(const Play& play) {
    const auto& script = play.lesson.network.script;
    return script.empty() ? std::string() : script.front().settings.text("name");
}

} // namespace

Play playOf(const HappenScenario& scenario) {
    const auto file = lesson::lessonNamed(scenario.lesson);
    if (!file || !file->usable())
        throw Trouble("the lesson " + std::string(scenario.lesson) + " is missing or not in order");
    const lesson::Lesson& lesson = file->lesson();
    return {scenario, lesson, interfaceOf(lesson, scenario.client), interfaceOf(lesson, scenario.server)};
}

std::vector<Player> serversFor(const Play& play, bool own) {
    const std::string_view id = play.scenario.id;
    if (id == "connection")
        return {kernelEnd(
            thisKernel, play.server, [] { return servePage(httpPort); },
            [] { return listensTcp(httpPort); })};
    if (id == "refused" || id == "ping")
        return {kernelEnd(thisKernel, play.server, beThere)};
    std::optional<Player> installed;
    if (id == "dhcp" && !own)
        installed = dhcpByDnsmasq(play);
    if (id == "dns" && !own)
        installed = dnsByDnsmasq(play);
    if (id == "ftp" && !own)
        installed = ftpByVsftpd(play);
    std::vector<Player> all;
    if (installed)
        all.push_back(*std::move(installed));
    all.push_back(lessonHost(play, false));
    return all;
}

Player clientFor(const Play& play, const Player& server, bool own) {
    const std::string_view id = play.scenario.id;
    const IpAddress there = play.server.address;
    if (id == "connection")
        return kernelEnd(thisKernel, play.client, [there] { return fetchPage(there, httpPort); });
    if (id == "refused")
        return kernelEnd(thisKernel, play.client, [there] { return beRefused(there, closedPort); });
    if (id == "dns")
        return kernelEnd(thisResolver, play.client,
                         [there, name = wantedName(play)] { return lookUp(name, there); });
    if (id == "dhcp" && !own)
        if (auto real = dhcpByUdhcpc())
            return *std::move(real);
    return lessonHost(play, true, server.login);
}

} // namespace wirestage::happen
