# SPDX-License-Identifier: GPL-3.0-or-later
# A scenario: hosts of its own with real servers and clients, captures of what they say to each other, and what has to
# be seen in them. Each is one function, run in a process of its own, several at a time. A scenario's host "client" is
# the namespace $prefix-SCENARIO-client; its files lie in $work/SCENARIO.

# shellcheck disable=SC2034,SC2154
hosts() {
    local name
    for name in "$@"; do
        make_host "$(namespace_of "$name")" || give_up_scenario "no host $name could be made"
    done
}

namespace_of() { echo "$prefix-$scenario-$1"; }

# at HOST FUNCTION... and on HOST PROGRAM...: there.
at() {
    local namespace
    namespace=$(namespace_of "$1")
    "${@:2}"
}
on() { at "$1" inside "${@:2}"; }

# start HOST NAME PROGRAM...: in the background. Its process: $served
start() { at "$1" serve "${@:2}"; }

# cable HOST INTERFACE ADDRESS|- HOST INTERFACE ADDRESS|-: a veth pair. A fresh one leaves checksums to a card that it
# does not have, and hands over frames that no wire would carry.
cable() {
    local one other
    one=$(namespace_of "$1") other=$(namespace_of "$4")
    ip -n "$one" link add "$2" address "$(next_mac)" type veth peer name "$5" address "$(next_mac 1)" netns "$other" &&
        make_end "$one" "$2" "$3" && make_end "$other" "$5" "$6" || give_up_scenario "no cable $1 to $4"
    cables=$((cables + 1))
}

# Of the numbers that are free for everybody (RFC 7042, 2.1). An address from a scope hangs on the hardware address.
next_mac() { printf '02:00:00:00:%02x:%02x' "$cables" $((10 + ${1-0})); }

make_end() {
    ip netns exec "$1" ethtool -K "$2" tx off rx off sg off tso off gso off gro off >/dev/null 2>&1
    [[ $3 == - ]] || ip -n "$1" addr add "$3" dev "$2" || return
    ip -n "$1" link set "$2" up
}

# A switch is a host, too; plug HOST ADDRESS|- [SWITCH] connects that host's eth0 with it.
switch() {
    hosts "$1"
    ip -n "$(namespace_of "$1")" link add bridge0 type bridge mcast_snooping 0 &&
        ip -n "$(namespace_of "$1")" link set bridge0 up || give_up_scenario "no switch $1 could be made"
}
plug() {
    local to=${3-switch}
    cable "$1" eth0 "$2" "$to" "port-$1" -
    ip -n "$(namespace_of "$to")" link set "port-$1" master bridge0
}

# lose HOST CHAIN RULE...: packets that match are dropped there, on their way in (input), out (output) or through
# (forward). What is dropped on its way in has been on the wire, and is in a capture.
lose() {
    on "$1" nft "add table ip lab
add chain ip lab $2 { type filter hook $2 priority 0
}
add rule ip lab $2 ${*:3} drop"
}
lose_none() { on "$1" nft 'delete table ip lab'; }

# record HOST INTERFACE NAME [FLAG...]: captures into $folder/NAME.pcapng, with our helper, until stop_recording.
record() {
    local i
    ip netns exec "$(namespace_of "$1")" "$root/build/release/bin/wirestage-capture" -q -i "$2" "${@:4}" -w - \
        >"$folder/$3.pcapng" 2>"$folder/$3.err" &
    recordings+=($!)
    until_true 5 grep -qs '^File: -$' "$folder/$3.err" || flunk "$scenario/$3: it does not capture: $(cat "$folder/$3.err")"
}
stop_recording() {
    local id
    for id in "${recordings[@]}"; do
        kill -TERM "$id"
    done
    for id in "${recordings[@]}"; do
        wait "$id" || flunk "$scenario: the helper ended with $?"
    done
    recordings=()
}

# see NAME: the checks that follow look at this recording.
see() {
    lesson=$scenario/$1
    echo "== $lesson"
}

give_up_scenario() {
    flunk "$scenario: $*"
    exit
}

# play SCENARIO: the counts are left in $work/SCENARIO/counts, whatever happens.
play() {
    scenario=$1 folder=$work/$1 lesson=$1 cables=0 recordings=() passed=0 failed=0 skipped=0
    mkdir -p "$folder"
    trap 'echo "$passed $failed $skipped" >"$folder/counts"; remove_hosts "$prefix-$scenario-"' EXIT
    "$scenario"
    ((passed + failed + skipped > 0)) || flunk "$scenario: it checked nothing"
}

# play_all SCENARIO...: at most six at once, for mostly they wait. What each says goes to $work/SCENARIO.said
play_all() {
    local name running=0 most=6
    trap 'kill $(jobs -p) 2>/dev/null; wait; exit 1' TERM
    for name in "$@"; do
        if ((running == most)); then
            wait -n
            running=$((running - 1))
        fi
        play "$name" >"$work/$name.said" 2>&1 &
        running=$((running + 1))
    done
    wait
}

# real_scenarios NAME...: all of them, and what came of it in the order of their names.
real_scenarios() {
    local name counts
    play_all "$@" &
    players=$!
    wait "$players"
    players=
    for name in "$@"; do
        cat "$work/$name.said"
        if read -r -a counts 2>/dev/null <"$work/$name/counts"; then
            passed=$((passed + counts[0])) failed=$((failed + counts[1])) skipped=$((skipped + counts[2]))
        else
            flunk "$name: it did not come to its end"
        fi
    done
}
