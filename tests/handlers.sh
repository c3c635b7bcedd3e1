#!/bin/sh
# handlers.sh - generated C and the runtime: compiled with warnings as errors by gcc and clang, run
# under sanitizers and valgrind against a script of calls, a hostile runtime API and a small SQS;
# packages for this machine and for arm64 are started as Lambda does.
set -u
cd "$(dirname "$0")/.." || exit
root=$PWD
build=$root/${BUILD:-build}/handlers-test
host=$(uname -m | sed s/aarch64/arm64/)
passed=0 failed=0 skipped=0
W="-Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wno-sign-conversion"
SAN="-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined"
rm -rf "$build/src" && mkdir -p "$build/src"
log=$build/log

# Adds up the `N passed, N failed` lines of a command; one that ends badly or without them has failed.
count() {
    name=$1
    shift
    "$@" >"$log" 2>&1
    code=$?
    numbers=$(sed -n 's/.*\([ :]\|^\)\([0-9]*\) passed, \([0-9]*\) failed.*/\2 \3/p' "$log" |
        awk '{ p += $1; f += $2 } END { if (NR) print p, f; else print 0, 0 }')
    passed=$((passed + ${numbers% *})) failed=$((failed + ${numbers#* }))
    if [ $code != 0 ] || [ "$numbers" = "0 0" ]; then
        [ "${numbers#* }" != 0 ] || failed=$((failed + 1))
        echo "handlers: $name"
        cut -c1-300 "$log" | head -60
    fi
}
# One thing that must succeed in silence or not.
try() {
    name=$1
    shift
    if "$@" >"$log" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "handlers: $name"
        cut -c1-300 "$log" | head -60
    fi
}
# One thing that must fail, and say why: a judge that never says no is none.
refuse() {
    name=$1 word=$2
    shift 2
    if "$@" >"$log" 2>&1 || ! grep -q -e "$word" "$log"; then
        failed=$((failed + 1))
        echo "handlers: $name is not refused"
        cut -c1-300 "$log" | head -20
    else
        passed=$((passed + 1))
    fi
}
skip() {
    skipped=$((skipped + 1))
    echo "skipped: $1"
}
have() { command -v "$1" >/dev/null 2>&1; }

# The systems that we ship, and one with every shape; built beside, so that the tree stays as it is.
cp -r specs "$build/src/"
cp -r tests/handlers/specs/. "$build/src/specs/"
cd "$build/src" || exit
find specs -name wgen.lock -delete
# The same shapes without the user's files: skeletons must compile as they are.
sed 's/^system: shapes/system: bare/' specs/shapes.yaml >specs/bare.yaml
printf '%s\n' 'workers:' '  helper: {serves: tasks, answers: flow}' 'workflows:' '  flow:' \
    '    stages: [{send: tasks, wait: callback, heartbeat: 5m, timeout: 1h,' \
    '      message: {taskToken: $$.Task.Token}}]' >>specs/bare.yaml
sed -i 's/^queues:/queues:\n  tasks: {}/' specs/bare.yaml
try "wgen build" "$WGEN" build specs
cd "$root" || exit
systems="webordinary ceap hybrid-ci-cd shapes bare"

for system in $systems; do
    out=$build/src/out/$system/handlers tests=$root/tests/handlers/$system
    for cc in gcc clang; do
        if have $cc; then
            try "$system with $cc" make -s -C "$out" CC=$cc BUILD="$build/$cc/$system" CFLAGS="-O2 $W" all
        else
            skip "$cc is not here"
        fi
    done
    [ "$system" = bare ] || count "tests of $system" make -s -k -C "$out" BUILD="$build/san/$system" CFLAGS="$SAN" \
        TESTS="$tests" test
done

try "strings of a spec, written" "${BUILD:-build}/unit/test_c_text" "$build/strings.c"
for cc in gcc clang; do
    have $cc || continue
    try "strings of a spec, $cc" $cc -std=c11 -Wall -Wextra -Wpedantic -Werror -Wtrigraphs -Wcomment \
        -o "$build/strings" "$build/strings.c"
    try "strings of a spec, compared" "$build/strings"
done

# shellcheck disable=SC2086 # flags are words
build_echo() {
    gcc -std=c11 -D_GNU_SOURCE $2 -Itemplates/runtime -o "$build/$1" tests/handlers/echo.c \
        templates/runtime/*.c -lcurl -ljansson -lpthread -lm
}
try "echo, sanitized" build_echo echo-san "$SAN"
try "echo" build_echo echo "-O2 -g"
# Valgrind takes longer than all that follows, and leaves a processor free.
if have valgrind; then
    python3 tests/handlers/hostile.py "$build/echo" valgrind -q --error-exitcode=97 --leak-check=full \
        --errors-for-leak-kinds=definite >"$build/valgrind.log" 2>&1 &
    valgrind=$!
else
    skip "valgrind is not here"
fi
count "a hostile runtime API" python3 tests/handlers/hostile.py "$build/echo-san"
count "signatures" python3 tests/handlers/signed.py "$build/gcc/webordinary/$host/intake" \
    "$build/gcc/webordinary/$host/process-attachment"
try "the worker, with the thread sanitizer" make -s -C "$build/src/out/webordinary/handlers" \
    BUILD="$build/tsan" CFLAGS="-O1 -g -fsanitize=thread" "$build/tsan/$host/container"
count "the worker" python3 tests/handlers/worker.py \
    "$build/tsan/$host/container"

# shellcheck disable=SC2046 # names of files
tidy() {
    clang-tidy --quiet --config-file=tests/handlers/clang-tidy.yaml $(find "$@" -name '*.c' \
        ! -path '*/runtime/*') -- -std=c11 -D_GNU_SOURCE -Itemplates/runtime -I"$1" -I"$2" -I"$2/lib"
}
if have clang-tidy; then
    for system in $systems; do
        try "clang-tidy of $system" tidy "$build/src/out/$system/handlers" \
            "$build/src/specs/$system/handlers"
    done
    try "clang-tidy of the runtime" clang-tidy --quiet \
        --config-file=tests/handlers/clang-tidy.yaml templates/runtime/*.c -- -std=c11 -D_GNU_SOURCE
else
    skip "clang-tidy is not here"
fi

# Each of the judges above says no to what is bad.
bad=tests/handlers/bad
# shellcheck disable=SC2086 # flags are words
compiled() { $1 -std=c11 -D_GNU_SOURCE $2 -o "$build/bad" "$bad/$3.c" -lpthread && "$build/bad"; }
for cc in gcc clang; do
    have $cc || continue
    refuse "a warning by $cc" "unused parameter" compiled $cc "$W" warns
    refuse "a narrowing by $cc" "conversion" compiled $cc "$W" narrows
    refuse "an extension by $cc" "pedantic\\|gnu-statement" compiled $cc "$W" extends
done
refuse "a byte too far, sanitized," heap-buffer-overflow compiled gcc "$SAN" overruns
refuse "an overflow, sanitized," "signed integer overflow" compiled gcc "$SAN" overflows
refuse "a leak, sanitized," LeakSanitizer compiled gcc "$SAN" leaks
refuse "a race, sanitized," "data race" compiled gcc "-O1 -g -fsanitize=thread" races
tidied() { clang-tidy --quiet --config-file=tests/handlers/clang-tidy.yaml "$bad/$1.c" -- -std=c11; }
if have clang-tidy; then
    refuse "what is freed, by clang-tidy," "clang-analyzer-unix.Malloc" tidied forgets
    refuse "a division, by clang-tidy," "bugprone-integer-division" tidied divides
fi
checked() {
    gcc -g -o "$build/bad" "$bad/$1.c" && valgrind -q --error-exitcode=97 --leak-check=full \
        --errors-for-leak-kinds=definite "$build/bad"
}
if have valgrind; then
    refuse "a byte too far, by valgrind," "Invalid write" checked overruns
    refuse "a leak, by valgrind," "definitely lost" checked leaks
fi

proved=
prove() { make -s -C "$build/src/out/$1/handlers" BUILD="$build/prove/$1" PACKAGE_ARCH="$2" CFLAGS="-O2 -g $W" prove; }
arm64() { make -s -C "$build/src/out/$1/handlers" BUILD="$build/prove/clang-$1" ARCH=arm64 CC="clang --target=aarch64-linux-gnu" CFLAGS="-O0 $W" all; }
if have zip; then
    try "a package, started as Lambda does" prove hybrid-ci-cd "$host"
    proved=$host
else
    skip "zip is not here"
fi
if have zip && have aarch64-linux-gnu-gcc && have qemu-aarch64-static && have apt-get; then
    for system in webordinary ceap hybrid-ci-cd; do
        try "$system for arm64, started through qemu" prove "$system" arm64
        if have clang; then try "$system for arm64 with clang" arm64 "$system"; fi
    done
else
    skip "gcc-aarch64-linux-gnu or qemu-user-static is not here"
fi

# Packages of each processor that was tried are below 8 MB.
are_small() {
    for arch in "$@"; do
        find "$build/prove" -path "*/package/$arch/*.zip" | grep -q . || { echo "no package for $arch"; return 1; }
    done
    large=$(find "$build/prove" -name '*.zip' -size +7999999c)
    [ -z "$large" ] || { echo "$large"; return 1; }
}
# shellcheck disable=SC2086 # words
[ -z "$proved" ] || try "packages are below 8 MB" are_small $proved

finish_valgrind() {
    wait "$valgrind"
    code=$?
    cat "$build/valgrind.log"
    return $code
}
[ -z "${valgrind:-}" ] || count "a hostile runtime API, under valgrind" finish_valgrind
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
