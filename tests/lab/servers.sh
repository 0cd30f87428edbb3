# SPDX-License-Identifier: GPL-3.0-or-later
# The real servers of tests/lab/run: each on an address of its own in the namespace, with its files in $work.
# dnsmasq 10.0.0.1 (it takes the first of the interface), nginx .2, bind9 .4 (root), .5 (test.) and .6 (lab.test.), vsftpd .7

# shellcheck disable=SC2034,SC2154
lab_packages=(iproute2 iputils-ping libcap2-bin procps openssl tshark xxd nginx-light dnsmasq-base bind9 vsftpd)

missing_programs() {
    local program absent=()
    for program in ip ping setcap sysctl openssl tshark xxd nginx dnsmasq named vsftpd; do
        command -v "$program" >/dev/null || absent+=("$program")
    done
    echo "${absent[*]}"
}

# Packages of servers start them. policy-rc.d may forbid it (Debian Policy, 9.3.3.1, and invoke-rc.d(8)); whatever was
# there comes back.
install_servers() {
    local policy=/usr/sbin/policy-rc.d before=
    if [[ -e $policy ]]; then
        before=$(mktemp "$policy.XXXXXX") && cp -a "$policy" "$before" || fail "$policy cannot be set aside"
    fi
    # In a process of its own: installing may end it.
    (
        trap 'if [[ $before ]]; then mv -f "$before" "$policy"; else rm -f "$policy"; fi' EXIT
        printf '#!/bin/sh\nexit 101\n' >"$policy.new" && chmod 755 "$policy.new" && mv -f "$policy.new" "$policy" ||
            fail "$policy cannot be written"
        install_missing "${build_packages[@]}" "${lab_packages[@]}"
    )
}

start_servers() {
    start_nginx
    start_dnsmasq
    start_bind 10.0.0.4 root .
    start_bind 10.0.0.5 tld test
    start_bind 10.0.0.6 zone lab.test
    start_vsftpd
    await tcp 10.0.0.2:80
    await udp 0.0.0.0:67
    await udp 10.0.0.4:53
    await udp 10.0.0.5:53
    await udp 10.0.0.6:53
    await tcp 10.0.0.7:21
}

# await tcp|udp ADDRESS:PORT: until somebody listens there, by /proc/net, which disturbs nobody.
await() {
    local number hex address=${2%:*} port=${2##*:}
    IFS=. read -r -a number <<<"$address"
    hex=$(printf '%02X%02X%02X%02X:%04X' "${number[3]}" "${number[2]}" "${number[1]}" "${number[0]}" "$port")
    local i
    for ((i = 0; i < 100; ++i)); do
        inside awk -v end="$hex" '$2 == end { found = 1 } END { exit !found }' "/proc/net/$1" && return
        sleep 0.1
    done
    flunk "nobody listens at $1 $2"
    tail -n 5 "$work"/*.log
}

start_nginx() {
    mkdir -p "$work/www"
    yes 'A line of a page that is longer than one segment.' | head -n 2000 >"$work/www/page.txt"
    cat >"$work/nginx.conf" <<END
daemon off;
master_process off;
user root;
pid $work/nginx.pid;
events {}
http {
    access_log off;
    client_body_temp_path $work/temp1;
    proxy_temp_path $work/temp2;
    fastcgi_temp_path $work/temp3;
    uwsgi_temp_path $work/temp4;
    scgi_temp_path $work/temp5;
    server {
        listen 10.0.0.2:80;
        root $work/www;
    }
}
END
    inside nginx -e stderr -c "$work/nginx.conf" >"$work/nginx.log" 2>&1 &
}

start_dnsmasq() {
    cat >"$work/dnsmasq.conf" <<END
port=0
interface=eth0
bind-interfaces
no-ping
dhcp-authoritative
dhcp-range=10.0.0.50,10.0.0.60,255.255.255.0,2m
dhcp-option=option:router,10.0.0.1
dhcp-leasefile=$work/leases
log-dhcp
user=root
END
    inside dnsmasq --no-daemon -C "$work/dnsmasq.conf" >"$work/dnsmasq.log" 2>&1 &
}

# start_bind ADDRESS NAME ZONE
start_bind() {
    local folder=$work/$2
    mkdir -p "$folder"
    "zone_of_$2" >"$folder/zone.db"
    cat >"$folder/named.conf" <<END
options {
    directory "$folder";
    pid-file none;
    session-keyfile none;
    listen-on { $1; };
    listen-on-v6 { none; };
    query-source address $1;
    notify no;
    recursion no;
    allow-query { any; };
    allow-transfer { any; };
    dnssec-validation no;
    empty-zones-enable no;
};
controls {};
zone "$3" { type master; file "zone.db"; };
END
    inside named -4 -n 1 -g -c "$folder/named.conf" >"$work/named-$2.log" 2>&1 &
}

zone_of_root() {
    cat <<'END'
$TTL 300
. SOA a.root. admin.root. 1 3600 600 86400 60
. NS a.root.
a.root. A 10.0.0.4
test. NS ns.test.
ns.test. A 10.0.0.5
END
}

zone_of_tld() {
    cat <<'END'
$TTL 300
test. SOA ns.test. admin.test. 1 3600 600 86400 60
test. NS ns.test.
ns.test. A 10.0.0.5
lab.test. NS ns.lab.test.
ns.lab.test. A 10.0.0.6
END
}

# The texts are more than the 512 bytes of an answer without EDNS (RFC 1035, 4.2.1).
zone_of_zone() {
    local i
    cat <<'END'
$TTL 300
lab.test. SOA ns.lab.test. admin.lab.test. 1 3600 600 86400 60
lab.test. NS ns.lab.test.
lab.test. MX 10 mail.lab.test.
ns.lab.test. A 10.0.0.6
www.lab.test. A 10.0.0.2
mail.lab.test. A 10.0.0.2
ftp.lab.test. CNAME www.lab.test.
END
    for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
        printf 'long.lab.test. TXT "%02d %s"\n' "$i" "$(head -c 147 /dev/zero | tr '\0' x)"
    done
}

# Its user exists for it alone: our passwd and shadow lie over the machine's in the server's own mount namespace, which
# ip-netns(8) makes.
start_vsftpd() {
    mkdir -p "$work/home" "$work/empty"
    cp "$work/www/page.txt" "$work/home/page.txt"
    chown -R 12345:12345 "$work/home"
    { cat /etc/passwd && echo "wslab:x:12345:12345::$work/home:/bin/bash"; } >"$work/passwd"
    { cat /etc/shadow && echo "wslab:$(openssl passwd -6 secret):20000::::::"; } >"$work/shadow"
    chmod 600 "$work/shadow"
    cat >"$work/vsftpd.conf" <<END
listen=YES
listen_address=10.0.0.7
background=NO
anonymous_enable=NO
local_enable=YES
write_enable=YES
chroot_local_user=YES
allow_writeable_chroot=YES
secure_chroot_dir=$work/empty
pam_service_name=vsftpd
pasv_min_port=30000
pasv_max_port=30010
connect_from_port_20=YES
xferlog_enable=NO
seccomp_sandbox=NO
isolate=NO
isolate_network=NO
END
    # shellcheck disable=SC2016
    inside bash -c 'mount --bind "$1/passwd" /etc/passwd && mount --bind "$1/shadow" /etc/shadow &&
        exec vsftpd "$1/vsftpd.conf"' vsftpd "$work" >"$work/vsftpd.log" 2>&1 &
}
