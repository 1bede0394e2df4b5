/* SPDX-License-Identifier: MIT */
/*
 * The engine behind the public header: files in, documents, cases, rules, results. It owns all
 * memory of a run; nothing here is global, so engines may live side by side.
 */
#include "ekslint.h"

#include "aws/moment.h"
#include "base/memory.h"
#include "engine/engine.h"
#include "model/directive.h"
#include "text/secret.h"

#include <stdlib.h>

static void load_kinds_and_rules(ekslint *e)
{
    struct str kinds = builtin_text(&builtin_rules, builtin_rules.kinds);
    e->broken = !kinds_load(&e->kinds, &e->lasting, &e->sources, &e->atoms, kinds, &e->problems);
    struct rule_loader loader = {
        .arena = &e->lasting,
        .sources = &e->sources,
        .atoms = &e->atoms,
        .kinds = &e->kinds,
        .findings = &e->problems,
    };
    ruleset_init(&e->rules, &loader, &builtin_rules);
    e->reader = (struct document_reader){
        .arena = &e->arena,
        .scratch = &e->scratch,
        .sources = &e->sources,
        .atoms = &e->atoms,
        .kinds = &e->kinds,
        .findings = &e->findings,
    };
}

ekslint *ekslint_new(void)
{
    ekslint *e = calloc(1, sizeof *e);
    if (!e) {
        memory_exhausted();
    }
    e->findings.arena = &e->arena;
    e->checker.arena = &e->arena;
    e->problems.arena = &e->lasting;
    e->results.findings = &e->findings;
    e->results.undecided.arena = &e->arena;
    e->fail_on = SEVERITY_ERROR;
    e->limits = limits_default;
    sources_init(&e->sources, &e->lasting);
    e->sources.limits = &e->limits;
    atoms_init(&e->atoms, &e->names, NULL);
    atoms_init(&e->references, &e->arena, NULL);
    e->reference_next = 1; /* atom 0 is the empty name, which nobody refers to */
    load_kinds_and_rules(e);
    return e;
}

void ekslint_free(ekslint *e)
{
    if (e) {
        builder_release(&e->reader.builder);
        ruleset_release(&e->rules);
        arena_release(&e->scratch);
        arena_release(&e->part);
        arena_release(&e->arena);
        arena_release(&e->lasting);
        arena_release(&e->names);
        free(e);
    }
}

/* ---- settings ---- */

void ekslint_set_language(ekslint *e, const char *language)
{
    e->language_asked = true;
    engine_set_language(e, str_from_c(language));
}

bool ekslint_set_date(ekslint *e, const char *date)
{
    int32_t days;
    struct str text = str_from_c(date);
    bool good = date_parse(text, &days);
    if (good) {
        e->today = arena_str(&e->arena, text);
    }
    return good;
}

void ekslint_no_builtin(ekslint *e)
{
    ruleset_drop_builtin(&e->rules);
}

static bool wish(ekslint *e, struct rule_wish wish)
{
    return ruleset_wish(&e->rules, wish);
}

bool ekslint_select(ekslint *e, const char *glob)
{
    return wish(e, (struct rule_wish){.glob = str_from_c(glob), .what = WISH_SELECT});
}

bool ekslint_ignore(ekslint *e, const char *glob)
{
    return wish(e, (struct rule_wish){.glob = str_from_c(glob), .what = WISH_IGNORE});
}

bool ekslint_set_profile(ekslint *e, const char *profile)
{
    enum rule_profile named;
    if (!rule_profile_parse(str_from_c(profile), &named)) {
        return false;
    }
    struct rule_layer *layer = named == PROFILE_CHECKS ? &e->rules.preset : &e->rules.asked;
    layer->has_profile = true;
    layer->profile = named;
    return true;
}

bool ekslint_set_severity(ekslint *e, const char *glob, const char *severity)
{
    struct rule_wish wanted = {.glob = str_from_c(glob), .what = WISH_SEVERITY};
    return severity_parse(str_from_c(severity), &wanted.severity) && wish(e, wanted);
}

bool ekslint_fail_on(ekslint *e, const char *threshold)
{
    e->fail_on_asked = true;
    return engine_fail_on(e, str_from_c(threshold));
}

