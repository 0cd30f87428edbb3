// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace wirestage::bench {

void registerLessons(); ///< a benchmark for each built-in lesson

} // namespace wirestage::bench
