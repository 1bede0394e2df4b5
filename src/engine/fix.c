/* SPDX-License-Identifier: MIT */
/*
 * Fixes: the edits that findings come with, and files with edits made. What an edit changes is looked
 * for in the file as it is written; a document inside a string is read again for it.
 */
#include "engine/engine.h"

#include "tree/read_json.h"
#include "tree/read_yaml.h"

#include <string.h>

/* Findings that are fixed in one round; what is left is the next one's. */
enum { ROUND_MAX = 4096 };

/* ---- trees to be edited ---- */

/* The trees of documents inside strings are not kept by whoever judged them. */
static const struct tree *read_again(ekslint *e, struct source *source)
{
    struct findings dropped = {.arena = &e->arena};
    struct tree *tree = document_new_tree(&e->reader);
    if (json_read_whole(&e->reader.builder, tree, source, &dropped)) {
        return tree;
    }
    tree = document_new_tree(&e->reader);
    struct yaml_stream *stream = yaml_open(&e->arena, source, &dropped);
    bool read = yaml_read(stream, &e->reader.builder, tree) == YAML_DOCUMENT;
    yaml_close(stream);
    return read ? tree : NULL;
}

static const struct tree *find_tree(ekslint *e, struct location at, struct str *why)
{
    struct source *source = sources_get(&e->sources, at.source);
    if (source->parent == source->id) {
        const struct document *document = engine_find_document(e, (struct place){source, at.span});
        const struct kind *kind = document ? document->kind : NULL;
        *why = kind && kind->record
                   ? STR("the file says what a program printed; change that of which "
                         "it tells")
                   : STR("the file is neither JSON nor YAML");
        return document && !(kind && (kind->ini || kind->record)) ? document->tree : NULL;
    }
    *why = STR("the document stands encoded in a string");
    return read_again(e, source);
}

/* The patcher of the tree that a place is in; the last few are kept. NULL: none is known. */
static struct patcher *find_patcher(ekslint *e, struct location at, struct str *why)
{
    struct engine_fixer *fixer = &e->fixer;
    for (size_t i = 0; i < COUNT_OF(fixer->patchers); i++) {
        const struct tree *tree = fixer->patchers[i].tree;
        if (tree && tree->root->source == at.source && tree->root->lo <= at.span.lo &&
            at.span.hi <= tree->root->hi) {
            return &fixer->patchers[i];
        }
    }
    const struct tree *tree = find_tree(e, at, why);
    struct patcher *patcher = &fixer->patchers[fixer->next++ % COUNT_OF(fixer->patchers)];
    *patcher = (struct patcher){.arena = &e->arena, .tree = tree};
    return tree ? patcher : NULL;
}

/* ---- edits of a finding ---- */

/* From a document inside a string up to the file. */
static bool lift(ekslint *e, uint32_t id, struct text_edits *edits, struct str *why)
{
    struct source *source = sources_get(&e->sources, id);
    while (source->parent != source->id) {
        struct span start = {0, source->bytes.len > 0};
        struct location at = {source->parent, span_map_to_parent(&source->map, start)};
        struct patcher *outer = find_patcher(e, at, why);
        if (!outer || !patch_lift(&e->arena, outer->tree, source, edits, why)) {
            return false;
        }
        source = sources_get(&e->sources, source->parent);
    }
    return true;
}

/* The changes of one text, which stand behind each other. */
static bool plan_text(ekslint *e, const struct patch_change *changes, size_t count,
                      struct text_edits *edits, struct str *why)
{
    struct text_edits own = {.arena = &e->arena};
    struct patcher *patcher = find_patcher(e, changes[0].at, why);
    if (!patcher || !patch_plan(patcher, changes, count, &own, why) ||
        !lift(e, changes[0].at.source, &own, why)) {
        return false;
    }
    for (size_t i = 0; i < own.count; i++) {
        if (sources_is_hidden(&e->sources, own.items[i].at)) {
            *why = STR("it holds what no output may show");
            return false;
        }
        text_edits_append(edits, &own.items[i]);
    }
    return true;
}

/* Is any of the edits more than what stands there already? */
static bool changes_text(const ekslint *e, const struct text_edits *edits)
{
    for (size_t i = 0; i < edits->count; i++) {
        struct location at = edits->items[i].at;
        struct str bytes = sources_get(&e->sources, at.source)->bytes;
        if (!str_eq(str_slice(bytes, at.span.lo, at.span.hi), edits->items[i].text)) {
            return true;
        }
    }
    return false;
}

void engine_edit_finding(void *context, const struct rule_changes *changes, struct finding *finding)
{
    ekslint *e = context;
    struct text_edits edits = {.arena = &e->arena};
    struct str why = {0};
    bool good = true;
    for (size_t i = 0; i < changes->count && good;) {
        size_t end = i + 1;
        while (end < changes->count &&
               changes->items[end].at.source == changes->items[i].at.source) {
            end++;
        }
        good = plan_text(e, changes->items + i, end - i, &edits, &why);
        i = end;
    }
    if (!good || !changes_text(e, &edits)) {
        finding->edits_refused = good ? STR("its edits change nothing") : why;
        return;
    }
    text_edits_sort(&edits);
    finding->edits = edits.items;
    finding->edit_count = edits.count;
}

