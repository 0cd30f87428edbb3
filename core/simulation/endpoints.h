// SPDX-License-Identifier: GPL-3.0-or-later
// Which applications there are, by name: a protocol's NAME_endpoints.cpp offers those of its own in a const
// value `NAMEEndpoints`, as its message room does; protocols.def lists whose they are.
#pragma once

#include "core/simulation/application.h"

#include <memory>
#include <span>
#include <string_view>
#include <variant>

namespace wirestage::simulation {

/// A command that an application understands. Verbs are unique over all applications.
struct VerbSpec {
    std::string_view name; ///< "dns.lookup"
    std::span<const SettingSpec> settings;
};

/// A kind of application that a lesson can put on a host.
struct ApplicationType {
    std::string_view name; ///< "dhcp-server"
    std::span<const SettingSpec> settings;
    std::span<const VerbSpec> verbs;
    /// `settings` have passed check(). Text: why they are impossible together (an empty scope).
    std::variant<std::unique_ptr<Application>, Text> (*make)(const Settings& settings);
};

struct EndpointRoom {
    ProtocolId protocol{};
    std::span<const ApplicationType> types;
};

std::span<const EndpointRoom* const> allEndpointRooms();
const ApplicationType* applicationNamed(std::string_view name); ///< or null
/// The type that understands a verb, and the verb; null where none does.
struct FoundVerb {
    const ApplicationType* type = nullptr;
    const VerbSpec* verb = nullptr;
};
FoundVerb verbNamed(std::string_view name);

} // namespace wirestage::simulation
