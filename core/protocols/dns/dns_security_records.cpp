// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of records that carry keys, signatures and restrictions: DNSSEC (RFC 4034, 5155), SSHFP (RFC
// 4255), TLSA (RFC 6698), CERT (RFC 4398) and CAA (RFC 8659).
#include "core/protocols/dns/dns_records.h"
#include "core/protocols/fields.h"
#include "core/protocols/names.h"

namespace wirestage::dns {
namespace {

constexpr const DnsFields& f = dnsFields;

constexpr NamedNumber algorithms[] = {
    {1, WS_MARK("values", "RSA/MD5")},
    {3, WS_MARK("values", "DSA/SHA-1")},
    {5, WS_MARK("values", "RSA/SHA-1")},
    {6, WS_MARK("values", "DSA/SHA-1 with NSEC3")},
    {7, WS_MARK("values", "RSA/SHA-1 with NSEC3")},
    {8, WS_MARK("values", "RSA/SHA-256")},
    {10, WS_MARK("values", "RSA/SHA-512")},
    {12, WS_MARK("values", "GOST R 34.10-2001")},
    {13, WS_MARK("values", "ECDSA P-256/SHA-256")},
    {14, WS_MARK("values", "ECDSA P-384/SHA-384")},
    {15, WS_MARK("values", "Ed25519")},
    {16, WS_MARK("values", "Ed448")},
};
constexpr NamedNumber digests[] = {
    {1, WS_MARK("values", "SHA-1")},
    {2, WS_MARK("values", "SHA-256")},
    {3, WS_MARK("values", "GOST R 34.11-94")},
    {4, WS_MARK("values", "SHA-384")},
};
constexpr NamedNumber sshAlgorithms[] = {
    {1, WS_MARK("values", "RSA")},     {2, WS_MARK("values", "DSA")},   {3, WS_MARK("values", "ECDSA")},
    {4, WS_MARK("values", "Ed25519")}, {6, WS_MARK("values", "Ed448")},
};
constexpr NamedNumber sshFingerprints[] = {
    {1, WS_MARK("values", "SHA-1")},
    {2, WS_MARK("values", "SHA-256")},
};
constexpr NamedNumber usages[] = {
    {0, WS_MARK("values", "Certification authority constraint")},
    {1, WS_MARK("values", "Service certificate constraint")},
    {2, WS_MARK("values", "Trust anchor of the domain's own")},
    {3, WS_MARK("values", "Certificate of the domain's own")},
};
constexpr NamedNumber selectors[] = {
    {0, WS_MARK("values", "Full certificate")},
    {1, WS_MARK("values", "Public key")},
};
constexpr NamedNumber matchings[] = {
    {0, WS_MARK("values", "Exact")},
    {1, WS_MARK("values", "SHA-256")},
    {2, WS_MARK("values", "SHA-512")},
};
constexpr NamedNumber certificates[] = {
    {1, WS_MARK("values", "X.509")},
    {2, WS_MARK("values", "SPKI")},
    {3, WS_MARK("values", "OpenPGP")},
};

Text algorithm(std::uint64_t number) {
    return named(algorithms, number);
}
Text digest(std::uint64_t number) {
    return named(digests, number);
}

/// The key tag of a DNSKEY's data (RFC 4034, appendix B).
std::uint16_t keyTag(Bytes data, std::uint8_t usedAlgorithm) {
    if (usedAlgorithm == 1)
        return data.size() >= 3 ? static_cast<std::uint16_t>(loadBig<2>(data.data() + data.size() - 3)) : 0;
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < data.size(); ++i)
        sum += i % 2 ? data[i] : std::uint32_t{data[i]} << 8;
    return static_cast<std::uint16_t>(sum + (sum >> 16));
}

/// Base 32 with the extended hexadecimal alphabet (RFC 4648, 7), without padding.
std::string base32(Bytes bytes) {
    constexpr std::string_view alphabet = "0123456789abcdefghijklmnopqrstuv";
    std::string text;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const std::uint8_t byte : bytes) {
        bits = bits << 8 | byte;
        for (count += 8; count >= 5; count -= 5)
            text += alphabet[bits >> (count - 5) & 31];
    }
    if (count > 0)
        text += alphabet[bits << (5 - count) & 31];
    return text;
}

void salt(RecordData& data) {
    const auto length = static_cast<std::size_t>(data.silent(f.nsec3SaltLength, 1));
    if (length == 0)
        data.say("-");
    else
        data.say(bytesAsText(data.octets(f.nsec3Salt, length)));
}

