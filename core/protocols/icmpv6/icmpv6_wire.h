// SPDX-License-Identifier: GPL-3.0-or-later
// ICMPv6 messages (RFC 4443), neighbour discovery (RFC 4861, router preference RFC 4191) and multicast
// listener discovery (RFC 2710, RFC 3810).
#pragma once

#include "core/protocols/fields.h"
#include "core/protocols/names.h"

namespace wirestage {

struct Icmpv6Specs {
    FieldSpec node{"icmpv6", WS_MARK("fields", "Internet Control Message Protocol for IPv6"), Show::Heading};
    FieldSpec type{"icmpv6.type", WS_MARK("fields", "Type")};
    FieldSpec code{"icmpv6.code", WS_MARK("fields", "Code")};
    FieldSpec checksum{"icmpv6.checksum", WS_MARK("fields", "Checksum"), Show::Hexadecimal};
    FieldSpec checksumStatus{"icmpv6.checksum.status", WS_MARK("fields", "Checksum status")};
    FieldSpec reserved{"icmpv6.reserved", WS_MARK("fields", "Reserved"), Show::Octets};
    FieldSpec originalLength{"icmpv6.length", WS_MARK("fields", "Length of the original datagram")};
    FieldSpec mtu{"icmpv6.mtu", WS_MARK("fields", "MTU")};
    FieldSpec pointer{"icmpv6.pointer", WS_MARK("fields", "Pointer")};
    FieldSpec identifier{"icmpv6.echo.identifier", WS_MARK("fields", "Identifier")};
    FieldSpec sequence{"icmpv6.echo.sequence_number", WS_MARK("fields", "Sequence number")};
    FieldSpec data{"data", WS_MARK("fields", "Data"), Show::Octets};

    FieldSpec currentHopLimit{"icmpv6.nd.ra.cur_hop_limit", WS_MARK("fields", "Current hop limit")};
    FieldSpec routerFlags{"icmpv6.nd.ra.flag", WS_MARK("fields", "Flags"), Show::Hexadecimal};
    FieldSpec managed{"icmpv6.nd.ra.flag.m", WS_MARK("fields", "Managed address configuration"),
                      Show::Boolean};
    FieldSpec otherConfiguration{"icmpv6.nd.ra.flag.o", WS_MARK("fields", "Other configuration"),
                                 Show::Boolean};
    FieldSpec homeAgent{"icmpv6.nd.ra.flag.h", WS_MARK("fields", "Home agent"), Show::Boolean};
    FieldSpec preference{"icmpv6.nd.ra.flag.prf", WS_MARK("fields", "Default router preference")};
    FieldSpec proxy{"icmpv6.nd.ra.flag.p", WS_MARK("fields", "Proxy"), Show::Boolean};
    FieldSpec routerReserved{"icmpv6.nd.ra.flag.rsv", WS_MARK("fields", "Reserved")};
    FieldSpec routerLifetime{"icmpv6.nd.ra.router_lifetime", WS_MARK("fields", "Router lifetime")};
    FieldSpec reachableTime{"icmpv6.nd.ra.reachable_time", WS_MARK("fields", "Reachable time")};
    FieldSpec retransTimer{"icmpv6.nd.ra.retrans_timer", WS_MARK("fields", "Retransmission timer")};
    FieldSpec solicitedTarget{"icmpv6.nd.ns.target_address", WS_MARK("fields", "Target address"),
                              Show::Address};
    FieldSpec neighborFlags{"icmpv6.nd.na.flag", WS_MARK("fields", "Flags"), Show::Hexadecimal};
    FieldSpec router{"icmpv6.nd.na.flag.r", WS_MARK("fields", "Router"), Show::Boolean};
    FieldSpec solicited{"icmpv6.nd.na.flag.s", WS_MARK("fields", "Solicited"), Show::Boolean};
    FieldSpec override{"icmpv6.nd.na.flag.o", WS_MARK("fields", "Override"), Show::Boolean};
    FieldSpec neighborReserved{"icmpv6.nd.na.flag.rsv", WS_MARK("fields", "Reserved")};
    FieldSpec advertisedTarget{"icmpv6.nd.na.target_address", WS_MARK("fields", "Target address"),
                               Show::Address};
    FieldSpec redirectTarget{"icmpv6.nd.rd.target_address", WS_MARK("fields", "Target address"),
                             Show::Address};
    FieldSpec redirectDestination{"icmpv6.rd.na.destination_address",
                                  WS_MARK("fields", "Destination address"), Show::Address};

