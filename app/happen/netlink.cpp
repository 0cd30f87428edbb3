// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/happen/netlink.h"

#include "app/happen/descriptor.h"
#include "app/happen/trouble.h"

#include <array>
#include <cstddef>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <span>
#include <sys/socket.h>
#include <vector>

namespace wirestage::happen {
namespace {

/// A message with attributes, some of which contain others.
class Message {
public:
    template <class Fixed>
    void append(const Fixed& value) {
        append(std::as_bytes(std::span(&value, 1)));
    }
    void append(std::span<const std::byte> more) {
        bytes_.insert(bytes_.end(), more.begin(), more.end());
        bytes_.resize(NLMSG_ALIGN(bytes_.size()));
    }
    void attribute(std::uint16_t type, std::span<const std::byte> value) {
        append(rtattr{static_cast<std::uint16_t>(RTA_LENGTH(value.size())), type});
        append(value);
    }
    void attribute(std::uint16_t type, const std::string& value) {
        attribute(type, std::as_bytes(std::span(value.c_str(), value.size() + 1)));
    }
    template <class Inside>
    void attributes(std::uint16_t type, Inside inside) {
        const std::size_t place = bytes_.size();
        append(rtattr{0, type});
        inside();
        const auto length = static_cast<std::uint16_t>(bytes_.size() - place);
        std::memcpy(bytes_.data() + place + offsetof(rtattr, rta_len), &length, sizeof length);
    }
    /// With the length where it belongs.
    [[nodiscard]] std::span<const std::byte> finished() {
        const auto length = static_cast<std::uint32_t>(bytes_.size());
        std::memcpy(bytes_.data() + offsetof(nlmsghdr, nlmsg_len), &length, sizeof length);
        return bytes_;
    }

private:
    std::vector<std::byte> bytes_;
};

void describe(Message& message, const LinkEnd& end) {
    message.attribute(IFLA_IFNAME, end.name);
    if (!end.hardware.isZero())
        message.attribute(IFLA_ADDRESS, std::as_bytes(std::span(end.hardware.bytes)));
    if (end.space >= 0)
        message.attribute(IFLA_NET_NS_FD, std::as_bytes(std::span(&end.space, 1)));
}

/// Asks the kernel, and waits for its word. \return an errno
int ask(std::span<const std::byte> request) {
    const Descriptor socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
    alignas(nlmsghdr) std::array<std::byte, 8192> buffer{};
    if (socket.get() < 0 || send(socket.get(), request.data(), request.size(), 0) < 0)
        return errno;
    const ssize_t length = recv(socket.get(), buffer.data(), buffer.size(), 0);
    if (length < 0)
        return errno;
    nlmsghdr header{};
    nlmsgerr answer{};
    if (static_cast<std::size_t>(length) < sizeof header + sizeof answer.error)
        return EPROTO;
    std::memcpy(&header, buffer.data(), sizeof header);
    std::memcpy(&answer.error, buffer.data() + sizeof header, sizeof answer.error);
    return header.nlmsg_type == NLMSG_ERROR ? -answer.error : EPROTO;
}

Message aboutLink(std::uint16_t flags, unsigned index) {
    Message message;
    nlmsghdr header{};
    header.nlmsg_type = RTM_NEWLINK;
    header.nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | NLM_F_ACK | flags);
    message.append(header);
    ifinfomsg which{};
    which.ifi_index = static_cast<int>(index);
    message.append(which);
    return message;
}

} // namespace

void makeLink(const LinkEnd& here, const LinkEnd& there) {
    Message message = aboutLink(NLM_F_CREATE | NLM_F_EXCL, 0);
    describe(message, here);
    message.attributes(IFLA_LINKINFO, [&] {
        message.attribute(IFLA_INFO_KIND, "veth");
        message.attributes(IFLA_INFO_DATA, [&] {
            message.attributes(VETH_INFO_PEER, [&] {
                message.append(ifinfomsg{});
                describe(message, there);
            });
        });
    });
    errno = ask(message.finished());
    must(errno == 0 ? 0 : -1, "a pair of virtual interfaces");
}

void keepFromIpv6(const std::string& interface) {
    Message message = aboutLink(0, if_nametoindex(interface.c_str()));
    const std::uint8_t none = IN6_ADDR_GEN_MODE_NONE;
    message.attributes(IFLA_AF_SPEC, [&] {
        message.attributes(AF_INET6, [&] {
            message.attribute(IFLA_INET6_ADDR_GEN_MODE, std::as_bytes(std::span(&none, 1)));
        });
    });
    // A kernel without IPv6 has no address to keep away.
    if (errno = ask(message.finished()); errno != 0 && errno != EAFNOSUPPORT)
        must(-1, interface);
}

} // namespace wirestage::happen
