// SPDX-License-Identifier: GPL-3.0-or-later
// A node that is not simulated: what comes to it leaves the simulation (through a TAP device, say), and what
// it sends comes from there. With one, a run is no pure function any more, and time passes as it does there.
#pragma once

#include "core/simulation/network.h"

#include <string_view>

namespace wirestage::simulation {

class OutsideNode {
public:
    struct Sent {
        /// Not before the last moment that was told; when it was found, where that is all one knows.
        Time time = 0;
        std::vector<std::uint8_t> frame;
    };
    virtual ~OutsideNode() = default;
    /// A frame has come to it. `frame` lives as long as the call.
    virtual void take(Bytes frame, Time now) = 0;
    /// Waits until it sends a frame, or until the moment `until` has come: then nothing.
    virtual std::optional<Sent> wait(Time until) = 0;
};

/// Runs with the first interface of a node (whose other settings do not matter) given to `outside`: until the
/// script has come to its end and nothing is left to happen, or to the limit; without a script to the limit.
Run simulate(const NetworkSetup& setup, std::string_view node, OutsideNode& outside,
             Interference* interference = nullptr);

} // namespace wirestage::simulation
