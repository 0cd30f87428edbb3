// SPDX-License-Identifier: GPL-3.0-or-later
#include "tap_device.h"

#include "app/happen/trouble.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace wirestage::lab {
namespace {

/// With us the cable is plugged in, which the kernel handles a little later, a second on a machine with much
/// to do. Until then it drops what it would send, our first ARP reply among it. Setting the flags anew waits
/// for the lock (RTNL) under which it does so.
void awaitCable(ifreq& interface) {
    constexpr int patience = 20'000; // milliseconds
    const happen::Descriptor socket(
        happen::must(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "a socket"));
    for (int waited = 0;; ++waited) {
        happen::must(ioctl(socket.get(), SIOCGIFFLAGS, &interface), interface.ifr_name);
        if (interface.ifr_flags & IFF_RUNNING)
            break;
        if (waited == patience)
            throw happen::Trouble(std::string(interface.ifr_name) + " does not come up");
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    happen::must(ioctl(socket.get(), SIOCSIFFLAGS, &interface), interface.ifr_name);
}

happen::Descriptor tap(const std::string& name) {
    ifreq request{};
    if (name.empty() || name.size() >= sizeof request.ifr_name)
        throw happen::Trouble("“" + name + "” is no name of an interface");
    std::copy(name.begin(), name.end(), request.ifr_name);
    request.ifr_flags = IFF_TAP | IFF_NO_PI;
    happen::Descriptor device(
        happen::must(open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC), "/dev/net/tun"));
    happen::must(ioctl(device.get(), TUNSETIFF, &request), name);
    awaitCable(request);
    return device;
}

} // namespace

TapDevice::TapDevice(const std::string& name, PcapngWriter* capture) : FrameDevice(tap(name), capture) {}

} // namespace wirestage::lab
