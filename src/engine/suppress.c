/* SPDX-License-Identifier: MIT */
/*
 * Comments are looked for once all is judged, and only in sources whose text speaks to ekslint. What is
 * said about them is added behind: nothing hides that.
 */
#include "engine/suppressing.h"

#include "base/paths.h"
#include "model/comment.h"
#include "rule/fingerprint.h"
#include "text/secret.h"

#include <stdlib.h>

/* ---- what there is ---- */

/* Whether it counts at all; what keeps it from that is said. */
static void admit(struct suppressing *s, struct suppression suppression)
{
    struct engine_suppressions *all = &s->e->suppressions;
    const struct config_text *forbidden = engine_forbids(s->e, suppression.rule);
    if (all->count == ENGINE_SUPPRESSIONS_MAX) {
        suppressing_remark(s, REMARK_TOO_MANY, suppression.at, suppression.rule);
        return;
    }
    suppression.state = SUPPRESSION_UNUSED;
    if (forbidden) {
        struct finding *finding =
            suppressing_remark(s, REMARK_FORBIDDEN, suppression.rule_at, suppression.rule);
        finding_relate(&s->said, finding, forbidden->at,
                       s->e->language == LANGUAGE_JA ? STR("ここで禁止されています")
                                                     : STR("it is forbidden here"));
        suppression.state = SUPPRESSION_FORBIDDEN;
    } else if (suppression_is_over(suppression.until, s->e->today)) {
        suppressing_remark(s, REMARK_EXPIRED, suppression.until_at, suppression.rule);
        suppression.state = SUPPRESSION_EXPIRED;
    }
    all->items =
        arena_grow(&s->e->arena, all->items, all->count, &all->capacity, sizeof *all->items);
    all->items[all->count++] = suppression;
}

/* The place of a part of a source's text. */
static struct location place_of(const struct source *source, struct str part)
{
    uint32_t lo = (uint32_t)(part.ptr - source->bytes.ptr);
    return (struct location){source->id, {lo, lo + (uint32_t)part.len}};
}

static void admit_comment(struct suppressing *s, const struct source *source,
                          const struct comment *comment)
{
    ekslint *e = s->e;
    struct str text = str_slice(source->bytes, comment->text.lo, comment->text.hi);
    struct location at = {source->id, comment->at};
    struct suppression_words words;
    if (str_starts(text, STR("kind="))) {
        return; /* model/directive.c */
    }
    enum suppression_fault fault = suppression_parse(text, &words);
    if (fault != SUPPRESSION_GOOD) {
        suppressing_say(s, "suppression/malformed", SEVERITY_ERROR,
                        words.wrong.len ? place_of(source, words.wrong) : at,
                        suppression_fault_message(&e->arena, e->language, fault, words.wrong),
                        (struct str){0});
    } else if (!suppressing_knows_rule(e, words.rule)) {
        suppressing_say(s, "suppression/unknown-rule", SEVERITY_ERROR, place_of(source, words.rule),
                        suppressing_unknown_rule(e, &e->arena, e->language, words.rule),
                        (struct str){0});
    } else {
        admit(s, (struct suppression){
                     .rule = words.rule,
                     .reason = secret_redact(source, words.reason, &e->arena),
                     .until = words.until,
                     .at = at,
                     .rule_at = place_of(source, words.rule),
                     .until_at = words.until.len ? place_of(source, words.until) : at,
                     .in_source = true,
                     .scope = comment->scope,
                     .has_alias = comment->has_alias,
                 });
    }
}

static bool is_unread(const ekslint *e, uint32_t source)
{
    for (size_t i = 0; i < e->findings.count && e->unread; i++) {
        const struct finding *finding = &e->findings.items[i];
        if (finding->unreadable && finding->has_location && finding->at.source == source) {
            return true;
        }
    }
    return false;
}

/* To the end of the source, or of the line in which ends what could be read of it. */
static uint32_t readable_end(const ekslint *e, const struct source *source, uint32_t last)
{
    if (!is_unread(e, source->id)) {
        return (uint32_t)source->bytes.len;
    }
    return last + (uint32_t)str_find_char(str_from(source->bytes, last), '\n');
}

