// SPDX-License-Identifier: GPL-3.0-or-later
// The window around the stage, in each theme, at several sizes and zooms: the words of every label, button
// and tab have room, no two parts have the same key, and all text reaches 7:1 on what panes are made of.
#include "app/exchanges/exchange_panel.h"
#include "app/inspector/inspector.h"
#include "app/window/main_window.h"
#include "app/window/recordings.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QTabBar>
#include <QTest>

#include <gtest/gtest.h>

#include <map>
#include <utility>

namespace wirestage {
namespace {

std::string where(const QWidget& widget, const QString& words) {
    return std::string(widget.metaObject()->className()) + " " + widget.objectName().toStdString() + " “" +
           words.left(60).toStdString() + "” " + std::to_string(widget.width()) + "×" +
           std::to_string(widget.height());
}

/// A colour with some of the paper showing through.
QColor on(const QColor& ink, const QColor& paper) {
    const auto part = [&](int a, int b) { return b + (a - b) * ink.alpha() / 255; };
    return {part(ink.red(), paper.red()), part(ink.green(), paper.green()), part(ink.blue(), paper.blue())};
}

void checkInk(const QWidget& widget, const QColor& ink, const Theme& theme, const QString& words) {
    if (!widget.isEnabled())
        return; // WCAG leaves out what cannot be used
    for (const QColor& paper : {theme.surface, theme.ground})
        EXPECT_GE(contrast(on(ink, paper), paper), 7)
            << where(widget, words) << " " << ink.name().toStdString();
}

void checkLabel(const QLabel& label, const Theme& theme) {
    if (label.text().isEmpty())
        return;
    checkInk(label, label.palette().color(label.foregroundRole()), theme, label.text());
    if (!label.toolTip().isEmpty())
        return; // shortens its words itself, and shows them whole in its tool tip
    if (label.wordWrap())
        EXPECT_LE(label.heightForWidth(label.width()), label.height()) << where(label, label.text());
    else
        EXPECT_LE(label.sizeHint().width(), label.width()) << where(label, label.text());
}

void checkButton(const QAbstractButton& button, const Theme& theme) {
    if (button.text().isEmpty())
        return;
    checkInk(button, button.palette().color(QPalette::ButtonText), theme, button.text());
    EXPECT_LE(button.fontMetrics().size(Qt::TextShowMnemonic, button.text()).width(), button.width() - 4)
        << where(button, button.text());
    EXPECT_LE(button.fontMetrics().height(), button.height()) << where(button, button.text());
}

void checkTabs(const QTabBar& tabs) {
    int width = 0;
    for (int i = 0; i < tabs.count(); ++i) {
        EXPECT_LE(tabs.fontMetrics().size(Qt::TextShowMnemonic, tabs.tabText(i)).width(),
                  tabs.tabRect(i).width())
            << where(tabs, tabs.tabText(i));
        width += tabs.tabRect(i).width();
    }
    EXPECT_LE(width, tabs.width()) << where(tabs, QString());
}

void checkAll(const MainWindow& window) {
    const Theme& look = theme(window.themeName());
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        if (!widget->isVisible())
            continue;
        if (widget->hasHeightForWidth() && !widget->layout()) { // paints its own lines: key fields, boxes
            EXPECT_LE(widget->heightForWidth(widget->width()), widget->height())
                << where(*widget, widget->accessibleName());
        }
        if (const auto* label = qobject_cast<const QLabel*>(widget))
            checkLabel(*label, look);
        else if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
            checkButton(*button, look);
        else if (const auto* tabs = qobject_cast<const QTabBar*>(widget))
            checkTabs(*tabs);
        else if (const auto* line = qobject_cast<const QLineEdit*>(widget))
            checkInk(*line, line->palette().color(QPalette::PlaceholderText), look, line->placeholderText());
        else if (const auto* box = qobject_cast<const QComboBox*>(widget)) {
            EXPECT_LE(box->minimumSizeHint().width(), box->width()) << where(*box, box->currentText());
        }
    }
}

struct Look {
    ThemeName theme;
    int width, height;
    double zoom;
};

struct WindowCheck : testing::TestWithParam<Look> {
    MainWindow window;

