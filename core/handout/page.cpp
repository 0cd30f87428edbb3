// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the page together: the bar on top, the diagram, the steps beside it, the buttons below.
#include "core/diagram/excerpt.h"
#include "core/diagram/markup.h"
#include "core/diagram/svg_parts.h"
#include "core/handout/parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace wirestage::handout {

namespace {

using diagram::escapedMarkup;

/// So wide a diagram has letters of their full size beside the explanation on a screen of 1280 pixels.
constexpr double stageWidth = 840;

class Page {
public:
    explicit Page(const Handout& of)
        : handout(of), shown(diagram::excerpt(of.source, {of.first, of.last, of.most, of.trueTime, 0})),
          layout(shown.sequence, metrics, options(of)),
          scene(layout.scene({0, 0, layout.width(), layout.height()})) {}

    std::string write() {
        const std::string style =
            colourStyle() +
            diagram::svgStyle({}, [](std::string_view name) { return fmt::format("var(--{})", name); }) +
            "\n" + std::string(pageStyle());
        std::string out = "<!DOCTYPE html>\n<html lang=\"" + escapedMarkup(handout.language) +
                          "\">\n<head>\n" + head(handout.title, style, pageScript()) + "</head>\n<body>\n";
        out += top() + "<main>\n" + stage() + aside() + "</main>\n" + transport();
        out += "<p id=\"told\" class=\"unseen\" aria-live=\"polite\"></p>\n";
        out += fmt::format("<div id=\"cover\" hidden data-black=\"{}\" data-white=\"{}\"></div>\n",
                           say(WS_TR("handout", "The screen is black. B shows the page again.")),
                           say(WS_TR("handout", "The screen is white. W shows the page again.")));
        return out + "<script>" + std::string(pageScript()) + "</script>\n</body>\n</html>\n";
    }

private:
    static diagram::LayoutOptions options(const Handout& of) {
        diagram::LayoutOptions wanted;
        wanted.width = stageWidth;
        wanted.words = of.words;
        return wanted;
    }

    [[nodiscard]] std::string say(const Text& text) const { return escapedMarkup(handout.words(text)); }

    [[nodiscard]] std::string top() const {
        std::string out = "<header>\n<div>\n";
        if (!handout.chapter.empty())
            out += "<p class=\"chapter\">" + escapedMarkup(handout.chapter) + "</p>\n";
        out += "<h1>" + escapedMarkup(handout.title) + "</h1>\n</div>\n";
        return out + fmt::format(
                         "<button type=\"button\" id=\"theme\" class=\"scripted\" aria-keyshortcuts=\"D\">{}"
                         "</button>\n</header>\n",
                         say(WS_TR("handout", "Light or dark")));
    }

    [[nodiscard]] std::string stage() const {
        std::string names;
        for (const Participant& who : layout.participants())
            names += (names.empty() ? "" : ", ") + who.name;
        std::string out =
            fmt::format("<section id=\"stage\" tabindex=\"0\" aria-label=\"{}\" data-width=\"{:.0f}\">\n",
                        say(WS_TR("handout", "Sequence diagram")), layout.width());
        out += fmt::format("<div class=\"heads\"><svg viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" "
                           "height=\"{1:.0f}\" role=\"img\" aria-label=\"{2}\">\n{3}</svg></div>\n",
                           layout.width(), layout.headHeight(),
                           say(WS_TR("handout", "Participants: %1").with(names)), diagram::svgHeads(scene));
        out += fmt::format(
            "<svg id=\"rows\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
            "role=\"group\" aria-label=\"{2}\">\n<path id=\"glow\" d=\"\"/>\n"
            "<g role=\"list\">\n{3}</g>\n"
            "<rect id=\"veil\" width=\"{0:.0f}\" height=\"0\"/>\n<g id=\"packet\"></g>\n</svg>\n",
            layout.width(), layout.height(), say(WS_TR("handout", "Messages")), diagram::svgBody(scene));
        if (shown.leftOut)
            out += "<p class=\"left-out\">" + say(*shown.leftOut) + "</p>\n";
        return out + "</section>\n";
    }

