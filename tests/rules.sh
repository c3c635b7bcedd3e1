#!/bin/sh
# rules.sh - every id of an error has an entry in templates/rules, every entry an error that it is
# for, and every error that a spec can have a test in tests/errors or tests/hostile. Every mistake that
# tests/mistakes lists is found in its test.
set -u
cd "$(dirname "$0")/.." || exit
passed=0 failed=0
fail() {
    echo "rules: $*"
    failed=$((failed + 1))
}

# The third argument of a call that reports, if it is a literal. perl is part of every Debian.
# shellcheck disable=SC2016 # perl's variables
used=$(cat compiler/*.c | perl -0777 -ne '
    while (/\b(?:diag_(?:error|warn|failure|drift)|complain)(\((?:[^()"]|"(?:[^"\\]|\\.)*"|(?1))*\))/g) {
        my $args = substr($1, 1);
        my @list;
        my ($depth, $from) = (0, 0);
        while ($args =~ /"(?:[^"\\]|\\.)*"|[(),]/g) {
            $depth++ if $& eq "(";
            if ($depth == 0 && ($& eq "," || $& eq ")")) {
                push @list, substr($args, $from, pos($args) - $from - 1);
                $from = pos $args;
            }
            $depth-- if $& eq ")";
        }
        for (@list[1, 2]) { print "$1\n" if defined && /^\s*"([a-z]+(?:-[a-z0-9]+)*)"\s*$/ }
    }' | sort -u)
for id in $used; do
    if [ -f "templates/rules/$id.yaml" ]; then
        passed=$((passed + 1))
    else
        fail "\`$id\` has no templates/rules/$id.yaml"
    fi
done
for file in templates/rules/*.yaml; do
    id=$(basename "$file" .yaml)
    grep -q "\"$id\"" compiler/*.c || grep -rqE "[{ ]id: $id\\b" templates/kinds ||
        fail "nothing reports \`$id\`, and $file explains it"
    if grep -q '^bad:' "$file"; then
        grep -qE "\\[$id\\]" tests/errors/*.txt tests/hostile/*.txt tests/cli/*.t 2>/dev/null ||
            fail "no test in tests/errors has \`$id\`"
    fi
done
while read -r id test mistake; do
    case $id in "" | "#" | cannot) continue ;; esac
    case $test in
    *.t) found="\\[$id\\]" test=tests/cli/$test ;;
    *) found=": $id( |\$)" test=tests/errors/$test.yaml ;;
    esac
    if grep -qE "$found" "$test"; then
        passed=$((passed + 1))
    else
        fail "$test has no \`$id\` for: $mistake"
    fi
done <tests/mistakes
echo "$passed passed, $failed failed"
