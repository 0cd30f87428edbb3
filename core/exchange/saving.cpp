// SPDX-License-Identifier: GPL-3.0-or-later
// The file is written under another name beside its own, so that a capture can be saved over itself.
#include "core/exchange/saving.h"

#include "core/capture/pcapng_writer.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>

namespace wirestage {
namespace {

constexpr PacketIndex packetsBetweenQuestions = 512;

std::optional<Text> failed(const std::string& unfinished) {
    const int error = errno;
    std::remove(unfinished.c_str());
    return Text::verbatim(error ? std::strerror(error) : "?");
}

} // namespace

std::optional<Text> saveFileOf(const Capture& capture, const std::string& path) {
    const std::string unfinished = path + ".part";
    const int descriptor = open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor < 0)
        return Text::verbatim(std::strerror(errno));
    const int error = capture.file().copyTo(descriptor);
    const bool closed = close(descriptor) == 0;
    if (error != 0)
        errno = error;
    if (error != 0 || !closed || std::rename(unfinished.c_str(), path.c_str()) != 0)
        return failed(unfinished);
    return std::nullopt;
}

std::optional<Text> saveCapture(const Capture& capture, const std::string& path, std::vector<ExchangeId> of,
                                const std::function<bool(PacketIndex done)>& keepGoing) {
    std::sort(of.begin(), of.end());
    const auto wanted = [&](ExchangeId id) {
        return id != none && (std::binary_search(of.begin(), of.end(), id) ||
                              std::binary_search(of.begin(), of.end(), capture.row(id).parent));
    };
    const std::string unfinished = path + ".part";
    errno = 0;
    std::ofstream file(unfinished, std::ios::binary | std::ios::trunc);
    if (!file)
        return Text::verbatim(std::strerror(errno));
    PcapngWriter writer(file, "Wirestage");
    const PacketIndex count = capture.packetCount();
    for (PacketIndex packet = 0; packet < count && file; ++packet) {
        if (keepGoing && packet % packetsBetweenQuestions == 0 && !keepGoing(packet)) {
            file.close();
            std::remove(unfinished.c_str());
            return Text{};
        }
        if (of.empty() || wanted(capture.exchangeOf(packet)))
            writer.write(capture.frame(packet));
    }
    file.close();
    if (!file || std::rename(unfinished.c_str(), path.c_str()) != 0)
        return failed(unfinished);
    return std::nullopt;
}

} // namespace wirestage
