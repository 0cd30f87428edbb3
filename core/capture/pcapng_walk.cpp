// SPDX-License-Identifier: GPL-3.0-or-later
// The way through a pcapng file: sections and interfaces (draft-ietf-opsawg-pcapng, sections 4.1 and 4.2) are
// remembered, packets delivered, secrets (4.7) noted and everything else passed over.
#include "core/capture/limits.h"
#include "core/capture/load.h"
#include "core/capture/pcapng.h"

#include <algorithm>
#include <mutex>

namespace wirestage::pcapng {
namespace {

using capture::load;

Text tooManyDescriptions(std::uint64_t packets) {
    return WS_TR("capture",
                 "describes more interfaces or sections than can be kept; reading stopped after packet %1")
        .with(packets);
}

/// if_tsresol: a power of ten, or of two where the first bit is set. \return false if it does not fit into 64
/// bits
bool applyResolution(std::uint8_t resolution, Interface& interface) {
    const unsigned exponent = resolution & 0x7f;
    const bool binary = (resolution & 0x80) != 0;
    if (exponent >= (binary ? 64U : 20U))
        return false;
    interface.ticksPerSecond = 1;
    for (unsigned i = 0; i < exponent; ++i)
        interface.ticksPerSecond *= binary ? 2 : 10;
    return true;
}

bool applyOptions(Bytes options, bool swap, Interface& interface) {
    OptionReader reader(options, swap);
    for (Option option; reader.next(option);) {
        if (option.code == 9 && option.value.size() == 1 && !applyResolution(option.value[0], interface))
            return false;
        if (option.code == 14 && option.value.size() == 8)
            interface.offsetSeconds =
                static_cast<std::int64_t>(load<std::uint64_t>(option.value.data(), swap));
    }
    const bool whole = interface.offsetSeconds == 0 && 1'000'000'000 % interface.ticksPerSecond == 0;
    interface.nanosecondsPerTick = whole ? 1'000'000'000 / interface.ticksPerSecond : 0;
    return true;
}

/// Adds what lies behind everything known; walkers that come later find it there already.
template <class Item, class Offset>
bool append(std::vector<Item>& items, const Item& item, Offset offsetOf) {
    if (!items.empty() && offsetOf(items.back()) >= offsetOf(item))
        return true;
    if (items.size() >= capture::mostDescriptions)
        return false;
    items.push_back(item);
    return true;
}

} // namespace

bool Directory::addSection(Section section) {
    const std::unique_lock lock(mutex_);
    section.firstInterface = static_cast<std::uint32_t>(interfaces_.size());
    return append(sections_, section, [](const Section& s) { return s.offset; });
}

bool Directory::addInterface(const Interface& interface) {
    const std::unique_lock lock(mutex_);
    return append(interfaces_, interface, [](const Interface& i) { return i.offset; });
}

bool Directory::addSecrets(std::uint64_t offset) {
    const std::unique_lock lock(mutex_);
    return append(secrets_, offset, [](std::uint64_t o) { return o; });
}

/// Programs may write statistics again and again: the last ones count.
void Directory::addRunning(Time from, Time to) {
    const std::unique_lock lock(mutex_);
    running_ = running_ ? std::pair(std::max(running_->first, from), std::max(running_->second, to))
                        : std::pair(from, to);
}

std::optional<Section> Directory::sectionAt(std::uint64_t offset) const {
    const std::shared_lock lock(mutex_);
    const auto after = std::upper_bound(sections_.begin(), sections_.end(), offset,
                                        [](std::uint64_t o, const Section& s) { return o < s.offset; });
    return after == sections_.begin() ? std::nullopt : std::optional(*std::prev(after));
}

std::optional<Interface> Directory::interfaceAt(const Section& section, std::uint64_t offset,
                                                std::uint32_t id) const {
    const std::shared_lock lock(mutex_);
    const std::uint64_t index = std::uint64_t{section.firstInterface} + id;
    // An interface of a later section, or one described only further on, is not this packet's.
    if (index >= interfaces_.size() || interfaces_[index].offset >= offset)
        return std::nullopt;
    return interfaces_[index];
}

std::vector<Section> Directory::sections() const {
    const std::shared_lock lock(mutex_);
    return sections_;
}

std::vector<Interface> Directory::interfaces() const {
    const std::shared_lock lock(mutex_);
    return interfaces_;
}

void Directory::addLoss(std::uint32_t interface, std::uint64_t packets) {
    const std::unique_lock lock(mutex_);
    if (interface >= interfaces_.size())
        return;
    std::uint64_t& known = lost_[interface];
    known = std::max(known, packets);
}

std::uint64_t Directory::lost() const {
    const std::shared_lock lock(mutex_);
    std::uint64_t sum = 0;
    for (const auto& [interface, packets] : lost_)
        sum += packets;
    return sum;
}

void Directory::addHole(std::uint64_t offset, std::uint64_t packets) {
    const std::unique_lock lock(mutex_);
    if (offset <= lastHole_) // another walker has counted it
        return;
    lastHole_ = offset;
    if (__builtin_add_overflow(gaveWay_, packets, &gaveWay_))
        gaveWay_ = ~std::uint64_t{0};
}

std::uint64_t Directory::gaveWay() const {
    const std::shared_lock lock(mutex_);
    return gaveWay_;
}

std::vector<std::uint64_t> Directory::secrets() const {
    const std::shared_lock lock(mutex_);
    return secrets_;
}

std::optional<std::pair<Time, Time>> Directory::running() const {
    const std::shared_lock lock(mutex_);
    return running_;
}

bool Walker::next(Bytes file, std::uint64_t& position, Directory& directory, Frame& frame,
                  std::optional<Text>& problem) {
    const std::uint64_t packets = frame.number;
    Block block;
    cut_ = false;
    while (position < file.size()) {
        const bool swap = sectionNeedsSwap(file, position).value_or(swap_);
        if (!findBlock(file, position, swap, block)) {
            problem = whyNoBlock(file, position, swap, packets);
            cut_ = isCut(file, position, swap);
            return false;
        }
        if (isFrame(block.type)) {
            frame.number = packets + 1;
            if (std::optional<Text> why = takePacket(block, frame)) {
                problem = std::move(why);
                return false;
            }
            position += block.body.size() + 12;
            return true;
        }
        problem = block.type == BlockType::SectionHeader ? startSection(block, swap, directory, packets)
                                                         : takeOther(block, directory, packets);
        if (problem)
            return false;
        position += block.body.size() + 12;
    }
    return false;
}

std::optional<Text> Walker::takePacket(const Block& block, Frame& frame) {
    const std::optional<std::uint32_t> id = interfaceOf(block, swap_);
    const Interface* interface = id && *id < interfaces_.size() ? &interfaces_[*id] : nullptr;
    std::optional<Text> problem = packetOf(block, swap_, interface, previous_, frame);
    previous_ = frame.time;
    return problem;
}

std::optional<Text> Walker::takeOther(const Block& block, Directory& directory, std::uint64_t packets) {
    if (block.type == BlockType::InterfaceDescription)
        return describeInterface(block, directory, packets);
    if (block.type == BlockType::InterfaceStatistics)
        takeStatistics(block, directory);
    if (const auto gone = gaveWayIn(block, swap_))
        directory.addHole(block.offset, *gone);
    if (block.type == BlockType::DecryptionSecrets && !directory.addSecrets(block.offset))
        return tooManyDescriptions(packets);
    return std::nullopt;
}

/// isb_starttime and isb_endtime (section 4.6): the packets alone do not tell when there could have been
/// some. isb_ifdrop: what the interface lost. dumpcap writes such a block at its end, one for each interface.
void Walker::takeStatistics(const Block& block, Directory& directory) const {
    const std::optional<Section> section = directory.sectionAt(block.offset);
    if (!section || block.body.size() < 12)
        return;
    const auto id = load<std::uint32_t>(block.body.data(), swap_);
    if (id >= interfaces_.size())
        return;
    std::optional<Time> from, to;
    OptionReader reader(block.body.subspan(12), swap_);
    for (Option option; reader.next(option);) {
        if (option.value.size() != 8)
            continue;
        const std::uint8_t* at = option.value.data();
        if (option.code == 5) {
            directory.addLoss(section->firstInterface + id, load<std::uint64_t>(at, swap_));
        } else if (option.code == 2 || option.code == 3) {
            const std::uint64_t ticks =
                std::uint64_t{load<std::uint32_t>(at, swap_)} << 32 | load<std::uint32_t>(at + 4, swap_);
            (option.code == 2 ? from : to) = timeOf(ticks, interfaces_[id]);
        }
    }
    if (from && to)
        directory.addRunning(*from, *to);
}

std::optional<Text> Walker::startSection(const Block& block, bool swap, Directory& directory,
                                         std::uint64_t packets) {
    if (block.body.size() < 16 || load<std::uint16_t>(block.body.data() + 4, swap) != 1)
        return WS_TR("capture",
                     "the section after packet %1 is of an unknown version of pcapng; reading stopped there")
            .with(packets);
    swap_ = swap;
    interfaces_.clear();
    if (!directory.addSection({block.offset, 0, swap}))
        return tooManyDescriptions(packets);
    return std::nullopt;
}

std::optional<Text> Walker::describeInterface(const Block& block, Directory& directory,
                                              std::uint64_t packets) {
    if (block.body.size() < 8)
        return WS_TR("capture",
                     "the description of an interface after packet %1 is damaged; reading stopped there")
            .with(packets);
    Interface interface;
    interface.offset = block.offset;
    interface.link = static_cast<LinkType>(load<std::uint16_t>(block.body.data(), swap_));
    interface.snapshotLength = load<std::uint32_t>(block.body.data() + 4, swap_);
    if (!applyOptions(block.body.subspan(8), swap_, interface))
        return WS_TR("capture", "the clock of an interface after packet %1 is finer than can be counted; "
                                "reading stopped there")
            .with(packets);
    if (!directory.addInterface(interface))
        return tooManyDescriptions(packets);
    interfaces_.push_back(interface);
    return std::nullopt;
}

} // namespace wirestage::pcapng
