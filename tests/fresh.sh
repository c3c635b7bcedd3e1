#!/bin/sh
# fresh.sh [TARGET...] - proves that the README's commands work on a machine with nothing on it: makes
# a minimal Debian with git and make alone, clones the committed state of this repository into it
# and runs `make TARGET` there (demo and test). Needs root and debootstrap; the packages come from
# where this machine gets its own. FRESH is the folder that it is made in, and is kept if it is given.
set -eu
cd "$(dirname "$0")/.."
[ $# != 0 ] || set -- demo test
for tool in debootstrap chroot mount; do
    command -v "$tool" >/dev/null || {
        echo "fresh.sh: $tool is not here"
        exit 4
    }
done
# shellcheck disable=SC1091 # a file of every Debian
. /etc/os-release
# shellcheck disable=SC2016 # apt fills these in
mirror=$(apt-get indextargets --format '$(SUITE) $(REPO_URI)' 'Created-By: Packages' |
    awk -v suite="$VERSION_CODENAME" '$1 == suite { print $2; exit }')
root=${FRESH:-$(mktemp -d)}
unmount() {
    for inside in proc dev sys; do umount -l "$root/$inside" 2>/dev/null || true; done
}
finish() {
    unmount
    [ "${FRESH:-}" ] || rm -rf --one-file-system "$root"
}
trap finish EXIT
trap 'exit 130' INT TERM

if [ ! -e "$root/usr/bin/git" ]; then
    echo "making a minimal Debian $VERSION_CODENAME in $root"
    debootstrap --variant=minbase --include=git,make,ca-certificates "$VERSION_CODENAME" "$root" "$mirror" >"$root.log" 2>&1 || {
        tail "$root.log"
        exit 4
    }
    rm -f "$root.log"
fi
cp /etc/resolv.conf "$root/etc/" 2>/dev/null || true
cp -r /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
chmod 755 "$root"
# Where this machine gets packages from other registries, and whom it trusts with that.
for file in /etc/pip.conf /etc/npmrc /root/.npmrc; do [ ! -f $file ] || cp $file "$root$file"; done
registries=$(env | grep -E '^(PIP|npm_config|GO|NODE|SSL|CURL|REQUESTS)_?[A-Za-z_]*=[^ ]*$' | tr '\n' ' ')
for word in $registries; do
    file=${word#*=}
    [ ! -f "$file" ] || { mkdir -p "$root$(dirname "$file")" && cp -L "$file" "$root$file"; }
done
for inside in proc dev sys; do mount --rbind "/$inside" "$root/$inside"; done
rm -rf "$root/wgen"
git clone -q . "$root/wgen"
for target in "$@"; do
    echo "make $target, in it"
    # Nothing else of this machine's environment, and a user's own locale.
    # shellcheck disable=SC2086 # words
    chroot "$root" env -i $registries HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 make -C /wgen "$target"
done
