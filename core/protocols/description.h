// SPDX-License-Identifier: GPL-3.0-or-later
// A packet described: its fields as a tree, each with its name in Wireshark's display-filter reference, its value as
// `tshark -T fields` prints it, its meaning in words, and the bytes (and bits) it stands in.
#pragma once

#include "core/protocols/dissection.h"
#include "core/text/text.h"

#include <string>
#include <string_view>
#include <vector>

namespace wirestage {

enum class Show : std::uint8_t { Decimal, Hexadecimal, Boolean, Address, Text, Octets, Heading };

/// Whom a field tells of, which counts where names are hidden (core/privacy). By its kind: addresses, texts and octets
/// tell of somebody, numbers of nobody.
enum class TellsOf : std::uint8_t { ByKind, Nobody, Somebody };

/// One field of a protocol, known at compile time. `title` is the RFC's name of it (context "fields").
struct FieldSpec {
    std::string_view name; ///< "ip.ttl"; "" for a heading that exists for structure alone
    const char* title;
    Show show = Show::Decimal;
    TellsOf tells = TellsOf::ByKind;
};

struct Field {
    const FieldSpec* spec = nullptr;
    std::uint64_t number = 0; ///< of a numeric field
    std::string value;        ///< as tshark prints it
    Text meaning;             ///< "Echo request", "1 460 bytes"; may be empty
    std::uint32_t offset = 0, length = 0; ///< bytes in `buffer`
    std::uint8_t bitOffset = 0, bitLength = 0; ///< within those bytes, from the most significant; 0 bits: all of them
    std::uint8_t buffer = 0;  ///< 0 the frame, else 1 + place in Description::buffers
    std::int32_t parent = -1; ///< place in Description::fields; -1 for a protocol's own node
    bool generated = false;   ///< worked out, stands in no byte (relative sequence number, stream index)
};

/// Bytes that no single frame holds: a reassembled datagram or message.
struct Buffer {
    Text title;
    std::vector<std::uint8_t> bytes;
};

/// What an Internet checksum is reckoned over.
struct Covered {
    std::uint32_t checksum = 0, offset = 0, length = 0; ///< bytes in `buffer`; of the checksum there are two
    std::uint8_t buffer = 0;
    IpAddress source, destination; ///< of the pseudo-header; version 0 where there is none
};

struct Description {
    std::vector<Field> fields; ///< parents before children, in the order of the bytes
    std::vector<Buffer> buffers;
    std::vector<Covered> checksums;
    std::string_view malformed; ///< the protocol at which decoding had to stop; empty: none

    [[nodiscard]] const Field* find(std::string_view name) const; ///< the first of that name, or null
    [[nodiscard]] std::string_view value(std::string_view name) const; ///< its value, or ""
    /// Cuts every field off at the end of its buffer: a header that is not whole, or one that lies about its length.
    void keepInside(std::size_t frameSize);
};

/// Builds a Description. Offsets are absolute in the buffer named by `useBuffer` (0: the frame).
class Describer {
public:
    explicit Describer(Description& into) : description(into) {}

    /// Opens a node for a protocol or a structure; fields added until `close` are its children.
    void open(const FieldSpec& spec, std::uint32_t offset, std::uint32_t length, std::string value = {}, Text meaning = {});
    void close();
    void resizeOpen(std::uint32_t length); ///< a header whose length became known late
    Field& add(const FieldSpec& spec, std::uint64_t number, std::string value, std::uint32_t offset, std::uint32_t length);
    /// A field made by reckoning rather than read.
    Field& addGenerated(const FieldSpec& spec, std::uint64_t number, std::string value);
    std::uint8_t addBuffer(Text title, Bytes bytes); ///< returns its number for useBuffer
    void useBuffer(std::uint8_t number, const std::uint8_t* begin);
    /// The checksum described last under `spec` covers these bytes, of a header between two addresses.
    void covers(const FieldSpec& spec, Bytes bytes, const IpAddress& source = {}, const IpAddress& destination = {});
    [[nodiscard]] std::uint32_t offsetOf(const std::uint8_t* byte) const; ///< of a byte inside the current buffer

    Description& description;

private:
    std::vector<std::int32_t> openNodes;
    const std::uint8_t* begin = nullptr;
    std::uint8_t buffer = 0;
};

/// A number as `tshark -T fields` prints it: hexadecimal with all digits of whole bytes, a truth as 1 or 0.
std::string numberAsText(Show show, std::uint64_t number, unsigned bits);
std::string bytesAsText(Bytes bytes); ///< "0a0b0c"
std::string textAsText(Bytes bytes);  ///< up to the first zero byte, made safe to show

} // namespace wirestage
