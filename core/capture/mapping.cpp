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

std::variant<std::unique_ptr<Mapping>, Text> Mapping::ofFile(int descriptor, std::uint64_t size) {
    std::unique_ptr<Mapping> mapping(new Mapping);
    mapping->descriptor_ = descriptor;
    void* start = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (start == MAP_FAILED)
        return WS_TR("capture", "cannot be mapped into memory (%1)").with(std::strerror(errno));
    mapping->data_ = static_cast<const std::uint8_t*>(start);
    mapping->size_ = size;
    mapping->guard_ = std::make_unique<BusErrorGuard>(start, size, mapping->raised_);
    if (!mapping->guard_->active())
        return WS_TR("capture", "too many captures are open; close one and try again");
    return mapping;
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
        munmap(const_cast<std::uint8_t*>(data_), size_);
    close(descriptor_);
}

bool Mapping::shrunk() const {
    struct stat status {};
    return descriptor_ >= 0 && fstat(descriptor_, &status) == 0 &&
           static_cast<std::uint64_t>(status.st_size) < size_;
}

void Mapping::giveBack(std::uint64_t from, std::uint64_t to) const {
    static const auto page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    from = (from + page - 1) / page * page;
    to = to / page * page;
    if (descriptor_ >= 0 && from < to && to <= size_)
        madvise(const_cast<std::uint8_t*>(data_) + from, to - from, MADV_DONTNEED);
}

void Mapping::readAhead(std::uint64_t from, std::uint64_t to) const {
    static const auto page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    from = from / page * page;
    to = std::min(to, size_);
    if (descriptor_ >= 0 && from < to)
        madvise(const_cast<std::uint8_t*>(data_) + from, to - from, MADV_WILLNEED);
}

} // namespace wirestage