bool ekslint_set_kind(ekslint *e, const char *kind, const char **nearest)
{
    struct str id;
    directive_split_kind(str_from_c(kind), &id, &e->reader.resource_type);
    const struct kind *forced = kinds_find(&e->kinds, id);
    e->reader.forced = forced && kind_can_be_named(forced) ? forced : NULL;
    *nearest = NULL;
    if (!e->reader.forced) {
        struct str name = kinds_nearest(&e->kinds, id, &e->arena);
        *nearest = name.len ? arena_str(&e->arena, name).ptr : NULL;
    }
    return e->reader.forced != NULL;
}

void ekslint_begin_rules(ekslint *e)
{
    e->rules.group++;
}

bool ekslint_add_rules(ekslint *e, const char *name, const char *bytes, size_t len)
{
    struct source *source = sources_add(&e->sources, str_from_c(name), (struct str){bytes, len});
    size_t said = e->problems.count;
    bool added = ruleset_add(&e->rules, source);
    if (e->problems.count > said) {
        document_hide_secrets(source); /* whatever was taken for a rule */
        secret_redact_findings(&e->problems, said, &e->sources);
    }
    return added;
}

bool ekslint_set_limit(ekslint *e, const char *setting, const char **why)
{
    struct str problem;
    if (!limits_set(&e->limits, &e->arena, str_from_c(setting), &problem)) {
        *why = problem.ptr;
        return false;
    }
    e->findings.most = (size_t)e->limits.of[LIMIT_FINDINGS];
    return true;
}

void engine_set_limits(ekslint *e, const char *const *settings)
{
    for (; settings && *settings; settings++) {
        const char *why;
        (void)ekslint_set_limit(e, *settings, &why);
    }
}

void ekslint_no_cases(ekslint *e)
{
    e->no_cases = true;
}

/* ---- files ---- */

static void add_unreadable(ekslint *e, struct str name, struct str why)
{
    struct finding finding = {
        .rule = STR("file/unreadable"),
        .severity = SEVERITY_ERROR,
        .unreadable = true,
        .file = secret_hide_in(&e->arena, name), /* a line of a file that is no list of names */
        .message = arena_str(&e->arena, why),
    };
    findings_add(&e->findings, &finding);
    e->unread = true;
}

void ekslint_unreadable(ekslint *e, const char *name, const char *why)
{
    engine_begin_files(e);
    add_unreadable(e, str_from_c(name), str_from_c(why));
}

bool engine_add_file(ekslint *e, struct str name, struct str bytes, bool met)
{
    engine_begin_files(e);
    if (bytes.len > e->limits.of[LIMIT_DOCUMENT_BYTES]) {
        add_unreadable(e, name, limit_reached(&e->arena, &e->limits, LIMIT_DOCUMENT_BYTES));
        return false;
    }
    size_t before = e->documents.count;
    struct source *source = sources_add_passing(&e->sources, &e->arena, name, bytes);
    source->limits = &e->limits;
    struct engine_kind asked = engine_force_kind(e, source->name);
    bool read = documents_read(&e->reader, source, met, &e->documents);
    engine_restore_kind(e, asked);
    bool known = false;
    for (size_t i = before; i < e->documents.count; i++) {
        known = known || e->documents.items[i]->kind;
    }
    e->results.files++;
    e->results.skipped_files += read && !known;
    e->unread = e->unread || !read;
    return read;
}

bool ekslint_add_file(ekslint *e, const char *name, const char *bytes, size_t len)
{
    return engine_add_file(e, str_from_c(name), (struct str){bytes, len}, false);
}

bool ekslint_add_met_file(ekslint *e, const char *name, const char *bytes, size_t len)
{
    return engine_add_file(e, str_from_c(name), (struct str){bytes, len}, true);
}

bool ekslint_has_documents(const ekslint *e)
{
    bool known = false;
    for (size_t i = 0; i < e->documents.count; i++) {
        known = known || e->documents.items[i]->kind;
    }
    return known;
}

static bool has_file(const ekslint *e, struct str name)
{
    for (size_t i = 0; i < e->sources.count; i++) {
        if (str_eq(e->sources.items[i]->name, name)) {
            return true;
        }
    }
    return false;
}

