// SPDX-License-Identifier: GPL-3.0-or-later
// Fills the places in prose with a message's values, and leaves out the sentences that it cannot fill.
#include "core/knowledge/prose.h"

#include <charconv>

namespace wirestage {
namespace {

constexpr std::size_t longestValue = 80; ///< characters of one value
constexpr std::size_t mostValues = 6;    ///< of a field that is listed

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

/// "name#2:words|fallback" taken apart.
struct Place {
    std::string_view name, format;
    std::optional<std::string_view> fallback;
    unsigned occurrence = 1;
    bool all = false;
};

Place placeOf(std::string_view text) {
    Place place;
    if (const auto bar = text.find('|'); bar != text.npos) {
        place.fallback = text.substr(bar + 1);
        text = text.substr(0, bar);
    }
    if (const auto colon = text.find(':'); colon != text.npos) {
        place.format = text.substr(colon + 1);
        text = text.substr(0, colon);
    }
    if (text.ends_with('+')) {
        place.all = true;
        text.remove_suffix(1);
    }
    if (const auto hash = text.find('#'); hash != text.npos) {
        std::from_chars(text.data() + hash + 1, text.data() + text.size(), place.occurrence);
        text = text.substr(0, hash);
    }
    place.name = text;
    return place;
}

const Field* occurrence(const Description& packet, std::string_view name, unsigned number) {
    for (const Field& field : packet.fields)
        if (field.spec->name == name && --number == 0)
            return &field;
    return nullptr;
}

std::optional<std::int64_t> numberOf(std::string_view text) {
    const bool hexadecimal = text.starts_with("0x");
    if (hexadecimal)
        text.remove_prefix(2);
    std::int64_t number = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), number, hexadecimal ? 16 : 10);
    if (error != std::errc() || end != text.data() + text.size())
        return {};
    return number;
}

class Renderer {
public:
    Renderer(const ProseValues& from, const Translate& by) : values(from), translate(by) {}

    std::string render(std::string_view prose);

private:
    std::optional<std::string> fillPlace(const Place& place) const;
    std::optional<std::string> participant(std::string_view name) const;
    std::string show(const Field& field, std::string_view format) const;
    std::string list(const Place& place) const;
    bool holds(std::string_view condition) const;
    bool holdsOne(std::string_view condition) const;
    std::string piece(std::string_view inside) const;

    const ProseValues& values;
    const Translate& translate;
};

