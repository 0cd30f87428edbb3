# SPDX-License-Identifier: GPL-3.0-or-later
# What app/run and tests/run share: the Debian packages they need, and how they configure and build.
# Source it with bash after setting `me` to the name that errors begin with and `root` to the source tree.

# shellcheck disable=SC2034,SC2154
build_packages=(
    g++ cmake ninja-build pkg-config
    qt6-base-dev qt6-charts-dev libqt6opengl6-dev qt6-svg-dev qt6-tools-dev qt6-l10n-tools
    qt6-translations-l10n fonts-dejavu-core netbase
    libpcap-dev libcap-ng-dev libseccomp-dev libssl-dev zlib1g-dev libzstd-dev
    libtomlplusplus-dev nlohmann-json3-dev libfmt-dev libcli11-dev
)
# The tests' libraries and tools. clang-19 has libFuzzer and parses <ranges>; python3 runs the checks of sources,
# agreement and speed; chromium opens the hand-outs; the others show the window to nobody and press its keys.
test_packages=(
    libgmock-dev libgtest-dev libbenchmark-dev
    clang-19 libclang-rt-19-dev llvm-19 mold ccache
    python3 tshark chromium zstd
    xvfb openbox xdotool imagemagick x11-utils x11-xserver-utils
    dbus-daemon at-spi2-core python3-pyatspi libglib2.0-bin
)

say() { echo "$me: $*" >&2; }
fail() {
    say "$*"
    exit 1
}

# install_missing PACKAGE...: installs what dpkg does not know as installed. Silent, and a few milliseconds long,
# when nothing is missing. On a system that is not Debian's kind it leaves finding the libraries to CMake.
install_missing() {
    command -v dpkg-query >/dev/null || return 0
    local package state log as_root=()
    local -A installed=()
    while read -r package state; do
        [[ $state == *" installed" ]] && installed[${package%%:*}]=1
    done < <(dpkg-query -W -f '${Package} ${Status}\n' "$@" 2>/dev/null)
    local missing=()
    for package in "$@"; do
        [[ ${installed[$package]-} ]] || missing+=("$package")
    done
    ((${#missing[@]})) || return 0

    if ((EUID != 0)); then
        command -v sudo >/dev/null ||
            fail "these packages are missing and only root can install them: apt-get install ${missing[*]}"
        as_root=(sudo)
    fi
    say "installing ${#missing[@]} missing packages: ${missing[*]}"
    log=$(mktemp)
    # The package lists may be there and fit: only when that fails are they fetched anew.
    apt_install "$log" "${missing[@]}" ||
        { "${as_root[@]}" apt-get -q update >"$log" 2>&1 && apt_install "$log" "${missing[@]}"; } ||
        {
            tail -n 15 "$log" >&2
            fail "apt-get could not install ${missing[*]}; its last words are above"
        }
    rm -f "$log"
}

# Reads as_root from install_missing, its only caller. tshark's and others' questions are answered by their defaults.
apt_install() {
    local log=$1
    shift
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 \
        -o DPkg::Lock::Timeout=300 install --no-install-recommends "$@" >"$log" 2>&1 </dev/null
}

# How many compilers at once: one a processor, and 1.2 GB of free memory for each.
parallel() {
    local processors memory
    processors=$(nproc)
    memory=$(awk '/^MemAvailable:/ { print int($2 / 1200000) }' /proc/meminfo)
    ((memory < processors)) && processors=$memory
    echo $((processors < 1 ? 1 : processors))
}

# build PRESET TARGETS [CMAKE OPTION]...: brings build/PRESET up to date. TARGETS is one word or several in quotes.
# It says nothing when there was nothing to do. Two of them at once wait for each other.
build() {
    local preset=$1 targets=$2 folder=$root/build/$1
    shift 2
    mkdir -p "$folder" || fail "cannot write to $folder"
    exec {lock}>"$folder/.lock"
    flock "$lock"
    configure "$preset" "$folder" "$@"
    compile "$folder" "$targets"
    exec {lock}>&-
}

# configure PRESET FOLDER [-DNAME=VALUE]...: once for each set of options; Ninja itself starts CMake again when its
# lists change.
configure() {
    local preset=$1 folder=$2
    shift 2
    configured "$folder" "$@" && return
    (cd "$root" && cmake --preset "$preset" "$@") >"$folder/configure.log" 2>&1 || {
        rm -f "$folder/build.ninja" # CMake may leave one that names files it did not write
        grep -A 12 -m 1 'CMake Error' "$folder/configure.log" >&2 || tail -n 15 "$folder/configure.log" >&2
        fail "the build could not be configured (whole output: $folder/configure.log)"
    }
}

# Whether the folder was configured for this source tree, with these presets and at least these options.
configured() {
    local folder=$1 option
    [[ -e $folder/build.ninja && -e $folder/CMakeFiles/rules.ninja && ! $root/CMakePresets.json -nt $folder/build.ninja ]] || return
    if ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$folder/CMakeCache.txt"; then
        rm -rf "$folder/CMakeCache.txt" "$folder/CMakeFiles" # the tree was moved or copied here
        return 1
    fi
    shift
    for option in "$@"; do
        option=${option#-D}
        grep -q "^${option%%=*}:[A-Z]*=${option#*=}\$" "$folder/CMakeCache.txt" || return
    done
}

compile() {
    local folder=$1 targets=$2
    # shellcheck disable=SC2086
    (cd "$folder" && ninja -j "$(parallel)" $targets 2>&1) | show_progress "$targets in ${folder#"$root/"}" >&2
    ((PIPESTATUS[0] == 0)) || fail "$targets could not be built; the first error is above"
}

# A terminal sees one line that counts; a log sees that something is built, and both see what goes wrong.
show_progress() {
    local line columns announced=""
    columns=$(tput cols 2>/dev/null || echo 80)
    while IFS= read -r line; do
        case $line in
            'ninja: no work to do.' | '[0/'*) ;; # Ninja looking whether CMake has to run again
            '['[1-9]*)
                [[ $announced ]] || say "building $1"
                announced=yes
                [[ -t 2 ]] && printf '\r\033[K%s' "${line:0:columns-1}"
                ;;
            *)
                [[ $announced && -t 2 ]] && printf '\r\033[K'
                announced=yes
                printf '%s\n' "$line"
                ;;
        esac
    done
    [[ $announced && -t 2 ]] && printf '\r\033[K'
}
