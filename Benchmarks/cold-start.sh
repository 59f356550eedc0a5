#!/usr/bin/env bash
# How long one process takes from nothing to one explained answer: from the YAML of Policies, and from a pack of it.
# Prints the median of some runs, in milliseconds: on the clock, and of the processor.
# usage: Benchmarks/cold-start.sh [runs]
set -euo pipefail
cd "$(dirname "$0")/.."

command=.build/release/jiuzhu
household=Examples/households/elderly-couple.json
runs=${1:-20}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$command" policy pack Policies/heilongjiang -o "$scratch/heilongjiang.pack" > "$scratch/digest"

measure() {
    local name=$1 policy=$2 run
    TIMEFORMAT='%3R %3U %3S'
    : > "$scratch/times"
    for run in $(seq "$runs"); do
        { time "$command" assess "$household" --policy "$policy" --date 2026-06-01 --explain > "$scratch/answer"; } 2>> "$scratch/times"
    done
    local middle=$(((runs + 1) / 2))
    local real processor
    real=$(awk '{print $1 * 1000}' "$scratch/times" | sort -n | sed -n "${middle}p")
    processor=$(awk '{print ($2 + $3) * 1000}' "$scratch/times" | sort -n | sed -n "${middle}p")
    echo "$name: $real ms on the clock, $processor ms of the processor (median of $runs, $(wc -l < "$scratch/answer") lines)"
}

measure "from YAML" heilongjiang
measure "from a pack" "$scratch/heilongjiang.pack"
