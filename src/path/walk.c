/* SPDX-License-Identifier: MIT */
/*
 * Walking queries (RFC 9535 §2.3 and §2.5).
 *
 * A query is walked depth first: each node that a segment selects is handed to the next segment at
 * once, so there are no intermediate nodelists. The order is the RFC's, because segments
 * concatenate their results in the order of their input (§2.1.2). The way to a node is a chain of
 * `struct visit` on the stack; it is copied to the heap as path_steps only for nodes that end up in
 * a result.
 *
 * What bounds it: the step budget of the environment (trees may share children, so their size does
 * not), and EVALUATION_MAX_DEPTH for the stack. Where either runs out the walk stops and the result
 * is unknown.
 */
#include "path/eval.h"

#include "path/index.h"

#include <assert.h>

/*
 * Levels of nodes under evaluation, over all nested filters. One query takes at most TREE_MAX_DEPTH
 * of them.
 */
enum { EVALUATION_MAX_DEPTH = TREE_MAX_DEPTH };
/* A query under evaluation. */
struct walk {
    struct eval *eval;
    uint32_t end;           /* the operation behind the last segment */
    struct nodelist *nodes; /* where the nodes go; NULL: all that matters is whether there is one */
    bool with_steps;        /* the items need their `where` */
    bool found;             /* without nodes: a known one was met */
    bool unknown;           /* there may be more nodes than are known */
};
static void give_up(struct path_env *env)
{
    env->steps = 0;
    env->exhausted = true;
}

bool path_spend(struct path_env *env, uint64_t n)
{
    if (env->exhausted || n > env->steps) {
        give_up(env);
        return false;
    }
    env->steps -= n;
    return true;
}

void nodelist_add(struct path_env *env, struct nodelist *nodes, struct path_item item)
{
    nodes->items = arena_grow(env->scratch, nodes->items, nodes->count, &nodes->capacity,
                              sizeof *nodes->items);
    nodes->items[nodes->count++] = item;
}

static const struct path_step *keep_steps(struct arena *arena, struct visit *visit)
{
    if (visit->outer && !visit->kept) {
        struct path_step *step = arena_new(arena, struct path_step);
        *step = visit->step;
        step->outer = keep_steps(arena, visit->outer);
        visit->kept = step;
    }
    return visit->kept;
}

/* True where going on cannot change the outcome. */
static bool walk_is_over(const struct walk *walk)
{
    return walk->found || walk->eval->env->exhausted;
}

static void accept_node(struct walk *walk, struct visit *visit)
{
    struct arena *scratch = walk->eval->env->scratch;
    if (walk->nodes) {
        const struct path_step *where = walk->with_steps ? keep_steps(scratch, visit) : NULL;
        nodelist_add(walk->eval->env, walk->nodes, (struct path_item){visit->node, where});
    } else if (visit->node->kind == NODE_UNKNOWN) {
        walk->unknown = true;
    } else {
        walk->found = true;
    }
}
static void walk_segment(struct walk *walk, uint32_t at, struct visit *visit);

/* The child `node` of `parent` is selected by a segment: on to the next, at `next`. */
static void walk_child(struct walk *walk, uint32_t next, struct visit *parent,
                       const struct node *node, struct path_step step)
{
    if (path_spend(walk->eval->env, 1)) {
        struct visit visit = {.node = node, .outer = parent, .step = step};
        walk_segment(walk, next, &visit);
    }
}

/* The step from a container to its child number i, by elements or members. */
static struct path_step child_step(const struct node *parent, const struct node *child, uint32_t i)
{
    if (parent->kind == NODE_OBJECT) {
        return (struct path_step){.is_name = true, .name = node_key_of(child)->atom};
    }
    return (struct path_step){.index = i};
}

static void select_name(struct walk *walk, const struct path_op *op, uint32_t next,
                        struct visit *parent)
{
    const struct node *node = parent->node;
    if (node->kind != NODE_OBJECT ||
        !path_spend(walk->eval->env, node->count / 64)) { /* the search for the name */
        return;
    }
    const struct node *child = tree_member_atom(walk->eval->env->tree, node, op->atom);
    if (child) {
        walk_child(walk, next, parent, child, child_step(node, child, 0));
    }
}

