// SPDX-License-Identifier: GPL-3.0-or-later
// Walks a DNS message: questions and records one after the other (RFC 1035, 4.1.2 and 4.1.3).
#include "core/protocols/dns/dns_message.h"

namespace wirestage::dns {

bool MessageReader::next(QuestionHead& question) {
    if (questionsLeft == 0 || state != Malformed::No)
        return false;
    auto name = readName(message, at);
    if (!name || at + name->wireLength + 4 > message.size())
        return stop(Malformed::Truncated);
    question.name = std::move(*name);
    question.offset = static_cast<std::uint32_t>(at);
    Reader reader(message.subspan(at + question.name.wireLength));
    question.type = reader.u16();
    question.classBits = reader.u16();
    at += question.name.wireLength + 4U;
    --questionsLeft;
    return true;
}

bool MessageReader::next(RecordHead& record) {
    if (state != Malformed::No || questionsLeft > 0)
        return false;
    std::size_t section = 0;
    while (section < 3 && recordsLeft[section] == 0)
        ++section;
    if (section == 3)
        return false;
    constexpr std::size_t fixed = 10;
    auto name = readName(message, at);
    if (!name || at + name->wireLength + fixed > message.size())
        return stop(Malformed::Truncated);
    record.section = static_cast<DnsSection>(section);
    record.name = std::move(*name);
    record.offset = static_cast<std::uint32_t>(at);
    Reader reader(message.subspan(at + record.name.wireLength));
    record.type = reader.u16();
    record.classBits = reader.u16();
    record.timeToLive = reader.u32();
    record.length = reader.u16();
    record.data = reader.take(record.length);
    if (reader.truncated())
        state = Malformed::Truncated; // this record is shown as far as it goes, none follows
    at += record.name.wireLength + fixed + record.data.size();
    --recordsLeft[section];
    return true;
}

} // namespace wirestage::dns
