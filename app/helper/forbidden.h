// SPDX-License-Identifier: GPL-3.0-or-later
// What a confined program must not get away with. Only wirestage-capture-probe has it, for tests.
#pragma once

#include <functional>
#include <span>

namespace wirestage::helper {

/// Takes "--try-forbidden DEED" from the front of the arguments. \return the deed, which tells when it
/// succeeded.
std::function<void()> forbiddenDeed(std::span<const char* const>& arguments);

} // namespace wirestage::helper
