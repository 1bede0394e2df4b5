#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs every example of the README, and of the guide to writing rules, in a copy of the folder: a block marked `file: NAME` is written to that
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

# examples FILE LEAST: run them in the order in which they stand; LEAST: how many commands there are at least.
examples() {
    block=
    file=
    step=0
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
            finish_step
            block=
            file=
            ;;
        console:'$ '*)
            finish_step
            step=$((step + 1))
            command=${line#'$ '}
            : >steps/wanted
            ;;
        console:*) printf '%s\n' "$line" >>steps/wanted ;;
        file:*) printf '%s\n' "$line" >>"$file" ;;
        esac
    done <"$1"
    if [ "$step" -lt "$2" ]; then
        echo "only $step commands found in $1"
        failures=$((failures + 1))
    fi
}

# The command that was read, now that its output is.
finish_step() {
    [ -n "$command" ] || return 0
    sh -c "$command" >steps/got 2>&1 </dev/null || :
    # No blank line is shown at the end of an output.
    printf '%s\n' "$(cat steps/got)" >steps/trimmed
    printf '%s\n' "$(cat steps/wanted)" >steps/expected
    if ! diff -u steps/expected steps/trimmed; then
        echo "this prints something else: $command"
        failures=$((failures + 1))
    fi
    command=
}

failures=0
command=
examples "$EKSLINT_SOURCE_DIR/README.md" 25
examples "$EKSLINT_SOURCE_DIR/rules/README.md" 12

# What is collected from a cluster is of kinds that are read. The commands run here say only what they were called with.
awk '/^cluster=prod/ { on = 1 } /^[[:punct:]]+$/ { on = 0 } on' "$EKSLINT_SOURCE_DIR/README.md" >collect
mkdir stubs collected
cat >stubs/aws <<'END'
#!/bin/sh
case "$*" in
*"--output text") echo one ;;
*) echo "aws-cli/$2" ;;
esac
END
printf '#!/bin/sh\n' >stubs/kubectl
chmod +x stubs/aws stubs/kubectl
(cd collected && PATH=$work/stubs:$PATH sh -eu ../collect)
find collected -name '*.json' -size +0 -exec cat {} + >kinds
if [ "$(wc -l <kinds)" -lt 12 ]; then
    echo "README: only $(wc -l <kinds) commands collect something"
    failures=$((failures + 1))
fi
ekslint completions kinds >known
if grep -vxFf known kinds; then
    echo "README: these are collected, and not read"
    failures=$((failures + 1))
fi

while IFS= read -r kind; do
    if ! grep -q "^| .*\`\(sts \)\{0,1\}${kind#aws-cli/}\`" "$EKSLINT_SOURCE_DIR/README.md"; then
        echo "README: the kind $kind is missing"
        failures=$((failures + 1))
    fi
done <known

# The table of functions is that of the program.
sed -n 's/^ *"\([a-z_]*(.*) -> [a-z]*\)".*/\1/p' "$EKSLINT_SOURCE_DIR"/src/rule/functions*.c >signatures
if [ "$(wc -l <signatures)" -lt 40 ]; then
    echo "only $(wc -l <signatures) functions found in the source"
    failures=$((failures + 1))
fi
while IFS= read -r signature; do
    if ! grep -qF "| \`$signature\` |" "$EKSLINT_SOURCE_DIR/rules/README.md"; then
        echo "rules/README: the function $signature is missing"
        failures=$((failures + 1))
    fi
done <signatures
[ "$failures" -eq 0 ]
