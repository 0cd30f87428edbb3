// SPDX-License-Identifier: GPL-3.0-or-later
// How the program ends and what it says to standard error, where the window that started it reads along.
#pragma once

#include <string>
#include <string_view>

namespace wirestage::helper {

enum class Status {
    Done = 0,
    WrongUsage = 2,  ///< or a filter that libpcap does not take
    NoInterface = 3, ///< it is not there, down, or went away
    NotPermitted = 4,
    NotWritten = 5, ///< other than because nobody reads any more, which is how a capture may end
};

struct Complaint {
    std::string why; ///< a sentence without a full stop
    Status status = Status::NoInterface;
};

/// "wirestage-capture: WHAT" as a line, in one piece even where threads speak at once.
void complain(std::string_view what);
/// A line as it is.
void tell(std::string_view line);

} // namespace wirestage::helper
