// SPDX-License-Identifier: GPL-3.0-or-later
// The blocks that are written: Section Header (4.1), Interface Description (4.2), Enhanced Packet (4.3).
#include "core/capture/pcapng_writer.h"
#include "core/capture/pcapng.h"
#include "core/capture/pcapng_build.h"

#include <algorithm>

namespace wirestage {
namespace {

using pcapng::endOfOptions;
using pcapng::pad;
using pcapng::put;
using pcapng::putOption;

constexpr std::uint16_t commentOption = 1;
constexpr std::uint16_t applicationOption = 4;
constexpr std::uint16_t resolutionOption = 9;

} // namespace

PcapngWriter::PcapngWriter(std::ostream& out, std::string_view application) : out_(out) {
    std::string body;
    put(body, pcapng::byteOrderMagic);
    put(body, std::uint16_t{1});
    put(body, std::uint16_t{0});
    put(body, std::int64_t{-1}); // the section's length is not known beforehand
    putOption(body, applicationOption, application);
    putOption(body, endOfOptions, {});
    writeBlock(static_cast<std::uint32_t>(pcapng::BlockType::SectionHeader), body);
}

void PcapngWriter::writeBlock(std::uint32_t type, std::string_view body) {
    std::string frame;
    put(frame, type);
    put(frame, static_cast<std::uint32_t>(body.size() + 12));
    out_ << frame << body << std::string_view(frame).substr(4);
}

std::uint32_t PcapngWriter::interfaceFor(LinkType link) {
    const auto [known, isNew] = interfaces_.try_emplace(link, static_cast<std::uint32_t>(interfaces_.size()));
    if (isNew) {
        std::string body;
        put(body, static_cast<std::uint16_t>(link));
        put(body, std::uint16_t{0});
        put(body, std::uint32_t{0}); // no snapshot length
        putOption(body, resolutionOption, "\x09");
        putOption(body, endOfOptions, {});
        writeBlock(static_cast<std::uint32_t>(pcapng::BlockType::InterfaceDescription), body);
    }
    return known->second;
}

void PcapngWriter::write(const Frame& frame, std::string_view comment) {
    std::string body;
    put(body, interfaceFor(frame.link));
    const auto ticks = static_cast<std::uint64_t>(std::max<Time>(frame.time, 0));
    put(body, static_cast<std::uint32_t>(ticks >> 32));
    put(body, static_cast<std::uint32_t>(ticks));
    put(body, static_cast<std::uint32_t>(frame.bytes.size()));
    put(body, frame.length);
    body.append(reinterpret_cast<const char*>(frame.bytes.data()), frame.bytes.size());
    pad(body);
    if (!comment.empty()) {
        putOption(body, commentOption, comment);
        putOption(body, endOfOptions, {});
    }
    writeBlock(static_cast<std::uint32_t>(pcapng::BlockType::EnhancedPacket), body);
}

} // namespace wirestage
