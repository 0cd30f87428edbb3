// SPDX-License-Identifier: GPL-3.0-or-later
// The rooms of all protocols that have one, and the ports that applications are bound to.
#include "core/grouping/room.h"

#include <array>

namespace wirestage {

#define ROOM(name) extern const MessageRoom name##Room;
#include "rooms_of_all_protocols.def"
#undef ROOM

namespace {

constexpr std::size_t protocolCount = static_cast<std::size_t>(ProtocolId::count);

struct Rooms {
    std::array<const MessageRoom*, protocolCount> byProtocol{};
    std::vector<const MessageRoom*> all;
    std::vector<const MessageRoom*> byUdpPort, byTcpPort;

    Rooms() : byUdpPort(65536), byTcpPort(65536) {
        for (const MessageRoom* room : {
#define ROOM(name) &name##Room,
#include "rooms_of_all_protocols.def"
#undef ROOM
             }) {
            byProtocol[static_cast<std::size_t>(room->protocol)] = room;
            all.push_back(room);
            for (const std::uint16_t port : room->udpPorts)
                byUdpPort[port] = room;
            for (const std::uint16_t port : room->tcpPorts)
                byTcpPort[port] = room;
        }
    }
};

const Rooms& rooms() {
    static const Rooms all;
    return all;
}

} // namespace

const MessageRoom* roomOf(ProtocolId protocol) {
    return rooms().byProtocol[static_cast<std::size_t>(protocol)];
}

const MessageRoom* roomOfUdpPort(std::uint16_t port) {
    return rooms().byUdpPort[port];
}

const MessageRoom* roomOfTcpPort(std::uint16_t port) {
    return rooms().byTcpPort[port];
}

std::span<const MessageRoom* const> allRooms() {
    return rooms().all;
}

} // namespace wirestage
