// SPDX-License-Identifier: GPL-3.0-or-later
// A scope of a DHCP server: the addresses that it may give out, who has which of them, and what goes with
// them. Knows nothing of messages.
#pragma once

#include "core/simulation/settings.h"

#include "core/capture/frame.h"

#include <limits>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace wirestage::simulation {

/// Who a client is: its client identifier, else its hardware address with the type before it (RFC 2131, 4.2).
/// Whatever it says, its hardware address is what a reservation names.
struct DhcpClientKey {
    std::vector<std::uint8_t> identity;
    MacAddress hardware;
    bool operator==(const DhcpClientKey& other) const { return identity == other.identity; }
};

enum class DhcpBindingState : std::uint8_t {
    Free, ///< somebody had it: it goes to the same client again before it goes to another one
    Offered,
    Leased,
    Unusable ///< declined, or found in use
};

inline constexpr Time dhcpNever = std::numeric_limits<Time>::max();

struct DhcpBinding {
    DhcpBindingState state = DhcpBindingState::Free;
    bool wasLeased = false; ///< else it was offered only
    DhcpClientKey client;
    std::string hostName;
    Time until = 0; ///< of an offer and of a lease
    Time since = 0;
};

inline constexpr SettingSpec dhcpReservationColumns[] = {
    {"mac", SettingType::Mac, true},
    {"address", SettingType::Address, true},
};
inline constexpr SettingSpec dhcpScopeColumns[] = {
    {"scope", SettingType::Range, true},
    {"network", SettingType::Network},
    {"exclude", SettingType::Words},
    {"reservations", SettingType::Table, false, 0, 0, dhcpReservationColumns},
    {"lease", SettingType::Duration, false, 1, 4294967295.0},
    {"t1", SettingType::Duration, false, 1, 4294967295.0},
    {"t2", SettingType::Duration, false, 1, 4294967295.0},
    {"router", SettingType::Address},
    {"dns", SettingType::Address},
    {"second_dns", SettingType::Address},
    {"domain", SettingType::Text},
};

/// Of a lease, in seconds, unless the server says otherwise: 0.5 and 0.875 (RFC 2131, 4.4.5).
inline std::uint32_t dhcpUsualT1(std::uint32_t lease) {
    return lease / 2;
}
inline std::uint32_t dhcpUsualT2(std::uint32_t lease) {
    return static_cast<std::uint32_t>(std::uint64_t{lease} * 7 / 8);
}

class DhcpScope {
public:
    /// From checked settings; or why they are impossible.
    static std::variant<DhcpScope, Text> make(const Settings& settings);

    std::uint32_t leaseSeconds = 3600;
    std::optional<std::uint32_t> renewalSeconds, rebindingSeconds; ///< T1, T2 where they are not the usual
    IpAddress router;
    std::vector<IpAddress> nameServers;
    std::string domain;
    std::optional<NetworkPrefix> network; ///< where it was given
    AddressRange range;

    /// Whether an address lies in the scope's network. Without one that was given: `/24` or wider, as the
    /// range needs, unless the interface says better (see `learnNetwork`).
    [[nodiscard]] bool serves(const IpAddress& address) const { return subnet().contains(address); }
    [[nodiscard]] NetworkPrefix subnet() const;
    void learnNetwork(const NetworkPrefix& of);

    /// The address for a client, in the order of RFC 2131, 4.3.1: its reservation, the one it has, the one it
    /// had, the one it asks for, the next free one.
    [[nodiscard]] std::optional<IpAddress> choose(const DhcpClientKey& client,
                                                  const IpAddress& requested) const;
    [[nodiscard]] std::optional<IpAddress> reservedFor(const MacAddress& hardware) const;
    /// Whether the client may have the address: it is free, or the client's own.
    [[nodiscard]] bool available(const IpAddress& address, const DhcpClientKey& client) const;

    [[nodiscard]] const DhcpBinding* bindingOf(const IpAddress& address) const;
    /// The address that is leased or offered to the client.
    [[nodiscard]] std::optional<IpAddress> heldBy(const DhcpClientKey& client) const;
    void bind(const IpAddress& address, DhcpBinding binding);
    void free(const IpAddress& address, Time now); ///< whose it was stays known
    void forgetAll() { bindings.clear(); }
    /// Offers and leases that are over by now become free; their addresses.
    std::vector<IpAddress> expire(Time now);
    [[nodiscard]] std::optional<Time> nextExpiry() const;

    [[nodiscard]] std::size_t size() const { return pool.size(); } ///< addresses for whoever asks
    [[nodiscard]] std::size_t freeCount() const;
    [[nodiscard]] const std::map<std::uint32_t, DhcpBinding>& all() const { return bindings; }

private:
    std::optional<Text> reserve(const std::vector<Settings>& rows);
    std::optional<Text> fillPool(const std::vector<std::string>& exclusions);
    std::optional<Text> setTimes(const Settings& settings);
    void leaveOutEnds();

    std::vector<std::uint32_t> pool; ///< sorted: neither excluded nor reserved
    std::vector<std::pair<MacAddress, IpAddress>> reservations;
    std::map<std::uint32_t, DhcpBinding> bindings; ///< by address
    std::optional<NetworkPrefix> learnt;
};

} // namespace wirestage::simulation
