// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the packets of several devices in the order of their times: a router's two sides must not show an
// answer before its question. A device hands its packets over some milliseconds late, and each with a
// lateness of its own; so they are held until nothing older can come from the others.
#pragma once

#include "app/helper/packet_queue.h"

#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace wirestage::helper {

class Merger {
public:
    /// `hold`: how much later than others a device may be.
    Merger(std::size_t devices, std::chrono::nanoseconds hold) : hold_(hold), devices_(devices) {}

    void add(Batch batch);

    /// The packets whose time has come, and the batches that are used up. At the end, `all`.
    std::string take(Moment now, std::vector<Batch>& usedUp, bool all = false);
    /// When to take next; nothing where nothing is held.
    [[nodiscard]] std::optional<Moment> next() const;

private:
    struct Device {
        std::deque<Batch> batches;
        std::size_t offset = 0; ///< in the first one
        [[nodiscard]] std::string_view rest() const {
            return std::string_view(batches.front().blocks).substr(offset);
        }
    };
    struct Due {
        Moment at;
        Time latest;
    };

    Device* earliest(Time until);

    std::chrono::nanoseconds hold_;
    std::vector<Device> devices_;
    std::deque<Due> due_;
};

} // namespace wirestage::helper
