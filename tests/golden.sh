#!/bin/sh
# golden.sh - out/ is what specs/ say, and tests/golden what the examples of all kinds say.
# UPDATE=1 rewrites both: the diff is the review.
set -u
cd "$(dirname "$0")/.." || exit
passed=0 failed=0
for specs in specs tests/conformance/specs; do
    [ -d $specs ] || continue
    if "$WGEN" check -q $specs; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done
if [ "${UPDATE:-}" ]; then
    "$WGEN" build specs || failed=$((failed + 1))
    "$BUILD/golden" tests/golden >/dev/null
fi
if [ -d out ]; then
    if "$WGEN" build --check specs; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
else
    echo 'skipped: there is no out/ to compare with'
fi
"$BUILD/golden" tests/golden --check >"$BUILD/golden.log" 2>&1
tail=$(tail -n 1 "$BUILD/golden.log")
case $tail in
*' passed, '*' failed')
    head -n -1 "$BUILD/golden.log"
    # shellcheck disable=SC2086 # words
    set -- $tail
    passed=$((passed + $1)) failed=$((failed + $3))
    ;;
*)
    cat "$BUILD/golden.log"
    failed=$((failed + 1))
    ;;
esac
echo "$passed passed, $failed failed"
