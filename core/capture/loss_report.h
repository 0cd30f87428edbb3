// SPDX-License-Identifier: GPL-3.0-or-later
// What programs that capture say of lost packets on their standard error, in dumpcap's words, which
// wirestage-capture and dumpcap on another machine use alike.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace wirestage {

class LossReport {
public:
    /// A line that says nothing of it is passed over.
    void read(std::string_view line);
    [[nodiscard]] std::uint64_t packets() const; ///< on all interfaces together

private:
    std::map<std::string, std::uint64_t, std::less<>> ofInterface;
};

} // namespace wirestage
