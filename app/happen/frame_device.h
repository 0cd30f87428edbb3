// SPDX-License-Identifier: GPL-3.0-or-later
// A descriptor that frames go through, one for each read(2) and write(2): a TAP device or a packet socket. It
// is a node of a simulated network whose other hosts are real, and time passes as on the wall. Frames of
// both directions may go into a capture.
#pragma once

#include "app/happen/descriptor.h"
#include "core/capture/pcapng_writer.h"
#include "core/simulation/outside.h"

#include <string>

namespace wirestage::happen {

class FrameDevice : public simulation::OutsideNode {
public:
    /// `capture` may be null. The descriptor must not block.
    explicit FrameDevice(Descriptor device, PcapngWriter* capture = nullptr);

    [[nodiscard]] const std::string& problem() const { return problem_; } ///< empty: all is well
    /// The moment from which the run counts, by the wall's clock.
    [[nodiscard]] Time start() const { return start_; }

    void take(Bytes frame, Time now) override;
    std::optional<Sent> wait(Time until) override;

private:
    [[nodiscard]] Time now() const;
    void note(Bytes frame);

    Descriptor device_;
    std::string problem_;
    PcapngWriter* capture_;
    Time start_ = 0, startOfClock_ = 0;
    std::uint64_t frames_ = 0;
};

/// A packet socket (packet(7)) that hears everything that arrives at an interface of this namespace.
Descriptor packetSocket(const std::string& interface);

} // namespace wirestage::happen
