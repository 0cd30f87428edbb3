// SPDX-License-Identifier: GPL-3.0-or-later
// What is chosen in the table is on the stage at once: one exchange, several, or (Ctrl+A) all.
#include "app/exchanges/exchange_panel.h"

#include "app/exchanges/exchange_table_view.h"
#include "app/window/pane_parts.h"
#include "app/window/translate.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QStyle>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace wirestage {
ExchangePanel::ExchangePanel(QWidget* parent)
    : QWidget(parent), model(new ExchangeTableModel(this)), view(new ExchangeTableView(model)),
      searchBox(new QLineEdit), filterBox(new QLineEdit), advanced(new QToolButton), all(new QToolButton),
      count(new QLabel), queryVerdict(plainLabel(QStringLiteral("verdict"))),
      filterVerdict(plainLabel(QStringLiteral("verdict"))), advancedRow(new QWidget) {
    setObjectName(QStringLiteral("exchanges"));
    nameParts();
    arrangeParts();
    connectBoxes();
    connectTable();
}

void ExchangePanel::nameParts() {
    view->setAccessibleName(tr("Exchanges"));
    searchBox->setPlaceholderText(tr("Search: words, protocol:dns, outcome:refused, host:10.0.0.1"));
    searchBox->setClearButtonEnabled(true);
    searchBox->setAccessibleName(tr("Search the exchanges"));
    filterBox->setPlaceholderText(tr("Packet filter as in tcpdump: udp port 53 and host 10.0.0.1"));
    filterBox->setClearButtonEnabled(true);
    filterBox->setAccessibleName(tr("Packet filter"));
    for (QToolButton* button : {advanced, all}) {
        button->setProperty("role", QStringLiteral("pill"));
        button->setFocusPolicy(Qt::StrongFocus);
        button->setCheckable(true);
    }
    advanced->setText(tr("Advance&d"));
    advanced->setToolTip(tr("Filter by a packet's contents"));
    all->setText(tr("&Show all"));
    all->setObjectName(QStringLiteral("show-all"));
    all->setToolTip(tr("All exchanges of the table on the stage (Ctrl+A)"));
    count->setProperty("role", QStringLiteral("quiet"));
}

void ExchangePanel::arrangeParts() {
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
}

void ExchangePanel::connectBoxes() {
    typing.setSingleShot(true);
    typing.setInterval(150);
    connect(&typing, &QTimer::timeout, this, &ExchangePanel::queryTyped);
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
}

void ExchangePanel::connectTable() {
    choosing.setSingleShot(true);
    choosing.setInterval(0); // one announcement for a selection that changes in several steps
    connect(&choosing, &QTimer::timeout, this, &ExchangePanel::announce);
    view->wantAll = [this] { showAll(); };
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
    view->forget();
    model->setSource(std::move(source));
    view->scrollToTop();
}

void ExchangePanel::refresh(bool complete) {
    model->refresh(complete);
    if (complete)
        showCount();
}

void ExchangePanel::setTheme(const Theme& theme) {
    view->setTheme(theme);
}

int ExchangePanel::wantedHeight() const {
    const int filter = advancedRow->isHidden() ? 0 : advancedRow->sizeHint().height();
    return searchBox->sizeHint().height() + 16 + filter + view->wantedHeight();
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
    setAll();
    choosing.start();
}

void ExchangePanel::setAll() {
    everything = true;
    all->setChecked(true);
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
    view->fitColumns();
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
