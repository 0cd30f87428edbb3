// SPDX-License-Identifier: GPL-3.0-or-later
// DNS messages as RFC 1035 and its successors define them; the bytes are put together here, by their
// sections.
#include "core/bytes/writer.h"
#include "core/protocols/dns/dns_names.h"
#include "core/protocols/dns/dns_wire.h"

#include <gtest/gtest.h>

#include <string>

namespace wirestage {
namespace {

using Buffer = std::vector<std::uint8_t>;

void header(Writer& w, std::uint16_t flags, int questions, int answers = 0, int authorities = 0,
            int additionals = 0) {
    for (const int number : {0x1234, int{flags}, questions, answers, authorities, additionals})
        w.u16(static_cast<std::uint64_t>(number));
}

void name(Writer& w, std::initializer_list<std::string_view> labels) {
    for (const std::string_view label : labels) {
        w.u8(label.size());
        w.append(label);
    }
    w.u8(0);
}

void record(Writer& w, std::uint16_t type, std::uint16_t classBits, std::uint32_t ttl, Bytes data) {
    w.u16(type);
    w.u16(classBits);
    w.u32(ttl);
    w.u16(data.size());
    w.append(data);
}

/// A query for example.org, type MX, and an answer that names mail.example.org by a pointer to offset 12.
Buffer mailAnswer() {
    Writer w;
    header(w, 0x8580, 1, 1);
    name(w, {"example", "org"});
    w.u16(15);
    w.u16(1);
    w.u16(0xc00c);
    record(w, 15, 1, 3600, Buffer{0, 10, 4, 'm', 'a', 'i', 'l', 0xc0, 12});
    return std::move(w).take();
}

Description describe(const Buffer& bytes, DnsVariant variant = DnsVariant::Unicast) {
    Description description;
    Describer describer(description);
    describer.useBuffer(0, bytes.data());
    describeDns(bytes, describer, variant);
    return description;
}

TEST(DnsName, FollowsThePointersOfTheExampleInRfc1035) {
    // Section 4.1.4: F.ISI.ARPA at 20, FOO with a pointer to it at 40, a pointer to ARPA at 64, the root
    // at 92.
    Buffer message(93, 0);
    const std::string first("\1F\3ISI\4ARPA\0", 12), second("\3FOO\xc0\x14", 6), third("\xc0\x1a", 2);
    std::copy(first.begin(), first.end(), message.begin() + 20);
    std::copy(second.begin(), second.end(), message.begin() + 40);
    std::copy(third.begin(), third.end(), message.begin() + 64);
    EXPECT_EQ(dns::readName(message, 20)->text, "F.ISI.ARPA");
    EXPECT_EQ(dns::readName(message, 40)->text, "FOO.F.ISI.ARPA");
    EXPECT_EQ(dns::readName(message, 40)->wireLength, 6U);
    EXPECT_EQ(dns::readName(message, 64)->text, "ARPA");
    EXPECT_EQ(dns::readName(message, 92)->text, "<Root>");
}

TEST(DnsName, RefusesPointersThatDoNotLeadBack) {
    const Buffer loop{1, 'a', 0xc0, 0}, self{0xc0, 0}, forward{0xc0, 2, 1, 'a', 0};
    EXPECT_TRUE(dns::readName(loop, 0)->bad);
    EXPECT_TRUE(dns::readName(self, 0)->bad);
    EXPECT_TRUE(dns::readName(forward, 0)->bad);
    EXPECT_EQ(dns::readName(forward, 0)->wireLength, 2U);
}

TEST(DnsName, IsNotLongerThan255Bytes) {
    Buffer message;
    for (int i = 0; i < 5; ++i) {
        message.push_back(63);
        message.insert(message.end(), 63, 'x');
    }
    message.push_back(0);
    EXPECT_TRUE(dns::readName(message, 0)->bad);
    EXPECT_FALSE(dns::readName(Bytes(message).subspan(3 * 64), 0)->bad);
}

TEST(DnsName, IsAbsentWhereTheMessageEndsInsideIt) {
    const Buffer cut{3, 'w', 'w'}, noEnd{1, 'w'}, halfPointer{1, 'w', 0xc0};
    EXPECT_FALSE(dns::readName(cut, 0));
    EXPECT_FALSE(dns::readName(noEnd, 0));
    EXPECT_FALSE(dns::readName(halfPointer, 0));
    EXPECT_EQ(dns::outlineOfName(cut, 0).wireLength, 0U);
}

TEST(DnsHead, TellsFlagsAndFirstQuestion) {
    const Buffer message = mailAnswer();
    const auto head = readDnsHead(message);
    ASSERT_TRUE(head);
    EXPECT_EQ(head->id, 0x1234);
    EXPECT_TRUE(head->response());
    EXPECT_TRUE(head->authoritative());
    EXPECT_TRUE(head->recursionDesired());
    EXPECT_TRUE(head->recursionAvailable());
    EXPECT_FALSE(head->truncated());
    EXPECT_EQ(head->questionType, 15);
    EXPECT_EQ(dnsQuestionName(message, *head), "example.org");
}

TEST(DnsHead, HashesQuestionsAlikeThatDifferInCaseOnly) {
    const auto hashOf = [](std::string_view label, std::uint16_t type) {
        Writer w;
        header(w, 0x0100, 1);
        name(w, {label});
        w.u16(type);
        w.u16(1);
        return readDnsHead(w.bytes())->questionHash;
    };
    EXPECT_EQ(hashOf("Example", 1), hashOf("eXAMPLE", 1));
    EXPECT_NE(hashOf("example", 1), hashOf("example", 28));
    EXPECT_NE(hashOf("example", 1), hashOf("exampla", 1));
}

TEST(DnsMessage, ReadsTheDataOfARecordAsAZoneFileWritesIt) {
    const DnsMessage message = readDns(mailAnswer());
    ASSERT_EQ(message.records.size(), 1U);
    EXPECT_EQ(message.records[0].name, "example.org");
    EXPECT_EQ(message.records[0].data, "10 mail.example.org");
    EXPECT_EQ(message.records[0].target, "mail.example.org");
    EXPECT_EQ(message.records[0].timeToLive, 3600U);
    EXPECT_EQ(message.malformed, Malformed::No);
}

TEST(DnsMessage, NamesTheTypesOfTheBitmapInRfc4034) {
    // Section 4.3: host.example.com. A MX RRSIG NSEC TYPE1234.
    Writer data;
    name(data, {"host", "example", "com"});
    data.append(Buffer{0, 6, 0x40, 1, 0, 0, 0, 3, 4, 0x1b});
    data.zeros(26);
    data.u8(0x20);
    Writer w;
    header(w, 0x8400, 0, 1);
    name(w, {"alfa", "example", "com"});
    record(w, 47, 1, 86400, data.bytes());
    EXPECT_EQ(readDns(w.bytes()).records[0].data, "host.example.com A MX RRSIG NSEC TYPE1234");
}

TEST(DnsMessage, AddsTheUpperBitsOfTheResponseCodeFromEdns) {
    Writer w;
    header(w, 0x8180, 0, 0, 0, 1);
    w.u8(0);
    record(w, 41, 1232, 0x01000000, {}); // RFC 6891, 6.1.3: BADVERS is 16
    const DnsMessage message = readDns(w.bytes());
    EXPECT_EQ(message.responseCode, 16U);
    EXPECT_EQ(message.records[0].recordClass, 1232);
    EXPECT_EQ(describe(w.bytes()).value("dns.rr.udp_payload_size"), "1232");
}

TEST(DnsMessage, SplitsTheClassInMulticastDns) {
    Writer w; // RFC 6762, 5.4 and 10.2
    header(w, 0, 1, 1);
    name(w, {"printer", "local"});
    w.u16(255);
    w.u16(0x8001);
    w.u16(0xc00c);
    record(w, 1, 0x8001, 120, Buffer{192, 0, 2, 7});
    const DnsMessage multicast = readDns(w.bytes(), DnsVariant::Multicast);
    EXPECT_TRUE(multicast.questions[0].unicastResponseWanted);
    EXPECT_EQ(multicast.questions[0].questionClass, 1);
    EXPECT_TRUE(multicast.records[0].cacheFlush);
    EXPECT_EQ(toString(multicast.records[0].address), "192.0.2.7");
    EXPECT_EQ(describe(w.bytes(), DnsVariant::Multicast).value("dns.resp.cache_flush"), "1");
    EXPECT_EQ(readDns(w.bytes()).questions[0].questionClass, 0x8001);
}

TEST(DnsMessage, KeepsWhatStandsBeforeTheCut) {
    Buffer message = mailAnswer();
    message.resize(message.size() - 3);
    const DnsMessage cut = readDns(message);
    EXPECT_EQ(cut.malformed, Malformed::Truncated);
    EXPECT_EQ(cut.questions.size(), 1U);
    EXPECT_EQ(describe(message).value("dns.mx.preference"), "10");
    EXPECT_EQ(describe(message).find("dns.mx.mail_exchange"), nullptr);
}

TEST(DnsMessage, IsSafeAtEveryLengthAndBelievesNoCount) {
    const Buffer whole = mailAnswer();
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const Buffer prefix(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
        EXPECT_NE(readDns(prefix).malformed, Malformed::No) << length;
        for (const Field& field : describe(prefix).fields)
            EXPECT_LE(field.offset + field.length, length);
    }
    Writer w;
    header(w, 0x8180, 65535, 65535, 65535, 65535);
    EXPECT_TRUE(readDns(w.bytes()).records.empty());
}

/// An alias and the addresses of both versions behind it; then one more of them, which is no answer.
Buffer addressesBehindAlias() {
    Writer w;
    header(w, 0x8180, 1, 3, 0, 1);
    name(w, {"www", "example", "org"});
    w.u16(1);
    w.u16(1);
    w.u16(0xc00c);
    record(w, 5, 1, 60, Buffer{3, 'c', 'd', 'n', 0xc0, 16});
    w.u16(0xc02d); // the name that the alias is for
    record(w, 1, 1, 60, Buffer{192, 0, 2, 7});
    w.u16(0xc02d);
    record(w, 28, 1, 60, Buffer{0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9});
    w.u16(0xc02d);
    record(w, 1, 1, 60, Buffer{192, 0, 2, 8});
    return std::move(w).take();
}

TEST(DnsAnswers, AreReadOneAfterTheOther) {
    const Buffer bytes = addressesBehindAlias();
    DnsAnswers answers(bytes, *readDnsHead(bytes));
    ASSERT_TRUE(answers.next());
    EXPECT_EQ(answers.type(), 5);
    EXPECT_EQ(answers.address().version, 0);
    ASSERT_TRUE(answers.next());
    EXPECT_EQ(toString(answers.address()), "192.0.2.7");
    ASSERT_TRUE(answers.next());
    EXPECT_EQ(toString(answers.address()), "2001:db8::9");
    EXPECT_FALSE(answers.next()) << "the fourth record stands in another section";
    EXPECT_FALSE(answers.isCutOff());
}

TEST(DnsAnswers, EndWhereTheMessageDoes) {
    const Buffer whole = addressesBehindAlias();
    constexpr std::size_t lastRecord = 2 + 10 + 4;
    for (std::size_t size = DnsHead::size; size < whole.size() - lastRecord; ++size) {
        const Buffer bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        DnsAnswers answers(bytes, *readDnsHead(bytes));
        unsigned count = 0;
        while (answers.next())
            ++count;
        EXPECT_LT(count, 3U) << size;
        EXPECT_TRUE(answers.isCutOff()) << size;
    }
}

// An address is four bytes or sixteen (RFC 1035, 3.4.1; RFC 3596, 2.2).
TEST(DnsAnswers, TakeNothingElseForAnAddress) {
    Writer w;
    header(w, 0x8180, 0, 2);
    w.u8(0);
    record(w, 1, 1, 60, Buffer{192, 0, 2});
    w.u8(0);
    record(w, 28, 1, 60, Buffer{192, 0, 2, 7});
    const Buffer bytes = std::move(w).take();
    DnsAnswers answers(bytes, *readDnsHead(bytes));
    while (answers.next())
        EXPECT_EQ(answers.address().version, 0);
    EXPECT_FALSE(answers.isCutOff());
}

TEST(DnsDescription, PointsAtTheBytesOfEachField) {
    const Buffer message = mailAnswer();
    const Description description = describe(message);
    const Field* exchange = description.find("dns.mx.mail_exchange");
    ASSERT_NE(exchange, nullptr);
    EXPECT_EQ(exchange->value, "mail.example.org");
    EXPECT_EQ(exchange->offset, message.size() - 7);
    EXPECT_EQ(exchange->length, 7U);
    const Field* code = description.find("dns.flags.rcode");
    ASSERT_NE(code, nullptr);
    EXPECT_EQ(code->bitOffset, 12);
    EXPECT_EQ(code->bitLength, 4);
    EXPECT_EQ(english(description.find("dns.qry.type")->meaning), "MX (mail exchange)");
}

TEST(DnsDescription, ShowsTheBitsOfAQuestionWithoutTheNamesOfAnswers) {
    Writer w;
    header(w, 0x0100, 1);
    name(w, {"a"});
    w.u16(1);
    w.u16(1);
    const Description description = describe(w.bytes());
    EXPECT_EQ(description.find("dns.flags.rcode"), nullptr);
    EXPECT_EQ(description.find("dns.flags.recavail"), nullptr);
    EXPECT_EQ(description.value("dns.flags.recdesired"), "1");
}

TEST(DnsDescription, CallsTheCountsOfAnUpdateByTheirNames) {
    Writer w; // RFC 2136: opcode 5
    header(w, 0x2800, 1);
    name(w, {"example"});
    w.u16(6);
    w.u16(1);
    EXPECT_EQ(describe(w.bytes()).value("dns.count.zones"), "1");
    EXPECT_EQ(describe(w.bytes()).find("dns.count.queries"), nullptr);
}

TEST(DnsDescription, SaysWhenASignatureEnds) {
    Writer
        data; // RFC 4034, 3.1: type covered, algorithm, labels, TTL, expiration, inception, key tag, signer
    data.u16(1);
    data.u8(13);
    data.u8(2);
    data.u32(300);
    data.u32(86400 * 365);
    data.u32(0);
    data.u16(7);
    name(data, {"a"});
    data.u8(0xff);
    Writer w;
    header(w, 0x8400, 0, 1);
    name(w, {"a"});
    record(w, 46, 1, 60, data.bytes());
    const Description description = describe(w.bytes());
    EXPECT_EQ(description.value("dns.rrsig.signature_expiration"), "Jan  1, 1971 00:00:00.000000000 UTC");
    EXPECT_EQ(description.value("dns.rrsig.signature"), "ff");
}

TEST(DnsDescription, ReckonsTheTagOfAKey) {
    Writer data; // RFC 4034, appendix B: 0x0100 + 0x0305 + 0x0102 + 0x0300, nothing carried over
    data.append(Buffer{1, 0, 3, 5, 1, 2, 3});
    Writer w;
    header(w, 0x8400, 0, 1);
    name(w, {"a"});
    record(w, 48, 1, 60, data.bytes());
    EXPECT_EQ(describe(w.bytes()).value("dns.dnskey.key_id"),
              std::to_string(0x0100 + 0x0305 + 0x0102 + 0x0300));
}

TEST(DnsDescription, ReadsTheClientSubnetOfEdns) {
    Writer w; // RFC 7871, 6: family 1, source prefix 24, scope 0, three bytes of address
    header(w, 0x0100, 0, 0, 0, 1);
    w.u8(0);
    record(w, 41, 4096, 0x8000, Buffer{0, 8, 0, 7, 0, 1, 24, 0, 198, 51, 100});
    const Description description = describe(w.bytes());
    EXPECT_EQ(description.value("dns.opt.client.addr4"), "198.51.100.0");
    EXPECT_EQ(description.value("dns.opt.client.netmask"), "24");
    EXPECT_EQ(description.value("dns.resp.z.do"), "1");
}

TEST(DnsRecognition, TakesWholeMessagesAlone) {
    Buffer message = mailAnswer();
    EXPECT_TRUE(looksLikeDns(message));
    message.push_back(0);
    EXPECT_FALSE(looksLikeDns(message)) << "a byte too many";
    message.resize(message.size() - 2);
    EXPECT_FALSE(looksLikeDns(message)) << "a byte too few";
    EXPECT_FALSE(looksLikeDns(Buffer(64, 0)));
    const std::string text = "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n";
    EXPECT_FALSE(looksLikeDns(Buffer(text.begin(), text.end())));
}

TEST(DnsRecognition, LeavesNetbiosNamesAlone) {
    Writer w; // RFC 1002, 4.2.18: NBSTAT has the number of SRV, and names are 32 letters from A to P
    header(w, 0, 1);
    name(w, {"CKAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"});
    w.u16(33);
    w.u16(1);
    EXPECT_FALSE(looksLikeDns(w.bytes()));
}

TEST(DnsStream, CountsTheTwoBytesOfLength) {
    const Buffer stream{0, 12, 1};
    EXPECT_EQ(dnsStreamMessageSize(stream), 14U);
    EXPECT_EQ(dnsStreamMessageSize(Bytes(stream).first(1)), std::nullopt);
}

} // namespace
} // namespace wirestage
