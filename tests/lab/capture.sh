# SPDX-License-Identifier: GPL-3.0-or-later
# wirestage-capture on real interfaces: two namespaces of its own with veth pairs between them. tests/lab/run reads this
# and calls capture_scenarios.

# shellcheck disable=SC2034,SC2154
left=$prefix-left right=$prefix-right
ours=$root/build/release/bin/wirestage-capture

make_capture_namespaces() {
    local number
    make_host "$left" && make_host "$right" || return
    for number in 0 1; do
        ip -n "$left" link add "eth$number" type veth peer name "eth$number" netns "$right" &&
            ip -n "$left" addr add "10.0.$number.1/24" dev "eth$number" &&
            ip -n "$right" addr add "10.0.$number.2/24" dev "eth$number" &&
            ip -n "$left" link set "eth$number" up && ip -n "$right" link set "eth$number" up || return
    done
}

# In the foreground only: of a function in the background, $! would be a shell.
on_left() { ip netns exec "$left" "$@"; }
ping_right() { on_left ping -q -i 0.05 "$@" >/dev/null; }

# start_capture NAME FLAG...: in the background, until it captures. Its process: $capturing
start_capture() {
    lesson=$1
    shift
    echo "== $lesson"
    ip netns exec "$left" "$ours" "$@" -w - >"$work/$lesson.pcapng" 2>"$work/$lesson.err" &
    capturing=$!
    await_capture
}

await_capture() {
    local i
    for ((i = 0; i < 100; ++i)); do
        grep -q '^File: -$' "$work/$lesson.err" 2>/dev/null && return
        sleep 0.05
    done
    flunk "$lesson: it does not capture: $(cat "$work/$lesson.err")"
}

# end_capture STATUS [SIGNAL]: without one, it has to end by itself.
end_capture() {
    [[ ${2-} ]] && kill "-$2" "$capturing"
    wait "$capturing"
    expect 'exit status' $? "$1"
}

# expect_words TEXT: that they stand in what went to standard error.
expect_words() {
    if grep -qF -- "$1" "$work/$lesson.err"; then pass; else
        flunk "$lesson: it did not say: $1"
        sed 's/^/  /' "$work/$lesson.err"
    fi
}

# refuse NAME STATUS TEXT FLAG...: it must end at once with this status and one line that has the text in it.
refuse() {
    lesson=$1
    echo "== $lesson"
    on_left timeout 5 "$ours" "${@:4}" 2>"$work/$lesson.err" | cat >"$work/$lesson.pcapng"
    expect 'exit status' "${PIPESTATUS[0]}" "$2"
    expect_words "$3"
    expect 'lines of complaint' "$(wc -l <"$work/$lesson.err")" 1
    expect 'bytes written' "$(stat -c %s "$work/$lesson.pcapng")" 0
}

# The signal comes at once after the last packet, which must be there all the same. What the programs say is in
# dumpcap's manner.
capture_pings() {
    start_capture capture_pings -i eth0 -q
    ping_right -c 5 10.0.0.2
    end_capture 0 TERM
    expect_packets 10 icmp
    expect_exchanges 'icmp completed'
    expect 'packets in the summary' "$("$root/build/release/bin/wirestage" summary --json "$work/$lesson.pcapng" |
        sed -nE 's/^.*"packets":([0-9]+).*$/\1/p')" "$(tshark -n -r "$work/$lesson.pcapng" 2>/dev/null | wc -l)"
    expect 'words' "$(sed -E 's/[0-9]+/N/g' "$work/$lesson.err")" "Capturing on 'ethN'
File: -
Packets captured: N
Packets received/dropped on interface 'ethN': N/N (kernel:N/wirestage-capture:N) (N.N%)"
    expect_words "'eth0': $(tshark -n -r "$work/$lesson.pcapng" 2>/dev/null | wc -l)/0 (kernel:0/wirestage-capture:0)"
    expect 'name and clock' "$(capinfos "$work/$lesson.pcapng" | sed -nE 's/^.*(Name|precision) = //p' | paste -sd' ')" \
        'eth0 nanoseconds (9)'
}

capture_filtered_and_cut() {
    start_capture capture_filtered -i eth0 -f 'icmp[icmptype] == icmp-echo and host 10.0.0.2' -s 50
    ping_right -c 4 10.0.0.2
    end_capture 0 INT
    expect_packets 4 'icmp.type == 8 and frame.cap_len == 50 and frame.len == 98'
    expect_packets 4 frame
    expect 'filter in the file' "$(capinfos "$work/$lesson.pcapng" | sed -nE 's/^.*Filter string = //p')" \
        'icmp[icmptype] == icmp-echo and host 10.0.0.2'
}

