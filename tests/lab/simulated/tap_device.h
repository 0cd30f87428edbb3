// SPDX-License-Identifier: GPL-3.0-or-later
// A TAP device (Linux, Documentation/networking/tuntap.rst): what is written to it arrives at the kernel as
// if from a cable.
#pragma once

#include "app/happen/frame_device.h"

namespace wirestage::lab {

class TapDevice final : public happen::FrameDevice {
public:
    /// Takes the interface `name`, which must exist in this namespace. `capture` may be null.
    TapDevice(const std::string& name, PcapngWriter* capture);
};

} // namespace wirestage::lab
