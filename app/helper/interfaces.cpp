// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/interfaces.h"

#include "app/helper/device.h"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <memory>
#include <netinet/in.h>
#include <sys/socket.h>

namespace wirestage::helper {
namespace {

// Wireshark's numbers for kinds of interfaces (its interface_type), as far as they can occur here.
constexpr int wiredType = 0;
constexpr int wirelessType = 5;

std::string addressOf(const sockaddr* address) {
    if (!address)
        return {};
    char words[INET6_ADDRSTRLEN] = "";
    if (address->sa_family == AF_INET)
        inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(address)->sin_addr, words, sizeof words);
    else if (address->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr, words, sizeof words);
    return words;
}

ListedInterface listed(const pcap_if_t& from) {
    ListedInterface interface;
    interface.name = from.name;
    interface.loopback = (from.flags & PCAP_IF_LOOPBACK) != 0;
    interface.wireless = (from.flags & PCAP_IF_WIRELESS) != 0;
    interface.up = (from.flags & PCAP_IF_UP) != 0;
    for (const pcap_addr* address = from.addresses; address; address = address->next)
        if (std::string words = addressOf(address->addr); !words.empty())
            interface.addresses.push_back(std::move(words));
    return interface;
}

} // namespace

std::variant<std::vector<ListedInterface>, std::string> listInterfaces() {
    pcap_if_t* all = nullptr;
    char words[PCAP_ERRBUF_SIZE] = "";
    if (pcap_findalldevs(&all, words) != 0)
        return std::string(words);
    const std::unique_ptr<pcap_if_t, void (*)(pcap_if_t*)> owned(all, pcap_freealldevs);
    std::vector<ListedInterface> interfaces;
    for (const pcap_if_t* interface = all; interface; interface = interface->next)
        if (isNetworkInterface(interface->name))
            interfaces.push_back(listed(*interface));
    return interfaces;
}

std::string inLines(const std::vector<ListedInterface>& interfaces, bool machine) {
    std::string lines;
    for (std::size_t i = 0; i < interfaces.size(); ++i) {
        const ListedInterface& interface = interfaces[i];
        lines += std::to_string(i + 1) + ". " + interface.name;
        if (machine) {
            lines += "\t\t"; // no description: the kernel has none
            lines += interface.loopback ? "Loopback" : "";
            lines += "\t" + std::to_string(interface.wireless ? wirelessType : wiredType) + "\t";
            for (std::size_t a = 0; a < interface.addresses.size(); ++a)
                lines += (a ? "," : "") + interface.addresses[a];
            lines += interface.loopback ? "\tloopback\t" : "\tnetwork\t";
        } else if (interface.loopback) {
            lines += " (Loopback)";
        }
        lines += "\n";
    }
    return lines;
}

void resolveNumbers(std::vector<DeviceOptions>& devices) {
    for (DeviceOptions& device : devices) {
        const std::string& name = device.name;
        std::size_t number = 0;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
        if (error != std::errc() || end != name.data() + name.size() || isNetworkInterface(name))
            continue;
        const auto interfaces = listInterfaces();
        const auto* list = std::get_if<std::vector<ListedInterface>>(&interfaces);
        if (list && number >= 1 && number <= list->size())
            device.name = (*list)[number - 1].name;
    }
}

} // namespace wirestage::helper
