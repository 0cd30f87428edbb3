// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of a control connection, put together from what TCP delivers (RFC 959, 4; RFC 854 for the Telnet
// bytes among them).
#pragma once

#include "core/bytes/bytes.h"

#include <cstddef>
#include <optional>
#include <string>

namespace wirestage::simulation {

class FtpLines {
public:
    /// Foreign bytes. False where more is waiting than a sane peer sends ahead.
    bool append(Bytes bytes);
    /// The next whole line, its line end included.
    std::optional<std::string> take();
    [[nodiscard]] std::optional<std::string> peek() const;

private:
    static constexpr std::size_t most = 65536;
    std::string waiting;
    bool afterIac = false; ///< the last byte was Telnet's "interpret as command" (RFC 854)
    bool optionFollows = false;
};

} // namespace wirestage::simulation
