// SPDX-License-Identifier: GPL-3.0-or-later
// A VLAN tag (IEEE 802.1Q, 9.6): priority, drop eligibility, the VLAN's number, and what comes after the tag.
#pragma once

#include "core/protocols/fields.h"
#include "core/protocols/names.h"

namespace wirestage {

struct VlanSpecs {
    FieldSpec node{"vlan", WS_MARK("fields", "VLAN tag"), Show::Heading};
    FieldSpec priority{"vlan.priority", WS_MARK("fields", "Priority")};
    FieldSpec dropEligible{"vlan.dei", WS_MARK("fields", "Drop eligible"), Show::Boolean};
    FieldSpec id{"vlan.id", WS_MARK("fields", "VLAN identifier")};
    FieldSpec type{"vlan.etype", WS_MARK("fields", "EtherType"), Show::Hexadecimal};
    FieldSpec length{"vlan.len", WS_MARK("fields", "Length")};
};
inline constexpr VlanSpecs vlanFields;

struct VlanTag {
    static constexpr std::size_t size = 4;
    std::uint8_t priority = 0;
    bool dropEligible = false;
    std::uint16_t id = 0;
    std::uint16_t type = 0;

    [[nodiscard]] bool typeIsLength() const { return type < 0x600; }
};

Text vlanPriorityName(std::uint64_t priority);

template <class Visitor>
void fields(Visitor& v, VlanTag& h) {
    v.bits16([&](auto& word) {
        word.field(vlanFields.priority, 3, h.priority, vlanPriorityName);
        word.field(vlanFields.dropEligible, 1, h.dropEligible);
        word.field(vlanFields.id, 12, h.id);
    });
    v.u16(vlanFields.type, h.type, etherTypeName);
}

} // namespace wirestage
