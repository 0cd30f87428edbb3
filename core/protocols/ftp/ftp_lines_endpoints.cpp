// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of a control connection. It is a Telnet connection (RFC 959, 3.3): some clients send Interrupt
// Process and Data Mark before ABOR, two bytes each that begin with 255; they are taken out, and so are
// offers of options, which have three (RFC 854).
#include "core/protocols/ftp/ftp_lines_endpoints.h"

namespace wirestage::simulation {

bool FtpLines::append(Bytes bytes) {
    constexpr std::uint8_t will = 251, dont = 254, iac = 255;
    for (const std::uint8_t byte : bytes) {
        if (optionFollows) {
            optionFollows = false;
        } else if (afterIac) {
            afterIac = false;
            optionFollows = byte >= will && byte <= dont;
            if (byte == iac) // twice: the byte itself
                waiting += static_cast<char>(byte);
        } else if (byte == iac) {
            afterIac = true;
        } else {
            waiting += static_cast<char>(byte);
        }
    }
    return waiting.size() <= most;
}

std::optional<std::string> FtpLines::peek() const {
    const std::size_t end = waiting.find('\n');
    return end == std::string::npos ? std::nullopt : std::optional(waiting.substr(0, end + 1));
}

std::optional<std::string> FtpLines::take() {
    auto line = peek();
    if (line)
        waiting.erase(0, line->size());
    return line;
}

} // namespace wirestage::simulation
