// SPDX-License-Identifier: GPL-3.0-or-later
// Exchanges that a later packet may turn out to belong to, each under a key of 64 bits. They are asked for
// with almost every packet of some captures, so they lie in one array: a question costs one cache line.
// Unlike a PlaceTable it holds the keys itself, and forgets.
#pragma once

#include "core/exchange/model.h"
#include "core/flow/chunked.h"

#include <vector>

namespace wirestage {

class RecentExchanges {
public:
    /// As many are remembered; one more, and all the others are forgotten: a capture of nothing but questions
    /// must not take memory for each.
    static constexpr std::size_t most = 1 << 16;

    [[nodiscard]] bool empty() const { return used == 0; }

    /// The exchange last set under the key, or none.
    [[nodiscard]] ExchangeId find(std::uint64_t key) const {
        return slots.empty() ? ExchangeId{none} : slots[seek(key)].id;
    }

    void set(std::uint64_t key, ExchangeId id) {
        if (2 * used >= slots.size())
            grow();
        Slot* slot = &slots[seek(key)];
        if (slot->id == none && used == most) {
            slots.assign(slots.size(), {});
            used = 0;
            slot = &slots[seek(key)];
        }
        used += slot->id == none;
        *slot = {key, id};
    }

    void erase(std::uint64_t key) {
        if (slots.empty())
            return;
        const std::size_t mask = slots.size() - 1;
        std::size_t gap = seek(key);
        if (slots[gap].id == none)
            return;
        --used;
        // What could stand in the gap moves there, so that a search never stops before it.
        for (std::size_t i = (gap + 1) & mask; slots[i].id != none; i = (i + 1) & mask)
            if (((i - start(slots[i].key)) & mask) >= ((i - gap) & mask)) {
                slots[gap] = slots[i];
                gap = i;
            }
        slots[gap] = {};
    }

private:
    struct Slot {
        std::uint64_t key = 0;
        ExchangeId id = none; ///< none: free
    };

    [[nodiscard]] std::size_t start(std::uint64_t key) const {
        return static_cast<std::size_t>(mixed(key, 0) >> 32) & (slots.size() - 1);
    }
    /// The key's slot, or the free one where it belongs.
    [[nodiscard]] std::size_t seek(std::uint64_t key) const {
        std::size_t i = start(key);
        while (slots[i].id != none && slots[i].key != key)
            i = (i + 1) & (slots.size() - 1);
        return i;
    }
    void grow() {
        constexpr std::size_t first = 64;
        if (slots.size() == 2 * most)
            return;
        std::vector<Slot> old(slots.empty() ? first : 2 * slots.size());
        old.swap(slots);
        for (const Slot& slot : old)
            if (slot.id != none)
                slots[seek(slot.key)] = slot;
    }

    std::vector<Slot> slots; ///< a power of two, at most half of them used
    std::size_t used = 0;
};

} // namespace wirestage
