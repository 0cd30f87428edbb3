// SPDX-License-Identifier: GPL-3.0-or-later
// A hole's block has a type of those that the pcapng draft leaves to local use (section 10.1); readers have
// to pass over what they do not know. Holes: fallocate(2).
#include "core/capture/ring.h"

#include "core/capture/limits.h"
#include "core/capture/load.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace wirestage {
namespace {

using capture::load;
using pcapng::BlockType;

/// Wireshark and libpcap read no block that is longer than 16 MiB.
constexpr std::uint64_t longestHole = 15ULL * 1024 * 1024;
/// So much gives way at once.
constexpr std::uint64_t leastGranularity = 4096, mostGranularity = 1024ULL * 1024;
constexpr std::uint64_t limitsPart = 64;

template <class T>
void store(std::uint8_t* to, T value, bool swap) {
    if (swap)
        value = capture::swapped(value);
    std::memcpy(to, &value, sizeof value);
}

std::uint64_t pageSize() {
    static const auto size = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    return size;
}

/// What describes the packets that stay.
bool stays(BlockType type) {
    switch (type) {
    case BlockType::SectionHeader:
    case BlockType::InterfaceDescription:
    case BlockType::NameResolution:
    case BlockType::InterfaceStatistics:
    case BlockType::DecryptionSecrets: return true;
    default: return false;
    }
}

} // namespace

bool Ring::punchHole(int descriptor, std::uint64_t from, std::uint64_t to) {
#ifdef FALLOC_FL_PUNCH_HOLE
    int failed = 0;
    do
        failed = fallocate(descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, static_cast<off_t>(from),
                           static_cast<off_t>(to - from));
    while (failed != 0 && errno == EINTR);
    return failed == 0;
#else
    return false;
#endif
}

Ring::Ring(int descriptor, std::uint64_t limit, Punch punch)
    : descriptor_(descriptor), limit_(limit),
      granularity_(std::clamp(limit / limitsPart, leastGranularity, mostGranularity)),
      punch_(std::move(punch)) {
    possible_ = punch_(descriptor_, 0, pageSize()); // there is nothing in it yet: a trial
}

void Ring::comes(Bytes bytes) {
    while (!bytes.empty() && possible_) {
        const bool inHeader = headerBytes_ < header_.size();
        const auto taken = static_cast<std::size_t>(
            std::min<std::uint64_t>(bytes.size(), inHeader ? header_.size() - headerBytes_ : blockLeft_));
        if (inHeader)
            std::copy_n(bytes.begin(), taken, header_.begin() + static_cast<std::ptrdiff_t>(headerBytes_));
        bytes = bytes.subspan(taken);
        position_ += taken;
        if (!inHeader)
            blockLeft_ -= taken;
        else if ((headerBytes_ += taken) == header_.size())
            beginBlock();
        if (headerBytes_ == header_.size() && blockLeft_ == 0)
            endBlock();
    }
    position_ += bytes.size();
}

/// The twelve first bytes of a block are there.
void Ring::beginBlock() {
    block_.offset = position_ - header_.size();
    block_.type = static_cast<BlockType>(load<std::uint32_t>(header_.data(), swap_));
    if (const auto swap = pcapng::sectionNeedsSwap(header_, 0)) {
        block_.type = BlockType::SectionHeader;
        swap_ = *swap;
    } else if (block_.offset == 0) {
        possible_ = false;
    }
    blockLength_ = load<std::uint32_t>(header_.data() + 4, swap_);
    if (blockLength_ < header_.size() || blockLength_ % 4 != 0 || blockLength_ > capture::longestBlock)
        possible_ = false;
    blockLeft_ = possible_ ? blockLength_ - header_.size() : 0;
}

void Ring::endBlock() {
    headerBytes_ = 0;
    if (!possible_)
        return;
    if (stays(block_.type))
        return closeRun();
    if (open_.length > 0 && open_.length + blockLength_ > granularity_)
        closeRun();
    if (open_.length == 0)
        open_ = {block_.offset, 0, 0, swap_};
    open_.length += blockLength_;
    open_.packets += pcapng::isFrame(block_.type);
}

void Ring::closeRun() {
    if (open_.length >= pcapng::Hole::leastLength)
        runs_.push_back(open_);
    open_ = {};
}

std::uint64_t Ring::wanted() const {
    std::uint64_t left = kept(), before = 0;
    for (auto run = runs_.begin(); possible_ && run != runs_.end() && left > limit_; ++run) {
        left -= run->length;
        before = run->end();
    }
    return before;
}

void Ring::giveWay(std::uint64_t before) {
    for (; possible_ && !runs_.empty() && runs_.front().end() <= before; runs_.pop_front())
        possible_ = becomeHole(runs_.front());
}

/// It becomes a part of the hole before it, where it follows on that and both are short enough. The header is
/// written first: Wirestage's own readers follow it whatever stands at the end.
bool Ring::becomeHole(const Run& run) {
    if (hole_.length > 0 && hole_.end() == run.offset && hole_.length + run.length <= longestHole) {
        hole_.length += run.length;
        hole_.packets += run.packets;
    } else {
        hole_ = run;
        punchedTo_ = (run.offset + pcapng::Hole::headerLength + pageSize() - 1) / pageSize() * pageSize();
    }
    std::array<std::uint8_t, pcapng::Hole::headerLength> header{};
    std::array<std::uint8_t, 4> length{};
    const auto total = static_cast<std::uint32_t>(hole_.length);
    store(header.data(), static_cast<std::uint32_t>(BlockType::Hole), run.swap);
    store(header.data() + 4, total, run.swap);
    std::copy(pcapng::Hole::magic.begin(), pcapng::Hole::magic.end(), header.begin() + 8);
    store(header.data() + 16, hole_.packets, run.swap);
    store(length.data(), total, run.swap);
    if (!write(hole_.offset, header) || !write(hole_.end() - length.size(), length))
        return false;
    const std::uint64_t to = (hole_.end() - length.size()) / pageSize() * pageSize();
    if (to <= punchedTo_)
        return true;
    if (!punch_(descriptor_, punchedTo_, to))
        return false;
    givenBack_ += to - punchedTo_;
    punchedTo_ = to;
    return true;
}

bool Ring::write(std::uint64_t offset, Bytes bytes) const {
    ssize_t written = 0;
    do
        written = pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    while (written < 0 && errno == EINTR);
    return written == static_cast<ssize_t>(bytes.size());
}

} // namespace wirestage
