// SPDX-License-Identifier: GPL-3.0-or-later
// A packet as nested boxes, the link's header outside and the message inside. A box can be chosen with the
// mouse or the arrow keys.
#pragma once

#include "app/inspector/layer_summary.h"
#include "app/stage/theme.h"

#include <QWidget>

namespace wirestage {

class NestedBoxes : public QWidget {
    Q_OBJECT
public:
    explicit NestedBoxes(QWidget* parent = nullptr);

    void setLayers(std::vector<LayerBox> layers);
    void setTheme(const Theme& theme);
    void setChosen(int layer); ///< marks a box; -1 none
    [[nodiscard]] int chosen() const { return current; }
    [[nodiscard]] const std::vector<LayerBox>& layers() const { return boxes; }

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void layerChosen(int layer);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Place {
        QRect box, text;
        QString lines; ///< the summary broken into lines, none of them cut
    };
    [[nodiscard]] std::vector<Place> arranged(int width) const;
    void choose(int layer);

    std::vector<LayerBox> boxes;
    Theme colours = theme(ThemeName::Light);
    int current = -1;
};

} // namespace wirestage
