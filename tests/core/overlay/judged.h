// SPDX-License-Identifier: GPL-3.0-or-later
// Captures of real hosts against lessons. Every verdict was held against tshark's view of the capture.
#pragma once

#include "tests/core/overlay/overlay_captures.h"

#include <span>

namespace wirestage::overlay::test {

struct Judged {
    const char* capture; ///< a reference capture
    const char* lesson;
    Verdict verdict;
    const char* what; ///< that it shows
};

constexpr Verdict same = Verdict::Same, different = Verdict::Different, notFound = Verdict::NotFound,
                  partly = Verdict::Partly;

inline void judge(std::span<const Judged> table) {
    for (const Judged& row : table) {
        SCOPED_TRACE(std::string(row.lesson) + " in " + row.capture + " (" + row.what + ")");
        const auto path = wirestage::test::sharedCapture(row.capture);
        if (!path)
            GTEST_SKIP() << "the reference captures are absent";
        const auto capture = captureOf(*path);
        ASSERT_TRUE(capture);
        const Comparison comparison = compare(lessonReference(row.lesson), *capture, {});
        EXPECT_EQ(name(comparison.verdict), name(row.verdict)) << english(comparison.sentence);
    }
}

} // namespace wirestage::overlay::test
