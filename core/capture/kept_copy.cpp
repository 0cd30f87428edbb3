// SPDX-License-Identifier: GPL-3.0-or-later
// A capture written out as it is kept: block by block, so that what gave way is left out, and what is not
// whole yet.
#include "core/capture/capture_file.h"

#include <algorithm>
#include <cerrno>
#include <unistd.h>

namespace wirestage {
namespace {

constexpr std::size_t writtenAtOnce = 4 * 1024 * 1024;

int writeAll(int descriptor, Bytes bytes) {
    while (!bytes.empty()) {
        const ssize_t written = write(descriptor, bytes.data(), std::min(bytes.size(), writtenAtOnce));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return written < 0 ? errno : EIO;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return 0;
}

} // namespace

bool CaptureFile::letGiveWay(std::uint64_t position,
                             const std::function<void(std::uint64_t offset)>& before) const {
    KeptPart& kept = contents_->mapping->kept();
    const std::uint64_t wanted = kept.wanted();
    if (wanted <= kept.from() || wanted > position)
        return false;
    before(wanted);
    return kept.grant(wanted);
}

int CaptureFile::copyTo(int descriptor) const {
    const auto undisturbed = contents_->mapping->kept().hold();
    const Bytes all = contents_->bytes();
    std::uint64_t written = 0, position = 0;
    const auto writeUpTo = [&](std::uint64_t end) {
        const int failed = writeAll(descriptor, all.subspan(written, end - written));
        contents_->mapping->giveBack(written, end);
        written = end;
        return failed;
    };
    pcapng::Block block;
    bool swap = false;
    while (!contents_->pcap && position < all.size()) {
        swap = pcapng::sectionNeedsSwap(all, position).value_or(swap);
        if (!pcapng::findBlock(all, position, swap, block))
            break;
        const bool hole = pcapng::gaveWayIn(block, swap).has_value();
        if (hole || position - written >= writtenAtOnce) {
            if (const int failed = writeUpTo(position))
                return failed;
        }
        position += block.body.size() + 12;
        if (hole)
            written = position;
    }
    // Damaged blocks are written as they are; one that is not whole yet is not.
    const bool cut = !contents_->pcap && growing() && pcapng::isCut(all, position, swap);
    return writeUpTo(cut ? position : all.size());
}

} // namespace wirestage
