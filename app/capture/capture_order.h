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
    /// Of what is made to happen in a private network (app/happen): what wirestage-happen is told, what
    /// people are told, and the lesson that it is an instance of. The rest counts for nothing then.
    QString scenario, title, textbook;

    /// Somebody on this machine must have the right to capture.
    [[nodiscard]] bool needsRights() const { return remote.isEmpty() && scenario.isEmpty(); }
    /// "eth0, wlan0", the host of a remote command, or what is made to happen.
    [[nodiscard]] QString of() const;
    /// The program and its arguments; `tool`: the program that captures on this machine.
    [[nodiscard]] std::vector<std::string> command(const std::string& tool) const;
};

/// A command line's words, as a shell would part them: quotes and backslashes, no variables.
std::optional<std::vector<std::string>> wordsOf(const QString& line);

/// Where the project's own helper is looked for: beside the program.
QString helperPath();
/// Likewise the program that makes a scenario happen; it need not be there.
QString happenPath();

/// Who may capture on this machine.
CaptureRights captureRightsHere();

} // namespace wirestage
