// SPDX-License-Identifier: GPL-3.0-or-later
// A list of headings and entries of two lines: what it is, and what one sees in it.
#include "app/window/library_panel.h"

#include "app/window/pane_parts.h"
#include "app/window/recordings.h"
#include "app/window/translate.h"

#include <QDir>
#include <QFileInfo>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QResizeEvent>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace wirestage {
namespace {

enum Role {
    KeyRole = Qt::UserRole,
    AboutRole,
    HeadingRole,
    CaptureRole,
    LessonRole,
    OpenRole,
    SeenRole,
    BrokenRole,
    ThumbnailRole
};

constexpr int thumbnailWidth = 38, thumbnailHeight = 30, dot = 9;

/// Lifelines and arrows of a lesson in small.
void paintThumbnail(QPainter& painter, const QRect& box, const Thumbnail& drawn, const Theme& colours) {
    painter.setPen(QPen(colours.border, 1));
    painter.setBrush(colours.ground);
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    if (drawn.lanes < 1)
        return;
    const auto x = [&](int lane) {
        return drawn.lanes == 1
                   ? box.center().x()
                   : box.left() + 6 + (box.width() - 12) * lane / static_cast<double>(drawn.lanes - 1);
    };
    painter.setPen(QPen(colours.lifeline, 1));
    for (int lane = 0; lane < drawn.lanes; ++lane)
        painter.drawLine(QPointF(x(lane), box.top() + 4), QPointF(x(lane), box.bottom() - 3));
    double y = box.top() + 6;
    const double step = (box.height() - 10) / std::max<double>(5, static_cast<double>(drawn.strokes.size()));
    for (const Thumbnail::Stroke& stroke : drawn.strokes) {
        const double from = x(stroke.from),
                     to = stroke.lost ? (x(stroke.from) + x(stroke.to)) / 2 : x(stroke.to);
        painter.setPen(QPen(stroke.lost ? colours.danger : colours.accent, 1.4));
        painter.drawLine(QPointF(from, y), QPointF(to, y + 1.5));
        y += step;
    }
}

/// Two lines an entry, one a heading; words that are too long go on in a third, none is cut.
class EntryDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    Theme colours = theme(ThemeName::Light);

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override {
        const auto* view = qobject_cast<const QListView*>(option.widget);
        const int width = view ? view->viewport()->width() : 220;
        if (index.data(HeadingRole).toBool())
            return {width, option.fontMetrics.height() + 18};
        return {width, layOut(option, index, width).height + 10};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const QRect rect = option.rect;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (index.data(HeadingRole).toBool()) {
            painter->setFont(smallBold(option));
            painter->setPen(colours.quietText);
            painter->drawText(rect.adjusted(16, 8, -8, -2), Qt::AlignLeft | Qt::AlignVCenter,
                              index.data().toString());
            painter->restore();
            return;
        }
        const bool open = index.data(OpenRole).toBool();
        const bool selected = option.state & QStyle::State_Selected;
        if (open || selected || option.state & QStyle::State_MouseOver) {
            painter->setPen(selected && option.state & QStyle::State_HasFocus ? QPen(colours.accent, 2)
                                                                              : QPen(Qt::NoPen));
            painter->setBrush(open ? colours.accentSoft : colours.ground);
            painter->drawRoundedRect(QRectF(rect).adjusted(7, 1, -7, -1), 5, 5);
        }
        const Lines lines = layOut(option, index, rect.width());
        QFont font = option.font;
        font.setWeight(open ? QFont::DemiBold : QFont::Normal);
        painter->setFont(font);
        painter->setPen(open ? colours.accent : colours.text);
        drawWrapped(*painter, lines.title.translated(rect.topLeft()), index.data().toString());
        painter->setFont(small(option));
        painter->setPen(colours.quietText);
        if (index.data(BrokenRole).toBool())
            painter->setPen(colours.danger);
        drawWrapped(*painter, lines.about.translated(rect.topLeft()), index.data(AboutRole).toString());
        paintLesson(*painter, rect, index);
        painter->restore();
    }

private:
    /// The diagram in small before the words, and behind them how much of it has been seen.
    void paintLesson(QPainter& painter, const QRect& rect, const QModelIndex& index) const {
        if (!index.data(LessonRole).toBool())
            return;
        const auto drawn = index.data(ThumbnailRole).value<std::shared_ptr<const Thumbnail>>();
        paintThumbnail(painter, {rect.left() + 14, rect.top() + 6, thumbnailWidth, thumbnailHeight},
                       drawn ? *drawn : Thumbnail{}, colours);
        const int seen = index.data(SeenRole).toInt();
        if (seen <= 0)
            return;
        const QRectF circle(rect.right() - 14 - dot, rect.top() + 9, dot, dot);
        painter.setPen(QPen(colours.good, 1.4));
        painter.setBrush(seen >= 100 ? QBrush(colours.good) : QBrush(Qt::NoBrush));
        painter.drawEllipse(circle);
        if (seen < 100) { // a slice of the circle, from the top
            painter.setBrush(colours.good);
            painter.drawPie(circle, 90 * 16, -seen * 360 * 16 / 100);
        }
    }

