#!/bin/sh
# handlers.sh - what a handler costs: its own time for an event, from its start to its first question,
# and what Lambda is given of it. Writes handlers.md beside it. For arm64: gcc-aarch64-linux-gnu,
# and no times, because qemu's are its own.
# shellcheck disable=SC2016
# (backquotes are for whoever reads the page)
set -eu
cd "$(dirname "$0")/../.."
build=$PWD/${BUILD:-build}/bench-handlers
host=$(uname -m | sed s/aarch64/arm64/)
rm -rf "$build/out" "$build/specs"
mkdir -p "$build"
cp -r specs "$build/specs"
"${WGEN:-$PWD/${BUILD:-build}/wgen}" build --quiet -C "$build" specs/webordinary.yaml
make_handlers() { make -s -C "$build/out/webordinary/handlers" BUILD="$build/made" "$@" >"$build/log" 2>&1 || { cat "$build/log"; exit 1; }; }

cc -std=c11 -D_GNU_SOURCE -O2 -Itemplates/runtime -o "$build/echo" tests/handlers/echo.c \
    templates/runtime/*.c -lcurl -ljansson -lpthread -lm
measure() { python3 tests/bench/handlers.py "$@"; }
size() { stat -c %s "$build/made/package/$1/check-active-job.zip" | awk '{ printf "%.1f MB", $1 / 1e6 }'; }
# The times of a package: started by its `bootstrap`, as Lambda does.
started() {
    rm -rf "$build/package"
    python3 -c 'import sys, zipfile, os
with zipfile.ZipFile(sys.argv[1]) as z:
    for one in z.infolist():
        os.chmod(z.extract(one, sys.argv[2]), (one.external_attr >> 16) & 0o777)' \
        "$build/made/package/$host/check-active-job.zip" "$build/package"
    measure "$build/package/bootstrap" 1
}

{
    printf '# What a handler costs\n\nWritten by `tests/bench/handlers.sh`. An event is %s bytes that are sent back; the\n' 218
    printf 'runtime API is on the loopback. Starting is from `exec` to the first question.\n\n'
    printf 'On %s, %s cores, load %s:\n\n' "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)" "$(nproc)" "$(cut -d' ' -f1 /proc/loadavg)"
    printf '| what | event, median | 99 of 100 within | start, median | slowest of 11 |\n|---|---|---|---|---|\n'
    measure "$build/echo" 20000 | sed 's/^/| echo, the binary /'
    make_handlers PACKAGE_ARCH="$host" package
    started | sed 's/^| [^|]*| [^|]*/| a package by its `bootstrap` | | /'
    whole=$(size "$host")
    rm -rf "$build/made/package"
    make_handlers PACKAGE_ARCH="$host" CURL=small package
    started | sed 's/^| [^|]*| [^|]*/| the same with `CURL=small` | | /'
    printf '\n| package of check-active-job | size | with `CURL=small` |\n|---|---|---|\n'
    printf '| %s | %s | %s |\n' "$host" "$whole" "$(size "$host")"
    if [ "$host" != arm64 ] && command -v aarch64-linux-gnu-gcc >/dev/null; then
        make_handlers PACKAGE_ARCH=arm64 package
        whole=$(size arm64)
        rm -rf "$build/made/package"
        make_handlers PACKAGE_ARCH=arm64 CURL=small package
        printf '| arm64 | %s | %s |\n' "$whole" "$(size arm64)"
    fi
} >"$build/handlers.md"
mv "$build/handlers.md" tests/bench/handlers.md
cat tests/bench/handlers.md
