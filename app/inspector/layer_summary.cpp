// SPDX-License-Identifier: GPL-3.0-or-later
// The packet's headers as boxes, in the window's language.
#include "app/inspector/layer_summary.h"

#include "app/inspector/field_model.h"
#include "app/window/translate.h"
#include "core/protocols/header_lines.h"

#include <QStringList>

namespace wirestage {

HeaderSpan headerOfField(const Description& description, int field) {
    for (const HeaderSpan& header : headersOf(description))
        if (field >= header.node && field < header.end)
            return header;
    return {-1, -1};
}

std::vector<LayerBox> layersOf(const Description& description) {
    std::vector<LayerBox> layers;
    for (const HeaderLine& header : headerLines(description)) {
        const Field& node = description.fields[static_cast<std::size_t>(header.node)];
        // Ethernet's padding comes behind what Ethernet carries: it is no layer inside that.
        if (node.spec && node.spec->name == "eth" && header.parts.empty())
            continue;
        LayerBox box;
        box.node = header.node;
        box.depth = static_cast<int>(layers.size());
        box.buffer = node.buffer;
        QStringList parts;
        for (const Text& part : header.parts)
            parts << wirestage::tr(part);
        box.title = header.title.empty() ? fieldTitle(node) : fromUtf8(header.title);
        box.summary = header.title.empty() ? fieldValue(node) : parts.join(QStringLiteral(" · "));
        layers.push_back(std::move(box));
    }
    return layers;
}

} // namespace wirestage