    struct Lines {
        QRect title, about;
        int height = 0;
    };

    static QFont small(const QStyleOptionViewItem& option) {
        QFont font = option.font;
        font.setPointSizeF(font.pointSizeF() * 0.87);
        return font;
    }
    static QFont smallBold(const QStyleOptionViewItem& option) {
        QFont font = small(option);
        font.setBold(true);
        return font;
    }

    [[nodiscard]] static Lines layOut(const QStyleOptionViewItem& option, const QModelIndex& index,
                                      int width) {
        Lines lines;
        const bool isLesson = index.data(LessonRole).toBool();
        const int left = isLesson ? 14 + thumbnailWidth + 10 : 16;
        const int room = width - left - 12 - (isLesson ? dot + 8 : 0);
        QFont weight = option.font;
        weight.setWeight(index.data(OpenRole).toBool() ? QFont::DemiBold : QFont::Normal);
        const int first = wrappedHeight(weight, index.data().toString(), room);
        const int second = wrappedHeight(small(option), index.data(AboutRole).toString(), room);
        lines.title = QRect(left, 5, room, first);
        lines.about = QRect(left, 5 + first, room, second);
        lines.height = std::max(first + second, isLesson ? thumbnailHeight + 2 : 0);
        return lines;
    }
};

QStandardItem* heading(const QString& words) {
    auto* item = new QStandardItem(words);
    item->setData(true, HeadingRole);
    item->setFlags(Qt::NoItemFlags);
    return item;
}

QString here(const char* words) {
    return wirestage::tr(Text{"recordings", words, {}, {}});
}

} // namespace

QString LibraryPanel::chapterTitle(unsigned chapter) {
    switch (chapter) {
    case 0: return tr("WHAT A PROTOCOL IS");
    case 1: return tr("FILE PROTOCOLS");
    case 2: return tr("REMOTE ACCESS");
    case 3: return tr("EMAIL");
    case 4: return tr("WEB");
    case 5: return tr("NETWORK PROTOCOL TYPES");
    case 6: return tr("NETWORK SERVICES");
    default: return tr("OTHER LESSONS");
    }
}

LibraryPanel::LibraryPanel(QWidget* parent)
    : QWidget(parent), box(new QLineEdit), view(new QListView), model(new QStandardItemModel(this)) {
    setObjectName(QStringLiteral("library"));
    box->setPlaceholderText(tr("Search lessons and captures"));
    box->setClearButtonEnabled(true);
    box->setAccessibleName(tr("Search the library"));
    view->setModel(model);
    view->setItemDelegate(new EntryDelegate(view));
    view->setFrameShape(QFrame::NoFrame);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setResizeMode(QListView::Adjust);
    view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setMouseTracking(true);
    view->setAccessibleName(tr("Library: lessons, recordings and recent captures"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 12, 0, 0);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(12, 0, 12, 0);
    top->addWidget(box);
    column->addLayout(top);
    column->addWidget(view, 1);
    connect(box, &QLineEdit::textChanged, this, &LibraryPanel::filter);
    connect(box, &QLineEdit::returnPressed, this, [this] {
        for (int row = 0; row < model->rowCount(); ++row)
            if (!view->isRowHidden(row) && !model->item(row)->data(HeadingRole).toBool())
                return choose(model->index(row, 0));
    });
    connect(view, &QListView::clicked, this, &LibraryPanel::choose);
    connect(view, &QListView::activated, this, &LibraryPanel::choose);
    fill();
}

void LibraryPanel::setTheme(const Theme& theme) {
    static_cast<EntryDelegate*>(view->itemDelegate())->colours = theme;
    view->viewport()->update();
}

void LibraryPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        view->doItemsLayout(); // entries are as high as their words need at this width
    if (!current.isEmpty() && view->currentIndex().isValid())
        view->scrollTo(view->currentIndex());
}

