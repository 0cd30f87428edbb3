// SPDX-License-Identifier: GPL-3.0-or-later
// Chooses the writer by the file's ending, and replaces the file only when all of it could be written.
#include "app/export/export.h"

#include "app/export/picture.h"
#include "app/window/translate.h"
#include "core/diagram/writers.h"

#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>

namespace wirestage {

namespace {

using TextWriter = std::string (*)(const diagram::Excerpt&, const diagram::WriterOptions&);
using PictureWriter = bool (*)(QIODevice&, const ExportRequest&);

struct Format {
    const char* ending;
    TextWriter text;
    PictureWriter picture;
};

bool writePage(QIODevice& file, const ExportRequest& request) {
    handout::Handout page = request.page;
    page.source = request.source;
    page.words = [](const Text& text) { return wirestage::tr(text).toStdString(); };
    page.language = languageInUse().toStdString();
    page.title = page.words(request.title);
    page.first = request.first;
    page.last = request.last;
    page.most = std::min(request.most, page.most);
    page.trueTime = request.trueTime;
    const std::string text = handout::page(page);
    return file.write(text.data(), static_cast<qint64>(text.size())) == static_cast<qint64>(text.size());
}

constexpr Format formats[] = {{"svg", diagram::svg, nullptr},
                              {"png", nullptr, writePng},
                              {"pdf", nullptr, writePdf},
                              {"html", nullptr, writePage},
                              {"txt", diagram::transcript, nullptr},
                              {"mmd", diagram::mermaid, nullptr},
                              {"puml", diagram::plantUml, nullptr}};

bool write(QIODevice& file, const Format& format, const ExportRequest& request) {
    if (format.picture)
        return format.picture(file, request);
    diagram::WriterOptions options;
    options.words = [](const Text& text) { return wirestage::tr(text).toStdString(); };
    options.title = options.words(request.title);
    diagram::ExcerptWish wish;
    wish.first = request.first;
    wish.last = request.last;
    wish.most = request.most;
    wish.trueTime = request.trueTime;
    const std::string text = format.text(diagram::excerpt(request.source, wish), options);
    return file.write(text.data(), static_cast<qint64>(text.size())) == static_cast<qint64>(text.size());
}

} // namespace

std::optional<Text> exportTo(const QString& path, const ExportRequest& request) {
    const QString ending = QFileInfo(path).suffix().toLower();
    const Format* format = nullptr;
    for (const Format& known : formats)
        if (ending == QLatin1String(known.ending))
            format = &known;
    if (!format)
        return WS_TR("export", "the file's name must end in one of %1")
            .with(exportFormats().join(QStringLiteral(", ")).toStdString());
    if (!request.source || request.source->size() == 0)
        return WS_TR("export", "there are no messages to draw");
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return WS_TR("export", "it cannot be written: %1").with(file.errorString().toStdString());
    if (!write(file, *format, request)) {
        file.cancelWriting();
        return WS_TR("export", "it could not be drawn");
    }
    if (!file.commit())
        return WS_TR("export", "it could not be written: %1").with(file.errorString().toStdString());
    return {};
}

QStringList exportFormats() {
    QStringList endings;
    for (const Format& format : formats)
        endings << QLatin1String(format.ending);
    return endings;
}

Unseen::Unseen() {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    if (qEnvironmentVariableIsEmpty("XDG_RUNTIME_DIR")) {
        runtimeFolder = std::make_unique<QTemporaryDir>();
        qputenv("XDG_RUNTIME_DIR", runtimeFolder->path().toLocal8Bit());
    }
}

Unseen::~Unseen() {
    if (runtimeFolder)
        qunsetenv("XDG_RUNTIME_DIR");
}

} // namespace wirestage
