/* SPDX-License-Identifier: MIT */
/*
 * Policies against requests: the first line of the input is a policy, the rest a context, {"key":
 * value or list, …}; the string "?" stands for what is not known. What is decided while something
 * is unknown stays decided whatever it turns out to be; where all is known, all is decided; and
 * operators, their opposites, IfExists and the set operators agree with each other.
 */
#include "iam/match.h"
#include "model/policy.h"
#include "tree/read_json.h"

#include "check.h"

enum {
    UNKNOWNS_MAX = 64,
    NODES_MAX = 20000,
    BUDGET = 100000000,
    SHORT_MAX = 500, /* of an input whose variables cannot grow beyond what is put in */
    CALLER_COUNT = 6
};

struct document {
    struct tree tree;
    struct node *unknowns[UNKNOWNS_MAX];
    size_t unknown_count;
};

struct run {
    struct arena arena;
    struct sources sources;
    struct atoms atoms;
    struct findings findings;
    struct builder builder;
    struct document policy, context;
    struct iam_caller callers[CALLER_COUNT];
};

/* ---- reading ---- */

static bool read_document(struct run *run, struct str json, struct document *document)
{
    struct tree *tree = &document->tree;
    tree_init(tree, &run->arena, &run->sources, &run->atoms);
    struct source *source = sources_add(&run->sources, STR("fuzz"), json);
    if (!json_read_whole(&run->builder, tree, source, &run->findings)) {
        return false;
    }
    for (size_t i = 0; i < tree->count && document->unknown_count < UNKNOWNS_MAX; i++) {
        struct node *node = &tree->nodes[i];
        if (node->kind == NODE_STRING && str_eq(tree_text(tree, node), STR("?"))) {
            document->unknowns[document->unknown_count++] = node;
        }
    }
    return tree->count <= NODES_MAX;
}

static void set_unknowns(struct document *document, bool unknown)
{
    for (size_t i = 0; i < document->unknown_count; i++) {
        document->unknowns[i]->kind = unknown ? NODE_UNKNOWN : NODE_STRING;
        document->unknowns[i]->count = unknown ? 0 : 1;
    }
}

static struct iam_context make_context(struct run *run, bool open)
{
    const struct tree *tree = &run->context.tree;
    uint32_t count = node_size(tree->root);
    struct iam_key *keys = arena_array(&run->arena, struct iam_key, count);
    for (uint32_t i = 0; i < count; i++) {
        bool object = tree->root->kind == NODE_OBJECT;
        const struct node *value = object ? tree_value(tree, tree->root, i) : tree->root;
        bool list = value->kind == NODE_ARRAY;
        keys[i].count = list ? node_size(value) : 1;
        struct str *values = arena_array(&run->arena, struct str, keys[i].count);
        for (uint32_t k = 0; k < keys[i].count; k++) {
            const struct node *item = list ? tree_element(tree, value, k) : value;
            values[k] = tree_text(tree, item);
            keys[i].unknown = keys[i].unknown || item->kind == NODE_UNKNOWN;
        }
        keys[i].name = object ? tree_text(tree, tree_key(tree, tree->root, i)) : STR("k");
        keys[i].values = values;
        keys[i].absent = value->kind == NODE_NULL;
    }
    return (struct iam_context){.keys = keys, .count = count, .open = open};
}

/* ---- the tests of conditions ---- */

static enum truth met(struct run *run, const struct iam_test *test,
                      const struct iam_context *context)
{
    uint64_t budget = BUDGET;
    struct iam_request request = {.context = context, .arena = &run->arena, .budget = &budget};
    return iam_test_met(test, &request);
}

static const struct iam_operator *opposite_of(const struct iam_operator *compare)
{
    for (size_t i = 0; i < iam_operator_count; i++) {
        const struct iam_operator *other = &iam_operators[i];
        if (other->family == compare->family && other->comparison == compare->comparison &&
            other->negated != compare->negated) {
            return other;
        }
    }
    return NULL;
}