capture_limited() {
    start_capture capture_counted -i eth0 -f icmp -c 5
    ping_right -c 6 10.0.0.2
    end_capture 0
    expect_packets 5 frame
    start_capture capture_timed -i eth0 -a duration:0.5
    end_capture 0
    expect_words 'Packets captured: '
}

# A router's two sides: each packet of the one belongs before those of the other that it caused.
capture_two_interfaces() {
    start_capture capture_two -i eth0 -f 'icmp and not net 10.9.0.0/16' -i eth1 -f icmp
    expect_words "Capturing on 'eth0' and 'eth1'"
    ping_right -c 20 10.0.0.2 &
    ping_right -c 20 10.0.1.2
    wait $!
    end_capture 0 TERM
    expect_packets 40 'frame.interface_name == "eth0"'
    expect_packets 40 'frame.interface_name == "eth1"'
    expect 'packets older than the one before' "$(tshark -n -r "$work/$lesson.pcapng" -Y 'frame.time_delta < 0' \
        2>/dev/null | wc -l)" 0
}

# Every thread: capabilities(7), seccomp(2).
capture_confined() {
    local task
    start_capture capture_confined -i eth0 -i eth1
    expect 'threads' "$(find "/proc/$capturing/task" -mindepth 1 -maxdepth 1 | wc -l)" 3
    for task in "/proc/$capturing/task/"*; do
        expect 'rights that are left' "$(awk '/^Cap|^NoNewPrivs|^Seccomp:/ { printf "%s%x ", $1, $2 }' "$task/status")" \
            'CapInh:0 CapPrm:0 CapEff:0 CapBnd:0 CapAmb:0 NoNewPrivs:1 Seccomp:2 '
    done
    end_capture 0 TERM
    local deed
    for deed in open socket send connect exec fork thread ptrace kill code protect read write prctl; do
        lesson=capture_forbidden_$deed
        on_left timeout 5 "$ours-probe" --try-forbidden "$deed" -i eth0 -w - 2>"$work/$lesson.err" |
            cat >"$work/$lesson.pcapng"
        expect 'exit status (128 and SIGSYS)' "${PIPESTATUS[0]}" $((128 + 31))
        expect 'deeds that succeeded' "$(grep -c 'got away' "$work/$lesson.err")" 0
    done
}

# As somebody who is not root, without the file's rights and with them. Not below $work, where others may not look.
capture_with_rights_of_its_own() {
    local folder nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups)
    folder=$(mktemp -d) && chmod 755 "$folder" && install -m 755 "$ours" "$folder" || return
    lesson=capture_not_permitted
    echo "== $lesson"
    on_left "${nobody[@]}" "$folder/wirestage-capture" -i eth0 -w - 2>"$work/$lesson.err" | cat >/dev/null
    expect 'exit status' "${PIPESTATUS[0]}" 4
    expect_words 'wirestage-capture: eth0: not permitted'
    if [[ $(findmnt -n -o OPTIONS -T "$folder") != *nosuid* ]] &&
        setcap cap_net_raw,cap_net_admin=eip "$folder/wirestage-capture" 2>/dev/null; then
        chmod u+s "$folder/wirestage-capture"
        on_left "${nobody[@]}" "$folder/wirestage-capture" -D 2>"$work/$lesson.setuid" | cat >"$work/$lesson.out"
        expect 'exit status of a setuid program' "${PIPESTATUS[0]} $(stat -c %s "$work/$lesson.out")" '4 0'
        chmod u-s "$folder/wirestage-capture"
        lesson=capture_permitted
        echo "== $lesson"
        ip netns exec "$left" "${nobody[@]}" "$folder/wirestage-capture" -i eth0 -f icmp -w - >"$work/$lesson.pcapng" \
            2>"$work/$lesson.err" &
        capturing=$!
        await_capture
        expect 'rights that are left' \
            "$(awk '/^CapPrm|^CapEff/ { printf "%s%x ", $1, $2 }' "/proc/$capturing/status")" 'CapPrm:0 CapEff:0 '
        ping_right -c 1 10.0.0.2
        end_capture 0 TERM
        expect_packets 2 icmp
    else
        skip 'files cannot be given rights here'
    fi
    rm -rf "$folder"
}

capture_refusals() {
    refuse capture_no_interface 3 'wirestage-capture: nix0: there is no such interface' -i nix0 -w -
    refuse capture_no_service 3 'there is no such interface' -i nflog -w -
    refuse capture_bad_filter 2 'eth0: the filter “tcp port”: can' -i eth0 -f 'tcp port' -w -
    refuse capture_file 2 'opens no files' -i eth0 -w "$work/file"
    refuse capture_unknown_flag 2 'unknown flag -Z' -i eth0 -w - -Z
    ip -n "$left" link set eth1 down
    refuse capture_down 3 'eth1: the interface is down' -i eth1 -w -
    ip -n "$left" link set eth1 up
}

