// SPDX-License-Identifier: GPL-3.0-or-later
// Flags are dumpcap's, see dumpcap(1).
#include "app/capture/capture_order.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QProcess>

namespace wirestage {

QString CaptureOrder::of() const {
    if (!scenario.isEmpty())
        return title;
    if (remote.isEmpty())
        return interfaces.join(QStringLiteral(", "));
    // "ssh pi@router dumpcap -w -": the first word that is no option is the host.
    const QStringList words = QProcess::splitCommand(remote);
    for (const QString& word : words.mid(1))
        if (!word.startsWith(QLatin1Char('-')))
            return word;
    return words.value(0);
}

std::vector<std::string> CaptureOrder::command(const std::string& tool) const {
    if (!scenario.isEmpty())
        return {happenPath().toLocal8Bit().toStdString(), scenario.toStdString()};
    if (!remote.isEmpty())
        return wordsOf(remote).value_or(std::vector<std::string>{});
    std::vector<std::string> words{tool};
    for (const QString& name : interfaces) {
        words.insert(words.end(), {"-i", name.toStdString()});
        if (!filter.isEmpty())
            words.insert(words.end(), {"-f", filter.toStdString()});
        if (!promiscuous)
            words.emplace_back("-p");
    }
    if (seconds)
        words.insert(words.end(), {"-a", "duration:" + std::to_string(*seconds)});
    if (megabytes) // in units of 1000 bytes
        words.insert(words.end(), {"-a", "filesize:" + std::to_string(*megabytes * 1000)});
    if (packets)
        words.insert(words.end(), {"-c", std::to_string(*packets)});
    words.insert(words.end(), {"-w", "-"});
    return words;
}

std::optional<std::vector<std::string>> wordsOf(const QString& line) {
    std::vector<std::string> words;
    for (const QString& word : QProcess::splitCommand(line))
        words.push_back(word.toStdString());
    if (words.empty())
        return std::nullopt;
    return words;
}

namespace {

QString besideProgram(const char* name) {
    // Asked before there is an application, too (wirestage -D).
    const QString program = QCoreApplication::instance()
                                ? QCoreApplication::applicationFilePath()
                                : QFile::symLinkTarget(QStringLiteral("/proc/self/exe"));
    return QFileInfo(program).path() + QLatin1Char('/') + QLatin1String(name);
}

} // namespace

QString helperPath() {
    return besideProgram("wirestage-capture");
}

QString happenPath() {
    return besideProgram("wirestage-happen");
}

CaptureRights captureRightsHere() {
    return captureRights(helperPath().toLocal8Bit().toStdString());
}

} // namespace wirestage
