// SPDX-License-Identifier: GPL-3.0-or-later
// Writes DNS messages (RFC 1035, 4), the opposite of readDns. A record's data is given as text, as a zone
// file has it; the parts of its type are the same list that reads and describes it (dns_records.h).
#pragma once

#include "core/bytes/writer.h"
#include "core/protocols/dns/dns_wire.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace wirestage {

/// The whole message. Counts come from the lists, records are put in order of their sections, names are
/// compressed (RFC 1035, 4.1.4; in data only where RFC 3597, 4, allows it). A question or record whose name
/// or data makes no sense is left out. EDNS options are not written: OPT has its header alone (RFC 6891).
std::vector<std::uint8_t> writeDns(const DnsMessage& message);

/// The type of this name, "TYPE65280" included (RFC 3597, 5); upper and lower case alike.
std::optional<std::uint16_t> dnsTypeNamed(std::string_view name);

namespace dns {

/// Names being written. Each is remembered by its suffixes, and a later name that ends alike points there.
class NameWriter {
public:
    explicit NameWriter(Writer& into) : writer(into), base(into.size()) {}

    /// False, and nothing written, where it is no name: an empty label, one over 63 bytes, over 255 in all.
    bool write(std::string_view name, bool compress);

private:
    Writer& writer;
    std::size_t base;                                        ///< where the message begins
    std::unordered_map<std::string, std::uint16_t> suffixes; ///< as on the wire, and where they stand
};

/// Text to be written as a record's data: its words one after the other. Names are relative to `origin`
/// unless they end with a dot, as in a zone file; without an origin all are whole.
class DataText {
public:
    DataText(std::string_view words, Writer& into, NameWriter& namesInto, bool compressed,
             std::optional<std::string_view> relativeTo)
        : writer(into), names(namesInto), rest(words), origin(relativeTo), compress(compressed) {
        skipBlanks();
    }

    std::uint64_t number(std::size_t width);
    void address(unsigned version);
    void name();
    std::string characterString();
    void hexadecimal();

    [[nodiscard]] bool more() const { return !rest.empty() && sound; }
    [[nodiscard]] bool allSound() const { return sound && rest.empty(); }

private:
    std::string_view word();
    void skipBlanks();

    Writer& writer;
    NameWriter& names;
    std::string_view rest;
    std::optional<std::string_view> origin;
    bool compress;
    bool sound = true;
};

/// The data in the form that readDns gives it, names whole; nothing where the text makes no sense.
std::optional<std::string> wholeData(std::uint16_t type, std::string_view text, std::string_view origin);

/// "www" in the zone "example.org" is "www.example.org"; "@" is the zone itself; "www.example.net." is whole.
std::string wholeName(std::string_view name, std::string_view origin);

/// Whether it can be written.
bool isSoundName(std::string_view name);

} // namespace dns
} // namespace wirestage
