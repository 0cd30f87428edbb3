// SPDX-License-Identifier: GPL-3.0-or-later
// Where the reference captures lie: named by the environment, or beside the source tree.
#include "tests/support/shared_captures.h"

#include <cstdlib>

namespace wirestage::test {

std::filesystem::path sourceFolder() {
    return WIRESTAGE_SOURCE_DIR;
}

std::optional<std::filesystem::path> sharedFolder() {
    const char* named = std::getenv("WIRESTAGE_SHARED");
    const auto folder = named ? std::filesystem::path(named) : sourceFolder().parent_path() / "shared";
    std::error_code unreadable;
    if (!std::filesystem::is_directory(folder / "captures", unreadable))
        return std::nullopt;
    return folder;
}

std::optional<std::filesystem::path> sharedCapture(std::string_view name) {
    const auto folder = sharedFolder();
    if (!folder)
        return std::nullopt;
    return *folder / "captures" / name;
}

} // namespace wirestage::test
