#!/bin/bash
# SPDX-License-Identifier: MIT
# Completions: each shell loads its script and is asked what may come next; and the manual page.
: "${EKSLINT_SOURCE_DIR:?is not set}"
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

bin=$top/bin
mkdir "$bin"
ln -s "$EKSLINT_BINARY" "$bin/ekslint"
PATH=$bin:$PATH
for shell in bash zsh fish; do
    run completions "$shell"
    expect 0 "written by 'ekslint completions $shell'"
    cp "$out" "$top/ekslint.$shell"
done
: >policy.json
: >policy.yaml
mkdir 'a folder'
# The rules of the repository are among the candidates.
mkdir -p .git .ekslint/rules
sed 's,^id: .*,id: acme/own-rule,' "$top/rules/no-star.yaml" >.ekslint/rules/own.yaml

# Each row: what is typed, candidates that must come, and behind '/' one that must not.
rows='ekslint |check diagnose rules completions policy.json|--format
ekslint dia|diagnose|check
ekslint --for|--format|--config
ekslint check --|--format --files-from --changed-since --jobs --no-ignore --help|--collect
ekslint diagnose --|--collect --format|--changed-since
ekslint check --format |text sarif access-analyzer|policy.json
ekslint check --format s|sarif|text
ekslint check -f s|sarif|text
ekslint diagnose --format |text json|sarif
ekslint check --profile |default pedantic|policy.json
ekslint check --profile=p|pedantic|default
ekslint check --format=ju|junit|json
ekslint --exit-zero check --fail-on |error warning info unknown|policy.json
ekslint check --config pol|policy.json policy.yaml|--format
ekslint check policy.j|policy.json|policy.yaml
ekslint explain gitlab/role-arn-|gitlab/role-arn-not-a-role|iam/invalid-action
ekslint explain acme/|acme/own-rule|iam/invalid-action
ekslint check --select iam/invalid-eff|iam/invalid-effect|iam/invalid-action
ekslint check --kind iam-s|iam-scp|iam-policy
ekslint rules |list show test|policy.json
ekslint rules show acme/|acme/own-rule|list
ekslint schema |config gitlab-eks rule|policy.json
ekslint completions |bash zsh fish|policy.json
ekslint check -- |a folder|--format'

# candidates SHELL LINE: one to a line, in $out.
bash_candidates() {
    # shellcheck disable=SC2016
    bash --norc -c '
        . "$1"
        line=$2
        # As readline does: "=" is a word of its own, and so is what is being typed.
        COMP_WORDS=()
        for word in $line; do
            while [[ $word == *=* ]]; do
                [[ ${word%%=*} ]] && COMP_WORDS+=("${word%%=*}")
                COMP_WORDS+=("=")
                word=${word#*=}
            done
            [[ $word ]] && COMP_WORDS+=("$word")
        done
        [[ $line == *" " ]] && COMP_WORDS+=("")
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _ekslint ekslint
        printf "%s\n" "${COMPREPLY[@]}"' bash "$top/ekslint.bash" "$1" >"$out" 2>"$err"
}
fish_candidates() {
    # shellcheck disable=SC2016
    HOME=$top XDG_CONFIG_HOME=$top fish --no-config -c 'source $argv[1]; complete -C $argv[2]' \
        "$top/ekslint.fish" "$1" </dev/null 2>"$err" | cut -f 1 | sed 's/.*=//' >"$out"
}
# zsh completes only for a terminal: it gets one, and compadd writes down what it is given.
mkdir -p "$top/zsh" && cp "$top/ekslint.zsh" "$top/zsh/_ekslint"
cat >"$top/ask.zsh" <<'END'
zmodload zsh/zpty
dump=$1
zpty asked "cd $2; PATH=$PATH; export PATH; zsh -f -i"
say() { zpty -w asked "$1" }
say "PS1=; unsetopt zle; fpath=($3 \$fpath); autoload -Uz compinit; compinit -u -D; setopt zle"
say "zstyle ':completion:*' list-prompt ''; LISTMAX=0; zstyle ':completion:*' insert-tab false"
say "compadd() { local -a found; builtin compadd -O found \"\$@\"; print -rl -- \$found >>$dump; builtin compadd \"\$@\" }"
say "bindkey '^I' complete-word; done-word() { print -r -- END >>$dump; BUFFER= }; zle -N done-word; bindkey '^X' done-word"
zpty -w -n asked "$4"$'\t\x18'
integer tries=0
# Reads what the terminal shows, until the last widget has run; the read waits for output.
while ! grep -qx END $dump 2>/dev/null && (( tries++ < 400 )); do zpty -r -t asked line || zselect -t 5 2>/dev/null || { zmodload zsh/zselect; zselect -t 5 }; done
zpty -d asked
END
zsh_candidates() {
    rm -f "$top/dump"
    HOME=$top TERM=xterm zsh -f "$top/ask.zsh" "$top/dump" "$PWD" "$top/zsh" "$1" >"$top/zpty" 2>"$err" </dev/null
    cp "$top/dump" "$out" 2>/dev/null || : >"$out"
}

missing=
for shell in bash zsh fish; do
    if ! command -v "$shell" >/dev/null 2>&1; then
        missing="$missing $shell"
        continue
    fi
    while IFS='|' read -r line wanted unwanted; do
        last="$shell: $line"
        "${shell}_candidates" "$line"
        case $wanted in
        'a folder') grep -q '^a' "$out" || fail "does not offer: $wanted" ;;
        *) for word in $wanted; do grep -qxE -e "$word=?" "$out" || fail "does not offer: $word"; done ;;
        esac
        if grep -qxF -e "$unwanted" "$out"; then fail "offers: $unwanted"; fi
    done <<<"$rows"
