// SPDX-License-Identifier: GPL-3.0-or-later
// Names hidden and shown again by a key, and a capture saved without them.
#include "tests/app/window/open_window.h"

#include "app/exchanges/exchange_panel.h"
#include "app/exchanges/transcript.h"
#include "app/export/export.h"
#include "app/window/message_bar.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QAction>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>
#include <QTreeView>

namespace wirestage {
namespace {

void addModel(const QAbstractItemModel* model, QString& words, const QModelIndex& under = {}) {
    for (int row = 0; model && row < model->rowCount(under); ++row)
        for (int column = 0; column < model->columnCount(under); ++column) {
            const QModelIndex index = model->index(row, column, under);
            for (const int role :
                 {Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole, Qt::StatusTipRole})
                words += index.data(role).toString() + QLatin1Char('\n');
            if (column == 0)
                addModel(model, words, index);
        }
}

/// What can be read or heard anywhere in the window.
QString everyWord(const MainWindow& window) {
    QString words = window.windowTitle() + QLatin1Char('\n');
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        words += widget->toolTip() + QLatin1Char('\n') + widget->accessibleName() + QLatin1Char('\n') +
                 widget->accessibleDescription() + QLatin1Char('\n');
        if (const auto* label = qobject_cast<const QLabel*>(widget))
            words += label->text() + QLatin1Char('\n');
    }
    addModel(window.exchanges()->tableView()->model(), words);
    for (const QTreeView* tree : window.inspector()->findChildren<QTreeView*>())
        addModel(tree->model(), words);
    const auto source = window.stage()->source();
    for (diagram::Row row = 0; source && row < source->size(); ++row) {
        const Message message = source->message(row);
        words += QString::fromStdString(english(message.label) + "\n" + english(message.summary) + "\n");
    }
    if (source)
        for (const Participant& one : source->participants()) {
            words += QString::fromStdString(one.name) + QLatin1Char('\n');
            for (const std::string& address : one.addresses)
                words += QString::fromStdString(address) + QLatin1Char('\n');
        }
    return words;
}

struct PrivacyWindow : Window {
    void SetUp() override {
        Window::SetUp();
        open(QStringLiteral("ftp-pasv"));
        ASSERT_TRUE(QTest::qWaitFor([&] { return !window.busy(); }, 10'000));
        ASSERT_TRUE(QTest::qWaitFor( // what was open before may still be on the stage
            [&] {
                const auto source = window.stage()->source();
                for (diagram::Row row = 0; source && row < source->size(); ++row)
                    if (kind(source->facts(row).kind).protocol == ProtocolId::ftp)
                        return true;
                return false;
            },
            10'000));
        ASSERT_TRUE(shown());
    }
    bool shown() {
        const bool is = QTest::qWaitFor(
            [&] { return window.stage()->rowCount() > 0 && window.inspector()->inspected(); }, 10'000);
        QTest::qWait(50);
        return is;
    }
    /// Names and addresses of those on the stage.
    QStringList secrets() {
        QStringList all;
        const auto source = window.stage()->source();
        for (const Participant& one : source->participants()) {
            all << QString::fromStdString(one.name);
            for (const std::string& address : one.addresses)
                if (address.find("port") == std::string::npos)
                    all << QString::fromStdString(address);
        }
        all.removeDuplicates();
        return all;
    }
};

TEST_F(PrivacyWindow, AKeyHidesEveryNameAndShowsThemAgain) {
    const QStringList names = secrets();
    ASSERT_GE(names.size(), 2);
    const QString before = everyWord(window);
    for (const QString& name : names)
        EXPECT_TRUE(before.contains(name)) << name.toStdString();
    window.stage()->jumpTo(3);
    press(Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_TRUE(window.namesHidden());
    EXPECT_EQ(window.stage()->rowCount(), 0u) << "nothing made before stays on the screen";
    ASSERT_TRUE(shown());
    EXPECT_EQ(window.stage()->current(), 3u) << "the same message";
    EXPECT_EQ(window.stage()->note(), QStringLiteral("names hidden"));
    const QString hidden = everyWord(window);
    for (const QString& name : names)
        EXPECT_FALSE(hidden.contains(name)) << name.toStdString();
    const QStringList standIns = secrets();
    EXPECT_TRUE(hidden.contains(QStringLiteral("client-1")));
    EXPECT_TRUE(hidden.contains(QStringLiteral("server-1")));
    EXPECT_TRUE(window.actionNamed(QStringLiteral("hide-names"))->isChecked());

    press(Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_FALSE(window.namesHidden());
    ASSERT_TRUE(shown());
    EXPECT_TRUE(window.stage()->note().isEmpty());
    EXPECT_TRUE(everyWord(window).contains(names.first()));
    EXPECT_EQ(window.stage()->current(), 3u);

    press(Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_TRUE(shown());
    EXPECT_EQ(secrets(), standIns) << "everybody has the same stand-in again";
}

TEST_F(PrivacyWindow, FilesOpenedBeforeAreHiddenToo) {
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("at-annas-desk.pcapng"));
    ASSERT_TRUE(QFile::copy(QStringLiteral(":/recordings/arp-failure.pcapng"), path));
    window.openFile(path);
    const auto everyList = [&] {
        QString words = everyWord(window);
        for (const QAbstractItemView* list : window.findChildren<QAbstractItemView*>())
            addModel(list->model(), words);
        for (const QAction* entry : window.findChildren<QAction*>())
            words += entry->text() + QLatin1Char('\n') + entry->toolTip() + QLatin1Char('\n');
        return words;
    };
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return everyList().contains(QStringLiteral("at-annas-desk")); }, 10'000));
    ASSERT_TRUE(shown());
    window.setNamesHidden(true);
    EXPECT_FALSE(everyList().contains(QStringLiteral("at-annas-desk")));
    window.setNamesHidden(false);
    EXPECT_TRUE(everyList().contains(QStringLiteral("at-annas-desk")));
}

TEST_F(PrivacyWindow, WhatIsOnTheStageStaysMarked) {
    auto* all = window.exchanges()->findChild<QToolButton*>(QStringLiteral("show-all"));
    ASSERT_TRUE(all);
    all->click();
    const auto saysSo = [&] { return everyWord(window).contains(QStringLiteral("all exchanges")); };
    ASSERT_TRUE(QTest::qWaitFor(saysSo, 10'000));
    window.setNamesHidden(true);
    ASSERT_TRUE(shown());
    EXPECT_TRUE(all->isChecked()) << "all exchanges are on the stage still";
}

TEST_F(PrivacyWindow, ExportsHoldNoName) {
    const QStringList names = secrets();
    window.setNamesHidden(true);
    ASSERT_TRUE(shown());
    const QTemporaryDir folder;
    for (const QString& ending : exportFormats()) {
        if (ending == QLatin1String("png") || ending == QLatin1String("pdf"))
            continue; // pictures of the same scene
        ExportRequest request;
        request.source = window.stage()->source();
        const QString path = folder.filePath(QStringLiteral("x.") + ending);
        ASSERT_FALSE(exportTo(path, request)) << ending.toStdString();
        QFile file(path);
        ASSERT_TRUE(file.open(QIODevice::ReadOnly));
        const QString words = QString::fromUtf8(file.readAll());
        for (const QString& name : names)
            EXPECT_FALSE(words.contains(name)) << ending.toStdString() << " " << name.toStdString();
        EXPECT_TRUE(words.contains(QStringLiteral("client-1"))) << ending.toStdString();
    }
}

TEST_F(PrivacyWindow, AFileIsSavedWithoutThem) {
    const QStringList names = secrets();
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("saved.pcapng"));
    window.saveWithoutNames(path);
    ASSERT_TRUE(QTest::qWaitFor([&] { return QFile::exists(path); }, 10'000));
    ASSERT_TRUE(QTest::qWaitFor([&] { return window.messages()->isVisible(); }, 10'000));
    EXPECT_FALSE(window.namesHidden()) << "what is shown is another question";
    const auto rows = window.stage()->rowCount();
    window.openFile(path);
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return window.windowTitle().contains(QStringLiteral("saved")); }, 10'000));
    ASSERT_TRUE(shown());
    EXPECT_EQ(window.stage()->rowCount(), rows);
    const QString words = everyWord(window);
    for (const QString& name : names)
        EXPECT_FALSE(words.contains(name)) << name.toStdString();
}

TEST_F(PrivacyWindow, ALessonHasNobodyToHide) {
    window.setNamesHidden(true);
    ASSERT_TRUE(shown());
    ASSERT_TRUE(window.openLesson(QStringLiteral("dhcp-dora")));
    ASSERT_TRUE(shown());
    EXPECT_FALSE(window.namesHidden());
    EXPECT_FALSE(window.actionNamed(QStringLiteral("hide-names"))->isEnabled());
    EXPECT_FALSE(window.actionNamed(QStringLiteral("save-without-names"))->isEnabled());
    EXPECT_TRUE(window.stage()->note().isEmpty());
    window.openRecording(QStringLiteral("dhcp-nak"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return window.namesHidden(); }, 10'000))
        << "hidden until one says otherwise";
    ASSERT_TRUE(shown());
    EXPECT_EQ(window.stage()->note(), QStringLiteral("names hidden"));
}

TEST_F(PrivacyWindow, PresentingAFileHidesNothingByItself) {
    window.setPresenting(true);
    EXPECT_FALSE(window.namesHidden());
    window.setPresenting(false);
}

} // namespace
} // namespace wirestage
