// SPDX-License-Identifier: GPL-3.0-or-later
// The subcommands of the command line: what scripts, tests and papers use. None needs a display or rights.
#pragma once

#include <string_view>

namespace wirestage {

/// Whether the first argument names a subcommand ("summary", "packets", ...).
bool isSubcommand(std::string_view word);

/// Runs it. Exit status: 0 done, 1 `compare` found a difference, 2 wrong usage, 3 the input is unreadable or cut off.
int runCommand(int argc, char** argv);

} // namespace wirestage
