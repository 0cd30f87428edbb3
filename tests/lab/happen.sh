# SPDX-License-Identifier: GPL-3.0-or-later
# wirestage-happen: every scenario compares as the same with its lesson, played by what is installed and by the lesson's own
# hosts, for somebody without any right and for root; and nothing is left of it. tests/lab/run reads this.

# shellcheck disable=SC2034,SC2154
happen=$root/build/release/bin/wirestage-happen

# Nobody has no home, no group and no capability.
nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps=-all --bounding-set=-all)
as_nobody() { "${nobody[@]}" "$@"; }

# happen_as WHO SCENARIO LESSON FLAG...: the capture of it, held against the lesson. WHO: as_nobody, or env for root
happen_as() {
    local who=$1 scenario=$2 textbook=$3
    shift 3
    lesson=happen-$scenario
    echo "== $lesson ($who $*)"
    "$who" timeout -k 5 60 "$happen" "$scenario" --delay 20 "$@" >"$work/$lesson.pcapng" 2>"$work/$lesson.err"
    expect 'exit status' "$?" 0
    expect "compared with $textbook" "$("$root/build/release/bin/wirestage" compare --json --to "$textbook" \
        "$work/$lesson.pcapng" | sed -nE 's/^.*"verdict":"([^"]*)".*$/\1/p' | head -n 1)" same
    expect_sound
}

# expect_cast PATTERN: who played, by its own word.
expect_cast() {
    if grep -qE "$1" "$work/$lesson.err"; then pass; else flunk "$lesson: nothing like: $1, in $work/$lesson.err"; fi
}

# expect_round_trips PROTOCOL NUMBER: the exchange took as long as so many of them, and no half of one more. The wire's
# delay is true time.
expect_round_trips() {
    expect "round trips of 40 ms of $1" "$("$root/build/release/bin/wirestage" exchanges --json "$work/$lesson.pcapng" |
        sed -nE "s/^.*\"protocol\":\"$1\".*\"duration\":([0-9.]+).*$/\1/p" | awk '{ printf "%d", $1 / 0.04 + 0.5 }')" "$2"
}

# Killed in the middle by what cannot be caught, it takes everybody with it, and the namespaces with them.
happen_killed() {
    lesson=happen-killed
    echo "== $lesson"
    # No function in the background: $! would be a shell.
    "${nobody[@]}" "$happen" ftp >"$work/$lesson.pcapng" 2>"$work/$lesson.err" &
    local running=$! i players spaces
    for ((i = 0; i < 100; ++i)); do
        grep -q asks "$work/$lesson.err" && break
        sleep 0.05
    done
    players=$(pgrep -d, -P "$(pgrep -d, -P "$running")")
    spaces=$(for i in ${players//,/ }; do readlink "/proc/$i/ns/net"; done | sort -u | tr -dc '0-9\n')
    expect 'network namespaces while it runs' "$(wc -l <<<"$spaces")" 3
    kill -KILL "$running"
    wait "$running" 2>/dev/null
    for ((i = 0; i < 40; ++i)); do
        [[ $(ps -o pid= -p "$players") ]] || break
        sleep 0.05
    done
    expect 'processes afterwards' "$(ps -o pid=,args= -p "$players")" ''
    expect 'network namespaces afterwards' "$(lsns -n -r -o NS -t net | grep -Fx "$spaces")" ''
}

# Where user namespaces are forbidden: here by a user namespace whose own limit is 0.
happen_forbidden() {
    lesson=happen-forbidden
    echo "== $lesson"
    # shellcheck disable=SC2016
    as_nobody unshare -Ur sh -c 'echo 0 >/proc/sys/user/max_user_namespaces && "$1" dhcp; echo "status $?" >&2' sh \
        "$happen" >"$work/$lesson.pcapng" 2>"$work/$lesson.err"
    expect_cast '“sudo sysctl user.max_user_namespaces=10000” allows them$'
    expect_cast '^status 4$'
    expect 'bytes of a capture' "$(stat -c %s "$work/$lesson.pcapng")" 0
}

happen_scenarios() {
    local who=as_nobody scenario textbook why
    if ! as_nobody test -x "$happen"; then
        echo "nobody may not read $root: root plays nobody's part"
        who=env
    elif why=$(as_nobody unshare -Ur true 2>&1); [[ $why ]]; then
        skip "nobody may make a user namespace here: $why"
        return
    fi
    while read -r scenario textbook; do
        happen_as "$who" "$scenario" "$textbook"
    done < <("$happen" --list --json | sed -nE 's/^.*"id":"([^"]*)".*"lesson":"([^"]*)".*$/\1 \2/p')
    expect_cast 'vsftpd answers' # the last one
    happen_as "$who" dns dns-lookup
    expect_cast 'dnsmasq answers'
    expect_round_trips dns 1
    for scenario in dhcp:dhcp-dora dns:dns-lookup ftp:ftp-passive; do
        happen_as "$who" "${scenario%:*}" "${scenario#*:}" --own
        expect_cast "the lesson's own server answers"
    done
    happen_as env dhcp dhcp-dora --times 2
    expect_exchanges 'dhcp completed, dhcp completed'
    if [[ $who == as_nobody ]]; then
        happen_killed
        happen_forbidden
    fi
}
