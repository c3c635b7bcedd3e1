#!/bin/sh
# run.sh SUITE... - runs suites of tests, says how long each took, and ends with how many passed. A
# suite is tests/NAME.sh or tests/NAME/run; it prints what failed, and as its last line
# `N passed, N failed[, N skipped]`.
# UPDATE=1 records what is printed as what is wanted. JOBS=N runs N at once, and then tells of them.
set -u
cd "$(dirname "$0")/.." || exit
unset MAKEFLAGS MFLAGS # what a test makes is its own affair
export WGEN="${WGEN:-$PWD/${BUILD:-build}/wgen}" BUILD="${BUILD:-build}" LC_ALL=C

run() { # SUITE FOLDER: what it prints, how it ends and how long it takes
    script=tests/$1.sh
    [ -x "$script" ] || script=tests/$1/run
    began=$(date +%s)
    "$script" >"$2/$1" 2>&1
    echo "$? $(($(date +%s) - began))" >"$2/$1.end"
}
if [ "$1" = --one ]; then
    run "$3" "$2"
    exit 0
fi

passed=0 failed=0 skipped=0 broken=
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
[ "${JOBS:-1}" = 1 ] || printf '%s\n' "$@" | xargs -n 1 -P "$JOBS" "$PWD/tests/run.sh" --one "$tmp"
for suite in "$@"; do
    [ "${JOBS:-1}" != 1 ] || run "$suite" "$tmp"
    log=$tmp/$suite
    read -r code took <"$log.end"
    tail=$(tail -n 1 "$log")
    case $tail in
    *" passed, "*" failed"*) ;;
    *) # it did not get to its end
        echo "$tail" >>"$log"
        tail="0 passed, 1 failed"
        ;;
    esac
    # shellcheck disable=SC2086 # words
    set -- $tail
    passed=$((passed + $1)) failed=$((failed + $3))
    case $tail in *skipped*) skipped=$((skipped + $5)) ;; esac
    if [ "$code" != 0 ] || [ "$3" != 0 ]; then
        broken="$broken $suite"
        cat "$log"
        [ "$3" != 0 ] || failed=$((failed + 1))
    elif grep -q '^skipped' "$log"; then
        grep '^skipped' "$log"
    fi
    printf '%-12s %s, in %s s\n' "$suite:" "$tail" "$took"
done
[ -z "$broken" ] || echo "failed:$broken"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
