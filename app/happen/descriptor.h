// SPDX-License-Identifier: GPL-3.0-or-later
// A file descriptor that is closed with its owner.
#pragma once

#include <unistd.h>
#include <utility>

namespace wirestage::happen {

class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int owned) : number(owned) {}
    Descriptor(Descriptor&& other) noexcept : number(std::exchange(other.number, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number, other.number);
        return *this;
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number >= 0)
            close(number);
    }
    [[nodiscard]] int get() const { return number; }

private:
    int number = -1;
};

} // namespace wirestage::happen
