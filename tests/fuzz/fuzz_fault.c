/* SPDX-License-Identifier: MIT */
/*
 * The faults of a policy: each is at a part of the policy and found there again, none twice, and in its
 * group; what was remembered of the first pass does not change the second; a policy's size is within its
 * bytes; what it allows on each resource, it allows on some; and with each string "?" unknown, no fault is
 * certain that is none with it known.
 */
#include "iam/decide.h"
#include "iam/fault.h"
#include "iam/grant.h"
#include "iam/size.h"
#include "model/policy.h"
#include "tree/read_json.h"

#include "check.h"

enum { NODES_MAX = 20000 };

struct run {
    struct arena arena;
    struct sources sources;
    struct atoms atoms;
    struct findings findings;
    struct builder builder;
    struct tree written, normal;
};

static bool read_policy(struct run *run, struct str json)
{
    size_t budget = NODES_MAX;
    sources_init(&run->sources, &run->arena);
    atoms_init(&run->atoms, &run->arena, NULL);
    run->findings.arena = &run->arena;
    tree_init(&run->written, &run->arena, &run->sources, &run->atoms);
    tree_init(&run->normal, &run->arena, &run->sources, &run->atoms);
    struct source *source = sources_add(&run->sources, STR("fuzz"), json);
    if (!json_read_whole(&run->builder, &run->written, source, &run->findings)) {
        return false;
    }
    builder_start(&run->builder, &run->normal);
    policy_normalise(&run->builder, &run->written, run->written.root, &budget);
    builder_finish(&run->builder);
    return true;
}

static bool is_inside(const struct tree *tree, const struct node *node)
{
    return node >= tree->nodes && node < tree->nodes + tree->count;
}

static void check_fault(const struct run *run, const struct iam_faults *faults, size_t i)
{
    const struct iam_fault *fault = &faults->items[i];
    CHECK(is_inside(&run->normal, fault->node) || fault->node == run->normal.root);
    CHECK(iam_fault_set_has(&faults->present, fault->id));
    CHECK(iam_faults_at(faults, fault->id, fault->node) == fault);
    for (size_t p = 0; p < iam_fault_detail(fault)->place_count; p++) {
        CHECK(is_inside(&run->normal, fault->detail->places[p]));
    }
}

static void check_again(struct run *run, struct iam_checker *checker,
                        const struct iam_faults *first)
{
    struct iam_faults second;
    iam_faults_find(checker, &run->arena, &run->normal, run->normal.root, &second);
    CHECK(second.count == first->count);
    CHECK(second.unknown == first->unknown);
    for (size_t i = 0; i < first->count; i++) {
        CHECK(first->items[i].id == second.items[i].id);
        CHECK(first->items[i].node == second.items[i].node);
        CHECK(str_eq(iam_fault_detail(&first->items[i])->text,
                     iam_fault_detail(&second.items[i])->text));
    }
}

/*
 * The same said otherwise: a name hides that a pattern gives a permission, too, and what is redundant is
 * said at the first entry that is known.
 */
static bool is_there_in_another_way(const struct iam_faults *before, const struct iam_fault *fault)
{
    bool pattern = fault->id == FAULT_PASS_PATTERN_ALL || fault->id == FAULT_PASS_PATTERN_NOT ||
                   fault->id == FAULT_LINK_PATTERN_ALL || fault->id == FAULT_LINK_PATTERN_NOT;
    bool redundant = fault->id == FAULT_REDUNDANT_ACTION || fault->id == FAULT_REDUNDANT_RESOURCE ||
                     fault->id == FAULT_STATEMENT_REPEATED;
    return (pattern &&
            iam_faults_at(before, (enum iam_fault_id)((int)fault->id - 2), fault->node)) ||
           (redundant && iam_fault_set_has(&before->present, fault->id));
}

