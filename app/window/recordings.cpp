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

#define HERE(words) WS_MARK("recordings", words)

constexpr Recording all[] = {
    {"dhcp-dora-renew-release", HERE("NETWORK SERVICES"), HERE("DHCP: an address, from lease to release"),
     HERE("discover, offer, request, ack; renewed; given back")},
    {"dhcp-two-servers", HERE("NETWORK SERVICES"), HERE("DHCP: two servers offer"),
     HERE("one is chosen, the other says no")},
    {"dhcp-nak", HERE("NETWORK SERVICES"), HERE("DHCP: the server says no"),
     HERE("an address of another network is asked for")},
    {"dhcp-decline", HERE("NETWORK SERVICES"), HERE("DHCP: the address is taken"),
     HERE("the client probes, declines, asks again")},
    {"dns-recursion", HERE("NETWORK SERVICES"), HERE("DNS: a resolver asks its way down"),
     HERE("root, top level, zone; then from memory")},
    {"dns-types-tcp-axfr", HERE("NETWORK SERVICES"), HERE("DNS: record types, TCP and a zone transfer"),
     HERE("a pair for every type")},
    {"ftp-pasv", HERE("FILES AND PAGES"), HERE("FTP, passive"),
     HERE("the client opens the data connections")},
    {"ftp-active", HERE("FILES AND PAGES"), HERE("FTP, active"),
     HERE("the server opens the data connections")},
    {"ftp-active-blocked", HERE("FILES AND PAGES"), HERE("FTP, active, behind a firewall"),
     HERE("the data connection never opens")},
    {"ftp-badlogin", HERE("FILES AND PAGES"), HERE("FTP: wrong password"),
     HERE("530, and what an observer reads")},
    {"http-keepalive", HERE("FILES AND PAGES"), HERE("HTTP on one connection"),
     HERE("several requests, one handshake")},
    {"tcp-syn-lost", HERE("TCP"), HERE("TCP: the first SYN is lost"), HERE("asked again after a second")},
    {"tcp-rto", HERE("TCP"), HERE("TCP: a timer runs out"), HERE("no acknowledgement, so once more")},
    {"tcp-fast-retransmit", HERE("TCP"), HERE("TCP: three duplicate acks"),
     HERE("repeated before the timer runs out")},
    {"tcp-zero-window", HERE("TCP"), HERE("TCP: the receiver is full"), HERE("window zero, probes, and on")},
    {"tcp-simultaneous", HERE("TCP"), HERE("TCP: both open at once"), HERE("two SYNs cross")},
    {"icmp-traceroute-udp", HERE("THE WAY THERE"), HERE("Traceroute"), HERE("every router answers in turn")},
    {"icmp-redirect", HERE("THE WAY THERE"), HERE("ICMP redirect"), HERE("a router knows a shorter way")},
    {"icmp-host-unreachable-arp", HERE("THE WAY THERE"), HERE("Nobody is at home"),
     HERE("ARP unanswered, so host unreachable")},
    {"arp-failure", HERE("THE WAY THERE"), HERE("ARP without an answer"), HERE("asked three times")},
};

#undef HERE

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
