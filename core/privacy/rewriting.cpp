// SPDX-License-Identifier: GPL-3.0-or-later
// Field by field: first what may stay, then what tells of somebody, then the numbers, and what is left over.
#include "core/privacy/rewriting.h"

#include "core/privacy/texts.h"

#include <algorithm>

namespace wirestage {
namespace {

/// A number is no longer than this; a longer field counts something in a text or a name.
constexpr std::uint32_t longestNumber = 8;

bool isNumber(const FieldSpec& spec) {
    return spec.show == Show::Decimal || spec.show == Show::Hexadecimal || spec.show == Show::Boolean;
}

bool tells(const FieldSpec& spec) {
    return spec.tells == TellsOf::Somebody ||
           (spec.tells == TellsOf::ByKind && (spec.show == Show::Address || spec.show == Show::Text));
}

IpAddress addressAt(Bytes bytes) {
    return bytes.size() == 4 ? IpAddress::v4(bytes.data()) : IpAddress::v6(bytes.data());
}

MacAddress hardwareAt(Bytes bytes) {
    MacAddress address;
    std::copy_n(bytes.begin(), 6, address.bytes.begin());
    return address;
}

bool isText(Bytes bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) {
        return byte >= 0x20 || byte == '\t' || byte == '\r' || byte == '\n';
    });
}

std::string_view asText(Bytes bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Bytes asBytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// The sum of 16-bit words, of which the first byte of `bytes` begins one or ends one.
std::uint64_t sumOf(Bytes bytes) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        sum += i % 2 ? bytes[i] : std::uint64_t{bytes[i]} << 8;
    return sum;
}

} // namespace

Rewriting::Rewriting(Bytes original, const Description& from, std::uint8_t which, StandIns& with)
    : before(original), description(from), buffer(which), standIns(with),
      after(original.begin(), original.end()), states(original.size(), State::Unknown),
      nodes(from.fields.size()), ends(from.fields.size()) {
    for (const Field& field : description.fields)
        if (field.parent >= 0 && !field.generated) {
            const auto parent = static_cast<std::size_t>(field.parent);
            ends[parent] = nodes[parent] ? std::min(ends[parent], field.offset) : field.offset;
            nodes[parent] = true;
        }
    keepHarmless();
    replaceTelling();
    keepNumbers();
    fillRest();
}

bool Rewriting::any(std::size_t offset, std::size_t length, State state) const {
    const auto from = states.begin() + static_cast<std::ptrdiff_t>(offset);
    const auto to = from + static_cast<std::ptrdiff_t>(length);
    return std::find(from, to, state) != to;
}

void Rewriting::mark(std::size_t offset, std::size_t length, State state) {
    for (std::size_t i = offset; i < offset + length; ++i)
        if (states[i] == State::Unknown)
            states[i] = state;
}

void Rewriting::set(std::size_t offset, Bytes bytes) {
    for (std::size_t i = 0; i < bytes.size(); ++i)
        if (states[offset + i] == State::Unknown) {
            after[offset + i] = bytes[i];
            states[offset + i] = State::Done;
        }
}

void Rewriting::put(std::size_t offset, Bytes bytes) {
    offset = std::min(offset, after.size());
    std::copy_n(bytes.begin(), std::min(bytes.size(), after.size() - offset),
                after.begin() + static_cast<std::ptrdiff_t>(offset));
}

/// Zeros, spaces and the ends of lines stay, so that what counts them finds as many.
void Rewriting::fill(std::size_t offset, std::size_t length) {
    for (std::size_t i = offset; i < offset + length; ++i)
        if (states[i] == State::Unknown) {
            const std::uint8_t byte = before[i];
            after[i] = byte == 0 || byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n' ? byte : 'x';
            states[i] = State::Done;
        }
}

void Rewriting::keepHarmless() {
    for (std::size_t i = 0; i < description.fields.size(); ++i) {
        const Field& field = description.fields[i];
        if (field.buffer == buffer && !field.generated && !isNode(i) && field.spec->tells == TellsOf::Nobody)
            mark(field.offset, field.length, State::Stays);
    }
}

void Rewriting::replaceTelling() {
    for (const Field& field : description.fields)
        if (field.buffer == buffer && !field.generated && field.length > 0 && tells(*field.spec) &&
            !any(field.offset, field.length, State::Done))
            replace(field);
}

void Rewriting::replace(const Field& field) {
    const Bytes bytes = before.subspan(field.offset, field.length);
    if ((bytes.size() == 4 || bytes.size() == 16) && toString(addressAt(bytes)) == field.value) {
        const IpAddress shown = standIns.of(addressAt(bytes));
        return set(field.offset, Bytes(shown.bytes).last(bytes.size()));
    }
    if (bytes.size() == 6 && toString(hardwareAt(bytes)) == field.value)
        return set(field.offset, standIns.of(hardwareAt(bytes)).bytes);
    if (field.spec->show == Show::Address)
        return; // a part of an address, or one inside a text, which is described too
    if (isNumber(*field.spec)) {
        std::fill_n(after.begin() + field.offset, field.length, std::uint8_t{0});
        return mark(field.offset, field.length, State::Done);
    }
    if (field.spec->show != Show::Text || replaceName(field))
        return;
    replaceText(field.offset, field.length);
}

