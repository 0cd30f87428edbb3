// SPDX-License-Identifier: GPL-3.0-or-later
// Stand-ins for names: "example" and a number, cut or repeated until it is as long as what it stands for. No
// top-level domain has a digit in it, so none of these is anybody's.
#include "core/privacy/stand_ins.h"

#include <algorithm>
#include <array>

namespace wirestage {
namespace {

/// They tell how a name is made up, or are reserved for examples (RFC 2606, 6761), and are nobody's own.
constexpr std::array<std::string_view, 12> common{"arpa",      "in-addr", "ip6",  "local",
                                                  "localhost", "test",    "www",  "example",
                                                  "invalid",   "default", "home", "lan"};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

/// The `count`th name of this length.
std::string nameOf(std::size_t length, std::uint32_t count) {
    constexpr std::string_view digits = "0123456789abcdefghijklmnopqrstuvwxyz", word = "example";
    std::string number = std::to_string(count);
    if (number.size() > length) { // as many as there can be, then they are used again
        number.clear();
        for (; number.size() < length; count /= 36)
            number.insert(number.begin(), digits[count % 36]);
    }
    std::string name;
    while (name.size() + number.size() < length)
        name += word[name.size() % word.size()];
    return name + number;
}

} // namespace

std::string StandIns::of(std::string_view label) {
    std::string plain(label);
    std::transform(plain.begin(), plain.end(), plain.begin(), lower);
    // A service's name (RFC 6335) is everybody's; longer ones say which device it is.
    constexpr std::size_t longestService = 16;
    const bool service = plain.size() <= longestService && plain.starts_with('_');
    if (plain.empty() || service || std::find(common.begin(), common.end(), plain) != common.end())
        return std::string(label);
    const std::lock_guard guard(mutex);
    const auto [place, isNew] = labels.try_emplace(plain);
    if (isNew)
        do
            place->second = nameOf(plain.size(), ++labelsOfLength[plain.size()]);
        while (plain.size() > 2 && place->second != plain && labels.contains(place->second));
    std::string shown = place->second;
    for (std::size_t i = 0; i < shown.size(); ++i)
        if (label[i] >= 'A' && label[i] <= 'Z')
            shown[i] = upper(shown[i]);
    return shown;
}

} // namespace wirestage
