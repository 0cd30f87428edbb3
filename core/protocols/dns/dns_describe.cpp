// SPDX-License-Identifier: GPL-3.0-or-later
// Describes DNS messages: header (RFC 1035, 4.1.1), questions and records, with what multicast DNS (RFC
// 6762), LLMNR (RFC 4795), updates (RFC 2136) and EDNS (RFC 6891) make of the same bits.
#include "core/protocols/dns/dns_message.h"
#include "core/protocols/names.h"

namespace wirestage {
namespace {

using namespace dns;

constexpr const DnsFields& f = dnsFields;

class DnsDescriber {
public:
    DnsDescriber(Bytes whole, Describer& into, DnsVariant spoken)
        : message(whole), describer(into), variant(spoken) {}

    Malformed run(bool stream);

private:
    void header(Reader& reader);
    template <class Word>
    void flags(Word& word);
    void question(const QuestionHead& question);
    void record(const RecordHead& record);
    void owner(const RecordHead& record);
    void optHead(const RecordHead& record);
    void rest(std::size_t from);
    void openSection(DnsSection section, std::size_t offset);

    [[nodiscard]] std::uint32_t placeOf(std::size_t offset) const {
        return describer.offsetOf(message.data() + offset);
    }
    Field& number(const FieldSpec& spec, std::uint64_t value, std::size_t offset, std::uint32_t width) {
        return describer.add(spec, value, numberAsText(spec.show, value, 8 * width), placeOf(offset), width);
    }
    void topBit(const FieldSpec& bit, const FieldSpec& others, std::uint16_t word, std::size_t offset);

