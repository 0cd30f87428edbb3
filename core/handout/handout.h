// SPDX-License-Identifier: GPL-3.0-or-later
// A diagram as a page that any browser opens by itself: it steps, plays, zooms and explains without a
// network. Everything is in the one file; its content security policy lets nothing else in and nothing out.
// Whatever came off the wire is escaped. Without script the page is a document to read from top to bottom.
#pragma once

#include "core/diagram/source.h"
#include "core/protocols/description.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace wirestage::handout {

using diagram::Row;

/// What a lesson says about one message. Plain words; a blank line begins a new paragraph.
struct Narration {
    std::string brief; ///< a sentence for the projector
    std::string full;  ///< for reading alone
    std::string notes; ///< for the teacher, folded away
};

struct Choice {
    std::string words;
    bool right = false;
    std::string reason; ///< shown when it was chosen
};

/// Asked before a message is shown.
struct Question {
    Row before = 0;
    std::string prompt;
    std::vector<Choice> choices;
};

struct Handout {
    std::shared_ptr<const diagram::DiagramSource> source;
    /// The fields of a packet of the source; left out where it is empty.
    std::function<Description(PacketIndex)> describe;
    std::function<std::string(const Text&)> words = english;
    std::string language = "en"; ///< of those words: BCP 47

    std::string title;
    Row first = 0, last = diagram::noRow; ///< messages to show, both included
    std::uint64_t most = 300;             ///< rows; the page says what was left out
    bool trueTime = false;

    // What a lesson adds; all may be empty.
    std::string chapter, goal;
    std::string introduction; ///< before the first message
    std::string notes;        ///< for the teacher, about the whole
    std::function<Narration(Row)> narration;
    std::vector<Question> questions;
};

/// The page, in UTF-8. The source must have a message.
std::string page(const Handout& handout);

/// A page of a course, for its table of contents.
struct IndexEntry {
    std::string id, title, chapter, goal;
    std::string file; ///< name of the page, in the same folder
};

/// The course's first page: its lessons by chapter, in the order given.
std::string indexPage(const std::string& title, const std::vector<IndexEntry>& entries,
                      const std::function<std::string(const Text&)>& words = english,
                      const std::string& language = "en");

} // namespace wirestage::handout
