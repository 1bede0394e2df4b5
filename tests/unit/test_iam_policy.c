/* SPDX-License-Identifier: MIT */
/*
 * Policies as statements. Pages: IAM User Guide, "Grammar of the IAM JSON policy language" and "IAM
 * JSON policy elements reference".
 */
#include "iam_world.h"

/* ---- what is understood ---- */

static void add_texts(struct buf *out, const struct iam_texts *texts)
{
    buf_add_c(out, texts->unknown ? "[?" : "[");
    for (uint32_t i = 0; i < texts->count; i++) {
        const struct iam_text *text = &texts->items[i];
        buf_add_c(out, i ? " " : "");
        buf_add(out, text->unknown ? STR("?") : text->text);
        buf_add_c(out, text->variable ? "$" : "");
    }
    buf_add_c(out, "]");
}

static void add_element(struct buf *out, const char *name, const struct iam_element *element)
{
    if (element->key) {
        buf_printf(out, " %s%s", element->negated ? "Not" : "", name);
        add_texts(out, &element->texts);
    }
}

static void add_principals(struct buf *out, const struct iam_principals *principals)
{
    static const char *const names[SORT_COUNT] = {"AWS", "Service", "Federated", "CanonicalUser"};
    if (!principals->key) {
        return;
    }
    buf_printf(out, " %sPrincipal%s", principals->negated ? "Not" : "",
               principals->unknown ? "?" : "");
    for (size_t i = 0; i < SORT_COUNT; i++) {
        if (principals->sorts[i].count || principals->sorts[i].unknown) {
            buf_printf(out, ".%s", names[i]);
            add_texts(out, &principals->sorts[i]);
        }
    }
}

/* A policy as a line of text that says all that was decoded. */
static struct str summary(struct model *model, const struct iam_policy *policy)
{
    static const char *const effects[] = {"Allow", "Deny", "Effect?"};
    static const char *const quantifiers[] = {"", "all:", "any:"};
    struct buf out = buf_with_max(1 << 16);
    buf_add_c(&out, policy->unknown ? "?" : policy->variables ? "$" : "");
    for (uint32_t i = 0; i < policy->statement_count; i++) {
        const struct iam_statement *statement = &policy->statements[i];
        buf_printf(&out, "{%.*s%s%s%s", STR_ARG(statement->sid), statement->sid.len ? " " : "",
                   effects[statement->effect], statement->faulty ? " faulty" : "");
        add_principals(&out, &statement->principal);
        add_element(&out, "Action", &statement->action);
        add_element(&out, "Resource", &statement->resource);
        buf_add_c(&out, statement->guarded ? " guarded" : "");
        for (uint32_t k = 0; k < statement->test_count; k++) {
            const struct iam_test *test = &statement->tests[k];
            buf_printf(&out, " %s%.*s%s(%.*s)", quantifiers[test->quantifier],
                       STR_ARG(test->compare->name), test->if_exists ? "+" : "",
                       STR_ARG(test->name));
            add_texts(&out, &test->values);
        }
        buf_add_c(&out, "}");
    }
    struct str text = arena_str(&model->arena, buf_str(&out));
    buf_release(&out);
    return text;
}

#define ALLOW "\"Effect\": \"Allow\""
#define ANY "\"Action\": \"*\", \"Resource\": \"*\""
#define STATEMENT(text) "{\"Statement\": {" ALLOW ", " ANY ", " text "}}"

