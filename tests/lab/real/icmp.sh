# SPDX-License-Identifier: GPL-3.0-or-later
# ARP and ICMP: ping, and traceroute over three routers (RFC 826, RFC 792, RFC 1191).

# shellcheck disable=SC2034,SC2154
icmp_scenarios=(icmp_ping icmp_ping_lost icmp_nobody icmp_closed_port icmp_traceroute icmp_silent_router icmp_silent_server
    icmp_errors icmp_path_mtu)

icmp_network() {
    hosts laptop server
    cable laptop eth0 10.1.1.10/24 server eth0 10.1.1.1/24
    record laptop eth0 wire
}

# laptop 10.1.1.10 - r1 - r2 - r3 - server 10.1.4.10
icmp_way() {
    local name
    hosts laptop r1 r2 r3 server
    cable laptop eth0 10.1.1.10/24 r1 eth0 10.1.1.1/24
    cable r1 eth1 10.1.2.1/24 r2 eth0 10.1.2.2/24
    cable r2 eth1 10.1.3.1/24 r3 eth0 10.1.3.2/24
    cable r3 eth1 10.1.4.1/24 server eth0 10.1.4.10/24
    for name in r1 r2 r3; do
        on "$name" sysctl -qw net.ipv4.ip_forward=1
    done
    for name in laptop r1 r2 r3 server; do
        on "$name" sysctl -qw net.ipv4.icmp_ratelimit=0
    done
    on laptop ip route add default via 10.1.1.1
    on r1 ip route add 10.1.3.0/24 via 10.1.2.2
    on r1 ip route add 10.1.4.0/24 via 10.1.2.2
    on r2 ip route add 10.1.1.0/24 via 10.1.2.1
    on r2 ip route add 10.1.4.0/24 via 10.1.3.2
    on r3 ip route add 10.1.1.0/24 via 10.1.3.1
    on r3 ip route add 10.1.2.0/24 via 10.1.3.1
    on server ip route add default via 10.1.4.1
    on laptop ping -q -c 1 10.1.4.10 >/dev/null # they know each other: no ARP takes its time
    record laptop eth0 wire
}

ping_to() { on laptop ping -n -q "$@" >/dev/null; }
trace_to() { on laptop traceroute -n -q 1 -N 1 -w 1 "$@" >"$folder/trace.txt" 2>&1; }

icmp_ping() {
    icmp_network
    ping_to -c 3 -i 0.2 10.1.1.1
    stop_recording
    see wire
    expect_exchanges 'icmp completed'
    expect_same ping
    expect_same arp
    expect_different arp/nobody 'arp.request missing, arp.reply forbidden'
    expect_different traceroute-echo 'icmp.time_exceeded.ttl missing'
    expect_sound
}

# Of three questions the second is lost, or its answer.
icmp_ping_lost() {
    icmp_network
    lose server input icmp type echo-request numgen inc mod 3 == 1
    ping_to -c 3 -i 0.2 -W 1 10.1.1.1
    lose_none server
    stop_recording
    record laptop eth0 none
    lose server input icmp type echo-request
    ping_to -c 3 -i 0.7 -W 1 10.1.1.1
    stop_recording
    see wire
    expect_packets 2 'icmp.type == 0'
    expect_same ping/request-lost
    expect_same ping/reply-lost
    see none
    expect_different ping 'icmp.echo_reply missing'
    expect_step icmp.echo_reply missing 'nobody answered the Echo Request, though it was sent 3 times'
}

# Nobody has the address: the question is asked three times, then the host is unreachable (RFC 1122, 2.3.2).
icmp_nobody() {
    icmp_network
    ping_to -c 1 -W 4 10.1.1.77
    stop_recording
    see wire
    expect_kinds arp 'request request request'
    expect_same ping/nobody-there
    expect_same arp/nobody
    expect_different arp 'arp.reply missing'
    expect_step arp.reply missing 'nobody answered the ARP Request, though it was sent 3 times'
}

