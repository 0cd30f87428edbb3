// SPDX-License-Identifier: GPL-3.0-or-later
// How fast frames come out of a file: the floor under everything that looks at each packet.
#include "core/capture/capture_file.h"
#include "tests/bench/made_capture.h"

#include <benchmark/benchmark.h>

#include <variant>

namespace wirestage::bench {
namespace {

void CaptureCursorWalksFrames(benchmark::State& state) {
    const auto bytes = udpCapture(static_cast<std::size_t>(state.range(0)), 1000);
    const auto opened = CaptureFile::fromMemory(bytes);
    const auto* file = std::get_if<CaptureFile>(&opened);
    if (!file) {
        state.SkipWithError("the made capture could not be opened");
        return;
    }
    for (auto _ : state) {
        auto cursor = file->cursor();
        Frame frame;
        std::uint64_t seen = 0;
        while (cursor.next(frame))
            seen += frame.bytes.size();
        benchmark::DoNotOptimize(seen);
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}
BENCHMARK(CaptureCursorWalksFrames)->Arg(1000)->Arg(100'000)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace wirestage::bench
