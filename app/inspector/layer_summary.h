// SPDX-License-Identifier: GPL-3.0-or-later
// A header in one line, as it stands on its nested box: "IPv4", "192.168.1.1 → 192.168.1.57 · TTL 64".
#pragma once

#include "app/inspector/inspected.h"

#include <QString>

#include <vector>

namespace wirestage {

struct LayerBox {
    int node = -1;   ///< the protocol's own node in the description
    int depth = 0;   ///< from 0, outermost
    QString title;   ///< "IPv4"
    QString summary; ///< may be empty
    std::uint8_t buffer = 0;
    bool operator==(const LayerBox&) const = default;
};

/// The layers of a packet from the outermost, without the frame's own node (which is no header).
std::vector<LayerBox> layersOf(const Description& description);

/// The header that a field belongs to; node -1 if none.
HeaderSpan headerOfField(const Description& description, int field);

} // namespace wirestage
