// SPDX-License-Identifier: GPL-3.0-or-later
// How the window's parts look, by the roles that they carry (see pane_parts.h), in a theme and at a zoom.
#pragma once

#include "app/stage/theme.h"

#include <QString>

namespace wirestage {

/// `points`: the size of ordinary text.
QString windowStyleSheet(const Theme& theme, double points);

} // namespace wirestage
