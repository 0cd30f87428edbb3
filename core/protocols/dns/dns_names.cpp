// SPDX-License-Identifier: GPL-3.0-or-later
// Walks the labels of a domain name (RFC 1035, 3.1), following compression pointers (4.1.4) backwards only.
#include "core/protocols/dns/dns_names.h"

#include "core/text/text.h"

namespace wirestage::dns {
namespace {

constexpr std::size_t longestName = 255;

struct Walk {
    std::uint32_t wireLength = 0; ///< 0: cut off
    bool bad = false;
    bool compressed = false;
};

/// Calls `label` with the bytes of each label. Ends for certain: every pointer leads further back than the
/// one before, and the labels between two of them have at most 255 bytes together.
template <class OnLabel>
Walk walkName(Bytes message, std::size_t offset, OnLabel&& label) {
    Walk walk;
    std::size_t at = offset, lowest = offset, total = 0;
    const auto endHere = [&](std::size_t end) {
        if (!walk.compressed)
            walk.wireLength = static_cast<std::uint32_t>(end - offset);
    };
    while (at < message.size()) {
        const std::uint8_t length = message[at];
        if (length == 0) {
            endHere(at + 1);
            return walk;
        }
        if (length >= 0xc0) {
            if (at + 2 > message.size())
                break;
            const std::size_t target = std::size_t{length & 0x3fU} << 8 | message[at + 1];
            endHere(at + 2);
            walk.compressed = true;
            if (target >= lowest) {
                walk.bad = true;
                return walk;
            }
            at = lowest = target;
            continue;
        }
        if (length >= 0x40 || total + length + 1 > longestName) {
            walk.bad = true;
            endHere(at + 1);
            return walk;
        }
        if (at + 1 + length > message.size())
            break;
        total += length + 1U;
        label(message.subspan(at + 1, length));
        at += 1U + length;
    }
    // The end of the message inside the name; behind a pointer the name's own place is known all the same.
    walk.bad = walk.compressed;
    return walk;
}

bool isHostByte(std::uint8_t byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '-' || byte == '_';
}

constexpr std::uint32_t mix(std::uint32_t hash, std::uint8_t byte) {
    return (hash ^ byte) * 16777619U; // FNV-1a
}

} // namespace

void appendShown(std::string& text, Bytes bytes) {
    bool plain = true;
    for (const std::uint8_t byte : bytes)
        plain = plain && byte >= 0x20 && byte < 0x7f;
    const std::string_view view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (plain)
        text += view;
    else
        text += printable(view, view.size());
}

std::optional<Name> readName(Bytes message, std::size_t offset) {
    Name name;
    const Walk walk = walkName(message, offset, [&](Bytes label) {
        if (name.labels++ > 0)
            name.text += '.';
        appendShown(name.text, label);
    });
    if (walk.wireLength == 0)
        return std::nullopt;
    name.wireLength = walk.wireLength;
    name.bad = walk.bad;
    if (name.bad)
        name.text += "<bad name>";
    else if (name.labels == 0)
        name.text = "<Root>";
    return name;
}

NameOutline outlineOfName(Bytes message, std::size_t offset) {
    NameOutline outline;
    outline.hash = 2166136261U;
    const Walk walk = walkName(message, offset, [&](Bytes label) {
        outline.length = static_cast<std::uint16_t>(outline.length + label.size() + (outline.labels ? 1 : 0));
        ++outline.labels;
        outline.hash = mix(outline.hash, static_cast<std::uint8_t>(label.size()));
        for (const std::uint8_t byte : label) {
            outline.hostLike = outline.hostLike && isHostByte(byte);
            outline.hash = mix(outline.hash, byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte);
        }
    });
    outline.wireLength = walk.wireLength;
    outline.bad = walk.bad;
    outline.compressed = walk.compressed;
    return outline;
}

} // namespace wirestage::dns
