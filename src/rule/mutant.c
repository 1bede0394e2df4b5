/* SPDX-License-Identifier: MIT */
/*
 * A mutant is made from the rule's tree: a copy of what decides it in which one node is another or
 * absent, checked and compiled like any rule.
 */
#include "rule/mutant.h"

#include "rule/mutate.h"
#include "tree/inner.h"

enum { RULE_MAX_NODES = 100000, SIDE_BYTES = 60 };

/* One change of a rule: a node becomes `text`, or, where that is NULL, is left out. */
struct change {
    struct str key;
    const struct node *node;
    bool drop;
    struct str text;
    enum node_kind kind;
    struct mutation mutation; /* of the node's text; as a whole where the rule's part is meant */
};

struct mutator {
    struct trials *trials;
    const struct rule *rule;
    struct arena *arena;
    struct mutant_tally *tally;
    struct rule_loader loader; /* of mutants */
    struct arena own;          /* a mutant's, emptied after each */
    struct findings findings;
    const struct node *marks; /* `equivalent-mutants`, or NULL */
    bool *used;               /* by mark */
};

static const struct node *member(const struct mutator *m, const char *name)
{
    const struct tree *tree = m->trials->tree;
    return tree_member(tree, tree->root, str_from_c(name));
}

/* ---- making a mutant ---- */

struct copier {
    struct builder *builder;
    const struct tree *from;
    const struct change *change;
    size_t budget;
};

static void copy(struct copier *c, const struct node *node);

static void copy_children(struct copier *c, const struct node *node)
{
    for (uint32_t i = 0; i < node_size(node); i++) {
        bool object = node->kind == NODE_OBJECT;
        const struct node *value =
            object ? tree_value(c->from, node, i) : tree_element(c->from, node, i);
        if (value == c->change->node && c->change->drop) {
            continue;
        }
        if (object) {
            const struct node *key = tree_key(c->from, node, i);
            builder_key(c->builder, key->atom, key->source, (struct span){key->lo, key->hi});
        }
        copy(c, value);
    }
}

/* Aliases may stand for more nodes than a file has bytes: what exceeds the budget is left out. */
static void copy(struct copier *c, const struct node *node)
{
    if (c->budget == 0) {
        struct node nothing = {.kind = NODE_NULL, .source = node->source, .lo = node->lo};
        nothing.hi = node->hi;
        builder_push(c->builder, &nothing);
        return;
    }
    c->budget--;
    if (node == c->change->node) {
        struct node changed =
            tree_scalar(c->builder->tree, c->change->kind, c->change->text, node_location(node));
        builder_push(c->builder, &changed);
    } else if (node_is_container(node)) {
        builder_open(c->builder, (enum node_kind)node->kind, node->source, node->lo);
        copy_children(c, node);
        builder_close(c->builder, node->hi);
    } else {
        builder_copy(c->builder, c->from, node, &c->budget);
    }
}

/* What decides a rule, and its message; the rest of the file plays no part in its tests. */
static void copy_rule(struct copier *c, const struct node *root)
{
    static const char *const members[] = {"id",       "severity",  "dated",   "kind",    "select",
                                          "point-at", "if-absent", "when",    "foreach", "needs",
                                          "require",  "title",     "message", "edits"};
    builder_open(c->builder, NODE_OBJECT, root->source, root->lo);
    for (size_t i = 0; i < COUNT_OF(members); i++) {
        const struct node *value = tree_member(c->from, root, str_from_c(members[i]));
        if (value && !(value == c->change->node && c->change->drop)) {
            const struct node *key = node_key_of(value);
            builder_key(c->builder, key->atom, key->source, (struct span){key->lo, key->hi});
            copy(c, value);
        }
    }
    builder_close(c->builder, root->hi);
}

static bool make_mutant(struct mutator *m, const struct change *change, struct rule *mutant)
{
    const struct tree *from = m->trials->tree;
    struct tree *tree = arena_new(&m->own, struct tree);
    struct copier copier = {&m->loader.builder, from, change, RULE_MAX_NODES};
    tree_init(tree, &m->own, m->loader.sources, m->loader.atoms);
    builder_start(&m->loader.builder, tree);
    copy_rule(&copier, from->root);
    builder_finish(&m->loader.builder);
    m->findings = (struct findings){.arena = &m->own};
    return rule_decode(&m->loader, tree, tree->root, false, mutant);
}

