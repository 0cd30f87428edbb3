// SPDX-License-Identifier: GPL-3.0-or-later
// Starts the window from the command line's arguments.
#pragma once

namespace wirestage {

/// Returns the program's exit status.
int launchWindow(int argc, char** argv);

} // namespace wirestage
