#!/usr/bin/env bash
# Runs the tests in C: run.sh plain | soak | address | thread | valgrind.
#
#   plain     against the library as it is built for tests
#   soak      memory after TIMES/10 and TIMES assessments, against the library as it is installed
#   address   statically, with address sanitizer (shares the build of Tests/Fuzz)
#   thread    statically, with thread sanitizer: the toolchain's clang, three minutes to build, one to run
#   valgrind  against the library as it is installed: reads of what is freed, and leaks
set -euo pipefail
cd "$(dirname "$0")/../.."

mode=${1:?plain, soak, address, thread or valgrind}
policies=Policies
out=.build/c-tests/$mode
mkdir -p "$out"
warnings="-std=gnu99 -Wall -Wextra -Wpedantic -Werror"
defined=

# A crash must end the process at once: the backtracer would wait for somebody.
export SWIFT_BACKTRACE=enable=no

# Compiles and links a test; the rest are arguments of the compiler.
shared() {
    cc $warnings -g -O1 -Iinclude "Tests/C/$1.c" -o "$out/$1" -L.build/debug -ljiuzhu-c -lsqlite3 \
        -Wl,-rpath,"$PWD/.build/debug" -pthread
}

# sanitized NAME KIND BUILD [SOURCE...]: with further sources.
sanitized() {
    local name=$1 kind=$2 build=$3 source objects=()
    shift 3
    for source in "Tests/C/$name.c" "$@"; do
        objects+=("$out/$(basename "$source" .c).o")
        clang $warnings $defined -g -O1 -fsanitize="$kind" -Iinclude -c "$source" -o "${objects[-1]}"
    done
    swiftc -sanitize="$kind" "${objects[@]}" $(find "$build/debug/" -path '*.build/*' -name '*.o') -o "$out/$name" \
        -lyaml -lsqlite3 -lstdc++ -ldispatch -lBlocksRuntime 2>&1 | { grep -v 'Cannot export local symbol' || true; }
}

case $mode in
plain)
    swift build --product jiuzhu-c
    for test in abuse cases threads stack freed; do shared $test; done
    for test in abuse cases threads stack freed; do "$out/$test" $policies; done
    ;;
soak)
    # Against the library as it is installed (make lib): in a build for tests it takes hours.
    cc $warnings -O1 -Iinclude Tests/C/soak.c -o "$out/soak" .build-lib/lib/libjiuzhu.so.0
    LD_LIBRARY_PATH=.build-lib/lib "$out/soak" $policies "${TIMES:-100000}"
    ;;
address)
    swift build --scratch-path .build-fuzz -Xswiftc -sanitize=fuzzer,address --target JiuzhuC
    # Swift keeps its type metadata for ever, which is no leak of ours.
    export ASAN_OPTIONS=detect_leaks=0
    for test in abuse cases threads; do sanitized $test address .build-fuzz; done
    for test in abuse cases threads; do "$out/$test" $policies; done
    ;;
thread)
    swift build --scratch-path .build-thread -Xswiftc -sanitize=thread --target JiuzhuC
    # Four threads, for on two cores sixteen take longer than seven minutes; two already wait for each other's locks.
    defined="-DTHREADS=4 -DTIMES=2"
    for test in threads cases abuse; do sanitized $test thread .build-thread Tests/C/tsan-mutex.c; done
    for test in threads cases abuse; do TSAN_OPTIONS=halt_on_error=1 "$out/$test" $policies; done
    ;;
valgrind)
    command -v valgrind >/dev/null || {
        echo "skipped, not present: valgrind"
        exit 0
    }
    # The library as it is installed (make lib): valgrind cannot read what Swift says of itself to debuggers. Whether a jump
    # depends on what was not written is not asked: optimised Swift compares padding with what it pads.
    library=.build-lib/lib
    for test in abuse cases freed; do
        cc $warnings -g -O1 -Iinclude "Tests/C/$test.c" -o "$out/$test" $library/libjiuzhu.so.0 -lsqlite3 -pthread
    done
    for test in abuse cases; do
        LD_LIBRARY_PATH=$library valgrind --quiet --error-exitcode=9 --undef-value-errors=no --leak-check=full \
            --show-leak-kinds=definite --errors-for-leak-kinds=definite "$out/$test" $policies
    done
    # Here the reads of freed handles are what is tested: valgrind must see them.
    if LD_LIBRARY_PATH=$library valgrind --quiet --error-exitcode=9 --undef-value-errors=no "$out/freed" $policies \
        >"$out/freed.log" 2>&1; then
        echo "valgrind did not see the use of a freed handle" >&2
        exit 1
    fi
    grep -q 'Invalid read' "$out/freed.log" && echo "ok: valgrind sees the use of a freed handle"
    ;;
*)
    echo "run.sh plain | soak | address | thread | valgrind" >&2
    exit 64
    ;;
esac
