// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ends/ends_bar.h"

#include "app/ends/both_ends.h"
#include "app/window/pane_parts.h"
#include "app/window/translate.h"

#include <QLabel>
#include <QVBoxLayout>

namespace wirestage {

EndsBar::EndsBar(QWidget* parent)
    : QFrame(parent), sentence(plainLabel()), basis(plainLabel(QStringLiteral("quiet"))) {
    setObjectName(QStringLiteral("ends"));
    setProperty("role", QStringLiteral("progress"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 6, 16, 6);
    column->setSpacing(2);
    column->addWidget(sentence);
    column->addWidget(basis);
    hide();
}

void EndsBar::tell(const BothEnds& ends) {
    sentence->setText(wirestage::tr(inWords(ends.found)));
    QString words = wirestage::tr(assumptionInWords(ends.found));
    if (ends.problem)
        words += QLatin1Char(' ') + tr("The other end's file: %1.").arg(wirestage::tr(*ends.problem));
    basis->setText(words);
    setToolTip(
        tr("Times are those of the capture that was opened first. %1")
            .arg(tr("%n packet(s) stay at one end.", nullptr, static_cast<int>(ends.found.notCrossing))));
    setAccessibleName(sentence->text());
    setAccessibleDescription(words);
}

QString EndsBar::words() const {
    return sentence->text();
}

QString EndsBar::assumption() const {
    return basis->text();
}

} // namespace wirestage
