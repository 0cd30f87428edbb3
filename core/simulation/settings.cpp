// SPDX-License-Identifier: GPL-3.0-or-later
// Reading settings, and checking them against their specs.
#include "core/simulation/settings.h"

#include <algorithm>
#include <charconv>
#include <numeric>

#include <fmt/format.h>

namespace wirestage::simulation {
namespace {

template <class T>
const T* valueOf(const std::map<std::string, SettingValue, std::less<>>& values, std::string_view name) {
    const auto found = values.find(name);
    return found == values.end() ? nullptr : std::get_if<T>(&found->second);
}

std::optional<double> numeric(const SettingValue& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value))
        return static_cast<double>(*whole);
    if (const auto* real = std::get_if<double>(&value))
        return *real;
    return std::nullopt;
}

std::optional<Text> numberProblem(const SettingValue& value, const SettingSpec& spec) {
    const auto number = numeric(value);
    if (!number || (spec.type == SettingType::Number && !std::holds_alternative<std::int64_t>(value)))
        return spec.type == SettingType::Number ? WS_TR("lesson", "must be a whole number")
                                                : WS_TR("lesson", "must be a number of seconds");
    if (!(*number >= spec.least && *number <= spec.most))
        return WS_TR("lesson", "must be from %1 to %2, not %3")
            .with(fmt::format("{:g}", spec.least))
            .with(fmt::format("{:.15g}", spec.most))
            .with(fmt::format("{:g}", *number));
    return std::nullopt;
}

std::optional<Text> textProblem(const std::string& text, const SettingSpec& spec) {
    switch (spec.type) {
    case SettingType::Address:
        if (!parseIpAddress(text))
            return WS_TR("lesson", "“%1” is neither an address nor a host of this lesson").with(text);
        break;
    case SettingType::Network:
        if (!parseNetwork(text))
            return WS_TR("lesson", "“%1” is not a network as in 192.168.1.0/24").with(text);
        break;
    case SettingType::Range:
        if (!parseRange(text))
            return WS_TR("lesson", "“%1” is not a range as in 192.168.1.50-192.168.1.99").with(text);
        break;
    case SettingType::Mac:
        if (!parseMacAddress(text))
            return WS_TR("lesson", "“%1” is not a hardware address as in 02:00:5e:10:00:01").with(text);
        break;
    default:
        if (!spec.choices.empty() &&
            std::find(spec.choices.begin(), spec.choices.end(), text) == spec.choices.end())
            return WS_TR("lesson", "“%1” is none of: %2")
                .with(text)
                .with(fmt::format("{}", fmt::join(spec.choices, ", ")));
    }
    return std::nullopt;
}

std::optional<Text> valueProblem(const SettingValue& value, const SettingSpec& spec) {
    switch (spec.type) {
    case SettingType::Flag:
        if (!std::holds_alternative<bool>(value))
            return WS_TR("lesson", "must be true or false");
        return std::nullopt;
    case SettingType::Number:
    case SettingType::Duration: return numberProblem(value, spec);
    case SettingType::Words:
        if (!std::holds_alternative<std::vector<std::string>>(value))
            return WS_TR("lesson", "must be a list of texts");
        return std::nullopt;
    case SettingType::Table:
        if (!std::holds_alternative<std::vector<Settings>>(value))
            return WS_TR("lesson", "must be a list of tables");
        return std::nullopt;
    default:
        if (const auto* text = std::get_if<std::string>(&value))
            return textProblem(*text, spec);
        return WS_TR("lesson", "must be a text");
    }
}

std::string_view nearestOf(std::string_view name, std::span<const SettingSpec> specs) {
    std::vector<std::string_view> names;
    for (const SettingSpec& spec : specs)
        names.push_back(spec.name);
    return nearestWord(name, names);
}

/// Of a list of tables: the first thing that is wrong in one of them.
std::optional<SettingProblem> rowsProblem(const SettingValue& value, const SettingSpec& spec) {
    const auto* rows = std::get_if<std::vector<Settings>>(&value);
    for (std::size_t i = 0; rows && i < rows->size(); ++i)
        if (auto inner = check((*rows)[i], spec.columns)) {
            inner->name = fmt::format("{}[{}].{}", spec.name, i + 1, inner->name);
            return inner;
        }
    return std::nullopt;
}

} // namespace

bool Settings::flag(std::string_view name, bool otherwise) const {
    const auto* found = valueOf<bool>(values, name);
    return found ? *found : otherwise;
}