/* A value of a wrong type hides other faults, so these may show where it is unknown. */
static void check_unknown(struct run *run, struct iam_checker *checker,
                          const struct iam_faults *known)
{
    struct iam_faults faults;
    for (size_t i = 0; i < run->normal.count; i++) {
        struct node *node = &run->normal.nodes[i];
        bool hidden = node->kind == NODE_STRING && str_eq(tree_text(&run->normal, node), STR("?"));
        node->kind = hidden ? NODE_UNKNOWN : node->kind;
    }
    iam_faults_find(checker, &run->arena, &run->normal, run->normal.root, &faults);
    bool masked = iam_fault_set_has(&known->present, FAULT_TYPE) ||
                  iam_fault_set_has(&known->present, FAULT_VALUES_MIXED);
    for (size_t i = 0; i < faults.count && !masked && !faults.exhausted; i++) {
        const struct iam_fault *fault = &faults.items[i];
        CHECK(fault->open || iam_faults_at(known, fault->id, fault->node) ||
              is_there_in_another_way(known, fault));
    }
}

static void check_groups(struct run *run, struct iam_checker *checker,
                         const struct iam_faults *parts)
{
    for (int group = FAULTS_OF_REACH; group < FAULT_GROUP_COUNT; group++) {
        struct iam_faults faults;
        iam_faults_find_more(checker, &run->arena, &run->normal, run->normal.root,
                             (enum iam_fault_group)group, parts, &faults);
        for (size_t i = 0; i < faults.count; i++) {
            check_fault(run, &faults, i);
            CHECK((int)iam_fault_group(faults.items[i].id) == group);
            CHECK(iam_fault_detail(&faults.items[i])->text.len > 0);
        }
    }
}

/* One identity policy, as the whole engine decides it. */
static enum truth decide(const struct iam_policy *policy, const struct iam_request *request)
{
    struct iam_level level = {.policies = &policy, .count = 1};
    struct iam_policies policies = {0};
    struct iam_decision decision;
    policies.layers[LAYER_IDENTITY] = (struct iam_layer_policies){&level, 1, true};
    iam_decide(request, &policies, &decision);
    return decision.allowed;
}

static enum truth ask(struct run *run, const struct iam_policy *policy, struct str resource,
                      enum iam_extent extent)
{
    uint64_t budget = 1 << 20;
    struct iam_context context = {.open = true};
    struct iam_request request = {.action = STR("iam:PassRole"),
                                  .resource = resource,
                                  .context = &context,
                                  .arena = &run->arena,
                                  .budget = &budget};
    const struct iam_grants grants = iam_grants_find(&run->arena, policy);
    enum truth allows = iam_policy_allows(&grants, &request, extent);
    request.resource_is_pattern = !str_eq(resource, STR("*"));
    enum truth decided = budget ? decide(policy, &request) : TRUTH_UNKNOWN;
    CHECK(budget == 0 || decided == TRUTH_FALSE || allows != TRUTH_FALSE);
    CHECK(budget == 0 || decided != TRUTH_TRUE || allows == TRUTH_TRUE);
    return budget ? allows : TRUTH_UNKNOWN;
}

static void check_grants(struct run *run)
{
    struct iam_policy policy;
    bool good = iam_policy_decode(&run->arena, &run->normal, run->normal.root, NULL, &policy);
    (void)good;
    enum truth each = ask(run, &policy, STR("arn:aws:iam::*:role/*"), EXTENT_EACH);
    enum truth some = ask(run, &policy, STR("*"), EXTENT_SOME);
    CHECK(each != TRUTH_TRUE || some != TRUTH_FALSE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct run run = {0};
    struct str json = {(const char *)data, size};
    if (read_policy(&run, json)) {
        struct iam_checker checker = {.arena = &run.arena};
        struct iam_faults faults;
        iam_faults_find(&checker, &run.arena, &run.normal, run.normal.root, &faults);
        for (size_t i = 0; i < faults.count; i++) {
            check_fault(&run, &faults, i);
        }
        check_groups(&run, &checker, &faults);
        check_grants(&run);
        if (!faults.exhausted) {
            check_again(&run, &checker, &faults);
        }
        size_t all = iam_policy_size(&run.normal, run.normal.root, true, 0);
        CHECK(iam_policy_size(&run.normal, run.normal.root, false, 0) <= all);
        CHECK(all <= size);
        if (!faults.exhausted) {
            check_unknown(&run, &checker, &faults);
        }
    }
    builder_release(&run.builder);
    arena_release(&run.arena);
    return 0;
}