/* "All are not" is the opposite of "any is"; a negated operator is the opposite of its own. */
static void check_opposite(struct run *run, const struct iam_test *test,
                           const struct iam_context *context)
{
    struct iam_test plain = *test;
    plain.if_exists = false;
    struct iam_test other = plain;
    other.compare = opposite_of(test->compare);
    if (test->quantifier != QUANTIFIER_NONE) {
        other.quantifier = test->quantifier == QUANTIFIER_ALL ? QUANTIFIER_ANY : QUANTIFIER_ALL;
    }
    if (other.compare) {
        CHECK(met(run, &plain, context) == truth_not(met(run, &other, context)));
    }
}

static void check_if_exists(struct run *run, const struct iam_test *test,
                            const struct iam_context *context)
{
    struct iam_test lax = *test;
    struct iam_test strict = *test;
    const struct iam_key *key = NULL;
    lax.if_exists = true;
    strict.if_exists = false;
    enum iam_presence presence = iam_context_find(context, test->name, &key);
    if (test->compare->family == FAMILY_NULL) {
        return;
    }
    if (presence == KEY_ABSENT) {
        CHECK(met(run, &lax, context) == TRUTH_TRUE);
    } else if (presence == KEY_PRESENT && key->count > 0) {
        CHECK(met(run, &lax, context) == met(run, &strict, context));
    } else if (met(run, &strict, context) == TRUTH_TRUE) {
        CHECK(met(run, &lax, context) != TRUTH_FALSE);
    }
}

static bool is_decided(const struct run *run, size_t size)
{
    return run->policy.unknown_count == 0 && run->context.unknown_count == 0 && size <= SHORT_MAX;
}

static void check_tests(struct run *run, const struct iam_statement *statement,
                        const struct iam_context *closed, const struct iam_context *open,
                        size_t size)
{
    for (uint32_t i = 0; i < statement->test_count; i++) {
        const struct iam_test *test = &statement->tests[i];
        enum truth sure = met(run, test, closed);
        enum truth unsure = met(run, test, open);
        CHECK(unsure == TRUTH_UNKNOWN || unsure == sure);
        CHECK(sure != TRUTH_UNKNOWN || statement->faulty || !is_decided(run, size));
        check_opposite(run, test, closed);
        check_opposite(run, test, open);
        check_if_exists(run, test, closed);
        check_if_exists(run, test, open);
    }
}

/* ---- principals ---- */

static void check_naming(const struct run *run, const struct iam_statement *statement,
                         const struct iam_caller *caller)
{
    bool deny = statement->effect == EFFECT_DENY;
    uint64_t budget = BUDGET;
    struct iam_naming_truth sure =
        iam_principals_name(&statement->principal, deny, caller, false, &budget);
    struct iam_naming_truth unsure =
        iam_principals_name(&statement->principal, deny, caller, true, &budget);
    CHECK(sure.at_least[NAMED_NOT] == TRUTH_TRUE);
    for (size_t i = NAMED_ACCOUNT; i < NAMING_COUNT; i++) {
        CHECK(unsure.at_least[i] == TRUTH_UNKNOWN || unsure.at_least[i] == sure.at_least[i]);
        /* Who is named more directly is named less directly, too. */
        CHECK(sure.at_least[i] == TRUTH_FALSE || sure.at_least[i - 1] != TRUTH_FALSE);
        CHECK(sure.at_least[i] != TRUTH_TRUE || sure.at_least[i - 1] == TRUTH_TRUE);
        CHECK(sure.at_least[i] != TRUTH_UNKNOWN || caller->kind == CALLER_UNKNOWN ||
              statement->faulty || run->policy.unknown_count > 0);
    }
}

static void check_caller(struct str text)
{
    struct iam_caller caller;
    if (iam_caller_parse(text, &caller)) {
        bool session = caller.kind == CALLER_ROLE || caller.kind == CALLER_SESSION;
        CHECK(str_eq(caller.text, text));
        CHECK(caller.account.len == 0 || caller.account.len == 12);
        CHECK((caller.role.len > 0) == session);
        CHECK(session || !caller.service_linked);
    }
}

static void check_principals(const struct run *run, const struct iam_statement *statement)
{
    for (size_t i = 0; i < CALLER_COUNT; i++) {
        check_naming(run, statement, &run->callers[i]);
    }
    for (size_t i = 0; i < SORT_COUNT; i++) {
        const struct iam_texts *texts = &statement->principal.sorts[i];
        for (uint32_t k = 0; k < texts->count; k++) {
            check_caller(texts->items[k].text);
        }
    }
}