void nsec3Head(RecordData& data) {
    data.u8(f.nsec3Algorithm, digest);
    const std::uint64_t flags = data.openNumber(f.nsec3Flags, 1);
    data.say(std::to_string(flags));
    data.flag(f.nsec3OptOut, flags, 1, 7);
    data.close();
    data.u16(f.nsec3Iterations);
    salt(data);
}

} // namespace

void rrsigParts(RecordData& data) {
    const auto covered = data.silent(f.rrsigTypeCovered, 2, typeInWords);
    const RecordType* known = recordType(covered);
    data.say(known ? known->mnemonic : "TYPE" + std::to_string(covered));
    data.u8(f.rrsigAlgorithm, algorithm);
    data.u8(f.rrsigLabels);
    data.u32(f.rrsigOriginalTtl, secondsName);
    data.moment(f.rrsigExpiration, 4);
    data.moment(f.rrsigInception, 4);
    data.u16(f.rrsigKeyTag);
    data.name(f.rrsigSigner);
    data.rest(f.rrsigSignature);
}

void dsParts(RecordData& data) {
    data.u16(f.dsKeyTag);
    data.u8(f.dsAlgorithm, algorithm);
    data.u8(f.dsDigestType, digest);
    data.rest(f.dsDigest);
}

void dnskeyParts(RecordData& data) {
    const Bytes whole = data.upcoming();
    const std::uint64_t flags = data.openNumber(f.dnskeyFlags, 2);
    data.say(std::to_string(flags));
    if (!data.truncated()) {
        data.flag(f.dnskeyZone, flags, 2, 7);
        data.flag(f.dnskeyRevoked, flags, 2, 8);
        data.flag(f.dnskeyEntryPoint, flags, 2, 15);
    }
    data.close();
    data.u8(f.dnskeyProtocol);
    const std::uint8_t used = data.u8(f.dnskeyAlgorithm, algorithm);
    if (!data.truncated())
        data.generated(f.dnskeyTag, keyTag(whole, used));
    data.rest(f.dnskeyPublicKey);
}

void nsecParts(RecordData& data) {
    data.name(f.nsecNext);
    data.typeBitmap();
}

void nsec3Parts(RecordData& data) {
    nsec3Head(data);
    const auto length = static_cast<std::size_t>(data.silent(f.nsec3HashLength, 1));
    const Bytes hash = data.octets(f.nsec3Hash, length);
    data.revalue(base32(hash));
    data.say(base32(hash));
    data.typeBitmap();
}

void nsec3ParametersParts(RecordData& data) {
    nsec3Head(data);
}

void tlsaParts(RecordData& data) {
    data.u8(f.tlsaUsage, [](std::uint64_t n) { return named(usages, n); });
    data.u8(f.tlsaSelector, [](std::uint64_t n) { return named(selectors, n); });
    data.u8(f.tlsaMatching, [](std::uint64_t n) { return named(matchings, n); });
    data.rest(f.tlsaData);
}

void sshfpParts(RecordData& data) {
    data.u8(f.sshfpAlgorithm, [](std::uint64_t n) { return named(sshAlgorithms, n); });
    data.u8(f.sshfpType, [](std::uint64_t n) { return named(sshFingerprints, n); });
    data.rest(f.sshfpFingerprint);
}

void certParts(RecordData& data) {
    data.u16(f.certType, [](std::uint64_t n) { return named(certificates, n); });
    data.u16(f.certKeyTag);
    data.u8(f.certAlgorithm, algorithm);
    data.rest(f.certificate);
}

void caaParts(RecordData& data) {
    const std::uint64_t flags = data.openNumber(f.caaFlags, 1);
    data.say(std::to_string(flags));
    if (!data.truncated())
        data.flag(f.caaCritical, flags, 1, 0);
    data.close();

    const Bytes all = data.upcoming();
    const std::size_t tagLength = all.empty() ? 0 : all[0];
    if (all.empty() || tagLength + 1 > all.size()) {
        data.silent(f.caaTagLength, 1);
        data.skip(tagLength);
        return;
    }
    std::string tag, value;
    appendShown(tag, all.subspan(1, tagLength));
    appendShown(value, all.subspan(1 + tagLength));
    const FieldSpec& spec = tag == "issue"       ? f.caaIssue
                            : tag == "issuewild" ? f.caaIssueWild
                            : tag == "iodef"     ? f.caaReport
                                                 : f.caaUnknown;
    data.open(spec, all.size(), value);
    data.characterString(f.caaTagLength, f.caaTag, false);
    data.characters(f.caaValue, data.remaining());
    data.close();
    data.say(tag + " \"" + value + '"');
}

} // namespace wirestage::dns
