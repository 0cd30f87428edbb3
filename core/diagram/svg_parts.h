// SPDX-License-Identifier: GPL-3.0-or-later
// The pieces of a diagram in SVG, for whoever makes a file or a page of them.
#pragma once

#include "core/diagram/layout.h"

#include <functional>
#include <string>

namespace wirestage::diagram {

/// A colour in CSS by its name in colours.h: "#1a1d21", or a custom property of the page.
using Paint = std::function<std::string(std::string_view)>;

/// The rules for the classes that the elements have.
std::string svgStyle(const TypeSizes& type, const Paint& paint);

/// The lifelines' heads, y from 0.
std::string svgHeads(const Scene& scene);

/// Everything below them, y from 0. A message is a group with an id ("message-3"), the role of a list item,
/// its kind, and a sentence for screen readers.
std::string svgBody(const Scene& scene);

} // namespace wirestage::diagram
