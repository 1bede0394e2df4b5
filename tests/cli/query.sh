#!/bin/sh
# SPDX-License-Identifier: MIT
# query: values, paths, nodes; a wrong expression is shown with a caret, a wrong document with its
# place.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

printf '{"a": [1, "x",\n  null], "b": {"c": true}}\n' >d.json
printf 'a: [1, x]\n' >d.yaml

# expect_output TEXT: the whole output.
expect_output() {
    printf '%s\n' "$1" >"$top/expected"
    expect 0
    cmp -s "$out" "$top/expected" || fail "not: $1"
}

run query '$.a[0]' d.json
expect_output '[1]'
run query '$.a[1]' d.yaml
expect_output '["x"]'
run query '$.nothing' d.json
expect_output '[]'
run query --paths '$.a[1]' d.json
expect_output "[\"\$['a'][1]\"]"
run query '$.a[2]' --nodes d.json
expect 0 '"line":2,"column":3'
expect 0 "\"path\":\"\$['a'][2]\""
expect 0 '"value":null'
input=d.json
run query '$.b.c'
expect_output '[true]'
run query '$.b.c' -
expect_output '[true]'
input=/dev/null

run query '$.a[?@ = 1]' d.json
expect_error 2 '$.a[?@ = 1]'
[ "$(grep -n '\^' "$err" | head -1 | cut -d: -f1)" -gt 1 ] || fail "no caret under the expression"
# The caret stands under the character.
run query '$.a[?nothing(@)]' d.json
expect_error 2 '^'
expression=$(grep -n 'nothing(@)\]' "$err" | tail -1 | cut -d: -f2-)
caret=$(grep '^ *\^' "$err")
before=${expression%%nothing*}
[ "${caret%%^*}" = "$(printf '%*s' ${#before} '')" ] || fail "the caret is somewhere else"
run query '' d.json
expect_error 2 'error'

run query '$' missing.json
expect_error 3 "'missing.json' cannot be read: No such file or directory"
printf '{"a": }' >broken.json
run query '$' broken.json
expect_error 3 "broken.json:1:7"
mkfifo fifo
run query '$' fifo
expect_error 3 "'fifo' is not a regular file"
run query '$' .
expect_error 3 "'.' is not a regular file"
run query --paths --nodes '$' d.json
expect_error 2 "exclude each other"

# Wide characters take two columns, and an expression may have lines.
run query "\$['日本'].あ[?@.い ==]" d.json
expect_error 2 '                       ^'
run query '$.a[?@ == 1
 && @ = 2]' d.json
expect_error 2 '   && @ = 2]
        ^'

# A secret stays one, also where it is asked for.
printf 'apiVersion: ekslint/v1\nkind: GitLabEKSIntegration\ngitlab:\n  amazon_eks:\n' >eks.yaml
printf '    secret_access_key: SECRETSECRETSECRET\n' >>eks.yaml
run query '$..*' eks.yaml
expect 0 '"***"'
expect_no SECRETSECRET

finish
