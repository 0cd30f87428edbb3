// SPDX-License-Identifier: GPL-3.0-or-later
// Links the bytes with the fields, both ways.
#include "app/inspector/bytes_pane.h"

#include "app/inspector/field_card.h"
#include "app/inspector/field_model.h"
#include "app/inspector/hex_view.h"
#include "app/window/pane_parts.h"
#include "app/window/translate.h"

#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace wirestage {

BytesPane::BytesPane(QWidget* parent)
    : QWidget(parent), buffers(new QComboBox), hex(new HexView),
      heading(plainLabel(QStringLiteral("cardTitle"))), marked(plainLabel(QStringLiteral("quiet"))) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 8);
    column->setSpacing(8);
    hex->setProperty("role", QStringLiteral("mono"));
    buffers->setAccessibleName(tr("Which bytes"));
    column->addWidget(heading);
    column->addWidget(buffers);
    column->addWidget(hex, 1);
    column->addWidget(marked);
    connect(buffers, &QComboBox::currentIndexChanged, this, &BytesPane::showBuffer);
    connect(hex, &HexView::byteChosen, this, [this](std::uint32_t offset) {
        if (!shown)
            return;
        const int field = fieldAt(shown->packet, static_cast<std::uint8_t>(buffers->currentIndex()), offset);
        if (field >= 0)
            emit fieldChosen(field);
    });
}

void BytesPane::setInspected(std::shared_ptr<const Inspected> inspected) {
    shown = std::move(inspected);
    const QSignalBlocker quiet(buffers);
    buffers->clear();
    marked->clear();
    if (!shown || !shown->valid) {
        heading->clear();
        buffers->hide();
        hex->setBytes({});
        return;
    }
    heading->setText(
        shown->message.gaveWay
            ? tr("Packet %1: its bytes are no longer kept").arg(grouped(shown->frameNumber))
        : shown->frame.size() < shown->frameLength
            ? tr("Packet %1: %2 of its %3 bytes were captured")
                  .arg(grouped(shown->frameNumber), grouped(shown->frame.size()), grouped(shown->frameLength))
            : tr("Packet %1: %2 bytes").arg(grouped(shown->frameNumber), grouped(shown->frame.size())));
    buffers->addItem(tr("The frame itself"));
    for (const Buffer& buffer : shown->packet.buffers)
        buffers->addItem(wirestage::tr(buffer.title));
    buffers->setVisible(buffers->count() > 1);
    showBuffer(0);
}

void BytesPane::showBuffer(int buffer) {
    if (!shown || buffer < 0)
        return;
    const auto bytes = shown->bytesOf(static_cast<std::uint8_t>(buffer));
    hex->setBytes({bytes.begin(), bytes.end()});
}

void BytesPane::setField(int place) {
    if (!shown || place < 0 || static_cast<std::size_t>(place) >= shown->packet.fields.size()) {
        hex->mark(0, 0);
        marked->clear();
        return;
    }
    const Field& field = shown->packet.fields[static_cast<std::size_t>(place)];
    const QString words = fieldTitle(field) + QStringLiteral(": ") + placeInWords(field);
    marked->setText(words);
    if (field.generated) {
        hex->mark(0, 0);
        return;
    }
    if (buffers->currentIndex() != field.buffer) {
        const QSignalBlocker quiet(buffers);
        buffers->setCurrentIndex(field.buffer);
        showBuffer(field.buffer);
    }
    hex->mark(field.offset, field.length);
    hex->setMarkName(words);
}

} // namespace wirestage
