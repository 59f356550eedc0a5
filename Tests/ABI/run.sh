#!/usr/bin/env bash
# Tries the header under compilers and standards, and programs of older headers against today's library: run.sh FOLDER, where
# libjiuzhu.so lies.
set -euo pipefail
library=$(readlink -f "$1")
cd "$(dirname "$0")/../.."
export LC_ALL=C

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

check() {
    local name=$1
    shift
    if "$@" >"$work/log" 2>&1; then
        passed=$((passed + 1))
        echo "ok: $name"
    else
        failed=$((failed + 1))
        echo "FAILED: $name"
        sed 's/^/    /' "$work/log"
    fi
}

# The compilers that are there.
present() {
    local compiler
    for compiler in "$@"; do if command -v "$compiler" >/dev/null; then echo "$compiler"; fi; done
}

all=(-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wundef -Wcast-qual -Wcast-align -Wwrite-strings -Werror)

# built COMPILER STANDARD INCLUDE PROGRAM SOURCE...: compiles and links against the library.
built() {
    local compiler=$1 standard=$2 include=$3 program=$4 flags=("${all[@]}")
    shift 4
    case $compiler in
    *++) flags+=(-Wold-style-cast -Wzero-as-null-pointer-constant -x c++) ;;
    *) flags+=(-Wstrict-prototypes -Wmissing-prototypes) ;;
    esac
    # In C of 1990 nothing is declared behind a statement.
    [ "$standard" != c90 ] || flags+=(-Wdeclaration-after-statement)
    "$compiler" -std="$standard" "${flags[@]}" -I"$include" "$@" -o "$program" -L"$library" -ljiuzhu
}

runs() {
    built "$1" "$2" include "$work/program" Tests/ABI/once.c Tests/ABI/twice.c
    LD_LIBRARY_PATH=$library "$work/program"
}

wrapper() {
    built "$1" "$2" include "$work/wrapper" Tests/ABI/wrapper.cpp Tests/ABI/wrapper-other.cpp -pthread
    LD_LIBRARY_PATH=$library "$work/wrapper" Tests/ABI/policy
}

for compiler in $(present gcc clang); do
    for standard in c90 c99 c11 c17; do
        check "the header in $compiler -std=$standard, twice in each of two files" runs "$compiler" "$standard"
    done
done
for compiler in $(present g++ clang++); do
    for standard in c++17 c++20; do
        check "the header in $compiler -std=$standard, twice in each of two files" runs "$compiler" "$standard"
        check "the classes of jiuzhu.hpp in $compiler -std=$standard" wrapper "$compiler" "$standard"
    done
done

sizes() { cc -std=c11 -Wall -Wextra -Wpedantic -Werror -I"$1" -fsyntax-only Tests/ABI/sizes.c; }
check "no field, size or number of today's header has changed" sizes include

# What a header declares, without its words.
declarations() { cc -fpreprocessed -dD -E -P "$1" 2>/dev/null; }

version() { sed -n 's/^#define JZ_VERSION "\(.*\)"/\1/p' "$1"; }

# An older header is as it was; today's, as long as it says the same version, declares the same.
frozen() {
    sizes "$1"
    [ "$(version "$1/jiuzhu.h")" != "$(version include/jiuzhu.h)" ] \
        || diff <(declarations "$1/jiuzhu.h") <(declarations include/jiuzhu.h)
}

# A program of an older header, built with that header, says today what it said then.
older() {
    built cc c11 "$1" "$work/older" "$1/program.c"
    LD_LIBRARY_PATH=$library "$work/older" Tests/ABI/policy >"$work/said"
    diff "$1/expected.txt" "$work/said"
}

for folder in Tests/ABI/[0-9]*; do
    check "the header of ABI $(basename "$folder") is kept" frozen "$folder"
    check "a program of ABI $(basename "$folder") runs with today's library" older "$folder"
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
