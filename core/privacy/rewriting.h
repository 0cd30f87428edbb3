// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes rewritten without names, as long as before, so that lengths, offsets and sequence numbers stay true.
// What their description says is an address, a name or a text becomes its stand-in, numbers stay, and what
// nobody can read is filled. Checksums are mended by as much as the bytes changed (RFC 1624): right ones stay
// right, wrong ones wrong, and it needs no bytes that the capture cut off.
#pragma once

#include "core/privacy/stand_ins.h"
#include "core/protocols/description.h"

#include <vector>

namespace wirestage {

class Rewriting {
public:
    /// Rewrites the bytes of one buffer of a description (0: the frame).
    Rewriting(Bytes original, const Description& description, std::uint8_t buffer, StandIns& standIns);

    /// Bytes that somebody else has rewritten already.
    void put(std::size_t offset, Bytes bytes);
    /// Mends the checksums; once, last.
    [[nodiscard]] std::vector<std::uint8_t> take();

private:
    enum class State : std::uint8_t { Unknown, Stays, Done };
    void keepHarmless();
    void replaceTelling();
    void keepNumbers();
    void fillRest();
    void replace(const Field& field);
    void replaceText(std::size_t offset, std::size_t length);
    bool replaceName(const Field& field);
    [[nodiscard]] bool isNode(std::size_t place) const { return place < nodes.size() && nodes[place]; }
    [[nodiscard]] bool any(std::size_t offset, std::size_t length, State state) const;
    void mark(std::size_t offset, std::size_t length, State state);
    void set(std::size_t offset, Bytes bytes);
    void fill(std::size_t offset, std::size_t length);
    void mend(const Covered& covered);

    Bytes before;
    const Description& description;
    std::uint8_t buffer;
    StandIns& standIns;
    std::vector<std::uint8_t> after;
    std::vector<State> states;
    std::vector<bool> nodes;         ///< fields that have others in them
    std::vector<std::uint32_t> ends; ///< of such a node's own number: where its first part begins
};

} // namespace wirestage
