#!/bin/sh
# race.sh - eight processes build two specs into one folder, over and over, while another reads it.
# What is there is one or the other, file by file while they run and as a whole when they are done.
set -u
. "$TESTS/torture/lib.sh"
rounds=${ROUNDS:-25}

make_states || exit 1
for state in old new; do
    mkdir -p "$tmp/$state.specs"
    spec $state >"$tmp/$state.specs/shop.yaml"
    $wgen build -q -o "$tmp/$state.only" "$tmp/$state.specs" || fail "$state: does not build"
    (cd "$tmp/$state.only" && find . -type f | LC_ALL=C sort | xargs md5sum) >"$tmp/$state.out"
done
mkdir "$tmp/out"

build() { # STATE: what says that it waited in vain is right as well
    $wgen build -q -o "$tmp/out" --lock-timeout 60 "$tmp/$1.specs" >"$tmp/log.$$.$1" 2>&1 || echo "$1: $(cat "$tmp/log.$$.$1")"
}
reader() {
    while [ ! -e "$tmp/done" ]; do
        (cd "$tmp/out" && find . -type f ! -path './.wgen/*' 2>/dev/null | xargs -r md5sum 2>/dev/null) |
            grep -vxFf "$tmp/known"
    done
}
sort -u "$tmp/old.out" "$tmp/new.out" >"$tmp/known"
reader >"$tmp/torn" &
reader=$!
for process in 1 2 3 4 5 6 7 8; do
    (
        i=0
        while [ $i -lt "$rounds" ]; do
            if [ $(((process + i) % 2)) = 0 ]; then build old; else build new; fi
            i=$((i + 1))
        done
    ) >"$tmp/errors.$process" &
    pids="${pids:-} $!"
done
for pid in $pids; do wait "$pid"; done
: >"$tmp/done"
wait $reader
cat "$tmp"/errors.* >"$tmp/errors"
[ ! -s "$tmp/errors" ] && pass || fail "errors: $(sort "$tmp/errors" | uniq -c | head -5)"
[ ! -s "$tmp/torn" ] && pass || fail "torn: $(sort "$tmp/torn" | uniq -c | head -5)"
(cd "$tmp/out" && find . -type f | LC_ALL=C sort | xargs md5sum) >"$tmp/final"
cmp -s "$tmp/final" "$tmp/old.out" || cmp -s "$tmp/final" "$tmp/new.out" && pass || fail "a mixture: $(diff "$tmp/final" "$tmp/new.out")"

# Who waits in vain says for whom; a lock goes with the process that holds it.
begin old new
hold() { # until $holder ends
    (exec 9<"$tmp/work/$1" && flock 9 && exec sleep 60) &
    holder=$!
    until [ "$(readlink /proc/$holder/exe)" = "$(readlink -f "$(command -v sleep)")" ]; do sleep 0.02; done
}
hold out
$wgen -C "$tmp/work" build -q --lock-timeout 0 >"$tmp/log" 2>&1
[ $? = 4 ] && grep -q 'another wgen is writing to `out`' "$tmp/log" && is old && pass || fail "a lock that is held: $(cat "$tmp/log")"
$wgen -C "$tmp/work" build --check -q --lock-timeout 0 >"$tmp/log" 2>&1
[ $? = 4 ] && pass || fail "--check under a lock: $(cat "$tmp/log")"
kill -KILL $holder 2>/dev/null
wait $holder 2>/dev/null
$wgen -C "$tmp/work" build -q --lock-timeout 1 && is new && pass || fail "a lock whose holder was killed"

