#!/bin/sh
# SPDX-License-Identifier: MIT
# The benchmark: each scenario beside its yardsticks, alternating in one run, as a table, with the bounds that there are and
# whether they are met. Numbers are for reading, and compare within one run: no test depends on them, and this fails
# only where something does not run at all. See README.md beside it.
#
# usage: sh tests/bench/run.sh [--json FILE] [--quick] [--fast] [SCENARIO...]
#   --json FILE  write the results as JSON too
#   --quick      one round of small inputs without the yardsticks that are installed: shows that everything runs
#   --fast       without the yardsticks that take seconds
# EKSLINT_BINARY names a program that was built; without it the release is built first.
set -eu
json='' quick='' fast=''
while [ $# -gt 0 ]; do
    case $1 in
    --json)
        [ $# -gt 1 ] || { echo "run.sh: --json takes a file" >&2; exit 2; }
        json=$2
        shift
        ;;
    --quick)
        quick=1
        EKSLINT_BENCH_CFLAGS=-O0
        export EKSLINT_BENCH_CFLAGS
        ;;
    --fast) fast=1 ;;
    -*)
        echo "usage: run.sh [--json FILE] [--quick] [--fast] [SCENARIO...]" >&2
        exit 2
        ;;
    *) break ;;
    esac
    shift
done
case $json in
'' | /*) ;;
*) json=$PWD/$json ;;
esac
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/bench/inputs.sh
. "$bench/inputs.sh"

all="start policy managed minified parse templates mixed-1000 mixed-10000 policies-10000 gitlab account simulate rules catalogue mutants stream growth"
for scenario; do
    case " $all " in
    *" $scenario "*) ;;
    *)
        echo "run.sh: there is no scenario '$scenario'; there are: $all" >&2
        exit 2
        ;;
    esac
done
if [ $# -eq 0 ]; then
    # The scenarios have no blanks.
    # shellcheck disable=SC2086
    set -- $all
fi

if [ -z "${EKSLINT_BINARY:-}" ]; then
    EKSLINT_BINARY=$source_dir/build/release/ekslint
    (cd "$source_dir" && cmake --preset release && cmake --build --preset release) >"$work/build.log" 2>&1 || {
        tail -n 30 "$work/build.log" >&2
        exit 1
    }
fi
ekslint=$EKSLINT_BINARY
export EKSLINT_BINARY

# ---- programs and yardsticks ----

make_programs
make_parsers() {
    set -- -DWITH_JANSSON -DWITH_LIBYAML -DWITH_EKSLINT
    yyjson=$source_dir/build/yardsticks/yyjson
    if [ -f "$yyjson/yyjson.c" ]; then
        "${CC:-cc}" "${EKSLINT_BENCH_CFLAGS:--O2}" -c -o "$work/yyjson.o" "$yyjson/yyjson.c"
        set -- "$@" -DWITH_YYJSON -isystem "$yyjson" "$work/yyjson.o"
    fi
    # Whole processes load no library but the one that they show.
    compile parse-jansson -DWITH_JANSSON "$bench/parse.c" "$bench/rounds.c" -ljansson
    compile parse-ekslint -DWITH_EKSLINT "$bench/parse.c" "$bench/rounds.c" "$library" -lyaml
    compile parse-both -DWITH_JANSSON -DWITH_LIBYAML "$bench/parse.c" "$bench/rounds.c" -ljansson -lyaml
    compile parse "$@" "$bench/parse.c" "$bench/rounds.c" "$library" -lyaml -ljansson
}
make_parsers
cd "$work"
yardsticks=$source_dir/build/yardsticks
rounds=${quick:-15}
many=${quick:-101} # of what takes milliseconds
few=${quick:-3}    # of what takes seconds

# pick FULL QUICK: one of both numbers.
pick() {
    [ -n "$quick" ] && echo "$2" || echo "$1"
}

title() {
    printf '#title\t%s\t%s\n' "$1" "$2" >>results
    echo "run.sh: $1" >&2
}

# yardstick SCENARIO NAME ROUNDS ITEMS BYTES PROGRAM ARGUMENTS...: one that yardsticks.sh installs. The drivers end with 0, the
# commands with more where they find something (cfn-lint: the sum of 2, 4 and 8).
yardstick() {
    scenario=$1 name=$2 times=$3 items=$4 bytes=$5
    shift 5
    case $1 in
    */cfn-lint) most=14 ;;
    */spectral) most=1 ;;
    *) most=0 ;;
    esac
    if [ -n "$quick" ]; then
        return
    elif [ -n "$fast" ] && [ "$times" -le "$few" ]; then
        printf '#missing\t%s\t%s\tleft out by --fast\n' "$scenario" "$name" >>results
    elif [ ! -x "$1" ] || [ ! -d "$yardsticks" ]; then
        printf '#missing\t%s\t%s\tnot installed: sh tests/bench/yardsticks.sh\n' "$scenario" "$name" >>results
    else
        plan "$scenario" "$name" - "$times" "$items" "$bytes" "$most" /dev/null "$@"
    fi
}
node=$(command -v node || echo /nonexistent/node)
[ -d "$yardsticks/node_modules" ] || node=/nonexistent/node
spectral=$yardsticks/node_modules/.bin/spectral
python=$yardsticks/python/bin/python
cfn_lint=$yardsticks/python/bin/cfn-lint

