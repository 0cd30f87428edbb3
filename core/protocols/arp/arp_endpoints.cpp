// SPDX-License-Identifier: GPL-3.0-or-later
// A hand on a host's ARP: ask for a neighbour (RFC 826), probe and announce an address (RFC 5227), empty the
// cache. ARP itself is the host's own business.
#include "core/simulation/endpoints.h"

namespace wirestage::simulation {

namespace {

class ArpTool final : public Application {
public:
    void command(HostServices& host, const Command& command) override {
        const Settings& wanted = command.settings;
        const auto interface = static_cast<InterfaceId>(wanted.number("interface", 0));
        if (command.verb == "arp.forget")
            host.forgetNeighbours();
        else if (command.verb == "arp.announce")
            host.announce(interface);
        else {
            const IpAddress address = wanted.address("address");
            waiting.push_back({command.id, address, command.verb == "arp.probe"});
            if (command.verb == "arp.resolve")
                return host.resolve(address, *this);
            // RFC 5227, 1.1: PROBE_NUM 3, between them 1 to 2 s (PROBE_MIN, PROBE_MAX).
            return host.probe(interface, address, static_cast<unsigned>(wanted.number("probes", 3)),
                              fromSeconds(wanted.seconds("interval", 1)), *this);
        }
        host.finished(command.id, true);
    }

    void probed(HostServices& host, const IpAddress& address, std::optional<MacAddress> by) override {
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            if (waiting[i].address != address)
                continue;
            const Waiting over = waiting[i];
            waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(i));
            if (over.isProbe)
                host.noted(ProtocolId::arp, by ? WS_TR("simulation", "%1 is in use").with(toString(address))
                                               : WS_TR("simulation", "%1 is free").with(toString(address)));
            return host.finished(over.command, over.isProbe != by.has_value());
        }
    }

private:
    struct Waiting {
        CommandId command;
        IpAddress address;
        bool isProbe;
    };
    std::vector<Waiting> waiting;
};

constexpr SettingSpec interfaceSetting{"interface", SettingType::Number, false, 0, 63};
constexpr SettingSpec resolveSettings[] = {{"address", SettingType::Address, true}};
constexpr SettingSpec announceSettings[] = {interfaceSetting};
constexpr SettingSpec probeSettings[] = {
    {"address", SettingType::Address, true},
    {"probes", SettingType::Number, false, 1, 10},
    {"interval", SettingType::Duration, false, 0.001, 60},
    interfaceSetting,
};
constexpr VerbSpec verbs[] = {{"arp.resolve", resolveSettings},
                              {"arp.announce", announceSettings},
                              {"arp.probe", probeSettings},
                              {"arp.forget", {}}};

const ApplicationType types[] = {
    {"arp-tool", {}, verbs, [](const Settings&) -> std::variant<std::unique_ptr<Application>, Text> {
         return std::make_unique<ArpTool>();
     }}};

} // namespace

extern const EndpointRoom arpEndpoints;
const EndpointRoom arpEndpoints{ProtocolId::arp, types};

} // namespace wirestage::simulation
