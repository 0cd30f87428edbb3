// SPDX-License-Identifier: GPL-3.0-or-later
// The lesson's prose is filled with each message's own values; a question stands before the message that it
// asks for.
#include "core/handout/lesson_handout.h"

#include "core/diagram/run_source.h"
#include "core/knowledge/prose.h"
#include "core/lesson/prediction.h"

#include <algorithm>

namespace wirestage::handout {

namespace {

using Words = std::function<std::string(const Text&)>;

/// What every function of the page keeps.
struct Told {
    std::shared_ptr<const lesson::LessonRun> run;
    std::shared_ptr<const diagram::DiagramSource> source;
    Words words;

    [[nodiscard]] std::string nameOf(HostId host) const {
        for (const Participant& who : source->participants())
            if (who.host == host)
                return who.name;
        return {};
    }

    [[nodiscard]] Narration narration(Row row) const {
        const Message message = source->message(row);
        const lesson::Narration* said = run->narrationFor(message);
        if (!said)
            return {};
        const Description packet =
            run->whole->describe(message.packets.empty() ? message.ref.packet : message.packets.back());
        const std::string from = nameOf(message.from), to = nameOf(message.to), label = words(message.label);
        ProseValues values;
        values.packet = &packet;
        values.from = from;
        values.to = to;
        values.label = label;
        const auto prose = [&](const Text& text) {
            return text.empty() ? std::string() : renderProse(words(text), values, words);
        };
        return {prose(said->brief), prose(said->full), prose(said->teacher)};
    }

    [[nodiscard]] std::string prose(const Text& text) const {
        return text.empty() ? std::string() : renderProse(words(text), {}, words);
    }

    [[nodiscard]] std::string titleOf(KindId id) const {
        return words(Text{"kinds", kind(id).title, {}, {}});
    }

    [[nodiscard]] std::vector<Choice> choices(const lesson::Question& asked, const Message& answer) const {
        const std::string why = prose(asked.why);
        std::vector<Choice> all;
        if (!asked.answers.empty()) {
            for (std::size_t i = 0; i < asked.answers.size(); ++i)
                all.push_back({words(asked.answers[i]), i == asked.right, why});
            return all;
        }
        const auto found = lesson::predict(*run, answer.ref);
        for (const lesson::PredictionChoice& choice : found ? found->choices : decltype(found->choices)())
            all.push_back({titleOf(choice.kind), choice.right, choice.right ? why : words(choice.why)});
        return all;
    }

    [[nodiscard]] std::vector<Question> questions() const {
        std::vector<Question> all;
        for (Row row = 0; row < source->size(); ++row) {
            const Message message = source->message(row);
            for (const lesson::Question* asked : run->questionsBefore(message)) {
                Question question;
                question.before = row;
                question.prompt = prose(asked->ask);
                question.choices = choices(*asked, message);
                if (!question.choices.empty())
                    all.push_back(std::move(question));
            }
        }
        return all;
    }
};

} // namespace

Handout lessonHandout(const std::shared_ptr<const lesson::LessonRun>& run,
                      std::shared_ptr<const diagram::DiagramSource> source, Words words) {
    if (!source)
        source = diagram::runSource(run, {}, run->lesson.level);
    const Told told{run, source, words};
    Handout handout;
    handout.source = std::move(source);
    handout.describe = [run](PacketIndex packet) { return run->whole->describe(packet); };
    handout.words = std::move(words);
    handout.title = told.words(run->lesson.title);
    handout.goal = told.words(run->lesson.goal);
    handout.introduction = told.prose(run->lesson.introduction);
    handout.narration = [told](Row row) { return told.narration(row); };
    handout.questions = told.questions();
    return handout;
}

} // namespace wirestage::handout
