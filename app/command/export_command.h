// SPDX-License-Identifier: GPL-3.0-or-later
// wirestage export: the diagram of a source as a file.
#pragma once

#include "app/command/source.h"

namespace wirestage {

/// Writes the diagram; the format follows the file's ending. Returns the exit status.
int exportSource(int argc, char** argv, const SourceOptions& options, const std::string& output);

/// The packets of a source; those of a lesson bear its narration as comments.
int writePcapng(const Source& source, const std::string& output);

/// A page a lesson (html) and an index, in a folder that is made where it is missing. The exit status.
int exportAllLessons(const std::string& folder);

} // namespace wirestage
