#!/bin/sh
# SPDX-License-Identifier: MIT
# The sandbox does not get in the way of what was asked for: each command with the real filters (those of a build with
# sanitizers are wider), with and without --no-sandbox, has to say and write the same. And the program links nothing
# that reaches a network or starts a program, but what starts git.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

EKSLINT_BINARY=${EKSLINT_PLAIN:?is not set}
case=$EKSLINT_SOURCE_DIR/testdata/cases/gitlab/complete

run --version
expect 0 "sandbox: "
case $(grep '^sandbox: ' "$out") in
*"built without"*)
    echo "NOT RUN: the program was built without the sandbox"
    exit 77
    ;;
*"no seccomp"*)
    echo "NOT RUN: this kernel has no seccomp filters"
    exit 77
    ;;
esac
grep -qE '^sandbox: seccomp, (landlock [0-9]+|no landlock here)$' "$out" || fail "another line"
run --version --no-sandbox
expect 0 "sandbox: off (--no-sandbox)"
landlock=no
run --version
if grep -q 'landlock [0-9]' "$out"; then landlock=yes; fi

# same STATUS ARGUMENTS: with the sandbox and without it, in two folders that begin alike, with the same outcome.
same() {
    wanted=$1
    shift
    rm -rf "$top/with" "$top/without"
    cp -R . "$top/with"
    cp -R . "$top/without"
    back=$PWD
    cd "$top/without" || exit 1
    run "$@" --no-sandbox
    sed "s,$top/without,TOP,g" "$out" >"$top/out.without"
    sed "s,$top/without,TOP,g" "$err" >"$top/err.without"
    [ "$status" -eq "$wanted" ] || fail "exit status $status without sandbox, not $wanted"
    cd "$top/with" || exit 1
    run "$@"
    [ "$status" -eq "$wanted" ] || fail "exit status $status, not $wanted"
    sed "s,$top/with,TOP,g" "$out" | cmp -s - "$top/out.without" || fail "another output"
    sed "s,$top/with,TOP,g" "$err" | cmp -s - "$top/err.without" || fail "other messages"
    diff -r --no-dereference "$top/with" "$top/without" >"$top/differences" || {
        cat "$top/differences"
        fail "other files"
    }
    cd "$back" || exit 1
}

# alike STATUS ARGUMENTS: the same here, for what writes nothing.
alike() {
    wanted=$1
    shift
    run "$@" --no-sandbox
    cp "$out" "$top/out.without"
    cp "$err" "$top/err.without"
    [ "$status" -eq "$wanted" ] || fail "exit status $status without sandbox, not $wanted"
    run "$@"
    [ "$status" -eq "$wanted" ] || fail "exit status $status, not $wanted"
    cmp -s "$out" "$top/out.without" || fail "another output"
    cmp -s "$err" "$top/err.without" || fail "other messages"
}

cp -R "$case" case
chmod -R u+w case
echo "$bad" >bad.json
echo "$good" >good.json
mkdir -p many below/deeper out
i=0
while [ "$i" -lt 200 ]; do
    echo "$good" >"many/$i.json"
    i=$((i + 1))
done

# Reading: files, folders, ways up, links, standard input, lists, many at once.
printf '{"name": "a", "content": "{\\"Version\\": \\"2012-10-17\\", \\"Statement\\": []}"}\nno JSON\n' >"$top/lines"
input=$top/lines
same 3 check --stdin-jsonl
input=/dev/null

