/* SPDX-License-Identifier: MIT */
/* What a run comes to: its findings sorted, set apart and counted, and the exit status. */
#include "engine/engine.h"

#include "engine/suppress.h"
#include "rule/fingerprint.h"
#include "text/secret.h"

#include <stdlib.h>

/*
 * A document inside a string is a source of its own each time that it is read: only the places in
 * the file compare.
 */
static bool same_place(const struct sources *sources, struct location a, struct location b)
{
    struct place x = sources_resolve(sources, a.source, a.span);
    struct place y = sources_resolve(sources, b.source, b.span);
    return x.source == y.source && x.span.lo == y.span.lo && x.span.hi == y.span.hi;
}

/* A file that belongs to two cases is judged twice; what is said twice is said once. */
static void drop_repeated_findings(struct findings *findings, const struct sources *sources)
{
    size_t kept = 0;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *now = &findings->items[i];
        const struct finding *last = kept ? &findings->items[kept - 1] : NULL;
        bool repeated = last && now->has_location && last->has_location &&
                        same_place(sources, now->at, last->at) && str_eq(now->rule, last->rule) &&
                        str_eq(now->message, last->message);
        if (!repeated) {
            findings->items[kept++] = *now;
        }
    }
    findings->count = kept;
}

static struct str file_of(const struct finding *finding, const struct sources *sources)
{
    if (!finding->has_location) {
        return finding->file;
    }
    return sources_resolve(sources, finding->at.source, finding->at.span).source->name;
}

/*
 * Keep so many findings of each rule in each file as the limit says: one rule that speaks at each line does
 * not bury the others. They are sorted by file; of those of a rule the first are kept.
 */
static void drop_beyond_limit(ekslint *e)
{
    struct findings *findings = &e->findings;
    uint64_t most = e->limits.of[LIMIT_RULE_FINDINGS];
    if (findings->count <= most) {
        return;
    }
    struct arena_mark mark = arena_mark(&e->scratch);
    struct atoms rules;
    atoms_init(&rules, &e->scratch, NULL);
    uint64_t *counts = arena_array(&e->scratch, uint64_t, findings->count + 1);
    size_t *last_file = arena_array(&e->scratch, size_t, findings->count + 1);
    size_t file = 1;
    size_t kept = 0;
    struct str name = {0};
    for (size_t i = 0; i < findings->count; i++) {
        struct finding *finding = &findings->items[i];
        struct str own = file_of(finding, &e->sources);
        file += !str_eq(own, name);
        name = own;
        uint32_t rule = atoms_intern(&rules, finding->rule);
        counts[rule] = last_file[rule] == file ? counts[rule] + 1 : 1;
        last_file[rule] = file;
        if (counts[rule] <= most || finding->unreadable) {
            findings->items[kept++] = *finding;
        }
    }
    findings->dropped += findings->count - kept;
    findings->count = kept;
    arena_rewind(&e->scratch, mark);
}

struct undecided_row {
    struct undecided item;
    struct place place;
    size_t order;
};

static int compare_undecided(const void *left, const void *right)
{
    const struct undecided_row *a = left;
    const struct undecided_row *b = right;
    int order = str_compare(a->place.source->name, b->place.source->name);
    if (order == 0) {
        order = (a->place.span.lo > b->place.span.lo) - (a->place.span.lo < b->place.span.lo);
    }
    if (order == 0) {
        order = str_compare(a->item.rule, b->item.rule);
    }
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

static bool same_undecided(const struct undecided *a, const struct undecided *b)
{
    return str_eq(a->needs, b->needs) && str_eq(a->collect, b->collect);
}

/* A rule that runs over rows lacks the same for each of them, and lacks several things by turns. */
static bool is_repeated(const struct sources *sources, const struct undecided *kept, size_t count,
                        const struct undecided *item)
{
    while (count > 0 && str_eq(kept[count - 1].rule, item->rule) &&
           same_place(sources, kept[count - 1].at, item->at)) {
        count--;
        if (same_undecided(&kept[count], item)) {
            return true;
        }
    }
    return false;
}

static void sort_undecided(ekslint *e)
{
    struct undecided_list *list = &e->results.undecided;
    struct undecided_row *rows = arena_array(&e->arena, struct undecided_row, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const struct undecided *item = &list->items[i];
        rows[i] = (struct undecided_row){
            *item, sources_resolve(&e->sources, item->at.source, item->at.span), i};
    }
    if (list->count) {
        qsort(rows, list->count, sizeof *rows, compare_undecided);
    }
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (!is_repeated(&e->sources, list->items, kept, &rows[i].item)) {
            list->items[kept++] = rows[i].item;
        }
    }
    list->count = kept;
}

