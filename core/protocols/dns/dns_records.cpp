// SPDX-License-Identifier: GPL-3.0-or-later
// The types of resource records (IANA's list) and the parts of those that RFC 1035, 1183, 2782, 3403, 3596
// and 7208 define. Types without parts are shown as bytes (RFC 3597).
#include "core/protocols/dns/dns_records.h"

#include "core/protocols/names.h"

namespace wirestage::dns {
namespace {

constexpr const DnsFields& f = dnsFields;

Text seconds(std::uint64_t number) {
    return secondsName(number);
}

void addressParts(RecordData& data) {
    data.ipv4(f.a);
}

void soaParts(RecordData& data) {
    data.name(f.soaServer);
    data.name(f.soaMailbox);
    data.u32(f.soaSerial);
    data.u32(f.soaRefresh, seconds);
    data.u32(f.soaRetry, seconds);
    data.u32(f.soaExpire, seconds);
    data.u32(f.soaMinimum, seconds);
}

void wksParts(RecordData& data) {
    data.ipv4(f.wksAddress);
    data.u8(f.wksProtocol, ipProtocolName);
    for (unsigned port = 0; data.more(); port += 8) {
        const std::uint8_t bits = data.upcoming().front();
        if (bits == 0) {
            data.skip(1);
            continue;
        }
        std::string ports;
        for (unsigned bit = 0; bit < 8; ++bit)
            if (bits & (0x80U >> bit))
                ports += (ports.empty() ? "" : " ") + std::to_string(port + bit);
        data.silent(f.wksBits, 1);
        data.explain(Text::verbatim(ports));
        data.say(ports);
    }
}

void textParts(RecordData& data) {
    while (data.more())
        data.characterString(f.txtLength, f.txt);
}

void naptrParts(RecordData& data) {
    data.u16(f.naptrOrder);
    data.u16(f.naptrPreference);
    data.characterString(f.naptrFlagsLength, f.naptrFlags);
    data.characterString(f.naptrServiceLength, f.naptrService);
    data.characterString(f.naptrRegexLength, f.naptrRegex);
    data.name(f.naptrReplacement, &f.naptrReplacementLength);
}

void locParts(RecordData& data) {
    data.u8(f.locVersion);
    data.u8(f.locSize);
    data.u8(f.locHorizontal);
    data.u8(f.locVertical);
    data.u32(f.locLatitude);
    data.u32(f.locLongitude);
    data.u32(f.locAltitude);
}

void uriParts(RecordData& data) {
    data.u16(f.uriPriority);
    data.u16(f.uriWeight);
    data.say('"' + data.characters(f.uriTarget, data.remaining()) + '"');
}

constexpr RecordType types[] = {
    {1, "A", WS_MARK("values", "host address"), addressParts},
    {2, "NS", WS_MARK("values", "authoritative name server"), [](RecordData& d) { d.name(f.nameServer); }},
    {3, "MD", WS_MARK("values", "mail destination, obsolete"),
     [](RecordData& d) { d.name(f.mailDestination); }},
    {4, "MF", WS_MARK("values", "mail forwarder, obsolete"), [](RecordData& d) { d.name(f.mailForwarder); }},
    {5, "CNAME", WS_MARK("values", "canonical name of an alias"),
     [](RecordData& d) { d.name(f.canonicalName); }},
    {6, "SOA", WS_MARK("values", "start of a zone of authority"), soaParts},
    {7, "MB", WS_MARK("values", "mailbox"), [](RecordData& d) { d.name(f.mailbox); }},
    {8, "MG", WS_MARK("values", "mail group member"), [](RecordData& d) { d.name(f.mailGroup); }},
    {9, "MR", WS_MARK("values", "mailbox rename"), [](RecordData& d) { d.name(f.mailRename); }},
    {10, "NULL", WS_MARK("values", "anything"), [](RecordData& d) { d.rest(f.null); }},
    {11, "WKS", WS_MARK("values", "well-known services"), wksParts},
    {12, "PTR", WS_MARK("values", "pointer to a name"), [](RecordData& d) { d.name(f.pointer); }},
    {13, "HINFO", WS_MARK("values", "host information"),
     [](RecordData& d) {
         d.characterString(f.hinfoCpuLength, f.hinfoCpu);
         d.characterString(f.hinfoOsLength, f.hinfoOs);
     }},
    {14, "MINFO", WS_MARK("values", "mailbox information"),
     [](RecordData& d) {
         d.name(f.minfoResponsible);
         d.name(f.minfoError);
     }},
    {15, "MX", WS_MARK("values", "mail exchange"),
     [](RecordData& d) {
         d.u16(f.mxPreference);
         d.name(f.mxExchange);
     }},
    {16, "TXT", WS_MARK("values", "text"), textParts},
    {17, "RP", WS_MARK("values", "responsible person"),
     [](RecordData& d) {
         d.name(f.rpMailbox);
         d.name(f.rpText);
     }},
    {18, "AFSDB", WS_MARK("values", "AFS database"),
     [](RecordData& d) {
         d.u16(f.afsdbSubtype);
         d.name(f.afsdbHost);
     }},
    {21, "RT", WS_MARK("values", "route through"),
     [](RecordData& d) {
         d.u16(f.rtPreference);
         d.name(f.rtHost);
     }},
    {24, "SIG", WS_MARK("values", "signature, older form"), rrsigParts},
    {25, "KEY", WS_MARK("values", "key, older form"), nullptr},
    {28, "AAAA", WS_MARK("values", "IPv6 host address"), [](RecordData& d) { d.ipv6(f.aaaa); }},
    {29, "LOC", WS_MARK("values", "location on Earth"), locParts},
    {33, "SRV", WS_MARK("values", "where a service is"),
     [](RecordData& d) {
         d.u16(f.srvPriority);
         d.u16(f.srvWeight);
         d.u16(f.srvPort, portName);
         d.name(f.srvTarget);
     }},
    {35, "NAPTR", WS_MARK("values", "naming authority pointer"), naptrParts},
    {36, "KX", WS_MARK("values", "key exchanger"),
     [](RecordData& d) {
         d.u16(f.kxPreference);
         d.name(f.kxExchanger);
     }},
    {37, "CERT", WS_MARK("values", "certificate"), certParts},
    {39, "DNAME", WS_MARK("values", "alias of a whole subtree"),
     [](RecordData& d) { d.name(f.delegationName); }},
    {41, "OPT", WS_MARK("values", "EDNS options"), optParts},
    {43, "DS", WS_MARK("values", "delegation signer"), dsParts},
    {44, "SSHFP", WS_MARK("values", "SSH key fingerprint"), sshfpParts},
    {46, "RRSIG", WS_MARK("values", "signature over records"), rrsigParts},
    {47, "NSEC", WS_MARK("values", "next name that exists"), nsecParts},
    {48, "DNSKEY", WS_MARK("values", "public key of a zone"), dnskeyParts},
    {50, "NSEC3", WS_MARK("values", "next name that exists, hashed"), nsec3Parts},
    {51, "NSEC3PARAM", WS_MARK("values", "NSEC3 parameters"), nsec3ParametersParts},
    {52, "TLSA", WS_MARK("values", "TLS certificate association"), tlsaParts},
    {53, "SMIMEA", WS_MARK("values", "S/MIME certificate association"), tlsaParts},
    {59, "CDS", WS_MARK("values", "child's delegation signer"), dsParts},
    {60, "CDNSKEY", WS_MARK("values", "child's public key"), dnskeyParts},
    {64, "SVCB", WS_MARK("values", "service binding"), svcbParts},
    {65, "HTTPS", WS_MARK("values", "service binding of HTTPS"), svcbParts},
    {99, "SPF", WS_MARK("values", "sender policy, older form"),
     [](RecordData& d) {
         while (d.more())
             d.characterString(f.spfLength, f.spf);
     }},
    {249, "TKEY", WS_MARK("values", "key establishment"), nullptr},
    {250, "TSIG", WS_MARK("values", "transaction signature"), tsigParts},
    {251, "IXFR", WS_MARK("values", "incremental zone transfer"), nullptr},
    {252, "AXFR", WS_MARK("values", "transfer of a whole zone"), nullptr},
    {253, "MAILB", WS_MARK("values", "mailbox records"), nullptr},
    {254, "MAILA", WS_MARK("values", "mail agent records"), nullptr},
    {255, "ANY", WS_MARK("values", "all records"), nullptr},
    {256, "URI", WS_MARK("values", "address of a resource"), uriParts},
    {257, "CAA", WS_MARK("values", "certification authority restriction"), caaParts},
};

} // namespace

const RecordType* recordType(std::uint64_t number) {
    for (const RecordType& type : types)
        if (type.number == number)
            return &type;
    return nullptr;
}

Text typeInWords(std::uint64_t number) {
    const RecordType* known = recordType(number);
    if (!known)
        return Text::verbatim("TYPE" + std::to_string(number));
    return WS_TR("values", "%1 (%2)").with(known->mnemonic).with(Text{"values", known->words, {}, {}});
}

} // namespace wirestage::dns
