# SPDX-License-Identifier: GPL-3.0-or-later
# DNS: bind9 as root, as test., as lab.test. and as resolver, and dig that asks them (RFC 1034, 1035, 5936, 7766).

# shellcheck disable=SC2034,SC2154
dns_scenarios=(dns_lookups dns_recursion dns_recursion_fails dns_truncation dns_transfer)

# Root 10.0.0.4, test. .5, lab.test. .6, resolver .53, and a laptop .10 on one switch.
dns_network() {
    hosts root tld zone resolver laptop
    switch switch
    plug root 10.0.0.4/24
    plug tld 10.0.0.5/24
    plug zone 10.0.0.6/24
    plug resolver 10.0.0.53/24
    plug laptop 10.0.0.10/24
    at root start_bind 10.0.0.4 root .
    at tld start_bind 10.0.0.5 tld test
    at zone start_bind 10.0.0.6 zone lab.test
    zone=$served
    at resolver start_resolver 10.0.0.53
}

# The laptop asks lab.test.'s own server.
dns_zone_alone() {
    hosts zone laptop
    cable zone eth0 10.0.0.6/24 laptop eth0 10.0.0.10/24
    at zone start_bind 10.0.0.6 zone lab.test
}

# ask SERVER WORD...: without EDNS, once, and no answer from a file of the user's.
ask() { on laptop dig -r +noedns +tries=1 +timeout=15 "@$1" "${@:2}" >>"$folder/dig.log" 2>&1; }

dns_lookups() {
    dns_zone_alone
    record laptop eth0 found
    ask 10.0.0.6 www.lab.test
    stop_recording
    record laptop eth0 alias
    ask 10.0.0.6 ftp.lab.test
    stop_recording
    record laptop eth0 no-name
    ask 10.0.0.6 nix.lab.test
    stop_recording
    record laptop eth0 no-record
    ask 10.0.0.6 www.lab.test MX
    stop_recording
    see found
    expect_exchanges 'dns completed'
    expect_same dns-lookup
    expect_different dns-nxdomain 'dns.response.nxdomain missing'
    expect_step dns.response.nxdomain missing 'instead 10.0.0.6 sent “'
    expect_sound
    see alias
    expect_same dns-lookup/alias
    see no-name
    expect_exchanges 'dns not_found'
    expect_kinds dns 'query response.nxdomain'
    expect_same dns-nxdomain
    expect_different dns-lookup 'dns.response.nxdomain broken'
    see no-record
    expect_exchanges 'dns not_found'
    expect_same dns-nxdomain/no-data
    expect_different dns-nxdomain 'dns.response.nxdomain missing'
}

# What a resolver does that knows nothing but the root; and once more, from memory.
dns_recursion() {
    dns_network
    record resolver eth0 resolver
    record laptop eth0 laptop
    ask 10.0.0.53 www.lab.test
    sleep 0.5
    ask 10.0.0.53 www.lab.test
    stop_recording
    see resolver
    expect_same dns-recursion
    expect_same dns-lookup
    expect_packets 1 'dns.flags.response == 1 && ip.src == 10.0.0.6'
    expect_sound
    see laptop
    expect_exchanges 'dns completed, dns completed'
    expect_kinds dns 'query response query response'
    expect_same dns-lookup
    # The laptop's port of the switch shows nothing of what the resolver asks others.
    expect_partly dns-recursion
    expect_step dns.query not_seen 'between others'
    expect_different dns-recursion/zone-down 'dns.response.servfail missing'
}

# The zone's server has gone, and nothing says so: SERVFAIL, after some tries.
dns_recursion_fails() {
    dns_network
    end_process "$zone"
    lose zone input ip daddr 10.0.0.6
    record resolver eth0 resolver
    record laptop eth0 laptop
    ask 10.0.0.53 www.lab.test
    stop_recording
    see resolver
    expect_same dns-recursion/zone-down
    expect_different dns-recursion 'dns.response missing, dns.query missing, dns.response missing'
    expect_step dns.response missing 'no DNS Response between the DNS Query .* and the DNS Response: server failure'
    see laptop
    expect_exchanges 'dns failed'
    expect_partly dns-recursion/zone-down
    expect_different dns-lookup 'dns.response.servfail broken'
}

# More than 512 bytes: asked for again over TCP, or, with EDNS, at once.
dns_truncation() {
    dns_zone_alone
    record laptop eth0 truncated
    ask 10.0.0.6 long.lab.test TXT
    stop_recording
    record laptop eth0 edns
    ask 10.0.0.6 +edns +bufsize=4096 long.lab.test TXT
    stop_recording
    see truncated
    expect_packets 1 'dns.flags.truncated == 1'
    expect_same dns-tcp
    expect_sound
    see edns
    expect_kinds dns 'query response'
    expect_same dns-tcp/edns
    expect_different dns-tcp 'dns.response broken, tcp.syn missing, dns.query missing, dns.response missing'
}

dns_transfer() {
    dns_zone_alone
    record laptop eth0 zone
    ask 10.0.0.6 lab.test AXFR
    stop_recording
    end_process "$served"
    at zone start_bind 10.0.0.6 zone lab.test 'allow-transfer { none; };'
    record laptop eth0 refused
    ask 10.0.0.6 lab.test AXFR
    stop_recording
    see zone
    expect_same dns-zone-transfer
    expect_different dns-lookup 'dns.query.transfer broken'
    expect_sound
    see refused
    expect_exchanges 'dns denied'
    expect_same dns-zone-transfer/refused
    expect_different dns-zone-transfer 'dns.response.refused broken'
}
