// SPDX-License-Identifier: GPL-3.0-or-later
// What is chosen in the table is on the stage at once: one exchange, several, or (Ctrl+A) all.
#include "app/exchanges/exchange_panel.h"

#include "app/exchanges/outcome_icon.h"
#include "app/window/pane_parts.h"
#include "app/window/translate.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QScrollBar>
#include <QStyle>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace wirestage {
namespace {

/// Puts the outcome's shape before its word.
class OutcomeDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    Theme colours = theme(ThemeName::Light);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        QStyleOptionViewItem moved = option;
        initStyleOption(&moved, index);
        const QString words = moved.text;
        moved.text.clear();
        const QWidget* widget = option.widget;
        (widget ? widget->style() : nullptr)->drawControl(QStyle::CE_ItemViewItem, &moved, painter, widget);
        const auto outcome = static_cast<Outcome>(index.data(ExchangeTableModel::OutcomeRole).toInt());
        const bool selected = option.state & QStyle::State_Selected;
        const OutcomeMood mood = moodOf(outcome);
        const QColor plain = mood == OutcomeMood::Good  ? colours.good
                             : mood == OutcomeMood::Bad ? colours.danger
                                                        : colours.quietText;
        const QColor color = selected ? colours.text : plain;
        const int side = option.fontMetrics.ascent();
        const QRectF icon(option.rect.left() + 8, option.rect.center().y() - side / 2.0, side, side);
        paintOutcome(*painter, icon, outcome, color);
        painter->save();
        painter->setPen(color);
        painter->setFont(option.font);
        painter->drawText(option.rect.adjusted(16 + side, 0, -2, 0), Qt::AlignVCenter | Qt::AlignLeft, words);
        painter->restore();
    }
};

/// Hands Ctrl+A to the panel: choosing a million rows one by one is not what is meant.
class ExchangeTableView : public QTableView {
public:
    using QTableView::QTableView;
    std::function<void()> wantAll, resized;

protected:
    void resizeEvent(QResizeEvent* event) override {
        QTableView::resizeEvent(event);
        if (resized) // a scroll bar that comes or goes counts too
            resized();
    }
    void keyPressEvent(QKeyEvent* event) override {
        if (event->matches(QKeySequence::SelectAll) && wantAll)
            return wantAll();
        QTableView::keyPressEvent(event);
    }
};

constexpr int columnWidths[] = {0, 88, 218, 84, 74, 78, 92, 118, 0};
/// What happened is what one looks for: it stands before the numbers, and is never narrower than this.
constexpr int leastSentence = 320;

} // namespace

