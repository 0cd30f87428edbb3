// SPDX-License-Identifier: GPL-3.0-or-later
// The network interfaces of this machine, with what a person needs to choose one, and who may capture on
// them. Nothing here needs rights or opens an interface.
#pragma once

#include "core/text/text.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wirestage {

struct NetworkInterface {
    std::string name;        ///< "eth0": what -i takes
    std::string description; ///< by libpcap; often empty
    std::vector<std::string> addresses;
    bool loopback = false, wireless = false;
    bool all = false;             ///< the pseudo-interface "any"
    std::optional<Text> unusable; ///< why nothing can come from it now: down, no cable
};

/// Those that carry network traffic: up first, the loopback and "any" last. A Text where they cannot be
/// listed.
std::vector<NetworkInterface> networkInterfaces();

/// How many packets it has received and sent since it came up, by the system's own count; nothing where it
/// does not tell.
std::optional<std::uint64_t> packetsCounted(const std::string& interface);

/// A program that captures in our place.
struct CaptureTool {
    std::string path;
    bool ours = false; ///< else it is dumpcap
};

struct CaptureRights {
    std::optional<CaptureTool> tool; ///< one that may capture: ours, else dumpcap
    /// Where there is none: a sentence, and the command that mends it on this machine (empty: none is known).
    Text why;
    std::string remedy;
};

/// `helper`: where the project's own is looked for. dumpcap is looked for in $PATH and the system's folders.
CaptureRights captureRights(const std::string& helper);

} // namespace wirestage
