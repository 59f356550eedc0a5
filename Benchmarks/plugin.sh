#!/usr/bin/env bash
# What a plugin's programme costs in bulk, beside the same rule built in. The plugin is that of the header's first page.
# usage: Benchmarks/plugin.sh [households]
set -euo pipefail
cd "$(dirname "$0")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
sed -n '/^ \*   #include <jiuzhu_plugin.h>/,/^ \*   JZP_PLUGIN(/s/^ \* *//p' include/jiuzhu_plugin.h >"$scratch/meals.c"
${CC:-clang} -O2 -shared -fPIC -Iinclude "$scratch/meals.c" -o "$scratch/meals.so"
.build/release/PluginBenchmark "$scratch/meals.so" "$@"
