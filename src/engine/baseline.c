/* SPDX-License-Identifier: MIT */
/* A baseline at work. An entry is stale only where this run would have met what it knows. */
#include "engine/engine.h"

#include "base/paths.h"
#include "rule/fingerprint.h"
#include "text/secret.h"

#include <stdlib.h>

/* ---- names ---- */

/* A name of this run as the baseline has it. */
static struct str to_entry(const ekslint *e, struct arena *arena, struct str name)
{
    struct str whole = name;
    if (!str_starts(name, STR("/"))) {
        whole = arena_format(arena, "%.*s/%.*s", STR_ARG(e->baseline.here), STR_ARG(name));
    }
    return path_relative(arena, e->baseline.folder, path_normalize(arena, whole));
}

/* The other way round. */
static struct str from_entry(const ekslint *e, struct arena *arena, struct str file)
{
    struct str whole = arena_format(arena, "%.*s/%.*s", STR_ARG(e->baseline.folder), STR_ARG(file));
    return path_relative(arena, e->baseline.here, path_normalize(arena, whole));
}

static void set_folders(ekslint *e, const char *here, const char *folder)
{
    e->baseline.here = path_normalize(&e->arena, str_from_c(here));
    e->baseline.folder = path_normalize(&e->arena, str_from_c(folder));
}

/* ---- what is given ---- */

bool ekslint_add_baseline(ekslint *e, const char *here, const char *folder, const char *name,
                          const char *bytes, size_t len)
{
    const struct baseline_reader reader = {
        .arena = &e->arena,
        .sources = &e->sources,
        .atoms = &e->atoms,
        .builder = &e->reader.builder,
        .findings = &e->problems,
    };
    set_folders(e, here, folder);
    struct source *source = sources_add(&e->sources, str_from_c(name), (struct str){bytes, len});
    size_t said = e->problems.count;
    e->baseline.given = baseline_read(&reader, source, &e->baseline.known);
    if (e->problems.count > said) { /* whatever was taken for a baseline may hold secrets */
        document_hide_secrets(source);
        secret_redact_findings(&e->problems, said, &e->sources);
    }
    return e->baseline.given;
}

void ekslint_record_baseline(ekslint *e, const char *here, const char *folder)
{
    set_folders(e, here, folder);
    e->baseline.recorded = true;
}

const ekslint_config_request *ekslint_config_baseline(ekslint *e)
{
    struct config_text path = engine_config_baseline(e);
    if (path.text.len == 0) {
        return NULL;
    }
    e->config.request = (ekslint_config_request){
        .from = sources_get(&e->sources, path.at.source)->name.ptr,
        .path = arena_str(&e->arena, path.text).ptr,
    };
    return &e->config.request;
}

/* ---- files that this run looks at ---- */

void engine_baseline_looked(ekslint *e, struct str folder)
{
    struct engine_baseline *baseline = &e->baseline;
    struct str whole = folder;
    if (!baseline->given) {
        return;
    }
    if (!str_starts(folder, STR("/"))) {
        whole = arena_format(&e->arena, "%.*s/%.*s", STR_ARG(baseline->here), STR_ARG(folder));
    }
    baseline->looked = arena_grow(&e->arena, baseline->looked, baseline->looked_count,
                                  &baseline->looked_capacity, sizeof *baseline->looked);
    baseline->looked[baseline->looked_count++] = path_normalize(&e->arena, whole);
}

static bool is_looked_through(const struct engine_baseline *baseline, struct str path)
{
    for (size_t i = 0; i < baseline->looked_count; i++) {
        if (path_is_inside(path, baseline->looked[i])) {
            return true;
        }
    }
    return false;
}

/*
 * Is all in this run that the baseline may be of: its folder, or all that it knows? What is said of a case
 * hangs on files that have no entry, so one entry's file is not enough.
 */
static bool is_whole(ekslint *e)
{
    const struct baseline *known = &e->baseline.known;
    bool whole = e->baseline.looked_count > 0;
    struct arena_mark mark = arena_mark(&e->scratch);
    for (size_t i = 0; i < known->count && whole; i++) {
        struct str file = arena_format(&e->scratch, "%.*s/%.*s", STR_ARG(e->baseline.folder),
                                       STR_ARG(known->items[i].file));
        whole = is_looked_through(&e->baseline, path_normalize(&e->scratch, file));
        arena_rewind(&e->scratch, mark);
    }
    return whole || is_looked_through(&e->baseline, e->baseline.folder);
}