    FieldSpec option{"icmpv6.opt", WS_MARK("fields", "Option"), Show::Heading};
    FieldSpec optionType{"icmpv6.opt.type", WS_MARK("fields", "Type")};
    FieldSpec optionLength{"icmpv6.opt.length", WS_MARK("fields", "Length")};
    FieldSpec optionData{"", WS_MARK("fields", "Data"), Show::Octets};
    FieldSpec linkAddress{"icmpv6.opt.linkaddr", WS_MARK("fields", "Link-layer address"), Show::Octets};
    FieldSpec prefixLength{"icmpv6.opt.prefix.length", WS_MARK("fields", "Prefix length")};
    FieldSpec prefixFlags{"icmpv6.opt.prefix.flag", WS_MARK("fields", "Flags"), Show::Hexadecimal};
    FieldSpec onLink{"icmpv6.opt.prefix.flag.l", WS_MARK("fields", "On-link"), Show::Boolean};
    FieldSpec autonomous{"icmpv6.opt.prefix.flag.a", WS_MARK("fields", "Autonomous address configuration"),
                         Show::Boolean};
    FieldSpec routerAddress{"icmpv6.opt.prefix.flag.r", WS_MARK("fields", "Router address"), Show::Boolean};
    FieldSpec prefixReserved{"icmpv6.opt.prefix.flag.reserved", WS_MARK("fields", "Reserved")};
    FieldSpec validLifetime{"icmpv6.opt.prefix.valid_lifetime", WS_MARK("fields", "Valid lifetime")};
    FieldSpec preferredLifetime{"icmpv6.opt.prefix.preferred_lifetime",
                                WS_MARK("fields", "Preferred lifetime")};
    FieldSpec prefix{"icmpv6.opt.prefix", WS_MARK("fields", "Prefix"), Show::Address};
    FieldSpec linkMtu{"icmpv6.opt.mtu", WS_MARK("fields", "MTU")};
    FieldSpec nonce{"icmpv6.opt.nonce", WS_MARK("fields", "Nonce"), Show::Octets};
    FieldSpec routeFlags{"icmpv6.opt.route_info.flag", WS_MARK("fields", "Flags"), Show::Hexadecimal};
    FieldSpec routePreference{"icmpv6.opt.route_info.flag.route_preference",
                              WS_MARK("fields", "Route preference")};
    FieldSpec routeLifetime{"icmpv6.opt.route_lifetime", WS_MARK("fields", "Route lifetime")};
    FieldSpec serversLifetime{"icmpv6.opt.rdnss.lifetime", WS_MARK("fields", "Lifetime")};
    FieldSpec server{"icmpv6.opt.rdnss", WS_MARK("fields", "DNS server"), Show::Address};
    FieldSpec searchLifetime{"icmpv6.opt.dnssl.lifetime", WS_MARK("fields", "Lifetime")};
    FieldSpec searchDomain{"icmpv6.opt.dnssl", WS_MARK("fields", "Search domain"), Show::Text};

