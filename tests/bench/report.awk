# SPDX-License-Identifier: MIT
# awk -f report.awk ROWS: rows of results (rounds.h) as tables, in the order in which they come. Rows of the scenarios "growth
# SHAPE" make a table of their own: their first row is what the program takes by itself, the others are sizes of the
# input, each twice the one before.
#   -v bounds=FILE   bounds.txt: what is compared with them, and met or not
#   -v json=FILE     the same as one JSON object, to this file
#   -v quick=1       a run that only shows that the benchmark runs: its numbers are not compared
#   -v shrunk=N      more than 1: likewise of growth
#   -v headed=yes    no head for the table of growth
#   -v machine=TEXT -v version=TEXT
# Besides rows there are lines "#title", scenario, text, and "#missing", scenario, what was not measured, why. Fails where
# something grows too fast; a bound that is not met is said and fails nothing.

function text_of(value) {
    gsub(/\\/, "\\\\\\\\", value)
    gsub(/"/, "\\\\\"", value)
    gsub(/[\001-\037]/, " ", value)
    return "\"" value "\""
}

# To standard output and, behind the table, to the JSON.
function member(name, value) { return text_of(name) ": " value }
function number(value) { return sprintf("%.6g", value) }

function add(scenario, name) {
    if (!(scenario in base) && scenario !~ /^growth /) base[scenario] = ""
    if (!(scenario in rows_of)) scenarios[++scenario_count] = scenario
    rows_of[scenario]++
    row_scenario[++count] = scenario
    row_name[count] = name
    row_at[scenario, name] = count
}

BEGIN {
    FS = "\t"
    # Twice as much, and what sorting and a busy machine add to that. One factor alone may be a step: memory that outgrows
    # a cache or a first piece, a budget that is used up from one size on. Four times as much with one such step
    # is eight times; what grows with the square takes sixteen times as much.
    FACTOR_MAX = 3.0
    QUARTER_MAX = 9.0
    # Below this nothing but the start of the program is measured.
    LEAST_MS = 2.0
    # Memory for each byte of the input, of inputs from this size on: what the program takes by itself, and a list that
    # is full, weigh less.
    ROOM_MAX = 256
    ROOM_BYTES = 900000
}

$1 == "#title" { title[$2] = $3; next }
$1 == "#missing" { missing[++missing_count] = $2 FS $3 FS $4; missing_of[$2] = missing_of[$2] sprintf("  %-42s %s\n", $3, $4); next }
NF != 12 { print "report.awk: not a row: " $0; broken = 1; exit 3 }
{
    add($1, $2)
    if ($3 == "base") base[$1] = count
    rounds[count] = $4; median[count] = $5; lower[count] = $6; upper[count] = $7
    cpu[count] = $8; least[count] = $9; kilobytes[count] = $10; items[count] = $11; bytes[count] = $12
}

# Time of an item beside that of an item of the yardstick.
function ratio(row, other) {
    if (!other || !median[other] || !items[row]) return 0
    return (median[row] / items[row]) / (median[other] / items[other])
}

function rate(row) { return median[row] ? items[row] / median[row] * 1000 : 0 }

function ms_of(ms) { return ms < 10 ? sprintf("%.3f", ms) : ms < 1000 ? sprintf("%.1f", ms) : sprintf("%.0f", ms) }

function print_rows(scenario,    i, line) {
    printf "\n%s: %s\n", scenario, title[scenario]
    printf "  %-42s %7s %-17s %3s %7s %6s %7s %9s\n", "", "ms", "   quartiles", "n", "cpu ms", "MB", "x", "a second"
    for (i = 1; i <= count; i++) {
        if (row_scenario[i] != scenario) continue
        line = sprintf("  %-42s %7s %7s - %-7s %3d %7s", row_name[i], ms_of(median[i]), ms_of(lower[i]), ms_of(upper[i]), rounds[i], ms_of(cpu[i]))
        line = line (kilobytes[i] ? sprintf(" %6.1f", kilobytes[i] / 1024) : sprintf(" %6s", "-"))
        line = line (base[scenario] ? sprintf(" %7.2f", ratio(i, base[scenario])) : sprintf(" %7s", "-"))
        print line (items[i] > 1 ? sprintf(" %9.0f", rate(i)) : "")
    }
    printf "%s", missing_of[scenario]
}

# ---- growth ----

function grow(scenario,    i, first, half, quarter, small, start, took, before, room) {
    for (i = 1; i <= count; i++) {
        if (row_scenario[i] != scenario) continue
        if (!first) { first = i; start = least[i]; continue }
        took = least[i] - start
        room = (kilobytes[i] - kilobytes[first]) * 1024 / bytes[i]
        is_size = row_name[i] ~ /^x/
        factor[i] = is_size && half && before >= LEAST_MS ? took / before : 0
        small = before / 4
        verdict[i] = "ok"
        if (row_name[i] == "x8" && factor[i] > FACTOR_MAX && took > QUARTER_MAX * (quarter > small ? quarter : small)) verdict[i] = "TOO MUCH"
        if (bytes[i] >= ROOM_BYTES && room > ROOM_MAX) verdict[i] = "TOO MUCH"
        if (shrunk > 1 || quick) verdict[i] = "not judged"
        if (verdict[i] == "TOO MUCH") bad = 1
        own_ms[i] = took; room_of[i] = room
        printf "  %-22s %-8s %8d %9d %10.2f %8s %9.1f %9.1f  %s\n", substr(scenario, 8), row_name[i], items[i], bytes[i], took,
            (factor[i] ? sprintf("%.2f", factor[i]) : "-"), kilobytes[i] / 1024, room, (verdict[i] == "ok" ? "" : verdict[i])
        quarter = half ? before : 0
        before = took
        half = i
    }
}