# UDP to a port where nobody listens, and to one whose host keeps silent about it.
icmp_closed_port() {
    icmp_network
    # shellcheck disable=SC2016
    on laptop bash -c 'echo hello >/dev/udp/10.1.1.1/9999'
    sleep 0.3
    stop_recording
    record laptop eth0 silent
    lose server output icmp type destination-unreachable
    on laptop bash -c 'for i in 1 2 3; do echo hello >/dev/udp/10.1.1.1/9998; sleep 0.6; done'
    stop_recording
    see wire
    expect_exchanges 'udp refused'
    expect_same icmp-port-unreachable
    expect_sound
    see silent
    expect_same icmp-port-unreachable/error-lost
    expect_different icmp-port-unreachable 'icmp.unreachable.port missing'
    expect_step icmp.unreachable.port missing 'nobody answered'
}

icmp_traceroute() {
    icmp_way
    trace_to 10.1.4.10
    stop_recording
    record laptop eth0 echo
    trace_to -I 10.1.4.10
    stop_recording
    see wire
    expect_packets 3 'icmp.type == 11'
    expect_same traceroute
    expect_different traceroute-echo 'icmp.echo_request missing, icmp.echo_request missing, icmp.echo_reply missing'
    expect_sound
    see echo
    expect_packets 3 'icmp.type == 11'
    expect_same traceroute-echo
    expect_different traceroute 'udp.datagram missing, udp.datagram missing, icmp.unreachable.port missing'
    expect_sound
}

icmp_silent_router() {
    icmp_way
    lose r2 output icmp type time-exceeded
    trace_to 10.1.4.10
    stop_recording
    record laptop eth0 echo
    trace_to -I 10.1.4.10
    stop_recording
    see wire
    expect_packets 2 'icmp.type == 11'
    expect_same traceroute/silent-router
    expect_same traceroute
    see echo
    expect_same traceroute-echo/silent-router
}

# The server's firewall drops the probes: the way ends behind r3.
icmp_silent_server() {
    icmp_way
    lose server input ip daddr 10.1.4.10
    trace_to -m 6 10.1.4.10
    stop_recording
    see wire
    expect_packets 3 'icmp.type == 11'
    expect_different traceroute 'icmp.unreachable.port missing'
    expect_step icmp.unreachable.port missing 'nobody answered'
}

icmp_errors() {
    icmp_way
    ping_to -c 1 -t 2 10.1.4.10
    stop_recording
    record laptop eth0 network
    ping_to -c 1 10.66.0.1
    stop_recording
    record laptop eth0 host
    ping_to -c 1 -W 5 10.1.3.77
    stop_recording
    see wire
    expect_same icmp-time-exceeded
    expect_different ping 'icmp.echo_reply missing'
    expect_step icmp.echo_reply missing 'instead 10.1.2.2 sent “'
    see network
    expect_same icmp-network-unreachable
    expect_different icmp-host-unreachable 'icmp.unreachable.host missing'
    see host
    expect_same icmp-host-unreachable
    expect_different icmp-time-exceeded 'icmp.time_exceeded.ttl missing'
}

# Between r1 and r2 a packet may have 1000 bytes only.
icmp_path_mtu() {
    icmp_way
    local host
    for host in r1:eth1 r2:eth0; do
        on "${host%:*}" ip link set "${host#*:}" mtu 1000
    done
    ping_to -M do -c 1 -s 1400 10.1.4.10
    ping_to -M do -c 1 -s 900 10.1.4.10
    stop_recording
    record laptop eth0 fragments
    ping_to -M dont -c 2 -i 0.2 -s 1400 10.1.4.10
    stop_recording
    see wire
    expect_same path-mtu
    see fragments
    expect_packets 2 'icmp.type == 0'
    expect_same path-mtu/may-fragment
    expect_different path-mtu 'icmp.echo_request broken, icmp.unreachable.fragmentation_needed missing, icmp.echo_request broken'
}
