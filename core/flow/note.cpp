// SPDX-License-Identifier: GPL-3.0-or-later
// The names of the remarks.
#include "core/flow/note.h"

#include <array>

namespace wirestage {
namespace {

struct NoteWords {
    std::string_view name;
    const char* title;
};

constexpr std::array<NoteWords, static_cast<std::size_t>(Note::count)> words{{
    {"retransmission", "Retransmission"},
    {"fast_retransmission", "Fast retransmission"},
    {"spurious_retransmission", "Spurious retransmission"},
    {"out_of_order", "Out of order"},
    {"duplicate_ack", "Duplicate ACK"},
    {"lost_segment", "Previous segment not captured"},
    {"ack_lost_segment", "Acknowledges an unseen segment"},
    {"zero_window", "Zero window"},
    {"zero_window_probe", "Zero window probe"},
    {"zero_window_probe_ack", "Answer to a zero window probe"},
    {"window_full", "Window full"},
    {"window_update", "Window update"},
    {"keep_alive", "Keep-alive"},
    {"keep_alive_ack", "Keep-alive answer"},
    {"port_reused", "Ports used again"},
    {"repeated", "Repeated"},
    {"checksum_bad", "Checksum wrong"},
    {"malformed", "Malformed"},
    {"cut_by_capture", "Cut short by the capture"},
    {"fragment", "Fragment"},
    {"reassembled", "Reassembled"},
    {"duplicate_address", "Address claimed twice"},
}};

} // namespace

std::string_view name(Note note) {
    return words[static_cast<std::size_t>(note)].name;
}

Text title(Note note) {
    return {"notes", words[static_cast<std::size_t>(note)].title, {}, {}};
}

} // namespace wirestage
