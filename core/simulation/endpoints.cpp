// SPDX-License-Identifier: GPL-3.0-or-later
// The endpoint rooms of all protocols that have one.
#include "core/simulation/endpoints.h"

#include <vector>

namespace wirestage::simulation {

#define ENDPOINTS(name) extern const EndpointRoom name##Endpoints;
#include "endpoints_of_all_protocols.def"
#undef ENDPOINTS

std::span<const EndpointRoom* const> allEndpointRooms() {
    static const std::vector<const EndpointRoom*> rooms{
#define ENDPOINTS(name) &name##Endpoints,
#include "endpoints_of_all_protocols.def"
#undef ENDPOINTS
    };
    return rooms;
}

const ApplicationType* applicationNamed(std::string_view name) {
    for (const EndpointRoom* room : allEndpointRooms())
        for (const ApplicationType& type : room->types)
            if (type.name == name)
                return &type;
    return nullptr;
}

FoundVerb verbNamed(std::string_view name) {
    for (const EndpointRoom* room : allEndpointRooms())
        for (const ApplicationType& type : room->types)
            for (const VerbSpec& verb : type.verbs)
                if (verb.name == name)
                    return {&type, &verb};
    return {};
}

} // namespace wirestage::simulation
