// SPDX-License-Identifier: GPL-3.0-or-later
// SOURCE on the command line: a capture, opened and indexed, or a lesson, run; and what narrows it.
#pragma once

#include "core/exchange/capture.h"
#include "core/lesson/lesson_run.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace wirestage {

inline constexpr int exitDone = 0, exitDifferent = 1, exitUsage = 2, exitUnreadable = 3;

/// Says `wirestage: what: why` on standard error.
void complain(const std::string& what, const std::string& why);

struct SourceOptions {
    std::string file;
    std::vector<std::uint32_t> exchanges; ///< numbers from 1
    std::string level, rows, filter;
    std::string lesson, variant, at;
    std::vector<std::string> set, faults;
    std::uint64_t most = ~std::uint64_t{0};

    /// `narrowing`: --exchange, --level, --rows and -f make sense for this subcommand.
    void addTo(CLI::App& command, bool narrowing);
    [[nodiscard]] bool choosesLesson() const {
        return !variant.empty() || !at.empty() || !set.empty() || !faults.empty();
    }
};

struct Source {
    std::shared_ptr<const Capture> capture;       ///< of a lesson: what is seen from its vantage point
    std::shared_ptr<const lesson::LessonRun> run; ///< of a lesson
    std::vector<ExchangeId> exchanges;            ///< empty: all
    std::optional<Level> level;
    std::uint64_t firstNumber = 1, lastNumber = ~std::uint64_t{0}; ///< message numbers
    bool nothing = false;  ///< a filter was given and nothing matches it
    int status = exitDone; ///< 3 where the input was cut off: what could be read is there
    std::string name;

    [[nodiscard]] bool wants(ExchangeId id) const;
};

/// Runs a lesson. Where it cannot it has complained, and the status says so.
void openLesson(const SourceOptions& options, Source& source);
/// By id or by path; null, and a complaint, where there is none.
std::shared_ptr<const lesson::LessonFile> findLesson(const std::string& name, int& status);

/// Opens, indexes and narrows. Where it cannot it has complained, and `status` says the exit status;
/// `capture` is null.
Source openSource(const SourceOptions& options);

} // namespace wirestage
