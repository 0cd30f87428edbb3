// SPDX-License-Identifier: GPL-3.0-or-later
// Measuring: how far apart lifelines are, how high heads and rows, where times and state names stand.
#include "core/diagram/layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace wirestage::diagram {

namespace {

constexpr double leastDistance = 200, mostDistance = 640;
constexpr double usualHead = 250, mostHead = 420, headIcon = 52, headMargin = 20, iconHeight = 36;
constexpr double aboveArrow = 15; ///< between text and arrow: half of a travelling packet
constexpr std::size_t lanesToMeasure = 500;
constexpr std::size_t mostNameLines = 4, mostDetailLines = 5;

} // namespace

RowSizes rowSizes(const TypeSizes& type) {
    RowSizes s;
    s.line = std::ceil(type.summary * 1.36);
    s.chips = std::ceil(type.small * 1.3 + 8);
    s.message = 10 + std::ceil(type.label * 1.3) + aboveArrow + std::ceil(type.small * 0.6 + 16);
    s.fold = std::ceil(type.summary * 1.36 + 34);
    s.phaseTop = std::ceil(type.small * 1.3 + 26);
    s.phaseBottom = 22;
    s.gap = std::ceil(type.small * 1.3 + 26);
    return s;
}

Layout::Layout(std::shared_ptr<Sequence> sequence, const TextMetrics& ofText, LayoutOptions options)
    : shown(std::move(sequence)), metrics(ofText), chosen(std::move(options)) {
    sizes.rows = rowSizes(chosen.type);
    shown->setSizes(sizes.rows);
    const auto& hosts = participants();
    laneOfHost.reserve(hosts.size());
    for (std::size_t lane = 0; lane < hosts.size(); ++lane)
        laneOfHost.emplace(hosts[lane].host, lane);
    if (shown->source().size() > 0)
        origin = shown->source().start();
    const auto& states = shown->source().states();
    const bool begun =
        std::any_of(states.begin(), states.end(), [](const StateSpan& s) { return s.atStart; });
    sizes.startPad = begun ? std::ceil(chosen.type.small * 1.3 + 6) : 0;
    sizes.top = 10 + sizes.startPad;
    sizes.bottom = 28;
    measureTimes();
    measureStatuses();
    measureLanes();
    measureHeads();
}

/// Three digits, or six where messages follow each other within less than half a millisecond.
void Layout::measureTimes() {
    const DiagramSource& source = shown->source();
    if (source.size() == 0)
        return;
    const Time duration = source.facts(source.size() - 1).time - origin;
    const Row most = std::min<Row>(source.size(), 512);
    Time least = 1'000'000'000;
    for (Row row = 1; row < most; ++row)
        if (const Time passed = source.facts(row).time - source.facts(row - 1).time; passed > 0)
            least = std::min(least, passed);
    sizes.digits = duration < 100'000'000'000 && least < 500'000 ? 6 : 3;
    sizes.timeRight = 22 + std::max(metrics.width(Font::Small, timeText(origin + duration)),
                                    metrics.width(Font::Small, timeText(origin)));
}

void Layout::measureStatuses() {
    if (!shown->source().overlaid())
        return;
    for (std::size_t status = 0; status < static_cast<std::size_t>(LaidStatus::count); ++status)
        sizes.statusWidth = std::max(
            sizes.statusWidth, metrics.width(Font::SmallBold, statusWords(static_cast<LaidStatus>(status))));
    sizes.statusWidth += 26;
}

std::string Layout::statusWords(LaidStatus status) const {
    return std::string(signOf(status)) + "  " + chosen.words(title(status));
}

double Layout::statusLeft(const Rect& visible) const {
    const double right = std::min(width(), visible.right());
    return sizes.statusWidth > 0 ? right - 14 - sizes.statusWidth : right;
}

double Layout::widestState(std::size_t lane) const {
    double widest = 0;
    std::size_t measured = 0;
    for (const StateSpan& span : shown->source().states()) {
        if (laneOf(span.host) != lane || ++measured > lanesToMeasure)
            continue;
        widest = std::max(widest, metrics.width(Font::SmallBold, span.state));
    }
    return widest;
}

/// Its bracket and its words, which stand beside the names of the states.
double Layout::widestTimer(std::size_t lane) const {
    double widest = 0;
    std::size_t measured = 0;
    for (const TimerMark& mark : shown->source().timers())
        if (laneOf(mark.host) == lane && ++measured <= lanesToMeasure)
            widest = std::max(widest, metrics.width(Font::Small, chosen.words(mark.words)) + 22);
    return widest;
}

/// Wide enough for the longest name, within reason.
double Layout::widestHead() const {
    double widest = usualHead;
    for (std::size_t lane = 0; lane < std::min(lanes(), lanesToMeasure); ++lane)
        widest = std::max(widest, metrics.width(Font::Head, participants()[lane].name) + headIcon + 30);
    return std::min(widest, mostHead);
}