/* ---- what is told of survivors ---- */

/* On one line: breaks and what indents become one blank. */
static struct str on_one_line(struct arena *arena, struct str text)
{
    struct buf out = buf_with_max(text.len + 1);
    bool space = false;
    for (size_t i = 0; i < text.len; i++) {
        bool blank = text.ptr[i] == ' ' || text.ptr[i] == '\n' || text.ptr[i] == '\r';
        if (!blank && space && out.len) {
            buf_add_char(&out, ' ');
        }
        space = blank;
        if (!blank) {
            buf_add_char(&out, text.ptr[i]);
        }
    }
    struct str kept = arena_str(arena, buf_str(&out));
    buf_release(&out);
    return kept;
}

/* The bytes of the file that the change is about. */
static struct location place_of(const struct mutator *m, const struct change *change)
{
    struct location at = node_location(change->node);
    const struct mutation *mutation = &change->mutation;
    if (change->kind == NODE_STRING && mutation->hi > mutation->lo) {
        at.span =
            scalar_subspan(m->arena, m->trials->tree, change->node, mutation->lo, mutation->hi);
    }
    return at;
}

/* Is `now` what a mark changes it `to`: a text, several, or, left out, nothing? */
static bool is_one_of(struct mutator *m, const struct node *to, struct str now)
{
    const struct tree *tree = m->trials->tree;
    bool list = node_is(to, NODE_ARRAY);
    bool found = !to && now.len == 0;
    for (uint32_t i = 0; to && i < (list ? node_size(to) : 1); i++) {
        const struct node *one = list ? tree_element(tree, to, i) : to;
        found = found || str_eq(on_one_line(&m->own, tree_text(tree, one)), now);
    }
    return found;
}

/* Does an entry of `equivalent-mutants` speak of this change? */
static bool is_marked(struct mutator *m, const struct change *change)
{
    const struct tree *tree = m->trials->tree;
    struct str was = on_one_line(&m->own, change->mutation.was);
    struct str now = on_one_line(&m->own, change->mutation.now);
    bool marked = false;
    for (uint32_t i = 0; m->marks && i < node_size(m->marks); i++) {
        const struct node *mark = tree_element(tree, m->marks, i);
        struct str text = on_one_line(&m->own, tree_string(tree, mark, STR("change")));
        if (str_eq(tree_string(tree, mark, STR("in")), change->key) && str_eq(text, was) &&
            is_one_of(m, tree_member(tree, mark, STR("to")), now)) {
            m->used[i] = true;
            marked = true;
        }
    }
    return marked;
}

/* A side of a line, without what is farther than people look from the change; cut between characters. */
static struct str cut_side(const struct mutator *m, struct str side, bool before)
{
    if (side.len <= SIDE_BYTES) {
        return side;
    }
    size_t at = before ? side.len - SIDE_BYTES : SIDE_BYTES;
    while (at < side.len && ((unsigned char)side.ptr[at] & 0xC0) == 0x80) {
        at++;
    }
    return before ? arena_format(m->arena, "…%.*s", STR_ARG(str_from(side, at)))
                  : arena_format(m->arena, "%.*s…", STR_ARG(str_slice(side, 0, at)));
}

/* The line of the file at which the change begins, with the change made. */
static struct str changed_line(const struct mutator *m, struct location at, struct str with)
{
    const struct source *source = sources_get(m->trials->loader->sources, at.source);
    struct str bytes = source->bytes;
    uint32_t lo = at.span.lo;
    uint32_t hi = at.span.hi;
    while (lo > 0 && bytes.ptr[lo - 1] != '\n') {
        lo--;
    }
    while (hi < bytes.len && bytes.ptr[hi] != '\n' && bytes.ptr[hi] != '\r') {
        hi++;
    }
    struct str before = cut_side(m, str_slice(bytes, lo, at.span.lo), true);
    struct str behind = cut_side(m, str_slice(bytes, at.span.hi, hi), false);
    return on_one_line(m->arena, arena_format(m->arena, "%.*s%.*s%.*s", STR_ARG(before),
                                              STR_ARG(with), STR_ARG(behind)));
}

