// SPDX-License-Identifier: GPL-3.0-or-later
// A capture's packets, messages and hosts as they are where names are hidden. Packets are rewritten when
// somebody looks at them, each by what is known of its exchange, so that all that is made from them (texts,
// diagrams, bytes, files) holds stand-ins alone.
#pragma once

#include "core/exchange/capture_state.h"
#include "core/privacy/stand_ins.h"

#include <tuple>

namespace wirestage {

/// Every member expects the caller to be Reading.
class Hiding {
public:
    explicit Hiding(std::shared_ptr<const CaptureState> named);

    [[nodiscard]] StandIns& standIns() { return names; }
    [[nodiscard]] Frame frame(PacketIndex packet);
    /// What a packet completed that was put together from fragments.
    [[nodiscard]] std::vector<std::uint8_t> datagram(PacketIndex packet);
    [[nodiscard]] std::shared_ptr<const StreamMessages> messages(ExchangeId id);
    /// Opens a TCP segment for those who want its facts alone, of which a long story has many. False where it
    /// is none.
    bool openSegment(PacketIndex packet, OpenedPacket& into);
    /// "client-1", "server-1", "host-1"; the address of one that stands for itself.
    [[nodiscard]] std::string hostName(HostId canonical);

private:
    using StreamKey = std::tuple<HostId, HostId, std::uint16_t, std::uint16_t, bool>;
    /// The messages of an exchange, and those of each stream in order.
    struct Streams {
        std::size_t packets = 0; ///< of the exchange when they were made
        StreamMessages messages;
        std::map<StreamKey, std::vector<const StreamMessages::One*>> inOrder;
    };
    [[nodiscard]] std::shared_ptr<const Streams> streams(ExchangeId id);
    [[nodiscard]] std::vector<std::uint8_t> rewritten(const StreamMessages::One& message,
                                                      const MessageRoom& room);
    /// A segment's payload: the stretches of messages that lie in it, the rest filled.
    [[nodiscard]] std::vector<std::uint8_t> payload(PacketIndex packet, const Dissection& segment);
    [[nodiscard]] PacketIndex completedBy(PacketIndex fragment) const;
    void describeMessage(PacketIndex packet, const Dissection& opened, Describer& describer) const;
    void meet();
    void nameBySpeaking(HostId host, const char* role);

    std::shared_ptr<const CaptureState> named;
    StandIns names;

    std::mutex mutex; ///< of what follows
    HostId met = 0;
    ExchangeId walked = 0;
    std::map<std::string, unsigned> counts; ///< by role
    std::unordered_map<HostId, std::string> hostNames;
    std::map<ExchangeId, std::shared_ptr<const Streams>> cache;
    std::list<ExchangeId> order; ///< of the cache, latest first
    PacketIndex datagramOf = none;
    std::vector<std::uint8_t> datagramBytes;
};

} // namespace wirestage
