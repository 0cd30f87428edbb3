// SPDX-License-Identifier: GPL-3.0-or-later
// What the writing thread does with batches: puts them in order where there are several interfaces, keeps to
// the limits, writes, and makes room in the queue again.
#pragma once

#include "app/helper/merger.h"
#include "app/helper/output.h"
#include "app/helper/packet_queue.h"

#include <optional>
#include <string_view>
#include <vector>

namespace wirestage::helper {

class Writer {
public:
    /// `hold` is the Merger's.
    Writer(Output& output, Allowance& allowance, PacketQueue& queue, std::size_t interfaces,
           std::chrono::nanoseconds hold)
        : output_(output), allowance_(allowance), queue_(queue) {
        if (interfaces > 1)
            merger_.emplace(interfaces, hold);
    }

    /// What the queue holds, and what was held back until now; at the end, `all` of it.
    void writeWhatCame(bool all = false);
    /// When to call it even though nothing new came.
    [[nodiscard]] std::optional<Moment> next() const { return merger_ ? merger_->next() : std::nullopt; }

private:
    void writePackets(std::string_view blocks) { output_.write(allowance_.cut(blocks)); }

    Output& output_;
    Allowance& allowance_;
    PacketQueue& queue_;
    std::optional<Merger> merger_;
};

} // namespace wirestage::helper
