/* SPDX-License-Identifier: MIT */
/*
 * Loading rule files: every mistake is one report, at the character that is wrong, with what to
 * write instead.
 */
#include "rule_world.h"

#define HEAD "id: user/x\nseverity: error\nkind: case\ntitle: t\nif-absent: skip\nmessage: m\n"
#define SELECT HEAD "select: $.gitlab.cluster.key_pair\n"
#define REQUIRE SELECT "require: is_arn(@)\n"

struct row {
    const char *text;
    const char *findings; /* "" where it loads */
};

/* The four mistakes that must never pass unnoticed. */
static const struct row mistakes[] = {
    {REQUIRE "severty: warning\n",
     "rule.yaml:9:1 schema/unknown-key: unknown key 'severty'; did you mean 'severity'?"},
    {SELECT "require: is_account_idd(@)\n", "rule.yaml:8:10 rule/expression: unknown function "
                                            "'is_account_idd'; did you mean 'is_account_id'?"},
    {SELECT "require: count(@) == '1' && is_arn(@) == true\n",
     "rule.yaml:8:29 rule/expression: is_arn() is true or*"},
    {HEAD "select: $.gitlab.cluster.keypair\nrequire: is_arn(@)\n",
     "rule.yaml:7:26 rule/unreachable: no document of this kind has 'keypair' here; did you mean "
     "'key_pair'?"},
};

static const struct row structure[] = {
    {REQUIRE, ""},
    {"", "rule.yaml:1:1 rule/empty: this file holds no rule"},
    {"# only a comment\n", "rule.yaml:1:1 rule/empty: this file holds no rule"},
    {"---\n", "rule.yaml:1:4 schema/wrong-type: expected object, found null"},
    {"- a\n", "rule.yaml:1:1 schema/wrong-type: expected object, found array"},
    {"id: [\n", "rule.yaml:2:1 syntax/yaml: expected a value, found the end of the text; a bracket "
                "above is never closed"},
    {"{}", "rule.yaml:1:1 schema/missing-key: the key 'id' is missing here\n"
           "rule.yaml:1:1 schema/missing-key: the key 'if-absent' is missing here\n"
           "rule.yaml:1:1 schema/missing-key: the key 'kind' is missing here\n"
           "rule.yaml:1:1 schema/missing-key: the key 'message' is missing here\n"
           "rule.yaml:1:1 schema/missing-key: the key 'require' is missing here\n"
           "rule.yaml:1:1 schema/missing-key: the key 'select' is missing here\n"
           "rule.yaml:1:1 schema/missing-key: the key 'severity' is missing here\n"
           "rule.yaml:1:1 schema/missing-key: the key 'title' is missing here"},
    {REQUIRE "---\nid: user/y\n",
     "rule.yaml:10:1 rule/several: a second document in a rule file; write one rule to a file"},
    {REQUIRE "--- [\n", "rule.yaml:10:1 syntax/yaml: expected a value, found the end of the text; "
                        "a bracket above is never closed"},
    {REQUIRE "docs: x\n", "rule.yaml:9:7 schema/wrong-type: expected array, found string"},
    {REQUIRE "dated: 1\n", "rule.yaml:9:8 schema/wrong-type: expected boolean, found number"},
    {REQUIRE "foreach: []\n", "rule.yaml:9:10 schema/wrong-value: expected at least 1 elements"},
    {REQUIRE "needs: [{collect: x}]\n",
     "rule.yaml:9:9 schema/missing-key: the key 'fact' is missing here"},
    {REQUIRE "profile: pedantc\n", "rule.yaml:9:10 schema/wrong-value: expected 'default' or "
                                   "'pedantic', found 'pedantc'; did you mean 'pedantic'?"},
    {"id: User\nseverity: error\nkind: case\ntitle: t\nif-absent: skip\nmessage: m\nselect: "
     "$\nrequire: is_arn(@)\n",
     "rule.yaml:1:5 rule/id: 'User' is no rule id; an id is <family>/<name> in lower-case letters, "
     "digits and dashes"},
    {"id: user/x\nseverity: error\nkind: cases\ntitle: t\nif-absent: skip\nmessage: m\nselect: "
     "$\nrequire: is_arn(@)\n",
     "rule.yaml:3:7 rule/kind: unknown kind 'cases'; did you mean 'case'?"},
    {"id: user/x\nseverity: eror\nkind: case\ntitle: t\nif-absent: no\nmessage: m\nselect: "
     "$\nrequire: is_arn(@)\n",
     "rule.yaml:2:11 schema/wrong-value: expected 'error', 'warning' or 'info', found 'eror'; did "
     "you mean 'error'?\n"
     "rule.yaml:5:12 schema/wrong-value: expected 'skip', 'fail' or 'unknown', found 'no'"},
    {"id: user/x\nseverity: error\nkind: case\ntitle: t\nif-absent: skip\nmessage: {ja: "
     "m}\nselect: $\nrequire: is_arn(@)\n",
     "rule.yaml:6:1 schema/missing-key: the key 'en' is missing here"},
    {SELECT "requires: is_arn(@)\n",
     "rule.yaml:1:1 schema/missing-key: the key 'require' is missing here\n"
     "rule.yaml:8:1 schema/unknown-key: unknown key 'requires'; did you mean 'require'?"},
};

