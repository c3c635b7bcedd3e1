#!/bin/sh
# formats.sh - whatever is wrong has the same id and the same place in every format, and ends with the same
# exit code. What is wrong are all of tests/errors at once, below a folder whose name has what formats escape.
set -u
cd "$(dirname "$0")" || exit
passed=0 failed=0
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
name="50% a:b, c"
mkdir "$tmp/$name" && cp errors/*.yaml "$tmp/$name" && cd "$tmp" || exit

# Each mistake as `ID PATH LINE COLUMN SEVERITY`: what each format has of that, as it stands in it.
in_human() { sed -nE '/^(error|warning)\[/ { s/^(error|warning)\[([a-z0-9-]+)\].*/\2 \1/; h; }
    /^ *--> / { s/^ *--> (.*):([0-9]+):([0-9]+)$/\1 \2 \3/; G; s/^(.*)\n(.*) (.*)$/\2 \1 \3/p; }' "$1"; }
in_short() { sed -nE 's/^(.*):([0-9]+):([0-9]+): (error|warning): .* \[([a-z0-9-]+)\]$/\5 \1 \2 \3 \4/p' "$1"; }
in_json() { jq -r '.diagnostics[] | "\(.code) \(.file) \(.range.start.line) \(.range.start.column) \(.severity)"' "$1"; }
in_jsonl() { jq -r '"\(.code) \(.file) \(.range.start.line) \(.range.start.column) \(.severity)"' "$1"; }
in_sarif() { jq -r '.runs[0].results[] | .locations[0].physicalLocation as $at
    | "\(.ruleId) \($at.artifactLocation.uri | gsub("%20"; " ") | gsub("%2C"; ",") | gsub("%3A"; ":") | gsub("%25"; "%")) \($at.region.startLine) \($at.region.startColumn) \(.level)"' "$1"; }
in_github() { sed -nE 's/^::(error|warning) file=(.*),line=([0-9]+),endLine=[0-9]+,col=([0-9]+),endColumn=[0-9]+,title=([a-z0-9-]+)::.*/\5 \2 \3 \4 \1/p' "$1" |
    sed 's/%2C/,/g; s/%3A/:/g; s/%25/%/g'; }
in_gitlab() { jq -r '.[] | "\(.check_name) \(.location.path) \(.location.lines.begin) - \(if .severity == "major" then "error" else "warning" end)"' "$1"; }
in_junit() { sed -nE 's/.*<failure type="([a-z0-9-]+)" message=.*>(.*):([0-9]+):([0-9]+)(<\/failure>)?$/\1 \2 \3 \4 error/p' "$1"; }

# A format that has no columns, or says nothing of warnings, is asked for the rest.
as_much_as() {
    case $1 in
    gitlab) sed -E 's/ [0-9]+ (error|warning)$/ - \1/' "$2" ;;
    junit) grep ' error$' "$2" ;;
    *) cat "$2" ;;
    esac | sort
}

fail() {
    echo "formats: $*"
    failed=$((failed + 1))
}
is() {
    if [ "$2" = "$3" ]; then passed=$((passed + 1)); else fail "$1: $3, not $2"; fi
}

printf 'system: fine\n' >fine.yaml
mkdir -p built/specs && printf 'system: fine\nfunctions: {f: {}}\n' >built/specs/fine.yaml
"$WGEN" check --max-errors 0 --format short "$name"/*.yaml >lines 2>&1
in_short lines >wanted
is 'as many as are announced' "$(grep -cE '# (error|warning): ' "$name"/*.yaml | awk -F: '{ n += $NF } END { print n }')" "$(wc -l <wanted)"
for format in human short json jsonl sarif github gitlab junit; do
    "$WGEN" check --max-errors 0 --color never --format $format "$name"/*.yaml >found 2>&1
    is "exit code in $format" 1 $?
    "in_$format" found | sort >told
    as_much_as $format wanted >same
    if [ -s told ] && cmp -s told same; then
        passed=$((passed + 1))
    else
        fail "not the same in $format" && diff same told | head
    fi
    "$WGEN" check --format $format fine.yaml >/dev/null 2>&1
    is "nothing wrong, in $format" 0 $?
    "$WGEN" check --format $format --nothing fine.yaml >/dev/null 2>&1
    is "no such option, in $format" 2 $?
    "$WGEN" -C built build --check --format $format >/dev/null 2>&1
    is "out of date, in $format" 3 $?
    "$WGEN" check --format $format nowhere.yaml >/dev/null 2>&1
    is "no such file, in $format" 4 $?
    "$WGEN" check --exit-zero --format $format "$name"/*.yaml >/dev/null 2>&1
    is "on request, in $format" 0 $?
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
