/* SPDX-License-Identifier: MIT */
/* `query`: evaluate a JSONPath expression on one text. */
#include "engine/engine.h"
#include "base/utf8.h"
#include "text/secret.h"
#include "tree/read_json.h"
#include "tree/write_json.h"

enum { QUERY_STEPS = 100 * 1000 * 1000, CARET_MAX_COLUMNS = 70 };

enum query_mode { QUERY_VALUES, QUERY_PATHS, QUERY_NODES };

/* Columns of a terminal. */
static size_t width_of(struct str text)
{
    size_t width = 0;
    for (size_t i = 0; i < text.len;) {
        uint32_t code_point = 0;
        size_t len = utf8_decode(str_from(text, i), &code_point);
        width += len ? utf8_width(code_point) : 1;
        i += len ? len : 1;
    }
    return width;
}

/* The line of the expression with the mistake, cut to what is near it, and a caret under it. */
static void write_caret(struct buf *out, struct str expression, const struct path_error *error)
{
    size_t line = error->lo;
    while (line > 0 && expression.ptr[line - 1] != '\n') {
        line--;
    }
    size_t from =
        error->lo - line > CARET_MAX_COLUMNS / 2 ? error->lo - CARET_MAX_COLUMNS / 2 : line;
    while (from > line && ((unsigned char)expression.ptr[from] & 0xC0u) == 0x80u) {
        from--;
    }
    struct str shown = str_from(expression, from);
    shown = str_slice(shown, 0, str_find_char(shown, '\n'));
    const char *cut = from > line ? "…" : "";
    size_t marks = width_of(str_slice(expression, error->lo, error->hi));
    buf_printf(out, "error: %.*s\n  %s%.*s\n  ", STR_ARG(error->message), cut, STR_ARG(shown));
    buf_add_repeat(out, ' ', width_of(str_slice(expression, from, error->lo)) + (*cut ? 1 : 0));
    buf_add_repeat(out, '^', marks ? marks : 1);
    buf_add_char(out, '\n');
}

static void write_item(struct buf *out, ekslint *e, const struct tree *tree, struct path_item item,
                       enum query_mode mode)
{
    struct buf path = buf_with_max(1 << 20);
    path_write(&path, tree->atoms, item.where);
    struct place place = sources_resolve(&e->sources, item.node->source,
                                         (struct span){item.node->lo, item.node->hi});
    struct str shown = secret_redact(place.source, buf_str(&path), &e->scratch);
    switch (mode) {
    case QUERY_VALUES:
        json_write(out, tree, item.node, 0);
        break;
    case QUERY_PATHS:
        json_write_string(out, shown);
        break;
    case QUERY_NODES: {
        struct position at = source_position(place.source, place.span.lo);
        buf_add_c(out, "{\"path\":");
        json_write_string(out, shown);
        buf_add_c(out, ",\"value\":");
        json_write(out, tree, item.node, 0);
        buf_printf(out, ",\"line\":%u,\"column\":%u}", at.line, at.column);
        break;
    }
    }
    buf_release(&path);
}

static void write_items(struct buf *out, ekslint *e, const struct tree *tree,
                        const struct nodelist *nodes, enum query_mode mode)
{
    buf_add_char(out, '[');
    for (size_t i = 0; i < nodes->count; i++) {
        buf_add_c(out, i ? ",\n " : "");
        write_item(out, e, tree, nodes->items[i], mode);
    }
    buf_add_c(out, "]\n");
}

static int run_query(ekslint *e, const struct path_program *program, const struct tree *tree,
                     enum query_mode mode, struct buf *out)
{
    struct path_env env = {
        .tree = tree,
        .root = tree->root,
        .current = {tree->root, NULL},
        .scratch = &e->scratch,
        .steps = QUERY_STEPS,
    };
    struct nodelist nodes = {0};
    path_select(program, &env, &nodes);
    if (env.exhausted) {
        buf_printf(out, "error: the query visits more than %d nodes\n", QUERY_STEPS);
        return EKSLINT_INPUT;
    }
    write_items(out, e, tree, &nodes, mode);
    return EKSLINT_OK;
}

static int query_text(ekslint *e, const struct path_program *program, enum query_mode mode,
                      struct str name, struct str bytes, struct buf *out)
{
    struct source *source = sources_add(&e->sources, name, bytes);
    source->limits = &e->limits;
    e->reader.guarded = true;
    bool read = documents_read(&e->reader, source, false, &e->documents);
    size_t count = 0; /* the items of a list are no documents of the file */
    for (size_t i = 0; i < e->documents.count; i++) {
        count += !e->documents.items[i]->unpacked;
    }
    if (read && count == 1) {
        return run_query(e, program, e->documents.items[0]->tree, mode, out);
    }
    if (read) {
        buf_printf(out, "error: %.*s holds %zu documents; a query takes one\n", STR_ARG(name),
                   count);
        return EKSLINT_INPUT;
    }
    e->results.documents = 1;
    ekslint_output plain = {.language = "en", .quiet = true};
    ekslint_text report = ekslint_report(e, "text", &plain);
    buf_add(out, (struct str){report.text, report.len});
    ekslint_text_free(report);
    return EKSLINT_INPUT;
}

int ekslint_query(const char *expression, const char *mode, const char *name, const char *bytes,
                  size_t len, const char *const *limits, ekslint_text *out)
{
    ekslint *e = ekslint_new();
    engine_set_limits(e, limits);
    struct str text = str_from_c(expression);
    struct buf written = buf_with_max((size_t)e->limits.of[LIMIT_OUTPUT_BYTES]);
    struct path_error error = {0};
    struct path_compiler compiler = {&e->arena, &e->atoms, &path_standard_functions, false};
    const struct path_program *program = path_compile(&compiler, PATH_QUERY, text, &error);
    enum query_mode wanted = str_eq(str_from_c(mode), STR("paths"))   ? QUERY_PATHS
                             : str_eq(str_from_c(mode), STR("nodes")) ? QUERY_NODES
                                                                      : QUERY_VALUES;
    int status = EKSLINT_USAGE;
    if (program) {
        status =
            query_text(e, program, wanted, str_from_c(name), (struct str){bytes, len}, &written);
    } else {
        write_caret(&written, text, &error);
    }
    *out = engine_take_text(&written);
    ekslint_free(e);
    return status;
}
