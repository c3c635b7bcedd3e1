#!/bin/sh
# kill.sh - a build is killed at every system call that touches files. Whatever is left, no file is
# torn, no mixture passes `build --check`, and the next build makes all of it right.
set -u
. "$TESTS/torture/lib.sh"
# What changes something, or could: between two of these, every moment is like any other.
calls='openat write close mkdir mkdirat flock fsync syncfs rename renameat renameat2 unlink unlinkat rmdir'

try() { # FROM TO SYSCALL N
    begin "$1" "$2"
    strace -f -o /dev/null -e "inject=$3:signal=KILL:when=$4" $wgen -C "$tmp/work" build -q >"$tmp/log" 2>&1
    where="$1 -> $2, killed at $3 number $4"
    whole "$1" "$2" || { fail "$where: a torn file"; return; }
    if ! is "$1" && ! is "$2"; then
        $wgen -C "$tmp/work" build --check -q >"$tmp/log" 2>&1
        [ $? = 3 ] || { fail "$where: --check is content: $(cat "$tmp/log")"; return; }
    fi
    $wgen -C "$tmp/work" build -q >"$tmp/log" 2>&1 || { fail "$where: not healed: $(cat "$tmp/log")"; return; }
    is "$2" || { fail "$where: healed to something else"; return; }
    litter && { fail "$where: litter is left"; return; }
    pass
}

make_states || exit 1
for pair in 'fresh old' 'old new' 'new less'; do
    # shellcheck disable=SC2086 # two words
    set -- $pair
    begin "$1" "$2"
    strace -f -o "$tmp/trace" $wgen -C "$tmp/work" build -q || fail "$pair: does not build"
    points "$tmp/trace" "flock(" >"$tmp/points"
    while read -r call n; do try "$1" "$2" "$call" "$n"; done <"$tmp/points"
done
echo "$passed passed, $failed failed"
