// SPDX-License-Identifier: GPL-3.0-or-later
// Foreign text on its way into XML and HTML.
#pragma once

#include <string>
#include <string_view>

namespace wirestage::diagram {

/// Safe as an element's text and inside an attribute in double quotes. What XML 1.0 does not know even as an
/// entity (control characters), what would end a line in a script, and what turns the direction of the text
/// around it becomes U+FFFD.
std::string escapedMarkup(std::string_view text);

} // namespace wirestage::diagram
