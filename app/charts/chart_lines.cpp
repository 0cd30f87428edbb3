// SPDX-License-Identifier: GPL-3.0-or-later
// From series to lines: names, marks, colours, units.
#include "app/charts/chart_lines.h"

#include "app/window/translate.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace wirestage {
namespace {

QString say(const char* words) {
    return QCoreApplication::translate("charts", words);
}

double greatest(const series::Points& points) {
    double found = 0;
    for (const series::Point& point : points)
        found = std::max(found, point.value);
    return found;
}

series::Points scaled(series::Points points, double by) {
    for (series::Point& point : points)
        point.value *= by;
    return points;
}

QString duration(double seconds) {
    return wirestage::tr(durationInWords(static_cast<std::int64_t>(seconds * 1e9)));
}

QString amount(double bytes) {
    return wirestage::tr(bytesInWords(static_cast<std::uint64_t>(std::max(0.0, bytes))));
}

/// A receiver's window far above all that was sent would press everything else to the floor.
void dropFarLimit(std::vector<ChartLine>& lines) {
    constexpr double far = 4;
    double sent = 0;
    for (const ChartLine& line : lines)
        if (line.mark != ChartLine::Mark::DashedSteps)
            sent = std::max(sent, greatest(line.points));
    std::erase_if(lines, [&](const ChartLine& line) {
        const auto under = [&](const series::Point& point) { return point.value <= far * sent; };
        return line.mark == ChartLine::Mark::DashedSteps && sent > 0 &&
               std::none_of(line.points.begin(), line.points.end(), under);
    });
}

} // namespace

QString titleOf(ChartKind kind) {
    switch (kind) {
    case ChartKind::Sequence: return say("Sequence numbers");
    case ChartKind::RoundTrip: return say("Round-trip time");
    case ChartKind::Window: return say("Window");
    default: return say("Throughput");
    }
}

QString axisOf(ChartKind kind) {
    switch (kind) {
    case ChartKind::Sequence: return say("Sequence number (bytes)");
    case ChartKind::RoundTrip: return say("Round-trip time (ms)");
    case ChartKind::Window: return say("Bytes");
    default: return say("Throughput (kbit/s)");
    }
}

std::vector<ChartLine> linesOf(ChartKind kind, const ChartedDirection& direction, const Theme& theme) {
    using Mark = ChartLine::Mark;
    const series::TcpSeries& s = direction.series;
    const QColor data = theme.family(diagram::Family::Transport), other = theme.family(diagram::Family::Dhcp),
                 third = theme.family(diagram::Family::Network);
    std::vector<ChartLine> lines;
    switch (kind) {
    case ChartKind::Sequence:
        lines = {{say("Window edge"), Mark::DashedSteps, third, s.edge},
                 {say("Acknowledged"), Mark::Steps, other, s.acks},
                 {say("Data"), Mark::Dots, data, s.data},
                 {say("Data sent again"), Mark::Triangles, theme.danger, s.again}};
        break;
    case ChartKind::RoundTrip:
        lines = {{say("Round-trip time"), Mark::Line, data, scaled(s.roundTrip, 1e3)}};
        break;
    case ChartKind::Window:
        lines = {{say("Window offered by the receiver"), Mark::DashedSteps, third, s.window},
                 {say("Congestion window"), Mark::Steps, other, s.congestion},
                 {say("On the way"), Mark::Line, data, s.flight}};
        break;
    default: lines = {{say("Throughput"), Mark::Line, data, scaled(s.throughput, 1e-3)}};
    }
    std::erase_if(lines, [](const ChartLine& line) { return line.points.empty(); });
    dropFarLimit(lines);
    return lines;
}

QString summaryOf(ChartKind kind, const ChartedDirection& direction) {
    const series::TcpSeries& s = direction.series;
    const QString from = fromUtf8(direction.from), to = fromUtf8(direction.to);
    switch (kind) {
    case ChartKind::Sequence:
        return say("%1 sent %2 to %3 in %4 segments over %5; sent again: %6.")
            .arg(from, amount(static_cast<double>(s.bytes)), to, grouped(s.segments),
                 duration(direction.seconds), grouped(s.repeated));
    case ChartKind::RoundTrip:
        return s.roundTrip.empty()
                   ? say("No segment was acknowledged that had been sent only once: there is nothing to "
                         "measure.")
                   : say("From data to its acknowledgement, where the capture was made: %1 to %2.")
                         .arg(duration(s.leastRoundTrip), duration(s.greatestRoundTrip));
    case ChartKind::Window:
        return say("%1 offered up to %2; at most %3 were on the way.")
            .arg(to, amount(greatest(s.window)), amount(greatest(s.flight)));
    default:
        return s.throughput.empty() ? say("Everything happened at one moment: there is no rate.")
                                    : say("New data, without headers and repetitions: %1 kbit/s on average.")
                                          .arg(QLocale::c().toString(static_cast<double>(s.bytes) * 8e-3 /
                                                                         std::max(1e-9, direction.seconds),
                                                                     'f', 1));
    }
}

} // namespace wirestage
