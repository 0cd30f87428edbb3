// SPDX-License-Identifier: GPL-3.0-or-later
// Describes DHCP messages: the header, then each option with its value in words (RFC 2131, 2132).
#include "core/protocols/dhcp/dhcp_header.h"

namespace wirestage {
namespace {

using namespace dhcp;

constexpr const DhcpFields& f = dhcpFields;

// The two options whose parts make sense together only.
constexpr std::uint8_t clientName = 81, domainSearch = 119;

struct Split {
    std::vector<std::uint8_t> bytes;
    std::size_t parts = 0;
    const std::uint8_t* last = nullptr;
};

class DhcpDescriber {
public:
    DhcpDescriber(Bytes whole, Describer& into) : message(whole), describer(into) {}
    Malformed run();

private:
    void areas(const DhcpHead& known, Bytes options);
    void area(Bytes bytes);
    void option(const Option& option);
    void value(const Option& option, const OptionShape& shape);
    void numbers(const Option& option, const OptionShape& shape, std::size_t width);
    void addresses(const Option& option, const OptionShape& shape);
    void closing(const OptionWalk& walk, const std::uint8_t* at);
    [[nodiscard]] Joined joined(const Option& option);

    [[nodiscard]] std::uint32_t placeOf(const std::uint8_t* at) const { return describer.offsetOf(at); }
    Field& add(const FieldSpec& spec, std::uint64_t number, std::string shown, Bytes bytes) {
        return describer.add(spec, number, std::move(shown), placeOf(bytes.data()),
                             static_cast<std::uint32_t>(bytes.size()));
    }

