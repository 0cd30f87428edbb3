// SPDX-License-Identifier: GPL-3.0-or-later
// From the core's prediction to words in the viewer's language.
#include "app/lesson/predict_question.h"

#include "app/window/translate.h"
#include "core/lesson/prediction.h"

#include <QCoreApplication>

namespace wirestage {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(PredictQuestion)
};

QString nameOf(const diagram::DiagramSource& shown, HostId host) {
    for (const Participant& who : shown.participants())
        if (who.host == host)
            return QString::fromStdString(who.name);
    return {};
}

PredictQuestion ownQuestion(const lesson::Question& question) {
    PredictQuestion made;
    made.ask = wirestage::tr(question.ask);
    made.why = wirestage::tr(question.why);
    for (std::size_t i = 0; i < question.answers.size(); ++i)
        made.answers << PredictQuestion::Answer{wirestage::tr(question.answers[i]), i == question.right,
                                                Words::tr("not so.")};
    return made;
}

} // namespace

PredictQuestion questionBefore(const Capture& capture, const lesson::LessonRun* run,
                               const diagram::DiagramSource& shown, diagram::Row row, std::size_t number) {
    const Message next = shown.message(row);
    const auto all = run ? run->questionsBefore(next) : std::vector<const lesson::Question*>();
    if (number > 0 && number >= all.size())
        return {};
    const lesson::Question* own = number < all.size() ? all[number] : nullptr;
    if (own && !own->answers.empty())
        return ownQuestion(*own);
    const auto found = run ? lesson::predict(*run, next.ref) : lesson::predict(capture, next.ref);
    PredictQuestion made;
    if (!found)
        return made;
    for (const lesson::PredictionChoice& choice : found->choices)
        made.answers << PredictQuestion::Answer{wirestage::tr(Text{"kinds", kind(choice.kind).title, {}, {}}),
                                                choice.right, wirestage::tr(choice.why)};
    if (own) {
        made.ask = wirestage::tr(own->ask);
        made.why = wirestage::tr(own->why);
    }
    if (made.ask.isEmpty())
        made.ask = Words::tr("What does %1 send next?").arg(nameOf(shown, found->from));
    return made;
}

} // namespace wirestage
