#!/usr/bin/env bash
# Tries the C interface with inputs that libFuzzer invents: run.sh SECONDS [TARGET...].
#
# The library is built once with address sanitizer and coverage (.build-fuzz). What an earlier run found is under
# Tests/Fuzz/found/TARGET and is tried first; what is found now is kept in .build-fuzz/found/TARGET, and the run fails.
set -euo pipefail
cd "$(dirname "$0")/../.."

seconds=${1:?how many seconds for each target}
shift
[ $# -gt 0 ] || set -- json yaml expression builder arrow
build=.build-fuzz
objects=$build/debug

swift build --scratch-path $build -Xswiftc -sanitize=fuzzer,address --target JiuzhuC
mkdir -p $build/targets

# A crash must end the process at once: the backtracer would wait for somebody.
export SWIFT_BACKTRACE=enable=no
# Swift keeps its type metadata for ever, which is no leak of ours; whether calls free what they make is asked of valgrind.
export ASAN_OPTIONS=detect_leaks=0

failed=0
for target in "$@"; do
    program=$build/targets/$target
    clang -g -O1 -fsanitize=fuzzer-no-link,address -Iinclude -c "Tests/Fuzz/$target.c" -o "$program.o"
    # The linker names what sanitizers keep local.
    swiftc -sanitize=fuzzer,address "$program.o" $(find $objects/ -path '*.build/*' -name '*.o') -o "$program" \
        -lyaml -lsqlite3 2>&1 | { grep -v 'Cannot export local symbol' || true; }
    corpus=$build/corpus/$target
    found=$build/found/$target
    mkdir -p "$corpus" "$found"
    case $target in
    json) cp Examples/households/*.json "$corpus" ;;
    yaml) find Tests/Policies/features -name '*.yaml' -size -8k | while read -r file; do
        sed 's/^area: .*/area: 990800 例市/; s/^source: .*/source: trial/' "$file" \
            >"$corpus/$(printf '%s' "$file" | tr / _)"
    done ;;
    expression) grep -rhoE 'is: [^{#]+$' Policies | sed 's/^is: //' | sort -u | head -400 |
        while read -r line; do printf '%s' "$line" >"$corpus/$(printf '%s' "$line" | cksum | cut -d ' ' -f 1)"; done ;;
    esac
    echo "== $target, $seconds s"
    known=()
    [ -d "Tests/Fuzz/found/$target" ] && known=(Tests/Fuzz/found/"$target"/*)
    if [ ${#known[@]} -gt 0 ] && ! "$program" "${known[@]}" >"$build/$target.log" 2>&1; then
        tail -40 "$build/$target.log"
        failed=1
        continue
    fi
    if "$program" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=4096 -max_len=16384 -print_final_stats=1 \
        -artifact_prefix="$found/" "$corpus" >"$build/$target.log" 2>&1; then
        grep -E 'stat::number_of_executed_units|DONE' "$build/$target.log" | tail -2
    else
        tail -60 "$build/$target.log"
        failed=1
    fi
done
exit $failed