same 0 check good.json
same 1 check --no-builtin --rules "$top/rules" bad.json
same 1 check --no-builtin --rules "$top/rules/no-star.yaml" --format json .
same 0 check -q --jobs 8 many
same 0 check -q --jobs 64 many
same 0 check -q --jobs 1 many
same 3 check missing.json
same 3 check good.json missing/
same 0 check below/../good.json
ln -s ../good.json below/link.json
ln -s "$top" below/deeper/up
same 0 check below/link.json
same 4 check below
ln -s "$top/rules" rules-link
same 1 check --no-builtin --rules rules-link/no-star.yaml bad.json
printf 'good.json\nmany\n' >list
same 0 check --files-from list
same 0 check --hook good.json many/1.json
same 0 check --no-ignore --date 2021-11-15 case/gitlab-eks.yaml
same 0 diagnose case
same 0 diagnose --collect case
same 0 suppressions case
same 0 trace iam/duplicate-keys-with-different-case good.json
same 0 explain --error "Unexpected status" case
input=$top/stdin
echo "$bad" >"$input"
same 1 check --no-builtin --rules "$top/rules" -
same 1 check --no-builtin --rules "$top/rules" --stdin-filename case/x.json -
same 0 query '$.Statement[0]' -
input=/dev/null
same 0 query '$..Action' bad.json
same 2 query '$[' bad.json
same 3 query '$' missing.json
last="standard input from a pipe, and a FIFO as an operand"
"$EKSLINT_BINARY" query '$.Version' <bad.json 2>"$err" | cat >"$out"
grep -qF 2012-10-17 "$out" || fail "no value"
mkfifo fifo
alike 3 check fifo
rm fifo
printf '%s\n' "{\"PolicyInputList\": [\"$(echo "$good" | sed 's/"/\\"/g')\"], \"ActionNames\": [\"s3:GetObject\"]}" >request.json
same 0 simulate request.json

# Configuration: found on the way up, what it extends, its rules and its baseline; named elsewhere.
mkdir -p .git/info .ekslint/rules shared
cp "$top/rules/no-star.yaml" .ekslint/rules
printf 'many\n' >.git/info/exclude
printf 'good.json\n' >.gitignore
printf 'extends: [shared/base.yaml]\nbaseline: shared/known.json\n' >.ekslint.yaml
printf 'ignore: ["iam/*"]\n' >shared/base.yaml
same 1 check below/../bad.json --no-config --no-builtin --rules .ekslint/rules
"$EKSLINT_BINARY" check -q --write-baseline shared/known.json . >/dev/null 2>&1
[ -s shared/known.json ] || fail "no baseline"
same 0 check --exit-zero .
same 0 check --exit-zero --no-ignore .
same 0 check --exit-zero case
same 0 config bad.json
same 0 check --exit-zero --prune-baseline .
same 0 check --exit-zero --write-baseline shared/other.json .
cd below || exit 1
alike 4 check --exit-zero .
alike 0 check --exit-zero .. ../case
alike 0 check --exit-zero ../many/1.json ../below
alike 0 check --exit-zero --no-ignore ..
cd .. || exit 1
sed "s,shared/,$top/work/shared/,g" .ekslint.yaml >"$top/named.yaml"
alike 0 check --exit-zero --config "$top/named.yaml" bad.json
run check --exit-zero --prune-baseline --config "$top/named.yaml" .
expect 0 "no problems"
rm -rf .git .ekslint .ekslint.yaml .gitignore

# Outputs: new, over an old one, elsewhere, through a link, into a device, and where there is no folder.
echo old >out/old
ln -s out/old out-link
same 0 check good.json --output new.json --format json
same 0 check good.json --output out/old --format json
same 0 check good.json --output ./out/../out/new
same 0 check good.json --output out-link
same 0 check good.json --output /dev/null
same 0 check good.json --report json=a.json --report sarif=out/b.sarif --output c.txt
same 2 check good.json --output nowhere/new.json
same 2 check good.json --output out
same 0 diagnose --exit-zero case --output out/case.txt
same 0 check good.json --output "$top/elsewhere"
[ -s "$top/elsewhere" ] || fail "nothing is written"

# Making and mending files.
same 0 init
same 0 init out
same 0 init out/other.yaml
same 2 init nowhere/other.yaml
same 0 rules export exported
mkdir written
same 0 rules pages written/pages
same 0 rules pages written
same 0 rules test --select 'iam/duplicate-*'
same 0 rules test "$top/rules/no-star.yaml"
same 0 rules check "$top/rules"
same 0 rules list --rules "$top/rules"
same 0 explain test/no-star --rules "$top/rules"
echo '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:GetObject", "s3:GetObject"], "Resource": "*"}]}' >mend.json
mkdir linked
cp mend.json linked/target.json
ln -s linked/target.json mend-link.json
for paths in mend.json mend-link.json ./linked linked/../mend.json "--hook mend.json" "--hook mend-link.json"; do
    # shellcheck disable=SC2086
    same 0 check --fix --exit-zero --profile pedantic $paths
    # shellcheck disable=SC2086
    same 0 check --diff --exit-zero --profile pedantic $paths
