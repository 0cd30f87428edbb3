// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/overlay/two_ends.h"

#include "core/overlay/packet_identity.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <map>
#include <tuple>
#include <unordered_map>

namespace wirestage::overlay {
namespace {

constexpr PacketIndex askEvery = 4096;
constexpr Time never = std::numeric_limits<Time>::max();

struct Seen {
    PacketIndex packet = 0;
    Time time = 0;
    PacketIdentity identity;
    std::size_t conversation = 0;
    bool fromLow = false; ///< of the conversation's two addresses the lower one sent it
};

/// What two addresses say to each other.
struct Conversation {
    /// By direction (fromLow): B's stamp minus A's of packets found once in both.
    Time least[2] = {never, never};
    std::int64_t hops[2] = {0, 0}; ///< A's TTL minus B's: a router takes one off
    std::size_t pairs = 0;
    std::optional<End> low; ///< where the lower address is
    bool elsewhere = false; ///< both ends heard it of a third host: a broadcast on their common link

    [[nodiscard]] End endOf(bool fromLow) const {
        const End end = low.value_or(End::A);
        return fromLow ? end : end == End::A ? End::B : End::A;
    }
};

class Merger {
public:
    Merger(const Capture& a, const Capture& b, const std::function<bool()>& whetherToGoOn)
        : captures{&a, &b}, keepGoing(whetherToGoOn) {}
    TwoEnds run();

private:
    using Places = std::vector<std::size_t>; ///< in `seen`, of one end
    void read(End end);
    void pairUnmistakable();
    void findSides();
    void estimate();
    void placeOneWay();
    void hear(const Places& inA, const Places& inB);
    void cross(const Places& inA, const Places& inB);
    void add(End from, const Seen* sent, const Seen* received);
    [[nodiscard]] bool couldCome(End at, Time onClockOfA) const;
    [[nodiscard]] Time onClockOfA(End end, Time time) const { return end == End::A ? time : time - shift; }

