// SPDX-License-Identifier: GPL-3.0-or-later
// Written beside its place and then put there, so that the capture that is read may be the one that is
// replaced.
#include "core/exchange/save.h"

#include "core/capture/pcapng_writer.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

namespace wirestage {
namespace {

Text whyNot(int error) {
    return error == 0 ? WS_TR("capture", "it cannot be written") : Text::verbatim(std::strerror(error));
}

} // namespace

std::optional<Text> savePackets(const Capture& capture, std::vector<ExchangeId> of, const std::string& path) {
    std::sort(of.begin(), of.end());
    const auto wanted = [&](ExchangeId id) {
        return id != none && (std::binary_search(of.begin(), of.end(), id) ||
                              std::binary_search(of.begin(), of.end(), capture.row(id).parent));
    };
    const std::string beside = path + ".part";
    errno = 0;
    std::ofstream file(beside, std::ios::binary | std::ios::trunc);
    PcapngWriter writer(file, "Wirestage");
    const PacketIndex count = capture.packetCount();
    for (PacketIndex packet = 0; packet < count && file; ++packet)
        if (of.empty() || wanted(capture.exchangeOf(packet)))
            writer.write(capture.frame(packet));
    file.close();
    if (file && std::rename(beside.c_str(), path.c_str()) == 0)
        return std::nullopt;
    const Text why = whyNot(errno);
    std::remove(beside.c_str());
    return why;
}

} // namespace wirestage
