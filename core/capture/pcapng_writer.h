// SPDX-License-Identifier: GPL-3.0-or-later
// Writes a pcapng file (draft-ietf-opsawg-pcapng): one section in this machine's byte order, an interface for
// each link type with a clock of nanoseconds, an Enhanced Packet Block for each frame.
#pragma once

#include "core/capture/frame.h"

#include <cstdint>
#include <map>
#include <ostream>
#include <string>
#include <string_view>

namespace wirestage {

class PcapngWriter {
public:
    /// `application` names the program in the section header. The stream's state tells of errors.
    PcapngWriter(std::ostream& out, std::string_view application);

    /// Times before 1970 are written as 1970: the format counts from there.
    void write(const Frame& frame, std::string_view comment = {});

private:
    std::uint32_t interfaceFor(LinkType link);
    void writeBlock(std::uint32_t type, std::string_view body);

    std::ostream& out_;
    std::map<LinkType, std::uint32_t> interfaces_;
};

} // namespace wirestage
