# SPDX-License-Identifier: GPL-3.0-or-later
# Simulated hosts against real ones, through a TAP device: what ours say, and what has to come of it.

# shellcheck disable=SC2034,SC2154
make_real_end() {
    make_host "$namespace" && ip -n "$namespace" tuntap add eth0 mode tap && ip -n "$namespace" link set eth0 up || return
    local last
    for last in 1 2 4 5 6 7; do
        ip -n "$namespace" addr add "10.0.0.$last/24" dev eth0 || return
    done
}

# talk LESSON [FAULT...]: our hosts do what the lesson tells them. What came of it: $work/LESSON.{out,err,pcapng}
talk() {
    lesson=$1
    shift
    echo "== $lesson"
    inside timeout -k 5 90 "$root/build/release/bin/lab_peer" eth0 "$root/tests/lab/simulated/$lesson.toml" \
        "$work/$lesson.pcapng" "$@" >"$work/$lesson.out" 2>"$work/$lesson.err" && pass && return
    flunk "$lesson: the script did not come to its end"
    tail -n 15 "$work/$lesson.out" "$work/$lesson.err"
}

# expect_said PATTERN: a line of what our hosts know.
expect_said() {
    if grep -qE "$1" "$work/$lesson.out"; then pass; else flunk "$lesson: nothing like: $1, in $work/$lesson.out"; fi
}

# The page came whole, and our end acknowledged all of it.
expect_page() {
    tshark -n -r "$work/$lesson.pcapng" -q -z follow,tcp,raw,0 2>/dev/null | sed -n 's/^\t//p' | xxd -r -p |
        sed '1,/^\r$/d' >"$work/$lesson.page"
    if cmp -s "$work/$lesson.page" "$work/www/page.txt"; then pass; else flunk "$lesson: the page came as another"; fi
}

# expect_fired PROTOCOL 'TIMER ...': which timers of our hosts fired, in order; those apart that always may. Where they
# are others, the packets that could have been awaited are shown.
expect_fired() {
    local found
    found=$(sed -nE "s/^fired ours $1 [0-9]+ (.*)$/\1/p" "$work/$lesson.out" | grep -v '^delayed ACK$' |
        grep -v '^TIME-WAIT$' | paste -sd' ')
    expect "timers of $1 that fired" "$found" "$2"
    [[ $found == "$2" ]] || tshark -n -r "$work/$lesson.pcapng" -Y 'arp or tcp.flags.syn == 1 or tcp.analysis.flags' \
        2>/dev/null | head -n 30
}

# The server closes after its answer (HTTP 1.0), so it is the one that waits (RFC 9293, 3.6).
simulated_tcp() {
    talk tcp
    expect_exchanges 'tcp completed, tcp refused'
    expect_said '^state ours tcp [0-9]+ LAST-ACK$'
    expect_page
    expect_sound

    talk tcp_options
    expect_exchanges 'tcp completed'
    expect_page
    expect_sound
}

simulated_dhcp() {
    talk dhcp
    expect_exchanges 'dhcp completed, dhcp completed, dhcp completed'
    expect_kinds dhcp 'discover offer request ack request ack release'
    expect_said '^state ours dhcp 0 RENEWING$'
    expect_sound
}

# The third answer does not fit (TC), so it is asked for again over TCP (RFC 7766, 5); the fourth is the zone (RFC 5936).
simulated_dns() {
    talk dns
    expect_exchanges 'dns completed, dns not_found, dns completed, dns completed'
    expect 'questions over TCP' "$(tshark -n -r "$work/$lesson.pcapng" -Y 'tcp and dns.flags.response == 0' \
        -T fields -e dns.qry.name -e dns.qry.type 2>/dev/null | paste -sd' ')" $'long.lab.test\t16 lab.test\t252'
    expect_sound

    talk dns_resolver
    expect_exchanges 'dns completed, dns completed, dns completed'
    expect_kinds dns 'query response.referral query response.referral query response'
    expect_sound
}

simulated_ftp() {
    talk ftp_passive
    expect_exchanges 'ftp completed, tcp completed, tcp completed, tcp completed'
    expect_said '^note ours RETR page.txt done, 100 kB$'
    expect 'bytes stored by the server' "$(stat -c %s "$work/home/new.txt" 2>&1)" 1000
    expect_sound

    # The data connection is opened by the server, from port 20 (RFC 959, 3.2).
    talk ftp_active
    expect_exchanges 'ftp completed, tcp completed'
    expect 'ports that connections are opened from' "$(tshark -n -r "$work/$lesson.pcapng" \
        -Y 'tcp.flags.syn == 1 and tcp.flags.ack == 0 and ip.src == 10.0.0.7' -T fields -e tcp.srcport 2>/dev/null)" 20
    expect_sound

    talk ftp_wrong
    expect_exchanges 'ftp denied'
    expect_sound
}

# The SYN comes again after a second (RFC 6298, 2.1). A hole makes our end acknowledge the last byte before it again and
# again, so that the kernel fills it (RFC 5681, 3.2). The last FIN is sent again by its timer.
simulated_losses() {
    talk tcp_loss drop:tcp.syn@ours,real drop:tcp.data@real,ours:5 drop:tcp.fin@ours,real
    expect_exchanges 'tcp completed'
    expect_page
    expect_fired tcp 'RTO RTO'
    expect_sound

    # Here the kernel sees the hole, and our end fills it after three such acknowledgements, long before a timeout.
    talk ftp_loss drop:tcp.data@ours,real:20
    expect_exchanges 'ftp completed, tcp completed'
    expect 'bytes stored by the server' "$(stat -c %s "$work/home/long.txt" 2>&1)" 100000
    expect_fired tcp ''
    expect_sound
}

# The kernel opens as soon as our host has plugged its cable in. bash makes the connections.
simulated_server() {
    # shellcheck disable=SC2016
    inside bash -c 'until [[ $(cat /sys/class/net/eth0/carrier 2>/dev/null) == 1 ]]; do sleep 0.05; done
        exec 3<>/dev/tcp/10.0.0.21/7 && { cat "$1/www/page.txt" >&3 & head -c 100000 <&3 >"$1/echo"; exec 3>&-; }
        cat "$1/www/page.txt" >/dev/tcp/10.0.0.21/9' bash "$work" 2>"$work/client.err" &
    client=$!
    talk tcp_server
    kill "$client" 2>/dev/null
    wait "$client"
    expect 'exchanges, whichever comes first' "$(exchanges_seen | sort | in_a_row)" \
        'icmp completed, tcp completed, tcp completed'
    expect 'what came back' "$(cmp "$work/echo" "$work/www/page.txt" 2>&1)" ''
    expect 'the window closes, stays closed when probed, and opens' "$(tshark -n -r "$work/$lesson.pcapng" \
        -Y 'ip.src == 10.0.0.21 and tcp.port == 9 and (tcp.analysis.zero_window or tcp.analysis.window_update)' \
        -T fields -e tcp.window_size_value 2>/dev/null | uniq -c | awk '{ print ($1 > 1 ? "again " : "") $2 }' |
        paste -sd' ')" 'again 0 8192'
    expect_sound
}

simulated_scenarios() {
    local namespace=$prefix-real folder=$work made
    made=$(make_real_end 2>&1) || give_up "no namespace with a TAP device could be made: $made"
    start_servers
    simulated_tcp
    simulated_dhcp
    simulated_dns
    simulated_ftp
    simulated_losses
    simulated_server
    remove_hosts "$namespace"
}
