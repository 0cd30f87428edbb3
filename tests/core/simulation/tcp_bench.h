// SPDX-License-Identifier: GPL-3.0-or-later
// TCP on simulated hosts, as a lesson has it: a client and a server, a script, and what Wireshark's own
// analysis (tshark) says of the capture of one link.
#pragma once

#include "core/protocols/tcp/tcp_segment_endpoints.h"
#include "tests/core/simulation/networks.h"

#include <string>
#include <vector>

namespace wirestage::simulation::test {

struct TcpScene {
    NetworkSetup network = twoHosts();
    Meddler meddler;

    TcpScene();
    void serve(std::initializer_list<std::pair<std::string, SettingValue>> values);
    /// A step of the client, after the last one that was given here.
    void then(std::string verb, std::initializer_list<std::pair<std::string, SettingValue>> values = {},
              Time later = 0);
    void connect(std::initializer_list<std::pair<std::string, SettingValue>> values = {});
    /// Loses the segments with data that this host sends, by their count from 1.
    void loseData(std::string host, std::vector<unsigned> places);
    Run run();

    TcpSettings& tcpOf(std::string_view host) { return node(network, host).tcp; }
};

/// The TCP segment of a frame; its bytes as they were sent.
std::optional<TcpSegment> segmentOf(const SentFrame& frame);
/// "client SYN", "server SYN ACK", "client PSH ACK +50": all segments in order.
std::vector<std::string> tcpStory(const Run& run);
/// The states that a host's connections went through, in order.
std::vector<std::string> statesOf(const Run& run, std::string_view host);
/// All data that a host was sent, once, in order.
std::string streamTo(const Run& run, std::string_view host);
/// What tshark says of the capture of a link: "frame|remark,remark" for each segment that it remarks on.
std::vector<std::string> remarks(const Run& run, LinkId link);
/// Writes a link's capture to a file.
void writeCapture(const Run& run, LinkId link, const std::string& path);
/// Where a file of this test may lie for a while.
std::string scratchFile(std::string_view name);
/// A command's standard output.
std::string outputOf(const std::string& command);

} // namespace wirestage::simulation::test