# Two builds of one system: what the other one placed, between the reading of the lock and this one's
# turn, stays where it is; the spec is read anew as well.
waits() { # PID: it is in front of the lock, and has read all that it reads before
    tries=0
    until ls -l "/proc/$1/fd" 2>/dev/null | grep -q "$tmp/work/out\$"; do
        tries=$((tries + 1))
        [ $tries -lt 500 ] || return 1
        sleep 0.02
    done
}
for place in out specs/shop; do
    begin old new
    hold $place
    $wgen -C "$tmp/work" build -q --lock-timeout 60 >"$tmp/log" 2>&1 &
    builder=$!
    waits $builder || fail "$place: the build does not wait"
    echo 'shared more 2' >>"$tmp/work/specs/shop/wgen.lock"
    kill -KILL $holder
    wait $holder 2>/dev/null
    wait $builder && grep -qx 'shared more 2' "$tmp/work/specs/shop/wgen.lock" &&
        [ -e "$tmp/work/out/shop/cloudformation/shop-2.yaml" ] && pass || fail "$place: what another build placed is forgotten: $(cat "$tmp/log")"
    $wgen -C "$tmp/work" build --check -q >"$tmp/log" 2>&1 && pass || fail "$place: not what the spec says: $(cat "$tmp/log")"
done

# What the cache remembers is of the spec that was built, and not of the one that was there first.
queues() { printf 'system: shop\nregion: us-west-2\nnotify: {email: ops@example.com}\nqueues: {%s}\n' "$1" >"$tmp/work/specs/shop.yaml"; }
rm -rf "$tmp/work" && mkdir -p "$tmp/work/specs"
queues 'a: {}'
$WGEN -C "$tmp/work" build -q
queues 'a: {}, b: {}'
hold out
$WGEN -C "$tmp/work" build -q --lock-timeout 60 >"$tmp/log" 2>&1 &
builder=$!
waits $builder || fail "cache: the build does not wait"
queues 'a: {}, c: {}'
echo 'shared c 2' >>"$tmp/work/specs/shop/wgen.lock"
kill -KILL $holder
wait $holder 2>/dev/null
wait $builder || fail "cache: $(cat "$tmp/log")"
grep -q 'QueueC' "$tmp/work"/out/shop/cloudformation/*.yaml && pass || fail "cache: the spec is not read anew"
queues 'a: {}, b: {}'
$WGEN -C "$tmp/work" build -q && $WGEN -C "$tmp/work" build --check -q >"$tmp/log" 2>&1 && pass || fail "cache: a stale one is believed: $(head -5 "$tmp/log")"

# What was seen of many files while the build waited is not what is there when it is its turn.
many() { # PAUSE USERS
    printf 'system: shop\nregion: us-west-2\nnotify: {email: ops@example.com}\nprojects: {p: [%s]}\nqueues: {a: {per: user}}\nworkflows: {w: {stages: [{pause: %s}]}}\nfunctions:\n' "$2" "$1"
    i=0
    while [ $((i += 1)) -le 110 ]; do echo "  f$i: {}"; done
}
rm -rf "$tmp/work" && mkdir -p "$tmp/work/specs" "$tmp/other/specs"
many 6m u1 >"$tmp/other/specs/shop.yaml"
many 5m u1 >"$tmp/work/specs/shop.yaml"
for tree in work other; do $WGEN -C "$tmp/$tree" build -q; done
[ "$(wc -l <"$tmp/work/out/shop/manifest")" -gt 220 ] || fail "ahead: too few files"
many 5m 'u1, u2' >"$tmp/work/specs/shop.yaml"
hold out
$WGEN -C "$tmp/work" build -q --lock-timeout 60 >"$tmp/log" 2>&1 &
builder=$!
waits $builder || fail "ahead: the build does not wait"
sleep 0.2
rm -r "$tmp/work/out/shop" && cp -a "$tmp/other/out/shop" "$tmp/work/out/shop"
kill -KILL $holder
wait $holder 2>/dev/null
wait $builder || fail "ahead: $(cat "$tmp/log")"
$WGEN -C "$tmp/work" build --check -q >"$tmp/log" 2>&1 && pass || fail "ahead: an old look is believed: $(head -5 "$tmp/log")"
echo "$passed passed, $failed failed"
