/* SPDX-License-Identifier: MIT */
/*
 * Decoding IAM policies. What is judged here is only what evaluation needs: whether a statement can
 * be understood. Whether it is wise is for rules. A mistake makes its statement faulty, and
 * decoding goes on.
 */
#include "iam/policy.h"

const struct iam_policy iam_policy_unknown = {.unknown = true};

struct decoder {
    struct arena *arena;
    const struct tree *tree;
    struct findings *findings; /* NULL: mistakes are not reported */
    struct iam_statement *statement;
    bool variables;
    bool good;
};

/* A mistake: reported, and the statement at hand cannot be trusted. */
static void fail(struct decoder *d, const struct node *at, const char *message, struct str value,
                 struct str nearest)
{
    d->good = false;
    if (d->statement) {
        d->statement->faulty = true;
    }
    if (!d->findings) {
        return;
    }
    struct str hint = {0};
    if (nearest.len) {
        hint = arena_format(d->arena, "; did you mean '%.*s'?", STR_ARG(nearest));
    }
    struct str text = arena_format(d->arena, message, STR_ARG(value));
    findings_error(d->findings, STR("iam/policy"), node_location(at), "%.*s%.*s", STR_ARG(text),
                   STR_ARG(hint));
}

/* ---- texts ---- */

static bool has_variable(struct str text)
{
    return str_find(text, STR("${")) < text.len;
}

static struct iam_text make_text(const struct decoder *d, const struct node *node)
{
    struct iam_text text = {.node = node, .text = tree_text(d->tree, node)};
    text.unknown = node->kind == NODE_UNKNOWN;
    text.variable = d->variables && node->kind == NODE_STRING && has_variable(text.text);
    return text;
}

/* What a list of this element may hold besides strings. */
enum takes { TAKES_STRINGS, TAKES_SCALARS };

static bool is_taken(const struct node *node, enum takes takes)
{
    bool scalar = node->kind == NODE_NUMBER || node->kind == NODE_BOOL;
    return node->kind == NODE_STRING || node->kind == NODE_UNKNOWN ||
           (takes == TAKES_SCALARS && scalar);
}

/* A string or a list of them, as texts. `element` names it in messages. */
static struct iam_texts decode_texts(struct decoder *d, const struct node *value, enum takes takes,
                                     struct str element)
{
    struct iam_texts texts = {0};
    if (value->kind == NODE_UNKNOWN) {
        texts.unknown = true;
        return texts;
    }
    bool list = value->kind == NODE_ARRAY;
    uint32_t count = list ? node_size(value) : 1;
    struct iam_text *items = arena_array(d->arena, struct iam_text, count);
    for (uint32_t i = 0; i < count; i++) {
        const struct node *node = list ? tree_element(d->tree, value, i) : value;
        if (is_taken(node, takes)) {
            items[texts.count++] = make_text(d, node);
        } else {
            texts.unknown = true;
            fail(d, node, "'%.*s' takes a string or a list of strings", element, (struct str){0});
        }
    }
    texts.items = items;
    return texts;
}

/* ---- names ---- */

static const struct str statement_names[] = {
    STR_INIT("Sid"),          STR_INIT("Effect"),      STR_INIT("Principal"),
    STR_INIT("NotPrincipal"), STR_INIT("Action"),      STR_INIT("NotAction"),
    STR_INIT("Resource"),     STR_INIT("NotResource"), STR_INIT("Condition"),
};

static const struct str policy_names[] = {STR_INIT("Version"), STR_INIT("Id"),
                                          STR_INIT("Statement")};

static const struct str sort_names[SORT_COUNT] = {
    [SORT_AWS] = STR_INIT("AWS"),
    [SORT_SERVICE] = STR_INIT("Service"),
    [SORT_FEDERATED] = STR_INIT("Federated"),
    [SORT_CANONICAL_USER] = STR_INIT("CanonicalUser"),
};

static bool is_listed(struct str name, const struct str *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(names[i], name)) {
            return true;
        }
    }
    return false;
}

static void check_names(struct decoder *d, const struct node *object, const struct str *names,
                        size_t count, const char *message)
{
    for (uint32_t i = 0; i < node_size(object); i++) {
        const struct node *key = tree_key(d->tree, object, i);
        struct str name = tree_text(d->tree, key);
        if (!is_listed(name, names, count)) {
            fail(d, key, message, name, str_nearest(name, names, count));
        }
    }
}

/* ---- elements ---- */

/* "Name" or "NotName"; a statement with both has no meaning. */
static const struct node *find_element(struct decoder *d, const struct node *statement,
                                       struct str name, struct str not_name, bool *negated)
{
    const struct node *plain = tree_member(d->tree, statement, name);
    const struct node *inverse = tree_member(d->tree, statement, not_name);
    if (plain && inverse) {
        fail(d, node_key_of(inverse), "a statement has '%.*s' or its opposite, not both", not_name,
             (struct str){0});
    }
    *negated = !plain && inverse;
    return plain ? plain : inverse;
}

