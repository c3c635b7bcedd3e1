#!/bin/sh
# signals.sh - a build that is told to stop does so at once, or first finishes what cannot be left
# half done; it leaves nothing behind, and ends by the signal. Whoever stops reading is no error.
set -u
. "$TESTS/torture/lib.sh"

# Whoever runs this may ignore a signal, as nohup does.
try() { # FROM TO SYSCALL N SIGNAL CODE
    begin "$1" "$2"
    env --default-signal strace -f -o "$tmp/calls" -e "inject=$3:signal=$5:when=$4" \
        $wgen -C "$tmp/work" build -q >"$tmp/log" 2>&1
    code=$?
    where="$1 -> $2, SIG$5 at $3 number $4"
    # Files that are as young as the record of the last build are read again: some runs have less to open.
    grep -q -e "--- SIG$5 " "$tmp/calls" || { is new && [ $code = 0 ] || fail "$where: never came"; return; }
    [ $code = "$6" ] || { fail "$where: ended with $code"; return; }
    is "$1" || is "$2" || { fail "$where: neither old nor new"; return; }
    litter && { fail "$where: litter is left"; return; }
    pass
}

make_states || exit 1
calls='openat write mkdir mkdirat flock fsync renameat2 unlinkat'
begin old new
strace -f -o "$tmp/trace" $wgen -C "$tmp/work" build -q || fail "does not build"
points "$tmp/trace" 'flock(' >"$tmp/points"
# Every third point for each: INT, TERM and HUP take the same way.
while read -r call n; do
    case $((n % 3)) in
    0) try old new "$call" "$n" INT 130 ;;
    1) try old new "$call" "$n" TERM 143 ;;
    2) try old new "$call" "$n" HUP 129 ;;
    esac
done <"$tmp/points"

# One that is ignored stays so, as nohup wants it.
begin old new
(trap '' HUP; exec strace -f -o /dev/null -e inject=mkdirat:signal=HUP:when=1 $wgen -C "$tmp/work" build -q) &&
    is new && pass || fail "SIGHUP was ignored, and ended the build"

# A reader that has read enough.
"$WGEN" explain --list 2>"$tmp/log" | head -1 >/dev/null
[ ! -s "$tmp/log" ] && pass || fail "a closed pipe: $(cat "$tmp/log")"
echo "$passed passed, $failed failed"