    void SetUp() override {
        QSettings().clear();
        window.setWindowState(Qt::WindowNoState);
        window.setThemeName(GetParam().theme);
        window.setZoom(GetParam().zoom);
        window.resize(GetParam().width, GetParam().height);
        window.show();
    }
    void open(const char* recording) {
        // What was open before stays on the stage until this one is read.
        const auto before = window.stage()->source();
        window.openRecording(QString::fromLatin1(recording));
        ASSERT_TRUE(
            QTest::qWaitFor([&] { return window.stage()->source() != before && inspects(); }, 10'000));
    }
    /// The inspector, which works in a thread of its own, has come to the stage's message.
    [[nodiscard]] bool inspects() const {
        const auto& shown = window.inspector()->inspected();
        return window.stage()->rowCount() > 0 && shown && shown->position == window.stage()->current() + 1;
    }
    /// Where the widgets are and what they say. A layout comes to rest in several rounds of the event loop.
    [[nodiscard]] QStringList geometry() const {
        QStringList all;
        for (const QWidget* widget : window.findChildren<QWidget*>()) {
            if (!widget->isVisible())
                continue;
            const QRect at = widget->geometry();
            const auto* label = qobject_cast<const QLabel*>(widget);
            all << QStringLiteral("%1 %2 %3 %4 ").arg(at.x()).arg(at.y()).arg(at.width()).arg(at.height()) +
                       (label ? label->text() : QString());
        }
        return all;
    }
    void settle() {
        constexpr int roundsAtRest = 4;
        QStringList before;
        int atRest = 0;
        ASSERT_TRUE(QTest::qWaitFor(
            [&] {
                QStringList now = geometry();
                atRest = inspects() && now == before ? atRest + 1 : 0;
                before = std::move(now);
                return atRest == roundsAtRest;
            },
            10'000));
    }
};

TEST_P(WindowCheck, GivesAllWordsRoomAndContrast) {
    for (const char* recording : {"dhcp-dora-renew-release", "tcp-rto", "dns-types-tcp-axfr", "ftp-active"}) {
        ASSERT_NO_FATAL_FAILURE(open(recording));
        for (const auto tab : {Inspector::Explain, Inspector::Packet, Inspector::Bytes}) {
            window.inspector()->setTab(tab);
            for (int step = 0; step < 3; ++step) {
                window.stage()->next();
                ASSERT_NO_FATAL_FAILURE(settle());
                SCOPED_TRACE(std::string(recording) + ", pane " + std::to_string(tab) + ", step " +
                             std::to_string(step));
                checkAll(window);
                if (HasFailure())
                    return;
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    Looks, WindowCheck,
    testing::Values(Look{ThemeName::Light, 1920, 1080, 1}, Look{ThemeName::Dark, 1920, 1080, 1},
                    Look{ThemeName::Projector, 1920, 1080, 1}, Look{ThemeName::Light, 1920, 1080, 1.5},
                    Look{ThemeName::Light, 1300, 800, 1}, Look{ThemeName::Light, 800, 600, 1},
                    Look{ThemeName::Light, 800, 600, 1.5}),
    [](const auto& with) {
        return wordOf(with.param.theme).toStdString() + std::to_string(with.param.width) +
               (with.param.zoom > 1 ? "large" : "");
    });

// Alt and a letter opens a menu or works a button; with the letter twice it does neither.
TEST(Keys, BelongToOnePartEach) {
    MainWindow window;
    std::map<QString, QString> owners;
    const auto take = [&](const QString& words) {
        const QString key = QKeySequence::mnemonic(words).toString();
        if (key.isEmpty())
            return;
        EXPECT_EQ(owners.count(key), 0U) << key.toStdString() << " is that of " << owners[key].toStdString()
                                         << " and of " << words.toStdString();
        owners[key] = words;
    };
    for (const QAction* menu : window.menuBar()->actions())
        take(menu->text());
    for (const auto* button : window.findChildren<QAbstractButton*>())
        if (!button->isHidden())
            take(button->text());
    for (const auto* tabs : window.findChildren<QTabBar*>())
        for (int i = 0; i < tabs->count(); ++i)
            take(tabs->tabText(i));
    for (const QAction* menu : window.menuBar()->actions()) {
        owners.clear();
        for (const QAction* entry : menu->menu()->actions())
            take(entry->text());
    }
}

// A key that two entries have works neither.
TEST(Keys, DoOneThingEach) {
    MainWindow window;
    std::map<QString, QString> owners;
    for (const QAction* entry : window.findChildren<QAction*>())
        for (const QKeySequence& key : entry->shortcuts()) {
            const QString name = key.toString();
            EXPECT_EQ(owners.count(name), 0U)
                << name.toStdString() << " is that of " << owners[name].toStdString() << " and of "
                << entry->text().toStdString();
            owners[name] = entry->text();
        }
    EXPECT_GT(owners.size(), 20U);
}

} // namespace
} // namespace wirestage
