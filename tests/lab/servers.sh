# SPDX-License-Identifier: GPL-3.0-or-later
# The real servers, each started on the host that $namespace names, with its files in $folder. Those that the simulated
# hosts talk to share one host: dnsmasq 10.0.0.1 (it takes the first of the interface), nginx .2, bind9 .4 (root), .5
# (test.) and .6 (lab.test.), vsftpd .7.

# shellcheck disable=SC2034,SC2154
lab_packages=(
    iproute2 iputils-ping libcap2-bin procps openssl tshark xxd nginx-light dnsmasq-base bind9 vsftpd
    ethtool nftables traceroute curl lftp busybox udhcpc isc-dhcp-client isc-dhcp-relay bind9-dnsutils
)

missing_programs() {
    local program absent=()
    for program in ip ping setcap sysctl openssl tshark xxd nginx dnsmasq named vsftpd ethtool nft traceroute curl lftp \
        busybox udhcpc dhclient dhcrelay dig; do
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
    start_nginx 10.0.0.2
    start_dnsmasq dhcp-range=10.0.0.50,10.0.0.60,255.255.255.0,2m dhcp-option=option:router,10.0.0.1
    start_bind 10.0.0.4 root .
    start_bind 10.0.0.5 tld test
    start_bind 10.0.0.6 zone lab.test
    start_vsftpd 10.0.0.7
}

make_page() { yes 'A line of a page that is longer than one segment.' | head -n 2000 >"$1"; }

# start_nginx ADDRESS
start_nginx() {
    mkdir -p "$folder/www"
    make_page "$folder/www/page.txt"
    cat >"$folder/nginx.conf" <<END
daemon off;
master_process off;
user root;
pid $folder/nginx.pid;
events {}
http {
    access_log off;
    client_body_temp_path $folder/temp1;
    proxy_temp_path $folder/temp2;
    fastcgi_temp_path $folder/temp3;
    uwsgi_temp_path $folder/temp4;
    scgi_temp_path $folder/temp5;
    server {
        listen $1:80;
        root $folder/www;
    }
}
END
    serve nginx nginx -e stderr -c "$folder/nginx.conf"
    await tcp "$1:80"
}

# start_dnsmasq LINE...: of its configuration, besides what is always there.
start_dnsmasq() {
    cat >"$folder/dnsmasq.conf" <<END
port=0
interface=eth0
bind-interfaces
no-ping
no-hosts
dhcp-authoritative
dhcp-leasefile=$folder/leases
log-dhcp
user=root
$(printf '%s\n' "$@")
END
    serve dnsmasq dnsmasq --no-daemon -C "$folder/dnsmasq.conf"
    await udp 0.0.0.0:67
}

# start_bind ADDRESS NAME ZONE [STATEMENT]: it answers for this zone, zone_of_NAME, and gives it to whoever asks.
start_bind() {
    local statement=${4-'allow-transfer { any; };'}
    mkdir -p "$folder/$2"
    "zone_of_$2" >"$folder/$2/zone.db"
    run_bind "$1" "$2" 'recursion no;' "zone \"$3\" { type master; file \"zone.db\"; $statement };"
}

# start_resolver ADDRESS: it begins at the root, and has no zone. Names are asked for whole.
start_resolver() {
    mkdir -p "$folder/resolver"
    printf '. 300 NS a.root.\na.root. 300 A 10.0.0.4\n' >"$folder/resolver/root.db"
    run_bind "$1" resolver 'recursion yes; qname-minimization off;' 'zone "." { type hint; file "root.db"; };'
}

# run_bind ADDRESS NAME OPTIONS ZONE
run_bind() {
    cat >"$folder/$2/named.conf" <<END
options {
    directory "$folder/$2";
    pid-file none;
    session-keyfile none;
    listen-on { $1; };
    listen-on-v6 { none; };
    query-source address $1;
    notify no;
    allow-query { any; };
    dnssec-validation no;
    empty-zones-enable no;
    max-udp-size 4096;
    $3
};
controls {};
$4
END
    serve "named-$2" named -4 -n 1 -g -c "$folder/$2/named.conf"
    until_true 10 grep -q ' running$' "$folder/named-$2.log" || flunk "named does not run: $folder/named-$2.log"
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

# start_vsftpd ADDRESS: for the user wslab, whose password is "secret". He exists for it alone: our files lie over the
# machine's in the server's own mount namespace, which ip-netns(8) makes.
start_vsftpd() {
    mkdir -p "$folder/home" "$folder/empty" "$folder/etc"
    make_page "$folder/home/page.txt"
    chown -R 12345:12345 "$folder/home"
    printf '%s\n' root:x:0:0::/:/bin/sh nobody:x:65534:65534::/:/bin/sh \
        "wslab:x:12345:12345::$folder/home:/bin/sh" >"$folder/etc/passwd"
    printf '%s\n' 'root:*:20000::::::' "wslab:$(openssl passwd -6 secret):20000::::::" >"$folder/etc/shadow"
    printf '%s\n' 'auth required pam_unix.so nodelay' 'account required pam_unix.so' \
        'session required pam_permit.so' >"$folder/etc/pam"
    chmod 600 "$folder/etc/shadow"
    cat >"$folder/vsftpd.conf" <<END
listen=YES
listen_address=$1
background=NO
anonymous_enable=NO
local_enable=YES
write_enable=YES
chroot_local_user=YES
allow_writeable_chroot=YES
secure_chroot_dir=$folder/empty
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
    serve vsftpd bash -c 'cd "$1/etc" && mount --bind passwd /etc/passwd && mount --bind shadow /etc/shadow &&
        mount --bind pam /etc/pam.d/vsftpd && exec vsftpd "$1/vsftpd.conf"' vsftpd "$folder"
    await tcp "$1:21"
}
