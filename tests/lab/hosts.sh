# SPDX-License-Identifier: GPL-3.0-or-later
# The lab's hosts: network namespaces whose names begin with $prefix, so that two labs at once do not meet, and what one
# that was killed has left is known by its number. Everything in here acts on the host that $namespace names.

# shellcheck disable=SC2034,SC2154
prefix=wslab-$$

# What a program finds on a host is the lab's, not the machine's: neither the user's settings nor a proxy.
clean=(env -i PATH="$PATH:/usr/sbin:/sbin" LC_ALL=C)

# Of the host's sysctls some begin as the machine's are (ip-sysctl, devconf_inherit_init_net).
make_host() {
    ip netns add "$1" && ip -n "$1" link set lo up || return
    local namespace=$1 conf=net.ipv4.conf
    inside sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1 net.ipv4.ip_forward=0 \
        $conf.all.rp_filter=0 $conf.default.rp_filter=0 $conf.all.send_redirects=0 $conf.default.send_redirects=0 \
        net.ipv4.tcp_congestion_control=reno net.ipv4.ping_group_range='0 2147483647'
}

# remove_hosts PREFIX: with whatever runs on them.
remove_hosts() {
    local host id
    for host in $(ip netns list 2>/dev/null | awk -v prefix="$1" 'index($1, prefix) == 1 { print $1 }'); do
        for id in $(ip netns pids "$host" 2>/dev/null); do
            { kill -KILL "$id" && wait "$id"; } 2>/dev/null
        done
        ip netns delete "$host" 2>/dev/null # a scenario that is interrupted does so itself
        rm -rf "/etc/netns/$host"
    done
}

# Of labs that were killed: their process is gone.
remove_orphans() {
    local id
    for id in $(ip netns list 2>/dev/null | sed -nE 's/^wslab-([0-9]+)-.*$/\1/p' | sort -u); do
        [[ -e /proc/$id ]] || remove_hosts "wslab-$id-"
    done
}

inside() { ip netns exec "$namespace" "${clean[@]}" "$@"; }

# serve NAME PROGRAM...: in the background, with what it says in $folder/NAME.log. Its process: $served
serve() {
    ip netns exec "$namespace" "${clean[@]}" "${@:2}" >"$folder/$1.log" 2>&1 &
    served=$!
}

# end_process ID: and wait until it has ended, without a word from the shell.
end_process() {
    kill "$1" 2>/dev/null
    wait "$1" 2>/dev/null
}

# until_true SECONDS COMMAND...: tries it until it succeeds, and fails when the time is over.
until_true() {
    local i
    for ((i = 0; i < $1 * 20; ++i)); do
        "${@:2}" && return
        sleep 0.05
    done
    return 1
}

# await tcp|udp ADDRESS:PORT: until somebody listens there.
await() {
    until_true 10 listens "$@" && return
    flunk "nobody listens at $1 $2"
    tail -n 5 "$folder"/*.log
}

# By /proc/net, which disturbs nobody.
listens() {
    local number address=${2%:*} port=${2##*:} hex
    IFS=. read -r -a number <<<"$address"
    hex=$(printf '%02X%02X%02X%02X:%04X' "${number[3]}" "${number[2]}" "${number[1]}" "${number[0]}" "$port")
    inside awk -v end="$hex" '$2 == end { found = 1 } END { exit !found }' "/proc/net/$1"
}
