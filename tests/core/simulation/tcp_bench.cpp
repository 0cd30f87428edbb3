// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/simulation/tcp_bench.h"

#include "core/capture/pcapng_writer.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <unistd.h>

namespace wirestage::simulation::test {

TcpScene::TcpScene() {
    tcpOf("client").initialSequence = 1'000'000;
    tcpOf("server").initialSequence = 4'294'967'000;
}

void TcpScene::serve(std::initializer_list<std::pair<std::string, SettingValue>> values) {
    Settings given = settings(values);
    if (!given.has("port"))
        given.set("port", std::int64_t{5001});
    install(network, "server", "tcp-server", given);
}

void TcpScene::then(std::string verb, std::initializer_list<std::pair<std::string, SettingValue>> values,
                    Time later) {
    step(network, "client", std::move(verb), settings(values), later);
    if (network.script.size() > 1)
        network.script.back().after = static_cast<std::uint32_t>(network.script.size() - 2);
}

void TcpScene::connect(std::initializer_list<std::pair<std::string, SettingValue>> values) {
    then("tcp.connect", values);
    Settings& given = network.script.back().settings;
    given.set("to", std::string("192.168.1.20"));
    if (!given.has("port"))
        given.set("port", std::int64_t{5001});
}

void TcpScene::loseData(std::string host, std::vector<unsigned> places) {
    const NodeId id =
        static_cast<NodeId>(std::find_if(network.nodes.begin(), network.nodes.end(),
                                         [&](const NodeSetup& one) { return one.name == host; }) -
                            network.nodes.begin());
    meddler.send = [id, places, count = 0U](const SentFrame& frame, std::uint32_t) mutable {
        Verdict verdict;
        const auto segment = segmentOf(frame);
        if (frame.from == id && segment && !segment->payload.empty())
            verdict.lose = std::find(places.begin(), places.end(), ++count) != places.end();
        return verdict;
    };
}

Run TcpScene::run() {
    return simulate(network, &meddler);
}

std::optional<TcpSegment> segmentOf(const SentFrame& frame) {
    const Dissection seen = dissected(frame);
    if (seen.carried != Carried::Tcp)
        return std::nullopt;
    return readTcpSegment(seen.network.payload.first(
        std::min<std::size_t>(seen.network.payload.size(), seen.network.payloadLength)));
}

std::vector<std::string> tcpStory(const Run& run) {
    std::vector<std::string> lines;
    for (const SentFrame& frame : run.frames)
        if (const auto segment = segmentOf(frame); segment && frame.hopOf == nobody) {
            std::string line = run.nodes[frame.from].name;
            constexpr std::pair<std::uint16_t, const char*> names[] = {{tcp_flag::syn, " SYN"},
                                                                       {tcp_flag::fin, " FIN"},
                                                                       {tcp_flag::rst, " RST"},
                                                                       {tcp_flag::psh, " PSH"},
                                                                       {tcp_flag::ack, " ACK"}};
            for (const auto& [flag, name] : names)
                if (segment->has(flag))
                    line += name;
            if (!segment->payload.empty())
                line += fmt::format(" +{}", segment->payload.size());
            lines.push_back(std::move(line));
        }
    return lines;
}

std::vector<std::string> statesOf(const Run& run, std::string_view host) {
    std::vector<std::string> states;
    for (const StateChange& change : run.states)
        if (change.protocol == ProtocolId::tcp && run.nodes[change.node].name == host)
            states.push_back(change.state);
    return states;
}

std::string streamTo(const Run& run, std::string_view host) {
    std::map<std::uint32_t, std::vector<std::uint8_t>> pieces; // by the number behind the SYN's
    std::optional<std::uint32_t> first;
    for (const SentFrame& frame : run.frames)
        if (const auto segment = segmentOf(frame); segment && run.nodes[frame.from].name != host) {
            if (segment->has(tcp_flag::syn))
                first = segment->header.sequence + 1;
            else if (first)
                if (auto& piece = pieces[segment->header.sequence - *first];
                    piece.size() < segment->payload.size()) // a probe brings less than what follows it
                    piece = segment->payload;
        }
    std::string text;
    for (const auto& [at, bytes] : pieces)
        if (at <= text.size() && at + bytes.size() > text.size())
            text.append(bytes.begin() + static_cast<std::ptrdiff_t>(text.size() - at), bytes.end());
    return text;
}

void writeCapture(const Run& run, LinkId link, const std::string& path) {
    std::vector<std::pair<Time, Bytes>> stamped;
    for (const SentFrame& frame : run.frames)
        for (const Passage& passage : frame.passages)
            if (passage.link == link)
                stamped.emplace_back(passage.entered, passage.damaged ? frame.damagedBytes : frame.bytes);
    std::stable_sort(stamped.begin(), stamped.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::ofstream file(path, std::ios::binary);
    PcapngWriter writer(file, "wirestage tests");
    for (const auto& [time, bytes] : stamped)
        writer.write({.number = 0,
                      .offset = 0,
                      .time = time,
                      .length = static_cast<std::uint32_t>(bytes.size()),
                      .link = LinkType::Ethernet,
                      .bytes = bytes});
}

std::string scratchFile(std::string_view name) {
    return (std::filesystem::temp_directory_path() / fmt::format("wirestage-{}-{}.pcapng", name, getpid()))
        .string();
}

std::string outputOf(const std::string& command) {
    std::string output;
    if (FILE* const pipe = popen(command.c_str(), "r")) {
        std::array<char, 4096> buffer;
        while (std::fgets(buffer.data(), static_cast<int>(buffer.size()), pipe))
            output += buffer.data();
        pclose(pipe);
    }
    return output;
}

std::vector<std::string> remarks(const Run& run, LinkId link) {
    const std::string path = scratchFile("tcp");
    writeCapture(run, link, path);
    const std::string output =
        outputOf("tshark -r " + path +
                 " -o tcp.check_checksum:TRUE -Y 'tcp && _ws.expert' -T fields"
                 " -E separator='|' -e frame.number -e _ws.expert.message 2>/dev/null");
    std::filesystem::remove(path);
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < output.size();) {
        const std::size_t end = std::min(output.find('\n', at), output.size());
        lines.push_back(output.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

} // namespace wirestage::simulation::test
