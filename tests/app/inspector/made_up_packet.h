// SPDX-License-Identifier: GPL-3.0-or-later
// A packet described by hand, field by field from RFC 791 (figure 4) and RFC 768: 20 bytes of IPv4 header at
// offset 14 and 8 bytes of UDP behind it.
#pragma once

#include "app/inspector/inspected.h"

namespace wirestage {

inline void addField(Description& d, const FieldSpec& spec, std::int32_t parent, std::uint32_t offset,
                     std::uint32_t length, std::string value, unsigned bitOffset = 0,
                     unsigned bitLength = 0) {
    Field f;
    f.spec = &spec;
    f.value = std::move(value);
    f.offset = offset;
    f.length = length;
    f.bitOffset = static_cast<std::uint8_t>(bitOffset);
    f.bitLength = static_cast<std::uint8_t>(bitLength);
    f.parent = parent;
    d.fields.push_back(std::move(f));
}

inline Description ipAndUdp(const std::string& ttl = "64") {
    static constexpr FieldSpec ip{"ip", "Internet Protocol", Show::Heading}, version{"ip.version", "Version"},
        headerLength{"ip.hdr_len", "Header length"}, dsfield{"ip.dsfield", "Differentiated services"},
        dscp{"ip.dsfield.dscp", "Code point"}, ecn{"ip.dsfield.ecn", "Congestion notification"},
        len{"ip.len", "Total length"}, id{"ip.id", "Identification"}, flags{"ip.flags", "Flags"},
        rb{"ip.flags.rb", "Reserved bit"}, df{"ip.flags.df", "Don't fragment"},
        mf{"ip.flags.mf", "More fragments"}, offset{"ip.frag_offset", "Fragment offset"},
        ttlSpec{"ip.ttl", "Time to live"}, proto{"ip.proto", "Protocol"},
        checksum{"ip.checksum", "Header checksum"}, src{"ip.src", "Source address", Show::Address},
        dst{"ip.dst", "Destination address", Show::Address},
        udp{"udp", "User Datagram Protocol", Show::Heading}, sport{"udp.srcport", "Source port"},
        dport{"udp.dstport", "Destination port"}, ulen{"udp.length", "Length"},
        usum{"udp.checksum", "Checksum"};
    Description d;
    addField(d, ip, -1, 14, 20, "");
    addField(d, version, 0, 14, 1, "4", 0, 4);
    addField(d, headerLength, 0, 14, 1, "20", 4, 4);
    addField(d, dsfield, 0, 15, 1, "0x00");
    addField(d, dscp, 3, 15, 1, "0", 0, 6);
    addField(d, ecn, 3, 15, 1, "0", 6, 2);
    addField(d, len, 0, 16, 2, "28");
    addField(d, id, 0, 18, 2, "0x1234");
    addField(d, flags, 0, 20, 1, "0x02", 0, 3);
    addField(d, rb, 8, 20, 1, "0", 0, 1);
    addField(d, df, 8, 20, 1, "1", 1, 1);
    addField(d, mf, 8, 20, 1, "0", 2, 1);
    addField(d, offset, 0, 20, 2, "0", 3, 13);
    addField(d, ttlSpec, 0, 22, 1, ttl);
    addField(d, proto, 0, 23, 1, "17");
    addField(d, checksum, 0, 24, 2, "0xabcd");
    addField(d, src, 0, 26, 4, "10.0.0.1");
    addField(d, dst, 0, 30, 4, "10.0.0.2");
    addField(d, udp, -1, 34, 8, "");
    addField(d, sport, 18, 34, 2, "5353");
    addField(d, dport, 18, 36, 2, "53");
    addField(d, ulen, 18, 38, 2, "8");
    addField(d, usum, 18, 40, 2, "0x0000");
    return d;
}

inline int placeOf(const Description& d, std::string_view name) {
    for (std::size_t i = 0; i < d.fields.size(); ++i)
        if (d.fields[i].spec->name == name)
            return static_cast<int>(i);
    return -1;
}

inline std::shared_ptr<Inspected> inspectedIpAndUdp() {
    auto it = std::make_shared<Inspected>();
    it->valid = true;
    it->message.kind = *kindOfName("udp.datagram");
    it->message.label = Text::verbatim("UDP datagram");
    it->position = 2;
    it->total = 4;
    it->from = "10.0.0.1";
    it->to = "10.0.0.2";
    it->packet = ipAndUdp("63");
    it->frame.assign(42, 0);
    it->frameNumber = 7;
    it->frameLength = 42;
    it->previousFrame = 5;
    it->changed = changedFields(it->packet, ipAndUdp("64"));
    return it;
}

} // namespace wirestage
