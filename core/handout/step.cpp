// SPDX-License-Identifier: GPL-3.0-or-later
// The steps' articles: what the knowledge base and the lesson say about a message, and the questions between
// them. The script moves along these, and reads from their attributes where the arrow is.
#include "core/diagram/colours.h"
#include "core/diagram/markup.h"
#include "core/handout/parts.h"
#include "core/knowledge/knowledge.h"

#include <fmt/format.h>

#include <algorithm>

namespace wirestage::handout {

namespace {

using diagram::escapedMarkup;

std::string nameOf(const Handout& handout, HostId host) {
    for (const Participant& who : handout.source->participants())
        if (who.host == host)
            return who.name;
    return {};
}

std::string section(const std::string& heading, const std::string& content) {
    return content.empty() ? "" : "<h3>" + escapedMarkup(heading) + "</h3>\n" + content;
}

std::string folded(std::string_view classes, const std::string& summary, const std::string& content) {
    if (content.empty())
        return {};
    return fmt::format("<details class=\"{}\"><summary>{}</summary>\n{}</details>\n", classes,
                       escapedMarkup(summary), content);
}

/// Everything about one message that its article is written from.
struct About {
    const Handout& handout;
    Message message;
    Description packet;
    std::string from, to, label;
    Explanation explained;

    About(const Handout& of, Row row) : handout(of), message(of.source->message(row)) {
        from = nameOf(of, message.from);
        to = message.to == none ? "" : nameOf(of, message.to);
        label = of.words(message.label);
        if (of.describe && !message.packets.empty())
            packet = of.describe(message.packets.back());
        explained = Knowledge::builtIn()
                        .explain(message.kind, packet, {from, to, label}, of.words)
                        .value_or(Explanation{});
        if (explained.title.empty())
            explained.title = label;
        if (const auto why = diagram::ofWhatDidNotArrive(*of.source, row))
            explained.knowsTo = of.words(*why);
    }

    [[nodiscard]] std::string everybody() const {
        return handout.words(WS_TR("handout", "everybody who listens"));
    }

    [[nodiscard]] std::string who() const {
        const std::string other = to.empty() ? everybody() : to;
        return "<p class=\"who\"><b>" + escapedMarkup(from) +
               "</b> <span class=\"arrow-to\" role=\"img\" aria-label=\"" +
               escapedMarkup(handout.words(WS_TR("handout", "to"))) + "\">→</span> <b>" +
               escapedMarkup(other) + "</b></p>\n";
    }

    [[nodiscard]] std::string notes() const {
        std::string out;
        for (unsigned i = 0; i < static_cast<unsigned>(Note::count); ++i) {
            const auto note = static_cast<Note>(i);
            if (!message.notes.has(note))
                continue;
            const auto known =
                Knowledge::builtIn().note(name(note), packet, {from, to, label}, handout.words);
            out += "<p class=\"note\"><b>" + escapedMarkup(handout.words(title(note))) + "</b>" +
                   (known && !known->text.empty() ? ": " + escapedMarkup(known->text) : "") + "</p>\n";
        }
        return out;
    }