/* ---- files with edits made ---- */

static bool has_str(const struct str *items, size_t count, struct str wanted)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(items[i], wanted)) {
            return true;
        }
    }
    return false;
}

/* The one place that decides whether a finding may be fixed at all. */
static bool may_fix(const ekslint *e, const struct finding *finding, bool unsafe, struct str rule)
{
    return finding->edit_count > 0 && (unsafe || !finding->edits_unsafe) &&
           (rule.len == 0 || str_eq(finding->rule, rule)) &&
           !has_str(e->fixer.blocked, e->fixer.blocked_count, finding->rule);
}

/* Of two findings that change the same bytes, or make the same name, the first is fixed now, and the other once more is known. */
static bool goes_with(const struct text_edits *made, const struct finding *finding)
{
    for (size_t i = 0; i < finding->edit_count; i++) {
        for (size_t j = made->count; j > 0; j--) {
            const struct text_edit *other = &made->items[j - 1];
            if (text_edit_overlaps(other, &finding->edits[i])) {
                return false;
            }
        }
    }
    return true;
}

static void note_fixed(ekslint *e, struct str rule)
{
    struct engine_fixer *fixer = &e->fixer;
    if (!has_str(fixer->rules, fixer->rule_count, rule)) {
        fixer->rules = arena_grow(&e->arena, fixer->rules, fixer->rule_count, &fixer->rule_capacity,
                                  sizeof *fixer->rules);
        fixer->rules[fixer->rule_count++] = arena_str(&e->arena, rule);
    }
}

static const struct str bom = STR_INIT("\xEF\xBB\xBF");

/* Where the edits stand in the new text. */
static void note_spans(ekslint *e, struct fixed_file *file)
{
    int64_t moved = 0;
    file->spans = arena_array(&e->arena, struct span, file->edit_count);
    for (size_t i = 0; i < file->edit_count; i++) {
        const struct text_edit *edit = &file->edits[i];
        uint32_t lo = (uint32_t)((int64_t)edit->at.span.lo + moved);
        file->spans[i] = (struct span){lo, lo + (uint32_t)edit->text.len};
        moved += (int64_t)edit->text.len - (int64_t)(edit->at.span.hi - edit->at.span.lo);
    }
}

static void make_file(ekslint *e, const struct text_edits *edits, size_t from, size_t end)
{
    struct engine_fixer *fixer = &e->fixer;
    const struct source *source = sources_get(&e->sources, edits->items[from].at.source);
    fixer->files = arena_grow(&e->arena, fixer->files, fixer->file_count, &fixer->file_capacity,
                              sizeof *fixer->files);
    struct fixed_file *file = &fixer->files[fixer->file_count++];
    *file = (struct fixed_file){.name = arena_str(&e->arena, source->name),
                                .edits = edits->items + from,
                                .edit_count = end - from};
    struct str text = text_edits_apply(&e->arena, source, file->edits, file->edit_count);
    if (source->bom_len) {
        text = arena_format(&e->arena, "%.*s%.*s", STR_ARG(bom), STR_ARG(text));
    }
    file->text = text;
    note_spans(e, file);
}

size_t ekslint_fix(ekslint *e, bool unsafe, const char *rule)
{
    struct engine_fixer *fixer = &e->fixer;
    struct text_edits edits = {.arena = &e->arena};
    fixer->file_count = 0;
    fixer->rule_count = 0;
    fixer->made = 0;
    for (size_t i = 0; i < e->findings.count && fixer->made < ROUND_MAX; i++) {
        const struct finding *finding = &e->findings.items[i];
        if (may_fix(e, finding, unsafe, str_from_c(rule)) && goes_with(&edits, finding)) {
            for (size_t k = 0; k < finding->edit_count; k++) {
                text_edits_append(&edits, &finding->edits[k]);
            }
            note_fixed(e, finding->rule);
            fixer->made++;
        }
    }
    text_edits_sort(&edits);
    for (size_t i = 0; i < edits.count;) {
        size_t end = i + 1;
        while (end < edits.count && edits.items[end].at.source == edits.items[i].at.source) {
            end++;
        }
        make_file(e, &edits, i, end);
        i = end;
    }
    return fixer->file_count;
}

size_t ekslint_fixed_findings(const ekslint *e)
{
    return e->fixer.made;
}

const char *ekslint_fixed_name(const ekslint *e, size_t index)
{
    return e->fixer.files[index].name.ptr;
}

const char *ekslint_fixed_text(const ekslint *e, size_t index, size_t *len)
{
    *len = e->fixer.files[index].text.len;
    return e->fixer.files[index].text.ptr;
}

const char *ekslint_fixed_rule(const ekslint *e, size_t index)
{
    const struct engine_fixer *fixer = &e->fixer;
    return index < fixer->rule_count ? fixer->rules[index].ptr : NULL;
}

