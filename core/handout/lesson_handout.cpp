// SPDX-License-Identifier: GPL-3.0-or-later
// The lesson's prose is filled with each message's own values; a question stands before the message that it
// asks for.
#include "core/handout/lesson_handout.h"

#include "core/diagram/run_source.h"
#include "core/knowledge/prose.h"

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

    [[nodiscard]] std::vector<Choice> choices(const lesson::Question& asked, const Message& answer,
                                              Row row) const {
        const std::string why = prose(asked.why);
        std::vector<Choice> all;
        if (!asked.answers.empty()) {
            for (std::size_t i = 0; i < asked.answers.size(); ++i)
                all.push_back({words(asked.answers[i]), i == asked.right, why});
            return all;
        }
        for (const std::string& wrong : asked.wrong)
            if (const auto id = kindOfName(wrong); id && *id != answer.kind)
                all.push_back({titleOf(*id), false, why});
        if (all.empty())
            return all;
        // Not always in the same place, and always the same for the same lesson.
        const auto place = static_cast<std::ptrdiff_t>(row % (all.size() + 1));
        all.insert(all.begin() + place, {titleOf(answer.kind), true, why});
        return all;
    }

    [[nodiscard]] std::vector<Question> questions() const {
        std::vector<Question> all;
        for (Row row = 0; row < source->size(); ++row) {
            const Message message = source->message(row);
            const lesson::Question* asked = run->questionBefore(message);
            if (!asked)
                continue;
            Question question;
            question.before = row;
            question.prompt = prose(asked->ask);
            question.choices = choices(*asked, message, row);
            if (!question.choices.empty())
                all.push_back(std::move(question));
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
