#!/usr/bin/env bash
# bench-1 over N households: the programmes beside the loop in C, in one run, on one core and on two; then the same households
# through the C library (make lib).
# usage: run.sh N
set -euo pipefail
cd "$(dirname "$0")/../.."

count=${1:-1000000}
runs=9
program=.build/release/bench-1
loop=.build/bench-1/loop
data=.build/bench-1/data-$count
params=Benchmarks/bench-1/params.json

mkdir -p .build/bench-1
cc -std=c11 -O3 -march=native -pthread -IBenchmarks/bench-1/Loop/include \
    Benchmarks/bench-1/LoopProgram/main.c Benchmarks/bench-1/Loop/loop.c -o "$loop"
library=.build-lib/lib
ways=.build/bench-1/ways
cc -std=c11 -O3 -march=native -Iinclude -IBenchmarks/bench-1/Loop/include Benchmarks/bench-1/LoopProgram/ways.c \
    Benchmarks/bench-1/Loop/loop.c $library/libjiuzhu.so.0 -o "$ways"
[ -f "$data/offsets.u32" ] || "$program" --generate "$count" "$data"

# The value of a key of the last line.
value() { tail -n 1 "$1" | sed "s/.*\"$2\": *\([^,}]*\).*/\1/"; }
row() {
    awk -v name="$1" -v n="$(value "$2" n)" -v s="$(value "$2" compute_s)" -v base="$3" -v load="$(value "$2" load_s)" \
        -v mb="$(value "$2" rss_mb)" -v empty="$4" 'BEGIN {
            printf "%-24s %12.0f %10.1f %8.2f %9.3f %9.1f %10.0f\n", name, n / s, s / n * 1e9, s / base, load, mb,
                (mb - empty) * 1048576 / n }'
}

for threads in 1 2; do
    "$loop" "$params" "$data" $threads $runs .build/bench-1/c.out > .build/bench-1/c-$threads.json
    "$program" "$data" --threads $threads --runs $runs --out .build/bench-1/jiuzhu.out > .build/bench-1/jiuzhu-$threads.json
    cmp .build/bench-1/c.out .build/bench-1/jiuzhu.out || { echo "the programmes and the loop differ" >&2; exit 1; }
done
# What a process weighs before the households.
mkdir -p .build/bench-1/one
[ -f .build/bench-1/one/offsets.u32 ] || "$program" --generate 1 .build/bench-1/one
"$program" .build/bench-1/one --runs 1 > .build/bench-1/empty.json
empty=$(value .build/bench-1/empty.json rss_mb)

echo "bench-1, $count households: status, sums and flags of each are those of the loop in C"
printf '%-24s %12s %10s %8s %9s %9s %10s\n' '' households/s 'ns each' 'of C' 'load s' 'peak MB' 'bytes each'
for threads in 1 2; do
    base=$(value .build/bench-1/c-$threads.json compute_s)
    row "C in one loop, $threads core" .build/bench-1/c-$threads.json "$base" 0
    row "programmes, $threads core" .build/bench-1/jiuzhu-$threads.json "$base" "$empty"
done
for peer in c jiuzhu; do
    awk -v peer="$peer" -v one="$(value .build/bench-1/$peer-1.json compute_s)" \
        -v two="$(value .build/bench-1/$peer-2.json compute_s)" 'BEGIN {
            printf "%s, two cores: %.2f times one\n", peer == "c" ? "C in one loop" : "programmes", one / two }'
done
one=.build/bench-1/jiuzhu-1.json
awk -v single="$(value $one warm_us)" -v explained="$(value $one explained_us)" 'BEGIN {
    printf "one household: decided in %.1f us, with every step explained in %.1f us (%.0f a second)\n", single, explained,
        1e6 / explained }'

# From nothing to one explained answer.
for _ in $(seq 20); do
    start=$(date +%s%N)
    "$program" --one .build/bench-1/one > .build/bench-1/one.txt
    echo $((($(date +%s%N) - start) / 1000))
done | sort -n | awk '{ all[NR] = $1 } END { printf "cold process, one household explained: %.1f ms\n", all[int((NR + 1) / 2)] / 1000 }'

echo "through the C library:"
LD_LIBRARY_PATH=$library "$ways" "$params" "$data" 5 Benchmarks/bench-1 policy
tail -n 1 .build/bench-1/jiuzhu-1.json
