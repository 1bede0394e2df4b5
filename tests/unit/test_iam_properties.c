/* SPDX-License-Identifier: MIT */
/*
 * Properties of decisions on policies that are generated from a fixed seed: what holds of every
 * policy set, whatever it says. A failure prints the seed of its round and the policies.
 */
#include "unit/iam_decide_world.h"

#include <stdlib.h>

enum { ROUNDS = 2000, TEXT_MAX = 12000, COMPLETIONS = 24, PARTS_MAX = 6, SEED = 20240917 };

/* ---- random choices ---- */

struct dice {
    uint64_t state;
};

/* Splitmix64: successive seeds give unrelated numbers. */
static uint32_t roll(struct dice *dice, uint32_t sides)
{
    uint64_t z = dice->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (uint32_t)((z ^ (z >> 31)) >> 32) % sides;
}

#define PICK(dice, list) ((list)[roll((dice), COUNT_OF(list))])

static const char *const actions[] = {"s3:GetObject", "s3:PutObject", "sts:AssumeRole",
                                      "kms:Decrypt"};
static const char *const patterns[] = {
    "*", "s3:*", "s3:Get*", "s3:?utObject", "sts:AssumeRole", "kms:*", "S3:getobject"};
static const char *const resources[] = {"arn:aws:s3:::b/k",
                                        "arn:aws:s3:::b/carlos/k",
                                        "arn:aws:iam::111122223333:role/r",
                                        "arn:aws:iam::444455556666:role/r",
                                        "arn:aws:kms:eu-west-1:111122223333:key/k",
                                        "*"};
static const char *const resource_patterns[] = {"*",
                                                "*",
                                                "*",
                                                "*",
                                                "arn:aws:s3:::b/*",
                                                "arn:aws:s3:::b/${aws:username}/*",
                                                "arn:aws:s3:::b/?",
                                                "arn:aws:iam::*:role/r",
                                                "arn:aws:iam::111122223333:role/*",
                                                "arn:aws:kms:*:*:key/*",
                                                "arn:aws:s3:::b/${aws:username, 'k'}"};
static const char *const callers[] = {"arn:aws:iam::111122223333:user/carlos",
                                      "arn:aws:iam::111122223333:user/carlos",
                                      "arn:aws:sts::111122223333:assumed-role/r/s",
                                      "arn:aws:iam::111122223333:role/r",
                                      "arn:aws:sts::111122223333:assumed-role/r/s",
                                      "arn:aws:iam::111122223333:root",
                                      "arn:aws:sts::111122223333:federated-user/carlos",
                                      "eks.amazonaws.com",
                                      "anonymous",
                                      "arn:aws:iam::111122223333:oidc-provider/i"};
static const char *const principals[] = {
    "\"*\"",
    "{\"AWS\":\"*\"}",
    "{\"AWS\":\"111122223333\"}",
    "{\"AWS\":\"arn:aws:iam::111122223333:user/carlos\"}",
    "{\"AWS\":[\"arn:aws:iam::111122223333:role/r\",\"444455556666\"]}",
    "{\"AWS\":\"arn:aws:sts::111122223333:assumed-role/r/s\"}",
    "{\"Service\":\"eks.amazonaws.com\"}",
    "{\"Federated\":\"arn:aws:iam::111122223333:oidc-provider/i\"}"};
static const char *const operators[] = {"StringEquals",
                                        "StringNotEquals",
                                        "StringLike",
                                        "StringNotLikeIfExists",
                                        "StringEqualsIfExists",
                                        "Null",
                                        "ForAllValues:StringEquals",
                                        "ForAnyValue:StringLike",
                                        "ForAnyValue:StringNotEquals",
                                        "NumericLessThan",
                                        "Bool"};
static const char *const keys[] = {"aws:username", "sts:ExternalId", "aws:PrincipalTag/t", "k:n"};
static const char *const values[] = {
    "carlos", "abc", "true", "false", "7", "", "a*", "${aws:username}", "${k:n, 'carlos'}"};
/* What a request may say; texts that no pattern takes for a variable. */
static const char *const given[] = {"carlos", "abc", "true", "7", "", "a*", "k"};

/* ---- policies ---- */

/* Statements as texts, and how they are put together. */
struct set {
    struct str statements[LAYER_COUNT][PARTS_MAX];
    uint32_t counts[LAYER_COUNT];
};

