// SPDX-License-Identifier: GPL-3.0-or-later
// A DHCP server (RFC 2131, 4.3): scopes with exclusions and reservations, and the addresses that clients have
// of them.
#pragma once

#include "core/protocols/dhcp/dhcp_scope_endpoints.h"
#include "core/protocols/dhcp/dhcp_timers_endpoints.h"
#include "core/simulation/endpoints.h"

#include <deque>

namespace wirestage::simulation {

enum class DhcpCheck : std::uint8_t { None, Ping, Arp };

struct DhcpServerSetup {
    std::vector<DhcpScope> scopes;
    std::optional<InterfaceId> interface; ///< unset: serves them all
    bool authoritative = true;            ///< refuses addresses of a wrong network
    DhcpCheck check = DhcpCheck::None; ///< whether an address is tried before it is offered (RFC 2131, 3.1)
    Time checkTime = 500 * millisecond;
    Time offerHold = 60 * second; ///< how long an address is kept for whom it was offered to
    Time delay = 0;               ///< before each answer
};

inline constexpr std::string_view dhcpChecks[] = {"none", "ping", "arp"};
inline constexpr SettingSpec dhcpServerSettings[] = {
    {"scope", SettingType::Range},
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
    {"scopes", SettingType::Table, false, 0, 0, dhcpScopeColumns}, ///< more of them, or all
    {"interface", SettingType::Number, false, 0, 63},
    {"authoritative", SettingType::Flag},
    {"check", SettingType::Text, false, 0, 0, {}, dhcpChecks},
    {"check_time", SettingType::Duration, false, 0.001, 60},
    {"offer_hold", SettingType::Duration, false, 0.1, 86400},
    {"delay", SettingType::Duration, false, 0, 60},
};
inline constexpr VerbSpec dhcpServerVerbs[] = {
    {"dhcp.leases", {}}, ///< lists them in notes
    {"dhcp.forget", {}}, ///< the server loses its memory
};

std::variant<std::unique_ptr<Application>, Text> makeDhcpServer(const Settings& settings);

class DhcpServer : public Application {
public:
    explicit DhcpServer(DhcpServerSetup from) : setup(std::move(from)) {}

    void start(HostServices& host) override;
    void command(HostServices& host, const Command& command) override;
    void datagram(HostServices& host, const IncomingDatagram& datagram) override;
    void icmp(HostServices& host, const IncomingIcmp& message) override;
    void probed(HostServices& host, const IpAddress& address, std::optional<MacAddress> by) override;
    [[nodiscard]] std::optional<Time> deadline() const override;
    void wake(HostServices& host) override;

    [[nodiscard]] const std::vector<DhcpScope>& scopes() const { return setup.scopes; }

private:
    /// A message in hand, with what its way here says.
    struct Question {
        DhcpMessage message;
        DhcpClientKey client;
        InterfaceId interface = 0;
        IpAddress own;              ///< this server's address there: its identifier
        DhcpScope* scope = nullptr; ///< of the client's network; null: none
        bool broadcast = false;
    };
    /// An address that is being tried before it is offered; the message waits.
    struct Trial {
        std::vector<std::uint8_t> payload;
        InterfaceId interface = 0;
        IpAddress address;
        std::uint16_t identifier = 0;
        Time until = 0;
    };
    struct Later {
        Time due = 0;
        OutgoingDatagram datagram;
    };

    [[nodiscard]] std::optional<Question> questionOf(HostServices& host, Bytes payload, InterfaceId interface,
                                                     bool broadcast);
    DhcpScope* scopeFor(HostServices& host, const Question& question);

    void discover(HostServices& host, const Question& question, Bytes payload);
    void setAside(HostServices& host, const Question& question, const IpAddress& address);
    void offer(HostServices& host, const Question& question, const IpAddress& address);
    void tryAddress(HostServices& host, const Question& question, Bytes payload, const IpAddress& address);
    void triedOut(HostServices& host, std::size_t place, bool taken);

    void request(HostServices& host, const Question& question);
    void requestOfOffer(HostServices& host, const Question& question);
    void requestAfterReboot(HostServices& host, const Question& question);
    void requestToExtend(HostServices& host, const Question& question);
    void grant(HostServices& host, const Question& question, const IpAddress& address);
    void refuse(HostServices& host, const Question& question, std::string why);
    void declined(HostServices& host, const Question& question);
    void released(HostServices& host, const Question& question);
    void inform(HostServices& host, const Question& question);

    [[nodiscard]] DhcpMessage answer(const Question& question, DhcpType type) const;
    void addParameters(DhcpMessage& answer, const Question& question, bool leases) const;
    void send(HostServices& host, const Question& question, DhcpMessage message);
    void post(HostServices& host, OutgoingDatagram datagram);
    void noteFree(HostServices& host, const DhcpScope& scope);
    void listLeases(HostServices& host);

    DhcpServerSetup setup;
    std::vector<Trial> trials;
    std::deque<Later> outgoing;
    std::uint16_t lastIdentifier = 0;
};

} // namespace wirestage::simulation
