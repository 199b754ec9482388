#!/bin/sh
# Installs what is missing into this checkout, then does what it is told: run | test | bench | check | soak | install | pins.
# Needs python3 >= 3.11 with venv, nothing else, and no rights. Stamps make every later start take seconds.
set -eu

cd "$(dirname "$0")/../.."
here=$PWD
venv=$here/.venv
venv_python=$venv/bin/python
uv_pin=requirements/uv.txt
node_pin=requirements/node.txt

say() { printf 'refprogram: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# A shell that gets a SIGTERM leaves its child in the foreground running. So children run in the background, watched,
# and whoever stops us stops them with all that they started.
child=
family() {
    ps -A -o pid= -o ppid= 2>/dev/null | awk -v root="$1" '
        { parent[$1] = $2 }
        END { for (each in parent) { up = each; while (up in parent && up != root) up = parent[up]; if (up == root) print each } }'
}
stop_child() {
    trap '' INT TERM HUP
    if [ -n "$child" ]; then
        # shellcheck disable=SC2046 # a list of numbers
        kill "$child" $(family "$child") 2>/dev/null || true
        wait "$child" 2>/dev/null || true
    fi
    exit "$1"
}
trap 'stop_child 130' INT
trap 'stop_child 143' TERM
trap 'stop_child 129' HUP
attended() {
    "$@" 9>&- </dev/null &
    child=$!
    if wait "$child"; then status=0; else status=$?; fi
    child=
    return "$status"
}

# Who has no home to write in (a service account) keeps what is fetched here.
own_caches() {
    [ -w "${HOME:-/nowhere}" ] && return
    export UV_CACHE_DIR="$here/var/cache/uv" PIP_CACHE_DIR="$here/var/cache/pip" npm_config_cache="$here/var/cache/npm"
    mkdir -p "$PIP_CACHE_DIR"
}

free_megabytes() { df -Pk "$here" | awk 'NR == 2 { print int($4 / 1024) }'; }
need_megabytes() {
    free=$(free_megabytes)
    [ "$free" -ge "$1" ] || die "the disk is full: installing needs about $1 MB, $here has $free MB left."
}
failed() {
    [ "$(free_megabytes)" -ge 50 ] || die "the disk is full: $here has less than 50 MB left."
    die "$*"
}

sum() { cat "$@" | cksum | tr ' ' '-'; }
is_stamped() { [ "$(cat "$1" 2>/dev/null)" = "$2" ]; }

# --- Python -----------------------------------------------------------------------------------------------------------

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    for candidate in ${PYTHON:-} python3 python3.11 python3.12 python3.13 python; do
        if command -v "$candidate" >/dev/null 2>&1 && is_new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    found=$(python3 --version 2>/dev/null || echo "no Python")
    die "Python 3.11 or newer is needed, and here is $found; name another with PYTHON=/path/to/python3."
}

# An environment that was copied or moved still points to the old place.
venv_is_ours() { is_stamped "$venv/.place" "$here" && "$venv_python" -c '' 2>/dev/null; }

make_venv() {
    venv_is_ours && return
    python=$(find_python)
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        die "python3-venv is missing; install it (Debian, Ubuntu: apt-get install python3-venv) and start again."
    need_megabytes 700
    say "making a virtual environment for $("$python" --version)"
    [ ! -L "$venv" ] || rm "$venv" # a borrowed one belongs to another checkout: never empty that
    attended "$python" -m venv --clear "$venv" || failed "could not make the virtual environment .venv; see above."
    printf '%s' "$here" >"$venv/.place"
}

# uv installs in seconds what pip installs in minutes; where it cannot be had, or does not get through, pip does it.
install_packages() {
    export UV_SYSTEM_CERTS=1
    [ -x "$venv/bin/uv" ] || attended pip_install "$uv_pin" || say "no uv; going on with pip"
    if [ -x "$venv/bin/uv" ] && attended "$venv/bin/uv" pip install -q --compile-bytecode --python "$venv_python" --require-hashes -r "$1"; then
        return
    fi
    attended pip_install "$1" || failed "could not install the Python packages; see above. Can the package index be reached?"
}

pip_install() { exec "$venv_python" -m pip install -q --disable-pip-version-check --require-hashes -r "$1"; }

