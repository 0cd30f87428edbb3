// SPDX-License-Identifier: GPL-3.0-or-later
// The recordings of resources/recordings, in the order in which the library lists them. All were made from
// real programs talking to each other in a closed network.
#include "app/window/recordings.h"

#include <QFile>

#include <array>

static void loadResources() {
    Q_INIT_RESOURCE(resources); // they lie in a static library, which would leave them out
}

namespace wirestage {
namespace {

constexpr Recording all[] = {
    {"dhcp-dora-renew-release", WS_MARK("recordings", "NETWORK SERVICES"),
     WS_MARK("recordings", "DHCP: an address, from lease to release"),
     WS_MARK("recordings", "discover, offer, request, ack; renewed; given back")},
    {"dhcp-two-servers", WS_MARK("recordings", "NETWORK SERVICES"),
     WS_MARK("recordings", "DHCP: two servers offer"),
     WS_MARK("recordings", "one is chosen, the other says no")},
    {"dhcp-nak", WS_MARK("recordings", "NETWORK SERVICES"), WS_MARK("recordings", "DHCP: the server says no"),
     WS_MARK("recordings", "an address of another network is asked for")},
    {"dhcp-decline", WS_MARK("recordings", "NETWORK SERVICES"),
     WS_MARK("recordings", "DHCP: the address is taken"),
     WS_MARK("recordings", "the client probes, declines, asks again")},
    {"dns-recursion", WS_MARK("recordings", "NETWORK SERVICES"),
     WS_MARK("recordings", "DNS: a resolver asks its way down"),
     WS_MARK("recordings", "root, top level, zone; then from memory")},
    {"dns-types-tcp-axfr", WS_MARK("recordings", "NETWORK SERVICES"),
     WS_MARK("recordings", "DNS: record types, TCP and a zone transfer"),
     WS_MARK("recordings", "a pair for every type")},
    {"ftp-pasv", WS_MARK("recordings", "FILES AND PAGES"), WS_MARK("recordings", "FTP, passive"),
     WS_MARK("recordings", "the client opens the data connections")},
    {"ftp-active", WS_MARK("recordings", "FILES AND PAGES"), WS_MARK("recordings", "FTP, active"),
     WS_MARK("recordings", "the server opens the data connections")},
    {"ftp-active-blocked", WS_MARK("recordings", "FILES AND PAGES"),
     WS_MARK("recordings", "FTP, active, behind a firewall"),
     WS_MARK("recordings", "the data connection never opens")},
    {"ftp-badlogin", WS_MARK("recordings", "FILES AND PAGES"), WS_MARK("recordings", "FTP: wrong password"),
     WS_MARK("recordings", "530, and what an observer reads")},
    {"http-keepalive", WS_MARK("recordings", "FILES AND PAGES"),
     WS_MARK("recordings", "HTTP on one connection"),
     WS_MARK("recordings", "several requests, one handshake")},
    {"tcp-syn-lost", WS_MARK("recordings", "TCP"), WS_MARK("recordings", "TCP: the first SYN is lost"),
     WS_MARK("recordings", "asked again after a second")},
    {"tcp-rto", WS_MARK("recordings", "TCP"), WS_MARK("recordings", "TCP: a timer runs out"),
     WS_MARK("recordings", "no acknowledgement, so once more")},
    {"tcp-fast-retransmit", WS_MARK("recordings", "TCP"), WS_MARK("recordings", "TCP: three duplicate acks"),
     WS_MARK("recordings", "repeated before the timer runs out")},
    {"tcp-zero-window", WS_MARK("recordings", "TCP"), WS_MARK("recordings", "TCP: the receiver is full"),
     WS_MARK("recordings", "window zero, probes, and on")},
    {"tcp-simultaneous", WS_MARK("recordings", "TCP"), WS_MARK("recordings", "TCP: both open at once"),
     WS_MARK("recordings", "two SYNs cross")},
    {"icmp-traceroute-udp", WS_MARK("recordings", "THE WAY THERE"), WS_MARK("recordings", "Traceroute"),
     WS_MARK("recordings", "every router answers in turn")},
    {"icmp-redirect", WS_MARK("recordings", "THE WAY THERE"), WS_MARK("recordings", "ICMP redirect"),
     WS_MARK("recordings", "a router knows a shorter way")},
    {"icmp-host-unreachable-arp", WS_MARK("recordings", "THE WAY THERE"),
     WS_MARK("recordings", "Nobody is at home"),
     WS_MARK("recordings", "ARP unanswered, so host unreachable")},
    {"arp-failure", WS_MARK("recordings", "THE WAY THERE"), WS_MARK("recordings", "ARP without an answer"),
     WS_MARK("recordings", "asked three times")},
};

} // namespace

std::span<const Recording> recordings() {
    return all;
}

const Recording& firstRecording() {
    return all[0];
}

const Recording* recordingNamed(const QString& file) {
    for (const Recording& one : all)
        if (file == QLatin1String(one.file) || file == QLatin1String(one.file) + QStringLiteral(".pcapng"))
            return &one;
    return nullptr;
}

QByteArray bytesOf(const Recording& recording) {
    loadResources();
    QFile file(QStringLiteral(":/recordings/%1.pcapng").arg(QLatin1String(recording.file)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace wirestage
