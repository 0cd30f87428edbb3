// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the arguments, opens the window and what it is to show; where there is no display, says so and paints
// the diagram into a file instead.
#include "app/window/launch.h"

#include "app/capture/capture_order.h"
#include "app/export/export.h"
#include "app/window/main_window.h"
#include "app/window/recordings.h"
#include "app/window/translate.h"
#include "core/capture/interfaces.h"
#include "core/diagram/capture_source.h"
#include "core/diagram/run_source.h"
#include "core/lesson/lesson_run.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QIcon>
#include <QLoggingCategory>
#include <QStandardPaths>
#include <QStyleFactory>
#include <QTimer>

#include <cstdio>
#include <cstring>
#include <functional>
#include <string>

namespace wirestage {
namespace {

constexpr int wrongUsage = 2, unreadable = 3;

const char usage[] =
    R"(Usage: wirestage [FILE | -] [options]       open a capture (pcap, pcapng, also .gz and .zst; - is standard input)
       wirestage COMMAND SOURCE [options]   without a window; see wirestage COMMAND --help

Without a file the first of the recordings that come with the program is opened.

  --lesson ID     open a lesson: one that the program brings, or a lesson file. With it:
                  --variant V, --set NAME=VALUE, --fault FAULT, --at LINK|HOST[:IFACE]
                  beside a capture (FILE or -i): lay that lesson over it
  -r FILE         open this capture
  -i IFACE        capture on this interface; with -f FILTER what the pcap-filter selects only
  -D              list the interfaces, and why one cannot be captured on
  --present       start full screen, for a projector
  -h, --help      show this and end
  -v, --version   show the version and end

Commands: summary, packets, messages, exchanges, lessons, check, kinds, export
)";

struct Arguments {
    std::string file;   ///< empty: the first recording
    std::string lesson; ///< its id or path
    lesson::Choice choice;
    std::vector<std::string> settings; ///< NAME=VALUE, for the lesson to read
    CaptureOrder live;                 ///< no interface: nothing is captured
    bool present = false;
    int status = -1; ///< below 0: go on
};

Arguments complain(const std::string& what) {
    std::fprintf(stderr, "wirestage: %s; wirestage --help tells what there is\n", what.c_str());
    Arguments wrong;
    wrong.status = wrongUsage;
    return wrong;
}

int listInterfaces() {
    const CaptureRights rights = captureRights(helperPath().toLocal8Bit().toStdString());
    for (const NetworkInterface& one : networkInterfaces()) {
        std::string line = one.name;
        for (const std::string& address : one.addresses)
            line += "  " + address;
        if (one.unusable)
            line += "  (" + english(*one.unusable) + ")";
        std::puts(line.c_str());
    }
    if (rights.tool)
        return 0;
    std::fprintf(stderr, "wirestage: %s %s\n", english(rights.why).c_str(), rights.remedy.c_str());
    return unreadable;
}

using LessonOption = std::function<void(const char*)>;

/// What takes the word behind an option that belongs to a lesson; nothing where it is none.
LessonOption lessonOption(const std::string& word, Arguments& into) {
    if (word == "--lesson")
        return [&into](const char* value) { into.lesson = value; };
    if (word == "--variant")
        return [&into](const char* value) { into.choice.variant = value; };
    if (word == "--at")
        return [&into](const char* value) { into.choice.vantage = value; };
    if (word == "--fault")
        return [&into](const char* value) { into.choice.faults.emplace_back(value); };
    if (word == "--set")
        return [&into](const char* value) { into.settings.emplace_back(value); };
    return {};
}

/// Reads NAME=VALUE by the lesson's own parameters. False where that cannot be: it has been said.
bool readSettings(const Arguments& from, lesson::Choice& into) {
    if (from.settings.empty())
        return true;
    auto file = lesson::lessonNamed(from.lesson);
    if (!file) {
        auto loaded = lesson::LessonFile::load(from.lesson);
        if (const auto* read = std::get_if<std::shared_ptr<const lesson::LessonFile>>(&loaded))
            file = *read;
    }
    for (const std::string& setting : from.settings) {
        const auto equals = setting.find('=');
        const std::string name = setting.substr(0, equals);
        const lesson::Parameter* parameter = nullptr;
        if (file)
            for (const auto& one : file->lesson().parameters)
                if (one.name == name)
                    parameter = &one;
        if (!parameter || equals == std::string::npos) {
            complain("--set " + setting + ": the lesson has no such parameter");
            return false;
        }
        const auto value = lesson::parseParameter(*parameter, std::string_view(setting).substr(equals + 1));
        if (const auto* wrong = std::get_if<Text>(&value)) {
            complain("--set " + setting + ": " + english(*wrong));
            return false;
        }
        into.parameters.insert_or_assign(name, std::get<simulation::SettingValue>(value));
    }
    return true;
}

Arguments read(int argc, char** argv) {
    Arguments found;
    const auto setFile = [&](const char* name) {
        if (!found.file.empty())
            return false;
        found.file = name;
        return true;
    };
    bool onlyFiles = false;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (!onlyFiles && (word == "-h" || word == "--help")) {
            std::fputs(usage, stdout);
            found.status = 0;
            return found;
        }
        if (!onlyFiles && (word == "-v" || word == "--version")) {
            std::puts("wirestage " WIRESTAGE_VERSION);
            found.status = 0;
            return found;
        }
        if (!onlyFiles && word == "--") {
            onlyFiles = true;
        } else if (!onlyFiles && word == "--present") {
            found.present = true;
        } else if (const auto take = onlyFiles ? LessonOption{} : lessonOption(word, found)) {
            if (++i >= argc)
                return complain(word + ": a word is missing behind it");
            take(argv[i]);
        } else if (!onlyFiles && word == "-D") {
            found.status = listInterfaces();
            return found;
        } else if (!onlyFiles && (word == "-i" || word == "-f")) {
            if (++i >= argc)
                return complain(word + (word == "-i" ? ": the name of an interface is missing"
                                                     : ": the filter is missing"));
            if (word == "-i")
                found.live.interfaces << QString::fromLocal8Bit(argv[i]);
            else
                found.live.filter = QString::fromLocal8Bit(argv[i]);
        } else if (!onlyFiles && word == "-r") {
            if (++i >= argc)
                return complain("-r: the name of a file is missing");
            if (!setFile(argv[i]))
                return complain(std::string(argv[i]) + ": one capture at a time");
        } else if (!onlyFiles && word.size() > 1 && word[0] == '-') {
            return complain(word + ": no such option");
        } else if (!setFile(argv[i])) {
            return complain(word + ": one capture at a time");
        }
    }
    return found;
}

