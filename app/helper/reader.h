// SPDX-License-Identifier: GPL-3.0-or-later
// Empties one device into the queue, in a thread of its own, so that a slow reader of our output never keeps
// packets in the kernel's buffer.
#pragma once

#include "app/helper/bell.h"
#include "app/helper/device.h"
#include "app/helper/packet_queue.h"

#include <cstdint>
#include <optional>

namespace wirestage::helper {

class Reader {
public:
    /// `stop` rings when it is time to end; what had arrived by then is still fetched within `lateness`.
    Reader(Device device, std::uint32_t number, PacketQueue& queue, const Bell& stop,
           std::chrono::milliseconds lateness);
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    /// Returns after `stop` or when the interface has vanished, which it tells to standard error.
    void run();

    [[nodiscard]] Device& device() { return device_; }
    [[nodiscard]] const InterfaceFacts& facts() const { return device_.facts(); }
    /// Once run() has returned.
    [[nodiscard]] const PacketCounts& counts() const { return counts_; }
    [[nodiscard]] bool vanished() const { return vanished_; }

private:
    static void onPacket(unsigned char* reader, const pcap_pkthdr* header, const unsigned char* bytes);
    void take(const pcap_pkthdr& header, const unsigned char* bytes);
    void handOver();
    bool fetch();
    void wait();
    void lookAfterInterface();
    void tellLosses();
    [[nodiscard]] int patience() const;

    Device device_;
    PacketQueue& queue_;
    const Bell& stop_;
    std::chrono::milliseconds lateness_;
    Batch batch_;
    PacketCounts counts_;
    Moment counted_;
    std::uint64_t lossesTold_ = 0;
    std::optional<Moment> end_;       ///< once asked to stop
    std::optional<Moment> downSince_; ///< or perhaps gone, which looks the same at first
    bool toldThatDown_ = false;
    bool vanished_ = false;
};

} // namespace wirestage::helper
