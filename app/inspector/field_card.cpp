// SPDX-License-Identifier: GPL-3.0-or-later
// Shows what the knowledge base says of a field; where it says nothing, the field's names and place alone.
#include "app/inspector/field_card.h"

#include "app/inspector/field_model.h"
#include "app/window/pane_parts.h"
#include "app/window/translate.h"
#include "core/knowledge/knowledge.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace wirestage {

FieldCard::FieldCard(QWidget* parent)
    : QFrame(parent), title(plainLabel(QStringLiteral("cardTitle"))),
      value(plainLabel(QStringLiteral("cardValue"))), text(plainLabel()), valueWords(plainLabel()),
      place(plainLabel(QStringLiteral("quiet"))), close(new QToolButton) {
    setObjectName(QStringLiteral("fieldCard"));
    setProperty("card", true);
    close->setText(QStringLiteral("✕"));
    close->setAutoRaise(true);
    close->setAccessibleName(tr("Close the field's explanation"));
    close->setToolTip(tr("Close"));
    connect(close, &QToolButton::clicked, this, &FieldCard::closed);
    auto* top = new QHBoxLayout;
    top->addWidget(title, 1);
    top->addWidget(close, 0, Qt::AlignTop);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(12, 8, 8, 10);
    all->setSpacing(3);
    all->addLayout(top);
    for (auto* label : {value, text, valueWords, place})
        all->addWidget(label);
    setAccessibleName(tr("The field explained"));
    hide();
}

void FieldCard::setField(const Inspected& inspected, int at) {
    if (at < 0 || static_cast<std::size_t>(at) >= inspected.packet.fields.size()) {
        hide();
        return;
    }
    const Field& field = inspected.packet.fields[static_cast<std::size_t>(at)];
    const auto name = field.spec ? field.spec->name : std::string_view();
    const auto known =
        Knowledge::builtIn().field(name, field, [](const Text& t) { return wirestage::tr(t).toStdString(); });
    title->setText(known && !known->title.empty() ? fromUtf8(known->title) : fieldTitle(field));
    setTextOrHide(value, fieldValue(field));
    setTextOrHide(text, known ? fromUtf8(known->text) : QString());
    setTextOrHide(valueWords, known ? fromUtf8(known->valueWords) : QString());
    QStringList parts;
    if (known && !known->rfc.empty())
        parts << fromUtf8(known->rfc);
    parts << placeInWords(field);
    if (!name.empty())
        parts << fromUtf8(name);
    const auto index = static_cast<std::size_t>(at);
    if (index < inspected.changed.size() && inspected.changed[index])
        parts << tr("differs from packet %1").arg(inspected.previousFrame);
    setTextOrHide(place, parts.join(QStringLiteral(" · ")));
    setAccessibleDescription(title->text() + QStringLiteral(": ") + value->text() + QStringLiteral(". ") +
                             text->text());
    show();
}

QString placeInWords(const Field& field) {
    if (field.generated)
        return FieldCard::tr("worked out, stands in no byte");
    if (field.length == 0)
        return {};
    QString where = field.length == 1
                        ? FieldCard::tr("byte %1").arg(field.offset)
                        : FieldCard::tr("bytes %1–%2").arg(field.offset).arg(field.offset + field.length - 1);
    if (field.bitLength == 1)
        where += FieldCard::tr(", bit %1").arg(field.bitOffset);
    else if (field.bitLength > 1)
        where +=
            FieldCard::tr(", bits %1–%2").arg(field.bitOffset).arg(field.bitOffset + field.bitLength - 1);
    return where;
}

} // namespace wirestage
