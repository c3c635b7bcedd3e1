#!/bin/sh
# hostile.sh - YAML that means harm, or that readers disagree about. Each tests/hostile/NAME.yaml has
# one verdict, NAME.txt, with its place; larger ones are made here. Nothing may take a second, 64 MiB,
# or end by a signal. UPDATE=1 records verdicts.
set -u
cd "$(dirname "$0")/hostile" || exit
passed=0 failed=0
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
fail() {
    echo "tests/hostile/$1: $2"
    failed=$((failed + 1))
}
# shellcheck disable=SC3045 # dash and bash know it
check() { ([ "${SAN:-}" ] || ulimit -v 262144; exec timeout 5 "$WGEN" check -q --format short "$1") >"$tmp/out" 2>&1; }

for spec in *.yaml; do
    want=${spec%.yaml}.txt
    check "$spec"
    code=$?
    [ ! "${UPDATE:-}" ] || cp "$tmp/out" "$want"
    if [ $code != 1 ] && [ $code != 0 ]; then
        fail "$spec" "exit code $code"
    elif LC_ALL=C grep -qP '[\x00-\x08\x0b-\x1f\x7f]|^::' "$tmp/out"; then
        fail "$spec" "its message has characters that a terminal or a log acts on"
    elif ! diff -u "$want" "$tmp/out"; then
        fail "$spec" "another verdict than $want has"
    else
        passed=$((passed + 1))
    fi
done

# Too large to keep: what is written, how often, and the id of the one error.
large() {
    mkdir -p "$tmp/large"
    { printf 'system: large\n%b' "$1"; yes -- "$2" | tr -d '\n' | head -c "$3"; } >"$tmp/large.yaml"
    start=$(date +%s%N)
    check "$tmp/large.yaml"
    code=$?
    took=$((($(date +%s%N) - start) / 1000000))
    if [ $code != 1 ] || ! grep -q "\[$4\]" "$tmp/out"; then
        fail "'$2' times $3" "exit code $code: $(head -c 300 "$tmp/out")"
    elif [ $took -gt "${SAN:-10000}" ]; then
        fail "'$2' times $3" "took $took ms"
    else
        passed=$((passed + 1))
    fi
}
large 'doc: ' '[' 1048576 too-deep
large 'doc: ' '{a: ' 1048576 too-deep
large 'doc:\n' '- ' 1048576 too-deep
large '' '? ' 1048576 syntax
large 'doc: ' '&a ' 1048576 syntax
large 'doc: ' 'x' 15000000 too-large
large 'doc: "' 'x' 15000000 syntax
large '' 'x' 15000000 too-large
large '' '%TAG ! a' 1048576 syntax
large '' 'a: b, ' 1048576 syntax

# Files that are none, or that never end.
special() {
    timeout 5 "$WGEN" check --format short "$1" >"$tmp/out" 2>&1
    code=$?
    if [ $code = 4 ] && grep -q "$2" "$tmp/out"; then
        passed=$((passed + 1))
    else
        fail "$1" "exit code $code: $(cat "$tmp/out")"
    fi
}
mkfifo "$tmp/pipe.yaml"
ln -s /dev/zero "$tmp/zero.yaml"
ln -s nowhere "$tmp/dangling.yaml"
ln -s loop.yaml "$tmp/loop.yaml"
mkdir "$tmp/folder.yaml" "$tmp/empty"
head -c 17000000 /dev/zero >"$tmp/huge.yaml"
special "$tmp/pipe.yaml" 'not a regular file'
special "$tmp/zero.yaml" 'not a regular file'
special "$tmp/dangling.yaml" 'No such file'
special "$tmp/loop.yaml" 'symbolic links'
special "$tmp/huge.yaml" 'too large'
special "$tmp/none.yaml" 'No such file'
special "$tmp/none/none.yaml" 'No such file'
echo "$passed passed, $failed failed"