# row SCENARIO NAME BASE ROUNDS ITEMS BYTES COMMAND...: a program of ours or a yardstick that is always there.
row() {
    scenario=$1 name=$2 base=$3 times=$4 items=$5 bytes=$6
    shift 6
    plan "$scenario" "$name" "$base" "$times" "$items" "$bytes" 1 /dev/null "$@"
}

# The policies that AWS manages, where they are at hand, else as many of ours.
corpus=$source_dir/../shared/corpus/managed-policies
if [ -n "$quick" ]; then
    make_policies 40
    corpus=$work/policies what="40 policies of ours"
elif [ ! -d "$corpus" ]; then
    make_policies 1641
    corpus=$work/policies what="1,641 policies of ours (those of AWS are not at hand)"
else
    what="the policies that AWS manages, $(find "$corpus" -name '*.json' | wc -l) files"
fi

# ---- scenarios ----

run_start() {
    title start "start to exit without work"
    row start /bin/true base "$many" 1 0 /bin/true
    row start "ekslint --version" - "$many" 1 0 "$ekslint" --version
    measure
}

run_policy() {
    title policy "one small policy, start to exit"
    row policy /bin/true base "$many" 1 0 /bin/true
    row policy "ekslint check, one small policy" - "$many" 1 0 "$ekslint" check "$smallest"
    row policy "ekslint check, every rule" - "$many" 1 0 "$ekslint" check --profile pedantic "$smallest"
    yardstick policy "iam-policy, shape only" "$rounds" 1 0 "$node" "$bench/drivers/policies.mjs" "$yardsticks" "$smallest"
    yardstick policy parliament 5 1 0 "$python" "$bench/drivers/policies.py" "$smallest"
    yardstick policy "spectral, three rules" 5 1 0 "$spectral" lint -q -r "$bench/drivers/spectral.yaml" "$smallest"
    measure
}

# folder SCENARIO FOLDER: a folder of policies
folder() {
    files=$(find "$2/" -name '*.json' | wc -l)
    bytes=$(bytes_of "$2/")
    row "$1" "jansson parses them" base "$rounds" "$files" "$bytes" "$work/bin/parse-jansson" files jansson "$2"
    row "$1" "ekslint's own reader parses them" - "$rounds" "$files" "$bytes" "$work/bin/parse-ekslint" files ekslint "$2"
    row "$1" "ekslint check, default rules, 1 thread" - "$rounds" "$files" "$bytes" "$ekslint" check --jobs 1 "$2"
    row "$1" "ekslint check, every rule, 1 thread" - "$rounds" "$files" "$bytes" \
        "$ekslint" check --jobs 1 --profile pedantic "$2"
    row "$1" "ekslint check, every rule" - "$rounds" "$files" "$bytes" "$ekslint" check --profile pedantic "$2"
    yardstick "$1" "iam-policy, shape only" "$rounds" "$files" "$bytes" "$node" "$bench/drivers/policies.mjs" "$yardsticks" "$2"
}

run_managed() {
    title managed "$what, whole processes"
    folder managed "$corpus"
    yardstick managed "spectral, three rules" "$few" "$files" "$bytes" \
        "$spectral" lint -q -r "$bench/drivers/spectral.yaml" "$corpus/*.json"
    yardstick managed parliament 1 "$files" "$bytes" "$python" "$bench/drivers/policies.py" "$corpus"
    measure
}

