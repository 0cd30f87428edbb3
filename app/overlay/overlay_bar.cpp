// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/overlay/overlay_bar.h"

#include "app/window/translate.h"

#include <QBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QStyle>
#include <QToolButton>

namespace wirestage {
namespace {

constexpr std::size_t othersListed = 12;

struct Look {
    const char* sign;
    const char* tone;
};

Look lookOf(const OverlaySession::Found& found) {
    using diagram::LaidStatus;
    if (found.comparison.verdict == overlay::Verdict::Same)
        return {"✓", "good"};
    bool differs = false;
    for (diagram::Row row = 0; row < found.source->size(); ++row) {
        const LaidStatus status = found.source->laid(row)->status;
        differs = differs || status == LaidStatus::Missing || status == LaidStatus::OutOfOrder ||
                  status == LaidStatus::RuleBroken;
    }
    return differs && found.comparison.verdict == overlay::Verdict::Different ? Look{"⚠", "problem"}
                                                                              : Look{"○", ""};
}

} // namespace

OverlayBar::OverlayBar(QWidget* parent)
    : QFrame(parent), sign(new QLabel), sentence(new QLabel), detail(new QLabel), others(new QToolButton),
      close(new QToolButton), otherMenu(new QMenu(this)) {
    setObjectName(QStringLiteral("overlay"));
    sign->setObjectName(QStringLiteral("overlaySign"));
    sign->setAlignment(Qt::AlignCenter);
    sentence->setObjectName(QStringLiteral("overlayVerdict"));
    detail->setObjectName(QStringLiteral("overlayDetail"));
    for (QLabel* one : {sentence, detail}) {
        one->setWordWrap(true);
        one->setTextFormat(Qt::PlainText);
        one->setTextInteractionFlags(Qt::TextSelectableByMouse);
        one->setFocusPolicy(Qt::NoFocus);
    }
    auto* words = new QVBoxLayout;
    words->setSpacing(1);
    words->addWidget(sentence);
    words->addWidget(detail);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 7, 14, 7);
    row->setSpacing(10);
    row->addWidget(sign);
    row->addLayout(words, 1);
    const auto button = [&](QToolButton* one, const QString& text, const QString& tip, bool menu) {
        one->setText(text);
        one->setToolTip(tip);
        one->setProperty("role", QStringLiteral("pill"));
        one->setProperty("hasMenu", menu);
        one->setFocusPolicy(Qt::StrongFocus);
        if (menu)
            one->setPopupMode(QToolButton::InstantPopup);
        row->addWidget(one, 0, Qt::AlignVCenter);
    };
    button(others, tr("Others"), tr("Other exchanges that are something like it"), true);
    others->setMenu(otherMenu);
    button(close, QStringLiteral("✕"), tr("Without the textbook"), false);
    close->setAccessibleName(tr("Without the textbook"));
    connect(close, &QToolButton::clicked, this, &OverlayBar::closeWanted);
    hide();
}

void OverlayBar::show(const OverlaySession& session) {
    const auto& found = session.shown();
    setVisible(session.isOn());
    if (!found)
        return sentence->setText(tr("Comparing with “%1” …").arg(session.title()));
    const overlay::Comparison& comparison = found->comparison;
    const Look look = lookOf(*found);
    sign->setText(QString::fromUtf8(look.sign));
    sentence->setText(wirestage::tr(diagram::headline(*found->source, comparison, found->goesOn)));
    detail->setText(wirestage::tr(comparison.sentence));
    detail->setVisible(comparison.verdict == overlay::Verdict::Different && !found->goesOn);
    otherMenu->clear();
    for (const auto& other : comparison.others) {
        if (static_cast<std::size_t>(otherMenu->actions().size()) >= othersListed)
            break;
        connect(otherMenu->addAction(tr("Exchange %1: %2 % of it")
                                         .arg(other.exchange + 1)
                                         .arg(static_cast<int>(other.score * 100))),
                &QAction::triggered, this, [this, id = other.exchange] { emit exchangeWanted(id); });
    }
    others->setVisible(!comparison.others.empty() && !large);
    if (property("tone").toString() != QLatin1String(look.tone)) {
        setProperty("tone", QLatin1String(look.tone));
        for (QWidget* one : {static_cast<QWidget*>(this), static_cast<QWidget*>(sign)}) {
            one->style()->unpolish(one);
            one->style()->polish(one);
        }
    }
}

void OverlayBar::setLarge(bool on) {
    large = on;
    others->setVisible(!on && !otherMenu->isEmpty());
    close->setVisible(!on);
    for (QWidget* one : {static_cast<QWidget*>(sentence), static_cast<QWidget*>(detail),
                         static_cast<QWidget*>(sign), static_cast<QWidget*>(this)}) {
        one->setProperty("presenting", on);
        one->style()->unpolish(one);
        one->style()->polish(one);
    }
}

QString OverlayBar::words() const {
    return sentence->text() + QLatin1Char('\n') + detail->text();
}

} // namespace wirestage
