#!/bin/sh
# SPDX-License-Identifier: MIT
# init writes the settings file and never over another; what it writes is understood.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

run init
expect 0
[ ! -s "$out" ] || fail "writes to standard output"
[ ! -s "$err" ] || fail "writes to standard error, which is no terminal"
grep -q 'kind: GitLabEKSIntegration' gitlab-eks.yaml || fail "no settings file"
cp gitlab-eks.yaml "$top/first"

run init
expect_error 2 "'gitlab-eks.yaml' exists already"
echo mine >gitlab-eks.yaml
run init
expect_error 2 "'gitlab-eks.yaml' exists already"
[ "$(cat gitlab-eks.yaml)" = mine ] || fail "overwrote a file"

run init other.yaml
expect 0
cmp -s other.yaml "$top/first" || fail "another text"
mkdir folder
run init folder
expect 0
cmp -s folder/gitlab-eks.yaml "$top/first" || fail "another text"
run init folder/
expect_error 2 "'folder/gitlab-eks.yaml' exists already"
run init no/such/folder.yaml
expect_error 2 "cannot write 'no/such/folder.yaml': No such file or directory"
ln -s nowhere link.yaml
run init link.yaml
expect_error 2 "'link.yaml' exists already"
[ ! -e nowhere ] || fail "wrote through a link"
run init ""
expect_error 2 "the path is empty"

# It is a document of our own format and without a mistake in its shape.
run check --no-builtin other.yaml
expect_no "unknown key"
expect_no "nothing was evaluated: no document"

finish
