#!/usr/bin/env bash
# The gate of speed: instructions of the programmes over those of the loop in C, for one pass over the same 10,000 households.
# A rise of more than 5 % over the stored ratio fails. Raise it in a commit of its own that says why:
#   Benchmarks/bench-1/instructions.sh --record
#
# Counted by callgrind, so the same on every run. Each is run with one pass and with eleven, and a tenth of what they differ
# by is a pass: reading files and making plans are not in it. Under another compiler or C library the ratio means something else.
set -euo pipefail
cd "$(dirname "$0")/../.."

baseline=Benchmarks/bench-1/instructions.txt
program=.build/bench-1/program
out=.build/bench-1
loop=$out/loop-v3
data=$out/data-10000

command -v valgrind >/dev/null || {
    echo "skipped, not present: valgrind"
    exit 0
}
tools="$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/swift \1/p' | head -n 1), $(
    getconf GNU_LIBC_VERSION), $(uname -m), valgrind $(valgrind --version | sed 's/valgrind-//')"
if [ "${1:-}" != --record ] && [ "$tools" != "$(sed -n 's/^tools: //p' $baseline)" ]; then
    echo "skipped: the stored ratio is of $(sed -n 's/^tools: //p' $baseline), and this is $tools"
    exit 0
fi

mkdir -p $out
# Registers that callgrind knows.
cc -std=c11 -O3 -march=x86-64-v3 -pthread -IBenchmarks/bench-1/Loop/include \
    Benchmarks/bench-1/LoopProgram/main.c Benchmarks/bench-1/Loop/loop.c -o $loop
# Without what Swift says of itself to debuggers, which valgrind cannot read, and with its runtime inside.
strip -o $program .build-lib/release/bench-1
[ -f $data/offsets.u32 ] || $program --generate 10000 $data

# Instructions of a command.
count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null |
        sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}
once=$(count $program $data --runs 1 --only-passes)
often=$(count $program $data --runs 11 --only-passes)
loop_once=$(count $loop Benchmarks/bench-1/params.json $data 1 1)
loop_often=$(count $loop Benchmarks/bench-1/params.json $data 1 11)
ours=$(((often - once) / 10))
theirs=$(((loop_often - loop_once) / 10))
ratio=$(awk "BEGIN { printf \"%.3f\", $ours / $theirs }")
echo "instructions a household: programmes $((ours / 10000)), loop in C $((theirs / 10000)), ratio $ratio"

if [ "${1:-}" = --record ]; then
    printf 'tools: %s\nratio: %s\n' "$tools" "$ratio" >$baseline
    exit 0
fi
stored=$(sed -n 's/^ratio: //p' $baseline)
awk "BEGIN { exit !($ratio <= $stored * 1.05) }" || {
    echo "the ratio was $stored: this is more than 5 % above it" >&2
    exit 1
}
