// SPDX-License-Identifier: GPL-3.0-or-later
// Opening and narrowing a capture for the subcommands.
#include "app/command/source.h"

#include "core/capture/filter.h"
#include "core/lesson/fault.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include <fmt/core.h>

namespace wirestage {
namespace {

bool parseNumber(std::string_view text, std::uint64_t& into) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
    return error == std::errc{} && end == text.data() + text.size();
}

/// "5-9", "5-", "5".
bool parseRows(const std::string& rows, Source& into) {
    const auto dash = rows.find('-');
    const std::string_view first = std::string_view(rows).substr(0, dash);
    if (!parseNumber(first, into.firstNumber))
        return false;
    if (dash == std::string::npos) {
        into.lastNumber = into.firstNumber;
        return true;
    }
    const std::string_view last = std::string_view(rows).substr(dash + 1);
    return last.empty() || (parseNumber(last, into.lastNumber) && into.lastNumber >= into.firstNumber);
}

bool narrowToExchanges(const SourceOptions& options, Source& source) {
    for (const std::uint32_t number : options.exchanges) {
        if (number == 0 || number > source.capture->exchangeCount()) {
            complain(fmt::format("exchange {}", number),
                     fmt::format("there is none; the capture has {}", source.capture->exchangeCount()));
            return false;
        }
        source.exchanges.push_back(number - 1);
    }
    std::sort(source.exchanges.begin(), source.exchanges.end());
    return true;
}

bool narrowByFilter(const SourceOptions& options, Source& source) {
    if (options.filter.empty())
        return true;
    const LinkType link = source.capture->packetCount() ? source.capture->frame(0).link : LinkType::Ethernet;
    auto compiled = PacketFilter::compile(options.filter, link);
    if (const auto* error = std::get_if<PacketFilter::Error>(&compiled)) {
        complain("-f", english(error->message));
        return false;
    }
    auto matching = source.capture->matching(std::get<PacketFilter>(compiled));
    if (!source.exchanges.empty())
        std::erase_if(matching, [&](ExchangeId id) {
            return !std::binary_search(source.exchanges.begin(), source.exchanges.end(), id);
        });
    source.exchanges = std::move(matching);
    source.nothing = source.exchanges.empty();
    return true;
}

void openCapture(const SourceOptions& options, Source& source) {
    if (options.choosesLesson()) {
        complain(options.faults.empty() ? "--variant, --set, --at" : "--fault " + options.faults.front(),
                 options.faults.empty() ? "only a lesson has them" : english(lesson::whyNoFaults()));
        source.status = exitUsage;
        return;
    }
    auto opened = CaptureFile::open(options.file);
    if (const auto* error = std::get_if<CaptureFile::OpenError>(&opened)) {
        complain(options.file == "-" ? "standard input" : options.file, english(error->why));
        source.status = exitUnreadable;
        return;
    }
    auto capture = std::make_shared<Capture>(std::move(std::get<CaptureFile>(opened)));
    capture->index({}, options.most);
    source.capture = std::move(capture);
}

} // namespace

void complain(const std::string& what, const std::string& why) {
    fmt::print(stderr, "wirestage: {}: {}\n", what, why);
}

void SourceOptions::addTo(CLI::App& command, bool narrowing) {
    auto* positional = command.add_option(
        "SOURCE", file, "A capture file (pcap, pcapng, also .gz and .zst), or - for standard input");
    auto* flag = command.add_option("-r", file, "The same, as in tshark");
    positional->excludes(flag);
    auto* id = command.add_option("--lesson", lesson, "Instead of a capture a lesson: its id, or its file");
    id->excludes(flag)->excludes(positional);
    command.add_option("--variant", variant, "A variant of the lesson");
    command.add_option("--set", set, "A parameter of the lesson: NAME=VALUE (may be repeated)")->take_all();
    command
        .add_option("--fault", faults,
                    "drop:WHAT, delay:WHAT:SECONDS, duplicate:WHAT, corrupt:WHAT or "
                    "loss@LINK:PERCENT[:SEED]; WHAT: KIND[@FROM,TO][:N] or frame@LINK:N (may be repeated)")
        ->take_all();
    command.add_option("--at", at, "Seen from this link, host or host:interface");
    command.add_option("-c", most, "Read the first N packets only");
    if (!narrowing)
        return;
    command.add_option("--exchange", exchanges, "Only this exchange (may be repeated)")
        ->allow_extra_args(false); // else it would take the SOURCE behind it for another number
    command.add_option("--level", level, "link, network, transport or application");
    command.add_option("--rows", rows, "Only messages A-B, by number");
    command.add_option("-f", filter, "Only exchanges with a packet that matches this pcap filter");
}

bool Source::wants(ExchangeId id) const {
    return !nothing && (exchanges.empty() || std::binary_search(exchanges.begin(), exchanges.end(), id));
}

Source openSource(const SourceOptions& options) {
    Source source;
    source.name = options.lesson.empty() ? options.file : options.lesson;
    if (options.file.empty() && options.lesson.empty()) {
        complain("SOURCE", "name a capture file, - for standard input, or --lesson and a lesson's id");
        source.status = exitUsage;
        return source;
    }
    if (!options.level.empty()) {
        source.level = levelOfName(options.level);
        if (!source.level) {
            complain("--level " + options.level, "is none of link, network, transport, application");
            source.status = exitUsage;
            return source;
        }
    }
    if (!options.rows.empty() && !parseRows(options.rows, source)) {
        complain("--rows " + options.rows, "wants two message numbers, as in 5-20");
        source.status = exitUsage;
        return source;
    }
    if (options.lesson.empty())
        openCapture(options, source);
    else
        openLesson(options, source);
    if (!source.capture)
        return source;
    if (!narrowToExchanges(options, source) || !narrowByFilter(options, source)) {
        source.capture.reset();
        source.status = exitUsage;
        return source;
    }
    if (const auto problem = source.capture->problem()) {
        complain(options.file == "-" ? "standard input" : options.file, english(*problem));
        source.status = exitUnreadable;
    }
    return source;
}

} // namespace wirestage
