#!/bin/sh
# SPDX-License-Identifier: MIT
# What .gitignore leaves out of a folder. git itself is the judge: the files that ekslint reads are those that
# git lists.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

if ! command -v git >/dev/null 2>&1; then
    echo "git is not installed"
    exit 77
fi
HOME=$top
GIT_CONFIG_NOSYSTEM=1
export HOME GIT_CONFIG_NOSYSTEM
unset XDG_CONFIG_HOME GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE

# listed: the names of the files that ekslint reads in the current folder, sorted.
listed() {
    # shellcheck disable=SC2086
    run check $rules --format jsonl .
    sed -n 's/.*"file":"\([^"]*\)".*/\1/p' "$out" | sed 's/\\\\/\\/g' | LC_ALL=C sort -u
}
compare() {
    listed >"$top/read"
    git -c core.quotePath=false ls-files --others --exclude-standard -z | tr '\0' '\n' | LC_ALL=C sort |
        grep '\.json$' >"$top/git"
    cmp -s "$top/read" "$top/git" || {
        diff "$top/git" "$top/read" | head -n 10
        fail "$1: other files than git lists ('<' is git)"
    }
}
put() {
    for file in "$@"; do
        mkdir -p "$(dirname "$file")"
        echo "$bad" >"$file"
    done
}

# ---- written by hand ----

git init -q hand && cd hand || exit 1
put a.json b.json ab.json a-b.json A.json 1.json é.json '[a].json' 'a*.json' '!a.json' '#a.json' 'end .json' \
    'back\slash.json' build/x.json src/build/x.json src/keep/x.json src/a/b/c/x.json src/a/x.json log/x.json \
    log/keep/x.json log/keep/y.json 'blank /x.json' 'two  /x.json' vendor/a/x.json vendor/b/x.json \
    deep/a/b/c/d/x.json deep/x.json deep/ab/x.json foo/bar/x.json foo/x/bar/x.json foobar/x.json fooX/bar/x.json
ln -s build linked
while IFS= read -r pattern; do
    printf '%b' "$pattern" >.gitignore
    compare "$pattern"
done <<'END'

# a comment
*.json
a.json
/a.json
build
build/
/build/
linked/
src/build
src/*/x.json
src/**/x.json
**/x.json
**/build
src/**
src/**/
**
*
/*
/*/
*/
*\n!src\n!src/keep\n!src/keep/*
*\n!*/
*\n!*/\n!x.json
log/*\n!log/keep
log/\n!log/keep/x.json
!a.json
*.json\n!a.json
*.json\n!a.json\na.json
?.json
??.json
[ab].json
[!ab].json
[^ab].json
[a-z].json
[]a].json
[[:digit:]].json
[[:upper:][:digit:]].json
[[:nonsense:]].json
[[:alpha:].json
[a-
[a-c-z].json
[\\]a].json
[a\\-c].json
[--0].json
src[/]build
\\[a\\].json
a\\*.json
\\!a.json
\\#a.json
back\\\\slash.json
blank 
blank\\ 
blank\\ /
two\\ \\ 
two \\ 
a.json\t
a.json   
 a.json
a.json\\
deep/**/c
deep/*/c
deep/a**/x.json
deep/a**
foo**/bar
foo**/x.json
foo/**/bar
foo/***/bar
**foo
foo*bar
***/bar
foo/**/**/bar
/**/bar
**/**
foo//bar
//foo
/
!
./a.json
src/../a.json
a.json\r\nb.json\r\n
a.json\r
\0357\0273\0277a.json\nb.json
é.json
??.json
*[!.]json
vendor/*\n!vendor/b/
*.json\n!/src/**/x.json
src/a/**/c\n!src/a/b/c
END
printf 'a.json\\\n' >.gitignore
compare "a backslash at the end of a line"
printf 'a.json\0b\nb.json\n' >.gitignore
compare "a NUL in a line"
long=$(printf '%05000d' 0)
printf '%s\n%s*\n' "$long" "$long" >.gitignore
compare "a line of 5000 characters"

# Nested files: the deeper one counts for more.
printf 'x.json\n' >.gitignore
printf '!x.json\n/keep\n' >src/.gitignore
printf '*\n!x.json\n' >src/a/.gitignore
compare "nested files"
printf 'deep/\n!a.json\n' >.git/info/exclude
compare "info/exclude counts for less"
ln -s ../.gitignore log/.gitignore
printf 'keep\n' >src/.gitignore
compare "a link is not read"
rm .gitignore && mkdir .gitignore
compare "a folder of that name"
rmdir .gitignore

