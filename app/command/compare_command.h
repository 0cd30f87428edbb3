// SPDX-License-Identifier: GPL-3.0-or-later
// wirestage compare: a capture held against a lesson or against another capture's exchange.
#pragma once

#include "app/command/source.h"

namespace wirestage {

struct CompareOptions {
    std::string lesson; ///< --to: ID[/VARIANT]
    std::string file;   ///< --to-file: FILE[#EXCHANGE]
    bool json = false;

    void addTo(CLI::App& command);
};

/// The exit status: 0 the same, 1 a difference, 2 wrong usage, 3 something is unreadable or cut off.
int compareSource(const CompareOptions& options, const SourceOptions& source);

} // namespace wirestage