python_packages() {
    wanted=$1
    stamp=$(sum "$wanted")
    is_stamped "$venv/.${wanted##*/}" "$stamp" && return
    need_megabytes 500
    say "installing Python packages ($wanted)"
    install_packages "$wanted"
    rm -f "$venv"/.*requirements.txt "$venv/.dev.txt"
    printf '%s' "$stamp" >"$venv/.${wanted##*/}"
    # The tests' packages contain the program's.
    [ "$wanted" = requirements.txt ] || sum requirements.txt >"$venv/.requirements.txt"
}

# --- front end --------------------------------------------------------------------------------------------------------

need_npm() {
    # Trust whom the system trusts, which behind a company's proxy is more than what Node brings along.
    system_certificates=/etc/ssl/certs/ca-certificates.crt
    if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -r "$system_certificates" ]; then
        export NODE_EXTRA_CA_CERTS="$system_certificates"
    fi
    command -v npm >/dev/null 2>&1 && return
    if [ ! -x "$venv/bin/npm" ]; then
        say "no npm here; taking the one that comes as a Python package"
        install_packages "$node_pin"
    fi
    export PATH="$venv/bin:$PATH"
    # This npm does not look there by itself, and a company's registry may be named in it.
    [ ! -r /etc/npmrc ] || export npm_config_globalconfig=/etc/npmrc
}

npm_ci() {
    need_npm
    attended npm --prefix "$1" ci --no-audit --no-fund --ignore-scripts --loglevel=error >/dev/null ||
        failed "could not install the packages of $1/package-lock.json; see above."
}

front_end() {
    stamp=$(sum package-lock.json refprogram/ops/vendor.py)
    is_stamped static_vendor/.stamp "$stamp" && return
    say "fetching front-end files"
    npm_ci "$here"
    "$venv_python" -m refprogram.ops.vendor || failed "could not copy the front-end files; see above."
    printf '%s' "$stamp" >static_vendor/.stamp
}

have_chromium() {
    [ -z "${CHROMIUM:-}" ] || return 0
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null 2>&1 && return
    done
    return 1
}

apt_chromium() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
    say "installing Chromium for the browser tests"
    export DEBIAN_FRONTEND=noninteractive
    attended apt-get update -qq >&2 && attended apt-get install -y -qq --no-install-recommends chromium >/dev/null
}

browser() {
    have_chromium && return
    stamp=$(sum .ci/browser/package-lock.json)
    is_stamped .ci/browser/node_modules/.stamp "$stamp" && return
    apt_chromium && have_chromium && return
    say "fetching a Chromium for the browser tests"
    npm_ci "$here/.ci/browser"
    rm -rf var/chromium
    printf '%s' "$stamp" >.ci/browser/node_modules/.stamp
}

# --- what to do -------------------------------------------------------------------------------------------------------

prepare() {
    own_caches
    if command -v flock >/dev/null 2>&1; then
        flock 9 # two `make` at once: the second waits for what the first installs
    fi
    make_venv
    python_packages "$1"
    front_end
}

# The shell's traps end with it; from here on it is Python's turn.
become() { exec 9>&- "$venv_python" "$@"; }

task=${1:-help}
[ $# -eq 0 ] || shift
(: >>.venv.lock) 2>/dev/null || die "may not write in $here; run it as the user who owns the checkout."
exec 9>>.venv.lock
case $task in
run)
    prepare requirements.txt
    become -m refprogram.ops.supervise
    ;;
test | bench | soak)
    prepare requirements/dev.txt
    [ "$task" = bench ] || browser
    become -m refprogram.ops.run_tests "$task" "$@"
    ;;
check)
    prepare requirements/dev.txt
    become -m refprogram.ops.check
    ;;
install)
    prepare requirements/dev.txt
    ;;
pins)
    prepare requirements/dev.txt
    for each in base:requirements.txt dev:requirements/dev.txt uv:requirements/uv.txt node:requirements/node.txt; do
        attended "$venv/bin/uv" pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
            --no-header "requirements/${each%%:*}.in" -o "${each#*:}"
    done
    ;;
*)
    die "run, test, bench, check, soak, install or pins; not '$task'."
    ;;
esac
