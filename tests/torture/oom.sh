#!/bin/sh
# oom.sh - every allocation of a build fails, alone and with all that follow. The process says that
# memory has ended, exits 4 and has changed nothing; it never crashes, and never writes less.
set -u
. "$TESTS/torture/lib.sh"

cc -O1 -shared -fPIC -o "$tmp/oom.so" "$TESTS/torture/oom.c" || exit 1
make_states || exit 1
begin old new
OOM_COUNT=$tmp/count LD_PRELOAD=$tmp/oom.so $wgen -C "$tmp/work" build -q || fail "does not build"
total=$(cat "$tmp/count")
[ "$total" -gt 100 ] || fail "only $total allocations were counted"

# One process a core, each with a tree of its own, which is laid anew only when it has changed.
try() { # MODE N
    (export "OOM_$1=$2" LD_PRELOAD="$tmp/oom.so" && exec $wgen -C "$tmp/work" build -q) >"$tmp/log" 2>&1
    code=$?
    where="allocation $2 of $total fails ($1)"
    if [ $code = 0 ]; then
        is new || { fail "$where: content, and not new"; return; }
        again
    elif [ $code != 4 ]; then
        fail "$where: exit code $code: $(head -c 200 "$tmp/log")"
        return
    else
        grep -q 'out of memory\|Cannot allocate memory' "$tmp/log" || { fail "$where: says $(cat "$tmp/log")"; return; }
        changed=$(find "$tmp/work" -type f -newer "$tmp/stamp" -o -name '.wgen*')
        [ -z "$changed" ] || { fail "$where: has changed" $changed; again; return; }
    fi
    pass
}
again() {
    begin old new
    sleep 0.02 # so that what is written next is newer
    : >"$tmp/stamp"
    sleep 0.02
}

all() { # MODE
    top=$tmp
    tmp=$tmp/$1
    mkdir "$tmp"
    cp -r "$top/old" "$top"/*.tree "$top/oom.so" "$tmp"
    again
    n=1
    while [ $n -le "$total" ]; do
        try "$1" $n
        n=$((n + 1))
    done
    echo "$passed $failed" >"$tmp/counts"
}
(all AT) &
(all FROM)
wait
for mode in AT FROM; do
    read -r good bad <"$tmp/$mode/counts"
    passed=$((passed + good)) failed=$((failed + bad))
done
echo "$passed passed, $failed failed"
