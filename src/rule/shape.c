/* SPDX-License-Identifier: MIT */
/*
 * Walking queries over shapes. A set of places stands for all documents at once: a name selector
 * keeps the places where that member is declared, a wildcard all members and elements. A set that
 * outgrows its room becomes open, which only ever silences the check.
 */
#include "rule/shape.h"

struct walk {
    const struct schema *schema;
    const struct path_program *program;
    const struct atoms *atoms;
    struct arena *arena;
    struct path_error *error;
};

static const struct node *keyword(const struct walk *w, const struct node *at, const char *name)
{
    return tree_member(w->schema->tree, at, str_from_c(name));
}

static void add(const struct walk *w, struct shape_set *set, const struct node *at)
{
    at = schema_resolve(w->schema, at);
    if (!at || schema_is_open(w->schema, at) || set->count == SHAPE_SET_MAX) {
        set->open = true;
        return;
    }
    for (size_t i = 0; i < set->count; i++) {
        if (set->items[i] == at) {
            return;
        }
    }
    set->items[set->count++] = at;
    const struct node *branches = keyword(w, at, "anyOf");
    for (uint32_t i = 0; branches && i < node_size(branches); i++) {
        add(w, set, tree_element(w->schema->tree, branches, i));
    }
}

static bool allows_others(const struct walk *w, const struct node *at)
{
    const struct node *others = keyword(w, at, "additionalProperties");
    return node_is(others, NODE_BOOL) && tree_bool(w->schema->tree, others);
}

static bool may_be(const struct walk *w, const struct node *at, struct str type)
{
    const struct node *types = keyword(w, at, "type");
    if (!types) {
        return !keyword(w, at, "anyOf") && !keyword(w, at, "enum") && !keyword(w, at, "const");
    }
    for (uint32_t i = 0; i < node_size(types); i++) {
        if (str_eq(tree_text(w->schema->tree, tree_element(w->schema->tree, types, i)), type)) {
            return true;
        }
    }
    return str_eq(tree_text(w->schema->tree, types), type);
}

static void add_member(const struct walk *w, struct shape_set *to, const struct node *at,
                       struct str name)
{
    const struct node *member = schema_property(w->schema, at, name);
    if (member) {
        add(w, to, member);
    } else if (allows_others(w, at) ||
               (may_be(w, at, STR("object")) && !keyword(w, at, "properties") &&
                !keyword(w, at, "additionalProperties"))) {
        to->open = true;
    }
}

static void add_elements(const struct walk *w, struct shape_set *to, const struct node *at)
{
    const struct node *items = keyword(w, at, "items");
    if (items) {
        add(w, to, items);
    } else if (may_be(w, at, STR("array"))) {
        to->open = true;
    }
}

static void add_all(const struct walk *w, struct shape_set *to, const struct node *at)
{
    const struct node *properties = keyword(w, at, "properties");
    for (uint32_t i = 0; properties && i < node_size(properties); i++) {
        add(w, to, tree_value(w->schema->tree, properties, i));
    }
    const struct node *others = keyword(w, at, "additionalProperties");
    if (node_is(others, NODE_OBJECT)) {
        add(w, to, others);
    } else if (allows_others(w, at) || (!properties && !others && may_be(w, at, STR("object")))) {
        to->open = true;
    }
    add_elements(w, to, at);
}

/* `from` and everything below it. */
static struct shape_set closure(const struct walk *w, const struct shape_set *from)
{
    struct shape_set all = *from;
    for (size_t i = 0; i < all.count; i++) {
        add_all(w, &all, all.items[i]);
    }
    return all;
}

static bool check_operands(const struct walk *w, uint32_t at, const struct shape_set *current);

static bool select(const struct walk *w, uint32_t at, const struct shape_set *from,
                   struct shape_set *to)
{
    const struct path_op *op = &w->program->ops[at];
    struct shape_set children = {.open = from->open};
    to->open = to->open || from->open;
    for (size_t i = 0; i < from->count; i++) {
        switch ((enum path_code)op->code) {
        case OP_NAME:
            add_member(w, to, from->items[i], atoms_text(w->atoms, op->atom));
            break;
        case OP_INDEX:
        case OP_SLICE:
            add_elements(w, to, from->items[i]);
            break;
        default: /* wildcard and filter: the other codes are no selectors */
            add_all(w, to, from->items[i]);
            add_all(w, &children, from->items[i]);
            break;
        }
    }
    return op->code != OP_FILTER || check_operands(w, at, &children);
}