    [[nodiscard]] std::string ends() const {
        std::string out;
        for (const auto& [whose, knows] : {std::pair{from, explained.knowsFrom},
                                           std::pair{to.empty() ? everybody() : to, explained.knowsTo}})
            if (!knows.empty())
                out +=
                    "<div><dt>" + escapedMarkup(whose) + "</dt><dd>" + escapedMarkup(knows) + "</dd></div>\n";
        return out.empty() ? "" : "<dl class=\"ends\">\n" + out + "</dl>\n";
    }
};

std::string attributes(const Step& step, const About& about) {
    const diagram::Place& place = step.place;
    return fmt::format("class=\"step\" id=\"step-{}\" data-row=\"{}\" data-x1=\"{:.1f}\" data-y1=\"{:.1f}\" "
                       "data-x2=\"{:.1f}\" data-y2=\"{:.1f}\" data-top=\"{:.1f}\" data-bottom=\"{:.1f}\" "
                       "data-layers=\"{}\" data-said=\"{}\"{}{}",
                       step.number, step.item.first + 1, place.from.x, place.from.y, place.to.x, place.to.y,
                       step.item.y, std::max(place.area.bottom(), std::max(place.from.y, place.to.y) + 10),
                       std::clamp<std::size_t>(headersIn(about.packet), 1, 4), escapedMarkup(place.name),
                       place.fold ? " data-fold" : "", step.endsPhase ? " data-phase-end" : "");
}

} // namespace

std::string messageStep(const Handout& handout, const diagram::Layout& layout, const Step& step,
                        std::uint64_t messages) {
    const auto& words = handout.words;
    const Row row = step.item.first;
    const About about(handout, row);
    const Narration narration = handout.narration ? handout.narration(row) : Narration{};
    const auto laid = handout.source->laid(row);
    const bool hasMoment = !laid || laid->captured; // what only the textbook has never happened
    std::string out = "<li " + attributes(step, about) + ">\n<article>\n";
    out += "<p class=\"place\">" +
           escapedMarkup(words(WS_TR("handout", "%1 of %2")
                                   .with(diagram::grouped(step.number))
                                   .with(diagram::grouped(messages)))) +
           (hasMoment ? " · " + escapedMarkup(layout.timeText(step.item.facts.time)) : "") + "</p>\n";
    out += "<h2>" + escapedMarkup(about.explained.title) + "</h2>\n" + about.who();
    const diagram::Fold* fold = step.item.fold ? layout.sequence().foldOf(row) : nullptr;
    if (fold)
        out += paragraphs(words(WS_TR("handout", "%1 alike, drawn as one row. This is the first of them.")
                                    .with(words(diagram::foldText(*fold, step.item.facts)))),
                          "said");
    out += paragraphs(words(about.message.summary), "said");
    out += paragraphs(narration.brief, "brief") + paragraphs(narration.full) +
           paragraphs(about.explained.text, narration.brief.empty() ? "" : "general") + about.notes();
    out += section(words(WS_TR("handout", "What each end knows now")), about.ends());
    out += folded("why", about.explained.question, paragraphs(about.explained.answer));
    out += section(words(WS_TR("handout", "On the wire")), fieldTree(about.packet, words));
    out += paragraphs(about.explained.rfc, "rfc");
    out += folded("teacher", words(WS_TR("handout", "Teacher's notes")), paragraphs(narration.notes));
    return out + "</article>\n</li>\n";
}

std::string questionStep(const Handout& handout, const Question& question, const std::string& id) {
    const auto& words = handout.words;
    std::string out = fmt::format("<li class=\"step question\" id=\"{}\" data-question data-said=\"{}\">\n",
                                  id, escapedMarkup(question.prompt));
    out += "<article>\n<h2>" + escapedMarkup(words(WS_TR("handout", "What comes next?"))) + "</h2>\n" +
           paragraphs(question.prompt, "brief") + "<ul class=\"choices\">\n";
    for (const Choice& choice : question.choices) {
        const std::string verdict =
            words(choice.right ? WS_TR("handout", "Right.") : WS_TR("handout", "Not here."));
        out += fmt::format("<li><button type=\"button\" data-right=\"{}\">{}</button>\n"
                           "<p class=\"reason {}\"><b>{}</b> {}</p></li>\n",
                           choice.right ? "yes" : "no", escapedMarkup(choice.words),
                           choice.right ? "right" : "wrong", escapedMarkup(verdict),
                           escapedMarkup(choice.reason));
    }
    return out + "</ul>\n<p class=\"score\"></p>\n</article>\n</li>\n";
}

std::string introduction(const Handout& handout) {
    const auto& words = handout.words;
    std::string out = "<li class=\"step\" id=\"step-0\" data-said=\"" + escapedMarkup(handout.title) +
                      "\">\n<article>\n<h2>" + escapedMarkup(words(WS_TR("handout", "Who takes part"))) +
                      "</h2>\n";
    out += paragraphs(handout.goal, "brief") + paragraphs(handout.introduction) + "<dl class=\"ends\">\n";
    for (const Participant& who : handout.source->participants()) {
        std::string details = words(who.role);
        for (const std::string& address : who.addresses)
            if (address != who.name)
                details += (details.empty() ? "" : ", ") + address;
        out += "<div><dt>" + escapedMarkup(who.name) + "</dt><dd>" + escapedMarkup(details) + "</dd></div>\n";
    }
    out += "</dl>\n<p class=\"keys\">" +
           escapedMarkup(words(WS_TR(
               "handout", "Next: Space, Right or Page Down. Back: Left or Page Up. P plays, + and − zoom, "
                          "B and W cover the screen."))) +
           "</p>\n";
    out += folded("teacher", words(WS_TR("handout", "Teacher's notes")), paragraphs(handout.notes));
    return out + "</article>\n</li>\n";
}

} // namespace wirestage::handout
