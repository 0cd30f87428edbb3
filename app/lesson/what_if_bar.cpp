// SPDX-License-Identifier: GPL-3.0-or-later
// Chips in a row that wraps.
#include "app/lesson/what_if_bar.h"

#include "app/window/flow_layout.h"
#include "app/window/translate.h"

#include <QLabel>
#include <QMenu>
#include <QToolButton>

namespace wirestage {
namespace {

constexpr int lettersOfAFault = 26; ///< as wide as "DHCP Discover 2 delayed 2 s  ✕"

/// Which of the messages in question, from 1: behind the colon of "drop:tcp.data:2".
QString whichOne(const QString& what) {
    const int number = what.section(QLatin1Char(':'), 1, 1).toInt();
    return number > 1 ? QStringLiteral(" %1").arg(number) : QString();
}

QString kindInWords(const QString& what) {
    const QString name = what.section(QLatin1Char(':'), 0, 0).section(QLatin1Char('@'), 0, 0);
    const auto known = kindOfName(name.toStdString());
    return known ? wirestage::tr(Text{"kinds", kind(*known).title, {}, {}}) : name;
}

} // namespace

QString faultInWords(const std::string& fault) {
    const QString all = QString::fromStdString(fault);
    if (all.startsWith(QLatin1String("loss@"))) {
        const QStringList parts = all.mid(5).split(QLatin1Char(':'));
        return WhatIfBar::tr("%1 % lost on %2").arg(parts.value(1), parts.value(0));
    }
    const QString deed = all.section(QLatin1Char(':'), 0, 0), what = all.section(QLatin1Char(':'), 1);
    const QString words = kindInWords(what) + whichOne(what);
    if (deed == QLatin1String("drop"))
        return WhatIfBar::tr("%1 lost").arg(words);
    if (deed == QLatin1String("duplicate"))
        return WhatIfBar::tr("%1 twice").arg(words);
    if (deed == QLatin1String("corrupt"))
        return WhatIfBar::tr("%1 damaged").arg(words);
    if (deed == QLatin1String("delay"))
        return WhatIfBar::tr("%1 delayed %2 s").arg(words, what.section(QLatin1Char(':'), -1));
    return all;
}

WhatIfBar::WhatIfBar(QWidget* parent) : QFrame(parent), flow(new FlowLayout(this, 8)) {
    setObjectName(QStringLiteral("whatIf"));
    setAccessibleName(tr("What if?"));
    flow->setContentsMargins(14, 8, 14, 8);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    hide();
}

void WhatIfBar::setRun(const std::shared_ptr<const lesson::LessonRun>& run) {
    shown = run;
    fill();
    setVisible(shown != nullptr);
}

void WhatIfBar::setCompact(bool on) {
    if (on == compact)
        return;
    compact = on;
    filledFor = nullptr;
    fill();
}

void WhatIfBar::setMessage(const std::optional<Message>& now) {
    message = now;
    for (QToolButton* deed : deeds)
        deed->setEnabled(message.has_value());
}

QToolButton* WhatIfBar::chip(const QString& words, const QString& tip) {
    auto* made = new QToolButton;
    made->setText(words);
    made->setToolTip(tip);
    made->setProperty("role", QStringLiteral("pill"));
    made->setFocusPolicy(Qt::StrongFocus);
    flow->addWidget(made);
    return made;
}

/// All of it where the lesson or the room is another; of a lesson that ran again only what its choice
/// changes.
void WhatIfBar::fill() {
    const auto clear = [&](int from) {
        while (QLayoutItem* item = flow->takeAt(from)) {
            if (item->widget()) {
                item->widget()->hide();
                item->widget()->deleteLater();
            }
            delete item;
        }
    };
    if (!shown || filledFor != shown->file) {
        clear(0);
        deeds.clear();
        variants.clear();
        saving = nullptr;
        filledFor = shown ? shown->file : nullptr;
        if (!shown)
            return;
        auto* heading = new QLabel(tr("What if?"));
        heading->setProperty("role", QStringLiteral("cardTitle"));
        flow->addWidget(heading);
        addVariants();
        if (!compact)
            addDeeds();
        addSaving();
        lasting = flow->count();
    } else {
        clear(lasting);
    }
    for (QToolButton* one : variants)
        one->setChecked(one->property("variant").toString().toStdString() == shown->lesson.variant);
    addFaults();
    flow->invalidate();
    updateGeometry();
    setMessage(message);
}

void WhatIfBar::addVariants() {
    const lesson::Lesson& now = shown->file->lesson();
    const auto add = [&](const QString& words, const QString& id, const QString& tip) {
        QToolButton* one = chip(words, tip);
        one->setCheckable(true);
        one->setProperty("variant", id);
        variants << one;
        connect(one, &QToolButton::clicked, this, [this, one, id] {
            one->setChecked(id.toStdString() == shown->lesson.variant); // until the lesson has run
            emit variantChosen(id);
        });
    };
    if (!now.variants.empty())
        add(tr("As it should be"), {}, tr("The lesson without any change"));
    for (const lesson::VariantInfo& variant : now.variants)
        add(wirestage::tr(variant.title), QString::fromStdString(variant.id), wirestage::tr(variant.goal));
}

void WhatIfBar::addDeeds() {
    auto* heading = new QLabel(tr("This message:"));
    heading->setProperty("role", QStringLiteral("quiet"));
    flow->addWidget(heading);
    const auto deed = [&](const QString& words, const char* what, const QString& behind, const QString& tip) {
        QToolButton* one = chip(words, tip);
        const std::string verb = what;
        connect(one, &QToolButton::clicked, this, [this, verb, behind] {
            if (shown && message)
                emit faultChosen(QString::fromStdString(shown->faultFor(*message, verb)) + behind);
        });
        deeds << one;
    };
    deed(tr("Lose it"), "drop", {}, tr("The message that is shown does not arrive (Del)"));
    deed(tr("Delay it 2 s"), "delay", QStringLiteral(":2"), tr("It arrives two seconds later"));
    deed(tr("Send it twice"), "duplicate", {}, tr("The network delivers it twice"));
    deed(tr("Damage it"), "corrupt", {}, tr("A bit is turned over on the way: the checksum shows it"));
}

/// Room is kept for it where there is nothing to save yet.
void WhatIfBar::addSaving() {
    saving = chip(tr("Save as a lesson…"), tr("Keeps what was chosen here as a lesson of your own"));
    QSizePolicy policy = saving->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    saving->setSizePolicy(policy);
    connect(saving, &QToolButton::clicked, this, &WhatIfBar::saveWanted);
}

void WhatIfBar::addFaults() {
    const lesson::Choice& choice = shown->choice;
    saving->setVisible(!choice.faults.empty() || !choice.parameters.empty());
    // A line more below the stage would make it smaller, and everything in the window would be laid out anew:
    // the first fault finds its place ready.
    if (choice.faults.empty())
        flow->addItem(new QSpacerItem(fontMetrics().averageCharWidth() * lettersOfAFault,
                                      saving->sizeHint().height(), QSizePolicy::Fixed));
    for (std::size_t i = 0; i < choice.faults.size(); ++i) {
        QToolButton* one =
            chip(faultInWords(choice.faults[i]) + QStringLiteral("  ✕"),
                 tr("Take this fault off again: %1").arg(QString::fromStdString(choice.faults[i])));
        one->setProperty("tone", QStringLiteral("fault"));
        connect(one, &QToolButton::clicked, this, [this, i] { emit faultRemoved(i); });
    }
}

} // namespace wirestage
