// SPDX-License-Identifier: GPL-3.0-or-later
// The choices are remembered; nothing is opened or started here.
#include "app/capture/capture_dialog.h"

#include "app/capture/happen_menu.h"
#include "app/window/pane_parts.h"
#include "app/window/translate.h"
#include "core/capture/filter.h"

#include <QApplication>
#include <QBoxLayout>
#include <QCheckBox>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScreen>
#include <QSettings>
#include <QSpinBox>
#include <QStyle>
#include <QTabWidget>
#include <QTableView>

#include <limits>

namespace wirestage {
namespace {

constexpr const char* usualRemote = "ssh user@host dumpcap -q -w - -f \"not port 22\"";

QSpinBox* limit(const QString& none, const QString& suffix, int most) {
    auto* box = new QSpinBox;
    box->setRange(0, most);
    box->setSpecialValueText(none);
    box->setSuffix(suffix);
    box->setGroupSeparatorShown(true);
    return box;
}

} // namespace

CaptureDialog::CaptureDialog(Rights rights, QWidget* parent)
    : QDialog(parent), askRights(std::move(rights)), model(new InterfaceModel(this)), pages(new QTabWidget),
      table(new QTableView), cardWords(plainLabel()), filterVerdict(plainLabel(QStringLiteral("verdict"))),
      remedy(new QLineEdit), filterBox(new QLineEdit), remoteBox(new QLineEdit),
      promiscuous(new QCheckBox(tr("Take &what is meant for others, too (promiscuous mode)"))),
      seconds(limit(tr("any time"), tr(" s"), 7 * 24 * 3600)),
      megabytes(limit(tr("any size"), tr(" MB"), 4000)),
      packets(limit(tr("any number of packets"), tr(" packets"), std::numeric_limits<int>::max())),
      start(nullptr) {
    setWindowTitle(tr("Capture"));
    setObjectName(QStringLiteral("captureDialog"));
    card = rightsCard();
    pages->addTab(localPage(), tr("On this &machine"));
    pages->addTab(remotePage(), tr("On &another machine"));
    // Wrapped words would want as much height as in the narrowest column.
    pages->setMinimumSize(fontMetrics().averageCharWidth() * 50, fontMetrics().height() * 16);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    start = buttons->addButton(tr("&Start"), QDialogButtonBox::AcceptRole);
    start->setDefault(true);
    auto* column = new QVBoxLayout(this);
    column->addWidget(pages, 1);
    column->addWidget(limits());
    auto* last = new QHBoxLayout;
    last->addWidget(happenButton());
    last->addWidget(buttons, 1);
    column->addLayout(last);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        remember();
        accept();
    });
    connect(model, &InterfaceModel::chosenChanged, this, &CaptureDialog::judge);
    connect(filterBox, &QLineEdit::textChanged, this, &CaptureDialog::judge);
    connect(remoteBox, &QLineEdit::textChanged, this, &CaptureDialog::judge);
    connect(pages, &QTabWidget::currentChanged, this, &CaptureDialog::judge);
    restore();
    lookForRights();
    const QSize wanted(fontMetrics().averageCharWidth() * 100, fontMetrics().height() * 30);
    // On a small screen the table gives way: its buttons must be there.
    resize(wanted.boundedTo(screen()->availableSize() - QSize(20, 60)));
}

QWidget* CaptureDialog::localPage() {
    auto* page = new QWidget;
    table->setModel(model);
    table->setItemDelegateForColumn(InterfaceModel::Traffic, new SparklineDelegate(table));
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setShowGrid(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setSectionResizeMode(InterfaceModel::Name, QHeaderView::ResizeToContents);
    table->horizontalHeader()->setSectionResizeMode(InterfaceModel::Addresses, QHeaderView::Stretch);
    table->horizontalHeader()->setSectionResizeMode(InterfaceModel::Traffic, QHeaderView::ResizeToContents);
    table->setAccessibleName(tr("Interfaces to capture on"));
    table->setTabKeyNavigation(false);
    // A double click means: this one, now.
    connect(table, &QTableView::doubleClicked, this, [this](const QModelIndex& at) {
        model->setData(at.siblingAtColumn(InterfaceModel::Name), Qt::Checked, Qt::CheckStateRole);
        if (start->isEnabled())
            start->click();
    });
    filterBox->setPlaceholderText(tr("everything; for example: port 53, or: host 192.168.1.20 and not tcp"));
    filterBox->setClearButtonEnabled(true);
    filterBox->setAccessibleName(tr("Only packets that match"));
    auto* column = new QVBoxLayout(page);
    column->addWidget(card);
    column->addWidget(table, 1);
    auto* form = new QFormLayout;
    form->addRow(tr("Only &packets that match:"), filterBox);
    form->addRow(QString(), filterVerdict);
    form->addRow(QString(), promiscuous);
    column->addLayout(form);
    return page;
}

QWidget* CaptureDialog::remotePage() {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->addWidget(
        plainLabel({}, tr("A command that captures on another machine and writes the capture to its "
                          "standard output. It must not ask for a password: use a key.")));
    remoteBox->setAccessibleName(tr("Command that captures"));
    column->addWidget(remoteBox);
    column->addWidget(plainLabel(QStringLiteral("quiet"),
                                 tr("“not port 22” keeps the connection that carries the capture out of it. "
                                    "Without ssh: tcpdump -w - | wirestage -")));
    column->addStretch(1);
    return page;
}

QWidget* CaptureDialog::rightsCard() {
    auto* made = new QFrame;
    made->setProperty("role", QStringLiteral("card"));
    remedy->setReadOnly(true);
    remedy->setProperty("role", QStringLiteral("mono"));
    remedy->setAccessibleName(tr("The command that gives the right to capture"));
    auto* copy = new QPushButton(tr("&Copy"));
    auto* again = new QPushButton(tr("&Try again"));
    auto* row = new QHBoxLayout;
    row->addWidget(remedy, 1);
    row->addWidget(copy);
    row->addWidget(again);
    auto* column = new QVBoxLayout(made);
    column->addWidget(cardWords);
    column->addLayout(row);
    if (canMakeHappen())
        column->addWidget(
            plainLabel(QStringLiteral("quiet"),
                       tr("Until then, “Make it happen” below captures real exchanges in a private "
                          "network: that needs no right.")));
    connect(copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(remedy->text()); });
    connect(again, &QPushButton::clicked, this, &CaptureDialog::lookForRights);
    return made;
}