/// Between what stands left of the first lifeline and right of the last one.
void Layout::placeLanes(double left, double right, double least) {
    const double gaps = static_cast<double>(std::max<std::size_t>(lanes(), 2) - 1), widest = widestHead();
    // A wider distance makes wider heads, which need wider margins: twice round settles it.
    sizes.distance = least;
    double before = 0, after = 0;
    const auto margins = [&] {
        sizes.headWidth = std::min(widest, sizes.distance - 20);
        before = std::max(left, sizes.headWidth / 2 + 12);
        after = std::max(right, sizes.headWidth / 2 + 12);
    };
    for (int round = 0; round < 2; ++round) {
        margins();
        const double inside = chosen.width - before - after;
        sizes.distance = std::clamp(std::floor(inside / gaps), least, std::max(least, mostDistance));
    }
    margins();
    sizes.firstLane = before;
    sizes.width = before + gaps * sizes.distance + after;
}

/// Where little is missing, lifelines come closer than is usual: so that all of them are seen without
/// scrolling or, of many, the last head that is seen is seen whole.
void Layout::closeUp(double left, double right, double closest) {
    if (sizes.width <= chosen.width || lanes() < 2)
        return;
    const Measures usual = sizes;
    placeLanes(left, right, std::min(closest, usual.distance));
    if (sizes.width <= chosen.width)
        return;
    sizes = usual;
    const double headEnd = sizes.headWidth / 2 + 8, seen = chosen.width - sizes.firstLane - headEnd;
    const double lane = std::ceil(seen / sizes.distance); // the one that is cut at the border
    const double cut = lane * sizes.distance - seen;
    if (lane < 1 || cut > sizes.headWidth / 4)
        return;
    const double distance = std::max({closest, std::floor(seen / lane), sizes.headWidth + 8});
    if (distance * lane > seen || distance >= sizes.distance)
        return;
    sizes.width -= (sizes.distance - distance) * static_cast<double>(lanes() - 1);
    sizes.distance = distance;
}

void Layout::measureLanes() {
    double label = 0;
    for (const KindId id : shown->kinds())
        label = std::max(label, metrics.width(Font::Label, chosen.words(WS_TR("kinds", kind(id).title))));
    const double least = std::max(leastDistance, label + 40);
    const double states = lanes() ? widestState(0) : 0;
    const double lastStates = lanes() > 1 ? widestState(lanes() - 1) : 0;
    const double firstTimers = lanes() ? widestTimer(0) : 0,
                 lastTimers = lanes() > 1 ? widestTimer(lanes() - 1) : 0;
    const double times = sizes.timeRight + 16 + firstTimers;
    const double statuses = sizes.statusWidth > 0 ? sizes.statusWidth + 14 : 0;
    const double lastOutside = 24 + statuses + (lastStates > 0 ? lastStates + 10 : 0) + lastTimers;
    double left = times + (states > 0 ? states + 18 : 0), right = lastOutside, closest = label + 14;
    placeLanes(left, right, least);
    if (sizes.width > chosen.width && (states > 0 || lastStates > 0)) {
        // The names of states stand between the lifelines then, if that is enough to see the last one.
        sizes.statesInside = true;
        const bool two = lanes() == 2;
        const double between =
            states + (two ? lastStates : 0) + (two && states * lastStates > 0 ? 64.0 : 40.0);
        left = times;
        right = two ? 24 + statuses : lastOutside;
        closest = std::max(closest, between);
        placeLanes(left, right, std::max(least, between));
    }
    closeUp(left, right, std::max(closest, leastDistance * 0.9));
    // What is left over goes to both sides of the lifelines, so that few of them stand in the middle.
    if (sizes.width < chosen.width) {
        sizes.firstLane += (chosen.width - sizes.width) / 2;
        sizes.width = chosen.width;
    }
}

Layout::HeadLines Layout::headLines(const Participant& who) const {
    double room = sizes.headWidth - headIcon - 12;
    HeadLines lines;
    const bool crowd = lanes() > lanesToMeasure; // nobody measures them all: names only
    lines.name = wrapAtMost(metrics, Font::Head, who.name, room, crowd ? 2 : mostNameLines);
    if (crowd)
        return lines;
    const auto add = [&](const std::string& words) {
        for (std::string& line : wrap(metrics, Font::Small, words, room))
            lines.details.push_back(std::move(line));
    };
    lines.underIcon =
        std::any_of(who.addresses.begin(), who.addresses.end(), [&](const std::string& address) {
            const double width = metrics.width(Font::Small, address);
            return address != who.name && width > room && width <= sizes.headWidth - headMargin;
        });
    if (lines.underIcon)
        room = sizes.headWidth - headMargin;
    if (!who.role.empty())
        add(chosen.words(who.role));
    for (const std::string& address : who.addresses)
        if (address != who.name)
            add(address);
    if (lines.details.size() > mostDetailLines) {
        lines.details.resize(mostDetailLines);
        lines.details.back() += " …";
    }
    return lines;
}

