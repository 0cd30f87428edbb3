// SPDX-License-Identifier: GPL-3.0-or-later
// Text for people on its way out of the core. The core composes, it never translates: a Text keeps the
// English source and its arguments apart, the program's window translates once, where it is shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace wirestage {

/// `source` holds %1 ... %9 for the arguments and %n for the count; "(s)" behind a counted word is its plural.
/// A Text without context is verbatim: a name, a number, an address, bytes off the wire.
struct Text {
    std::string_view context;
    std::string source;
    std::vector<Text> arguments;
    std::optional<std::int64_t> count;

    static Text verbatim(std::string words) { return {{}, std::move(words), {}, {}}; }

    /// The same text with one argument more, in the order of %1, %2, ...
    template <class T>
    Text with(T&& argument) && {
        if constexpr (std::is_same_v<std::decay_t<T>, Text>)
            arguments.push_back(std::forward<T>(argument));
        else if constexpr (std::is_arithmetic_v<std::decay_t<T>>)
            arguments.push_back(verbatim(std::to_string(argument)));
        else
            arguments.push_back(verbatim(std::string(std::forward<T>(argument))));
        return std::move(*this);
    }

    [[nodiscard]] bool empty() const { return source.empty(); }
    bool operator==(const Text&) const = default;
};

/// The text in English, as the command line prints it.
std::string english(const Text& text);

/// Puts the arguments (already rendered) and the count into a pattern that may have been translated.
std::string fill(std::string_view pattern, const std::vector<std::string>& arguments, std::optional<std::int64_t> count);

/// "4 bytes", "1.2 kB", "3.4 MB": decimal multiples, one digit behind the point.
Text bytesInWords(std::uint64_t bytes);

/// "23 ms", "1.2 s", "3 min 20 s", "2 h": at most two units, no false precision. Nanoseconds in.
Text durationInWords(std::int64_t nanoseconds);

/// Foreign bytes made safe to show: printable ASCII and valid UTF-8 stay, the rest becomes \xNN; cut at `most` characters.
std::string printable(std::string_view bytes, std::size_t most = 80);

} // namespace wirestage

// The markers that lupdate reads; at run time they make a Text. WS_MARK is for tables: it is the literal itself, and who
// reads the table makes a Text of it with the same context.
#define WS_MARK(context, source) source
#define WS_TR(context, source) (::wirestage::Text{context, source, {}, {}})
#define WS_TRN(context, source, comment, n) (::wirestage::Text{context, source, {}, static_cast<std::int64_t>(n)})
