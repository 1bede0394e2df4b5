#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Checks that files have fewer than 600 lines, functions fewer than 70 lines in their body, and blocks nest at most four
# deep. It relies on the layout that .clang-format makes: the braces of a function's body stand alone in column 1.
#
# Exceptions are in length-exceptions.txt beside this script, one a line: PATH — REASON for a file's length,
# PATH:FUNCTION — REASON for a function's length or nesting. One without a reason, or that nothing needs, is an error.
#
# usage: check_lengths.sh [SOURCE_DIR]
# First proves on small bad files that each violation is seen.
set -u

here=$(cd "$(dirname "$0")" && pwd)
source_dir=${1:-${EKSLINT_SOURCE_DIR:-$here/../..}}
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

# check_tree FOLDER EXCEPTIONS: prints the violations, succeeds where there are none.
check_tree() {
    (
        exceptions=$2
        cd "$1" || exit 2
        find src tests -type f \( -name '*.c' -o -name '*.h' \) 2>/dev/null | LC_ALL=C sort |
            awk -v exceptions="$exceptions" -v file_max=600 -v body_max=70 -v nest_max=4 '
    function complain(text) { print text; failed = 1 }

    function read_exceptions(    line, at, name) {
        while ((getline line < exceptions) > 0) {
            if (line ~ /^[ \t]*(#|$)/) continue
            at = index(line, " — ")
            name = at ? substr(line, 1, at - 1) : line
            if (!at || substr(line, at) !~ /[A-Za-z]/) complain("exception without a reason: " line)
            else unused[name] = 1
            excepted[name] = 1
        }
        close(exceptions)
    }

    # Whether this violation is excepted; remembers that the exception was needed.
    function is_excepted(name) {
        delete unused[name]
        return name in excepted
    }

    # Only code is left of a line: comments, strings and character constants must not look like braces.
    function strip(text,    out, c, i, quote) {
        out = ""
        for (i = 1; i <= length(text); i++) {
            c = substr(text, i, 1)
            if (in_comment) {
                if (substr(text, i, 2) == "*/") { in_comment = 0; i++ }
            } else if (quote != "") {
                if (c == "\\") i++
                else if (c == quote) quote = ""
            } else if (substr(text, i, 2) == "/*") {
                in_comment = 1
                i++
            } else if (substr(text, i, 2) == "//") {
                break
            } else if (c == "\"" || c == "\047") {
                quote = c
            } else {
                out = out c
            }
        }
        sub(/[ \t]+$/, "", out)
        return out
    }

    # The name before the parameter list; attributes in front of a signature have parentheses of their own.
    function name_of(signature,    name) {
        gsub(/__attribute__ *\(\([^)]*\)\)/, "", signature)
        gsub(/_Noreturn|PRINTF_LIKE\([^)]*\)/, "", signature)
        name = signature
        sub(/ *\(.*/, "", name)
        sub(/.*[^A-Za-z0-9_]/, "", name)
        return name
    }

    # Braces of blocks count, those of initialisers do not.
    function follow_braces(code,    i, c, before) {
        for (i = 1; i <= length(code); i++) {
            c = substr(code, i, 1)
            if (c == "{") {
                before = substr(code, 1, i - 1)
                is_block[++depth] = before ~ /(\) |else |do |: |^[ \t]*)$/ && !(depth > 1 && !is_block[depth - 1])
                if (is_block[depth] && ++nest > deepest) deepest = nest
            } else if (c == "}" && depth > 0) {
                if (is_block[depth--]) nest--
            }
        }
    }

    function end_function(    id) {
        id = file ":" name
        if ((body >= body_max || deepest > nest_max) && is_excepted(id)) return
        if (body >= body_max) complain(id ": " body " lines, must be under " body_max)
        if (deepest > nest_max) complain(id ": blocks nest " deepest " deep, at most " nest_max)
    }

    function check_line(text,    code) {
        code = strip(text)
        if (in_body && text == "}") {
            end_function()
            in_body = 0
            signature = ""
        } else if (in_body) {
            body++
            follow_braces(code)
        } else if (text == "{") {
            in_body = 1
            name = name_of(signature)
            body = depth = nest = deepest = 0
        } else if (code ~ /^[ \t]*#/ || code ~ /[;}]$/) {
            signature = ""
        } else {
            signature = signature " " code
        }
    }

    BEGIN { read_exceptions() }

    {
        file = $0
        lines = in_body = in_comment = 0
        signature = ""
        while ((status = (getline text < file)) > 0) {
            lines++
            check_line(text)
        }
        close(file)
        if (status < 0) complain(file ": cannot be read")
        if (in_body) complain(file ":" name ": no end; is its closing brace in column 1?")
        if (lines >= file_max && !is_excepted(file)) complain(file ": " lines " lines, must be under " file_max)
    }

    END {
        if (NR == 0) complain("no source files")
        for (name in unused) complain("exception that nothing needs: " name)
        exit failed
    }'
    )
}

