#!/bin/sh
# SPDX-License-Identifier: MIT
# A build that gcc guides by what the program does: one that records, some runs of it, and one that uses what they left.
# The program is build/guided/ekslint; at last it is measured beside the release. What runs is what users run most:
# policies, a case of GitLab, an account's details, requests, templates and manifests.
#
# usage: guided.sh [--quick]     --quick: without optimisation, and nothing is measured: does everything work?
set -eu
source_dir=$(cd "$(dirname "$0")/../.." && pwd)
bench=$source_dir/tests/bench
build=$source_dir/build/guided
quick=no
case ${1-} in
--quick) quick=yes ;;
'') ;;
*)
    echo "usage: guided.sh [--quick]" >&2
    exit 2
    ;;
esac
[ $quick = no ] || build=$build-quick
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# build HOW: with EKSLINT_GUIDED=HOW.
build() {
    set -- "-DEKSLINT_GUIDED=$1" -DCMAKE_C_COMPILER=gcc -DCMAKE_BUILD_TYPE=Release -DEKSLINT_TESTS=OFF
    if [ $quick = yes ]; then
        set -- "$@" -DCMAKE_C_FLAGS_RELEASE=-O0
    else
        set -- "$@" -DEKSLINT_LTO=ON
    fi
    { cmake -S "$source_dir" -B "$build" -G Ninja "$@" && cmake --build "$build"; } >"$work/log" 2>&1 || {
        tail -n 30 "$work/log" >&2
        exit 1
    }
}

# run ARGUMENTS...: whether it finds anything is all the same, but it must not fail.
run() {
    status=0
    "$build/ekslint" "$@" >"$work/out" 2>"$work/err" || status=$?
    case $status in
    0 | 1 | 3) ;; # 3: some files of the test data cannot be read
    *)
        echo "'ekslint $*' ended with status $status" >&2
        tail -n 5 "$work/err" >&2
        exit 1
        ;;
    esac
}

rm -rf "$build/profiles"
build record
mkdir "$work/inputs"
cd "$work/inputs"
gcc -std=c11 -O2 -I"$source_dir/src" -Wno-overlength-strings -o "$work/policies" \
    "$bench/policies.c" "$source_dir"/src/aws/*.c "$source_dir"/src/base/*.c
policies=$work/policies
# shellcheck source=tests/bench/inputs.sh
. "$bench/inputs.sh"
make_policies 500
make_mixed 500
make_gitlab_case 100
"$policies" account 500 >account.json
awk -v lines=5000 -f "$bench/requests.awk" >requests.jsonl
for profile in default pedantic; do
    run check --no-config --profile "$profile" policies
    run check --no-config --profile "$profile" --format json mixed
    run check --no-config --profile "$profile" account.json
done
run check --no-config "$source_dir/testdata/documented"
run diagnose --no-config case
run simulate requests.jsonl
found=$(find "$build/profiles" -name '*.gcda' | wc -l)
[ "$found" -gt 50 ] || {
    echo "the runs left $found profiles in $build/profiles" >&2
    exit 1
}
build use
run check --no-config "$source_dir/testdata/documented"
echo "$build/ekslint, guided by $found profiles"
[ $quick = no ] || exit 0
EKSLINT_BINARY=$build/ekslint sh "$bench/run.sh" --fast policy managed simulate