/// Up to the first zero; bytes that are no text become zeros, which mean nothing wherever they may stand.
void Rewriting::replaceText(std::size_t offset, std::size_t length) {
    const Bytes bytes = before.subspan(offset, length);
    const auto end = static_cast<std::size_t>(std::find(bytes.begin(), bytes.end(), 0) - bytes.begin());
    if (!isText(bytes.first(end))) {
        const std::vector<std::uint8_t> zeros(length);
        return set(offset, zeros);
    }
    set(offset, asBytes(textWithout(asText(bytes.first(end)), standIns)));
    fill(offset + end, length - end);
}

/// A domain name as labels, to the root or a pointer (RFC 1035, 4.1.4). The labels behind a pointer are
/// rewritten where they stand; the described value knows them.
bool Rewriting::replaceName(const Field& field) {
    const Bytes bytes = before.subspan(field.offset, field.length);
    std::vector<std::pair<std::size_t, std::size_t>> places;
    std::vector<std::string_view> labels;
    std::size_t at = 0;
    while (at < bytes.size() && bytes[at] > 0 && bytes[at] < 64 && at + 1 + bytes[at] <= bytes.size()) {
        places.emplace_back(at + 1, bytes[at]);
        labels.push_back(asText(bytes.subspan(at + 1, bytes[at])));
        at += 1U + bytes[at];
    }
    const std::size_t left = bytes.size() - at;
    const bool pointer = left == 2 && bytes[at] >= 0xc0;
    if (!pointer && (left != 1 || bytes[at] != 0))
        return false;
    if (pointer) {
        std::string_view rest = field.value;
        for (std::size_t i = 0; i < labels.size() && !rest.empty(); ++i)
            rest.remove_prefix(std::min(rest.find('.'), rest.size() - 1) + 1);
        while (!rest.empty()) {
            labels.push_back(rest.substr(0, rest.find('.')));
            rest.remove_prefix(std::min(rest.size(), labels.back().size() + 1));
        }
    }
    const std::vector<std::string> shown = labelsWithout(labels, standIns);
    for (std::size_t i = 0; i < places.size(); ++i)
        set(field.offset + places[i].first, asBytes(shown[i]));
    mark(field.offset, field.length, State::Stays); // lengths, root and pointer
    return true;
}

/// A node that is a number itself has it in front of its parts.
void Rewriting::keepNumbers() {
    for (std::size_t i = 0; i < description.fields.size(); ++i) {
        const Field& field = description.fields[i];
        if (field.buffer != buffer || field.generated || !isNumber(*field.spec))
            continue;
        std::size_t length = field.length;
        if (isNode(i))
            length = std::min<std::size_t>(length, ends[i] > field.offset ? ends[i] - field.offset : 0);
        if (length <= longestNumber)
            mark(field.offset, length, State::Stays);
    }
}

void Rewriting::fillRest() {
    fill(0, before.size());
}

void Rewriting::mend(const Covered& covered) {
    if (covered.buffer != buffer || covered.checksum + 2 > before.size() || covered.offset > before.size())
        return;
    const std::size_t length = std::min<std::size_t>(covered.length, before.size() - covered.offset);
    const std::size_t field = covered.checksum;
    std::uint64_t sum = static_cast<std::uint16_t>(~(before[field] << 8 | before[field + 1]));
    const auto change = [&](Bytes old, Bytes now) {
        // In ones' complement, taking away is adding the complement: as many words of it as there are.
        const std::uint64_t words = (old.size() + 1) / 2;
        sum += words * 0xffff - sumOf(old) + sumOf(now);
    };
    // The field itself has not been changed by anybody yet.
    const Bytes now(after);
    change(before.subspan(covered.offset, length), now.subspan(covered.offset, length));
    for (const IpAddress& address : {covered.source, covered.destination})
        if (address.version)
            change(address.bytes, standIns.of(address).bytes);
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    auto checksum = static_cast<std::uint16_t>(~sum);
    if (checksum == 0 && covered.source.version)
        checksum = 0xffff; // UDP's 0 says that there is none; to everybody else they are the same
    after[field] = static_cast<std::uint8_t>(checksum >> 8);
    after[field + 1] = static_cast<std::uint8_t>(checksum);
}

std::vector<std::uint8_t> Rewriting::take() {
    // Inner ones first: they lie in what outer ones cover.
    for (auto it = description.checksums.rbegin(); it != description.checksums.rend(); ++it)
        mend(*it);
    return std::move(after);
}

} // namespace wirestage
