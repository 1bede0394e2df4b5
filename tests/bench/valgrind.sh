#!/bin/sh
# SPDX-License-Identifier: MIT
# A dozen runs under valgrind: no access outside of what is there, nothing undefined that decides anything, and at the
# end no memory that was not given back. Needs a build without sanitizers; run by hand or by tests/run-all.sh.
set -eu
: "${EKSLINT_SOURCE_DIR:=$(cd "$(dirname "$0")/../.." && pwd)}"
: "${EKSLINT_BINARY:=$EKSLINT_SOURCE_DIR/build/release/ekslint}"
if ! command -v valgrind >/dev/null 2>&1; then
    echo "skipped: there is no valgrind (tests/install-packages.sh test)"
    exit 77
fi
SOURCE_DATE_EPOCH=1636934400
export SOURCE_DATE_EPOCH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$EKSLINT_SOURCE_DIR/testdata" "$work"
cd "$work"
chmod -R u+w .
complete=testdata/cases/gitlab/complete
policy=$(echo "$complete"/*.policy.json | cut -d' ' -f1)
echo '{"PolicyInputList": [{"Statement": []}], "ActionNames": ["s3:GetObject"]}' >request.json
sed 's/"Allow"/"allow"/' "$policy" >fixable.json
runs=0 bad=0

# clean ARGUMENTS: one run; its own exit status does not matter, that of valgrind does.
clean() {
    runs=$((runs + 1))
    status=0
    valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=all --errors-for-leak-kinds=all \
        "$EKSLINT_BINARY" "$@" >out 2>err <request.json || status=$?
    if [ "$status" -gt 4 ]; then
        bad=$((bad + 1))
        echo "ekslint $*: exit status $status"
        grep '^==' err | head -n 40 || true
    fi
}
clean --version
clean check --no-config "$policy"
clean check --no-config --profile pedantic --format sarif --lang ja testdata/cases
clean check --no-config --format oneline testdata/hostile
clean check --no-config --report junit=junit.xml --report gitlab=gitlab.json --output report.json --format json "$complete"
clean check --no-config --write-baseline baseline.json fixable.json
clean check --no-config --baseline baseline.json --format tap fixable.json
clean check --no-config --fix fixable.json
clean diagnose --no-config --format json "$complete"
clean diagnose --no-config --collect collect.sh "$complete"
clean explain gitlab/external-id-mismatch
clean explain --no-config --error "Key Pairs are not loaded" "$complete"
clean simulate request.json
clean query '$..Statement[?match(@.Effect, "A.*")]' "$policy"
clean rules list
clean check --no-config --rules testdata/hostile/pattern-rule.yaml "$policy"
clean check --no-config --files-from nosuch
clean nonsense
echo "valgrind: $runs runs, $bad with errors or leaks"
[ "$bad" -eq 0 ]
