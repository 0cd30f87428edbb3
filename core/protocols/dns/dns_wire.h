// SPDX-License-Identifier: GPL-3.0-or-later
// DNS messages (RFC 1035), also as multicast DNS (RFC 6762) and LLMNR (RFC 4795) use them. `readDnsHead` is
// for every packet of a capture and takes no memory; `readDns` reads all records; `describeDns` is for the
// packet one looks at.
#pragma once

#include "core/bytes/address.h"
#include "core/protocols/description.h"
#include "core/protocols/dissection.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wirestage {

/// Who speaks decides what some bits mean: port 53, port 5353 or port 5355.
enum class DnsVariant : std::uint8_t { Unicast, Multicast, LinkLocal };

/// The variant that a port stands for, or nothing where it is none of DNS.
std::optional<DnsVariant> dnsVariantOfPorts(std::uint16_t source, std::uint16_t destination);

struct DnsHead {
    static constexpr std::size_t size = 12;
    std::uint16_t id = 0;
    std::uint16_t flags = 0;
    std::uint16_t questions = 0;   ///< in an update (RFC 2136): zones
    std::uint16_t answers = 0;     ///< in an update: prerequisites
    std::uint16_t authorities = 0; ///< in an update: updates
    std::uint16_t additionals = 0;

    // The first question, where there is one and it is whole.
    bool hasQuestion = false;
    std::uint16_t questionType = 0;
    std::uint16_t questionClass = 0;    ///< in multicast DNS without the QU bit
    bool unicastResponseWanted = false; ///< the QU bit
    std::uint32_t questionNameOffset = 0;
    /// Of name (upper and lower case alike), type and class; 0 without question.
    std::uint32_t questionHash = 0;

    [[nodiscard]] bool response() const { return (flags & 0x8000) != 0; }
    [[nodiscard]] unsigned opcode() const { return flags >> 11 & 15U; }
    [[nodiscard]] bool authoritative() const { return (flags & 0x0400) != 0; }
    [[nodiscard]] bool truncated() const { return (flags & 0x0200) != 0; }
    [[nodiscard]] bool recursionDesired() const { return (flags & 0x0100) != 0; }
    [[nodiscard]] bool recursionAvailable() const { return (flags & 0x0080) != 0; }
    [[nodiscard]] bool authenticData() const { return (flags & 0x0020) != 0; }
    [[nodiscard]] unsigned responseCode() const { return flags & 15U; } ///< without EDNS's upper bits
    [[nodiscard]] bool update() const { return opcode() == 5; }
};

enum class DnsSection : std::uint8_t { Answer, Authority, Additional };

struct DnsQuestion {
    std::string name;
    std::uint16_t type = 0, questionClass = 0;
    bool unicastResponseWanted = false;
};

struct DnsRecord {
    DnsSection section = DnsSection::Answer;
    std::string name;
    std::uint16_t type = 0, recordClass = 0; ///< class of OPT: the UDP payload size
    bool cacheFlush = false;
    std::uint32_t timeToLive = 0; ///< seconds; of OPT: upper code bits, version, flags
    std::string data;             ///< as in a zone file: "10 mail.example.org"
    IpAddress address;            ///< of A and AAAA, else version 0
    std::string target;           ///< the name that CNAME, NS, PTR, MX, SRV and SOA lead to, else empty
};

struct DnsMessage {
    DnsHead head;
    std::vector<DnsQuestion> questions;
    std::vector<DnsRecord> records;
    unsigned responseCode = 0; ///< with EDNS's upper bits
    /// Truncated: the message ends before its counts say. Nonsense: a name or data that makes no sense.
    Malformed malformed = Malformed::No;
};

/// Header and first question; nothing where not even the header is there.
std::optional<DnsHead> readDnsHead(Bytes message, DnsVariant variant = DnsVariant::Unicast);

/// The name of the first question as text, "" without.
std::string dnsQuestionName(Bytes message, const DnsHead& head);

/// The records of the answer section one after the other, without taking memory.
class DnsAnswers {
public:
    DnsAnswers(Bytes whole, const DnsHead& head);

    /// Goes on to the next record. False: there is none any more, or the message ends before its end.
    bool next();
    [[nodiscard]] bool isCutOff() const { return cutOff; }
    [[nodiscard]] std::uint16_t type() const { return recordType; }
    /// The address that an A or AAAA record gives; of no version for any other.
    [[nodiscard]] IpAddress address() const;

private:
    /// Goes behind the name here. False: it does not end, or fewer than `fixed` bytes follow.
    bool passName(std::size_t fixed);

    Bytes message, recordData;
    std::size_t at;
    unsigned left;
    std::uint16_t recordType = 0;
    bool cutOff = false;
};

/// Whether the answer section has a record of the type that was asked for (of any where all will do), and not
/// aliases alone. Takes no memory; where the message is cut off before it can be known, true.
bool dnsHoldsWantedType(Bytes message, const DnsHead& head);

/// Everything that could be read; never more than the bytes hold, whatever the counts say.
DnsMessage readDns(Bytes message, DnsVariant variant = DnsVariant::Unicast);

/// Adds the fields of a message, as one node. Of a cut message what is there. `stream` says that the two
/// bytes in front of the message are its length (DNS over TCP); they must then be in the same buffer.
Malformed describeDns(Bytes message, Describer& describer, DnsVariant variant = DnsVariant::Unicast,
                      bool stream = false);

/// DNS over TCP puts two bytes of length in front of each message (RFC 1035, 4.2.2): how many bytes of
/// `stream` the next message takes with them. Nothing where the length itself is not whole yet; more than
/// `stream` holds where the message is not.
std::optional<std::size_t> dnsStreamMessageSize(Bytes stream);

/// Whether bytes on any port can be nothing but a DNS message: a header that makes sense, at least one
/// question or record, and names, types and lengths that come out even to the last byte. `ofStream` expects
/// the length in front.
bool looksLikeDns(Bytes bytes, bool ofStream = false);

/// "A", "MX"; "TYPE65280" where unknown (RFC 3597).
std::string dnsTypeName(std::uint16_t type);
Text dnsTypeInWords(std::uint16_t type);    ///< "MX (mail exchange)"
Text dnsResponseCodeInWords(unsigned code); ///< "No such name (NXDOMAIN)"
Text dnsOpcodeInWords(unsigned opcode);     ///< "Standard query"
std::span<const FieldSpec> dnsFieldList();  ///< every field that describeDns may add

} // namespace wirestage
