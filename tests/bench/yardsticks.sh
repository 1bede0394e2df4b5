#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what run.sh measures ekslint beside into build/yardsticks, by npm and pip as they are set up: checkers of IAM
# policies and templates that users would pick, and yyjson's source, which a Python package carries. They are run as they
# are, and nothing of them is copied; some are under licences (AGPL, GPL) that forbid no more than that. The versions are fixed;
# what they need besides is what npm and pip choose.
set -eu
cd "$(dirname "$0")/../.."
folder=build/yardsticks
mkdir -p "$folder"
missing=

if command -v npm >/dev/null 2>&1; then
    npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --save-exact \
        @cloud-copilot/iam-policy@0.1.109 @cloud-copilot/iam-simulate@0.1.173 @stoplight/spectral-cli@6.16.3
else
    missing="$missing npm"
fi

if python3 -m venv "$folder/python"; then
    "$folder/python/bin/pip" install --quiet parliament==1.6.4 cfn-lint==1.58.0
    rm -rf "$folder/sdist" "$folder/yyjson"
    "$folder/python/bin/pip" download --quiet --no-deps --no-binary :all: -d "$folder/sdist" yyjson==4.0.6
    mkdir "$folder/yyjson"
    tar -xzf "$folder"/sdist/*.tar.gz -C "$folder/yyjson" --strip-components=2 --wildcards '*/yyjson/yyjson.[ch]'
else
    missing="$missing python3-venv"
fi

for name in node_modules/@cloud-copilot/iam-policy node_modules/@cloud-copilot/iam-simulate node_modules/.bin/spectral \
    python/bin/parliament python/bin/cfn-lint yyjson/yyjson.c; do
    if [ -e "$folder/$name" ]; then
        echo "installed: $folder/$name"
    else
        echo "not installed: $folder/$name"
    fi
done
if [ -n "$missing" ]; then
    echo "yardsticks.sh: these programs are missing:$missing" >&2
    exit 1
fi
