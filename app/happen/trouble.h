// SPDX-License-Identifier: GPL-3.0-or-later
// Making a network takes dozens of system calls, any of which may be refused, and then nothing can go on: the
// first that fails ends everything with a sentence.
#pragma once

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>

namespace wirestage::happen {

/// A sentence without a full stop.
struct Trouble : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// For what returns -1 where it fails.
template <class Result>
Result must(Result result, const std::string& what) {
    if (result < 0)
        throw Trouble(what + ": " + std::strerror(errno));
    return result;
}

} // namespace wirestage::happen
