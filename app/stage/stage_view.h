// SPDX-License-Identifier: GPL-3.0-or-later
// The stage: a sequence diagram one can step through. It lays out and paints what is on screen and nothing
// else, moves what was painted when it scrolls, and lets a packet travel along the arrow of the message
// stepped to.
#pragma once

#include "app/stage/theme.h"
#include "core/diagram/source.h"

#include <QAbstractScrollArea>

#include <functional>
#include <memory>
#include <vector>

namespace wirestage {

class StageView : public QAbstractScrollArea {
    Q_OBJECT
public:
    using Row = diagram::Row;
    enum class Cover { Nothing, Black, White };

    explicit StageView(QWidget* parent = nullptr);
    ~StageView() override;

    /// Shows another source from its first message on; null empties the stage. `around` is shown instead of
    /// the first message where it is a row of the source (the same message on another level, say).
    void setSource(std::shared_ptr<const diagram::DiagramSource> source, Row around = 0);
    [[nodiscard]] std::shared_ptr<const diagram::DiagramSource> source() const;
    void setTheme(const Theme& theme);
    void setTrueTime(bool on); ///< off: even steps
    [[nodiscard]] bool trueTime() const;
    void setReducedMotion(bool on); ///< steps without the travelling packet
    void setZoom(double factor);    ///< 0.5 ... 4
    [[nodiscard]] double zoom() const;
    void setCover(Cover cover); ///< the presenter's black or white screen
    [[nodiscard]] Cover cover() const;
    void setNote(const QString& words); ///< stands in the lower right corner; empty: nothing does
    [[nodiscard]] QString note() const;

    [[nodiscard]] Row current() const; ///< the message stepped to; diagram::noRow while there is none
    [[nodiscard]] bool playing() const;
    [[nodiscard]] double speed() const;
    [[nodiscard]] Row rowCount() const;
    /// What next() would stop at from the beginning on; empty where that is more than `most`.
    [[nodiscard]] std::vector<Row> steps(std::size_t most) const;

    /// Messages behind the current one are not shown at all, instead of pale: somebody is to foresee them.
    void setComingHidden(bool on);
    [[nodiscard]] bool comingHidden() const;
    /// Asked before a step forward shows a message; false holds the step back (somebody is to say what comes
    /// next).
    void setGate(std::function<bool(Row)> gate);

public slots:
    void next();
    void previous();
    void first();
    void last();
    void play();
    void pause();
    void togglePlay();
    void setSpeed(double factor); ///< 0.25 ... 8
    void jumpTo(quint64 row);     ///< makes it current and brings it on screen; opens the fold it lies in
    void toggleFold(quint64 row); ///< of the fold that this message lies in
    void zoomIn();
    void zoomOut();
    void resetZoom();

signals:
    void currentChanged(quint64 row);
    void messageActivated(quint64 row);      ///< clicked twice, or Enter
    void menuWanted(quint64 row, QPoint at); ///< right click or menu key on a message; `at` is global
    void playingChanged(bool playing);
    void zoomChanged(double factor);
    void speedChanged(double factor);
    void sourceChanged();
    void comingHiddenChanged();

public:
    struct Private; ///< everything that only the stage's own files need
    [[nodiscard]] Private* insides() const { return d.get(); }

protected:
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    friend struct Private;
    std::unique_ptr<Private> d;
};

} // namespace wirestage
