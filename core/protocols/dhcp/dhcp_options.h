// SPDX-License-Identifier: GPL-3.0-or-later
// The options of a DHCP message: a walk over them (RFC 2132, 2), in the option field and in the two fields
// they may spill into (RFC 2131, 4.1), and the table of what each one holds.
#pragma once

#include "core/bytes/reader.h"
#include "core/protocols/dhcp/dhcp_fields.h"
#include "core/protocols/dhcp/dhcp_wire.h"

namespace wirestage::dhcp {

inline constexpr std::uint32_t magicCookie = 0x63825363;
inline constexpr std::uint8_t pad = 0, end = 255;

struct Option {
    std::uint8_t code = 0;
    Bytes data;                       ///< what is there of it
    const std::uint8_t* at = nullptr; ///< its code byte
};

/// Goes through one area of options, pads left out. `next` is false at the end option, at the end of the area
/// and where an option is cut.
class OptionWalk {
public:
    explicit OptionWalk(Bytes area) : reader(area) {}
    bool next(Option& option);
    [[nodiscard]] bool ended() const { return atEnd; } ///< by the end option, which `at` was
    [[nodiscard]] bool cut() const { return reader.truncated(); }
    [[nodiscard]] Bytes rest() const { return reader.rest(); }

private:
    Reader reader;
    bool atEnd = false;
};

/// What an option's value is made of.
enum class Shape : std::uint8_t {
    Octets,
    Nothing,
    Address,
    Addresses,
    AddressPairs, ///< `spec` and `second` in turn
    Text,
    Truth,
    Number8,
    Number16,
    Number32,
    Signed32,
    Seconds,
    Numbers8,
    Numbers16,
    Special, ///< see dhcp_special_options.cpp
};

using Meaning = wirestage::Text (*)(std::uint64_t);

struct OptionShape {
    std::uint8_t code;
    const char* name; ///< marked with WS_MARK("values", ...)
    Shape shape = Shape::Octets;
    const FieldSpec* spec = nullptr;
    const FieldSpec* second = nullptr;
    Meaning meaning = nullptr;
};

/// What is known of an option, or null.
const OptionShape* optionShape(std::uint64_t code);

/// The whole value of an option that is split over several (RFC 3396).
struct Joined {
    Bytes bytes;       ///< empty where the option is not split
    bool last = false; ///< the option at hand is the last part
};

/// Describes the value of an option whose shape is Special. False where its lengths do not fit.
bool describeSpecial(const Option& option, Describer& describer, const Joined& joined);

} // namespace wirestage::dhcp