std::int64_t Settings::number(std::string_view name, std::int64_t otherwise) const {
    const auto* found = valueOf<std::int64_t>(values, name);
    return found ? *found : otherwise;
}

double Settings::seconds(std::string_view name, double otherwise) const {
    const auto found = values.find(name);
    return found == values.end() ? otherwise : numeric(found->second).value_or(otherwise);
}

std::string Settings::text(std::string_view name, std::string otherwise) const {
    const auto* found = valueOf<std::string>(values, name);
    return found ? *found : std::move(otherwise);
}

IpAddress Settings::address(std::string_view name) const {
    const auto* found = valueOf<std::string>(values, name);
    return found ? parseIpAddress(*found).value_or(IpAddress{}) : IpAddress{};
}

std::vector<std::string> Settings::words(std::string_view name) const {
    const auto* found = valueOf<std::vector<std::string>>(values, name);
    return found ? *found : std::vector<std::string>{};
}

const std::vector<Settings>& Settings::table(std::string_view name) const {
    static const std::vector<Settings> empty;
    const auto* found = valueOf<std::vector<Settings>>(values, name);
    return found ? *found : empty;
}

std::optional<SettingProblem> check(const Settings& settings, std::span<const SettingSpec> specs) {
    for (const auto& [name, value] : settings.all()) {
        const auto spec =
            std::find_if(specs.begin(), specs.end(), [&](const SettingSpec& s) { return s.name == name; });
        if (spec == specs.end()) {
            const std::string_view nearest = nearestOf(name, specs);
            if (nearest.empty())
                return SettingProblem{name, WS_TR("lesson", "is not known here")};
            return SettingProblem{name,
                                  WS_TR("lesson", "is not known here; did you mean “%1”?").with(nearest)};
        }
        if (auto why = valueProblem(value, *spec))
            return SettingProblem{name, *std::move(why)};
        if (auto inner = rowsProblem(value, *spec))
            return inner;
    }
    for (const SettingSpec& spec : specs)
        if (spec.required && !settings.has(spec.name))
            return SettingProblem{std::string(spec.name), WS_TR("lesson", "is missing")};
    return std::nullopt;
}

std::string_view nearestWord(std::string_view word, std::span<const std::string_view> candidates) {
    std::string_view best;
    std::size_t least = word.size() / 3 + 2; // at most a third of the letters may be wrong
    for (const std::string_view candidate : candidates) {
        std::vector<std::size_t> row(candidate.size() + 1);
        std::iota(row.begin(), row.end(), std::size_t{0});
        for (std::size_t i = 1; i <= word.size(); ++i) {
            std::size_t diagonal = row[0];
            row[0] = i;
            for (std::size_t j = 1; j <= candidate.size(); ++j) {
                const std::size_t changed = diagonal + (word[i - 1] == candidate[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
            }
        }
        if (row.back() < least) {
            least = row.back();
            best = candidate;
        }
    }
    return best;
}

IpAddress ipv4Address(std::uint32_t number) {
    const std::uint8_t bytes[4] = {static_cast<std::uint8_t>(number >> 24),
                                   static_cast<std::uint8_t>(number >> 16),
                                   static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)};
    return IpAddress::v4(bytes);
}

bool NetworkPrefix::contains(const IpAddress& other) const {
    const std::uint32_t mask = length == 0 ? 0 : ~std::uint32_t{0} << (32 - length);
    return other.version == 4 && (address.v4Number() & mask) == (other.v4Number() & mask);
}

std::optional<NetworkPrefix> parseNetwork(std::string_view text) {
    const auto slash = text.find('/');
    if (slash == std::string_view::npos)
        return std::nullopt;
    const auto address = parseIpAddress(text.substr(0, slash));
    const std::string_view digits = text.substr(slash + 1);
    unsigned length = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
    if (!address || address->version != 4 || error != std::errc{} || end != digits.data() + digits.size() ||
        length > 32)
        return std::nullopt;
    return NetworkPrefix{*address, length};
}

std::optional<AddressRange> parseRange(std::string_view text) {
    const auto dash = text.find('-');
    const auto first = parseIpAddress(text.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : parseIpAddress(text.substr(dash + 1));
    if (!first || !last || first->version != 4 || last->version != 4 || first->v4Number() > last->v4Number())
        return std::nullopt;
    return AddressRange{*first, *last};
}

} // namespace wirestage::simulation
