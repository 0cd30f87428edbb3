// SPDX-License-Identifier: GPL-3.0-or-later
// Builds capture files byte by byte, from the drafts of pcap and pcapng, in either byte order.
#pragma once

#include "core/capture/capture_file.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace wirestage::test {

class CaptureBytes {
public:
    explicit CaptureBytes(bool bigEndian = false) : bigEndian_(bigEndian) {}

    CaptureBytes& u8(std::uint8_t value) { return number(value, 1); }
    CaptureBytes& u16(std::uint16_t value) { return number(value, 2); }
    CaptureBytes& u32(std::uint32_t value) { return number(value, 4); }
    CaptureBytes& u64(std::uint64_t value) { return number(value, 8); }
    CaptureBytes& text(std::string_view bytes) {
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
        return *this;
    }
    CaptureBytes& zeros(std::size_t count) {
        bytes_.resize(bytes_.size() + count);
        return *this;
    }
    CaptureBytes& padded() { return zeros((4 - bytes_.size() % 4) % 4); }
    CaptureBytes& append(const CaptureBytes& other) {
        bytes_.insert(bytes_.end(), other.bytes_.begin(), other.bytes_.end());
        return *this;
    }

    CaptureBytes& pcapHeader(std::uint32_t magic = 0xa1b2c3d4, std::uint32_t link = 1,
                             std::uint16_t minor = 4) {
        return u32(magic).u16(2).u16(minor).u32(0).u32(0).u32(65535).u32(link);
    }
    CaptureBytes& pcapRecord(std::uint32_t seconds, std::uint32_t fraction, std::string_view bytes,
                             std::uint32_t length = 0) {
        u32(seconds).u32(fraction).u32(static_cast<std::uint32_t>(bytes.size()));
        return u32(length ? length : static_cast<std::uint32_t>(bytes.size())).text(bytes);
    }

    CaptureBytes& option(std::uint16_t code, std::string_view value) {
        return u16(code).u16(static_cast<std::uint16_t>(value.size())).text(value).padded();
    }
    CaptureBytes& block(std::uint32_t type, const CaptureBytes& body) {
        const auto total = static_cast<std::uint32_t>(body.bytes_.size() + 12);
        return u32(type).u32(total).append(body).u32(total);
    }
    CaptureBytes& section(std::string_view comment = {}) {
        CaptureBytes body(bigEndian_);
        body.u32(0x1A2B3C4D).u16(1).u16(0).u64(~0ULL);
        if (!comment.empty())
            body.option(1, comment).option(0, {});
        return block(0x0A0D0D0A, body);
    }
    CaptureBytes& interface(std::uint16_t link, std::uint32_t snapshotLength = 0,
                            const CaptureBytes& options = CaptureBytes()) {
        return block(1, CaptureBytes(bigEndian_).u16(link).u16(0).u32(snapshotLength).append(options));
    }
    CaptureBytes& enhanced(std::uint32_t interface, std::uint64_t ticks, std::string_view bytes,
                           const CaptureBytes& options = CaptureBytes()) {
        CaptureBytes body(bigEndian_);
        body.u32(interface)
            .u32(static_cast<std::uint32_t>(ticks >> 32))
            .u32(static_cast<std::uint32_t>(ticks));
        body.u32(static_cast<std::uint32_t>(bytes.size()))
            .u32(static_cast<std::uint32_t>(bytes.size()))
            .text(bytes);
        return block(6, body.padded().append(options));
    }
    CaptureBytes& simple(std::uint32_t length, std::string_view bytes) {
        return block(3, CaptureBytes(bigEndian_).u32(length).text(bytes).padded());
    }

    CaptureBytes& cutTo(std::size_t size) {
        bytes_.resize(size);
        return *this;
    }
    [[nodiscard]] const std::vector<std::uint8_t>& bytes() const { return bytes_; }
    [[nodiscard]] bool bigEndian() const { return bigEndian_; }

private:
    CaptureBytes& number(std::uint64_t value, int size) {
        for (int i = 0; i < size; ++i)
            bytes_.push_back(static_cast<std::uint8_t>(value >> 8 * (bigEndian_ ? size - 1 - i : i)));
        return *this;
    }

    std::vector<std::uint8_t> bytes_;
    bool bigEndian_;
};

/// What a walk over a capture gave.
struct Walk {
    CaptureFile file; ///< the frames live as long as it
    std::vector<Frame> frames;
    std::string problem; ///< in English
};

inline Walk walk(const CaptureFile& file) {
    Walk walk{file, {}, {}};
    auto cursor = file.cursor();
    for (Frame frame; cursor.next(frame);)
        walk.frames.push_back(frame);
    if (cursor.problem())
        walk.problem = english(*cursor.problem());
    return walk;
}

inline CaptureFile opened(CaptureFile::Opened opened) {
    if (const auto* error = std::get_if<CaptureFile::OpenError>(&opened))
        throw std::runtime_error(english(error->why));
    return std::get<CaptureFile>(std::move(opened));
}

inline CaptureFile opened(const CaptureBytes& bytes) {
    return opened(CaptureFile::fromMemory(bytes.bytes()));
}

inline std::string_view textOf(const Frame& frame) {
    return {reinterpret_cast<const char*>(frame.bytes.data()), frame.bytes.size()};
}

} // namespace wirestage::test
