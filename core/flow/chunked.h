// SPDX-License-Identifier: GPL-3.0-or-later
// A column that only grows: fixed blocks instead of one array, so that growing never copies, never needs
// twice the memory and never moves what another thread is reading.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace wirestage {

template <class T, unsigned BlockBits = 14>
class Chunked {
public:
    static constexpr std::size_t blockSize = std::size_t{1} << BlockBits;

    T& operator[](std::size_t i) { return blocks[i >> BlockBits][i & (blockSize - 1)]; }
    const T& operator[](std::size_t i) const { return blocks[i >> BlockBits][i & (blockSize - 1)]; }

    T& push(const T& value) {
        if ((count & (blockSize - 1)) == 0)
            blocks.push_back(std::make_unique_for_overwrite<T[]>(blockSize));
        T& place = (*this)[count++];
        place = value;
        return place;
    }
    [[nodiscard]] std::size_t size() const { return count; }
    [[nodiscard]] bool empty() const { return count == 0; }
    T& back() { return (*this)[count - 1]; }

private:
    std::vector<std::unique_ptr<T[]>> blocks;
    std::size_t count = 0;
};

/// An open-addressing table from keys to places in a column. The keys live in the column; a slot holds a
/// place and a part of the hash, so that a probe rarely touches the column.
///
/// The table is cut into shards that grow one by one, each at a filling of its own: a whole table of millions
/// would be moved in one go, tens of milliseconds in which whoever waits for the index would stand still. A
/// slot's position comes from the bits below the shard's: growing keeps the order, needs no key, and walks
/// both arrays from front to back.
class PlaceTable {
public:
    /// The place whose key fits, or what `make` returns after adding it. `fits(place)` compares.
    template <class Fits, class Make>
    std::uint32_t findOrAdd(std::uint64_t hash, const Fits& fits, const Make& make) {
        const auto tag = static_cast<std::uint32_t>(hash >> 32);
        Shard& shard = shards[tag >> positionBits];
        Slot& slot = shard.slots[shard.seek(tag, fits)];
        if (slot.place)
            return slot.place - 1;
        const std::uint32_t place = make();
        slot = {place + 1, tag};
        if (++shard.used >= shard.growAt)
            shard.grow(fillingOf(tag >> positionBits));
        return place;
    }

    template <class Fits>
    [[nodiscard]] std::uint32_t find(std::uint64_t hash, const Fits& fits) const {
        const auto tag = static_cast<std::uint32_t>(hash >> 32);
        const Shard& shard = shards[tag >> positionBits];
        const std::uint32_t place = shard.slots[shard.seek(tag, fits)].place;
        return place ? place - 1 : 0xffffffff;
    }

    /// Lets the key stand for another place from now on (a newer flow between the same ports).
    template <class Fits>
    void replace(std::uint64_t hash, const Fits& fits, std::uint32_t place) {
        const auto tag = static_cast<std::uint32_t>(hash >> 32);
        Shard& shard = shards[tag >> positionBits];
        Slot& slot = shard.slots[shard.seek(tag, fits)];
        if (slot.place)
            slot.place = place + 1;
    }

private:
    static constexpr unsigned shardBits = 8, positionBits = 32 - shardBits, startBits = 4;

    struct Slot {
        std::uint32_t place = 0; ///< + 1; 0: free
        std::uint32_t tag = 0;
    };

    struct Shard {
        std::vector<Slot> slots = std::vector<Slot>(std::size_t{1} << startBits);
        unsigned shift = positionBits - startBits;
        std::uint32_t used = 0, growAt = 8;

        [[nodiscard]] std::size_t start(std::uint32_t tag) const {
            return (tag & ((1u << positionBits) - 1)) >> shift;
        }

        /// The slot of the key, or the free one where it belongs.
        template <class Fits>
        [[nodiscard]] std::size_t seek(std::uint32_t tag, const Fits& fits) const {
            const std::size_t mask = slots.size() - 1;
            std::size_t i = start(tag);
            while (slots[i].place && !(slots[i].tag == tag && fits(slots[i].place - 1)))
                i = (i + 1) & mask;
            return i;
        }

        /// `filling`: how many of 1024 slots are used before it grows again.
        void grow(std::uint64_t filling) {
            std::vector<Slot> old(slots.size() * 2);
            old.swap(slots);
            if (shift > 0) // beyond that, keys share their start; 2^24 slots of one shard are never needed
                --shift;
            const std::size_t mask = slots.size() - 1;
            for (const Slot& slot : old)
                if (slot.place) {
                    std::size_t i = start(slot.tag);
                    while (slots[i].place)
                        i = (i + 1) & mask;
                    slots[i] = slot;
                }
            growAt = static_cast<std::uint32_t>(slots.size() * filling / 1024);
        }
    };

    /// From a half to three quarters, so that no two shards grow at the same moment.
    static std::uint64_t fillingOf(std::uint32_t shard) { return 512 + shard; }

    std::vector<Shard> shards = std::vector<Shard>(std::size_t{1} << shardBits);
};

/// Mixes two words into a hash whose high and low halves are both good.
inline std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const auto product = static_cast<Wide>(a ^ 0x9e3779b97f4a7c15ull) * (b ^ 0xc2b2ae3d27d4eb4full);
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

} // namespace wirestage
