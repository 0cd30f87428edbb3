// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the benchmarks of the core's parts: build/bench/bin/bench_core --benchmark_filter=Capture
#include <benchmark/benchmark.h>

BENCHMARK_MAIN();
