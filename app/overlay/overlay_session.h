// SPDX-License-Identifier: GPL-3.0-or-later
// What is laid over the capture that is open: a lesson, the parts of a goal one after the other, or another
// captured exchange; and how far it has come. A look compares anew and is made off the window's thread.
#pragma once

#include "core/diagram/overlay_source.h"
#include "core/lesson/lesson_run.h"
#include "core/overlay/goals.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace wirestage {

class OverlaySession : public QObject {
    Q_OBJECT
public:
    /// One reference, and what came of it.
    struct Part {
        overlay::Reference reference;
        std::shared_ptr<const lesson::LessonRun> run; ///< of a lesson
        std::shared_ptr<const Capture> capture;       ///< of a captured exchange
        bool done = false;
    };
    /// What a look found: the part it is about, and its rows.
    struct Found {
        std::size_t part = 0;
        overlay::Comparison comparison;
        std::shared_ptr<const diagram::OverlaySource> source;
        bool goesOn = false;
    };
    using Look = std::function<Found()>;

    explicit OverlaySession(QObject* parent = nullptr) : QObject(parent) {}

    /// False where the lesson cannot run; refused() has said why.
    bool layLesson(const std::shared_ptr<const lesson::LessonFile>& file, const lesson::Choice& choice);
    bool layGoal(const overlay::Goal& goal);
    void layExchange(const std::shared_ptr<const Capture>& capture, ExchangeId id);
    void end();
    [[nodiscard]] bool isOn() const { return !parts.empty(); }
    [[nodiscard]] QString title() const; ///< of the goal, the lesson or the exchange
    [[nodiscard]] const std::vector<Part>& allParts() const { return parts; }

    /// Another capture is to be compared: what was done before counts no more.
    void beginAnew();
    enum class Source { File, Live, LiveEnded };
    /// Compares with these exchanges; empty: with all, or, live, with those since the last part that is done.
    /// To be called in any thread.
    [[nodiscard]] Look look(std::shared_ptr<const Capture> capture, std::vector<ExchangeId> among,
                            Source from) const;
    /// What a look found is what is shown from now on.
    void take(const Found& found);
    [[nodiscard]] const std::optional<Found>& shown() const { return now; }
    /// The same exchange would be compared with each of `files`: those that fit best first, with their
    /// variants. To be called in any thread; takes a second or so.
    struct Fit {
        std::string lesson, variant;
        Text title;
        overlay::Verdict verdict = overlay::Verdict::NotFound;
        double score = 0;
    };
    static std::vector<Fit> fitting(const Capture& capture, ExchangeId id);

signals:
    void begun();
    void ended();
    void changed(); ///< shown() is another
    void refused(const QString& why);

private:
    [[nodiscard]] std::optional<Part> partOf(const std::shared_ptr<const lesson::LessonFile>& file,
                                             const lesson::Choice& choice);

    std::vector<Part> parts;
    Text name;
    std::size_t at = 0;   ///< the part that is looked for
    ExchangeId since = 0; ///< of a capture that goes on: exchanges before it were taken by parts done
    std::optional<Found> now;
};

} // namespace wirestage
