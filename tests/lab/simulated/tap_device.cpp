// SPDX-License-Identifier: GPL-3.0-or-later
#include "tap_device.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>

#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace wirestage::lab {
namespace {

template <typename Clock>
Time read() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now().time_since_epoch()).count();
}

} // namespace

TapDevice::TapDevice(const std::string& name, PcapngWriter* capture) : capture_(capture) {
    ifreq request{};
    if (name.empty() || name.size() >= sizeof request.ifr_name) {
        problem_ = "“" + name + "” is no name of an interface";
        return;
    }
    std::copy(name.begin(), name.end(), request.ifr_name);
    request.ifr_flags = IFF_TAP | IFF_NO_PI;
    device = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (device < 0)
        problem_ = std::string("/dev/net/tun: ") + std::strerror(errno);
    else if (ioctl(device, TUNSETIFF, &request) < 0)
        problem_ = name + ": " + std::strerror(errno);
    start_ = read<std::chrono::system_clock>();
    startOfClock = read<std::chrono::steady_clock>();
}

TapDevice::~TapDevice() {
    if (device >= 0)
        close(device);
}

Time TapDevice::now() const {
    return start_ + (read<std::chrono::steady_clock>() - startOfClock);
}

void TapDevice::note(Bytes frame) {
    if (!capture_)
        return;
    Frame record;
    record.number = ++frames;
    record.time = now();
    record.length = static_cast<std::uint32_t>(frame.size());
    record.bytes = frame;
    capture_->write(record);
}

void TapDevice::take(Bytes frame, Time) {
    note(frame);
    if (write(device, frame.data(), frame.size()) < 0 && problem_.empty())
        problem_ = std::string("a frame could not be sent: ") + std::strerror(errno);
}

std::optional<simulation::OutsideNode::Sent> TapDevice::wait(Time until) {
    std::array<std::uint8_t, 65536> buffer{};
    for (;;) {
        if (const ssize_t length = ::read(device, buffer.data(), buffer.size()); length > 0) {
            const Bytes frame(buffer.data(), static_cast<std::size_t>(length));
            note(frame);
            return Sent{now(), {frame.begin(), frame.end()}};
        } else if (length < 0 && errno != EAGAIN && errno != EINTR && problem_.empty())
            problem_ = std::string("no frame could be read: ") + std::strerror(errno);
        const Time left = until - now();
        if (left <= 0)
            return std::nullopt;
        const timespec patience{left / simulation::second, left % simulation::second};
        pollfd waiting{device, POLLIN, 0};
        ppoll(&waiting, 1, &patience, nullptr);
    }
}

} // namespace wirestage::lab
