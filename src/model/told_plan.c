/* SPDX-License-Identifier: MIT */
/*
 * Terraform plans, as `terraform show -json` prints them. What a resource will be stands in resource_changes:
 * `after`, and beside it `after_unknown` with true for what is known after apply. What that refers to stands
 * in `configuration`, by module, as a list of references; where all of them are about one attribute of one
 * resource, the value is taken for that attribute. References to variables and to the outputs of modules are
 * followed. Source: Terraform's documentation, "JSON output format".
 */
#include "model/told_plan.h"

#include "tree/symbol.h"

enum {
    PLAN_NODES_BASE = 1000 * 1000,
    PLAN_NODES_PER_BYTE = 2,
    PLAN_MAX_HOPS = 16,
    PLAN_MAX_MODULES = 32,
};

/* Where a reference is read: a module's configuration, and the calls that lead to it. */
struct module {
    const struct node *configuration;
    const struct module *caller;
    struct str name; /* of the call */
};

struct planning {
    struct document_reader *reader;
    struct builder builder;
    struct tree *tree;
    const struct tree *from;
    struct str scope;
    struct atoms addresses; /* those of all resources, without indexes */
    uint32_t *instances;    /* by atom: how many resources have it */
    size_t budget;
};

static const struct node *member(const struct planning *p, const struct node *object,
                                 const char *name)
{
    return node_is(object, NODE_OBJECT) ? tree_member(p->from, object, str_from_c(name)) : NULL;
}

static void add_key(struct planning *p, const char *name, const struct node *at)
{
    builder_key(&p->builder, atoms_intern(p->tree->atoms, str_from_c(name)), at->source,
                (struct span){at->lo, at->hi});
}

/* ---- addresses ---- */

/* The address without the indexes of count and for_each: a[0].b["x"] -> a.b */
static struct str without_indexes(struct arena *arena, struct str address)
{
    char *bytes = arena_array(arena, char, address.len);
    size_t len = 0;
    bool inside = false;
    bool quoted = false;
    for (size_t i = 0; i < address.len; i++) {
        char c = address.ptr[i];
        quoted = quoted != (inside && c == '"' && address.ptr[i - 1] != '\\');
        if (!inside && c == '[') {
            inside = true;
        } else if (inside && !quoted && c == ']') {
            inside = false;
        } else if (!inside) {
            bytes[len++] = c;
        }
    }
    return (struct str){bytes, len};
}

/* "module.a.module.b." of a module; empty for the root. */
static struct str module_path(struct arena *arena, const struct module *module)
{
    if (!module || !module->caller) {
        return (struct str){0};
    }
    struct str outer = module_path(arena, module->caller);
    return arena_format(arena, "%.*smodule.%.*s.", STR_ARG(outer), STR_ARG(module->name));
}

/* ---- references ---- */

/* The module that is called so in another one. */
static bool enter_module(const struct planning *p, const struct module *caller, struct str name,
                         struct module *module)
{
    const struct node *calls = member(p, caller->configuration, "module_calls");
    const struct node *call =
        node_is(calls, NODE_OBJECT) ? tree_member(p->from, calls, name) : NULL;
    const struct node *configuration = member(p, call, "module");
    *module = (struct module){configuration, caller, name};
    return configuration != NULL;
}

static const struct node *references_of(const struct planning *p, const struct node *expression)
{
    const struct node *references = member(p, expression, "references");
    return node_is(references, NODE_ARRAY) ? references : NULL;
}

/*
 * The one reference that a list is about: Terraform lists "a.b.c" and, behind it, "a.b". Empty where
 * the list speaks of several things.
 */
static struct str only_reference(const struct planning *p, const struct node *references)
{
    struct str first = {0};
    for (uint32_t i = 0; references && i < node_size(references); i++) {
        struct str text = tree_text(p->from, tree_element(p->from, references, i));
        if (i == 0) {
            first = text;
        } else if (!str_starts(first, text)) {
            return (struct str){0};
        }
    }
    return first;
}

static void end_at(struct str *text, char c)
{
    *text = str_slice(*text, 0, str_find_char(*text, c));
}

/* "aws_iam_role.this[0].arn", read in a module: the attribute and the resource's full address. */
static bool resource_reference(struct arena *arena, struct str reference,
                               const struct module *module, struct symbol *symbol)
{
    struct str flat = without_indexes(arena, reference);
    struct str type, name, attribute, rest;
    if (!str_cut(flat, '.', &type, &rest) || !str_cut(rest, '.', &name, &attribute)) {
        return false;
    }
    end_at(&attribute, '.');
    struct str path = module_path(arena, module);
    symbol->sort = arena_format(arena, "%.*s.%.*s", STR_ARG(type), STR_ARG(attribute));
    symbol->name =
        arena_format(arena, "%.*s%.*s.%.*s", STR_ARG(path), STR_ARG(type), STR_ARG(name));
    return attribute.len > 0;
}