void LibraryPanel::setLessons(const QList<ShelfEntry>& entries) {
    lessons = entries;
    fill();
}

void LibraryPanel::setRecent(const QStringList& paths) {
    if (paths == recent)
        return;
    recent = paths;
    fill();
}

void LibraryPanel::setCurrent(const QString& key) {
    current = key;
    for (int row = 0; row < model->rowCount(); ++row) {
        const bool open = !key.isEmpty() && model->item(row)->data(KeyRole).toString() == key;
        model->item(row)->setData(open, OpenRole);
        if (open)
            view->setCurrentIndex(model->index(row, 0));
    }
    view->doItemsLayout(); // the one that is open is bold and may need a line more
    if (!key.isEmpty() && view->currentIndex().isValid())
        view->scrollTo(view->currentIndex());
}

void LibraryPanel::fillLessons() {
    QString chapter;
    for (const ShelfEntry& one : lessons) {
        if (const QString its = one.own ? tr("MY LESSONS") : chapterTitle(one.chapter); its != chapter) {
            chapter = its;
            model->appendRow(heading(chapter));
        }
        auto* item = new QStandardItem(one.title);
        item->setData(one.key, KeyRole);
        item->setData(true, LessonRole);
        item->setData(one.about, AboutRole);
        item->setData(one.seen, SeenRole);
        item->setData(one.broken, BrokenRole);
        item->setData(QVariant::fromValue(one.thumbnail), ThumbnailRole);
        QString spoken = one.title + QStringLiteral(", ") + one.about;
        if (one.seen >= 100)
            spoken += QStringLiteral(", ") + tr("seen to the end");
        else if (one.seen > 0)
            spoken += QStringLiteral(", ") + tr("%1 % seen").arg(one.seen);
        item->setData(spoken, Qt::AccessibleTextRole);
        model->appendRow(item);
    }
}

void LibraryPanel::fill() {
    model->clear();
    fillLessons();
    QString chapter;
    for (const Recording& one : recordings()) {
        if (const QString its = here(one.chapter); its != chapter) {
            chapter = its;
            model->appendRow(heading(chapter));
        }
        auto* item = new QStandardItem(here(one.title));
        item->setData(QString::fromLatin1(one.file), KeyRole);
        item->setData(here(one.about), AboutRole);
        item->setData(item->text() + QStringLiteral(", ") + here(one.about), Qt::AccessibleTextRole);
        model->appendRow(item);
    }
    if (!recent.isEmpty())
        model->appendRow(heading(tr("RECENT CAPTURES")));
    for (const QString& path : recent) {
        const QFileInfo file(path);
        auto* item = new QStandardItem(file.fileName());
        item->setData(path, KeyRole);
        item->setData(true, CaptureRole);
        item->setData(QDir::toNativeSeparators(file.path()).replace(QDir::homePath(), QStringLiteral("~")),
                      AboutRole);
        model->appendRow(item);
    }
    setCurrent(current);
    filter(box->text());
}

void LibraryPanel::filter(const QString& words) {
    int lastHeading = -1;
    bool any = false;
    const auto close = [&] {
        if (lastHeading >= 0)
            view->setRowHidden(lastHeading, !any);
    };
    for (int row = 0; row < model->rowCount(); ++row) {
        const QStandardItem* item = model->item(row);
        if (item->data(HeadingRole).toBool()) {
            close();
            lastHeading = row;
            any = false;
            continue;
        }
        const QString text = item->text() + QLatin1Char(' ') + item->data(AboutRole).toString();
        bool found = true;
        for (const QString& word : words.split(QLatin1Char(' '), Qt::SkipEmptyParts))
            found = found && text.contains(word, Qt::CaseInsensitive);
        view->setRowHidden(row, !found);
        any = any || found;
    }
    close();
}

void LibraryPanel::choose(const QModelIndex& index) {
    if (!index.isValid() || index.data(HeadingRole).toBool())
        return;
    const QString key = index.data(KeyRole).toString();
    if (index.data(LessonRole).toBool())
        emit lessonChosen(key);
    else if (index.data(CaptureRole).toBool())
        emit captureChosen(key);
    else
        emit recordingChosen(key);
}

} // namespace wirestage
