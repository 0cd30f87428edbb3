// SPDX-License-Identifier: GPL-3.0-or-later
// What a message is for: its explanation, what each end knows now, the packet as nested boxes, the fields
// that matter and the question a learner would ask.
#pragma once

#include "app/inspector/inspected.h"
#include "app/stage/theme.h"

#include <QScrollArea>

#include <memory>
#include <vector>

class QFrame;
class QGridLayout;
class QLabel;

namespace wirestage {

class NestedBoxes;

class ExplainPane : public QScrollArea {
    Q_OBJECT
public:
    explicit ExplainPane(QWidget* parent = nullptr);
    void setInspected(std::shared_ptr<const Inspected> inspected);
    void setTheme(const Theme& theme);

signals:
    void fieldChosen(int field);
    void layerChosen(int node);

private:
    void showExplanation();
    void showNotes();
    void showKnowledge(const std::string& from, const std::string& to);
    void showKeyFields();
    [[nodiscard]] QWidget* keyField(int field);

    std::shared_ptr<const Inspected> shown;
    QLabel *title, *position, *label, *journey, *story, *text, *notes, *knowsHeading, *wireHeading, *question,
        *answer, *source;
    QFrame *fromCard, *toCard, *questionCard;
    QLabel *fromName, *fromKnows, *toName, *toKnows;
    NestedBoxes* boxes;
    QGridLayout* keyFields;
    QWidget* keyFieldBox;
    Theme colours = theme(ThemeName::Light);
};

/// The fields an explanation speaks of, then others of the innermost header that changed; at most `most`.
std::vector<int> keyFieldsOf(const Inspected& inspected, std::size_t most = 6);

/// "Sent at 0.012 s, received at 0.031 s: 19 ms on the way.", "It went no further than 10.0.1.1.", "It is
/// about packet 3."; empty where a capture knows one moment only.
QString journeyOf(const Inspected& inspected);

/// "c0 a8 01 39", at most six bytes.
QString bytesInHex(const Inspected& inspected, const Field& field);

} // namespace wirestage