# Nobody is asked what a name means: with a name server in reach, not one packet goes there.
capture_asks_nobody() {
    mkdir -p "/etc/netns/$left" && echo 'nameserver 10.0.0.2' >"/etc/netns/$left/resolv.conf"
    start_capture capture_asks_nobody -i eth0 -f 'udp port 53'
    on_left timeout 5 "$ours" -i eth1 -f 'host www.example.org' -w - 2>"$work/$lesson.refused" | cat >/dev/null
    expect 'exit status' "${PIPESTATUS[0]}" 2
    expect 'the word it refuses' "$(grep -c 'unknown word “www.example.org”' "$work/$lesson.refused")" 1
    end_capture 0 TERM
    expect_packets 0 frame
}

capture_vanishing() {
    local pair=(type veth peer name gone1)
    ip -n "$left" link add gone0 "${pair[@]}" && ip -n "$left" link set gone0 up && ip -n "$left" link set gone1 up
    start_capture capture_vanished -i gone0 -i eth0
    ip -n "$left" link set gone0 down
    sleep 0.4
    expect_words 'gone0: the interface went down'
    ip -n "$left" link set gone0 up
    sleep 0.4
    expect_words 'gone0: the interface is up again'
    ip -n "$left" link delete gone0
    sleep 0.4
    expect_words 'gone0: the interface vanished'
    ping_right -c 2 10.0.0.2
    end_capture 0 TERM
    expect_packets 4 'icmp and frame.interface_name == "eth0"'

    ip -n "$left" link add gone0 "${pair[@]}" && ip -n "$left" link set gone0 up && ip -n "$left" link set gone1 up
    start_capture capture_vanished_alone -i gone0
    ip -n "$left" link delete gone0
    end_capture 3
    expect_words 'gone0: the interface vanished'
    expect_words 'Packets captured: '
}

# Nobody reads any more, on a quiet network; and somebody who has stopped to read, which must not keep us.
capture_without_reader() {
    local started
    lesson=capture_closed
    echo "== $lesson"
    on_left timeout 5 "$ours" -i eth0 -w - 2>"$work/$lesson.err" | head -c 8 >"$work/$lesson.pcapng"
    expect 'exit status' "${PIPESTATUS[0]}" 0
    expect 'words' "$(grep -vE '^Capturing on|^File' "$work/$lesson.err")" ''

    lesson=capture_unread
    echo "== $lesson"
    mkfifo "$work/unread"
    sleep 30 <"$work/unread" &
    started=$!
    ip netns exec "$left" "$ours" -i eth0 -w - >"$work/unread" 2>"$work/$lesson.err" &
    capturing=$!
    await_capture
    on_left ping -q -f -s 1400 -c 1500 10.0.0.2 >/dev/null
    SECONDS=0
    end_capture 5 TERM
    ((SECONDS <= 4)) && pass || flunk "$lesson: it took $SECONDS s to end"
    expect_words 'standard output is not read'
    kill "$started" 2>/dev/null
}

# One parser is to read both programs' lists and statistics.
capture_lists() {
    lesson=capture_lists
    echo "== $lesson"
    expect 'list' "$(on_left "$ours" -D -M | sort -t. -k2)" "$(on_left dumpcap -D -M 2>/dev/null |
        grep -E $'^[0-9]+\\. (eth0|eth1|any|lo)\t' | sort -t. -k2)"
    ip netns exec "$left" timeout 3 "$ours" -S -M -i eth0 >"$work/$lesson.out" 2>"$work/$lesson.err" &
    capturing=$!
    sleep 0.5
    ping_right -c 10 10.0.0.2
    wait "$capturing"
    expect 'form of the statistics' "$(sed -E 's/[0-9]{2,}/N/g' "$work/$lesson.out" | sort -u)" $'eth0\tN\t0'
}

capture_scenarios() {
    local made
    made=$(make_capture_namespaces 2>&1) || {
        flunk "no namespaces for capturing could be made: $made"
        return
    }
    ping_right -c 1 10.0.0.2 # both addresses are known now: no ARP comes in between
    ping_right -c 1 10.0.1.2
    capture_pings
    capture_filtered_and_cut
    capture_limited
    capture_two_interfaces
    capture_confined
    capture_with_rights_of_its_own
    capture_refusals
    capture_asks_nobody
    capture_vanishing
    capture_without_reader
    capture_lists
    remove_hosts "$left"
    remove_hosts "$right"
}
