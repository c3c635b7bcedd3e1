#!/bin/sh
# coverage.sh BUILD - which lines of compiler/ the tests ran that were built and run in BUILD. Fails
# below 90 %. BUILD/coverage has each file with the lines that were not run marked `#####`.
set -eu
cd "$(dirname "$0")/.."
build=$1
mkdir -p "$build/coverage"
gcov --object-directory "$build" "$build"/*.gcda >"$build/coverage/log" 2>/dev/null
mv ./*.gcov "$build/coverage/"
awk '
    /^File .compiler\// { file = $2; gsub(/\x27/, "", file); next }
    /^Lines executed:/ && file != "" {
        split($0, part, /[:% ]+/)
        share = part[3]; lines = part[5]
        printf "%6.2f%% of %4d  %s\n", share, lines, file
        run += share * lines / 100; all += lines; file = ""
    }
    END { printf "%6.2f%% of %d lines of compiler/\n", 100 * run / all, all; exit run < 0.9 * all }
' "$build/coverage/log" | sort -n
