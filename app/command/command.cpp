// SPDX-License-Identifier: GPL-3.0-or-later
// The subcommands and their options.
#include "app/command/command.h"

#include "app/command/compare_command.h"
#include "app/command/export_command.h"
#include "app/command/print.h"

#include <algorithm>
#include <array>

namespace wirestage {
namespace {

constexpr std::array<std::string_view, 9> subcommands{"summary", "packets", "messages", "exchanges", "kinds",
                                                      "export",  "lessons", "check",    "compare"};

struct Listing {
    const char* name;
    const char* help;
    void (*print)(const Source&, bool json);
    bool narrowing;
};

constexpr std::array<Listing, 4> listings{{
    {"summary", "The whole capture on one screen: hosts, exchanges by protocol and outcome, problems",
     printSummary, false},
    {"packets", "A line per packet, with its decoded fields", printPackets, true},
    {"messages", "A line per message: one arrow of the diagram", printMessages, true},
    {"exchanges", "A line per exchange: a DORA, a DNS lookup, an FTP session ...", printExchanges, true},
}};

} // namespace

bool isSubcommand(std::string_view word) {
    return std::find(subcommands.begin(), subcommands.end(), word) != subcommands.end();
}

int runCommand(int argc, char** argv) {
    CLI::App app{"Wirestage makes protocol exchanges visible", "wirestage"};
    app.require_subcommand(1);
    SourceOptions options;
    bool json = false;
    std::string output;
    int status = exitDone;
    for (const Listing& listing : listings) {
        CLI::App* command = app.add_subcommand(listing.name, listing.help);
        options.addTo(*command, listing.narrowing);
        command->add_flag("--json", json, "One JSON object a line");
        command->callback([&, &listing = listing] {
            const Source source = openSource(options);
            if (source.capture)
                listing.print(source, json);
            status = source.status;
        });
    }
    CLI::App* kinds = app.add_subcommand("kinds", "Every kind of message, with its level and title");
    kinds->add_flag("--json", json, "One JSON object a line");
    kinds->callback([&] { printKinds(json); });
    CLI::App* lessons = app.add_subcommand("lessons", "Every lesson, with its variants and parameters");
    lessons->add_flag("--json", json, "One JSON object a line");
    lessons->callback([&] { printLessons(json); });
    CompareOptions comparing;
    CLI::App* compare = app.add_subcommand(
        "compare", "Hold a capture against a lesson or another capture: what is the same, what differs");
    options.addTo(*compare, true);
    comparing.addTo(*compare);
    compare->callback([&] { status = compareSource(comparing, options); });
    std::vector<std::string> files;
    CLI::App* checking =
        app.add_subcommand("check", "Validate lesson files: file:line:column: what is wrong");
    checking->add_option("LESSON.toml", files, "The files")->required();
    checking->callback([&] { status = checkLessons(files); });
    CLI::App* exporting = app.add_subcommand(
        "export", "The diagram as a file, by extension: svg png pdf html txt mmd puml; the "
                  "packets themselves: pcapng");
    options.addTo(*exporting, true);
    exporting->add_option("-o", output, "The file to write")->required();
    bool allLessons = false;
    exporting->add_flag("--all-lessons", allLessons,
                        "A page (html) for each lesson, and an index, in the folder that -o names");
    exporting->callback(
        [&] { status = allLessons ? exportAllLessons(output) : exportSource(argc, argv, options, output); });
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0)
            return app.exit(error);
        complain(argc > 1 ? argv[1] : "usage", error.what());
        return exitUsage;
    }
    return status;
}

} // namespace wirestage
