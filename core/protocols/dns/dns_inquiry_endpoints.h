// SPDX-License-Identifier: GPL-3.0-or-later
// One question to one of several servers, as stub and recursive resolvers alike ask it: by UDP from a random
// port with a random id (RFC 5452), again after a timeout and then elsewhere (RFC 1035, 4.2.1), over TCP
// where the answer was cut (RFC 7766, 5). What is no answer to it is not looked at.
#pragma once

#include "core/protocols/dns/dns_talk_endpoints.h"

#include <optional>

namespace wirestage::simulation {

struct DnsInquirySetup {
    DnsQuestion question;
    std::vector<IpAddress> servers; ///< in the order they are asked
    Time timeout = 5 * second;      ///< of one try
    unsigned rounds = 2;            ///< how often each of the servers is asked at most
    bool recursionDesired = true;
    bool overTcp = false;      ///< from the start
    std::uint16_t edns = 0;    ///< the UDP size that is announced; 0: no EDNS
    std::uint32_t machine = 0; ///< tells its timer apart
};

class DnsInquiry {
public:
    explicit DnsInquiry(DnsInquirySetup given) : setup(std::move(given)) {}

    void start(HostServices& host, Application& owner);

    /// True where it was for this inquiry; its answer may then be there.
    bool datagram(HostServices& host, const IncomingDatagram& in);
    bool stream(HostServices& host, const StreamEvent& event);
    bool icmp(HostServices& host, const IncomingIcmp& message);
    [[nodiscard]] std::optional<Time> deadline() const { return due; }
    void wake(HostServices& host);

    /// The answer of this server will not do: on to the next one. It is not asked again.
    void goOn(HostServices& host);
    /// Lets go of port and connection.
    void stop(HostServices& host);

    [[nodiscard]] const std::optional<DnsMessage>& answer() const { return received; }
    [[nodiscard]] bool failed() const { return over && !received; } ///< nobody is left to ask
    [[nodiscard]] const IpAddress& server() const { return setup.servers[current]; }
    [[nodiscard]] const DnsQuestion& question() const { return setup.question; }

private:
    void ask(HostServices& host);
    void askByDatagram(HostServices& host);
    void next(HostServices& host);
    void take(HostServices& host, Bytes bytes, bool overTcp);
    void openPort(HostServices& host);
    void closeStream(HostServices& host);
    void startTimer(HostServices& host, Time span);
    void endTimer(HostServices& host, bool fired);
    [[nodiscard]] bool isOurs(const DnsMessage& message) const;

    DnsInquirySetup setup;
    Application* application = nullptr;
    std::vector<bool> excluded; ///< servers that have said what will not do
    std::size_t current = 0;
    unsigned round = 0;
    std::uint16_t id = 0;
    std::optional<std::uint16_t> port;
    std::optional<StreamId> connection;
    DnsStreamBuffer buffer;
    std::optional<Time> due;
    std::optional<DnsMessage> received;
    bool over = false;
};

} // namespace wirestage::simulation
