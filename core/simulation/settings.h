// SPDX-License-Identifier: GPL-3.0-or-later
// Settings by name, as a lesson file or the window gives them to a simulated application: plain values, and a
// list of which ones an application knows, so that a misspelt or impossible one is refused before anything
// runs.
#pragma once

#include "core/bytes/address.h"
#include "core/text/text.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace wirestage::simulation {

/// What a setting may be. Duration: seconds, fractions allowed. Address: an IP address, or in a lesson the
/// name of a host, which then stands for that host's first address. Network: "192.168.1.0/24". Range:
/// "192.168.1.50-192.168.1.99", or one address. Words: a list of texts. Table: a list of tables, each of
/// which knows the settings in `columns`.
enum class SettingType : std::uint8_t {
    Flag,
    Number,
    Duration,
    Text,
    Address,
    Network,
    Range,
    Mac,
    Words,
    Table
};

struct SettingSpec {
    std::string_view name;
    SettingType type = SettingType::Text;
    bool required = false;
    double least = 0, most = 4294967295.0; ///< of a Number or Duration
    std::span<const SettingSpec> columns{};
    std::span<const std::string_view> choices{}; ///< of a Text: these and no other, where there are any
};

class Settings;
using SettingValue =
    std::variant<bool, std::int64_t, double, std::string, std::vector<std::string>, std::vector<Settings>>;

/// Values that have been checked against their specs: asking for one of a wrong type gives `otherwise`.
class Settings {
public:
    void set(std::string name, SettingValue value) {
        values.insert_or_assign(std::move(name), std::move(value));
    }
    [[nodiscard]] bool has(std::string_view name) const { return values.find(name) != values.end(); }

    [[nodiscard]] bool flag(std::string_view name, bool otherwise = false) const;
    [[nodiscard]] std::int64_t number(std::string_view name, std::int64_t otherwise = 0) const;
    [[nodiscard]] double seconds(std::string_view name,
                                 double otherwise = 0) const; ///< also of a whole number
    [[nodiscard]] std::string text(std::string_view name, std::string otherwise = {}) const;
    [[nodiscard]] IpAddress address(std::string_view name) const; ///< version 0 where it is absent
    [[nodiscard]] std::vector<std::string> words(std::string_view name) const;
    [[nodiscard]] const std::vector<Settings>& table(std::string_view name) const;

    [[nodiscard]] const std::map<std::string, SettingValue, std::less<>>& all() const { return values; }
    bool operator==(const Settings&) const = default;

private:
    std::map<std::string, SettingValue, std::less<>> values;
};

/// The first thing that is wrong with `settings`, by the specs: unknown name (with the nearest right one),
/// wrong type, out of range, missing. Nothing where all is well.
struct SettingProblem {
    std::string name; ///< of the setting that is wrong; in a table "name[2].inner"
    Text why;
};
std::optional<SettingProblem> check(const Settings& settings, std::span<const SettingSpec> specs);

/// The candidate that `word` was probably meant to be; empty where none is near.
std::string_view nearestWord(std::string_view word, std::span<const std::string_view> candidates);

/// "192.168.1.0/24".
struct NetworkPrefix {
    IpAddress address;
    unsigned length = 0;
    [[nodiscard]] bool contains(const IpAddress& other) const; ///< IPv4
    bool operator==(const NetworkPrefix&) const = default;
};
std::optional<NetworkPrefix> parseNetwork(std::string_view text);

/// "192.168.1.50-192.168.1.99" or one address: IPv4, first not above last.
struct AddressRange {
    IpAddress first, last;
};
std::optional<AddressRange> parseRange(std::string_view text);

/// The opposite of IpAddress::v4Number.
IpAddress ipv4Address(std::uint32_t number);

} // namespace wirestage::simulation
