// SPDX-License-Identifier: GPL-3.0-or-later
// A DHCP client (RFC 2131, 4.4 and figure 5): asks for an address, tries it by ARP before it uses it (RFC
// 5227), renews it, gives it back; and takes one of its own choice where nobody answers (RFC 3927).
#pragma once

#include "core/protocols/dhcp/dhcp_timers_endpoints.h"
#include "core/simulation/endpoints.h"

namespace wirestage::simulation {

struct DhcpClientSetup {
    InterfaceId interface = 0;
    bool autostart = false;
    bool broadcast = false;                ///< asks for answers by broadcast (RFC 2131, 4.1)
    std::optional<std::string> identifier; ///< of option 61; unset: the hardware address; empty: none
    std::optional<std::string> hostName;   ///< unset: the host's own; empty: none
    std::vector<std::uint8_t> parameters{1, 3, 6, 15};
    IpAddress wanted;                         ///< asked for in Discover
    IpAddress remembered;                     ///< leased before: begins in INIT-REBOOT
    std::optional<std::uint32_t> wantedLease; ///< seconds
    IpAddress prefers;                        ///< a server whose offer is taken if it makes one
    Time offerWait = 50 * millisecond;        ///< how long offers are collected, from the first
    Time startDelay = 0;                      ///< longest wait before the first message
    unsigned probes = 1;                      ///< 0: the address is used untried
    Time probeInterval = 200 * millisecond;
    unsigned discoverTries = 5, requestTries = 4; ///< 0: for ever (Discover only)
    bool linkLocal = false;
    Time again = 0; ///< after giving up; 0: never
};

inline constexpr SettingSpec dhcpClientSettings[] = {
    {"interface", SettingType::Number, false, 0, 63},
    {"autostart", SettingType::Flag},
    {"broadcast", SettingType::Flag},
    {"client_id", SettingType::Text},
    {"host_name", SettingType::Text},
    {"parameters", SettingType::Words},
    {"requested_address", SettingType::Address},
    {"remembered_address", SettingType::Address},
    {"requested_lease", SettingType::Duration, false, 1},
    {"prefers", SettingType::Address},
    {"offer_wait", SettingType::Duration, false, 0, 60},
    {"start_delay", SettingType::Duration, false, 0, 60},
    {"probe", SettingType::Flag},
    {"probes", SettingType::Number, false, 1, 10},
    {"probe_interval", SettingType::Duration, false, 0.001, 10},
    {"tries", SettingType::Number, false, 0, 100},
    {"request_tries", SettingType::Number, false, 1, 100},
    {"link_local", SettingType::Flag},
    {"again", SettingType::Duration, false, 0, 86400},
};
inline constexpr SettingSpec dhcpStopSettings[] = {{"remember", SettingType::Flag}};
inline constexpr SettingSpec dhcpStaticSettings[] = {
    {"address", SettingType::Address, true},
    {"prefix", SettingType::Number, false, 0, 32},
    {"gateway", SettingType::Address},
    {"dns", SettingType::Address},
};
inline constexpr VerbSpec dhcpClientVerbs[] = {
    {"dhcp.start", {}},
    {"dhcp.release", {}},
    {"dhcp.renew", {}},
    {"dhcp.inform", {}},
    {"dhcp.stop", dhcpStopSettings},
    {"dhcp.static", dhcpStaticSettings},
};

std::variant<std::unique_ptr<Application>, Text> makeDhcpClient(const Settings& settings);
std::variant<DhcpClientSetup, Text> dhcpClientSetup(const Settings& settings);

class DhcpClient : public Application {
public:
    explicit DhcpClient(DhcpClientSetup from) : setup(std::move(from)) {}

    void start(HostServices& host) override;
    void command(HostServices& host, const Command& command) override;
    void datagram(HostServices& host, const IncomingDatagram& datagram) override;
    void probed(HostServices& host, const IpAddress& address, std::optional<MacAddress> by) override;
    void conflict(HostServices& host, InterfaceId interface) override;
    [[nodiscard]] std::optional<Time> deadline() const override { return timers.deadline(); }
    void wake(HostServices& host) override;

private:
    enum class State : std::uint8_t {
        Off,
        Init,
        Selecting,
        Requesting,
        Bound,
        Renewing,
        Rebinding,
        InitReboot,
        Rebooting
    };
    struct Lease {
        IpAddress address, server, router;
        unsigned prefixLength = 24;
        std::vector<IpAddress> nameServers;
        std::uint32_t seconds = 0;
        Time renewal = 0, rebinding = 0, expiry = 0; ///< T1, T2 and the end as moments
    };
    struct Offer {
        IpAddress server, address;
    };

    // Beginning and ending.
    void begin(HostServices& host);
    void proceed(HostServices& host);
    void initialise(HostServices& host);
    void giveUp(HostServices& host);
    void leave(HostServices& host);
    void enter(HostServices& host, State next);
    void stopTimers(HostServices& host);
    void finish(HostServices& host, std::vector<CommandId>& commands, bool succeeded);
    void release(HostServices& host, CommandId command);
    void setByHand(HostServices& host, const Settings& settings);

    // Answers.
    void offered(HostServices& host, const DhcpMessage& message);
    void chooseOffer(HostServices& host);
    void acknowledged(HostServices& host, const DhcpMessage& message);
    void refused(HostServices& host, const DhcpMessage& message);
    void informed(HostServices& host, const DhcpMessage& message);
    [[nodiscard]] std::optional<Lease> leaseOf(const DhcpMessage& message) const;
    void takeOn(HostServices& host);
    void runLease(HostServices& host);
    void decline(HostServices& host, const IpAddress& address, const IpAddress& server, const MacAddress& by);

    // What time brings.
    void fired(HostServices& host, std::string_view timer);
    void retry(HostServices& host);
    void extend(HostServices& host, State how);
    void expire(HostServices& host);

    // Sending.
    [[nodiscard]] DhcpMessage message(HostServices& host, DhcpType type) const;
    [[nodiscard]] DhcpMessage question(HostServices& host, DhcpType type) const;
    void sendDiscover(HostServices& host);
    void sendRequest(HostServices& host);
    void sendExtension(HostServices& host);
    void sendInform(HostServices& host);
    void broadcast(HostServices& host, const DhcpMessage& message);
    void unicast(HostServices& host, const DhcpMessage& message, const IpAddress& to);
    Time backOff(HostServices& host, unsigned sentBefore) const;
    std::uint32_t newTransaction(HostServices& host) const;

    void chooseLinkLocal(HostServices& host);

    DhcpClientSetup setup;
    State state = State::Off, told = State::Off;
    DhcpTimers timers;
    std::uint32_t transaction = 0, informTransaction = 0;
    unsigned sent = 0, informsSent = 0; ///< of the message that is being repeated
    unsigned refusals = 0;              ///< in a row
    Time began = 0, requestSent = 0;
    std::uint16_t seconds = 0; ///< secs of the Discover, which the Request repeats (RFC 2131, 3.1)
    std::vector<Offer> offers;
    Offer chosen;
    std::optional<Lease> lease, trial; ///< in use; acknowledged and being tried
    IpAddress linkLocal;               ///< being tried or in use
    unsigned linkLocalConflicts = 0;
    std::vector<CommandId> starting, renewing, informing; ///< steps of the script that wait
};

} // namespace wirestage::simulation
