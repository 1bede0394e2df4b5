/* SPDX-License-Identifier: MIT */
/* What a query needs: of each of its segments one name, in filters too where nothing else makes them true. */
#include "path/names.h"

enum { NAMES_BITS = NAMES_WORDS * 64 };

static void find_names(const struct tree *tree, struct path_names *names)
{
    names->known = true;
    names->open = tree->count > NAMES_MAX_NODES;
    for (size_t i = 0; i < tree->count && !names->open; i++) {
        const struct node *node = &tree->nodes[i];
        if (node->kind == NODE_KEY) {
            names->bits[node->atom % NAMES_BITS / 64] |= UINT64_C(1) << node->atom % 64;
        } else {
            names->open = node->kind == NODE_UNKNOWN;
        }
    }
}

static bool has_name(const struct path_names *names, uint32_t atom)
{
    return names->bits[atom % NAMES_BITS / 64] >> atom % 64 & 1;
}

static bool may_be_true(const struct path_program *program, uint32_t at,
                        const struct path_names *names);

/* May one of the segment's selectors select a child? */
static bool may_go_on(const struct path_program *program, uint32_t segment,
                      const struct path_names *names)
{
    const struct path_op *ops = program->ops;
    bool may = false;
    for (uint32_t i = segment + 1; i < ops[segment].end && !may; i = ops[i].end) {
        may = ops[i].code == OP_NAME     ? has_name(names, ops[i].atom)
              : ops[i].code == OP_FILTER ? may_be_true(program, i + 1, names)
                                         : true;
    }
    return may;
}

/* What is no query may give anything. */
static bool may_give_nodes(const struct path_program *program, uint32_t at,
                           const struct path_names *names)
{
    const struct path_op *ops = program->ops;
    bool may = true;
    if (ops[at].code == OP_QUERY && !ops[at].facts) {
        for (uint32_t i = at + 1; i < ops[at].end && may; i = ops[i].end) {
            may = may_go_on(program, i, names);
        }
    }
    return may;
}

/* A literal equals no absent value. */
static bool may_equal(const struct path_program *program, uint32_t at,
                      const struct path_names *names)
{
    const struct path_op *ops = program->ops;
    uint32_t left = at + 1;
    uint32_t right = ops[left].end;
    bool equal = ops[at].comparison == PATH_COMPARE_EQUAL;
    return !(equal && ops[right].code == OP_LITERAL && !may_give_nodes(program, left, names)) &&
           !(equal && ops[left].code == OP_LITERAL && !may_give_nodes(program, right, names));
}

static bool may_be_true(const struct path_program *program, uint32_t at,
                        const struct path_names *names)
{
    const struct path_op *ops = program->ops;
    if (ops[at].code == OP_EXISTS) {
        return may_give_nodes(program, at + 1, names);
    }
    if (ops[at].code == OP_COMPARE) {
        return may_equal(program, at, names);
    }
    if (ops[at].code != OP_AND && ops[at].code != OP_OR) {
        return true;
    }
    bool every = ops[at].code == OP_AND;
    bool may = every;
    for (uint32_t i = at + 1; i < ops[at].end && may == every; i = ops[i].end) {
        may = may_be_true(program, i, names);
    }
    return may;
}

bool path_may_select(const struct path_program *program, const struct tree *tree,
                     struct path_names *names)
{
    if (!names->known) {
        find_names(tree, names);
    }
    return names->open || may_give_nodes(program, 0, names);
}