double Layout::detailsBelow(const HeadLines& lines) const {
    const double names = static_cast<double>(lines.name.size()) * chosen.type.head * 1.3;
    return lines.underIcon ? std::max(names, iconHeight) : names;
}

void Layout::measureHeads() {
    const double nameLine = chosen.type.head * 1.3, detailLine = chosen.type.small * 1.28;
    double highest = lanes() > lanesToMeasure ? 2 * nameLine : 0;
    for (std::size_t lane = 0; lane < std::min(lanes(), lanesToMeasure); ++lane) {
        const HeadLines lines = headLines(participants()[lane]);
        highest =
            std::max(highest, detailsBelow(lines) + static_cast<double>(lines.details.size()) * detailLine);
    }
    sizes.headHeight = lanes() == 0 ? 0 : std::ceil(std::max(highest, 36.0) + 16 + 24);
}

double Layout::height() const {
    return sizes.top + shown->height() + sizes.bottom;
}

std::size_t Layout::laneOf(HostId host) const {
    const auto found = laneOfHost.find(host);
    return found == laneOfHost.end() ? noLane : found->second;
}

Rect Layout::rowOf(Row row) const {
    if (shown->items() == 0)
        return {};
    const Item item = shown->item(shown->itemOf(row));
    return {0, sizes.top + item.y, sizes.width, item.height};
}

std::optional<Row> Layout::rowAt(double y) const {
    if (shown->items() == 0 || y < 0 || y >= height())
        return {};
    return shown->item(shown->itemAt(y - sizes.top)).first;
}

double Layout::arrowBelow(const Item& item) const {
    if (item.fold)
        return item.lead + sizes.rows.fold / 2;
    return item.lead + 10 + std::ceil(chosen.type.label * 1.3) + summaryLines(item.facts) * sizes.rows.line +
           aboveArrow;
}

std::string Layout::timeText(Time time) const {
    const double seconds = static_cast<double>(time - origin) / 1e9;
    return fmt::format("{:.{}f} s", seconds, sizes.digits);
}

std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3;)
        digits.insert(at -= 3, "\u202f");
    return digits;
}

Text foldText(const Fold& fold, const RowFacts& first) {
    const bool datagrams = first.kind == KindId::udp_datagram;
    if (first.keepsAlive()) // their size says nothing: a byte at most
        return WS_TR("diagram", "%1 keep-alive segments").with(grouped(fold.size()));
    if (!fold.bytes)
        return (datagrams ? WS_TR("diagram", "%1 datagrams") : WS_TR("diagram", "%1 segments"))
            .with(grouped(fold.size()));
    return (datagrams ? WS_TR("diagram", "%1 datagrams, %2") : WS_TR("diagram", "%1 segments, %2"))
        .with(grouped(fold.size()))
        .with(bytesInWords(*fold.bytes));
}

/// Grey: nothing yet or no more. Amber: waiting for the first answer. Green: there. Blue: on the way out or
/// asking again. Violet: a server's. Red: it went wrong.
std::uint8_t toneOf(std::string_view state) {
    constexpr std::uint8_t grey = 0, amber = 1, blue = 2, green = 3, violet = 4, red = 5;
    struct Known {
        std::string_view word;
        std::uint8_t tone;
    };
    constexpr std::array<Known, 24> known{
        {{"INIT", grey},       {"CLOSED", grey},       {"LISTEN", grey},        {"INIT-REBOOT", grey},
         {"TIME-WAIT", grey},  {"SYN-SENT", amber},    {"SYN-RECEIVED", amber}, {"SELECTING", amber},
         {"REBOOTING", amber}, {"ESTABLISHED", green}, {"BOUND", green},        {"REQUESTING", blue},
         {"RENEWING", blue},   {"REBINDING", blue},    {"FIN-WAIT-1", blue},    {"FIN-WAIT-2", blue},
         {"CLOSE-WAIT", blue}, {"LAST-ACK", blue},     {"CLOSING", blue},       {"OFFERED", violet},
         {"LEASED", green},    {"FAILED", red},        {"UNREACHABLE", red},    {"INCOMPLETE", amber}}};
    for (const Known& k : known)
        if (k.word == state)
            return k.tone;
    unsigned sum = 0;
    for (const char c : state)
        sum = sum * 31 + static_cast<unsigned char>(c);
    return static_cast<std::uint8_t>(1 + sum % 4);
}

} // namespace wirestage::diagram
