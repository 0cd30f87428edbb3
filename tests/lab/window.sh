# SPDX-License-Identifier: GPL-3.0-or-later
# The window has no right at all: not in its file, and not while it shows what the helper captures, whoever starts it.

# shellcheck disable=SC2034,SC2154
no_rights='CapInh:0 CapPrm:0 CapEff:0 CapAmb:0 '
rights_of() { awk '/^Cap(Inh|Prm|Eff|Amb)/ { printf "%s%x ", $1, $2 }' "/proc/$1/status"; }

window_file() {
    lesson=window_file
    echo "== $lesson"
    expect 'rights that the file brings' "$(getcap "$wirestage")" ''
    expect 'set-user-ID and set-group-ID' "$(find "$wirestage" -perm /6000)" ''
}

helper_of() { awk -v parent="$1" '$4 == parent && $2 == "(wirestage-captu)" { print $1 }' /proc/[0-9]*/stat 2>/dev/null; }
helper_runs() { [[ $(helper_of "$window") && $(stat -c %s "$folder"/cache/wirestage/sessions/*.pcapng 2>/dev/null) -gt "$1" ]]; }

# As somebody who is not root, who has a window of his own and a helper that may capture. Not below $work, where others
# may not look.
window_capturing() {
    local namespace=$prefix-left folder nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups) window helper='' task
    lesson=window_capturing
    echo "== $lesson"
    folder=$(mktemp -d) && chmod 755 "$folder" && mkdir "$folder/home" "$folder/cache" "$folder/run" &&
        install -m 755 "$wirestage" "$ours" "$folder" || return
    chmod 700 "$folder/run"
    chown 65534:65534 "$folder/home" "$folder/cache" "$folder/run"
    if [[ $(findmnt -n -o OPTIONS -T "$folder") == *nosuid* ]] ||
        ! setcap cap_net_raw,cap_net_admin=eip "$folder/wirestage-capture" 2>/dev/null; then
        skip 'files cannot be given rights here'
        rm -rf "$folder"
        return
    fi
    serve window "${nobody[@]}" env HOME="$folder/home" XDG_CACHE_HOME="$folder/cache" XDG_RUNTIME_DIR="$folder/run" \
        QT_QPA_PLATFORM=offscreen "$folder/wirestage" -i eth0 -f icmp
    window=$served
    if until_true 20 helper_runs 0; then
        inside ping -q -c 5 -i 0.05 10.0.0.2 >/dev/null
        until_true 5 helper_runs 500 && pass || flunk "$lesson: no packet came"
        expect 'user' "$(awk '/^Uid/ { print $2, $3, $4, $5 }' "/proc/$window/status")" '65534 65534 65534 65534'
        for task in "/proc/$window/task/"*; do
            expect 'rights of the window' "$(rights_of "${task#/proc/}")" "$no_rights"
        done
        helper=$(helper_of "$window")
        expect 'rights of the helper' "$(rights_of "$helper")" "$no_rights"
        expect 'what confines the helper' \
            "$(awk '/^NoNewPrivs|^Seccomp:/ { printf "%s%s ", $1, $2 }' "/proc/$helper/status")" 'NoNewPrivs:1 Seccomp:2 '
    else
        flunk "$lesson: it does not capture"
        cat "$folder/window.log"
    fi
    end_process "$window"
    until_true 5 gone "$helper" && pass || flunk "$lesson: the helper outlives the window"
    rm -rf "$folder"
}
gone() { [[ ! -e /proc/${1:-none} ]]; }

window_scenarios() {
    window_file
    make_capture_namespaces || flunk 'no namespaces for capturing could be made'
    window_capturing
    remove_hosts "$left"
    remove_hosts "$right"
}
