// SPDX-License-Identifier: GPL-3.0-or-later
// Filters in the language of pcap-filter(7), compiled and run by libpcap. Host and network names are refused
// before libpcap sees them: it would ask a name server.
#pragma once

#include "core/capture/frame.h"
#include "core/text/text.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace wirestage {

/// Why the words of an expression must not be handed to libpcap; nothing where they may. Port and protocol
/// names are allowed where only local tables (/etc/services, /etc/protocols) are asked for them.
std::optional<Text> refusedFilterWord(std::string_view expression);

/// A compiled filter; copies share the programs. Safe for concurrent use.
class PacketFilter {
public:
    struct Error {
        Text message;
    };

    /// An empty expression matches everything. Other link types than `link` are compiled when a frame has
    /// one.
    static std::variant<PacketFilter, Error> compile(const std::string& expression, LinkType link);

    /// Frames of a link type for which the expression makes no sense do not match.
    [[nodiscard]] bool matches(const Frame& frame) const;
    [[nodiscard]] const std::string& expression() const;

private:
    struct Programs;
    explicit PacketFilter(std::shared_ptr<Programs> programs);

    std::shared_ptr<Programs> programs_;
};

} // namespace wirestage
