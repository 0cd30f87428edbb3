// SPDX-License-Identifier: GPL-3.0-or-later
// A host whose TCP is silent: it neither opens nor answers.
#include "core/simulation/host_streams.h"

namespace wirestage::simulation {

HostStreams::HostStreams(StreamHost& below) : host(below) {}
HostStreams::~HostStreams() = default;

bool HostStreams::listen(std::uint16_t /*port*/, Application& /*owner*/,
                         const std::optional<TcpSettings>& /*tcp*/) {
    return false;
}
void HostStreams::stopListening(std::uint16_t /*port*/) {}

StreamId HostStreams::connect(const IpAddress& to, std::uint16_t port, Application& owner,
                              const ConnectOptions& /*options*/) {
    host.tell(owner, {.type = StreamEventType::Unreachable, .remote = to, .remotePort = port, .data = {}});
    return 0;
}

void HostStreams::send(StreamId /*stream*/, Bytes /*data*/) {}
void HostStreams::close(StreamId /*stream*/) {}
void HostStreams::abort(StreamId /*stream*/) {}
void HostStreams::setReading(StreamId /*stream*/, bool /*reads*/) {}

std::pair<IpAddress, std::uint16_t> HostStreams::localEnd(StreamId /*stream*/) const {
    return {};
}
std::pair<IpAddress, std::uint16_t> HostStreams::remoteEnd(StreamId /*stream*/) const {
    return {};
}

void HostStreams::segment(const IpAddress& /*source*/, const IpAddress& /*destination*/, Bytes /*segment*/) {}
void HostStreams::error(const IpAddress& /*source*/, std::uint32_t /*sequence*/,
                        const IncomingIcmp& /*message*/) {}

std::optional<Time> HostStreams::deadline() const {
    return std::nullopt;
}
void HostStreams::wake() {}

} // namespace wirestage::simulation
