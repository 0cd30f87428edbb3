// SPDX-License-Identifier: GPL-3.0-or-later
// How a protocol joins the dissection: it declares what it is bound to, and parents find it by number. A
// parent knows no child. Every folder with a file <name>_layer.cpp defines there
//     const WireProtocol <name>Wire{ProtocolId::<name>, {bindings}, listOf(its fields)};
#pragma once

#include "core/protocols/fields.h"

#include <span>
#include <vector>

namespace wirestage {

/// The bytes a layer may read, and how many there were on the wire: less is here where the capture cut them
/// off.
struct Part {
    Bytes bytes;
    std::uint32_t length = 0;

    /// What follows the first `count` captured bytes.
    [[nodiscard]] Part after(std::size_t count) const {
        return {bytes.subspan(count), static_cast<std::uint32_t>(length - count)};
    }
    /// The first `count` bytes of the wire.
    [[nodiscard]] Part upTo(std::uint32_t count) const {
        return count >= length ? *this : Part{bytes.first(std::min<std::size_t>(bytes.size(), count)), count};
    }
};

/// Takes a layer apart and everything in it. Returns how many bytes of the wire it occupies: what is left of
/// `part` is padding of the layer below.
using Decode = std::uint32_t (*)(Dissection& into, const Part& part);

/// What a child says it is found under.
struct Binding {
    enum class Table : std::uint8_t { LinkType, EtherType, IpProtocol, LlcSap };
    Table table;
    std::uint16_t number;
    Decode decode;
};

/// IEEE 802.2 (LLC) as Linux numbers it among the EtherTypes: what stands behind a length field.
inline constexpr std::uint16_t etherTypeOfLlc = 0x0004;

struct WireProtocol {
    ProtocolId id;
    std::vector<Binding> bindings;
    std::vector<FieldSpec> fields;
};

/// All protocols that have a layer.
std::span<const WireProtocol* const> wireProtocols();

/// Hands a part to the child bound to `number`; what has none becomes the payload, carried as `otherwise`.
/// Layers nest to the depth of Dissection::protocols.
std::uint32_t decodeChild(Dissection& into, Binding::Table table, std::uint16_t number, const Part& part,
                          Carried otherwise);

/// The packet that an ICMP error quotes: described as it stands, its addresses and ports kept in the ICMP
/// facts.
void decodeQuoted(Dissection& into, std::uint16_t etherType, const Part& part);

/// Notes that the innermost layer could not be read whole: the capture's fault where it holds less than was
/// sent.
void markTruncated(Dissection& into, const Part& part);
void markNonsense(Dissection& into);

/// Opens a header's node while describing: as many of its `size` bytes as were captured.
void openHeader(Dissection& into, const FieldSpec& node, Bytes bytes, std::size_t size);

/// Describes what nobody takes apart further; nothing where it is empty.
void describeData(Dissection& into, const FieldSpec& spec, Bytes bytes);

/// Says of the checksum described last under `spec` whether it is right, and adds the field that tshark has
/// for it (1 good, 0 bad, 2 not verified). `sum` is the checksum over everything including the field, thus 0
/// when right.
void describeChecksum(Describer& describer, const FieldSpec& spec, const FieldSpec& status, bool verified,
                      std::uint16_t sum);

} // namespace wirestage
