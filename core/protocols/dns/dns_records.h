// SPDX-License-Identifier: GPL-3.0-or-later
// The data of resource records. A type's parts are listed once, in a function that runs over a RecordData: it
// puts together the record's text as in a zone file (RFC 1035, 5.1), describes each part where somebody
// looks, and goes the other way, from the text to the bytes, where a message is written (dns_writer.h).
#pragma once

#include "core/bytes/reader.h"
#include "core/protocols/dns/dns_fields.h"
#include "core/protocols/dns/dns_names.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace wirestage::dns {

using Meaning = Text (*)(std::uint64_t);

class DataText;

class RecordData {
public:
    /// `data` is a part of `message`; what is missing of it, `length` tells.
    RecordData(Bytes whole, Bytes data, std::size_t length, Describer* describing)
        : message(whole), reader(data), describer(describing), cut(data.size() < length) {}
    /// Writes what `words` say. Parts that cannot be written find nothing to read: `truncated` tells.
    explicit RecordData(DataText& words) : describer(nullptr), cut(false), writing(&words) {}

    std::uint8_t u8(const FieldSpec& spec, Meaning meaning = nullptr);
    std::uint16_t u16(const FieldSpec& spec, Meaning meaning = nullptr);
    std::uint32_t u32(const FieldSpec& spec, Meaning meaning = nullptr);
    void ipv4(const FieldSpec& spec);
    void ipv6(const FieldSpec& spec);
    /// Seconds since 1970, of four or six bytes.
    void moment(const FieldSpec& spec, std::size_t width);
    void name(const FieldSpec& spec, const FieldSpec* lengthSpec = nullptr);
    /// A length byte and that many characters; the text is quoted where `quoted`.
    std::string characterString(const FieldSpec& lengthSpec, const FieldSpec& spec, bool quoted = true);
    /// Characters or bytes without a length of their own.
    std::string characters(const FieldSpec& spec, std::size_t count);
    Bytes octets(const FieldSpec& spec, std::size_t count);
    void peekOctets(const FieldSpec& spec, std::size_t count); ///< without moving on
    void rest(const FieldSpec& spec);
    void skip(std::size_t count) { reader.skip(count); }
    /// The types named in the windows of an NSEC record's bitmap (RFC 4034, 4.1.2).
    void typeBitmap();

    /// A number that is described but has no place in the text (lengths), and one worked out.
    std::uint64_t silent(const FieldSpec& spec, std::size_t width, Meaning meaning = nullptr);
    void generated(const FieldSpec& spec, std::uint64_t number);
    void flag(const FieldSpec& spec, std::uint64_t word, unsigned width, unsigned bit, unsigned count = 1);
    void open(const FieldSpec& spec, std::size_t length, std::string value = {}, Text meaning = {});
    /// A number whose bits, or what follows, are its parts.
    std::uint64_t openNumber(const FieldSpec& spec, std::size_t width, Meaning meaning = nullptr);
    void close();
    void explain(Text meaning);      ///< of the field described last
    void revalue(std::string value); ///< the field described last shows `value`
    void say(std::string_view words);

    /// Runs `parts` over the next `count` bytes alone, and goes on behind them.
    template <class Parts>
    void within(std::size_t count, Parts&& parts) {
        const Reader outer = reader;
        reader = Reader(reader.rest().first(std::min(count, reader.remaining())));
        parts(*this);
        inconsistent = inconsistent || (reader.truncated() && outer.has(count));
        reader = outer;
        reader.skip(count);
    }

    [[nodiscard]] bool more() const;
    [[nodiscard]] bool truncated() const { return reader.truncated() || cut; }
    /// All bytes are there, but lengths inside do not fit each other.
    [[nodiscard]] bool nonsense() const { return inconsistent || (reader.truncated() && !cut); }
    [[nodiscard]] std::size_t remaining() const { return reader.remaining(); }
    [[nodiscard]] Bytes upcoming() const { return reader.rest(); }
    [[nodiscard]] bool describes() const { return describer != nullptr; }

    std::string text;

private:
    std::uint64_t number(const FieldSpec& spec, std::size_t width, Meaning meaning, bool said);
    Field* add(const FieldSpec& spec, const std::uint8_t* at, std::size_t length, std::uint64_t value,
               std::string shown);

    Bytes message;
    Reader reader;
    Describer* describer;
    bool cut;
    bool inconsistent = false;
    DataText* writing = nullptr;
};

struct RecordType {
    std::uint16_t number;
    const char* mnemonic; ///< "MX"
    const char* words;    ///< "mail exchange", marked with WS_MARK("values", ...)
    void (*parts)(RecordData&);
};

inline constexpr std::uint16_t highestKnownType = 257;

/// What is known of a type, or null.
const RecordType* recordType(std::uint64_t number);

// The families of types that have files of their own.
void rrsigParts(RecordData& data);
void dsParts(RecordData& data);
void dnskeyParts(RecordData& data);
void nsecParts(RecordData& data);
void nsec3Parts(RecordData& data);
void nsec3ParametersParts(RecordData& data);
void tlsaParts(RecordData& data);
void sshfpParts(RecordData& data);
void certParts(RecordData& data);
void caaParts(RecordData& data);
void optParts(RecordData& data);
void svcbParts(RecordData& data);
void tsigParts(RecordData& data);

Text classInWords(std::uint64_t number);
Text opcodeInWords(std::uint64_t number);
Text responseCodeInWords(std::uint64_t number);
Text typeInWords(std::uint64_t number); ///< "A (host address)"

} // namespace wirestage::dns
