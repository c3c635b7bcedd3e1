#!/bin/sh
# edits.sh - commands that edit specs, on every spec that there is: what is added, renamed there and back,
# and removed leaves all lines as they were, and laying a spec out changes nothing of what is built.
set -u
cd "$(dirname "$0")" || exit
passed=0 failed=0
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
good() { passed=$((passed + 1)); }
bad() {
    echo "edits: $*"
    failed=$((failed + 1))
}
in_work() { (cd "$tmp/work" && "$WGEN" "$@") >"$tmp/said" 2>&1; }
same() { # WHAT FILE; the other one is the spec
    if cmp -s "$2" "$tmp/work/specs/$name.yaml"; then good; else bad "$name: $1"; fi
}

for spec in ../specs/*.yaml conformance/specs/*.yaml; do
    name=$(basename "$spec" .yaml)
    rm -rf "$tmp/work" && mkdir -p "$tmp/work/specs" && cp "$spec" "$tmp/work/specs"
    [ ! -d "${spec%.yaml}" ] || cp -r "${spec%.yaml}" "$tmp/work/specs"
    in_work build -q || { bad "$name does not build"; continue; }
    rm -rf "$tmp/built" && cp -r "$tmp/work/specs" "$tmp/built"
    for kind in queue function; do
        if ! in_work add $kind new-one -q -s "specs/$name.yaml"; then # two would have one name
            same "add $kind, refused" "$spec"
            continue
        fi
        cp "$tmp/work/specs/$name.yaml" "$tmp/added"
        # All that was there is there, but for a map that was written on one line.
        changed=$(diff "$spec" "$tmp/added" | grep -c '^<')
        if [ "$changed" -le 1 ]; then good; else bad "$name: add $kind changes $changed lines"; fi
        in_work rename $kind new-one newer -q -s "specs/$name.yaml" && in_work rename $kind newer new-one -q -s "specs/$name.yaml"
        same "rename $kind, there and back" "$tmp/added"
        in_work remove $kind new-one -q -s "specs/$name.yaml"
        # A section that came with it may have left an empty line.
        if diff -qB "$spec" "$tmp/work/specs/$name.yaml" >/dev/null; then good; else bad "$name: add and remove $kind"; fi
        rm -rf "$tmp/work/specs" && cp -r "$tmp/built" "$tmp/work/specs"
    done
    if in_work fmt -q "specs/$name.yaml" && in_work build --check -q; then good; else bad "$name: fmt changes it: $(cat "$tmp/said")"; fi
done
echo "$passed passed, $failed failed"
