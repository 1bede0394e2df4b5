#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Checks that the IAM catalogue's tables are what src/aws/catalogue/generate.mjs makes of the package that they name,
# byte for byte, and that the program counts what the package holds.
#
# usage: check_catalogue.sh [PACKAGE_FOLDER]     (or EKSLINT_IAM_DATA=PACKAGE_FOLDER)
# Exits 77 (skipped) without node, without the package, or with another version of it: a registry keeps only new ones.
set -u

source_dir=${EKSLINT_SOURCE_DIR:-$(cd "$(dirname "$0")/../.." && pwd)}
package=${1:-${EKSLINT_IAM_DATA:-}}
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

if ! command -v node >/dev/null 2>&1; then
    echo "skipped: no node"
    exit 77
fi
if [ ! -f "$package/package.json" ]; then
    echo "skipped: EKSLINT_IAM_DATA names no installed package"
    exit 77
fi
recorded=$(sed -n 's/^#define CATALOGUE_SOURCE "\(.*\)"$/\1/p' "$source_dir/src/aws/catalogue_counts.h")
found=$(node -p 'const p = require(process.argv[1]); `${p.name} ${p.version}`' "$package/package.json") || exit 1
if [ "$found" != "$recorded" ]; then
    echo "skipped: this is $found, the tables are of $recorded"
    exit 77
fi

failures=0
node "$source_dir/src/aws/catalogue/generate.mjs" "$package" "$scratch" || exit 1
for file in catalogue_table.c catalogue_counts.h; do
    if ! cmp "$scratch/$file" "$source_dir/src/aws/$file"; then
        echo "src/aws/$file is not what generate.mjs writes"
        failures=$((failures + 1))
    fi
done

# Counted without the generator; keys are the services', the global ones, and those of additions.json.
cat >"$scratch/count.cjs" <<'END'
const fs = require("fs");
const [folder, additionsFile] = process.argv.slice(2);
const read = (kind) => fs.readdirSync(`${folder}/data/${kind}`).flatMap((file) =>
    Object.values(JSON.parse(fs.readFileSync(`${folder}/data/${kind}/${file}`))));
const globals = require(`${folder}/dist/cjs/globalConditionKeys.js`).globalConditionKeys;
const additions = JSON.parse(fs.readFileSync(additionsFile));
const keys = [...read("conditionKeys"), ...globals, ...additions.globalKeys.keys]
    .map(({ key }) => key.toLowerCase().replace(/^(aws:[a-z]*tag)\/tag-key$/, "$1/${tagkey}"));
const claims = Object.keys(additions.issuerClaims.claims).length;
const services = fs.readdirSync(`${folder}/data/actions`).length;
console.log(`${services} services, ${read("actions").length} actions, ${read("resourceTypes").length} resource types, ` +
    `${new Set(keys).size + claims} condition keys`);
END
wanted=$(node "$scratch/count.cjs" "$package" "$source_dir/src/aws/catalogue/additions.json") || exit 1
if ! "${EKSLINT_BINARY:-$source_dir/build/release/ekslint}" --version >"$scratch/version"; then
    echo "the program does not run"
    exit 1
fi
if ! grep -qxF "$wanted" "$scratch/version"; then
    echo "the package holds $wanted; the program says:"
    cat "$scratch/version"
    failures=$((failures + 1))
fi
[ "$failures" -eq 0 ]
