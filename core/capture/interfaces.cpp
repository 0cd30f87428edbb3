// SPDX-License-Identifier: GPL-3.0-or-later
// libpcap lists the interfaces (pcap_findalldevs(3PCAP)), the kernel counts their packets (sysfs).
#include "core/capture/interfaces.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <fstream>
#include <netinet/in.h>
#include <pcap/pcap.h>

namespace wirestage {
namespace {

/// libpcap also lists what is no network: queues of the packet filter, buses, radios' raw streams.
constexpr std::array<std::string_view, 6> notNetworks{"bluetooth", "nflog",  "nfqueue",
                                                      "dbus",      "usbmon", "netlink"};

bool isNetwork(std::string_view name) {
    return std::none_of(notNetworks.begin(), notNetworks.end(),
                        [&](std::string_view other) { return name.starts_with(other); });
}

std::string addressIn(const sockaddr* from) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (from && from->sa_family == AF_INET)
        inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(from)->sin_addr, text.data(), text.size());
    else if (from && from->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6*>(from)->sin6_addr, text.data(),
                  text.size());
    return text.data();
}

std::optional<Text> whyUnusable(const pcap_if_t& one) {
    if (!(one.flags & PCAP_IF_UP))
        return WS_TR("capture", "is switched off");
    const auto connection = one.flags & PCAP_IF_CONNECTION_STATUS;
    if (connection == PCAP_IF_CONNECTION_STATUS_DISCONNECTED)
        return one.flags & PCAP_IF_WIRELESS ? WS_TR("capture", "is connected to no network")
                                            : WS_TR("capture", "has no cable, or nothing at its other end");
    return std::nullopt;
}

NetworkInterface read(const pcap_if_t& one) {
    NetworkInterface made;
    made.name = one.name;
    made.description = one.description ? one.description : "";
    made.all = made.name == "any";
    made.loopback = one.flags & PCAP_IF_LOOPBACK;
    made.wireless = one.flags & PCAP_IF_WIRELESS;
    for (const pcap_addr_t* address = one.addresses; address; address = address->next)
        if (std::string text = addressIn(address->addr); !text.empty())
            made.addresses.push_back(std::move(text));
    if (!made.all)
        made.unusable = whyUnusable(one);
    return made;
}

} // namespace

std::vector<NetworkInterface> networkInterfaces() {
    std::array<char, PCAP_ERRBUF_SIZE> why{};
    pcap_if_t* list = nullptr;
    std::vector<NetworkInterface> all;
    if (pcap_findalldevs(&list, why.data()) != 0)
        return all;
    for (const pcap_if_t* one = list; one; one = one->next)
        if (one->name && isNetwork(one->name))
            all.push_back(read(*one));
    pcap_freealldevs(list);
    const auto rank = [](const NetworkInterface& one) {
        return (one.unusable ? 4 : 0) + (one.loopback ? 2 : 0) + (one.all ? 1 : 0);
    };
    std::stable_sort(all.begin(), all.end(),
                     [&](const NetworkInterface& a, const NetworkInterface& b) { return rank(a) < rank(b); });
    return all;
}

std::optional<std::uint64_t> packetsCounted(const std::string& interface) {
    if (interface.empty() || interface.find('/') != std::string::npos || interface.front() == '.')
        return std::nullopt;
    std::uint64_t sum = 0;
    for (const char* way : {"rx_packets", "tx_packets"}) {
        std::ifstream file("/sys/class/net/" + interface + "/statistics/" + way);
        std::uint64_t count = 0;
        if (!(file >> count))
            return std::nullopt;
        sum += count;
    }
    return sum;
}

} // namespace wirestage
