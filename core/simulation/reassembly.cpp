// SPDX-License-Identifier: GPL-3.0-or-later
// Blocks of eight bytes, as RFC 791's example procedure counts them.
#include "core/simulation/reassembly.h"

#include <algorithm>

namespace wirestage::simulation {

Reassembly::Key Reassembly::keyOf(const IpHeader& header) {
    return {header.source, header.destination, header.protocol, header.identification};
}

bool Reassembly::isPossible(const IpPacket& fragment) {
    const std::size_t size = fragment.payload.size();
    return size > 0 && fragment.header.fragmentOffset + size <= 65535 - IpHeader::size &&
           (!fragment.header.moreFragments() || size % 8 == 0);
}

std::optional<std::vector<std::uint8_t>> Reassembly::add(const IpPacket& fragment) {
    const IpHeader& header = fragment.header;
    const std::size_t begin = header.fragmentOffset, end = begin + fragment.payload.size();
    if (!isPossible(fragment))
        return std::nullopt;
    Part& part = parts[keyOf(header)];
    if (part.data.size() < end) {
        part.data.resize(end);
        part.blocks.resize((end + 7) / 8);
    }
    std::copy(fragment.payload.begin(), fragment.payload.end(),
              part.data.begin() + static_cast<std::ptrdiff_t>(begin));
    std::fill(part.blocks.begin() + static_cast<std::ptrdiff_t>(begin / 8),
              part.blocks.begin() + static_cast<std::ptrdiff_t>((end + 7) / 8), true);
    if (begin == 0)
        part.first.assign(fragment.whole.begin(), fragment.whole.end());
    if (!header.moreFragments())
        part.length = end;
    if (!part.length || part.data.size() != *part.length ||
        std::find(part.blocks.begin(), part.blocks.end(), false) != part.blocks.end())
        return std::nullopt;
    IpHeader whole = header;
    whole.length.reset();
    whole.totalLength.reset();
    whole.checksum.reset();
    whole.flags &= dontFragmentFlag;
    whole.fragmentOffset = 0;
    Writer writer;
    writeIp(writer, whole, {}, part.data);
    parts.erase(keyOf(header));
    return std::move(writer).take();
}

std::optional<std::vector<std::uint8_t>> Reassembly::giveUp(const Key& key) {
    const auto found = parts.find(key);
    if (found == parts.end())
        return std::nullopt;
    std::vector<std::uint8_t> first = std::move(found->second.first);
    parts.erase(found);
    if (first.empty())
        return std::nullopt;
    return first;
}

} // namespace wirestage::simulation