static const char *quoted(struct arena *arena, const char *text)
{
    struct buf out = buf_with_max(400);
    for (; *text; text++) {
        if (*text == '\'') {
            buf_add_c(&out, "\\u0027");
        } else {
            buf_add_char(&out, *text);
        }
    }
    struct str copy = arena_str(arena, buf_str(&out));
    buf_release(&out);
    return copy.ptr;
}

static bool has_principal(enum iam_layer layer)
{
    return layer == LAYER_RESOURCE || layer == LAYER_ENDPOINT || layer == LAYER_RCP;
}

static struct str make_condition(struct arena *arena, struct dice *dice)
{
    switch (roll(dice, 3)) {
    case 0:
        return arena_format(arena, ",\"Condition\":{\"%s\":{\"%s\":[\"%s\",\"%s\"]}}",
                            PICK(dice, operators), PICK(dice, keys),
                            quoted(arena, PICK(dice, values)), quoted(arena, PICK(dice, values)));
    case 1:
        return arena_format(
            arena, ",\"Condition\":{\"%s\":{\"%s\":\"%s\"},\"Null\":{\"%s\":\"%s\"}}",
            operators[roll(dice, 5)], PICK(dice, keys), quoted(arena, PICK(dice, values)),
            PICK(dice, keys), roll(dice, 2) ? "true" : "false");
    default:
        return STR("");
    }
}

static struct str make_statement(struct arena *arena, struct dice *dice, enum iam_layer layer,
                                 const char *effect)
{
    struct str principal = {0};
    struct str condition = make_condition(arena, dice);
    if (has_principal(layer)) {
        bool negated = roll(dice, 8) == 0;
        principal = arena_format(arena, "\"%sPrincipal\":%s,", negated ? "Not" : "",
                                 PICK(dice, principals));
    }
    return arena_format(arena,
                        "{\"Effect\":\"%s\",%.*s\"%sAction\":[\"%s\",\"%s\"],\"%sResource\":\"%s\""
                        "%.*s}",
                        effect, STR_ARG(principal), roll(dice, 8) ? "" : "Not",
                        PICK(dice, patterns), PICK(dice, patterns), roll(dice, 8) ? "" : "Not",
                        quoted(arena, PICK(dice, resource_patterns)), STR_ARG(condition));
}

static void make_set(struct arena *arena, struct dice *dice, struct set *set)
{
    bool few = roll(dice, 2); /* many layers rarely allow anything */
    for (size_t i = 0; i < LAYER_COUNT; i++) {
        bool wanted = i == LAYER_IDENTITY || roll(dice, few ? 12 : 3) == 0;
        set->counts[i] = wanted ? 1 + roll(dice, PARTS_MAX - 2) : 0;
        for (uint32_t n = 0; n < set->counts[i]; n++) {
            set->statements[i][n] =
                make_statement(arena, dice, (enum iam_layer)i, roll(dice, 6) ? "Allow" : "Deny");
        }
    }
}

/* How the statements of a layer become policies. */
enum layout { ONE_POLICY, REVERSED, ONE_EACH };

static const char *layer_text(struct arena *arena, const struct set *set, enum iam_layer layer,
                              enum layout layout)
{
    uint32_t count = set->counts[layer];
    struct buf out = buf_with_max(TEXT_MAX);
    if (count == 0) {
        return NULL;
    }
    buf_add_c(&out, "[{\"Version\":\"2012-10-17\",\"Statement\":[");
    for (uint32_t i = 0; i < count; i++) {
        const char *between =
            layout == ONE_EACH ? "]},{\"Version\":\"2012-10-17\",\"Statement\":[" : ",";
        buf_add_c(&out, i ? between : "");
        buf_add(&out, set->statements[layer][layout == REVERSED ? count - 1 - i : i]);
    }
    buf_add_c(&out, "]}]");
    assert_false(out.truncated);
    struct str copy = arena_str(arena, buf_str(&out));
    buf_release(&out);
    return copy.ptr;
}

/* ---- rounds ---- */

struct round {
    struct arena arena;
    struct dice dice;
    uint64_t seed;
    struct set set;
    struct question question;
    struct str context;
};

/* {"key": ["value"], …}; without `complete`, keys may be left out or have an unknown value. */
static struct str make_context(struct round *r, bool complete)
{
    struct buf out = buf_with_max(TEXT_MAX);
    buf_add_char(&out, '{');
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        uint32_t kind = roll(&r->dice, complete ? 3 : 5);
        if (kind == 4) {
            continue; /* nothing is said of it */
        }
        buf_printf(&out, "%s\"%s\":", out.len > 1 ? "," : "", keys[i]);
        if (kind == 0) {
            buf_add_c(&out, "null");
        } else if (kind == 3) {
            buf_add_c(&out, "true");
        } else if (kind == 2) {
            buf_printf(&out, "[\"%s\",\"%s\"]", PICK(&r->dice, given), PICK(&r->dice, given));
        } else {
            buf_printf(&out, "[\"%s\"]", PICK(&r->dice, given));
        }
    }
    buf_add_char(&out, '}');
    struct str copy = arena_str(&r->arena, buf_str(&out));
    buf_release(&out);
    return copy;
}

