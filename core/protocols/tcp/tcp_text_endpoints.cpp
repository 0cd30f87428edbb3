// SPDX-License-Identifier: GPL-3.0-or-later
// Readable data, and pauses in reading.
#include "core/protocols/tcp/tcp_text_endpoints.h"

#include <fmt/format.h>

namespace wirestage::simulation {

std::string tcpSampleText(std::size_t size, std::uint64_t from) {
    constexpr std::size_t lineLength = 50;
    std::string text;
    for (std::uint64_t line = from / lineLength; text.size() < size + lineLength; ++line)
        text += fmt::format("byte {:07}: TCP brings bytes, it knows no lines\n", line * lineLength);
    return text.substr(from % lineLength, size);
}

std::string tcpTextFrom(const Settings& settings, std::uint64_t from) {
    if (!settings.has("text"))
        return tcpSampleText(static_cast<std::size_t>(settings.number("bytes")), from);
    std::string text = settings.text("text");
    if (!text.empty() && text.back() != '\n')
        text += '\n';
    return text;
}

std::optional<Text> tcpTextProblem(const Settings& settings) {
    if (settings.has("text") && settings.has("bytes"))
        return WS_TR("lesson", "one of “bytes” and “text” says what to send, not both");
    return std::nullopt;
}

TcpReading::TcpReading(const Settings& settings) {
    if (settings.has("pause_after"))
        pauseAfter = static_cast<std::uint64_t>(settings.number("pause_after"));
    if (settings.has("resume_after"))
        resumeAfter = fromSeconds(settings.seconds("resume_after"));
}

void TcpReading::took(HostServices& host, StreamId stream, std::size_t bytes) {
    taken += bytes;
    if (!pauseAfter || taken < *pauseAfter)
        return;
    pauseAfter.reset(); // once
    host.setReading(stream, false);
    if (resumeAfter)
        resumeAt = host.now() + *resumeAfter;
}

void TcpReading::setReading(HostServices& host, StreamId stream, bool reads) {
    resumeAt.reset();
    host.setReading(stream, reads);
}

void TcpReading::wake(HostServices& host, StreamId stream) {
    if (resumeAt && *resumeAt <= host.now())
        setReading(host, stream, true);
}

} // namespace wirestage::simulation
