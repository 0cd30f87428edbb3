// SPDX-License-Identifier: GPL-3.0-or-later
// Packets of any IP protocol, whole or a first fragment alone (RFC 791): for what happens where nobody speaks
// that protocol (RFC 792, 3/2) or the rest never comes (11/1).
#include "core/simulation/endpoints.h"

namespace wirestage::simulation {

namespace {

constexpr std::uint8_t forExperiments = 253; // RFC 3692, 2.1

class IpTool final : public Application {
public:
    void command(HostServices& host, const Command& command) override {
        const Settings& wanted = command.settings;
        SendOptions options;
        options.ttl = static_cast<std::uint8_t>(wanted.number("ttl", 64));
        options.dontFragment = wanted.flag("dont_fragment");
        options.firstFragmentOnly = wanted.flag("first_fragment_only");
        std::vector<std::uint8_t> data(static_cast<std::size_t>(wanted.number("size", 32)));
        for (std::size_t i = 0; i < data.size(); ++i)
            data[i] = static_cast<std::uint8_t>('a' + i % 26);
        host.sendIp(wanted.address("to"),
                    static_cast<std::uint8_t>(wanted.number("protocol", forExperiments)), data, options);
        host.finished(command.id, true);
    }
};

// What has a header of its own (ICMP, TCP, UDP) is not made of letters.
constexpr SettingSpec sendSettings[] = {
    {"to", SettingType::Address, true},
    {"protocol", SettingType::Number, false, 18, 255},
    {"size", SettingType::Number, false, 0, 65515},
    {"dont_fragment", SettingType::Flag},
    {"ttl", SettingType::Number, false, 1, 255},
    {"first_fragment_only", SettingType::Flag},
};
constexpr VerbSpec verbs[] = {{"ip.send", sendSettings}};

const ApplicationType types[] = {
    {"ip-tool", {}, verbs, [](const Settings&) -> std::variant<std::unique_ptr<Application>, Text> {
         return std::make_unique<IpTool>();
     }}};

} // namespace

extern const EndpointRoom ipEndpoints;
const EndpointRoom ipEndpoints{ProtocolId::ip, types};

} // namespace wirestage::simulation
