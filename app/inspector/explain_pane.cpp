// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the knowledge base's words about a message together with the message's own values.
#include "app/inspector/explain_pane.h"

#include "app/inspector/field_model.h"
#include "app/inspector/key_field.h"
#include "app/inspector/nested_boxes.h"
#include "app/window/pane_parts.h"
#include "app/window/translate.h"
#include "core/knowledge/knowledge.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QRegularExpression>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace wirestage {
namespace {

constexpr qsizetype longestValue = 72;

std::string inWindowsLanguage(const Text& text) {
    return wirestage::tr(text).toStdString();
}

QFrame* card(QLabel* first, QLabel* second, const QString& role) {
    auto* frame = new QFrame;
    frame->setProperty("role", role);
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(4);
    column->addWidget(first);
    column->addWidget(second);
    column->addStretch(1);
    return frame;
}

int fieldNamed(const Description& packet, std::string_view name) {
    // The last one: what a message says stands in its own header, an error's quoted packet apart.
    for (std::size_t i = 0; i < packet.fields.size(); ++i)
        if (packet.fields[i].spec && packet.fields[i].spec->name == name)
            return static_cast<int>(i);
    return -1;
}

/// A host's name may break behind its dots and colons, as it has no spaces.
QString breakable(const std::string& name) {
    static const QRegularExpression ends(QStringLiteral("([.:])(?=.)"));
    return fromUtf8(name).replace(ends, QStringLiteral("\\1\u200b"));
}

} // namespace

ExplainPane::ExplainPane(QWidget* parent)
    : QScrollArea(parent), title(plainLabel(QStringLiteral("title"))),
      position(plainLabel(QStringLiteral("quiet"))), label(plainLabel(QStringLiteral("lead"))),
      journey(plainLabel(QStringLiteral("quiet"))), story(plainLabel(QStringLiteral("story"))),
      text(plainLabel(QStringLiteral("prose"))), notes(plainLabel(QStringLiteral("note"))),
      knowsHeading(plainLabel(QStringLiteral("section"), tr("WHAT EACH END KNOWS NOW"))),
      wireHeading(plainLabel(QStringLiteral("section"), tr("ON THE WIRE"))),
      question(plainLabel(QStringLiteral("question"))), answer(plainLabel()),
      source(plainLabel(QStringLiteral("quiet"))), fromName(plainLabel(QStringLiteral("cardTitle"))),
      fromKnows(plainLabel()), toName(plainLabel(QStringLiteral("cardTitle"))), toKnows(plainLabel()),
      boxes(new NestedBoxes), keyFields(new QGridLayout), keyFieldBox(new QWidget) {
    setAccessibleName(tr("Explanation"));
    auto* column = scrolledColumn(this);
    auto* top = new QHBoxLayout;
    position->setWordWrap(false);
    top->addWidget(title, 1);
    top->addWidget(position, 0, Qt::AlignBottom);
    column->addLayout(top);
    for (auto* one : {label, journey, story, text, notes})
        column->addWidget(one);
    fromCard = card(fromName, fromKnows, QStringLiteral("card"));
    toCard = card(toName, toKnows, QStringLiteral("card"));
    column->addSpacing(6);
    column->addWidget(knowsHeading);
    auto* cards = new QHBoxLayout;
    cards->setSpacing(8);
    cards->addWidget(fromCard, 1);
    cards->addWidget(toCard, 1);
    column->addLayout(cards);
    column->addSpacing(6);
    column->addWidget(wireHeading);
    column->addWidget(boxes);
    keyFieldBox->setLayout(keyFields);
    keyFields->setContentsMargins(0, 0, 0, 0);
    keyFields->setVerticalSpacing(2);
    column->addWidget(keyFieldBox);
    questionCard = card(question, answer, QStringLiteral("questionCard"));
    column->addSpacing(6);
    column->addWidget(questionCard);
    column->addWidget(source);
    column->addStretch(1);
    connect(boxes, &NestedBoxes::layerChosen, this,
            [this](int layer) { emit layerChosen(boxes->layers()[static_cast<std::size_t>(layer)].node); });
    setInspected(nullptr);
}

