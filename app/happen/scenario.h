// SPDX-License-Identifier: GPL-3.0-or-later
// What can be made to happen in a private network: the list that the window's menu and wirestage-happen have
// in common. Each entry is a lesson's exchange between two of that lesson's hosts, this time for real.
#pragma once

#include "core/text/text.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wirestage {

struct HappenScenario {
    std::string_view id; ///< what wirestage-happen is told
    const char *titleWords, *tipWords;
    std::string_view lesson;         ///< the textbook for it
    std::string_view client, server; ///< of the lesson's hosts; each keeps its addresses
    int delay;                       ///< milliseconds that the wire takes in one direction

    [[nodiscard]] Text title() const { return {"happen", titleWords, {}, {}}; }
    [[nodiscard]] Text tip() const { return {"happen", tipWords, {}, {}}; } ///< a line
};

/// Players that are no programs of their own.
inline constexpr const char *lessonServer = WS_MARK("happen", "the lesson's own server"),
                            *lessonClient = WS_MARK("happen", "the lesson's own client"),
                            *thisKernel = WS_MARK("happen", "this computer's kernel"),
                            *thisResolver = WS_MARK("happen", "this computer's resolver");
/// "dnsmasq answers, udhcpc asks": what wirestage-happen says once it knows who plays.
Text happenCast(const std::string& server, const std::string& client);
/// The same from a line of its standard error; nothing where the line says something else.
std::optional<Text> happenCastIn(std::string_view line);

std::span<const HappenScenario> happenScenarios();
const HappenScenario* happenScenario(std::string_view id); ///< null: there is none

} // namespace wirestage
