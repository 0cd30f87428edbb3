// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/overlay/merged_ends.h"

#include "core/capture/growing_file.h"
#include "core/capture/pcapng_writer.h"
#include "core/overlay/packet_identity.h"

#include <algorithm>
#include <sstream>
#include <string_view>
#include <unordered_set>

namespace wirestage::overlay {
namespace {

constexpr std::size_t packetsBetweenWrites = 4096;

/// A frame that goes into the merged capture.
struct Entry {
    End from = End::A; ///< whose copy of it
    PacketIndex packet = 0;
    Time time = 0;
    Passage passage;
};

class EndsMerger {
public:
    EndsMerger(const Capture& a, const Capture& b, const MergeOptions& how)
        : captures{&a, &b}, options(how) {}
    std::variant<MergedEnds, Text> run();

private:
    void addCrossing(const Crossing& crossing);
    void addTheRest(End end);
    std::optional<Text> write();
    bool goOn() { return !options.progress || options.progress(written); }
    [[nodiscard]] const Capture& of(End end) const { return *captures[static_cast<std::size_t>(end)]; }

    const Capture* captures[2];
    const MergeOptions& options;
    std::vector<bool> taken[2];                 ///< by packet: it is in a crossing
    std::unordered_set<std::string_view> notIp; ///< A's frames that are not IP, by their bytes
    std::vector<Entry> entries;
    std::uint64_t written = 0;
    TwoEnds found;
    std::optional<CaptureFile> file;
};

Text givenUp() {
    return WS_TR("capture", "opening was given up");
}

std::size_t lookedAt(const Capture& capture) {
    return std::min<std::size_t>(capture.packetCount(), TwoEnds::mostPackets);
}

/// The sender's copy where there is one: it is what was sent.
void EndsMerger::addCrossing(const Crossing& crossing) {
    Entry entry;
    Passage& passage = entry.passage;
    passage.inA = crossing.inA.value_or(none);
    passage.inB = crossing.inB.value_or(none);
    passage.sentSeen = crossing.sent.has_value();
    passage.sent = crossing.sent.value_or(0);
    passage.received = crossing.received.value_or(0);
    passage.fate = crossing.received               ? Passage::Fate::Arrived
                   : crossing.lost.value_or(false) ? Passage::Fate::Lost
                                                   : Passage::Fate::Unknown;
    const End to = crossing.from == End::A ? End::B : End::A;
    entry.from = crossing.sent ? crossing.from : to; // which has it where the sender's has not
    entry.packet = entry.from == End::A ? passage.inA : passage.inB;
    entry.time = crossing.sent ? *crossing.sent : crossing.received.value_or(0);
    if (crossing.inA)
        taken[0][*crossing.inA] = true;
    if (crossing.inB)
        taken[1][*crossing.inB] = true;
    entries.push_back(entry);
}

/// A frame of the link that both captures show (an ARP request, say) is not shown twice.
void EndsMerger::addTheRest(End end) {
    const auto side = static_cast<std::size_t>(end);
    for (PacketIndex packet = 0; packet < taken[side].size(); ++packet) {
        if (taken[side][packet])
            continue;
        const Frame frame = of(end).frame(packet);
        if (!identify(frame)) {
            const std::string_view bytes(reinterpret_cast<const char*>(frame.bytes.data()),
                                         frame.bytes.size());
            if (end == End::A)
                notIp.insert(bytes);
            else if (notIp.count(bytes) > 0)
                continue;
        }
        Entry entry;
        entry.from = end;
        entry.packet = packet;
        entry.time = of(end).timeOf(packet) - (end == End::A ? 0 : found.shift);
        (end == End::A ? entry.passage.inA : entry.passage.inB) = packet;
        entries.push_back(entry);
    }
}

std::optional<Text> EndsMerger::write() {
    auto made = GrowingFile::in(CacheFile(options.cacheFolder, options.limit), options.limit);
    if (Text* why = std::get_if<Text>(&made))
        return std::move(*why);
    auto& into = std::get<GrowingFile>(made);
    std::ostringstream out;
    PcapngWriter writer(out, "Wirestage");
    for (std::size_t i = 0; i < entries.size(); ++i) {
        Frame frame = of(entries[i].from).frame(entries[i].packet);
        frame.time = entries[i].time;
        writer.write(frame);
        if (i % packetsBetweenWrites != 0 && i + 1 < entries.size())
            continue;
        const std::string text = std::move(out).str();
        out.str(std::string());
        if (into.append({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}) !=
            CacheFile::Append::Done)
            return WS_TR("overlay", "the merged capture does not fit on the disk: make room, or set "
                                    "XDG_CACHE_HOME to a folder on another disk");
        written = into.size();
        if (!goOn())
            return givenUp();
    }
    into.end();
    auto opened = into.capture();
    if (auto* error = std::get_if<CaptureFile::OpenError>(&opened))
        return std::move(error->why);
    file = std::move(std::get<CaptureFile>(opened));
    return std::nullopt;
}

std::variant<MergedEnds, Text> EndsMerger::run() {
    bool stopped = false;
    found = mergeTwoEnds(of(End::A), of(End::B), [&] {
        stopped = stopped || !goOn();
        return !stopped;
    });
    if (stopped)
        return givenUp();
    if (found.foundTwice == 0)
        return WS_TR("overlay", "no packet is in both captures, so there is nothing to merge");
    for (const End end : {End::A, End::B})
        taken[static_cast<std::size_t>(end)].resize(lookedAt(of(end)));
    for (const Crossing& crossing : found.crossings)
        addCrossing(crossing);
    found.crossings = {};
    addTheRest(End::A);
    addTheRest(End::B);
    std::stable_sort(entries.begin(), entries.end(),
                     [](const Entry& a, const Entry& b) { return a.time < b.time; });
    if (auto why = write())
        return std::move(*why);
    MergedEnds merged{std::move(found), std::move(*file), {}};
    merged.passages.reserve(entries.size());
    for (const Entry& entry : entries)
        merged.passages.push_back(entry.passage);
    return merged;
}

} // namespace

std::variant<MergedEnds, Text> mergeEnds(const Capture& a, const Capture& b, const MergeOptions& options) {
    return EndsMerger(a, b, options).run();
}

} // namespace wirestage::overlay
