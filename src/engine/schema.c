/* SPDX-License-Identifier: MIT */
/* `schema`: the shapes of the formats that are ours, as JSON Schemas for editors. */
#include "engine/engine.h"
#include "tree/write_json.h"

struct publication {
    ekslint *e;
    const struct tree *tree;
    struct buf *out;
};

static void new_line(struct buf *out, unsigned depth)
{
    buf_add_char(out, '\n');
    buf_add_repeat(out, ' ', (size_t)2 * depth);
}

static void add_name(struct buf *out, struct str name, bool *first)
{
    buf_add_c(out, *first ? "" : ", ");
    json_write_string(out, name);
    *first = false;
}

/* `enum-of` stands in a shape for what other files define; an editor needs the names. */
static void write_names(struct publication *p, struct str of)
{
    bool first = true;
    buf_add_c(p->out, "\"enum\": [");
    const struct flows *flows = str_eq(of, STR("stages")) ? ruleset_flows(&p->e->rules) : NULL;
    for (size_t f = 0; flows && f < flows->count; f++) {
        for (size_t i = 0; i < flows->items[f].count; i++) {
            add_name(p->out, flows->items[f].items[i].id, &first);
        }
    }
    for (size_t i = 0; !flows && i < p->e->kinds.count; i++) {
        add_name(p->out, p->e->kinds.items[i].id, &first);
    }
    buf_add_char(p->out, ']');
}

/* Recursion is bounded by the depth of what was built in. */
static void write_shape(struct publication *p, const struct node *node, unsigned depth)
{
    uint32_t size = node_size(node);
    if (!node_is_container(node) || size == 0) {
        json_write(p->out, p->tree, node, 0);
        return;
    }
    bool object = node->kind == NODE_OBJECT;
    buf_add_char(p->out, object ? '{' : '[');
    for (uint32_t i = 0; i < size; i++) {
        buf_add_c(p->out, i ? "," : "");
        new_line(p->out, depth + 1);
        struct str name = object ? tree_text(p->tree, tree_key(p->tree, node, i)) : (struct str){0};
        const struct node *child =
            object ? tree_value(p->tree, node, i) : tree_element(p->tree, node, i);
        if (str_eq(name, STR("enum-of"))) {
            write_names(p, tree_text(p->tree, child));
            continue;
        }
        if (object) {
            json_write_string(p->out, name);
            buf_add_c(p->out, ": ");
        }
        write_shape(p, child, depth + 1);
    }
    new_line(p->out, depth);
    buf_add_char(p->out, object ? '}' : ']');
}

static void write_schema(struct publication *p, const struct kind *kind)
{
    buf_add_c(p->out, "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
                      "  \"title\": ");
    json_write_string(p->out, kind->title);
    for (uint32_t i = 0; i < node_size(kind->schema.top); i++) {
        buf_add_c(p->out, ",\n  ");
        json_write_string(p->out, tree_text(p->tree, tree_key(p->tree, kind->schema.top, i)));
        buf_add_c(p->out, ": ");
        write_shape(p, tree_value(p->tree, kind->schema.top, i), 1);
    }
    buf_add_c(p->out, "\n}\n");
}

static bool has_schema(const struct kind *kind)
{
    return kind->own_format;
}

ekslint_text ekslint_schema(ekslint *e, const char *name)
{
    const struct kind *kind = kinds_find(&e->kinds, str_from_c(name));
    if (!kind || !has_schema(kind)) {
        return (ekslint_text){0};
    }
    struct buf out = buf_with_max(ENGINE_TEXT_MAX);
    struct publication publication = {e, kind->schema.tree, &out};
    write_schema(&publication, kind);
    return engine_take_text(&out);
}

ekslint_text ekslint_schemas(ekslint *e)
{
    struct buf out = buf_with_max(ENGINE_TEXT_MAX);
    for (size_t i = 0; i < e->kinds.count; i++) {
        const struct kind *kind = &e->kinds.items[i];
        if (has_schema(kind)) {
            buf_printf(&out, "%.*s\n", STR_ARG(kind->id));
        }
    }
    return engine_take_text(&out);
}
