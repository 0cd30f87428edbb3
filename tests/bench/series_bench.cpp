// SPDX-License-Identifier: GPL-3.0-or-later
// What a connection's charts cost beside the index of its capture, which has been made before.
#include "core/series/tcp_series.h"
#include "tests/core/grouping/made_packets.h"

#include <benchmark/benchmark.h>

namespace wirestage::bench {
namespace {

/// One connection: two segments of data, an acknowledgement, and so on.
test::MadePackets connection(std::int64_t segments) {
    test::MadePackets made;
    made.tcp(1, 2, 50000, 80, test::syn, 0, 0).tcp(2, 1, 80, 50000, test::syn | test::ack, 0, 1);
    for (std::uint32_t sent = 1; 3 * std::int64_t{sent} / 2 < segments; sent += 2) {
        made.tcp(1, 2, 50000, 80, test::ack, sent, 1, "a").tcp(1, 2, 50000, 80, test::ack, sent + 1, 1, "b");
        made.after(1).tcp(2, 1, 80, 50000, test::ack, 1, sent + 2);
    }
    return made;
}

void IndexOfOneConnection(benchmark::State& state) {
    const test::MadePackets made = connection(state.range(0));
    for (auto _ : state)
        benchmark::DoNotOptimize(made.indexed());
}
BENCHMARK(IndexOfOneConnection)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void SeriesOfOneConnection(benchmark::State& state) {
    const auto capture = connection(state.range(0)).indexed();
    for (auto _ : state)
        benchmark::DoNotOptimize(series::tcpSeries(*capture, 0, 500));
}
BENCHMARK(SeriesOfOneConnection)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace wirestage::bench
