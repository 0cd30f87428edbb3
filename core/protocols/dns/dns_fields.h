// SPDX-License-Identifier: GPL-3.0-or-later
// Every field of DNS that is described, under Wireshark's names. The titles are the terms of RFC 1035
// (messages), 2136 (updates), 4034 and 5155 (DNSSEC), 6762 (multicast), 6891 (EDNS) and of the record types'
// own RFCs.
#pragma once

#include "core/protocols/description.h"

namespace wirestage {

inline constexpr struct DnsFields {
    FieldSpec protocol{"dns", WS_MARK("fields", "Domain Name System"), Show::Heading};
    FieldSpec length{"dns.length", WS_MARK("fields", "Message length"), Show::Decimal};
    FieldSpec id{"dns.id", WS_MARK("fields", "Transaction ID"), Show::Hexadecimal};
    FieldSpec flags{"dns.flags", WS_MARK("fields", "Flags"), Show::Hexadecimal};
    FieldSpec response{"dns.flags.response", WS_MARK("fields", "Response (QR)"), Show::Boolean};
    FieldSpec opcode{"dns.flags.opcode", WS_MARK("fields", "Kind of query (OPCODE)"), Show::Decimal};
    FieldSpec authoritative{"dns.flags.authoritative", WS_MARK("fields", "Authoritative answer (AA)"),
                            Show::Boolean};
    FieldSpec conflict{"dns.flags.conflict", WS_MARK("fields", "Conflict (C)"), Show::Boolean};
    FieldSpec truncated{"dns.flags.truncated", WS_MARK("fields", "Truncated (TC)"), Show::Boolean};
    FieldSpec recursionDesired{"dns.flags.recdesired", WS_MARK("fields", "Recursion desired (RD)"),
                               Show::Boolean};
    FieldSpec tentative{"dns.flags.tentative", WS_MARK("fields", "Tentative (T)"), Show::Boolean};
    FieldSpec recursionAvailable{"dns.flags.recavail", WS_MARK("fields", "Recursion available (RA)"),
                                 Show::Boolean};
    FieldSpec reserved{"dns.flags.z", WS_MARK("fields", "Reserved (Z)"), Show::Boolean};
    FieldSpec authenticData{"dns.flags.authenticated", WS_MARK("fields", "Authentic data (AD)"),
                            Show::Boolean};
    FieldSpec checkingDisabled{"dns.flags.checkdisable", WS_MARK("fields", "Checking disabled (CD)"),
                               Show::Boolean};
    FieldSpec responseCode{"dns.flags.rcode", WS_MARK("fields", "Response code (RCODE)"), Show::Decimal};
    FieldSpec questions{"dns.count.queries", WS_MARK("fields", "Questions"), Show::Decimal};
    FieldSpec answers{"dns.count.answers", WS_MARK("fields", "Answer records"), Show::Decimal};
    FieldSpec authorities{"dns.count.auth_rr", WS_MARK("fields", "Authority records"), Show::Decimal};
    FieldSpec additionals{"dns.count.add_rr", WS_MARK("fields", "Additional records"), Show::Decimal};
    FieldSpec authoritativeUnused{"", WS_MARK("fields", "Authoritative answer, of answers only"),
                                  Show::Boolean};
    FieldSpec recursionAvailableUnused{"", WS_MARK("fields", "Recursion available, of answers only"),
                                       Show::Boolean};
    FieldSpec authenticDataUnused{"", WS_MARK("fields", "Authentic data, not asked for"), Show::Boolean};
    FieldSpec responseCodeUnused{"", WS_MARK("fields", "Response code, of answers only"), Show::Decimal};
    FieldSpec reservedBits{"", WS_MARK("fields", "Reserved"), Show::Decimal};
    FieldSpec zones{"dns.count.zones", WS_MARK("fields", "Zones"), Show::Decimal};
    FieldSpec prerequisites{"dns.count.prerequisites", WS_MARK("fields", "Prerequisites"), Show::Decimal};
    FieldSpec updates{"dns.count.updates", WS_MARK("fields", "Updates"), Show::Decimal};
    FieldSpec questionSection{"", WS_MARK("fields", "Question section"), Show::Heading};
    FieldSpec answerSection{"", WS_MARK("fields", "Answer section"), Show::Heading};
    FieldSpec authoritySection{"", WS_MARK("fields", "Authority section"), Show::Heading};
    FieldSpec additionalSection{"", WS_MARK("fields", "Additional section"), Show::Heading};
    FieldSpec zoneSection{"", WS_MARK("fields", "Zone section"), Show::Heading};
    FieldSpec prerequisiteSection{"", WS_MARK("fields", "Prerequisite section"), Show::Heading};
    FieldSpec updateSection{"", WS_MARK("fields", "Update section"), Show::Heading};
    FieldSpec question{"", WS_MARK("fields", "Question"), Show::Heading};
    FieldSpec record{"", WS_MARK("fields", "Resource record"), Show::Heading};
    FieldSpec questionName{"dns.qry.name", WS_MARK("fields", "Name"), Show::Text};
    FieldSpec questionNameLength{"dns.qry.name.len", WS_MARK("fields", "Length of the name"), Show::Decimal};
    FieldSpec questionLabels{"dns.count.labels", WS_MARK("fields", "Labels"), Show::Decimal};
    FieldSpec questionType{"dns.qry.type", WS_MARK("fields", "Type"), Show::Decimal};
    FieldSpec questionClass{"dns.qry.class", WS_MARK("fields", "Class"), Show::Hexadecimal};
    FieldSpec unicastResponse{"dns.qry.qu", WS_MARK("fields", "Unicast response wanted (QU)"), Show::Boolean};
    FieldSpec name{"dns.resp.name", WS_MARK("fields", "Name"), Show::Text};
    FieldSpec type{"dns.resp.type", WS_MARK("fields", "Type"), Show::Decimal};
    FieldSpec recordClass{"dns.resp.class", WS_MARK("fields", "Class"), Show::Hexadecimal};
    FieldSpec cacheFlush{"dns.resp.cache_flush", WS_MARK("fields", "Cache flush"), Show::Boolean};
    FieldSpec timeToLive{"dns.resp.ttl", WS_MARK("fields", "Time to live (TTL)"), Show::Decimal};
    FieldSpec dataLength{"dns.resp.len", WS_MARK("fields", "Data length"), Show::Decimal};
    FieldSpec service{"dns.srv.service", WS_MARK("fields", "Service"), Show::Text};
    FieldSpec serviceProtocol{"dns.srv.proto", WS_MARK("fields", "Protocol"), Show::Text};
    FieldSpec serviceName{"dns.srv.name", WS_MARK("fields", "Name"), Show::Text};
    FieldSpec udpPayloadSize{"dns.rr.udp_payload_size", WS_MARK("fields", "UDP payload size"), Show::Decimal};
    FieldSpec extendedCode{"dns.resp.ext_rcode", WS_MARK("fields", "Upper bits of the response code"),
                           Show::Hexadecimal};
    FieldSpec ednsVersion{"dns.resp.edns0_version", WS_MARK("fields", "EDNS version"), Show::Decimal};
    FieldSpec ednsFlags{"dns.resp.z", WS_MARK("fields", "EDNS flags"), Show::Hexadecimal};
    FieldSpec dnssecOk{"dns.resp.z.do", WS_MARK("fields", "DNSSEC answer OK (DO)"), Show::Boolean};
    FieldSpec ednsReserved{"dns.resp.z.reserved", WS_MARK("fields", "Reserved"), Show::Hexadecimal};
    FieldSpec option{"dns.opt", WS_MARK("fields", "EDNS option"), Show::Heading};
    FieldSpec optionCode{"dns.opt.code", WS_MARK("fields", "Option code"), Show::Decimal};
    FieldSpec optionLength{"dns.opt.len", WS_MARK("fields", "Option length"), Show::Decimal};
    FieldSpec optionData{"dns.opt.data", WS_MARK("fields", "Option data"), Show::Octets};
    FieldSpec clientFamily{"dns.opt.client.family", WS_MARK("fields", "Address family"), Show::Decimal};
    FieldSpec clientSource{"dns.opt.client.netmask", WS_MARK("fields", "Source prefix length"),
                           Show::Decimal};
    FieldSpec clientScope{"dns.opt.client.scope", WS_MARK("fields", "Scope prefix length"), Show::Decimal};
    FieldSpec clientAddress{"dns.opt.client.addr", WS_MARK("fields", "Client subnet"), Show::Octets};
    FieldSpec clientAddress4{"dns.opt.client.addr4", WS_MARK("fields", "Client subnet"), Show::Address};
    FieldSpec clientAddress6{"dns.opt.client.addr6", WS_MARK("fields", "Client subnet"), Show::Address};
    FieldSpec clientCookie{"dns.opt.cookie.client", WS_MARK("fields", "Client cookie"), Show::Octets};
    FieldSpec serverCookie{"dns.opt.cookie.server", WS_MARK("fields", "Server cookie"), Show::Octets};
    FieldSpec keepAlive{"dns.opt.edns_tcp_keepalive.timeout", WS_MARK("fields", "Idle timeout"),
                        Show::Decimal};
    FieldSpec padding{"dns.opt.padding", WS_MARK("fields", "Padding"), Show::Octets};
    FieldSpec trustPoint{"dns.opt.chain.fqdn", WS_MARK("fields", "Closest trust point"), Show::Text};
    FieldSpec errorInfo{"dns.opt.ext_error.info_code", WS_MARK("fields", "Extended error"), Show::Decimal};
    FieldSpec errorText{"dns.opt.ext_error.extra_text", WS_MARK("fields", "Extra text"), Show::Text};
    FieldSpec algorithmUnderstood{"dns.opt.dau", WS_MARK("fields", "DNSSEC algorithm understood"),
                                  Show::Decimal};
    FieldSpec hashUnderstood{"dns.opt.dhu", WS_MARK("fields", "DS hash understood"), Show::Decimal};
    FieldSpec nsec3Understood{"dns.opt.n3u", WS_MARK("fields", "NSEC3 hash understood"), Show::Decimal};
    FieldSpec a{"dns.a", WS_MARK("fields", "Address"), Show::Address};
    FieldSpec aaaa{"dns.aaaa", WS_MARK("fields", "IPv6 address"), Show::Address};
    FieldSpec nameServer{"dns.ns", WS_MARK("fields", "Name server"), Show::Text};
    FieldSpec mailDestination{"dns.md", WS_MARK("fields", "Mail destination"), Show::Text};
    FieldSpec mailForwarder{"dns.mf", WS_MARK("fields", "Mail forwarder"), Show::Text};
    FieldSpec canonicalName{"dns.cname", WS_MARK("fields", "Canonical name"), Show::Text};
    FieldSpec delegationName{"dns.dname", WS_MARK("fields", "Target of the subtree"), Show::Text};
    FieldSpec mailbox{"dns.mb", WS_MARK("fields", "Mailbox host"), Show::Text};
    FieldSpec mailGroup{"dns.mg", WS_MARK("fields", "Mail group member"), Show::Text};
    FieldSpec mailRename{"dns.mr", WS_MARK("fields", "Mailbox rename"), Show::Text};
    FieldSpec null{"dns.null", WS_MARK("fields", "Data"), Show::Octets};
    FieldSpec pointer{"dns.ptr.domain_name", WS_MARK("fields", "Domain name"), Show::Text};
    FieldSpec soaServer{"dns.soa.mname", WS_MARK("fields", "Primary name server (MNAME)"), Show::Text};
    FieldSpec soaMailbox{"dns.soa.rname", WS_MARK("fields", "Responsible mailbox (RNAME)"), Show::Text};
    FieldSpec soaSerial{"dns.soa.serial_number", WS_MARK("fields", "Serial number"), Show::Decimal};
    FieldSpec soaRefresh{"dns.soa.refresh_interval", WS_MARK("fields", "Refresh interval"), Show::Decimal};
    FieldSpec soaRetry{"dns.soa.retry_interval", WS_MARK("fields", "Retry interval"), Show::Decimal};
    FieldSpec soaExpire{"dns.soa.expire_limit", WS_MARK("fields", "Expire limit"), Show::Decimal};
    FieldSpec soaMinimum{"dns.soa.minimum_ttl", WS_MARK("fields", "Minimum TTL"), Show::Decimal};
    FieldSpec wksAddress{"dns.wks.address", WS_MARK("fields", "Address"), Show::Address};
    FieldSpec wksProtocol{"dns.wks.protocol", WS_MARK("fields", "Protocol"), Show::Decimal};
    FieldSpec bitmapHead{"", WS_MARK("fields", "Window of types, and the length of its bits"), Show::Decimal};
    FieldSpec wksBits{"dns.wks.bits", WS_MARK("fields", "Ports served"), Show::Hexadecimal};
    FieldSpec hinfoCpuLength{"dns.hinfo.cpu_length", WS_MARK("fields", "Length of the CPU text"),
                             Show::Decimal};
    FieldSpec hinfoCpu{"dns.hinfo.cpu", WS_MARK("fields", "CPU"), Show::Text};
    FieldSpec hinfoOsLength{"dns.hinfo.os_length", WS_MARK("fields", "Length of the OS text"), Show::Decimal};
    FieldSpec hinfoOs{"dns.hinfo.os", WS_MARK("fields", "Operating system"), Show::Text};
    FieldSpec minfoResponsible{"dns.minfo.r", WS_MARK("fields", "Responsible mailbox"), Show::Text};
    FieldSpec minfoError{"dns.minfo.e", WS_MARK("fields", "Error mailbox"), Show::Text};
    FieldSpec mxPreference{"dns.mx.preference", WS_MARK("fields", "Preference"), Show::Decimal};
    FieldSpec mxExchange{"dns.mx.mail_exchange", WS_MARK("fields", "Mail exchange"), Show::Text};
    FieldSpec txtLength{"dns.txt.length", WS_MARK("fields", "Length of the text"), Show::Decimal};
    FieldSpec txt{"dns.txt", WS_MARK("fields", "Text"), Show::Text};
    FieldSpec spfLength{"dns.spf.length", WS_MARK("fields", "Length of the text"), Show::Decimal};
    FieldSpec spf{"dns.spf", WS_MARK("fields", "Sender policy"), Show::Text};
    FieldSpec rpMailbox{"dns.rp.mailbox", WS_MARK("fields", "Mailbox"), Show::Text};
    FieldSpec rpText{"dns.rp.txt_rr", WS_MARK("fields", "Name of a TXT record"), Show::Text};
    FieldSpec afsdbSubtype{"dns.afsdb.subtype", WS_MARK("fields", "Subtype"), Show::Decimal};
    FieldSpec afsdbHost{"dns.afsdb.hostname", WS_MARK("fields", "Host name"), Show::Text};
    FieldSpec rtPreference{"dns.rt.subtype", WS_MARK("fields", "Preference"), Show::Decimal};
    FieldSpec rtHost{"dns.rt.intermediate_host", WS_MARK("fields", "Intermediate host"), Show::Text};
    FieldSpec srvPriority{"dns.srv.priority", WS_MARK("fields", "Priority"), Show::Decimal};
    FieldSpec srvWeight{"dns.srv.weight", WS_MARK("fields", "Weight"), Show::Decimal};
    FieldSpec srvPort{"dns.srv.port", WS_MARK("fields", "Port"), Show::Decimal};
    FieldSpec srvTarget{"dns.srv.target", WS_MARK("fields", "Target"), Show::Text};
    FieldSpec naptrOrder{"dns.naptr.order", WS_MARK("fields", "Order"), Show::Decimal};
    FieldSpec naptrPreference{"dns.naptr.preference", WS_MARK("fields", "Preference"), Show::Decimal};
    FieldSpec naptrFlagsLength{"dns.naptr.flags_length", WS_MARK("fields", "Length of the flags"),
                               Show::Decimal};
    FieldSpec naptrFlags{"dns.naptr.flags", WS_MARK("fields", "Flags"), Show::Text, TellsOf::Nobody};
    FieldSpec naptrServiceLength{"dns.naptr.service_length", WS_MARK("fields", "Length of the services"),
                                 Show::Decimal};
    FieldSpec naptrService{"dns.naptr.service", WS_MARK("fields", "Services"), Show::Text, TellsOf::Nobody};
    FieldSpec naptrRegexLength{"dns.naptr.regex_length", WS_MARK("fields", "Length of the expression"),
                               Show::Decimal};
    FieldSpec naptrRegex{"dns.naptr.regex", WS_MARK("fields", "Regular expression"), Show::Text};
    FieldSpec naptrReplacementLength{"dns.naptr.replacement_length",
                                     WS_MARK("fields", "Length of the replacement"), Show::Decimal};
    FieldSpec naptrReplacement{"dns.naptr.replacement", WS_MARK("fields", "Replacement"), Show::Text};
    FieldSpec kxPreference{"dns.kx.preference", WS_MARK("fields", "Preference"), Show::Decimal};
    FieldSpec kxExchanger{"dns.kx.key_exchange", WS_MARK("fields", "Key exchanger"), Show::Text};
    FieldSpec locVersion{"dns.loc.version", WS_MARK("fields", "Version"), Show::Decimal};
    FieldSpec locSize{"dns.loc.size", WS_MARK("fields", "Size"), Show::Decimal};
    FieldSpec locHorizontal{"dns.loc.horizontal_precision", WS_MARK("fields", "Horizontal precision"),
                            Show::Decimal};
    FieldSpec locVertical{"dns.loc.vertical_precision", WS_MARK("fields", "Vertical precision"),
                          Show::Decimal};
    FieldSpec locLatitude{"dns.loc.latitude", WS_MARK("fields", "Latitude"), Show::Decimal,
                          TellsOf::Somebody};
    FieldSpec locLongitude{"dns.loc.longitude", WS_MARK("fields", "Longitude"), Show::Decimal,
                           TellsOf::Somebody};
    FieldSpec locAltitude{"dns.loc.altitude", WS_MARK("fields", "Altitude"), Show::Decimal,
                          TellsOf::Somebody};
    FieldSpec certType{"dns.cert.type", WS_MARK("fields", "Type of certificate"), Show::Decimal};
    FieldSpec certKeyTag{"dns.cert.key_tag", WS_MARK("fields", "Key tag"), Show::Hexadecimal};
    FieldSpec certAlgorithm{"dns.cert.algorithm", WS_MARK("fields", "Algorithm"), Show::Decimal};
    FieldSpec certificate{"dns.cert.certificate", WS_MARK("fields", "Certificate or CRL"), Show::Octets};
    FieldSpec dsKeyTag{"dns.ds.key_id", WS_MARK("fields", "Key tag"), Show::Hexadecimal};
    FieldSpec dsAlgorithm{"dns.ds.algorithm", WS_MARK("fields", "Algorithm"), Show::Decimal};
    FieldSpec dsDigestType{"dns.ds.digest_type", WS_MARK("fields", "Digest type"), Show::Decimal};
    FieldSpec dsDigest{"dns.ds.digest", WS_MARK("fields", "Digest"), Show::Octets};
    FieldSpec sshfpAlgorithm{"dns.sshfp.algorithm", WS_MARK("fields", "Key algorithm"), Show::Decimal};
    FieldSpec sshfpType{"dns.sshfp.fingerprint.type", WS_MARK("fields", "Fingerprint type"), Show::Decimal};
    FieldSpec sshfpFingerprint{"dns.sshfp.fingerprint", WS_MARK("fields", "Fingerprint"), Show::Octets};
    FieldSpec rrsigTypeCovered{"dns.rrsig.type_covered", WS_MARK("fields", "Type covered"), Show::Decimal};
    FieldSpec rrsigAlgorithm{"dns.rrsig.algorithm", WS_MARK("fields", "Algorithm"), Show::Decimal};
    FieldSpec rrsigLabels{"dns.rrsig.labels", WS_MARK("fields", "Labels"), Show::Decimal};
    FieldSpec rrsigOriginalTtl{"dns.rrsig.original_ttl", WS_MARK("fields", "Original TTL"), Show::Decimal};
    FieldSpec rrsigExpiration{"dns.rrsig.signature_expiration", WS_MARK("fields", "Signature expiration"),
                              Show::Text, TellsOf::Nobody};
    FieldSpec rrsigInception{"dns.rrsig.signature_inception", WS_MARK("fields", "Signature inception"),
                             Show::Text, TellsOf::Nobody};
    FieldSpec rrsigKeyTag{"dns.rrsig.key_tag", WS_MARK("fields", "Key tag"), Show::Decimal};
    FieldSpec rrsigSigner{"dns.rrsig.signers_name", WS_MARK("fields", "Signer's name"), Show::Text};
    FieldSpec rrsigSignature{"dns.rrsig.signature", WS_MARK("fields", "Signature"), Show::Octets};
    FieldSpec nsecNext{"dns.nsec.next_domain_name", WS_MARK("fields", "Next domain name"), Show::Text};
    FieldSpec dnskeyFlags{"dns.dnskey.flags", WS_MARK("fields", "Flags"), Show::Hexadecimal};
    FieldSpec dnskeyZone{"dns.dnskey.flags.zone_key", WS_MARK("fields", "Zone key"), Show::Boolean};
    FieldSpec dnskeyRevoked{"dns.dnskey.flags.key_revoked", WS_MARK("fields", "Revoked"), Show::Boolean};
    FieldSpec dnskeyEntryPoint{"dns.dnskey.flags.secure_entry_point", WS_MARK("fields", "Secure entry point"),
                               Show::Boolean};
    FieldSpec dnskeyReserved{"dns.dnskey.flags.reserved", WS_MARK("fields", "Reserved"), Show::Hexadecimal};
    FieldSpec dnskeyProtocol{"dns.dnskey.protocol", WS_MARK("fields", "Protocol"), Show::Decimal};
    FieldSpec dnskeyAlgorithm{"dns.dnskey.algorithm", WS_MARK("fields", "Algorithm"), Show::Decimal};
    FieldSpec dnskeyTag{"dns.dnskey.key_id", WS_MARK("fields", "Key tag"), Show::Decimal};
    FieldSpec dnskeyPublicKey{"dns.dnskey.public_key", WS_MARK("fields", "Public key"), Show::Octets};
    FieldSpec nsec3Algorithm{"dns.nsec3.algo", WS_MARK("fields", "Hash algorithm"), Show::Decimal};
    FieldSpec nsec3Flags{"dns.nsec3.flags", WS_MARK("fields", "Flags"), Show::Decimal};
    FieldSpec nsec3OptOut{"dns.nsec3.flags.opt_out", WS_MARK("fields", "Opt-out"), Show::Boolean};
    FieldSpec nsec3Iterations{"dns.nsec3.iterations", WS_MARK("fields", "Iterations"), Show::Decimal};
    FieldSpec nsec3SaltLength{"dns.nsec3.salt_length", WS_MARK("fields", "Length of the salt"),
                              Show::Decimal};
    FieldSpec nsec3Salt{"dns.nsec3.salt_value", WS_MARK("fields", "Salt"), Show::Octets};
    FieldSpec nsec3HashLength{"dns.nsec3.hash_length", WS_MARK("fields", "Length of the hash"),
                              Show::Decimal};
    FieldSpec nsec3Hash{"dns.nsec3.hash_value", WS_MARK("fields", "Next hashed owner name"), Show::Text};
    FieldSpec tlsaUsage{"dns.tlsa.certificate_usage", WS_MARK("fields", "Certificate usage"), Show::Decimal};
    FieldSpec tlsaSelector{"dns.tlsa.selector", WS_MARK("fields", "Selector"), Show::Decimal};
    FieldSpec tlsaMatching{"dns.tlsa.matching_type", WS_MARK("fields", "Matching type"), Show::Decimal};
    FieldSpec tlsaData{"dns.tlsa.certificate_association_data",
                       WS_MARK("fields", "Certificate association data"), Show::Octets};
    FieldSpec caaFlags{"dns.caa.flags", WS_MARK("fields", "Flags"), Show::Hexadecimal};
    FieldSpec caaCritical{"dns.caa.flags.issuer_critical", WS_MARK("fields", "Issuer critical"),
                          Show::Boolean};
    FieldSpec caaIssue{"dns.caa.issue", WS_MARK("fields", "Issuer allowed"), Show::Text};
    FieldSpec caaIssueWild{"dns.caa.issuewild", WS_MARK("fields", "Issuer allowed for wildcards"),
                           Show::Text};
    FieldSpec caaReport{"dns.caa.iodef", WS_MARK("fields", "Where to report"), Show::Text};
    FieldSpec caaUnknown{"dns.caa.unknown", WS_MARK("fields", "Unknown property"), Show::Text};
    FieldSpec caaTagLength{"dns.caa.tag_length", WS_MARK("fields", "Length of the tag"), Show::Decimal};
    FieldSpec caaTag{"dns.caa.tag", WS_MARK("fields", "Tag"), Show::Text, TellsOf::Nobody};
    FieldSpec caaValue{"dns.caa.value", WS_MARK("fields", "Value"), Show::Text};
    FieldSpec svcPriority{"dns.svcb.svcpriority", WS_MARK("fields", "Priority"), Show::Decimal};
    FieldSpec svcTarget{"dns.svcb.targetname", WS_MARK("fields", "Target name"), Show::Text};
    FieldSpec svcParameter{"dns.svcb.svcparam", WS_MARK("fields", "Service parameter"), Show::Heading};
    FieldSpec svcKey{"dns.svcb.svcparam.key", WS_MARK("fields", "Key"), Show::Decimal};
    FieldSpec svcValueLength{"dns.svcb.svcparam.value.length", WS_MARK("fields", "Length of the value"),
                             Show::Decimal};
    FieldSpec svcValue{"dns.svcb.svcparam.value", WS_MARK("fields", "Value"), Show::Octets};
    FieldSpec svcMandatory{"dns.svcb.svcparam.mandatory.key", WS_MARK("fields", "Mandatory key"),
                           Show::Decimal};
    FieldSpec svcAlpnLength{"dns.svcb.svcparam.alpn.length",
                            WS_MARK("fields", "Length of the protocol's name"), Show::Decimal};
    FieldSpec svcAlpn{"dns.svcb.svcparam.alpn", WS_MARK("fields", "Application protocol"), Show::Text,
                      TellsOf::Nobody};
    FieldSpec svcPort{"dns.svcb.svcparam.port", WS_MARK("fields", "Port"), Show::Decimal};
    FieldSpec svcIpv4{"dns.svcb.svcparam.ipv4hint.ip", WS_MARK("fields", "IPv4 hint"), Show::Address};
    FieldSpec svcIpv6{"dns.svcb.svcparam.ipv6hint.ip", WS_MARK("fields", "IPv6 hint"), Show::Address};
    FieldSpec svcEch{"dns.svcb.svcparam.echconfig", WS_MARK("fields", "Encrypted Client Hello"),
                     Show::Octets};
    FieldSpec tsigAlgorithm{"dns.tsig.algorithm_name", WS_MARK("fields", "Algorithm name"), Show::Text,
                            TellsOf::Nobody};
    FieldSpec tsigTime{"dns.tsig.time_signed", WS_MARK("fields", "Time signed"), Show::Text, TellsOf::Nobody};
    FieldSpec tsigFudge{"dns.tsig.fudge", WS_MARK("fields", "Fudge"), Show::Decimal};
    FieldSpec tsigMacSize{"dns.tsig.mac_size", WS_MARK("fields", "Size of the MAC"), Show::Decimal};
    FieldSpec tsigMac{"dns.tsig.mac", WS_MARK("fields", "Message authentication code"), Show::Octets};
    FieldSpec tsigOriginalId{"dns.tsig.original_id", WS_MARK("fields", "Original ID"), Show::Decimal};
    FieldSpec tsigError{"dns.tsig.error", WS_MARK("fields", "Error"), Show::Decimal};
    FieldSpec tsigOtherLength{"dns.tsig.other_len", WS_MARK("fields", "Length of other data"), Show::Decimal};
    FieldSpec tsigOther{"dns.tsig.other_data", WS_MARK("fields", "Other data"), Show::Octets};
    FieldSpec uriPriority{"", WS_MARK("fields", "Priority"), Show::Decimal};
    FieldSpec uriWeight{"", WS_MARK("fields", "Weight"), Show::Decimal};
    FieldSpec uriTarget{"", WS_MARK("fields", "Target"), Show::Text};
    FieldSpec data{"dns.data", WS_MARK("fields", "Data"), Show::Octets};
    FieldSpec extraneous{"dns.extraneous.data", WS_MARK("fields", "Bytes behind the message"), Show::Octets};
    FieldSpec extraneousLength{"dns.extraneous.length",
                               WS_MARK("fields", "Number of bytes behind the message"), Show::Decimal};
} dnsFields;

} // namespace wirestage
