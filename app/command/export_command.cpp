// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures need fonts, so a QGuiApplication is made; where there is no display it runs on the offscreen
// platform.
#include "app/command/export_command.h"

#include "app/export/export.h"
#include "core/diagram/capture_source.h"
#include "core/diagram/run_source.h"
#include "core/handout/lesson_handout.h"

#include <QFileInfo>
#include <QGuiApplication>

#include <filesystem>
#include <fstream>
#include <set>

namespace wirestage {
namespace {

/// The rows whose messages bear the wanted numbers; noRow twice where none does.
std::pair<diagram::Row, diagram::Row> rowsOf(const Source& source,
                                             const diagram::DiagramSource& diagramSource) {
    if (source.firstNumber == 1 && source.lastNumber == ~std::uint64_t{0})
        return {0, diagram::noRow};
    diagram::Row first = diagram::noRow, last = diagram::noRow;
    for (diagram::Row row = 0; row < diagramSource.size(); ++row) {
        const std::uint64_t number = diagramSource.message(row).number;
        if (number < source.firstNumber || number > source.lastNumber)
            continue;
        first = first == diagram::noRow ? row : first;
        last = row;
    }
    return {first, last};
}

/// The vantage point's exchanges as the run's whole capture numbers them.
std::vector<ExchangeId> exchangesOfRun(const Source& source) {
    std::set<ExchangeId> found;
    const auto& truths = source.run->truths;
    for (PacketIndex packet = 0; packet < truths.size() && !source.exchanges.empty(); ++packet)
        if (const PacketIndex there = truths[packet].inView;
            there != none && source.wants(source.capture->exchangeOf(there)))
            found.insert(source.run->whole->exchangeOf(packet));
    return {found.begin(), found.end()};
}

std::optional<Level> levelOfRun(const Source& source) {
    return source.level ? source.level : source.run->lesson.level;
}

Text titleOf(const Source& source) {
    if (source.run)
        return source.run->lesson.title;
    if (source.exchanges.size() == 1 || source.capture->exchangeCount() == 1) {
        const Exchange exchange =
            source.capture->exchange(source.exchanges.empty() ? 0 : source.exchanges.front());
        return WS_TR("export", "%1: %2").with(exchange.title).with(exchange.summary);
    }
    return Text::verbatim(QFileInfo(QString::fromStdString(source.name)).fileName().toStdString());
}

} // namespace

int exportSource(int argc, char** argv, const SourceOptions& options, const std::string& output) {
    const QString path = QString::fromStdString(output);
    const bool asCapture = QFileInfo(path).suffix().toLower() == QStringLiteral("pcapng");
    if (!asCapture && !exportFormats().contains(QFileInfo(path).suffix().toLower())) {
        complain(output, "the ending must be one of " +
                             exportFormats().join(QStringLiteral(" ")).toStdString() + " pcapng");
        return exitUsage;
    }
    const Source source = openSource(options);
    if (!source.capture)
        return source.status;
    if (source.nothing) {
        complain("-f " + options.filter, "no exchange has a packet that matches");
        return exitUsage;
    }
    if (source.capture->packetCount() == 0) {
        complain(source.name, "there is nothing to draw: the capture holds no packet");
        return exitUnreadable;
    }
    if (asCapture)
        return writePcapng(source, output);
    const Unseen unseen;
    const QGuiApplication application(argc, argv);
    ExportRequest request;
    request.source = source.run ? diagram::runSource(source.run, exchangesOfRun(source), levelOfRun(source))
                                : diagram::captureSource(source.capture, source.exchanges, source.level);
    request.title = titleOf(source);
    if (source.run)
        request.page = handout::lessonHandout(source.run, request.source);
    else
        request.page.describe = [capture = source.capture](PacketIndex packet) {
            return capture->describe(packet);
        };
    std::tie(request.first, request.last) = rowsOf(source, *request.source);
    if (request.first == diagram::noRow) {
        complain("--rows " + options.rows, "no message bears such a number");
        return exitUsage;
    }
    if (const auto why = exportTo(path, request)) {
        complain(output, english(*why));
        return exitUnreadable;
    }
    return source.status;
}

int exportAllLessons(const std::string& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    const auto write = [&](const std::string& name, const std::string& text) {
        std::ofstream out(std::filesystem::path(folder) / name, std::ios::binary);
        out << text;
        out.close();
        if (out)
            return true;
        complain(folder + "/" + name, "could not be written");
        return false;
    };
    std::vector<handout::IndexEntry> entries;
    for (const auto& file : lesson::builtInLessons()) {
        const auto result = lesson::runLesson(file);
        const auto* run = std::get_if<std::shared_ptr<const lesson::LessonRun>>(&result);
        if (!run) {
            const auto& problems = std::get<std::vector<lesson::Problem>>(result);
            complain(file->id(), problems.empty() ? "does not run" : english(problems.front().what));
            return exitUnreadable;
        }
        const handout::Handout page = handout::lessonHandout(*run);
        const std::string name = file->id() + ".html";
        if (!write(name, handout::page(page)))
            return exitUnreadable;
        entries.push_back({file->id(), page.title, page.chapter, page.goal, name});
    }
    const std::string title = english(WS_TR("export", "Protocols, lesson by lesson"));
    return write("index.html", handout::indexPage(title, entries)) ? exitDone : exitUnreadable;
}

} // namespace wirestage
