/* SPDX-License-Identifier: MIT */
/* Results made by hand, for the tests of the reports. */
#ifndef EKSLINT_TESTS_UNIT_REPORT_WORLD_H
#define EKSLINT_TESTS_UNIT_REPORT_WORLD_H

#include "support.h"

#include "report/report.h"

/* A run's results, and what they are made of. */
struct world {
    struct arena arena;
    struct sources sources;
    struct findings findings;
    struct results results;
    struct report report;
    struct buf out;
};

static inline struct world *world_new(void)
{
    struct world *world = test_calloc(1, sizeof *world);
    sources_init(&world->sources, &world->arena);
    world->findings.arena = &world->arena;
    world->results.findings = &world->findings;
    world->report = (struct report){
        .results = &world->results,
        .sources = &world->sources,
        .scratch = &world->arena,
        .version = STR("0.1.0"),
        .catalogue = STR("2026-08-31"),
        .width = 80,
        .quiet = true,
    };
    world->out = buf_with_max(1 << 24);
    return world;
}

static inline void world_free(struct world *world)
{
    buf_release(&world->out);
    arena_release(&world->arena);
    test_free(world);
}

static inline struct location place_at(struct world *world, struct str name, struct str bytes,
                                       uint32_t lo, uint32_t hi)
{
    struct source *source = sources_add(&world->sources, name, bytes);
    return (struct location){source->id, {lo, hi}};
}

static inline struct finding *add_finding(struct world *world, struct location where)
{
    return findings_error(&world->findings, STR("r/x"), where, "bad");
}

/* The report in a format; valid until the next one. */
static inline struct str write_as(struct world *world, const char *format)
{
    const struct report_format *found = report_find(str_from_c(format));
    assert_non_null(found);
    buf_release(&world->out);
    found->write(&world->report, &world->out);
    assert_false(world->out.truncated);
    return buf_str(&world->out);
}

static inline void add_undecided(struct world *world, struct str rule, struct str command)
{
    struct undecided_list *list = &world->results.undecided;
    list->arena = &world->arena;
    list->items =
        arena_grow(list->arena, list->items, list->count, &list->capacity, sizeof *list->items);
    list->items[list->count++] = (struct undecided){
        .rule = rule,
        .stage = STR("load-form"),
        .at = {0, {3, 6}},
        .needs = STR("$.regions[*].key_pairs"),
        .collect = command,
    };
}

/* A finding with everything that a report shows. */
static inline void add_full(struct world *world)
{
    static const struct str symptoms[] = {
        STR_INIT("Validation failed: Role ARN must be a valid Amazon Resource Name"),
        STR_INIT("Access denied: User: arn:aws:iam::111122223333:user/gitlab is not authorized to "
                 "perform: sts:AssumeRole"),
    };
    static const struct str docs[] = {STR_INIT("https://example.com/")};
    struct location where =
        place_at(world, STR("gitlab-eks.yaml"),
                 STR("region: x\nrole:\n  arn: arn:aws:iam::12345:role/x\n"), 23, 48);
    struct finding finding = {
        .rule = STR("gitlab/role-arn-invalid"),
        .severity = SEVERITY_ERROR,
        .has_location = true,
        .at = where,
        .path = STR("$['role']['arn']"),
        .kind = STR("gitlab-eks"),
        .message = STR("the account id '12345' in the role ARN has 5 digits, and AWS account ids "
                       "have 12\n"),
        .fix = STR("copy the ARN from the role's page in the IAM console:\n"
                   "  arn:aws:iam::123456789012:role/x\n"),
        .stage = STR("authenticate"),
        .fingerprint = STR("0123abcd"),
        .symptoms = symptoms,
        .symptom_count = COUNT_OF(symptoms),
        .docs = docs,
        .doc_count = COUNT_OF(docs),
    };
    struct finding *kept = findings_add(&world->findings, &finding);
    finding_relate(&world->findings, kept, (struct location){where.source, {8, 9}},
                   STR("the region is given here"));
    world->results.errors = 1;
    world->results.files = 3;
    world->results.documents = 4;
    world->results.skipped_files = 1;
    world->results.rules = (struct rule_tally){1, 61, 20, 1};
}

#endif
