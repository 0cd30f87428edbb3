// SPDX-License-Identifier: GPL-3.0-or-later
// Below the stage of a lesson: its variants, what can be done to the message that is shown, and the faults
// that are in force, each of which comes off again.
#pragma once

#include "core/lesson/lesson_run.h"

#include <QFrame>

#include <optional>

class QToolButton;

namespace wirestage {

class FlowLayout;

class WhatIfBar : public QFrame {
    Q_OBJECT
public:
    explicit WhatIfBar(QWidget* parent = nullptr);
    void setRun(const std::shared_ptr<const lesson::LessonRun>& run); ///< null: nothing to show
    void setCompact(bool on); ///< what can be done to the message is left to menus and keys
    void setMessage(const std::optional<Message>& message); ///< the one that is shown now

signals:
    void variantChosen(const QString& id); ///< empty: the lesson as it is
    void faultChosen(const QString& fault);
    void faultRemoved(std::size_t place);
    void saveWanted();

private:
    void fill();
    void addVariants();
    void addDeeds();
    void addSaving();
    void addFaults();
    QToolButton* chip(const QString& words, const QString& tip);

    FlowLayout* flow;
    std::shared_ptr<const lesson::LessonRun> shown;
    std::optional<Message> message;
    QList<QToolButton*> variants;
    QList<QToolButton*> deeds; ///< what can be done to the message
    QToolButton* saving = nullptr;
    std::shared_ptr<const lesson::LessonFile> filledFor;
    int lasting = 0; ///< parts before those that a choice changes
    bool compact = false;
};

/// "Offer lost", for a fault as the command line says it.
QString faultInWords(const std::string& fault);

} // namespace wirestage
