// SPDX-License-Identifier: GPL-3.0-or-later
// Where the messages are in time: a ring with a name for each of a few, a strip of density for many. A slider
// to keyboards and screen readers, whose value is the message's row.
#pragma once

#include "app/stage/theme.h"
#include "core/diagram/source.h"

#include <QAbstractSlider>

#include <algorithm>
#include <memory>
#include <vector>

namespace wirestage {

class TimeLine : public QAbstractSlider {
    Q_OBJECT
public:
    explicit TimeLine(QWidget* parent = nullptr);
    /// `steps`: the messages and folds to mark, if they are few; else it shows how dense they are.
    void setSource(std::shared_ptr<const diagram::DiagramSource> source, std::vector<diagram::Row> steps);
    void setTheme(const Theme& theme);
    void setComingHidden(bool on); ///< no names for what is behind the current message
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    /// The message nearest to a place on the line.
    [[nodiscard]] diagram::Row rowAt(double x) const;
    [[nodiscard]] double xOf(diagram::Row row) const;

signals:
    void chosen(quint64 row); ///< by hand, unlike valueChanged

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Mark {
        diagram::Row row = 0;
        double x = 0;
        diagram::Family family{};
        QString name;
        bool named = false;
    };
    void place();
    void placeMarks();
    void spread();
    void placeDensity();
    [[nodiscard]] double timeX(Time time) const;
    void paintMarks(QPainter& painter, double y);
    void paintDensity(QPainter& painter, double y, double until);

    std::shared_ptr<const diagram::DiagramSource> source;
    std::vector<diagram::Row> steps;
    Theme colours;
    Time begin = 0, duration = 0;
    bool comingHidden = false;
    [[nodiscard]] bool isTold(diagram::Row row) const {
        return !comingHidden || row <= static_cast<diagram::Row>(std::max(value(), 0));
    }
    std::vector<Mark> marks;    ///< one a message where there are few
    std::vector<float> density; ///< 0 to 1 for each pixel where there are many
};

} // namespace wirestage
