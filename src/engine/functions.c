/* SPDX-License-Identifier: MIT */
/* The functions that rules may call, as people and programs read them. */
#include "engine/engine.h"
#include "rule/functions.h"
#include "tree/write_json.h"

static const char *const type_names[TYPE_COUNT] = {"value", "logical", "nodes"};

/* The tables as one list, in alphabetical order; the caller's arena holds it. */
static size_t sort_functions(struct arena *arena, const struct path_function ***sorted)
{
    size_t total = 0;
    for (const struct path_functions *table = &rule_functions; table; table = table->next) {
        total += table->count;
    }
    const struct path_function **items = arena_array(arena, const struct path_function *, total);
    size_t count = 0;
    for (const struct path_functions *table = &rule_functions; table; table = table->next) {
        for (size_t i = 0; i < table->count; i++) {
            size_t at = count++;
            for (; at > 0 && str_compare(items[at - 1]->name, table->items[i].name) > 0; at--) {
                items[at] = items[at - 1];
            }
            items[at] = &table->items[i];
        }
    }
    *sorted = items;
    return count;
}

static void write_text(const struct path_function *function, struct buf *out)
{
    buf_printf(out, "%.*s\n    %.*s\n    types: ", STR_ARG(function->signature),
               STR_ARG(function->summary));
    for (size_t i = 0; i < function->count; i++) {
        buf_printf(out, "%s%s", i ? ", " : "", type_names[function->params[i]]);
    }
    buf_printf(out, "%s-> %s\n    example: %.*s\n", function->count ? " " : "",
               type_names[function->result], STR_ARG(function->example));
}

static void write_member(struct buf *out, const char *name, struct str value)
{
    buf_printf(out, "\"%s\":", name);
    json_write_string(out, value);
}

static void write_json(const struct path_function *function, struct buf *out)
{
    buf_add_char(out, '{');
    write_member(out, "name", function->name);
    buf_add_char(out, ',');
    write_member(out, "signature", function->signature);
    buf_add_c(out, ",\"parameters\":[");
    for (size_t i = 0; i < function->count; i++) {
        buf_printf(out, "%s\"%s\"", i ? "," : "", type_names[function->params[i]]);
    }
    buf_printf(out, "],\"required\":%u,\"result\":\"%s\",", (unsigned)function->required,
               type_names[function->result]);
    write_member(out, "summary", function->summary);
    buf_add_char(out, ',');
    write_member(out, "example", function->example);
    buf_add_char(out, '}');
}

ekslint_text ekslint_rules_faults(void)
{
    struct buf out = buf_with_max(ENGINE_TEXT_MAX);
    for (int id = 0; id < FAULT_COUNT; id++) {
        struct str name = iam_fault_name((enum iam_fault_id)id);
        buf_printf(&out, "%-26.*s%.*s\n", STR_ARG(name),
                   STR_ARG(iam_fault_summary((enum iam_fault_id)id)));
    }
    return engine_take_text(&out);
}

ekslint_text ekslint_rules_functions(const char *format)
{
    struct arena arena = {0};
    const struct path_function **functions;
    size_t count = sort_functions(&arena, &functions);
    struct buf out = buf_with_max(ENGINE_TEXT_MAX);
    if (str_eq(str_from_c(format), STR("json"))) {
        buf_add_c(&out, "{\"version\":1,\"functions\":[");
        for (size_t i = 0; i < count; i++) {
            buf_add_c(&out, i ? ",\n " : "\n ");
            write_json(functions[i], &out);
        }
        buf_add_c(&out, "\n]}\n");
    } else {
        for (size_t i = 0; i < count; i++) {
            buf_add_c(&out, i ? "\n" : "");
            write_text(functions[i], &out);
        }
    }
    arena_release(&arena);
    return engine_take_text(&out);
}
