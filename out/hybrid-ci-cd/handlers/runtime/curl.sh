#!/bin/sh
# curl.sh ARCH DIR [SYSROOT] - a libcurl that has what a handler needs and no more: HTTP, TLS and
# signatures. From Debian's source with Debian's patches, as DIR/libcurl.a and DIR/include; nothing on
# this machine changes. Needs apt-get and its sources, make, and a compiler for the processor.
set -eu
arch=$1 dir=$2 sysroot=${3:+$(cd "$3" && pwd)}
case $arch in
arm64) triple=aarch64-linux-gnu ;;
x86_64) triple=x86_64-linux-gnu ;;
*) echo "curl.sh: no such processor: $arch" >&2; exit 2 ;;
esac
rm -rf "$dir"
mkdir -p "$dir/apt/sources" "$dir/apt/state/lists/partial" "$dir/apt/cache/archives/partial"
dir=$(cd "$dir" && pwd)
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
    [ ! -f "$file" ] || sed 's/^deb /deb-src /; s/^Types: .*/Types: deb-src/' "$file" \
        >"$dir/apt/sources/$(basename "$file")"
done
cd "$dir"
options="-o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts=$dir/apt/sources
    -o Dir::State=$dir/apt/state -o Dir::Cache=$dir/apt/cache -o APT::Sandbox::User=root"
# shellcheck disable=SC2086 # options are words
apt-get $options -qq update
# shellcheck disable=SC2086
apt-get $options -qq --download-only source curl
mkdir source
tar -xf curl_*.orig.tar.* -C source --strip-components=1 2>/dev/null ||
    tar -xzf curl_*.orig.tar.gz -C source --strip-components=1
tar -xJf curl_*.debian.tar.xz -C source
cd source
# Two patches are for the flavours of Debian's that use other libraries for TLS.
grep -v -e '^#' -e '^$' -e 'gnutls.patch' -e 'nss.patch' debian/patches/series | while read -r name; do
    patch -s -p1 <"debian/patches/$name"
done
host="" cc=cc
if [ "$(uname -m | sed s/aarch64/arm64/)" != "$arch" ]; then
    host=--host=$triple cc=$triple-gcc
    CPPFLAGS="-I$sysroot/usr/include -I$sysroot/usr/include/$triple"
    LDFLAGS="-L$sysroot/usr/lib/$triple -Wl,-rpath-link,$sysroot/usr/lib/$triple:$sysroot/lib/$triple"
    export CPPFLAGS LDFLAGS
fi
off=
for feature in ldap ldaps ftp file rtsp dict telnet tftp pop3 imap smb smtp gopher mqtt manual ntlm \
    ntlm-wb alt-svc hsts unix-sockets cookies doh netrc tls-srp; do
    off="$off --disable-$feature"
done
for library in zlib brotli zstd libpsl libidn2 nghttp2 librtmp libssh2 libgsasl; do
    off="$off --without-$library"
done
# shellcheck disable=SC2086
PKG_CONFIG=/bin/false ./configure $host CC=$cc --disable-shared --enable-static --with-openssl $off \
    CFLAGS="-O2 -ffunction-sections -fdata-sections" >../configure.log
make -s -C lib >../make.log
cp lib/.libs/libcurl.a ../libcurl.a.new
cp -r include ../include
cd ..
rm -rf source apt curl_*
mv libcurl.a.new libcurl.a