static const struct {
    const char *text, *summary;
} good[] = {
    {"{\"Version\": \"2012-10-17\", \"Id\": \"x\", \"Statement\": {\"Sid\": \"s\", " ALLOW
     ", \"Action\": \"a:b\", \"Resource\": \"r\"}}",
     "${s Allow Action[a:b] Resource[r]}"},
    {"{\"Version\": \"2008-10-17\", \"Statement\": [{" ALLOW ", " ANY "}]}",
     "{Allow Action[*] Resource[*]}"},
    {"{\"Statement\": [{" ALLOW ", " ANY
     "}, {\"Effect\": \"Deny\", \"NotAction\": [\"a:b\", \"c:d\"], "
     "\"NotResource\": [\"r\", \"s\"]}]}",
     "{Allow Action[*] Resource[*]}{Deny NotAction[a:b c:d] NotResource[r s]}"},
    {"{\"Statement\": []}", ""},
    {"{\"Statement\": {" ALLOW ", \"Action\": []}}", "{Allow Action[]}"},
    /* principals */
    {STATEMENT("\"Principal\": \"*\""), "{Allow Principal.AWS[*] Action[*] Resource[*]}"},
    {STATEMENT("\"Principal\": {\"AWS\": \"*\"}"),
     "{Allow Principal.AWS[*] Action[*] Resource[*]}"},
    {STATEMENT(
         "\"NotPrincipal\": {\"AWS\": [\"a\", \"b\"], \"Service\": \"c\", \"Federated\": [\"d\"], "
         "\"CanonicalUser\": \"e\"}"),
     "{Allow NotPrincipal.AWS[a b].Service[c].Federated[d].CanonicalUser[e] Action[*] "
     "Resource[*]}"},
    {STATEMENT("\"Principal\": {}"), "{Allow Principal Action[*] Resource[*]}"},
    /* conditions */
    {STATEMENT("\"Condition\": {}"), "{Allow Action[*] Resource[*]}"},
    {STATEMENT(
         "\"Condition\": {\"StringEquals\": {\"k\": \"v\", \"l\": [\"w\", 1, true]}, "
         "\"ForAnyValue:ArnLikeIfExists\": {\"m\": []}, \"ForAllValues:Bool\": {\"n\": false}}"),
     "{Allow Action[*] Resource[*] StringEquals(k)[v] StringEquals(l)[w 1 true] any:ArnLike+(m)[] "
     "all:Bool(n)[false]}"},
    /* variables */
    {"{\"Version\": \"2012-10-17\", \"Statement\": {" ALLOW ", \"Action\": \"*\", \"Resource\": "
     "[\"${a}\", \"b\", \"$c\"], \"Condition\": {\"StringLike\": {\"k\": \"${*}\"}}}}",
     "${Allow Action[*] Resource[${a}$ b $c] StringLike(k)[${*}$]}"},
    {"{\"Statement\": {" ALLOW ", \"Action\": \"*\", \"Resource\": \"${a}\"}}",
     "{Allow Action[*] Resource[${a}]}"},
    /* what is not known: it may be anything */
    {"!unknown \"\"", "?"},
    {"{\"Statement\": !unknown \"\"}", "?"},
    {"{\"Version\": !unknown \"\", \"Statement\": []}", "$"},
    {"{\"Statement\": [!unknown \"\", {" ALLOW ", " ANY "}]}",
     "{Effect? faulty}{Allow Action[*] Resource[*]}"},
    {"{\"Statement\": {\"Effect\": !unknown \"\", \"Action\": !unknown \"\", \"Resource\": [\"r\", "
     "!unknown \"\"], \"Principal\": !unknown \"\", \"Condition\": !unknown \"\"}}",
     "{Effect? Principal? Action[?] Resource[r ?] guarded}"},
    {STATEMENT("\"Principal\": {\"AWS\": !unknown \"\"}, \"Condition\": {\"Bool\": !unknown \"\", "
               "\"Null\": {\"k\": !unknown \"\"}}"),
     "{Allow Principal.AWS[?] Action[*] Resource[*] guarded Null(k)[?]}"},
};

static void policies_become_statements(void **state)
{
    (void)state;
    struct model *model = model_new();
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        const struct iam_policy *policy = iam_world_policy(model, good[i].text);
        assert_row(good[i].text, summary(model, policy), good[i].summary);
        assert_ptr_equal(policy->root, policy->tree->root);
    }
    assert_int_equal(model->findings.count, 0);
    model_free(model);
}

/* The normal form (model/policy.h) says the same. */
static void the_normal_form_decodes_to_the_same(void **state)
{
    (void)state;
    struct model *model = model_new();
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        const struct tree *tree = model_policy(model, good[i].text);
        struct iam_policy policy;
        assert_true(iam_policy_decode(&model->arena, tree, tree->root, NULL, &policy));
        assert_row(good[i].text, summary(model, &policy), good[i].summary);
    }
    model_free(model);
}

/* ---- mistakes ---- */

/* Line 2 holds what is wrong, so that columns are easy to count. */
#define BAD(text) "{\"Statement\": [{" ALLOW ", " ANY ",\n" text "}, {" ALLOW ", " ANY "}]}"

