// SPDX-License-Identifier: GPL-3.0-or-later
// Faults of a run, as the command line writes them:
//     drop:WHAT | delay:WHAT:SECONDS | duplicate:WHAT | corrupt:WHAT | loss@LINK:PERCENT[:SEED]
//     WHAT: KIND[@FROM,TO][:N] | frame@LINK:N
// A kind means every kind below it too. N, 1 if left out, counts transmissions: retransmissions and lost ones
// included. A broadcast is lost for everybody unless TO is given; an application's kind hits the segment that
// completes the message.
#pragma once

#include "core/lesson/lesson.h"

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace wirestage::lesson {

enum class FaultAction : std::uint8_t { Drop, Delay, Duplicate, Corrupt, Loss };

struct Fault {
    FaultAction action = FaultAction::Drop;
    std::string kind;     ///< empty: the nth frame of `link`, or random loss there
    std::string from, to; ///< hosts; "" any
    std::string link;
    std::uint32_t nth = 1;
    Time delay = 0;
    double percent = 0;
    std::uint64_t seed = 1;
    bool operator==(const Fault&) const = default;
};

/// Text: what is wrong, with the nearest right word.
std::variant<Fault, Text> parseFault(std::string_view text, const Lesson& lesson);
std::string toString(const Fault& fault);

/// Why a capture takes no faults.
Text whyNoFaults();

/// Works faults on a run; null where there are none. For one run only.
std::unique_ptr<simulation::Interference> interferenceOf(std::vector<Fault> faults, const Lesson& lesson);

} // namespace wirestage::lesson