static void lay_out(struct round *r, const struct set *set, enum layout layout,
                    struct question *question)
{
    struct arena *arena = &r->arena;
    question->identity = layer_text(arena, set, LAYER_IDENTITY, layout);
    question->resource_policy = layer_text(arena, set, LAYER_RESOURCE, layout);
    question->boundary = layer_text(arena, set, LAYER_BOUNDARY, layout);
    question->session = layer_text(arena, set, LAYER_SESSION, layout);
    question->endpoint = layer_text(arena, set, LAYER_ENDPOINT, layout);
    question->scp[0] = layer_text(arena, set, LAYER_SCP, layout);
    question->rcp[0] = layer_text(arena, set, LAYER_RCP, layout);
}

static void round_start(struct round *r, uint64_t number)
{
    *r = (struct round){.seed = SEED + number};
    r->dice.state = r->seed << 20;
    make_set(&r->arena, &r->dice, &r->set);
    r->context = make_context(r, true);
    r->question = (struct question){
        .action = PICK(&r->dice, actions),
        .resource = PICK(&r->dice, resources),
        .caller = PICK(&r->dice, callers),
        .context = r->context.ptr,
        .owner = roll(&r->dice, 4) ? NULL : "444455556666",
    };
    lay_out(r, &r->set, ONE_POLICY, &r->question);
}

static void show(const char *name, const char *text)
{
    if (text) {
        print_error("  %s: %s\n", name, text);
    }
}

_Noreturn static void round_fails(const struct round *r, const struct question *q, const char *why)
{
    print_error("seed %llu: %s\n", (unsigned long long)r->seed, why);
    show("action", q->action);
    show("resource", q->resource);
    show("caller", q->caller);
    show("owner", q->owner);
    show("context", q->context);
    show("identity", q->identity);
    show("resource policy", q->resource_policy);
    show("boundary", q->boundary);
    show("session", q->session);
    show("endpoint", q->endpoint);
    show("scp", q->scp[0]);
    show("rcp", q->rcp[0]);
    fail();
    abort();
}

/* What counts of an answer; the texts are gone with the world. */
struct verdict {
    enum truth allowed;
    enum iam_outcome outcome;
    enum iam_layer decided_by;
    size_t matched, missing;
};

static struct verdict ask(const struct question *question)
{
    struct world w;
    struct iam_decision decision;
    world_open(&w);
    world_decide(&w, question, &decision);
    struct verdict verdict = {decision.allowed, decision.outcome, decision.decided_by,
                              decision.matched.count, decision.missing_count};
    world_close(&w);
    return verdict;
}

static bool is_same(struct verdict a, struct verdict b)
{
    return a.allowed == b.allowed && a.outcome == b.outcome && a.decided_by == b.decided_by &&
           a.matched == b.matched && a.missing == b.missing;
}

static void add_statement(struct round *r, struct set *set, enum iam_layer layer,
                          struct str statement)
{
    uint32_t at = roll(&r->dice, set->counts[layer] + 1);
    for (uint32_t i = set->counts[layer]; i > at; i--) {
        set->statements[layer][i] = set->statements[layer][i - 1];
    }
    set->statements[layer][at] = statement;
    set->counts[layer]++;
}

/* ---- properties ---- */

static void a_closed_context_is_always_decided(struct round *r, struct verdict before)
{
    if (before.allowed == TRUTH_UNKNOWN) {
        round_fails(r, &r->question, "undecided");
    }
}

static void order_and_division_do_not_matter(struct round *r, struct verdict before)
{
    static const enum layout layouts[] = {REVERSED, ONE_EACH};
    for (size_t i = 0; i < COUNT_OF(layouts); i++) {
        struct question question = r->question;
        lay_out(r, &r->set, layouts[i], &question);
        if (!is_same(ask(&question), before)) {
            round_fails(r, &question,
                        i ? "divided, it is decided otherwise"
                          : "in another order it is decided otherwise");
        }
    }
}