/* What a rule says may change from day to day only where the rule says so. */
static const struct row dates[] = {
    {SELECT "dated: true\nwhen: today() != ''\nrequire: before_date(@, today())\n", ""},
    {SELECT "require: before_date(@, today())\n",
     "rule.yaml:8:25 rule/dated: only a rule with 'dated: true' may look at the date"},
    {SELECT "dated: false\nwhen: is_arn(@) || today() == @\nrequire: is_arn(@)\n",
     "rule.yaml:9:20 rule/dated: only a rule with 'dated: true' may look at the date"},
    {REQUIRE "fix: not on {today()}\n",
     "rule.yaml:9:14 rule/dated: only a rule with 'dated: true' may look at the date"},
    {REQUIRE "dated: true\nfix: not on {today()}\n", ""},
    {REQUIRE "symptoms: [{text: 'on {today()}'}]\n",
     "rule.yaml:9:24 rule/dated: only a rule with 'dated: true' may look at the date"},
    {HEAD "select: $.regions[?@.name == today()]\nrequire: is_arn(@)\n",
     "rule.yaml:7:30 rule/dated: only a rule with 'dated: true' may look at the date"},
    {SELECT "dated: true\nrequire: days_between(@, '2024') > 1\n",
     "rule.yaml:9:26 rule/expression: this is no day: write one such as '2024-02-29'"},
};

