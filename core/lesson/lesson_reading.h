// SPDX-License-Identifier: GPL-3.0-or-later
// The two halves of reading a lesson: its network and script, and what is said about it. Both go on after a
// problem and read what can be read.
#pragma once

#include "core/lesson/lesson_tree.h"

namespace wirestage::lesson {

/// Hosts, links and script, into `lesson.network` and `lesson.hosts`.
void readNetwork(const Table& root, Lesson& lesson, std::vector<Problem>& problems);
void readTcpSettings(const Table& table, Place place, simulation::TcpSettings& into,
                     std::vector<Problem>& problems);
/// Programs of the hosts and the commands given to them.
void readApplications(const Table& root, Lesson& lesson, std::vector<Problem>& problems);
void readScript(const Table& root, Lesson& lesson, std::vector<Problem>& problems);
/// The first address that a host or one of its interfaces ("router:lan") has; version 0: none.
IpAddress addressOf(const Lesson& lesson, std::string_view name);

/// Phases, pattern, narration and questions.
void readTelling(const Table& root, Lesson& lesson, std::vector<Problem>& problems);

std::vector<Parameter> readParameters(const Table& root, const std::string& id,
                                      std::vector<Problem>& problems);
/// Why a value is impossible for a parameter; the limits are those of the file.
std::optional<Text> parameterProblem(const Parameter& parameter, const simulation::SettingValue& value);

/// Whether it is a kind or a family of kinds; else what is wrong with it.
std::optional<Text> kindProblem(std::string_view kind);
std::vector<std::string_view> hostNames(const Lesson& lesson);
Place placeOfTable(const Table& table);
Place rankOf(const Table& table); ///< among others of its kind

} // namespace wirestage::lesson
