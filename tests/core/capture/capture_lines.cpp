// SPDX-License-Identifier: GPL-3.0-or-later
// Prints a line for each packet of a capture: number, time, length, captured length. The script beside it
// compares them with what tshark says of the same file.
#include "core/capture/capture_file.h"

#include <cstdio>
#include <fmt/format.h>

int main(int count, char** arguments) {
    if (count != 2)
        return 2;
    auto opened = wirestage::CaptureFile::open(arguments[1]);
    if (const auto* error = std::get_if<wirestage::CaptureFile::OpenError>(&opened)) {
        fmt::print(stderr, "{}: {}\n", arguments[1], wirestage::english(error->why));
        return 3;
    }
    auto& file = std::get<wirestage::CaptureFile>(opened);
    auto cursor = file.cursor();
    for (wirestage::Frame frame; cursor.next(frame);) {
        const auto again = file.frame(frame.offset, frame.number);
        if (again.bytes.data() != frame.bytes.data() || again.length != frame.length ||
            again.link != frame.link)
            fmt::print(stderr, "frame {} differs when it is read again\n", frame.number);
        const auto moment = again.time < 0 ? -again.time : again.time;
        fmt::print("{}\t{}{}.{:09}\t{}\t{}\n", frame.number, again.time < 0 ? "-" : "",
                   moment / 1'000'000'000, moment % 1'000'000'000, frame.length, frame.bytes.size());
    }
    if (cursor.problem())
        fmt::print(stderr, "{}: {}\n", arguments[1], wirestage::english(*cursor.problem()));
    return cursor.problem() ? 3 : 0;
}
