// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a descriptor to its end and undoes gzip (RFC 1952, any number of members) or zstd (RFC 8878, any
// number of frames). What the bytes are is told by their beginning, never by a name.
#pragma once

#include "core/capture/frame.h"

#include <functional>
#include <vector>

namespace wirestage {

enum class Compression { None, Gzip, Zstd };

Compression compressionOf(Bytes beginning);

/// A descriptor read in chunks. The descriptor stays the caller's.
class InputStream {
public:
    /// `waiting` is called about ten times a second while nothing arrives; false gives up.
    InputStream(int descriptor, std::function<bool()> waiting);

    /// The first bytes, at least four unless the input is shorter. Once, before next().
    Bytes beginning();
    /// The next chunk; empty at the end, on an error and when given up.
    Bytes next();
    [[nodiscard]] int error() const { return error_; }
    [[nodiscard]] bool givenUp() const { return givenUp_; }

private:
    std::size_t fill(std::size_t from);

    int descriptor_;
    std::function<bool()> waiting_;
    std::vector<std::uint8_t> buffer_;
    std::size_t pending_ = 0;
    int error_ = 0;
    bool givenUp_ = false;
};

enum class InputEnd { Whole, CutOff, Damaged, Stopped };

/// Gives `sink` everything the input holds, uncompressed, in order; the sink returns false to stop. Bytes
/// behind the last whole member or frame are ignored, as gzip(1) does.
InputEnd decompress(InputStream& input, Compression compression, const std::function<bool(Bytes)>& sink);

} // namespace wirestage