static void admit_source(struct suppressing *s, struct document *const *documents, size_t count)
{
    ekslint *e = s->e;
    struct source *source = documents[0]->source;
    struct comment_list comments = {0};
    bool known = false;
    bool json = true; /* which has no comments, and need not be searched */
    uint32_t last = 0;
    for (size_t i = 0; i < count; i++) {
        known = known || documents[i]->kind;
        json = json && documents[i]->tree->root->flags & NODE_JSON;
        last = documents[i]->tree->root->hi > last ? documents[i]->tree->root->hi : last;
    }
    if (!known || json || !comments_are_likely(source)) {
        return;
    }
    struct arena_mark mark = arena_mark(&e->scratch);
    comments_find(&e->scratch, source, documents, count,
                  (struct span){0, readable_end(e, source, last)}, &comments);
    if (comments.count) { /* a reason is prose, and reports print it */
        document_hide_secrets(source);
    }
    for (size_t i = 0; i < comments.count; i++) {
        admit_comment(s, source, &comments.items[i]);
    }
    if (comments.count == COMMENTS_MAX) {
        suppressing_remark(s, REMARK_TOO_MANY,
                           (struct location){source->id, comments.items[comments.count - 1].at},
                           (struct str){0});
    }
    arena_rewind(&e->scratch, mark);
}

static void admit_comments(struct suppressing *s)
{
    const struct document_list *documents = &s->e->documents;
    for (size_t i = 0, end; i < documents->count; i = end) {
        for (end = i;
             end < documents->count && documents->items[end]->source == documents->items[i]->source;
             end++) {
        }
        admit_source(s, documents->items + i, end - i);
    }
}

static void admit_entries(struct suppressing *s)
{
    for (size_t i = 0; i < s->e->config.count; i++) {
        const struct config_file *file = &s->e->config.parts[i]->file;
        if (file->suppression_count) {
            document_hide_secrets(sources_get(&s->e->sources, file->source->id));
        }
        for (size_t k = 0; k < file->suppression_count; k++) {
            const struct config_suppression *entry = &file->suppressions[k];
            admit(s, (struct suppression){
                         .rule = entry->rule.text,
                         .reason = secret_redact(file->source, entry->reason.text, &s->e->arena),
                         .until = entry->until.text,
                         .at = entry->rule.at,
                         .rule_at = entry->rule.at,
                         .until_at = entry->until.at,
                         .entry = entry,
                     });
        }
    }
}

/* By source, rule and place; the widest of those that begin together first. */
static int compare_comments(const void *left, const void *right)
{
    const struct suppression *a = left;
    const struct suppression *b = right;
    int order = (a->at.source > b->at.source) - (a->at.source < b->at.source);
    order = order ? order : str_compare(a->rule, b->rule);
    order = order ? order : (a->scope.lo > b->scope.lo) - (a->scope.lo < b->scope.lo);
    order = order ? order : (a->scope.hi < b->scope.hi) - (a->scope.hi > b->scope.hi);
    return order ? order : (a->at.span.lo > b->at.span.lo) - (a->at.span.lo < b->at.span.lo);
}

/* ---- what they hide ---- */

