#!/bin/sh
# SPDX-License-Identifier: MIT
# --changed-since: what git says has changed, and nothing else; and nothing that a repository configures is run.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

if ! command -v git >/dev/null 2>&1; then
    echo "git is not installed"
    exit 77
fi
HOME=$top
GIT_CONFIG_NOSYSTEM=1
export HOME GIT_CONFIG_NOSYSTEM
unset XDG_CONFIG_HOME GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE
printf '[user]\nname = t\nemail = t@example.com\n' >"$top/.gitconfig"

# lint ARGUMENTS: the files with findings, on one line.
lint() {
    # shellcheck disable=SC2086
    run check $rules --format oneline "$@"
    names=$(sed -n 's/:[0-9]*:[0-9]*: error:.*//p' "$out" | tr '\n' ' ')
}
expect_names() {
    [ "$names" = "$1" ] || fail "files '$names', not '$1'"
}

git init -q repository && cd repository || exit 1
mkdir -p sub/deep .hidden
newline=$(printf 'line\nbreak.json')
for name in same.json changed.json staged.json removed.json moved.json sub/changed.json sub/same.json sub/deep/x.yaml \
    .hidden/x.json notes.txt "$newline"; do
    echo "$bad" >"$name"
done
git add -A && git commit -qm first
for name in changed.json staged.json sub/changed.json .hidden/x.json notes.txt "$newline" new.json sub/new.json out.json '*.json'; do
    echo "$bad " >"$name"
done
echo out.json >.gitignore
git add staged.json
git rm -q removed.json && git mv moved.json sub/moved.json
touch same.json

lint --changed-since HEAD
expect 1 "line\\nbreak.json:1:"
names=$(printf '%s' "$names" | sed 's/line.nbreak.json //')
expect_names "*.json changed.json new.json staged.json sub/changed.json sub/moved.json sub/new.json "
lint --changed-since HEAD sub new.json
expect_names "new.json sub/changed.json sub/moved.json sub/new.json "
# A path is a path and no pattern.
lint --changed-since HEAD '*.json'
expect_names "*.json "
lint --changed-since HEAD missing.json
expect 3 "missing.json:1:1: error: cannot be read"
(cd sub && lint --changed-since HEAD && expect_names "changed.json moved.json new.json " && [ "$failures" -eq 0 ]) ||
    failures=$((failures + 1))
run check --changed-since HEAD --write-baseline base.json
expect_error 2 "--changed-since sees only some of the findings"
# Elsewhere nothing is looked for, so that is no clean run.
(
    cd sub
    run check --changed-since HEAD ..
    expect_error 2 "'..' is not in or below the current folder"
    run check --changed-since HEAD "$top/work/repository/same.json"
    expect_error 2 "is not in or below the current folder"
    lint --changed-since HEAD ./deep/../changed.json "$top/work/repository/sub/new.json"
    expect_names "changed.json new.json "
    [ "$failures" -eq 0 ]
) || failures=$((failures + 1))
(cd "$top/work" && run check --changed-since HEAD && expect_error 2 'not a git repository' &&
    [ "$(wc -l <"$err")" -le 3 ]) || fail "git's help where there is no repository"
printf 'exclude: [/sub/]\n' >.ekslint.yaml
lint --changed-since HEAD sub
expect 0
rm .ekslint.yaml
# Nothing has changed: nothing was asked for, and the hook passes.
git add -A && git commit -qm second
lint --changed-since HEAD
expect 0
lint --changed-since HEAD~1
expect 1 "sub/moved.json:1:"
lint --changed-since 'HEAD~1...'
expect 1 "sub/moved.json:1:"
echo text >notes.txt
lint --changed-since HEAD
expect 0

# ---- wrong ----

lint --changed-since no-such-commit
[ "$status" -eq 2 ] || fail "exit status $status, not 2"
grep -qF "ekslint: --changed-since: git could not list the files" "$err" || fail "does not say so"
for revision in --output=stolen -O ''; do
    lint "--changed-since=$revision"
    expect_error 2 "--changed-since '$revision' names no commit"
done
[ ! -e stolen ] || fail "an option reached git"
lint --changed-since HEAD -
expect_error 2 "git knows nothing of standard input"
last="ekslint --changed-since without git"
mkdir "$top/empty"
PATH=$top/empty "$EKSLINT_BINARY" check --changed-since HEAD >"$out" 2>"$err"
status=$?
expect_error 2 "--changed-since: git cannot be started: No such file or directory"
cd "$top" && mkdir alone && cd alone || exit 1
GIT_CEILING_DIRECTORIES=$top
export GIT_CEILING_DIRECTORIES
lint --changed-since HEAD
[ "$status" -eq 2 ] || fail "exit status $status, not 2"

# ---- a repository that wants to run something ----

cd "$top/work/repository" || exit 1
cat >"$top/evil" <<END
#!/bin/sh
echo "\$0 \$*" >>"$top/ran"
cat
END
chmod +x "$top/evil"
git config filter.evil.clean "$top/evil clean"
git config filter.evil.smudge "$top/evil smudge"
git config filter.evil.required true
git config 'filter.a=b.clean' "$top/evil clean2"
git config filter.other.process "$top/evil process"
git config filter.other.required true
git config core.fsmonitor "$top/evil"
git config diff.external "$top/evil"
git config diff.evil.command "$top/evil command"
git config diff.evil.textconv "$top/evil textconv"
git config core.pager "$top/evil pager"
git config pager.diff "$top/evil pager"
git config core.sshCommand "$top/evil ssh"
git config core.editor "$top/evil editor"
git config core.hooksPath "$top/hooks"
mkdir "$top/hooks"
for hook in post-index-change fsmonitor-watchman pre-commit; do cp "$top/evil" "$top/hooks/$hook"; done
printf '*.json filter=evil diff=evil\n*.yaml filter=other\n*.txt filter=a=b\n' >.gitattributes
for name in same.json sub/deep/x.yaml notes.txt; do
    echo "$bad  " >"$name"
done
touch changed.json
# The test is worth something: git by itself runs them.
git diff --name-only HEAD >/dev/null 2>&1
[ -s "$top/ran" ] || fail "nothing would have run"
rm -f "$top/ran"
GIT_EXTERNAL_DIFF=$top/evil
export GIT_EXTERNAL_DIFF
lint --changed-since HEAD
expect 1 "same.json:1:"
expect 1 "sub/deep/x.yaml:1:"
[ ! -e "$top/ran" ] || fail "ran: $(cat "$top/ran")"
# Nor does it fetch what is missing: a clone that left the blobs and trees out.
git config extensions.partialClone origin
git config remote.origin.promisor true
git config remote.origin.url "ext::$top/evil fetch"
git config protocol.ext.allow always
tree=$(git rev-parse 'HEAD^{tree}')
rm -f ".git/objects/$(printf '%s' "$tree" | sed 's,^..,&/,')"
lint --changed-since HEAD
[ "$status" -eq 2 ] || fail "exit status $status, not 2"
[ ! -e "$top/ran" ] || fail "ran: $(cat "$top/ran")"

# Settings that the caller's environment has for git stay.
cd "$top/work" && git init -q own && cd own || exit 1
echo "$bad" >a.json
git add -A && GIT_EXTERNAL_DIFF='' git commit -qm first
echo "$bad " >a.json
GIT_CONFIG_COUNT=1
GIT_CONFIG_KEY_0=alias.unused
GIT_CONFIG_VALUE_0=status
export GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0
lint --changed-since HEAD
expect_names "a.json "

finish