/* §2.3.3.2: negative indexes count from the end. */
static bool resolve_index(const struct node *array, int64_t index, uint32_t *position)
{
    int64_t from_start = index < 0 ? index + (int64_t)array->count : index;
    if (array->kind != NODE_ARRAY || from_start < 0 || from_start >= (int64_t)array->count) {
        return false;
    }
    *position = (uint32_t)from_start;
    return true;
}

static void select_index(struct walk *walk, const struct path_op *op, uint32_t next,
                         struct visit *parent)
{
    uint32_t i = 0;
    if (resolve_index(parent->node, walk->eval->program->integers[op->integer], &i)) {
        const struct node *child = tree_element(walk->eval->env->tree, parent->node, i);
        walk_child(walk, next, parent, child, child_step(parent->node, child, i));
    }
}

static int64_t clamp(int64_t value, int64_t low, int64_t high)
{
    return value < low ? low : value > high ? high : value;
}

/* §2.3.4.2.2: elements from `from` by `step` until `to`, which is not among them. */
static void slice_bounds(const struct path_op *op, const int64_t *parts, int64_t len, int64_t *from,
                         int64_t *to)
{
    int64_t step = op->flags & SLICE_STEP ? parts[2] : 1;
    int64_t start = op->flags & SLICE_START ? parts[0] : step > 0 ? 0 : len - 1;
    int64_t end = op->flags & SLICE_END ? parts[1] : step > 0 ? len : -len - 1;
    start += start < 0 && op->flags & SLICE_START ? len : 0;
    end += end < 0 ? len : 0;
    *from = step > 0 ? clamp(start, 0, len) : clamp(start, -1, len - 1);
    *to = step > 0 ? clamp(end, 0, len) : clamp(end, -1, len - 1);
}

static void select_slice(struct walk *walk, const struct path_op *op, uint32_t next,
                         struct visit *parent)
{
    const struct node *node = parent->node;
    const int64_t *parts = walk->eval->program->integers + op->integer;
    int64_t step = op->flags & SLICE_STEP ? parts[2] : 1;
    if (node->kind != NODE_ARRAY || step == 0) {
        return;
    }
    int64_t from = 0, to = 0;
    slice_bounds(op, parts, node->count, &from, &to);
    for (int64_t i = from; (step > 0 ? i < to : i > to) && !walk_is_over(walk); i += step) {
        const struct node *child = tree_element(walk->eval->env->tree, node, (uint32_t)i);
        walk_child(walk, next, parent, child, child_step(node, child, (uint32_t)i));
    }
}

static void select_wildcard(struct walk *walk, uint32_t next, struct visit *parent)
{
    for (uint32_t i = 0; i < node_size(parent->node) && !walk_is_over(walk); i++) {
        const struct node *child = tree_child(walk->eval->env->tree, parent->node, i);
        walk_child(walk, next, parent, child, child_step(parent->node, child, i));
    }
}

/*
 * The right side of a filter's comparison into *value, where it is the same for every child: of
 * `@.arn == $.x` the $.x.
 */
static bool find_right_side(struct eval *eval, uint32_t at, struct visit *parent,
                            struct value *value)
{
    const struct path_op *ops = eval->program->ops;
    uint32_t right = ops[at].code == OP_COMPARE ? ops[at + 1].end : 0;
    bool same = right && node_size(parent->node) > 1 && ops[right].code != OP_LITERAL &&
                !path_operand_is_relative(eval->program, right);
    *value = same ? eval_value(eval, right, parent) : (struct value){0};
    return same;
}

/* "@ == 'a'": a comparison of the child itself with a text. */
static bool is_text_comparison(const struct path_program *program, uint32_t at)
{
    const struct path_op *ops = program->ops;
    const uint32_t left = at + 1, right = at + 2;
    return ops[at].code == OP_COMPARE && ops[at].comparison == PATH_COMPARE_EQUAL &&
           ops[left].code == OP_QUERY && (ops[left].flags & QUERY_CURRENT) && !ops[left].facts &&
           ops[left].end == right && ops[right].code == OP_LITERAL &&
           program->literals[ops[right].literal].kind == VALUE_STRING;
}

