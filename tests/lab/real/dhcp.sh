# SPDX-License-Identifier: GPL-3.0-or-later
# DHCP: dnsmasq against busybox's udhcpc and ISC's dhclient, also across ISC's relay agent (RFC 2131).

# shellcheck disable=SC2034,SC2154
dhcp_scenarios=(dhcp_lease dhcp_lease_after_ping dhcp_dhclient dhcp_stale_lease dhcp_new_scope dhcp_server_gone
    dhcp_two_servers dhcp_silence dhcp_wrong_scope dhcp_relay dhcp_relay_dnsmasq dhcp_relay_wrong_scope)
scope=dhcp-range=10.0.0.50,10.0.0.60,255.255.255.0,2m
router=dhcp-option=option:router,10.0.0.1

# One client, and one server at 10.0.0.1 on the same switch.
dhcp_network() {
    hosts client server
    switch switch
    plug server 10.0.0.1/24
    plug client -
}

# udhcpc FLAG...: starts it. What it has come to stands in $folder/events, a word a line: bound, renew, nak ...
udhcpc() {
    cat >"$folder/script" <<END
#!/bin/sh
case \$1 in
    deconfig) ip addr flush dev eth0 ;;
    bound | renew) ip addr replace "\$ip/\$mask" dev eth0 ;;
esac
echo "\$1" >>"$folder/events"
END
    chmod 755 "$folder/script"
    start client udhcpc busybox udhcpc -f -i eth0 -s "$folder/script" "$@"
}
became() { [[ -e $folder/events ]] && grep -qx "$1" "$folder/events"; }

# renew CLIENT EVENT: until it has come. udhcpc does not listen for a moment after it has asked.
renew() {
    local i
    for i in 1 2 3; do
        kill -USR1 "$1"
        until_true 4 became "$2" && return
    done
    flunk "$scenario: the client never was told: $2"
}
await_event() { until_true 10 became "$1" || flunk "$scenario: the client never was told: $1"; }

# dhclient FLAG...: once. Its script is ours, which sets the address and nothing else.
dhclient() {
    printf 'timeout 20;\ninitial-interval 1;\n' >"$folder/dhclient.conf"
    cat >"$folder/dhclient.script" <<'END'
#!/bin/sh
if [ "$reason" = BOUND ]; then ip addr replace "$new_ip_address/$new_subnet_mask" dev "$interface"; fi
END
    chmod 755 "$folder/dhclient.script"
    on client timeout 25 dhclient "$@" -cf "$folder/dhclient.conf" -lf "$folder/dhclient.leases" \
        -pf "$folder/dhclient.pid" -sf "$folder/dhclient.script" eth0 >>"$folder/dhclient.log" 2>&1
}

# A lease, taken, renewed (by unicast, RFC 2131, 4.4.5) and given back.
dhcp_lease() {
    dhcp_network
    at server start_dnsmasq "$scope" "$router"
    record client eth0 wire
    udhcpc -R
    await_event bound
    sleep 0.3
    renew "$served" renew
    sleep 0.3
    kill -USR2 "$served"
    sleep 0.5
    stop_recording
    see wire
    expect 'outcomes, whether or not it asks twice' "$(exchanges_seen | grep -v '^icmp' | uniq)" 'dhcp completed'
    expect_packets 1 'dhcp.option.dhcp == 7 && dhcp.ip.client != 0.0.0.0 && ip.dst == 10.0.0.1'
    expect_same dhcp-dora
    expect_same dhcp-renew
    expect_same dhcp-renew/release
    expect_different dhcp-nak 'dhcp.request missing, dhcp.nak missing'
    expect_different dhcp-two-servers 'dhcp.offer missing'
    expect_different dhcp-dora/no-server 'dhcp.discover missing, dhcp.offer forbidden'
    expect_sound
}