# A file, because the samples come through pipes, whose shells cannot set a variable here.
failures=$scratch/failures
: >"$failures"

# lines COUNT TEXT: the text so many times.
lines() {
    awk -v count="$1" -v text="$2" 'BEGIN { for (i = 0; i < count; i++) print text }'
}

# function_of BODY_LINES: a function in the layout of the project.
function_of() {
    printf '/* why */\nMUST_USE __attribute__((cold)) static int sample(int a,\n           int b)\n{\n'
    lines "$1" '    a += "}{"[0];'
    printf '}\n'
}

nested() {
    printf 'void nested(int a)\n{\n    if (a) {\n        while (a) {\n            switch (a) {\n            case 1: {\n'
    printf '                print("if (a) { \\" if (b) {"); /* if (c) {\n                if (d) { */ x(1); // if (e) {\n'
    printf '                struct s s = {{1}, {2}};\n                x((struct s){.a = {1}});\n'
    [ "$1" -lt 5 ] || printf '                if (a) {\n                }\n'
    printf '            }\n            }\n        } /* } */\n    }\n}\n'
}

# expect COMPLAINT [EXCEPTION]: check the sample on stdin; no complaint expected where the first argument is empty.
expect() {
    mkdir -p "$scratch/tree/src/base"
    cat >"$scratch/tree/src/base/a.c"
    printf '%s\n' '# a comment' "${2-}" >"$scratch/exceptions"
    found=$(check_tree "$scratch/tree" "$scratch/exceptions")
    status=$?
    if [ -z "$1" ] && [ "$status" -eq 0 ] && [ -z "$found" ]; then
        return
    elif [ -n "$1" ] && [ "$status" -ne 0 ] && printf '%s\n' "$found" | grep -qF -- "$1"; then
        return
    fi
    echo "self-test: expected '$1', got status $status: $found" | tee -a "$failures"
}

self_test() {
    function_of 69 | expect ''
    function_of 70 | expect 'src/base/a.c:sample: 70 lines, must be under 70'
    function_of 70 | expect '' 'src/base/a.c:sample — one table of cases'
    function_of 70 | expect 'exception without a reason' 'src/base/a.c:sample'
    function_of 70 | expect 'exception without a reason' 'src/base/a.c:sample — '
    function_of 70 | expect 'src/base/a.c:sample: 70 lines' 'src/base/a.c:other — one table of cases'
    function_of 69 | expect 'exception that nothing needs: src/base/a.c:sample' 'src/base/a.c:sample — old'
    lines 599 'int a;' | expect ''
    lines 600 'int a;' | expect 'src/base/a.c: 600 lines, must be under 600'
    lines 600 'int a;' | expect '' 'src/base/a.c — generated'
    lines 599 'int a;' | expect 'exception that nothing needs: src/base/a.c' 'src/base/a.c — generated'
    nested 4 | expect ''
    nested 5 | expect 'src/base/a.c:nested: blocks nest 5 deep, at most 4'
    nested 5 | expect '' 'src/base/a.c:nested — a state machine'
    printf 'int a(void)\n{\n    return 1;\n  }\n' | expect 'src/base/a.c:a: no end'
    rm -rf "$scratch/tree/src/base/a.c"
    if check_tree "$scratch/tree" /dev/null >/dev/null; then
        echo "self-test: a tree without files passes" | tee -a "$failures"
    fi
}

self_test
[ ! -s "$failures" ] || exit 1
check_tree "$source_dir" "$here/length-exceptions.txt"
