#!/usr/bin/env bash
# Makes the packages libjiuzhu0, libjiuzhu-dev and jiuzhu of what is built: build-deb.sh FOLDER
#
# The same sources make the same bytes: every time in them is SOURCE_DATE_EPOCH, owners are root, order is fixed.
set -euo pipefail
: "${SOURCE_DATE_EPOCH:?is the time that stands in the packages, in seconds since 1970}"
export SOURCE_DATE_EPOCH LC_ALL=C TZ=UTC
umask 022

mkdir -p "$1"
out=$(readlink -f "$1")
cd "$(dirname "$0")/.."
version=$(sed -n 's/^#define JZ_VERSION "\(.*\)"/\1/p' include/jiuzhu.h)
abi=$(sed -n 's/^#define JZ_ABI //p' include/jiuzhu.h)
architecture=$(dpkg --print-architecture)
libdir=usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH)
maintainer="The Jiuzhu authors <jiuzhu@localhost>"

rm -rf "$out/stage"
mkdir -p "$out/stage"
Packaging/install.sh "$out/stage/all" /usr "/$libdir"

# package NAME PATH...: gives a package its paths of what is installed, and what every package has.
package() {
    local name=$1 path
    shift
    for path in "$@"; do
        mkdir -p "$out/stage/$name/$(dirname "$path")"
        mv "$out/stage/all/$path" "$out/stage/$name/$path"
    done
    local doc=$out/stage/$name/usr/share/doc/$name
    mkdir -p "$doc" "$out/stage/$name/DEBIAN"
    gzip -9nc CHANGELOG.md >"$doc/changelog.gz"
    {
        echo "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/"
        echo "Upstream-Name: jiuzhu"
        echo
        echo "Files: *"
        echo "Copyright: the Jiuzhu authors"
        echo "License: Apache-2.0"
        echo " The whole text is in /usr/share/common-licenses/Apache-2.0."
    } >"$doc/copyright"
}

# depends NAME FILE: what a program or library needs, by the symbols it uses.
depends() {
    mkdir -p "$out/stage/shlibs/debian"
    printf 'Source: jiuzhu\n\nPackage: %s\nArchitecture: any\n' "$1" >"$out/stage/shlibs/debian/control"
    (cd "$out/stage/shlibs" && dpkg-shlibdeps -O -e"$out/stage/$1/$2" 2>/dev/null) | sed -n 's/^shlibs:Depends=//p'
}

# control NAME SECTION FIELDS...: writes the control file; the description comes from standard input.
control() {
    local name=$1 section=$2 field
    shift 2
    {
        echo "Package: $name"
        echo "Source: jiuzhu"
        echo "Version: $version"
        echo "Architecture: $architecture"
        echo "Section: $section"
        echo "Priority: optional"
        echo "Maintainer: $maintainer"
        echo "Installed-Size: $(du -k --apparent-size -s --exclude=DEBIAN "$out/stage/$name" | cut -f 1)"
        for field in "$@"; do echo "$field"; done
        cat
    } >"$out/stage/$name/DEBIAN/control"
    (cd "$out/stage/$name" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$out/stage/$name/DEBIAN/md5sums"
    find "$out/stage/$name" -depth -newermt "@$SOURCE_DATE_EPOCH" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
    DPKG_DEB_THREADS_MAX=1 dpkg-deb --root-owner-group -Zxz --build "$out/stage/$name" \
        "$out/${name}_${version}_${architecture}.deb" >/dev/null
    echo "${name}_${version}_${architecture}.deb"
}

library=libjiuzhu$abi
package "$library" "$libdir/libjiuzhu.so.$version" "$libdir/libjiuzhu.so.$abi"
package libjiuzhu-dev "$libdir/libjiuzhu.so" "$libdir/pkgconfig" "$libdir/cmake" usr/include
package jiuzhu usr/bin usr/share/man usr/share/jiuzhu
gzip -9n "$out"/stage/jiuzhu/usr/share/man/man1/*.1

echo "activate-noawait ldconfig" >"$out/stage/$library/DEBIAN/triggers"
echo "libjiuzhu $abi $library (>= $version)" >"$out/stage/$library/DEBIAN/shlibs"
{
    # What a program needs is the version that first had the functions it calls: the nodes of the version script.
    echo "libjiuzhu.so.$abi $library #MINVER#"
    awk '/^JIUZHU_/ { node = $1; sub(/^JIUZHU_/, "", $1); first = $1; print " " node "@" node " " first }
        /^ *jz_/ { sub(/;.*/, "", $1); print " " $1 "@" node " " first }' Packaging/libjiuzhu.map
} >"$out/stage/$library/DEBIAN/symbols"

control "$library" libs "Depends: $(depends "$library" "$libdir/libjiuzhu.so.$version")" "Recommends: jiuzhu" \
    "Multi-Arch: same" <<'END'
Description: social assistance decisions, exact and explained: library
 Jiuzhu decides what a household is entitled to under the social assistance
 system of a Chinese province, and says why. This is the library that programs
 in C and other languages link; the policies are in the package jiuzhu.
END
control libjiuzhu-dev libdevel "Depends: $library (= $version)" "Multi-Arch: same" <<'END'
Description: social assistance decisions, exact and explained: development
 The headers for C and C++, which are the manual of the library, and what
 pkg-config and CMake have to know.
END
control jiuzhu misc "Depends: $(depends jiuzhu usr/bin/jiuzhu)" <<'END'
Description: social assistance decisions, exact and explained
 Jiuzhu decides what a household is entitled to under the social assistance
 system of a Chinese province, and says why. This is the command, and the
 policies that it and the library read.
END
rm -rf "$out/stage"
