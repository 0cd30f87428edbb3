# SPDX-License-Identifier: GPL-3.0-or-later
# FTP: vsftpd against curl and lftp (RFC 959, RFC 2428).

# shellcheck disable=SC2034,SC2154
ftp_scenarios=(ftp_passive ftp_passive_lftp ftp_active ftp_active_lftp ftp_transfers ftp_login_denied ftp_login_denied_lftp
    ftp_active_unheard ftp_active_unanswered ftp_active_rejected ftp_passive_blocked)

ftp_network() {
    hosts client server
    cable client eth0 10.0.0.10/24 server eth0 10.0.0.7/24
    at server start_vsftpd 10.0.0.7
    record client eth0 wire
}

# get FLAG...: with curl. -q: no configuration of the user's.
get() { on client curl -q -s -S -m 20 -u wslab:secret -o "$folder/got.txt" "$@" >>"$folder/client.log" 2>&1; }

# lftp_does COMMAND...: without a user's or a machine's configuration, and it does not try again.
lftp_does() {
    on client lftp --norc -c "set net:max-retries 1; set net:reconnect-interval-base 1; set net:timeout 10
        set cmd:fail-exit yes; $1" >>"$folder/client.log" 2>&1
}

expect_file() { expect 'the file that came' "$(cmp "$folder/got.txt" "$folder/home/page.txt" 2>&1)" ''; }

# With EPSV as curl has it, and with PASV.
ftp_passive() {
    ftp_network
    get ftp://10.0.0.7/page.txt
    stop_recording
    see wire
    expect_file
    expect_exchanges 'ftp completed, tcp completed'
    expect_same ftp-passive
    expect_same ftp-passive/epsv
    expect_different ftp-active 'ftp.command.port missing, tcp.syn missing, tcp.syn_ack missing'
    expect_sound
    record client eth0 pasv
    get --disable-epsv ftp://10.0.0.7/page.txt
    stop_recording
    see pasv
    expect_same ftp-passive
    expect_different ftp-passive/epsv 'ftp.command.epsv missing, ftp.reply.229 missing'
}

ftp_passive_lftp() {
    ftp_network
    lftp_does "open -u wslab,secret 10.0.0.7; ls; get page.txt -o $folder/got.txt; bye"
    stop_recording
    see wire
    expect_file
    expect_same ftp-passive
    expect_sound
}

# The server calls back, from port 20 (RFC 959, 3.2).
expect_active() {
    see wire
    expect_file
    expect_exchanges "$1"
    expect_same ftp-active
    expect_different ftp-passive \
        'ftp.command.pasv missing, ftp.reply.227 missing, tcp.syn missing, tcp.syn_ack missing'
    expect_step ftp.command.pasv missing 'instead 10.0.0.10 sent “'
    expect_different ftp-active-nat 'ftp.reply.226 forbidden'
    expect_packets "$2" 'tcp.flags.syn == 1 && tcp.flags.ack == 0 && tcp.srcport == 20'
    expect_sound
}
ftp_active() {
    ftp_network
    get -P - --disable-eprt ftp://10.0.0.7/page.txt
    stop_recording
    expect_active 'ftp completed, tcp completed' 1
}
ftp_active_lftp() {
    ftp_network
    lftp_does "set ftp:passive-mode off; open -u wslab,secret 10.0.0.7; get page.txt -o $folder/got.txt; bye"
    stop_recording
    expect_active 'ftp completed, tcp completed' 1
}

# A file goes up; a file is not there.
ftp_transfers() {
    ftp_network
    get -T "$folder/home/page.txt" ftp://10.0.0.7/new.txt
    stop_recording
    record client eth0 missing
    get ftp://10.0.0.7/nix.txt
    stop_recording
    see wire
    expect 'the file that went up' "$(cmp "$folder/home/new.txt" "$folder/home/page.txt" 2>&1)" ''
    expect_same ftp-passive/upload
    expect_same ftp-passive
    see missing
    expect_same ftp-passive/missing-file
    expect_different ftp-passive 'ftp.command.list missing, ftp.reply.150 missing, ftp.reply.226 missing'
}

# A refused login against the good one.
expect_denied() {
    see wire
    expect_exchanges 'ftp denied'
    expect_same ftp-login-denied
    expect_different ftp-passive 'ftp.reply.230 missing, ftp.command.pasv missing, ftp.reply.227 missing, '\
'ftp.command.list missing, tcp.syn missing, tcp.syn_ack missing, ftp.reply.150 missing, ftp.reply.226 missing'
    expect_step ftp.reply.230 missing 'no 230 Logged in came: instead 10.0.0.7 sent “.*530'
    expect_step ftp.command.pasv missing 'it goes with the step before'
    expect_sound
}
ftp_login_denied() {
    ftp_network
    get -u wslab:wrong ftp://10.0.0.7/page.txt
    stop_recording
    expect_denied
}
ftp_login_denied_lftp() {
    ftp_network
    lftp_does 'open -u wslab,wrong 10.0.0.7; ls; bye'
    stop_recording
    expect_denied
}

# The client's firewall drops the server's call, or the client's answer to it.
expect_call_unanswered() {
    see wire
    expect_different ftp-active 'tcp.syn_ack missing, ftp.reply.226 missing'
    expect_step tcp.syn matched 'as expected'
    expect_step tcp.syn repeated 'once more'
    expect_step tcp.syn_ack missing "$1"
    expect_step ftp.reply.226 missing 'it goes with the step before'
    expect_same ftp-active-nat
}
ftp_active_unheard() {
    ftp_network
    lose client input tcp sport 20 tcp flags syn
    get -m 7 -P - --disable-eprt ftp://10.0.0.7/page.txt
    stop_recording
    expect_call_unanswered 'nobody answered the SYN, though it was sent [3-9] times'
}
ftp_active_unanswered() {
    ftp_network
    lose client output tcp dport 20
    get -m 7 -P - --disable-eprt ftp://10.0.0.7/page.txt
    stop_recording
    expect_call_unanswered 'nobody answered the SYN, though it was sent [3-9] times'
}
ftp_active_rejected() {
    ftp_network
    on client nft 'add table ip lab
add chain ip lab input { type filter hook input priority 0
}
add rule ip lab input tcp sport 20 reject with tcp reset'
    get -m 7 -P - --disable-eprt ftp://10.0.0.7/page.txt
    stop_recording
    see wire
    expect_different ftp-active 'tcp.syn_ack missing, ftp.reply.226 missing'
    expect_step tcp.syn_ack missing 'instead 10.0.0.10 sent “RST'
    expect_step ftp.reply.226 missing 'it goes with the step before'
    expect_same ftp-active-nat
}

# In passive mode it is the server's firewall that can be in the way.
ftp_passive_blocked() {
    ftp_network
    lose server input tcp dport 30000-30010
    get -m 7 ftp://10.0.0.7/page.txt
    stop_recording
    see wire
    expect_different ftp-passive \
        'ftp.command.list missing, tcp.syn_ack missing, ftp.reply.150 missing, ftp.reply.226 missing'
}
