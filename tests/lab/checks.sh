# SPDX-License-Identifier: GPL-3.0-or-later
# What the lab's checks have in common: they count, and they look at one capture, $work/$lesson.pcapng.

# shellcheck disable=SC2154
passed=0 failed=0 skipped=0
wirestage=$root/build/release/bin/wirestage

pass() { passed=$((passed + 1)); }
flunk() {
    failed=$((failed + 1))
    echo "FAILED $*"
}
skip() {
    skipped=$((skipped + 1))
    echo "skipped: $*"
}

# expect WHAT FOUND WANTED
expect() {
    if [[ $2 == "$3" ]]; then
        pass
    else
        flunk "$lesson: $1"
        printf '  wanted: %s\n  found:  %s\n' "$3" "$2"
    fi
}

# expect_exchanges 'PROTOCOL OUTCOME, ...': all but those of ARP, in order.
expect_exchanges() { expect exchanges "$(exchanges_seen | in_a_row)" "$1"; }

exchanges_seen() {
    "$wirestage" exchanges --json "$work/$lesson.pcapng" |
        sed -nE 's/^.*"protocol":"([^"]*)".*"outcome":"([^"]*)".*$/\1 \2/p' | grep -v '^arp '
}
in_a_row() { paste -sd, | sed 's/,/, /g'; }

# expect_kinds PROTOCOL 'KIND ...': the messages of a protocol, in order; without its name.
expect_kinds() {
    expect "messages of $1" "$("$wirestage" messages --json "$work/$lesson.pcapng" |
        sed -nE "s/^.*\"kind\":\"$1\.([^\"]*)\".*$/\1/p" | paste -sd' ')" "$2"
}

# expect_packets NUMBER FILTER: as tshark counts them.
expect_packets() {
    expect "packets that are $2" "$(tshark -n -r "$work/$lesson.pcapng" -Y "$2" 2>/dev/null | wc -l)" "$1"
}

# No frame of either side may be malformed or bear a wrong checksum.
expect_sound() {
    expect 'frames that tshark finds wrong' "$(tshark -n -r "$work/$lesson.pcapng" -o ip.check_checksum:TRUE \
        -o tcp.check_checksum:TRUE -o udp.check_checksum:TRUE -Y '_ws.malformed or ip.checksum.status == "Bad" or
        tcp.checksum.status == "Bad" or udp.checksum.status == "Bad" or icmp.checksum.status == "Bad"' 2>&1 |
        grep -v '^Running as user')" ''
}

# compare_to VERDICT LESSON[/VARIANT] [FLAG...]: what is said of it is in $compared, a line per step.
compare_to() {
    local status
    reference=$2
    compared=$("$wirestage" compare --to "$2" "${@:3}" "$work/$lesson.pcapng" --json 2>&1)
    status=$?
    compared=${compared//'},{"kind":'/$'},\n{"kind":'}
    local found
    found=$(sed -nE '1s/^.*"verdict":"([^"]*)".*$/\1/p' <<<"$compared")
    if [[ $found == "$1" && $status == "$([[ $1 == same ]] && echo 0 || echo 1)" ]]; then
        pass
        return
    fi
    flunk "$lesson: it should be $1 with $2, and is “$found” (exit status $status)"
    "$wirestage" compare --to "$2" "${@:3}" "$work/$lesson.pcapng" 2>&1 | sed 's/^/  /'
}

# expect_same LESSON[/VARIANT] [FLAG...]: nothing is missing, and no rule is broken.
expect_same() { compare_to same "$@"; }

# expect_partly LESSON[/VARIANT] [FLAG...]: the same as far as can be seen from there; the rest is between others.
expect_partly() { compare_to partly "$@"; }

# expect_different LESSON[/VARIANT] 'KIND STATUS, ...' [FLAG...]: these are the steps that make the difference, in order.
# A step that is there and breaks a rule is “KIND broken”, and what must not come is “KIND forbidden”, once in a row.
expect_different() {
    compare_to different "$1" "${@:3}"
    expect "steps that differ from $1" "$(steps_that_differ | in_a_row)" "$2"
}

steps_that_differ() {
    sed -nE 's/^.*\{"kind":"([^"]*)","from".*"status":"(missing|out_of_order)".*$/\1 \2/p
        /"broken":\["/s/^.*\{"kind":"([^"]*)","from".*"status":"matched".*$/\1 broken/p
        /"broken":\["never /s/^.*\{"kind":"([^"]*)","from".*"status":"unexpected".*$/\1 forbidden/p' <<<"$compared" |
        awk '$2 != "forbidden" || $0 != last { print } { last = $0 }'
}

# expect_step KIND STATUS PATTERN: some step of the last comparison is like that, and its reason matches.
expect_step() {
    if grep -E "\{\"kind\":\"$1\",\"from\".*\"status\":\"$2\"" <<<"$compared" |
        sed -nE 's/^.*"why":"(.*)","broken".*$/\1/p' | grep -qE "$3"; then pass; else
        flunk "$lesson: compared to $reference, no $1 is $2 because: $3"
        sed -nE 's/^.*\{"kind":"([^"]*)","from".*"status":"([^"]*)".*"why":"(.*)","broken".*$/  \1 \2: \3/p' <<<"$compared"
    fi
}
