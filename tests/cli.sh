#!/bin/sh
# cli.sh [FILE...] - runs the transcripts tests/cli/*.t. A line `  $ COMMAND` is run by sh, `  > ` goes
# on with it, and the indented lines behind it are what it must print, standard error and all,
# with `  [N]` last if its exit code is not 0. Everything else is prose. Each file begins in an
# empty folder; `(TIME)` stands for what was measured. UPDATE=1 records what is printed.
set -u
cd "$(dirname "$0")/.." || exit
TESTS=$PWD/tests
export TESTS
PATH=$(dirname "$WGEN"):$PATH
unset NO_COLOR CLICOLOR_FORCE FORCE_COLOR GITHUB_ACTIONS BUILD JOBS
export PATH COLUMNS=80 TERM=dumb LOCALSTACK_HOST=
[ $# != 0 ] || set -- tests/cli/*.t
passed=0 failed=0
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# The transcript as a script: before each command, a mark with the number of its line.
script() {
    awk '
        /^  \$ / { if (open) end(); print "cat <<\\MARK\n@" NR "\nMARK"; print substr($0, 5); open = 1; next }
        /^  > / { print substr($0, 5); next }
        END { if (open) end() }
        function end() { print "code=$?; echo; [ $code = 0 ] || echo \"[$code]\"" }
    ' "$1"
}

# The transcript again, with what the commands printed (`out`) in place of what they should.
merge() {
    awk -v out="$2" '
        BEGIN {
            while ((getline line < out) > 0) {
                if (line ~ /^@[0-9]+$/) { at = substr(line, 2) + 0; n[at] = 0; continue }
                text[at, ++n[at]] = line
            }
        }
        /^  \$ / { flush(); at = NR; print; want = 1; next }
        /^  > / { print; next }
        /^  / && want { next }
        { flush(); print }
        END { flush() }
        # The line end that was put behind the output is not part of it.
        function flush(  i, line, last) {
            if (!want) return
            want = 0
            last = n[at]
            for (i = 1; i <= last; i++) {
                line = text[at, i]
                if (line == "" && (i == last || (i == last - 1 && text[at, last] ~ /^\[[0-9]+\]$/))) continue
                print line == "" ? "  " : "  " line
            }
        }
    ' "$1"
}

for file in "$@"; do
    mkdir "$tmp/work"
    script "$file" >"$tmp/script"
    (cd "$tmp/work" && sh "$tmp/script") 2>&1 </dev/null |
        sed 's/([0-9.]* s)/(TIME)/' >"$tmp/out"
    merge "$file" "$tmp/out" >"$tmp/merged"
    if [ "${UPDATE:-}" ]; then
        cmp -s "$file" "$tmp/merged" || cp "$tmp/merged" "$file"
    fi
    if diff -u "$file" "$tmp/merged"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
    rm -rf "$tmp/work"
done
echo "$passed passed, $failed failed"
[ $failed = 0 ]