/* The name nearest to a misspelt one among the members declared at any place of the set. */
static struct str nearest_name(const struct walk *w, const struct shape_set *from, struct str name)
{
    for (size_t i = 0; i < from->count; i++) {
        struct str nearest = schema_nearest_property(w->schema, from->items[i], name, w->arena);
        if (nearest.len) {
            return nearest;
        }
    }
    return (struct str){0};
}

static void list_names(const struct walk *w, const struct shape_set *from, struct buf *names)
{
    for (size_t i = 0; i < from->count; i++) {
        const struct node *properties = keyword(w, from->items[i], "properties");
        for (uint32_t m = 0; properties && m < node_size(properties); m++) {
            struct str name = tree_text(w->schema->tree, tree_key(w->schema->tree, properties, m));
            buf_printf(names, "%s%.*s", names->len ? ", " : "", STR_ARG(name));
        }
    }
}

/* Always false: no document of the kind has what the segment's selectors ask for. */
static bool refuse(const struct walk *w, uint32_t segment, const struct shape_set *from)
{
    const struct path_op *op = &w->program->ops[segment + 1];
    struct buf names = buf_with_max(400);
    struct str message = STR("no document of this kind has anything here");
    if (op->code == OP_NAME) {
        struct str name = atoms_text(w->atoms, op->atom);
        struct str nearest = nearest_name(w, from, name);
        list_names(w, from, &names);
        message =
            nearest.len
                ? arena_format(w->arena,
                               "no document of this kind has '%.*s' here; did you mean '%.*s'?",
                               STR_ARG(name), STR_ARG(nearest))
                : arena_format(w->arena, "no document of this kind has '%.*s' here%s%.*s",
                               STR_ARG(name), names.len ? "; it has " : "",
                               STR_ARG(buf_str(&names)));
    }
    *w->error = (struct path_error){op->lo, op->hi, message};
    buf_release(&names);
    return false;
}

static bool check_query(const struct walk *w, uint32_t query, const struct shape_set *current,
                        struct shape_set *reached)
{
    const struct path_op *ops = w->program->ops;
    struct shape_set from = ops[query].flags & QUERY_CURRENT ? *current : shape_root(w->schema);
    for (uint32_t segment = query + 1; segment < ops[query].end; segment = ops[segment].end) {
        if (ops[segment].code == OP_SEGMENT_DESCENDANT) {
            from = closure(w, &from);
        }
        struct shape_set to = {0};
        for (uint32_t s = segment + 1; s < ops[segment].end; s = ops[s].end) {
            if (!select(w, s, &from, &to)) {
                return false;
            }
        }
        if (to.count == 0 && !to.open) {
            return refuse(w, segment, &from);
        }
        from = to;
    }
    if (reached) {
        *reached = from;
    }
    return true;
}

/* Every query among the operands of an operation, wherever it stands in them. */
static bool check_operands(const struct walk *w, uint32_t at, const struct shape_set *current)
{
    const struct path_op *ops = w->program->ops;
    for (uint32_t i = at + 1; i < ops[at].end; i = ops[i].end) {
        bool good = ops[i].code == OP_QUERY ? check_query(w, i, current, NULL)
                                            : check_operands(w, i, current);
        if (!good) {
            return false;
        }
    }
    return true;
}

struct shape_set shape_root(const struct schema *schema)
{
    struct walk w = {.schema = schema};
    struct shape_set root = {.open = !schema->top};
    if (schema->top) {
        add(&w, &root, schema->top);
    }
    return root;
}

bool shape_check(const struct schema *schema, const struct path_program *program,
                 const struct atoms *atoms, const struct shape_set *current,
                 struct shape_set *reached, struct arena *arena, struct path_error *error)
{
    struct walk w = {schema, program, atoms, arena, error};
    if (program->ops[0].code == OP_QUERY) {
        return check_query(&w, 0, current, reached);
    }
    return check_operands(&w, 0, current);
}