    Bytes message;
    Describer& describer;
    DnsVariant variant;
    DnsHead head;
    Malformed malformed = Malformed::No;
};

template <class Word>
void DnsDescriber::flags(Word& word) {
    const bool response = head.response(), linkLocal = variant == DnsVariant::LinkLocal;
    word.part(f.response, 1, [](std::uint64_t set) {
        return set ? WS_TR("values", "An answer") : WS_TR("values", "A question");
    });
    word.part(f.opcode, 4, opcodeInWords);
    if (linkLocal)
        word.part(f.conflict, 1);
    else if (response)
        word.part(f.authoritative, 1, [](std::uint64_t set) {
            return set ? WS_TR("values", "The server has authority over this name")
                       : WS_TR("values", "The server repeats what it heard");
        });
    else
        word.part(f.authoritativeUnused, 1);
    word.part(f.truncated, 1, [](std::uint64_t set) {
        return set ? WS_TR("values", "Cut short: ask again over TCP") : WS_TR("values", "Whole");
    });
    if (linkLocal) {
        word.part(f.tentative, 1);
        word.part(f.reservedBits, 4);
    } else {
        word.part(f.recursionDesired, 1, [](std::uint64_t set) {
            return set ? WS_TR("values", "Find the answer for me")
                       : WS_TR("values", "Only what you know yourself");
        });
        if (response)
            word.part(f.recursionAvailable, 1, [](std::uint64_t set) {
                return set ? WS_TR("values", "The server asks others on one's behalf")
                           : WS_TR("values", "The server asks nobody");
            });
        else
            word.part(f.recursionAvailableUnused, 1);
        word.part(f.reserved, 1);
        word.part(response || head.authenticData() ? f.authenticData : f.authenticDataUnused, 1);
        word.part(f.checkingDisabled, 1);
    }
    if (response)
        word.part(f.responseCode, 4, responseCodeInWords);
    else
        word.part(f.responseCodeUnused, 4);
}

void DnsDescriber::header(Reader& reader) {
    DescribeFields visitor(reader, describer);
    visitor.u16(f.id, head.id);
    visitor.parts16(
        f.flags, head.flags, [this](auto& word) { flags(word); },
        [](std::uint64_t bits) {
            const unsigned opcode = bits >> 11 & 15;
            return bits & 0x8000 ? WS_TR("values", "%1, answer").with(opcodeInWords(opcode))
                                 : opcodeInWords(opcode);
        });
    const bool update = head.update();
    visitor.u16(update ? f.zones : f.questions, head.questions);
    visitor.u16(update ? f.prerequisites : f.answers, head.answers);
    visitor.u16(update ? f.updates : f.authorities, head.authorities);
    visitor.u16(f.additionals, head.additionals);
}

/// A word whose uppermost bit has a meaning of its own in multicast DNS.
void DnsDescriber::topBit(const FieldSpec& bit, const FieldSpec& others, std::uint16_t word,
                          std::size_t offset) {
    Field& lower = number(others, word & 0x7fffU, offset, 2);
    lower.bitOffset = 1;
    lower.bitLength = 15;
    lower.meaning = classInWords(word & 0x7fffU);
    Field& upper = number(bit, word >> 15, offset, 2);
    upper.bitLength = 1;
}

void DnsDescriber::question(const QuestionHead& question) {
    const std::uint32_t nameLength = question.name.wireLength;
    const std::size_t behind = question.offset + nameLength;
    describer.open(f.question, placeOf(question.offset), nameLength + 4, question.name.text,
                   typeInWords(question.type));
    describer.add(f.questionName, 0, question.name.text, placeOf(question.offset), nameLength);
    const std::size_t shown = question.name.text.size();
    describer.add(f.questionNameLength, shown, std::to_string(shown), placeOf(question.offset), nameLength);
    const unsigned labels = std::max<unsigned>(question.name.labels, 1); // the root is one empty label
    describer.add(f.questionLabels, labels, std::to_string(labels), placeOf(question.offset), nameLength);
    number(f.questionType, question.type, behind, 2).meaning = typeInWords(question.type);
    if (variant == DnsVariant::Multicast)
        topBit(f.unicastResponse, f.questionClass, question.classBits, behind + 2);
    else
        number(f.questionClass, question.classBits, behind + 2, 2).meaning = classInWords(question.classBits);
    describer.close();
}

/// The name a record is about. The owner of a SRV record says service, protocol and domain (RFC 2782).
void DnsDescriber::owner(const RecordHead& record) {
    const std::uint32_t place = placeOf(record.offset), length = record.name.wireLength;
    const std::string& text = record.name.text;
    const std::size_t first = text.find('.');
    const std::size_t second = first == std::string::npos ? first : text.find('.', first + 1);
    if (record.type != typeOfSrv || second == std::string::npos) {
        describer.add(f.name, 0, text, place, length);
        return;
    }
    describer.add(f.service, 0, text.substr(0, first), place, length);
    describer.add(f.serviceProtocol, 0, text.substr(first + 1, second - first - 1), place, length);
    describer.add(f.serviceName, 0, text.substr(second + 1), place, length);
}

/// OPT uses the places of class and TTL for other things (RFC 6891, 6.1.3).
void DnsDescriber::optHead(const RecordHead& record) {
    const std::size_t behind = record.offset + record.name.wireLength + 2;
    const std::uint32_t word = record.timeToLive;
    Field& size =
        number(f.udpPayloadSize, record.classBits & (variant == DnsVariant::Multicast ? 0x7fffU : 0xffffU),
               behind, 2);
    size.meaning = bytesInWords(size.number);
    if (variant == DnsVariant::Multicast) {
        size.bitOffset = 1;
        size.bitLength = 15;
        number(f.cacheFlush, record.classBits >> 15, behind, 2).bitLength = 1;
    }
    Field& code = number(f.extendedCode, word >> 24, behind + 2, 1);
    if (const std::uint64_t whole = code.number << 4 | head.responseCode(); code.number > 0)
        code.meaning = responseCodeInWords(whole);
    number(f.ednsVersion, word >> 16 & 0xff, behind + 3, 1);
    describer.open(f.ednsFlags, placeOf(behind + 4), 2, numberAsText(Show::Hexadecimal, word & 0xffff, 16));
    describer.description.fields.back().number = word & 0xffff;
    Field& dnssec = number(f.dnssecOk, word >> 15 & 1, behind + 4, 2);
    dnssec.bitLength = 1;
    dnssec.meaning =
        dnssec.number ? WS_TR("values", "Send DNSSEC records too") : WS_TR("values", "No DNSSEC records");
    Field& reserved = number(f.ednsReserved, word & 0x7fff, behind + 4, 2);
    reserved.bitOffset = 1;
    reserved.bitLength = 15;
    describer.close();
}

void DnsDescriber::record(const RecordHead& record) {
    const std::size_t behind = record.offset + record.name.wireLength;
    describer.open(f.record, placeOf(record.offset),
                   record.name.wireLength + 10 + static_cast<std::uint32_t>(record.data.size()),
                   record.name.text, typeInWords(record.type));
    const auto node = describer.description.fields.size() - 1;
    owner(record);
    number(f.type, record.type, behind, 2).meaning = typeInWords(record.type);
    if (record.type == typeOfOpt) {
        optHead(record);
    } else {
        if (variant == DnsVariant::Multicast)
            topBit(f.cacheFlush, f.recordClass, record.classBits, behind + 2);
        else
            number(f.recordClass, record.classBits, behind + 2, 2).meaning = classInWords(record.classBits);
        number(f.timeToLive, record.timeToLive, behind + 4, 4).meaning = secondsName(record.timeToLive);
    }
    number(f.dataLength, record.length, behind + 8, 2).meaning = bytesInWords(record.length);
    if (record.length > 0) {
        const RecordType* type = recordType(record.type);
        RecordData parts(message, record.data, record.length, &describer);
        if (type && type->parts)
            type->parts(parts);
        else
            parts.rest(f.data);
        if (!parts.text.empty() && record.type != typeOfOpt)
            describer.description.fields[node].meaning =
                WS_TR("values", "%1: %2").with(dnsTypeName(record.type)).with(printable(parts.text, 120));
        if (malformed == Malformed::No && parts.nonsense())
            malformed = Malformed::Nonsense;
    }
    describer.close();
}

void DnsDescriber::openSection(DnsSection section, std::size_t offset) {
    const bool update = head.update();
    const FieldSpec* specs[] = {update ? &f.prerequisiteSection : &f.answerSection,
                                update ? &f.updateSection : &f.authoritySection, &f.additionalSection};
    describer.open(*specs[static_cast<int>(section)], placeOf(offset), 0);
}

void DnsDescriber::rest(std::size_t from) {
    if (from >= message.size())
        return;
    const Bytes bytes = message.subspan(from);
    describer.add(f.extraneous, bytes.size(), bytesAsText(bytes), placeOf(from),
                  static_cast<std::uint32_t>(bytes.size()));
    describer.addGenerated(f.extraneousLength, bytes.size(), std::to_string(bytes.size()));
}

Malformed DnsDescriber::run(bool stream) {
    const auto size = static_cast<std::uint32_t>(message.size());
    const std::uint32_t before = stream ? 2 : 0;
    describer.open(f.protocol, placeOf(0) - before, size + before);
    if (stream)
        describer.add(f.length, size, std::to_string(size), placeOf(0) - before, 2);
    Reader reader(message);
    header(reader);
    if (reader.truncated()) {
        describer.close();
        return Malformed::Truncated;
    }
    MessageReader walk(message, head);
    std::size_t began = walk.offset();
    const auto endSection = [&] {
        describer.resizeOpen(static_cast<std::uint32_t>(walk.offset() - began));
        describer.close();
        began = walk.offset();
    };
    if (head.questions > 0) {
        describer.open(head.update() ? f.zoneSection : f.questionSection, placeOf(began), 0);
        for (QuestionHead next; walk.next(next);)
            question(next);
        endSection();
    }
    std::optional<DnsSection> section;
    for (RecordHead next; walk.next(next);) {
        if (section != next.section) {
            if (section) {
                describer.resizeOpen(static_cast<std::uint32_t>(next.offset - began));
                describer.close();
            }
            began = next.offset;
            section = next.section;
            openSection(*section, began);
        }
        record(next);
    }
    if (section)
        endSection();
    if (walk.malformed() != Malformed::No)
        malformed = walk.malformed();
    else
        rest(walk.offset());
    describer.close();
    return malformed;
}

} // namespace

Malformed describeDns(Bytes message, Describer& describer, DnsVariant variant, bool stream) {
    return DnsDescriber(message, describer, variant).run(stream);
}

} // namespace wirestage