/* The first comment of a source about a rule, or where it would be. */
static size_t first_comment(const struct engine_suppressions *all, uint32_t source, struct str rule)
{
    const struct suppression wanted = {.rule = rule, .at = {.source = source}};
    size_t low = 0;
    size_t high = all->comment_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_comments(&all->items[middle], &wanted) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool counts(const struct suppression *suppression)
{
    return suppression->state == SUPPRESSION_USED || suppression->state == SUPPRESSION_UNUSED;
}

/* The comment with the narrowest scope around the finding, or NULL. */
static struct suppression *find_comment(const ekslint *e, const struct finding *finding)
{
    const struct engine_suppressions *all = &e->suppressions;
    struct suppression *found = NULL;
    if (!finding->has_location || all->comment_count == 0) {
        return NULL;
    }
    struct place place = sources_resolve(&e->sources, finding->at.source, finding->at.span);
    for (size_t i = first_comment(all, place.source->id, finding->rule); i < all->comment_count;
         i++) {
        struct suppression *item = &all->items[i];
        if (item->at.source != place.source->id || !str_eq(item->rule, finding->rule) ||
            item->scope.lo > place.span.lo) {
            break;
        }
        bool around = item->scope.lo < item->scope.hi && place.span.hi <= item->scope.hi;
        bool narrower =
            !found || item->scope.lo > found->scope.lo || item->scope.hi < found->scope.hi;
        if (around && narrower && counts(item)) {
            found = item;
        }
    }
    return found;
}

bool engine_covers_file(ekslint *e, const struct config_suppression *entry, struct str file)
{
    struct location at;
    struct arena_mark mark = arena_mark(&e->scratch);
    struct str path = engine_config_path(e, &e->scratch, file);
    bool covers = path.len && config_globs_take(&entry->files, path, false, &at);
    arena_rewind(&e->scratch, mark);
    return covers;
}

static bool covers_place(ekslint *e, const struct suppression *suppression,
                         const struct finding *finding)
{
    struct str prefix = suppression->entry->path;
    if (prefix.len == 0 || finding->path.len || !finding->has_location) {
        return suppression_covers_path(prefix, finding->path);
    }
    struct buf path = buf_with_max(ENGINE_TEXT_MAX);
    engine_path_at(e, finding->at, &path);
    bool covers = suppression_covers_path(prefix, buf_str(&path));
    buf_release(&path);
    return covers;
}

static struct suppression *find_entry(ekslint *e, const struct finding *finding)
{
    const struct engine_suppressions *all = &e->suppressions;
    struct str file = finding->file;
    if (all->comment_count < all->count && finding->has_location) {
        file = sources_resolve(&e->sources, finding->at.source, finding->at.span).source->name;
    }
    for (size_t i = all->comment_count; i < all->count; i++) {
        struct suppression *item = &all->items[i];
        if (counts(item) && str_eq(item->rule, finding->rule) &&
            engine_covers_file(e, item->entry, file) && covers_place(e, item, finding)) {
            return item;
        }
    }
    return NULL;
}

static void hide(ekslint *e, const struct finding *finding, struct suppression *by)
{
    struct suppressed_list *list = &e->results.suppressed;
    list->items =
        arena_grow(&e->arena, list->items, list->count, &list->capacity, sizeof *list->items);
    list->items[list->count++] = (struct suppressed){*finding, by};
    by->state = SUPPRESSION_USED;
    by->hidden++;
}

static void hide_all(ekslint *e)
{
    struct findings *findings = &e->findings;
    size_t kept = 0;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        struct suppression *by = finding->unreadable ? NULL : find_comment(e, finding);
        by = by || finding->unreadable ? by : find_entry(e, finding);
        if (by) {
            hide(e, finding, by);
        } else {
            findings->items[kept++] = *finding;
        }
    }
    findings->count = kept;
}

/* ---- what they do not hide ---- */

static bool overlap(struct span a, struct span b)
{
    return a.lo <= b.hi && b.lo <= a.hi;
}

/* Is something open that the rule might say there? */
static bool is_undecided(const ekslint *e, struct str rule, bool of_case, uint32_t source,
                         struct span scope)
{
    const struct undecided_list *list = &e->results.undecided;
    for (size_t i = 0; i < list->count; i++) {
        const struct undecided *item = &list->items[i];
        bool same = str_eq(item->rule, rule);
        bool unknown = str_eq(item->rule, STR("file/policy-unknown"));
        if (!same && !unknown) {
            continue;
        }
        struct place place = sources_resolve(&e->sources, item->at.source, item->at.span);
        bool here = place.source->id == source && overlap(place.span, scope);
        if (here || (same && of_case)) {
            return true;
        }
    }
    return list->dropped > 0;
}

bool engine_is_decided(ekslint *e, struct str rule, const struct source *source, struct span scope)
{
    const struct rule_slot *slot = ruleset_find(&e->rules, rule);
    if (e->findings.dropped || is_unread(e, source->id)) {
        return false;
    }
    if (!slot) { /* of a case nobody knows what its other files would say */
        return suppression_knows_other(rule) && !str_starts(rule, STR("case/"));
    }
    bool of_case = rule_kind_listed(slot->kind, STR("case"));
    if (of_case && e->unread) { /* who knows what the file that could not be read would have said */
        return false;
    }
    bool ran = slot->was_run && (slot->worst == OUTCOME_PASS || slot->worst == OUTCOME_FAIL);
    return rule_choice_wants(&engine_choice_of(e, source->name)->layers, ruleset_label(slot)) &&
           (ran || !of_case) && !is_undecided(e, rule, of_case, source->id, scope);
}

