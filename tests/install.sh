#!/bin/sh
# install.sh GROUP... - installs what is missing of a group of tools: `build` to make wgen, `test`
# for `make check` and the tests of handlers, `lint` for `make lint`, `conformance` and `e2e`
# for what those install their own tools with. Does nothing, and needs no rights, where all is there.
set -eu
cd "$(dirname "$0")/.."

# One function a group.
group_build() { debian gcc make pkg-config libc6-dev libyaml-dev libpcre2-dev libxxhash-dev; }
group_test() {
    debian check fish mandoc strace jq libcurl4-openssl-dev libjansson-dev openssl python3 valgrind zip zsh
    # Without these the tests say that they skip what is for the other processor.
    [ "$(uname -m)" != x86_64 ] || debian gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static || true
}
group_conformance() { debian ca-certificates python3 python3-venv; }
group_e2e() { debian libcurl4-openssl-dev libjansson-dev python3-venv; }
group_lint() { debian clang clang-format clang-tidy shellcheck; }

has() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# Installs those of its arguments that are missing, all in one call.
debian() {
    missing=
    if ! command -v dpkg-query >/dev/null; then
        echo "install.sh: this is no Debian; please see to: $*" >&2
        return 0
    fi
    for package in "$@"; do
        has "$package" || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    root=
    if [ "$(id -u)" != 0 ]; then
        root=sudo
        command -v sudo >/dev/null || {
            echo "install.sh: missing, and only root can install them:$missing" >&2
            return 4
        }
    fi
    echo "installing$missing"
    # shellcheck disable=SC2086 # a list of words
    install_packages $missing >"${TMPDIR:-/tmp}/wgen-install.log" 2>&1 || {
        cat "${TMPDIR:-/tmp}/wgen-install.log" >&2
        return 4
    }
}

install_packages() {
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$@" || {
        $root apt-get update -q
        $root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$@"
    }
}

for group in "$@"; do
    "group_$group"
done
