// SPDX-License-Identifier: GPL-3.0-or-later
// See namespaces(7) and netdevice(7).
#include "app/happen/private_network.h"

#include "app/happen/netlink.h"
#include "app/happen/trouble.h"

#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace wirestage::happen {
namespace {

/// A question about an interface of this namespace.
class Request {
public:
    explicit Request(const std::string& interface)
        : socket_(must(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "a socket")) {
        interface.copy(request_.ifr_name, sizeof request_.ifr_name - 1);
    }
    ifreq& operator*() { return request_; }
    ifreq* operator->() { return &request_; }
    void ask(unsigned long what) { must(ioctl(socket_.get(), what, &request_), request_.ifr_name); }
    void setAddress(std::uint32_t address) {
        sockaddr_in wanted{};
        wanted.sin_family = AF_INET;
        wanted.sin_addr.s_addr = htonl(address);
        std::memcpy(&request_.ifr_addr, &wanted, sizeof wanted);
    }

private:
    Descriptor socket_;
    ifreq request_{};
};

void bringUp(const std::string& interface, int flags) {
    keepFromIpv6(interface);
    Request request(interface);
    request.ask(SIOCGIFFLAGS);
    request->ifr_flags = static_cast<short>(request->ifr_flags | IFF_UP | flags);
    request.ask(SIOCSIFFLAGS);
}

/// The kernel leaves checksums, and cutting data into segments, to an interface that could do it: a capture
/// would show the sums wrong and segments longer than any frame.
void leaveNothingToInterface(const std::string& interface) {
    ethtool_value off{ETHTOOL_STXCSUM, 0};
    Request request(interface);
    request->ifr_data = reinterpret_cast<char*>(&off);
    request.ask(SIOCETHTOOL);
}

void prepareEnd() {
    leaveNothingToInterface(endInterface);
    bringUp(endInterface, 0);
}

} // namespace

NetworkNamespace NetworkNamespace::current() {
    return NetworkNamespace(
        Descriptor(must(open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC), "/proc/thread-self/ns/net")));
}

NetworkNamespace NetworkNamespace::make() {
    must(unshare(CLONE_NEWNET), "a network namespace");
    return current();
}

void NetworkNamespace::enter() const {
    must(setns(file.get(), CLONE_NEWNET), "a network namespace");
}

void NetworkNamespace::during(const std::function<void()>& deed) const {
    const NetworkNamespace before = current();
    enter();
    deed();
    before.enter();
}

PrivateNetwork::PrivateNetwork(const MacAddress& client, const MacAddress& server)
    : wireSide(NetworkNamespace::current()), clientSide(NetworkNamespace::make()),
      serverSide(NetworkNamespace::make()) {
    wireSide.enter();
    makeLink({toClient, {}, -1}, {endInterface, client, clientSide.descriptor()});
    makeLink({toServer, {}, -1}, {endInterface, server, serverSide.descriptor()});
    for (const char* interface : {toClient, toServer})
        bringUp(interface, IFF_NOARP);
    clientSide.during(prepareEnd);
    serverSide.during(prepareEnd);
}

void setAddress(const std::string& interface, const IpAddress& address, unsigned prefixLength) {
    Request request(interface);
    request.setAddress(address.v4Number());
    request.ask(SIOCSIFADDR);
    request.setAddress(prefixLength == 0 ? 0 : ~std::uint32_t{0} << (32 - prefixLength));
    request.ask(SIOCSIFNETMASK);
}

void takeAddress(const std::string& interface) {
    Request request(interface);
    request.setAddress(0);
    request.ask(SIOCSIFADDR);
}

} // namespace wirestage::happen
