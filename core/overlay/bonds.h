// SPDX-License-Identifier: GPL-3.0-or-later
// What a protocol's own answers must have in common with what they answer, whatever the exchange is about: a
// DNS answer bears its question's number, a SYN-ACK acknowledges its SYN. Each protocol states its bonds
// once, in its folder's NAME_bonds.def.
#pragma once

#include "core/lesson/pattern.h"

#include <functional>
#include <span>

namespace wirestage::overlay {

/// Gives the steps of a captured exchange, by their messages, the rules that hold between them. A bond is
/// left out where several messages could be meant, as with two questions before the first answer, and where
/// the exchange itself breaks it.
void addBonds(lesson::Pattern& pattern, std::span<const Message> messages,
              const std::function<Description(const MessageRef&)>& describe);

} // namespace wirestage::overlay
