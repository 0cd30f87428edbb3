// SPDX-License-Identifier: GPL-3.0-or-later
// A TAP device (Linux, Documentation/networking/tuntap.rst): what is written to it arrives at the kernel as
// if from a cable. Here it is a node of a simulated network, and time passes as on the wall. Every frame of
// both directions goes into a capture.
#pragma once

#include "core/capture/pcapng_writer.h"
#include "core/simulation/outside.h"

#include <string>

namespace wirestage::lab {

class TapDevice final : public simulation::OutsideNode {
public:
    /// Takes the interface `name`, which must exist in this namespace. `capture` may be null.
    TapDevice(const std::string& name, PcapngWriter* capture);
    ~TapDevice() override;
    TapDevice(const TapDevice&) = delete;
    TapDevice& operator=(const TapDevice&) = delete;

    [[nodiscard]] const std::string& problem() const { return problem_; } ///< empty: it is open
    /// The moment from which the run counts, by the wall's clock.
    [[nodiscard]] Time start() const { return start_; }

    void take(Bytes frame, Time now) override;
    std::optional<Sent> wait(Time until) override;

private:
    [[nodiscard]] Time now() const;
    void note(Bytes frame);

    int device = -1;
    std::string problem_;
    PcapngWriter* capture_;
    Time start_ = 0, startOfClock = 0;
    std::uint64_t frames = 0;
};

} // namespace wirestage::lab
