/* SPDX-License-Identifier: MIT */
/*
 * Managed policies of AWS by their ARN. They are few, so that they are looked for one after the
 * other; reading one costs some ten microseconds, and only cases that attach it pay.
 */
#include "rule/managed.h"

#include "aws/arn.h"
#include "aws/moment.h"
#include "tree/read_json.h"

#include <assert.h>

/* ---- decoding a definition ---- */

static bool fail(struct findings *findings, const struct node *at, const char *what)
{
    if (findings) {
        findings_error(findings, STR("rule/managed"), node_location(at), "%s", what);
    }
    return false;
}

static bool check_members(const struct tree *tree, const struct node *root,
                          struct findings *findings)
{
    static const struct str names[] = {STR_INIT("arn"), STR_INIT("date"), STR_INIT("policy"),
                                       STR_INIT("perhaps")};
    struct moment date;
    if (!moment_parse(tree_string(tree, root, STR("date")), &date)) {
        return fail(findings, root, "a managed policy has the 'date' of its version");
    }
    if (!managed_policy_resource(tree_string(tree, root, STR("arn"))).len) {
        return fail(findings, root, "a managed policy has an 'arn' of the account aws");
    }
    for (uint32_t i = 0; i < node_size(root); i++) {
        struct str name = tree_text(tree, tree_key(tree, root, i));
        bool listed = false;
        for (size_t n = 0; n < COUNT_OF(names); n++) {
            listed = listed || str_eq(name, names[n]);
        }
        if (!listed) {
            return fail(findings, tree_key(tree, root, i), "a managed policy has no such key");
        }
    }
    return true;
}

/* Statements of one policy, and those of another that it may have. */
static void join_statements(struct arena *arena, struct iam_policy *policy,
                            const struct iam_policy *perhaps)
{
    uint32_t count = policy->statement_count + perhaps->statement_count;
    struct iam_statement *all = arena_array(arena, struct iam_statement, count);
    for (uint32_t i = 0; i < count; i++) {
        bool certain = i < policy->statement_count;
        all[i] = certain ? policy->statements[i] : perhaps->statements[i - policy->statement_count];
        all[i].perhaps = !certain;
    }
    policy->statements = all;
    policy->statement_count = count;
}

bool managed_policy_decode(struct arena *arena, const struct tree *tree, const struct node *root,
                           struct findings *findings, struct iam_policy *policy)
{
    const struct node *said = tree_member(tree, root, STR("policy"));
    const struct node *more = tree_member(tree, root, STR("perhaps"));
    struct iam_policy perhaps = {0};
    if (!check_members(tree, root, findings)) {
        return false;
    }
    if (!said) {
        return fail(findings, root, "a managed policy has a 'policy'");
    }
    if (!iam_policy_decode(arena, tree, said, findings, policy) ||
        (more && !iam_policy_decode(arena, tree, more, findings, &perhaps))) {
        return false;
    }
    join_statements(arena, policy, &perhaps);
    return true;
}

/* ---- the library ---- */

struct str managed_policy_resource(struct str arn)
{
    struct arn parts;
    bool managed = arn_parse(arn, &parts) && str_eq(parts.service, STR("iam")) &&
                   parts.region.len == 0 && str_eq(parts.account, STR("aws")) &&
                   str_starts(parts.resource, STR("policy/"));
    return managed ? parts.resource : (struct str){0};
}

/* NULL where it cannot be read, which is a bug: it was checked when the program was built. */
static const struct iam_policy *read_policy(struct managed_policies *managed, struct str json)
{
    struct builder builder = {0};
    struct findings findings = {.arena = managed->arena};
    struct tree *tree = arena_new(managed->arena, struct tree);
    struct iam_policy *policy = arena_new(managed->arena, struct iam_policy);
    tree_init(tree, managed->arena, managed->sources, managed->atoms);
    struct source *source = sources_add(managed->sources, STR("built-in managed policy"), json);
    bool read = json_read_whole(&builder, tree, source, &findings) &&
                managed_policy_decode(managed->arena, tree, tree->root, &findings, policy);
    builder_release(&builder);
    assert(read);
    return read ? policy : NULL;
}

static const struct iam_policy *find_policy(void *context, struct str arn)
{
    struct managed_policies *managed = context;
    struct str resource = managed_policy_resource(arn);
    size_t count = managed->builtin ? managed->builtin->managed_count : 0;
    for (size_t i = 0; resource.len && i < count; i++) {
        const struct builtin_managed *row = &managed->builtin->managed[i];
        if (!str_eq(builtin_text(managed->builtin, row->resource), resource)) {
            continue;
        }
        if (!managed->decoded) {
            managed->decoded = arena_array(managed->arena, const struct iam_policy *, count);
        }
        if (!managed->decoded[i]) {
            managed->decoded[i] =
                read_policy(managed, builtin_text(managed->builtin, row->definition));
        }
        return managed->decoded[i];
    }
    return NULL;
}

void managed_policies_init(struct managed_policies *managed, struct arena *arena,
                           struct sources *sources, struct atoms *atoms,
                           const struct builtin_rules *builtin)
{
    *managed = (struct managed_policies){
        .arena = arena,
        .sources = sources,
        .atoms = atoms,
        .builtin = builtin,
        .library = {.find = find_policy, .context = managed},
    };
}
