// SPDX-License-Identifier: GPL-3.0-or-later
// The program: a subcommand goes to the command line, everything else opens the window.
#include "app/command/command.h"
#include "app/window/launch.h"

int main(int argc, char** argv) {
    if (argc > 1 && wirestage::isSubcommand(argv[1]))
        return wirestage::runCommand(argc, argv);
    return wirestage::launchWindow(argc, argv);
}
