#!/usr/bin/env bash
# Looks into a built library: check-library.sh FOLDER, where libjiuzhu.so lies. Says what it found, and fails where that is
# not what the header, the version script and the READMEs promise.
set -euo pipefail
library=$(readlink -f "$1/libjiuzhu.so")
folder=$(dirname "$library")
cd "$(dirname "$0")/.."
export LC_ALL=C

# Swift's core library is 5 MB of it; FoundationEssentials, which swift-crypto draws in with all that it draws in, is 7 MB.
most=$((22 << 20))
failed=0

# found NAME WHAT: a line of the report.
found() { printf '  %-9s %s\n' "$1" "$2"; }

# wrong NAME WHAT: the same, of what must not be.
wrong() {
    found "$1" "WRONG: $2"
    failed=1
}

# same NAME WHAT EXPECTED FOUND: compares two lists of words.
same() {
    local missing extra
    missing=$(comm -23 <(tr ' ' '\n' <<<"$3" | sort -u) <(tr ' ' '\n' <<<"$4" | sort -u) | xargs)
    extra=$(comm -13 <(tr ' ' '\n' <<<"$3" | sort -u) <(tr ' ' '\n' <<<"$4" | sort -u) | xargs)
    if [ -z "$missing$extra" ]; then found "$1" "$2"; else wrong "$1" "missing: ${missing:--}; too much: ${extra:--}"; fi
}

# The text of the header without comments: each function begins a line and ends in a semicolon.
declarations=$(cc -fpreprocessed -dD -E -P include/jiuzhu.h 2>/dev/null)
functions=$(grep -oE '^[a-z][A-Za-z0-9_ *]*\bjz_[a-z_]+\(' <<<"$declarations" | grep -oE 'jz_[a-z_]+\(' | tr -d '(' | xargs)
abi=$(sed -n 's/^#define JZ_ABI //p' include/jiuzhu.h)
needs=$(tr '\n' ' ' <include/jiuzhu.h | grep -oP 'libjiuzhu\.so\.\d+ needs \K.*?(?=no Swift)' | grep -oE 'lib[a-z0-9_+-]+' | xargs)
floor=$(grep -oE 'glibc [0-9.]+ or newer' include/jiuzhu.h | grep -oE '[0-9.]+')

echo "$(basename "$library")"

size=$(stat -c %s "$library")
text="$(awk "BEGIN { printf \"%.1f\", $size / 1048576 }") MB of at most $((most >> 20)) MB"
if [ "$size" -le "$most" ]; then found size "$text"; else wrong size "$text"; fi
if readelf -SW "$library" | grep -qE '\.(symtab|debug_info)'; then wrong stripped no; else found stripped yes; fi

dynamic=$(readelf -dW "$library")
same soname "libjiuzhu.so.$abi" "libjiuzhu.so.$abi" "$(sed -n 's/.*SONAME.*\[\(.*\)\]/\1/p' <<<"$dynamic")"
if grep -qE 'RUNPATH|RPATH' <<<"$dynamic"; then wrong runpath "there is one"; else found runpath none; fi
if grep -q TEXTREL <<<"$dynamic"; then wrong textrel "there are text relocations"; fi
if readelf -lW "$library" | grep GNU_STACK | grep -q RWE; then wrong stack "it may be executed"; fi

# Upper-case kinds are what others can link to; the linker leaves names of local things in the table too.
exports=$(nm -D --defined-only "$library" | awk '$2 ~ /^[BCDGRSTVWiu]$/ { sub(/@.*/, "", $3); print $3 }' | xargs)
same exports "$(wc -w <<<"$functions") functions, those of the header and nothing else" "$functions" "$exports"

# The loader is a part of glibc.
needed=$(sed -n 's/.*NEEDED.*\[\(lib[^]]*\)\.so.*\]/\1/p' <<<"$dynamic" | xargs)
same needs "$needed, as the header says" "$needs" "$needed"

glibc=$(readelf -VW "$library" | grep -oE 'GLIBC_[0-9.]+' | sed 's/GLIBC_//' | sort -Vu | tail -n 1)
if [ "$glibc" = "$floor" ]; then found glibc "$glibc or newer, as the header says"; else
    wrong glibc "$glibc, and the header says $floor"
fi
for page in README.md README.zh-CN.md; do
    stated=$( (grep -oE 'glibc [0-9.]+[0-9]' $page || true) | sort -u | xargs)
    [ "$stated" = "glibc $glibc" ] || wrong glibc "$page says '$stated'"
done

# The best of twenty processes: what it takes when nothing else is in the way.
cc -O1 -o "$folder/load-time" Packaging/load-time.c
best=$(for _ in $(seq 20); do "$folder/load-time" "$library"; done | sort -n | head -n 1)
rm "$folder/load-time"
found load "$(awk "BEGIN { printf \"%.1f\", $best / 1000 }") ms at best; the aim is 5 ms"

exit $failed
