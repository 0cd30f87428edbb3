// SPDX-License-Identifier: GPL-3.0-or-later
// Captures for the overlay's tests: recordings, lessons as seen from their vantage points, and both changed.
#pragma once

#include "core/lesson/lesson_run.h"
#include "core/overlay/compare.h"
#include "tests/support/shared_captures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace wirestage::overlay::test {

std::shared_ptr<const Capture> captureOf(const std::filesystem::path& file);
/// One that comes with the program: "ftp-active".
std::shared_ptr<const Capture> recording(const std::string& name);
/// Of a capture file's bytes.
std::shared_ptr<const Capture> fromBytes(const std::string& bytes);
/// "dhcp-dora" or "dhcp-dora/offer-lost"; `faults` as on the command line.
std::shared_ptr<const lesson::LessonRun> runOf(const std::string& name, std::vector<std::string> faults = {},
                                               std::string at = {});
Reference lessonReference(const std::string& name);

/// The capture once more, each frame as `change` leaves it; a packet (its number) is left out where it says
/// so by `false`.
using Change = std::function<bool(std::uint64_t number, std::vector<std::uint8_t>& bytes)>;
std::shared_ptr<const Capture> changed(const Capture& capture, const Change& change);
/// The capture once more as a wrong clock stamps it: by how much later each packet (its number).
using Later = std::function<Time(std::uint64_t number)>;
std::shared_ptr<const Capture> withClock(const Capture& capture, const Later& later);
/// The same, from a file that says from when to when it was captured.
std::shared_ptr<const Capture> withClock(const Capture& capture, const Later& later, Time from, Time to);
/// Another capture behind it, its packets as late as they say themselves.
std::shared_ptr<const Capture> together(const std::vector<std::shared_ptr<const Capture>>& captures);

/// "matched 1 dhcp.discover", "missing - dhcp.offer": a step a line.
std::vector<std::string> lines(const Comparison& comparison);

} // namespace wirestage::overlay::test
