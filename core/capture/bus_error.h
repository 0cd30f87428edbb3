// SPDX-License-Identifier: GPL-3.0-or-later
// What keeps the program alive when a mapped file becomes shorter or its disk fails: reading such a page
// raises SIGBUS (mmap(2)); the guard puts zero pages there and remembers that it had to.
#pragma once

#include <atomic>
#include <cstddef>

namespace wirestage {

/// Registers an address range for as long as it lives. Signals elsewhere go to whoever handled them before.
class BusErrorGuard {
public:
    BusErrorGuard() = default;
    /// `raised` becomes true when a page of the range could not be read; it must outlive the guard.
    BusErrorGuard(const void* start, std::size_t size, std::atomic<bool>& raised);
    BusErrorGuard(const BusErrorGuard&) = delete;
    BusErrorGuard& operator=(const BusErrorGuard&) = delete;
    ~BusErrorGuard();

    /// False where too many ranges are registered already: the range is not guarded then.
    [[nodiscard]] bool active() const { return slot_ >= 0; }

private:
    int slot_ = -1;
};

} // namespace wirestage
