// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/device.h"

#include "core/capture/filter.h"
#include "core/text/text.h"

#include <cerrno>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace wirestage::helper {
namespace {

/// Longer ones are nobody's, and libpcap works through them by recursion.
constexpr std::size_t longestFilter = 16 * 1024;

/// libpcap's numbers (DLT_) are those of files (LINKTYPE_) with few exceptions; see pcap-linktype(7).
LinkType linkTypeOf(int libpcapNumber) {
    switch (libpcapNumber) {
    case DLT_RAW: return LinkType::RawIp;
    case DLT_ATM_RFC1483: return LinkType{100};
    default: return static_cast<LinkType>(libpcapNumber);
    }
}

Complaint whyNotOpened(const std::string& name, int error, pcap_t* handle) {
    switch (error) {
    case PCAP_ERROR_NO_SUCH_DEVICE:
        return {name + ": there is no such interface; -D lists those that exist", Status::NoInterface};
    case PCAP_ERROR_PERM_DENIED:
    case PCAP_ERROR_PROMISC_PERM_DENIED:
        return {name + ": not permitted to capture here; “sudo setcap cap_net_raw,cap_net_admin=eip” on this "
                       "program's file permits it",
                Status::NotPermitted};
    case PCAP_ERROR_IFACE_NOT_UP:
        return {name + ": the interface is down; “ip link set " + name + " up” as root brings it up",
                Status::NoInterface};
    default: {
        const std::string words = pcap_geterr(handle);
        return {name + ": " + (words.empty() ? pcap_statustostr(error) : words), Status::NoInterface};
    }
    }
}

} // namespace

bool isNetworkInterface(const std::string& name) {
    return name == "any" || if_nametoindex(name.c_str()) != 0;
}

std::variant<Device, Complaint> Device::open(const DeviceOptions& options,
                                             std::chrono::milliseconds lateness) {
    const std::string name = printable(options.name);
    // libpcap would look for rights first, and has other kinds of devices.
    if (!isNetworkInterface(options.name))
        return whyNotOpened(name, PCAP_ERROR_NO_SUCH_DEVICE, nullptr);
    char words[PCAP_ERRBUF_SIZE] = "";
    std::unique_ptr<pcap_t, void (*)(pcap_t*)> made(pcap_create(options.name.c_str(), words), pcap_close);
    if (!made)
        return Complaint{name + ": " + words};
    pcap_t* const handle = made.get();
    pcap_set_snaplen(handle, options.snapshotLength);
    pcap_set_promisc(handle, options.promiscuous ? 1 : 0);
    pcap_set_buffer_size(handle, options.bufferMebibytes * 1024 * 1024);
    // Not the immediate mode: it gives each packet a slot of the longest packet's length, so that few small
    // ones fit, and wakes us for each. This way the ring has blocks (TPACKET_V3), handed over when full or
    // after this time.
    pcap_set_timeout(handle, static_cast<int>(lateness.count()));
    pcap_set_tstamp_precision(handle, PCAP_TSTAMP_PRECISION_NANO);
    if (const int error = pcap_activate(handle); error < 0)
        return whyNotOpened(name, error, handle);
    if (pcap_setnonblock(handle, 1, words) != 0)
        return Complaint{name + ": " + words};
    InterfaceFacts facts{options.name, options.filter, linkTypeOf(pcap_datalink(handle)),
                         static_cast<std::uint32_t>(options.snapshotLength)};
    const unsigned index = if_nametoindex(options.name.c_str());
    return Device(std::move(facts), made.release(), index);
}

Device::Device(InterfaceFacts facts, pcap_t* handle, unsigned index)
    : facts_(std::move(facts)), handle_(handle, pcap_close), descriptor_(pcap_get_selectable_fd(handle)),
      index_(index), fraction_(pcap_get_tstamp_precision(handle) == PCAP_TSTAMP_PRECISION_NANO ? 1 : 1000) {}

std::optional<Complaint> Device::filter() {
    if (facts_.filter.empty())
        return std::nullopt;
    const auto complaint = [&](const std::string& why) {
        return Complaint{printable(facts_.name) + ": the filter “" + printable(facts_.filter) + "”: " + why,
                         Status::WrongUsage};
    };
    if (facts_.filter.size() > longestFilter)
        return complaint("it is too long");
    if (const std::optional<Text> refused = refusedFilterWord(facts_.filter))
        return complaint(english(*refused));
    bpf_program program{};
    if (pcap_compile(handle_.get(), &program, facts_.filter.c_str(), 1, PCAP_NETMASK_UNKNOWN) != 0)
        return complaint(problem());
    const int failed = pcap_setfilter(handle_.get(), &program);
    pcap_freecode(&program);
    if (failed)
        return complaint(problem());
    PacketCounts unfiltered;
    addCounts(unfiltered); // what was counted until now is forgotten
    return std::nullopt;
}

bool Device::read(int most, pcap_handler callback, unsigned char* user) {
    return pcap_dispatch(handle_.get(), most, callback, user) >= 0;
}

void Device::forgetError() {
    int error = 0;
    socklen_t length = sizeof error;
    getsockopt(descriptor_, SOL_SOCKET, SO_ERROR, &error, &length);
}

bool Device::isUneasy() const {
    return pcap_get_required_select_timeout(handle_.get()) != nullptr;
}

Presence Device::presence() const {
    if (index_ == 0)
        return Presence::Up;
    ifreq request{};
    request.ifr_ifindex = static_cast<int>(index_);
    if (ioctl(descriptor_, SIOCGIFNAME, &request) != 0 || ioctl(descriptor_, SIOCGIFFLAGS, &request) != 0)
        return Presence::Gone;
    return request.ifr_flags & IFF_UP ? Presence::Up : Presence::Down;
}

// pcap_stats() would also open files below /sys, which confinement forbids.
void Device::addCounts(PacketCounts& counts) const {
    tpacket_stats_v3 news{};
    socklen_t length = sizeof news;
    if (getsockopt(descriptor_, SOL_PACKET, PACKET_STATISTICS, &news, &length) != 0)
        return;
    counts.seen += news.tp_packets;
    counts.droppedByKernel += news.tp_drops;
}

} // namespace wirestage::helper
