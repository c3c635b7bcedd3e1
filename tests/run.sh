#!/bin/sh
# run.sh SUITE... - runs suites of tests, says how long each took, and ends with how many passed. A
# suite is tests/NAME.sh or tests/NAME/run; it prints what failed, and as its last line
# `N passed, N failed[, N skipped]`.
# UPDATE=1 records what is printed as what is wanted.
set -u
cd "$(dirname "$0")/.." || exit
unset MAKEFLAGS MFLAGS # what a test makes is its own affair
export WGEN="${WGEN:-$PWD/${BUILD:-build}/wgen}" BUILD="${BUILD:-build}" LC_ALL=C
passed=0 failed=0 skipped=0 broken=
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for suite in "$@"; do
    script=tests/$suite.sh
    [ -x "$script" ] || script=tests/$suite/run
    began=$(date +%s)
    "$script" >"$log" 2>&1
    code=$? took=$(($(date +%s) - began))
    tail=$(tail -n 1 "$log")
    case $tail in
    *" passed, "*" failed"*) ;;
    *) # it did not get to its end
        echo "$tail" >>"$log"
        tail="0 passed, 1 failed"
        ;;
    esac
    # shellcheck disable=SC2086 # words
    set -- $tail "$@"
    passed=$((passed + $1)) failed=$((failed + $3))
    case $tail in *skipped*) skipped=$((skipped + $5)) ;; esac
    if [ $code != 0 ] || [ "$3" != 0 ]; then
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
