// SPDX-License-Identifier: GPL-3.0-or-later
// A client that sends datagrams. UDP promises nothing (RFC 768): asking again when no answer came, and
// sending less at a time when the path is too narrow, are the application's own ideas, and switched on one by
// one.
#include "core/protocols/udp/udp_endpoints.h"

#include <algorithm>

namespace wirestage::simulation {

namespace {

constexpr std::size_t headers = 28; // of IP and UDP
constexpr std::size_t leastPart = 8;

struct Sending {
    CommandId command = 0;
    OutgoingDatagram datagram; ///< without its payload
    std::string text;
    std::size_t size = 0;
    unsigned count = 1, sent = 0; ///< datagrams; a repetition is none
    Time interval = 0, next = 0;
    std::optional<Time> retry; ///< how long to wait before asking again
    unsigned tries = 3, tried = 0;
    std::optional<Time> until; ///< the last datagram waits for its answer
    bool adapts = false, answered = false;
    std::size_t most = 65507; ///< bytes in a datagram
    bool over = false;
};

class UdpClient final : public Application {
public:
    void command(HostServices& host, const Command& command) override {
        const Settings& wanted = command.settings;
        Sending sending;
        sending.command = command.id;
        sending.datagram.destination = wanted.address("to");
        sending.datagram.destinationPort = static_cast<std::uint16_t>(wanted.number("port"));
        sending.datagram.sourcePort = wanted.has("from_port")
                                          ? static_cast<std::uint16_t>(wanted.number("from_port"))
                                          : host.ephemeralPort();
        sending.datagram.options.ttl = static_cast<std::uint8_t>(wanted.number("ttl", 64));
        sending.datagram.options.dontFragment = wanted.flag("dont_fragment");
        sending.datagram.options.firstFragmentOnly = wanted.flag("first_fragment_only");
        sending.text = wanted.text("text");
        sending.size = static_cast<std::size_t>(wanted.number("size", 20));
        sending.count = static_cast<unsigned>(wanted.number("count", 1));
        sending.interval = fromSeconds(wanted.seconds("interval", 1));
        if (wanted.has("retry"))
            sending.retry = fromSeconds(wanted.seconds("retry"));
        sending.tries = static_cast<unsigned>(wanted.number("tries", 3));
        sending.adapts = wanted.flag("adapt");
        sending.next = host.now();
        // The port stays the client's: a late answer is not refused.
        if (!host.bind(sending.datagram.sourcePort, *this))
            return host.finished(command.id, false);
        sendings.push_back(std::move(sending));
        wake(host);
    }

    void datagram(HostServices& host, const IncomingDatagram& datagram) override {
        for (Sending& sending : sendings)
            if (!sending.over && sending.datagram.sourcePort == datagram.destinationPort) {
                sending.answered = true;
                if (sending.until)
                    stopWaiting(host, sending, false);
            }
        wake(host);
    }

    void icmp(HostServices& host, const IncomingIcmp& message) override {
        if (message.type == 5 || !message.about)
            return; // a redirect is no failure
        for (Sending& sending : sendings)
            if (sending.datagram.sourcePort == message.about->sourcePort &&
                sending.datagram.destination == message.about->destination)
                failed(host, sending, message);
        wake(host);
    }

    [[nodiscard]] std::optional<Time> deadline() const override {
        std::optional<Time> first;
        for (const Sending& sending : sendings) {
            if (sending.over)
                continue;
            const Time due = sending.until.value_or(sending.next);
            first = first ? std::min(*first, due) : due;
        }
        return first;
    }

    void wake(HostServices& host) override {
        for (Sending& sending : sendings)
            proceed(host, sending);
    }

private:
    void proceed(HostServices& host, Sending& sending) {
        if (sending.over)
            return;
        if (sending.until) {
            if (*sending.until > host.now())
                return;
            stopWaiting(host, sending, true);
            if (sending.tried < sending.tries)
                return transmit(host, sending);
        }
        if (sending.sent == sending.count) {
            sending.over = true;
            return host.finished(sending.command, !sending.retry || sending.answered);
        }
        if (sending.next > host.now())
            return;
        ++sending.sent;
        sending.tried = 0;
        sending.next = host.now() + sending.interval;
        transmit(host, sending);
        if (!sending.retry && sending.sent == sending.count && !sending.adapts) {
            sending.over = true;
            host.finished(sending.command, true);
        }
    }

    void failed(HostServices& host, Sending& sending, const IncomingIcmp& message) {
        if (message.type == 3 && message.code == 4 && sending.adapts &&
            message.nextHopMtu > headers + leastPart && message.nextHopMtu - headers < sending.most) {
            sending.most = message.nextHopMtu - headers;
            return transmit(host, sending);
        }
        if (sending.over)
            return;
        if (sending.until)
            stopWaiting(host, sending, false);
        sending.over = true;
        host.finished(sending.command, false);
    }

    static void stopWaiting(HostServices& host, Sending& sending, bool fired) {
        host.timerEnded(ProtocolId::udp, sending.datagram.sourcePort, "retry", fired);
        sending.until.reset();
    }

    static std::vector<std::uint8_t> dataOf(const Sending& sending) {
        if (!sending.text.empty())
            return {sending.text.begin(), sending.text.end()};
        const std::string number = "datagram " + std::to_string(sending.sent) + " ";
        std::vector<std::uint8_t> data(sending.size);
        for (std::size_t i = 0; i < data.size(); ++i)
            data[i] = static_cast<std::uint8_t>(i < number.size() ? number[i] : "abcdefghijklmnop"[i % 16]);
        return data;
    }

    void transmit(HostServices& host, Sending& sending) {
        ++sending.tried;
        if (sending.retry) {
            sending.until = host.now() + *sending.retry;
            host.timerStarted(ProtocolId::udp, sending.datagram.sourcePort, "retry", *sending.until);
        }
        const std::vector<std::uint8_t> data = dataOf(sending);
        std::size_t at = 0;
        do {
            const std::size_t size = std::min(sending.most, data.size() - at);
            OutgoingDatagram datagram = sending.datagram;
            datagram.payload.assign(data.begin() + static_cast<std::ptrdiff_t>(at),
                                    data.begin() + static_cast<std::ptrdiff_t>(at + size));
            host.send(std::move(datagram));
            at += size;
        } while (at < data.size());
    }

    std::vector<Sending> sendings;
};

constexpr SettingSpec sendSettings[] = {
    {"to", SettingType::Address, true},
    {"port", SettingType::Number, true, 1, 65535},
    {"from_port", SettingType::Number, false, 1, 65535},
    {"text", SettingType::Text},
    {"size", SettingType::Number, false, 0, 65507},
    {"count", SettingType::Number, false, 1, 1000},
    {"interval", SettingType::Duration, false, 0, 3600},
    {"ttl", SettingType::Number, false, 1, 255},
    {"dont_fragment", SettingType::Flag},
    {"first_fragment_only", SettingType::Flag},
    {"retry", SettingType::Duration, false, 0.001, 3600},
    {"tries", SettingType::Number, false, 1, 100},
    {"adapt", SettingType::Flag},
};
constexpr VerbSpec clientVerbs[] = {{"udp.send", sendSettings}};

} // namespace

const ApplicationType udpClientType{
    "udp-client", {}, clientVerbs, [](const Settings&) -> std::variant<std::unique_ptr<Application>, Text> {
        return std::make_unique<UdpClient>();
    }};

} // namespace wirestage::simulation
