# SPDX-License-Identifier: MIT
#
# How hostile files are given to the program; to be sourced by tests/cli/hostile.sh and tests/bench/hostile.sh.
#
# shellcheck shell=sh

# hostile_prepare: what the commands below need beside the file, in the current folder.
hostile_prepare() {
    echo '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}' \
        >good.json
}

# hostile_command NAME FILE: the arguments of the run that NAME is made for, on one line. Neither has blanks.
hostile_command() {
    case $1 in
    *-rule.yaml | rules.yaml) echo "check --no-config --format oneline --no-builtin --rules $2 good.json" ;;
    config-*) echo "check --config $2 --format oneline good.json" ;;
    baseline.json) echo "check --no-config --format oneline --baseline $2 good.json" ;;
    names.txt | one-name.txt | slashes.txt) echo "check --no-config --format oneline --files-from $2" ;;
    gitignore*)
        rm -rf ignoring
        mkdir -p ignoring/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/a/a/a
        mkdir ignoring/.git
        cp "$2" ignoring/.gitignore
        for folder in ignoring ignoring/a*/ ignoring/a*/a/ ignoring/a*/a/a/a/; do
            cp good.json "$folder/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab.json"
        done
        echo "check --no-config --format oneline ignoring"
        ;;
    error*) echo "explain --no-config --error -" ;;
    simulate*) echo "simulate $2" ;;
    query-*) echo "query \$..*[?@.a==@.b] $2" ;;
    search-*) echo "query \$[?search(@,'(a|aa)*(a|ab)*c')] $2" ;;
    *) echo "check --no-config --format oneline $2" ;;
    esac
}
