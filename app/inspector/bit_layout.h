// SPDX-License-Identifier: GPL-3.0-or-later
// A header as the RFCs draw it: rows of 32 bits, a cell for every field. This is the geometry alone, worked
// out from the bytes and bits that a description gives for each field; the drawing is bit_picture's.
#pragma once

#include "app/inspector/inspected.h"

#include <vector>

namespace wirestage {

/// One cell. A field of more than 32 bits has several rows; a field that starts or ends within a row of
/// others has one cell for each piece. Long fields (and options, which keep no alignment) are bands of the
/// whole width.
struct BitCell {
    int field = -1; ///< place in the description; -1: bits that no field names
    int row = 0;
    int rows = 1;
    int bit = 0; ///< first bit within the row, 0 to 31
    int bits = 32;
    bool band = false;      ///< not to scale
    bool continued = false; ///< a later piece of a field: its name stands in the first one
    bool operator==(const BitCell&) const = default;
};

struct BitLayout {
    std::vector<BitCell> cells;
    int rows = 0;
};

BitLayout layoutBits(const Description& description, const HeaderSpan& header);

} // namespace wirestage
