// SPDX-License-Identifier: GPL-3.0-or-later
// Saves packets of the open capture as a file of its own, off the window's thread: of a whole capture that
// may take a while. It asks where to, writes, says how it went, and is gone.
#pragma once

#include "app/window/latest.h"
#include "core/exchange/capture.h"

#include <QObject>
#include <QString>

#include <memory>
#include <vector>

class QWidget;

namespace wirestage {

class PacketSaver : public QObject {
    Q_OBJECT
public:
    /// Of these exchanges; none: all packets.
    PacketSaver(std::shared_ptr<const Capture> capture, std::vector<ExchangeId> of, QWidget* window);

    void ask(const QString& suggestedName);
    void save(const QString& path);
    void saveFile(const QString& path); ///< the capture's own file with all that is in it

signals:
    void saved(const QString& path);
    void failed(const QString& path, const QString& why);

private:
    void write(const QString& path, std::function<std::optional<Text>(const std::string& to)> how);

    std::shared_ptr<const Capture> from;
    std::vector<ExchangeId> exchanges;
    QWidget* above;
    Latest writing;
};

} // namespace wirestage