static void keep_survivor(struct mutator *m, const struct change *change)
{
    struct mutant_tally *tally = m->tally;
    struct survivor *survivor = arena_new(m->arena, struct survivor);
    struct str with = change->kind == NODE_STRING ? change->mutation.with : change->text;
    survivor->key = change->key;
    survivor->at = place_of(m, change);
    survivor->was = on_one_line(m->arena, change->mutation.was);
    survivor->now = on_one_line(m->arena, change->mutation.now);
    if (!change->drop) {
        survivor->line = changed_line(m, survivor->at, with);
    }
    *tally->last = survivor;
    tally->last = &survivor->next;
    tally->survived++;
}

static void try_change(struct mutator *m, const struct change *change)
{
    struct arena_mark mark = arena_mark(&m->own);
    struct rule mutant;
    if (!make_mutant(m, change, &mutant)) {
        m->tally->invalid++;
    } else if (!trials_hold(m->trials, &mutant)) {
        m->tally->killed++;
    } else if (is_marked(m, change)) {
        m->tally->marked++;
    } else {
        keep_survivor(m, change);
    }
    arena_rewind(&m->own, mark);
}

/* ---- the changes of a rule ---- */

static void mutate_node(struct mutator *m, const char *name, const struct node *node,
                        const struct path_program *program)
{
    struct str text = node ? tree_text(m->trials->tree, node) : (struct str){0};
    struct mutation_list list = {.arena = m->arena};
    if (program) {
        mutate_expression(&list, text, program);
    }
    for (size_t i = 0; i < list.count; i++) {
        struct change change = {
            .key = str_from_c(name),
            .node = node,
            .text = mutation_apply(m->arena, text, &list.items[i]),
            .kind = NODE_STRING,
            .mutation = list.items[i],
        };
        try_change(m, &change);
    }
}

static void mutate_text(struct mutator *m, const char *name, const struct path_program *program)
{
    mutate_node(m, name, member(m, name), program);
}

static void drop(struct mutator *m, const char *key, const struct node *node, struct str was)
{
    if (node) {
        struct change change = {.key = str_from_c(key), .node = node, .drop = true};
        change.mutation.was = was;
        try_change(m, &change);
    }
}

static void replace(struct mutator *m, const char *key, const struct node *node,
                    enum node_kind kind, struct str text)
{
    struct change change = {.key = str_from_c(key), .node = node, .text = text, .kind = kind};
    change.mutation.was = tree_text(m->trials->tree, node);
    change.mutation.now = text;
    change.mutation.with = text;
    try_change(m, &change);
}

/* '$' alone always selects the root: there is nothing to be absent. */
static void mutate_absence(struct mutator *m)
{
    if (m->rule->select->op_count == 1) {
        return;
    }
    const struct node *node = member(m, "if-absent");
    for (int i = 0; i < ABSENT_COUNT; i++) {
        struct str name = if_absent_name((enum if_absent)i);
        if (!str_eq(tree_text(m->trials->tree, node), name)) {
            replace(m, "if-absent", node, NODE_STRING, name);
        }
    }
}

/* The words that name an entry of a list: a need by its command, others by what stands in the file. */
static struct str words_of(struct mutator *m, const struct node *node)
{
    const struct tree *tree = m->trials->tree;
    const struct node *fact = tree_member(tree, node, STR("fact"));
    const struct node *collect = tree_member(tree, node, STR("collect"));
    if (fact) {
        return tree_text(tree, collect ? collect : fact);
    }
    const struct source *source = sources_get(m->trials->loader->sources, node->source);
    return str_slice(source->bytes, node->lo, node->hi);
}

static void drop_entries(struct mutator *m, const char *name)
{
    const struct node *list = member(m, name);
    for (uint32_t i = 0; node_is(list, NODE_ARRAY) && i < node_size(list); i++) {
        const struct node *entry = tree_element(m->trials->tree, list, i);
        drop(m, name, entry, words_of(m, entry));
    }
}