/* One, or several with || between them, as of `[?@ == 'a' || @ == 'b']`. */
static bool is_choice(const struct path_program *program, uint32_t at)
{
    const struct path_op *ops = program->ops;
    bool choice = ops[at].code == OP_OR || is_text_comparison(program, at);
    for (uint32_t i = at + 1; ops[at].code == OP_OR && i < ops[at].end && choice; i = ops[i].end) {
        choice = is_text_comparison(program, i);
    }
    return choice;
}

/* A filter under evaluation. */
struct filter {
    uint32_t test; /* its logical operand */
    uint32_t next; /* the segment behind */
    struct visit *parent;
    const struct value *right; /* of its comparison, where that is known; or NULL */
    bool choice;               /* is_choice() */
};

/* Is the text among those of a choice? */
static bool is_chosen(const struct path_program *program, uint32_t at, struct str text)
{
    const struct path_op *ops = program->ops;
    uint32_t end = ops[at].end;
    for (uint32_t i = at + (ops[at].code == OP_OR); i < end; i = ops[i].end) {
        if (str_eq(program->literals[ops[i + 2].literal].string, text)) {
            return true;
        }
    }
    return false;
}

static enum truth test_child(struct walk *walk, const struct filter *filter, struct visit *visit)
{
    struct eval *eval = walk->eval;
    if (!path_spend(eval->env, 1)) {
        return TRUTH_UNKNOWN;
    }
    if (filter->choice && visit->node->kind == NODE_STRING) {
        struct str text = tree_text(eval->env->tree, visit->node);
        return truth_of(is_chosen(eval->program, filter->test, text));
    }
    return filter->right ? eval_comparison(eval, filter->test, visit, filter->right)
                         : eval_logical(eval, filter->test, visit);
}

/* §2.3.5.2; a child whose test is unknown may or may not be selected. */
static void filter_child(struct walk *walk, const struct filter *filter, uint32_t i)
{
    const struct node *parent = filter->parent->node;
    const struct node *child = tree_child(walk->eval->env->tree, parent, i);
    struct visit visit = {
        .node = child, .outer = filter->parent, .step = child_step(parent, child, i)};
    enum truth selected = test_child(walk, filter, &visit);
    if (selected == TRUTH_TRUE) {
        walk_segment(walk, filter->next, &visit);
    } else if (selected == TRUTH_UNKNOWN) {
        walk->unknown = true;
    }
}

/* Look only at the children that an index names. False where there is none to ask. */
static bool filter_by_index(struct walk *walk, const struct filter *filter)
{
    struct eval *eval = walk->eval;
    struct index_key key;
    struct index_cursor candidates;
    if (!index_is_worth_it(eval->env, filter->parent->node) ||
        !index_find_key(eval->program, filter->test, &key)) {
        return false;
    }
    struct value value =
        filter->right ? *filter->right : eval_value(eval, key.other, filter->parent);
    if (!index_open(eval->env, eval->program, key, filter->parent->node, &value, &candidates)) {
        return false;
    }
    uint32_t child;
    while (!walk_is_over(walk) && index_next(&candidates, &child)) {
        filter_child(walk, filter, child);
    }
    walk->unknown = walk->unknown || candidates.others_unknown;
    return true;
}

static void select_filter(struct walk *walk, uint32_t op, uint32_t next, struct visit *parent)
{
    struct value right;
    bool same = find_right_side(walk->eval, op + 1, parent, &right);
    struct filter filter = {op + 1, next, parent, same ? &right : NULL,
                            is_choice(walk->eval->program, op + 1)};
    if (filter_by_index(walk, &filter)) {
        return;
    }
    for (uint32_t i = 0; i < node_size(parent->node) && !walk_is_over(walk); i++) {
        filter_child(walk, &filter, i);
    }
}

static void select_children(struct walk *walk, uint32_t segment, struct visit *parent)
{
    const struct path_op *ops = walk->eval->program->ops;
    uint32_t next = ops[segment].end;
    for (uint32_t at = segment + 1; at < next && !walk_is_over(walk); at = ops[at].end) {
        const struct path_op *op = &ops[at];
        if (op->code == OP_NAME) {
            select_name(walk, op, next, parent);
        } else if (op->code == OP_WILDCARD) {
            select_wildcard(walk, next, parent);
        } else if (op->code == OP_INDEX) {
            select_index(walk, op, next, parent);
        } else if (op->code == OP_SLICE) {
            select_slice(walk, op, next, parent);
        } else {
            assert(op->code == OP_FILTER);
            select_filter(walk, at, next, parent);
        }
    }
}

