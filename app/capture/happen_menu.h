// SPDX-License-Identifier: GPL-3.0-or-later
// The scenarios that wirestage-happen makes happen, as a menu offers them and as an order to capture.
#pragma once

#include "app/capture/capture_order.h"

#include <functional>

class QMenu;

namespace wirestage {

struct HappenScenario;

CaptureOrder orderFor(const HappenScenario& scenario);
/// "DHCP: four messages, in a private network".
QString subjectOf(const HappenScenario& scenario);

/// False where the program for it is not there: it is a part that Linux alone has.
bool canMakeHappen();
/// An entry each, with a line about it. They are disabled where it cannot be.
void fillHappenMenu(QMenu* menu, const std::function<void(const HappenScenario&)>& chosen);

} // namespace wirestage