static int compare_seen(const void *left, const void *right)
{
    const struct seen_file *a = left;
    const struct seen_file *b = right;
    return str_compare(a->file, b->file);
}

static void find_seen(ekslint *e)
{
    struct engine_baseline *baseline = &e->baseline;
    const struct source *last = NULL;
    if (baseline->seen && baseline->seen_documents == e->documents.count) {
        return;
    }
    baseline->seen = arena_array(&e->arena, struct seen_file, e->documents.count + 1);
    baseline->seen_count = 0;
    baseline->seen_documents = e->documents.count;
    for (size_t i = 0; i < e->documents.count; i++) {
        const struct source *source = e->documents.items[i]->source;
        if (source != last) {
            baseline->seen[baseline->seen_count++] =
                (struct seen_file){to_entry(e, &e->arena, source->name), source};
        }
        last = source;
    }
    if (baseline->seen_count) {
        qsort(baseline->seen, baseline->seen_count, sizeof *baseline->seen, compare_seen);
    }
}

static const struct source *source_of(ekslint *e, struct str file)
{
    const struct seen_file wanted = {.file = file};
    find_seen(e);
    const struct seen_file *found = e->baseline.seen_count
                                        ? bsearch(&wanted, e->baseline.seen, e->baseline.seen_count,
                                                  sizeof *e->baseline.seen, compare_seen)
                                        : NULL;
    return found ? found->source : NULL;
}

const char *ekslint_next_baseline_file(ekslint *e)
{
    struct engine_baseline *baseline = &e->baseline;
    const char *name = NULL;
    while (baseline->given && !name && baseline->next < baseline->known.count) {
        struct str file = baseline->known.items[baseline->next++].file;
        if (!str_eq(file, baseline->last) && !source_of(e, file)) {
            name = from_entry(e, &e->arena, file).ptr;
        }
        baseline->last = file;
    }
    return name;
}

void ekslint_baseline_gone(ekslint *e)
{
    struct engine_baseline *baseline = &e->baseline;
    baseline->gone = arena_grow(&e->arena, baseline->gone, baseline->gone_count,
                                &baseline->gone_capacity, sizeof *baseline->gone);
    baseline->gone[baseline->gone_count++] = baseline->last;
}

/* Files come in the order of the entries. */
static bool is_gone(const struct engine_baseline *baseline, struct str file)
{
    size_t low = 0;
    size_t high = baseline->gone_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(baseline->gone[middle], file);
        if (order == 0) {
            return true;
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return false;
}

/* ---- what is known ---- */

static bool may_be_known(const ekslint *e, const struct finding *finding)
{
    return !finding->unreadable && !str_starts(finding->rule, STR("suppression/")) &&
           !engine_forbids(e, finding->rule);
}

static struct str file_of(const ekslint *e, struct arena *arena, const struct finding *finding)
{
    struct str name = finding->file;
    if (finding->has_location) {
        name = sources_resolve(&e->sources, finding->at.source, finding->at.span).source->name;
    }
    return to_entry(e, arena, name);
}

static void record(ekslint *e)
{
    struct baseline *known = &e->baseline.known;
    *known = (struct baseline){.arena = &e->arena};
    for (size_t i = 0; i < e->findings.count; i++) {
        const struct finding *finding = &e->findings.items[i];
        if (may_be_known(e, finding)) {
            baseline_add(known, file_of(e, &e->arena, finding), finding->rule,
                         finding->fingerprint);
        }
    }
    baseline_finish(known);
}

static bool is_known(ekslint *e, const struct finding *finding)
{
    struct arena_mark mark = arena_mark(&e->scratch);
    struct str file = file_of(e, &e->scratch, finding);
    struct baseline_entry *entry =
        baseline_find(&e->baseline.known, file, finding->rule, finding->fingerprint);
    bool known = entry && entry->met < entry->count && may_be_known(e, finding);
    if (known) {
        entry->met++;
    }
    arena_rewind(&e->scratch, mark);
    return known;
}

static void set_apart(ekslint *e)
{
    struct findings *findings = &e->findings;
    struct findings *known = &e->results.baselined;
    size_t kept = 0;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding finding = findings->items[i];
        if (is_known(e, &finding)) {
            findings_add(known, &finding);
        } else {
            findings->items[kept++] = finding;
        }
    }
    findings->count = kept;
}