static struct iam_element decode_element(struct decoder *d, const struct node *statement,
                                         struct str name, struct str not_name)
{
    struct iam_element element = {0};
    const struct node *value = find_element(d, statement, name, not_name, &element.negated);
    if (value) {
        element.key = node_key_of(value);
        element.value = value;
        element.texts = decode_texts(d, value, TAKES_STRINGS, element.negated ? not_name : name);
    }
    return element;
}

static void decode_sorts(struct decoder *d, const struct node *value, struct iam_principals *out)
{
    check_names(d, value, sort_names, SORT_COUNT,
                "'%.*s' is no type of principal (AWS, Service, Federated, CanonicalUser)");
    for (size_t i = 0; i < SORT_COUNT; i++) {
        const struct node *list = tree_member(d->tree, value, sort_names[i]);
        if (list) {
            out->sorts[i] = decode_texts(d, list, TAKES_STRINGS, sort_names[i]);
        }
    }
}

/* A text in the place of the object, as it stands or as the normal form (model/policy.h) wraps it. */
static bool is_bare_text(const struct decoder *d, const struct node *value, struct str *text)
{
    const struct node *node = value;
    if (value->kind == NODE_OBJECT && (value->flags & NODE_ADDED)) {
        const struct node *list = tree_member(d->tree, value, sort_names[SORT_AWS]);
        node = node_is(list, NODE_ARRAY) && node_size(list) == 1 ? tree_element(d->tree, list, 0)
                                                                 : NULL;
    }
    *text = node_is(node, NODE_STRING) ? tree_text(d->tree, node) : (struct str){0};
    return node_is(node, NODE_STRING);
}

static struct iam_principals decode_principals(struct decoder *d, const struct node *statement)
{
    struct iam_principals principals = {0};
    const struct node *value =
        find_element(d, statement, STR("Principal"), STR("NotPrincipal"), &principals.negated);
    if (!value) {
        return principals;
    }
    struct str name = principals.negated ? STR("NotPrincipal") : STR("Principal");
    principals.key = node_key_of(value);
    principals.value = value;
    principals.unknown = value->kind == NODE_UNKNOWN;
    struct str text;
    bool bare = is_bare_text(d, value, &text);
    bool everybody = bare && str_eq(text, STR("*"));
    if (value->kind == NODE_OBJECT && (everybody || !bare)) {
        decode_sorts(d, value, &principals);
    } else if (everybody) {
        principals.sorts[SORT_AWS] = decode_texts(d, value, TAKES_STRINGS, name);
    } else if (value->kind != NODE_UNKNOWN) {
        fail(d, value, "'%.*s' takes \"*\" or an object such as {\"AWS\": \"…\"}", name,
             (struct str){0});
    }
    return principals;
}

/* ---- conditions ---- */

static size_t count_tests(const struct tree *tree, const struct node *condition)
{
    size_t count = 0;
    for (uint32_t i = 0; i < node_size(condition); i++) {
        count += node_size(tree_value(tree, condition, i));
    }
    return count;
}

static void decode_keys(struct decoder *d, const struct iam_operator_use *use,
                        const struct node *keys, struct iam_test *tests)
{
    for (uint32_t i = 0; i < node_size(keys); i++) {
        const struct node *key = tree_key(d->tree, keys, i);
        const struct node *value = tree_value(d->tree, keys, i);
        struct str name = tree_text(d->tree, key);
        tests[d->statement->test_count++] = (struct iam_test){
            .compare = use->compare,
            .quantifier = use->quantifier,
            .if_exists = use->if_exists,
            .key = key,
            .name = name,
            .value = value,
            .values = decode_texts(d, value, TAKES_SCALARS, name),
        };
    }
}

static void decode_conditions(struct decoder *d, const struct node *condition)
{
    struct iam_statement *statement = d->statement;
    if (condition->kind != NODE_OBJECT) {
        statement->guarded = true;
        if (condition->kind != NODE_UNKNOWN) {
            fail(d, condition, "'%.*s' takes an object of condition operators", STR("Condition"),
                 (struct str){0});
        }
        return;
    }
    struct iam_test *tests =
        arena_array(d->arena, struct iam_test, count_tests(d->tree, condition));
    for (uint32_t i = 0; i < node_size(condition); i++) {
        const struct node *key = tree_key(d->tree, condition, i);
        const struct node *keys = tree_value(d->tree, condition, i);
        struct iam_operator_use use;
        struct str nearest;
        if (!iam_operator_parse(d->arena, tree_text(d->tree, key), &use, &nearest)) {
            fail(d, key, "'%.*s' is no condition operator", tree_text(d->tree, key), nearest);
        } else if (keys->kind == NODE_OBJECT) {
            decode_keys(d, &use, keys, tests);
        } else if (keys->kind == NODE_UNKNOWN) {
            statement->guarded = true;
        } else {
            fail(d, keys, "'%.*s' takes an object of condition keys", tree_text(d->tree, key),
                 (struct str){0});
        }
    }
    statement->tests = tests;
}

/* ---- statements ---- */

