// SPDX-License-Identifier: GPL-3.0-or-later
// How a protocol joins the dissection: it declares what it is bound to, and parents find it by number. A
// parent knows no child. Every folder with a file <name>_layer.cpp defines there
//     const WireProtocol <name>Wire{ProtocolId::<name>, bindings, decode, list of its fields};
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

/// What a child says it is found under.
struct Binding {
    enum class Table : std::uint8_t { LinkType, EtherType, IpProtocol, LlcSap };
    Table table;
    std::uint16_t number;
};

using Decode = void (*)(Dissection& into, Part part);

struct WireProtocol {
    ProtocolId id;
    std::span<const Binding> bindings;
    Decode decode; ///< null for protocols that the dissection of a single frame does not reach
    std::vector<FieldSpec> fields;
};

/// The child bound to a number, or null.
Decode decoderOf(Binding::Table table, std::uint16_t number);

/// Hands a part to the child bound to `number`; what has none becomes the payload, carried as `otherwise`.
/// Layers nest to the depth of Dissection::protocols.
void decodeChild(Dissection& into, Binding::Table table, std::uint16_t number, Part part, Carried otherwise);

/// All protocols that have a layer.
std::span<const WireProtocol* const> wireProtocols();

/// Notes that the innermost layer could not be read whole: the capture's fault where it holds less than was
/// sent.
void markTruncated(Dissection& into, const Part& part);
void markNonsense(Dissection& into);

} // namespace wirestage