static const struct {
    const char *text, *findings, *summary;
} bad[] = {
    /* names */
    {BAD("\"Sids\": \"a\""),
     "tree:2:1 iam/policy: a statement has no element 'Sids'; did you mean 'Sid'?",
     "{Allow faulty Action[*] Resource[*]}{Allow Action[*] Resource[*]}"},
    {BAD("\"condition\": {}"),
     "tree:2:1 iam/policy: a statement has no element 'condition'; did you mean 'Condition'?",
     "{Allow faulty Action[*] Resource[*]}{Allow Action[*] Resource[*]}"},
    {BAD("\"Comment\": \"a\""), "tree:2:1 iam/policy: a statement has no element 'Comment'",
     "{Allow faulty Action[*] Resource[*]}{Allow Action[*] Resource[*]}"},
    {BAD("\"NotAction\": \"a\""),
     "tree:2:1 iam/policy: a statement has 'NotAction' or its opposite, not both",
     "{Allow faulty Action[*] Resource[*]}{Allow Action[*] Resource[*]}"},
    {BAD("\"NotResource\": \"a\""),
     "tree:2:1 iam/policy: a statement has 'NotResource' or its opposite, not both",
     "{Allow faulty Action[*] Resource[*]}{Allow Action[*] Resource[*]}"},
    {BAD("\"Principal\": \"*\", \"NotPrincipal\": \"*\""),
     "tree:2:19 iam/policy: a statement has 'NotPrincipal' or its opposite, not both",
     "{Allow faulty Principal.AWS[*] Action[*] Resource[*]}{Allow Action[*] Resource[*]}"},
    {BAD("\"Sid\": 1"), "tree:2:8 iam/policy: the Sid is a string",
     "{Allow faulty Action[*] Resource[*]}{Allow Action[*] Resource[*]}"},
    /* principals */
    {BAD("\"Principal\": \"arn:aws:iam::111122223333:root\""),
     "tree:2:14 iam/policy: 'Principal' takes \"*\" or an object such as {\"AWS\": \"…\"}",
     "{Allow faulty Principal Action[*] Resource[*]}{Allow Action[*] Resource[*]}"},
    {BAD("\"Principal\": [\"*\"]"),
     "tree:2:14 iam/policy: 'Principal' takes \"*\" or an object such as {\"AWS\": \"…\"}",
     "{Allow faulty Principal Action[*] Resource[*]}{Allow Action[*] Resource[*]}"},
    {BAD("\"NotPrincipal\": null"),
     "tree:2:17 iam/policy: 'NotPrincipal' takes \"*\" or an object such as {\"AWS\": \"…\"}",
     "{Allow faulty NotPrincipal Action[*] Resource[*]}{Allow Action[*] Resource[*]}"},
    {BAD("\"Principal\": {\"Services\": \"a\"}"),
     "tree:2:15 iam/policy: 'Services' is no type of principal (AWS, Service, Federated, "
     "CanonicalUser); did you mean 'Service'?",
     "{Allow faulty Principal Action[*] Resource[*]}{Allow Action[*] Resource[*]}"},
    {BAD("\"Principal\": {\"aws\": \"*\"}"),
     "tree:2:15 iam/policy: 'aws' is no type of principal (AWS, Service, Federated, "
     "CanonicalUser); did you mean 'AWS'?",
     "{Allow faulty Principal Action[*] Resource[*]}{Allow Action[*] Resource[*]}"},
    {BAD("\"Principal\": {\"AWS\": [\"a\", 111122223333]}"),
     "tree:2:28 iam/policy: 'AWS' takes a string or a list of strings",
     "{Allow faulty Principal.AWS[?a] Action[*] Resource[*]}{Allow Action[*] Resource[*]}"},
    {BAD("\"Principal\": {\"Service\": {}}"),
     "tree:2:26 iam/policy: 'Service' takes a string or a list of strings",
     "{Allow faulty Principal.Service[?] Action[*] Resource[*]}{Allow Action[*] Resource[*]}"},
    /* conditions */
    {BAD("\"Condition\": []"),
     "tree:2:14 iam/policy: 'Condition' takes an object of condition operators",
     "{Allow faulty Action[*] Resource[*] guarded}{Allow Action[*] Resource[*]}"},
    {BAD("\"Condition\": {\"StringEqual\": {\"k\": \"v\"}, \"Bool\": {\"l\": \"true\"}}"),
     "tree:2:15 iam/policy: 'StringEqual' is no condition operator; did you mean 'StringEquals'?",
     "{Allow faulty Action[*] Resource[*] Bool(l)[true]}{Allow Action[*] Resource[*]}"},
    {BAD("\"Condition\": {\"NullIfExists\": {\"k\": \"v\"}}"),
     "tree:2:15 iam/policy: 'NullIfExists' is no condition operator; did you mean 'Null'?",
     "{Allow faulty Action[*] Resource[*]}{Allow Action[*] Resource[*]}"},
    {BAD("\"Condition\": {\"Bool\": \"true\"}"),
     "tree:2:23 iam/policy: 'Bool' takes an object of condition keys",
     "{Allow faulty Action[*] Resource[*]}{Allow Action[*] Resource[*]}"},
    {BAD("\"Condition\": {\"Bool\": {\"k\": {}}}"),
     "tree:2:29 iam/policy: 'k' takes a string or a list of strings",
     "{Allow faulty Action[*] Resource[*] Bool(k)[?]}{Allow Action[*] Resource[*]}"},
    {BAD("\"Condition\": {\"Bool\": {\"k\": [null, \"true\", [\"x\"]]}}"),
     "tree:2:30 iam/policy: 'k' takes a string or a list of strings\n"
     "tree:2:44 iam/policy: 'k' takes a string or a list of strings",
     "{Allow faulty Action[*] Resource[*] Bool(k)[?true]}{Allow Action[*] Resource[*]}"},
    /* effects, actions, resources */
    {"{\"Statement\": [{\"Effect\": \"allow\", " ANY "}, {\"Effect\": \"DENY\", " ANY "}]}",
     "tree:1:27 iam/policy: the Effect is 'Allow' or 'Deny', not 'allow'; did you mean 'Allow'?\n"
     "tree:1:80 iam/policy: the Effect is 'Allow' or 'Deny', not 'DENY'; did you mean 'Deny'?",
     "{Effect? faulty Action[*] Resource[*]}{Effect? faulty Action[*] Resource[*]}"},
    {"{\"Statement\": {\"Effect\": [\"Allow\"], " ANY "}}",
     "tree:1:26 iam/policy: the Effect is the string 'Allow' or 'Deny'",
     "{Effect? faulty Action[*] Resource[*]}"},
    {"{\"Statement\": {\"Effect\": true, " ANY "}}",
     "tree:1:26 iam/policy: the Effect is the string 'Allow' or 'Deny'",
     "{Effect? faulty Action[*] Resource[*]}"},
    {"{\"Statement\": {" ANY "}}", "tree:1:15 iam/policy: the statement has no 'Effect'",
     "{Effect? faulty Action[*] Resource[*]}"},
    {"{\"Statement\": {" ALLOW ", \"Resource\": \"*\"}}",
     "tree:1:15 iam/policy: the statement has no 'Action'", "{Allow faulty Resource[*]}"},
    {"{\"Statement\": {" ALLOW ", \"Action\": 1, \"Resource\": [\"r\", {}]}}",
     "tree:1:45 iam/policy: 'Action' takes a string or a list of strings\n"
     "tree:1:66 iam/policy: 'Resource' takes a string or a list of strings",
     "{Allow faulty Action[?] Resource[?r]}"},
    {"{\"Statement\": {" ALLOW ", \"NotAction\": null, \"NotResource\": {}}}",
     "tree:1:48 iam/policy: 'NotAction' takes a string or a list of strings\n"
     "tree:1:69 iam/policy: 'NotResource' takes a string or a list of strings",
     "{Allow faulty NotAction[?] NotResource[?]}"},
    /* statements and policies */
    {"{\"Statement\": [\"x\", {" ALLOW ", " ANY "}, [], null]}",
     "tree:1:16 iam/policy: a Statement is an object\n"
     "tree:1:74 iam/policy: a Statement is an object\n"
     "tree:1:78 iam/policy: a Statement is an object",
     "{Effect? faulty}{Allow Action[*] Resource[*]}{Effect? faulty}{Effect? faulty}"},
    {"{\"Statement\": \"x\"}", "tree:1:15 iam/policy: a Statement is an object",
     "{Effect? faulty}"},
    {"{\"Version\": \"2012-10-18\", \"Statement\": []}",
     "tree:1:13 iam/policy: the Version is '2012-10-17' or '2008-10-17', not '2012-10-18'", ""},
    {"{\"Version\": 2012, \"Statement\": []}",
     "tree:1:13 iam/policy: the Version is the string '2012-10-17' or '2008-10-17'", ""},
    {"{\"version\": \"2012-10-17\", \"Statement\": []}",
     "tree:1:2 iam/policy: a policy has no element 'version'; did you mean 'Version'?", ""},
    {"{\"Version\": \"2012-10-17\"}",
     "tree:1:1 iam/policy: an IAM policy is an object with 'Statement'", "?"},
    {"{\"Statements\": []}", "tree:1:1 iam/policy: an IAM policy is an object with 'Statement'",
     "?"},
    {"[]", "tree:1:1 iam/policy: an IAM policy is an object with 'Statement'", "?"},
    {"\"x\"", "tree:1:1 iam/policy: an IAM policy is an object with 'Statement'", "?"},
};

