// SPDX-License-Identifier: GPL-3.0-or-later
// What kind of capture a mapping holds, and access to single frames and what stands beside them.
#include "core/capture/capture_file.h"

#include <algorithm>

namespace wirestage {
namespace {

using capture::load;

/// The header of a pcap file (draft-ietf-opsawg-pcap, section 4), and the variant with longer record headers
/// that Linux distributions of the late 1990s wrote.
std::optional<PcapLayout> pcapLayout(Bytes file) {
    if (file.size() < 4)
        return std::nullopt;
    for (const bool swap : {false, true}) {
        PcapLayout layout;
        layout.swap = swap;
        switch (load<std::uint32_t>(file.data(), swap)) {
        case 0xa1b2c3d4: break;
        case 0xa1b23c4d: layout.nanosecondsPerUnit = 1; break;
        case 0xa1b2cd34: layout.recordHeader = 24; break;
        default: continue;
        }
        if (file.size() < capture::pcapFileHeader)
            return layout;
        const auto major = load<std::uint16_t>(file.data() + 4, swap);
        const auto minor = load<std::uint16_t>(file.data() + 6, swap);
        layout.mayHaveSwappedLengths = major == 2 && minor <= 3;
        // The upper half tells of frame check sequences, not of the link.
        layout.link = static_cast<LinkType>(load<std::uint32_t>(file.data() + 20, swap) & 0xffff);
        layout.longest = capture::longestPacket(layout.link);
        return layout;
    }
    return std::nullopt;
}

CaptureFile::OpenError notACapture() {
    return {FileProblem::NotACapture, WS_TR("capture", "is not a capture file (pcap or pcapng)")};
}

std::string textOf(Bytes bytes) {
    return {bytes.begin(), bytes.end()};
}

} // namespace

bool CaptureFile::isCapture(Bytes beginning) {
    return pcapLayout(beginning) || pcapng::sectionNeedsSwap(beginning, 0);
}

CaptureFile::Opened CaptureFile::fromMemory(Bytes bytes) {
    if (bytes.empty())
        return OpenError{FileProblem::Empty, WS_TR("capture", "is empty")};
    return fromMapping(Mapping::ofMemory(bytes), {}, {});
}

CaptureFile::Opened CaptureFile::fromMapping(std::shared_ptr<Mapping> mapping, std::string_view compression,
                                             std::optional<Text> problem) {
    auto contents = std::make_shared<Contents>();
    if (mapping->growing()) {
        mapping->kept().attach();
        contents->reader = {mapping.get(), [mapping](const void*) { mapping->kept().detach(); }};
    }
    contents->mapping = std::move(mapping);
    contents->inputProblem = std::move(problem);
    contents->format.compression = compression;
    const Bytes bytes = contents->bytes();
    if ((contents->pcap = pcapLayout(bytes))) {
        if (bytes.size() < capture::pcapFileHeader)
            return OpenError{FileProblem::NotACapture,
                             WS_TR("capture", "is cut off in the middle of the pcap file header")};
        contents->format.name = "pcap";
        contents->format.bigEndian = contents->pcap->swap != capture::machineIsBigEndian;
        contents->format.nanoseconds = contents->pcap->nanosecondsPerUnit == 1;
    } else if (const std::optional<bool> swap = pcapng::sectionNeedsSwap(bytes, 0)) {
        contents->format.name = "pcapng";
        contents->format.bigEndian = *swap != capture::machineIsBigEndian;
    } else {
        return notACapture();
    }
    return CaptureFile(std::move(contents));
}

std::optional<std::pair<pcapng::Block, bool>> CaptureFile::blockAt(std::uint64_t offset) const {
    const std::optional<pcapng::Section> section = contents_->directory.sectionAt(offset);
    if (contents_->pcap || !section)
        return std::nullopt;
    pcapng::Block block;
    if (!pcapng::findBlock(contents_->bytes(), offset, section->swap, block))
        return std::nullopt;
    return std::pair(block, section->swap);
}

Frame CaptureFile::frame(std::uint64_t offset, std::uint64_t number) const {
    Frame frame;
    frame.number = number;
    frame.offset = offset;
    const Bytes bytes = contents_->bytes();
    if (const std::optional<PcapLayout>& layout = contents_->pcap) {
        if (offset >= bytes.size() || bytes.size() - offset < layout->recordHeader)
            return frame;
        const std::uint8_t* at = bytes.data() + offset;
        auto captured = load<std::uint32_t>(at + 8, layout->swap);
        frame.length = load<std::uint32_t>(at + 12, layout->swap);
        if (captured > frame.length && layout->mayHaveSwappedLengths)
            std::swap(captured, frame.length);
        frame.time = Time{load<std::uint32_t>(at, layout->swap)} * 1'000'000'000 +
                     Time{load<std::uint32_t>(at + 4, layout->swap)} * layout->nanosecondsPerUnit;
        frame.link = layout->link;
        if (captured <= bytes.size() - offset - layout->recordHeader && captured <= layout->longest)
            frame.bytes = bytes.subspan(offset + layout->recordHeader, captured);
        return frame;
    }
    const auto block = offset < keptFrom() ? std::nullopt : blockAt(offset);
    if (!block || !pcapng::isFrame(block->first.type))
        return frame;
    std::optional<pcapng::Interface> interface;
    if (const auto id = pcapng::interfaceOf(block->first, block->second))
        interface = contents_->directory.interfaceAt(*contents_->directory.sectionAt(offset), offset, *id);
    (void)pcapng::packetOf(block->first, block->second, interface ? &*interface : nullptr, 0, frame);
    return frame;
}

std::vector<CaptureInterface> CaptureFile::interfaces() const {
    if (const std::optional<PcapLayout>& layout = contents_->pcap)
        return {{{}, {}, layout->link, load<std::uint32_t>(contents_->mapping->data() + 16, layout->swap)}};
    std::vector<CaptureInterface> all;
    for (const pcapng::Interface& known : contents_->directory.interfaces()) {
        CaptureInterface interface { {}, {}, known.link, known.snapshotLength };
        const auto block = blockAt(known.offset);
        if (block && block->first.body.size() >= 8) {
            pcapng::OptionReader options(block->first.body.subspan(8), block->second);
            for (pcapng::Option option; options.next(option);) {
                if (option.code == 2)
                    interface.name = textOf(option.value);
                else if (option.code == 3)
                    interface.description = textOf(option.value);
            }
        }
        all.push_back(std::move(interface));
    }
    return all;
}

std::vector<EmbeddedSecrets> CaptureFile::secrets() const {
    std::vector<EmbeddedSecrets> all;
    for (const std::uint64_t offset : contents_->directory.secrets()) {
        const auto block = blockAt(offset);
        if (!block || block->first.body.size() < 8)
            continue;
        const Bytes body = block->first.body;
        const std::uint64_t length = load<std::uint32_t>(body.data() + 4, block->second);
        if (length <= body.size() - 8)
            all.push_back({load<std::uint32_t>(body.data(), block->second), body.subspan(8, length)});
    }
    return all;
}

std::vector<std::string> CaptureFile::comments() const {
    std::vector<std::string> all;
    for (const pcapng::Section& section : contents_->directory.sections()) {
        const auto block = blockAt(section.offset);
        if (!block || block->first.body.size() < 16)
            continue;
        for (std::string& comment : pcapng::commentsIn(block->first.body.subspan(16), block->second))
            all.push_back(std::move(comment));
    }
    return all;
}

std::vector<std::string> CaptureFile::commentsOf(std::uint64_t offset) const {
    const auto block = offset < keptFrom() ? std::nullopt : blockAt(offset);
    return block ? pcapng::commentsIn(pcapng::packetOptions(block->first, block->second), block->second)
                 : std::vector<std::string>{};
}

} // namespace wirestage
