// SPDX-License-Identifier: GPL-3.0-or-later
// What the program was asked to do. The flags are dumpcap's, so that either can stand in for the other.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace wirestage::helper {

struct DeviceOptions {
    std::string name;
    std::string filter;          ///< in the language of pcap-filter(7); empty: everything
    int snapshotLength = 262144; ///< bytes of a packet that are kept
    int bufferMebibytes = 16;    ///< the kernel's, for what we have not fetched yet
    bool promiscuous = true;
};

/// When a capture ends by itself; whichever comes first.
struct Limits {
    std::optional<std::uint64_t> packets;
    std::optional<std::uint64_t> bytes;
    std::optional<double> seconds;
};

enum class Task { Capture, List, Statistics, Help, Version };

struct Options {
    Task task = Task::Capture;
    bool machine = false; ///< lists and statistics for a program to read
    std::vector<DeviceOptions> devices;
    Limits limits;
};

/// Without the program's name. \return the options, or a sentence that says what is wrong with them.
std::variant<Options, std::string> parseOptions(std::span<const char* const> arguments);

std::string helpText();

} // namespace wirestage::helper
