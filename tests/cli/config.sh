#!/bin/sh
# SPDX-License-Identifier: MIT
# .ekslint.yaml and .ekslint/rules: where they are looked for, what they may name, which one counts, and
# that every mistake ends with exit status 2 and a place.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

# A repository in ./repo, with the files and the rule that most of this looks at.
unset rules
mkdir -p repo/.git repo/sub/deep repo/vendor
echo "$bad" | tee repo/a.json repo/sub/b.json repo/sub/deep/c.json repo/vendor/v.json >/dev/null
cd repo || exit 1
config() { cat >.ekslint.yaml; }
no_config() { rm -f .ekslint.yaml; }
# found ARGUMENTS: the files with findings of test/no-star, and the severity of the last.
found() {
    run --format oneline --select test/no-star "$@"
    names=$(sed -n 's/: [a-z]*: .*\[test\/no-star\]$//p' "$out" | cut -d: -f1 | tr '\n' ' ')
    severity=$(sed -n 's/^[^ ]*: \([a-z]*\): .*/\1/p' "$out" | tail -n 1)
}
expect_found() {
    [ "$status" -eq "$1" ] || fail "exit status $status, not $1"
    [ "$names" = "$2" ] || fail "files '$names', not '$2'"
}
all="a.json sub/b.json sub/deep/c.json vendor/v.json "

# --- Rules of the repository.
mkdir -p .ekslint/rules
cp "$top/rules/no-star.yaml" .ekslint/rules/
found
expect_found 1 "$all"
found sub
expect_found 1 "sub/b.json sub/deep/c.json "
cd sub/deep || exit 1
found
expect_found 1 "c.json "
run rules list
expect 0 "test/no-star"
run explain test/no-star
expect 0 "An action is a star"
run rules show test/no-star
expect 0 "id: test/no-star"
run rules list --no-config
expect_no "test/no-star"
cd "$top/work" || exit 1
found repo
expect_found 1 "repo/a.json repo/sub/b.json repo/sub/deep/c.json repo/vendor/v.json "
found "$top/work/repo/a.json"
expect_found 1 "$top/work/repo/a.json "
run rules list
expect_no "test/no-star"
cd repo || exit 1
# A rule of --rules replaces it, and a built-in one may be replaced by the repository's.
sed 's/^severity: .*/severity: info/' "$top/rules/no-star.yaml" >"$top/info.yaml"
found --rules "$top/info.yaml" a.json
expect_found 0 "a.json "
sed 's|^id: .*|id: iam/invalid-action|' "$top/rules/no-star.yaml" >.ekslint/rules/replaces.yaml
run rules show iam/invalid-action
expect 0 "title: {en: An action is a star"
rm .ekslint/rules/replaces.yaml
echo 'id: x' >.ekslint/rules/wrong.yaml
run check a.json
expect_error 2 ".ekslint/rules/wrong.yaml:1:"
run check --no-config --select 'iam/*' a.json
[ "$status" -le 1 ] || fail "--no-config reads rules"
rm .ekslint/rules/wrong.yaml

