// SPDX-License-Identifier: GPL-3.0-or-later
// A server on a UDP port: it sends back what came (RFC 862), answers with a text of its own, or keeps silent.
#include "core/protocols/udp/udp_endpoints.h"

namespace wirestage::simulation {

namespace {

class UdpServer final : public Application {
public:
    explicit UdpServer(const Settings& settings)
        : port(static_cast<std::uint16_t>(settings.number("port"))), mode(settings.text("mode", "echo")),
          text(settings.text("text", "OK")) {}

    void start(HostServices& host) override { host.bind(port, *this); }

    void datagram(HostServices& host, const IncomingDatagram& datagram) override {
        if (mode == "silent")
            return;
        OutgoingDatagram answer;
        answer.sourcePort = port;
        answer.destination = datagram.source;
        answer.destinationPort = datagram.sourcePort;
        if (mode == "echo")
            answer.payload.assign(datagram.payload.begin(), datagram.payload.end());
        else
            answer.payload.assign(text.begin(), text.end());
        // RFC 1122, 4.1.3.5: from the address that was asked, but a broadcast address is nobody's.
        if (datagram.destination == host.address(datagram.interface))
            answer.options.source = datagram.destination;
        host.send(std::move(answer));
    }

private:
    std::uint16_t port;
    std::string mode, text;
};

constexpr std::string_view modes[] = {"echo", "reply", "silent"};
constexpr SettingSpec serverSettings[] = {
    {"port", SettingType::Number, true, 1, 65535},
    {"mode", SettingType::Text, false, 0, 0, {}, modes},
    {"text", SettingType::Text},
};

} // namespace

const ApplicationType udpServerType{
    "udp-server",
    serverSettings,
    {},
    [](const Settings& settings) -> std::variant<std::unique_ptr<Application>, Text> {
        return std::make_unique<UdpServer>(settings);
    }};

} // namespace wirestage::simulation
