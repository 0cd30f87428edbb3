// SPDX-License-Identifier: GPL-3.0-or-later
// One field list reads, writes and describes: shown on a header made up for the purpose.
#include "core/protocols/fields.h"

#include <gtest/gtest.h>

using namespace wirestage;

namespace {

struct Specs {
    FieldSpec number{"test.number", "Number"};
    FieldSpec kind{"test.kind", "Kind"};
    FieldSpec length{"test.length", "Length"};
    FieldSpec flags{"test.flags", "Flags", Show::Hexadecimal};
    FieldSpec high{"test.flags.high", "High", Show::Boolean};
    FieldSpec low{"test.flags.low", "Low"};
    FieldSpec little{"test.little", "Little"};
    FieldSpec name{"test.name", "Name", Show::Text};
    FieldSpec rest{"test.rest", "Rest", Show::Octets};
};
constexpr Specs specs;

enum class Kind : std::uint8_t { One = 1 };

struct Header {
    static constexpr std::size_t size = 14;
    std::uint16_t number = 0;
    Kind kind = Kind::One;
    std::optional<std::uint8_t> length; ///< bytes
    std::uint8_t flags = 0;
    std::uint32_t little = 0;
    std::string_view name;
    Bytes rest;
};

template <class Visitor>
void fields(Visitor& v, Header& h) {
    v.u16(specs.number, h.number);
    v.u8(specs.kind, h.kind, [](std::uint64_t kind) { return Text::verbatim(kind == 1 ? "one" : "other"); });
    v.bits16([&](auto& word) {
        word.scaled(specs.length, 4, h.length, 4);
        word.nested(specs.flags, 12, h.flags, [](auto& parts) {
            parts.skip(4);
            parts.part(specs.high, 1);
            parts.part(specs.low, 7);
        });
    });
    v.little32(specs.little, h.little);
    v.text(specs.name, h.name, 3);
    v.bytes(specs.rest, h.rest, 2);
}

constexpr std::uint8_t sample[] = {0x12, 0x34, 0x07, 0x50, 0x85, 0x04, 0x03,
                                   0x02, 0x01, 'a',  'b',  0,    0xca, 0xfe};

} // namespace

TEST(FieldList, Reads) {
    Reader reader(sample);
    Header header;
    ASSERT_TRUE(readHeader(reader, header));
    EXPECT_EQ(header.number, 0x1234);
    EXPECT_EQ(static_cast<int>(header.kind), 7) << "a value that has no name is kept";
    EXPECT_EQ(header.length, 20);
    EXPECT_EQ(header.flags, 0x85);
    EXPECT_EQ(header.little, 0x01020304U);
    EXPECT_EQ(header.name, std::string_view("ab\0", 3));
    EXPECT_EQ(header.rest[1], 0xfe);
    EXPECT_TRUE(reader.empty());
}

TEST(FieldList, WritesWhatItRead) {
    Reader reader(sample);
    Header header;
    readHeader(reader, header);
    Writer writer;
    writeHeader(writer, header);
    EXPECT_EQ(writer.bytes(), std::vector<std::uint8_t>(std::begin(sample), std::end(sample)));
}

TEST(FieldList, DescribesWithPlacesAndBits) {
    Reader reader(sample);
    Header header;
    Description description;
    Describer describer(description);
    describer.useBuffer(0, sample);
    ASSERT_TRUE(readHeader(reader, header, &describer));
    EXPECT_EQ(header.flags, 0x85) << "describing reads as well";
    EXPECT_EQ(description.value("test.number"), "4660");
    EXPECT_EQ(english(description.find("test.kind")->meaning), "other");
    EXPECT_EQ(description.value("test.length"), "20");
    EXPECT_EQ(description.value("test.flags"), "0x0085") << "twelve bits have four digits, as in tshark";
    EXPECT_EQ(description.value("test.flags.high"), "1");
    EXPECT_EQ(description.value("test.flags.low"), "5");
    EXPECT_EQ(description.value("test.little"), "16909060");
    EXPECT_EQ(description.value("test.name"), "ab");
    EXPECT_EQ(description.value("test.rest"), "cafe");
    const Field& flags = *description.find("test.flags");
    EXPECT_EQ(flags.offset, 3U);
    EXPECT_EQ(flags.length, 2U);
    EXPECT_EQ(flags.bitOffset, 4);
    EXPECT_EQ(flags.bitLength, 12);
    const Field& low = *description.find("test.flags.low");
    EXPECT_EQ(low.bitOffset, 9);
    EXPECT_EQ(low.bitLength, 7);
    EXPECT_EQ(&description.fields[static_cast<std::size_t>(low.parent)], &flags);
}

TEST(FieldList, StopsWhereTheBytesEnd) {
    for (std::size_t length = 0; length < std::size(sample); ++length) {
        Reader plain(Bytes(sample, length)), described(Bytes(sample, length));
        Header one, two;
        Description description;
        Describer describer(description);
        describer.useBuffer(0, sample);
        EXPECT_FALSE(readHeader(plain, one));
        EXPECT_FALSE(readHeader(described, two, &describer));
        EXPECT_EQ(one.number, length >= 2 ? 0x1234 : 0);
        EXPECT_EQ(one.number, two.number);
        EXPECT_EQ(one.flags, two.flags);
        for (const Field& field : description.fields)
            EXPECT_LE(field.offset + field.length, length);
    }
}

TEST(FieldList, WritesAnUnsetMemberAsZero) {
    Writer writer;
    writeHeader(writer, Header{});
    EXPECT_EQ(writer.size(), Header::size);
    EXPECT_EQ(writer.bytes()[3], 0);
}