void ExplainPane::setTheme(const Theme& theme) {
    colours = theme;
    if (shown && shown->valid)
        showKeyFields();
    boxes->setTheme(theme);
}

void ExplainPane::setInspected(std::shared_ptr<const Inspected> inspected) {
    shown = std::move(inspected);
    const bool any = shown && shown->valid;
    for (QWidget* one :
         std::initializer_list<QWidget*>{label, journey, story, notes, knowsHeading, fromCard, toCard,
                                         wireHeading, boxes, keyFieldBox, questionCard, source, position})
        one->setVisible(any);
    if (!any) {
        title->setText(tr("No message chosen"));
        text->setText(tr("Step forward, or click an arrow on the stage: what it is for is explained here."));
        return;
    }
    position->setText(tr("%1 of %2").arg(grouped(shown->position), grouped(shown->total)));
    setTextOrHide(label, wirestage::tr(shown->message.summary));
    setTextOrHide(journey, journeyOf(*shown));
    setTextOrHide(story, fromUtf8(shown->story));
    showExplanation();
    showNotes();
    boxes->setLayers(layersOf(shown->packet));
    wireHeading->setVisible(!boxes->layers().empty());
    showKeyFields();
    verticalScrollBar()->setValue(0);
}

void ExplainPane::showExplanation() {
    const Message& message = shown->message;
    const std::string said = inWindowsLanguage(message.label);
    const auto found = Knowledge::builtIn().explain(message.kind, shown->packet,
                                                    {shown->from, shown->to, said}, inWindowsLanguage);
    const Explanation e = found.value_or(Explanation{});
    title->setText(e.title.empty() ? fromUtf8(said) : fromUtf8(e.title));
    QString words = fromUtf8(e.text);
    if (words.isEmpty()) // a kind without a text of its own still says who sent it and when
        words = shown->to.empty()
                    ? tr("%1 sends this to everybody who listens.").arg(fromUtf8(shown->from))
                    : tr("%1 sends this to %2.").arg(fromUtf8(shown->from), fromUtf8(shown->to));
    if (message.gaveWay)
        words =
            tr("The bytes of this packet are no longer kept: of a long live capture, the oldest packets give "
               "way to the newest. What the index tells of them stays.") +
            QStringLiteral("\n\n") + words;
    text->setText(words);
    showKnowledge(e.knowsFrom, shown->notReceived ? inWindowsLanguage(*shown->notReceived) : e.knowsTo);
    setTextOrHide(question, fromUtf8(e.question));
    answer->setText(fromUtf8(e.answer));
    questionCard->setVisible(!e.question.empty());
    setTextOrHide(source, fromUtf8(e.rfc));
}

void ExplainPane::showNotes() {
    QStringList lines;
    const std::string said = inWindowsLanguage(shown->message.label);
    for (unsigned i = 0; i < static_cast<unsigned>(Note::count); ++i) {
        const auto note = static_cast<Note>(i);
        if (!shown->message.notes.has(note))
            continue;
        const auto known = Knowledge::builtIn().note(name(note), shown->packet,
                                                     {shown->from, shown->to, said}, inWindowsLanguage);
        const QString heading = wirestage::tr(wirestage::title(note));
        lines << (known && !known->text.empty() ? heading + QStringLiteral(": ") + fromUtf8(known->text)
                                                : heading);
    }
    setTextOrHide(notes, lines.join(QLatin1Char('\n')));
}

void ExplainPane::showKnowledge(const std::string& from, const std::string& to) {
    fromName->setText(breakable(shown->from));
    toName->setText(shown->to.empty() ? tr("Everybody who listens") : breakable(shown->to));
    fromKnows->setText(fromUtf8(from));
    toKnows->setText(fromUtf8(to));
    fromCard->setVisible(!from.empty());
    toCard->setVisible(!to.empty());
    knowsHeading->setVisible(!from.empty() || !to.empty());
}

