// SPDX-License-Identifier: GPL-3.0-or-later
// Sheets (one for a PNG, as many as it takes for a PDF) with title, heads, rows and what was left out.
#include "app/export/picture.h"

#include "app/stage/scene_painter.h"
#include "app/window/translate.h"
#include "core/diagram/excerpt.h"
#include "core/diagram/layout.h"

#include <QImage>
#include <QPainter>
#include <QPdfWriter>

#include <cmath>

namespace wirestage {

namespace {

constexpr double pictureWidth = 1200, margin = 24, noteHeight = 40, titleLine = 26;
constexpr int mostPixels = 32000; ///< QPainter's raster engine reaches no further
/// Readers refuse pictures that take more than 128 MiB.
constexpr double mostArea = 30e6;

class Sheets {
public:
    Sheets(const ExportRequest& request, const Theme& with, double mostHeight)
        : made(diagram::excerpt(request.source,
                                {request.first, request.last, request.most, request.trueTime, mostHeight})),
          colours(with), metrics(type), painter(with, type), layout(made.sequence, metrics, options()) {
        painter.setCaching(false);
        title = diagram::wrapAtMost(metrics, diagram::Font::Label, wirestage::tr(request.title).toStdString(),
                                    layout.width() - 2 * margin, 3);
        if (made.leftOut)
            note = wirestage::tr(*made.leftOut);
    }

    [[nodiscard]] double width() const { return layout.width(); }
    [[nodiscard]] double titleHeight() const {
        return title.empty() ? 0 : 30 + titleLine * static_cast<double>(title.size());
    }
    [[nodiscard]] double noteRoom() const { return note.isEmpty() ? 0 : noteHeight; }
    [[nodiscard]] double height() const {
        return titleHeight() + layout.headHeight() + layout.height() + noteRoom();
    }
    [[nodiscard]] const diagram::Layout& laidOut() const { return layout; }

    /// Heads at `y`, below them the rows from `from` to `to`.
    void paint(QPainter& p, double y, double from, double to) {
        const diagram::Scene scene = layout.scene({0, from, layout.width(), to - from});
        p.save();
        p.translate(0, y);
        p.fillRect(QRectF(0, 0, layout.width(), layout.headHeight()), colours.surface);
        painter.heads(p, scene);
        p.translate(0, layout.headHeight());
        p.setClipRect(QRectF(0, 0, layout.width(), to - from));
        p.translate(0, -from);
        painter.body(p, scene, {}, QRectF(0, from, layout.width(), to - from));
        p.restore();
    }

    void paintTitle(QPainter& p) const {
        p.setFont(stageFonts(type)[static_cast<std::size_t>(diagram::Font::Label)]);
        p.setPen(colours.text);
        for (std::size_t n = 0; n < title.size(); ++n)
            p.drawText(QPointF(margin, 34 + titleLine * static_cast<double>(n)),
                       QString::fromStdString(title[n]));
    }

    void paintNote(QPainter& p, double y) const {
        p.setFont(stageFonts(type)[static_cast<std::size_t>(diagram::Font::Summary)]);
        p.setPen(colours.quietText);
        p.drawText(QPointF(margin, y + 24), note);
    }

private:
    [[nodiscard]] diagram::LayoutOptions options() const {
        diagram::LayoutOptions wanted;
        wanted.type = type;
        wanted.width = pictureWidth;
        wanted.words = [](const Text& text) { return wirestage::tr(text).toStdString(); };
        return wanted;
    }

    diagram::TypeSizes type;
    diagram::Excerpt made;
    Theme colours;
    QtMetrics metrics;
    ScenePainter painter;
    diagram::Layout layout;
    std::vector<std::string> title;
    QString note;
};

} // namespace

bool writePng(QIODevice& file, const ExportRequest& request) {
    // About as wide as the lifelines will stand; each takes 250 units or more.
    const double lanes = static_cast<double>(request.source->participants().size());
    const double width = std::max(pictureWidth, 270 * lanes + 200);
    Sheets sheets(request, theme(ThemeName::Light), std::min<double>(mostPixels, mostArea / width) - 600);
    const double larger = std::max(sheets.height(), sheets.width()) * 2;
    const double scale = larger <= mostPixels && sheets.height() * sheets.width() * 4 <= mostArea ? 2 : 1;
    QImage image(static_cast<int>(std::ceil(std::min<double>(sheets.width() * scale, mostPixels))),
                 static_cast<int>(std::ceil(std::min<double>(sheets.height() * scale, mostPixels))),
                 QImage::Format_RGB32);
    if (image.isNull())
        return false;
    image.fill(theme(ThemeName::Light).ground);
    QPainter p(&image);
    p.setRenderHint(QPainter::TextAntialiasing);
    p.scale(scale, scale);
    p.fillRect(QRectF(0, 0, sheets.width(), sheets.titleHeight()), theme(ThemeName::Light).surface);
    sheets.paintTitle(p);
    sheets.paint(p, sheets.titleHeight(), 0, sheets.laidOut().height());
    sheets.paintNote(p, sheets.height() - sheets.noteRoom());
    p.end();
    return image.save(&file, "PNG");
}

bool writePdf(QIODevice& file, const ExportRequest& request) {
    Theme paper = theme(ThemeName::Light);
    paper.ground = paper.surface;
    Sheets sheets(request, paper, 0);
    QPdfWriter writer(&file);
    writer.setResolution(96);
    writer.setPageSize(QPageSize(QPageSize::A4));
    // Few lifelines fit across an upright page, which has room for more rows.
    writer.setPageOrientation(sheets.laidOut().lanes() <= 4 ? QPageLayout::Portrait : QPageLayout::Landscape);
    writer.setPageMargins(QMarginsF(10, 10, 10, 10), QPageLayout::Millimeter);
    writer.setTitle(wirestage::tr(request.title));
    writer.setCreator(QStringLiteral("Wirestage"));
    QPainter p;
    if (!p.begin(&writer))
        return false;
    const double scale = writer.width() / sheets.width();
    p.scale(scale, scale);
    const double page = writer.height() / scale;
    const diagram::Layout& layout = sheets.laidOut();
    double from = 0, y = sheets.titleHeight();
    sheets.paintTitle(p);
    while (from < layout.height()) {
        const double room = std::max(120.0, page - y - layout.headHeight());
        double to = layout.height();
        // A page ends above the row that would not fit whole; a row higher than a page is divided all the
        // same.
        if (to - from + sheets.noteRoom() > room) {
            const auto row = layout.rowAt(from + room);
            const double above = row ? layout.rowOf(*row).y : from + room;
            to = above > from + 60 ? std::min(above, layout.height()) : from + room;
        }
        sheets.paint(p, y, from, to);
        from = to;
        if (from < layout.height()) {
            writer.newPage();
            y = 0;
        } else {
            sheets.paintNote(p, y + layout.headHeight() + room - sheets.noteRoom());
        }
    }
    return p.end();
}

} // namespace wirestage
