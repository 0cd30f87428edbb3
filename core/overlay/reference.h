// SPDX-License-Identifier: GPL-3.0-or-later
// What a capture is held against: a pattern, and what is known of the place where it comes from. A lesson
// brings its pattern; of a captured exchange one is made.
#pragma once

#include "core/lesson/lesson_run.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace wirestage::overlay {

struct Reference {
    std::string name; ///< "dhcp-dora/offer-lost", "trace.pcap#3"
    Text title;       ///< "DHCP: four messages to an address"
    lesson::Pattern pattern;
    /// How many exchanges the pattern spans: a lease and its renewal are two. Children (FTP's data
    /// connections) count with their parents.
    std::size_t exchanges = 1;
    /// A place from which only some steps are seen: on the client's side of a DHCP relay nothing is seen of
    /// what the relay and the server say to each other, and a capture from there cannot show it.
    struct Place {
        std::string name;
        std::vector<bool> seen; ///< by step
        bool operator==(const Place&) const = default;
    };
    std::vector<Place> places; ///< only those that tell enough to be compared
    /// Of a lesson in which others talk, too: what the part that begins sends and is sent. A capture that was
    /// taken there has nothing of the rest, and tells nothing about it.
    std::optional<Place> beginner;
    /// By step: when it comes, since the first step; nothing where the reference has it not.
    std::vector<std::optional<Time>> times;
    /// By step: a packet of the reference's own capture that carries it; none where there is none.
    std::vector<PacketIndex> examples;
    std::vector<std::pair<std::string, Text>> titles; ///< of the parts: "laptop" → "Laptop"
};

/// What a lesson, run with its variant and without faults of one's own, expects.
Reference referenceOf(const lesson::LessonRun& run);

/// What a captured exchange was like: its messages in order are the steps, its participants the parts.
Reference referenceOf(const Capture& capture, ExchangeId id, std::string name);

/// Makes moments into times since the earliest of them.
void sinceTheFirst(std::vector<std::optional<Time>>& times);

/// As a Pattern is met at that place: what cannot be seen there need not be there.
lesson::Pattern patternAt(const Reference& reference, const Reference::Place& place);

} // namespace wirestage::overlay
