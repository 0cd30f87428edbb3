// SPDX-License-Identifier: GPL-3.0-or-later
// Primitives as SVG elements, by their shape; what they mean becomes their class.
#include "core/diagram/svg_parts.h"

#include "core/diagram/colours.h"
#include "core/diagram/markup.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace wirestage::diagram {

namespace {

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
        if (p.role == Role::StatusBox || p.role == Role::StatusText)
            all += fmt::format(" laid-{}", p.tone);
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
            out += fmt::format("<rect class=\"plate\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" "
                               "height=\"{:.1f}\"/>\n",
                               p.text.left() - 2, p.text.at.y - size * 0.86, p.text.width + 4, size * 1.12);
        }
        out += fmt::format("<text class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>\n",
                           kind, p.text.at.x, p.text.at.y, anchor, escapedMarkup(p.text.words));
    }

    std::string& out;
};

} // namespace

std::string svgStyle(const TypeSizes& type, const Paint& paint) {
    std::string css = fmt::format(
        "text{{font-family:'DejaVu Sans',Verdana,'Noto Sans',sans-serif;fill:{}}}"
        ".label,.head-name{{font-weight:700}}.state,.phase-title,.chip-text,.border-name{{font-weight:700}}"
        ".label{{font-size:{}px}}.summary,.fold-text{{font-size:{}px}}.head-name{{font-size:{}px}}"
        ".time,.gap-text,.head-detail,.state,.phase-title,.chip-text,.border-name,.timer-name,.expected-time,"
        ".status-text{{font-size:{}px}}.time,.gap-text,.head-detail,.phase-title,.timer-name{{fill:{}}}."
        "plate{{fill:{}}}",
        paint("text"), type.label, type.summary, type.head, type.small, paint("quiet"), paint("ground"));
    css += fmt::format(
        ".lifeline,.gap{{stroke:{};stroke-width:2;fill:none}}.phase{{fill:none;stroke:{}}}"
        ".phase-tab{{fill:{};stroke:{}}}.head{{fill:{};stroke:{}}}.head-icon{{fill:none;stroke:{};"
        "stroke-width:2}}",
        paint("lifeline"), paint("frame"), paint("surface"), paint("frame"), paint("surface"),
        paint("border"), paint("text"));
    css += fmt::format(
        ".arrow{{stroke-width:3;fill:none}}.end-mark{{stroke-width:2.5}}.hearer{{stroke-width:2;fill:{}}}"
        ".lost{{stroke:{};stroke-width:4}}.chip{{fill:{};stroke:{}}}.chip-text{{fill:{}}}"
        ".fold{{fill:{};stroke-dasharray:5 3}}.fold-bracket{{stroke-width:2}}"
        ".timer,.timer-end{{stroke:{};stroke-width:2}}.timer{{stroke-dasharray:4 3}}",
        paint("surface"), paint("danger"), paint("warning-soft"), paint("warning"), paint("warning"),
        paint("surface"), paint("quiet"));
    for (std::size_t f = 0; f < light::families.size(); ++f) {
        const std::string_view family = name(static_cast<Family>(f));
        css += fmt::format(
            ".{0}{{stroke:{1}}}text.{0}.label,text.{0}.border-name{{fill:{1}}}polygon.{0}{{fill:{1};"
            "stroke:none}}text.{0}{{stroke:none}}",
            family, paint(fmt::format("family-{}", family)));
    }
    for (std::size_t tone = 0; tone < light::states.size(); ++tone)
        css += fmt::format(".tone-{}{{fill:{};stroke:{}}}", tone, paint(fmt::format("tone-{}", tone)),
                           paint("lifeline"));
    css += fmt::format(
        ".expected{{stroke:{0};stroke-width:2;stroke-dasharray:2 4}}.expected-head,.expected-time{{fill:{0}}}"
        ".status{{fill:{1};stroke-width:1.6}}.status-text{{font-weight:700}}",
        paint("quiet"), paint("surface"));
    constexpr std::array<std::string_view, static_cast<std::size_t>(LaidStatus::count)> tones{
        "good", "quiet", "danger", "quiet", "warning", "warning", "danger"};
    for (std::size_t status = 0; status < tones.size(); ++status)
        css +=
            fmt::format("rect.laid-{0}{{stroke:{1}}}text.laid-{0}{{fill:{1}}}", status, paint(tones[status]));
    return css + ".ribbon-inferred{stroke-dasharray:3 3}";
}

std::string svgHeads(const Scene& scene) {
    std::string out;
    SvgWriter writer(out);
    for (const Primitive& p : scene.heads)
        writer.write(p);
    return out;
}

std::string svgBody(const Scene& scene) {
    std::string out;
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
                    escapedMarkup(scene.places[place].name));
            else if (row != noRow)
                out += "<g>\n";
        }
        writer.write(p);
    }
    if (open != noRow)
        out += "</g>\n";
    return out;
}

} // namespace wirestage::diagram
