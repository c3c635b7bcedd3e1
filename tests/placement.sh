#!/bin/sh
# placement.sh - random edits move and rename nothing that they do not name; see placement.c. Two
# systems with histories of their own, the same ones each time, are edited beside each other.
set -u
cd "$(dirname "$0")/.." || exit
folder=$(mktemp -d "$([ -d /dev/shm ] && echo /dev/shm || echo "${TMPDIR:-/tmp}")/wgen-placement.XXXXXX")
trap 'rm -rf "$folder"' EXIT
edits=$((${EDITS:-10000} / 2))
for seed in 20240229 19991231; do
    mkdir -p "$folder/$seed/shop"
    "$BUILD/placement" "$folder/$seed" $edits $seed >"$folder/$seed.log" 2>&1 &
done
wait
for log in "$folder"/*.log; do
    case $(tail -n 1 "$log") in
    *" passed, "*" failed") grep -v '^[0-9]* passed' "$log" ;;
    *) echo '0 passed, 1 failed' >>"$log" ;; # it did not get to its end
    esac
done
awk '/^[0-9]+ passed, [0-9]+ failed$/ { p += $1; f += $3 } END { print p " passed, " f " failed" }' "$folder"/*.log