    FieldSpec responseDelay{"icmpv6.mld.maximum_response_delay", WS_MARK("fields", "Maximum response delay")};
    FieldSpec responseCode{"icmpv6.mld.maximum_response_code", WS_MARK("fields", "Maximum response code")};
    FieldSpec group{"icmpv6.mld.multicast_address", WS_MARK("fields", "Multicast address"), Show::Address};
    FieldSpec queryFlags{"icmpv6.mld.flag", WS_MARK("fields", "Flags"), Show::Hexadecimal};
    FieldSpec queryReserved{"icmpv6.mld.flag.reserved", WS_MARK("fields", "Reserved")};
    FieldSpec suppress{"icmpv6.mld.flag.s", WS_MARK("fields", "Suppress router-side processing"),
                       Show::Boolean};
    FieldSpec robustness{"icmpv6.mld.flag.qrv", WS_MARK("fields", "Querier's robustness variable")};
    FieldSpec interval{"icmpv6.mld.qqi", WS_MARK("fields", "Querier's query interval code")};
    FieldSpec sourceCount{"icmpv6.mld.nb_sources", WS_MARK("fields", "Number of sources")};
    FieldSpec source{"icmpv6.mld.source_address", WS_MARK("fields", "Source address"), Show::Address};
    FieldSpec recordCount{"icmpv6.mldr.nb_mcast_records", WS_MARK("fields", "Number of records")};
    FieldSpec record{"icmpv6.mldr.mar", WS_MARK("fields", "Multicast address record"), Show::Heading};
    FieldSpec recordType{"icmpv6.mldr.mar.record_type", WS_MARK("fields", "Record type")};
    FieldSpec auxiliaryLength{"icmpv6.mldr.mar.aux_data_len", WS_MARK("fields", "Auxiliary data length")};
    FieldSpec recordSources{"icmpv6.mldr.mar.nb_sources", WS_MARK("fields", "Number of sources")};
    FieldSpec recordGroup{"icmpv6.mldr.mar.multicast_address", WS_MARK("fields", "Multicast address"),
                          Show::Address};
    FieldSpec recordSource{"icmpv6.mldr.mar.source_address", WS_MARK("fields", "Source address"),
                           Show::Address};
    FieldSpec auxiliaryData{"icmpv6.mldr.mar.auxiliary_data", WS_MARK("fields", "Auxiliary data"),
                            Show::Octets};
};
inline constexpr Icmpv6Specs icmpv6Fields;

Text icmpv6TypeName(std::uint64_t type);
Text icmpv6CodeName(std::uint8_t type, std::uint64_t code);
Text icmpv6OptionName(std::uint64_t type);
Text icmpv6RecordName(std::uint64_t type); ///< of a record in a multicast listener report, version 2
Text routerPreferenceName(std::uint64_t bits);

/// The part before the data, the quoted packet, the options or the records. Which members count depends on
/// the type.
struct Icmpv6Header {
    std::uint8_t type = 128, code = 0;
    std::optional<std::uint16_t> checksum;
    std::uint16_t identifier = 0, sequence = 0;
    std::uint32_t mtu = 0, pointer = 0;
    std::uint8_t originalLength = 0; ///< of the quoted packet in words of eight bytes (RFC 4884)
    std::uint8_t hopLimit = 0, routerFlags = 0;
    std::uint16_t routerLifetime = 0;
    std::uint32_t reachableTime = 0, retransTimer = 0; ///< milliseconds
    std::uint32_t neighborFlags = 0;
    IpAddress target, destination; ///< of neighbour discovery, the group of listener discovery in `target`
    std::uint16_t responseDelay = 0;
    std::uint16_t records = 0;

