#!/bin/sh
# prompt.sh - completions and manual pages, which wgen makes of its own tables: that shells and mandoc take
# them, and what they complete; colours and progress on a terminal. `prompt.sh install WGEN SHARE` puts them where these look for them.
set -u
pages='bash:bash-completion/completions/wgen zsh:zsh/site-functions/_wgen fish:fish/vendor_completions.d/wgen.fish'

if [ "${1:-}" = install ] || [ "${1:-}" = uninstall ]; then
    for page in $pages; do
        rm -f "$3/${page#*:}"
        [ "$1" = uninstall ] || { mkdir -p "$(dirname "$3/${page#*:}")" && "$2" completion "${page%%:*}" >"$3/${page#*:}"; }
    done
    rm -f "$3/man/man1/wgen.1" "$3/man/man5/wgen-spec.5"
    [ "$1" = install ] || exit 0
    mkdir -p "$3/man/man1" "$3/man/man5"
    "$2" man wgen >"$3/man/man1/wgen.1" && "$2" man spec >"$3/man/man5/wgen-spec.5"
    exit
fi

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
passed=0 failed=0 skipped=0
# `is WHAT WANTED FOUND`
is() {
    if [ "$2" = "$3" ]; then
        passed=$((passed + 1))
    else
        printf 'prompt: %s: wanted "%s", found "%s"\n' "$1" "$2" "$3"
        failed=$((failed + 1))
    fi
}
lacks() {
    command -v "$1" >/dev/null && return 1
    echo "skipped: $1 is not here"
    skipped=$((skipped + 1))
}

for shell in bash zsh fish; do "$WGEN" completion $shell >"$tmp/$shell"; done
"$WGEN" man >"$tmp/wgen.1"
"$WGEN" man spec >"$tmp/wgen-spec.5"

# What is completed: the words before, and the one that is begun.
in_bash() {
    bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); cd /; _wgen; echo "${COMPREPLY[*]}"' - "$tmp/bash" "$@"
}
in_fish() { fish -c "cd /; source $tmp/fish; complete -C '$*'" | cut -f1 | sort | tr '\n' ' ' | sed 's/ $//'; }
if ! lacks bash; then
    is 'bash, a command' 'build' "$(in_bash wgen bu)"
    is 'bash, an option' '--format --fix' "$(in_bash wgen check --f)"
    is 'bash, a value' 'sarif' "$(in_bash wgen check --format sa)"
    is 'bash, a kind' 'queue quality' "$(in_bash wgen add qu | tr ' ' '\n' | sort -r | tr '\n' ' ' | sed 's/ $//')"
    is 'bash, behind options' 'remove rename' "$(in_bash wgen -q re)"
fi
if ! lacks fish; then
    is 'fish, a command' 'build' "$(in_fish wgen bu)"
    is 'fish, a value' 'sarif' "$(in_fish wgen check --format sa)"
    is 'fish, a kind' 'queue' "$(in_fish wgen add que)"
    is 'fish, its own option' '--dump' "$(in_fish wgen build --du)"
    is 'fish, not of another one' '' "$(in_fish wgen check --du)"
fi

# zsh completes on a terminal only: what is on its line after the Tab.
in_zsh() {
    mkdir -p "$tmp/fpath" && cp "$tmp/zsh" "$tmp/fpath/_wgen"
    python3 - "$tmp/fpath" "$1" <<'END'
import os, pty, re, select, sys, time
pid, terminal = pty.fork()
if not pid:
    os.execvpe("zsh", ["zsh", "-f", "-i"], {**os.environ, "TERM": "dumb", "PS1": ""})
def read(is_done): # until it is, and nothing more comes
    said, end, lines = "", time.time() + 20, [""]
    while time.time() < end:
        if select.select([terminal], [], [], 0.1)[0]:
            said += os.read(terminal, 65536).decode(errors="replace")
            lines = [l.strip() for l in re.split("[\r\n]", re.sub("\x1b\\[[?0-9;]*[a-zA-Z]", "", said).rstrip("\r\n"))]
        elif is_done(lines):
            break
    return lines[-1]
os.write(terminal, f"fpath=({sys.argv[1]} $fpath); autoload -U compinit; compinit -u -D; cd /; echo REA''DY\n".encode())
read(lambda lines: "READY" in lines)
os.write(terminal, sys.argv[2].encode() + b"\t")
print(read(lambda lines: len(lines[-1]) > len(sys.argv[2])))
os.close(terminal)
END
}
if ! lacks zsh; then
    is 'zsh' '' "$(zsh -n "$tmp/zsh" 2>&1)"
    is 'zsh, a command' 'wgen build' "$(in_zsh 'wgen bu')"
    is 'zsh, a value' 'wgen check --format sarif' "$(in_zsh 'wgen check --format sa')"
    is 'zsh, a kind' 'wgen add queue' "$(in_zsh 'wgen add que')"
fi
if ! lacks mandoc; then
    is 'mandoc' '' "$(mandoc -T lint -W warning "$tmp/wgen.1" "$tmp/wgen-spec.5" 2>&1)"
    for command in $("$WGEN" help | sed -n '/^Commands/,/^$/s/^  \([a-z-]*\) .*/\1/p'); do
        is "wgen.1 on $command" 1 "$(grep -cE "^\.SS wgen $command( |\$)" "$tmp/wgen.1")"
    done
fi

# man itself, which is groff's.
if ! lacks man; then
    is 'man' '' "$(for page in wgen.1 wgen-spec.5; do MANWIDTH=80 LC_ALL=C.UTF-8 man --warnings -l "$tmp/$page" 2>&1 >/dev/null; done)"
fi

# On a terminal. `on_terminal [NAME=VALUE...] COMMAND...` runs it there.
on_terminal() {
    python3 -c 'import os, pty, sys
def read(fd):
    try:
        return os.read(fd, 65536)
    except OSError:
        return b""
pid, fd = pty.fork()
if not pid:
    os.execvp(sys.argv[1], sys.argv[1:])
while said := read(fd):
    os.write(1, said)' env -u NO_COLOR -u CLICOLOR -u CLICOLOR_FORCE -u FORCE_COLOR TERM=xterm "$@"
}
has_escapes() { if od -An -c | grep -q '033'; then echo yes; else echo no; fi; }
printf 'system: bad\nquues: {}\n' >"$tmp/bad.yaml"
printf 'system: good\nregion: eu-west-1\nqueues: {q: {}}\n' >"$tmp/good.yaml"
if ! lacks python3; then
    is 'colour on a terminal' yes "$(on_terminal "$WGEN" check "$tmp/bad.yaml" | has_escapes)"
    is 'colour, NO_COLOR empty' yes "$(on_terminal NO_COLOR= "$WGEN" check "$tmp/bad.yaml" | has_escapes)"
    is 'colour, NO_COLOR' no "$(on_terminal NO_COLOR=1 "$WGEN" check "$tmp/bad.yaml" | has_escapes)"
    is 'colour, CLICOLOR=0' no "$(on_terminal CLICOLOR=0 "$WGEN" check "$tmp/bad.yaml" | has_escapes)"
    is 'colour, TERM=dumb' no "$(on_terminal TERM=dumb "$WGEN" check "$tmp/bad.yaml" | has_escapes)"
    is 'colour, no TERM' no "$(on_terminal -u TERM "$WGEN" check "$tmp/bad.yaml" | has_escapes)"
    is 'colour, --color never' no "$(on_terminal "$WGEN" check --color never "$tmp/bad.yaml" | has_escapes)"
    is 'colour, NO_COLOR and --color always' yes "$(on_terminal NO_COLOR=1 "$WGEN" check --color always "$tmp/bad.yaml" | has_escapes)"
    is 'colour, only standard output is one' no "$(on_terminal sh -c "'$WGEN' check '$tmp/bad.yaml' 2>'$tmp/said'; cat '$tmp/said'" | has_escapes)"
    # It has waited for half a second before it reads the spec.
    slowly="(sleep 0.6; cat '$tmp/good.yaml') | '$WGEN' check --stdin-name good.yaml"
    is 'progress on a terminal' 1 "$(on_terminal sh -c "$slowly -" | grep -c '1 of 1 systems, good')"
    is 'progress, and it is gone' 1 "$(on_terminal sh -c "$slowly -" | tr '\r' '\n' | sed -n '$!d; /^.\[Kwgen: 1 system checked/p; /^$/p' | wc -l | tr -d ' ')"
    is 'progress, before half a second' 0 "$(on_terminal "$WGEN" check "$tmp/good.yaml" | grep -c '1 of 1 systems')"
    is 'progress, --quiet' 0 "$(on_terminal sh -c "$slowly -q -" | grep -c '1 of 1 systems')"
    is 'progress, TERM=dumb' 0 "$(on_terminal TERM=dumb sh -c "$slowly -" | grep -c '1 of 1 systems')"
fi
is 'colour in a pipe' no "$(env TERM=xterm "$WGEN" check "$tmp/bad.yaml" 2>&1 | has_escapes)"
is 'colour in a pipe, FORCE_COLOR' yes "$(FORCE_COLOR=1 "$WGEN" check "$tmp/bad.yaml" 2>&1 | has_escapes)"
is 'colour in a pipe, CLICOLOR_FORCE' yes "$(CLICOLOR_FORCE=1 "$WGEN" check "$tmp/bad.yaml" 2>&1 | has_escapes)"
is 'colour in a pipe, --color always' yes "$("$WGEN" check --color always "$tmp/bad.yaml" 2>&1 | has_escapes)"
is 'progress in a pipe' 0 "$( (sleep 0.6; cat "$tmp/good.yaml") | TERM=xterm "$WGEN" check --stdin-name good.yaml - 2>&1 | grep -c '1 of 1 systems')"

# Help begins with examples, and every one of them is a command line that wgen takes, in a folder that has
# what they name. `local` starts programs.
orders() {
    rm -rf "$tmp/orders" && cd "$tmp" && mkdir -p orders/specs orders/deployed orders/.zfunc orders/.config/fish/completions || exit
    cd orders && HOME=$PWD || exit
    printf 'system: orders\nprojects: {amelia: [jane]}\nqueues: {orders: {}}\ntables: {sessions: {key: id}}\n' | tee specs/orders.yaml >orders.yaml
}
PATH=$(dirname "$WGEN"):$PATH
for command in $("$WGEN" help | sed -n '/^Commands/,/^$/s/^  \([a-z-]*\) .*/\1/p'); do
    "$WGEN" help "$command" | sed -n '3,/^$/{/./p}' | sed 's/^  //; s/  *# .*//' >"$tmp/examples"
    is "help $command, its first words" 1 "$(grep -c "wgen.* $command" "$tmp/examples" | sed 's/^[1-9].*/1/')"
    while [ "$command" != local ] && read -r line; do
        said=$(orders; eval "timeout 20 $line" 2>&1 </dev/null) || [ $? != 2 ] || is "$line" '' "$said"
        passed=$((passed + 1))
    done <"$tmp/examples"
done
[ $skipped = 0 ] || failed_words=", $skipped skipped"
echo "$passed passed, $failed failed${failed_words:-}"
[ $failed = 0 ]
