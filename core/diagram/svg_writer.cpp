// SPDX-License-Identifier: GPL-3.0-or-later
// A scene as SVG 1.1. Text stays text, roles become classes, and the roles and names of WAI-ARIA let a screen
// reader go from message to message (https://www.w3.org/TR/graphics-aria-1.0/).
#include "core/diagram/colours.h"
#include "core/diagram/writers.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace wirestage::diagram {

namespace {

constexpr double pageMargin = 24, titleHeight = 56, noteHeight = 40, width = 1200;

std::string hex(light::Rgb color) {
    return fmt::format("#{:06x}", color);
}

/// XML 1.0 knows no control characters at all, not even as entities.
std::string escaped(std::string_view text) {
    std::string safe;
    while (!text.empty()) {
        const std::string_view before = text;
        const char32_t character = takeCharacter(text);
        switch (character) {
        case '&': safe += "&amp;"; break;
        case '<': safe += "&lt;"; break;
        case '>': safe += "&gt;"; break;
        case '"': safe += "&quot;"; break;
        default:
            if (character < 0x20 || character == 0x7f || character == 0xfffd || character == 0xfffe ||
                character == 0xffff || (character >= 0xd800 && character < 0xe000) || character > 0x10ffff)
                safe += "\xef\xbf\xbd";
            else
                safe += before.substr(0, before.size() - text.size());
        }
    }
    return safe;
}

std::string styleSheet(const TypeSizes& type) {
    std::string css = fmt::format(
        "text{{font-family:'DejaVu Sans',Verdana,'Noto Sans',sans-serif;fill:{}}}"
        ".label,.head-name{{font-weight:700}}.state,.phase-title,.chip-text,.border-name{{font-weight:700}}"
        ".label{{font-size:{}px}}.summary,.fold-text{{font-size:{}px}}.head-name{{font-size:{}px}}"
        ".time,.gap-text,.head-detail,.state,.phase-title,.chip-text,.border-name,.timer-name{{font-size:{}"
        "px}}"
        ".time,.gap-text,.head-detail,.phase-title,.timer-name{{fill:{}}}",
        hex(light::text), type.label, type.summary, type.head, type.small, hex(light::quietText));
    css += fmt::format(
        ".lifeline,.gap{{stroke:{};stroke-width:2;fill:none}}.phase{{fill:none;stroke:{}}}"
        ".phase-tab{{fill:{};stroke:{}}}.head{{fill:{};stroke:{}}}.head-icon{{fill:none;stroke:{};"
        "stroke-width:2}}",
        hex(light::lifeline), hex(light::frame), hex(light::surface), hex(light::frame), hex(light::surface),
        hex(light::border), hex(light::text));
    css += fmt::format(
        ".arrow{{stroke-width:3;fill:none}}.end-mark{{stroke-width:2.5}}.hearer{{stroke-width:2;fill:{}}}"
        ".lost{{stroke:{};stroke-width:4}}.chip{{fill:{};stroke:{}}}.chip-text{{fill:{}}}"
        ".fold{{fill:{};stroke-dasharray:5 3}}.fold-bracket{{stroke-width:2}}"
        ".timer,.timer-end{{stroke:{};stroke-width:2}}.timer{{stroke-dasharray:4 3}}",
        hex(light::surface), hex(light::danger), hex(light::warningSoft), hex(light::warning),
        hex(light::warning), hex(light::surface), hex(light::quietText));
    for (std::size_t f = 0; f < light::families.size(); ++f) {
        const std::string_view family = name(static_cast<Family>(f));
        css += fmt::format(
            ".{0}{{stroke:{1}}}text.{0}.label,text.{0}.border-name{{fill:{1}}}polygon.{0}{{fill:{1};"
            "stroke:none}}text.{0}{{stroke:none}}",
            family, hex(light::families[f]));
    }
    for (std::size_t tone = 0; tone < light::states.size(); ++tone)
        css += fmt::format(".tone-{}{{fill:{};stroke:{}}}", tone, hex(light::states[tone]),
                           hex(light::lifeline));
    return css + ".ribbon-inferred{stroke-dasharray:3 3}";
}

class SvgWriter {
public:
    explicit SvgWriter(std::string& to) : out(to) {}

    void write(const Primitive& p) {
        const std::string kind = classes(p);
        switch (p.shape) {
        case Shape::Line:
            out += fmt::format(
                "<line class=\"{}\" x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\"{}/>\n", kind,
                p.from.x, p.from.y, p.to.x, p.to.y, p.dashed ? " stroke-dasharray=\"9 5\"" : "");
            break;
        case Shape::Box: box(p, kind); break;
        case Shape::Circle:
            out += fmt::format("<circle class=\"{}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\"/>\n", kind,
                               p.box.x + p.box.width / 2, p.box.y + p.box.height / 2, p.box.width / 2);
            break;
        case Shape::Triangle: triangle(p, kind); break;
        case Shape::Cross:
            out += fmt::format(
                "<path class=\"{}\" d=\"M{:.1f} {:.1f}L{:.1f} {:.1f}M{:.1f} {:.1f}L{:.1f} {:.1f}\"/>\n", kind,
                p.box.x, p.box.y, p.box.right(), p.box.bottom(), p.box.x, p.box.bottom(), p.box.right(),
                p.box.y);
            break;
        case Shape::Loop:
            out += fmt::format(
                "<path class=\"{}\" d=\"M{:.1f} {:.1f}C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}\"/>\n", kind,
                p.box.x, p.box.y, p.box.right(), p.box.y, p.box.right(), p.box.bottom(), p.box.x + 12,
                p.box.bottom());
            break;
        case Shape::Text: text(p, kind); break;
        }
    }

private:
    static std::string classes(const Primitive& p) {
        std::string all(name(p.role));
        if (p.family != Family::None)
            all += fmt::format(" {}", name(p.family));
        if (p.role == Role::Ribbon || p.role == Role::RibbonInferred)
            all += fmt::format(" tone-{}", p.tone);
        return all;
    }

