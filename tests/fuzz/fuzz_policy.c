/* SPDX-License-Identifier: MIT */
/*
 * IAM documents: the input is JSON in which the string "?" stands for an unknown value. The normal
 * form is its own normal form and points into the input; and what is decided while a value is
 * unknown stays decided, whatever the value turns out to be.
 */
#include "model/permission.h"
#include "model/policy.h"
#include "tree/read_json.h"

#include "check.h"

enum { UNKNOWNS_MAX = 64, NODES_MAX = 20000, DECISIONS = 8, BUDGET = 100000000 };

struct run {
    struct arena arena;
    struct sources sources;
    struct atoms atoms;
    struct findings findings;
    struct builder builder;
    struct tree written;
    struct node *unknowns[UNKNOWNS_MAX];
    size_t unknown_count;
};

static bool read_document(struct run *run, struct str json)
{
    sources_init(&run->sources, &run->arena);
    atoms_init(&run->atoms, &run->arena, NULL);
    run->findings.arena = &run->arena;
    tree_init(&run->written, &run->arena, &run->sources, &run->atoms);
    struct source *source = sources_add(&run->sources, STR("fuzz"), json);
    if (!json_read_whole(&run->builder, &run->written, source, &run->findings)) {
        return false;
    }
    for (size_t i = 0; i < run->written.count && run->unknown_count < UNKNOWNS_MAX; i++) {
        struct node *node = &run->written.nodes[i];
        if (node->kind == NODE_STRING && str_eq(tree_text(&run->written, node), STR("?"))) {
            run->unknowns[run->unknown_count++] = node;
        }
    }
    return true;
}

static void set_unknowns(struct run *run, enum node_kind kind)
{
    for (size_t i = 0; i < run->unknown_count; i++) {
        run->unknowns[i]->kind = (uint8_t)kind;
        run->unknowns[i]->count = kind == NODE_STRING ? 1 : 0;
    }
}

static void normalise(struct run *run, struct tree *to, const struct tree *from)
{
    size_t budget = NODES_MAX;
    tree_init(to, &run->arena, &run->sources, &run->atoms);
    builder_start(&run->builder, to);
    policy_normalise(&run->builder, from, from->root, &budget);
    builder_finish(&run->builder);
}

static void check_normal_form(struct run *run, const struct tree *normal)
{
    for (size_t i = 0; i < normal->count; i++) {
        const struct node *node = &normal->nodes[i];
        CHECK(node->lo <= node->hi);
        CHECK(node->hi <= sources_get(&run->sources, node->source)->bytes.len);
    }
    struct tree again;
    normalise(run, &again, normal);
    CHECK(tree_equal(&again, again.root, normal, normal->root));
}

static void push_member(struct run *run, struct tree *holder, const char *name)
{
    builder_key(&run->builder, atoms_intern(holder->atoms, str_from_c(name)), 0,
                (struct span){0, 0});
}

/* A role with one policy, which bounds its permissions, too, where `bounded`. */
static void make_holder(struct run *run, struct tree *holder, const struct tree *policy,
                        bool bounded)
{
    size_t budget = NODES_MAX;
    tree_init(holder, &run->arena, &run->sources, &run->atoms);
    builder_start(&run->builder, holder);
    builder_open(&run->builder, NODE_OBJECT, 0, 0);
    push_member(run, holder, "policies");
    builder_open(&run->builder, NODE_ARRAY, 0, 0);
    builder_copy(&run->builder, policy, policy->root, &budget);
    builder_close(&run->builder, 0);
    push_member(run, holder, "managed_policies");
    builder_open(&run->builder, NODE_ARRAY, 0, 0);
    builder_close(&run->builder, 0);
    push_member(run, holder, "trust_policy");
    builder_copy(&run->builder, policy, policy->root, &budget);
    if (bounded) {
        push_member(run, holder, "permissions_boundary");
        builder_copy(&run->builder, policy, policy->root, &budget);
    }
    builder_close(&run->builder, 0);
    builder_finish(&run->builder);
}

static enum truth ask(struct run *run, const struct tree *holder, struct str action,
                      struct str resource, const char *principal)
{
    uint64_t budget = BUDGET;
    struct str id = STR("abc");
    struct iam_key key = {.name = STR("sts:ExternalId"), .values = &id, .count = 1};
    struct iam_context context = {.keys = &key, .count = 1, .open = true};
    struct permissions permissions = {.arena = &run->arena, .tree = holder, .root = holder->root};
    struct iam_caller caller;
    struct iam_request request = {
        .action = action,
        .resource = resource,
        .context = &context,
        .arena = &run->arena,
        .budget = &budget,
    };
    struct iam_decision decision;
    if (principal) {
        CHECK(iam_caller_parse(str_from_c(principal), &caller));
        request.caller = &caller;
        permissions_trust(&permissions, holder->root, &request, &decision);
    } else {
        permissions_allow(&permissions, holder->root, &request, &decision);
    }
    CHECK(decision.allowed != TRUTH_TRUE || !permission_culprit(&decision));
    return decision.allowed;
}

static void decide(struct run *run, const struct tree *policy, enum truth truths[DECISIONS])
{
    static const char *const principals[] = {"arn:aws:iam::111122223333:user/gitlab",
                                             "111122223333", "eks.amazonaws.com",
                                             "arn:aws:sts::111122223333:assumed-role/r/s"};
    struct tree holder;
    struct str action = STR("sts:AssumeRole");
    struct str role = STR("arn:aws:iam::123456789012:role/eks");
    size_t at = 0;
    for (int bounded = 0; bounded < 2; bounded++) {
        make_holder(run, &holder, policy, bounded);
        truths[at++] = ask(run, &holder, STR("ec2:DescribeVpcs"), STR("*"), NULL);
        truths[at++] = ask(run, &holder, action, role, NULL);
    }
    for (size_t i = 0; i < COUNT_OF(principals); i++) {
        truths[at++] = ask(run, &holder, action, role, principals[i]);
    }
    CHECK(at == DECISIONS);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum node_kind kinds[] = {NODE_STRING, NODE_NULL, NODE_ARRAY, NODE_OBJECT};
    struct run run = {0};
    if (read_document(&run, (struct str){(const char *)data, size})) {
        enum truth unknown[DECISIONS];
        struct tree normal;
        set_unknowns(&run, NODE_UNKNOWN);
        normalise(&run, &normal, &run.written);
        decide(&run, &normal, unknown);
        for (size_t k = 0; k < COUNT_OF(kinds); k++) {
            enum truth known[DECISIONS];
            set_unknowns(&run, kinds[k]);
            normalise(&run, &normal, &run.written);
            check_normal_form(&run, &normal);
            decide(&run, &normal, known);
            for (size_t i = 0; i < DECISIONS; i++) {
                CHECK(unknown[i] == TRUTH_UNKNOWN || known[i] == TRUTH_UNKNOWN ||
                      unknown[i] == known[i]);
            }
        }
    }
    builder_release(&run.builder);
    arena_release(&run.arena);
    return 0;
}
