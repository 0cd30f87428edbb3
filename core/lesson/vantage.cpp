// SPDX-License-Identifier: GPL-3.0-or-later
// Where one looks from.
#include "core/lesson/lesson_reading.h"
#include "core/lesson/lesson_run.h"
#include "core/lesson/table_reader.h"

#include <fmt/format.h>

namespace wirestage::lesson {

using namespace simulation;

std::variant<Vantage, Text> findVantage(const Lesson& lesson, std::string_view name) {
    Vantage vantage;
    vantage.name = name;
    const auto& links = lesson.network.links;
    for (LinkId i = 0; i < links.size(); ++i)
        if (links[i].name == name) {
            vantage.link = i;
            return vantage;
        }
    const auto colon = name.find(':');
    const auto& nodes = lesson.network.nodes;
    std::vector<std::string> candidates;
    for (const LinkSetup& link : links)
        candidates.push_back(link.name);
    for (NodeId i = 0; i < nodes.size(); ++i) {
        if (nodes[i].role == NodeRole::Switch)
            continue;
        const auto& interfaces = nodes[i].interfaces;
        if (interfaces.size() == 1)
            candidates.push_back(nodes[i].name);
        for (const InterfaceSetup& one : interfaces)
            candidates.push_back(fmt::format("{}:{}", nodes[i].name, one.name));
        if (nodes[i].name != name.substr(0, colon))
            continue;
        vantage.node = i;
        if (colon == name.npos && interfaces.size() > 1)
            return WS_TR("lesson", "“%1” has several interfaces; say which: %1:%2")
                .with(name)
                .with(interfaces.front().name);
        for (std::uint32_t k = 0; k < interfaces.size(); ++k)
            if (colon == name.npos || interfaces[k].name == name.substr(colon + 1)) {
                vantage.interface = k;
                return vantage;
            }
    }
    const std::vector<std::string_view> words(candidates.begin(), candidates.end());
    return WS_TR("lesson", "link or host %1").with(unknownWord(name, words));
}

} // namespace wirestage::lesson
