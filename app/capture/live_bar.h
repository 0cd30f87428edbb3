// SPDX-License-Identifier: GPL-3.0-or-later
// Above the stage while a capture runs: what comes in, and the switches for it.
#pragma once

#include <QElapsedTimer>
#include <QFrame>

class QLabel;
class QToolButton;

namespace wirestage {

class LiveBar : public QFrame {
    Q_OBJECT
public:
    explicit LiveBar(QWidget* parent = nullptr);

    void begin(const QString& of);
    /// Stands instead of what is captured on; `remark` comes last and may be empty.
    void setSubject(const QString& words, const QString& remark);
    void count(quint64 packets, quint64 bytes);
    void end(const QString& why); ///< nothing comes any more; the bar stays until the capture is closed
    void setLost(quint64 packets);
    void setNewest(quint64 packets); ///< so many of the newest are on the stage; 0: all
    void setKept(quint64 bytes);     ///< the oldest packets give way, about so much is kept; 0: they do not
    void setNamesHidden(bool on);    ///< another machine's name is one

    [[nodiscard]] bool paused() const;    ///< the view stands still, the capture goes on
    [[nodiscard]] bool following() const; ///< the newest message is shown
    void setFollowing(bool on);
    [[nodiscard]] QToolButton* pauseButton() const { return pause; }
    [[nodiscard]] QToolButton* followButton() const { return follow; }
    [[nodiscard]] QToolButton* stopButton() const { return stop; }
    [[nodiscard]] QString words() const { return said; }
    [[nodiscard]] quint64 lost() const { return lostNow; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

signals:
    void stopWanted();
    void pausedChanged(bool on);
    void followingChanged(bool on);
    void saveWanted();

private:
    void tell();
    void shorten();

    QLabel *dot, *label;
    QToolButton *pause, *follow, *stop, *save;
    QString what, subject, remark, ended, said;
    quint64 packetsNow = 0, bytesNow = 0, lostNow = 0, newest = 0, kept = 0;
    QElapsedTimer since;
    qint64 lasted = -1;
    bool hidden = false;
};

} // namespace wirestage
