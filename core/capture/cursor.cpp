// SPDX-License-Identifier: GPL-3.0-or-later
// The walk through a capture, apart from the common case that stands in the header.
#include "core/capture/capture_file.h"

#include <algorithm>

namespace wirestage {

CaptureFile::Cursor::Cursor(const CaptureFile& file)
    : data_(file.contents_->mapping->data()), size_(file.contents_->mapping->size()),
      mapping_(file.contents_->mapping.get()), contents_(file.contents_) {
    if (!contents_->pcap)
        return;
    isPcap_ = true;
    layout_ = *contents_->pcap;
    position_ = capture::pcapFileHeader;
}

void CaptureFile::Cursor::nextWindow() {
    // One window stays behind the cursor for those who look at its latest frames.
    const std::uint64_t from = position_ / window * window;
    if (from >= 2 * window && from - window > kept_) {
        mapping_->giveBack(kept_, from - window);
        kept_ = from - window;
    }
    windowEnd_ = from + window;
    mapping_->readAhead(from, windowEnd_ + window);
}

bool CaptureFile::Cursor::stop(Text why) {
    ended_ = true;
    // Whatever looked wrong: zeros in place of a part that is gone explain it better.
    if (mapping_->shrunk())
        why = WS_TR("capture", "the file became shorter while it was read; shown is what came before");
    else if (mapping_->unreadable())
        why =
            WS_TR("capture", "a part of the file could not be read from the disk; shown is what came before");
    else if (contents_->inputProblem)
        why = *contents_->inputProblem;
    if (!why.empty())
        problem_ = std::move(why);
    return false;
}

bool CaptureFile::Cursor::nextSlowly(Frame& frame) {
    if (ended_)
        return false;
    const bool growing = mapping_->growing();
    size_ = mapping_->size();
    if (growing && position_ >= size_)
        return false;
    if (position_ >= size_ || mapping_->unreadable())
        return stop({});
    return isPcap_ ? nextRecord(frame, growing) : nextBlock(frame, growing);
}

bool CaptureFile::Cursor::nextRecord(Frame& frame, bool growing) {
    const std::uint64_t left = size_ - position_;
    if (growing && left < layout_.recordHeader)
        return false;
    if (left < layout_.recordHeader)
        return stop(WS_TR("capture", "cut off in the middle of packet %1").with(number_ + 1));
    const std::uint8_t* at = data_ + position_;
    const auto seconds = capture::load<std::uint32_t>(at, layout_.swap);
    auto captured = capture::load<std::uint32_t>(at + 8, layout_.swap);
    auto length = capture::load<std::uint32_t>(at + 12, layout_.swap);
    if (captured > length && layout_.mayHaveSwappedLengths)
        std::swap(captured, length);
    if (captured > layout_.longest)
        return stop(pcapng::tooLong(number_ + 1, captured));
    if (growing && captured > left - layout_.recordHeader)
        return false;
    if (captured > left - layout_.recordHeader)
        return stop(WS_TR("capture", "cut off in the middle of packet %1").with(number_ + 1));
    if (mapping_->unreadable() || (seconds == 0 && captured == 0 && mapping_->shrunk()))
        return stop({});
    fill(frame, at, seconds, capture::load<std::uint32_t>(at + 4, layout_.swap), captured, length);
    return true;
}

bool CaptureFile::Cursor::nextBlock(Frame& frame, bool growing) {
    frame.number = number_;
    std::optional<Text> why;
    const bool found = walker_.next({data_, size_}, position_, contents_->directory, frame, why);
    if (!found && growing && (!why || walker_.cut()))
        return false;
    if (!found || mapping_->unreadable())
        return stop(why ? std::move(*why) : Text{});
    number_ = frame.number;
    return true;
}

} // namespace wirestage
