// SPDX-License-Identifier: GPL-3.0-or-later
// Builds the tree of a packet's fields, and prints values as `tshark -T fields` does.
#include "core/protocols/description.h"

#include <fmt/format.h>

#include <algorithm>

namespace wirestage {

const Field* Description::find(std::string_view name) const {
    for (const Field& field : fields)
        if (field.spec->name == name)
            return &field;
    return nullptr;
}

std::string_view Description::value(std::string_view name) const {
    const Field* field = find(name);
    return field ? std::string_view(field->value) : std::string_view();
}

void Description::keepInside(std::size_t frameSize) {
    for (Field& field : fields) {
        if (field.buffer > buffers.size())
            field.buffer = 0;
        const std::size_t size = field.buffer == 0 ? frameSize : buffers[field.buffer - 1U].bytes.size();
        field.offset = static_cast<std::uint32_t>(std::min<std::size_t>(field.offset, size));
        field.length = static_cast<std::uint32_t>(std::min<std::size_t>(field.length, size - field.offset));
    }
}

void Describer::open(const FieldSpec& spec, std::uint32_t offset, std::uint32_t length, std::string value,
                     Text meaning) {
    add(spec, 0, std::move(value), offset, length).meaning = std::move(meaning);
    openNodes.push_back(static_cast<std::int32_t>(description.fields.size()) - 1);
}

void Describer::close() {
    if (!openNodes.empty())
        openNodes.pop_back();
}

void Describer::resizeOpen(std::uint32_t length) {
    if (!openNodes.empty())
        description.fields[static_cast<std::size_t>(openNodes.back())].length = length;
}

Field& Describer::add(const FieldSpec& spec, std::uint64_t number, std::string value, std::uint32_t offset,
                      std::uint32_t length) {
    Field& field = description.fields.emplace_back();
    field.spec = &spec;
    field.number = number;
    field.value = std::move(value);
    field.offset = offset;
    field.length = length;
    field.buffer = buffer;
    field.parent = openNodes.empty() ? -1 : openNodes.back();
    return field;
}

Field& Describer::addGenerated(const FieldSpec& spec, std::uint64_t number, std::string value) {
    Field& field = add(spec, number, std::move(value), 0, 0);
    field.generated = true;
    return field;
}

std::uint8_t Describer::addBuffer(Text title, Bytes bytes) {
    if (description.buffers.size() < 255)
        description.buffers.push_back({std::move(title), {bytes.begin(), bytes.end()}});
    return static_cast<std::uint8_t>(description.buffers.size());
}

void Describer::useBuffer(std::uint8_t number, const std::uint8_t* first) {
    buffer = number;
    begin = first;
}

void Describer::covers(const FieldSpec& spec, Bytes bytes, const IpAddress& source,
                       const IpAddress& destination) {
    const auto found = std::find_if(description.fields.rbegin(), description.fields.rend(),
                                    [&](const Field& field) { return field.spec == &spec; });
    if (found != description.fields.rend() && found->length == 2)
        description.checksums.push_back({found->offset, offsetOf(bytes.data()),
                                         static_cast<std::uint32_t>(bytes.size()), buffer, source,
                                         destination});
}

std::uint32_t Describer::offsetOf(const std::uint8_t* byte) const {
    return static_cast<std::uint32_t>(byte - begin);
}

std::string numberAsText(Show show, std::uint64_t number, unsigned bits) {
    if (show == Show::Hexadecimal)
        return fmt::format("0x{:0{}x}", number, (bits + 7) / 8 * 2);
    if (show == Show::Boolean)
        return number != 0 ? "1" : "0";
    return std::to_string(number);
}

std::string bytesAsText(Bytes bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(2 * bytes.size());
    for (const std::uint8_t byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

std::string textAsText(Bytes bytes) {
    std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    return printable(text.substr(0, text.find('\0')), text.size());
}

} // namespace wirestage