    const Capture* captures[2];
    const std::function<bool()>& keepGoing;
    std::vector<Seen> seen[2];
    PacketIndex looked[2] = {0, 0}; ///< how many packets of each were looked at
    std::map<std::pair<std::array<std::uint8_t, 16>, std::array<std::uint8_t, 16>>, std::size_t> numbers;
    std::vector<Conversation> conversations;
    std::unordered_map<std::uint64_t, std::array<Places, 2>> byKey;
    Time shift = 0; ///< B's clock minus A's, as well as it is known
    TwoEnds result;
};

void Merger::read(End end) {
    const auto side = static_cast<std::size_t>(end);
    const Capture& capture = *captures[side];
    const std::size_t count = std::min<std::size_t>(capture.packetCount(), TwoEnds::mostPackets);
    result.wholeCaptures = result.wholeCaptures && count == capture.packetCount();
    for (PacketIndex packet = 0; packet < count; ++packet) {
        if (packet % askEvery == 0 && keepGoing && !keepGoing())
            return;
        looked[side] = packet + 1;
        const auto identity = identify(capture.frame(packet));
        if (!identity)
            continue;
        const bool fromLow = identity->source.bytes < identity->destination.bytes;
        const auto& [low, high] = std::minmax(identity->source.bytes, identity->destination.bytes);
        const auto [place, isNew] = numbers.try_emplace({low, high}, conversations.size());
        if (isNew)
            conversations.emplace_back();
        byKey[identity->key][side].push_back(seen[side].size());
        seen[side].push_back({packet, capture.timeOf(packet), *identity, place->second, fromLow});
    }
}

/// Packets that each capture has once: no repetition can be taken for another.
void Merger::pairUnmistakable() {
    for (const auto& [key, places] : byKey) {
        if (places[0].size() != 1 || places[1].size() != 1)
            continue;
        const Seen &a = seen[0][places[0].front()], &b = seen[1][places[1].front()];
        Conversation& conversation = conversations[a.conversation];
        conversation.least[a.fromLow] = std::min(conversation.least[a.fromLow], b.time - a.time);
        conversation.hops[a.fromLow] += std::int64_t{a.identity.ttl} - b.identity.ttl;
        ++conversation.pairs;
    }
}

/// B's stamp minus A's is offset plus delay from A to B, and offset minus delay the other way: so of two
/// directions the one with the greater difference begins at A. Of one direction alone the TTL tells.
void Merger::findSides() {
    for (Conversation& conversation : conversations) {
        const bool bothWays = conversation.least[0] != never && conversation.least[1] != never;
        if (bothWays && conversation.least[0] != conversation.least[1])
            conversation.low = conversation.least[1] > conversation.least[0] ? End::A : End::B;
        else if (const auto fromLow = conversation.hops[1], fromHigh = conversation.hops[0];
                 fromLow != fromHigh)
            conversation.low = fromLow > fromHigh ? End::A : End::B;
    }
}

void Merger::estimate() {
    Time there = never, back = never; // least difference from A to B, and from B to A with its sign turned
    for (const auto& [key, places] : byKey) {
        if (places[0].size() != 1 || places[1].size() != 1)
            continue;
        const Seen &a = seen[0][places[0].front()], &b = seen[1][places[1].front()];
        const Conversation& conversation = conversations[a.conversation];
        if (!conversation.low)
            continue;
        Time& least = conversation.endOf(a.fromLow) == End::A ? there : back;
        const Time difference = b.time - a.time;
        least = std::min(least, conversation.endOf(a.fromLow) == End::A ? difference : -difference);
    }
    if (there != never && back != never) {
        result.offset = shift = (there - back) / 2;
        result.leastDelay = (there + back) / 2;
    } else if (there != never) {
        shift = there; // the quickest packet took at least no time
    } else if (back != never) {
        shift = -back;
    }
    result.shift = shift;
}

/// Where what goes one way only begins: at the end where its sender was found to be. Of a host that is at
/// neither, both ends hear at about the same time; else the clocks, being known now, tell.
void Merger::placeOneWay() {
    std::map<std::array<std::uint8_t, 16>, End> places;
    for (const auto& [addresses, number] : numbers)
        if (const auto& low = conversations[number].low) {
            places.emplace(addresses.first, *low);
            places.emplace(addresses.second, *low == End::A ? End::B : End::A);
        }
    for (const auto& [addresses, number] : numbers) {
        Conversation& conversation = conversations[number];
        if (conversation.low || conversation.pairs == 0)
            continue;
        const bool fromLow = conversation.least[1] != never;
        const auto sender = places.find(fromLow ? addresses.first : addresses.second);
        const Time later = conversation.least[fromLow] - shift;
        conversation.elsewhere =
            sender == places.end() && result.leastDelay && std::abs(later) < *result.leastDelay / 2;
        const End from = sender != places.end() ? sender->second : later >= 0 ? End::A : End::B;
        conversation.low = fromLow == (from == End::A) ? End::A : End::B;
    }
}

/// Whether that end's capture was running, as far as it was looked at: from its first packet to its last, or
/// longer where the file says so and its packets do not belie it.
bool Merger::couldCome(End at, Time time) const {
    const auto side = static_cast<std::size_t>(at);
    const Capture& capture = *captures[side];
    Time first = capture.timeOf(0), last = capture.timeOf(looked[side] - 1);
    if (const auto running = capture.running();
        running && running->first <= first && running->second >= last) {
        first = running->first;
        last = looked[side] == capture.packetCount() ? running->second : last;
    }
    return time >= onClockOfA(at, first) && time <= onClockOfA(at, last);
}

void Merger::add(End from, const Seen* sent, const Seen* received) {
    const End to = from == End::A ? End::B : End::A;
    Crossing crossing;
    crossing.from = from;
    if (sent) {
        (from == End::A ? crossing.inA : crossing.inB) = sent->packet;
        crossing.sent = onClockOfA(from, sent->time);
    }
    if (received) {
        (to == End::A ? crossing.inA : crossing.inB) = received->packet;
        crossing.received = onClockOfA(to, received->time);
        crossing.lost = false;
    } else if (couldCome(to, *crossing.sent + result.leastDelay.value_or(0))) {
        crossing.lost = true;
    }
    result.foundTwice += sent && received;
    result.lost += crossing.lost.value_or(false);
    result.crossings.push_back(crossing);
}

/// Nobody saw it being sent: known is when it came.
void Merger::hear(const Places& inA, const Places& inB) {
    for (std::size_t i = 0; i < std::max(inA.size(), inB.size()); ++i) {
        Crossing crossing;
        if (i < inA.size()) {
            crossing.inA = seen[0][inA[i]].packet;
            crossing.received = seen[0][inA[i]].time;
        }
        if (i < inB.size()) {
            crossing.inB = seen[1][inB[i]].packet;
            crossing.received = crossing.received.value_or(onClockOfA(End::B, seen[1][inB[i]].time));
        }
        crossing.from = crossing.inA ? End::B : End::A;
        crossing.lost = false;
        result.crossings.push_back(crossing);
    }
}

/// The same packet, sent and received as often as it was. Where some got lost, each that came is the latest
/// that it can be: a repetition is sent because the one before did not come.
void Merger::cross(const Places& inA, const Places& inB) {
    const Seen& one = inA.empty() ? seen[1][inB.front()] : seen[0][inA.front()];
    const Conversation& conversation = conversations[one.conversation];
    if (conversation.pairs == 0) {
        result.notCrossing += inA.size() + inB.size();
        return;
    }
    if (conversation.elsewhere)
        return hear(inA, inB);
    const End from = conversation.endOf(one.fromLow), to = from == End::A ? End::B : End::A;
    const auto& sender = seen[static_cast<std::size_t>(from)];
    const auto& receiver = seen[static_cast<std::size_t>(to)];
    const Places &sent = from == End::A ? inA : inB, &received = from == End::A ? inB : inA;
    std::vector<std::size_t> partner(sent.size(), received.size()); // received.size(): none
    std::size_t free = sent.size();
    for (std::size_t i = received.size(); i-- > 0;) {
        const Time came = onClockOfA(to, receiver[received[i]].time) - result.leastDelay.value_or(0);
        std::size_t candidate = sent.size() == received.size() ? i + 1 : free;
        while (sent.size() != received.size() && candidate > 0 &&
               onClockOfA(from, sender[sent[candidate - 1]].time) > came)
            --candidate;
        if (candidate == 0) {
            add(from, nullptr, &receiver[received[i]]);
            continue;
        }
        partner[candidate - 1] = i;
        free = candidate - 1;
    }
    for (std::size_t i = 0; i < sent.size(); ++i)
        add(from, &sender[sent[i]],
            partner[i] == received.size() ? nullptr : &receiver[received[partner[i]]]);
}

TwoEnds Merger::run() {
    read(End::A);
    read(End::B);
    pairUnmistakable();
    findSides();
    estimate();
    placeOneWay();
    for (const auto& [key, places] : byKey)
        cross(places[0], places[1]);
    const auto moment = [](const Crossing& one) { return one.sent.value_or(one.received.value_or(0)); };
    std::sort(result.crossings.begin(), result.crossings.end(), [&](const Crossing& a, const Crossing& b) {
        return std::tuple(moment(a), a.inA, a.inB) < std::tuple(moment(b), b.inA, b.inB);
    });
    return std::move(result);
}

} // namespace

TwoEnds mergeTwoEnds(const Capture& a, const Capture& b, const std::function<bool()>& keepGoing) {
    return Merger(a, b, keepGoing).run();
}

} // namespace wirestage::overlay
