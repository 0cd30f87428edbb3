// SPDX-License-Identifier: GPL-3.0-or-later
// A scene as SVG 1.1. Text stays text, roles become classes, and the roles and names of WAI-ARIA let a screen
// reader go from message to message (https://www.w3.org/TR/graphics-aria-1.0/).
#include "core/diagram/colours.h"
#include "core/diagram/markup.h"
#include "core/diagram/svg_parts.h"
#include "core/diagram/writers.h"

#include <fmt/format.h>

namespace wirestage::diagram {

namespace {

constexpr double pageMargin = 24, titleHeight = 56, noteHeight = 40, width = 1200;

std::string inHex(std::string_view name) {
    return fmt::format("#{:06x}", colourNamed(Ground::Light, name));
}

} // namespace

std::string svg(const Excerpt& excerpt, const WriterOptions& options) {
    const PlainMetrics metrics;
    LayoutOptions wanted;
    wanted.width = width;
    wanted.words = options.words;
    const Layout layout(excerpt.sequence, metrics, wanted);
    const Scene scene = layout.scene({0, 0, layout.width(), layout.height()});
    const std::vector<std::string> titleLines =
        wrapAtMost(metrics, Font::Label, options.title, layout.width() - 2 * pageMargin, 3);
    const double top = titleLines.empty() ? 0 : titleHeight + 26 * static_cast<double>(titleLines.size() - 1);
    const std::string note = excerpt.leftOut ? options.words(*excerpt.leftOut) : "";
    const double height = top + layout.headHeight() + layout.height() + (note.empty() ? 0 : noteHeight);

    std::string out =
        fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
                    "width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} {1:.0f}\" role=\"img\" "
                    "aria-labelledby=\"title desc\">\n",
                    layout.width(), height);
    out += "<title id=\"title\">" + escapedMarkup(options.title) + "</title>\n<desc id=\"desc\">" +
           escapedMarkup(options.words(WS_TR("diagram", "A sequence diagram: %1 participants, %2 rows.")
                                           .with(grouped(layout.lanes()))
                                           .with(grouped(excerpt.sequence->items())))) +
           "</desc>\n<style>" + svgStyle({}, inHex) + "</style>\n";
    out += fmt::format("<rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n", inHex("ground"));
    for (std::size_t n = 0; n < titleLines.size(); ++n)
        out += fmt::format("<text class=\"label\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", pageMargin,
                           36 + 26 * static_cast<double>(n), escapedMarkup(titleLines[n]));
    out += fmt::format("<g id=\"heads\" transform=\"translate(0 {:.1f})\">\n", top);
    out += svgHeads(scene);
    out += fmt::format("</g>\n<g id=\"messages\" role=\"list\" transform=\"translate(0 {:.1f})\">\n",
                       top + layout.headHeight());
    out += svgBody(scene);
    out += "</g>\n";
    if (!note.empty())
        out += fmt::format("<text class=\"summary\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", pageMargin,
                           height - 16, escapedMarkup(note));
    return out + "</svg>\n";
}

} // namespace wirestage::diagram
