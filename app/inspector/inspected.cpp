// SPDX-License-Identifier: GPL-3.0-or-later
// Fetches a message with its packet, its exchange and the message before it that was of the same kind and
// went the same way: that is the one whose fields a learner compares.
#include "app/inspector/inspected.h"

#include <algorithm>
#include <map>

namespace wirestage {
namespace {

/// So far back a message of the same kind is looked for.
constexpr std::uint64_t rowsToLookBack = 200;

/// As the lifeline has it; a lesson's hosts have titles.
std::string nameOf(const Capture& capture, const diagram::DiagramSource& shown, HostId host) {
    for (const Participant& who : shown.participants())
        if (who.host == host && host != none)
            return who.name;
    return host == none ? std::string() : capture.host(host).name;
}

PacketIndex lastPacket(const Message& message) {
    return message.packets.empty() ? message.ref.packet : message.packets.back();
}

void compareWithEarlier(Inspected& it, const Capture& capture, const diagram::DiagramSource& shown,
                        diagram::Row row) {
    const diagram::Row stop = row > rowsToLookBack ? row - rowsToLookBack : 0;
    for (diagram::Row before = row; before-- > stop;) {
        if (shown.facts(before).kind != it.message.kind)
            continue;
        const Message other = shown.message(before);
        if (other.kind != it.message.kind || other.from != it.message.from || other.to != it.message.to ||
            other.ref.packet == it.message.ref.packet)
            continue;
        const PacketIndex packet = lastPacket(other);
        it.previousFrame = std::uint64_t{packet} + 1;
        it.changed = changedFields(it.packet, capture.describe(packet));
        return;
    }
}

bool contains(const Field& field, std::uint8_t buffer, std::uint32_t offset) {
    return !field.generated && field.buffer == buffer && offset >= field.offset &&
           offset - field.offset < field.length;
}

} // namespace

std::span<const std::uint8_t> Inspected::bytesOf(std::uint8_t buffer) const {
    if (buffer == 0)
        return frame;
    return buffer <= packet.buffers.size() ? std::span(packet.buffers[buffer - 1U].bytes)
                                           : std::span<const std::uint8_t>();
}

Inspected inspect(const Capture& capture, const diagram::DiagramSource& shown, diagram::Row row) {
    Inspected it;
    if (row >= shown.size())
        return it;
    it.valid = true;
    it.message = shown.message(row);
    it.position = row + 1;
    it.total = shown.size();
    it.from = nameOf(capture, shown, it.message.from);
    it.to = nameOf(capture, shown, it.message.to);
    it.notReceived = diagram::ofWhatDidNotArrive(shown, row);
    if (const auto way = shown.way(row); way && way->stopped)
        it.stoppedAt = nameOf(capture, shown, way->to);
    if (it.message.exchange != none)
        it.exchange = capture.exchange(it.message.exchange);
    const PacketIndex packet = lastPacket(it.message);
    it.packet = capture.describe(packet);
    const Frame frame = capture.frame(packet);
    it.frame.assign(frame.bytes.begin(), frame.bytes.end());
    it.frameNumber = std::uint64_t{packet} + 1;
    it.frameLength = frame.length;
    if (const auto about = it.message.ref.level == Level::Network ? capture.quoted(packet) : std::nullopt)
        it.aboutFrame = std::uint64_t{*about} + 1;
    it.sinceStart = it.message.time - capture.start();
    compareWithEarlier(it, capture, shown, row);
    return it;
}

std::vector<bool> changedFields(const Description& now, const Description& before) {
    // The same name may come several times (options): the first is compared with the first, and so on.
    std::map<std::string_view, std::vector<const Field*>> earlier;
    for (const Field& field : before.fields)
        if (field.spec && !field.spec->name.empty())
            earlier[field.spec->name].push_back(&field);
    std::map<std::string_view, std::size_t> seen;
    std::vector<bool> changed(now.fields.size(), false);
    for (std::size_t i = 0; i < now.fields.size(); ++i) {
        const Field& field = now.fields[i];
        if (!field.spec || field.spec->name.empty() || field.parent < 0 || field.spec->show == Show::Heading)
            continue;
        const auto& others = earlier[field.spec->name];
        const std::size_t place = seen[field.spec->name]++;
        changed[i] = place >= others.size() || others[place]->value != field.value;
    }
    return changed;
}

std::vector<HeaderSpan> headersOf(const Description& description) {
    std::vector<HeaderSpan> headers;
    const int count = static_cast<int>(description.fields.size());
    for (int i = 0; i < count; ++i) {
        if (description.fields[static_cast<std::size_t>(i)].parent >= 0)
            continue;
        if (!headers.empty())
            headers.back().end = i;
        headers.push_back({i, count});
    }
    return headers;
}

int fieldAt(const Description& description, std::uint8_t buffer, std::uint32_t offset) {
    int best = -1;
    std::uint64_t smallest = ~std::uint64_t{0};
    for (std::size_t i = 0; i < description.fields.size(); ++i) {
        const Field& field = description.fields[i];
        if (!contains(field, buffer, offset))
            continue;
        const std::uint64_t bits = field.bitLength ? field.bitLength : std::uint64_t{field.length} * 8;
        // A word with named bits is shown as the word: which bit was meant the byte cannot say.
        if (field.bitLength && bits < 8)
            continue;
        if (bits <= smallest) {
            smallest = bits;
            best = static_cast<int>(i);
        }
    }
    if (best >= 0)
        return best;
    for (std::size_t i = 0; i < description.fields.size(); ++i)
        if (contains(description.fields[i], buffer, offset))
            best = static_cast<int>(i);
    return best;
}

std::string_view protocolPart(std::string_view fieldName) {
    return fieldName.substr(0, fieldName.find('.'));
}

} // namespace wirestage