/*
 * Does a pattern cover one file only, which is this? Others that it may cover need not be in this run.
 */
static bool is_the_file(ekslint *e, const struct config_globs *globs, struct str file)
{
    struct arena_mark mark = arena_mark(&e->scratch);
    struct str path = engine_config_path(e, &e->scratch, file);
    struct str text = globs->count == 1 ? globs->globs[0].text : (struct str){0};
    bool from_top = str_find_char(text, '/') < text.len;
    bool same = from_top && str_eq(str_from(text, str_starts(text, STR("/"))), path);
    arena_rewind(&e->scratch, mark);
    return same;
}

static bool is_entry_decided(ekslint *e, const struct suppression *suppression)
{
    const struct source *last = NULL;
    bool any = false;
    for (size_t i = 0; i < e->documents.count; i++) {
        const struct source *source = e->documents.items[i]->source;
        if (source == last || !engine_covers_file(e, suppression->entry, source->name)) {
            last = source;
            continue;
        }
        last = source;
        bool all =
            e->suppressions.whole || is_the_file(e, &suppression->entry->files, source->name);
        struct span whole = {0, (uint32_t)source->bytes.len};
        if (!all || !engine_is_decided(e, suppression->rule, source, whole)) {
            return false;
        }
        any = true;
    }
    return any;
}

static void judge_unused(struct suppressing *s, struct suppression *suppression)
{
    ekslint *e = s->e;
    bool nowhere = suppression->in_source && suppression->scope.lo == suppression->scope.hi;
    bool decided = nowhere;
    if (!nowhere && suppression->in_source) {
        decided =
            engine_is_decided(e, suppression->rule,
                              sources_get(&e->sources, suppression->at.source), suppression->scope);
    } else if (!nowhere) {
        decided = is_entry_decided(e, suppression);
    }
    if (!decided) {
        suppression->state = SUPPRESSION_OPEN;
        return;
    }
    enum remark what = nowhere                   ? REMARK_NOTHING
                       : suppression->has_alias  ? REMARK_ALIAS
                       : !suppression->in_source ? REMARK_ENTRY
                                                 : REMARK_UNUSED;
    suppressing_remark(s, what, suppression->rule_at, suppression->rule);
}

static void judge_all(struct suppressing *s)
{
    struct engine_suppressions *all = &s->e->suppressions;
    for (size_t i = 0; i < all->count; i++) {
        if (all->items[i].state == SUPPRESSION_UNUSED) {
            judge_unused(s, &all->items[i]);
        }
    }
}

/* ---- together ---- */

static void add_said(struct suppressing *s)
{
    ekslint *e = s->e;
    size_t before = e->findings.count;
    for (size_t i = 0; i < s->said.count; i++) {
        findings_add(&e->findings, &s->said.items[i]);
    }
    if (e->findings.count > before) {
        secret_redact_findings(&e->findings, before, &e->sources);
        findings_sort(&e->findings, &e->sources);
        fingerprints_finish(&e->findings, &e->scratch);
    }
}

void engine_suppress(ekslint *e)
{
    struct engine_suppressions *all = &e->suppressions;
    struct suppressing s = {.e = e, .said = {.arena = &e->arena}};
    all->count = 0;
    all->comment_count = 0;
    e->results.suppressed.count = 0;
    if (all->off) {
        return;
    }
    admit_comments(&s);
    all->comment_count = all->count;
    if (all->count) {
        qsort(all->items, all->count, sizeof *all->items, compare_comments);
    }
    admit_entries(&s);
    if (all->count) {
        hide_all(e);
        judge_all(&s);
    }
    add_said(&s);
}

void ekslint_no_suppressions(ekslint *e)
{
    e->suppressions.off = true;
}

void ekslint_looked_through(ekslint *e, const char *folder)
{
    struct str path = str_from_c(folder);
    struct arena_mark mark = arena_mark(&e->scratch);
    engine_baseline_looked(e, path);
    if (!str_starts(path, STR("/"))) {
        path = arena_format(&e->scratch, "%.*s/%.*s", STR_ARG(e->config.here), STR_ARG(path));
    }
    bool whole =
        e->config.folder.len && path_is_inside(e->config.folder, path_normalize(&e->scratch, path));
    e->suppressions.whole = e->suppressions.whole || whole;
    arena_rewind(&e->scratch, mark);
}
