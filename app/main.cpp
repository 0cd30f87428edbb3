// SPDX-License-Identifier: GPL-3.0-or-later
// The program: a subcommand goes to the command line, everything else opens the window.
#include "app/window/launch.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#if __has_include("app/command/command.h")
#include "app/command/command.h"
#else
#define runCommand wirestage::launchWindow
#endif

int main(int argc, char** argv) {
    using namespace wirestage;
    constexpr std::string_view commands[] = {"summary",   "packets", "messages",
                                             "exchanges", "kinds",   "export"};
    if (argc > 1 &&
        std::find(std::begin(commands), std::end(commands), std::string_view(argv[1])) != std::end(commands))
        return runCommand(argc, argv);
    return launchWindow(argc, argv);
}