function print_growth(    s, any) {
    for (s = 1; s <= scenario_count; s++) {
        if (scenarios[s] !~ /^growth /) continue
        if (!any++ && !headed) {
            print "\ngrowth: processor time beyond what the program takes by itself, and memory"
            printf "  %-22s %-8s %8s %9s %10s %8s %9s %9s\n", "of", "size", "items", "bytes", "ms", "x half", "peak MB", "a byte"
        }
        grow(scenarios[s])
    }
}

# ---- bounds: scenario | row | what | relation | value | text ----

function measured(row, what,    other) {
    if (what == "ms") return median[row]
    if (what == "MB") return kilobytes[row] / 1024
    if (what == "a second") return rate(row)
    if (what == "a core second") return cpu[row] ? items[row] / cpu[row] * 1000 : 0
    other = what
    sub(/^x /, "", other); sub(/^MB x /, "", other)
    other = row_at[row_scenario[row], other]
    if (!other) return -1
    return what ~ /^MB/ ? kilobytes[row] / kilobytes[other] : ratio(row, other)
}

function print_bounds(    line, f, row, value, met, waited) {
    while (bounds != "" && (getline line < bounds) > 0) {
        if (line ~ /^(#|$)/ || split(line, f, / *\| */) != 6) continue
        row = row_at[f[1], f[2]]
        value = row ? measured(row, f[3]) : -1
        if (value < 0) continue
        met = f[4] == "<" ? value < f[5] : f[4] == "<=" ? value <= f[5] : value >= f[5]
        bound_text[++bound_count] = f[6]; bound_limit[bound_count] = f[4] " " f[5]; bound_value[bound_count] = value
        bound_met[bound_count] = quick ? "not judged" : met ? "met" : "NOT MET"
        if (bound_count == 1) printf "\nbounds\n"
        # Where the machine was busy, time on the clock says little.
        waited = f[3] ~ /MB|core/ ? 0 : (1 - cpu[row] / median[row]) * 100
        printf "  %-58s %10s %11.6g  %s%s\n", f[6], bound_limit[bound_count], value, bound_met[bound_count],
            (waited > 15 && !quick ? sprintf(" (waited %.0f %%)", waited) : "")
    }
}

# ---- JSON ----

function json_rows(    i, n) {
    for (i = 1; i <= count; i++) {
        if (row_scenario[i] ~ /^growth /) continue
        printf "%s\n  {%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s}", (n++ ? "," : ""), member("scenario", text_of(row_scenario[i])),
            member("name", text_of(row_name[i])), member("rounds", rounds[i]), member("medianMs", number(median[i])),
            member("lowerQuartileMs", number(lower[i])), member("upperQuartileMs", number(upper[i])),
            member("processorMs", number(cpu[i])), member("peakKB", kilobytes[i] ? kilobytes[i] : "null"), member("items", items[i]),
            member("bytes", bytes[i]), member("ratio", base[row_scenario[i]] ? number(ratio(i, base[row_scenario[i]])) : "null") >json
    }
}

function json_growth(    i, n) {
    for (i = 1; i <= count; i++) {
        if (!(i in verdict)) continue
        printf "%s\n  {%s, %s, %s, %s, %s, %s, %s, %s}", (n++ ? "," : ""), member("of", text_of(substr(row_scenario[i], 8))),
            member("size", text_of(row_name[i])), member("items", items[i]), member("bytes", bytes[i]),
            member("processorMs", number(own_ms[i])), member("factor", factor[i] ? number(factor[i]) : "null"),
            member("peakKB", kilobytes[i]), member("verdict", text_of(verdict[i])) >json
    }
}

function print_json(    i, f) {
    printf "{%s, %s, %s, %s,\n \"rows\": [", member("version", 1), member("quick", quick ? "true" : "false"),
        member("program", text_of(version)), member("machine", text_of(machine)) >json
    json_rows()
    printf "],\n \"growth\": [" >json
    json_growth()
    printf "],\n \"bounds\": [" >json
    for (i = 1; i <= bound_count; i++) {
        printf "%s\n  {%s, %s, %s, %s}", (i > 1 ? "," : ""), member("bound", text_of(bound_text[i])),
            member("limit", text_of(bound_limit[i])), member("measured", number(bound_value[i])), member("verdict", text_of(bound_met[i])) >json
    }
    printf "],\n \"missing\": [" >json
    for (i = 1; i <= missing_count; i++) {
        split(missing[i], f, FS)
        printf "%s\n  {%s, %s, %s}", (i > 1 ? "," : ""), member("scenario", text_of(f[1])), member("name", text_of(f[2])),
            member("reason", text_of(f[3])) >json
    }
    print "]}" >json
}

END {
    if (broken) exit 3
    for (s = 1; s <= scenario_count; s++) {
        if (scenarios[s] !~ /^growth /) print_rows(scenarios[s])
    }
    print_growth()
    print_bounds()
    if (json != "") print_json()
    exit bad
}
