// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer's target for the whole path from a file's bytes to the diagram: whatever stands in a capture,
// nothing on the way may read past an end, loop or grow without bound. Each stage is one function below.
#include "core/capture/capture_file.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <utility>
#include <vector>

namespace wirestage {
namespace {

/// A small file can name very many tiny records: enough is seen after these.
constexpr std::size_t mostFrames = 4096;

/// What the stages make of the bytes ends here, so that no optimiser leaves the work out.
volatile std::uint64_t sink = 0;

void require(bool holds) {
    if (!holds)
        std::abort();
}

/// Walks all records; what a cursor hands out must lie in the file, in order, and be found again by its
/// offset.
std::vector<std::uint64_t> walkFrames(const CaptureFile& file) {
    std::vector<std::uint64_t> offsets;
    auto cursor = file.cursor();
    Frame frame;
    while (offsets.size() < mostFrames && cursor.next(frame)) {
        require(frame.number == offsets.size() + 1);
        require(offsets.empty() || frame.offset > offsets.back());
        require(frame.bytes.size() <= file.size());
        const Frame again = file.frame(frame.offset, frame.number);
        require(again.bytes.data() == frame.bytes.data() && again.bytes.size() == frame.bytes.size());
        for (const auto byte : frame.bytes)
            sink = sink + byte;
        offsets.push_back(frame.offset);
    }
    return offsets;
}

/// What a file says about itself besides its frames.
void readSurroundings(const CaptureFile& file, const std::vector<std::uint64_t>& offsets) {
    sink = sink + file.interfaces().size() + file.secrets().size() + file.comments().size();
    for (const auto offset : offsets)
        sink = sink + file.commentsOf(offset).size();
}

} // namespace
} // namespace wirestage

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace wirestage;
    const auto opened = CaptureFile::fromMemory(Bytes(data, size));
    const auto* file = std::get_if<CaptureFile>(&opened);
    if (!file)
        return 0;
    const auto offsets = walkFrames(*file);
    readSurroundings(*file, offsets);
    return 0;
}
