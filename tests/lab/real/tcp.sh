# SPDX-License-Identifier: GPL-3.0-or-later
# TCP: the kernel's, with nginx and curl, and nftables that drop chosen segments (RFC 9293, 6298, 5681).

# shellcheck disable=SC2034,SC2154
tcp_scenarios=(tcp_page tcp_closed_port tcp_syn_lost tcp_syn_ack_lost tcp_no_syn_ack tcp_no_syn_ack_heard tcp_segment_lost
    tcp_segment_lost_thrice tcp_segments_lost tcp_fast_retransmit tcp_zero_window)

tcp_network() {
    hosts client server
    cable client eth0 10.0.0.10/24 server eth0 10.0.0.2/24
    at server start_nginx 10.0.0.2
    printf 'small\n' >"$folder/www/small.txt"
    record client eth0 wire
}

# fetch PAGE FLAG...
fetch() { on client curl -q -s -S -m 20 -o "$folder/got.txt" "${@:2}" "http://10.0.0.2/$1" >>"$folder/client.log" 2>&1; }

first_only='limit rate 1/hour burst 1 packets'

tcp_page() {
    tcp_network
    fetch page.txt
    stop_recording
    see wire
    expect 'the page that came' "$(cmp "$folder/got.txt" "$folder/www/page.txt" 2>&1)" ''
    expect_exchanges 'tcp completed'
    expect_same tcp-handshake
    expect_same tcp-data
    expect_same tcp-close
    expect_same tcp-retransmission/none-lost
    expect_different tcp-retransmission 'tcp.data broken'
    expect_different tcp-reset 'tcp.rst missing'
    expect_different tcp-reset/silence 'tcp.syn missing, tcp.syn_ack forbidden'
    expect_different tcp-zero-window 'tcp.ack broken'
    expect_sound
}

tcp_closed_port() {
    tcp_network
    on client curl -q -s -m 5 http://10.0.0.2:81/
    stop_recording
    see wire
    expect_exchanges 'tcp refused'
    expect_same tcp-reset
    expect_different tcp-handshake 'tcp.syn_ack missing, tcp.ack missing'
    expect_step tcp.syn_ack missing 'no SYN-ACK came: instead 10.0.0.2 sent “RST'
    expect_sound
}

tcp_syn_lost() {
    tcp_network
    lose server input tcp flags syn "$first_only"
    fetch small.txt
    stop_recording
    see wire
    expect_packets 2 'tcp.flags.syn == 1 && tcp.flags.ack == 0'
    expect_exchanges 'tcp completed'
    expect_same tcp-handshake/syn-lost
    expect_same tcp-handshake
    expect_step tcp.syn repeated 'once more, 1(\.[0-9]+)? s after packet'
    expect_same tcp-close
}

# It has been on the wire, and the client never saw it. The SYN comes again, and so does the answer.
tcp_syn_ack_lost() {
    tcp_network
    lose client input 'tcp flags & (syn | ack) == syn | ack' "$first_only"
    fetch small.txt
    stop_recording
    see wire
    expect_same tcp-handshake/syn-ack-lost
    expect_same tcp-handshake
    expect_step tcp.syn_ack repeated 'once more'
}

# Every SYN-ACK is dropped before it is on the wire.
tcp_no_syn_ack() {
    tcp_network
    lose server output 'tcp flags & (syn | ack) == syn | ack'
    fetch small.txt -m 4
    on client ping -q -c 1 10.0.0.2 >/dev/null # the recording shows how long nobody answered
    stop_recording
    see wire
    expect_exchanges 'tcp timeout, icmp completed'
    expect_different tcp-handshake 'tcp.syn_ack missing, tcp.ack missing'
    expect_step tcp.syn repeated 'once more'
    expect_step tcp.syn_ack missing 'nobody answered the SYN, though it was sent [3-5] times'
    expect_step tcp.ack missing 'it goes with the step before'
    expect_same tcp-handshake/nobody-answers
    expect_same tcp-reset/silence
}

# Every SYN-ACK is dropped behind the place where we look: the server answers, and the client does not go on.
tcp_no_syn_ack_heard() {
    tcp_network
    lose client input 'tcp flags & (syn | ack) == syn | ack'
    fetch small.txt -m 4
    sleep 0.7
    on client ping -q -c 1 10.0.0.2 >/dev/null
    stop_recording
    see wire
    expect_different tcp-handshake 'tcp.ack missing'
    expect_step tcp.syn_ack matched 'as expected'
    expect_step tcp.ack missing '10.0.0.10 did not go on'
    expect_different tcp-handshake/nobody-answers 'tcp.syn_ack forbidden'
}

# The question is a segment of its own: nothing but the timer helps (RFC 6298, 5).
tcp_segment_lost() {
    tcp_network
    lose server input 'tcp dport 80 tcp flags & psh == psh' "$first_only"
    fetch small.txt
    stop_recording
    see wire
    expect_packets 1 'tcp.analysis.retransmission'
    expect_same tcp-retransmission
    expect_different tcp-fast-retransmit \
        'tcp.ack broken, tcp.ack broken, tcp.ack missing, tcp.data missing, tcp.ack missing'
    expect_same tcp-handshake
    expect_same tcp-close
}

tcp_segment_lost_thrice() {
    tcp_network
    lose server input 'tcp dport 80 tcp flags & psh == psh limit rate 1/hour burst 3 packets'
    fetch small.txt
    stop_recording
    see wire
    expect_packets 3 'tcp.analysis.retransmission'
    expect_same tcp-retransmission/three-times
    expect_same tcp-retransmission
}

tcp_segments_lost() {
    tcp_network
    lose server input 'tcp dport 80 tcp flags & psh == psh'
    fetch small.txt -m 3
    stop_recording
    see wire
    expect_same tcp-retransmission/never
    expect_different tcp-retransmission 'tcp.ack missing'
}

# As in the textbook: without what newer stacks know besides (SACK, RACK, tail loss probes), and over a slow wire, so
# that enough segments are on their way when one is lost.
tcp_fast_retransmit() {
    tcp_network
    local host
    for host in client server; do
        on "$host" sysctl -qw net.ipv4.tcp_sack=0 net.ipv4.tcp_timestamps=0 net.ipv4.tcp_recovery=0 \
            net.ipv4.tcp_early_retrans=0
        on "$host" tc qdisc add dev eth0 root tbf rate 4mbit burst 2000 latency 500ms
    done
    lose client input 'tcp sport 80 meta length > 1000 numgen inc mod 1000 == 12'
    fetch page.txt
    stop_recording
    see wire
    expect_packets 1 'tcp.analysis.fast_retransmission'
    expect_same tcp-fast-retransmit
    expect_sound
}

# The client reads nothing for two seconds.
tcp_zero_window() {
    tcp_network
    on client sysctl -qw net.ipv4.tcp_rmem='4096 8192 8192'
    on client bash -c 'exec 3<>/dev/tcp/10.0.0.2/80; printf "GET /page.txt HTTP/1.0\r\n\r\n" >&3; sleep 2; cat <&3' \
        >"$folder/got.txt"
    stop_recording
    see wire
    expect_exchanges 'tcp completed'
    expect_same tcp-zero-window
    expect_same tcp-close
}
