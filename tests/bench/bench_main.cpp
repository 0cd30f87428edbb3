// SPDX-License-Identifier: GPL-3.0-or-later
// The parts' benchmarks: see --help of Google Benchmark for what can be chosen.
#include "tests/bench/lesson_bench.h"

#include <benchmark/benchmark.h>

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 1;
    wirestage::bench::registerLessons();
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
