#!/bin/sh
# SPDX-License-Identifier: MIT
# --hook; both hooks of .pre-commit-hooks.yaml in a repository, run by pre-commit itself; the pipelines' files.
: "${EKSLINT_SOURCE_DIR:?is not set}"
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

# ---- --hook ----

# lint ARGUMENTS
lint() {
    # shellcheck disable=SC2086
    run check $rules --format oneline --hook "$@"
}
mkdir -p chart/templates .github sub
echo "$bad" >bad.json
echo "$bad" >.github/hidden.json
echo '{"name": "x"}' >package.json
printf 'a: {{ .Values.a }}\n{{- if .Values.b }}\nb: 1\n{{- end }}\n' >chart/templates/x.yaml
echo text >notes.txt
lint bad.json package.json chart/templates/x.yaml notes.txt .github/hidden.json
expect 1 "bad.json:1:71: error"
expect_no "hidden"
expect_no "x.yaml:1:1: error"
# Nothing of ours is among the files, and the hook passes.
for files in package.json chart/templates/x.yaml notes.txt .github/hidden.json "package.json notes.txt"; do
    # shellcheck disable=SC2086
    lint $files
    expect 0
done
lint missing.json
expect 3 "missing.json:1:1: error: cannot be read"
# The configuration is that of the current folder, whichever files are given.
printf 'exclude: [sub/]\n' >.ekslint.yaml
printf 'ignore: [test/no-star]\n' >sub/.ekslint.yaml
echo "$bad" >sub/bad.json
lint sub/bad.json
expect 0
lint bad.json sub/bad.json
expect 1 "bad.json:1:71: error"
rm .ekslint.yaml sub/.ekslint.yaml
# Rules that join files belong to the whole project.
cp -R "$EKSLINT_SOURCE_DIR/testdata/cases/gitlab/access-denied" case
run check --format oneline case
expect 1 "[gitlab/external-id-mismatch]"
# shellcheck disable=SC2046
run check --format oneline --hook $(find case -type f)
expect_no "[gitlab/external-id-mismatch]"
rm -r case

# ---- pre-commit ----

if ! command -v pre-commit >/dev/null 2>&1 || ! command -v git >/dev/null 2>&1; then
    [ "$failures" -eq 0 ] || exit 1
    echo "pre-commit or git is not installed"
    exit 77
fi
HOME=$top
PRE_COMMIT_HOME=$top/cache
GIT_CONFIG_NOSYSTEM=1
PATH=$top/bin:$PATH
export HOME PRE_COMMIT_HOME GIT_CONFIG_NOSYSTEM PATH
unset XDG_CONFIG_HOME GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE
printf '[user]\nname = t\nemail = t@example.com\n[protocol "file"]\nallow = always\n' >"$top/.gitconfig"
mkdir "$top/bin" && ln -s "$EKSLINT_BINARY" "$top/bin/ekslint"

# The repository of the hooks, as pre-commit clones it.
git init -q "$top/hooks" && cp "$EKSLINT_SOURCE_DIR/.pre-commit-hooks.yaml" "$top/hooks/"
git -C "$top/hooks" add -A && git -C "$top/hooks" commit -qm hooks && git -C "$top/hooks" tag v1

git init -q "$top/project" && cd "$top/project" || exit 1
cat >.pre-commit-config.yaml <<END
repos:
  - repo: $top/hooks
    rev: v1
    hooks:
      - id: ekslint
        args: [--no-builtin, --rules, $top/rules, --format, oneline]
      - id: ekslint-project
        args: [--no-builtin, --rules, $top/rules, --format, oneline]
END
i=0
mkdir a b
while [ "$i" -lt 200 ]; do
    case $i in *[27]) folder=a ;; *) folder=b ;; esac
    echo "$good" >"$folder/$i.json"
    i=$((i + 1))