static void mistakes_are_told_where_they_are_and_spare_other_statements(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct model *model = model_new();
        bool is_good;
        const struct iam_policy *policy = iam_world_decode(model, bad[i].text, &is_good);
        struct str found = model_findings(model);
        struct str said = summary(model, policy);
        if (is_good || !str_eq(found, str_from_c(bad[i].findings)) ||
            !str_eq(said, str_from_c(bad[i].summary))) {
            print_error("%s\n  is  %.*s\n  not %s\n  is  %.*s\n  not %s\n", bad[i].text,
                        STR_ARG(found), bad[i].findings, STR_ARG(said), bad[i].summary);
            wrong++;
        }
        model_free(model);
    }
    assert_int_equal(wrong, 0);
}

static void without_a_list_mistakes_are_only_counted(void **state)
{
    (void)state;
    struct model *model = model_new();
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        const struct tree *tree = model_tree(model, bad[i].text);
        struct iam_policy policy;
        assert_false(iam_policy_decode(&model->arena, tree, tree->root, NULL, &policy));
        assert_row(bad[i].text, summary(model, &policy), bad[i].summary);
    }
    assert_int_equal(model->findings.count, 0);
    model_free(model);
}

static void the_normal_form_keeps_mistakes(void **state)
{
    (void)state;
    struct model *model = model_new();
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        const struct tree *tree = model_policy(model, bad[i].text);
        struct iam_policy policy;
        if (iam_policy_decode(&model->arena, tree, tree->root, NULL, &policy)) {
            fail_msg("%s\n  has a mistake", bad[i].text);
        }
        assert_row(bad[i].text, summary(model, &policy), bad[i].summary);
    }
    model_free(model);
}

