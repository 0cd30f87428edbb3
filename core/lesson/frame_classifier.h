// SPDX-License-Identifier: GPL-3.0-or-later
// Says of each frame of a run, in order, which kinds of messages it is: those of all its layers. Faults and
// narration count messages by it.
#pragma once

#include "core/grouping/grouping.h"
#include "core/lesson/lesson.h"

#include <map>

namespace wirestage::lesson {

class FrameClassifier {
public:
    explicit FrameClassifier(const Lesson& lesson);

    struct Kinds {
        std::vector<KindId> kinds;                        ///< none of a hop: that message was sent before
        simulation::NodeId receiver = simulation::nobody; ///< for whom it is, behind all routers
        /// Who sends from its source address: behind a translator another one than the frame's own sender.
        simulation::NodeId sender = simulation::nobody;
        bool toMany = false; ///< a broadcast or multicast
        [[nodiscard]] bool has(std::string_view kind) const;
    };
    /// `index`: the frame's place in Run::frames. Frames come in that order.
    Kinds classify(const simulation::SentFrame& frame, std::uint32_t index);

private:
    /// One direction of a TCP connection.
    struct StreamKey {
        IpAddress from, to;
        std::uint16_t fromPort = 0, toPort = 0;
        auto operator<=>(const StreamKey&) const = default;
    };
    struct Segment {
        std::uint32_t last = 0; ///< its last byte
        std::vector<KindId> kinds;
    };
    void kindsOf(const Dissection& dissection, std::vector<KindId>& kinds);
    void recall(const Dissection& dissection, std::vector<KindId>& kinds);
    [[nodiscard]] simulation::NodeId receiverOf(const Dissection& dissection) const;

    static constexpr std::size_t mostRemembered = 1 << 16; ///< segments, for when they are sent again

    Grouping grouping;
    std::vector<KindId> completed; ///< by the frame at hand
    std::map<StreamKey, std::vector<Segment>> segments;
    std::size_t remembered = 0;
    std::map<IpAddress, simulation::NodeId> nodeOfAddress;
    std::map<MacAddress, simulation::NodeId> nodeOfHardware;
    std::vector<bool> isRouter; ///< by node
    /// Between which addresses each frame goes: a hop under other ones (behind a translator) is a packet of
    /// its own.
    std::map<std::uint32_t, std::pair<IpAddress, IpAddress>> addressesOf;
};

} // namespace wirestage::lesson
