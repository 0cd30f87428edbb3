// SPDX-License-Identifier: GPL-3.0-or-later
// The Internet checksum (RFC 1071): the ones' complement of the ones' complement sum of 16-bit words, and the
// pseudo-headers that UDP and TCP (RFC 768, RFC 9293) and everything above IPv6 (RFC 8200, 8.1) add to it.
#pragma once

#include "core/bytes/address.h"
#include "core/bytes/bytes.h"

#include <cstdint>

namespace wirestage {

/// A running sum. Every part but the last must have an even number of bytes.
class InternetChecksum {
public:
    void add(Bytes bytes) {
        std::size_t i = 0;
        for (; i + 1 < bytes.size(); i += 2)
            sum += static_cast<std::uint64_t>(bytes[i] << 8 | bytes[i + 1]);
        if (i < bytes.size())
            sum += static_cast<std::uint64_t>(bytes[i]) << 8;
    }
    void addWord(std::uint32_t number) { sum += (number >> 16) + (number & 0xffff); }

    /// The pseudo-header. Addresses of both versions count all their 16 bytes: those of IPv4 are zero in
    /// front.
    void addPseudoHeader(const IpAddress& source, const IpAddress& destination, std::uint8_t protocol,
                         std::uint32_t length) {
        add(source.bytes);
        add(destination.bytes);
        addWord(protocol);
        addWord(length);
    }

    /// What stands in the header's field; 0 over bytes that contain their right checksum.
    [[nodiscard]] std::uint16_t value() const {
        std::uint64_t folded = sum;
        while (folded >> 16)
            folded = (folded & 0xffff) + (folded >> 16);
        return static_cast<std::uint16_t>(~folded);
    }

private:
    std::uint64_t sum = 0;
};

} // namespace wirestage
