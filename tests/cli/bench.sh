#!/bin/sh
# SPDX-License-Identifier: MIT
# The benchmark runs as a whole: every scenario, in one round and with small inputs, and its JSON has the shape that tests/bench/README.md
# tells. How long anything takes is not looked at. What the report makes of rows is: bounds that are met and that are not, and
# growth that is too fast.
# shellcheck source=tests/cli/lib.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"
bench=$EKSLINT_SOURCE_DIR/tests/bench
report=$bench/report.awk

# values QUERY: what the query finds in the JSON, without brackets and quotes, a line each
values() {
    run query "$1" result.json
    expect 0
    tr -d '[]," ' <"$out" | sed '/^$/d'
}

# same NAME WANTED GOT
same() {
    last=$1
    [ "$2" = "$3" ] || fail "wanted: $2; got: $3"
}

# ---- a quick run ----

last="run.sh --quick"
: >"$out"
sh "$bench/run.sh" --quick --json result.json >"$out" 2>"$err" || fail "exit status $?"
expect_no "TOO MUCH"
for scenario in start policy managed minified parse templates mixed-1000 mixed-10000 policies-10000 gitlab account \
    simulate rules catalogue stream growth; do
    grep -q "^$scenario: " "$out" || fail "no table of $scenario"
done
same members "\$['version'] \$['quick'] \$['program'] \$['machine'] \$['rows'] \$['growth'] \$['bounds'] \$['missing']" \
    "$("$EKSLINT_BINARY" query --paths '$.*' result.json | tr -d '," \n' | sed "s/^\[//; s/\]\$//; s/\]\\$/] $/g")"
same version 1 "$(values '$.version')"
same quick true "$(values '$.quick')"
rows=$(values '$.rows[*].name' | wc -l)
[ "$rows" -ge 40 ] || fail "only $rows rows"
for key in scenario rounds medianMs lowerQuartileMs upperQuartileMs processorMs items bytes peakKB ratio; do
    same "rows have $key" "" "$(values "\$.rows[?!@.$key]")"
done
same "times are numbers" "" "$(values '$.rows[?!(@.medianMs > 0)].name')"
same "one round" "" "$(values '$.rows[?@.rounds != 1].name')"
same "sizes of growth" 28 "$(values '$.growth[?@.processorMs != null && @.items > 0].size' | wc -l)"
same "a quick run judges nothing" "" "$(values '$.bounds[?@.verdict != "not judged"].bound')"
[ "$(values '$.bounds[*].measured' | wc -l)" -ge 10 ] || fail "hardly any bounds"

# ---- what the README tells ----

all=$(sed -n 's/^all="\(.*\)"$/\1/p' "$bench/run.sh" | tr ' ' '\n')
named=$(tr -d '\140' <"$bench/README.md" | sed -n 's/^| \([a-z0-9, -]*\) |.*/\1/p' | sed '/^scenario$/d; /^-*$/d')
same "scenarios of the README" "$all" "$(echo "$named" | tr ',' '\n' | tr -d ' ')"
# Its commands name scripts that are there, and options and scenarios that run.sh has.
grep -o 'sh tests/bench/[a-z]*\.sh[^`#]*' "$bench/README.md" >commands
[ "$(wc -l <commands)" -ge 6 ] || fail "hardly any commands in the README"
while read -r _ script arguments; do
    last="$script $arguments"
    [ -f "$EKSLINT_SOURCE_DIR/$script" ] || fail "is not there"
    for word in $arguments; do
        case $word in
        --*) grep -q -e "^ *$word)" "$EKSLINT_SOURCE_DIR/$script" || fail "no option $word" ;;
        *.json) ;;
        *) printf '%s\n' "$all" tags backwards | grep -qxF -e "$word" || fail "no scenario $word" ;;
        esac
    done
done <commands
{
    printf '%s\n' rows growth bounds missing
    # What rows of growth hold besides is in the table.
    grep -o 'member("[A-Za-z]*"' "$report" | sed 's/.*"\(.*\)"/\1/' | grep -vx -e of -e size -e factor
} >keys
[ "$(wc -l <keys)" -ge 20 ] || fail "hardly any keys"
while read -r key; do
    grep -qF "\`$key\`" "$bench/README.md" || fail "README: no $key"
done <keys

# ---- what is wrong is said ----

last="run.sh nosuch"
status=0
sh "$bench/run.sh" nosuch >"$out" 2>"$err" || status=$?
expect_error 2 "there is no scenario 'nosuch'"

# ---- what the report makes of rows ----

# rows LINES...: fields by blanks, in which _ is a blank; both of processor time are one here
rows() {
    printf '%s\n' "$@" | tr ' _' '\t ' | awk 'BEGIN { FS = OFS = "\t" } { $8 = $8 OFS $8; print }' >rows
}
# judge STATUS ARGUMENTS...: the report of the rows
judge() {
    wanted=$1 last="report of $(head -n 1 rows)"
    shift
    status=0
    awk "$@" -f "$report" rows >"$out" 2>"$err" || status=$?
    expect "$wanted"
}
cat >bounds.txt <<'END'
# a comment
a | us | ms | <= | 2 | most
a | us | x them | < | 0.5 | beside
a | us | MB | <= | 8 | memory
a | us | a second | >= | 1000 | rate
a | us | a core second | >= | 1000 | core
a | us | MB x them | <= | 1.1 | flat
a | nobody | ms | <= | 1 | absent
END
rows 'a them base 3 4 4 4 4 1024 1 0' 'a us - 3 2 2 2 1 8192 1 0'
judge 0 -v bounds=bounds.txt -v json=result.json
same verdicts "most met beside NOTMET memory met rate NOTMET core met flat NOTMET" \
    "$(values '$.bounds[*]["bound","verdict"]' | tr '\n' ' ' | sed 's/ $//')"
# By item: half the time for one is a quarter of the time for two.
rows 'a them base 3 4 4 4 4 1024 2 0' 'a us - 3 1 1 1 1 1024 1 0'
judge 0 -v json=result.json
same ratio 0.5 "$(values '$.rows[1].ratio')"
rows 'a "them\ base 3 4 4 4 4 1024 2 0'
judge 0 -v json=result.json
same names '["\"them\\"]' "$("$EKSLINT_BINARY" query '$.rows[*].name' result.json | tr -d '\n ')"

growth() {
    rows "growth_s start - 5 1 1 1 1 4096 1 10" "growth_s x1 - 5 1 1 1 11 4096 1 100" "growth_s x2 - 5 1 1 1 $1 4096 2 200" \
        "growth_s x4 - 5 1 1 1 $2 4096 4 400" "growth_s x8 - 5 1 1 1 $3 $4 8 $5"
}
growth 21 41 81 4096 800
judge 0
expect_no "TOO MUCH"
growth 41 161 641 4096 800
judge 1
expect 1 "TOO MUCH"
# One step, from one size on, is none; nor is what is too short to be measured.
growth 21 41 201 4096 800
judge 1
growth 21 61 181 4096 800
judge 0
growth 1.2 1.4 8 4096 800
judge 0
growth 41 161 641 4096 800
judge 0 -v shrunk=50
# Memory: of large inputs, by the byte.
growth 21 41 81 404096 1000000
judge 1
growth 21 41 81 204096 1000000
judge 0
rows 'a us - 3 2'
judge 3
finish
