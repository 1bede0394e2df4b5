/* SPDX-License-Identifier: MIT */
#include "rule/witness.h"

/* What in a policy stands in the way, in words; nothing for other faults. */
static struct str witness_text(const struct runner *runner, const struct rule_witness *witness)
{
    static const struct {
        struct str fault;
        const char *text[LANGUAGE_COUNT];
    } rows[] = {
        {STR_INIT("deny"),
         {"this Deny matches %.*s on %.*s", "このDenyは %.*s（リソース %.*s）に一致します"}},
        {STR_INIT("action"),
         {"the nearest Allow to %.*s on %.*s lists other actions",
          "%.*s（リソース %.*s）に最も近いAllowですが、アクションが異なります"}},
        {STR_INIT("principal"),
         {"the nearest Allow to %.*s on %.*s names other principals",
          "%.*s（リソース %.*s）に最も近いAllowですが、プリンシパルが異なります"}},
        {STR_INIT("resource"),
         {"the nearest Allow to %.*s on %.*s is about other resources",
          "%.*s（リソース %.*s）に最も近いAllowですが、対象のリソースが異なります"}},
        {STR_INIT("condition"),
         {"the nearest Allow to %.*s on %.*s has a condition that is not met",
          "%.*s（リソース %.*s）に最も近いAllowですが、条件が満たされません"}},
        {STR_INIT("boundary"),
         {"the permissions boundary does not allow %.*s on %.*s; this is its nearest statement",
          "アクセス許可の境界が %.*s（リソース "
          "%.*s）を許可していません。最も近いステートメントです"}},
    };
    struct str resource = witness->resource.len ? witness->resource : STR("-");
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (str_eq(rows[i].fault, witness->fault)) {
            return arena_format(runner->arena, rows[i].text[runner->language],
                                STR_ARG(witness->action), STR_ARG(resource));
        }
    }
    return (struct str){0};
}

/* Is one place inside the other? Then a second mention says nothing new. */
static bool same_spot(struct location a, struct location b)
{
    return a.source == b.source && a.span.lo <= b.span.hi && b.span.lo <= a.span.hi;
}

void witness_relate(const struct runner *runner, const struct rule_witness *witness,
                    struct finding *finding)
{
    if (finding && witness->node && !same_spot(finding->at, node_location(witness->node))) {
        struct str text = witness_text(runner, witness);
        if (text.len) {
            finding_relate(runner->findings, finding, node_location(witness->node), text);
        }
    }
}
