// SPDX-License-Identifier: GPL-3.0-or-later
// Mapping of capture files, see mmap(2) and madvise(2).
#include "core/capture/mapping.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace wirestage {

std::optional<Text> Mapping::map(int descriptor, std::uint64_t bytes, int flags) {
    descriptor_ = descriptor;
    void* start = mmap(nullptr, bytes, PROT_READ, flags, descriptor, 0);
    if (start == MAP_FAILED)
        return WS_TR("capture", "cannot be mapped into memory (%1)").with(std::strerror(errno));
    data_ = static_cast<const std::uint8_t*>(start);
    mapped_ = bytes;
    guard_ = std::make_unique<BusErrorGuard>(start, bytes, raised_);
    if (!guard_->active())
        return WS_TR("capture", "too many captures are open; close one and try again");
    return std::nullopt;
}

std::variant<std::unique_ptr<Mapping>, Text> Mapping::ofFile(int descriptor, std::uint64_t size) {
    std::unique_ptr<Mapping> mapping(new Mapping);
    if (auto why = mapping->map(descriptor, size, MAP_PRIVATE))
        return *std::move(why);
    mapping->size_ = size;
    return mapping;
}

std::variant<std::unique_ptr<Mapping>, Text> Mapping::ofGrowingFile(int descriptor, std::uint64_t most) {
    std::unique_ptr<Mapping> mapping(new Mapping);
    // Shared: what is written to the file later must be seen.
    if (auto why = mapping->map(descriptor, most, MAP_SHARED | MAP_NORESERVE))
        return *std::move(why);
    mapping->growing_ = true;
    return mapping;
}

void Mapping::grow(std::uint64_t size) {
    {
        const std::lock_guard lock(mutex_);
        size_.store(std::min(std::max(size, size_.load()), mapped_), std::memory_order_release);
    }
    grown_.notify_all();
}

void Mapping::stopGrowing() {
    {
        const std::lock_guard lock(mutex_);
        growing_.store(false, std::memory_order_release);
    }
    grown_.notify_all();
}

void Mapping::waitForMore(std::uint64_t than, std::chrono::milliseconds most) const {
    std::unique_lock lock(mutex_);
    grown_.wait_for(lock, most, [&] { return !growing() || size() > than; });
}

std::unique_ptr<Mapping> Mapping::ofMemory(Bytes bytes) {
    std::unique_ptr<Mapping> mapping(new Mapping);
    mapping->copy_.assign(bytes.begin(), bytes.end());
    mapping->data_ = mapping->copy_.data();
    mapping->size_ = mapping->copy_.size();
    return mapping;
}

Mapping::~Mapping() {
    if (descriptor_ < 0)
        return;
    guard_.reset();
    if (data_)
        munmap(const_cast<std::uint8_t*>(data_), mapped_);
    close(descriptor_);
}

bool Mapping::shrunk() const {
    struct stat status {};
    return descriptor_ >= 0 && fstat(descriptor_, &status) == 0 &&
           static_cast<std::uint64_t>(status.st_size) < size();
}

void Mapping::giveBack(std::uint64_t from, std::uint64_t to) const {
    static const auto page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    from = (from + page - 1) / page * page;
    to = to / page * page;
    if (descriptor_ >= 0 && from < to && to <= size())
        madvise(const_cast<std::uint8_t*>(data_) + from, to - from, MADV_DONTNEED);
}

void Mapping::readAhead(std::uint64_t from, std::uint64_t to) const {
    static const auto page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    from = from / page * page;
    to = std::min(to, size());
    if (descriptor_ >= 0 && from < to)
        madvise(const_cast<std::uint8_t*>(data_) + from, to - from, MADV_WILLNEED);
}

} // namespace wirestage