std::string Renderer::show(const Field& field, std::string_view format) const {
    if (format == "words" && !field.meaning.empty())
        return translate(field.meaning);
    if (const auto number = numberOf(field.value); number && !format.empty() && format != "words") {
        if (format == "bytes")
            return translate(bytesInWords(static_cast<std::uint64_t>(*number)));
        if (*number < 1'000'000'000)
            return translate(durationInWords(*number * (format == "seconds" ? 1'000'000'000 : 1'000'000)));
    }
    return printable(field.value, longestValue);
}

std::string Renderer::list(const Place& place) const {
    std::string text;
    std::size_t found = 0;
    for (const Field& field : values.packet->fields) {
        if (field.spec->name != place.name || field.value.empty())
            continue;
        if (++found <= mostValues)
            text += (text.empty() ? "" : ", ") + show(field, place.format);
    }
    return found > mostValues
               ? translate(WS_TR("knowledge", "%1 and %2 more").with(text).with(found - mostValues))
               : text;
}

std::optional<std::string> Renderer::participant(std::string_view name) const {
    if (name == "to" && (values.to.empty() || values.to == "*"))
        return translate(WS_TR("knowledge", "everybody who listens"));
    const std::string_view words = name == "from" ? values.from : name == "to" ? values.to : values.label;
    if (words.empty())
        return {};
    return std::string(words);
}

std::optional<std::string> Renderer::fillPlace(const Place& place) const {
    std::optional<std::string> filled;
    if (place.name == "from" || place.name == "to" || place.name == "label") {
        filled = participant(place.name);
    } else if (place.name == "value" || place.name == "meaning") {
        if (values.field)
            filled = show(*values.field, place.name == "meaning" ? "words" : place.format);
    } else if (values.packet && place.all) {
        filled = list(place);
    } else if (values.packet) {
        if (const Field* field = occurrence(*values.packet, place.name, place.occurrence))
            filled = show(*field, place.format);
    }
    if (filled && !filled->empty())
        return filled;
    if (place.fallback)
        return std::string(*place.fallback);
    return {};
}

bool Renderer::holdsOne(std::string_view condition) const {
    condition = trimmed(condition);
    const bool negated = condition.starts_with('!');
    if (negated)
        condition.remove_prefix(1);
    const auto sign = condition.find_first_of("!=<>");
    const auto value = fillPlace(placeOf(trimmed(condition.substr(0, sign))));
    if (sign == condition.npos)
        return value.has_value() != negated;
    if (!value)
        return false;
    const bool different = condition[sign] == '!';
    const std::string_view wanted = trimmed(condition.substr(sign + (different ? 2 : 1)));
    const auto left = numberOf(*value), right = numberOf(wanted);
    const bool numbers = left && right;
    switch (condition[sign]) {
    case '<': return numbers && *left < *right;
    case '>': return numbers && *left > *right;
    default: return (numbers ? *left == *right : *value == wanted) != different;
    }
}

bool Renderer::holds(std::string_view condition) const {
    while (true) {
        const auto joint = condition.find('&');
        if (!holdsOne(condition.substr(0, joint)))
            return false;
        if (joint == condition.npos)
            return true;
        condition.remove_prefix(joint + 1);
    }
}

std::string Renderer::piece(std::string_view inside) const {
    const auto question = inside.find('?');
    if (question == inside.npos)
        return {};
    std::string_view words = inside.substr(question + 1);
    const auto otherwise = words.find("||");
    if (holds(inside.substr(0, question)))
        words = words.substr(0, otherwise);
    else if (otherwise != words.npos)
        words.remove_prefix(otherwise + 2);
    else
        return {};
    return Renderer(values, translate).render(words);
}

bool hasFullStop(std::string_view text) {
    return text.ends_with('.') || text.ends_with('?') || text.ends_with('!') || text.ends_with("。");
}

/// A full stop may stand inside closing quotation marks.
bool endsSentence(std::string_view text) {
    constexpr std::string_view quote = "”";
    return hasFullStop(text) ||
           (text.ends_with(quote) && hasFullStop(text.substr(0, text.size() - quote.size())));
}

/// Joins what pieces left apart: one blank between words, none before a comma or a full stop that ends a
/// word.
std::string tidy(std::string_view text) {
    constexpr std::string_view marks = ".,;:";
    text = trimmed(text);
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool blank = result.ends_with(' ');
        const bool wordEnds = i + 1 == text.size() || text[i + 1] == ' ';
        if (text[i] == ' ' && blank)
            continue;
        if (blank && wordEnds && marks.find(text[i]) != marks.npos)
            result.pop_back();
        result += text[i];
    }
    return result;
}

std::string Renderer::render(std::string_view prose) {
    std::string done, sentence;
    bool hole = false, valueJustEnded = false;
    const auto finish = [&] {
        if (!hole)
            done += sentence;
        sentence.clear();
        hole = false;
    };
    for (std::size_t i = 0; i < prose.size(); ++i) {
        const auto rest = prose.substr(i);
        if (const auto end = rest.starts_with("[[") ? rest.find("]]") : rest.npos; end != rest.npos) {
            const std::string words = piece(rest.substr(2, end - 2));
            const bool atStart = trimmed(sentence).empty();
            sentence += (words.empty() ? "" : " ") + words;
            if (atStart && endsSentence(words))
                finish();
            i += end + 1;
            valueJustEnded = true;
            continue;
        } else if (const auto close = rest[0] == '{' ? rest.find('}') : rest.npos; close != rest.npos) {
            const auto words = fillPlace(placeOf(rest.substr(1, close - 1)));
            hole = hole || !words;
            sentence += words.value_or("");
            i += close;
            valueJustEnded = true;
            continue;
        } else {
            const bool doubled = valueJustEnded && rest[0] == '.' && hasFullStop(sentence);
            if (!doubled) // a server's own sentence brings its full stop along
                sentence += rest[0];
            const bool blankFollows = rest.size() < 2 || rest[1] == ' ' || rest[1] == '\n' || rest[1] == '[';
            if (endsSentence(sentence) && (blankFollows || sentence.ends_with("。")))
                finish();
        }
        valueJustEnded = false;
    }
    finish();
    return tidy(done);
}

void addConditionNames(std::vector<std::string>& names, std::string_view condition) {
    while (true) {
        const auto joint = condition.find('&');
        auto one = trimmed(condition.substr(0, joint));
        if (one.starts_with('!'))
            one.remove_prefix(1);
        names.emplace_back(placeOf(trimmed(one.substr(0, one.find_first_of("!=<>")))).name);
        if (joint == condition.npos)
            return;
        condition.remove_prefix(joint + 1);
    }
}

} // namespace

std::string renderProse(std::string_view prose, const ProseValues& values, const Translate& translate) {
    return Renderer(values, translate).render(prose);
}

std::optional<std::vector<std::string>> namesInProse(std::string_view prose) {
    std::vector<std::string> names;
    bool inPiece = false;
    for (std::size_t i = 0; i < prose.size(); ++i) {
        const auto rest = prose.substr(i);
        if (rest.starts_with("[[")) {
            const auto question = rest.find('?');
            if (inPiece || question == rest.npos ||
                rest.substr(0, question).find_first_of("{}]") != rest.npos)
                return {};
            addConditionNames(names, rest.substr(2, question - 2));
            inPiece = true;
            i += question;
        } else if (rest.starts_with("]]")) {
            if (!inPiece)
                return {};
            inPiece = false;
            ++i;
        } else if (rest[0] == '{') {
            const auto close = rest.find('}');
            if (close == rest.npos || rest.substr(1, close - 1).find('{') != rest.npos)
                return {};
            names.emplace_back(placeOf(rest.substr(1, close - 1)).name);
            i += close;
        } else if (rest[0] == '}' || (rest[0] == '[' && inPiece)) {
            return {};
        }
    }
    if (inPiece)
        return {};
    return names;
}

} // namespace wirestage
