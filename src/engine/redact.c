/* SPDX-License-Identifier: MIT */
/*
 * `redact`: what the rules and the kinds know stays, so that they judge the copy as they did the case.
 * Files are read as for a check, to find their secrets; nothing is judged.
 */
#include "engine/engine.h"
#include "text/redact.h"
#include "text/secret.h"
#include "tree/write_json.h"

struct engine_redaction {
    struct redactor redactor;
    uint32_t *sources; /* ids, in the order of the files */
    size_t count, capacity;
    struct redacted *files; /* of the copy, and what they are copies of */
    size_t file_count, file_capacity;
};

/* The texts between apostrophes in what decides a rule: names that it looks for. */
static void keep_literals(struct redactor *redactor, struct str core)
{
    struct str rest = core, part;
    bool inside = false;
    while (str_cut(rest, '\'', &part, &rest)) {
        if (inside && part.len) {
            redactor_keep(redactor, part);
        }
        inside = !inside;
    }
}

static void keep_managed(struct redactor *redactor)
{
    for (size_t i = 0; i < builtin_rules.managed_count; i++) {
        struct str resource = builtin_text(&builtin_rules, builtin_rules.managed[i].resource);
        redactor_keep(redactor, str_from(resource, str_after_last(resource, '/')));
    }
}

static struct engine_redaction *redaction_of(ekslint *e)
{
    if (e->redaction) {
        return e->redaction;
    }
    e->redaction = arena_new(&e->arena, struct engine_redaction);
    struct redactor *redactor = &e->redaction->redactor;
    redactor_init(redactor, &e->arena);
    for (size_t i = 0; i < builtin_rules.count; i++) {
        struct str core = builtin_text(&builtin_rules, builtin_rules.rows[i].core);
        keep_literals(redactor, core);
        redactor_know(redactor, core);
    }
    keep_managed(redactor);
    redactor_know(redactor, builtin_text(&builtin_rules, builtin_rules.kinds));
    e->reader.guarded = true;
    return e->redaction;
}

void ekslint_redact_add(ekslint *e, const char *name, const char *bytes, size_t len)
{
    struct engine_redaction *r = redaction_of(e);
    size_t first = e->sources.count;
    (void)ekslint_add_file(e, name, bytes, len);
    if (e->sources.count == first) {
        return; /* too large, which has been noted */
    }
    struct source *source = sources_get(&e->sources, (uint32_t)first);
    secret_hide_shapes(source);
    r->sources = arena_grow(&e->arena, r->sources, r->count, &r->capacity, sizeof *r->sources);
    r->sources[r->count++] = (uint32_t)first;
}

void ekslint_redact_learn(ekslint *e)
{
    struct engine_redaction *r = redaction_of(e);
    for (size_t i = 0; i < r->count; i++) {
        redactor_learn_secrets(&r->redactor, sources_get(&e->sources, r->sources[i]), &e->scratch);
        arena_release(&e->scratch);
    }
    for (size_t i = 0; i < r->count; i++) {
        const struct source *source = sources_get(&e->sources, r->sources[i]);
        redactor_learn_path(&r->redactor, source->name, &e->scratch);
        redactor_learn(&r->redactor, source, &e->scratch);
        arena_release(&e->scratch);
    }
}

ekslint_text ekslint_redacted_text(ekslint *e, size_t index)
{
    struct engine_redaction *r = redaction_of(e);
    struct buf out = buf_with_max(ENGINE_TEXT_MAX);
    if (index >= r->count) {
        return (ekslint_text){0};
    }
    redactor_write(&r->redactor, sources_get(&e->sources, r->sources[index]), &e->scratch, &out);
    arena_release(&e->scratch);
    return engine_take_text(&out);
}

const char *ekslint_redacted_path(ekslint *e, const char *path)
{
    return redactor_path(&redaction_of(e)->redactor, str_from_c(path)).ptr;
}

void ekslint_redact_note_file(ekslint *e, const char *copy, const char *original)
{
    struct engine_redaction *r = redaction_of(e);
    r->files = arena_grow(&e->arena, r->files, r->file_count, &r->file_capacity, sizeof *r->files);
    r->files[r->file_count++] = (struct redacted){
        .original = arena_str(&e->arena, str_from_c(original)),
        .replacement = arena_str(&e->arena, str_from_c(copy)),
    };
}

static void write_pairs(struct buf *out, const char *name, const struct redacted *items,
                        size_t count)
{
    buf_printf(out, " \"%s\": {", name);
    for (size_t i = 0; i < count; i++) {
        buf_add_c(out, i ? ",\n  " : "\n  ");
        json_write_string(out, items[i].replacement);
        buf_add_c(out, ": ");
        json_write_string(out, items[i].original);
    }
    buf_add_c(out, count ? "\n }" : "}");
}

ekslint_text ekslint_redaction_map(ekslint *e)
{
    const struct engine_redaction *r = redaction_of(e);
    struct buf out = buf_with_max(ENGINE_TEXT_MAX);
    buf_add_c(&out, "{\"version\": 1,\n");
    write_pairs(&out, "files", r->files, r->file_count);
    buf_add_c(&out, ",\n");
    write_pairs(&out, "words", r->redactor.list, r->redactor.count);
    buf_add_c(&out, "}\n");
    return engine_take_text(&out);
}
