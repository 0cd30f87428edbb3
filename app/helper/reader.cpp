// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/reader.h"

#include <algorithm>
#include <array>
#include <poll.h>

namespace wirestage::helper {
namespace {

using namespace std::chrono_literals;

/// Between two looks at everything else.
constexpr int mostAtOnce = 4096;
/// The kernel's counters have 32 bits, and fast interfaces exist.
constexpr auto betweenCounts = 1s;
/// An interface that is down is looked at so often; one that is removed goes down first.
constexpr auto betweenLooks = 100ms;
/// What the kernel and the scheduler may add to a device's lateness.
constexpr auto slack = 10ms;

} // namespace

Reader::Reader(Device device, std::uint32_t number, PacketQueue& queue, const Bell& stop,
               std::chrono::milliseconds lateness)
    : device_(std::move(device)), queue_(queue), stop_(stop), lateness_(lateness),
      counted_(Moment::clock::now()) {
    batch_.device = number;
    batch_.blocks.reserve(Batch::size);
}

void Reader::run() {
    while (!vanished_ && !(end_ && Moment::clock::now() >= *end_)) {
        wait();
        if (!fetch())
            break;
        if (const Moment now = Moment::clock::now(); now >= counted_ + betweenCounts) {
            device_.addCounts(counts_);
            counted_ = now;
            tellLosses();
        }
    }
    fetch();
    device_.addCounts(counts_);
}

/// While it goes on: whoever watches wants to know now, not when it is over.
void Reader::tellLosses() {
    if (counts_.dropped() == lossesTold_)
        return;
    lossesTold_ = counts_.dropped();
    tell("Packets dropped on interface '" + facts().name + "': " + std::to_string(lossesTold_));
}

/// Milliseconds as for poll(2).
int Reader::patience() const {
    std::optional<Moment> until = end_;
    if (downSince_)
        until = std::min(until.value_or(Moment::max()), Moment::clock::now() + betweenLooks);
    if (!until)
        return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*until - Moment::clock::now()).count();
    return static_cast<int>(std::max<std::int64_t>(left, 0));
}

void Reader::wait() {
    if (!downSince_ && device_.isUneasy())
        downSince_ = Moment::clock::now();
    // Once it has rung, the bell goes on ringing.
    std::array<pollfd, 2> awaited{pollfd{device_.descriptor(), POLLIN, 0},
                                  pollfd{stop_.descriptor(), POLLIN, 0}};
    poll(awaited.data(), end_ ? 1 : 2, patience());
    if (awaited[1].revents != 0)
        end_ = Moment::clock::now() + lateness_ + slack;
    if ((awaited[0].revents & ~POLLIN) != 0)
        device_.forgetError();
    if ((awaited[0].revents & ~POLLIN) != 0 || downSince_)
        lookAfterInterface();
}

void Reader::lookAfterInterface() {
    const Moment now = Moment::clock::now();
    const std::string& name = facts().name;
    switch (device_.presence()) {
    case Presence::Gone: vanished_ = true; break;
    case Presence::Down:
        if (!downSince_)
            downSince_ = now;
        if (!toldThatDown_ && now >= *downSince_ + betweenLooks) {
            complain(name + ": the interface went down; packets come again when it is up");
            toldThatDown_ = true;
        }
        break;
    case Presence::Up:
        if (toldThatDown_)
            complain(name + ": the interface is up again");
        downSince_.reset();
        toldThatDown_ = false;
        break;
    }
    if (vanished_)
        complain(name + ": the interface vanished");
}

/// False: there is nothing to be had from this device any more.
bool Reader::fetch() {
    if (!device_.read(mostAtOnce, &Reader::onPacket, reinterpret_cast<unsigned char*>(this))) {
        if (!vanished_)
            complain(facts().name + ": " +
                     (device_.presence() == Presence::Gone ? "the interface vanished" : device_.problem()));
        vanished_ = true;
        return false;
    }
    handOver();
    return true;
}

void Reader::onPacket(unsigned char* reader, const pcap_pkthdr* header, const unsigned char* bytes) {
    reinterpret_cast<Reader*>(reader)->take(*header, bytes);
}

void Reader::take(const pcap_pkthdr& header, const unsigned char* bytes) {
    constexpr std::size_t frame = 36; // of an Enhanced Packet Block around its packet, with padding
    if (batch_.blocks.size() + header.caplen + frame > Batch::size)
        handOver();
    const Time time = device_.timeOf(header.ts);
    appendPacket(batch_.blocks, batch_.device, time, header.len, Bytes(bytes, header.caplen));
    batch_.latest = std::max(batch_.latest, time);
    ++batch_.packets;
}

void Reader::handOver() {
    if (batch_.packets == 0)
        return;
    batch_.handedOver = Moment::clock::now();
    const std::uint64_t packets = batch_.packets;
    if (queue_.put(batch_))
        return;
    counts_.droppedByUs += packets;
    batch_.blocks.clear();
    batch_.packets = 0;
    batch_.latest = 0;
}

} // namespace wirestage::helper