/* Where an expression is read, and of which module the next one is. */
struct hop {
    const struct node *references;
    const struct module *module;
};

/* Follow var.x to the call of the module; false where that is no reference. */
static bool follow_variable(const struct planning *p, struct str name, struct hop *hop)
{
    const struct module *caller = hop->module->caller;
    const struct node *calls = caller ? member(p, caller->configuration, "module_calls") : NULL;
    const struct node *call =
        node_is(calls, NODE_OBJECT) ? tree_member(p->from, calls, hop->module->name) : NULL;
    const struct node *expressions = member(p, call, "expressions");
    const struct node *expression =
        node_is(expressions, NODE_OBJECT) ? tree_member(p->from, expressions, name) : NULL;
    *hop = (struct hop){references_of(p, expression), caller};
    return hop->references != NULL;
}

/* Follow module.m.output into the module. */
static bool follow_output(const struct planning *p, struct str text, struct module *modules,
                          size_t *module_count, struct hop *hop)
{
    struct str name, output;
    struct str flat = without_indexes(p->reader->scratch, text);
    if (*module_count == PLAN_MAX_MODULES || !str_cut(flat, '.', &name, &output)) {
        return false;
    }
    end_at(&output, '.');
    struct module *module = &modules[(*module_count)++];
    if (!enter_module(p, hop->module, name, module)) {
        return false;
    }
    const struct node *outputs = member(p, module->configuration, "outputs");
    const struct node *found =
        node_is(outputs, NODE_OBJECT) ? tree_member(p->from, outputs, output) : NULL;
    *hop = (struct hop){references_of(p, member(p, found, "expression")), module};
    return hop->references != NULL;
}

/* The symbol of what a list of references comes to; empty where that is not one attribute. */
static struct str follow(struct planning *p, struct hop hop)
{
    struct module modules[PLAN_MAX_MODULES];
    size_t module_count = 0;
    struct arena *scratch = p->reader->scratch;
    for (int i = 0; i < PLAN_MAX_HOPS; i++) {
        struct str text = only_reference(p, hop.references);
        struct symbol symbol = {.scope = p->scope};
        if (str_starts(text, STR("var."))) {
            struct str name = without_indexes(scratch, str_from(text, 4));
            end_at(&name, '.');
            if (!follow_variable(p, name, &hop)) {
                return (struct str){0};
            }
        } else if (str_starts(text, STR("module."))) {
            if (!follow_output(p, str_from(text, 7), modules, &module_count, &hop)) {
                return (struct str){0};
            }
        } else {
            bool good = text.len && !str_starts(text, STR("data.")) &&
                        !str_starts(text, STR("local.")) && !str_starts(text, STR("each.")) &&
                        resource_reference(scratch, text, hop.module, &symbol);
            return good ? symbol_text(scratch, symbol) : (struct str){0};
        }
    }
    return (struct str){0};
}

/* ---- resources ---- */

/* The configuration's expressions of the resource with this address in a module. */
static const struct node *find_expressions(const struct planning *p, const struct module *module,
                                           struct str type, struct str name)
{
    const struct node *resources = member(p, module->configuration, "resources");
    for (uint32_t i = 0; node_is(resources, NODE_ARRAY) && i < node_size(resources); i++) {
        const struct node *resource = tree_element(p->from, resources, i);
        if (resource->kind == NODE_OBJECT &&
            str_eq(tree_string(p->from, resource, STR("type")), type) &&
            str_eq(tree_string(p->from, resource, STR("name")), name) &&
            !str_eq(tree_string(p->from, resource, STR("mode")), STR("data"))) {
            return member(p, resource, "expressions");
        }
    }
    return NULL;
}

/* A resource that is written: what it will be, what of it is unknown, and where that comes from. */
struct planned {
    const struct module *module;
    struct str type, address; /* the address without indexes */
    bool alone;               /* no other resource has that address */
};

static void push_unknown(struct planning *p, struct str symbol, const struct node *at)
{
    struct node unknown = tree_unknown(p->tree, symbol, node_location(at));
    builder_push(&p->builder, &unknown);
}

static void push_value(struct planning *p, const struct planned *planned, const struct node *after,
                       const struct node *unknown, const struct node *expression,
                       const struct node *at);

static bool is_true(const struct planning *p, const struct node *node)
{
    return node_is(node, NODE_BOOL) && tree_bool(p->from, node);
}

/*
 * Members of `unknown` that `after` does not have are known after apply. Those that nobody wrote an
 * expression for the provider fills in, with what it had anyway.
 */
