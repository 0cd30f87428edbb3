// SPDX-License-Identifier: GPL-3.0-or-later
// Networks that speak DHCP, and questions about their runs.
#include "dhcp_networks.h"

#include "core/capture/pcapng_writer.h"
#include "core/protocols/dhcp/dhcp_wire.h"

#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>

namespace wirestage::simulation::test {
namespace {

void defaultTo(Settings& settings, Values values) {
    for (const auto& [name, value] : values)
        if (!settings.has(name))
            settings.set(name, value);
}

std::optional<DhcpHead> dhcpOf(const SentFrame& frame) {
    const Dissection packet = dissected(frame);
    if (packet.carried != Carried::Udp || (packet.destinationPort != 67 && packet.destinationPort != 68))
        return std::nullopt;
    return readDhcpHead(packet.payload);
}

} // namespace

NetworkSetup dhcpLan(Settings client, Settings server) {
    NetworkSetup network =
        onSwitch({host("pc", "02:00:00:00:01:10"), host("server", "02:00:00:00:01:01", "192.168.1.1")});
    if (!server.has("scopes"))
        defaultTo(
            server,
            {{"scope", "192.168.1.50-192.168.1.99"}, {"router", "192.168.1.254"}, {"dns", "192.168.1.2"}});
    install(network, "pc", "dhcp-client", std::move(client));
    install(network, "server", "dhcp-server", std::move(server));
    step(network, "pc", "dhcp.start");
    return network;
}

NetworkSetup dhcpAcrossRouter(std::optional<Settings> relay, Settings client) {
    NetworkSetup network = acrossRouter();
    NodeSetup& pc = node(network, "client");
    pc.name = "pc";
    pc.interfaces[0].address = {};
    pc.routes.clear();
    network.links[0] = link("pc", "eth0", "router", "eth0");
    install(network, "pc", "dhcp-client", std::move(client));
    install(network, "server", "dhcp-server",
            settings({{"scope", "192.168.1.50-192.168.1.99"}, {"router", "192.168.1.1"}}));
    if (relay) {
        defaultTo(*relay, {{"server", "192.168.2.20"}});
        install(network, "router", "dhcp-relay", *relay);
    }
    step(network, "pc", "dhcp.start");
    return network;
}

LinkId linkNamed(const Run& run, std::string_view name) {
    for (LinkId id = 0; id < run.links.size(); ++id)
        if (run.links[id].name == name)
            return id;
    ADD_FAILURE() << "no link " << name;
    return 0;
}

std::vector<std::string> dhcpOn(const Run& run, std::string_view link) {
    const LinkId id = linkNamed(run, link);
    std::vector<std::string> lines;
    for (const SentFrame& frame : run.frames) {
        const auto head = dhcpOf(frame);
        const bool passed = std::any_of(frame.passages.begin(), frame.passages.end(),
                                        [&](const Passage& passage) { return passage.link == id; });
        if (!head || !passed)
            continue;
        const Dissection packet = dissected(frame);
        MacAddress to;
        std::copy_n(frame.bytes.begin(), 6, to.bytes.begin());
        lines.push_back(english(dhcpTypeInWords(static_cast<std::uint64_t>(head->type))) + " " +
                        toString(packet.network.source) + " > " + toString(packet.network.destination) + " " +
                        toString(to));
    }
    return lines;
}

std::vector<double> timesOf(const Run& run, std::string_view kind) {
    std::vector<double> times;
    for (const SentFrame& frame : run.frames)
        if (const auto head = dhcpOf(frame);
            head && english(dhcpTypeInWords(static_cast<std::uint64_t>(head->type))) == kind)
            times.push_back(static_cast<double>(frame.sent - run.start) / 1e9);
    return times;
}

std::vector<std::string> dhcpStatesOf(const Run& run, std::string_view host) {
    std::vector<std::string> names;
    for (const StateChange& change : run.states)
        if (change.node == nodeNamed(run, host) && change.protocol == ProtocolId::dhcp)
            names.push_back(change.state);
    return names;
}

std::vector<std::string> notesOf(const Run& run, std::string_view host) {
    std::vector<std::string> notes;
    for (const RunNote& note : run.notes)
        if (note.node == nodeNamed(run, host))
            notes.push_back(english(note.text));
    return notes;
}

std::string captureOf(const Run& run, std::string_view link) {
    std::vector<std::pair<Time, const SentFrame*>> seen;
    for (const SentFrame& frame : run.frames)
        if (link.empty())
            seen.emplace_back(frame.sent, &frame);
        else
            for (const Passage& passage : frame.passages)
                if (passage.link == linkNamed(run, link))
                    seen.emplace_back(passage.entered, &frame);
    std::stable_sort(seen.begin(), seen.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::ostringstream file;
    PcapngWriter writer(file, "wirestage tests");
    for (const auto& [time, frame] : seen)
        writer.write({.number = 0,
                      .offset = 0,
                      .time = time,
                      .length = static_cast<std::uint32_t>(frame->bytes.size()),
                      .link = LinkType::Ethernet,
                      .bytes = frame->bytes});
    return std::move(file).str();
}

std::vector<std::string> toldOf(const Run& run, std::string_view link) {
    const std::string bytes = captureOf(run, link);
    auto opened =
        CaptureFile::fromMemory({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    Capture capture(std::get<CaptureFile>(std::move(opened)));
    capture.index();
    std::vector<std::string> lines;
    for (ExchangeId id = 0; id < capture.exchangeCount(); ++id) {
        const Exchange exchange = capture.exchange(id);
        if (exchange.protocol != ProtocolId::dhcp)
            continue;
        std::string line = english(exchange.title) + ": " + std::string(name(exchange.outcome)) + ": " +
                           english(exchange.summary) + " [";
        for (const Transition& transition : exchange.transitions)
            line += (line.back() == '[' ? "" : " ") + transition.state;
        lines.push_back(line + "]");
    }
    return lines;
}

} // namespace wirestage::simulation::test