done
mkdir -p .git .ekslint/rules
cp "$top/rules/no-star.yaml" .ekslint/rules
printf 'profile: pedantic\nbaseline: known.json\n' >.ekslint.yaml
"$EKSLINT_BINARY" check -q --write-baseline known.json . >/dev/null 2>&1
for paths in linked mend.json; do
    same 0 check --fix --exit-zero --no-suppressions "$paths"
    same 0 check --fix --exit-zero "$paths"
    same 0 check --fix --exit-zero --output out/fixed.txt "$paths"
done
same 0 rules list
same 0 config linked
rm -rf .git .ekslint .ekslint.yaml known.json

# Descriptors that are given as files.
last="--output /dev/stdout into a pipe, and /dev/fd/3"
"$EKSLINT_BINARY" check good.json --output /dev/stdout 2>"$err" | cat >"$out"
grep -qF "no problems" "$out" || fail "nothing arrives"
: >"$top/third"
{ "$EKSLINT_BINARY" check good.json --output /dev/fd/3 2>"$err" | cat >"$out"; } 3>&1 >"$top/third" | cat >"$top/through"
grep -qF "no problems" "$top/through" || fail "nothing arrives at the third"

for words in "completions bash" "completions rules" "completions kinds" man schema "schema rule" "rules functions" "rules faults"; do
    # shellcheck disable=SC2086
    same 0 $words
done

# git, the one program that is started, is started before the sandbox closes.
if command -v git >/dev/null 2>&1; then
    mkdir repository && cd repository || exit 1
    {
        git init -q . && echo "$good" >a.json && git add . &&
            git -c user.name=a -c user.email=a@example.com commit -qm a
    } >"$out" 2>"$err" || fail "git"
    echo "$bad" >b.json
    alike 1 check --changed-since HEAD --no-builtin --rules "$top/rules"
    alike 0 check --changed-since HEAD --output "$top/report" --exit-zero
    [ -s "$top/report" ] || fail "nothing is written"
    cd .. || exit 1
fi

# What leads out of the folders that were named cannot be opened, whoever asks for it: a link to a rule file in a
# folder of rules does so without being refused by name.
if [ "$landlock" = yes ]; then
    mkdir confined
    echo "$good" >confined/a.json
    last="a file of /proc under the sandbox"
    "$EKSLINT_BINARY" check confined/a.json --rules /proc/self/maps >"$out" 2>"$err"
    [ $? -eq 2 ] || fail "another status"
fi

# ---- what is linked ----
last="nm -D $EKSLINT_BINARY"
if command -v nm >/dev/null 2>&1; then
    nm -D --undefined-only "$EKSLINT_BINARY" >"$top/symbols" 2>"$err" || fail "nm"
    grep -q 'posix_spawnp' "$top/symbols" || fail "does not start git; then this test can be stricter"
    sed 's/^ *[Uw] //; s/@.*//' "$top/symbols" | sort -u >"$out"
    if grep -E '^_*(socket|socketpair|connect|bind|listen|accept4?|send|sendto|sendmsg|sendmmsg|recv|recvfrom|recvmsg|recvmmsg|setsockopt|getsockopt|getsockname|getpeername|shutdown|getaddrinfo|getnameinfo|gethostby.*|getserv.*|getproto.*|getnet.*|res_.*|dn_.*|ns_.*|inet_.*|if_.*|getifaddrs|rcmd.*|rexec.*|ruserok.*)$' "$out"; then
        fail "a function of networks is linked"
    fi
    if grep -E '^_*(exec.*|fexecve|system|popen|fork|vfork|_?Fork|clone|posix_spawn|wordexp|dlopen|dlmopen|dlsym|ptrace|process_vm_.*)$' "$out"; then
        fail "a function that starts programs or loads code is linked"
    fi
fi

finish
