// SPDX-License-Identifier: GPL-3.0-or-later
// A capture that somebody made: pcap (draft-ietf-opsawg-pcap) or pcapng (draft-ietf-opsawg-pcapng), plain,
// gzip or zstd, from a file or standard input. It is mapped, never read into memory as a whole; a Cursor
// walks it in order and hands out each frame's offset, by which frame() finds the same frame again.
#pragma once

#include "core/capture/frame.h"
#include "core/capture/limits.h"
#include "core/capture/load.h"
#include "core/capture/mapping.h"
#include "core/capture/pcapng.h"
#include "core/text/text.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace wirestage {

/// Compressed or piped input is copied to an unlinked file in the cache folder; this many bytes of it at
/// most.
inline constexpr std::uint64_t defaultSpoolLimit = 16ULL * 1024 * 1024 * 1024;

struct CaptureFormat {
    std::string_view name;        ///< "pcap" or "pcapng"
    std::string_view compression; ///< "", "gzip" or "zstd"
    bool bigEndian = false;       ///< of a pcapng: its first section
    bool nanoseconds = false;     ///< of a pcap; a pcapng has a resolution of its own for each interface
};

struct OpenOptions {
    /// Called while input is spooled, with the bytes of the capture so far; false gives up.
    std::function<bool(std::uint64_t done)> progress;
    std::uint64_t spoolLimit = defaultSpoolLimit;
    std::string cacheFolder; ///< empty: $XDG_CACHE_HOME/wirestage, ~/.cache/wirestage, $TMPDIR or /tmp
};

enum class FileProblem { NotFound, Unreadable, Folder, Empty, NotACapture, NoRoom, Cancelled };

/// One interface of a capture; a pcap has one without a name.
struct CaptureInterface {
    std::string name;
    std::string description;
    LinkType link = LinkType::Ethernet;
    std::uint32_t snapshotLength = 0; ///< 0: no limit
};

/// Key material that a pcapng carries (its Decryption Secrets Block).
struct EmbeddedSecrets {
    static constexpr std::uint32_t tlsKeyLog = 0x544c534b;
    std::uint32_t type = 0;
    Bytes bytes;
};

/// How the records of a pcap are to be read, from its header.
struct PcapLayout {
    std::uint32_t recordHeader = 16;
    std::uint32_t nanosecondsPerUnit = 1000;
    std::uint32_t longest = 0;
    LinkType link = LinkType::Ethernet;
    bool swap = false;
    bool mayHaveSwappedLengths = false; ///< old libpcaps wrote the two lengths in either order
};

/// A cheap handle: copies share one mapping, frames live as long as one of them. Safe for concurrent use.
class CaptureFile {
public:
    struct OpenError {
        FileProblem problem = FileProblem::Unreadable;
        Text why; ///< to stand behind "wirestage: FILE: "
    };
    using Opened = std::variant<CaptureFile, OpenError>;

    /// "-" is standard input. Blocks while compressed or piped input is spooled.
    static Opened open(const std::string& path, const OpenOptions& options = {});
    /// An uncompressed capture, copied. For tests and fuzzing.
    static Opened fromMemory(Bytes bytes);

    /// Do these first bytes (twelve are enough) belong to an uncompressed capture?
    static bool isCapture(Bytes beginning);

    [[nodiscard]] const CaptureFormat& format() const { return contents_->format; }
    /// Bytes of the capture, uncompressed.
    [[nodiscard]] std::uint64_t size() const { return contents_->mapping->size(); }

    /// Is the capture still being made? A cursor that returned false may then find more later.
    [[nodiscard]] bool growing() const { return contents_->mapping->growing(); }
    void waitForMore(std::uint64_t thanBytes, std::chrono::milliseconds most) const {
        contents_->mapping->waitForMore(thanBytes, most);
    }

    /// Of one that is still being made the oldest packets may give way: those before keptFrom() are gone.
    [[nodiscard]] std::uint64_t keptFrom() const { return contents_->mapping->kept().from(); }
    /// For who walks it first, which others wait for: lets packets before `position` go, if the disk needs
    /// it. `before` is called first where it does, with the offset up to which they go.
    bool letGiveWay(std::uint64_t position, const std::function<void(std::uint64_t offset)>& before) const;
    void keepTheRest() const { contents_->mapping->kept().close(); } ///< nothing gives way any more
    /// Packets that had given way before it was opened, by what it says itself.
    [[nodiscard]] std::uint64_t gaveWay() const { return contents_->directory.gaveWay(); }
    /// Writes all of it that is kept up to now, without the holes that others left. \return an errno, or 0
    [[nodiscard]] int copyTo(int descriptor) const;

    class Cursor;
    [[nodiscard]] Cursor cursor() const;

    /// The frame whose record starts at `offset`, which a cursor gave. Without bytes where there is none (any
    /// more). A
    /// frame that has no time of its own (pcapng's simple packets) has time 0 here; a cursor repeats the time
    /// before.
    [[nodiscard]] Frame frame(std::uint64_t offset, std::uint64_t number) const;

