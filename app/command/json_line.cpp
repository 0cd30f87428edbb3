// SPDX-License-Identifier: GPL-3.0-or-later
// JSON text (RFC 8259); strings are escaped by the JSON library, foreign bytes that are no UTF-8 are
// replaced.
#include "app/command/json_line.h"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace wirestage {
namespace {

std::string quoted(std::string_view value) {
    return nlohmann::json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace

std::string secondsAsText(Time nanoseconds) {
    const bool negative = nanoseconds < 0;
    const auto magnitude =
        negative ? ~static_cast<std::uint64_t>(nanoseconds) + 1 : static_cast<std::uint64_t>(nanoseconds);
    return fmt::format("{}{}.{:09}", negative ? "-" : "", magnitude / 1'000'000'000,
                       magnitude % 1'000'000'000);
}

void JsonLine::separate() {
    if (needsComma)
        out += ',';
    needsComma = true;
}

JsonLine& JsonLine::key(std::string_view name) {
    separate();
    out += quoted(name);
    out += ':';
    needsComma = false;
    return *this;
}

JsonLine& JsonLine::text(std::string_view value) {
    separate();
    out += quoted(value);
    return *this;
}

JsonLine& JsonLine::number(std::uint64_t value) {
    separate();
    out += std::to_string(value);
    return *this;
}

JsonLine& JsonLine::plain(std::string_view number) {
    separate();
    out += number;
    return *this;
}

JsonLine& JsonLine::truth(bool value) {
    separate();
    out += value ? "true" : "false";
    return *this;
}

JsonLine& JsonLine::null() {
    separate();
    out += "null";
    return *this;
}

JsonLine& JsonLine::seconds(Time nanoseconds) {
    separate();
    out += secondsAsText(nanoseconds);
    return *this;
}

JsonLine& JsonLine::open(char bracket) {
    separate();
    out += bracket;
    needsComma = false;
    return *this;
}

JsonLine& JsonLine::close(char bracket) {
    out += bracket;
    needsComma = true;
    return *this;
}

} // namespace wirestage
