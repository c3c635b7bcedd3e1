#!/bin/sh
# errors.sh - every tests/errors/NAME.yaml is a spec with mistakes. A line that has one ends in
# `# error: ID` (or `# warning: ID`), and NAME.txt holds the whole message. UPDATE=1 records NAME.txt,
# but never which lines are wrong. A fix that calls itself safe adds quotes and no more, and what is built
# of a spec that builds stays the same.
set -u
cd "$(dirname "$0")/errors" || exit 1
passed=0 failed=0
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
fail() {
    echo "tests/errors/$1: $2"
    failed=$((failed + 1))
    return 1
}

# "LINE severity id" for each mistake that the file announces, and for each that was found.
wanted() { sed -n '=; s/.*# \(error\|warning\): \([a-z0-9-]*\)$/: \1 \2/p' "$1" |
    awk '/^:/ { print line, $2, $3; next } { line = $1 }' | sort; }
found() { sed -n "s/^$1:\([0-9]*\):[0-9]*: \([a-z]*\): .* \[\([a-z0-9-]*\)\]$/\1 \2 \3/p" "$2" | sort; }

# What `wgen check --fix` makes of a spec is the same but for quotes, and builds to the same.
fixes_safely() {
    rm -rf "$tmp/fix" && mkdir "$tmp/fix" && cp "$1" "$tmp/fix"
    build() { "$WGEN" -C "$tmp/fix" build -q --out "$2" "$1" >/dev/null 2>&1; }
    build "$1" before
    was=$?
    "$WGEN" -C "$tmp/fix" check -q --fix "$1" >/dev/null 2>&1
    tr -d '"' <"$1" >"$tmp/bare" && tr -d '"' <"$tmp/fix/$1" | cmp -s - "$tmp/bare" || return
    if [ $was = 0 ]; then build "$1" after && diff -r -x .cache "$tmp/fix/before" "$tmp/fix/after" >/dev/null; fi
}

for spec in *.yaml; do
    name=${spec%.yaml}
    "$WGEN" check --max-errors 0 --format short "$spec" >"$tmp/short" 2>&1
    "$WGEN" check --max-errors 0 --color never "$spec" >"$tmp/raw" 2>&1
    code=$?
    sed 's/([0-9.]* s)/(TIME)/' "$tmp/raw" >"$tmp/human"
    wanted "$spec" >"$tmp/wanted"
    found "$spec" "$tmp/short" >"$tmp/found"
    [ ! "${UPDATE:-}" ] || cp "$tmp/human" "$name.txt"
    [ -f "$name.txt" ] || : >"$name.txt"
    if ! diff -u "$tmp/wanted" "$tmp/found" >"$tmp/diff"; then
        fail "$spec" "other mistakes than it announces" && continue
        tail -n +3 "$tmp/diff"
    elif [ ! -s "$tmp/wanted" ]; then
        fail "$spec" "no line ends in \`# error: ID\`" && continue
    elif ! diff -u "$name.txt" "$tmp/human"; then
        fail "$spec" "another message than $name.txt has (UPDATE=1 records it)" && continue
    elif grep -q ' error ' "$tmp/wanted" && [ $code != 1 ]; then
        fail "$spec" "exit code $code, not 1" && continue
    elif ! fixes_safely "$spec"; then
        fail "$spec" "a safe fix changes it" && continue
    else
        passed=$((passed + 1))
    fi
done
echo "$passed passed, $failed failed"
