// SPDX-License-Identifier: GPL-3.0-or-later
// One block of a pcapng file at a time: its frame (draft-ietf-opsawg-pcapng, section 3.1), its options (3.5)
// and the packet in it (4.3, 4.4 and appendix A for the obsolete block).
#include "core/capture/limits.h"
#include "core/capture/load.h"
#include "core/capture/pcapng.h"

#include <algorithm>

namespace wirestage::pcapng {
namespace {

using capture::load;

constexpr std::uint32_t byteOrderMagic = 0x1A2B3C4D;
constexpr std::size_t systemEventHeader = 24;
__extension__ using Wide = __int128;

Time clamped(Wide nanoseconds) {
    constexpr Wide furthest = capture::furthestTime;
    return static_cast<Time>(std::clamp(nanoseconds, -furthest, furthest));
}

std::uint64_t ticksAt(const std::uint8_t* at, bool swap) {
    return std::uint64_t{load<std::uint32_t>(at, swap)} << 32 | load<std::uint32_t>(at + 4, swap);
}

Text damaged(const Frame& frame) {
    return WS_TR("capture", "packet %1 is damaged; reading stopped there").with(frame.number);
}

/// Of a systemd journal entry: the text up to the padding, and its __REALTIME_TIMESTAMP (microseconds).
void journalEntry(const Block& block, Frame& frame) {
    std::string_view text(reinterpret_cast<const char*>(block.body.data()), block.body.size());
    text = text.substr(0, text.find_last_not_of('\0') + 1);
    frame.bytes = block.body.first(text.size());
    frame.length = static_cast<std::uint32_t>(text.size());
    constexpr std::string_view key = "__REALTIME_TIMESTAMP=";
    const auto found = text.substr(0, 4096).find(key);
    if (found == text.npos)
        return;
    Wide microseconds = 0;
    for (const char c : text.substr(found + key.size(), 19)) {
        if (c < '0' || c > '9')
            break;
        microseconds = microseconds * 10 + (c - '0');
    }
    frame.time = clamped(microseconds * 1000);
}

/// Blocks that are frames to Wireshark though nothing went over a wire.
std::optional<Text> otherFrame(const Block& block, bool swap, Frame& frame) {
    frame.link = notAPacket;
    std::size_t header = 4; // the Private Enterprise Number of a custom block
    if (block.type == BlockType::JournalEntry) {
        journalEntry(block, frame);
        return std::nullopt;
    }
    if (block.type == BlockType::SystemEvent)
        header = systemEventHeader;
    else if (block.type == BlockType::SystemEvent2 || block.type == BlockType::SystemEvent2Large)
        header = systemEventHeader + 4;
    if (block.body.size() < header)
        return damaged(frame);
    if (header > 4)
        frame.time = clamped(load<std::uint64_t>(block.body.data() + 2, swap));
    frame.bytes = block.body.subspan(header);
    frame.length = static_cast<std::uint32_t>(frame.bytes.size());
    return std::nullopt;
}

} // namespace

bool OptionReader::next(Option& option) {
    if (rest_.size() < 4)
        return false;
    option.code = load<std::uint16_t>(rest_.data(), swap_);
    const std::size_t length = load<std::uint16_t>(rest_.data() + 2, swap_);
    if (option.code == 0 || rest_.size() - 4 < length)
        return false;
    option.value = rest_.subspan(4, length);
    rest_ = rest_.subspan(std::min(rest_.size(), 4 + (length + 3) / 4 * 4));
    return true;
}

std::vector<std::string> commentsIn(Bytes options, bool swap) {
    std::vector<std::string> comments;
    OptionReader reader(options, swap);
    for (Option option; reader.next(option);)
        if (option.code == 1)
            comments.emplace_back(option.value.begin(), option.value.end());
    return comments;
}

std::optional<bool> sectionNeedsSwap(Bytes file, std::uint64_t offset) {
    if (offset > file.size() || file.size() - offset < 12)
        return std::nullopt;
    const std::uint8_t* at = file.data() + offset;
    if (load<std::uint32_t>(at, false) != static_cast<std::uint32_t>(BlockType::SectionHeader))
        return std::nullopt;
    const auto magic = load<std::uint32_t>(at + 8, false);
    if (magic == byteOrderMagic)
        return false;
    if (magic == capture::swapped(byteOrderMagic))
        return true;
    return std::nullopt;
}

Text tooLong(std::uint64_t packet, std::uint64_t claimed) {
    return WS_TR("capture", "packet %1 claims to have %2 bytes, which cannot be; reading stopped there")
        .with(packet)
        .with(claimed);
}

bool findBlock(Bytes file, std::uint64_t offset, bool swap, Block& block) {
    const std::uint64_t left = offset < file.size() ? file.size() - offset : 0;
    if (left < 12)
        return false;
    const std::uint8_t* at = file.data() + offset;
    const std::uint64_t total = load<std::uint32_t>(at + 4, swap);
    if (total < 12 || total > left || total > capture::longestBlock || total % 4 != 0)
        return false;
    block.offset = offset;
    block.type = static_cast<BlockType>(load<std::uint32_t>(at, swap));
    block.body = file.subspan(offset + 8, total - 12);
    // A program may have been killed between writing the one and the other.
    return load<std::uint32_t>(at + total - 4, swap) == total || gaveWayIn(block, swap);
}

std::optional<std::uint64_t> gaveWayIn(const Block& block, bool swap) {
    if (block.type != BlockType::Hole || block.body.size() < Hole::leastLength - 12 ||
        !std::equal(Hole::magic.begin(), Hole::magic.end(), block.body.begin()))
        return std::nullopt;
    return load<std::uint64_t>(block.body.data() + Hole::magic.size(), swap);
}

Text whyNoBlock(Bytes file, std::uint64_t offset, bool swap, std::uint64_t packets) {
    const std::uint64_t left = offset < file.size() ? file.size() - offset : 0;
    if (left < 12)
        return WS_TR("capture", "cut off after packet %1, in the middle of a block").with(packets);
    const std::uint8_t* at = file.data() + offset;
    const std::uint64_t total = load<std::uint32_t>(at + 4, swap);
    if (total < 12 || total > capture::longestBlock || total % 4 != 0)
        return WS_TR("capture", "the block after packet %1 claims to have %2 bytes, which cannot be; reading "
                                "stopped there")
            .with(packets)
            .with(total);
    if (total > left && isFrame(static_cast<BlockType>(load<std::uint32_t>(at, swap))))
        return WS_TR("capture", "cut off in the middle of packet %1").with(packets + 1);
    if (total > left)
        return WS_TR("capture", "cut off after packet %1, in the middle of a block").with(packets);
    return WS_TR("capture", "the block after packet %1 has two different lengths; reading stopped there")
        .with(packets);
}

bool isCut(Bytes file, std::uint64_t offset, bool swap) {
    const std::uint64_t left = offset < file.size() ? file.size() - offset : 0;
    if (left < 12)
        return true;
    const std::uint64_t total = load<std::uint32_t>(file.data() + offset + 4, swap);
    return total > left && total <= capture::longestBlock && total % 4 == 0;
}

bool isFrame(BlockType type) {
    switch (type) {
    case BlockType::EnhancedPacket:
    case BlockType::SimplePacket:
    case BlockType::ObsoletePacket:
    case BlockType::Custom:
    case BlockType::CustomNotCopied:
    case BlockType::JournalEntry:
    case BlockType::SystemEvent:
    case BlockType::SystemEvent2:
    case BlockType::SystemEvent2Large: return true;
    default: return false;
    }
}

Time timeOf(std::uint64_t ticks, const Interface& interface) {
    std::int64_t quick = 0;
    if (interface.nanosecondsPerTick != 0 &&
        !__builtin_mul_overflow(ticks, interface.nanosecondsPerTick, &quick))
        return std::min(quick, capture::furthestTime);
    const std::uint64_t second = interface.ticksPerSecond;
    const Wide seconds = static_cast<Wide>(ticks / second) + interface.offsetSeconds;
    const Wide fraction = static_cast<Wide>(ticks % second) * 1'000'000'000 / second;
    return clamped(seconds * 1'000'000'000 + fraction);
}

std::optional<std::uint32_t> interfaceOf(const Block& block, bool swap) {
    switch (block.type) {
    case BlockType::EnhancedPacket:
        return block.body.size() >= 20 ? std::optional(load<std::uint32_t>(block.body.data(), swap))
                                       : std::nullopt;
    case BlockType::ObsoletePacket:
        return block.body.size() >= 20
                   ? std::optional<std::uint32_t>(load<std::uint16_t>(block.body.data(), swap))
                   : std::nullopt;
    case BlockType::SimplePacket: return 0;
    default: return std::nullopt;
    }
}

std::optional<Text> packetOf(const Block& block, bool swap, const Interface* interface, Time untimed,
                             Frame& frame) {
    frame.offset = block.offset;
    frame.time = untimed;
    const bool simple = block.type == BlockType::SimplePacket;
    if (!simple && block.type != BlockType::EnhancedPacket && block.type != BlockType::ObsoletePacket)
        return otherFrame(block, swap, frame);
    const std::size_t header = simple ? 4 : 20;
    if (block.body.size() < header)
        return damaged(frame);
    if (!interface)
        return WS_TR("capture",
                     "packet %1 names an interface that the file does not describe; reading stopped there")
            .with(frame.number);
    const std::uint8_t* at = block.body.data();
    std::uint32_t captured = 0;
    frame.link = interface->link;
    if (simple) {
        frame.length = captured = load<std::uint32_t>(at, swap);
        if (interface->snapshotLength != 0)
            captured = std::min(captured, interface->snapshotLength);
    } else {
        frame.time = timeOf(ticksAt(at + 4, swap), *interface);
        captured = load<std::uint32_t>(at + 12, swap);
        frame.length = load<std::uint32_t>(at + 16, swap);
    }
    if (captured > block.body.size() - header || captured > capture::longestPacket(frame.link))
        return tooLong(frame.number, captured);
    frame.bytes = block.body.subspan(header, captured);
    return std::nullopt;
}

Bytes packetOptions(const Block& block, bool swap) {
    if ((block.type != BlockType::EnhancedPacket && block.type != BlockType::ObsoletePacket) ||
        block.body.size() < 20)
        return {};
    const std::uint64_t captured = load<std::uint32_t>(block.body.data() + 12, swap);
    const std::uint64_t end = 20 + (captured + 3) / 4 * 4;
    return end <= block.body.size() ? block.body.subspan(end) : Bytes{};
}

} // namespace wirestage::pcapng