    void box(const Primitive& p, const std::string& kind) {
        if (p.role == Role::HeadIcon)
            return icon(p, kind);
        if (p.role == Role::GapMark) {
            for (const double y : {p.box.y + 6, p.box.bottom() - 3})
                out += fmt::format(
                    "<line class=\"{}\" x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\"/>\n", kind,
                    p.box.x, y, p.box.right(), y - 5);
            return;
        }
        out += fmt::format("<rect class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" "
                           "rx=\"{:.1f}\"/>\n",
                           kind, p.box.x, p.box.y, p.box.width, p.box.height, p.radius);
    }

    void icon(const Primitive& p, const std::string& kind) {
        const double x = p.box.x, y = p.box.y;
        if (p.icon == Icon::Server)
            for (int shelf = 0; shelf < 3; ++shelf)
                out += fmt::format(
                    "<rect class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"26\" height=\"8\" rx=\"2\"/>\n",
                    kind, x + 7, y + shelf * 10);
        else if (p.icon == Icon::Router)
            out += fmt::format(
                "<circle class=\"{}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"15\"/><path class=\"{}\" d=\"M{:.1f} "
                "{:.1f}h22m-4 -4l4 4l-4 4\"/>\n",
                kind, x + 20, y + 15, kind, x + 9, y + 15);
        else
            out += fmt::format(
                "<rect class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"30\" height=\"20\" rx=\"3\"/><path "
                "class=\"{}\" d=\"M{:.1f} {:.1f}h40\"/>\n",
                kind, x + 5, y + 2, kind, x, y + 27);
    }

    void triangle(const Primitive& p, const std::string& kind) {
        const double dx = p.to.x - p.from.x, dy = p.to.y - p.from.y;
        const double length = std::max(1.0, std::hypot(dx, dy)), half = p.role == Role::FoldSign ? 6 : 7.5;
        const double ax = -dy / length * half, ay = dx / length * half;
        out += fmt::format("<polygon class=\"{}\" points=\"{:.1f},{:.1f} {:.1f},{:.1f} {:.1f},{:.1f}\"/>\n",
                           kind, p.to.x, p.to.y, p.from.x + ax, p.from.y + ay, p.from.x - ax, p.from.y - ay);
    }

    void text(const Primitive& p, const std::string& kind) {
        const char* anchor = p.text.align == Align::Left    ? "start"
                             : p.text.align == Align::Right ? "end"
                                                            : "middle";
        // What crosses a lifeline stands on a plate of the ground's colour.
        if (p.role == Role::Label || p.role == Role::Summary || p.role == Role::StateName) {
            const double size = TypeSizes{}.of(p.text.font);
            out += fmt::format(
                "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\"/>\n",
                p.text.left() - 2, p.text.at.y - size * 0.86, p.text.width + 4, size * 1.12,
                hex(light::ground));
        }
        out += fmt::format("<text class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>\n",
                           kind, p.text.at.x, p.text.at.y, anchor, escaped(p.text.words));
    }

    std::string& out;
};

void body(std::string& out, const Scene& scene) {
    SvgWriter writer(out);
    Row open = noRow;
    std::size_t place = 0;
    for (const Primitive& p : scene.body) {
        const Row row = p.role == Role::Ribbon || p.role == Role::RibbonInferred || p.role == Role::StateName
                            ? noRow
                            : p.row;
        if (row != open) {
            if (open != noRow)
                out += "</g>\n";
            open = row;
            while (place < scene.places.size() && scene.places[place].first < row)
                ++place;
            if (row != noRow && place < scene.places.size())
                out += fmt::format(
                    "<g id=\"{}-{}\" class=\"{}\" role=\"listitem\" data-kind=\"{}\" aria-label=\"{}\">\n",
                    scene.places[place].fold ? "fold" : "message", row + 1,
                    scene.places[place].fold ? "fold-row" : "message", kind(scene.places[place].kind).name,
                    escaped(scene.places[place].name));
            else if (row != noRow)
                out += "<g>\n";
        }
        writer.write(p);
    }
    if (open != noRow)
        out += "</g>\n";
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
    out += "<title id=\"title\">" + escaped(options.title) + "</title>\n<desc id=\"desc\">" +
           escaped(options.words(WS_TR("diagram", "A sequence diagram: %1 participants, %2 rows.")
                                     .with(grouped(layout.lanes()))
                                     .with(grouped(excerpt.sequence->items())))) +
           "</desc>\n<style>" + styleSheet({}) + "</style>\n";
    out += fmt::format("<rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n", hex(light::ground));
    for (std::size_t n = 0; n < titleLines.size(); ++n)
        out += fmt::format("<text class=\"label\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", pageMargin,
                           36 + 26 * static_cast<double>(n), escaped(titleLines[n]));
    out += fmt::format("<g id=\"heads\" transform=\"translate(0 {:.1f})\">\n", top);
    SvgWriter writer(out);
    for (const Primitive& p : scene.heads)
        writer.write(p);
    out += fmt::format("</g>\n<g id=\"messages\" role=\"list\" transform=\"translate(0 {:.1f})\">\n",
                       top + layout.headHeight());
    body(out, scene);
    out += "</g>\n";
    if (!note.empty())
        out += fmt::format("<text class=\"summary\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", pageMargin,
                           height - 16, escaped(note));
    return out + "</svg>\n";
}

} // namespace wirestage::diagram
