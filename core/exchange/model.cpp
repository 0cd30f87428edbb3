// SPDX-License-Identifier: GPL-3.0-or-later
// The names of outcomes and of how much can be read.
#include "core/exchange/model.h"

#include <array>

namespace wirestage {
namespace {

struct OutcomeWords {
    std::string_view name;
    const char* title;
};

constexpr std::array<OutcomeWords, 10> outcomes{{
    {"completed", "Completed"},
    {"refused", "Refused"},
    {"denied", "Denied"},
    {"not_found", "Not found"},
    {"reset", "Reset"},
    {"timeout", "Timed out"},
    {"failed", "Failed"},
    {"unanswered", "Unanswered"},
    {"cut_off", "Cut off"},
    {"ongoing", "Ongoing"},
}};

} // namespace

std::string_view name(Outcome outcome) {
    return outcomes[static_cast<std::size_t>(outcome)].name;
}

Text title(Outcome outcome) {
    return {"outcomes", outcomes[static_cast<std::size_t>(outcome)].title, {}, {}};
}

std::string_view name(Readable readable) {
    switch (readable) {
    case Readable::Clear: return "clear";
    case Readable::Metadata: return "metadata";
    case Readable::Encrypted: break;
    }
    return "encrypted";
}

} // namespace wirestage
