// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer's target for the whole path from a file's bytes to the diagram: whatever stands in a capture,
// nothing on the way may read past an end, loop or grow without bound. Each stage is one function below.
#include "core/capture/capture_file.h"
#include "core/diagram/capture_source.h"
#include "core/diagram/layout.h"
#include "core/diagram/sequence.h"
#include "core/diagram/text_metrics.h"
#include "core/exchange/capture.h"
#include "core/protocols/description.h"
#include "core/protocols/dissection.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace wirestage {
namespace {

/// A small file can name very many tiny records: enough is seen after these.
constexpr std::size_t mostFrames = 4096;

/// What the stages make of the bytes ends here, so that no optimiser leaves the work out.
volatile std::uint64_t sink = 0;

/// An invariant of the path; `what` is printed where it does not hold.
void require(bool holds, std::string_view what) {
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(what.size()), what.data());
    std::abort();
}

/// Walks all records; what a cursor hands out must lie in the file, in order, and be found again by its
/// offset.
std::vector<std::uint64_t> walkFrames(const CaptureFile& file) {
    std::vector<std::uint64_t> offsets;
    auto cursor = file.cursor();
    Frame frame;
    while (offsets.size() < mostFrames && cursor.next(frame)) {
        require(frame.number == offsets.size() + 1, "frames are numbered from 1");
        require(offsets.empty() || frame.offset > offsets.back(), "offsets rise");
        require(frame.bytes.size() <= file.size(), "a frame lies in the file");
        const Frame again = file.frame(frame.offset, frame.number);
        require(again.bytes.data() == frame.bytes.data() && again.bytes.size() == frame.bytes.size(),
                "a frame is found again by its offset");
        for (const auto byte : frame.bytes)
            sink = sink + byte;
        offsets.push_back(frame.offset);
    }
    return offsets;
}

/// What a file says about itself besides its frames.
void readSurroundings(const CaptureFile& file, const std::vector<std::uint64_t>& offsets) {
    sink = sink + file.interfaces().size() + file.secrets().size() + file.comments().size();
    for (const auto offset : offsets)
        sink = sink + file.commentsOf(offset).size();
}

/// A field's parent stands before it, and its bytes lie in the buffer that it names.
void requireSoundFields(const Description& description, Bytes frame) {
    for (std::size_t i = 0; i < description.fields.size(); ++i) {
        const Field& field = description.fields[i];
        require(field.spec != nullptr && field.parent >= -1 && field.parent < static_cast<std::int32_t>(i),
                "parents stand before their fields");
        if (field.generated)
            continue;
        require(field.buffer <= description.buffers.size(), "a field names a buffer that exists");
        const auto size =
            field.buffer == 0 ? frame.size() : description.buffers[field.buffer - 1U].bytes.size();
        require(field.offset <= size && field.length <= size - field.offset,
                field.spec->name.empty() ? field.spec->title : field.spec->name);
    }
}

/// Takes every frame apart twice, for its facts and for its fields: the readings must agree.
void dissectFrames(const CaptureFile& file, const std::vector<std::uint64_t>& offsets) {
    for (std::size_t i = 0; i < offsets.size(); ++i) {
        const Frame frame = file.frame(offsets[i], i + 1);
        Dissection facts;
        dissectFrame(facts, frame);

        Description description;
        Describer describer(description);
        describer.useBuffer(0, frame.bytes.data());
        Dissection fields;
        fields.describer = &describer;
        dissectFrame(fields, frame);

        require(facts.protocolCount == fields.protocolCount && facts.protocols == fields.protocols,
                "describing finds the same protocols");
        // Describing looks into options that the facts do not need, and may find more wrong with them.
        require(facts.carried == fields.carried &&
                    (facts.malformed == Malformed::No || fields.malformed != Malformed::No),
                "describing stops at the same place");
        require(facts.payload.data() == fields.payload.data() &&
                    facts.payload.size() == fields.payload.size(),
                "describing leaves the same payload");
    }
}

/// Looks at each of a few, at the first and the last ones of many.
template <typename Look>
void lookAtSome(std::uint64_t count, Look look) {
    constexpr std::uint64_t some = 100;
    for (std::uint64_t i = 0; i < count; i = i + 1 == some && count > 2 * some ? count - some : i + 1)
        look(i);
}

/// Indexes the capture and asks for everything that the command line prints: fields, exchanges, messages.
std::shared_ptr<const Capture> indexWhole(const CaptureFile& file) {
    auto capture = std::make_shared<Capture>(file);
    capture->index({}, mostFrames);
    require(capture->indexed(), "indexing ends");
    lookAtSome(capture->packetCount(), [&](std::uint64_t i) {
        const auto packet = static_cast<PacketIndex>(i);
        requireSoundFields(capture->describe(packet), capture->frame(packet).bytes);
    });
    lookAtSome(capture->exchangeCount(), [&](std::uint64_t i) {
        const auto id = static_cast<ExchangeId>(i);
        const Exchange exchange = capture->exchange(id);
        for (const Transition& change : exchange.transitions)
            require(change.participant < exchange.participants.size(), "a state belongs to a participant");
        sink = sink + english(capture->outcomeSentence(id)).size() + capture->row(id).packets;
    });
    sink = sink + capture->summary().messages;
    return capture;
}

/// The same without names: as many bytes, and everything that can be asked for.
void hideNames(const Capture& capture) {
    const auto hidden = capture.withoutNames();
    lookAtSome(capture.packetCount(), [&](std::uint64_t i) {
        const auto packet = static_cast<PacketIndex>(i);
        const Frame frame = hidden->frame(packet);
        require(frame.bytes.size() == capture.frame(packet).bytes.size(), "a packet keeps its length");
        requireSoundFields(hidden->describe(packet), frame.bytes);
    });
    lookAtSome(capture.exchangeCount(), [&](std::uint64_t i) {
        sink = sink + english(hidden->outcomeSentence(static_cast<ExchangeId>(i))).size();
    });
}

/// Makes the diagram of one level, and the geometry of its top and its end.
void layOut(const std::shared_ptr<const Capture>& capture, std::optional<Level> level) {
    using namespace diagram;
    const auto source = captureSource(capture, {}, level);
    const auto sequence = std::make_shared<Sequence>(source, SequenceOptions{});
    const PlainMetrics metrics;
    const Layout layout(sequence, metrics, LayoutOptions{});
    lookAtSome(source->size(), [&](std::uint64_t row) {
        const Message message = source->message(row);
        require(!message.packets.empty(), "a message stands in a packet");
        sink = sink + english(message.label).size() + english(message.summary).size();
    });
    constexpr double page = 1000;
    require(layout.height() >= 0 && layout.width() > 0, "a diagram has a size");
    for (const double top : {0.0, layout.height() - page}) {
        const Scene scene = layout.scene({0, top, layout.width(), page});
        sink = sink + scene.heads.size() + scene.body.size();
    }
}

} // namespace
} // namespace wirestage

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace wirestage;
    const auto opened = CaptureFile::fromMemory(Bytes(data, size));
    const auto* file = std::get_if<CaptureFile>(&opened);
    if (!file)
        return 0;
    const auto offsets = walkFrames(*file);
    readSurroundings(*file, offsets);
    dissectFrames(*file, offsets);
    const auto capture = indexWhole(*file);
    hideNames(*capture);
    for (const auto level :
         {std::optional<Level>{}, std::optional{Level::Link}, std::optional{Level::Transport}})
        layOut(capture, level);
    return 0;
}