static void count_rules(const ekslint *e, struct rule_tally *tally)
{
    *tally = (struct rule_tally){.unknown = e->unknown_policies}; /* as one rule would */
    for (size_t i = 0; i < e->rules.count; i++) {
        const struct rule_slot *slot = &e->rules.slots[i];
        if (!slot->was_run) {
            continue;
        }
        switch (slot->worst) {
        case OUTCOME_FAIL:
            tally->fail++;
            break;
        case OUTCOME_UNKNOWN:
            tally->unknown++;
            break;
        case OUTCOME_PASS:
            tally->pass++;
            break;
        case OUTCOME_NOT_APPLICABLE:
            tally->not_applicable++;
            break;
        }
    }
}

void engine_finish_results(ekslint *e)
{
    struct results *results = &e->results;
    /* Messages are made in many places; what a file hides is taken out of all of them here. */
    secret_redact_findings(&e->findings, 0, &e->sources);
    findings_sort(&e->findings, &e->sources);
    drop_repeated_findings(&e->findings, &e->sources);
    fingerprints_finish(&e->findings, &e->scratch);
    sort_undecided(e);
    engine_suppress(e);
    engine_apply_baseline(e);
    count_rules(e, &results->rules);
    drop_beyond_limit(e);
    size_t *const counts[SEVERITY_COUNT] = {
        [SEVERITY_INFO] = &results->infos,
        [SEVERITY_WARNING] = &results->warnings,
        [SEVERITY_ERROR] = &results->errors,
    };
    for (size_t i = 0; i < e->findings.count; i++) {
        (*counts[e->findings.items[i].severity])++;
    }
}

/* Findings that were dropped for want of room count as the worst. */
static bool has_failed(const ekslint *e)
{
    if (e->findings.dropped || (e->fail_on_unknown && e->results.undecided.count)) {
        return true;
    }
    for (size_t i = 0; i < e->findings.count; i++) {
        if (e->findings.items[i].severity >= e->fail_on) {
            return true;
        }
    }
    return false;
}

static bool has_unread_input(const ekslint *e)
{
    for (size_t i = 0; i < e->findings.count; i++) {
        if (e->findings.items[i].unreadable) {
            return true;
        }
    }
    return e->unread;
}

int engine_status(const ekslint *e)
{
    const struct rule_tally *ran = &e->results.rules;
    for (size_t i = 0; i < e->rules.count; i++) {
        if (e->rules.slots[i].state == SLOT_BROKEN) {
            return EKSLINT_INTERNAL;
        }
    }
    if (has_unread_input(e)) {
        return EKSLINT_INPUT;
    }
    if (has_failed(e)) {
        return EKSLINT_FINDINGS;
    }
    return ran->fail + ran->pass + ran->unknown + ran->not_applicable ? EKSLINT_OK
                                                                      : EKSLINT_NOTHING;
}

ekslint_text engine_take_text(struct buf *buf)
{
    buf->max++;
    buf_add_char(buf, '\0');
    buf->max--;
    if (buf->truncated) {
        buf_release(buf);
        return (ekslint_text){.too_large = true};
    }
    ekslint_text text = {.text = buf->ptr, .len = buf->len - 1};
    *buf = buf_with_max(buf->max);
    return text;
}
