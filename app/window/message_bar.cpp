// SPDX-License-Identifier: GPL-3.0-or-later
// A problem is told by a sign and its words, not by colour alone.
#include "app/window/message_bar.h"

#include "app/window/pane_parts.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

namespace wirestage {

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent), sign(new QLabel), label(plainLabel()), close(new QToolButton) {
    setProperty("role", QStringLiteral("message"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 8, 8, 8);
    row->setSpacing(10);
    sign->setAccessibleName(QStringLiteral(" "));
    row->addWidget(sign);
    row->addWidget(label, 1);
    close->setText(QStringLiteral("✕"));
    close->setAutoRaise(true);
    close->setToolTip(tr("Dismiss"));
    close->setAccessibleName(tr("Dismiss this message"));
    row->addWidget(close);
    connect(close, &QToolButton::clicked, this, &MessageBar::clear);
    hide();
}

void MessageBar::say(const QString& words, Tone tone) {
    label->setText(words);
    sign->setText(tone == Tone::Problem ? QStringLiteral("⚠") : QStringLiteral("ℹ"));
    setProperty("tone", tone == Tone::Problem ? QStringLiteral("problem") : QStringLiteral("note"));
    style()->unpolish(this);
    style()->polish(this);
    setAccessibleName(words);
    show();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void MessageBar::clear() {
    label->clear();
    hide();
}

QString MessageBar::words() const {
    return label->text();
}

ProgressRow::ProgressRow(QWidget* parent)
    : QFrame(parent), label(new QLabel), bar(new QProgressBar), cancel(new QPushButton(tr("Stop"))) {
    setProperty("role", QStringLiteral("progress"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 6, 8, 6);
    row->setSpacing(12);
    row->addWidget(label);
    bar->setTextVisible(false);
    bar->setAccessibleName(tr("Progress of reading the capture"));
    row->addWidget(bar, 1);
    cancel->setToolTip(tr("Stop reading; what has been read stays"));
    row->addWidget(cancel);
    connect(cancel, &QPushButton::clicked, this, &ProgressRow::cancelled);
    hide();
}

void ProgressRow::tell(const QString& words, int thousandths) {
    label->setText(words);
    bar->setRange(0, thousandths < 0 ? 0 : 1000);
    if (thousandths >= 0)
        bar->setValue(thousandths);
    QFrame::show();
}

} // namespace wirestage