    [[nodiscard]] bool isError() const { return type >= 1 && type <= 4; }
    [[nodiscard]] bool isDiscovery() const { return type >= 133 && type <= 137; }
    [[nodiscard]] bool isListener() const { return type >= 130 && type <= 132; }
};

namespace detail {

template <class Visitor>
void reserved6(Visitor& v, std::size_t count) {
    Bytes none;
    v.bytes(icmpv6Fields.reserved, none, count);
}

template <class Visitor>
void routerAdvertisement(Visitor& v, Icmpv6Header& h) {
    const auto milliseconds = [](std::uint64_t number) {
        return number == 0 ? WS_TR("values", "not specified")
                           : durationInWords(static_cast<std::int64_t>(number) * 1'000'000);
    };
    v.u8(icmpv6Fields.currentHopLimit, h.hopLimit);
    v.parts8(icmpv6Fields.routerFlags, h.routerFlags, [](auto& parts) {
        parts.part(icmpv6Fields.managed, 1);
        parts.part(icmpv6Fields.otherConfiguration, 1);
        parts.part(icmpv6Fields.homeAgent, 1);
        parts.part(icmpv6Fields.preference, 2, routerPreferenceName);
        parts.part(icmpv6Fields.proxy, 1);
        parts.part(icmpv6Fields.routerReserved, 2);
    });
    v.u16(icmpv6Fields.routerLifetime, h.routerLifetime, secondsName);
    v.u32(icmpv6Fields.reachableTime, h.reachableTime, milliseconds);
    v.u32(icmpv6Fields.retransTimer, h.retransTimer, milliseconds);
}

template <class Visitor>
void discoveryFields(Visitor& v, Icmpv6Header& h) {
    if (h.type == 134)
        return routerAdvertisement(v, h);
    if (h.type != 136)
        reserved6(v, 4);
    if (h.type == 135)
        v.ipv6(icmpv6Fields.solicitedTarget, h.target, ipAddressName);
    if (h.type == 136) {
        v.parts32(icmpv6Fields.neighborFlags, h.neighborFlags, [](auto& parts) {
            parts.part(icmpv6Fields.router, 1);
            parts.part(icmpv6Fields.solicited, 1);
            parts.part(icmpv6Fields.override, 1);
            parts.part(icmpv6Fields.neighborReserved, 29);
        });
        v.ipv6(icmpv6Fields.advertisedTarget, h.target, ipAddressName);
    }
    if (h.type == 137) {
        v.ipv6(icmpv6Fields.redirectTarget, h.target, ipAddressName);
        v.ipv6(icmpv6Fields.redirectDestination, h.destination, ipAddressName);
    }
}

template <class Visitor>
void errorFields(Visitor& v, Icmpv6Header& h) {
    if (h.type == 2)
        return v.u32(icmpv6Fields.mtu, h.mtu, bytesName);
    if (h.type == 4)
        return v.u32(icmpv6Fields.pointer, h.pointer);
    v.u8(icmpv6Fields.originalLength, h.originalLength,
         [](std::uint64_t words) { return bytesName(8 * words); });
    reserved6(v, 3);
}

} // namespace detail

template <class Visitor>
void fields(Visitor& v, Icmpv6Header& h) {
    v.u8(icmpv6Fields.type, h.type, icmpv6TypeName);
    v.u8(icmpv6Fields.code, h.code, [&](std::uint64_t code) { return icmpv6CodeName(h.type, code); });
    v.u16(icmpv6Fields.checksum, h.checksum);
    if (h.isError())
        return detail::errorFields(v, h);
    if (h.isDiscovery())
        return detail::discoveryFields(v, h);
    if (h.type == 128 || h.type == 129) {
        v.u16(icmpv6Fields.identifier, h.identifier);
        v.u16(icmpv6Fields.sequence, h.sequence);
    } else if (h.isListener()) {
        v.u16(icmpv6Fields.responseDelay, h.responseDelay);
        detail::reserved6(v, 2);
        v.ipv6(icmpv6Fields.group, h.target, ipAddressName);
    } else if (h.type == 143) {
        detail::reserved6(v, 2);
        v.u16(icmpv6Fields.recordCount, h.records);
    }
}

/// Describes what follows a query's group address in version 2 of listener discovery.
void describeListenerQuery(Describer& describer, Bytes rest);
/// Describes the records of a listener report of version 2.
void describeListenerRecords(Describer& describer, Bytes rest, std::uint16_t count);

/// A whole message; an unset checksum is worked out. `rest` is the data, the quoted packet or the options.
void writeIcmpv6(Writer& writer, const Icmpv6Header& header, const IpAddress& source,
                 const IpAddress& destination, Bytes rest);

} // namespace wirestage
