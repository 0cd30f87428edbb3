// SPDX-License-Identifier: GPL-3.0-or-later
// Words, no lamps that blink.
#include "app/capture/live_bar.h"

#include "app/window/translate.h"
#include "core/text/text.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QToolButton>

namespace wirestage {

LiveBar::LiveBar(QWidget* parent)
    : QFrame(parent), dot(new QLabel), label(new QLabel), pause(new QToolButton), follow(new QToolButton),
      stop(new QToolButton), save(new QToolButton) {
    setObjectName(QStringLiteral("live"));
    setProperty("role", QStringLiteral("progress"));
    label->setTextFormat(Qt::PlainText);
    label->setMinimumWidth(0);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    label->installEventFilter(this);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 5, 14, 5);
    row->setSpacing(8);
    row->addWidget(dot);
    row->addWidget(label, 1);
    const auto button = [&](QToolButton* one, const QString& words, const QString& tip, bool checkable) {
        one->setText(words);
        one->setToolTip(tip);
        one->setCheckable(checkable);
        one->setProperty("role", QStringLiteral("pill"));
        one->setFocusPolicy(Qt::StrongFocus);
        row->addWidget(one);
    };
    button(pause, tr("Pause the view"), tr("The view stands still; the capture goes on"), true);
    button(follow, tr("Follow"), tr("Goes to each new message as it comes"), true);
    button(stop, tr("Stop"), tr("Ends the capture"), false);
    button(save, tr("Save…"), tr("Keeps the packets as a file of your own"), false);
    connect(pause, &QToolButton::toggled, this, &LiveBar::pausedChanged);
    connect(follow, &QToolButton::toggled, this, &LiveBar::followingChanged);
    connect(stop, &QToolButton::clicked, this, &LiveBar::stopWanted);
    connect(save, &QToolButton::clicked, this, &LiveBar::saveWanted);
    hide();
}

void LiveBar::begin(const QString& of) {
    what = of;
    subject.clear();
    remark.clear();
    ended.clear();
    packetsNow = bytesNow = lostNow = newest = kept = 0;
    lasted = -1;
    since.start();
    pause->setChecked(false);
    follow->setChecked(true);
    for (QToolButton* one : {pause, follow, stop})
        one->setVisible(true);
    tell();
    show();
}

void LiveBar::setSubject(const QString& words, const QString& lastWords) {
    subject = words;
    remark = lastWords;
    tell();
}

void LiveBar::count(quint64 packets, quint64 bytes) {
    packetsNow = packets;
    bytesNow = bytes;
    tell();
}

void LiveBar::setLost(quint64 packets) {
    lostNow = packets;
    tell();
}

void LiveBar::setNewest(quint64 packets) {
    newest = packets;
    tell();
}

void LiveBar::setKept(quint64 bytes) {
    kept = bytes;
    tell();
}

void LiveBar::end(const QString& why) {
    ended = why;
    lasted = since.elapsed();
    pause->setChecked(false);
    for (QToolButton* one : {pause, follow, stop})
        one->setVisible(false);
    tell();
}

bool LiveBar::paused() const {
    return pause->isChecked();
}

bool LiveBar::following() const {
    return follow->isChecked() && lasted < 0;
}

void LiveBar::setFollowing(bool on) {
    follow->setChecked(on);
}

void LiveBar::setNamesHidden(bool on) {
    hidden = on;
    tell();
}

void LiveBar::tell() {
    const bool live = lasted < 0;
    const qint64 seconds = (live ? since.elapsed() : lasted) / 1000;
    const QString on = hidden ? (live ? tr("Capturing") : tr("Captured"))
                              : (live ? tr("Capturing on %1") : tr("Captured on %1")).arg(what);
    QStringList parts{subject.isEmpty() ? on : subject, tr("%1 packets").arg(grouped(packetsNow)),
                      wirestage::tr(bytesInWords(bytesNow)),
                      QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'))};
    if (lostNow > 0)
        parts << tr("%1 lost in capturing").arg(grouped(lostNow));
    if (kept > 0)
        parts << tr("the oldest packets give way, the newest %1 are kept")
                     .arg(wirestage::tr(bytesInWords(kept)));
    if (newest > 0)
        parts << tr("the newest %1 on the stage").arg(grouped(newest));
    if (!ended.isEmpty())
        parts << ended;
    if (!remark.isEmpty())
        parts << remark;
    said = parts.join(QStringLiteral("  ·  "));
    label->setToolTip(said);
    shorten();
    dot->setText(live ? QStringLiteral("●") : QStringLiteral("■"));
    dot->setProperty("tone", live ? QStringLiteral("problem") : QString());
}

bool LiveBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == label && event->type() == QEvent::Resize)
        shorten();
    return QFrame::eventFilter(watched, event);
}

/// To the room there is, with an ellipsis; all of it is in the tool tip.
void LiveBar::shorten() {
    label->setText(label->fontMetrics().elidedText(said, Qt::ElideRight, label->width()));
}

} // namespace wirestage
