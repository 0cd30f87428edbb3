// SPDX-License-Identifier: GPL-3.0-or-later
// How fast the window is, on one capture: from the start of the program to the first exchange on the stage,
// how long the event loop was away meanwhile, and what a full repaint of all exchanges costs at several
// places of the diagram.
//
//     WIRESTAGE_BENCH_START=$(date +%s%N) bench_window CAPTURE
//
// prints one line of figures in milliseconds. `bench_window --lesson NAME...` tells of lessons instead: how
// long from the start of the program (of the first one; of the others from opening them) to the first frame,
// from a fault at each of its messages to the repainted stage, and frames a second while it plays. Run it
// under Xvfb at 1920x1080 with a window manager.
#include "app/exchanges/exchange_panel.h"
#include "app/lesson/lesson_session.h"
#include "app/stage/stage_view.h"
#include "app/window/main_window.h"
#include "core/diagram/capture_source.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QStandardPaths>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <vector>

namespace {

using namespace wirestage;

double now() {
    using namespace std::chrono;
    return static_cast<double>(duration_cast<microseconds>(system_clock::now().time_since_epoch()).count()) /
           1000;
}

double percentile(std::vector<double> times, double part) {
    std::sort(times.begin(), times.end());
    return times.empty()
               ? 0
               : times[std::min(times.size() - 1,
                                static_cast<std::size_t>(part * static_cast<double>(times.size())))];
}

/// Counts how long the event loop stays away from a timer that wants to run all the time.
class Heartbeat : public QObject {
public:
    Heartbeat() {
        timer.setInterval(0);
        connect(&timer, &QTimer::timeout, this, [this] {
            const double moment = now();
            worst = std::max(worst, moment - last);
            last = moment;
        });
        timer.start();
    }
    double worst = 0;

private:
    QTimer timer;
    double last = now();
};

void waitUntil(const std::function<bool()>& done, int seconds) {
    QElapsedTimer clock;
    clock.start();
    while (!done() && clock.elapsed() < seconds * 1000)
        QApplication::processEvents(QEventLoop::WaitForMoreEvents, 2);
}

/// p50 and p99 of full repaints, over places spread through the whole diagram.
std::pair<double, double> repaints(StageView& stage) {
    std::vector<double> times;
    QScrollBar* bar = stage.verticalScrollBar();
    for (const double place : {0.0, 0.25, 0.5, 0.75, 1.0}) {
        bar->setValue(static_cast<int>(place * bar->maximum()));
        QApplication::processEvents();
        for (int i = 0; i < 100; ++i) {
            const double begin = now();
            stage.viewport()->repaint();
            times.push_back(now() - begin);
        }
    }
    return {percentile(times, 0.5), percentile(times, 0.99)};
}

/// Counts how often a widget is painted.
class Frames : public QObject {
public:
    explicit Frames(QWidget* of) { of->installEventFilter(this); }
    int count = 0;

protected:
    bool eventFilter(QObject*, QEvent* event) override {
        count += event->type() == QEvent::Paint;
        return false;
    }
};

/// Frames a second while the packet travels along its arrow.
double framesPerSecond(StageView& stage) {
    stage.first();
    stage.setSpeed(0.25);
    QApplication::processEvents();
    Frames frames(stage.viewport());
    stage.play();
    const double begin = now();
    waitUntil([&] { return now() - begin > 1500; }, 3);
    stage.pause();
    return frames.count / (now() - begin) * 1000;
}

void tellOfCapture(MainWindow& window, const char* path, double start) {
    window.openFile(QString::fromLocal8Bit(path));
    waitUntil([&] { return window.stage()->rowCount() > 0; }, 60);
    window.stage()->viewport()->repaint();
    const double firstShown = now() - start;
    Heartbeat heartbeat;
    waitUntil([&] { return !window.busy(); }, 300);
    const double indexedAfter = now() - start;
    const double away = heartbeat.worst;
    const double frames = framesPerSecond(*window.stage());
    window.exchanges()->showAll();
    QApplication::processEvents();
    const double beforeAll = now();
    waitUntil([&] { return window.stage()->rowCount() > 2; }, 60);
    const double all = now() - beforeAll;
    const auto [p50, p99] = repaints(*window.stage());
    std::printf("first exchange %.0f ms; indexed %.0f ms; event loop away at most %.0f ms; all %llu messages "
                "after %.0f ms; "
                "full repaint p50 %.2f ms, p99 %.2f ms; "
                "%.0f frames a second while playing\n",
                firstShown, indexedAfter, away, static_cast<unsigned long long>(window.stage()->rowCount()),
                all, p50, p99, frames);
}

/// As often as the event loop comes round: what is to be deleted is deleted, too.
void comeRound() {
    QApplication::processEvents();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

/// Milliseconds from a fault at each of the lesson's messages, in turn, until the stage is painted again.
std::vector<double> faultClicks(MainWindow& window) {
    std::vector<double> times;
    const auto whole = window.lessons()->run();
    const MessageList list = whole->whole->messages();
    for (std::uint64_t row = 0; row < std::min<std::uint64_t>(list.size(), 40); ++row) {
        const std::string fault = whole->faultFor(whole->message(list.at(row)), "drop");
        const double begin = now();
        const auto before = window.stage()->source();
        window.lessons()->addFault(QString::fromStdString(fault));
        waitUntil([&] { return window.stage()->source() != before; }, 5);
        window.stage()->viewport()->repaint();
        times.push_back(now() - begin);
        const auto faulty = window.stage()->source();
        window.lessons()->clearFaults();
        waitUntil([&] { return window.stage()->source() != faulty; }, 5);
        comeRound();
    }
    return times;
}

void tellOfLesson(MainWindow& window, const char* name, double start) {
    window.openLesson(QString::fromLocal8Bit(name));
    waitUntil([&] { return window.stage()->rowCount() > 0; }, 60);
    window.stage()->viewport()->repaint();
    const double shown = now() - start;
    const std::vector<double> clicks = faultClicks(window);
    std::printf(
        "%-24s first frame %4.0f ms; fault click p50 %3.0f ms, at most %3.0f ms; %.0f frames a second\n",
        name, shown, percentile(clicks, 0.5), percentile(clicks, 1), framesPerSecond(*window.stage()));
}

} // namespace

int main(int argc, char** argv) {
    const char* started = std::getenv("WIRESTAGE_BENCH_START");
    const double start = started ? std::strtod(started, nullptr) / 1e6 : now();
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    if (argc < 2) {
        std::fprintf(stderr, "usage: bench_window CAPTURE | --lesson NAME...\n");
        return 2;
    }
    MainWindow window;
    window.resize(1920, 1080);
    window.show();
    if (argc > 2 && std::strcmp(argv[1], "--lesson") == 0)
        for (int i = 2; i < argc; ++i)
            tellOfLesson(window, argv[i], i == 2 ? start : now());
    else
        tellOfCapture(window, argv[1], start);
    std::fflush(stdout);
    std::_Exit(0);
}
