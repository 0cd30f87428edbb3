// SPDX-License-Identifier: GPL-3.0-or-later
// A capture's bytes in memory: a mapped file, or a copy of bytes for tests. Portability ends here: what
// mmap, madvise and SIGBUS do on Linux is known to this file and bus_error.h alone.
#pragma once

#include "core/capture/bus_error.h"
#include "core/capture/frame.h"
#include "core/capture/kept_part.h"
#include "core/text/text.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <variant>
#include <vector>

namespace wirestage {

class Mapping {
public:
    /// Takes over the descriptor of a regular file that is `size` bytes long (at least one).
    static std::variant<std::unique_ptr<Mapping>, Text> ofFile(int descriptor, std::uint64_t size);
    static std::unique_ptr<Mapping> ofMemory(Bytes bytes);
    /// Takes over the descriptor of an empty file that somebody is going to write, up to `most` bytes: so
    /// much of the address space is set aside. size() is what grow() was told last.
    static std::variant<std::unique_ptr<Mapping>, Text> ofGrowingFile(int descriptor, std::uint64_t most);

    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;
    ~Mapping();

    [[nodiscard]] const std::uint8_t* data() const { return data_; }
    [[nodiscard]] std::uint64_t size() const { return size_.load(std::memory_order_acquire); }

    /// May size() still become larger? Ask this before size(), or the last bytes may be missed.
    [[nodiscard]] bool growing() const { return growing_.load(std::memory_order_acquire); }
    /// So many bytes are written; wakes up whoever waits. Never fewer than before.
    void grow(std::uint64_t size);
    void stopGrowing();
    /// Until there are more than `than` bytes, or there will be none, or the time is over.
    void waitForMore(std::uint64_t than, std::chrono::milliseconds most) const;

    /// What is kept of one that grows.
    [[nodiscard]] KeptPart& kept() const { return kept_; }

    /// True once a page could not be read: what lies from there on reads as zeros.
    [[nodiscard]] bool unreadable() const { return raised_.load(std::memory_order_relaxed); }
    /// Asks the file system (a system call): is the file shorter than it was when it was mapped?
    [[nodiscard]] bool shrunk() const;

    /// Gives the resident pages of [from, to) back to the system; they are read again when touched.
    void giveBack(std::uint64_t from, std::uint64_t to) const;
    /// Tells the system that [from, to) will be read soon.
    void readAhead(std::uint64_t from, std::uint64_t to) const;

private:
    Mapping() = default;
    std::optional<Text> map(int descriptor, std::uint64_t bytes, int flags);

    const std::uint8_t* data_ = nullptr;
    std::atomic<std::uint64_t> size_{0};
    std::uint64_t mapped_ = 0; ///< bytes of address space
    std::atomic<bool> growing_{false};
    mutable std::mutex mutex_;
    mutable std::condition_variable grown_;
    mutable KeptPart kept_;
    int descriptor_ = -1;
    std::vector<std::uint8_t> copy_;
    std::atomic<bool> raised_{false};
    std::unique_ptr<BusErrorGuard> guard_;
};

} // namespace wirestage
