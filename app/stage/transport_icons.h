// SPDX-License-Identifier: GPL-3.0-or-later
// The transport bar's signs, drawn here so that they take a theme's colour and any size.
#pragma once

#include <QColor>
#include <QIcon>

namespace wirestage {

enum class TransportSign { First, Back, Play, Pause, Forward, Last };

QIcon transportIcon(TransportSign sign, const QColor& color);

} // namespace wirestage