done
echo '{"name": "x"}' >package.json
echo text >notes.txt
git add -A
last="pre-commit without findings"
pre-commit run --all-files >"$out" 2>"$err"
status=$?
expect 0 "ekslint (changed files)"
expect 0 "ekslint (whole project)"
[ "$(grep -c Passed "$out")" -eq 2 ] || fail "not both hooks passed"
for i in 2 17 63 101 150 199; do
    for folder in a b; do
        [ ! -f "$folder/$i.json" ] || echo "$bad" >"$folder/$i.json"
    done
done
git add -A
last="pre-commit with findings"
pre-commit run --all-files >"$out" 2>"$err"
status=$?
expect 1 "ekslint (changed files)"
[ "$(grep -c Failed "$out")" -eq 2 ] || fail "not both hooks failed"
# Each hook finds what one run over everything finds, however the files were divided.
# shellcheck disable=SC2086
run check $rules --format oneline .
grep ': error: ' "$out" | LC_ALL=C sort >"$top/whole"
[ "$(wc -l <"$top/whole")" -eq 6 ] || fail "not six findings"
for hook in ekslint ekslint-project; do
    last="pre-commit run $hook"
    pre-commit run "$hook" --all-files >"$out" 2>"$err"
    grep ': error: ' "$out" | LC_ALL=C sort | cmp -s - "$top/whole" || fail "finds something else"
done
for shard in 1 7 50; do
    last="shards of $shard files"
    # As pre-commit does where a command line would be too long.
    # shellcheck disable=SC2086
    git ls-files -z '*.json' | xargs -0 -n "$shard" "$EKSLINT_BINARY" check $rules --quiet --format oneline --hook 2>"$err" |
        LC_ALL=C sort >"$out"
    cmp -s "$out" "$top/whole" || fail "find something else"
done
last="pre-commit on a commit of other files"
git commit -qm all --no-verify
echo more >>notes.txt
echo '{"name": "y"}' >package.json
git add -A
pre-commit run ekslint >"$out" 2>"$err"
status=$?
expect 0 "Passed"

# ---- the files of pipelines ----

# The second document of the component is the job.
sed '1,/^---$/d' "$EKSLINT_SOURCE_DIR/templates/ekslint.yml" >"$top/job.yml"
for file in "$EKSLINT_SOURCE_DIR/.pre-commit-hooks.yaml" "$top/job.yml" "$EKSLINT_SOURCE_DIR/action.yml"; do
    run query '$' "$file"
    expect 0
done
# What the action runs, run.
last="the action's script"
run query "\$.runs.steps[?@.id == 'check'].run" "$EKSLINT_SOURCE_DIR/action.yml"
python3 -c 'import json, sys; print(json.load(sys.stdin)[0])' <"$out" >"$top/action.sh"
(
    EKSLINT_PATHS=$(printf 'a\nb')
    EKSLINT_OPTIONS=$(printf -- '--no-builtin\n--rules\n%s' "$top/rules")
    EKSLINT_SARIF=report.sarif
    export EKSLINT_PATHS EKSLINT_OPTIONS EKSLINT_SARIF
    bash --noprofile --norc -eo pipefail "$top/action.sh"
) >"$out" 2>"$err"
status=$?
expect 1 "::error file=a/2.json,line=1"
grep -qF '"a/2.json"' report.sarif || fail "no SARIF report"
mkdir "$top/none"
EKSLINT_PATHS=. EKSLINT_OPTIONS='' EKSLINT_SARIF=r PATH=$top/none /bin/bash "$top/action.sh" >"$out" 2>"$err"
status=$?
expect 2 "::error::ekslint is not on the PATH"
# What the component runs, with its inputs filled in.
last="the component's script"
run query '$[?@.script].script[0]' "$top/job.yml"
python3 -c 'import json, sys; print(json.load(sys.stdin)[0])' <"$out" |
    sed "s,\\\$\[\[ inputs.options \]\],$rules,; s,\\\$\[\[ inputs.paths \]\],a b," >"$top/component.sh"
sh "$top/component.sh" >"$out" 2>"$err"
status=$?
expect 1 "6 errors in 200 files"
grep -q '"check_name"' gl-code-quality-report.json || fail "no Code Quality report"
grep -q '<testsuite' ekslint.xml || fail "no JUnit report"

finish