static void flip_flags(struct mutator *m)
{
    const struct tree *tree = m->trials->tree;
    const struct node *rows = m->rule->rows;
    for (uint32_t r = 0; rows && r < node_size(rows); r++) {
        const struct node *row = tree_element(tree, rows, r);
        for (uint32_t i = 0; i < node_size(row); i++) {
            const struct node *value = tree_value(tree, row, i);
            if (value->kind == NODE_BOOL) {
                replace(m, "foreach", value, NODE_BOOL,
                        tree_bool(tree, value) ? STR("false") : STR("true"));
            }
        }
    }
}

/* Another text in the place of the value that is put in. */
static void mutate_value(struct mutator *m, const struct node *with)
{
    if (node_is(with, NODE_STRING)) {
        bool same = str_eq(tree_text(m->trials->tree, with), STR("~"));
        replace(m, "edits", with, NODE_STRING, same ? STR("") : STR("~"));
    }
}

static void mutate_step(struct mutator *m, const struct node *node, const struct rule_step *step)
{
    static const char *const names[PATCH_OP_COUNT] = {
        [PATCH_REPLACE] = "replace", [PATCH_INSERT] = "insert", [PATCH_DELETE] = "delete"};
    const struct tree *tree = m->trials->tree;
    mutate_node(m, "edits", tree_member(tree, node, str_from_c(names[step->op])), step->target);
    mutate_value(m, step->with);
}

static void mutate_edits(struct mutator *m)
{
    const struct tree *tree = m->trials->tree;
    const struct node *node = member(m, "edits");
    const struct rule_edits *edits = m->rule->texts ? m->rule->texts->edits : NULL;
    if (!node || !edits) {
        return;
    }
    const struct node *when = tree_member(tree, node, STR("when"));
    const struct node *steps = tree_member(tree, node, STR("steps"));
    drop(m, "edits", node, STR("steps"));
    if (when) {
        mutate_node(m, "edits", when, edits->when);
        drop(m, "edits", when, tree_text(tree, when));
    }
    for (uint32_t i = 0; i < node_size(steps); i++) {
        const struct node *step = tree_element(tree, steps, i);
        mutate_step(m, step, &edits->steps[i]);
        if (node_size(steps) > 1) {
            drop(m, "edits", step, words_of(m, step));
        }
    }
}

static void mutate_rule(struct mutator *m)
{
    const struct rule *rule = m->rule;
    const struct tree *tree = m->trials->tree;
    const struct node *when = member(m, "when");
    const struct node *point_at = member(m, "point-at");
    mutate_text(m, "select", rule->select);
    mutate_text(m, "when", rule->when);
    mutate_text(m, "require", rule->require);
    drop(m, "when", when, when ? tree_text(tree, when) : (struct str){0});
    drop(m, "point-at", point_at, point_at ? tree_text(tree, point_at) : (struct str){0});
    mutate_absence(m);
    drop_entries(m, "kind");
    drop_entries(m, "needs");
    drop_entries(m, "foreach");
    flip_flags(m);
    mutate_edits(m);
}

static void report_stale(struct mutator *m)
{
    for (uint32_t i = 0; m->marks && i < node_size(m->marks); i++) {
        if (!m->used[i]) {
            struct stale_mark *stale = arena_new(m->arena, struct stale_mark);
            stale->at = node_location(tree_element(m->trials->tree, m->marks, i));
            *m->tally->last_stale = stale;
            m->tally->last_stale = &stale->next;
        }
    }
}

void mutants_run(struct trials *trials, const struct rule *rule, struct arena *arena,
                 struct mutant_tally *tally)
{
    struct mutator m = {
        .trials = trials, .rule = rule, .arena = arena, .tally = tally, .loader = *trials->loader};
    *tally = (struct mutant_tally){0};
    tally->last = &tally->survivors;
    tally->last_stale = &tally->stale;
    m.loader.arena = &m.own;
    m.loader.findings = &m.findings;
    m.loader.builder = (struct builder){0};
    m.marks = member(&m, "equivalent-mutants");
    m.used = arena_array(arena, bool, m.marks ? node_size(m.marks) : 0);
    mutate_rule(&m);
    report_stale(&m);
    builder_release(&m.loader.builder);
    arena_release(&m.own);
}
