// SPDX-License-Identifier: GPL-3.0-or-later
// An exchange held against the pattern of a lesson: which steps it took, which it left out, what came besides
// and which rules its values break. The same for a lesson's own run and for a captured exchange.
#pragma once

#include "core/exchange/capture.h"
#include "core/lesson/lesson.h"

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wirestage::lesson {

/// Matched: as expected. Missing: required and not there. Unexpected: of a kind that the pattern speaks of,
/// where it has no place. Repeated: once more (a retransmission, a step that may repeat). OutOfOrder: it is
/// there, but not in its place. Optional: not there, and need not be. NotSeen: not there, and could not be
/// seen from where a capture was taken (the overlay says so, the matcher never does).
enum class StepStatus : std::uint8_t {
    Matched,
    Missing,
    Unexpected,
    Repeated,
    OutOfOrder,
    Optional,
    NotSeen
};
std::string_view name(StepStatus status); ///< "matched", "out_of_order", ...

/// A message as the matcher sees it.
struct PatternMessage {
    MessageRef ref;
    KindId kind{};
    std::string from, to; ///< names; `to` "*": everybody
    Time time = 0;
    bool repeated = false; ///< a retransmission or repetition, by its notes
    Notes notes;
    bool lost = false; ///< on its way in a simulated run: to the others it has not come
};

struct StepResult {
    std::size_t step = npos;    ///< place in Pattern::steps; npos: of none (unexpected)
    std::size_t message = npos; ///< place among the messages; npos: missing or optional
    StepStatus status = StepStatus::Missing;
    Text why;
    std::vector<Rule> broken;     ///< rules of this step that the values break
    std::size_t forbidden = npos; ///< the step that says that it must not come
    static constexpr std::size_t npos = ~std::size_t{0};
};

struct PatternResult {
    std::vector<StepResult> steps; ///< in order of the messages, what is missing in its place between them
    std::vector<Rule> broken;      ///< rules of the whole
    std::map<std::string, std::string> roles; ///< name in the pattern → participant
    bool found = false;                       ///< a required step was matched, or two others
    /// Every required step matched and no rule broken.
    [[nodiscard]] bool satisfied() const;
};

/// `describe` gives a message's fields (Capture::describe of its packet); asked for rules only. `bound`: the
/// names are participants already (a lesson's own run); else each name stands for one participant, found out.
PatternResult match(const Pattern& pattern, std::span<const PatternMessage> messages,
                    const std::function<Description(const MessageRef&)>& describe, bool bound);

/// What the matcher needs of a capture's messages: those of some exchanges (empty: all) of the kinds that the
/// pattern speaks of. Of more than can be weighed those that tell most; `leftOut` grows by the others.
std::vector<PatternMessage> patternMessages(const Capture& capture, const Pattern& pattern,
                                            const std::vector<ExchangeId>& of = {},
                                            std::uint64_t* leftOut = nullptr);

/// Whether a rule can be read, and whether its names are steps and its fields known; else what is wrong.
std::optional<Text> checkRule(const Rule& rule, const Pattern& pattern);

} // namespace wirestage::lesson