static void decode_effect(struct decoder *d, const struct node *node)
{
    static const struct str names[] = {STR_INIT("Allow"), STR_INIT("Deny")};
    const struct node *effect = tree_member(d->tree, node, STR("Effect"));
    struct str text = node_is(effect, NODE_STRING) ? tree_text(d->tree, effect) : (struct str){0};
    d->statement->effect = EFFECT_UNKNOWN;
    if (node_is(effect, NODE_UNKNOWN)) {
        return;
    }
    if (!effect) {
        fail(d, node, "the statement has no '%.*s'", STR("Effect"), (struct str){0});
    } else if (effect->kind != NODE_STRING) {
        fail(d, effect, "the %.*s is the string 'Allow' or 'Deny'", STR("Effect"), (struct str){0});
    } else if (str_eq(text, names[0])) {
        d->statement->effect = EFFECT_ALLOW;
    } else if (str_eq(text, names[1])) {
        d->statement->effect = EFFECT_DENY;
    } else {
        fail(d, effect, "the Effect is 'Allow' or 'Deny', not '%.*s'", text,
             str_nearest(text, names, COUNT_OF(names)));
    }
}

static void decode_sid(struct decoder *d, const struct node *node)
{
    const struct node *sid = tree_member(d->tree, node, STR("Sid"));
    d->statement->sid = tree_string(d->tree, node, STR("Sid"));
    if (sid && sid->kind != NODE_STRING && sid->kind != NODE_UNKNOWN) {
        fail(d, sid, "the %.*s is a string", STR("Sid"), (struct str){0});
    }
}

static void decode_statement(struct decoder *d, const struct node *node,
                             struct iam_statement *statement)
{
    d->statement = statement;
    statement->node = node;
    statement->effect = EFFECT_UNKNOWN;
    if (node->kind == NODE_UNKNOWN) {
        statement->faulty = true;
        return;
    }
    if (node->kind != NODE_OBJECT) {
        fail(d, node, "a %.*s is an object", STR("Statement"), (struct str){0});
        return;
    }
    check_names(d, node, statement_names, COUNT_OF(statement_names),
                "a statement has no element '%.*s'");
    decode_effect(d, node);
    decode_sid(d, node);
    statement->action = decode_element(d, node, STR("Action"), STR("NotAction"));
    statement->resource = decode_element(d, node, STR("Resource"), STR("NotResource"));
    statement->principal = decode_principals(d, node);
    if (!statement->action.key) {
        fail(d, node, "the statement has no '%.*s'", STR("Action"), (struct str){0});
    }
    const struct node *condition = tree_member(d->tree, node, STR("Condition"));
    if (condition) {
        decode_conditions(d, condition);
    }
}

static void decode_statements(struct decoder *d, const struct node *value,
                              struct iam_policy *policy)
{
    if (value->kind == NODE_UNKNOWN) {
        policy->unknown = true;
        return;
    }
    bool list = value->kind == NODE_ARRAY;
    uint32_t count = list ? node_size(value) : 1;
    struct iam_statement *statements = arena_array(d->arena, struct iam_statement, count);
    for (uint32_t i = 0; i < count; i++) {
        decode_statement(d, list ? tree_element(d->tree, value, i) : value, &statements[i]);
    }
    d->statement = NULL;
    policy->statements = statements;
    policy->statement_count = count;
}

static bool has_variables(struct decoder *d, const struct node *root)
{
    static const struct str versions[] = {STR_INIT("2012-10-17"), STR_INIT("2008-10-17")};
    const struct node *version = tree_member(d->tree, root, STR("Version"));
    if (!version || version->kind == NODE_UNKNOWN) {
        return version != NULL;
    }
    struct str text = tree_text(d->tree, version);
    if (version->kind != NODE_STRING) {
        fail(d, version, "the %.*s is the string '2012-10-17' or '2008-10-17'", STR("Version"),
             (struct str){0});
    } else if (!is_listed(text, versions, COUNT_OF(versions))) {
        fail(d, version, "the Version is '2012-10-17' or '2008-10-17', not '%.*s'", text,
             (struct str){0});
    }
    return str_eq(text, versions[0]);
}

bool iam_policy_decode(struct arena *arena, const struct tree *tree, const struct node *root,
                       struct findings *findings, struct iam_policy *policy)
{
    struct decoder d = {.arena = arena, .tree = tree, .findings = findings, .good = true};
    *policy = (struct iam_policy){.tree = tree, .root = root, .unknown = true};
    if (root->kind == NODE_UNKNOWN) {
        return true;
    }
    const struct node *statements = tree_member(tree, root, STR("Statement"));
    if (root->kind != NODE_OBJECT || !statements) {
        fail(&d, root, "an IAM policy is an object with '%.*s'", STR("Statement"), (struct str){0});
        return false;
    }
    policy->unknown = false;
    check_names(&d, root, policy_names, COUNT_OF(policy_names), "a policy has no element '%.*s'");
    policy->variables = d.variables = has_variables(&d, root);
    decode_statements(&d, statements, policy);
    return d.good;
}
