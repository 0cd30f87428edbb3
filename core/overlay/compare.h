// SPDX-License-Identifier: GPL-3.0-or-later
// The overlay: what a capture holds, laid over what a reference expects. Of all exchanges the one is found
// that comes nearest; every step of it is told with a reason in words.
#pragma once

#include "core/overlay/reference.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirestage::overlay {

/// Same: every required step is there and no rule is broken. Different: something of it is there. NotFound:
/// nothing in the capture is anything like it. Partly: nothing differs, but part of it could not be seen from
/// where the capture was taken.
enum class Verdict : std::uint8_t { Same, Different, NotFound, Partly };
std::string_view name(Verdict verdict); ///< "same", "different", "not_found", "partly"

struct Step {
    std::string kind;     ///< of the message; of a step without one, what was expected
    std::string from, to; ///< participants; the reference's own names where nobody plays the part
    lesson::StepStatus status = lesson::StepStatus::Missing;
    PacketIndex packet = none;
    std::optional<MessageRef> message;            ///< nothing: missing, or optional and not there
    std::size_t place = lesson::StepResult::npos; ///< in the reference's pattern
    Text why;
    std::vector<std::string> broken; ///< rules
    std::uint64_t more = 0;          ///< messages right behind it that would be told the same way
};

/// An exchange that was weighed: from 0 (nothing required is there) to 1 (the same).
struct Scored {
    ExchangeId exchange = none;
    double score = 0;
};

struct Comparison {
    std::string reference;
    Verdict verdict = Verdict::NotFound;
    ExchangeId exchange = none;        ///< the one that was found first of those below
    std::vector<ExchangeId> exchanges; ///< all that the reading takes messages from
    double score = 0;
    std::map<std::string, std::string> roles; ///< part of the reference → participant who plays it
    std::string seenFrom; ///< the reference's place that the capture may have been taken at; empty: any
    Text sentence;
    std::vector<Step> steps;
    std::vector<std::string> broken;           ///< rules of the whole
    std::vector<Scored> others;                ///< the best first
    std::uint64_t leftOut = 0;                 ///< messages of a long exchange that were not looked at
    std::uint64_t candidates = 0, weighed = 0; ///< exchanges with something of it, and those matched
};

/// `among`: only these exchanges are begun with (empty: all). The capture must have been indexed. The number
/// of exchanges that are matched message by message is limited, see `weighed`.
Comparison compare(const Reference& reference, const Capture& capture, const std::vector<ExchangeId>& among);

/// What is said where no exchange is left to look at.
Comparison nothingLike(const Reference& reference);

} // namespace wirestage::overlay
