// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/happen/kernel_ends.h"

#include "app/happen/descriptor.h"
#include "app/happen/trouble.h"

#include <arpa/inet.h>
#include <array>
#include <fstream>
#include <netinet/in.h>
#include <resolv.h>
#include <sstream>
#include <string_view>
#include <sys/socket.h>
#include <sys/time.h>

namespace wirestage::happen {
namespace {

constexpr int listening = 0x0A;    // TCP_LISTEN, include/net/tcp_states.h
constexpr timeval patience{20, 0}; // of one read or write
constexpr std::size_t longestRequest = 4096;

constexpr std::string_view page = "<!doctype html>\n<title>It happened</title>\n"
                                  "<p>This page came over a real TCP connection, from kernel to kernel.\n";

sockaddr_in place(const IpAddress& address, std::uint16_t port) {
    sockaddr_in made{};
    made.sin_family = AF_INET;
    made.sin_port = htons(port);
    made.sin_addr.s_addr = htonl(address.v4Number());
    return made;
}

Descriptor tcpSocket() {
    Descriptor made(must(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "a TCP socket"));
    for (const int side : {SO_RCVTIMEO, SO_SNDTIMEO})
        setsockopt(made.get(), SOL_SOCKET, side, &patience, sizeof patience);
    return made;
}

int tryToConnect(const Descriptor& socket, const IpAddress& to, std::uint16_t port) {
    const sockaddr_in there = place(to, port);
    return connect(socket.get(), reinterpret_cast<const sockaddr*>(&there), sizeof there);
}

void say(const Descriptor& to, std::string_view words) {
    must(send(to.get(), words.data(), words.size(), MSG_NOSIGNAL), "a connection");
}

/// Until `enough` or the other end has nothing more to say.
template <class Enough>
std::string hear(const Descriptor& from, Enough enough) {
    std::string all;
    std::array<char, 4096> buffer{};
    while (!enough(all)) {
        const auto length = must(read(from.get(), buffer.data(), buffer.size()), "a connection");
        if (length == 0)
            break;
        all.append(buffer.data(), static_cast<std::size_t>(length));
    }
    return all;
}

void answer(const Descriptor& client) {
    const std::string request = hear(client, [](const std::string& all) {
        return all.find("\r\n\r\n") != std::string::npos || all.size() > longestRequest;
    });
    if (!request.starts_with("GET "))
        return say(client, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
    say(client, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " +
                    std::to_string(page.size()) + "\r\nConnection: close\r\n\r\n" + std::string(page));
}

/// Lines of a list in /proc/net whose words pass.
template <class Test>
bool anyLine(const char* list, Test test) {
    std::ifstream file(list);
    std::string line;
    std::getline(file, line); // headings
    while (std::getline(file, line)) {
        std::istringstream words(line);
        std::array<std::string, 6> word;
        for (std::string& one : word)
            words >> one;
        if (test(word))
            return true;
    }
    return false;
}

bool isPort(const std::string& end, std::uint16_t port) {
    const std::size_t colon = end.rfind(':');
    return colon != std::string::npos && std::stoi("0" + end.substr(colon + 1), nullptr, 16) == port;
}

} // namespace

int servePage(std::uint16_t port) {
    const Descriptor listener = tcpSocket();
    const timeval forever{};
    setsockopt(listener.get(), SOL_SOCKET, SO_RCVTIMEO, &forever, sizeof forever);
    const sockaddr_in here = place(IpAddress{}, port);
    must(bind(listener.get(), reinterpret_cast<const sockaddr*>(&here), sizeof here), "a port");
    must(listen(listener.get(), 8), "a port");
    for (;;) {
        const Descriptor client(
            must(accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC), "a connection"));
        answer(client);
    }
}

int fetchPage(const IpAddress& from, std::uint16_t port) {
    const Descriptor connection = tcpSocket();
    must(tryToConnect(connection, from, port), "a connection");
    say(connection, "GET / HTTP/1.1\r\nHost: " + toString(from) + "\r\nConnection: close\r\n\r\n");
    const std::string all = hear(connection, [](const std::string&) { return false; });
    return all.starts_with("HTTP/1.1 200 ") && all.ends_with(page) ? 0 : 1;
}

int beRefused(const IpAddress& by, std::uint16_t port) {
    return tryToConnect(tcpSocket(), by, port) < 0 && errno == ECONNREFUSED ? 0 : 1;
}

int lookUp(const std::string& name, const IpAddress& server) {
    struct __res_state resolver {};
    must(res_ninit(&resolver), "the resolver");
    // This computer's own name servers and domains are none of this network's.
    resolver.nscount = 1;
    resolver.nsaddr_list[0] = place(server, NAMESERVER_PORT);
    std::array<unsigned char, 1024> buffer{};
    const int length = res_nquery(&resolver, name.c_str(), C_IN, T_A, buffer.data(), buffer.size());
    res_nclose(&resolver);
    return length > 0 ? 0 : 1;
}

int beThere() {
    for (;;)
        pause();
}

bool listensTcp(std::uint16_t port) {
    return anyLine("/proc/thread-self/net/tcp", [&](const auto& word) {
        return isPort(word[1], port) && std::stoi("0" + word[3], nullptr, 16) == listening;
    });
}

bool listensUdp(std::uint16_t port) {
    return anyLine("/proc/thread-self/net/udp", [&](const auto& word) { return isPort(word[1], port); });
}

bool hasPacketSocket() {
    // sk, reference count, type, protocol, interface, running
    return anyLine("/proc/thread-self/net/packet",
                   [](const auto& word) { return !word[4].empty() && word[4] != "0" && word[5] == "1"; });
}

} // namespace wirestage::happen
