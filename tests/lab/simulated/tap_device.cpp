// SPDX-License-Identifier: GPL-3.0-or-later
#include "tap_device.h"

#include "app/happen/trouble.h"

#include <algorithm>

#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <sys/ioctl.h>

namespace wirestage::lab {
namespace {

happen::Descriptor tap(const std::string& name) {
    ifreq request{};
    if (name.empty() || name.size() >= sizeof request.ifr_name)
        throw happen::Trouble("“" + name + "” is no name of an interface");
    std::copy(name.begin(), name.end(), request.ifr_name);
    request.ifr_flags = IFF_TAP | IFF_NO_PI;
    happen::Descriptor device(
        happen::must(open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC), "/dev/net/tun"));
    happen::must(ioctl(device.get(), TUNSETIFF, &request), name);
    return device;
}

} // namespace

TapDevice::TapDevice(const std::string& name, PcapngWriter* capture) : FrameDevice(tap(name), capture) {}

} // namespace wirestage::lab
