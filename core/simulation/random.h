// SPDX-License-Identifier: GPL-3.0-or-later
// Random numbers that are the same on every machine: SplitMix64 (Steele, Lea, Flood 2014). Every host has a
// sequence of its own, so that what one host does leaves the numbers of the others as they were.
#pragma once

#include <cstdint>
#include <string_view>

namespace wirestage::simulation {

class Random {
public:
    /// `name` tells the sequences of one run apart.
    Random(std::uint64_t seed, std::string_view name) : state(seed) {
        for (const char c : name)
            state = (state ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    }

    std::uint64_t next() {
        std::uint64_t z = (state += 0x9e3779b97f4a7c15);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    /// Evenly from 0 up to, but without, `limit`.
    std::uint64_t below(std::uint64_t limit) {
        if (limit < 2)
            return 0;
        // What is left over above the last whole multiple would make small numbers likelier.
        const std::uint64_t surplus = (~std::uint64_t{0} % limit + 1) % limit;
        std::uint64_t number = next();
        while (number > ~std::uint64_t{0} - surplus)
            number = next();
        return number % limit;
    }

private:
    std::uint64_t state;
};

} // namespace wirestage::simulation