# The server looks first whether the address is free. The client asks again meanwhile.
dhcp_lease_after_ping() {
    dhcp_network
    at server start_dnsmasq "$scope" "$router"
    end_process "$served"
    sed -i /no-ping/d "$folder/dnsmasq.conf"
    start server dnsmasq dnsmasq --no-daemon -C "$folder/dnsmasq.conf"
    at server await udp 0.0.0.0:67
    record client eth0 wire
    udhcpc
    await_event bound
    stop_recording
    see wire
    expect_same dhcp-dora
    expect_step dhcp.discover repeated 'once more, .* after packet'
    expect_sound
}

dhcp_dhclient() {
    dhcp_network
    at server start_dnsmasq "$scope" "$router"
    record client eth0 wire
    dhclient -1
    dhclient -r
    sleep 0.3
    stop_recording
    see wire
    expect_kinds dhcp 'discover offer request ack release'
    expect_same dhcp-dora
    expect_same dhcp-renew/release
    expect_sound
}

# The client knows a lease of another network, as after a move (RFC 2131, 3.2).
dhcp_stale_lease() {
    dhcp_network
    at server start_dnsmasq "$scope" "$router"
    cat >"$folder/dhclient.leases" <<'END'
lease {
  interface "eth0";
  fixed-address 192.168.77.5;
  option subnet-mask 255.255.255.0;
  option dhcp-lease-time 86400;
  option dhcp-server-identifier 192.168.77.1;
  renew 5 2037/01/04 00:00:00;
  rebind 5 2037/01/04 00:00:00;
  expire 5 2037/01/04 00:00:00;
}
END
    record client eth0 wire
    dhclient -1
    stop_recording
    see wire
    expect_exchanges 'dhcp refused, dhcp completed'
    expect_kinds dhcp 'request nak discover offer request ack'
    expect_same dhcp-nak
    expect_same dhcp-dora
    expect_different dhcp-renew 'dhcp.request missing, dhcp.ack missing'
    expect_sound
}

# The scope is moved while a client has a lease from it: its renewal is refused.
dhcp_new_scope() {
    dhcp_network
    at server start_dnsmasq "$scope" "$router"
    local server=$served
    record client eth0 wire
    udhcpc
    local client=$served
    await_event bound
    end_process "$server"
    rm -f "$folder/leases"
    on server ip addr add 10.7.0.1/24 dev eth0
    at server start_dnsmasq dhcp-range=10.7.0.50,10.7.0.60,255.255.255.0,2m
    renew "$client" nak
    stop_recording
    see wire
    expect_same dhcp-dora
    expect_different dhcp-renew 'dhcp.ack missing'
    expect_step dhcp.ack missing 'no DHCP Ack came: instead 10.0.0.1 sent “DHCP (NAK|Nak)'
}

dhcp_server_gone() {
    dhcp_network
    at server start_dnsmasq "$scope" "$router"
    local server=$served
    record client eth0 wire
    udhcpc
    local client=$served
    await_event bound
    end_process "$server"
    on server nft 'add table ip lab; add chain ip lab input { type filter hook input priority 0; policy drop; }'
    kill -USR1 "$client"
    sleep 2
    on client ping -q -c 1 -W 1 10.0.0.1 >/dev/null # the recording shows how long nobody answered
    stop_recording
    see wire
    expect_same dhcp-dora
    expect_different dhcp-renew 'dhcp.ack missing'
    expect_step dhcp.ack missing 'no DHCP Ack came within .*: nobody answered the DHCP Request'
}

dhcp_two_servers() {
    dhcp_network
    hosts other
    plug other 10.0.0.2/24
    at server start_dnsmasq "$scope" "$router"
    folder=$folder/other
    mkdir -p "$folder"
    at other start_dnsmasq dhcp-range=10.0.0.70,10.0.0.80,255.255.255.0,2m "$router"
    folder=${folder%/other}
    record client eth0 wire
    udhcpc
    await_event bound
    sleep 0.3
    stop_recording
    see wire
    expect_same dhcp-two-servers
    expect_same dhcp-dora
}

