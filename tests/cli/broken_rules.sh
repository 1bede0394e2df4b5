#!/bin/sh
# SPDX-License-Identifier: MIT
# Rule files with one mistake each (testdata/broken-rules): the messages, against a golden file, in 80 columns. The one without
# a mistake loads. UPDATE_GOLDEN=1 rewrites the file instead; look at the difference before you commit it.
# shellcheck source=tests/cli/lib.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"
golden=$EKSLINT_SOURCE_DIR/testdata/golden/broken-rules.txt
cd "$EKSLINT_SOURCE_DIR" || exit 1
COLUMNS=80
export COLUMNS

: >"$top/all"
for file in testdata/broken-rules/*.yaml; do
    run --no-builtin --rules "$file" testdata/documented/gitlab-eks.yaml
    case $file in
    */good.yaml)
        expect 0 "no problems"
        continue
        ;;
    esac
    expect_error 2 "$file:"
    cat "$err" >>"$top/all"
done
if [ -n "${UPDATE_GOLDEN:-}" ]; then
    cp "$top/all" "$golden"
elif ! diff -u "$golden" "$top/all"; then
    fail "the messages differ from their golden file"
fi
finish
