#!/bin/sh
# package.sh ARCH PROGRAM OUT.zip [SYSROOT] - what Lambda takes: the program, every shared library it
# needs, the C library's own loader, and a `bootstrap` that starts it with them, so that it does not
# matter what the image has. The same input makes the same bytes.
set -eu
arch=$1 program=$2 out=$3 sysroot=${4:-}
case $arch in
arm64) triple=aarch64-linux-gnu loader=ld-linux-aarch64.so.1 ;;
x86_64) triple=x86_64-linux-gnu loader=ld-linux-x86-64.so.2 ;;
*) echo "package.sh: no such processor: $arch" >&2; exit 2 ;;
esac
prefix=""
[ "$(uname -m | sed s/aarch64/arm64/)" = "$arch" ] || prefix=$triple-
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/lib"

find_library() {
    for place in ${sysroot:+"$sysroot/usr/lib/$triple" "$sysroot/lib/$triple"} \
        "/usr/$triple/lib" "/lib/$triple" "/usr/lib/$triple" /lib64 /usr/lib64; do
        if [ -e "$place/$1" ]; then
            echo "$place/$1"
            return
        fi
    done
    echo "package.sh: $1 is nowhere" >&2
    return 1
}

# Takes what a file needs, and what that needs.
take() {
    for name in $("${prefix}readelf" -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'); do
        [ ! -e "$folder/lib/$name" ] || continue
        file=$(find_library "$name")
        cp -L "$file" "$folder/lib/$name"
        chmod 0755 "$folder/lib/$name"
        take "$folder/lib/$name"
    done
}
cp "$program" "$folder/handler"
take "$folder/handler"
cp -L "$(find_library $loader)" "$folder/lib/$loader"
chmod 0755 "$folder/lib/$loader"
# Tables for unwinding are a tenth of it, and nobody reads them: C has no exceptions.
"${prefix}strip" -R .eh_frame -R .eh_frame_hdr "$folder/handler" "$folder"/lib/lib*
cat >"$folder/bootstrap" <<END
#!/bin/sh
here=\${LAMBDA_TASK_ROOT:-\$(dirname "\$0")}
exec \${WG_EMULATOR:-} "\$here/lib/$loader" --library-path "\$here/lib" "\$here/handler"
END
chmod 0755 "$folder/bootstrap" "$folder/handler"
mkdir -p "$(dirname "$out")"
out=$(cd "$(dirname "$out")" && pwd)/$(basename "$out")
rm -f "$out"
cd "$folder"
find . -exec touch -h -d '1980-01-02 00:00:00 UTC' {} +
find . -type f | LC_ALL=C sort | TZ=UTC zip -q -9 -X -D "$out" -@
