// SPDX-License-Identifier: GPL-3.0-or-later
// A frame's way over one link.
#include "core/simulation/links.h"

#include "core/protocols/dissection.h"
#include "core/protocols/eth/eth_wire.h"
#include "core/simulation/world.h"

namespace wirestage::simulation {

Links::Links(World& inWorld) : world(inWorld), links(inWorld.setup().links.size()) {}

/// The moment at which the last bit will have left, or nothing where the queue is full.
std::optional<Time> Links::reserve(const LinkSetup& setup, Direction& direction, std::size_t size) {
    const Time now = world.now();
    if (setup.bitsPerSecond == 0)
        return now;
    while (!direction.waiting.empty() && direction.waiting.front() <= now)
        direction.waiting.pop_front();
    if (direction.free > now) {
        if (setup.queue > 0 && direction.waiting.size() >= setup.queue)
            return std::nullopt;
        direction.waiting.push_back(direction.free);
    }
    // IEEE 802.3: preamble and start delimiter 8 bytes, padding to 60 bytes, frame check sequence 4; between
    // frames a gap of 12.
    const auto time = [&](std::size_t bytes) {
        return static_cast<Time>(static_cast<double>(bytes) * 8e9 / static_cast<double>(setup.bitsPerSecond));
    };
    const Time begin = std::max(now, direction.free);
    const std::size_t whole = 8 + std::max<std::size_t>(size, 60) + 4;
    direction.free = begin + time(whole + 12);
    return begin + time(whole);
}

void Links::enter(std::uint32_t frame, LinkId link, NodeId from, bool damaged, Verdict verdict) {
    const LinkSetup& setup = world.setup().links[link];
    const bool forth = world.record().links[link].a == from;
    const std::size_t size = world.bytesOf(frame, damaged).size();
    const std::optional<Time> entered = reserve(setup, links[link].directions[forth ? 0 : 1], size);
    if (!entered)
        return; // no room in the queue: it never enters the link
    const std::uint32_t nth = ++links[link].frames;
    if (Interference* const interference = world.interference()) {
        const Verdict more = interference->onLink(world.record().frames[frame], frame, link, nth);
        verdict.lose |= more.lose;
        verdict.damage |= more.damage;
        verdict.delay += more.delay;
        verdict.copies += more.copies;
    }
    pass(frame, link, forth, verdict, damaged, *entered);
    if (world.record().frames[frame].copy)
        return; // copies of copies would never end
    for (unsigned i = 0; i < verdict.copies; ++i) {
        SentFrame copy = world.record().frames[frame];
        copy.sent = world.now();
        copy.copy = true;
        copy.passages.clear();
        copy.arrivals.clear();
        world.record().frames.push_back(std::move(copy));
        enter(static_cast<std::uint32_t>(world.record().frames.size() - 1), link, from, damaged, {});
    }
}

void Links::pass(std::uint32_t frame, LinkId link, bool forth, const Verdict& verdict, bool damaged,
                 Time entered) {
    SentFrame& sent = world.record().frames[frame];
    if (verdict.damage && !damaged) {
        if (sent.damagedBytes.empty())
            sent.damagedBytes = damagedFrame(sent.bytes);
        damaged = true;
    }
    const RunLink& ends = world.record().links[link];
    const Time arrived = entered + world.setup().links[link].delay + verdict.delay;
    const NodeId to = forth ? ends.b : ends.a;
    const std::uint32_t interface = forth ? ends.interfaceB : ends.interfaceA;
    sent.passages.push_back({.link = link,
                             .from = forth ? ends.a : ends.b,
                             .to = to,
                             .entered = entered,
                             .arrived = arrived,
                             .lost = verdict.lose,
                             .damaged = damaged});
    if (!verdict.lose)
        world.events().at(arrived, Pending::Frame, [this, to, interface, frame, damaged] {
            world.node(to).frameArrived(interface, frame, damaged);
        });
}

std::vector<std::uint8_t> damagedFrame(Bytes frame) {
    std::vector<std::uint8_t> damaged(frame.begin(), frame.end());
    Frame seen;
    seen.bytes = frame;
    seen.length = static_cast<std::uint32_t>(frame.size());
    Dissection packet;
    dissectFrame(packet, seen);
    const Bytes inner = !packet.payload.empty() ? packet.payload : packet.network.payload;
    std::size_t place = frame.size() - 1;
    if (!packet.payload.empty())
        place = static_cast<std::size_t>(inner.data() - frame.data()) + inner.size() / 2;
    else if (packet.carried == Carried::Tcp && inner.size() >= 20)
        place = static_cast<std::size_t>(inner.data() - frame.data()) + 15; // the window
    else if (!inner.empty())
        place = static_cast<std::size_t>(inner.data() - frame.data()) + inner.size() - 1;
    if (place < damaged.size())
        damaged[place] ^= 0x01;
    return damaged;
}

} // namespace wirestage::simulation
