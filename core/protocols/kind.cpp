// SPDX-License-Identifier: GPL-3.0-or-later
// The list of all kinds, put together from the protocols' own lists.
#include "core/protocols/kind.h"

#include "core/protocols/protocol_names.h"
#include "core/text/text.h"

#include <array>

namespace wirestage {
namespace {

/// A kind belongs to the protocol its name begins with.
constexpr ProtocolId ownerOf(std::string_view kindName) {
    const auto prefix = kindName.substr(0, kindName.find('.'));
    for (std::size_t i = 0; i < protocolNames.size(); ++i)
        if (protocolNames[i] == prefix)
            return static_cast<ProtocolId>(i);
    return ProtocolId::count;
}

constexpr Kind kinds[] = {
#define KIND(enumerator, name, level, title) {name, ownerOf(name), Level::level, title},
#include "kinds_of_all_protocols.def"
#undef KIND
};

constexpr bool everyKindHasAnOwner() {
    for (const auto& one : kinds)
        if (one.protocol == ProtocolId::count)
            return false;
    return true;
}
static_assert(everyKindHasAnOwner(), "a kind's name begins with its protocol's name");

constexpr std::array<std::string_view, 4> levelNames{"link", "network", "transport", "application"};

} // namespace

std::string_view name(Level level) {
    return levelNames[static_cast<std::size_t>(level)];
}

std::optional<Level> levelOfName(std::string_view name) {
    for (std::size_t i = 0; i < levelNames.size(); ++i)
        if (levelNames[i] == name)
            return static_cast<Level>(i);
    return {};
}

std::string_view name(ProtocolId id) {
    return protocolNames[static_cast<std::size_t>(id)];
}

const Kind& kind(KindId id) {
    return kinds[static_cast<std::size_t>(id)];
}

std::span<const Kind> allKinds() {
    return kinds;
}

std::optional<KindId> kindOfName(std::string_view name) {
    for (std::size_t i = 0; i < std::size(kinds); ++i)
        if (kinds[i].name == name)
            return static_cast<KindId>(i);
    return {};
}

bool isKind(KindId id, std::string_view ancestor) {
    const auto name = kind(id).name;
    return name.starts_with(ancestor) && (name.size() == ancestor.size() || name[ancestor.size()] == '.');
}

} // namespace wirestage