ExchangePanel::ExchangePanel(QWidget* parent)
    : QWidget(parent), model(new ExchangeTableModel(this)), view(nullptr), searchBox(new QLineEdit),
      filterBox(new QLineEdit), advanced(new QToolButton), all(new QToolButton), count(new QLabel),
      queryVerdict(plainLabel(QStringLiteral("verdict"))),
      filterVerdict(plainLabel(QStringLiteral("verdict"))), advancedRow(new QWidget) {
    setObjectName(QStringLiteral("exchanges"));
    auto* table = new ExchangeTableView;
    table->wantAll = [this] { showAll(); };
    table->resized = [this] { fitColumns(); };
    view = table;
    view->setModel(model);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    view->setShowGrid(false);
    view->setWordWrap(false);
    view->setSortingEnabled(true);
    view->sortByColumn(0, Qt::AscendingOrder);
    view->setFrameShape(QFrame::NoFrame);
    view->setTabKeyNavigation(false);
    view->verticalHeader()->hide();
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view->horizontalHeader()->moveSection(7, 3);
    view->horizontalHeader()->moveSection(8, 4);
    view->horizontalHeader()->setHighlightSections(false);
    view->setItemDelegateForColumn(static_cast<int>(ExchangeColumn::Outcome), new OutcomeDelegate(view));
    view->setAccessibleName(tr("Exchanges"));

    searchBox->setPlaceholderText(tr("Search: words, protocol:dns, outcome:refused, host:10.0.0.1"));
    searchBox->setClearButtonEnabled(true);
    searchBox->setAccessibleName(tr("Search the exchanges"));
    filterBox->setPlaceholderText(tr("Packet filter as in tcpdump: udp port 53 and host 10.0.0.1"));
    filterBox->setClearButtonEnabled(true);
    filterBox->setAccessibleName(tr("Packet filter"));
    advanced->setText(tr("Advance&d"));
    advanced->setCheckable(true);
    advanced->setProperty("role", QStringLiteral("pill"));
    advanced->setFocusPolicy(Qt::StrongFocus);
    advanced->setToolTip(tr("Filter by a packet's contents"));
    all->setText(tr("&Show all"));
    all->setProperty("role", QStringLiteral("pill"));
    all->setFocusPolicy(Qt::StrongFocus);
    all->setCheckable(true);
    all->setToolTip(tr("All exchanges of the table on the stage (Ctrl+A)"));
    count->setProperty("role", QStringLiteral("quiet"));

    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 8, 12, 4);
    row->setSpacing(8);
    row->addWidget(searchBox, 1);
    row->addWidget(count);
    row->addWidget(advanced);
    row->addWidget(all);
    auto* under = new QHBoxLayout(advancedRow);
    under->setContentsMargins(12, 0, 12, 4);
    under->addWidget(filterBox, 1);
    under->addWidget(filterVerdict, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(queryVerdict);
    column->addWidget(advancedRow);
    column->addWidget(view, 1);
    queryVerdict->setContentsMargins(14, 0, 12, 4);
    queryVerdict->hide();
    advancedRow->hide();

    typing.setSingleShot(true);
    typing.setInterval(150);
    choosing.setSingleShot(true);
    choosing.setInterval(0); // one announcement for a selection that changes in several steps
    connect(&typing, &QTimer::timeout, this, &ExchangePanel::queryTyped);
    connect(&choosing, &QTimer::timeout, this, &ExchangePanel::announce);
    connect(searchBox, &QLineEdit::textChanged, this, [this] { typing.start(); });
    connect(searchBox, &QLineEdit::returnPressed, this, [this] {
        typing.stop();
        queryTyped();
        view->setFocus();
    });
    connect(filterBox, &QLineEdit::textChanged, this, &ExchangePanel::filterTyped);
    connect(filterBox, &QLineEdit::returnPressed, this, &ExchangePanel::filterEntered);
    connect(advanced, &QToolButton::clicked, this, &ExchangePanel::openAdvanced);
    connect(all, &QToolButton::clicked, this, &ExchangePanel::showAll);
    connect(view->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        everything = false;
        all->setChecked(false);
        choosing.start();
    });
    connect(view, &QTableView::activated, this, &ExchangePanel::activated);
    connect(model, &QAbstractItemModel::rowsInserted, this, &ExchangePanel::showCount);
    connect(model, &QAbstractItemModel::modelReset, this, [this] {
        showCount();
        keepCurrent();
    });
    connect(model, &ExchangeTableModel::arranged, this, [this] {
        showCount();
        keepCurrent();
        if (everything)
            choosing.start();
    });
    connect(model, &ExchangeTableModel::busyChanged, this, &ExchangePanel::showCount);
}

void ExchangePanel::setSource(std::shared_ptr<const ExchangeSource> source) {
    current = none;
    everything = false;
    all->setChecked(false);
    for (auto* box : {searchBox, filterBox}) {
        const QSignalBlocker quiet(box);
        box->clear();
    }
    queryVerdict->hide();
    filterVerdict->clear();
    model->setSource(std::move(source));
    view->scrollToTop();
}

void ExchangePanel::refresh(bool complete) {
    model->refresh(complete);
    if (complete)
        showCount();
}

void ExchangePanel::setTheme(const Theme& theme) {
    auto* delegate = view->itemDelegateForColumn(static_cast<int>(ExchangeColumn::Outcome));
    static_cast<OutcomeDelegate*>(delegate)->colours = theme;
    const int height = view->fontMetrics().height() + 12;
    view->verticalHeader()->setDefaultSectionSize(height);
    fitColumns();
    view->viewport()->update();
}

void ExchangePanel::fitColumns() {
    const double scale = view->fontMetrics().height() / 16.0;
    const auto scaled = [&](int width) { return static_cast<int>(width * scale); };
    std::array<int, static_cast<std::size_t>(ExchangeColumn::count)> widths{};
    int left = view->viewport()->width();
    for (std::size_t column = 0; column < widths.size(); ++column)
        left -= widths[column] = scaled(columnWidths[column]);
    const QString longest = grouped(static_cast<std::uint64_t>(std::max(model->rowCount(), 100)));
    widths[0] = view->fontMetrics().horizontalAdvance(longest) + scaled(24);
    left -= widths[0];
    // What is left over goes to the names first, then to the sentence.
    const int forNames = std::clamp((left - scaled(leastSentence)) / 2, 0, scaled(130));
    widths[static_cast<std::size_t>(ExchangeColumn::Who)] += forNames;
    widths[static_cast<std::size_t>(ExchangeColumn::Sentence)] =
        std::max(left - forNames, scaled(leastSentence));
    for (std::size_t column = 0; column < widths.size(); ++column)
        view->setColumnWidth(static_cast<int>(column), widths[column]);
}

void ExchangePanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitColumns();
}