static void push_hidden_members(struct planning *p, const struct planned *planned,
                                const struct node *after, const struct node *unknown,
                                const struct node *expressions)
{
    for (uint32_t i = 0; node_is(unknown, NODE_OBJECT) && i < node_size(unknown); i++) {
        const struct node *key = tree_key(p->from, unknown, i);
        struct str name = tree_text(p->from, key);
        const struct node *expression =
            node_is(expressions, NODE_OBJECT) ? tree_member(p->from, expressions, name) : NULL;
        bool written = expression || !node_is(expressions, NODE_OBJECT);
        if (written && !tree_member(p->from, after, name) && is_true(p, key + 1)) {
            builder_key(&p->builder, atoms_intern(p->tree->atoms, name), key->source,
                        (struct span){key->lo, key->hi});
            push_value(p, planned, NULL, key + 1, expression, key);
        }
    }
}

static void push_object(struct planning *p, const struct planned *planned, const struct node *after,
                        const struct node *unknown, const struct node *expressions)
{
    builder_open(&p->builder, NODE_OBJECT, after->source, after->lo);
    for (uint32_t i = 0; i < node_size(after); i++) {
        const struct node *key = tree_key(p->from, after, i);
        struct str name = tree_text(p->from, key);
        const struct node *hidden =
            node_is(unknown, NODE_OBJECT) ? tree_member(p->from, unknown, name) : NULL;
        const struct node *expression =
            node_is(expressions, NODE_OBJECT) ? tree_member(p->from, expressions, name) : NULL;
        builder_key(&p->builder, atoms_intern(p->tree->atoms, name), key->source,
                    (struct span){key->lo, key->hi});
        push_value(p, planned, key + 1, hidden, expression, key);
    }
    push_hidden_members(p, planned, after, unknown, expressions);
    builder_close(&p->builder, after->hi);
}

static void push_array(struct planning *p, const struct planned *planned, const struct node *after,
                       const struct node *unknown, const struct node *expression)
{
    builder_open(&p->builder, NODE_ARRAY, after->source, after->lo);
    uint32_t count = node_size(after);
    uint32_t hidden = node_is(unknown, NODE_ARRAY) ? node_size(unknown) : 0;
    for (uint32_t i = 0; i < count || i < hidden; i++) {
        const struct node *value = i < count ? tree_element(p->from, after, i) : NULL;
        const struct node *mark = i < hidden ? tree_element(p->from, unknown, i) : NULL;
        /* Blocks have a list of expressions; the elements of a list have one for all. */
        const struct node *own = expression;
        if (node_is(expression, NODE_ARRAY)) {
            own = i < node_size(expression) ? tree_element(p->from, expression, i) : NULL;
        } else if (hidden > 1 || count > 1) {
            own = NULL;
        }
        push_value(p, planned, value, mark, own, value ? value : after);
    }
    builder_close(&p->builder, after->hi);
}

static void push_value(struct planning *p, const struct planned *planned, const struct node *after,
                       const struct node *unknown, const struct node *expression,
                       const struct node *at)
{
    bool hidden = is_true(p, unknown) || p->budget == 0;
    if (hidden || !after) {
        struct hop hop = {references_of(p, expression), planned->module};
        push_unknown(p, hop.references ? follow(p, hop) : (struct str){0}, at);
        return;
    }
    p->budget--;
    if (after->kind == NODE_OBJECT) {
        push_object(p, planned, after, unknown, expression);
    } else if (after->kind == NODE_ARRAY) {
        push_array(p, planned, after, unknown, expression);
    } else {
        builder_copy(&p->builder, p->from, after, &p->budget);
    }
}

/* An attribute that others refer to: its value, or its own symbol where that is not known. */
static void push_identity(struct planning *p, const struct planned *planned, const char *attribute,
                          const struct node *after, const struct node *at)
{
    const struct node *value = member(p, after, attribute);
    add_key(p, attribute, at);
    if (node_is(value, NODE_STRING)) {
        builder_copy(&p->builder, p->from, value, &p->budget);
        return;
    }
    struct symbol symbol = {
        p->scope, arena_format(p->reader->scratch, "%.*s.%s", STR_ARG(planned->type), attribute),
        planned->address};
    push_unknown(p, planned->alone ? symbol_text(p->reader->scratch, symbol) : (struct str){0}, at);
}

static void push_text(struct planning *p, const char *name, const struct node *value,
                      const struct node *at)
{
    add_key(p, name, at);
    if (value) {
        builder_copy(&p->builder, p->from, value, &p->budget);
    } else {
        push_unknown(p, (struct str){0}, at);
    }
}

