// SPDX-License-Identifier: GPL-3.0-or-later
// What a capture says about a frame before any of its bytes is read.
#pragma once

#include "core/protocols/description.h"

namespace wirestage {

struct FrameSpecs {
    FieldSpec node{"frame", WS_MARK("fields", "Frame"), Show::Heading};
    FieldSpec number{"frame.number", WS_MARK("fields", "Frame number")};
    FieldSpec time{"frame.time_epoch", WS_MARK("fields", "Seconds since 1970"), Show::Text};
    FieldSpec length{"frame.len", WS_MARK("fields", "Length on the wire")};
    FieldSpec captured{"frame.cap_len", WS_MARK("fields", "Length captured")};
    FieldSpec data{"data", WS_MARK("fields", "Data"), Show::Octets};
};
inline constexpr FrameSpecs frameFields;

void describeFrame(Describer& describer, const Frame& frame);

} // namespace wirestage
