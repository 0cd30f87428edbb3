// SPDX-License-Identifier: GPL-3.0-or-later
// The seam between the core's texts and what is read on the screen: a Text is translated here and nowhere
// else.
#pragma once

#include "core/text/text.h"

#include <QString>

class QCoreApplication;

namespace wirestage {

/// In the language of the program's translators; in English where they do not know the text.
QString tr(const Text& text);

/// Words made of bytes that the core keeps as UTF-8.
QString fromUtf8(std::string_view text);

/// A time since the capture's first packet, as rows and tables show it: "0.021 s", "83.5 s".
QString secondsSince(std::int64_t nanoseconds);

/// A count with groups of three digits: "1 240".
QString grouped(std::uint64_t number);

/// The language that `tr` speaks, as BCP 47 has it: "en" where nobody translated anything.
QString languageInUse();

/// Installs the translators for the language of the system (or WIRESTAGE_LANGUAGE) and the direction of
/// reading.
void installTranslators(QCoreApplication& application);

} // namespace wirestage
