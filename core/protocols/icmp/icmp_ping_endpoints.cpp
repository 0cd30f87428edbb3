// SPDX-License-Identifier: GPL-3.0-or-later
// ping: an echo request every second, and what came of each (RFC 792, page 14).
#include "core/protocols/icmp/icmp_endpoints.h"

#include <map>

namespace wirestage::simulation {

namespace {

/// One run of ping, told apart from others by its identifier.
struct Pings {
    CommandId command = 0;
    IpAddress to;
    std::uint16_t identifier = 0;
    unsigned count = 0, sent = 0, replies = 0;
    Time interval = 0, timeout = 0;
    std::size_t size = 0;
    SendOptions options;
    Time next = 0;                         ///< when the next request is due
    std::map<std::uint16_t, Time> waiting; ///< by sequence number: until when
};

class Ping final : public Application {
public:
    void command(HostServices& host, const Command& command) override {
        const Settings& wanted = command.settings;
        Pings pings;
        pings.command = command.id;
        pings.to = wanted.address("to");
        pings.identifier = ++lastIdentifier;
        pings.count = static_cast<unsigned>(wanted.number("count", 4));
        pings.interval = fromSeconds(wanted.seconds("interval", 1));
        pings.timeout = fromSeconds(wanted.seconds("timeout", 2));
        pings.size = static_cast<std::size_t>(wanted.number("size", 56));
        pings.options.ttl = static_cast<std::uint8_t>(wanted.number("ttl", 64));
        pings.options.dontFragment = wanted.flag("dont_fragment");
        pings.next = host.now();
        running.push_back(std::move(pings));
        wake(host);
    }

    void icmp(HostServices& host, const IncomingIcmp& message) override {
        const bool isReply = message.type == 0;
        const std::uint16_t identifier =
            isReply || !message.about ? message.identifier : message.about->identifier;
        const std::uint16_t sequence = isReply || !message.about ? message.sequence : message.about->sequence;
        for (Pings& pings : running) {
            // A redirect is no answer: the request is on its way all the same.
            if (pings.identifier != identifier || message.type == 5 || pings.waiting.erase(sequence) == 0)
                continue;
            host.timerEnded(ProtocolId::icmp, machine(pings, sequence), "timeout", false);
            pings.replies += isReply;
        }
        endWhatIsOver(host);
    }

    [[nodiscard]] std::optional<Time> deadline() const override {
        std::optional<Time> first;
        const auto consider = [&](Time time) { first = first ? std::min(*first, time) : time; };
        for (const Pings& pings : running) {
            if (pings.sent < pings.count)
                consider(pings.next);
            for (const auto& [sequence, until] : pings.waiting)
                consider(until);
        }
        return first;
    }

    void wake(HostServices& host) override {
        for (Pings& pings : running) {
            for (auto each = pings.waiting.begin(); each != pings.waiting.end();)
                if (each->second <= host.now()) {
                    host.timerEnded(ProtocolId::icmp, machine(pings, each->first), "timeout", true);
                    each = pings.waiting.erase(each);
                } else
                    ++each;
            if (pings.sent < pings.count && pings.next <= host.now())
                ask(host, pings);
        }
        endWhatIsOver(host);
    }

private:
    static std::uint32_t machine(const Pings& pings, std::uint16_t sequence) {
        return std::uint32_t{pings.identifier} << 16 | sequence;
    }

    void ask(HostServices& host, Pings& pings) {
        const auto sequence = static_cast<std::uint16_t>(++pings.sent);
        std::vector<std::uint8_t> data(pings.size);
        for (std::size_t i = 0; i < data.size(); ++i)
            data[i] = static_cast<std::uint8_t>('a' + i % 23);
        pings.next = host.now() + pings.interval;
        pings.waiting[sequence] = host.now() + pings.timeout;
        host.timerStarted(ProtocolId::icmp, machine(pings, sequence), "timeout", host.now() + pings.timeout);
        host.sendEcho(pings.to, pings.identifier, sequence, data, *this, pings.options);
    }

    void endWhatIsOver(HostServices& host) {
        for (std::size_t i = 0; i < running.size();) {
            const Pings& pings = running[i];
            if (pings.sent < pings.count || !pings.waiting.empty()) {
                ++i;
                continue;
            }
            host.finished(pings.command, pings.replies > 0);
            running.erase(running.begin() + static_cast<std::ptrdiff_t>(i));
        }
    }

    std::vector<Pings> running;
    std::uint16_t lastIdentifier = 0;
};

constexpr SettingSpec pingSettings[] = {
    {"to", SettingType::Address, true},
    {"count", SettingType::Number, false, 1, 1000},
    {"interval", SettingType::Duration, false, 0.001, 3600},
    {"size", SettingType::Number, false, 0, 65507},
    {"ttl", SettingType::Number, false, 1, 255},
    {"dont_fragment", SettingType::Flag},
    {"timeout", SettingType::Duration, false, 0.001, 3600},
};
constexpr VerbSpec pingVerbs[] = {{"ping", pingSettings}};

} // namespace

const ApplicationType pingType{
    "ping", {}, pingVerbs, [](const Settings&) -> std::variant<std::unique_ptr<Application>, Text> {
        return std::make_unique<Ping>();
    }};

} // namespace wirestage::simulation
