// SPDX-License-Identifier: GPL-3.0-or-later
// traceroute: probes whose TTL grows by one for each hop, so that one router after the other has to drop them
// and to say so (RFC 792, 11/0). The destination answers a UDP probe with 3/3, an echo probe with 0/0. Ports
// from 33434 upwards, one for each probe, are those of the original program: hardly anybody listens there.
#include "core/protocols/icmp/icmp_endpoints.h"

namespace wirestage::simulation {

namespace {

struct Trace {
    CommandId command = 0;
    IpAddress to;
    bool byEcho = false;
    unsigned probesPerHop = 3, mostHops = 30;
    std::uint16_t firstPort = 33434, identifier = 0, sourcePort = 0;
    Time timeout = 0;
    std::size_t size = 0;
    unsigned hop = 0, probe = 0; ///< of the last probe, from 1 and 0
    std::uint16_t number = 0;    ///< of probes so far
    bool reached = false, refused = false;
    std::optional<Time> until; ///< the last probe waits for its answer
};

class Traceroute final : public Application {
public:
    void command(HostServices& host, const Command& command) override {
        const Settings& wanted = command.settings;
        Trace trace;
        trace.command = command.id;
        trace.to = wanted.address("to");
        trace.byEcho = wanted.text("method", "udp") == "icmp";
        trace.probesPerHop = static_cast<unsigned>(wanted.number("probes", 3));
        trace.mostHops = static_cast<unsigned>(wanted.number("most_hops", 30));
        trace.firstPort = static_cast<std::uint16_t>(wanted.number("first_port", 33434));
        trace.timeout = fromSeconds(wanted.seconds("timeout", 5));
        trace.size = static_cast<std::size_t>(wanted.number("size", 32));
        trace.identifier = static_cast<std::uint16_t>(0x8000 + traces.size());
        trace.sourcePort = host.ephemeralPort();
        host.bind(trace.sourcePort, *this);
        traces.push_back(trace);
        nextProbe(host, traces.back());
    }

    void icmp(HostServices& host, const IncomingIcmp& message) override {
        for (Trace& trace : traces)
            if (trace.until && isAbout(trace, message))
                return answered(host, trace, message);
    }

    [[nodiscard]] std::optional<Time> deadline() const override {
        std::optional<Time> first;
        for (const Trace& trace : traces)
            if (trace.until && (!first || *trace.until < *first))
                first = trace.until;
        return first;
    }

    void wake(HostServices& host) override {
        for (Trace& trace : traces)
            if (trace.until && *trace.until <= host.now()) {
                host.timerEnded(ProtocolId::icmp, trace.identifier, "timeout", true);
                trace.until.reset();
                nextProbe(host, trace);
            }
    }

private:
    /// Whether the message is about the probe that was sent last; answers to earlier ones come too late.
    static bool isAbout(const Trace& trace, const IncomingIcmp& message) {
        if (message.type == 5)
            return false;
        if (message.type == 0)
            return trace.byEcho && message.identifier == trace.identifier && message.sequence == trace.number;
        if (!message.about)
            return false;
        if (trace.byEcho)
            return message.about->identifier == trace.identifier && message.about->sequence == trace.number;
        return message.about->sourcePort == trace.sourcePort &&
               message.about->destinationPort == portOf(trace);
    }

    static std::uint16_t portOf(const Trace& trace) {
        return static_cast<std::uint16_t>(trace.firstPort + trace.number - 1);
    }

    void answered(HostServices& host, Trace& trace, const IncomingIcmp& message) {
        host.timerEnded(ProtocolId::icmp, trace.identifier, "timeout", false);
        trace.until.reset();
        // 11/0 comes from a router on the way; whatever else comes ends the search at this hop.
        trace.reached |= message.type == 0 || message.from == trace.to;
        trace.refused |= message.type == 3 && message.from != trace.to;
        nextProbe(host, trace);
    }

    void nextProbe(HostServices& host, Trace& trace) {
        if (trace.hop == 0 || ++trace.probe == trace.probesPerHop) {
            if (trace.reached || trace.refused || trace.hop == trace.mostHops) {
                host.unbind(trace.sourcePort);
                return host.finished(trace.command, trace.reached);
            }
            ++trace.hop;
            trace.probe = 0;
        }
        ++trace.number;
        trace.until = host.now() + trace.timeout;
        host.timerStarted(ProtocolId::icmp, trace.identifier, "timeout", *trace.until);
        SendOptions options;
        options.ttl = static_cast<std::uint8_t>(trace.hop);
        std::vector<std::uint8_t> data(trace.size);
        for (std::size_t i = 0; i < data.size(); ++i)
            data[i] = static_cast<std::uint8_t>('@' + i % 32);
        if (trace.byEcho)
            host.sendEcho(trace.to, trace.identifier, trace.number, data, *this, options);
        else
            host.send({trace.sourcePort, trace.to, portOf(trace), std::move(data), options});
    }

    std::vector<Trace> traces;
};

constexpr std::string_view methods[] = {"udp", "icmp"};
constexpr SettingSpec traceSettings[] = {
    {"to", SettingType::Address, true},
    {"method", SettingType::Text, false, 0, 0, {}, methods},
    {"probes", SettingType::Number, false, 1, 10},
    {"first_port", SettingType::Number, false, 1024, 60000},
    {"most_hops", SettingType::Number, false, 1, 255},
    {"timeout", SettingType::Duration, false, 0.001, 3600},
    {"size", SettingType::Number, false, 0, 1400},
};
constexpr VerbSpec traceVerbs[] = {{"traceroute", traceSettings}};

} // namespace

const ApplicationType tracerouteType{
    "traceroute", {}, traceVerbs, [](const Settings&) -> std::variant<std::unique_ptr<Application>, Text> {
        return std::make_unique<Traceroute>();
    }};

} // namespace wirestage::simulation
