// SPDX-License-Identifier: GPL-3.0-or-later
// Reads DNS messages as values (RFC 1035, 4): the head for every packet, all records where they are wanted.
#include "core/protocols/dns/dns_wire.h"

#include "core/protocols/dns/dns_message.h"

namespace wirestage {
namespace {

using dns::MessageReader;

/// A record's data as text, and what grouping wants of it. False where lengths inside do not fit.
bool readData(DnsRecord& record, Bytes message, const dns::RecordHead& head) {
    const dns::RecordType* type = dns::recordType(record.type);
    dns::RecordData data(message, head.data, head.length, nullptr);
    if (type && type->parts)
        type->parts(data);
    else
        data.rest(dnsFields.data);
    record.data = std::move(data.text);
    if (record.type == 1 && head.data.size() >= 4)
        record.address = IpAddress::v4(head.data.data());
    if (record.type == 28 && head.data.size() >= 16)
        record.address = IpAddress::v6(head.data.data());

    // Where in the data the name stands that the record leads to.
    constexpr std::uint16_t ns = 2, cname = 5, soa = 6, ptr = 12, mx = 15, srv = 33, dname = 39;
    std::optional<std::size_t> place;
    switch (record.type) {
    case ns:
    case cname:
    case soa:
    case ptr:
    case dname: place = 0; break;
    case mx: place = 2; break;
    case srv: place = 6; break;
    default: break;
    }
    if (place && *place < head.data.size()) {
        const auto offset = static_cast<std::size_t>(head.data.data() - message.data()) + *place;
        if (auto name = dns::readName(message, offset); name && !name->bad)
            record.target = std::move(name->text);
    }
    return !data.nonsense();
}

/// NetBIOS name service shares the format; its names are 32 letters from A to P (RFC 1001, 14.1).
bool isNetbiosName(Bytes name) {
    constexpr std::size_t length = 32;
    if (name.size() <= length || name[0] != length)
        return false;
    for (const std::uint8_t letter : name.subspan(1, length))
        if (letter < 'A' || letter > 'P')
            return false;
    return true;
}

} // namespace

std::optional<DnsVariant> dnsVariantOfPorts(std::uint16_t source, std::uint16_t destination) {
    const auto either = [&](std::uint16_t port) { return source == port || destination == port; };
    if (either(53))
        return DnsVariant::Unicast;
    if (either(5353))
        return DnsVariant::Multicast;
    if (either(5355))
        return DnsVariant::LinkLocal;
    return std::nullopt;
}

std::optional<DnsHead> readDnsHead(Bytes message, DnsVariant variant) {
    Reader reader(message);
    DnsHead head;
    if (!readHeader(reader, head))
        return std::nullopt;
    if (head.questions == 0)
        return head;
    const dns::NameOutline name = dns::outlineOfName(message, DnsHead::size);
    const std::size_t end = DnsHead::size + name.wireLength + 4;
    if (name.wireLength == 0 || end > message.size())
        return head;
    const std::uint8_t* behind = message.data() + end - 4;
    const std::uint16_t classBits = static_cast<std::uint16_t>(loadBig<2>(behind + 2));
    const bool multicast = variant == DnsVariant::Multicast;
    head.hasQuestion = true;
    head.questionNameOffset = DnsHead::size;
    head.questionType = static_cast<std::uint16_t>(loadBig<2>(behind));
    head.questionClass = multicast ? classBits & 0x7fff : classBits;
    head.unicastResponseWanted = multicast && (classBits & 0x8000);
    head.questionHash = (name.hash ^ head.questionType) * 16777619U ^ head.questionClass;
    return head;
}

std::string dnsQuestionName(Bytes message, const DnsHead& head) {
    if (!head.hasQuestion)
        return {};
    const auto name = dns::readName(message, head.questionNameOffset);
    return name ? name->text : std::string();
}

DnsMessage readDns(Bytes message, DnsVariant variant) {
    DnsMessage result;
    const auto head = readDnsHead(message, variant);
    if (!head) {
        result.malformed = Malformed::Truncated;
        return result;
    }
    result.head = *head;
    result.responseCode = head->responseCode();
    const bool multicast = variant == DnsVariant::Multicast;
    MessageReader reader(message, *head);
    dns::QuestionHead question;
    bool sound = true;
    while (reader.next(question)) {
        sound = sound && !question.name.bad;
        result.questions.push_back(
            {std::move(question.name.text), question.type,
             multicast ? static_cast<std::uint16_t>(question.classBits & 0x7fff) : question.classBits,
             multicast && (question.classBits & 0x8000) != 0});
    }
    dns::RecordHead found;
    while (reader.next(found)) {
        DnsRecord& record = result.records.emplace_back();
        const bool opt = found.type == dns::typeOfOpt;
        record.section = found.section;
        record.name = std::move(found.name.text);
        record.type = found.type;
        record.cacheFlush = multicast && !opt && (found.classBits & 0x8000) != 0;
        record.recordClass =
            multicast && !opt ? static_cast<std::uint16_t>(found.classBits & 0x7fff) : found.classBits;
        record.timeToLive = found.timeToLive;
        if (opt)
            result.responseCode |= found.timeToLive >> 24 << 4;
        sound = readData(record, message, found) && sound && !found.name.bad;
    }
    result.malformed =
        reader.malformed() == Malformed::No && !sound ? Malformed::Nonsense : reader.malformed();
    return result;
}

DnsAnswers::DnsAnswers(Bytes whole, const DnsHead& head)
    : message(whole), at(DnsHead::size), left(head.answers) {
    constexpr std::size_t typeAndClass = 4;
    for (unsigned i = 0; i < head.questions && passName(typeAndClass); ++i)
        at += typeAndClass;
}

bool DnsAnswers::passName(std::size_t fixed) {
    const dns::NameOutline name = dns::outlineOfName(message, at);
    cutOff = name.wireLength == 0 || at + name.wireLength + fixed > message.size();
    at += name.wireLength;
    return !cutOff;
}

bool DnsAnswers::next() {
    constexpr std::size_t fixed = 10; // type, class, time to live, length of the data
    if (left == 0 || cutOff || !passName(fixed))
        return false;
    const std::uint8_t* head = message.data() + at;
    const auto length = static_cast<std::size_t>(loadBig<2>(head + fixed - 2));
    at += fixed;
    cutOff = length > message.size() - at;
    if (cutOff)
        return false;
    recordType = static_cast<std::uint16_t>(loadBig<2>(head));
    recordData = message.subspan(at, length);
    at += length;
    --left;
    return true;
}

IpAddress DnsAnswers::address() const {
    if (recordType == 1 && recordData.size() == 4)
        return IpAddress::v4(recordData.data());
    return recordType == 28 && recordData.size() == 16 ? IpAddress::v6(recordData.data()) : IpAddress{};
}

bool dnsHoldsWantedType(Bytes message, const DnsHead& head) {
    constexpr std::uint16_t firstOfMany = 251; // IXFR, AXFR, MAILB, MAILA, ANY
    if (!head.hasQuestion || head.questionType >= firstOfMany || head.questions != 1)
        return true;
    DnsAnswers answers(message, head);
    while (answers.next())
        if (answers.type() == head.questionType)
            return true;
    return answers.isCutOff();
}

std::optional<std::size_t> dnsStreamMessageSize(Bytes stream) {
    if (stream.size() < 2)
        return std::nullopt;
    return 2 + static_cast<std::size_t>(loadBig<2>(stream.data()));
}

bool looksLikeDns(Bytes bytes, bool ofStream) {
    if (ofStream) {
        if (bytes.size() < 2 || *dnsStreamMessageSize(bytes) != bytes.size())
            return false;
        bytes = bytes.subspan(2);
    }
    const auto head = readDnsHead(bytes);
    if (!head)
        return false;
    const unsigned opcode = head->opcode();
    const bool knownOpcode = opcode <= 2 || opcode == 4 || opcode == 5;
    const unsigned counts = head->questions + head->answers + head->authorities + head->additionals;
    // A question carries no response code and no reserved bit; real messages ask one thing.
    if (!knownOpcode || (head->flags & 0x0040) || head->questions > 1 || counts == 0 || counts > 512)
        return false;
    if (!head->response() && (head->responseCode() != 0 || head->questions != 1 ||
                              (opcode == 0 && head->answers + head->authorities > 0)))
        return false;
    if (head->hasQuestion && isNetbiosName(bytes.subspan(head->questionNameOffset)))
        return false;
    MessageReader reader(bytes, *head);
    const auto plausible = [](std::uint16_t type, std::uint16_t classBits) {
        const bool classKnown = classBits == 1 || classBits == 3 || classBits == 254 || classBits == 255;
        return classKnown && dns::recordType(type) != nullptr;
    };
    dns::QuestionHead question;
    while (reader.next(question))
        if (question.name.bad || !plausible(question.type, question.classBits))
            return false;
    dns::RecordHead record;
    while (reader.next(record))
        if (record.name.bad || (record.type != dns::typeOfOpt && !plausible(record.type, record.classBits)))
            return false;
    return reader.malformed() == Malformed::No && reader.atEnd();
}

std::string dnsTypeName(std::uint16_t type) {
    const dns::RecordType* known = dns::recordType(type);
    return known ? known->mnemonic : "TYPE" + std::to_string(type);
}
Text dnsTypeInWords(std::uint16_t type) {
    return dns::typeInWords(type);
}
Text dnsResponseCodeInWords(unsigned code) {
    return dns::responseCodeInWords(code);
}
Text dnsOpcodeInWords(unsigned opcode) {
    return dns::opcodeInWords(opcode);
}

std::span<const FieldSpec> dnsFieldList() {
    static const std::vector<FieldSpec> list = listOf(dnsFields);
    return list;
}

} // namespace wirestage
