// SPDX-License-Identifier: GPL-3.0-or-later
// One JSON object a line, keys in a stated order, times with nine digits: written as it goes, no tree in
// between.
#pragma once

#include "core/capture/frame.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace wirestage {

class JsonLine {
public:
    JsonLine& key(std::string_view name);
    JsonLine& text(std::string_view value);
    JsonLine& number(std::uint64_t value);
    JsonLine& plain(std::string_view number); ///< printed by the caller
    JsonLine& truth(bool value);
    JsonLine& null();
    JsonLine& seconds(Time nanoseconds); ///< 1.234567890
    JsonLine& open(char bracket);
    JsonLine& close(char bracket);

    /// The finished line, without its end.
    [[nodiscard]] const std::string& line() const { return out; }

private:
    void separate();
    std::string out;
    bool needsComma = false;
};

/// Nanoseconds as seconds with nine digits.
std::string secondsAsText(Time nanoseconds);

} // namespace wirestage
