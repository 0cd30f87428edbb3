// SPDX-License-Identifier: GPL-3.0-or-later
// Triangles and bars on a square of 24 units.
#include "app/stage/transport_icons.h"

#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>

namespace wirestage {

namespace {

class SignEngine : public QIconEngine {
public:
    SignEngine(TransportSign which, const QColor& with) : sign(which), color(with) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(rect.topLeft());
        const double scale = std::min(rect.width(), rect.height()) / 24.0;
        painter->scale(scale, scale);
        QColor ink = color;
        if (mode == QIcon::Disabled)
            ink.setAlphaF(0.4F);
        painter->setPen(QPen(ink, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->setBrush(ink);
        painter->drawPath(shape());
        painter->restore();
    }

    [[nodiscard]] QIconEngine* clone() const override { return new SignEngine(*this); }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap made(size);
        made.fill(Qt::transparent);
        QPainter painter(&made);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return made;
    }

private:
    [[nodiscard]] QPainterPath shape() const {
        QPainterPath path;
        const auto triangle = [&](double from, double to) {
            path.moveTo(from, 5);
            path.lineTo(to, 12);
            path.lineTo(from, 19);
            path.closeSubpath();
        };
        switch (sign) {
        case TransportSign::First:
            triangle(18, 9);
            path.addRect(5, 5, 2, 14);
            break;
        case TransportSign::Back: triangle(16, 7); break;
        case TransportSign::Play: triangle(8, 19); break;
        case TransportSign::Pause:
            path.addRect(7, 5, 3.5, 14);
            path.addRect(13.5, 5, 3.5, 14);
            break;
        case TransportSign::Forward: triangle(8, 17); break;
        case TransportSign::Last:
            triangle(6, 15);
            path.addRect(17, 5, 2, 14);
            break;
        }
        return path;
    }

    TransportSign sign;
    QColor color;
};

} // namespace

QIcon transportIcon(TransportSign sign, const QColor& color) {
    return QIcon(new SignEngine(sign, color));
}

} // namespace wirestage
