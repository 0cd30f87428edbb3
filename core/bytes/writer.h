// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes being put together: the opposite of Reader. Numbers are written most significant byte first unless
// said otherwise; a length or checksum known only later is patched in.
#pragma once

#include "core/bytes/bytes.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace wirestage {

class Writer {
public:
    [[nodiscard]] const std::vector<std::uint8_t>& bytes() const { return buffer; }
    [[nodiscard]] std::vector<std::uint8_t> take() && { return std::move(buffer); }
    [[nodiscard]] std::size_t size() const { return buffer.size(); }
    [[nodiscard]] Bytes from(std::size_t offset) const { return Bytes(buffer).subspan(offset); }

    template <std::size_t Width>
    void big(std::uint64_t number) {
        for (std::size_t i = Width; i-- > 0;)
            buffer.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
    }
    template <std::size_t Width>
    void little(std::uint64_t number) {
        for (std::size_t i = 0; i < Width; ++i)
            buffer.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
    }
    void u8(std::uint64_t number) { big<1>(number); }
    void u16(std::uint64_t number) { big<2>(number); }
    void u32(std::uint64_t number) { big<4>(number); }

    void append(Bytes bytes) { buffer.insert(buffer.end(), bytes.begin(), bytes.end()); }
    void append(std::string_view text) { buffer.insert(buffer.end(), text.begin(), text.end()); }
    void zeros(std::size_t count) { buffer.insert(buffer.end(), count, 0); }

    /// Overwrites two bytes written before.
    void patch16(std::size_t offset, std::uint16_t number) {
        buffer[offset] = static_cast<std::uint8_t>(number >> 8);
        buffer[offset + 1] = static_cast<std::uint8_t>(number);
    }

private:
    std::vector<std::uint8_t> buffer;
};

} // namespace wirestage
