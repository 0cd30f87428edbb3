// SPDX-License-Identifier: GPL-3.0-or-later
// Names, questions and answers, as clients and servers alike need them.
#include "core/protocols/dns/dns_talk_endpoints.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace wirestage::simulation {
namespace {

constexpr std::uint16_t bitQr = 0x8000, bitTc = 0x0200, bitRd = 0x0100;
constexpr std::uint16_t opcodeBits = 0x7800;
constexpr unsigned mostAliases = 32;

/// RFC 2181, 9: a set of records is left out as a whole.
bool sameSet(const DnsRecord& a, const DnsRecord& b) {
    return a.section == b.section && a.type == b.type && foldedName(a.name) == foldedName(b.name);
}

/// Additional records are a kindness, but for a referral's glue (RFC 9471, 3): without the address of a
/// server that lies below the cut nobody gets there.
bool isNeeded(const DnsMessage& answer, const DnsRecord& record) {
    if (record.section != DnsSection::Additional)
        return true;
    for (const DnsRecord& server : answer.records)
        if (server.section == DnsSection::Authority && server.type == dnstype::ns &&
            foldedName(server.target) == foldedName(record.name) &&
            isWithin(foldedName(record.name), foldedName(server.name)))
            return true;
    return false;
}

} // namespace

std::string foldedName(std::string_view name) {
    if (name == "." || name == "<Root>")
        return {};
    std::string folded(name.ends_with('.') ? name.substr(0, name.size() - 1) : name);
    std::transform(folded.begin(), folded.end(), folded.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return folded;
}

bool isWithin(std::string_view name, std::string_view zone) {
    return zone.empty() || name == zone ||
           (name.size() > zone.size() && name.ends_with(zone) && name[name.size() - zone.size() - 1] == '.');
}

std::string_view parentOf(std::string_view name) {
    const auto dot = name.find('.');
    return dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
}

unsigned labelCount(std::string_view name) {
    return name.empty() ? 0 : 1 + static_cast<unsigned>(std::count(name.begin(), name.end(), '.'));
}

const DnsRecord* optOf(const DnsMessage& message) {
    for (const DnsRecord& record : message.records)
        if (record.type == dnstype::opt && record.section == DnsSection::Additional)
            return &record;
    return nullptr;
}

DnsRecord optRecord(std::uint16_t udpSize) {
    DnsRecord record;
    record.section = DnsSection::Additional;
    record.name = ".";
    record.type = dnstype::opt;
    record.recordClass = udpSize;
    return record;
}

DnsMessage dnsQuery(std::uint16_t id, DnsQuestion question, bool recursionDesired, std::uint16_t udpSize) {
    DnsMessage query;
    query.head.id = id;
    query.head.flags = recursionDesired ? bitRd : 0;
    query.questions.push_back(std::move(question));
    if (udpSize > 0)
        query.records.push_back(optRecord(udpSize));
    return query;
}

DnsMessage dnsAnswerTo(const DnsMessage& query) {
    DnsMessage answer;
    answer.head.id = query.head.id;
    answer.head.flags = static_cast<std::uint16_t>(bitQr | (query.head.flags & (opcodeBits | bitRd)));
    answer.questions = query.questions;
    return answer;
}

void setCode(DnsMessage& answer, DnsCode code) {
    const auto number = static_cast<unsigned>(code);
    answer.responseCode = number;
    answer.head.flags = static_cast<std::uint16_t>((answer.head.flags & ~15U) | (number & 15U));
    for (DnsRecord& record : answer.records)
        if (record.type == dnstype::opt)
            record.timeToLive = (record.timeToLive & 0x00ffffffU) | number >> 4 << 24;
}

std::vector<std::uint8_t> writeDnsWithin(DnsMessage answer, std::size_t limit) {
    std::vector<std::uint8_t> bytes = writeDns(answer);
    while (bytes.size() > limit) {
        const auto last = std::find_if(answer.records.rbegin(), answer.records.rend(),
                                       [](const DnsRecord& one) { return one.type != dnstype::opt; });
        if (last == answer.records.rend())
            break;
        const DnsRecord left = *last;
        if (isNeeded(answer, left))
            answer.head.flags |= bitTc;
        std::erase_if(answer.records, [&](const DnsRecord& one) { return sameSet(one, left); });
        bytes = writeDns(answer);
    }
    return bytes;
}

std::vector<std::uint8_t> writeDnsForStream(const DnsMessage& message) {
    const std::vector<std::uint8_t> bytes = writeDns(message);
    Writer writer;
    writer.u16(bytes.size());
    writer.append(Bytes(bytes));
    return std::move(writer).take();
}

std::string endOfAliases(const DnsMessage& answer, const DnsQuestion& question) {
    std::string name = question.name;
    for (unsigned hops = 0; hops < mostAliases; ++hops) {
        const auto alias =
            std::find_if(answer.records.begin(), answer.records.end(), [&](const DnsRecord& record) {
                return record.section == DnsSection::Answer && record.type == dnstype::cname &&
                       foldedName(record.name) == foldedName(name);
            });
        if (alias == answer.records.end() || question.type == dnstype::cname)
            break;
        name = alias->target;
    }
    return name;
}

bool holdsAnswer(const DnsMessage& answer, const DnsQuestion& question) {
    const std::string end = foldedName(endOfAliases(answer, question));
    return std::any_of(answer.records.begin(), answer.records.end(), [&](const DnsRecord& record) {
        return record.section == DnsSection::Answer && foldedName(record.name) == end &&
               (record.type == question.type || question.type == dnstype::any);
    });
}

std::uint32_t lifeOfAbsence(const DnsRecord& soa) {
    const std::string_view digits = std::string_view(soa.data).substr(soa.data.rfind(' ') + 1);
    std::uint32_t minimum = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), minimum);
    return std::min(soa.timeToLive, minimum);
}

std::string reverseName(const IpAddress& address) {
    std::string name;
    if (address.version == 4) {
        for (std::size_t i = 16; i-- > 12;)
            name += fmt::format("{}.", address.bytes[i]);
        return name + "in-addr.arpa";
    }
    for (std::size_t i = 16; i-- > 0;)
        name += fmt::format("{:x}.{:x}.", address.bytes[i] & 15, address.bytes[i] >> 4);
    return name + "ip6.arpa";
}

std::optional<std::vector<std::uint8_t>> DnsStreamBuffer::next() {
    const auto size = dnsStreamMessageSize(waiting);
    if (!size || *size > waiting.size())
        return std::nullopt;
    const auto end = waiting.begin() + static_cast<std::ptrdiff_t>(*size);
    std::vector<std::uint8_t> message(waiting.begin() + 2, end);
    waiting.erase(waiting.begin(), end);
    return message;
}

} // namespace wirestage::simulation
