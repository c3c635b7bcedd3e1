# lib.sh - what the torture tests share: a small system in three states, and how to tell what a
# tree is. Sourced with WGEN, TESTS (the tests folder) and a temporary folder `tmp`.
# shellcheck shell=sh disable=SC2154 # `tmp` is whose sources this

wgen="$WGEN --templates $TESTS/cli/templates"

# spec STATE - the spec of a state: old, new, or less, where files go away.
spec() {
    printf 'system: shop\nregion: us-west-2\nprojects: {amelia: [scott, jane]}\nboxes:\n'
    case $1 in
    old) printf '  jobs: {size: 1}\n  input: {per: user}\n' ;;
    new) printf '  jobs: {size: 2}\n  more: {}\n  input: {per: user, size: 2}\n' ;;
    less) printf '  jobs: {size: 3}\n' ;;
    esac
}

# tree DIR - everything below it that wgen writes, as one text.
tree() { (cd "$1" && find out specs/shop -type f ! -path '*/.wgen/*' 2>/dev/null | LC_ALL=C sort | xargs -r md5sum); }

# Makes $tmp/STATE for each state, each built in the order old -> STATE, and its tree.
make_states() {
    for state in old new less; do
        mkdir -p "$tmp/$state/specs"
        spec old >"$tmp/$state/specs/shop.yaml"
        $wgen -C "$tmp/$state" build -q || return 1
        spec $state >"$tmp/$state/specs/shop.yaml"
        $wgen -C "$tmp/$state" build -q || return 1
        tree "$tmp/$state" >"$tmp/$state.tree"
    done
    mkdir -p "$tmp/fresh/specs"
    spec old >"$tmp/fresh/specs/shop.yaml"
    tree "$tmp/fresh" >"$tmp/fresh.tree"
}

# begin FROM TO - $tmp/work is as FROM left it, with the spec of TO.
begin() {
    rm -rf "$tmp/work"
    cp -a "$tmp/$1" "$tmp/work"
    spec "$2" >"$tmp/work/specs/shop.yaml"
}

# is STATE - the tree of $tmp/work is that of STATE.
is() { tree "$tmp/work" | cmp -s - "$tmp/$1.tree"; }

# litter - names that only a build in progress may have.
litter() { find "$tmp/work" -name '.wgen*' | grep -q .; }

# whole FROM TO - every file is the one of FROM or the one of TO, and none is torn.
whole() {
    tree "$tmp/work" | while read -r line; do
        grep -qxF "$line" "$tmp/$1.tree" "$tmp/$2.tree" || echo "$line"
    done | grep -q . && return 1
    return 0
}

# points FILE FROM - "SYSCALL N" for each of $calls in a trace, from the first line that has FROM on,
# counted as strace's `when` does: from the start, and in each thread by itself. Points that only
# another thread than the first one passes are left out: how many there are is up to the scheduler.
points() {
    awk -v calls="$calls" -v from="$2" '
        BEGIN { split(calls, list, " "); for (i in list) wanted[list[i]] = 1 }
        NR == 1 { first = $1 }
        $1 != first { next }
        { sub(/^[0-9]+ +/, ""); name = $0; sub(/\(.*/, "", name) }
        index($0, from) { started = 1 }
        (name in wanted) { count[name]++; if (started) print name, count[name] }
    ' "$1"
}

passed=0 failed=0
fail() {
    failed=$((failed + 1))
    [ $failed -gt 20 ] || echo "$*"
}
pass() { passed=$((passed + 1)); }
