// SPDX-License-Identifier: GPL-3.0-or-later
// Lays fields into rows of 32 bits (the pictures of RFC 791, 793, 768 and all since).
#include "app/inspector/bit_layout.h"

#include <algorithm>

namespace wirestage {
namespace {

struct Piece {
    int field = -1;
    std::uint64_t begin = 0, end = 0; ///< bits from the header's first
    bool compound = false;            ///< an option: a structure of its own
};

constexpr std::uint64_t longestToScale = 128; ///< an IPv6 address still is drawn in four rows

class Layouter {
public:
    Layouter(const Description& all, const HeaderSpan& span) : description(all), header(span) {
        const Field& node = at(span.node);
        base = std::uint64_t{node.offset} * 8;
        limit = std::uint64_t{node.length} * 8;
        children.resize(static_cast<std::size_t>(span.end - span.node));
        for (int i = span.node + 1; i < span.end; ++i)
            if (at(i).parent >= span.node)
                children[static_cast<std::size_t>(at(i).parent - span.node)].push_back(i);
    }

    BitLayout lay() {
        collect(header.node);
        std::stable_sort(pieces.begin(), pieces.end(),
                         [](const Piece& a, const Piece& b) { return a.begin < b.begin; });
        std::uint64_t position = 0;
        for (const Piece& piece : pieces) {
            if (piece.begin < position)
                continue; // stands in bytes that were drawn already
            // The first option ends the part that is drawn to scale: what follows has no alignment.
            const std::uint64_t bits = piece.end - piece.begin;
            const bool aligned = bits <= 32 || bits == 48 || piece.end % 32 == 0;
            if (toScale && aligned && !piece.compound && bits <= longestToScale) {
                if (piece.begin > position)
                    gap(position, piece.begin);
                place(piece);
            } else {
                band(piece);
            }
            position = piece.end;
        }
        result.rows = row + (column > 0 ? 1 : 0);
        return std::move(result);
    }

private:
    [[nodiscard]] const Field& at(int i) const { return description.fields[static_cast<std::size_t>(i)]; }

    [[nodiscard]] Piece pieceOf(int i) const {
        const Field& f = at(i);
        Piece piece;
        piece.field = i;
        piece.begin = std::uint64_t{f.offset} * 8 + f.bitOffset - base;
        piece.end = piece.begin + (f.bitLength ? f.bitLength : std::uint64_t{f.length} * 8);
        return piece;
    }

    [[nodiscard]] bool inHeader(int i) const {
        const Field& f = at(i);
        if (f.generated || f.length == 0 || f.buffer != at(header.node).buffer ||
            std::uint64_t{f.offset} * 8 < base)
            return false;
        return pieceOf(i).end <= limit;
    }

    /// Whether the children of a field are its bits without a hole: then they are drawn instead of it.
    [[nodiscard]] bool tiled(int i) const {
        const Piece whole = pieceOf(i);
        std::uint64_t position = whole.begin;
        for (const int child : childrenOf(i)) {
            if (!inHeader(child))
                continue;
            const Piece piece = pieceOf(child);
            if (piece.begin == position)
                position = piece.end;
            else if (piece.begin > position)
                return false;
        }
        return position == whole.end;
    }

    /// Whether a field is a structure (an option with its type and length) rather than a word with named
    /// bits.
    [[nodiscard]] bool hasByteParts(int i) const {
        return std::any_of(childrenOf(i).begin(), childrenOf(i).end(), [&](int child) {
            return inHeader(child) && at(child).bitLength == 0 && at(child).length < at(i).length;
        });
    }

    /// Whether a field only holds others together that have parts of their own.
    [[nodiscard]] bool isList(int i) const {
        return std::any_of(childrenOf(i).begin(), childrenOf(i).end(),
                           [&](int child) { return inHeader(child) && !childrenOf(child).empty(); });
    }

    [[nodiscard]] const std::vector<int>& childrenOf(int i) const {
        return children[static_cast<std::size_t>(i - header.node)];
    }

    void collect(int node) {
        for (const int i : childrenOf(node)) {
            if (!inHeader(i)) {
                if (!at(i).generated && at(i).length == 0)
                    collect(i); // a heading that spans nothing itself
                continue;
            }
            Piece piece = pieceOf(i);
            const bool bits = piece.end - piece.begin <= 32;
            if (bits && !hasByteParts(i) && !childrenOf(i).empty() && tiled(i)) {
                collect(i);
                continue;
            }
            if (!bits && isList(i)) {
                for (const int entry : childrenOf(i)) // a list of options: each is a band
                    if (inHeader(entry)) {
                        pieces.push_back(pieceOf(entry));
                        pieces.back().compound = true;
                    }
                continue;
            }
            piece.compound = hasByteParts(i) || (!childrenOf(i).empty() && !bits) ||
                             (at(i).spec && at(i).spec->show == Show::Text);
            piece.compound = piece.compound || (at(i).spec && at(i).spec->show == Show::Heading);
            pieces.push_back(piece);
        }
    }

    void gap(std::uint64_t from, std::uint64_t to) {
        if (to - from <= longestToScale)
            place({-1, from, to, false});
        else
            band({-1, from, to, false});
    }

    void place(const Piece& piece) {
        std::uint64_t left = piece.end - piece.begin;
        bool continued = false;
        while (left > 0) {
            const auto room = static_cast<std::uint64_t>(32 - column);
            if (column == 0 && left >= 32) {
                const int rows = static_cast<int>(left / 32);
                result.cells.push_back({piece.field, row, rows, 0, 32, false, continued});
                row += rows;
                left %= 32;
            } else {
                const int bits = static_cast<int>(std::min(left, room));
                result.cells.push_back({piece.field, row, 1, column, bits, false, continued});
                column += bits;
                left -= static_cast<std::uint64_t>(bits);
                if (column == 32) {
                    column = 0;
                    ++row;
                }
            }
            continued = true;
        }
    }

    void band(const Piece& piece) {
        if (column > 0) {
            column = 0;
            ++row;
        }
        result.cells.push_back({piece.field, row++, 1, 0, 32, true, false});
        // What follows is drawn to scale again if it begins at a multiple of 32 bits.
        toScale = piece.end % 32 == 0 && !piece.compound;
    }

    const Description& description;
    HeaderSpan header;
    std::uint64_t base = 0, limit = 0;
    std::vector<std::vector<int>> children;
    std::vector<Piece> pieces;
    BitLayout result;
    int row = 0, column = 0;
    bool toScale = true;
};

} // namespace

BitLayout layoutBits(const Description& description, const HeaderSpan& header) {
    if (header.node < 0 || header.end > static_cast<int>(description.fields.size()) ||
        header.node >= header.end)
        return {};
    return Layouter(description, header).lay();
}

} // namespace wirestage
