// SPDX-License-Identifier: GPL-3.0-or-later
// The colours by the names they have in style sheets.
#include "core/diagram/colours.h"

namespace wirestage::diagram {

const std::vector<NamedColour>& namedColours() {
    static const std::vector<NamedColour> all = [] {
        std::vector<NamedColour> made{
            {"text", light::text, dark::text},
            {"quiet", light::quietText, dark::quietText},
            {"ground", light::ground, dark::ground},
            {"surface", light::surface, dark::surface},
            {"border", light::border, dark::border},
            {"lifeline", light::lifeline, dark::lifeline},
            {"frame", light::frame, dark::frame},
            {"accent", light::accent, dark::accent},
            {"accent-text", light::accentText, dark::accentText},
            {"accent-soft", light::accentSoft, dark::accentSoft},
            {"highlight", light::highlight, dark::highlight},
            {"danger", light::danger, dark::danger},
            {"danger-soft", light::dangerSoft, dark::dangerSoft},
            {"good", light::good, dark::good},
            {"warning", light::warning, dark::warning},
            {"warning-soft", light::warningSoft, dark::warningSoft},
        };
        for (std::size_t f = 0; f < familyCount; ++f)
            made.push_back({"family-" + std::string(name(static_cast<Family>(f))), light::families[f],
                            dark::families[f]});
        for (std::size_t tone = 0; tone < toneCount; ++tone)
            made.push_back({"tone-" + std::to_string(tone), light::states[tone], dark::states[tone]});
        for (std::size_t layer = 0; layer < layerCount; ++layer) {
            made.push_back({"layer-" + std::to_string(layer), light::layers[layer], dark::layers[layer]});
            made.push_back(
                {"layer-soft-" + std::to_string(layer), light::layersSoft[layer], dark::layersSoft[layer]});
        }
        return made;
    }();
    return all;
}

Rgb colourNamed(Ground on, std::string_view name) {
    for (const NamedColour& colour : namedColours())
        if (colour.name == name)
            return on == Ground::Light ? colour.light : colour.dark;
    return on == Ground::Light ? light::text : dark::text;
}

} // namespace wirestage::diagram
