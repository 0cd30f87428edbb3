// SPDX-License-Identifier: GPL-3.0-or-later
// What the inspector shows of one message: everything it needs, fetched from the capture in one go (and off
// the window's thread), so that its panes draw from values alone.
#pragma once

#include "core/diagram/source.h"
#include "core/exchange/capture.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace wirestage {

struct Inspected {
    bool valid = false;
    Message message;
    std::uint64_t position = 0, total = 0; ///< "2 of 4" on the stage, from 1
    std::string from, to;                  ///< names; `to` is empty for a message to everybody
    std::string stoppedAt;                 ///< name of who did not pass it on; empty: nobody is known to
    std::optional<Text> notReceived;       ///< why `to` knows nothing of it, if so
    std::uint64_t aboutFrame = 0;          ///< of an ICMP error: the packet's number; 0: not captured
    Exchange exchange;
    Description packet;              ///< of the packet that completes the message
    std::vector<std::uint8_t> frame; ///< its bytes
    std::uint64_t frameNumber = 0;   ///< from 1
    std::uint32_t frameLength = 0;   ///< on the wire; more than `frame` holds where a snapshot length cut it
    Time sinceStart = 0;             ///< since the capture's first packet
    std::uint64_t previousFrame = 0; ///< number of the message that `changed` compares with; 0: there is none
    std::string story;               ///< what the lesson says of this message here, if it is one of a lesson
    std::vector<bool> changed;       ///< by field: differs from the same field of that message

    [[nodiscard]] std::span<const std::uint8_t> bytesOf(std::uint8_t buffer) const;
};

/// A message of what the stage shows, looked up in its capture. May take some milliseconds.
Inspected inspect(const Capture& capture, const diagram::DiagramSource& shown, diagram::Row row);

/// Which fields of `now` have another value than in `before`; new fields count as changed, structure never
/// does.
std::vector<bool> changedFields(const Description& now, const Description& before);

/// A protocol's own node of a description, with the places of its first field and of the one after its last.
struct HeaderSpan {
    int node = 0;
    int end = 0;
};
std::vector<HeaderSpan> headersOf(const Description& description);

/// The innermost field that stands at `offset` of `buffer`; -1 if none does.
int fieldAt(const Description& description, std::uint8_t buffer, std::uint32_t offset);

/// "ip" for a field "ip.ttl", the protocol's name in Wireshark's filters.
std::string_view protocolPart(std::string_view fieldName);

} // namespace wirestage