/* A layer that was not given comes into being with it, which can only take away. */
static void a_deny_never_allows(struct round *r, struct verdict before)
{
    struct set set = r->set;
    struct question question = r->question;
    enum iam_layer layer = (enum iam_layer)roll(&r->dice, LAYER_COUNT);
    if (set.counts[layer] == 0 && layer != LAYER_RESOURCE) {
        layer = LAYER_IDENTITY;
    }
    add_statement(r, &set, layer, make_statement(&r->arena, &r->dice, layer, "Deny"));
    lay_out(r, &set, ONE_POLICY, &question);
    struct verdict after = ask(&question);
    if (after.allowed == TRUTH_TRUE && before.allowed != TRUTH_TRUE) {
        round_fails(r, &question, "a Deny allows");
    }
    if (before.outcome == OUTCOME_EXPLICIT_DENY && after.outcome != OUTCOME_EXPLICIT_DENY) {
        round_fails(r, &question, "a Deny undoes another");
    }
}

static void an_allow_never_undoes_a_deny(struct round *r, struct verdict before)
{
    struct set set = r->set;
    struct question question = r->question;
    add_statement(r, &set, LAYER_IDENTITY,
                  make_statement(&r->arena, &r->dice, LAYER_IDENTITY, "Allow"));
    lay_out(r, &set, ONE_POLICY, &question);
    struct verdict after = ask(&question);
    if ((before.outcome == OUTCOME_EXPLICIT_DENY) != (after.outcome == OUTCOME_EXPLICIT_DENY)) {
        round_fails(r, &question, "an Allow changes whether a Deny matches");
    }
    if (before.allowed == TRUTH_TRUE && after.allowed != TRUTH_TRUE) {
        round_fails(r, &question, "an Allow takes away");
    }
}

static void what_is_about_other_actions_changes_nothing(struct round *r, struct verdict before)
{
    struct set set = r->set;
    struct question question = r->question;
    for (size_t i = 0; i < LAYER_COUNT; i++) {
        struct str statement = STR("{\"Effect\":\"Deny\",\"Action\":\"eks:*\",\"Resource\":\"*\","
                                   "\"Condition\":{\"Bool\":{\"no:key\":\"true\"}}}");
        if (has_principal((enum iam_layer)i)) {
            statement = STR("{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"eks:*\","
                            "\"Resource\":\"*\"}");
        }
        if (set.counts[i]) {
            add_statement(r, &set, (enum iam_layer)i, statement);
        }
    }
    lay_out(r, &set, ONE_POLICY, &question);
    if (!is_same(ask(&question), before)) {
        round_fails(r, &question, "an irrelevant statement counts");
    }
}

static void holds_in_every_round(void (*property)(struct round *r, struct verdict before))
{
    size_t outcomes[] = {
        [OUTCOME_ALLOWED] = 0, [OUTCOME_IMPLICIT_DENY] = 0, [OUTCOME_EXPLICIT_DENY] = 0};
    for (uint64_t number = 0; number < ROUNDS; number++) {
        struct round r;
        round_start(&r, number);
        struct verdict verdict = ask(&r.question);
        outcomes[verdict.outcome]++;
        property(&r, verdict);
        arena_release(&r.arena);
    }
    /* None is rare, or nothing was shown. */
    for (size_t i = 0; i < COUNT_OF(outcomes); i++) {
        assert_true(outcomes[i] > ROUNDS / 20);
    }
}

static void a_closed_context_never_leaves_the_answer_open(void **state)
{
    (void)state;
    holds_in_every_round(a_closed_context_is_always_decided);
}

static void the_order_of_statements_and_policies_never_matters(void **state)
{
    (void)state;
    holds_in_every_round(order_and_division_do_not_matter);
}

static void adding_a_deny_never_allows(void **state)
{
    (void)state;
    holds_in_every_round(a_deny_never_allows);
}

static void adding_an_allow_to_the_caller_never_takes_away(void **state)
{
    (void)state;
    holds_in_every_round(an_allow_never_undoes_a_deny);
}

static void an_irrelevant_statement_never_matters(void **state)
{
    (void)state;
    holds_in_every_round(what_is_about_other_actions_changes_nothing);
}

/* ---- what is open ---- */

