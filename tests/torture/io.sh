#!/bin/sh
# io.sh - every system call that touches files fails once, in every way that it could. Either all
# is new and nothing was said, or all is old and the message says what failed; and the next build
# makes it right.
set -u
. "$TESTS/torture/lib.sh"

always='' # what fails every time as well
try() { # FROM TO SYSCALL N ERROR
    begin "$1" "$2"
    # shellcheck disable=SC2086 # words
    strace -f -o "$tmp/calls" $always -e "inject=$3:error=$5:when=$4" $wgen -C "$tmp/work" build -q >"$tmp/log" 2>&1
    code=$?
    where="$1 -> $2, $5 from $3 number $4"
    case $code in
    0) is "$2" || { fail "$where: content, and not new"; return; } ;;
    4)
        is "$1" || [ -e "$tmp/work/out/.wgen/commit" ] || { fail "$where: not as before"; return; }
        # Each thread's own call fails: with that of the other one, it can be the one that says so.
        grep -q 'error\[[a-z-]*\]: ' "$tmp/log" || grep -q 'write(2, .*INJECTED' "$tmp/calls" || { fail "$where: no message"; return; }
        ;;
    *) fail "$where: exit code $code: $(cat "$tmp/log")" && return ;;
    esac
    if [ "$5" = EINTR ] && [ $code != 0 ]; then
        fail "$where: gives up: $(cat "$tmp/log")"
        return
    fi
    $wgen -C "$tmp/work" build -q >"$tmp/log" 2>&1 || { fail "$where: not healed: $(cat "$tmp/log")"; return; }
    is "$2" && ! litter || { fail "$where: healed to something else"; return; }
    pass
}

errors() {
    case $1 in
    openat) echo EMFILE EINTR ;;
    write) echo ENOSPC EINTR ;;
    read) echo EIO EINTR ;;
    close) echo EIO ;;
    fsync | syncfs) echo EIO ;;
    mkdir | mkdirat) echo EDQUOT ;;
    renameat | renameat2) echo EACCES EROFS ;;
    flock) echo ENOLCK EINTR ;;
    unlinkat) echo EROFS ;;
    esac
}

make_states || exit 1
calls='openat write read close mkdir mkdirat flock fsync syncfs renameat renameat2 unlinkat'
for pair in 'fresh old' 'new less'; do
    # shellcheck disable=SC2086 # two words
    set -- $pair
    begin "$1" "$2"
    strace -f -o "$tmp/trace" $wgen -C "$tmp/work" build -q || fail "$pair: does not build"
    points "$tmp/trace" '"specs' >"$tmp/points"
    while read -r call n; do
        for error in $(errors "$call"); do try "$1" "$2" "$call" "$n" "$error"; done
    done <"$tmp/points"
done

# A file system that does not know how to exchange two names, nor to rename without replacing: what was
# replaced there cannot be taken back, and is finished by the next build.
always='-e inject=renameat2:error=EINVAL'
for pair in 'fresh old' 'old new' 'new less'; do
    # shellcheck disable=SC2086 # two words
    set -- $pair
    begin "$1" "$2"
    # shellcheck disable=SC2086 # words
    strace -f -o "$tmp/trace" -e trace=renameat,renameat2 $always $wgen -C "$tmp/work" build -q && is "$2" && ! litter && pass ||
        fail "$pair without renameat2: not built"
    for n in $(seq "$(grep -c 'renameat(' "$tmp/trace")"); do try "$1" "$2" renameat "$n" EACCES; done
done
always=

# Writes that take a byte or two and are interrupted again and again.
cat >"$tmp/short.c" <<'END'
#define _GNU_SOURCE
#include <errno.h>
#include <dlfcn.h>
#include <unistd.h>
ssize_t write(int fd, const void *from, size_t n) {
    static unsigned calls;
    if (++calls % 3 == 0) {
        errno = EINTR;
        return -1;
    }
    ssize_t (*real)(int, const void *, size_t) = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    return real(fd, from, n > 7 ? 7 : n);
}
END
if cc -shared -fPIC -o "$tmp/short.so" "$tmp/short.c" 2>/dev/null; then
    begin old new
    LD_PRELOAD=$tmp/short.so $wgen -C "$tmp/work" build >"$tmp/log" 2>&1 && is new && grep -q 'written, ' "$tmp/log" && pass ||
        fail "short writes: $(cat "$tmp/log")"
fi

# No file may be larger than a kilobyte, which must not end the process by a signal.
begin fresh old
(ulimit -f 1; exec $wgen -C "$tmp/work" build -q) >"$tmp/log" 2>&1
[ $? = 4 ] && is fresh && ! litter && grep -q 'too large' "$tmp/log" && pass || fail "file size limit: $(cat "$tmp/log")"

# A disk that is full, and standard output on one.
mkdir "$tmp/disk"
if mount -t tmpfs -o size=16k,mode=700 tmpfs "$tmp/disk" 2>/dev/null; then
    begin fresh old
    $wgen -C "$tmp/work" build -q -o "$tmp/disk/out" >"$tmp/log" 2>&1
    code=$?
    left=$(find "$tmp/disk" -mindepth 1)
    umount "$tmp/disk"
    [ $code = 4 ] && [ -z "$left" ] && grep -q 'No space left' "$tmp/log" && pass || fail "full disk: $code $left $(cat "$tmp/log")"
fi
$WGEN help >/dev/full 2>"$tmp/log"
[ $? = 4 ] && grep -q 'No space left' "$tmp/log" && pass || fail "/dev/full: $(cat "$tmp/log")"
echo "$passed passed, $failed failed"