/* The module that an address leads to, by its calls; modules are in `found`, the root first. */
static const struct module *find_module(const struct planning *p, struct str address,
                                        struct module *found)
{
    size_t count = 1;
    struct str rest = address;
    while (str_starts(rest, STR("module.")) && count < PLAN_MAX_MODULES) {
        struct str name;
        str_cut(str_from(rest, 7), '.', &name, &rest);
        if (!enter_module(p, &found[count - 1], name, &found[count])) {
            return NULL;
        }
        count++;
    }
    return &found[count - 1];
}

/* Is there no second resource at the address, told apart by an index? */
static bool is_alone(const struct planning *p, struct str address)
{
    uint32_t atom;
    return atoms_find(&p->addresses, address, &atom) && p->instances[atom] == 1;
}

static void count_instances(struct planning *p, const struct node *changes)
{
    struct arena *arena = p->reader->arena;
    uint32_t count = node_is(changes, NODE_ARRAY) ? node_size(changes) : 0;
    atoms_init(&p->addresses, arena, NULL);
    p->instances = arena_array(arena, uint32_t, (size_t)count + 1); /* atom 0 is the empty one */
    for (uint32_t i = 0; i < count; i++) {
        const struct node *change = tree_element(p->from, changes, i);
        struct str address = change->kind == NODE_OBJECT
                                 ? tree_string(p->from, change, STR("address"))
                                 : (struct str){0};
        p->instances[atoms_intern(&p->addresses, without_indexes(arena, address))]++;
    }
}

static void push_resource(struct planning *p, const struct node *resource,
                          const struct module *root)
{
    struct arena *scratch = p->reader->scratch;
    struct arena_mark mark = arena_mark(scratch);
    const struct node *change = member(p, resource, "change");
    const struct node *after = member(p, change, "after");
    struct module modules[PLAN_MAX_MODULES] = {*root};
    struct planned planned = {
        .type = tree_string(p->from, resource, STR("type")),
        .address = without_indexes(scratch, tree_string(p->from, resource, STR("address"))),
    };
    planned.alone = is_alone(p, planned.address);
    planned.module = find_module(p, planned.address, modules);
    static const struct module nowhere;
    planned.module = planned.module ? planned.module : &nowhere;
    const struct node *expressions = find_expressions(p, planned.module, planned.type,
                                                      tree_string(p->from, resource, STR("name")));
    builder_open(&p->builder, NODE_OBJECT, resource->source, resource->lo);
    push_text(p, "address", member(p, resource, "address"), resource);
    push_text(p, "type", member(p, resource, "type"), resource);
    push_identity(p, &planned, "arn", after, after);
    push_identity(p, &planned, "id", after, after);
    push_identity(p, &planned, "name", after, after);
    add_key(p, "values", after);
    push_value(p, &planned, after, member(p, change, "after_unknown"), expressions, after);
    add_key(p, "before", after);
    const struct node *before = member(p, change, "before");
    builder_copy(&p->builder, p->from, before ? before : after, &p->budget);
    builder_close(&p->builder, resource->hi);
    arena_rewind(scratch, mark);
}

/* A managed resource that will be there. */
static bool is_planned(const struct planning *p, const struct node *resource)
{
    const struct node *after = member(p, member(p, resource, "change"), "after");
    return node_is(after, NODE_OBJECT) &&
           !str_eq(tree_string(p->from, resource, STR("mode")), STR("data"));
}

const struct tree *told_plan(struct document_reader *reader, const struct document *document)
{
    struct planning p = {
        .reader = reader,
        .tree = document_new_tree(reader),
        .from = document->tree,
        .scope = document->source->name,
        .budget = PLAN_NODES_BASE + PLAN_NODES_PER_BYTE * document->source->bytes.len,
    };
    const struct node *root = document->tree->root;
    const struct node *changes = member(&p, root, "resource_changes");
    const struct module top = {.configuration =
                                   member(&p, member(&p, root, "configuration"), "root_module")};
    count_instances(&p, changes);
    builder_start(&p.builder, p.tree);
    builder_open(&p.builder, NODE_OBJECT, root->source, root->lo);
    add_key(&p, "resources", root);
    builder_open(&p.builder, NODE_ARRAY, root->source, root->lo);
    for (uint32_t i = 0; node_is(changes, NODE_ARRAY) && i < node_size(changes); i++) {
        const struct node *resource = tree_element(p.from, changes, i);
        if (is_planned(&p, resource)) {
            push_resource(&p, resource, &top);
        }
    }
    builder_close(&p.builder, root->hi);
    builder_close(&p.builder, root->hi);
    builder_finish(&p.builder);
    builder_release(&p.builder);
    return p.tree;
}
