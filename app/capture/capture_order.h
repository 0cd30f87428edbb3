// SPDX-License-Identifier: GPL-3.0-or-later
// What is to be captured, and the command that does it: the helper and dumpcap take the same flags.
#pragma once

#include "core/capture/interfaces.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <string>
#include <vector>

namespace wirestage {

struct CaptureOrder {
    QStringList interfaces;
    QString filter; ///< pcap-filter(7); empty: everything
    bool promiscuous = true;
    std::optional<int> seconds, megabytes; ///< when to stop by itself
    std::optional<qint64> packets;
    QString remote; ///< a command line that captures elsewhere; the rest counts for nothing then

    /// "eth0, wlan0", or the host of a remote command.
    [[nodiscard]] QString of() const;
    /// The program and its arguments; `tool`: the program that captures on this machine.
    [[nodiscard]] std::vector<std::string> command(const std::string& tool) const;
};

/// A command line's words, as a shell would part them: quotes and backslashes, no variables.
std::optional<std::vector<std::string>> wordsOf(const QString& line);

/// Where the project's own helper is looked for: beside the program.
QString helperPath();

/// Who may capture on this machine.
CaptureRights captureRightsHere();

} // namespace wirestage
