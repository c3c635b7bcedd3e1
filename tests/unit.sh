#!/bin/sh
# unit.sh - runs the unit tests that make built from tests/unit/test_*.c, one program each.
set -u
cd "$(dirname "$0")/.." || exit
passed=0 failed=0
for test in "$BUILD"/unit/test_*; do
    case $test in *.d | *.o | *.gcno | *.gcda) continue ;; esac
    out=$("$test" 2>&1) || printf '%s\n' "$out" | grep -v '^Running suite'
    counts=$(printf '%s\n' "$out" | sed -n 's/.*Checks: \([0-9]*\), Failures: \([0-9]*\), Errors: \([0-9]*\).*/\1 \2 \3/p')
    if [ -z "$counts" ]; then
        echo "$test ended early"
        failed=$((failed + 1))
        continue
    fi
    # shellcheck disable=SC2086 # words
    set -- $counts
    passed=$((passed + $1 - $2 - $3)) failed=$((failed + $2 + $3))
done
echo "$passed passed, $failed failed"
