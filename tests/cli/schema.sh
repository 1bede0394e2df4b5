#!/bin/sh
# SPDX-License-Identifier: MIT
# The JSON Schemas that `schema` prints, with a validator that is not ours: they take every file of their format that
# is in the repository, and refuse those of the broken rules whose mistake is one of shape.
# Exits 77 (skipped) without python3 and its jsonschema.
# shellcheck source=tests/cli/lib.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

run schema
expect 0 "gitlab-eks"
expect 0 "rule"
expect 0 "config"
run schema nothing
expect_error 2 "there is no schema 'nothing'; 'ekslint schema' lists them"
run schema rule gitlab-eks
expect_error 2 "schema takes one name"

if ! python3 -c 'import jsonschema' 2>/dev/null; then
    [ "$failures" -eq 0 ] || exit 1
    echo "skipped: no python3 with jsonschema"
    exit 77
fi

cat >validate.py <<'END'
import json, subprocess, sys
from jsonschema import Draft202012Validator

program, name, wanted, *files = sys.argv[1:]
read = lambda *words: json.loads(subprocess.run([program, *words], check=True, capture_output=True).stdout)
schema = read("schema", name)
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
wrong = 0
for file in files:
    mistakes = [error.message for error in validator.iter_errors(read("query", "$", file)[0])]
    if bool(mistakes) != (wanted == "refuse"):
        wrong += 1
        print(f"{file}: {mistakes or 'no mistake found'}")
print(f"{name}: {wanted} {len(files)} files, {wrong} wrong")
sys.exit(wrong > 0 or not files)
END
# validate NAME take|refuse FILE...
validate() {
    last="schema $1, to $2"
    python3 validate.py "$EKSLINT_BINARY" "$@" >"$out" 2>"$err" || fail "not all are judged as they should"
    cat "$out"
}
rules=$(find "$EKSLINT_SOURCE_DIR/rules/eks" "$EKSLINT_SOURCE_DIR/rules/gitlab" "$EKSLINT_SOURCE_DIR/rules/iam" -name '*.yaml' ! -name flow.yaml)
settings=$(find "$EKSLINT_SOURCE_DIR/testdata" -name gitlab-eks.yaml)
broken=$EKSLINT_SOURCE_DIR/testdata/broken-rules
# shellcheck disable=SC2086
{
    validate rule take $rules "$broken/good.yaml"
    validate gitlab-eks take $settings "$EKSLINT_SOURCE_DIR/rules/templates/gitlab-eks.yaml"
}
validate rule refuse "$broken/unknown-key.yaml" "$broken/unknown-value.yaml" "$broken/unknown-kind.yaml" \
    "$broken/unknown-stage.yaml" "$broken/wrong-type.yaml" "$broken/no-english.yaml"
printf 'extends: [a, b]\nprofile: pedantic\nselect: "iam/*"\nignore: [x]\nseverity: {"*": info}\nrules: r\nfail-on: unknown\n' >settings.yaml
printf 'exclude: [a/]\nlang: ja\nkinds: {"*.json": iam-scp}\noverrides: [{files: a, select: b}]\n' >files.yaml
validate config take settings.yaml files.yaml
printf 'selct: x\n' >key.yaml
printf 'overrides: [{select: x}]\n' >override.yaml
printf 'severity: {x: off}\n' >level.yaml
validate config refuse key.yaml override.yaml level.yaml
printf 'apiVersion: ekslint/v1\nkind: GitLabEKSIntegration\nregoin: eu-west-1\n' >unknown.yaml
printf 'apiVersion: ekslint/v1\nkind: GitLabEKSIntegration\ncluster: {node_count: "3"}\n' >type.yaml
printf 'kind: GitLabEKSIntegration\n' >missing.yaml
validate gitlab-eks refuse unknown.yaml type.yaml missing.yaml
finish