    Bytes message;
    Describer& describer;
    Areas known;
    Split splitName, splitSearch;
    Malformed malformed = Malformed::No;
};

/// The parts of an option that is split over several (RFC 3396), put together; empty where it is not split.
/// Each code's are looked for once: a hostile message holds thousands.
Joined DhcpDescriber::joined(const Option& option) {
    Split& split = option.code == domainSearch ? splitSearch : splitName;
    if (option.code != domainSearch && option.code != clientName)
        return {};
    if (!split.last)
        for (std::size_t i = 0; i < known.count; ++i) {
            OptionWalk walk(known.area[i]);
            for (Option found; walk.next(found);)
                if (found.code == option.code) {
                    ++split.parts;
                    split.last = found.at;
                    split.bytes.insert(split.bytes.end(), found.data.begin(), found.data.end());
                }
        }
    return {split.parts > 1 ? Bytes(split.bytes) : Bytes(), split.last == option.at};
}

void DhcpDescriber::addresses(const Option& option, const OptionShape& shape) {
    Bytes data = option.data;
    for (unsigned i = 0; data.size() >= 4; ++i, data = data.subspan(4)) {
        const FieldSpec& spec = shape.second && i % 2 ? *shape.second : *shape.spec;
        const IpAddress address = IpAddress::v4(data.data());
        add(spec, 0, toString(address), data.first(4)).meaning = ipAddressName(address);
        if (shape.shape == Shape::Address)
            break;
    }
    if (option.data.empty() || option.data.size() % (shape.shape == Shape::AddressPairs ? 8 : 4))
        malformed = Malformed::Nonsense;
}

void DhcpDescriber::numbers(const Option& option, const OptionShape& shape, std::size_t width) {
    const bool list = shape.shape == Shape::Numbers8 || shape.shape == Shape::Numbers16;
    if (option.data.size() % width || (!list && option.data.size() != width)) {
        malformed = Malformed::Nonsense;
        return;
    }
    for (Bytes data = option.data; data.size() >= width; data = data.subspan(width)) {
        const std::uint64_t number = width == 1   ? data[0]
                                     : width == 2 ? loadBig<2>(data.data())
                                                  : loadBig<4>(data.data());
        std::string shown = numberAsText(shape.spec->show, number, static_cast<unsigned>(8 * width));
        if (shape.shape == Shape::Signed32)
            shown = std::to_string(static_cast<std::int32_t>(number));
        Field& field = add(*shape.spec, number, std::move(shown), data.first(width));
        if (shape.shape == Shape::Seconds)
            field.meaning = dhcpLeaseInWords(number);
        else if (shape.meaning)
            field.meaning = shape.meaning(number);
    }
}

void DhcpDescriber::value(const Option& option, const OptionShape& shape) {
    switch (shape.shape) {
    case Shape::Address:
    case Shape::Addresses:
    case Shape::AddressPairs: return addresses(option, shape);
    case Shape::Text: add(*shape.spec, 0, textAsText(option.data), option.data); return;
    case Shape::Truth:
    case Shape::Number8:
    case Shape::Numbers8: return numbers(option, shape, 1);
    case Shape::Number16:
    case Shape::Numbers16: return numbers(option, shape, 2);
    case Shape::Number32:
    case Shape::Signed32:
    case Shape::Seconds: return numbers(option, shape, 4);
    case Shape::Special:
        if (!describeSpecial(option, describer, joined(option)))
            malformed = Malformed::Nonsense;
        return;
    case Shape::Octets:
    case Shape::Nothing: return;
    }
}

void DhcpDescriber::option(const Option& option) {
    describer.open(f.option, placeOf(option.at), static_cast<std::uint32_t>(2 + option.data.size()),
                   std::to_string(option.code), dhcpOptionName(option.code));
    const auto node = describer.description.fields.size() - 1;
    describer.description.fields[node].number = option.code;
    add(f.optionLength, option.data.size(), std::to_string(option.data.size()), {option.at + 1, 1});
    if (!option.data.empty())
        add(f.optionValue, option.data.size(), bytesAsText(option.data), option.data);
    const auto before = describer.description.fields.size();
    if (const OptionShape* shape = optionShape(option.code))
        value(option, *shape);
    // A heading that says it all saves opening it.
    const auto& fields = describer.description.fields;
    if (fields.size() == before + 1 && fields[before].spec->show != Show::Octets) {
        const Field& only = fields[before];
        Text words = only.meaning.empty() || only.spec->show == Show::Address ? Text::verbatim(only.value)
                                                                              : only.meaning;
        describer.description.fields[node].meaning =
            WS_TR("values", "%1: %2").with(dhcpOptionName(option.code)).with(std::move(words));
    }
    describer.close();
}

/// What stands behind the last option of an area.
void DhcpDescriber::closing(const OptionWalk& walk, const std::uint8_t* at) {
    if (!walk.ended()) {
        if (walk.cut())
            malformed = Malformed::Truncated;
        return;
    }
    describer.open(f.option, placeOf(at), 1, "255", dhcpOptionName(end));
    describer.description.fields.back().number = end;
    add(f.optionEnd, end, "255", {at, 1});
    describer.close();
    if (const Bytes rest = walk.rest(); !rest.empty())
        add(f.padding, rest.size(), bytesAsText(rest), rest);
}

void DhcpDescriber::area(Bytes bytes) {
    OptionWalk walk(bytes);
    Option next;
    while (walk.next(next))
        option(next);
    closing(walk, next.at);
}

void DhcpDescriber::areas(const DhcpHead& head, Bytes options) {
    const Bytes cookie = options.first(4);
    known = areasOf(head, options);
    add(f.cookie, loadBig<4>(cookie.data()), toString(IpAddress::v4(cookie.data())), cookie).meaning =
        WS_TR("values", "DHCP options follow");
    area(known.area[0]);
    for (std::size_t i = 1; i < known.count; ++i) {
        const bool file = head.optionsInFile && i == 1;
        describer.open(file ? f.optionsInFile : f.optionsInServerName, placeOf(known.area[i].data()),
                       static_cast<std::uint32_t>(known.area[i].size()));
        area(known.area[i]);
        describer.close();
    }
}

/// Some clients write the seconds with the least significant byte first (Windows did): a value that cannot be
/// meant.
void correctSeconds(Describer& describer, std::size_t from, bool request) {
    auto& fields = describer.description.fields;
    for (std::size_t i = from; i < fields.size(); ++i) {
        Field& field = fields[i];
        if (field.spec != &f.seconds || !request || field.number <= 255 || (field.number & 0xff) != 0)
            continue;
        field.number >>= 8;
        field.value = std::to_string(field.number);
        field.meaning =
            WS_TR("values", "%1, its two bytes in the wrong order").with(secondsName(field.number));
        describer.addGenerated(f.secondsLittle, 1, "1");
        return;
    }
}

Malformed DhcpDescriber::run() {
    describer.open(f.protocol, placeOf(message.data()), static_cast<std::uint32_t>(message.size()));
    const auto node = describer.description.fields.size() - 1;
    // What the options say of the header's own fields must be known before those are described.
    const auto ahead = readDhcpHead(message);
    DhcpHead head;
    if (ahead) {
        head.optionsInFile = ahead->optionsInFile;
        head.optionsInServerName = ahead->optionsInServerName;
    }
    Reader reader(message);
    DescribeFields visitor(reader, describer);
    fields(visitor, head);
    correctSeconds(describer, node, head.operation == 1);
    if (reader.truncated()) {
        describer.close();
        return Malformed::Truncated;
    }
    if (ahead && ahead->hasCookie) {
        areas(*ahead, reader.rest());
        describer.description.fields[node].meaning = dhcpTypeInWords(static_cast<std::uint64_t>(ahead->type));
    } else if (!reader.empty()) {
        add(f.vendorArea, reader.remaining(), bytesAsText(reader.rest()), reader.rest());
    }
    if (!ahead || ahead->type == DhcpType::Bootp) {
        describer.addGenerated(f.bootp, 1, "1");
        describer.description.fields[node].meaning = WS_TR("values", "BOOTP, without a DHCP message type");
    }
    describer.close();
    return malformed;
}

} // namespace

Malformed describeDhcp(Bytes message, Describer& describer) {
    return DhcpDescriber(message, describer).run();
}

} // namespace wirestage
