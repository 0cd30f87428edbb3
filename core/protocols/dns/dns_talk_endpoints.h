// SPDX-License-Identifier: GPL-3.0-or-later
// What all who speak DNS in a simulation share: names compared (RFC 4343), questions and answers put together
// (RFC 1035, 4.1), and messages cut out of a TCP stream (RFC 7766, 8).
#pragma once

#include "core/protocols/dns/dns_writer.h"
#include "core/simulation/application.h"

#include <string>
#include <string_view>
#include <vector>

namespace wirestage::simulation {

namespace dnstype {
inline constexpr std::uint16_t a = 1, ns = 2, cname = 5, soa = 6, ptr = 12, mx = 15, txt = 16, aaaa = 28,
                               srv = 33, opt = 41, axfr = 252, any = 255;
}

/// RFC 1035, 4.1.1 and RFC 6895, 2.3.
enum class DnsCode : unsigned {
    NoError = 0,
    FormatError = 1,
    ServerFailure = 2,
    NoSuchName = 3,
    NotImplemented = 4,
    Refused = 5,
    NotAuthoritative = 9,
    BadVersion = 16
};

inline constexpr std::uint16_t dnsPort = 53, internetClass = 1;
inline constexpr std::size_t plainUdpLimit = 512; ///< RFC 1035, 2.3.4: without EDNS

/// In lower case (RFC 4343, 3), the root as "": for comparing and as a key.
std::string foldedName(std::string_view name);
/// Whether the name is `zone` or below it; both folded.
bool isWithin(std::string_view name, std::string_view zone);
/// Without its first label; of a top level name "". Not for the root.
std::string_view parentOf(std::string_view name);
/// How many labels, the root's not counted.
unsigned labelCount(std::string_view foldedName);

inline DnsCode codeOf(const DnsMessage& message) {
    return static_cast<DnsCode>(message.responseCode);
}

/// The OPT record of a message (RFC 6891), or null.
const DnsRecord* optOf(const DnsMessage& message);
DnsRecord optRecord(std::uint16_t udpSize);

/// `udpSize` 0: without EDNS.
DnsMessage dnsQuery(std::uint16_t id, DnsQuestion question, bool recursionDesired, std::uint16_t udpSize);

/// An answer without records: the question's id, opcode, RD and question (RFC 1035, 4.1.1).
DnsMessage dnsAnswerTo(const DnsMessage& query);
/// Puts the code where its bits belong; those above 15 into OPT, which must then be there.
void setCode(DnsMessage& answer, DnsCode code);

/// The bytes of at most `limit`. What does not fit is left out, whole record sets from the back; where one is
/// missing that the answer needs, TC is set (RFC 2181, 9; glue: RFC 9471, 3).
std::vector<std::uint8_t> writeDnsWithin(DnsMessage answer, std::size_t limit);

/// With the length in front (RFC 1035, 4.2.2).
std::vector<std::uint8_t> writeDnsForStream(const DnsMessage& message);

/// Follows aliases from the question's name through the answer section: the name they end at.
std::string endOfAliases(const DnsMessage& answer, const DnsQuestion& question);
/// Whether the answer section holds what was asked for, at the end of the aliases if there are any.
bool holdsAnswer(const DnsMessage& answer, const DnsQuestion& question);

/// How long one may remember that something is not there: the SOA's last number (MINIMUM), or its TTL where
/// that is less (RFC 2308, 5).
std::uint32_t lifeOfAbsence(const DnsRecord& soa);

/// RFC 1035, 3.5: 192.0.2.10 is 10.2.0.192.in-addr.arpa; IPv6: RFC 3596, 2.5.
std::string reverseName(const IpAddress& address);

/// Bytes of a stream until they are whole messages. At most one message, which is 64 KiB, waits here.
class DnsStreamBuffer {
public:
    void append(Bytes data) { waiting.insert(waiting.end(), data.begin(), data.end()); }
    /// The next whole message without its length; nothing where it has not all come.
    std::optional<std::vector<std::uint8_t>> next();

private:
    std::vector<std::uint8_t> waiting;
};

} // namespace wirestage::simulation