# ---- where a run starts ----

printf 'build/\ndeep/a/b\n/a.json\n*.json\n!b.json\n!x.json\n' >.gitignore
: >.git/info/exclude
rm src/.gitignore src/a/.gitignore log/.gitignore
compare "the root"
(cd deep && compare "a folder below") || failures=$((failures + 1))
(cd deep/ab && compare "a folder below that") || failures=$((failures + 1))
# shellcheck disable=SC2086
run $rules --format oneline deep
expect_no "deep/a/b/"
expect 1 "deep/ab/x.json"
# What is named is read, a file or a folder.
# shellcheck disable=SC2086
run $rules --format oneline a.json build
expect 1 "a.json:1"
expect 1 "build/x.json"
# shellcheck disable=SC2086
run $rules --format oneline --no-ignore .
expect 1 "deep/a/b/c/d/x.json:1"
expect 1 "src/build/x.json:1"
# What was collected for a case counts, ignored or not.
# shellcheck disable=SC2086
run diagnose $rules --format json .
grep -qF '"file": "build/x.json"' "$out" || fail "diagnose leaves out what is ignored"

# A repository inside has its own rules; a worktree has the info/exclude of its repository.
git init -q inner && put inner/a.json inner/x.json inner/b.json
printf 'x.json\n' >inner/.gitignore
printf 'b.json\n' >inner/.git/info/exclude
(cd inner && compare "a repository inside") || failures=$((failures + 1))
# shellcheck disable=SC2086
run $rules --format oneline inner
cp "$out" "$top/inner"
# shellcheck disable=SC2086
run $rules --format oneline .
grep inner/ "$out" | cmp -s - "$top/inner" || fail "a repository inside is read by other rules from outside"
git -c user.name=t -c user.email=t@example.com commit -q --allow-empty -m first
git worktree add -q ../tree 2>/dev/null && cd ../tree || exit 1
put y.json z.json
printf 'z.json\n' >../hand/.git/info/exclude
compare "a worktree"
cd .. || exit 1

# Outside of a repository nothing is left out; nor do rules of a folder above the repository count.
mkdir -p plain && put plain/a.json
printf 'a.json\n' >plain/.gitignore
# shellcheck disable=SC2086
run $rules --format oneline plain
expect 1 "plain/a.json:1"
git init -q plain/repository && put plain/repository/a.json
(cd plain/repository && compare "patterns above the repository") || failures=$((failures + 1))

# A list of a size that nobody writes by hand does not count, and that is said.
git init -q large && cd large || exit 1
put a.json
awk 'BEGIN { for (i = 0; i < 70000; i++) print "0123456789abcde"; print "a.json" }' >.gitignore
# shellcheck disable=SC2086
run $rules --format oneline .
expect 1 "a.json:1"
grep -qF ".gitignore' does not count: it is larger than 1 MiB" "$err" || fail "says nothing of the size"
cd .. || exit 1

# ---- by chance ----

# Folders with names and patterns of few characters, so that many match; the seed is fixed.
git init -q chance && cd chance || exit 1
awk 'BEGIN {
    srand(7)
    count = split("a b ab aa b.json a.json ab.json", names, " ")
    pieces = split("a b * ** ? / / [ab] [!a] \\\\ . json \\\\* [ ] - ! *", piece, " ")
    for (i = 0; i < 150; i++) {
        print "folder " i
        lines = 1 + int(rand() * 3)
        for (l = 0; l < lines; l++) {
            text = rand() < 0.25 && l > 0 ? "!" : ""
            parts = 1 + int(rand() * 6)
            for (p = 0; p < parts; p++) text = text piece[1 + int(rand() * pieces)]
            print "line " text
        }
    }
}' | while read -r what text; do
    case $what in
    folder)
        folder=$top/work/chance/f$text
        mkdir -p "$folder/a/b" "$folder/b/ab" "$folder/ab/a/b" && cd "$folder" || exit 1
        for place in . a a/b b b/ab ab ab/a ab/a/b; do
            for name in a.json b.json ab.json; do echo "$bad" >"$place/$name"; done
        done
        ;;
    line) printf '%s\n' "$text" >>.gitignore ;;
    esac
done
compare "patterns by chance"
kept=$(wc -l <"$top/git")
if [ "$kept" -lt 1000 ] || [ "$kept" -gt 3500 ]; then fail "$kept of 3600 files: the patterns match all or nothing"; fi

finish
