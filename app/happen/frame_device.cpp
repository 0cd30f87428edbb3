// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/happen/frame_device.h"

#include "app/happen/trouble.h"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace wirestage::happen {
namespace {

template <typename Clock>
Time read() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now().time_since_epoch()).count();
}

} // namespace

FrameDevice::FrameDevice(Descriptor device, PcapngWriter* capture)
    : device_(std::move(device)), capture_(capture), start_(read<std::chrono::system_clock>()),
      startOfClock_(read<std::chrono::steady_clock>()) {}

Time FrameDevice::now() const {
    return start_ + (read<std::chrono::steady_clock>() - startOfClock_);
}

void FrameDevice::note(Bytes frame) {
    if (!capture_)
        return;
    Frame record;
    record.number = ++frames_;
    record.time = now();
    record.length = static_cast<std::uint32_t>(frame.size());
    record.bytes = frame;
    capture_->write(record);
}

void FrameDevice::take(Bytes frame, Time) {
    note(frame);
    if (write(device_.get(), frame.data(), frame.size()) < 0 && problem_.empty())
        problem_ = std::string("a frame could not be sent: ") + std::strerror(errno);
}

std::optional<simulation::OutsideNode::Sent> FrameDevice::wait(Time until) {
    std::array<std::uint8_t, 65536> buffer{};
    for (;;) {
        if (const ssize_t length = ::read(device_.get(), buffer.data(), buffer.size()); length > 0) {
            const Bytes frame(buffer.data(), static_cast<std::size_t>(length));
            note(frame);
            return Sent{now(), {frame.begin(), frame.end()}};
        } else if (length < 0 && errno != EAGAIN && errno != EINTR && problem_.empty())
            problem_ = std::string("no frame could be read: ") + std::strerror(errno);
        const Time left = until - now();
        if (left <= 0)
            return std::nullopt;
        const timespec patience{left / simulation::second, left % simulation::second};
        pollfd waiting{device_.get(), POLLIN, 0};
        ppoll(&waiting, 1, &patience, nullptr);
    }
}

Descriptor packetSocket(const std::string& interface) {
    // Bound to a protocol only together with the interface: else frames of others would slip in between.
    Descriptor made(must(socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "a packet socket"));
    const int yes = 1;
    must(setsockopt(made.get(), SOL_PACKET, PACKET_IGNORE_OUTGOING, &yes, sizeof yes), "a packet socket");
    sockaddr_ll place{};
    place.sll_family = AF_PACKET;
    place.sll_protocol = htons(ETH_P_ALL);
    place.sll_ifindex = static_cast<int>(if_nametoindex(interface.c_str()));
    must(bind(made.get(), reinterpret_cast<const sockaddr*>(&place), sizeof place), interface);
    return made;
}

} // namespace wirestage::happen
