// SPDX-License-Identifier: GPL-3.0-or-later
// A host of a lesson, by itself on a real interface: it has the addresses, the programs and the part of the
// script that the lesson gives it, and talks to whoever is at the other end.
#pragma once

#include "core/lesson/lesson.h"

#include <optional>
#include <string>
#include <string_view>

namespace wirestage::happen {

/// Another name to log in with than the lesson's.
struct Login {
    std::string user, password;
};

/// The lesson's network cut down to one host and a cable. `asks`: it does the first of its steps; else it
/// does nothing of its own accord.
simulation::NetworkSetup alone(const lesson::Lesson& lesson, std::string_view host, bool asks,
                               const std::optional<Login>& login = {});

/// Plays it on the end's interface, in this process, until it is done. \return an exit status: 0 where all
/// went as the script has it
int playLessonHost(simulation::NetworkSetup network);

} // namespace wirestage::happen
