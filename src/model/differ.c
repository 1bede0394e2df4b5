/* SPDX-License-Identifier: MIT */
/* Both documents are normalised and compared as sets; time is bounded by a budget. */
#include "model/differ.h"

#include "aws/arn.h"
#include "model/policy.h"

enum { COMPARE_MAX_NODES = 20000, COMPARE_MAX_STEPS = 1000 * 1000 };

struct comparison {
    const struct tree *a, *b;
    size_t steps;
};

static const struct tree *normal_form(struct document_reader *reader, struct told told)
{
    const struct tree *tree = told.tree;
    const struct node *policy = told.node ? document_policy(reader, &tree, told.node, false) : NULL;
    if (!policy) {
        return NULL;
    }
    struct tree *normal = arena_new(reader->arena, struct tree);
    size_t budget = COMPARE_MAX_NODES;
    tree_init(normal, reader->arena, reader->sources, reader->atoms);
    builder_start(&reader->builder, normal);
    policy_normalise(&reader->builder, tree, policy, &budget);
    builder_finish(&reader->builder);
    return budget ? normal : NULL;
}

/* "arn:aws:iam::111122223333:root" is the account 111122223333. */
static struct str principal(struct str text)
{
    struct arn arn;
    bool root = arn_parse(text, &arn) && str_eq(arn.service, STR("iam")) &&
                str_eq(arn.resource, STR("root"));
    return root ? arn.account : text;
}

static bool same(struct comparison *c, const struct node *a, const struct node *b);

/* Each element of one list has its like in the other. */
static bool same_elements(struct comparison *c, const struct node *a, const struct node *b)
{
    bool all = node_size(a) == node_size(b);
    for (uint32_t i = 0; all && i < node_size(a); i++) {
        bool found = false;
        for (uint32_t k = 0; !found && k < node_size(b); k++) {
            found = same(c, tree_element(c->a, a, i), tree_element(c->b, b, k));
        }
        all = found;
    }
    return all;
}

static bool same_members(struct comparison *c, const struct node *a, const struct node *b)
{
    bool all = node_size(a) == node_size(b);
    for (uint32_t i = 0; all && i < node_size(a); i++) {
        struct str name = tree_text(c->a, tree_key(c->a, a, i));
        const struct node *other = tree_member(c->b, b, name);
        all = other && same(c, tree_value(c->a, a, i), other);
    }
    return all;
}

static bool same(struct comparison *c, const struct node *a, const struct node *b)
{
    if (c->steps == 0) {
        return true;
    }
    c->steps--;
    if (node_is_container(a) || node_is_container(b)) {
        return a->kind == b->kind &&
               (a->kind == NODE_ARRAY ? same_elements(c, a, b) : same_members(c, a, b));
    }
    return str_eq(principal(tree_text(c->a, a)), principal(tree_text(c->b, b)));
}

bool policies_differ(struct document_reader *reader, struct told a, struct told b)
{
    const struct tree *left = normal_form(reader, a);
    const struct tree *right = normal_form(reader, b);
    if (!left || !right) {
        return false;
    }
    struct comparison c = {left, right, COMPARE_MAX_STEPS};
    return !same(&c, left->root, right->root) && c.steps > 0;
}
