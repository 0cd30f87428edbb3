// SPDX-License-Identifier: GPL-3.0-or-later
// The frame of a DNS message (RFC 1035, 4.1): the header's field list, and a walk over questions and records
// that reading and describing share.
#pragma once

#include "core/protocols/dns/dns_records.h"
#include "core/protocols/dns/dns_wire.h"
#include "core/protocols/fields.h"

namespace wirestage {

/// The header as it is read and written; describing shows other bits for other variants, see
/// dns_describe.cpp.
template <class Visitor>
void fields(Visitor& v, DnsHead& head) {
    v.u16(dnsFields.id, head.id);
    v.u16(dnsFields.flags, head.flags);
    v.u16(dnsFields.questions, head.questions);
    v.u16(dnsFields.answers, head.answers);
    v.u16(dnsFields.authorities, head.authorities);
    v.u16(dnsFields.additionals, head.additionals);
}

namespace dns {

inline constexpr std::uint16_t typeOfSrv = 33, typeOfOpt = 41;

struct QuestionHead {
    Name name;
    std::uint32_t offset = 0;
    std::uint16_t type = 0, classBits = 0;
};

struct RecordHead {
    DnsSection section = DnsSection::Answer;
    Name name;
    std::uint32_t offset = 0; ///< of the name
    std::uint16_t type = 0, classBits = 0;
    std::uint32_t timeToLive = 0;
    std::uint16_t length = 0; ///< as it says; `data` may hold less
    Bytes data;
};

/// Goes through a message: first all questions, then all records.
class MessageReader {
public:
    MessageReader(Bytes whole, const DnsHead& head)
        : message(whole),
          questionsLeft(head.questions), recordsLeft{head.answers, head.authorities, head.additionals} {}

    bool next(QuestionHead& question);
    bool next(RecordHead& record);

    [[nodiscard]] Malformed malformed() const { return state; }
    [[nodiscard]] bool atEnd() const { return at >= message.size(); }
    [[nodiscard]] std::size_t offset() const { return at; }
    /// The section that the next record belongs to, and how many it still has.
    [[nodiscard]] unsigned left(DnsSection section) const { return recordsLeft[static_cast<int>(section)]; }

private:
    bool stop(Malformed why) {
        state = why;
        return false;
    }

    Bytes message;
    std::size_t at = DnsHead::size;
    unsigned questionsLeft;
    unsigned recordsLeft[3];
    Malformed state = Malformed::No;
};

} // namespace dns
} // namespace wirestage
