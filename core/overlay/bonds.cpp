// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/overlay/bonds.h"

#include "core/lesson/pattern_rules.h"

#include <algorithm>
#include <array>
#include <optional>

namespace wirestage::overlay {
namespace {

using lesson::PatternStep;

/// `rule` speaks of the two as "answer" and "question".
struct Bond {
    std::string_view answer, question; ///< kinds, each with all below it
    std::string_view rule;
};

constexpr Bond bonds[] = {
#define BOND(answer, question, rule) {answer, question, rule},
#include "bonds_of_all_protocols.def"
#undef BOND
};

class Binder {
public:
    Binder(lesson::Pattern& of, std::span<const Message> steps,
           const std::function<Description(const MessageRef&)>& how)
        : pattern(of), messages(steps), describe(how) {}
    void run();

private:
    [[nodiscard]] std::optional<std::size_t> questionOf(std::size_t answer, const Bond& bond) const;
    std::string nameOf(std::size_t step);
    [[nodiscard]] bool holdsHere(const Bond& bond, std::size_t answer, std::size_t question) const;
    [[nodiscard]] bool isA(std::size_t step, std::string_view kind) const {
        return !pattern.steps[step].optional && isKind(messages[step].kind, kind);
    }

    lesson::Pattern& pattern;
    std::span<const Message> messages;
    const std::function<Description(const MessageRef&)>& describe;
};

/// The only one of its kind that came the other way since the answer before. (Of a message to everybody the
/// sender alone counts.)
std::optional<std::size_t> Binder::questionOf(std::size_t answer, const Bond& bond) const {
    std::optional<std::size_t> found;
    const auto opposite = [&](std::size_t step) {
        const Message &one = messages[answer], &other = messages[step];
        return one.from != other.from && (one.to == none || one.to == other.from) &&
               (other.to == none || other.to == one.from);
    };
    for (std::size_t step = answer; step-- > 0;) {
        if (isA(step, bond.question) && opposite(step)) {
            if (found)
                return std::nullopt;
            found = step;
        } else if (isA(step, bond.answer) && messages[step].from == messages[answer].from) {
            break;
        }
    }
    return found;
}

/// "response-4": the last word of its kind, and its place.
std::string Binder::nameOf(std::size_t step) {
    PatternStep& named = pattern.steps[step];
    if (named.name.empty()) {
        const std::string& kind = named.kinds.front();
        named.name = kind.substr(kind.rfind('.') + 1) + "-" + std::to_string(step + 1);
    }
    return named.name;
}

bool Binder::holdsHere(const Bond& bond, std::size_t answer, std::size_t question) const {
    lesson::Pattern two;
    two.steps.resize(2);
    two.steps[0].name = "answer";
    two.steps[1].name = "question";
    const auto parsed = lesson::parseRule(std::string(bond.rule), two);
    const auto* rule = std::get_if<lesson::ParsedRule>(&parsed);
    const Description fields[] = {describe(messages[answer].ref), describe(messages[question].ref)};
    return rule && lesson::holds(*rule, [&](const std::string& step, const std::string& name) {
                       const Field* field = fields[step == "answer" ? 0 : 1].find(name);
                       return field ? std::optional(field->value) : std::nullopt;
                   }) == true;
}

void Binder::run() {
    for (std::size_t step = 0; step < pattern.steps.size(); ++step)
        for (const Bond& bond : bonds) {
            if (!isA(step, bond.answer))
                continue;
            const auto question = questionOf(step, bond);
            if (!question || !holdsHere(bond, step, *question))
                continue;
            std::string text(bond.rule);
            for (const auto& [word, name] :
                 {std::pair("answer.", nameOf(step) + "."), std::pair("question.", nameOf(*question) + ".")})
                for (std::size_t at = text.find(word); at != text.npos;
                     at = text.find(word, at + name.size()))
                    text.replace(at, std::string_view(word).size(), name);
            pattern.steps[step].rules.push_back({std::move(text), {}});
        }
}

} // namespace

void addBonds(lesson::Pattern& pattern, std::span<const Message> messages,
              const std::function<Description(const MessageRef&)>& describe) {
    Binder(pattern, messages, describe).run();
}

} // namespace wirestage::overlay
