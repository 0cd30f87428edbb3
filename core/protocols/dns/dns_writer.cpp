// SPDX-License-Identifier: GPL-3.0-or-later
// Whole messages: header, questions, records (RFC 1035, 4.1).
#include "core/protocols/dns/dns_writer.h"

#include "core/protocols/dns/dns_message.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace wirestage {
namespace {

constexpr std::uint16_t topBit = 0x8000; // of the class in multicast DNS

/// RFC 3597, 4: the data of these, all from RFC 1035, and of no others may hold compressed names.
bool mayCompressData(std::uint16_t type) {
    constexpr std::array<std::uint16_t, 11> known{2, 3, 4, 5, 6, 7, 8, 9, 12, 14, 15};
    return std::find(known.begin(), known.end(), type) != known.end();
}

/// Writes the data with its length in front; false where the text makes no sense.
bool writeData(Writer& writer, dns::NameWriter& names, std::uint16_t type, std::string_view text,
               std::optional<std::string_view> origin) {
    const std::size_t place = writer.size();
    writer.u16(0);
    if (type == dns::typeOfOpt)
        return true;
    dns::DataText words(text, writer, names, mayCompressData(type), origin);
    const dns::RecordType* known = dns::recordType(type);
    dns::RecordData data(words);
    if (known && known->parts)
        known->parts(data);
    else
        words.hexadecimal();
    const std::size_t length = writer.size() - place - 2;
    writer.patch16(place, static_cast<std::uint16_t>(length));
    return words.allSound() && !data.truncated() && length <= 0xffff;
}

bool isSound(const DnsRecord& record) {
    Writer scratch;
    dns::NameWriter names(scratch);
    return names.write(record.name, false) &&
           writeData(scratch, names, record.type, record.data, std::nullopt);
}

class MessageWriter {
public:
    explicit MessageWriter(const DnsMessage& from) : message(from), names(writer) {}

    std::vector<std::uint8_t> run() && {
        DnsHead head = message.head;
        writeHeader(writer, head);
        head.questions = head.answers = head.authorities = head.additionals = 0;
        for (const DnsQuestion& question : message.questions)
            head.questions = static_cast<std::uint16_t>(head.questions + write(question));
        std::uint16_t* const counts[] = {&head.answers, &head.authorities, &head.additionals};
        for (const DnsSection section : {DnsSection::Answer, DnsSection::Authority, DnsSection::Additional})
            for (const DnsRecord& record : message.records)
                if (record.section == section)
                    *counts[static_cast<int>(section)] += write(record);
        constexpr std::size_t counted = 4; // where the counts stand
        for (std::size_t i = 0; i < 4; ++i)
            writer.patch16(counted + 2 * i, i == 0 ? head.questions : *counts[i - 1]);
        return std::move(writer).take();
    }

private:
    bool write(const DnsQuestion& question) {
        if (!names.write(question.name, true))
            return false;
        writer.u16(question.type);
        writer.u16(question.questionClass | (question.unicastResponseWanted ? topBit : 0U));
        return true;
    }

    bool write(const DnsRecord& record) {
        if (!isSound(record))
            return false;
        names.write(record.name, true);
        writer.u16(record.type);
        writer.u16(record.recordClass | (record.cacheFlush ? topBit : 0U));
        writer.u32(record.timeToLive);
        writeData(writer, names, record.type, record.data, std::nullopt);
        return true;
    }

    const DnsMessage& message;
    Writer writer;
    dns::NameWriter names;
};

} // namespace

std::vector<std::uint8_t> writeDns(const DnsMessage& message) {
    return MessageWriter(message).run();
}

std::optional<std::uint16_t> dnsTypeNamed(std::string_view name) {
    std::string upper(name);
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    std::uint32_t number = 0;
    constexpr std::string_view generic = "TYPE";
    const std::string_view digits = std::string_view(upper).substr(std::min(upper.size(), generic.size()));
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (upper.starts_with(generic) && error == std::errc{} && end == digits.data() + digits.size() &&
        number <= 0xffff)
        return static_cast<std::uint16_t>(number);
    for (number = 1; number <= dns::highestKnownType; ++number)
        if (const dns::RecordType* known = dns::recordType(number); known && upper == known->mnemonic)
            return static_cast<std::uint16_t>(number);
    return std::nullopt;
}

namespace dns {

std::optional<std::string> wholeData(std::uint16_t type, std::string_view text, std::string_view origin) {
    Writer writer;
    NameWriter names(writer);
    if (!writeData(writer, names, type, text, origin))
        return std::nullopt;
    constexpr std::size_t length = 2;
    const Bytes data = writer.from(length);
    RecordData reading(writer.bytes(), data, data.size(), nullptr);
    const RecordType* known = recordType(type);
    if (known && known->parts)
        known->parts(reading);
    else
        reading.rest(dnsFields.data);
    return std::move(reading.text);
}

} // namespace dns
} // namespace wirestage
