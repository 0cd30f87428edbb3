// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/complaint.h"

#include <unistd.h>

namespace wirestage::helper {

void complain(std::string_view what) {
    tell("wirestage-capture: " + std::string(what));
}

void tell(std::string_view line) {
    const std::string whole = std::string(line) + "\n";
    [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, whole.data(), whole.size());
}

} // namespace wirestage::helper
