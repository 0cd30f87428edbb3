// SPDX-License-Identifier: GPL-3.0-or-later
// Two ends of a TCP connection and a wire between them that delays, and loses what a test says. What was sent
// can be read as a trace, a line a segment: "0.000 A SYN 0" with numbers relative to both initial ones.
#pragma once

#include "core/protocols/tcp/tcp_connection_endpoints.h"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace wirestage::simulation {

inline TcpSegment segmentWith(std::uint16_t flags, std::uint32_t sequence, std::uint32_t acknowledgement = 0,
                              std::uint16_t window = 0) {
    TcpSegment segment;
    segment.header.flags = flags;
    segment.header.sequence = sequence;
    segment.header.acknowledgement = acknowledgement;
    segment.header.window = window;
    return segment;
}

class TcpPair {
public:
    static constexpr std::uint32_t initial[2] = {1000, 4294966000}; // the second one goes round soon

    struct Sent {
        Time time = 0;
        unsigned from = 0;
        TcpSegment segment;
    };
    struct TimerRun {
        TcpTimer timer{};
        Time started = 0, due = 0;
    };
    struct End {
        TcpConnection connection;
        std::string received{};
        std::vector<StreamEventType> events{};
        std::vector<TcpState> states{};
        std::vector<TimerRun> timers{};
        std::vector<TcpTimer> fired{};
        std::map<TcpQuantity, std::vector<double>> measured{};
        std::function<void(StreamEventType)> onEvent{};

        [[nodiscard]] bool had(StreamEventType type) const {
            return std::find(events.begin(), events.end(), type) != events.end();
        }
    };

    explicit TcpPair(const TcpSettings& a = {}, const TcpSettings& b = {}, Time oneWay = 10 * millisecond)
        : ends{End{.connection = {a, initial[0], 1460}}, End{.connection = {b, initial[1], 1460}}},
          delay(oneWay) {}

    End ends[2];
    Time now = 0;
    Time delay;
    /// Shall the segment get lost? `nth` counts what this end has sent, from 1.
    std::function<bool(unsigned from, const TcpSegment& segment, unsigned nth)> loses;
    std::vector<Sent> sent;

    TcpConnection& a() { return ends[0].connection; }
    TcpConnection& b() { return ends[1].connection; }

    /// The handshake, and everything that follows from it at once.
    void connect() {
        b().listen();
        a().open(now);
        run(now + 3 * delay);
    }

    void send(unsigned end, std::string_view text) {
        ends[end].connection.send({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, now);
        settle();
    }
    void close(unsigned end) {
        ends[end].connection.close(now);
        settle();
    }

    /// Until `until`, or until nothing is left to happen.
    void run(Time until) {
        settle();
        for (;;) {
            std::optional<Time> next;
            if (!wire.empty())
                next = wire.begin()->first;
            for (const End& end : ends)
                if (const auto due = end.connection.deadline(); due && (!next || *due < *next))
                    next = due;
            if (!next || *next > until)
                break;
            now = *next;
            if (!wire.empty() && wire.begin()->first == now) {
                const auto [to, segment] = wire.begin()->second;
                wire.erase(wire.begin());
                ends[to].connection.arrive(segment, now);
            } else {
                for (End& end : ends)
                    end.connection.wake(now);
            }
            settle();
        }
        now = std::max(now, until);
    }
    void runFor(Time time) { run(now + time); }

    /// The segments from the `first` one on.
    [[nodiscard]] std::string trace(std::size_t first = 0) const {
        std::string lines;
        for (std::size_t i = first; i < sent.size(); ++i)
            lines += line(sent[i]) + "\n";
        return lines;
    }

    /// When `end` sent a segment that begins with this number (relative), in seconds.
    [[nodiscard]] std::vector<double> timesOf(unsigned end, std::uint32_t sequence) const {
        std::vector<double> times;
        for (const Sent& one : sent)
            if (one.from == end && one.segment.length() > 0 &&
                one.segment.header.sequence - initial[end] == sequence)
                times.push_back(static_cast<double>(one.time) / 1e9);
        return times;
    }

    static std::string line(const Sent& one) {
        const TcpHeader& header = one.segment.header;
        std::string flags;
        constexpr std::pair<std::uint16_t, const char*> names[] = {{tcp_flag::syn, "SYN "},
                                                                   {tcp_flag::fin, "FIN "},
                                                                   {tcp_flag::rst, "RST "},
                                                                   {tcp_flag::psh, "PSH "}};
        for (const auto& [flag, name] : names)
            if (header.flags & flag)
                flags += name;
        std::string text = fmt::format("{:.3f} {} {}{}", static_cast<double>(one.time) / 1e9, "AB"[one.from],
                                       flags, header.sequence - initial[one.from]);
        if (!one.segment.payload.empty())
            text += fmt::format("+{}", one.segment.payload.size());
        if (header.flags & tcp_flag::ack)
            text += fmt::format(" ack {}", header.acknowledgement - initial[1 - one.from]);
        return text;
    }

private:
    void settle() {
        for (bool busy = true; busy;) {
            busy = false;
            for (unsigned end = 0; end < 2; ++end)
                for (TcpEffect& effect : ends[end].connection.takeEffects()) {
                    busy = true;
                    take(end, std::move(effect));
                }
        }
    }

    void take(unsigned from, TcpEffect effect) {
        End& end = ends[from];
        if (auto* segment = std::get_if<TcpSegment>(&effect)) {
            sent.push_back({now, from, *segment});
            if (!loses || !loses(from, *segment, ++counts[from]))
                wire.insert({now + delay, {1 - from, *segment}});
        } else if (auto* told = std::get_if<TcpTold>(&effect)) {
            end.events.push_back(told->type);
            end.received.append(told->data.begin(), told->data.end());
            if (end.onEvent)
                end.onEvent(told->type);
        } else if (auto* state = std::get_if<TcpState>(&effect)) {
            end.states.push_back(*state);
        } else if (auto* started = std::get_if<TcpTimerStarted>(&effect)) {
            end.timers.push_back({started->timer, now, started->due});
        } else if (auto* ended = std::get_if<TcpTimerEnded>(&effect)) {
            if (ended->fired)
                end.fired.push_back(ended->timer);
        } else if (auto* measured = std::get_if<TcpMeasured>(&effect)) {
            end.measured[measured->quantity].push_back(measured->value);
        }
    }

    std::multimap<Time, std::pair<unsigned, TcpSegment>> wire;
    unsigned counts[2] = {0, 0};
};

/// Text that can be recognised: "00000.00010.00020." and so on.
inline std::string numbered(std::size_t size) {
    std::string text;
    while (text.size() < size)
        text += fmt::format("{:06}....", text.size());
    return text.substr(0, size);
}

/// Loses the data segments of A whose first byte has one of these numbers, each once.
inline std::function<bool(unsigned, const TcpSegment&, unsigned)>
loseOnce(std::vector<std::uint32_t> numbers) {
    return [numbers](unsigned from, const TcpSegment& segment, unsigned) mutable {
        const auto place =
            std::find(numbers.begin(), numbers.end(), segment.header.sequence - TcpPair::initial[0]);
        if (from != 0 || segment.payload.empty() || place == numbers.end())
            return false;
        numbers.erase(place);
        return true;
    };
}

inline TcpSettings smallSegments(std::uint16_t size = 100) {
    TcpSettings settings;
    settings.maximumSegmentSize = size;
    return settings;
}

} // namespace wirestage::simulation
