#!/usr/bin/env bash
# Unpacks the packages of a folder into a root of its own, and uses them there as a host would: test-deb.sh FOLDER
set -euo pipefail
packages=$(readlink -f "$1")
cd "$(dirname "$0")/.."
export LC_ALL=C

root=$packages/root
work=$packages/work
version=$(sed -n 's/^#define JZ_VERSION "\(.*\)"/\1/p' include/jiuzhu.h)
abi=$(sed -n 's/^#define JZ_ABI //p' include/jiuzhu.h)
architecture=$(dpkg --print-architecture)
libdir=$root/usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH)
names=("libjiuzhu$abi" libjiuzhu-dev jiuzhu)
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

rm -rf "$root" "$work"
mkdir -p "$root" "$work"
for name in "${names[@]}"; do dpkg -x "$packages/${name}_${version}_$architecture.deb" "$root"; done

fields() {
    local name
    for name in "${names[@]}"; do
        dpkg-deb -f "$packages/${name}_${version}_$architecture.deb" Version Architecture Depends
        [ "$(dpkg-deb -f "$packages/${name}_${version}_$architecture.deb" Version)" = "$version" ]
    done
    # The library needs what the system has, and no Swift.
    dpkg-deb -f "$packages/libjiuzhu${abi}_${version}_$architecture.deb" Depends | grep -q 'libc6 (>= '
    ! dpkg-deb -f "$packages/libjiuzhu${abi}_${version}_$architecture.deb" Depends | grep -qi swift
}
check "the packages say their version and what they need" fields

sums() {
    local name
    for name in "${names[@]}"; do
        dpkg-deb -e "$packages/${name}_${version}_$architecture.deb" "$work/control-$name"
        (cd "$root" && md5sum --quiet -c "$work/control-$name/md5sums")
    done
}
check "every file has the sum that its package states" sums

owners() {
    local name
    for name in "${names[@]}"; do
        # Nothing that only the owner may read, nothing that others may write, and all of it root's.
        dpkg-deb -c "$packages/${name}_${version}_$architecture.deb" | tee "$work/list"
        ! grep -vE '^(drwxr-xr-x|-rw-r--r--|-rwxr-xr-x|lrwxrwxrwx) root/root ' "$work/list"
    done
}
check "files are root's, and everybody may read them" owners

machine_paths() { ! grep -rlF "$PWD" "$root"; }
check "no file names a folder of the machine it was built on" machine_paths

# The first program of the header, as it stands there.
sed -n '/^ \*   #include <jiuzhu.h>/,/^ \*   }/s/^ \*   \{0,1\}//p' include/jiuzhu.h | sed 's/^  //' >"$work/first.c"

# What the first program prints, run in the folder where the policies of the package are.
first() { (cd "$root/usr/share/jiuzhu" && LD_LIBRARY_PATH=$libdir "$1") | tee "$work/answer" | cut -c 1-200; }
decides() { grep -q '^{"schema":1,.*"status":"undetermined".*"facts_digest":' "$work/answer"; }

with_pkg_config() {
    export PKG_CONFIG_SYSROOT_DIR=$root PKG_CONFIG_LIBDIR=$libdir/pkgconfig
    [ "$(pkg-config --modversion jiuzhu)" = "$version" ]
    [ "$(pkg-config --variable=policydir jiuzhu)" = /usr/share/jiuzhu/Policies ] \
        || [ "$(pkg-config --variable=policydir jiuzhu)" = "$root/usr/share/jiuzhu/Policies" ]
    # shellcheck disable=SC2046
    cc -std=c11 -Wall -Wextra -Wpedantic -Werror -I"$root/usr/include" "$work/first.c" \
        $(pkg-config --cflags --libs jiuzhu) -L"$libdir" -o "$work/first"
    first "$work/first"
    decides
}
check "the first program of the header, with pkg-config" with_pkg_config

with_cmake() {
    mkdir -p "$work/cmake"
    cat >"$work/cmake/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.16)
project(first C)
find_package(jiuzhu 0.1 REQUIRED)
add_executable(first ../first.c)
target_link_libraries(first PRIVATE jiuzhu::jiuzhu)
file(GENERATE OUTPUT policies CONTENT "${JIUZHU_POLICY_DIR}")
END
    cmake -S "$work/cmake" -B "$work/cmake/build" -DCMAKE_PREFIX_PATH="$root/usr" -DCMAKE_FIND_USE_CMAKE_SYSTEM_PATH=NO
    cmake --build "$work/cmake/build"
    [ "$(cat "$work/cmake/build/policies")" = "$root/usr/share/jiuzhu/Policies" ]
    first "$work/cmake/build/first"
    decides
}
cmake_refuses() {
    sed 's/jiuzhu 0.1/jiuzhu 1.0/' "$work/cmake/CMakeLists.txt" >"$work/cmake/other"
    mkdir -p "$work/newer"
    mv "$work/cmake/other" "$work/newer/CMakeLists.txt"
    ! cmake -S "$work/newer" -B "$work/newer/build" -DCMAKE_PREFIX_PATH="$root/usr" \
        -DCMAKE_FIND_USE_CMAKE_SYSTEM_PATH=NO >"$work/newer/log" 2>&1
    tee "$work/log" <"$work/newer/log" | grep -q 'jiuzhu-config.cmake, version:'
}
if command -v cmake >/dev/null; then
    check "the first program of the header, with CMake" with_cmake
    check "CMake refuses a version that is not there" cmake_refuses
else
    echo "skipped, not present: cmake"
fi

command_decides() {
    # It finds the policies beside itself, whatever the folder it is called in.
    (cd / && "$root/usr/bin/jiuzhu" assess "$OLDPWD/Examples/households/elderly-couple.json" --policy heilongjiang/mudanjiang \
        --date 2026-06-01 --program low-income --language en) | grep -F '897.00 yuan a month'
}
check "the command finds its policies and decides" command_decides

manual_pages() {
    gzip -t "$root"/usr/share/man/man1/*.gz
    gzip -dc "$root/usr/share/man/man1/jiuzhu.1.gz" | grep -q '^\.Nm jiuzhu'
}
check "the manual pages are there" manual_pages

again() {
    # Another folder, other permissions and another time zone.
    local name
    (umask 077 && TZ=Asia/Shanghai Packaging/build-deb.sh "$work/again")
    for name in "${names[@]}"; do
        cmp "$packages/${name}_${version}_$architecture.deb" "$work/again/${name}_${version}_$architecture.deb"
    done
}
check "made again they are the same, byte for byte" again

rm -rf "$work" "$root"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
