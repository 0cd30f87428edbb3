// SPDX-License-Identifier: GPL-3.0-or-later
// The messages to show, in order, without holding one of them: a row number becomes a MessageRef by a look
// into block sums over the index's columns, so that the ten-millionth row costs what the first one does.
#pragma once

#include "core/exchange/model.h"

#include <memory>

namespace wirestage {

class MessageList {
public:
    MessageList();
    [[nodiscard]] std::uint64_t size() const;
    [[nodiscard]] MessageRef at(std::uint64_t row) const;
    /// The first row that belongs to this packet or a later one.
    [[nodiscard]] std::uint64_t rowAtOrAfter(PacketIndex packet) const;

    struct Body;
    explicit MessageList(std::shared_ptr<const Body> from);

private:
    std::shared_ptr<const Body> body;
};

} // namespace wirestage