bool hasDisplay() {
#ifdef Q_OS_LINUX
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        if (!qEnvironmentVariableIsEmpty(name))
            return true;
    return false;
#else
    return true;
#endif
}

CaptureFile::Opened openWanted(const Arguments& wanted) {
    if (!wanted.file.empty())
        return CaptureFile::open(wanted.file);
    const QByteArray bytes = bytesOf(firstRecording());
    return CaptureFile::fromMemory(
        {reinterpret_cast<const std::uint8_t*>(bytes.constData()), static_cast<std::size_t>(bytes.size())});
}

int unreadableInput(const std::string& name, const Text& why) {
    std::fprintf(stderr, "wirestage: %s: %s\n", name.c_str(), english(why).c_str());
    return unreadable;
}

/// What to paint of a capture. 0, or the exit status where there is none.
int requestCapture(const Arguments& wanted, const std::string& name, ExportRequest& into) {
    auto opened = openWanted(wanted);
    if (const auto* error = std::get_if<CaptureFile::OpenError>(&opened))
        return unreadableInput(name, error->why);
    auto capture = std::make_shared<Capture>(std::move(std::get<CaptureFile>(opened)));
    capture->index();
    into.source = diagram::captureSource(capture);
    into.title =
        wanted.file.empty() ? Text{"recordings", firstRecording().title, {}, {}} : Text::verbatim(name);
    return 0;
}

/// What to paint of a lesson.
int requestLesson(const Arguments& wanted, ExportRequest& into) {
    auto file = lesson::lessonNamed(wanted.lesson);
    if (!file) {
        auto loaded = lesson::LessonFile::load(wanted.lesson);
        if (const auto* why = std::get_if<Text>(&loaded))
            return unreadableInput(wanted.lesson, *why);
        file = std::get<std::shared_ptr<const lesson::LessonFile>>(loaded);
    }
    auto result = lesson::runLesson(file, wanted.choice);
    if (const auto* problems = std::get_if<std::vector<lesson::Problem>>(&result)) {
        complain(wanted.lesson + ": " + (problems->empty() ? "" : english(problems->front().what)));
        return wrongUsage;
    }
    const auto run = std::get<std::shared_ptr<const lesson::LessonRun>>(std::move(result));
    into.source = diagram::runSource(run, {}, run->lesson.level);
    into.title = run->lesson.title;
    return 0;
}

