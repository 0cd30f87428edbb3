// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the reference captures, which are not part of the project: tests that need them skip where they are
// absent.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

namespace wirestage::test {

/// The root of the source tree.
std::filesystem::path sourceFolder();

/// The folder that holds `captures/`: $WIRESTAGE_SHARED, or `shared` beside the source tree; empty where
/// neither is.
std::optional<std::filesystem::path> sharedFolder();

/// The path of a reference capture ("dhcp/x.pcap"), or nothing where the captures are absent.
std::optional<std::filesystem::path> sharedCapture(std::string_view name);

} // namespace wirestage::test

/// In a test: the path of a reference capture, or the test is skipped and says why.
#define WIRESTAGE_SHARED_CAPTURE(variable, name)                                                             \
    const auto found_##variable = ::wirestage::test::sharedCapture(name);                                    \
    if (!found_##variable)                                                                                   \
        GTEST_SKIP() << "the reference captures are absent";                                                 \
    const std::filesystem::path& variable = *found_##variable
