// SPDX-License-Identifier: GPL-3.0-or-later
// How well the window keeps up with a capture: the real window captures on an interface for some seconds
// while somebody else sends, and looks at itself.
//
//     bench_live INTERFACE SECONDS [LESSON]
//
// prints one line: packets in the index and how many are known to be lost; milliseconds from a packet's
// arrival (the kernel's time stamp) to the end of the first painting of the stage that shows it or a later
// one; how long the event loop was away; paintings in the fullest second; and the bytes of memory that were
// added for each packet. What is captured is laid over the lesson. tests/bench/live starts it where the packets are.
#include "app/capture/live_bar.h"
#include "app/stage/stage_view.h"
#include "app/window/main_window.h"
#include "app/window/message_bar.h"
#include "core/exchange/capture.h"
#include "core/lesson/lesson_run.h"

#include <QApplication>
#include <QEventLoop>
#include <QStandardPaths>
#include <QTimer>
#include <QToolButton>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace {

using namespace wirestage;

Time now() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

double milliseconds(Time nanoseconds) {
    return static_cast<double>(nanoseconds) / 1e6;
}

/// What the program has for itself, without the pages of mapped files.
std::uint64_t anonymousBytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("RssAnon:"))
            return std::stoull(line.substr(8)) * 1024;
    return 0;
}

/// When the stage was painted, and what the newest packet on it was.
class Paintings : public QObject {
public:
    struct One {
        Time at = 0, newest = 0;
    };
    explicit Paintings(StageView* of) : stage(of) { stage->viewport()->installEventFilter(this); }
    std::vector<One> all;

    /// In the fullest second.
    [[nodiscard]] std::size_t most() const {
        std::map<Time, std::size_t> bySecond;
        std::size_t most = 0;
        for (const One& one : all)
            most = std::max(most, ++bySecond[one.at / 1'000'000'000]);
        return most;
    }

protected:
    bool eventFilter(QObject* viewport, QEvent* event) override {
        if (event->type() != QEvent::Paint)
            return false;
        // Painted here and not when this returns: its end is what counts.
        viewport->removeEventFilter(this);
        QCoreApplication::sendEvent(viewport, event);
        viewport->installEventFilter(this);
        if (const auto source = stage->source(); source && source->size() > 0)
            all.push_back({now(), source->facts(source->size() - 1).time});
        return true;
    }

private:
    StageView* stage;
};

/// How long the event loop stays away from a timer. One that wants to run all the time would take a processor
/// from those that are measured.
class Heartbeat : public QObject {
public:
    Heartbeat() {
        timer.setTimerType(Qt::PreciseTimer);
        timer.setInterval(interval);
        connect(&timer, &QTimer::timeout, this, [this] {
            const Time moment = now();
            worst = std::max(worst, milliseconds(moment - last) - interval);
            last = moment;
        });
        timer.start();
    }
    double worst = 0;

private:
    static constexpr int interval = 5;
    QTimer timer;
    Time last = now();
};

/// From each packet that arrived after `from` until it was painted.
std::vector<double> waits(const Capture& capture, const std::vector<Paintings::One>& paintings, Time from) {
    std::vector<double> all;
    const PacketIndex count = capture.packetCount(), every = std::max<PacketIndex>(1, count / 100'000);
    std::size_t next = 0;
    for (PacketIndex packet = 0; packet < count; packet += every) {
        const Time arrived = capture.timeOf(packet);
        while (next < paintings.size() && paintings[next].newest < arrived)
            ++next;
        if (next < paintings.size() && arrived >= from)
            all.push_back(milliseconds(paintings[next].at - arrived));
    }
    std::sort(all.begin(), all.end());
    return all;
}

double part(const std::vector<double>& sorted, double share) {
    return sorted.empty()
               ? std::nan("")
               : sorted[std::min(sorted.size() - 1,
                                 static_cast<std::size_t>(share * static_cast<double>(sorted.size())))];
}

/// In an event loop that sleeps when there is nothing to do; QCoreApplication::processEvents() never does where
/// it has a limit.
void goOnFor(int most, const std::function<bool()>& done = {}) {
    QEventLoop loop;
    QTimer::singleShot(most, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (done())
            loop.quit();
    });
    if (done)
        look.start(20);
    loop.exec();
}

} // namespace

int main(int argc, char** argv) {
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    if (argc != 3 && argc != 4) {
        std::fprintf(stderr, "usage: bench_live INTERFACE SECONDS [LESSON]\n");
        return 2;
    }
    MainWindow window;
    window.resize(1920, 1080);
    window.show();
    goOnFor(1000);
    if (argc == 4 && !window.layLesson(QString::fromLocal8Bit(argv[3]), {})) {
        std::fprintf(stderr, "%s\n", qPrintable(window.messages()->words()));
        return 1;
    }
    CaptureOrder order;
    order.interfaces << QString::fromLocal8Bit(argv[1]);
    if (!window.startCapture(order)) {
        std::fprintf(stderr, "%s\n", qPrintable(window.messages()->words()));
        return 1;
    }
    goOnFor(10'000, [&] { return window.live()->isVisible(); });
    std::fputs("capturing\n", stderr); // whoever sends waits for it
    const std::uint64_t before = anonymousBytes();
    const Time begin = now();
    const Paintings paintings(window.stage());
    const Heartbeat heartbeat;
    goOnFor(std::atoi(argv[2]) * 1000);
    const double away = heartbeat.worst;
    const std::size_t painted = paintings.most();
    const std::uint64_t after = anonymousBytes();
    window.stopCapture();
    goOnFor(60'000, [&] { return !window.busy() && !window.live()->stopButton()->isVisible(); });
    std::fprintf(stderr, "%s\n", qPrintable(window.live()->words()));
    const auto capture = window.capture();
    const PacketIndex count = capture ? capture->packetCount() : 0;
    if (count == 0) {
        std::fputs("no packet came\n", stderr);
        return 1;
    }
    const auto waited = waits(*capture, paintings.all, begin);
    std::printf("%9u %8llu   %6.0f %6.0f %6.0f   %6.0f   %3zu   %6.1f\n", count,
                static_cast<unsigned long long>(window.live()->lost()), part(waited, 0.5), part(waited, 0.99),
                part(waited, 1), away, painted, static_cast<double>(after - std::min(before, after)) / count);
    std::fflush(stdout);
    std::_Exit(0);
}