ekslint_text ekslint_shown_text(const ekslint *e, const char *name)
{
    for (size_t i = 0; i < e->sources.count; i++) {
        const struct source *source = e->sources.items[i];
        if (source->parent != source->id || !str_eq(source->name, str_from_c(name))) {
            continue;
        }
        struct buf out = buf_with_max(ENGINE_TEXT_MAX);
        /* With the mark, or what is made of the text would not fit the file. */
        buf_add(&out, source->bom_len ? bom : (struct str){0});
        size_t start = buf_str(&out).len;
        buf_add(&out, source->bytes);
        for (size_t k = 0; k < source->secret_count; k++) {
            struct span secret = source->secrets[k];
            memset(out.ptr + start + secret.lo, '*', secret.hi - secret.lo);
        }
        return engine_take_text(&out);
    }
    return (ekslint_text){0};
}

const char *ekslint_refused_fix(ekslint *e, size_t index)
{
    for (size_t i = 0; i < e->findings.count; i++) {
        const struct finding *finding = &e->findings.items[i];
        if (finding->edits_refused.len && index-- == 0) {
            struct place place = sources_resolve(&e->sources, finding->at.source, finding->at.span);
            struct position at = source_position(place.source, place.span.lo);
            return arena_format(&e->arena, "%.*s:%u:%u: not fixed: %.*s [%.*s]",
                                STR_ARG(place.source->name), at.line, at.column,
                                STR_ARG(finding->edits_refused), STR_ARG(finding->rule))
                .ptr;
        }
    }
    return NULL;
}

void ekslint_skip_fixes(ekslint *e, const char *rule)
{
    struct engine_fixer *fixer = &e->fixer;
    fixer->blocked = arena_grow(&e->arena, fixer->blocked, fixer->blocked_count,
                                &fixer->blocked_capacity, sizeof *fixer->blocked);
    fixer->blocked[fixer->blocked_count++] = arena_str(&e->arena, str_from_c(rule));
}

/* ---- was it a fix? ---- */

static const struct fixed_file *find_fixed(const ekslint *e, struct str name)
{
    for (size_t i = 0; i < e->fixer.file_count; i++) {
        if (str_eq(e->fixer.files[i].name, name)) {
            return &e->fixer.files[i];
        }
    }
    return NULL;
}

static size_t count_errors(const ekslint *e, struct str rule, struct str file)
{
    size_t count = 0;
    for (size_t i = 0; i < e->findings.count; i++) {
        const struct finding *finding = &e->findings.items[i];
        if (finding->severity == SEVERITY_ERROR && finding->has_location &&
            str_eq(finding->rule, rule) &&
            str_eq(sources_resolve(&e->sources, finding->at.source, finding->at.span).source->name,
                   file)) {
            count++;
        }
    }
    return count;
}

/* Does an error stand where something was edited? */
static bool meets_edit(const struct fixed_file *file, struct place place)
{
    for (size_t i = 0; i < file->edit_count; i++) {
        if (place.span.lo <= file->spans[i].hi && file->spans[i].lo <= place.span.hi) {
            return true;
        }
    }
    return false;
}

/* An error of another rule at an edit, of which there were fewer before. */
static bool is_fault(const ekslint *before, const ekslint *after, const struct finding *finding)
{
    if (finding->severity != SEVERITY_ERROR || !finding->has_location ||
        has_str(before->fixer.rules, before->fixer.rule_count, finding->rule)) {
        return false;
    }
    struct place place = sources_resolve(&after->sources, finding->at.source, finding->at.span);
    const struct fixed_file *file = find_fixed(before, place.source->name);
    return file && meets_edit(file, place) &&
           count_errors(after, finding->rule, file->name) >
               count_errors(before, finding->rule, file->name);
}

static size_t count_broken(const ekslint *e, struct str file)
{
    size_t count = 0;
    for (size_t i = 0; i < e->findings.count; i++) {
        const struct finding *finding = &e->findings.items[i];
        bool syntax =
            finding->severity == SEVERITY_ERROR && str_starts(finding->rule, STR("syntax/"));
        struct str name = finding->file;
        if (finding->has_location) {
            name = sources_resolve(&e->sources, finding->at.source, finding->at.span).source->name;
        }
        count += (syntax || finding->unreadable) && str_eq(name, file);
    }
    return count;
}

/* A file that was edited, of which less can be read than before. What was broken already is no edit's fault. */
static bool is_any_broken(const ekslint *before, const ekslint *after)
{
    for (size_t i = 0; i < before->fixer.file_count; i++) {
        struct str name = before->fixer.files[i].name;
        if (count_broken(after, name) > count_broken(before, name)) {
            return true;
        }
    }
    return false;
}

bool ekslint_fix_is_good(const ekslint *before, const ekslint *after)
{
    for (size_t i = 0; i < after->findings.count; i++) {
        if (is_fault(before, after, &after->findings.items[i])) {
            return false;
        }
    }
    return !is_any_broken(before, after) && (!after->unread || before->unread);
}
