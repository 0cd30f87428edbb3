// SPDX-License-Identifier: GPL-3.0-or-later
// SOURCE on the command line: a capture, opened and indexed, and what narrows it.
#pragma once

#include "core/exchange/capture.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace wirestage {

inline constexpr int exitDone = 0, exitUsage = 2, exitUnreadable = 3;

/// Says `wirestage: what: why` on standard error.
void complain(const std::string& what, const std::string& why);

struct SourceOptions {
    std::string file;
    std::vector<std::uint32_t> exchanges; ///< numbers from 1
    std::string level, rows, filter;
    std::uint64_t most = ~std::uint64_t{0};

    /// `narrowing`: --exchange, --level, --rows and -f make sense for this subcommand.
    void addTo(CLI::App& command, bool narrowing);
};

struct Source {
    std::shared_ptr<Capture> capture;
    std::vector<ExchangeId> exchanges; ///< empty: all
    std::optional<Level> level;
    std::uint64_t firstNumber = 1, lastNumber = ~std::uint64_t{0}; ///< message numbers
    bool nothing = false;  ///< a filter was given and nothing matches it
    int status = exitDone; ///< 3 where the input was cut off: what could be read is there
    std::string name;

    [[nodiscard]] bool wants(ExchangeId id) const;
};

/// Opens, indexes and narrows. Where it cannot it has complained, and `status` says the exit status;
/// `capture` is null.
Source openSource(const SourceOptions& options);

} // namespace wirestage