/// What the window would show first, as a picture.
int paintIntoFile(int argc, char** argv, const Arguments& wanted) {
    const Unseen unseen;
    const QApplication application(argc, argv);
    const std::string name = !wanted.lesson.empty() ? wanted.lesson
                             : wanted.file.empty()  ? firstRecording().file
                                                    : wanted.file;
    ExportRequest request;
    if (const int status =
            wanted.lesson.empty() ? requestCapture(wanted, name, request) : requestLesson(wanted, request))
        return status;
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::TempLocation));
    const QString path = folder.filePath(
        QStringLiteral("wirestage-%1.png").arg(QFileInfo(QString::fromStdString(name)).completeBaseName()));
    if (const auto why = exportTo(path, request)) {
        std::fprintf(stderr, "wirestage: %s: %s\n", qPrintable(path), english(*why).c_str());
        return unreadable;
    }
    std::printf(
        "There is no display to open a window on; the diagram of %s was painted into a file instead:\n%s\n",
        name.c_str(), qPrintable(path));
    return 0;
}

/// How soon something is on the stage and how long the window ever kept somebody waiting; told where the
/// environment asks for it with QT_LOGGING_RULES="wirestage.time=true".
void watchTimes(MainWindow& window) {
    static const QLoggingCategory category("wirestage.time", QtWarningMsg);
    if (!category.isInfoEnabled())
        return;
    auto* since = new QElapsedTimer;
    since->start();
    auto* longest = new qint64(0);
    auto* pulse = new QTimer(&window);
    QObject::connect(pulse, &QTimer::timeout, &window, [since, longest] {
        static qint64 last = since->elapsed();
        const qint64 now = since->elapsed();
        if (now - last > *longest + 5) {
            *longest = now - last - 5;
            qCInfo(category) << "longest wait so far" << *longest << "ms, at" << now << "ms";
        }
        last = now;
    });
    pulse->start(5);
    QObject::connect(window.stage(), &StageView::sourceChanged, &window, [since, &window] {
        if (window.stage()->rowCount() > 0)
            qCInfo(category) << "on the stage after" << since->elapsed()
                             << "ms:" << window.stage()->rowCount() << "messages";
    });
}

} // namespace

int launchWindow(int argc, char** argv) {
    Arguments wanted = read(argc, argv);
    if (wanted.status >= 0)
        return wanted.status;
    if (!readSettings(wanted, wanted.choice))
        return wrongUsage;
    QCoreApplication::setOrganizationName(QStringLiteral("wirestage"));
    QCoreApplication::setApplicationName(QStringLiteral("wirestage"));
    QCoreApplication::setApplicationVersion(QStringLiteral(WIRESTAGE_VERSION));
    if (!hasDisplay())
        return paintIntoFile(argc, argv, wanted);
    QApplication application(argc, argv);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QGuiApplication::setDesktopFileName(QStringLiteral("wirestage"));
    installTranslators(application);
    MainWindow window;
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/wirestage.svg")));
    const bool captures = !wanted.live.interfaces.isEmpty() || !wanted.file.empty();
    if (!wanted.live.interfaces.isEmpty())
        window.startCapture(wanted.live);
    else if (!captures && !wanted.lesson.empty())
        window.openLesson(QString::fromStdString(wanted.lesson), wanted.choice);
    else if (wanted.file.empty())
        window.openRecording(QString::fromLatin1(firstRecording().file));
    else
        window.openFile(QString::fromStdString(wanted.file));
    // A lesson beside a capture is laid over it; after it is opened, which clears away what was said before.
    if (captures && !wanted.lesson.empty())
        window.layLesson(QString::fromStdString(wanted.lesson), wanted.choice);
    watchTimes(window);
    window.show();
    window.offerKept();
    window.stage()->setFocus();
    if (wanted.present)
        window.setPresenting(true);
    return QApplication::exec();
}

} // namespace wirestage
