// SPDX-License-Identifier: GPL-3.0-or-later
// The diagram's colours on a light and on a dark ground, as 0xRRGGBB: shared by the window's themes and the
// SVG and HTML writers. Text reaches 7:1 on the ground; the hues are Okabe and Ito's, darkened on the light
// one.
#pragma once

#include "core/diagram/scene.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wirestage::diagram {

using Rgb = std::uint32_t;
inline constexpr std::size_t familyCount = static_cast<std::size_t>(Family::count), toneCount = 6,
                             layerCount = 4;

namespace light {

inline constexpr Rgb ground = 0xf6f6f3, surface = 0xffffff, text = 0x1a1d21, quietText = 0x434b55,
                     border = 0xd5d9de, lifeline = 0x7c8590, frame = 0xb9c0c8, accent = 0x0b4f94,
                     accentText = 0xffffff, accentSoft = 0xe7eef7, highlight = 0xffe08a, danger = 0x981b1b,
                     dangerSoft = 0xfbe9e7, good = 0x14552e, warning = 0x5f4500, warningSoft = 0xfdf1cf;

/// In the order of Family: none, link, network, transport, datagram, dhcp, dns, ftp, other, trouble.
inline constexpr std::array<Rgb, familyCount> families{0x434b55, 0x6f2a5b, 0x00563f, 0x0b4f94, 0x00546e,
                                                       0x8a3400, 0x5f4a00, 0x5a35a0, 0x434b55, 0x981b1b};

/// Of state ribbons, by tone.
inline constexpr std::array<Rgb, toneCount> states{0xd9dde2, 0xf2d9b8, 0xcfe0f3,
                                                   0xbfe3cc, 0xe4ddf0, 0xf3cfcb};

/// Of the boxes that stand for a packet's layers, the link's first.
inline constexpr std::array<Rgb, layerCount> layers{0x6b7280, 0x6a4a00, 0x0b4f94, 0x8a3400},
    layersSoft{0xeceef0, 0xf7ecdd, 0xe1ebf7, 0xf9e7da};

} // namespace light

namespace dark {

inline constexpr Rgb ground = 0x14171b, surface = 0x1c2026, text = 0xf2f4f6, quietText = 0xc6ced7,
                     border = 0x39414b, lifeline = 0x7a8490, frame = 0x4b545f, accent = 0x7cc4ff,
                     accentText = 0x0d1218, accentSoft = 0x1d2e40, highlight = 0x6b5814, danger = 0xff9b85,
                     dangerSoft = 0x3d1f1b, good = 0x7fd79a, warning = 0xffd970, warningSoft = 0x382f14;

inline constexpr std::array<Rgb, familyCount> families{0xc6ced7, 0xe9a8d6, 0x63d8b4, 0x7cc4ff, 0x8fdcf2,
                                                       0xffb27a, 0xf2dc6b, 0xd3b2ff, 0xc6ced7, 0xff9b85};
inline constexpr std::array<Rgb, toneCount> states{0x3a424c, 0x5c4522, 0x27476b,
                                                   0x22543a, 0x443763, 0x64302c};
inline constexpr std::array<Rgb, layerCount> layers{0xb3bcc7, 0xf2dc6b, 0x7cc4ff, 0xffb27a},
    layersSoft{0x262b32, 0x332c1a, 0x1b2d41, 0x3a2819};

} // namespace dark

struct NamedColour {
    std::string name; ///< "text", "quiet", "family-dhcp", "tone-0", "layer-1": as in style sheets
    Rgb light = 0, dark = 0;
};
const std::vector<NamedColour>& namedColours();

enum class Ground : std::uint8_t { Light, Dark };
Rgb colourNamed(Ground on, std::string_view name); ///< the text's for a name that is none

} // namespace wirestage::diagram