static const struct row expressions[] = {
    {SELECT "require: ''\n", "rule.yaml:8:11 rule/expression: expected a query, a*"},
    {SELECT "require: \"@ == 'a\"\n", "rule.yaml:8:16 rule/expression: this string is not*"},
    {SELECT "require: '@ = ''a'''\n", "rule.yaml:8:13 rule/expression: '=' is no operator*"},
    {HEAD "select: '@.x'\nrequire: is_arn(@)\n",
     "rule.yaml:7:10 rule/expression: '@' has no meaning*"},
    {HEAD "select: gitlab\nrequire: is_arn(@)\n",
     "rule.yaml:7:9 rule/expression: a query begins with*"},
    {SELECT "require: count(1) == 1\n", "rule.yaml:8:16 rule/expression: this argument must be*"},
    {SELECT "require: is_arn(@.*)\n", "rule.yaml:8:17 rule/expression: this query may give*"},
    {SELECT "require: length(@)\n", "rule.yaml:8:10 rule/expression: length() gives a value,*"},
    {SELECT "require: in(@)\n", "rule.yaml:8:10 rule/expression: too few arguments: in(value,*"},
    {SELECT "require: arn_part(@, 'acount') == ''\n",
     "rule.yaml:8:22 rule/expression: an ARN has no such part; it has partition, service, region, "
     "account, resource, resource-type, path, name"},
    {SELECT "require: match(@, '[')\n", "rule.yaml:8:20 rule/pattern: this class is not*"},
    {SELECT "require: match(@, '(a*)*b')\n", "rule.yaml:8:19 rule/pattern: this pattern may take*"},
    {SELECT "require: is_arn($.gitlab.nowhere)\n",
     "rule.yaml:8:26 rule/unreachable: no document of this kind has 'nowhere' here; it has "
     "apiVersion, kind, gitlab, provision_role, service_role, region, cluster, auto_devops, "
     "inventory"},
    {SELECT "when: $.regions[?@.nam == 'x']\nrequire: is_arn(@)\n",
     "rule.yaml:8:20 rule/unreachable: no document of this kind has 'nam' here; did you mean "
     "'name'?"},
    {SELECT "require: is_arn(@.name)\n",
     "rule.yaml:8:19 rule/unreachable: no document of this kind has 'name' here"},
    {HEAD "select: $.gitlab..trust_policy\nrequire: is_arn(@.Statement[0].Sid)\n", ""},
    {HEAD "select: $..nowhere\nrequire: is_arn(@)\n", ""},
    {HEAD "select: $.gitlab.provision_role.tags['a']\nrequire: is_arn(@)\n",
     "rule.yaml:7:33 rule/unreachable: no document of this kind has 'tags' here; it has arn, "
     "trust_policy, policies, managed_policies, permissions_boundary"},
    {HEAD "select: $.regions[*].vpcs[*].tags[?@.Kye == 'x']\nrequire: is_arn(@)\n",
     "rule.yaml:7:38 rule/unreachable: no document of this kind has 'Kye' here; did you mean "
     "'Key'?"},
    {HEAD
     "select: $.roles[*].trust_policy.Statement[*].Condition.*['x']\nrequire: count(@[*]) > 0\n",
     ""},
    {SELECT "require: is_arn(@)\nneeds: [{fact: $.regons}]\n",
     "rule.yaml:9:18 rule/unreachable: no document of this kind has 'regons' here; did you mean "
     "'regions'?"},
    {SELECT "require: is_arn(@)\npoint-at: $.rolls\n",
     "rule.yaml:9:13 rule/unreachable: no document of this kind has 'rolls' here; did you mean "
     "'roles'?"},
    {SELECT "require: is_arn(row('a'))\n",
     "rule.yaml:8:17 rule/row: row() needs a 'foreach' in the rule"},
    {SELECT "foreach: [{a: b}, {b: c}]\nrequire: is_arn(row('a'))\n",
     "rule.yaml:9:17 rule/row: row 2 of 'foreach' has no 'a'"},
    {SELECT "foreach: [{a: b}]\nrequire: is_arn(row('a'))\n", ""},
    /* In each style of scalar the place is that of the character. */
    {SELECT "require: >-\n  is_arn(@) &&\n  is_arnn(@)\n",
     "rule.yaml:10:3 rule/expression: unknown function 'is_arnn'; did you mean 'is_arn'?"},
    {SELECT "require: |\n  is_arn(@) ||\n\n    is_arnn(@)\n",
     "rule.yaml:11:5 rule/expression: unknown function 'is_arnn'; did you mean 'is_arn'?"},
    {SELECT "require: \"is_arn(@) && \\u0069s_arnn(@)\"\n",
     "rule.yaml:8:24 rule/expression: unknown function 'is_arnn'; did you mean 'is_arn'?"},
    {SELECT "require: 'in(@, $[''a'']) && is_arnn(@)'\n",
     "rule.yaml:8:30 rule/expression: unknown function 'is_arnn'; did you mean 'is_arn'?"},
    {SELECT "require: is_arn(@) &&\n  is_arnn(@)\n",
     "rule.yaml:9:3 rule/expression: unknown function 'is_arnn'; did you mean 'is_arn'?"},
};

