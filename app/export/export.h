// SPDX-License-Identifier: GPL-3.0-or-later
// Writes a diagram into a file, in the format that the file's name ends in: svg, png, pdf, html,
// txt, mmd, puml.
// Pictures need a QGuiApplication, on the offscreen platform where there is no display.
#pragma once

#include "core/handout/handout.h"

#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>
#include <optional>

namespace wirestage {

struct ExportRequest {
    std::shared_ptr<const diagram::DiagramSource> source;
    Text title;                                    ///< stands above the diagram
    diagram::Row first = 0, last = diagram::noRow; ///< messages to write, from 0, both included
    std::uint64_t most = 500; ///< rows (messages and folds); what is left out is said in the picture
    bool trueTime = false;
    /// For a page (html): how packets are described, and what a lesson adds. The rest of it is filled in from
    /// the request.
    handout::Handout page;
};

/// Nothing when it was written, else why not.
[[nodiscard]] std::optional<Text> exportTo(const QString& path, const ExportRequest& request);

/// Readies the environment for a QGuiApplication that nobody sees: call it before that is made. Where the
/// system gave the user no runtime folder, Qt would complain of it, so it gets a passing one.
class Unseen {
public:
    Unseen();
    ~Unseen();
    Unseen(const Unseen&) = delete;
    Unseen& operator=(const Unseen&) = delete;

private:
    std::unique_ptr<QTemporaryDir> runtimeFolder;
};

/// The endings it knows, without the dot.
QStringList exportFormats();

} // namespace wirestage
