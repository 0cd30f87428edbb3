// SPDX-License-Identifier: GPL-3.0-or-later
// The blocks of a pcapng file (draft-ietf-opsawg-pcapng): sections, interfaces, packets, comments, secrets.
// A Walker goes through them in order; what random access needs later stays in the Directory.
#pragma once

#include "core/capture/frame.h"
#include "core/text/text.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <shared_mutex>
#include <string>
#include <utility>
#include <vector>

namespace wirestage::pcapng {

enum class BlockType : std::uint32_t {
    InterfaceDescription = 1,
    ObsoletePacket = 2,
    SimplePacket = 3,
    NameResolution = 4,
    InterfaceStatistics = 5,
    EnhancedPacket = 6,
    JournalEntry = 9,
    DecryptionSecrets = 10,
    SystemEvent = 0x204,
    SystemEvent2 = 0x216,
    SystemEvent2Large = 0x221,
    Custom = 0xBAD,
    CustomNotCopied = 0x40000BAD,
    SectionHeader = 0x0A0D0D0A,
    Hole = 0x80005753, ///< see Ring; others may use the same number
};

struct Interface {
    std::uint64_t offset = 0; ///< of its description block
    std::uint64_t ticksPerSecond = 1'000'000;
    std::uint64_t nanosecondsPerTick =
        1'000; ///< 0: not a whole number, or times are shifted by offsetSeconds
    std::int64_t offsetSeconds = 0;
    std::uint32_t snapshotLength = 0; ///< 0: no limit
    LinkType link = LinkType::Ethernet;
};

struct Section {
    std::uint64_t offset = 0;
    std::uint32_t firstInterface = 0; ///< in the Directory's list; those of the section follow each other
    bool swap = false;
};

struct Block {
    std::uint64_t offset = 0;
    BlockType type{};
    Bytes body; ///< between the two lengths
};

/// What a live capture leaves in the place of packets that gave way: how many there were. Type, length, the
/// magic, the packets (64 bits), and up to the length at its end nothing that anybody needs.
struct Hole {
    static constexpr std::array<std::uint8_t, 8> magic{'g', 'a', 'v', 'e', ' ', 'w', 'a', 'y'};
    static constexpr std::uint64_t headerLength = 24, leastLength = headerLength + 4;
};
/// The packets that gave way in this block; nothing where it is none of ours.
std::optional<std::uint64_t> gaveWayIn(const Block& block, bool swap);

/// One option of a block: code, and value without padding.
struct Option {
    std::uint16_t code = 0;
    Bytes value;
};

/// Goes through an option list; ends at opt_endofopt, at the end, or at the first option that does not fit.
class OptionReader {
public:
    OptionReader(Bytes options, bool swap) : rest_(options), swap_(swap) {}
    bool next(Option& option);

private:
    Bytes rest_;
    bool swap_;
};

/// What a file's blocks have told so far. Filled by walkers, in file order; safe for concurrent use.
class Directory {
public:
    /// Each returns false where the file describes more of these than any honest file does.
    bool addSection(Section section);
    bool addInterface(const Interface& interface);
    bool addSecrets(std::uint64_t offset);
    void addRunning(Time from, Time to);
    /// What an interface (by its place among all) lost so far: a later block says no less.
    void addLoss(std::uint32_t interface, std::uint64_t packets);
    void addHole(std::uint64_t offset, std::uint64_t packets);

    [[nodiscard]] std::optional<Section> sectionAt(std::uint64_t offset) const;
    [[nodiscard]] std::optional<Interface> interfaceAt(const Section& section, std::uint64_t offset,
                                                       std::uint32_t id) const;
    [[nodiscard]] std::vector<Section> sections() const;
    [[nodiscard]] std::vector<Interface> interfaces() const;
    [[nodiscard]] std::vector<std::uint64_t> secrets() const;
    /// When all interfaces were being captured on, where statistics say so.
    [[nodiscard]] std::optional<std::pair<Time, Time>> running() const;
    [[nodiscard]] std::uint64_t lost() const; ///< by all interfaces together
    [[nodiscard]] std::uint64_t gaveWay() const;

private:
    mutable std::shared_mutex mutex_;
    std::vector<Section> sections_;
    std::vector<Interface> interfaces_;
    std::vector<std::uint64_t> secrets_;
    std::optional<std::pair<Time, Time>> running_;
    std::map<std::uint32_t, std::uint64_t> lost_;
    std::uint64_t gaveWay_ = 0, lastHole_ = 0; ///< packets; offset
};

/// The block at `offset`. False where there is no whole one; whyNoBlock() then says why, `packets` having
/// been read.
bool findBlock(Bytes file, std::uint64_t offset, bool swap, Block& block);
Text whyNoBlock(Bytes file, std::uint64_t offset, bool swap, std::uint64_t packets);
/// Is it no whole block only because its end is not there?
bool isCut(Bytes file, std::uint64_t offset, bool swap);

/// Byte order of the section whose header block starts at `offset`; nullopt: there is no section header.
std::optional<bool> sectionNeedsSwap(Bytes file, std::uint64_t offset);

/// A time stamp in an interface's ticks as nanoseconds, clamped to what Time can hold.
Time timeOf(std::uint64_t ticks, const Interface& interface);

/// The sentence for a packet whose captured length cannot be true.
Text tooLong(std::uint64_t packet, std::uint64_t claimed);

/// The interface a packet block names; SPB's is the first of its section. Nothing for other frames.
std::optional<std::uint32_t> interfaceOf(const Block& block, bool swap);

/// Fills in everything of `frame` but its number, which the caller has set. `interface` may be null where
/// interfaceOf() gave nothing; a block without a time of its own gets `untimed`. \return what is wrong with
/// the packet, if anything.
std::optional<Text> packetOf(const Block& block, bool swap, const Interface* interface, Time untimed,
                             Frame& frame);

/// Does the block hold what Wireshark, too, numbers as a frame?
bool isFrame(BlockType type);

/// Options of a packet block, empty where it has none.
Bytes packetOptions(const Block& block, bool swap);

/// All comments (option 1) of an option list.
std::vector<std::string> commentsIn(Bytes options, bool swap);

/// Reads packets in file order.
class Walker {
public:
    /// False at the end or where reading has to stop; `problem` says why in the latter case.
    /// `frame.number` must be that of the packet before; the frame is of use only where there is a next one.
    bool next(Bytes file, std::uint64_t& position, Directory& directory, Frame& frame,
              std::optional<Text>& problem);
    /// After next() returned false with a problem: the block that it stopped at is not whole yet.
    [[nodiscard]] bool cut() const { return cut_; }

private:
    std::optional<Text> takePacket(const Block& block, Frame& frame);
    std::optional<Text> takeOther(const Block& block, Directory& directory, std::uint64_t packets);
    void takeStatistics(const Block& block, Directory& directory) const;
    std::optional<Text> startSection(const Block& block, bool swap, Directory& directory,
                                     std::uint64_t packets);
    std::optional<Text> describeInterface(const Block& block, Directory& directory, std::uint64_t packets);

    std::vector<Interface> interfaces_; // of the current section
    bool swap_ = false, cut_ = false;
    Time previous_ = 0;
};

} // namespace wirestage::pcapng
