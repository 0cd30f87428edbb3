// SPDX-License-Identifier: GPL-3.0-or-later
// One walk over the connection's segments; each is data of its own direction and an acknowledgement of the
// other one's.
#include "core/series/tcp_series.h"

#include "core/exchange/segments.h"
#include "core/series/thinner.h"

#include <cmath>
#include <deque>

namespace wirestage::series {

namespace {

constexpr std::size_t throughputBins = 100, mostOutstanding = 65536;

/// Numbers of 32 bits on a line without an end: each is near the one before it.
class Unwrapped {
public:
    std::int64_t operator()(std::uint32_t number) {
        last += static_cast<std::int32_t>(number - static_cast<std::uint32_t>(last));
        return last;
    }

private:
    std::int64_t last = 0;
};

class Direction {
public:
    Direction(double length, std::size_t columns)
        : seconds(length), data(length, columns), again(length, columns), acks(length, columns),
          edge(length, columns), roundTrip(length, columns), window(length, columns), flight(length, columns),
          bins(length > 0 ? throughputBins : 0) {}

    void sent(const TcpSegment& segment, double at) {
        const std::int64_t behind = unwrap(segment.next());
        if (!begun)
            origin = highest = behind - segment.payload;
        begun = true;
        if (segment.syn())
            highest = std::max(highest, behind);
        if (segment.payload == 0)
            return;
        ++made.segments;
        const Point point{at, static_cast<double>(behind), segment.packet};
        if (segment.notes.isRetransmission()) {
            ++made.repeated;
            again.add(point);
            forget(behind - segment.payload, behind);
        } else {
            data.add(point);
            if (outstanding.size() < mostOutstanding)
                outstanding.push_back({behind, at, false});
        }
        const std::int64_t fresh = std::clamp<std::int64_t>(behind - highest, 0, segment.payload);
        made.bytes += static_cast<std::uint64_t>(fresh);
        highest = std::max(highest, behind);
        count(at, fresh, segment.packet);
        inFlight(at, segment.packet);
    }

    /// By a segment of the other side.
    void acknowledged(const TcpSegment& segment, double at) {
        if (!segment.ack() || segment.reset())
            return;
        const std::int64_t upTo = unwrapAck(segment.acknowledgement);
        acks.add({at, static_cast<double>(std::max(upTo, lowest)), segment.packet});
        edge.add({at, static_cast<double>(upTo + segment.window), segment.packet});
        window.add({at, static_cast<double>(segment.window), segment.packet});
        if (upTo <= lowest)
            return;
        lowest = upTo;
        // Karn's algorithm (RFC 6298, section 3): what was sent twice measures nothing.
        const Outstanding* newest = nullptr;
        Outstanding last;
        while (!outstanding.empty() && outstanding.front().behind <= upTo) {
            last = outstanding.front();
            newest = &last;
            outstanding.pop_front();
        }
        if (newest && !newest->repeated)
            measure(at - newest->at, at, segment.packet);
        if (made.segments > 0)
            inFlight(at, segment.packet);
    }

    TcpSeries finish() {
        made.data = std::move(data).points();
        made.again = std::move(again).points();
        made.acks = std::move(acks).points();
        made.edge = std::move(edge).points();
        made.roundTrip = std::move(roundTrip).points();
        made.window = std::move(window).points();
        made.flight = std::move(flight).points();
        const double width = seconds / static_cast<double>(std::max<std::size_t>(1, bins.size()));
        for (std::size_t i = 0; i < bins.size(); ++i)
            made.throughput.push_back(
                {(static_cast<double>(i) + 0.5) * width, bins[i].bytes * 8 / width, bins[i].packet});
        return std::move(made);
    }

private:
    struct Outstanding {
        std::int64_t behind = 0;
        double at = 0;
        bool repeated = false;
    };
    struct Bin {
        double bytes = 0;
        PacketIndex packet = none;
    };

    void forget(std::int64_t from, std::int64_t to) {
        for (Outstanding& one : outstanding)
            if (one.behind > from && one.behind <= to)
                one.repeated = true;
    }
    void measure(double took, double at, PacketIndex packet) {
        made.leastRoundTrip = measuredAny ? std::min(made.leastRoundTrip, took) : took;
        made.greatestRoundTrip = std::max(made.greatestRoundTrip, took);
        measuredAny = true;
        roundTrip.add({at, took, packet});
    }
    void inFlight(double at, PacketIndex packet) {
        const std::int64_t left = highest - std::max(lowest, origin);
        flight.add({at, static_cast<double>(std::max<std::int64_t>(0, left)), packet});
    }
    void count(double at, std::int64_t bytes, PacketIndex packet) {
        if (bins.empty())
            return;
        const auto wanted =
            static_cast<std::size_t>(std::max(0.0, at / seconds * static_cast<double>(bins.size())));
        Bin& bin = bins[std::min(wanted, bins.size() - 1)];
        bin.bytes += static_cast<double>(bytes);
        if (bin.packet == none)
            bin.packet = packet;
    }

    double seconds;
    TcpSeries made;
    Thinner data, again, acks, edge, roundTrip, window, flight;
    std::vector<Bin> bins;
    std::deque<Outstanding> outstanding;
    Unwrapped unwrap, unwrapAck;
    std::int64_t highest = 0, lowest = 0;
    std::int64_t origin = 0; ///< where the capture's first segment begins
    bool begun = false, measuredAny = false;
};

} // namespace

ConnectionSeries tcpSeries(const Capture& capture, ExchangeId id, std::size_t columns) {
    ConnectionSeries made;
    const ExchangeRow row = capture.row(id);
    made.start = row.time;
    made.seconds = static_cast<double>(row.duration) / 1e9;
    columns = std::max<std::size_t>(1, columns);
    Direction originator(made.seconds, columns), responder(made.seconds, columns);
    capture.segments(id, [&](const TcpSegment& segment) {
        ++made.segments;
        const double at = static_cast<double>(segment.time - made.start) / 1e9;
        (segment.fromOriginator ? originator : responder).sent(segment, at);
        (segment.fromOriginator ? responder : originator).acknowledged(segment, at);
    });
    made.directions[0] = originator.finish();
    made.directions[1] = responder.finish();
    return made;
}

Points measured(const simulation::Run& run, simulation::NodeId node, std::string_view name, Time start) {
    Points points;
    for (const simulation::Measurement& one : run.measurements)
        if (one.node == node && one.name == name)
            points.push_back({static_cast<double>(one.time - start) / 1e9, one.value, none});
    return points;
}

const Point* nearest(const Points& points, double seconds) {
    if (points.empty())
        return nullptr;
    const auto after = std::lower_bound(points.begin(), points.end(), seconds,
                                        [](const Point& p, double at) { return p.seconds < at; });
    if (after == points.begin())
        return &points.front();
    if (after == points.end())
        return &points.back();
    return seconds - (after - 1)->seconds <= after->seconds - seconds ? &*(after - 1) : &*after;
}

} // namespace wirestage::series
