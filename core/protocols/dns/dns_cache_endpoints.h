// SPDX-License-Identifier: GPL-3.0-or-later
// What a recursive resolver remembers: record sets until their TTL has run out (RFC 1035, 3.2.1 and 7.4), and
// that a name or a type is not there (RFC 2308, 5).
#pragma once

#include "core/protocols/dns/dns_talk_endpoints.h"

#include <map>
#include <optional>
#include <vector>

namespace wirestage::simulation {

/// How far data may be trusted (RFC 2181, 5.4.1). What only came along with a referral leads to servers, but
/// is no answer to anybody.
enum class DnsTrust : std::uint8_t { Referral, Answer };

/// That something is not there.
struct DnsAbsence {
    bool wholeName = false; ///< NXDOMAIN; else the name has no record of the type
    DnsRecord soa;          ///< its TTL is how long that holds
};

class DnsCache {
public:
    /// Keeps a record set of one name and type; less trusted data does not replace better. False where it was
    /// not kept: TTL 0 is for the question at hand only (RFC 1035, 3.2.1).
    bool keep(std::vector<DnsRecord> set, DnsTrust trust, Time now);
    bool keepAbsence(const std::string& name, std::uint16_t type, bool wholeName, DnsRecord soa, Time now);

    /// With the seconds that are left of their lives; empty where nothing, or nothing so trusted, is known.
    [[nodiscard]] std::vector<DnsRecord> find(const std::string& name, std::uint16_t type, DnsTrust trust,
                                              Time now) const;
    [[nodiscard]] std::optional<DnsAbsence> findAbsence(const std::string& name, std::uint16_t type,
                                                        Time now) const;
    void clear() {
        sets.clear();
        absences.clear();
    }
    [[nodiscard]] std::size_t size() const { return sets.size() + absences.size(); }

private:
    using Key = std::pair<std::string, std::uint16_t>; ///< name, folded, and type
    struct Set {
        std::vector<DnsRecord> records;
        DnsTrust trust = DnsTrust::Referral;
        std::int64_t kept = 0, expires = 0; ///< seconds of the clock
    };
    struct Absence {
        DnsAbsence what;
        std::int64_t kept = 0, expires = 0;
    };
    void makeRoom(std::int64_t now);

    std::map<Key, Set> sets;
    std::map<Key, Absence> absences; ///< type 0: of the whole name
};

} // namespace wirestage::simulation