/* ---- whole statements ---- */

static enum truth matches(struct run *run, const struct iam_statement *statement,
                          const struct iam_context *context)
{
    uint64_t budget = BUDGET;
    struct iam_request request = {
        .action = STR("s3:GetObject"),
        .resource = STR("arn:aws:s3:::bucket/key"),
        .caller = &run->callers[0],
        .context = context,
        .arena = &run->arena,
        .budget = &budget,
    };
    struct iam_match match = iam_statement_match(statement, &request, true);
    return iam_match_all(&match, statement, NAMED_ACCOUNT);
}

static struct tree *normal_form(struct run *run)
{
    size_t budget = NODES_MAX;
    struct tree *normal = arena_new(&run->arena, struct tree);
    tree_init(normal, &run->arena, &run->sources, &run->atoms);
    builder_start(&run->builder, normal);
    policy_normalise(&run->builder, &run->policy.tree, run->policy.tree.root, &budget);
    builder_finish(&run->builder);
    return normal;
}

/* The written policy and its normal form say the same. */
static struct iam_policy decode(struct run *run)
{
    struct iam_policy written;
    struct iam_policy normal;
    const struct tree *tree = &run->policy.tree;
    const struct tree *normal_tree = normal_form(run);
    bool good = iam_policy_decode(&run->arena, tree, tree->root, &run->findings, &written);
    CHECK(iam_policy_decode(&run->arena, normal_tree, normal_tree->root, NULL, &normal) == good);
    CHECK(written.statement_count == normal.statement_count);
    CHECK(written.unknown == normal.unknown && written.variables == normal.variables);
    struct iam_context closed = make_context(run, false);
    for (uint32_t i = 0; i < written.statement_count; i++) {
        const struct iam_statement *statement = &written.statements[i];
        CHECK(statement->faulty == normal.statements[i].faulty);
        CHECK(!statement->faulty || !good || run->policy.unknown_count > 0);
        CHECK(matches(run, statement, &closed) == matches(run, &normal.statements[i], &closed));
    }
    return written;
}

static void check(struct run *run, size_t size)
{
    set_unknowns(&run->policy, true);
    set_unknowns(&run->context, true);
    struct iam_policy unsure = decode(run);
    struct iam_context closed = make_context(run, false);
    struct iam_context open = make_context(run, true);
    enum truth *truths = arena_array(&run->arena, enum truth, unsure.statement_count);
    for (uint32_t i = 0; i < unsure.statement_count; i++) {
        check_tests(run, &unsure.statements[i], &closed, &open, size);
        check_principals(run, &unsure.statements[i]);
        truths[i] = matches(run, &unsure.statements[i], &open);
    }
    set_unknowns(&run->policy, false);
    set_unknowns(&run->context, false);
    struct iam_policy sure = decode(run);
    struct iam_context known = make_context(run, false);
    for (uint32_t i = 0; i < sure.statement_count && i < unsure.statement_count; i++) {
        enum truth truth = matches(run, &sure.statements[i], &known);
        CHECK(truths[i] == TRUTH_UNKNOWN || truth == TRUTH_UNKNOWN || truths[i] == truth);
    }
}

static void make_callers(struct run *run)
{
    static const struct str texts[CALLER_COUNT] = {
        STR_INIT("arn:aws:sts::111122223333:assumed-role/r/s"),
        STR_INIT("arn:aws:iam::111122223333:role/r"),
        STR_INIT("arn:aws:iam::111122223333:user/u"),
        STR_INIT("eks.amazonaws.com"),
        STR_INIT("anonymous"),
        STR_INIT("111122223333"),
    };
    for (size_t i = 0; i < CALLER_COUNT; i++) {
        CHECK(iam_caller_parse(texts[i], &run->callers[i]));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct run run = {0};
    struct str policy;
    struct str context;
    sources_init(&run.sources, &run.arena);
    atoms_init(&run.atoms, &run.arena, NULL);
    run.findings.arena = &run.arena;
    make_callers(&run);
    if (str_cut((struct str){(const char *)data, size}, '\n', &policy, &context) &&
        read_document(&run, policy, &run.policy) && read_document(&run, context, &run.context)) {
        check(&run, size);
    }
    builder_release(&run.builder);
    arena_release(&run.arena);
    return 0;
}
