// SPDX-License-Identifier: GPL-3.0-or-later
// Texts, word by word.
#include "core/privacy/texts.h"

#include <algorithm>
#include <charconv>

namespace wirestage {
namespace {

/// What servers and clients of line protocols say to everybody.
constexpr std::string_view common =
    " "
    "abort aborted accept accepted account action active address allowed already and anonymous "
    "appended are argument as ascii at auth available bad been before begin binary bound buffer but "
    "bye byte bytes can cannot cdup change changed channel clear client close closed closing "
    "command commands complete completed connect connection control correct could create created "
    "current cwd data delete deleted denied directory disconnected disk done encrypted end ended "
    "enter entering eprt epsv error establish exceeded exist exists expected extended extensions "
    "fail failed failure features file first follow follows for found from ftp full get go goodbye guest "
    "greeting has have help here id idle ignored implemented in incorrect invalid is it kb kbytes "
    "last line list listing local logged login logout long make maximum mdtm memory minutes mlsd "
    "mlst mode must name need new no noop not now of off ok okay on only open opened opening or out "
    "parameter pass passive password pasv pbsz permission please port problem process protected "
    "protection pwd quit ready received recognized refused remote remove removed rename renamed "
    "request requested required rest restart resuming retr seconds send sent server service session "
    "set size some space specify started starting status stor storage stream succeeded successful "
    "successfully such supported switching syntax system than that the there this through time "
    "timed timeout to transfer transferred try tvfs type unavailable unix unknown up use user "
    "username using utf8 version waiting was welcome will with without wrong yes you your ";

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isOfWord(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}
bool isOfAddress(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
}

/// Arguments that stand alone and are the protocol's own.
constexpr std::string_view codes = " anonymous ascii ebcdic off on ssl tls utf8 ";

bool isAmong(std::string_view words, std::string_view word) {
    std::string plain(word);
    for (char& c : plain)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return words.find(' ' + plain + ' ') != std::string_view::npos;
}

/// Up to `most`, at the start; 0: there is no such number.
std::size_t numberLength(std::string_view text, unsigned most) {
    unsigned number = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && number <= most ? static_cast<std::size_t>(stop - text.data()) : 0;
}

/// h1,h2,h3,h4 of RFC 959's h1,h2,h3,h4,p1,p2: the characters of the address, 0 where this is none.
std::size_t commaAddress(std::string_view text, IpAddress& address) {
    std::size_t at = 0, end = 0;
    std::uint8_t bytes[4] = {};
    for (unsigned i = 0; i < 6; ++i) {
        if (i > 0 && (at >= text.size() || text[at++] != ','))
            return 0;
        const std::size_t length = numberLength(text.substr(at), 255);
        if (length == 0)
            return 0;
        if (i < 4) {
            unsigned number = 0;
            std::from_chars(text.data() + at, text.data() + at + length, number);
            bytes[i] = static_cast<std::uint8_t>(number);
        }
        at += length;
        if (i == 3)
            end = at;
    }
    address = IpAddress::v4(bytes);
    return end;
}

/// RFC 2428's |1|address|port|. Zeros in front of the port make it as long as it was; those in front of an
/// address's numbers would not be read by everybody.
std::optional<std::string> extendedAddress(std::string_view text, StandIns& standIns) {
    if (text.size() < 5 || isOfWord(text[0]) || text[2] != text[0])
        return std::nullopt;
    const char delimiter = text[0];
    const std::size_t stop = text.find(delimiter, 3);
    const std::size_t end = stop == std::string_view::npos ? stop : text.find(delimiter, stop + 1);
    if (end == std::string_view::npos || end + 1 != text.size())
        return std::nullopt;
    const auto address = parseIpAddress(text.substr(3, stop - 3));
    if (!address || numberLength(text.substr(stop + 1), 65535) != end - stop - 1)
        return std::nullopt;
    const std::string port(text.substr(stop + 1, end - stop - 1));
    const std::size_t room = stop - 3;
    std::string shown = toString(standIns.of(*address));
    if (shown.size() > room)
        shown = addressOfLength(standIns.of(*address), room);
    return std::string(text.substr(0, 3)) + shown + delimiter + std::string(room - shown.size(), '0') + port +
           delimiter;
}

/// An address or a hardware address at the start. Nothing where there is none.
std::optional<std::string> literal(std::string_view text, StandIns& standIns) {
    std::size_t length = 0;
    while (length < text.size() && isOfAddress(text[length]))
        ++length;
    if (length < text.size() && isOfWord(text[length]))
        return std::nullopt;
    while (length > 2 && (text[length - 1] == '.' || (text[length - 1] == ':' && text[length - 2] != ':')))
        --length; // the end of the sentence
    const std::string_view candidate = text.substr(0, length);
    if (const auto hardware = parseMacAddress(candidate))
        return toString(standIns.of(*hardware));
    if (candidate.find('.') == std::string_view::npos && candidate.find(':') == std::string_view::npos)
        return std::nullopt;
    if (const auto address = parseIpAddress(candidate))
        return addressOfLength(standIns.of(*address), length);
    return std::nullopt;
}

} // namespace

std::string textWithout(std::string_view text, StandIns& standIns) {
    constexpr std::size_t longestPlainNumber = 5;
    if (const auto extended = extendedAddress(text, standIns))
        return *extended;
    const bool sentence = text.find(' ') != std::string_view::npos || text.ends_with('.');
    std::string shown;
    shown.reserve(text.size());
    if (text.size() > 3 && text[3] == '-' && std::all_of(text.begin(), text.begin() + 3, isDigit))
        shown = text.substr(0, 4); // the code of a reply of several lines
    while (shown.size() < text.size()) {
        const std::string_view rest = text.substr(shown.size());
        if (!isOfWord(rest[0]) && rest[0] != ':') {
            shown += rest[0];
            continue;
        }
        IpAddress address;
        if (const std::size_t length = commaAddress(rest, address)) {
            shown += addressOfLength(standIns.of(address), length, ',');
            while (shown.size() < text.size() && (isDigit(text[shown.size()]) || text[shown.size()] == ','))
                shown += text[shown.size()]; // the port's two numbers stay
            continue;
        }
        if (auto found = literal(rest, standIns)) {
            shown += *found;
            continue;
        }
        if (rest[0] == ':') {
            shown += ':';
            continue;
        }
        std::size_t length = 1;
        while (length < rest.size() && isOfWord(rest[length]))
            ++length;
        const std::string_view word = rest.substr(0, length);
        const bool number = std::all_of(word.begin(), word.end(), isDigit);
        const bool counts =
            number && (length <= longestPlainNumber || rest.substr(length).starts_with(" byte"));
        shown += counts || word.size() == 1 || isAmong(sentence ? common : codes, word) ? std::string(word)
                                                                                        : standIns.of(word);
    }
    return shown;
}

} // namespace wirestage
