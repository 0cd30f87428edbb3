// SPDX-License-Identifier: GPL-3.0-or-later
// What the browser may run: the one script and the one style sheet that are in the page, known by their
// hashes (Content Security Policy Level 3, section 2.3.1), and nothing from anywhere.
#include "core/diagram/colours.h"
#include "core/diagram/markup.h"
#include "core/handout/parts.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>

namespace wirestage::handout {

std::string hashSource(std::string_view text) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
    std::array<unsigned char, 4 * ((SHA256_DIGEST_LENGTH + 2) / 3) + 1> letters{};
    const int length = EVP_EncodeBlock(letters.data(), digest.data(), static_cast<int>(digest.size()));
    return "sha256-" + std::string(letters.begin(), letters.begin() + length);
}

std::string head(std::string_view title, std::string_view style, std::string_view script) {
    std::string policy = "default-src 'none'; style-src '" + hashSource(style) + "'";
    if (!script.empty())
        policy += "; script-src '" + hashSource(script) + "'";
    policy += "; base-uri 'none'; form-action 'none'";
    std::string out = "<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"" +
                      policy + "\">\n";
    out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta name=\"referrer\" content=\"no-referrer\">\n"
           "<meta name=\"color-scheme\" content=\"light dark\">\n"
           "<meta name=\"generator\" content=\"Wirestage\">\n";
    out +=
        "<title>" + diagram::escapedMarkup(title) + "</title>\n<style>" + std::string(style) + "</style>\n";
    return out;
}

std::string colourStyle() {
    std::string light, dark;
    for (const diagram::NamedColour& colour : diagram::namedColours()) {
        light += fmt::format("--{}:#{:06x};", colour.name, colour.light);
        dark += fmt::format("--{}:#{:06x};", colour.name, colour.dark);
    }
    return ":root{color-scheme:light;" + light + "}\n@media screen and (prefers-color-scheme:dark)" +
           "{:root:not([data-theme=light]){color-scheme:dark;" + dark + "}}\n" +
           "@media screen{:root[data-theme=dark]{color-scheme:dark;" + dark + "}}\n";
}

std::string paragraphs(std::string_view text, std::string_view classes) {
    std::string out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find("\n\n"), text.size());
        const std::string_view one = text.substr(0, end);
        text.remove_prefix(std::min(end + 2, text.size()));
        if (one.find_first_not_of(" \n") == std::string_view::npos)
            continue;
        std::string line(one);
        for (char& c : line)
            c = c == '\n' ? ' ' : c;
        out += classes.empty() ? "<p>" : fmt::format("<p class=\"{}\">", classes);
        out += diagram::escapedMarkup(line) + "</p>\n";
    }
    return out;
}

} // namespace wirestage::handout
