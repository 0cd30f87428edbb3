// SPDX-License-Identifier: GPL-3.0-or-later
// A diagram as a PNG picture or on PDF pages, painted like the stage in the light theme.
#pragma once

#include "app/export/export.h"

#include <QIODevice>

namespace wirestage {

/// Two pixels a unit; one where the picture would be too high for that.
bool writePng(QIODevice& file, const ExportRequest& request);

/// Vector pages, each with the lifelines' heads on top; a message is never divided between two.
bool writePdf(QIODevice& file, const ExportRequest& request);

} // namespace wirestage