static const struct row texts[] = {
    {REQUIRE "fix: 'a {@'\n",
     "rule.yaml:9:9 rule/placeholder: this '{' has no '}'; write '{{' for a literal brace"},
    {REQUIRE "fix: 'a } b'\n",
     "rule.yaml:9:9 rule/placeholder: this '}' has no '{'; write '}}' for a literal brace"},
    {REQUIRE "fix: '{}'\n", "rule.yaml:9:8 rule/placeholder: expected a query, a*"},
    {REQUIRE "fix: '{{@}}'\n", ""},
    {REQUIRE "fix: '{$.gitlab.regon}'\n", "rule.yaml:9:17 rule/unreachable: no document of this "
                                          "kind has 'regon' here; did you mean 'region'?"},
    {REQUIRE "fix: {en: a, ja: '{lst(@)}'}\n",
     "rule.yaml:9:20 rule/placeholder: unknown function 'lst'; did you mean 'list'?"},
    {REQUIRE "symptoms:\n- text: a\n- text: {en: 'b {count(@)'}\n",
     "rule.yaml:11:17 rule/placeholder: this '{' has no '}'; write '{{' for a literal brace"},
    {REQUIRE "symptoms: [{text: a, heading: 1}]\n",
     "rule.yaml:9:31 schema/wrong-type: expected boolean, found number"},
    {REQUIRE "symptoms: [{where: x}]\n",
     "rule.yaml:9:12 schema/missing-key: the key 'text' is missing here"},
    {REQUIRE "needs: [{fact: $.regions, collect: 'aws {x}'}]\n",
     "rule.yaml:9:42 rule/placeholder: unknown word; text is*"},
    {REQUIRE "fix: \"{row('a')}\"\n",
     "rule.yaml:9:8 rule/row: row() needs a 'foreach' in the rule"},
    {REQUIRE "fix: >-\n  one\n  {list($.roles[*].nme)}\n",
     "rule.yaml:11:20 rule/unreachable: no document of this kind has 'nme' here; did you mean "
     "'name'?"},
};

/*
 * The words of the expression compiler are its own tests' matter: "*" at the end stands for the
 * rest of them.
 */
static bool is_said(struct str said, struct str wanted)
{
    if (str_ends(wanted, STR("*"))) {
        return str_starts(said, str_slice(wanted, 0, wanted.len - 1));
    }
    return str_eq(said, wanted);
}

static void check(const struct row *rows, size_t count)
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct rules *rules = rules_new();
        bool loaded = rules_add(rules, str_from_c(rows[i].text));
        struct str said = model_findings(rules->model);
        if (!is_said(said, str_from_c(rows[i].findings))) {
            print_error("%s\n  says\n%.*s\n", rows[i].text, STR_ARG(said));
            wrong++;
        }
        assert_int_equal(loaded, said.len == 0);
        assert_int_equal(rules->set.count, loaded ? 1 : 0);
        rules_free(rules);
    }
    assert_int_equal(wrong, 0);
}

static void the_four_classic_mistakes_are_load_errors(void **state)
{
    (void)state;
    check(mistakes, COUNT_OF(mistakes));
}

static void the_shape_of_a_rule_file_is_checked(void **state)
{
    (void)state;
    check(structure, COUNT_OF(structure));
}

static void only_dated_rules_look_at_the_date(void **state)
{
    (void)state;
    check(dates, COUNT_OF(dates));
}

static void expressions_are_checked_where_they_stand(void **state)
{
    (void)state;
    check(expressions, COUNT_OF(expressions));
}

static void placeholders_are_checked_where_they_stand(void **state)
{
    (void)state;
    check(texts, COUNT_OF(texts));
}

static void an_id_is_family_and_name(void **state)
{
    static const struct {
        const char *id;
        bool valid;
    } ids[] = {
        {"a/b", true},     {"gitlab/role-arn-invalid", true},
        {"a1/2b-3", true}, {"", false},
        {"a", false},      {"a/", false},
        {"/b", false},     {"a/b/c", false},
        {"A/b", false},    {"a/b-", false},
        {"-a/b", false},   {"a-/b", false},
        {"a/-b", false},   {"1a/b", false},
        {"a/b c", false},  {"a/b_c", false},
        {"a//b", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        if (rule_id_is_valid(str_from_c(ids[i].id)) != ids[i].valid) {
            fail_msg("'%s'", ids[i].id);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_four_classic_mistakes_are_load_errors),
        cmocka_unit_test(the_shape_of_a_rule_file_is_checked),
        cmocka_unit_test(only_dated_rules_look_at_the_date),
        cmocka_unit_test(expressions_are_checked_where_they_stand),
        cmocka_unit_test(placeholders_are_checked_where_they_stand),
        cmocka_unit_test(an_id_is_family_and_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
