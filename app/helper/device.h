// SPDX-License-Identifier: GPL-3.0-or-later
// One interface, through libpcap: opened with rights, filtered and read without. Only the kernel's network
// interfaces and "any" are devices here; what else libpcap offers (D-Bus, Bluetooth, USB, netfilter) talks to
// other services and would need a wider confinement.
#pragma once

#include "app/helper/blocks.h"
#include "app/helper/complaint.h"
#include "app/helper/options.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include <pcap/pcap.h>

namespace wirestage::helper {

enum class Presence { Up, Down, Gone };

/// Is it an interface of the kernel's, or "any"?
bool isNetworkInterface(const std::string& name);

class Device {
public:
    /// Packets come at most `lateness` after their arrival, those of a busy interface sooner.
    static std::variant<Device, Complaint> open(const DeviceOptions& options,
                                                std::chrono::milliseconds lateness);

    /// Applies the filter it was opened with. Needs no rights. \return what is wrong with it, if anything.
    std::optional<Complaint> filter();

    [[nodiscard]] const InterfaceFacts& facts() const { return facts_; }
    /// Readable when there are packets; in an error state when the interface went down.
    [[nodiscard]] int descriptor() const { return descriptor_; }

    /// Hands packets that are there to the callback, `most` of them, without waiting. False: the interface
    /// fails.
    bool read(int most, pcap_handler callback, unsigned char* user);
    /// Why read() failed.
    [[nodiscard]] std::string problem() const { return pcap_geterr(handle_.get()); }
    [[nodiscard]] Time timeOf(const timeval& stamp) const {
        return stamp.tv_sec * Time{1'000'000'000} + stamp.tv_usec * fraction_;
    }

    /// Ends the error state.
    void forgetError();
    /// Has libpcap seen the error before us? Then the descriptor does not show it any more.
    [[nodiscard]] bool isUneasy() const;
    [[nodiscard]] Presence presence() const;

    /// Adds what the kernel counted since the last time. It counts with 32 bits: ask every minute or so.
    void addCounts(PacketCounts& counts) const;

private:
    Device(InterfaceFacts facts, pcap_t* handle, unsigned index);

    InterfaceFacts facts_;
    std::unique_ptr<pcap_t, void (*)(pcap_t*)> handle_;
    int descriptor_;
    unsigned index_; ///< 0: "any", which never goes away
    Time fraction_;  ///< nanoseconds of a timeval's smaller unit
};

} // namespace wirestage::helper
