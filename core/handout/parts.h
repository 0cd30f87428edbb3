// SPDX-License-Identifier: GPL-3.0-or-later
// The pieces a page is put together from.
#pragma once

#include "core/diagram/layout.h"
#include "core/handout/handout.h"

#include <string>
#include <string_view>

namespace wirestage::handout {

using Words = std::function<std::string(const Text&)>;

// resources/handout, built in.
std::string_view pageScript();
std::string_view pageStyle();
std::string_view indexStyle();

/// The colours as custom properties: by the reader's own preference, or as the page's switch says.
std::string colourStyle();

/// A page's head: title, policy, style and script. Script may be empty.
/// https://www.w3.org/TR/CSP3/#grammardef-hash-source
std::string head(std::string_view title, std::string_view style, std::string_view script);

/// "sha256-..." of an inline script's or style's text.
std::string hashSource(std::string_view text);

/// Escaped paragraphs: a blank line begins a new one.
std::string paragraphs(std::string_view text, std::string_view classes = {});

/// A packet's headers, each a box that opens into its fields.
std::string fieldTree(const Description& packet, const Words& words);
std::size_t headersIn(const Description& packet);

/// One step of the page: what is told, and where on the diagram it happens.
struct Step {
    std::uint64_t number = 0; ///< of the step, from 1: the introduction is 0
    diagram::Item item;
    diagram::Place place;
    bool endsPhase = false;
};
std::string messageStep(const Handout& handout, const diagram::Layout& layout, const Step& step,
                        std::uint64_t messages);
std::string questionStep(const Handout& handout, const Question& question, const std::string& id);
std::string introduction(const Handout& handout);

} // namespace wirestage::handout
