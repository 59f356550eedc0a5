#!/usr/bin/env bash
# Builds and runs examples with an installed library, and compares what they say with their expected.txt:
#
#   run.sh PREFIX NAME...
#
# With JIUZHU_RECORD=1 expected.txt is written anew. Digests and lines of policy files are left out of the comparison: they
# change with every change of a policy.
set -euo pipefail
prefix=$(readlink -f "$1")
shift
cd "$(dirname "$0")"
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig LD_LIBRARY_PATH=$prefix/lib
policies=$(pkg-config --variable=policydir jiuzhu)
build=$(readlink -f ..)/.build-examples
mkdir -p "$build"

c() {
    cc -std=c99 -Wall -Wextra -Wpedantic -Werror c/ask.c $(pkg-config --cflags --libs jiuzhu) -o "$build/ask"
    "$build/ask" "$policies" <c/answers.txt
    cc -std=c99 -Wall -Wextra -Wpedantic -Werror c/case.c $(pkg-config --cflags --libs jiuzhu) -o "$build/case"
    rm -f "$build/cases.db"
    "$build/case" "$policies" "$build/cases.db" households/elderly-couple.json casework/couple.json
}

c_legacy() {
    cc -std=c90 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Wpedantic -Wdeclaration-after-statement -Werror \
        c-legacy/legacy.c $(pkg-config --cflags --libs jiuzhu) -o "$build/legacy"
    "$build/legacy" c-legacy/HOUSEHLD.DAT "$policies" "$prefix/bin/jiuzhu"
}

cpp() {
    c++ -std=c++17 -Wall -Wextra -Wpedantic -Werror cpp/families.cpp $(pkg-config --cflags --libs jiuzhu) -pthread \
        -o "$build/families"
    "$build/families" "$policies" households/elderly-couple.json households/03-severe-disability.json \
        households/12-soybean-farmers.json cpp/wrong.json
}

swift() {
    command swift build --package-path swift --scratch-path "$build/swift" >&2
    "$build/swift/debug/provinces" "$policies"
}

java() {
    javac -Xlint:all -Werror -encoding UTF-8 -cp "$jna" -d "$build/java" java/Assess.java
    command java -Djna.library.path="$prefix/lib" -cp "$jna:$build/java" Assess "$policies" \
        households/elderly-couple.json households/03-severe-disability.json households/12-soybean-farmers.json cpp/wrong.json
}
jna=/usr/share/java/jna.jar

casework() {
    casework/run.sh "$prefix/bin/jiuzhu" "$policies"
}

# What an example needs that is not there; nothing where it can be run.
absent() {
    case $1 in
    java)
        command -v javac >/dev/null || echo "javac (default-jdk-headless)"
        [ -e $jna ] || echo "JNA (libjna-java)"
        ;;
    esac
}

failed=0
for name in "$@"; do
    lacks=$(absent "$name" | paste -sd ' ')
    if [ -n "$lacks" ]; then
        echo "example $name: skipped, not present: $lacks"
        continue
    fi
    "${name//-/_}" | sed -E 's/(policy|facts) [0-9a-f]{12}\b/\1 …/g; s/\.yaml:[0-9]+(:[0-9]+)?/.yaml:…/g' >"$build/$name.txt"
    if [ -n "${JIUZHU_RECORD:-}" ]; then cp "$build/$name.txt" "$name/expected.txt"; fi
    if diff -u "$name/expected.txt" "$build/$name.txt"; then
        echo "example $name: as expected"
    else
        echo "example $name: DIFFERS from Examples/$name/expected.txt; JIUZHU_RECORD=1 writes it anew"
        failed=1
    fi
done
exit $failed