# --- The file: the nearest one, up to the root of the repository, of which .git may be a file.
echo "severity: {test/no-star: warning}" | config
found a.json
expect_found 0 "a.json "
[ "$severity" = warning ] || fail "not a warning"
mkdir -p sub/.ekslint/rules
cp "$top/info.yaml" sub/.ekslint/rules/
echo "fail-on: info" >sub/.ekslint.yaml
found sub/b.json sub/deep
expect_found 1 "sub/b.json sub/deep/c.json "
[ "$severity" = info ] || fail "not the rule beside the nearest file"
found --no-config --rules "$top/rules" sub/b.json
[ "$severity" = error ] || fail "--no-config reads something"
found --config .ekslint.yaml --rules "$top/rules" sub/b.json
expect_found 0 "sub/b.json "
found a.json sub/b.json
expect_error 2 "two configurations in one run: 'a.json' has '.ekslint.yaml', 'sub/b.json' has 'sub/.ekslint.yaml'"
expect_error 2 "--config FILE"
echo "$bad" >"$top/elsewhere.json"
found a.json "$top/elsewhere.json"
expect_error 2 "'a.json' has '.ekslint.yaml', '$top/elsewhere.json' has none"
# One that is met below does not count, and that is said.
found .
expect_found 0 "$all"
expect 0 "sub/.ekslint.yaml:1:1: warning: this configuration does not count: the run's is '.ekslint.yaml'"
found --config .ekslint.yaml --rules "$top/rules" .
expect_no "config/unused"
# The root is the end of the way: nothing above it counts, and a nested repository is its own.
no_config
echo "fail-on: nothing" >../.ekslint.yaml
found a.json
expect_found 1 "a.json "
mkdir -p sub/deep/.git
rm -r .ekslint
echo "severity: {'iam/*': info}" | config
run config sub/deep/c.json
expect 0 "no configuration file"
rmdir sub/deep/.git
echo "gitdir: /elsewhere" >sub/deep/.git
run config sub/deep/c.json
expect 0 "no configuration file"
rm sub/deep/.git
run config sub/deep/c.json
expect 0 "configuration: sub/.ekslint.yaml"
rm -r sub/.ekslint.yaml sub/.ekslint
run config sub/deep/c.json
expect 0 "severity  iam/*=info"
cd sub/deep || exit 1
run config c.json
expect 0 "configuration: ../../.ekslint.yaml"
run config ../../vendor
expect 0 "settings of '../../vendor'; configuration: ../../.ekslint.yaml"
run config
expect 0 "settings of '.'; configuration: ../../.ekslint.yaml"
cd ../.. || exit 1
# Without a repository the current folder is the end, or the path's own folder.
rm -r .git
run config sub/deep/c.json
expect 0 "configuration: .ekslint.yaml"
cd sub || exit 1
run config deep/c.json
expect 0 "no configuration file"
run config ..
expect 0 "configuration: ../.ekslint.yaml"
run config ../vendor/v.json
expect 0 "no configuration file"
cd .. && mkdir .git
rm ../.ekslint.yaml
mv .ekslint.yaml .ekslint.yml
run check a.json
expect_error 2 "'.ekslint.yml' is not read; the name of a configuration is .ekslint.yaml"
rm .ekslint.yml

# --- Standard input is of the current folder, or of the one that its name says.
mkdir -p .ekslint/rules
cp "$top/rules/no-star.yaml" .ekslint/rules/
printf 'severity: {test/no-star: info}\nexclude: vendor/\noverrides: [{files: sub/, severity: {test/no-star: warning}}]\n' | config
input=a.json
found -
[ "$severity" = info ] || fail "standard input: $severity"
found --stdin-filename sub/x.json -
[ "$severity" = warning ] || fail "standard input by name: $severity"
found --stdin-filename vendor/x.json -
expect_found 0 ""
[ ! -s "$out" ] || fail "says something of what is left out"
input=/dev/null

# --- What is left out: met, or named as a hook names it.
found
expect_found 0 "a.json sub/b.json sub/deep/c.json "
found a.json vendor/v.json
expect_found 0 "a.json "
found vendor/v.json
expect_found 0 ""
run --format json vendor/v.json
expect 0 '"findings": []'
run vendor
expect 4 "nothing was evaluated"
# A hook that names files of the configuration has them checked.
found .ekslint.yaml .ekslint/rules/no-star.yaml
expect_found 0 ""
[ ! -s "$out" ] || fail "takes the configuration for an input"
echo "id: x" >.ekslint/rules/wrong.yaml
run .ekslint/rules/wrong.yaml
expect_error 2 ".ekslint/rules/wrong.yaml:1:"
rm .ekslint/rules/wrong.yaml
# A settings file may still refer to what is left out, and the rest of the walk is as before.
cat >gitlab-eks.yaml <<'END'
apiVersion: ekslint/v1
kind: GitLabEKSIntegration
provision_role:
  arn: arn:aws:iam::123456789012:role/gitlab
  policies: [vendor/v.json]
END
found
expect_found 0 "a.json sub/b.json sub/deep/c.json vendor/v.json "
rm gitlab-eks.yaml

