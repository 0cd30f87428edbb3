// SPDX-License-Identifier: GPL-3.0-or-later
// "Packets received/dropped on interface 'eth0': 1000/12 (...)" at the end (dumpcap's capture_loop.c), and
// "Packets dropped on interface 'eth0': 12" meanwhile, which only our helper says.
#include "core/capture/loss_report.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace wirestage {
namespace {

constexpr std::string_view atTheEnd = "Packets received/dropped on interface ",
                           meanwhile = "Packets dropped on interface ";
constexpr std::size_t mostInterfaces = 256;

std::optional<std::uint64_t> takeNumber(std::string_view& text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc())
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

} // namespace

void LossReport::read(std::string_view line) {
    const bool both = line.starts_with(atTheEnd);
    if (!both && !line.starts_with(meanwhile))
        return;
    line.remove_prefix(both ? atTheEnd.size() : meanwhile.size());
    const std::size_t colon = line.rfind("': "); // a name may have a colon in it, a number has none
    if (colon == std::string_view::npos)
        return;
    const std::string_view name = line.substr(0, colon);
    line.remove_prefix(colon + 3);
    auto number = takeNumber(line);
    if (both && number && line.starts_with('/')) {
        line.remove_prefix(1);
        number = takeNumber(line);
    } else if (both) {
        return;
    }
    if (!number || (ofInterface.size() >= mostInterfaces && ofInterface.find(name) == ofInterface.end()))
        return;
    std::uint64_t& known = ofInterface[std::string(name)];
    known = std::max(known, *number);
}

std::uint64_t LossReport::packets() const {
    std::uint64_t sum = 0;
    for (const auto& [name, packets] : ofInterface)
        sum += packets;
    return sum;
}

} // namespace wirestage
