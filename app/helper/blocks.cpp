// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/blocks.h"

#include "core/capture/pcapng.h"
#include "core/capture/pcapng_build.h"

#include <array>
#include <cstring>

namespace wirestage::helper {
namespace {

using pcapng::BlockType;
using pcapng::endOfOptions;
using pcapng::put;
using pcapng::putOption;

// Codes of options, by the block they belong to.
namespace section {
constexpr std::uint16_t application = 4;
}
namespace description {
constexpr std::uint16_t name = 2;
constexpr std::uint16_t resolution = 9;
constexpr std::uint16_t filter = 11;
} // namespace description
namespace statistics {
constexpr std::uint16_t startTime = 2;
constexpr std::uint16_t endTime = 3;
constexpr std::uint16_t received = 4;
constexpr std::uint16_t dropped = 5;
constexpr std::uint16_t accepted = 6;
constexpr std::uint16_t droppedBySystem = 7;
constexpr std::uint16_t delivered = 8;
} // namespace statistics

std::string block(BlockType type, std::string_view body) {
    std::string made;
    const auto length = static_cast<std::uint32_t>(body.size() + 12);
    put(made, static_cast<std::uint32_t>(type));
    put(made, length);
    made += body;
    put(made, length);
    return made;
}

/// The upper half comes first, in either byte order.
std::string timeInHalves(Time time) {
    std::string halves;
    put(halves, static_cast<std::uint32_t>(static_cast<std::uint64_t>(time) >> 32));
    put(halves, static_cast<std::uint32_t>(time));
    return halves;
}

void putCount(std::string& body, std::uint16_t code, std::uint64_t count) {
    std::string value;
    put(value, count);
    putOption(body, code, value);
}

std::uint32_t wordAt(std::string_view blocks, std::size_t offset) {
    std::uint32_t word = 0;
    std::memcpy(&word, blocks.data() + offset, sizeof word);
    return word;
}

} // namespace

std::string sectionHeader(std::string_view application) {
    std::string body;
    put(body, pcapng::byteOrderMagic);
    put(body, std::uint16_t{1});
    put(body, std::uint16_t{0});
    put(body, std::int64_t{-1}); // how long the section will be, nobody knows
    putOption(body, section::application, application);
    putOption(body, endOfOptions, {});
    return block(BlockType::SectionHeader, body);
}

std::string interfaceDescription(const InterfaceFacts& facts) {
    std::string body;
    put(body, static_cast<std::uint16_t>(facts.link));
    put(body, std::uint16_t{0});
    put(body, facts.snapshotLength);
    putOption(body, description::name, facts.name);
    if (!facts.filter.empty())
        putOption(body, description::filter, std::string(1, '\0') + facts.filter); // 0: words, not BPF code
    putOption(body, description::resolution, "\x09");
    putOption(body, endOfOptions, {});
    return block(BlockType::InterfaceDescription, body);
}

// Readers show isb_ifdrop as what was lost, and dumpcap writes nothing else: so it holds all losses, and
// isb_osdrop the kernel's share of them.
std::string interfaceStatistics(std::uint32_t interface, Time start, Time end, const PacketCounts& counts) {
    std::string body;
    put(body, interface);
    body += timeInHalves(end);
    putOption(body, statistics::startTime, timeInHalves(start));
    putOption(body, statistics::endTime, timeInHalves(end));
    putCount(body, statistics::received, counts.seen);
    putCount(body, statistics::dropped, counts.dropped());
    putCount(body, statistics::accepted, counts.seen);
    putCount(body, statistics::droppedBySystem, counts.droppedByKernel);
    putCount(body, statistics::delivered, counts.written);
    putOption(body, endOfOptions, {});
    return block(BlockType::InterfaceStatistics, body);
}

void appendPacket(std::string& blocks, std::uint32_t interface, Time time, std::uint32_t length,
                  Bytes bytes) {
    const auto captured = static_cast<std::uint32_t>(bytes.size());
    const std::uint32_t padding = (4 - captured % 4) % 4;
    const std::uint32_t total = 32 + captured + padding;
    const std::array<std::uint32_t, 7> head{
        static_cast<std::uint32_t>(BlockType::EnhancedPacket),
        total,
        interface,
        static_cast<std::uint32_t>(static_cast<std::uint64_t>(time) >> 32),
        static_cast<std::uint32_t>(time),
        captured,
        length};
    blocks.append(reinterpret_cast<const char*>(head.data()), sizeof head);
    blocks.append(reinterpret_cast<const char*>(bytes.data()), captured);
    blocks.append(padding, '\0');
    put(blocks, total);
}

std::size_t lengthOfBlock(std::string_view blocks) {
    return wordAt(blocks, 4);
}

std::uint32_t interfaceOfPacket(std::string_view blocks) {
    return wordAt(blocks, 8);
}

Time timeOfPacket(std::string_view blocks) {
    return static_cast<Time>(std::uint64_t{wordAt(blocks, 12)} << 32 | wordAt(blocks, 16));
}

} // namespace wirestage::helper