    /// Did the file become shorter than it was when it was opened? Asks the file system.
    [[nodiscard]] bool shrunk() const { return contents_->mapping->shrunk(); }
    /// Why the input was not read whole: compressed data cut off or damaged, or the spool limit.
    [[nodiscard]] const std::optional<Text>& inputProblem() const { return contents_->inputProblem; }

    /// What a cursor has come past so far; complete once one has reached the end.
    [[nodiscard]] std::vector<CaptureInterface> interfaces() const;
    [[nodiscard]] std::vector<EmbeddedSecrets> secrets() const;
    /// Packets that did not get into the capture, as who made it counted; 0 where nobody says.
    [[nodiscard]] std::uint64_t lost() const { return contents_->directory.lost(); }
    [[nodiscard]] std::vector<std::string> comments() const;
    /// From when to when it was captured, by a pcapng's statistics: before its first packet, as a rule.
    [[nodiscard]] std::optional<std::pair<Time, Time>> running() const {
        return contents_->directory.running();
    }
    /// Comments of the packet at `offset`.
    [[nodiscard]] std::vector<std::string> commentsOf(std::uint64_t offset) const;

private:
    friend class GrowingFile;
    struct Contents {
        std::shared_ptr<Mapping> mapping;
        CaptureFormat format;
        std::optional<PcapLayout> pcap; // else it is a pcapng
        std::optional<Text> inputProblem;
        mutable pcapng::Directory directory;
        std::shared_ptr<const void> reader; // while somebody has it, what it reads is not taken away
        [[nodiscard]] Bytes bytes() const { return {mapping->data(), mapping->size()}; }
    };

    explicit CaptureFile(std::shared_ptr<const Contents> contents) : contents_(std::move(contents)) {}
    static Opened fromMapping(std::shared_ptr<Mapping> mapping, std::string_view compression,
                              std::optional<Text> problem);
    [[nodiscard]] std::optional<std::pair<pcapng::Block, bool>> blockAt(std::uint64_t offset) const;

    std::shared_ptr<const Contents> contents_;
};

/// Walks a capture from its start. Resident pages behind it are given back in windows, so memory stays flat.
class CaptureFile::Cursor {
public:
    explicit Cursor(const CaptureFile& file);

    /// False at the end: problem() then says whether it came too early. Of a capture that grows: nothing more
    /// yet.
    bool next(Frame& frame) {
        if (position_ >= windowEnd_) [[unlikely]]
            nextWindow();
        if (!isPcap_ || size_ - position_ < layout_.recordHeader) [[unlikely]]
            return nextSlowly(frame);
        const std::uint8_t* at = data_ + position_;
        const auto seconds = capture::load<std::uint32_t>(at, layout_.swap);
        const auto fraction = capture::load<std::uint32_t>(at + 4, layout_.swap);
        const auto captured = capture::load<std::uint32_t>(at + 8, layout_.swap);
        const auto length = capture::load<std::uint32_t>(at + 12, layout_.swap);
        const std::uint64_t left = size_ - position_ - layout_.recordHeader;
        // Zeros may be those of a file that became shorter: looked at closely.
        if (captured > length || captured > left || captured > layout_.longest || captured == 0 ||
            mapping_->unreadable()) [[unlikely]]
            return nextSlowly(frame);
        fill(frame, at, seconds, fraction, captured, length);
        return true;
    }

    /// Where the next record starts: how far into size() the walk is.
    [[nodiscard]] std::uint64_t position() const { return position_; }
    [[nodiscard]] std::uint64_t packets() const { return number_; }
    /// How much of the capture was there when next() looked last.
    [[nodiscard]] std::uint64_t seen() const { return size_; }
    /// There will be nothing more.
    [[nodiscard]] bool ended() const { return ended_; }
    /// After next() returned false: why there is nothing more, unless the capture simply ended.
    [[nodiscard]] const std::optional<Text>& problem() const { return problem_; }

private:
    static constexpr std::uint64_t window = 32ULL * 1024 * 1024;

    void fill(Frame& frame, const std::uint8_t* at, std::uint32_t seconds, std::uint32_t fraction,
              std::uint32_t captured, std::uint32_t length) {
        frame.number = ++number_;
        frame.offset = position_;
        frame.time = Time{seconds} * 1'000'000'000 + Time{fraction} * layout_.nanosecondsPerUnit;
        frame.length = length;
        frame.link = layout_.link;
        frame.bytes = Bytes(at + layout_.recordHeader, captured);
        position_ += layout_.recordHeader + captured;
    }
    bool nextSlowly(Frame& frame);
    bool nextRecord(Frame& frame, bool growing);
    bool nextBlock(Frame& frame, bool growing);
    bool stop(Text why);
    void nextWindow();

    const std::uint8_t* data_;
    std::uint64_t size_;
    std::uint64_t position_ = 0;
    std::uint64_t windowEnd_ = 0;
    std::uint64_t number_ = 0;
    const Mapping* mapping_;
    PcapLayout layout_;
    bool isPcap_ = false;
    bool ended_ = false;
    std::uint64_t kept_ = 0; // pages before it were given back
    pcapng::Walker walker_;
    std::optional<Text> problem_;
    std::shared_ptr<const Contents> contents_;
};

inline CaptureFile::Cursor CaptureFile::cursor() const {
    return Cursor(*this);
}

} // namespace wirestage