/*
 * §2.5.2.2: the selectors apply to the node itself, then to each of its descendants, parents first.
 */
static void walk_descendants(struct walk *walk, uint32_t segment, struct visit *parent)
{
    struct path_env *env = walk->eval->env;
    if (parent->node->kind == NODE_UNKNOWN) {
        walk->unknown = true;
        return;
    }
    if (walk->eval->depth == EVALUATION_MAX_DEPTH) {
        give_up(env);
        return;
    }
    walk->eval->depth++;
    select_children(walk, segment, parent);
    for (uint32_t i = 0; i < node_size(parent->node) && !walk_is_over(walk); i++) {
        const struct node *child = tree_child(env->tree, parent->node, i);
        bool leaf = !node_is_container(child) && child->kind != NODE_UNKNOWN;
        if (path_spend(env, 1) && !leaf) {
            struct visit visit = {
                .node = child, .outer = parent, .step = child_step(parent->node, child, i)};
            walk_descendants(walk, segment, &visit);
        }
    }
    walk->eval->depth--;
}

/* Apply the segments from `at` on to a node that the ones before have selected. */
static void walk_segment(struct walk *walk, uint32_t at, struct visit *visit)
{
    struct eval *eval = walk->eval;
    if (at == walk->end) {
        accept_node(walk, visit);
        return;
    }
    if (visit->node->kind == NODE_UNKNOWN) {
        walk->unknown = true;
        return;
    }
    if (eval->program->ops[at].code == OP_SEGMENT_DESCENDANT) {
        walk_descendants(walk, at, visit);
        return;
    }
    if (eval->depth == EVALUATION_MAX_DEPTH) {
        give_up(eval->env);
        return;
    }
    eval->depth++;
    select_children(walk, at, visit);
    eval->depth--;
}

/*
 * Evaluate the query at `at`; the walk says what is wanted. A query over a missing fact is unknown.
 */
static void walk_query(struct walk *walk, uint32_t at, struct visit *current)
{
    const struct path_op *op = &walk->eval->program->ops[at];
    struct path_env *env = walk->eval->env;
    walk->end = op->end;
    if (op->facts & env->missing_facts || !path_spend(env, 1)) {
        walk->unknown = true;
        return;
    }
    struct visit root = {.node = env->root};
    struct visit *start = op->flags & QUERY_CURRENT ? current : &root;
    if (start->node) {
        walk_segment(walk, at + 1, start);
    }
}

void walk_collect(struct eval *eval, uint32_t at, struct visit *current, bool with_steps,
                  struct nodelist *nodes)
{
    struct walk walk = {.eval = eval, .nodes = nodes, .with_steps = with_steps};
    walk_query(&walk, at, current);
    nodes->unknown |= walk.unknown || eval->env->exhausted;
}

enum truth walk_exists(struct eval *eval, uint32_t at, struct visit *current)
{
    struct walk walk = {.eval = eval};
    walk_query(&walk, at, current);
    return walk.found ? TRUTH_TRUE : walk.unknown ? TRUTH_UNKNOWN : TRUTH_FALSE;
}

const struct node *walk_singular(struct eval *eval, uint32_t at, const struct visit *current,
                                 bool *unknown)
{
    const struct path_op *ops = eval->program->ops;
    struct path_env *env = eval->env;
    const struct node *node = ops[at].flags & QUERY_CURRENT ? current->node : env->root;
    *unknown = (ops[at].facts & env->missing_facts) != 0;
    for (uint32_t i = at + 1; node && i < ops[at].end && !*unknown; i = ops[i].end) {
        const struct path_op *selector = &ops[i + 1];
        uint32_t position = 0;
        if (node->kind == NODE_UNKNOWN || !path_spend(env, 1 + node_size(node) / 64)) {
            *unknown = true;
        } else if (selector->code == OP_NAME) {
            node = tree_member_atom(env->tree, node, selector->atom);
        } else if (resolve_index(node, eval->program->integers[selector->integer], &position)) {
            node = tree_element(env->tree, node, position);
        } else {
            node = NULL;
        }
    }
    return *unknown ? NULL : node;
}
