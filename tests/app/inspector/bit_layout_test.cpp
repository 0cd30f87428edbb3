// SPDX-License-Identifier: GPL-3.0-or-later
// The bit picture against the figures of the RFCs.
#include "app/inspector/bit_layout.h"

#include "tests/app/inspector/made_up_packet.h"

#include <gtest/gtest.h>

namespace wirestage {
namespace {

const BitCell* cellOf(const BitLayout& layout, int field) {
    for (const BitCell& cell : layout.cells)
        if (cell.field == field)
            return &cell;
    return nullptr;
}

void expectAt(const Description& d, const BitLayout& layout, std::string_view name, int row, int bit,
              int bits) {
    const BitCell* cell = cellOf(layout, placeOf(d, name));
    ASSERT_NE(cell, nullptr) << name;
    EXPECT_EQ(cell->row, row) << name;
    EXPECT_EQ(cell->bit, bit) << name;
    EXPECT_EQ(cell->bits, bits) << name;
    EXPECT_FALSE(cell->band) << name;
}

TEST(BitLayout, DrawsTheIpHeaderAsRfc791Does) {
    const Description d = ipAndUdp();
    const BitLayout layout = layoutBits(d, headersOf(d).at(0));
    EXPECT_EQ(layout.rows, 5);
    expectAt(d, layout, "ip.version", 0, 0, 4);
    expectAt(d, layout, "ip.hdr_len", 0, 4, 4);
    expectAt(d, layout, "ip.dsfield.dscp", 0, 8, 6);
    expectAt(d, layout, "ip.len", 0, 16, 16);
    expectAt(d, layout, "ip.flags.df", 1, 17, 1);
    expectAt(d, layout, "ip.frag_offset", 1, 19, 13);
    expectAt(d, layout, "ip.ttl", 2, 0, 8);
    expectAt(d, layout, "ip.checksum", 2, 16, 16);
    expectAt(d, layout, "ip.src", 3, 0, 32);
    expectAt(d, layout, "ip.dst", 4, 0, 32);
}

TEST(BitLayout, DrawsNamedBitsInsteadOfTheWordTheyMakeUp) {
    const Description d = ipAndUdp();
    const BitLayout layout = layoutBits(d, headersOf(d).at(0));
    EXPECT_EQ(cellOf(layout, placeOf(d, "ip.flags")), nullptr);
    EXPECT_EQ(cellOf(layout, placeOf(d, "ip.dsfield")), nullptr);
}

TEST(BitLayout, LetsAHardwareAddressGoOnInTheNextRow) {
    static constexpr FieldSpec eth{"eth", "Ethernet", Show::Heading}, dst{"eth.dst", "Destination"},
        src{"eth.src", "Source"}, type{"eth.type", "Type"};
    Description d;
    addField(d, eth, -1, 0, 14, "");
    addField(d, dst, 0, 0, 6, "");
    addField(d, src, 0, 6, 6, "");
    addField(d, type, 0, 12, 2, "");
    const BitLayout layout = layoutBits(d, headersOf(d).at(0));
    EXPECT_EQ(layout.rows, 4);
    expectAt(d, layout, "eth.dst", 0, 0, 32);
    expectAt(d, layout, "eth.src", 1, 16, 16);
    expectAt(d, layout, "eth.type", 3, 0, 16);
}

TEST(BitLayout, FillsTheRowBehindAHardwareAddress) {
    // RFC 2131, figure 1: chaddr has 16 bytes, of which Ethernet uses six.
    static constexpr FieldSpec dhcp{"dhcp", "DHCP", Show::Heading}, mac{"dhcp.hw.mac_addr", "Client"},
        rest{"dhcp.hw.addr_padding", "Rest"}, name{"dhcp.server", "Server host name"};
    Description d;
    addField(d, dhcp, -1, 0, 80, "");
    addField(d, mac, 0, 0, 6, "");
    addField(d, rest, 0, 6, 10, "");
    addField(d, name, 0, 16, 64, "");
    const BitLayout layout = layoutBits(d, headersOf(d).at(0));
    EXPECT_EQ(layout.rows, 5);
    expectAt(d, layout, "dhcp.hw.addr_padding", 1, 16, 16);
    const BitCell* band = cellOf(layout, placeOf(d, "dhcp.server"));
    ASSERT_NE(band, nullptr);
    EXPECT_TRUE(band->band);
    EXPECT_EQ(band->row, 4);
}

TEST(BitLayout, MakesABandOfEachOption) {
    static constexpr FieldSpec tcp{"tcp", "TCP", Show::Heading}, seq{"tcp.seq", "Sequence number"},
        options{"tcp.options", "Options"}, mss{"tcp.options.mss", "Maximum segment size"},
        kind{"tcp.option_kind", "Kind"}, sack{"tcp.options.sack_perm", "SACK permitted"};
    Description d;
    addField(d, tcp, -1, 0, 12, "");
    addField(d, seq, 0, 0, 4, "0");
    addField(d, options, 0, 4, 8, "");
    addField(d, mss, 2, 4, 4, "1460");
    addField(d, kind, 3, 4, 1, "2");
    addField(d, sack, 2, 8, 2, "");
    addField(d, kind, 5, 8, 1, "4");
    const BitLayout layout = layoutBits(d, headersOf(d).at(0));
    ASSERT_NE(cellOf(layout, 3), nullptr);
    EXPECT_TRUE(cellOf(layout, 3)->band);
    ASSERT_NE(cellOf(layout, 5), nullptr);
    EXPECT_EQ(cellOf(layout, 5)->row, 2);
    EXPECT_EQ(layout.rows, 3);
}

TEST(BitLayout, NeverOverlapsWhateverAFieldClaims) {
    // Lengths as a hostile file may claim them: past the header, over each other, without end.
    static constexpr FieldSpec top{"x", "X", Show::Heading}, one{"x.one", "One"};
    Description d;
    addField(d, top, -1, 0, 12, "");
    addField(d, one, 0, 0, 8, "");
    addField(d, one, 0, 4, 4, "");
    addField(d, one, 0, 8, 0xffffffff, "");
    addField(d, one, 0, 0xfffffff0, 4, "");
    const BitLayout layout = layoutBits(d, headersOf(d).at(0));
    for (std::size_t i = 0; i < layout.cells.size(); ++i)
        for (std::size_t j = i + 1; j < layout.cells.size(); ++j) {
            const BitCell &a = layout.cells[i], &b = layout.cells[j];
            const bool rows = a.row < b.row + b.rows && b.row < a.row + a.rows;
            const bool bits = a.bit < b.bit + b.bits && b.bit < a.bit + a.bits;
            EXPECT_FALSE(rows && bits) << i << " and " << j;
        }
}

} // namespace
} // namespace wirestage