static void note_reference(void *context, struct str file, const struct node *reference)
{
    ekslint *e = context;
    (void)reference;
    uint32_t known;
    if (!atoms_find(&e->references, file, &known) && !has_file(e, file)) {
        atoms_intern(&e->references, file);
    }
}

const char *ekslint_next_reference(ekslint *e)
{
    for (; e->references_read < e->documents.count; e->references_read++) {
        const struct document *document = e->documents.items[e->references_read];
        if (engine_is_main(document)) {
            case_each_reference(document, &e->scratch, note_reference, e);
        }
    }
    bool more = e->reference_next < e->references.count;
    return more ? atoms_text(&e->references, e->reference_next++).ptr : NULL;
}

/* ---- checking ---- */

/* What rules share of a policy, with its normal form; pages that no policy needs are never touched. */
enum { PART_BYTES = 1 << 20 };

/* In a file of one line, only the name tells people what a finding is about. */
static void name_findings(ekslint *e, size_t first, struct str name)
{
    for (size_t i = first; name.len && i < e->findings.count; i++) {
        struct str *message = &e->findings.items[i].message;
        *message = arena_format(&e->arena, "%.*s: %.*s", STR_ARG(name), STR_ARG(*message));
    }
}

static void run_subject(ekslint *e, const struct subject *subject)
{
    struct rule_policy policy = {
        .checker = &e->checker,
        .arena = &e->part,
        .tree = subject->tree,
        .root = subject->root,
        .kind = subject->kind->id,
        .resource_type = subject->resource_type,
        .named = subject->named,
    };
    struct arena_mark mark = arena_mark(&e->part);
    size_t said = e->findings.count;
    engine_run_kind(e, subject->kind->id, subject->tree, subject->root,
                    subject->kind->iam ? &policy : NULL);
    arena_rewind(&e->part, mark);
    name_findings(e, said, subject->name);
}

/* Of a policy that nobody knows before it is deployed, no rule can say anything: that is said once. */
static void note_unknown(ekslint *e, const struct subject *subject)
{
    struct undecided_list *list = &e->results.undecided;
    struct undecided item = {
        .rule = STR("file/policy-unknown"),
        .severity = SEVERITY_ERROR,
        .at = node_location(subject->root),
        .reason = STR("this policy cannot be known before it is deployed"),
    };
    if (subject->name.len) {
        item.reason =
            arena_format(&e->arena, "%.*s: %.*s", STR_ARG(subject->name), STR_ARG(item.reason));
    }
    if (!engine_has_rules(e, subject->kind->id, subject->root)) {
        return;
    }
    e->unknown_policies = true;
    if (list->count >= e->limits.of[LIMIT_FINDINGS]) {
        list->dropped++;
        return;
    }
    list->items =
        arena_grow(list->arena, list->items, list->count, &list->capacity, sizeof *list->items);
    list->items[list->count++] = item;
}

void engine_run_documents(ekslint *e)
{
    e->wanted_count = e->keeps_choices ? e->wanted_count : 0;
    e->unknown_policies = false;
    if (!e->part.chunks) {
        arena_reserve(&e->part, PART_BYTES);
    }
    struct arena_mark mark = arena_mark(&e->part);
    for (size_t i = 0; i < e->documents.count; i++) {
        const struct document *document = e->documents.items[i];
        struct subject_list subjects = {0};
        if (!document->kind) {
            continue;
        }
        e->results.documents++;
        document_subjects(&e->reader, &e->part, document, &subjects);
        for (size_t s = 0; s < subjects.count; s++) {
            if (subjects.items[s].root->kind == NODE_UNKNOWN) {
                note_unknown(e, &subjects.items[s]);
            } else {
                run_subject(e, &subjects.items[s]);
            }
        }
        arena_rewind(&e->part, mark);
    }
}

int ekslint_check(ekslint *e)
{
    if (e->broken) {
        return EKSLINT_INTERNAL;
    }
    engine_run_documents(e);
    if (!e->no_cases) {
        engine_run_cases(e);
    }
    engine_finish_results(e);
    return engine_status(e);
}

const char *ekslint_init_text(void)
{
    /* embed.c ends this piece with a NUL. */
    return builtin_text(&builtin_rules, builtin_rules.init).ptr;
}