int ExchangePanel::wantedHeight() const {
    const int rows = std::min(model->rowCount(), 12);
    const int filter = advancedRow->isHidden() ? 0 : advancedRow->sizeHint().height();
    return searchBox->sizeHint().height() + 16 + filter + view->horizontalHeader()->sizeHint().height() +
           rows * view->verticalHeader()->defaultSectionSize() + 8 +
           (view->horizontalScrollBar()->maximum() > 0 ? view->horizontalScrollBar()->sizeHint().height()
                                                       : 0);
}

void ExchangePanel::setCurrent(ExchangeId id) {
    current = id;
    everything = false;
    all->setChecked(false);
    keepCurrent();
}

/// A new order loses the selection; the exchange on the stage stays marked.
void ExchangePanel::keepCurrent() {
    if (current == none || everything)
        return;
    const int row = model->rowOf(current);
    if (row < 0 || view->selectionModel()->isRowSelected(row))
        return;
    const QSignalBlocker quiet(view->selectionModel());
    view->selectionModel()->setCurrentIndex(model->index(row, 0),
                                            QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    view->viewport()->update();
    if (!view->viewport()->rect().intersects(view->visualRect(model->index(row, 0))))
        view->scrollTo(model->index(row, 0));
}

std::vector<ExchangeId> ExchangePanel::selected() const {
    std::vector<ExchangeId> ids;
    for (const QItemSelectionRange& range : view->selectionModel()->selection())
        for (int row = range.top(); row <= range.bottom(); ++row)
            ids.push_back(model->idAt(row));
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

void ExchangePanel::announce() {
    std::vector<ExchangeId> ids;
    if (everything) {
        if (!model->showsAll()) {
            for (int row = 0; row < model->rowCount(); ++row)
                ids.push_back(model->idAt(row));
            std::sort(ids.begin(), ids.end());
            if (ids.empty())
                return;
        }
    } else {
        ids = selected();
        if (ids.empty())
            return; // what is on the stage stays there
        current = ids.front();
    }
    emit chosen(ids);
}

void ExchangePanel::showAll() {
    {
        const QSignalBlocker quiet(view->selectionModel());
        view->clearSelection();
        view->viewport()->update();
    }
    everything = true;
    all->setChecked(true);
    choosing.start();
}

void ExchangePanel::openAdvanced(bool open) {
    advanced->setChecked(open);
    advancedRow->setVisible(open);
    emit heightChanged();
    if (open)
        return filterBox->setFocus();
    filterBox->clear();
    filterEntered();
}

void ExchangePanel::queryTyped() {
    const ExchangeQuery query = parseQuery(searchBox->text());
    setTextOrHide(queryVerdict, query.problem.isEmpty() ? QString() : QStringLiteral("✕ ") + query.problem);
    queryVerdict->setProperty("tone", QStringLiteral("problem"));
    if (query.problem.isEmpty())
        model->setQuery(query);
}

void ExchangePanel::filterTyped() {
    const QString text = filterBox->text().trimmed();
    const QString problem = text.isEmpty() || !checkFilter ? QString() : checkFilter(text);
    filterVerdict->setText(text.isEmpty()      ? QString()
                           : problem.isEmpty() ? tr("✓ A good filter: press Enter")
                                               : QStringLiteral("✕ ") + problem);
    const QString tone = text.isEmpty()      ? QString()
                         : problem.isEmpty() ? QStringLiteral("good")
                                             : QStringLiteral("problem");
    for (QWidget* one : std::initializer_list<QWidget*>{filterVerdict, filterBox}) {
        one->setProperty("tone", tone);
        one->style()->unpolish(one);
        one->style()->polish(one);
    }
    if (text.isEmpty() && applyFilter)
        applyFilter({});
}

void ExchangePanel::filterEntered() {
    const QString text = filterBox->text().trimmed();
    if (applyFilter && (text.isEmpty() || !checkFilter || checkFilter(text).isEmpty()))
        applyFilter(text);
}

QString ExchangePanel::verdict() const {
    return queryVerdict->isHidden() ? filterVerdict->text() : queryVerdict->text();
}

void ExchangePanel::showCount() {
    const int digits = static_cast<int>(QString::number(model->rowCount()).size());
    if (digits != digitsShown || view->viewport()->width() != widthShown) {
        digitsShown = digits;
        widthShown = view->viewport()->width();
        fitColumns();
    }
    const auto rows = static_cast<std::uint64_t>(model->rowCount());
    QString words =
        wirestage::tr(rows == 1 ? WS_TR("exchanges", "1 exchange")
                                : WS_TR("exchanges", "%1 exchanges").with(grouped(rows).toStdString()));
    if (!model->showsAll())
        words = tr("%1 found").arg(words);
    if (model->busy())
        words += tr(", looking…");
    count->setText(words);
}

} // namespace wirestage