/// For those who may not capture, or have nothing to capture.
QWidget* CaptureDialog::happenButton() {
    auto* button = new QPushButton(tr("Make it &happen"));
    button->setToolTip(tr("A real exchange in a network of its own: nobody needs a right for it"));
    button->setObjectName(QStringLiteral("happenButton"));
    button->setProperty("hasMenu", true);
    button->setAutoDefault(false);
    button->setEnabled(canMakeHappen());
    auto* scenarios = new QMenu(button);
    fillHappenMenu(scenarios, [this](const HappenScenario& one) { emit happenWanted(orderFor(one)); });
    button->setMenu(scenarios);
    return button;
}

QWidget* CaptureDialog::limits() {
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(new QLabel(tr("Stop by itself after:")));
    for (QSpinBox* box : {seconds, megabytes, packets})
        line->addWidget(box);
    seconds->setAccessibleName(tr("Seconds after which it stops"));
    megabytes->setAccessibleName(tr("Size at which it stops"));
    packets->setAccessibleName(tr("Number of packets after which it stops"));
    line->addStretch(1);
    return row;
}

CaptureOrder CaptureDialog::order() const {
    CaptureOrder made;
    made.interfaces = model->chosen();
    made.filter = filterBox->text().trimmed();
    made.promiscuous = promiscuous->isChecked();
    if (seconds->value() > 0)
        made.seconds = seconds->value();
    if (megabytes->value() > 0)
        made.megabytes = megabytes->value();
    if (packets->value() > 0)
        made.packets = packets->value();
    if (pages->currentIndex() == 1)
        made.remote = remoteBox->text().trimmed();
    return made;
}

void CaptureDialog::restore() {
    const QSettings settings;
    promiscuous->setChecked(settings.value(QStringLiteral("capture/promiscuous"), true).toBool());
    filterBox->setText(settings.value(QStringLiteral("capture/filter")).toString());
    remoteBox->setText(
        settings.value(QStringLiteral("capture/remote"), QLatin1String(usualRemote)).toString());
    QStringList names = settings.value(QStringLiteral("capture/interfaces")).toStringList();
    model->setChosen(names);
    // The first of the list is the likeliest: up, and no loopback.
    if (model->chosen().isEmpty() && model->rowCount() > 0)
        model->setData(model->index(0, InterfaceModel::Name), Qt::Checked, Qt::CheckStateRole);
    table->selectRow(0);
}

void CaptureDialog::remember() const {
    QSettings settings;
    settings.setValue(QStringLiteral("capture/interfaces"), model->chosen());
    settings.setValue(QStringLiteral("capture/filter"), filterBox->text());
    settings.setValue(QStringLiteral("capture/promiscuous"), promiscuous->isChecked());
    settings.setValue(QStringLiteral("capture/remote"), remoteBox->text());
}

void CaptureDialog::lookForRights() {
    const CaptureRights rights = askRights();
    toolPath = rights.tool ? rights.tool->path : std::string();
    card->setVisible(!rights.tool);
    cardWords->setText(wirestage::tr(rights.why));
    remedy->setText(fromUtf8(rights.remedy));
    judge();
}

/// Whether it can start: somebody may capture, something is chosen, the filter means something.
void CaptureDialog::judge() {
    if (!start)
        return;
    // Names would have to be looked up; the filter refuses them (see PacketFilter).
    const QString expression = filterBox->text().trimmed();
    const auto compiled = PacketFilter::compile(expression.toStdString(), LinkType::Ethernet);
    const auto* wrong = std::get_if<PacketFilter::Error>(&compiled);
    const QString tone = expression.isEmpty() ? QString()
                         : wrong              ? QStringLiteral("problem")
                                              : QStringLiteral("good");
    filterVerdict->setText(wrong ? wirestage::tr(wrong->message) : QString());
    for (QWidget* one : {static_cast<QWidget*>(filterBox), static_cast<QWidget*>(filterVerdict)}) {
        one->setProperty("tone", tone);
        one->style()->unpolish(one);
        one->style()->polish(one);
    }
    const bool here = pages->currentIndex() == 0;
    start->setEnabled(here ? !toolPath.empty() && !model->chosen().isEmpty() && !wrong
                           : wordsOf(remoteBox->text()).has_value());
}

} // namespace wirestage