/* Would this run have met it? */
static bool is_stale(ekslint *e, const struct baseline_entry *entry, bool whole)
{
    const struct source *source = source_of(e, entry->file);
    if (!source) {
        return is_gone(&e->baseline, entry->file);
    }
    const struct rule_slot *slot = ruleset_find(&e->rules, entry->rule);
    bool of_case = slot && rule_kind_listed(slot->kind, STR("case"));
    bool exists = ruleset_knows(&e->rules, entry->rule) || suppression_knows_other(entry->rule);
    struct span all = {0, (uint32_t)source->bytes.len};
    return !exists || ((whole || !of_case) && engine_is_decided(e, entry->rule, source, all));
}

static void find_stale(ekslint *e)
{
    struct baseline *known = &e->baseline.known;
    struct baseline_entry *stale = arena_array(&e->arena, struct baseline_entry, known->count);
    size_t count = 0;
    bool whole = is_whole(e);
    for (size_t i = 0; i < known->count; i++) {
        struct baseline_entry *entry = &known->items[i];
        if (entry->met < entry->count && is_stale(e, entry, whole)) {
            stale[count] = *entry;
            stale[count].count = entry->count - entry->met;
            e->results.stale_findings += stale[count++].count;
        }
    }
    e->results.stale = stale;
    e->results.stale_count = count;
}

/* An entry of a rule that nobody may suppress is said once for each rule. */
static void report_forbidden(ekslint *e)
{
    static const char *const messages[LANGUAGE_COUNT] = {
        "nobody may suppress '%.*s', so the baseline cannot know it either: the configuration "
        "forbids it",
        "「%.*s」の許可は設定で禁止されているため、ベースラインにも登録できません",
    };
    const struct baseline *known = &e->baseline.known;
    struct atoms said;
    size_t before = e->findings.count;
    atoms_init(&said, &e->scratch, NULL);
    for (size_t i = 0; i < known->count; i++) {
        const struct baseline_entry *entry = &known->items[i];
        const struct config_text *forbidden = engine_forbids(e, entry->rule);
        uint32_t count = said.count;
        if (forbidden) {
            atoms_intern(&said, entry->rule);
        }
        if (said.count == count) {
            continue;
        }
        struct finding *finding =
            findings_error(&e->findings, STR("suppression/forbidden"), entry->at,
                           messages[e->language], STR_ARG(entry->rule));
        finding_relate(&e->findings, finding, forbidden->at,
                       e->language == LANGUAGE_JA ? STR("ここで禁止されています")
                                                  : STR("it is forbidden here"));
    }
    if (e->findings.count > before) {
        findings_sort(&e->findings, &e->sources);
        fingerprints_finish(&e->findings, &e->scratch);
    }
}

void engine_apply_baseline(ekslint *e)
{
    e->results.baselined = (struct findings){.arena = &e->arena};
    e->results.stale_count = 0;
    e->results.stale_findings = 0;
    e->results.has_baseline = e->baseline.given || e->baseline.recorded;
    if (!e->results.has_baseline) {
        return;
    }
    if (e->baseline.recorded) {
        record(e);
    }
    for (size_t i = 0; i < e->baseline.known.count; i++) {
        e->baseline.known.items[i].met = 0;
    }
    set_apart(e);
    if (e->baseline.given) {
        find_stale(e);
        report_forbidden(e);
    }
}

ekslint_text ekslint_baseline(ekslint *e, bool *changed)
{
    struct buf out = buf_with_max(ENGINE_TEXT_MAX);
    struct baseline *known = &e->baseline.known;
    *changed = e->baseline.recorded || e->results.stale_count > 0;
    for (size_t i = 0; i < e->results.stale_count; i++) {
        const struct baseline_entry *stale = &e->results.stale[i];
        struct baseline_entry *entry =
            baseline_find(known, stale->file, stale->rule, stale->fingerprint);
        entry->count = entry->met;
    }
    baseline_write(known, &out);
    return engine_take_text(&out);
}
