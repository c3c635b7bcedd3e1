#!/bin/sh
# readme.sh - what README.md shows is true: its `console` blocks are run, in one folder and in order, and
# print what they show; its `yaml` blocks are the files that they name. Its links lead somewhere.
# UPDATE=1 records what is printed.
set -u
cd "$(dirname "$0")/.." || exit
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
passed=0 failed=0

# README.md as a transcript: the other text as it is, `  ` before each line of a console block, and a
# file's block as the command that writes it.
transcript() {
    awk '
        /^```console$/ { inside = 1; next }
        /^```yaml$/ { getline; file = $2; print "  $ mkdir -p $(dirname " file ") && cat >" file " <<\x27END\x27"; inside = 2; next }
        /^```$/ { if (inside == 2) print "  > END"; inside = 0; next }
        inside == 1 { print "  " $0; next }
        inside == 2 { print "  > " $0; next }
        { print "|" $0 }
    ' README.md
}

# The transcript as it was run, back into README.md: only the console blocks are taken from it.
merge() {
    awk -v run="$1" '
        function next_block() { # up to the first line of the next one, in the transcript
            while ((getline line <run) > 0) if (line ~ /^  \$ / && line !~ /<<\x27END\x27$/) return
        }
        /^```console$/ { print; next_block(); do { print substr(line, 3) } while ((getline line <run) > 0 && line ~ /^  |^$/); skip = 1; next }
        /^```$/ { skip = 0 }
        !skip { print }
    ' README.md
}

transcript >"$tmp/readme.t"
if sh tests/cli.sh "$tmp/readme.t" >"$tmp/said"; then
    passed=$((passed + 1))
else
    cat "$tmp/said"
    failed=$((failed + 1))
fi
if [ "${UPDATE:-}" ]; then
    merge "$tmp/readme.t" >"$tmp/README.md" && cp "$tmp/README.md" README.md
fi
grep -o '](\([^)#:]*\))' README.md compiler/README.md templates/README.md | sed 's/](\(.*\))/\1/' >"$tmp/links"
while read -r link; do
    from=$(dirname "${link%%:*}")
    if [ -e "$from/${link#*:}" ]; then passed=$((passed + 1)); else
        echo "README.md: nothing is at ${link#*:}"
        failed=$((failed + 1))
    fi
done <"$tmp/links"
echo "$passed passed, $failed failed"
