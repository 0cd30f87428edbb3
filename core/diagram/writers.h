// SPDX-License-Identifier: GPL-3.0-or-later
// Diagrams as text files: SVG, a transcript for monospaced type, and the source of Mermaid and PlantUML
// diagrams.
#pragma once

#include "core/diagram/excerpt.h"
#include "core/diagram/layout.h"

#include <string>

namespace wirestage::diagram {

struct WriterOptions {
    std::string title;
    std::function<std::string(const Text&)> words = english;
};

/// Every message is a group with an id ("message-3"), its kind, and a sentence for screen readers.
std::string svg(const Excerpt& excerpt, const WriterOptions& options);

/// Lifelines and arrows from letters, or with many lifelines a line a message: the diagram's twin for reading
/// aloud, for a terminal and for a mail.
std::string transcript(const Excerpt& excerpt, const WriterOptions& options);

/// https://mermaid.js.org/syntax/sequenceDiagram.html
std::string mermaid(const Excerpt& excerpt, const WriterOptions& options);

/// https://plantuml.com/sequence-diagram
std::string plantUml(const Excerpt& excerpt, const WriterOptions& options);

} // namespace wirestage::diagram
