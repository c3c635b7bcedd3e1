#!/bin/sh
# environment.sh - strange places to run in. Outputs are the same bytes in all of them, and nothing
# ends by a signal.
set -u
. "$TESTS/torture/lib.sh"

make_states || exit 1

same() { # WHAT COMMAND...: builds old -> new, and must get there
    what=$1
    shift
    begin old new
    (cd "$tmp/work" && "$@") >"$tmp/log" 2>&1
    code=$?
    if [ $code = 0 ] && is new; then pass; else fail "$what: exit code $code, $(head -c 200 "$tmp/log")"; fi
}
ends() { # WHAT CODE WORDS COMMAND...: ends so, and says so
    what=$1 wanted=$2 words=$3
    shift 3
    "$@" >"$tmp/log" 2>&1
    code=$?
    if [ $code = "$wanted" ] && grep -q "$words" "$tmp/log"; then pass; else fail "$what: exit code $code, $(head -c 200 "$tmp/log")"; fi
}

for locale in C C.UTF-8 de_DE.UTF-8 tr_TR.UTF-8 zz; do same "LC_ALL=$locale" env LC_ALL=$locale LANG=$locale $wgen build -q; done
for zone in UTC Pacific/Chatham nowhere; do same "TZ=$zone" env TZ=$zone $wgen build -q; done
for mask in 022 077 000; do same "umask $mask" sh -c "umask $mask && $wgen build -q"; done
for columns in -1 0 1 1000000000 x; do same "COLUMNS=$columns" env COLUMNS=$columns $wgen build -q; done
same 'no environment' env -i $wgen build -q
same 'HOME=/dev/null' env HOME=/dev/null TMPDIR=/nowhere PATH=/nowhere $wgen build -q
same 'MALLOC_PERTURB_' env MALLOC_PERTURB_=165 $wgen build -q
same 'SOURCE_DATE_EPOCH' env SOURCE_DATE_EPOCH=junk $wgen build -q
same 'a stack of 256 KiB' sh -c "ulimit -s 256 && exec $wgen build -q"
same 'no address space layout' setarch -R $wgen build -q
same 'specs by another name' $wgen build -q specs/../specs/
same 'specs by a full name' sh -c "exec $wgen build -q \"\$PWD/specs/shop.yaml\""
same 'deeper' sh -c "mkdir -p d/e && cd d/e && $wgen -C ../.. build -q"
same 'nobody' sh -c "chown -R 65534:65534 . && exec setpriv --reuid 65534 --regid 65534 --clear-groups $wgen build -q"

# Descriptors that are closed must not become somebody's standard output.
for closed in '<&-' '>&-' '2>&-' '<&- >&-' '<&- 2>&-' '>&- 2>&-' '<&- >&- 2>&-'; do
    same "closed: $closed" sh -c "$wgen build -q $closed"
done

# Resources.
ends 'four descriptors' 4 'Too many open files' sh -c "ulimit -n 4 && cd '$tmp/old' && $wgen build -q"
(ulimit -v 65536 && cd "$tmp/new" && exec $wgen build -q) >"$tmp/log" 2>&1 && pass || fail "64 MiB: $(cat "$tmp/log")"
begin old new
ends 'a folder that is gone' 4 'no folder' sh -c "mkdir '$tmp/gone' && cd '$tmp/gone' && rmdir '$tmp/gone' && exec $wgen check"
ends 'no arguments at all' 2 'Commands:' perl -e 'exec { $ARGV[0] } () or exit 9' "$WGEN"
ends 'a very long argument' 4 'cannot' "$WGEN" check "$(head -c 100000 /dev/zero | tr '\0' x)"
ends 'control characters in an argument' 4 'u{1b}' "$WGEN" check "$(printf 'a\033[31m.yaml')"

# Directories without rights.
if command -v setpriv >/dev/null; then
    begin old new
    chmod -R a+rwX "$tmp" "$tmp/work"
    chmod a-w "$tmp/work/out/shop/cloudformation"
    ends 'a folder that cannot be written' 4 'error\[no-permission\]' setpriv --reuid 65534 --regid 65534 --clear-groups $wgen -C "$tmp/work" build -q
    begin old new
    chmod a-rwx "$tmp/work/specs/shop.yaml"
    ends 'a spec that cannot be read' 4 'Permission denied' setpriv --reuid 65534 --regid 65534 --clear-groups $wgen -C "$tmp/work" build -q
fi

# Colour: on a terminal, or where it is asked for.
colour() { # WANTED COMMAND...
    wanted=$1
    shift
    (cd "$tmp" && "$@") >"$tmp/log" 2>&1
    if grep -q "$(printf '\033')" "$tmp/log"; then got=yes; else got=no; fi
    [ $got = "$wanted" ] && pass || fail "colour of $*: $got"
}
colour no $wgen check nowhere.yaml
colour yes $wgen check nowhere.yaml --color=always
colour yes env CLICOLOR_FORCE=1 $wgen check nowhere.yaml
colour yes env FORCE_COLOR=1 $wgen check nowhere.yaml
colour no env FORCE_COLOR=1 NO_COLOR=1 $wgen check nowhere.yaml
colour yes env FORCE_COLOR=1 NO_COLOR= $wgen check nowhere.yaml
colour no env FORCE_COLOR=1 $wgen check nowhere.yaml --color=never
if command -v script >/dev/null; then
    colour yes env TERM=xterm script -qec "$wgen check nowhere.yaml" /dev/null
    colour no env TERM=dumb script -qec "$wgen check nowhere.yaml" /dev/null
    colour no env TERM=xterm NO_COLOR=1 script -qec "$wgen check nowhere.yaml" /dev/null
fi

# What it asks of the kernel: nothing of networks, and no other program.
begin old new
strace -f -o "$tmp/trace" -e trace=network,execve,execveat,fork,vfork,ptrace $wgen -C "$tmp/work" build -q
extra=$(grep -v 'execve("[^"]*wgen"\|^[0-9]* *+++' "$tmp/trace")
[ -z "$extra" ] && pass || fail "system calls: $extra"
begin old new
strace -f -o "$tmp/trace" $wgen -C "$tmp/work" build -q
for command in 'check' 'build --check' 'explain --list' 'help build' 'version'; do
    # shellcheck disable=SC2086 # words
    strace -f -o "$tmp/trace.one" $wgen -C "$tmp/work" $command >/dev/null 2>&1
    cat "$tmp/trace.one" >>"$tmp/trace"
done
awk '{ sub(/^[0-9]+ +/, ""); if (match($0, /^[a-z_0-9]+\(/)) print substr($0, 1, RLENGTH - 1) }' "$tmp/trace" | sort -u >"$tmp/calls"
extra=$(grep -vxFf "$TESTS/torture/syscalls" "$tmp/calls")
[ -z "$extra" ] && pass || fail "system calls that are not in torture/syscalls:" $extra
echo "$passed passed, $failed failed"
