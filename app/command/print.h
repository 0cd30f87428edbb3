// SPDX-License-Identifier: GPL-3.0-or-later
// What the subcommands print, as text for people or as one JSON object a line.
#pragma once

#include "app/command/source.h"

namespace wirestage {

void printPackets(const Source& source, bool json);
void printMessages(const Source& source, bool json);
void printExchanges(const Source& source, bool json);
void printSummary(const Source& source, bool json);
void printKinds(bool json);
void printLessons(bool json);
/// Says what is wrong in lesson files; the exit status.
int checkLessons(const std::vector<std::string>& files);

} // namespace wirestage
