#!/usr/bin/env bash
# Installs what `make install` has built: install.sh DESTDIR PREFIX LIBDIR
set -euo pipefail
cd "$(dirname "$0")/.."

destdir=$1 prefix=$2 libdir=$3
includedir=$prefix/include
datadir=$prefix/share
version=$(sed -n 's/^#define JZ_VERSION "\(.*\)"/\1/p' include/jiuzhu.h)
abi=$(sed -n 's/^#define JZ_ABI //p' include/jiuzhu.h)

case $prefix$libdir in
/*) ;;
*)
    echo "PREFIX and LIBDIR are absolute paths; DESTDIR says what stands before them" >&2
    exit 64
    ;;
esac

# filled TEMPLATE FILE: installs a template with its names filled in.
filled() {
    local text
    text=$(sed -e "s|@PREFIX@|$prefix|g" -e "s|@LIBDIR@|$libdir|g" -e "s|@INCLUDEDIR@|$includedir|g" \
        -e "s|@DATADIR@|$datadir|g" -e "s|@VERSION@|$version|g" -e "s|@ABI@|$abi|g" \
        -e "s|@INCLUDEDIR_FROM_LIBDIR@|$(realpath -m --relative-to="$libdir" "$includedir")|g" \
        -e "s|@DATADIR_FROM_LIBDIR@|$(realpath -m --relative-to="$libdir" "$datadir")|g" "$1")
    install -D -m 644 /dev/stdin "$destdir$2" <<<"$text"
}

install -d "$destdir$libdir"
install -m 644 ".build-lib/lib/libjiuzhu.so.$version" "$destdir$libdir/"
ln -sf "libjiuzhu.so.$version" "$destdir$libdir/libjiuzhu.so.$abi"
ln -sf "libjiuzhu.so.$abi" "$destdir$libdir/libjiuzhu.so"
filled Packaging/jiuzhu.pc.in "$libdir/pkgconfig/jiuzhu.pc"
filled Packaging/jiuzhu-config.cmake.in "$libdir/cmake/jiuzhu/jiuzhu-config.cmake"
filled Packaging/jiuzhu-config-version.cmake.in "$libdir/cmake/jiuzhu/jiuzhu-config-version.cmake"

install -d "$destdir$includedir"
install -m 644 include/*.h include/*.hpp "$destdir$includedir/"

install -D -m 755 .build-lib/bin/jiuzhu "$destdir$prefix/bin/jiuzhu"
install -d "$destdir$datadir/man/man1"
install -m 644 docs/man/*.1 "$destdir$datadir/man/man1/"

# What was there before is gone: a file that policy no longer has must not be found.
rm -rf "$destdir$datadir/jiuzhu/Policies"
(cd Policies && find . -type f -name '*.yaml' -print0 | sort -z) | while IFS= read -r -d '' file; do
    install -D -m 644 "Policies/$file" "$destdir$datadir/jiuzhu/Policies/$file"
done