run_minified() {
    title minified "the same without white space"
    compile minify "$bench/minify.c"
    mkdir minified
    for file in "$corpus"/*.json; do
        bin/minify <"$file" >"minified/${file##*/}"
    done
    folder minified "$work/minified"
    measure
}

run_parse() {
    title parse "$what, in memory, in one program"
    bin/parse memory "$rounds" "$corpus" >>results
}

run_templates() {
    title templates "templates of CloudFormation"
    make_mixed "$(pick 100 10)"
    mkdir templates
    find mixed -name '*.cfn.yaml' -exec mv {} templates/ ';'
    cp "$source_dir/testdata/templates/eks.cfn.yaml" templates/
    rm -rf mixed
    files=$(find templates -type f | wc -l)
    bytes=$(bytes_of templates)
    row templates "libyaml reads their events" base "$rounds" "$files" "$bytes" "$work/bin/parse-both" files both templates
    row templates "ekslint check" - "$rounds" "$files" "$bytes" "$ekslint" check templates
    yardstick templates cfn-lint "$few" "$files" "$bytes" "$cfn_lint" "templates/*.yaml"
    measure
}

# mixed SCENARIO COUNT
mixed() {
    title "$1" "$2 files of all sorts, some of them of no kind"
    make_mixed "$2"
    bytes=$(bytes_of mixed)
    row "$1" "jansson and libyaml parse them" base "$rounds" "$2" "$bytes" "$work/bin/parse-both" files both mixed
    row "$1" "ekslint's own readers parse them" - "$rounds" "$2" "$bytes" "$work/bin/parse-ekslint" files ekslint mixed
    row "$1" "ekslint check, 1 thread" - "$rounds" "$2" "$bytes" "$ekslint" check --jobs 1 mixed
    row "$1" "ekslint check" - "$rounds" "$2" "$bytes" "$ekslint" check mixed
    measure
    rm -rf mixed
}

run_policies_10000() {
    count=$(pick 10000 40)
    title policies-10000 "$count policies, none of which joins a case"
    make_mixed "$count" policies
    bytes=$(bytes_of mixed)
    row policies-10000 "jansson parses them" base "$rounds" "$count" "$bytes" "$work/bin/parse-jansson" files jansson mixed
    row policies-10000 "ekslint check, 1 thread" - "$rounds" "$count" "$bytes" "$ekslint" check --jobs 1 mixed
    row policies-10000 "ekslint check" - "$rounds" "$count" "$bytes" "$ekslint" check mixed
    measure
    rm -rf mixed
}

run_mixed_1000() { mixed mixed-1000 "$(pick 1000 20)"; }
run_mixed_10000() { mixed mixed-10000 "$(pick 10000 40)"; }

run_gitlab() {
    count=$(pick 1000 10)
    title gitlab "GitLab's integration, in an account with $count roles, as many service accounts"
    make_gitlab_case "$count"
    bytes=$(bytes_of case)
    row gitlab "jansson and libyaml parse the case" base "$rounds" 1 "$bytes" "$work/bin/parse-both" files both case
    row gitlab "ekslint check, 1 thread" - "$rounds" 1 "$bytes" "$ekslint" check --jobs 1 case
    row gitlab "ekslint diagnose" - "$rounds" 1 "$bytes" "$ekslint" diagnose case
    measure
    rm -rf case
}

run_account() {
    count=$(pick 10000 20)
    title account "account details with $count roles, in one file"
    "$policies" account "$count" >account.json
    bytes=$(bytes_of account.json)
    row account "jansson parses it" base "$rounds" "$count" "$bytes" "$work/bin/parse-jansson" files jansson account.json
    row account "ekslint's own reader parses it" - "$rounds" "$count" "$bytes" "$work/bin/parse-ekslint" files ekslint account.json
    row account "ekslint check" - "$rounds" "$count" "$bytes" "$ekslint" check account.json
    row account "ekslint check, every rule" - "$rounds" "$count" "$bytes" "$ekslint" check --profile pedantic account.json
    measure
}

