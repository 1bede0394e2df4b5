#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Checks every #include against the architecture (src/README.md): data flows one way, so a folder includes only itself
# and folders to its left; third-party headers stay in their one file; the library sees C11 headers only, because it
# reads no files, clock, locale or environment; network headers appear nowhere. Also: every header has the guard of its
# name and compiles alone.
#
# usage: check_includes.sh [SOURCE_DIR]
# First proves on small bad trees that each violation is seen.
set -u

source_dir=${1:-${EKSLINT_SOURCE_DIR:-$(dirname "$0")/../..}}
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

# Prints one line per violation of the files on stdin, whose paths are relative to the current directory.
check_files() {
    awk '
    BEGIN {
        split("base 0 text 1 tree 2 path 3 aws 3 iam 4 model 5 rule 6 report 7 ekslint 8 engine 9 cli 10", order, " ")
        for (i = 1; i in order; i += 2) rank[order[i]] = order[i + 1]

        # <time.h> is here for conversions of dates that are passed in. <ctype.h>, <locale.h>, <setjmp.h>, <signal.h>
        # and <threads.h> are left out on purpose: they read or change what belongs to the process.
        split("assert complex errno float inttypes iso646 limits math stdalign stdarg stdatomic stdbool stddef " \
              "stdint stdio stdlib stdnoreturn string tgmath time uchar wchar", names, " ")
        for (i in names) c11[names[i] ".h"] = 1

        only["yaml.h"] = "tree"
        only["pcre2.h"] = "path"
        only["seccomp.h"] = only["linux/seccomp.h"] = "cli"
        only["jansson.h"] = "report"
        many["jansson.h"] = 1
    }

    function complain(text) { print file ":" line ": " text }

    # The folder of a file or of an include; the public header stands directly in src/.
    function folder_of(path) {
        if (path !~ /\//) return "ekslint"
        sub(/\/.*/, "", path)
        return path
    }

    function check_project(name,    other) {
        other = folder_of(name)
        if (in_tests) return
        if (!(other in rank) || (other == "ekslint" && name != "ekslint.h")) {
            complain("\"" name "\" names no folder of src/")
        } else if (other != folder && rank[other] + 0 >= rank[folder] + 0) {
            complain("src/" folder "/ must not include \"" name "\"")
        }
    }

    function check_confined(name) {
        if (in_tests && only[name] == "report") return
        # The reader beside which the benchmark measures ours.
        if (file == "tests/bench/parse.c" && name == "yaml.h") return
        if (folder != only[name]) {
            complain("<" name "> is confined to src/" only[name] "/")
        } else if (!(name in many)) {
            if (name in user && user[name] != file) {
                complain("<" name "> is confined to one file, " user[name] " has it already")
            }
            user[name] = file
        }
    }

    function check_system(name) {
        if (name ~ /^(netdb|ifaddrs|resolv)\.h$|^sys\/(socket|un)\.h$|^linux\/(if|net|inet|socket|tcp|vm_sockets)/ ||
            name ~ /^(arpa|net|netinet|netpacket|curl|openssl|gnutls)\//) {
            complain("<" name ">: no network code")
        } else if (name in only) {
            check_confined(name)
        } else if (!pure || name in c11) {
            return
        } else {
            complain("<" name "> is for src/cli/ only")
        }
    }

    {
        file = $0
        in_tests = file ~ /^tests\//
        path = file
        sub(/^(src|tests)\//, "", path)
        folder = in_tests ? "tests" : folder_of(path)
        # The embedding tool runs during the build and walks the rules folder.
        pure = !in_tests && folder != "cli" && file != "src/rule/embed.c"
        line = 0
        if (!in_tests && !(folder in rank)) complain("src/" folder "/ is no folder of the order")
        while ((status = (getline text < file)) > 0) {
            line++
            if (text !~ /^[ \t]*#[ \t]*include/) continue
            name = text
            if (text ~ /include[ \t]*"[^"]*"/) {
                sub(/^[^"]*"/, "", name)
                sub(/".*/, "", name)
                if (name in only) check_confined(name)
                else check_project(name)
            } else if (text ~ /include[ \t]*<[^>]*>/) {
                sub(/^[^<]*</, "", name)
                sub(/>.*/, "", name)
                if (folder_of(name) in rank && name ~ /\//) check_project(name)
                else check_system(name)
            } else {
                complain("an include by macro cannot be checked")
            }
        }
        if (status < 0) complain("cannot be read")
        close(file)
    }'
}

# Guards: the first two directives name it, the last line that is not blank closes it.
check_guards() {
    while read -r header; do
        guard=$(printf '%s\n' "${header#src/}" | tr 'abcdefghijklmnopqrstuvwxyz/.-' 'ABCDEFGHIJKLMNOPQRSTUVWXYZ___')
        case $guard in
        EKSLINT_*) ;;
        *) guard=EKSLINT_$guard ;;
        esac
        awk -v guard="$guard" '
        /^#/ { directives++ }
        /^#/ && directives == 1 { opens = $0 == "#ifndef " guard }
        /^#/ && directives == 2 { defines = $0 == "#define " guard }
        /[^ \t]/ { last = $0 }
        END { exit opens && defines && last ~ /^#endif/ ? 0 : 1 }' "$header" ||
            echo "$header: must be guarded by $guard"
    done
}

check_alone() {
    while read -r header; do
        posix=
        case $header in
        src/cli/*) posix=-D_POSIX_C_SOURCE=200809L ;;
        esac
        # shellcheck disable=SC2086
        "${CC:-cc}" -fsyntax-only -std=c11 -Wall -Werror=implicit-function-declaration $posix -Isrc -x c "$header" \
            2>"$scratch/compiler" || {
            echo "$header: does not compile alone"
            cat "$scratch/compiler"
        }
    done
}

# Check the tree in folder $1: prints the violations, succeeds where there are none.
check_tree() {
    (
        cd "$1" || exit 2
        files=$(find src tests -type f \( -name '*.c' -o -name '*.h' -o -name '*.def' -o -name '*.inc' \) 2>/dev/null |
            LC_ALL=C sort)
        headers=$(printf '%s\n' "$files" | grep '^src/.*\.h$')
        found=$(
            printf '%s\n' "$files" | check_files
            if [ -n "$headers" ]; then
                printf '%s\n' "$headers" | check_guards
                printf '%s\n' "$headers" | check_alone
            fi
        )
        [ -z "$found" ] || printf '%s\n' "$found"
        [ -n "$files" ] && [ -z "$found" ]
    )
}

failures=0

# A tree that obeys every rule, to which each case below adds one file.
good_tree() {
    rm -rf "$scratch/tree"
    mkdir -p "$scratch/tree/tests"
    for folder in base text tree path aws model rule report engine cli; do
        mkdir -p "$scratch/tree/src/$folder"
    done
    cd "$scratch/tree" || exit 1
    printf '#ifndef EKSLINT_H\n#define EKSLINT_H\n#include <stddef.h>\n#endif\n' >src/ekslint.h
    printf '/* text */\n#ifndef EKSLINT_BASE_STR_H\n#define EKSLINT_BASE_STR_H\n#include <stddef.h>\n#endif\n' >src/base/str.h
    printf '#include "tree/yaml.h"\n\n#include "base/str.h"\n\n#include <yaml.h>\n' >src/tree/yaml.c
    printf '#ifndef EKSLINT_TREE_YAML_H\n#define EKSLINT_TREE_YAML_H\n#include "base/str.h"\n#endif\n' >src/tree/yaml.h
    printf '#include <pcre2.h>\n' >src/path/regexp.c
    printf '#include <jansson.h>\n' >src/report/json.c
    printf '#include <jansson.h>\n' >src/report/sarif.c
    printf '#include <dirent.h>\n' >src/rule/embed.c
    printf '#include "ekslint.h"\n#include <sys/stat.h>\n#include <seccomp.h>\n#include <sys/prctl.h>\n' >src/cli/main.c
    printf '#include "base/str.h"\n#include <jansson.h>\n#include <dirent.h>\n' >tests/test_tree.c
    mkdir -p tests/bench
    printf '#include <yaml.h>\n' >tests/bench/parse.c
    cd - >/dev/null || exit 1
}

# expect FILE TEXT COMPLAINT: the good tree with this one file more must be refused for this reason.
expect() {
    good_tree
    mkdir -p "$(dirname "$scratch/tree/$1")"
    # shellcheck disable=SC2059
    printf "$2" >"$scratch/tree/$1"
    if found=$(check_tree "$scratch/tree"); then
        echo "self-test: not seen: $1: $3"
    elif ! printf '%s\n' "$found" | grep -qF -- "$3"; then
        echo "self-test: $1: expected '$3', got: $found"
    else
        return
    fi
    failures=$((failures + 1))
}

self_test() {
    good_tree
    check_tree "$scratch/tree" || {
        echo "self-test: the good tree is refused"
        failures=$((failures + 1))
    }
    expect src/base/a.c '#include "text/source.h"\n' 'src/base/ must not include "text/source.h"'
    expect src/tree/a.c '  #  include "cli/files.h" /* why */\n' 'src/tree/ must not include "cli/files.h"'
    expect src/path/a.c '#include "aws/arn.h"\n' 'src/path/ must not include "aws/arn.h"'
    expect src/aws/a.c '#include "path/query.h"\n' 'src/aws/ must not include "path/query.h"'
    expect src/aws/a.c '#include "model/regions.def"\n' 'src/aws/ must not include "model/regions.def"'
    expect src/aws/a.def '#include "model/kind.h"\n' 'src/aws/ must not include "model/kind.h"'
    expect src/rule/a.c '#include "report/json.h"\n' 'src/rule/ must not include "report/json.h"'
    expect src/rule/a.c '#include <report/json.h>\n' 'src/rule/ must not include "report/json.h"'
    expect src/rule/a.c '#include "ekslint.h"\n' 'src/rule/ must not include "ekslint.h"'
    expect src/report/a.c '#include "engine/engine.h"\n' 'src/report/ must not include "engine/engine.h"'
    expect src/report/a.c '#include "cli/files.h"\n' 'src/report/ must not include "cli/files.h"'
    expect src/tree/a.c '#include "node.h"\n' '"node.h" names no folder of src/'
    expect src/tree/a.c '#include "../base/str.h"\n' '"../base/str.h" names no folder of src/'
    expect src/tree/a.c '#include NODE_H\n' 'an include by macro cannot be checked'
    expect src/util/a.c '#include <stddef.h>\n' 'src/util/ is no folder of the order'
    expect src/model/a.c '#include <yaml.h>\n' '<yaml.h> is confined to src/tree/'
    expect src/tree/a.c '#include <yaml.h>\n' '<yaml.h> is confined to one file'
    expect tests/a.c '#include <yaml.h>\n' '<yaml.h> is confined to src/tree/'
    expect tests/bench/a.c '#include <yaml.h>\n' '<yaml.h> is confined to src/tree/'
    expect tests/bench/parse.c '#include <pcre2.h>\n' '<pcre2.h> is confined to src/path/'
    expect src/path/a.c '#include <pcre2.h>\n' '<pcre2.h> is confined to one file'
    expect src/tree/a.c '#include <jansson.h>\n' '<jansson.h> is confined to src/report/'
    expect src/tree/a.c '#include "jansson.h"\n' '<jansson.h> is confined to src/report/'
    expect src/base/a.c '#include <seccomp.h>\n' '<seccomp.h> is confined to src/cli/'
    expect src/cli/a.c '#include <seccomp.h>\n' '<seccomp.h> is confined to one file'
    for header in unistd.h sys/stat.h fcntl.h dirent.h poll.h locale.h threads.h; do
        expect src/text/a.c "#include <$header>\\n" "<$header> is for src/cli/ only"
    done
    for header in sys/socket.h netdb.h netinet/in.h arpa/inet.h sys/un.h curl/curl.h; do
        expect src/cli/a.c "#include <$header>\\n" "<$header>: no network code"
    done
    expect tests/a.c '#include <netdb.h>\n' '<netdb.h>: no network code'
    expect src/base/a.h '#ifndef BASE_A_H\n#define BASE_A_H\n#endif\n' 'must be guarded by EKSLINT_BASE_A_H'
    expect src/base/a.h '#pragma once\n' 'must be guarded by EKSLINT_BASE_A_H'
    expect src/base/a.h '#ifndef EKSLINT_BASE_A_H\n#define EKSLINT_BASE_A_H\n#endif\nint a;\n' \
        'must be guarded by EKSLINT_BASE_A_H'
    expect src/base/a.h '#ifndef EKSLINT_BASE_A_H\n#define EKSLINT_BASE_A_H\nsize_t a(void);\n#endif\n' \
        'src/base/a.h: does not compile alone'
}

self_test
[ "$failures" -eq 0 ] || exit 1
check_tree "$source_dir"
