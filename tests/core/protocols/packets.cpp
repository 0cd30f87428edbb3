// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/protocols/packets.h"

#include "core/protocols/protocol_names.h"

#include <gtest/gtest.h>
#include <memory>

namespace wirestage::test {
namespace {

void fillAddresses(IpHeader& header) {
    if (header.source.version == 0)
        header.source = ip("192.0.2.1");
    if (header.destination.version == 0)
        header.destination = ip("198.51.100.2");
}

void expectSound(const Frame& frame) {
    Description description;
    Describer describer(description);
    Dissection described, plain;
    described.describer = &describer;
    dissectFrame(described, frame);
    dissectFrame(plain, frame);
    EXPECT_EQ(described.protocolCount, plain.protocolCount);
    EXPECT_EQ(described.carried, plain.carried);
    EXPECT_EQ(described.sourcePort, plain.sourcePort);
    EXPECT_EQ(described.payload.data(), plain.payload.data());
    EXPECT_EQ(described.payload.size(), plain.payload.size());
    for (const Field& field : description.fields)
        if (!field.generated) {
            EXPECT_LE(std::uint64_t{field.offset} + field.length, frame.bytes.size()) << field.spec->name;
        }
}

} // namespace

ByteVector fromHex(std::string_view text) {
    ByteVector bytes;
    int digits = 0;
    for (const char c : text) {
        if (c == ' ' || c == '\n')
            continue;
        const int nibble = c <= '9' ? c - '0' : c - 'a' + 10;
        if (digits++ % 2 == 0)
            bytes.push_back(static_cast<std::uint8_t>(nibble << 4));
        else
            bytes.back() = static_cast<std::uint8_t>(bytes.back() | nibble);
    }
    return bytes;
}

Decoded::Decoded(ByteVector frameBytes, LinkType link, std::uint32_t lengthOnTheWire)
    : bytes(std::move(frameBytes)) {
    frame.number = 1;
    frame.link = link;
    frame.bytes = bytes;
    frame.length = lengthOnTheWire ? lengthOnTheWire : static_cast<std::uint32_t>(bytes.size());
    Describer describer(description);
    facts.describer = &describer;
    dissectFrame(facts, frame);
    facts.describer = nullptr;
}

std::vector<std::string> Decoded::values(std::string_view name) const {
    std::vector<std::string> all;
    for (const Field& field : description.fields)
        if (field.spec->name == name)
            all.push_back(field.value);
    return all;
}

std::string Decoded::meaning(std::string_view name) const {
    const Field* field = description.find(name);
    return field ? english(field->meaning) : "no such field";
}

std::string Decoded::protocols() const {
    std::string names;
    for (std::size_t i = 0; i < facts.protocolCount; ++i)
        names += (i ? " " : "") + std::string(name(facts.protocols[i]));
    return names;
}

std::string Decoded::malformedProtocol() const {
    return facts.malformed == Malformed::No ? ""
                                            : std::string(name(facts.protocols[facts.malformedProtocol]));
}

ByteVector ipv4Packet(std::uint8_t protocol, Bytes payload, IpHeader header, Bytes options) {
    fillAddresses(header);
    header.protocol = protocol;
    Writer writer;
    writeIp(writer, header, options, payload);
    return std::move(writer).take();
}

ByteVector ipv6Packet(std::uint8_t next, Bytes payload, Ipv6Header header) {
    header.source = ip("2001:db8::1");
    header.destination = ip("2001:db8::2");
    header.next = next;
    Writer writer;
    writeIpv6(writer, header, payload);
    return std::move(writer).take();
}

void expectEveryPrefixIsSafe(const ByteVector& bytes, LinkType link) {
    for (std::size_t length = 0; length <= bytes.size(); ++length) {
        const auto exact = std::make_unique<std::uint8_t[]>(length);
        std::copy_n(bytes.begin(), length, exact.get());
        Frame frame;
        frame.link = link;
        frame.bytes = Bytes(exact.get(), length);
        SCOPED_TRACE("the first " + std::to_string(length) + " bytes");
        frame.length = static_cast<std::uint32_t>(length);
        expectSound(frame);
        frame.length = static_cast<std::uint32_t>(bytes.size());
        expectSound(frame);
    }
}

} // namespace wirestage::test