/* A closed context that says what an open one says, and something of what it leaves open. */
static struct str complete(struct round *r, const char *open)
{
    struct world w;
    struct iam_context context;
    struct question question = {.context = open};
    struct buf out = buf_with_max(TEXT_MAX);
    world_open(&w);
    world_context(&w, &question, &context);
    buf_add_char(&out, '{');
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        const struct iam_key *key = NULL;
        (void)iam_context_find(&context, str_from_c(keys[i]), &key);
        if (!key && roll(&r->dice, 3) == 0) {
            continue; /* it was open, and is absent */
        }
        buf_printf(&out, "%s\"%s\":", out.len > 1 ? "," : "", keys[i]);
        if (key && key->absent) {
            buf_add_c(&out, "null");
            continue;
        }
        uint32_t count = key && !key->unknown ? key->count : 1 + roll(&r->dice, 2);
        for (uint32_t n = 0; n < count; n++) {
            struct str value =
                key && !key->unknown ? key->values[n] : str_from_c(PICK(&r->dice, given));
            buf_printf(&out, "%s\"%.*s\"", n ? "," : "[", STR_ARG(value));
        }
        buf_add_c(&out, count ? "]" : "[]");
    }
    buf_add_char(&out, '}');
    struct str text = arena_str(&r->arena, buf_str(&out));
    buf_release(&out);
    world_close(&w);
    return text;
}

/* What is decided while keys are open is decided so whatever they turn out to be. */
static void what_is_decided_early_stays_decided(void **state)
{
    size_t decided = 0;
    size_t open = 0;
    (void)state;
    for (uint64_t number = 0; number < ROUNDS; number++) {
        struct round r;
        round_start(&r, number);
        struct question question = r.question;
        question.context = make_context(&r, false).ptr;
        question.open = true;
        struct verdict early = ask(&question);
        decided += early.allowed != TRUTH_UNKNOWN;
        open += early.allowed == TRUTH_UNKNOWN;
        for (size_t i = 0; early.allowed != TRUTH_UNKNOWN && i < COMPLETIONS; i++) {
            struct question closed = r.question;
            closed.context = complete(&r, question.context).ptr;
            if (ask(&closed).allowed != early.allowed) {
                print_error("  open: %s\n", question.context);
                round_fails(&r, &closed, "decided early, and otherwise later");
            }
        }
        arena_release(&r.arena);
    }
    assert_true(decided > ROUNDS / 10);
    assert_true(open > ROUNDS / 30);
}

/* ---- resources by pattern ---- */

/* A resource that the pattern stands for. */
static struct str sample(struct round *r, const char *pattern)
{
    static const char *const fillings[] = {"", "k", "carlos/k", "carlos", "role", "x/y/z"};
    struct buf out = buf_with_max(TEXT_MAX);
    for (; *pattern; pattern++) {
        if (*pattern == '*') {
            buf_add_c(&out, PICK(&r->dice, fillings));
        } else {
            buf_add_char(&out, *pattern == '?' ? "krz"[roll(&r->dice, 3)] : *pattern);
        }
    }
    struct str text = arena_str(&r->arena, buf_str(&out));
    buf_release(&out);
    return text;
}

static void what_is_decided_of_a_pattern_holds_of_each_resource(void **state)
{
    static const char *const about[] = {"arn:aws:s3:::b/*", "arn:aws:s3:::b/car*/k",
                                        "arn:aws:s3:::b/?", "arn:aws:s3:::*",
                                        "arn:aws:iam::111122223333:role/*"};
    size_t decided = 0;
    size_t open = 0;
    (void)state;
    for (uint64_t number = 0; number < ROUNDS; number++) {
        struct round r;
        round_start(&r, number);
        struct question question = r.question;
        question.resource = PICK(&r.dice, about);
        question.pattern = true;
        struct verdict early = ask(&question);
        decided += early.allowed != TRUTH_UNKNOWN;
        open += early.allowed == TRUTH_UNKNOWN;
        for (size_t i = 0; early.allowed != TRUTH_UNKNOWN && i < COMPLETIONS; i++) {
            struct question concrete = r.question;
            concrete.resource = sample(&r, question.resource).ptr;
            if (ask(&concrete).allowed != early.allowed) {
                print_error("  pattern: %s\n", question.resource);
                round_fails(&r, &concrete, "a resource of the pattern is decided otherwise");
            }
        }
        arena_release(&r.arena);
    }
    assert_true(decided > ROUNDS / 10);
    assert_true(open > ROUNDS / 60);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_closed_context_never_leaves_the_answer_open),
        cmocka_unit_test(the_order_of_statements_and_policies_never_matters),
        cmocka_unit_test(adding_a_deny_never_allows),
        cmocka_unit_test(adding_an_allow_to_the_caller_never_takes_away),
        cmocka_unit_test(an_irrelevant_statement_never_matters),
        cmocka_unit_test(what_is_decided_early_stays_decided),
        cmocka_unit_test(what_is_decided_of_a_pattern_holds_of_each_resource),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