void ExplainPane::showKeyFields() {
    while (QLayoutItem* item = keyFields->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto chosen = keyFieldsOf(*shown);
    int row = 0;
    for (const int field : chosen)
        keyFields->addWidget(keyField(field), row++, 0);
    keyFieldBox->setVisible(!chosen.empty());
}

QWidget* ExplainPane::keyField(int place) {
    const Field& field = shown->packet.fields[static_cast<std::size_t>(place)];
    QString value = fieldValue(field);
    if (value.size() > longestValue) // a payload; the packet pane has all of it
        value = value.left(longestValue) + QStringLiteral("…");
    auto* row = new KeyField(fieldTitle(field), value, bytesInHex(*shown, field), colours);
    connect(row, &QAbstractButton::clicked, this, [this, place] { emit fieldChosen(place); });
    return row;
}

std::vector<int> keyFieldsOf(const Inspected& inspected, std::size_t most) {
    std::vector<int> chosen;
    const auto add = [&](int field) {
        if (field >= 0 && chosen.size() < most &&
            std::find(chosen.begin(), chosen.end(), field) == chosen.end())
            chosen.push_back(field);
    };
    if (const auto* entry = Knowledge::builtIn().entry("kind", kind(inspected.message.kind).name))
        for (const std::string* prose : {&entry->text, &entry->knowsFrom, &entry->knowsTo, &entry->answer})
            for (const auto& name : namesInProse(*prose).value_or(std::vector<std::string>{}))
                add(fieldNamed(inspected.packet, name));
    const auto headers = headersOf(inspected.packet);
    if (!headers.empty())
        for (int i = headers.back().node + 1; i < headers.back().end; ++i)
            if (static_cast<std::size_t>(i) < inspected.changed.size() &&
                inspected.changed[static_cast<std::size_t>(i)])
                add(i);
    return chosen;
}

QString bytesInHex(const Inspected& inspected, const Field& field) {
    if (field.generated || field.length == 0 || field.length > 6 || field.bitLength % 8 != 0)
        return {};
    const auto bytes = inspected.bytesOf(field.buffer);
    QStringList parts;
    for (std::uint32_t i = field.offset; i < field.offset + field.length && i < bytes.size(); ++i)
        parts << QStringLiteral("%1").arg(bytes[i], 2, 16, QLatin1Char('0'));
    return parts.join(QLatin1Char(' '));
}

namespace {

QString timesOf(const Inspected& inspected) {
    const Message& message = inspected.message;
    const Time start = message.time - inspected.sinceStart;
    constexpr Time millisecond = 1'000'000;
    const bool close = message.sent && message.received && *message.received - *message.sent < millisecond;
    const auto at = [&](Time moment) { // as finely as it takes to tell the two apart
        return close ? ExplainPane::tr("%1 s").arg(static_cast<double>(moment - start) * 1e-9, 0, 'f', 6)
                     : secondsSince(moment - start);
    };
    if (message.sent && message.received)
        return ExplainPane::tr("Sent at %1, received at %2: %3 on the way.")
            .arg(at(*message.sent), at(*message.received),
                 wirestage::tr(durationInWords(*message.received - *message.sent)));
    if (message.received)
        return ExplainPane::tr("Received at %1; its sending was not captured.").arg(at(*message.received));
    if (message.sent && message.lost.value_or(false))
        return ExplainPane::tr("Sent at %1, lost on the way.").arg(at(*message.sent));
    if (message.sent && !message.lost)
        return ExplainPane::tr("Sent at %1. Whether it arrived nobody knows: the other end was not being "
                               "captured when it would have.")
            .arg(at(*message.sent));
    return {};
}

} // namespace

QString journeyOf(const Inspected& inspected) {
    QStringList sentences{timesOf(inspected)};
    if (!inspected.stoppedAt.empty())
        sentences << ExplainPane::tr("It went no further than %1.").arg(breakable(inspected.stoppedAt));
    if (inspected.aboutFrame > 0)
        sentences << ExplainPane::tr("It is about packet %1.").arg(grouped(inspected.aboutFrame));
    sentences.removeAll(QString());
    return sentences.join(QLatin1Char(' '));
}

} // namespace wirestage
