// SPDX-License-Identifier: GPL-3.0-or-later
// DNS messages being written: what is written reads the same (RFC 1035, 4), and names point to earlier ones
// (4.1.4).
#include "core/protocols/dns/dns_writer.h"

#include "core/protocols/dns/dns_names.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace wirestage {
namespace {

constexpr std::uint16_t typeA = 1, typeNs = 2, typeCname = 5, typeSoa = 6, typePtr = 12, typeMx = 15,
                        typeTxt = 16, typeAaaa = 28, typeSrv = 33, typeOpt = 41;

DnsRecord record(std::string name, std::uint16_t type, std::string data,
                 DnsSection section = DnsSection::Answer) {
    DnsRecord result;
    result.section = section;
    result.name = std::move(name);
    result.type = type;
    result.recordClass = 1;
    result.timeToLive = 300;
    result.data = std::move(data);
    return result;
}

DnsMessage answerWith(std::vector<DnsRecord> records, std::string name = "www.example.org",
                      std::uint16_t type = typeA) {
    DnsMessage message;
    message.head.id = 0x1234;
    message.head.flags = 0x8180;
    message.questions.push_back({std::move(name), type, 1, false});
    message.records = std::move(records);
    return message;
}

std::vector<std::string> dataOf(const DnsMessage& message) {
    std::vector<std::string> all;
    for (const DnsRecord& one : message.records)
        all.push_back(one.name + " " + dnsTypeName(one.type) + " " + one.data);
    return all;
}

TEST(DnsWriter, WritesAndReadsEveryTypeOfTheCurriculumAlike) {
    // RFC 1035, 3.3 and 3.4.1; AAAA: RFC 3596, 2.2; SRV: RFC 2782.
    const std::vector<DnsRecord> records{
        record("www.example.org", typeA, "192.0.2.10"),
        record("www.example.org", typeAaaa, "2001:db8::10"),
        record("alias.example.org", typeCname, "www.example.org"),
        record("example.org", typeMx, "10 mail.example.org"),
        record("example.org", typeTxt, "\"v=spf1 mx -all\" \"second \\x00 string\""),
        record("10.2.0.192.in-addr.arpa", typePtr, "www.example.org"),
        record("_sip._udp.example.org", typeSrv, "10 60 5060 sip.example.org"),
        record("example.org", typeNs, "ns1.example.org", DnsSection::Authority),
        record("example.org", typeSoa,
               "ns1.example.org hostmaster.example.org 2026010101 7200 3600 1209600 900",
               DnsSection::Authority),
        record("<Root>", typeNs, "a.root-servers.net", DnsSection::Authority),
    };
    const DnsMessage written = answerWith(records);
    const auto bytes = writeDns(written);
    const DnsMessage read = readDns(bytes);
    EXPECT_EQ(read.malformed, Malformed::No);
    EXPECT_EQ(dataOf(read), dataOf(written));
    EXPECT_EQ(read.head.id, 0x1234);
    EXPECT_EQ(read.head.flags, 0x8180);
    EXPECT_EQ(read.head.answers, 7);
    EXPECT_EQ(read.head.authorities, 3);
    EXPECT_EQ(read.records.front().address, *parseIpAddress("192.0.2.10"));
    EXPECT_EQ(read.records[3].target, "mail.example.org");
    EXPECT_EQ(read.records.back().timeToLive, 300U);
    EXPECT_TRUE(looksLikeDns(bytes));
    EXPECT_EQ(writeDns(read), bytes);
}

TEST(DnsWriter, PointsToTheEarlierNameInsteadOfRepeatingIt) {
    // RFC 1035, 4.1.4: the question's name stands at 12, so an answer about it begins C0 0C; the alias's
    // target ends in a pointer to "example.org", which stands at 16.
    const auto bytes = writeDns(answerWith({record("www.example.org", typeCname, "web.example.org"),
                                            record("web.example.org", typeA, "192.0.2.10")}));
    const std::size_t firstRecord = 12 + 17 + 4;
    EXPECT_THAT(std::vector(bytes.begin() + firstRecord, bytes.begin() + firstRecord + 2),
                testing::ElementsAre(0xc0, 12));
    const std::size_t data = firstRecord + 12;
    EXPECT_THAT(std::vector(bytes.begin() + data, bytes.begin() + data + 6),
                testing::ElementsAre(3, 'w', 'e', 'b', 0xc0, 16));
    EXPECT_THAT(std::vector(bytes.begin() + data + 6, bytes.begin() + data + 8),
                testing::ElementsAre(0xc0, data)); // web.example.org, where it stands in the data before
    EXPECT_EQ(bytes.size(), data + 6 + 2 + 10 + 4);
}

TEST(DnsWriter, DoesNotCompressNamesInDataThatOldReadersCannotKnow) {
    // RFC 3597, 4, and RFC 2782: "name compression is not to be used" for the target of SRV.
    const auto bytes =
        writeDns(answerWith({record("_sip._udp.example.org", typeSrv, "1 2 5060 sip.example.org")},
                            "_sip._udp.example.org", typeSrv));
    const std::string whole("\3sip\7example\3org\0", 17);
    EXPECT_NE(std::search(bytes.begin(), bytes.end(), whole.begin(), whole.end()), bytes.end());
}

TEST(DnsWriter, NeverPointsBeyondTheFourteenBitsOfAPointer) {
    // RFC 1035, 4.1.4: the offset has 14 bits. Names that first stand beyond are written in full each time.
    std::vector<DnsRecord> records;
    for (int i = 0; i < 100; ++i)
        records.push_back(record("www.example.org", typeTxt, '"' + std::string(200, 'x') + '"'));
    records.push_back(record("far.example.net", typeA, "192.0.2.1"));
    records.push_back(record("far.example.net", typeA, "192.0.2.2"));
    const DnsMessage written = answerWith(records);
    EXPECT_EQ(dataOf(readDns(writeDns(written))), dataOf(written));
}

TEST(DnsWriter, LeavesOutWhatMakesNoSense) {
    const DnsMessage read = readDns(writeDns(answerWith({
        record("www.example.org", typeA, "192.0.2"),
        record("www.example.org", typeMx, "70000 mail.example.org"),
        record("www..org", typeA, "192.0.2.1"),
        record(std::string(64, 'x') + ".org", typeA, "192.0.2.1"),
        record("www.example.org", typeA, "192.0.2.1 192.0.2.2"),
        record("www.example.org", typeTxt, '"' + std::string(256, 'x') + '"'),
        record("www.example.org", typeA, "192.0.2.7"),
    })));
    EXPECT_THAT(dataOf(read), testing::ElementsAre("www.example.org A 192.0.2.7"));
    EXPECT_EQ(read.head.answers, 1);
}

TEST(DnsWriter, WritesEdnsAsAnOptRecordOfTheRoot) {
    // RFC 6891, 6.1.2: name 0, type 41, the UDP payload size in place of the class, no data.
    DnsRecord opt = record("<Root>", typeOpt, "", DnsSection::Additional);
    opt.recordClass = 1232;
    opt.timeToLive = 0;
    const auto bytes = writeDns(answerWith({opt}));
    const std::size_t place = bytes.size() - 11;
    EXPECT_THAT(std::vector(bytes.begin() + static_cast<std::ptrdiff_t>(place), bytes.end()),
                testing::ElementsAre(0, 0, 41, 0x04, 0xd0, 0, 0, 0, 0, 0, 0));
    EXPECT_EQ(readDns(bytes).records.front().recordClass, 1232);
}

TEST(DnsWriter, MakesRelativeNamesWholeAsZoneFilesHaveThem) {
    // RFC 1035, 5.1: names without a dot at the end are relative to the origin; @ is the origin.
    EXPECT_EQ(dns::wholeName("www", "example.org"), "www.example.org");
    EXPECT_EQ(dns::wholeName("@", "example.org"), "example.org");
    EXPECT_EQ(dns::wholeName("www.example.net.", "example.org"), "www.example.net");
    EXPECT_EQ(dns::wholeName("org", "."), "org");
    EXPECT_EQ(dns::wholeData(typeMx, "10 mail", "example.org"), "10 mail.example.org");
    EXPECT_EQ(dns::wholeData(typeSoa, "ns1 hostmaster.example.net. 1 2 3 4 5", "example.org"),
              "ns1.example.org hostmaster.example.net 1 2 3 4 5");
    EXPECT_EQ(dns::wholeData(typeA, "192.0.2.300", "example.org"), std::nullopt);
    EXPECT_EQ(dns::wholeData(typeTxt, "plain", "example.org"), "\"plain\"");
}

TEST(DnsWriter, KnowsTypesByTheirNames) {
    EXPECT_EQ(dnsTypeNamed("A"), typeA);
    EXPECT_EQ(dnsTypeNamed("soa"), typeSoa);
    EXPECT_EQ(dnsTypeNamed("AXFR"), 252);
    EXPECT_EQ(dnsTypeNamed("TYPE65280"), 65280); // RFC 3597, 5
    EXPECT_EQ(dnsTypeNamed("WWW"), std::nullopt);
}

} // namespace
} // namespace wirestage