# Nobody listens, or the server has nothing for this network: to the client both are silence.
expect_silence() {
    see wire
    expect_exchanges 'dhcp timeout'
    expect_kinds dhcp 'discover discover discover'
    expect_same dhcp-no-server
    expect_same dhcp-dora/no-server
    expect_different dhcp-dora 'dhcp.offer missing, dhcp.request missing, dhcp.ack missing'
    expect_step dhcp.offer missing 'within .* nobody answered the DHCP Discover, though it was sent 3 times'
    expect_step dhcp.request missing 'it goes with the step before'
    expect_sound
}

dhcp_silence() {
    dhcp_network
    record client eth0 wire
    udhcpc -n -t 3 -T 4
    wait "$served"
    stop_recording
    expect_silence
}

dhcp_wrong_scope() {
    dhcp_network
    at server start_dnsmasq dhcp-range=10.9.0.50,10.9.0.60,255.255.255.0,2m
    record client eth0 wire
    udhcpc -n -t 3 -T 4
    wait "$served"
    stop_recording
    expect 'complaints of the server' "$(grep -c 'no address range available' "$folder/dnsmasq.log")" 3
    expect_silence
}

# The client's network is 10.1.0.0/24, the server's 10.2.0.0/24; between them a router with a relay agent.
relay_network() {
    hosts client router server
    cable client eth0 - router eth0 10.1.0.1/24
    cable router eth1 10.2.0.1/24 server eth0 10.2.0.2/24
    on router sysctl -qw net.ipv4.ip_forward=1
    on server ip route add 10.1.0.0/24 via 10.2.0.1
    at server start_dnsmasq "$1"
}
relay_scope=dhcp-range=10.1.0.50,10.1.0.60,255.255.255.0,2m

# Both sides of the relay show the exchange, each its own half.
expect_relayed() {
    for side in client-side server-side; do
        see "$side"
        expect_same dhcp-relay
        expect_sound
    done
    expect_packets 4 'dhcp.ip.relay == 10.1.0.1'
    expect_kinds dhcp 'discover offer request ack'
}

record_both_sides() {
    record client eth0 client-side
    record server eth0 server-side
}

dhcp_relay() {
    relay_network "$relay_scope"
    start router dhcrelay dhcrelay -4 -d -a -id eth0 -iu eth1 10.2.0.2
    at router until_true 5 grep -q 'Sending on' "$folder/dhcrelay.log"
    record_both_sides
    udhcpc
    await_event bound
    stop_recording
    expect_relayed
    expect_packets 2 'dhcp.option.agent_information_option.agent_circuit_id && dhcp.type == 1'
}

dhcp_relay_dnsmasq() {
    relay_network "$relay_scope"
    start router relay dnsmasq --no-daemon --port=0 --user=root --interface=eth0 --interface=eth1 \
        --dhcp-relay=10.1.0.1,10.2.0.2 -C /dev/null
    at router await udp 0.0.0.0:67
    record_both_sides
    udhcpc
    await_event bound
    stop_recording
    expect_relayed
}

# The server has addresses for another network only.
dhcp_relay_wrong_scope() {
    relay_network dhcp-range=10.9.0.50,10.9.0.60,255.255.255.0,2m
    start router dhcrelay dhcrelay -4 -d -a -id eth0 -iu eth1 10.2.0.2
    at router until_true 5 grep -q 'Sending on' "$folder/dhcrelay.log"
    record_both_sides
    udhcpc -n -t 2 -T 3
    wait "$served"
    stop_recording
    see server-side
    expect_different dhcp-relay 'dhcp.offer missing, dhcp.request missing, dhcp.ack missing'
    expect_step dhcp.offer missing 'nobody answered the DHCP Discover, though it was sent 2 times'
    expect_step dhcp.request missing 'it goes with the step before'
    see client-side
    expect_different dhcp-relay 'dhcp.offer missing, dhcp.request missing, dhcp.ack missing'
    expect_step dhcp.offer missing 'nobody answered the DHCP Discover, though it was sent 2 times'
    expect_same dhcp-relay/no-relay
}
