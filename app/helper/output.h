// SPDX-License-Identifier: GPL-3.0-or-later
// Standard output, in whole blocks; and the limits of packets and bytes, after which nothing more goes there.
#pragma once

#include "app/helper/packet_queue.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirestage::helper {

/// Says how many of a run of packet blocks are still within the limits.
class Allowance {
public:
    Allowance(std::size_t interfaces, std::optional<std::uint64_t> packets,
              std::optional<std::uint64_t> bytes)
        : packetLimit_(packets), byteLimit_(bytes), ofInterface_(interfaces) {}

    /// What precedes the packets counts as bytes only.
    void spend(std::size_t bytes) { bytes_ += bytes; }
    /// As many of the blocks as may be written; they are counted. The packet that reaches the limit is within
    /// it.
    std::string_view cut(std::string_view blocks);
    [[nodiscard]] bool usedUp() const;
    [[nodiscard]] std::uint64_t packets() const { return packets_; }
    [[nodiscard]] std::uint64_t packetsOf(std::size_t interface) const { return ofInterface_[interface]; }

private:
    std::optional<std::uint64_t> packetLimit_;
    std::optional<std::uint64_t> byteLimit_;
    std::uint64_t packets_ = 0;
    std::uint64_t bytes_ = 0;
    std::vector<std::uint64_t> ofInterface_;
};

class Output {
public:
    explicit Output(int descriptor) : descriptor_(descriptor) {}

    /// Blocks until all is written. False: it failed, now or before. Nothing is written then: half a block
    /// may be there.
    bool write(std::string_view bytes);

    /// That nobody reads any more.
    void abandon() { failed_ = true; }

    [[nodiscard]] int descriptor() const { return descriptor_; }
    [[nodiscard]] bool failed() const { return failed_; }
    /// Why, where that is worth a sentence; empty where nobody reads any more.
    [[nodiscard]] const std::string& problem() const { return problem_; }

private:
    bool mayWriteSome();
    void fail(int error);

    int descriptor_;
    std::optional<Moment> until_; ///< set once a signal has come
    bool failed_ = false;
    std::string problem_;
};

} // namespace wirestage::helper
