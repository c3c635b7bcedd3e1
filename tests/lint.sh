#!/bin/sh
# lint.sh - what the compiler's warnings do not say: the order of modules, the size of files, the
# layout of the code. Prints one line for each thing that is wrong.
set -u
cd "$(dirname "$0")/.." || exit
good=0 bad=0
say() {
    echo "lint: $*"
    bad=$((bad + 1))
}

# The ranked table: "| a, b | ..." -> a line for each header, in order.
ranks=$(sed -n 's/^| \([a-z_, ]*\) |.*/\1/p' compiler/README.md | tr -d ' ' | tr ',' '\n' | grep -v '^module$')
# What the files of one module share is in MODULE_parts.h.
rank() { printf '%s\n' "$ranks" | grep -n "^${1%_parts}\$" | cut -d: -f1; }

for file in compiler/*.[ch]; do
    good=$((good + 1))
    name=$(basename "$file")
    module=${name%.*}
    own=$(rank "$module")
    if [ -z "$own" ] && [ "${name##*.}" = h ]; then
        say "$file: its module is not in the table of compiler/README.md"
    fi
    # shellcheck disable=SC2013 # words
    for header in $(sed -n 's/^#include "\([a-z_]*\)\.h"$/\1/p' "$file"); do
        other=$(rank "$header")
        [ -n "$other" ] || say "$file: includes $header.h, which is not in the table"
        if [ -n "$own" ] && [ -n "$other" ] && [ "$other" -gt "$own" ]; then
            say "$file: includes $header.h, which stands below it"
        fi
    done
    lines=$(wc -l <"$file")
    [ "$lines" -le 600 ] || say "$file: $lines lines, 600 are the most"
    case $file in *.h) [ "$lines" -le 120 ] || say "$file: $lines lines, 120 are the most" ;; esac
done
for library in yaml:yaml,cst pcre2:regex; do
    # shellcheck disable=SC2013 # words
    for file in $(grep -lE "<${library%%:*}[a-z]*\.h>" compiler/*.[ch]); do
        case ,${library##*:}, in *,"$(basename "$file" .c)",*) continue ;; esac
        say "$file: only ${library##*:}.c may know ${library%%:*}"
    done
done
# A function ends at the first `}` in the first column behind its `{`; one with a switch may be longer.
for file in compiler/*.c; do
    awk -v file="$file" '/^[a-zA-Z]/ { head = NR; from = 0 } # what it is called with may go on below
        /\) \{$/ && !from && head >= NR - 3 { from = NR; most = 50 }
        /^    switch \(/ { most = 60 }
        /^}/ { if (from && NR - from - 1 > most) printf "%s:%d: %d lines, %d are the most\n", file, from, NR - from - 1, most; from = 0 }' "$file"
done >"${TMPDIR:-/tmp}/wgen-lint.$$"
while read -r line; do say "$line"; done <"${TMPDIR:-/tmp}/wgen-lint.$$"
rm -f "${TMPDIR:-/tmp}/wgen-lint.$$"
if command -v clang-format >/dev/null; then
    clang-format --dry-run -Werror compiler/*.[ch] tests/unit/*.[ch] >/dev/null 2>&1 || say "run \`make fmt\`"
else
    echo "skipped: clang-format is not here"
fi
if command -v shellcheck >/dev/null; then
    shellcheck -s sh tests/*.sh .ci/run || say "shellcheck has found something"
else
    echo "skipped: shellcheck is not here"
fi
echo "$good passed, $bad failed"
[ $bad = 0 ]
