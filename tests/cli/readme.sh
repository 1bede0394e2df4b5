#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs every example of the README in a copy of the folder: a block marked `file: NAME` is written to that
# file, and what follows a `$ ` line in a console block is what that command must print.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$EKSLINT_SOURCE_DIR/testdata" "$work/"
mkdir "$work/bin" "$work/steps"
ln -s "$EKSLINT_BINARY" "$work/bin/ekslint"
PATH=$work/bin:$PATH
export PATH
cd "$work"

block=
file=
steps=0
while IFS= read -r line; do
    case $block:$line in
    :'<!-- file: '*)
        file=${line#'<!-- file: '}
        file=${file%' -->'}
        ;;
    :'```console'*) block=console ;;
    :'```'*)
        block=${file:+file}
        block=${block:-other}
        if [ "$block" = file ]; then
            mkdir -p "$(dirname "$file")"
            : >"$file"
        fi
        ;;
    *:'```')
        block=
        file=
        ;;
    console:'$ '*)
        steps=$((steps + 1))
        printf '%s\n' "${line#'$ '}" >"steps/$steps.command"
        : >"steps/$steps.wanted"
        ;;
    console:*) printf '%s\n' "$line" >>"steps/$steps.wanted" ;;
    file:*) printf '%s\n' "$line" >>"$file" ;;
    esac
done <"$EKSLINT_SOURCE_DIR/README.md"

if [ "$steps" -lt 6 ]; then
    echo "only $steps commands found in the README"
    exit 1
fi
failures=0
step=1
while [ "$step" -le "$steps" ]; do
    sh "steps/$step.command" >"steps/$step.got" 2>&1 || :
    # The README shows no blank line at the end of an output.
    printf '%s\n' "$(cat "steps/$step.got")" >"steps/$step.trimmed"
    printf '%s\n' "$(cat "steps/$step.wanted")" >"steps/$step.expected"
    if ! diff -u "steps/$step.expected" "steps/$step.trimmed"; then
        echo "README: this prints something else: $(cat "steps/$step.command")"
        failures=$((failures + 1))
    fi
    step=$((step + 1))
done

# The table of functions is that of the program.
sed -n 's/^ *"\([a-z_]*(.*) -> [a-z]*\)".*/\1/p' "$EKSLINT_SOURCE_DIR"/src/rule/functions*.c >signatures
if [ "$(wc -l <signatures)" -lt 40 ]; then
    echo "only $(wc -l <signatures) functions found in the source"
    failures=$((failures + 1))
fi
while IFS= read -r signature; do
    if ! grep -qF "| \`$signature\` |" "$EKSLINT_SOURCE_DIR/README.md"; then
        echo "README: the function $signature is missing"
        failures=$((failures + 1))
    fi
done <signatures
[ "$failures" -eq 0 ]