done
# A value of two parts is completed part by part.
for row in 'ekslint check --report s|sarif=' 'ekslint check --report sarif=pol|policy.json' \
    'ekslint check --report=junit=pol|policy.json' 'ekslint check --severity acme/|acme/own-rule=' \
    'ekslint check --severity acme/own-rule=w|warning'; do
    last="bash: ${row%|*}"
    bash_candidates "${row%|*}"
    grep -qxF "${row#*|}" "$out" || fail "does not offer: ${row#*|}"
done
# A name that somebody else chose is not run.
# shellcheck disable=SC2016
: >'$(touch ran).json'
bash_candidates 'ekslint check '
[ ! -e ran ] || fail "ran the name of a file"

# Every option and command of the help is in every script.
run --help
for shell in bash zsh fish; do
    for name in $(sed -n 's/^ *\(-., \)\{0,1\}--\([a-z-]*\).*/\2/p' "$out"); do
        grep -qE -e "(--|-l )$name" "$top/ekslint.$shell" || fail "$shell: no --$name"
    done
    for name in $(sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p' "$out"); do
        grep -qw -e "$name" "$top/ekslint.$shell" || fail "$shell: no $name"
    done
done
run completions
expect_error 2 "completions takes one of: bash, zsh, fish, rules, kinds, schemas"
run completions zhs
expect_error 2 "unknown word after 'completions' 'zhs'; did you mean 'zsh'?"
run completions rules
expect 0 "iam/invalid-action"
expect 0 "acme/own-rule"
run completions kinds
expect 0 "iam-resource-policy"

# ---- the manual page ----

run man
expect 0 '.TH EKSLINT 1 '
cp "$out" "$top/ekslint.1"
run --help
for name in $(sed -n 's/^ *\(-., \)\{0,1\}--\([a-z-]*\).*/\2/p' "$out"); do
    escaped=$(printf '%s' "$name" | sed 's/-/\\\\-/g')
    grep -qF -e "$(printf '\\-\\-%b' "$escaped")" "$top/ekslint.1" || fail "the manual page has no --$name"
done
if command -v mandoc >/dev/null 2>&1; then
    last="mandoc -T lint"
    mandoc -T lint -W style "$top/ekslint.1" >"$out" 2>&1 || fail "is not content"
    mandoc -T utf8 "$top/ekslint.1" >"$out" 2>&1
    grep -q '%' "$out" && fail "a stray '%'"
else
    missing="$missing mandoc"
fi
run man page
expect_error 2 "man takes no argument"

[ "$failures" -eq 0 ] || exit 1
if [ "$missing" ]; then
    echo "not asked, because not installed:$missing"
    exit 77
fi