# --- Several files, overrides, and where settings come from.
mkdir -p config/more
printf 'extends: more/first.yaml\nlang: ja\nrules: ../own\n' >config/base.yaml
printf 'fail-on: info\nlang: en\n' >config/more/first.yaml
mkdir own
sed 's|^id: .*|id: own/star|' "$top/rules/no-star.yaml" >own/star.yaml
cat <<'END' | config
# yaml-language-server: $schema=https://example.com/ekslint.json
extends: [config/base.yaml]
severity: {'*/no-star': info, own/star: warning}
overrides:
  - files: [sub/**]
    ignore: test/no-star
  - files: [c.json]
    select: test/no-star
END
run --format oneline .
expect 1 "a.json:1:"
expect_no "「*」 own/star"
expect 1 "アクション「*」はすべてを許可します [own/star]"
expect 1 "sub/deep/c.json:1:"
grep -F 'sub/b.json' "$out" | grep -qF 'test/no-star' && fail "not overridden"
grep -F 'sub/deep/c.json' "$out" | grep -qF 'own/star' && fail "not selected alone"
run config sub/deep/c.json
cat >"$top/expected" <<'END'
settings of 'sub/deep/c.json'; configuration: config/more/first.yaml config/base.yaml .ekslint.yaml
profile   default           default
fail-on   info              config/more/first.yaml:1:10
lang      ja                config/base.yaml:2:7
select    test/no-star      .ekslint.yaml:8:13
severity  */no-star=info    .ekslint.yaml:3:12
severity  own/star=warning  .ekslint.yaml:3:31
rule      own/star          own/star.yaml
rule      test/no-star      .ekslint/rules/no-star.yaml
END
expect 0
cmp -s "$top/expected" "$out" || fail "other settings"
run config --lang en --fail-on unknown --ignore 'own/*' --format json sub/deep/c.json
expect 0 '{"key":"lang","value":"en","from":{"source":"command line"}}'
expect 0 '{"key":"fail-on","value":"unknown","from":{"source":"command line"}}'
expect 0 '{"key":"select","value":"test/no-star","from":{"source":"file","file":".ekslint.yaml","line":8,"column":13}}'
expect 0 '{"key":"ignore","value":"own/*","from":{"source":"command line"}}'
run --lang en --severity '*/*=info' --fail-on error --format oneline .
expect 0 "allows everything [own/star]"
run --no-builtin --select own/star --format oneline a.json
expect 1 "a.json:1:"

# The rules of the repository are tested with the built-in ones, ignored ones, too; and traced.
echo "ignore: '*/*'" >>config/base.yaml
run rules test --select test/no-star
expect 0 "ルール 1 件"
run trace test/no-star sub/b.json
expect 1 "sub/b.json:1:71: "
sed -i.bak '$d' config/base.yaml

# With --no-builtin the names of built-in rules stay known.
echo "ignore: iam/invalid-action" | config
run --no-builtin a.json
expect 1

# diagnose and explain --error have the configuration of their paths.
mkdir -p case/.ekslint/rules
cp -R "$EKSLINT_SOURCE_DIR/testdata/cases/gitlab/key-pairs-not-loaded/." case
run diagnose case
expect 1 "gitlab/key-pair-not-in-region"
echo "ignore: gitlab/key-pair-not-in-region" >case/.ekslint.yaml
run diagnose case
expect_no "gitlab/key-pair-not-in-region"
run diagnose --config case/.ekslint.yaml case
expect_no "gitlab/key-pair-not-in-region"
run diagnose --no-config case
expect 1 "gitlab/key-pair-not-in-region"
echo "overrides: [{files: gitlab-eks.yaml, severity: {gitlab/key-pair-not-in-region: warning}}]" >case/.ekslint.yaml
run diagnose case
expect 0 "warning: no key pair 'ops'"
# Whoever pastes an error asks for its rules, ignored ones, too.
echo "ignore: 'gitlab/*'" >case/.ekslint.yaml
run explain --error "Key Pairs are not loaded" case
expect 1 "fails here: case/gitlab-eks.yaml:30:13"
echo "ignor: x" >case/.ekslint.yaml
run explain --error "Key Pairs are not loaded" case
expect_error 2 "case/.ekslint.yaml:1:1: error: unknown key 'ignor'; did you mean 'ignore'?"
rm -r case

# --- Odd files.
: | config
run config
expect 0 "configuration: .ekslint.yaml"
printf '# only a comment\n' | config
run config
expect 0 "configuration: .ekslint.yaml"
printf '\357\273\277fail-on: info\r\nlang: ja\r\n' | config
run config
expect 0 ".ekslint.yaml:1:10"
expect 0 ".ekslint.yaml:2:7"
printf -- '- a\n' | config
run a.json
expect_error 2 ".ekslint.yaml:1:1: error: expected object, found array"
printf 'lang: en\n---\nlang: ja\n' | config
run a.json
expect_error 2 ".ekslint.yaml:3:1: error: a second document in a configuration file"
printf 'lang: en\nlang: ja\n' | config
run a.json
expect_error 2 ".ekslint.yaml:2:1:"
printf 'lang: [en\n' | config
run a.json
expect_error 2 ".ekslint.yaml:"
printf '\377\376l\000' | config
run a.json
expect_error 2 ".ekslint.yaml:1:1: error:"
printf 'selct: x\nfail-on: eror\nignore: [iam/invalid-acton]\nexclude: ["a**"]\nkinds: {a: iam-scq}\nextends: gone.yaml\n' | config
run a.json
expect_error 2 ".ekslint.yaml:1:1: error: unknown key 'selct'; did you mean 'select'?"
expect_error 2 ".ekslint.yaml:2:10: error: expected 'error', 'warning', 'info' or 'unknown', found 'eror'; did you mean 'error'?"
expect_error 2 ".ekslint.yaml:3:10: error: no rule is called 'iam/invalid-acton'; did you mean 'iam/invalid-action'?"
expect_error 2 ".ekslint.yaml:4:13: error: '**' stands for whole folders"
expect_error 2 ".ekslint.yaml:5:12: error: unknown kind 'iam-scq'; did you mean 'iam-scp'?"
expect_error 2 ".ekslint.yaml:6:10: error: 'gone.yaml' cannot be read: No such file or directory"
for command in "check a.json" "diagnose a.json" "rules list" "explain iam/invalid-action" config \
    "trace iam/invalid-action sub/b.json" "rules test --select own/*"; do
    # shellcheck disable=SC2086
    run $command
    expect_error 2 "unknown key 'selct'"
done
# What is the same whatever the configuration goes on.
run schema config
expect 0 '"fail-on"'
run rules test .ekslint/rules/no-star.yaml
expect 0
head -c 1100000 /dev/zero | tr '\0' '#' | config
run a.json
expect_error 2 ".ekslint.yaml:1:1: error: a configuration file has at most 1 MiB"
no_config
mkdir .ekslint.yaml
run a.json
expect_error 2 "configuration '.ekslint.yaml' is not a regular file"
rmdir .ekslint.yaml
mkfifo .ekslint.yaml
run a.json
expect_error 2 "configuration '.ekslint.yaml' is not a regular file"
no_config
# Root may read everything, so that this needs another user.
drop=
if [ "$(id -u)" -eq 0 ]; then
    drop="setpriv --reuid=65534 --regid=65534 --clear-groups --"
    chmod 755 "$top"
fi
echo "lang: ja" | config
chmod 000 .ekslint.yaml
if $drop test -x "$EKSLINT_BINARY" 2>/dev/null && ! $drop test -r .ekslint.yaml; then
    last="ekslint a.json, without permission"
    $drop "$EKSLINT_BINARY" a.json >"$out" 2>"$err"
    status=$?
    expect_error 2 "configuration '.ekslint.yaml' cannot be read: Permission denied"
    rm -f .ekslint.yaml
    chmod 000 .ekslint/rules/no-star.yaml
    $drop "$EKSLINT_BINARY" a.json >"$out" 2>"$err"
    status=$?
    expect_error 2 "'.ekslint/rules' has '.ekslint/rules/no-star.yaml', which cannot be read: Permission denied"
    chmod 644 .ekslint/rules/no-star.yaml
fi
no_config
run --config gone.yaml a.json
expect_error 2 "configuration 'gone.yaml' cannot be read: No such file or directory"
run --config .ekslint.yaml --no-config a.json
expect_error 2 "--config and --no-config exclude each other"
run --config "" a.json
expect_error 2 "the path of --config is empty"

# --- Cycles, and the same file by two ways.
printf 'extends: config/one.yaml\n' | config
printf 'extends: ../config/two.yaml\n' >config/one.yaml
printf 'extends: [one.yaml, ../.ekslint.yaml]\n' >config/two.yaml
run a.json
expect_error 2 "config/two.yaml:1:11: error: this closes a cycle: config/one.yaml extends config/two.yaml extends config/one.yaml"
expect_error 2 "config/two.yaml:1:21: error: this closes a cycle: .ekslint.yaml extends config/one.yaml extends config/two.yaml extends .ekslint.yaml"
printf 'lang: ja\n' >config/one.yaml
printf 'extends: one.yaml\n' >config/two.yaml
printf 'extends: [config/one.yaml, config/two.yaml]\nrules: [.ekslint/rules, own, own/star.yaml]\n' | config
run config
expect 0 "configuration: config/one.yaml config/one.yaml config/two.yaml .ekslint.yaml"

# --- A stranger's configuration reads nothing outside of the repository; that of --config may.
mkdir "$top/outside"
cp "$top/rules/no-star.yaml" "$top/outside/rule.yaml"
echo "lang: ja" >"$top/outside/base.yaml"
ln -s "$top/outside/base.yaml" link.yaml
ln -s "$top/outside" linked
ln -s ../../outside .ekslint/away
cat <<END | config
extends: [$top/outside/base.yaml, ../../outside/base.yaml, link.yaml, linked/base.yaml, own/../../x.yaml]
rules: [$top/outside, ../../outside, linked, linked/rule.yaml, own]
END
run a.json
[ "$(grep -c "is an absolute path; write it relative to this file" "$err")" -eq 2 ] || fail "absolute paths"
[ "$(grep -c "leads out of '.'; a configuration names what lies inside" "$err")" -eq 3 ] || fail "paths that leave"
[ "$(grep -c "is a symbolic link out of '.', and is not followed" "$err")" -eq 4 ] || fail "links that leave"
expect_error 2 ".ekslint.yaml:1:"
run --config .ekslint.yaml a.json
expect_no "absolute path"
expect_no "symbolic link"
expect_no "leads out"
# What that one extends is held to its own folder.
mkdir "$top/outside/sub"
echo "rules: ../rule.yaml" >"$top/outside/sub/base.yaml"
echo "extends: $top/outside/sub/base.yaml" | config
run --config .ekslint.yaml a.json
expect_error 2 "leads out of '../../outside/sub'"
no_config
ln -s "$top/outside/base.yaml" .ekslint.yaml
run a.json
expect_error 2 "configuration '.ekslint.yaml' is a symbolic link out of '.', and is not followed"
ln -sf nowhere .ekslint.yaml
run a.json
expect_error 2 "configuration '.ekslint.yaml' cannot be read: No such file or directory"
ln -sf config/one.yaml .ekslint.yaml
run config
expect 0 "lang      ja"
no_config
mv .ekslint/rules "$top/kept"
ln -s "$top/outside" .ekslint/rules
run a.json
expect_error 2 "'.ekslint/rules' is a symbolic link out of '.', and is not followed"
rm .ekslint/rules
: >.ekslint/rules
run a.json
expect_error 2 "'.ekslint/rules' is no folder; it is the place of rule files"
rm .ekslint/rules
mkdir .ekslint/rules
run --select iam/invalid-action a.json
[ "$status" -eq 0 ] || fail "an empty folder of rules is no mistake"
ln -s "$top/outside/rule.yaml" .ekslint/rules/link.yaml
run a.json
expect_error 2 "'.ekslint/rules' has '.ekslint/rules/link.yaml', which is a symbolic link out of the folder"
rm .ekslint/rules/link.yaml
cp "$top/rules/no-star.yaml" .ekslint/rules/
ln -s no-star.yaml .ekslint/rules/again.yaml
found a.json
expect_found 1 "a.json "
rm -r .ekslint

# --- Patterns of a named file start in its folder where that is here or above, else here.
mkdir conf
printf 'exclude: /vendor\n' >conf/ci.yaml
run --config conf/ci.yaml config vendor
expect 0 "left-out  yes"
cd sub || exit 1
cp ../conf/ci.yaml ../ci.yaml
run --config ../ci.yaml config ../vendor
expect 0 "left-out  yes      ../ci.yaml:1:10"

# --- The command itself.
run config a b
expect_error 2 "config takes one path"
run config ""
expect_error 2 "the path is empty"
run config --format sarif
expect_error 2 "unknown format of 'config' 'sarif'"
run config --kind iam-policy
expect_error 2 "option '--kind' is not for 'config', only for: check"

finish