/* ---- places ---- */

static void assert_place(const char *text, const struct node *node, const char *written)
{
    assert_non_null(node);
    assert_str_equal(str_slice(str_from_c(text), node->lo, node->hi), str_from_c(written));
}

static void assert_places(const char *text, const struct iam_policy *policy)
{
    assert_int_equal(policy->statement_count, 1);
    const struct iam_statement *statement = &policy->statements[0];
    assert_true(statement->node->lo < statement->node->hi);
    assert_place(text, statement->action.key, "\"NotAction\"");
    assert_place(text, statement->action.value, "\"a:b\"");
    assert_place(text, statement->action.texts.items[0].node, "\"a:b\"");
    assert_place(text, statement->resource.key, "\"Resource\"");
    assert_place(text, statement->resource.value, "[\"r\", \"s\"]");
    assert_place(text, statement->resource.texts.items[1].node, "\"s\"");
    assert_place(text, statement->principal.key, "\"Principal\"");
    assert_place(text, statement->principal.value, "{\"Service\": \"x\", \"AWS\": [\"y\"]}");
    assert_place(text, statement->principal.sorts[SORT_SERVICE].items[0].node, "\"x\"");
    assert_place(text, statement->principal.sorts[SORT_AWS].items[0].node, "\"y\"");
    assert_int_equal(statement->test_count, 2);
    assert_place(text, statement->tests[0].key, "\"k\"");
    assert_place(text, statement->tests[0].value, "true");
    assert_place(text, statement->tests[0].values.items[0].node, "true");
    assert_place(text, statement->tests[1].key, "\"l\"");
    assert_place(text, statement->tests[1].value, "[1, \"2\"]");
    assert_place(text, statement->tests[1].values.items[1].node, "\"2\"");
}

static void every_part_keeps_its_place(void **state)
{
    static const char text[] =
        "{\"Statement\": {\"Effect\": \"Deny\", \"NotAction\": \"a:b\",\n"
        " \"Resource\": [\"r\", \"s\"], \"Principal\": {\"Service\": \"x\", \"AWS\": [\"y\"]},\n"
        " \"Condition\": {\"Bool\": {\"k\": true}, \"NumericEquals\": {\"l\": [1, \"2\"]}}}}";
    (void)state;
    struct model *model = model_new();
    assert_places(text, iam_world_policy(model, text));
    const struct tree *normal = model_policy(model, text);
    struct iam_policy policy;
    assert_true(iam_policy_decode(&model->arena, normal, normal->root, NULL, &policy));
    assert_places(text, &policy);
    model_free(model);
}

static void of_an_unknown_policy_nothing_is_known(void **state)
{
    (void)state;
    assert_true(iam_policy_unknown.unknown);
    assert_int_equal(iam_policy_unknown.statement_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(policies_become_statements),
        cmocka_unit_test(the_normal_form_decodes_to_the_same),
        cmocka_unit_test(mistakes_are_told_where_they_are_and_spare_other_statements),
        cmocka_unit_test(without_a_list_mistakes_are_only_counted),
        cmocka_unit_test(the_normal_form_keeps_mistakes),
        cmocka_unit_test(every_part_keeps_its_place),
        cmocka_unit_test(of_an_unknown_policy_nothing_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