run_simulate() {
    count=$(pick 100000 100)
    title simulate "cross-account AssumeRole as JSON lines, one decision each, $count lines"
    awk -v lines="$count" -f "$bench/requests.awk" >requests.jsonl
    awk -v lines=2000 -f "$bench/requests.awk" >requests.short.jsonl
    compile simulate "$bench/simulate.c" "$bench/rounds.c" "$library"
    bytes=$(bytes_of requests.jsonl)
    plan simulate "jansson parses the lines" base "$rounds" "$count" "$bytes" 0 requests.jsonl "$work/bin/parse-jansson" lines jansson
    row simulate "ekslint simulate, start to exit" - "$rounds" "$count" "$bytes" "$ekslint" simulate requests.jsonl
    yardstick simulate "iam-simulate, 2,000 lines" 5 2000 "$(bytes_of requests.short.jsonl)" \
        "$node" "$bench/drivers/simulate.mjs" "$yardsticks" requests.short.jsonl
    measure
    bin/simulate "$rounds" requests.jsonl >>results
}

run_rules() {
    count=$(pick 1000 20)
    title rules "the built-in rules, and $count rules of a user beside them, for one small policy"
    make_rules "$count"
    bytes=$(bytes_of rules)
    row rules "libyaml reads the events of the rules" base "$rounds" 1 "$bytes" "$work/bin/parse-both" files both rules
    row rules "ekslint check" - "$rounds" 1 0 "$ekslint" check "$smallest"
    row rules "ekslint check --rules" - "$rounds" 1 "$bytes" "$ekslint" check --rules rules "$smallest"
    row rules "ekslint rules check, the user's rules" - "$rounds" 1 "$bytes" "$ekslint" rules check rules
    measure
}

# Patterns are those of the policies.
run_catalogue() {
    size=$(nm -S --defined-only "$ekslint" 2>/dev/null | awk '
        $4 ~ /^catalogue_/ && $3 ~ /[rR]/ { for (i = 1; i <= 16; i++)
            size[$4] = size[$4] * 16 + index("0123456789abcdef", substr($2, i, 1)) - 1; sum += size[$4] }
        END { if (sum) printf ", whose tables take %d bytes", sum }')
    title catalogue "the IAM catalogue, in one process$size"
    compile expand "$bench/expand.c" "$bench/rounds.c" "$library"
    for file in "$corpus"/*.json; do
        "$ekslint" query "\$..['Action','NotAction']" "$file"
    done | grep -o '"[^"]*"' | tr -d '"' | grep -E '[*?]' | LC_ALL=C sort -u >patterns
    bin/expand "$rounds" <patterns >>results
}

run_mutants() {
    [ -z "$quick" ] || return 0
    title mutants "every built-in rule with its tests, and every mutant of it"
    row mutants "ekslint rules test --mutate" - 1 1 0 "$ekslint" rules test --mutate
    measure
}

# stream LINES NAME ROUNDS
stream() {
    make_stream "$1" >"stream.$1"
    bytes=$(bytes_of "stream.$1")
    plan stream "jansson parses $2 lines" "$4" "$3" "$1" "$bytes" 0 "stream.$1" "$work/bin/parse-jansson" lines jansson
    plan stream "ekslint, $2 lines" - "$3" "$1" "$bytes" 1 "stream.$1" "$ekslint" check --stdin-jsonl
}

run_stream() {
    title stream "check --stdin-jsonl: a small policy in each line"
    if [ -n "$quick" ]; then
        stream 20 20 1 base
    else
        stream 10000 10,000 "$rounds" base
        stream 100000 100,000 "$few" -
        [ -n "$fast" ] || stream 1000000 1,000,000 1 -
    fi
    measure
}

run_growth() {
    echo "run.sh: growth" >&2
    # Something that grows too fast is shown in the table.
    EKSLINT_BENCH_ROWS=$work/growth EKSLINT_BENCH_ROUNDS=${quick:-5} EKSLINT_BENCH_SHRINK=$(pick 1 50) \
        sh "$bench/growth.sh" documents statements actions rules unknown files account >growth.log 2>&1 || :
    if [ "$(cut -f 1 growth 2>/dev/null | sort -u | wc -l)" -ne 7 ]; then
        cat growth.log >&2
        exit 1
    fi
    cat growth >>results
}

for scenario; do
    "run_$(echo "$scenario" | tr - _)"
done
machine=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)
awk -v json="$json" -v bounds="$bench/bounds.txt" -v quick="$quick" -v version="$("$ekslint" --version | head -n 1)" \
    -v machine="$(uname -sm), $(nproc 2>/dev/null || echo '?') processors${machine:+, $machine}" \
    -f "$bench/report.awk" results || [ $? -eq 1 ]
