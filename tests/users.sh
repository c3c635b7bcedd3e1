#!/bin/sh
# users.sh - users come, go, move and change at random, written in any way that YAML has for it: what
# is built on what the last build left is what is built from nothing of the same users, written
# another way. STEPS and SEED say how many changes, and which.
set -u
cd "$(dirname "$0")" || exit
passed=0 failed=0
tmp=$(mktemp -d "$([ -d /dev/shm ] && echo /dev/shm || echo "${TMPDIR:-/tmp}")/wgen-users.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
seed=${SEED:-20240229}

# Two specs for each step, N.a and N.b; N.users, who is there; N.twins if somebody is twice.
awk -v steps="${STEPS:-120}" -v seed="$seed" -v dir="$tmp" '
function pick(below) { seed = (seed * 16807) % 2147483647; return int(seed / 64) % below }
function new_name(    n) {
    n = ++last
    return pick(9) ? "u" n : pick(2) ? "w" pick(8) : pick(2) ? n "th" : pick(2) ? "User" n : pick(2) ? "u-" n : "u_" n
}
function add_project() { users[++projects] = 0; name[projects] = pick(5) ? "p" ++last : "p-" ++last }
function first_of(p, who,    i) { for (i = 1; user[p, i] != who; i++); return i }
function has_twins(p,    i) {
    for (i = users[p]; i > 0; i--) if (first_of(p, user[p, i]) < i) return i
    return 0
}
function add_user(p) { user[p, ++users[p]] = new_name(); days[p, users[p]] = own[p, users[p]] = 0; if (has_twins(p)) users[p]-- }
function swap(p, i, j,    x) {
    x = user[p, i]; user[p, i] = user[p, j]; user[p, j] = x
    x = days[p, i]; days[p, i] = days[p, j]; days[p, j] = x
    x = own[p, i]; own[p, i] = own[p, j]; own[p, j] = x
}
function drop(p, at) { for (; at < users[p]; at++) swap(p, at, at + 1); users[p]-- }
function swap_projects(p, q,    i, most, x) {
    most = users[p] > users[q] ? users[p] : users[q]
    for (i = 1; i <= most; i++) {
        x = user[p, i]; user[p, i] = user[q, i]; user[q, i] = x
        x = days[p, i]; days[p, i] = days[q, i]; days[q, i] = x
        x = own[p, i]; own[p, i] = own[q, i]; own[q, i] = x
    }
    x = users[p]; users[p] = users[q]; users[q] = x
    x = name[p]; name[p] = name[q]; name[q] = x
}
function sort_users(p,    i, j) {
    for (i = 2; i <= users[p]; i++)
        for (j = i; j > 1 && (user[p, j - 1] "") > (user[p, j] ""); j--) swap(p, j - 1, j)
}
function edit(    p, what, at) {
    p = 1 + pick(projects); what = pick(12); at = 1 + pick(users[p] + 1)
    if (what < 4) { add_user(p); if (pick(2)) sort_users(p) }
    else if (what == 4 && at <= users[p]) drop(p, at)
    else if (what == 5 && at <= users[p]) swap(p, at, 1 + pick(users[p]))
    else if (what == 6 && at <= users[p]) days[p, at] = pick(4)
    else if (what == 7 && at <= users[p] && !pick(4)) own[p, at] = "own-" ++last
    else if (what == 8 && projects < 40) { add_project(); add_user(projects) }
    else if (what == 9) swap_projects(p, 1 + pick(projects))
    else if (what == 10 && !pick(6)) { swap_projects(p, projects); projects-- }
    else if (what == 11 && users[p] && !pick(4)) { add_user(p); user[p, users[p]] = user[p, 1] }
}
function fields(p, i) {
    return "{" (days[p, i] ? "days: " days[p, i] "d" : "") (days[p, i] && own[p, i] ? ", " : "") (own[p, i] ? "id: " own[p, i] : "") "}"
}
function quoted(s,    how) { how = pick(12); return how == 0 ? "\"" s "\"" : how == 1 ? "\047" s "\047" : s }
function put_project(p, plain,    i, style, any, line) {
    any = 0
    for (i = 1; i <= users[p]; i++) any = any || days[p, i] || own[p, i]
    style = plain && !any ? 0 : pick(has_twins(p) ? 3 : 4)
    line = "  " name[p] ":"
    if (style == 0 || (style == 1 && any)) {
        line = line " ["
        for (i = 1; i <= users[p]; i++)
            line = line (i > 1 ? (plain || pick(12) ? ", " : ",\n      ") : "") \
                (days[p, i] || own[p, i] ? "{" user[p, i] ": " fields(p, i) "}" : plain ? user[p, i] : quoted(user[p, i]))
        line = line "]" (plain || pick(20) ? "" : " # who is there")
    } else if (style == 1) {
        line = line " [ "
        for (i = 1; i <= users[p]; i++) line = line (i > 1 ? "," : "") user[p, i]
        line = line " ]"
    } else {
        for (i = 1; i <= users[p]; i++)
            line = line "\n    " (style == 2 ? "- " : "") user[p, i] \
                (days[p, i] || own[p, i] ? ": " fields(p, i) : style == 2 ? "" : pick(2) ? ":" : ": {}")
        if (!users[p]) line = line " []"
    }
    return line
}
function put(file, plain,    i) {
    print "system: shop\nregion: eu-west-1\nqueues:\n  jobs: {per: user}\n  mail: {per: user, dead-letter: {alarm: {depth: 0, each: true}}}\n  more: {per: user}\n  notes: {per: project}\nblueprints:\n  one: {stages: [{call: {id: fetch}}]}\nworkflows:" > file
    for (i = 0; i < 6; i++) print "  w" i ": {blueprint: one}" > file
    print "projects:" > file
    for (i = 1; i <= projects; i++) print put_project(i, plain) > file
    close(file)
}
function tell_twins(file,    p, i) {
    for (p = 1; p <= projects; p++) if ((i = has_twins(p)) > 0) { print name[p] "/" user[p, i] > file; close(file) }
}
function tell_users(file,    p, i) {
    for (p = 1; p <= projects; p++) for (i = 1; i <= users[p]; i++) print name[p] "/" user[p, i] > file
    close(file)
}
BEGIN {
    for (p = 1; p <= 25; p++) { add_project(); for (i = pick(14); i >= 0; i--) add_user(p) }
    for (step = 1; step <= steps; step++) {
        for (p = 1; p <= projects; p++) while ((i = has_twins(p)) > 0) drop(p, i) # of the step before
        for (i = pick(3); i >= 0; i--) edit()
        tell_users(dir "/" step ".users")
        tell_twins(dir "/" step ".twins")
        put(dir "/" step ".a", pick(3)); put(dir "/" step ".b", 0)
    }
}' || exit

said() { sed -n 's/.*: error: //p; s/.*: warning: //p' "$1" | sort; }
build() ( # FOLDER LOG
    cd "$1" && "$WGEN" build --format short specs/shop.yaml >"$2" 2>&1
)
everybody_is_there() {
    sort "$tmp/$step.users" >"$tmp/wanted"
    sed -n 's/^  "\(.*\)": {"project": .*/\1/p' "$tmp"/a/out/shop/terraform/*/users.json | sort >"$tmp/built"
    sed -n 's/^user \(.*\) [0-9]*$/\1/p' "$tmp/a/specs/shop/wgen.lock" | sort >"$tmp/locked"
    diff "$tmp/wanted" "$tmp/built" >"$tmp/diff" && diff "$tmp/wanted" "$tmp/locked" >"$tmp/diff"
}
same() {
    said "$tmp/a.log" >"$tmp/a.said" && said "$tmp/b.log" >"$tmp/b.said" || return
    cmp -s "$tmp/a.said" "$tmp/b.said" && [ "$a" = "$b" ] || return
    if [ -f "$tmp/$step.twins" ]; then
        grep -q "$(cat "$tmp/$step.twins").* is there twice" "$tmp/a.log"
        return
    fi
    [ "$a" != 0 ] && return
    built=$((built + 1))
    everybody_is_there && diff -r -x .cache "$tmp/a/out" "$tmp/b/out" >"$tmp/diff" && cmp -s "$tmp/a/specs/shop/wgen.lock" "$tmp/b/specs/shop/wgen.lock"
}

mkdir -p "$tmp/a/specs/shop" && step=0 built=0
while step=$((step + 1)) && [ -f "$tmp/$step.a" ]; do
    rm -rf "$tmp/b" && mkdir -p "$tmp/b/specs" && cp -r "$tmp/a/specs/shop" "$tmp/b/specs"
    cp "$tmp/$step.a" "$tmp/a/specs/shop.yaml" && cp "$tmp/$step.b" "$tmp/b/specs/shop.yaml"
    build "$tmp/a" "$tmp/a.log"
    a=$?
    build "$tmp/b" "$tmp/b.log"
    b=$?
    if same; then
        passed=$((passed + 1))
    else
        echo "users: step $step of seed $seed: $a and $b"
        { diff "$tmp/a.said" "$tmp/b.said" && cat "$tmp/diff"; } | head -n 6
        failed=$((failed + 1))
    fi
done
# Mistakes are to be seen, and are not to be all that is seen.
if [ "$built" -gt $((step / 2)) ] && [ "$built" -lt "$passed" ]; then passed=$((passed + 1)); else
    echo "users: $built of $step steps can be built"
    failed=$((failed + 1))
fi
[ -z "${TELL:-}" ] || echo "$built of $step built"
echo "$passed passed, $failed failed"
