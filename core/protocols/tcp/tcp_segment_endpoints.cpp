// SPDX-License-Identifier: GPL-3.0-or-later
// Segments to bytes and back. Options are laid out as most hosts lay them out: numbers on boundaries of four
// bytes, with no-operations in front (RFC 7323, appendix A).
#include "core/protocols/tcp/tcp_segment_endpoints.h"

#include <algorithm>

namespace wirestage::simulation {
namespace {

enum OptionKind : std::uint8_t {
    EndOfList = 0,
    NoOperation = 1,
    MaximumSegmentSize = 2,
    WindowScale = 3,
    SackPermitted = 4,
    Sack = 5,
    Timestamps = 8
};

constexpr std::uint8_t largestShift = 14; // RFC 7323, 2.3

void readOption(TcpOptions& into, std::uint8_t kind, Bytes data) {
    if (kind == MaximumSegmentSize && data.size() == 2)
        into.maximumSegmentSize = static_cast<std::uint16_t>(loadBig<2>(data.data()));
    else if (kind == WindowScale && data.size() == 1)
        into.windowScale = std::min(data[0], largestShift);
    else if (kind == SackPermitted && data.empty())
        into.selectiveAckPermitted = true;
    else if (kind == Timestamps && data.size() == 8)
        into.timestamps = {static_cast<std::uint32_t>(loadBig<4>(data.data())),
                           static_cast<std::uint32_t>(loadBig<4>(data.data() + 4))};
    else if (kind == Sack && data.size() % 8 == 0)
        for (std::size_t at = 0; at < data.size(); at += 8)
            into.selectiveAck.push_back({static_cast<std::uint32_t>(loadBig<4>(data.data() + at)),
                                         static_cast<std::uint32_t>(loadBig<4>(data.data() + at + 4))});
}

} // namespace

std::vector<std::uint8_t> writeTcpOptions(const TcpOptions& options) {
    Writer writer;
    const auto head = [&](unsigned fill, OptionKind kind, std::size_t length) {
        for (; fill > 0; --fill)
            writer.u8(NoOperation);
        writer.u8(kind);
        writer.u8(length);
    };
    if (options.maximumSegmentSize) {
        head(0, MaximumSegmentSize, 4);
        writer.u16(*options.maximumSegmentSize);
    }
    if (options.selectiveAckPermitted)
        head(2, SackPermitted, 2);
    if (options.timestamps) {
        head(2, Timestamps, 10);
        writer.u32(options.timestamps->value);
        writer.u32(options.timestamps->echo);
    }
    if (options.windowScale) {
        head(1, WindowScale, 3);
        writer.u8(*options.windowScale);
    }
    if (!options.selectiveAck.empty()) {
        head(2, Sack, 2 + 8 * options.selectiveAck.size());
        for (const SequenceRange& block : options.selectiveAck) {
            writer.u32(block.first);
            writer.u32(block.end);
        }
    }
    return std::move(writer).take();
}

TcpOptions readTcpOptions(Bytes options) {
    TcpOptions found;
    while (!options.empty() && options[0] != EndOfList) {
        if (options[0] == NoOperation) {
            options = options.subspan(1);
            continue;
        }
        if (options.size() < 2 || options[1] < 2 || options[1] > options.size())
            break;
        readOption(found, options[0], options.subspan(2, options[1] - 2U));
        options = options.subspan(options[1]);
    }
    return found;
}

std::optional<TcpSegment> readTcpSegment(Bytes bytes) {
    Reader reader(bytes);
    TcpSegment segment;
    if (!readHeader(reader, segment.header, nullptr))
        return std::nullopt;
    const std::size_t length = segment.header.length.value_or(0);
    if (length < TcpHeader::size || length > bytes.size())
        return std::nullopt;
    segment.options = readTcpOptions(bytes.subspan(TcpHeader::size, length - TcpHeader::size));
    const Bytes payload = bytes.subspan(length);
    segment.payload.assign(payload.begin(), payload.end());
    return segment;
}

std::vector<std::uint8_t> writeTcpSegment(const TcpSegment& segment, const IpAddress& source,
                                          const IpAddress& destination) {
    Writer writer;
    writeTcp(writer, segment.header, writeTcpOptions(segment.options), source, destination, segment.payload);
    return std::move(writer).take();
}

std::optional<TcpSegment> resetFor(const TcpSegment& segment) {
    if (segment.has(tcp_flag::rst))
        return std::nullopt;
    TcpSegment reset;
    reset.header.sourcePort = segment.header.destinationPort;
    reset.header.destinationPort = segment.header.sourcePort;
    reset.header.flags = tcp_flag::rst;
    if (segment.has(tcp_flag::ack)) {
        reset.header.sequence = segment.header.acknowledgement;
    } else {
        reset.header.acknowledgement = segment.header.sequence + segment.length();
        reset.header.flags |= tcp_flag::ack;
    }
    return reset;
}

} // namespace wirestage::simulation
