// SPDX-License-Identifier: GPL-3.0-or-later
// The dissection of one frame: tables from the protocols' own bindings, built once, and the steps between
// layers.
#include "core/bytes/checksum.h"
#include "core/protocols/frame/frame_wire.h"
#include "core/protocols/wire.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace wirestage {

#define WIRE(name) extern const WireProtocol name##Wire;
#include "layers_of_all_protocols.def"
#undef WIRE

namespace {

constexpr std::array allLayers{
#define WIRE(name) &name##Wire,
#include "layers_of_all_protocols.def"
#undef WIRE
};

constexpr std::size_t tableCount = 4;
constexpr std::array<std::size_t, tableCount> tableSizes{512, 65536, 256, 256};

/// A table holds a byte a number: the place of the decoder, 0 for none.
struct Tables {
    std::array<std::vector<std::uint8_t>, tableCount> places;
    std::vector<Decode> decoders{nullptr};

    Tables() {
        for (std::size_t i = 0; i < tableCount; ++i)
            places[i].resize(tableSizes[i]);
        for (const WireProtocol* protocol : allLayers)
            for (const Binding& binding : protocol->bindings) {
                places[static_cast<std::size_t>(binding.table)][binding.number] =
                    static_cast<std::uint8_t>(decoders.size());
                decoders.push_back(binding.decode);
            }
    }

    [[nodiscard]] Decode find(Binding::Table table, std::uint16_t number) const {
        const auto& row = places[static_cast<std::size_t>(table)];
        return number < row.size() ? decoders[row[number]] : nullptr;
    }
};

const Tables& tables() {
    static const Tables built;
    return built;
}

} // namespace

std::span<const WireProtocol* const> wireProtocols() {
    return allLayers;
}

std::uint32_t decodeChild(Dissection& into, Binding::Table table, std::uint16_t number, const Part& part,
                          Carried otherwise) {
    const Decode decode = tables().find(table, number);
    if (decode && into.protocolCount < into.protocols.size()) [[likely]]
        return decode(into, part);
    into.carried = otherwise;
    into.payload = part.bytes;
    describeData(into, frameFields.data, part.bytes);
    return part.length;
}

void decodeQuoted(Dissection& into, std::uint16_t etherType, const Part& part) {
    if (into.quoted || part.bytes.empty()) {
        describeData(into, frameFields.data,
                     part.bytes); // an error about an error: RFC 1122, 3.2.2 forbids it
        return;
    }
    Dissection inner;
    inner.frame = into.frame;
    inner.describer = into.describer;
    inner.quoted = true;
    decodeChild(inner, Binding::Table::EtherType, etherType, part, Carried::OtherIp);
    if (inner.network.source.version == 0)
        return;
    IcmpFacts& facts = into.icmp;
    facts.hasQuoted = true;
    facts.quotedSource = inner.network.source;
    facts.quotedDestination = inner.network.destination;
    facts.quotedProtocol = inner.network.protocol;
    const bool isIcmp = inner.carried == Carried::Icmp || inner.carried == Carried::Icmpv6;
    facts.quotedSourcePort = isIcmp ? inner.icmp.identifier : inner.sourcePort;
    facts.quotedDestinationPort = isIcmp ? inner.icmp.identifier : inner.destinationPort;
    facts.quotedIdentification = inner.network.identification;
    facts.quotedSequence = isIcmp ? inner.icmp.sequence : inner.tcp.sequence;
}

void markTruncated(Dissection& into, const Part& part) {
    if (into.malformed != Malformed::No || into.quoted)
        return;
    into.malformed = part.bytes.size() < part.length ? Malformed::CutByCapture : Malformed::Truncated;
    into.malformedProtocol = static_cast<std::uint8_t>(std::max(1, int{into.protocolCount}) - 1);
}

void markNonsense(Dissection& into) {
    if (into.malformed != Malformed::No)
        return;
    into.malformed = Malformed::Nonsense;
    into.malformedProtocol = static_cast<std::uint8_t>(std::max(1, int{into.protocolCount}) - 1);
}

void openHeader(Dissection& into, const FieldSpec& node, Bytes bytes, std::size_t size) {
    if (into.describer)
        into.describer->open(node, into.describer->offsetOf(bytes.data()),
                             static_cast<std::uint32_t>(std::min(size, bytes.size())));
}

void describeData(Dissection& into, const FieldSpec& spec, Bytes bytes) {
    if (!into.describer || bytes.empty())
        return;
    into.describer->add(spec, bytes.size(), bytesAsText(bytes), into.describer->offsetOf(bytes.data()),
                        static_cast<std::uint32_t>(bytes.size()));
}

void describeChecksum(Describer& describer, const FieldSpec& spec, const FieldSpec& status, bool verified,
                      std::uint16_t sum) {
    auto& fields = describer.description.fields;
    const auto found =
        std::find_if(fields.rbegin(), fields.rend(), [&](const Field& f) { return f.spec == &spec; });
    if (found == fields.rend())
        return;
    if (!verified) {
        describer.addGenerated(status, 2, "2").meaning = WS_TR("values", "not verified");
        return;
    }
    // RFC 1624: the right value is the old one with the remainder taken out, in ones' complement.
    const std::uint32_t right = static_cast<std::uint32_t>(found->number) + sum;
    found->meaning =
        sum == 0
            ? WS_TR("values", "correct")
            : WS_TR("values", "should be %1").with(fmt::format("0x{:04x}", (right & 0xffff) + (right >> 16)));
    describer.addGenerated(status, sum == 0, sum == 0 ? "1" : "0").meaning =
        sum == 0 ? WS_TR("values", "good") : WS_TR("values", "bad");
}

/// Part by part: compilers clear a few small structures faster than one large one.
static void reset(Dissection& into, const Frame& frame) {
    into.frame = &frame;
    into.link = {};
    into.network = {};
    into.carried = Carried::Nothing;
    into.sourcePort = into.destinationPort = 0;
    into.tcp = {};
    into.icmp = {};
    into.arp = {};
    into.payload = {};
    into.protocolCount = 0;
    into.quoted = false;
    into.malformed = Malformed::No;
    into.malformedProtocol = 0;
}

void dissectFrame(Dissection& into, const Frame& frame) {
    Describer* describer = into.describer;
    reset(into, frame);
    into.push(ProtocolId::frame);
    if (describer) {
        describer->useBuffer(0, frame.bytes.data());
        describeFrame(*describer, frame);
    }
    const auto captured = static_cast<std::uint32_t>(frame.bytes.size());
    decodeChild(into, Binding::Table::LinkType, static_cast<std::uint16_t>(frame.link),
                {frame.bytes, std::max(frame.length, captured)}, Carried::Undecoded);
}

void dissectTransport(Dissection& into, Bytes payload, std::uint8_t buffer) {
    if (into.describer)
        into.describer->useBuffer(buffer, payload.data());
    const auto length = static_cast<std::uint32_t>(payload.size());
    into.network.fragment = false;
    into.network.payload = payload;
    into.network.payloadLength = length;
    decodeChild(into, Binding::Table::IpProtocol, into.network.protocol, {payload, length}, Carried::OtherIp);
}

} // namespace wirestage
