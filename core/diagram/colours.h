// SPDX-License-Identifier: GPL-3.0-or-later
// The diagram's colours on a light ground, as 0xRRGGBB: shared by the window's light theme and the SVG
// writer. Text reaches 7:1 on the ground; the hues are Okabe and Ito's, darkened.
#pragma once

#include "core/diagram/scene.h"

#include <array>
#include <cstdint>

namespace wirestage::diagram::light {

using Rgb = std::uint32_t;

inline constexpr Rgb ground = 0xf6f6f3, surface = 0xffffff, text = 0x1a1d21, quietText = 0x434b55,
                     border = 0xd5d9de, lifeline = 0x7c8590, frame = 0xb9c0c8, danger = 0x981b1b,
                     warning = 0x5f4500, warningSoft = 0xfdf1cf;

/// In the order of Family: none, link, network, transport, datagram, dhcp, dns, ftp, other, trouble.
inline constexpr std::array<Rgb, static_cast<std::size_t>(Family::count)> families{
    0x434b55, 0x6f2a5b, 0x00563f, 0x0b4f94, 0x00546e, 0x8a3400, 0x5f4a00, 0x5a35a0, 0x434b55, 0x981b1b};

/// Of state ribbons, by tone.
inline constexpr std::array<Rgb, 6> states{0xd9dde2, 0xf2d9b8, 0xcfe0f3, 0xbfe3cc, 0xe4ddf0, 0xf3cfcb};

} // namespace wirestage::diagram::light
