// SPDX-License-Identifier: GPL-3.0-or-later
// Sends Ethernet frames of 64 bytes, UDP in IPv4 (RFC 768, 791), at a steady rate: what tests/bench/capture
// measures with.   frame_sender INTERFACE FRAMES-A-SECOND SECONDS   prints how many were sent, and in how
// many seconds.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t frameLength = 64;
constexpr std::size_t mostAtOnce = 64;
using Frame = std::array<std::uint8_t, frameLength>;

/// To nobody in particular (a locally administered address), so that no host answers. Port 9 is discard.
constexpr Frame frame{0x02, 0,    0, 0,  0,  2,  0x02, 0, 0,  0,  0,    1,    0x08, 0x00, // Ethernet
                      0x45, 0,    0, 50, 0,  0,  0,    0, 64, 17, 0x66, 0xb9, // IPv4, with its checksum
                      10,   0,    0, 1,  10, 0,  0,    2,                     //
                      0x30, 0x39, 0, 9,  0,  30, 0,    0};                    // UDP, without one

int openSocket(const char* interface) {
    const int descriptor = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0); // 0: it receives nothing
    sockaddr_ll address{};
    address.sll_family = AF_PACKET;
    address.sll_protocol = htons(ETH_P_IP);
    address.sll_ifindex = static_cast<int>(if_nametoindex(interface));
    if (descriptor < 0 ||
        bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        std::perror(interface);
        std::exit(1);
    }
    const int yes = 1; // past the queueing discipline, which would only take time
    setsockopt(descriptor, SOL_PACKET, PACKET_QDISC_BYPASS, &yes, sizeof yes);
    return descriptor;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fputs("usage: frame_sender INTERFACE FRAMES-A-SECOND SECONDS\n", stderr);
        return 2;
    }
    const double rate = std::atof(argv[2]);
    const auto total = static_cast<std::uint64_t>(rate * std::atof(argv[3]));
    const int descriptor = openSocket(argv[1]);
    static Frame bytes = frame;
    static iovec vector{bytes.data(), bytes.size()};
    static std::array<mmsghdr, mostAtOnce> messages{};
    for (mmsghdr& message : messages) {
        message.msg_hdr.msg_iov = &vector;
        message.msg_hdr.msg_iovlen = 1;
    }
    std::uint64_t sent = 0;
    const Clock::time_point start = Clock::now();
    const auto seconds = [&] { return std::chrono::duration<double>(Clock::now() - start).count(); };
    while (sent < total) {
        const auto due = std::min(total, static_cast<std::uint64_t>(seconds() * rate));
        if (sent >= due) {
            std::this_thread::sleep_for(std::chrono::microseconds(200));
            continue;
        }
        const auto now = static_cast<unsigned>(std::min<std::uint64_t>(due - sent, mostAtOnce));
        const int taken = sendmmsg(descriptor, messages.data(), now, 0);
        if (taken > 0)
            sent += static_cast<unsigned>(taken);
    }
    std::printf("%llu %.2f\n", static_cast<unsigned long long>(sent), seconds());
    close(descriptor);
}
