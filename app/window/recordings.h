// SPDX-License-Identifier: GPL-3.0-or-later
// Recorded sessions that come with the program: a first look needs no file and no rights.
#pragma once

#include "core/capture/frame.h"
#include "core/text/text.h"

#include <QByteArray>
#include <QString>

#include <span>
#include <vector>

namespace wirestage {

struct Recording {
    const char* file;    ///< "dhcp-dora-renew-release", without its ending
    const char* chapter; ///< English, context "recordings"
    const char* title;   ///< English, context "recordings"
    const char* about;   ///< English, context "recordings"
};

std::span<const Recording> recordings();

/// The one that is opened where no file is named.
const Recording& firstRecording();

/// By name, with or without ".pcapng"; null if there is none.
const Recording* recordingNamed(const QString& file);

QByteArray bytesOf(const Recording& recording);

} // namespace wirestage
