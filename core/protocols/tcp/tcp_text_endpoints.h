// SPDX-License-Identifier: GPL-3.0-or-later
// What the applications on simulated TCP share: data that a learner can read and place, and an application
// that stops reading for a while.
#pragma once

#include "core/simulation/endpoints.h"

#include <cstdint>
#include <optional>
#include <string>

namespace wirestage::simulation {

inline constexpr double tcpMostBytes = 10'000'000, tcpMostDuration = 86'400;

/// Lines of 50 bytes, each of which says where it begins; `from` is the place of the first byte in the
/// stream.
std::string tcpSampleText(std::size_t size, std::uint64_t from = 0);

/// What the settings `bytes` or `text` ask to send. A text ends its line, so that who answers lines answers.
std::string tcpTextFrom(const Settings& settings, std::uint64_t from = 0);
/// Why `bytes` and `text` are impossible together.
std::optional<Text> tcpTextProblem(const Settings& settings);

/// When an application reads: it may stop after some bytes (0: it never begins) and go on after some time, or
/// when told. The settings are `pause_after` and `resume_after`.
class TcpReading {
public:
    TcpReading() = default;
    explicit TcpReading(const Settings& settings);

    void opened(HostServices& host, StreamId stream) { took(host, stream, 0); }
    void took(HostServices& host, StreamId stream, std::size_t bytes);
    void setReading(HostServices& host, StreamId stream, bool reads);
    [[nodiscard]] std::optional<Time> deadline() const { return resumeAt; }
    void wake(HostServices& host, StreamId stream);

private:
    std::optional<std::uint64_t> pauseAfter;
    std::optional<Time> resumeAfter, resumeAt;
    std::uint64_t taken = 0;
};

} // namespace wirestage::simulation