    [[nodiscard]] std::string aside() const {
        std::map<Row, const diagram::Place*> places;
        for (const diagram::Place& place : scene.places)
            places.emplace(place.first, &place);
        const std::uint64_t items = shown.sequence->items();
        std::string list, contents;
        std::size_t questions = 0;
        for (std::uint64_t n = 0; n < items; ++n) {
            Step step;
            step.number = n + 1;
            step.item = shown.sequence->item(n);
            if (const auto found = places.find(step.item.first); found != places.end())
                step.place = *found->second;
            step.endsPhase = step.item.phaseEnds >= 0;
            for (const Question& question : handout.questions)
                if (question.before >= step.item.first && question.before <= step.item.last)
                    list += questionStep(handout, question, fmt::format("question-{}", ++questions));
            list += messageStep(handout, layout, step, items);
            contents += fmt::format("<li><a href=\"#step-{}\">{}</a></li>\n", step.number,
                                    escapedMarkup(step.place.name));
        }
        std::string out = "<section id=\"explanation\" tabindex=\"0\" aria-label=\"" +
                          say(WS_TR("handout", "Explanation")) + "\">\n<ol id=\"steps\">\n" +
                          introduction(handout) + list + "</ol>\n";
        return out + "<details id=\"contents\"><summary>" + say(WS_TR("handout", "All messages")) +
               "</summary>\n<ol>\n" + contents + "</ol>\n</details>\n</section>\n";
    }

    [[nodiscard]] std::string button(const char* id, const Text& name, const char* keys,
                                     const char* icon) const {
        return fmt::format("<button type=\"button\" id=\"{0}\" aria-label=\"{1}\" title=\"{1}\" "
                           "aria-keyshortcuts=\"{2}\"><svg viewBox=\"0 0 24 24\" aria-hidden=\"true\">"
                           "<path d=\"{3}\"/></svg></button>\n",
                           id, say(name), keys, icon);
    }

    [[nodiscard]] std::string transport() const {
        std::string out = "<nav id=\"transport\" class=\"scripted\" aria-label=\"" +
                          say(WS_TR("handout", "Steps")) + "\">\n<div class=\"group\">\n";
        out += button("first", WS_TR("handout", "First"), "Home", "M5 4h3v16H5zM20 4v16L9 12z");
        out += button("back", WS_TR("handout", "Back"), "ArrowLeft PageUp", "M18 4v16L6 12z");
        out += fmt::format(
            "<button type=\"button\" id=\"play\" aria-label=\"{0}\" title=\"{0}\" data-play=\"{0}\" "
            "data-pause=\"{1}\" aria-keyshortcuts=\"P\"><svg viewBox=\"0 0 24 24\" "
            "aria-hidden=\"true\"><path class=\"to-play\" d=\"M6 3v18l15-9z\"/><path "
            "class=\"to-pause\" d=\"M5 4h5v16H5zM14 4h5v16h-5z\"/></svg></button>\n",
            say(WS_TR("handout", "Play")), say(WS_TR("handout", "Pause")));
        out += button("next", WS_TR("handout", "Next"), "ArrowRight PageDown Space", "M6 4v16l12-8z");
        out += button("last", WS_TR("handout", "Last"), "End", "M4 4v16l11-8zM16 4h3v16h-3z");
        out += "<label>" + say(WS_TR("handout", "Speed")) + " <select id=\"speed\">";
        for (const auto& [value, words] : {std::pair{"0.5", "½×"}, {"1", "1×"}, {"2", "2×"}, {"4", "4×"}})
            out += fmt::format("<option value=\"{}\"{}>{}</option>", value,
                               std::string_view(value) == "1" ? " selected" : "", words);
        out +=
            fmt::format("</select></label>\n</div>\n<input type=\"range\" id=\"where\" min=\"0\" value=\"0\" "
                        "aria-label=\"{}\">\n<output id=\"count\" for=\"where\"></output>\n"
                        "<div class=\"group\">\n",
                        say(WS_TR("handout", "Step")));
        out += button("smaller", WS_TR("handout", "Smaller"), "-", "M4 10.5h16v3H4z");
        out += fmt::format("<button type=\"button\" id=\"size\" aria-keyshortcuts=\"0\" title=\"{0}\" "
                           "aria-label=\"{0}\">100 %</button>\n",
                           say(WS_TR("handout", "Usual size")));
        out += button("larger", WS_TR("handout", "Larger"), "+",
                      "M4 10.5h6.500v-6.500h3v6.500h6.500v3h-6.500v6.500h-3v-6.500H4z");
        return out + "</div>\n</nav>\n";
    }

    const Handout& handout;
    diagram::Excerpt shown;
    diagram::PlainMetrics metrics;
    diagram::Layout layout;
    diagram::Scene scene;
};

} // namespace

std::string page(const Handout& handout) {
    return Page(handout).write();
}

} // namespace wirestage::handout
