// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/capture/packet_saver.h"

#include "app/window/translate.h"
#include "core/exchange/saving.h"

#include <QFileDialog>

namespace wirestage {

PacketSaver::PacketSaver(std::shared_ptr<const Capture> capture, std::vector<ExchangeId> of, QWidget* window)
    : QObject(window), from(std::move(capture)), exchanges(std::move(of)), above(window), writing(this) {}

void PacketSaver::ask(const QString& suggestedName) {
    auto* dialog = new QFileDialog(above, tr("Save the selection"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Captures (*.pcapng)"));
    dialog->setDefaultSuffix(QStringLiteral("pcapng"));
    dialog->selectFile(suggestedName);
    connect(dialog, &QFileDialog::fileSelected, this, &PacketSaver::save);
    connect(dialog, &QFileDialog::rejected, this, &QObject::deleteLater);
    dialog->open();
}

void PacketSaver::save(const QString& path) {
    write(path,
          [capture = from, of = exchanges](const std::string& to) { return saveCapture(*capture, to, of); });
}

void PacketSaver::saveFile(const QString& path) {
    write(path, [capture = from](const std::string& to) { return saveFileOf(*capture, to); });
}

void PacketSaver::write(const QString& path, std::function<std::optional<Text>(const std::string& to)> how) {
    writing.run([to = path.toLocal8Bit().toStdString(), how = std::move(how)] { return how(to); },
                [this, path](const std::optional<Text>& why) {
                    if (why)
                        emit failed(path, wirestage::tr(*why));
                    else
                        emit saved(path);
                    deleteLater();
                });
}

} // namespace wirestage
