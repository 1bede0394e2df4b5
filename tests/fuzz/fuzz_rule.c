/* SPDX-License-Identifier: MIT */
/*
 * Rule files: the input is one. A file that is refused says why, inside its text; one that loads
 * judges a small case and everything else within its steps, and says the same each time.
 */
#include "rule/ruleset.h"
#include "tree/read_yaml.h"

#include "check.h"

struct run {
    struct arena arena, scratch;
    struct sources sources;
    struct atoms atoms;
    struct findings problems, findings;
    struct undecided_list undecided;
    struct kinds kinds;
    struct ruleset set;
};

static const char document[] =
    "gitlab: {kind: GitLabEKSIntegration, region: us-east-1, gitlab: {account_id: "
    "'111122223333'},\n"
    "  provision_role: {arn: 'arn:aws:iam::123456789012:role/gitlab', policies: [!unknown '']},\n"
    "  cluster: {key_pair: ops, subnets: [a, b], node_count: 3}}\n"
    "roles:\n"
    "- arn: arn:aws:iam::123456789012:role/gitlab\n"
    "  name: gitlab\n"
    "  policies: [{Statement: [{Effect: Allow, Action: ['ec2:*'], Resource: ['*']}]}]\n"
    "  managed_policies: !unknown ''\n"
    "  trust_policy: {Statement: [{Effect: Allow, Action: ['sts:AssumeRole'],\n"
    "    Principal: {AWS: ['111122223333']}, Condition: {StringEquals: {'sts:ExternalId': "
    "[x]}}}]}\n"
    "users: []\n"
    "regions: [{name: us-east-1, key_pairs: [{name: dev}, !unknown ''], vpcs: !unknown ''}]\n";

static void start(struct run *run)
{
    sources_init(&run->sources, &run->arena);
    atoms_init(&run->atoms, &run->arena, NULL);
    run->problems.arena = &run->arena;
    run->findings.arena = &run->arena;
    run->undecided.arena = &run->arena;
    CHECK(kinds_load(&run->kinds, &run->arena, &run->sources, &run->atoms,
                     builtin_text(&builtin_rules, builtin_rules.kinds), &run->problems));
    struct rule_loader loader = {
        .arena = &run->arena,
        .sources = &run->sources,
        .atoms = &run->atoms,
        .kinds = &run->kinds,
        .findings = &run->problems,
    };
    ruleset_init(&run->set, &loader, NULL);
}

static const struct rule_texts *texts_of(void *context, struct rule *rule)
{
    (void)context;
    return rule->texts;
}

static void path_at(void *context, struct location at, struct buf *out)
{
    (void)context;
    (void)at;
    buf_add_c(out, "$");
}

static void read_case(struct run *run, struct tree *tree)
{
    struct source *source = sources_add(&run->sources, STR("case"), STR(document));
    tree_init(tree, &run->arena, &run->sources, &run->atoms);
    struct yaml_stream *stream = yaml_open(&run->arena, source, &run->problems);
    CHECK(yaml_read(stream, &run->set.loader.builder, tree) == YAML_DOCUMENT);
    yaml_close(stream);
    for (size_t i = 0; i < tree->count; i++) {
        if (str_eq(tree_tag(tree, &tree->nodes[i]), STR("!unknown"))) {
            tree->nodes[i].kind = NODE_UNKNOWN;
        }
    }
}

static void judge(struct run *run, struct rule *rule)
{
    struct tree tree;
    struct runner runner = {
        .arena = &run->arena,
        .scratch = &run->scratch,
        .sources = &run->sources,
        .findings = &run->findings,
        .undecided = &run->undecided,
        .texts = texts_of,
        .path = path_at,
    };
    read_case(run, &tree);
    enum outcome outcome = rule_run(&runner, rule, &tree, tree.root);
    size_t found = run->findings.count;
    CHECK((outcome == OUTCOME_FAIL) == (found > 0));
    CHECK(outcome != OUTCOME_UNKNOWN || run->undecided.count > 0);
    CHECK(rule_run(&runner, rule, &tree, tree.root) == outcome);
    CHECK(run->findings.count + run->findings.dropped == 2 * found);
    for (size_t i = 0; i < found; i++) {
        CHECK(str_eq(run->findings.items[i].message, run->findings.items[found + i].message));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct run run = {0};
    start(&run);
    struct source *source =
        sources_add(&run.sources, STR("fuzz"), (struct str){(const char *)data, size});
    bool loaded = ruleset_add(&run.set, source);
    size_t errors = 0;
    for (size_t i = 0; i < run.problems.count; i++) {
        const struct finding *problem = &run.problems.items[i];
        CHECK(problem->message.len > 0 && problem->at.source == source->id);
        CHECK(problem->at.span.lo <= problem->at.span.hi);
        CHECK(problem->at.span.hi <= source->bytes.len);
        errors += problem->severity == SEVERITY_ERROR;
    }
    CHECK(loaded == (errors == 0));
    if (loaded) {
        judge(&run, run.set.slots[0].rule);
    }
    ruleset_release(&run.set);
    arena_release(&run.scratch);
    arena_release(&run.arena);
    return 0;
}
