// SPDX-License-Identifier: GPL-3.0-or-later
// Translates the core's texts, arguments first, and writes numbers the same way in every language: the digits
// of a protocol are the ones on the wire.
#include "app/window/translate.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace wirestage {

namespace {

constexpr const char* languageProperty = "wirestageLanguage";

} // namespace

QString languageInUse() {
    const QCoreApplication* application = QCoreApplication::instance();
    const QString found = application ? application->property(languageProperty).toString() : QString();
    return found.isEmpty() ? QStringLiteral("en")
                           : QString(found).replace(QLatin1Char('_'), QLatin1Char('-'));
}

QString fromUtf8(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString tr(const Text& text) {
    if (text.context.empty())
        return fromUtf8(text.source);
    const QByteArray context(text.context.data(), static_cast<qsizetype>(text.context.size()));
    const int count = text.count ? static_cast<int>(std::min<std::int64_t>(*text.count, 1'000'000'000)) : -1;
    const QString found =
        QCoreApplication::translate(context.constData(), text.source.c_str(), nullptr, count);
    std::vector<std::string> arguments;
    arguments.reserve(text.arguments.size());
    for (const Text& argument : text.arguments)
        arguments.push_back(tr(argument).toStdString());
    // Qt puts the count in but leaves "(s)" standing where no translator knows the text; the core knows
    // English.
    const QString untouched = QCoreApplication::translate("", text.source.c_str(), nullptr, count);
    if (found == untouched)
        return fromUtf8(fill(text.source, arguments, text.count));
    return fromUtf8(fill(found.toStdString(), arguments, std::nullopt));
}

QString secondsSince(std::int64_t nanoseconds) {
    const double seconds = static_cast<double>(nanoseconds) / 1e9;
    const int digits = seconds < 100 ? 3 : seconds < 10000 ? 2 : 0;
    return QLocale::c().toString(seconds, 'f', digits) + QStringLiteral("\u00a0s");
}

QString grouped(std::uint64_t number) {
    QString digits = QString::number(number);
    for (auto at = digits.size() - 3; at > 0; at -= 3)
        digits.insert(at, QChar(0x202f)); // a narrow space, the same for readers of every language
    return digits;
}

void installTranslators(QCoreApplication& application) {
    const QString wanted = qEnvironmentVariable("WIRESTAGE_LANGUAGE");
    const QLocale locale = wanted.isEmpty() ? QLocale() : QLocale(wanted);
    auto* own = new QTranslator(&application);
    // Only a language that the program really speaks brings Qt's own words and turns the window round.
    if (!own->load(locale, QStringLiteral("wirestage"), QStringLiteral("_"), QStringLiteral(":/i18n")) ||
        own->isEmpty())
        return;
    QCoreApplication::installTranslator(own);
    application.setProperty(languageProperty, own->language());
    auto* theirs = new QTranslator(&application);
    if (theirs->load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                     QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(theirs);
    QGuiApplication::setLayoutDirection(locale.textDirection());
}

} // namespace wirestage
