#!/bin/sh
# sysroot.sh ARCH DIR - Debian's libcurl and jansson for another processor, with all that they need,
# in a folder: nothing on this machine changes. Needs apt-get and its sources.
set -eu
arch=$1 dir=$2
case $arch in
arm64) debian=arm64 ;;
x86_64) debian=amd64 ;;
*) echo "sysroot.sh: no such processor: $arch" >&2; exit 2 ;;
esac
if [ -e "$dir/.done" ]; then exit 0; fi
rm -rf "$dir"
mkdir -p "$dir/apt/state/lists/partial" "$dir/apt/cache/archives/partial"
dir=$(cd "$dir" && pwd)
: >"$dir/apt/status"
options="-o APT::Architecture=$debian -o APT::Architectures::=$debian -o Dir::State=$dir/apt/state
    -o Dir::State::status=$dir/apt/status -o Dir::Cache=$dir/apt/cache -o APT::Sandbox::User=root
    -o Debug::NoLocking=1"
# shellcheck disable=SC2086 # options are words
apt-get $options -qq update
# shellcheck disable=SC2086
apt-get $options -qq -y --no-install-recommends --download-only install \
    libcurl4-openssl-dev libjansson-dev libssl-dev
for package in "$dir"/apt/cache/archives/*.deb; do
    dpkg-deb -x "$package" "$dir"
done
rm -rf "$dir/apt"
: >"$dir/.done"
