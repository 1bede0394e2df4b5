/* SPDX-License-Identifier: MIT */
/* Reading documents: the syntax, the kind, the IAM documents inside, and secrets. */
#include "model_world.h"

#define POLICY "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"a:B\", \"Resource\": \"*\"}}"
#define TRUST                                                                                      \
    "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", "                     \
    "\"Principal\": \"*\"}}"

static const struct {
    const char *name, *text;
    const char *kinds; /* of the documents, "-" for none known */
    const char *findings;
} files[] = {
    /* The syntax by the name. */
    {"a.json", POLICY, "iam-policy", ""},
    {"a.json", "Statement: []", "", "a.json:1:1 syntax/json: *"},
    {"a.json", "", "", "a.json:1:1 syntax/json: *"},
    {"a.yaml", "Statement: {Effect: Allow}", "iam-policy", ""},
    {"a.yml", "{Statement: {Effect: Allow}}", "iam-policy", ""},
    {"a.yaml", POLICY, "iam-policy", ""},
    {"a.yaml", "", "", ""},
    {"a.yaml", "# nothing\n", "", ""},
    {"a.yaml", "---\n", "-", ""},
    /* The syntax by the content. */
    {"-", POLICY, "iam-policy", ""},
    {"policy", " \n\t" POLICY, "iam-policy", ""},
    {"policy", "\xEF\xBB\xBF" POLICY, "iam-policy", ""},
    {"-", "Statement:\n- Effect: Allow\n", "iam-policy", ""},
    {"-", "{Statement: []}", "", "-:1:2 syntax/json: *"},
    {"-", "", "", ""},
    /* JSON lines and several documents. */
    {"a.jsonl", POLICY "\n" TRUST "\n", "iam-policy iam-trust-policy", ""},
    {"a.json", POLICY "\r\n" TRUST, "iam-policy iam-trust-policy", ""},
    {"a.json", POLICY "\r" TRUST "\n\n", "iam-policy iam-trust-policy", ""},
    {"a.json", "{}\n  {}\n[]", "- - -", ""},
    {"a.json", "{}{}", "-", "a.json:1:3 syntax/json: *"},
    {"a.json", "{} {}", "-", "a.json:1:4 syntax/json: *"},
    {"a.json", POLICY "\n{", "iam-policy", "a.json:2:2 syntax/json: *"},
    {"a.json", "{}\n{]", "-", "a.json:2:2 syntax/json: *"},
    {"a.yaml", "Statement: []\n---\nkind: x\n--- # end\n[a]\n", "iam-policy - -", ""},
    {"a.yaml", "Statement: []\n---\n'x\n", "iam-policy", "a.yaml:3:1 syntax/yaml: *"},
    {"a.yaml", "{}\n---\n{\"a\": 1}", "- -", ""},
    /* The kind by the content alone. */
    {"a.json", TRUST, "iam-trust-policy", ""},
    {"a.json", "{\"Statement\": []}", "iam-policy", ""},
    {"a.json", "[" POLICY "]", "-", ""},
    {"a.json", "\"Statement\"", "-", ""},
    {"a.json", "{\"KeyPairs\": []}", "aws-cli/describe-key-pairs", ""},
    {"a.json", "{\"Subnets\": [], \"NextToken\": \"x\"}", "aws-cli/describe-subnets", ""},
    {"a.json", "{\"Role\": {\"RoleName\": \"x\"}}", "aws-cli/get-role", ""},
    {"a.json", "{\"Role\": \"x\"}", "-", ""},
    {"a.json", "{\"RoleName\": \"x\", \"PolicyName\": \"y\", \"PolicyDocument\": {}}",
     "aws-cli/get-role-policy", ""},
    {"a.json", "{\"PolicyVersion\": {\"Document\": {}}}", "aws-cli/get-policy-version", ""},
    {"a.yaml", "apiVersion: ekslint/v1\nkind: GitLabEKSIntegration", "gitlab-eks", ""},
    {"a.yaml", "kind: GitLabEKSIntegration", "gitlab-eks",
     "a.yaml:1:1 schema/missing-key: the key 'apiVersion' is missing here"},
    {"a.yaml", "kind: gitlabeksintegration", "-", ""},
    {"a.json", "{\"RoleDetailList\": []}", "aws-cli/get-account-authorization-details", ""},
    {"a.json", "{\"Groups\": []}", "aws-cli/list-groups-for-user", ""},
    {"a.json", "{\"Groups\": [{\"DisplayName\": \"x\"}]}", "-", ""},
    {"a.json", "{\"clusters\": [\"a\"]}", "aws-cli/list-clusters", ""},
    {"a.json", "{\"clusters\": [{\"clusterArn\": \"a\"}]}", "-", ""},
    {"a.json", "{\"cluster\": {\"name\": \"a\", \"arn\": \"b\"}}", "aws-cli/describe-cluster", ""},
    /* INI, with and without a name that says so. */
    {"config", "[default]\nregion = x\n", "aws-config", ""},
    {"x/credentials", "# mine\n[ci]\naws_access_key_id = x\n", "aws-config", ""},
    {"a.ini", "[profile ci]\nrole_arn=x\n", "aws-config", ""},
    {"a.ini", "[tox]\nenvlist = x\n", "-", ""},
    {"a.ini", "[profile ci]\nrole_arn\nregion = x\n[default]\n", "aws-config",
     "a.ini:2:1 syntax/ini: expected 'key = value', a '[section]' or a comment"},
    {"list", "[true]\n", "-", ""},
    {"list", "[[default]]\n", "", "list:1:3 syntax/json: *"},
    {"a.yaml", "default: {region: x}", "-", ""},
    {"a.yaml", "[default]\n", "-", ""},
    /* What GitLab and Kubernetes read. */
    {"a.yaml", "ci_access: {projects: []}", "gitlab-agent", ""},
    {".gitlab/agents/x/config.yaml", "observability: {}", "gitlab-agent", ""},
    {"a.yaml", "observability: {}", "-", ""},
    {"a.yml", "include: [{template: Auto-DevOps.gitlab-ci.yml}]", "gitlab-ci", ""},
    {"a.yml", "include: {template: Auto-DevOps.gitlab-ci.yml}", "gitlab-ci", ""},
    {"a.yml", "stages: [build]\nx: {script: !reference [.y, script]}", "gitlab-ci", ""},
    {"a.yml", "variables: {A: b}", "-", ""},
    {"a.yml", "stages: [{stage: x, jobs: []}]\npool: {script: x}", "-", ""},
    {".gitlab-ci.yml", "variables: {A: b}", "gitlab-ci", ""},
    {"a.yml", "on: push\njobs: {a: {script: x}}\ndefault: {}", "-", ""},
    {"a.yml", "include: [{path: x}]\nservices: {a: {extends: b}}", "-", ""},
    {"a.yaml", "apiVersion: v1\nkind: Pod", "kubernetes", ""},
    {"a.yaml", "apiVersion: v1\nkind: Config", "-", ""},
    {"a.yaml", "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig", "eksctl", ""},
    {"a.yaml",
     "apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Pod}, {a: b}, {apiVersion: v1, "
     "kind: "
     "ConfigMap, metadata: {name: aws-auth}}]\n---\napiVersion: v1\nkind: Pod",
     "kubernetes/list kubernetes kubernetes/aws-auth kubernetes", ""},
    {"a.yaml", "a: {{ .Values.x }}\n{{ end }}", "", "a.yaml:2:1 syntax/yaml: *"},
};

/* "*" at the end of `pattern` stands for anything. */
static void assert_said(const char *text, struct str said, const char *pattern)
{
    struct str wanted = str_from_c(pattern);
    if (str_ends(wanted, STR("*"))) {
        wanted.len--;
        said = str_slice(said, 0, wanted.len);
    }
    if (!str_eq(said, wanted)) {
        fail_msg("%s\n  says '%.*s'\n  not  '%s'", text, STR_ARG(said), pattern);
    }
}

static struct str kinds_of(struct model *model)
{
    struct buf kinds = buf_with_max(1000);
    for (size_t i = 0; i < model->documents.count; i++) {
        const struct document *document = model->documents.items[i];
        assert_int_equal(document->number, i);
        buf_add_c(&kinds, i ? " " : "");
        buf_add(&kinds, document->kind ? document->kind->id : STR("-"));
    }
    struct str text = arena_str(&model->arena, buf_str(&kinds));
    buf_release(&kinds);
    return text;
}

static void documents_are_read_and_recognised(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        struct model *model = model_new();
        bool read = model_read(model, files[i].name, files[i].text);
        assert_row(files[i].text, kinds_of(model), files[i].kinds);
        assert_said(files[i].text, model_findings(model), files[i].findings);
        bool broken = str_find(model_findings(model), STR("syntax/")) < model_findings(model).len;
        assert_int_equal(read, !broken);
        model_free(model);
    }
}

static void a_forced_kind_goes_for_every_document(void **state)
{
    (void)state;
    struct model *model = model_new();
    model->reader.forced = kinds_find(&model->kinds, STR("gitlab-eks"));
    assert_true(model_read(model, "a.json", "[]\n" POLICY));
    assert_str_equal(kinds_of(model), STR("gitlab-eks gitlab-eks"));
    assert_said("forced", model_findings(model),
                "a.json:1:1 schema/wrong-type: expected object, found array\n*");
    model_free(model);
}

/* However many statements a policy has, none of them is looked at in vain. */
static void a_long_policy_is_recognised(void **state)
{
    (void)state;
    struct buf text = buf_with_max(1 << 24);
    buf_add_c(&text, "{\"Statement\":[");
    for (int i = 0; i < 40000; i++) {
        buf_add_c(&text, i ? ",{\"Effect\":\"Deny\"}" : "{\"Effect\":\"Deny\"}");
    }
    buf_add_c(&text, "]}");
    buf_add_char(&text, '\0');
    struct model *model = model_new();
    assert_true(model_read(model, "a.json", text.ptr));
    assert_str_equal(kinds_of(model), STR("iam-policy"));
    model_free(model);
    buf_release(&text);
}

#define JSON_TRUST                                                                                 \
    "\"{\\\"Statement\\\": [{\\\"Effect\\\": \\\"Allow\\\", \\\"Principal\\\": \\\"*\\\"}]}\""

static const struct {
    const char *name, *text;
    const char *subjects; /* "kind Statement[*].Effect at line:column" of each, one a line */
    const char *findings;
} inners[] = {
    {"a.json", POLICY, "iam-policy 1:26", ""},
    {"a.json", "{\"Role\": {\"RoleName\": \"x\", \"AssumeRolePolicyDocument\":\n " TRUST "}}",
     "aws-cli/get-role\niam-trust-policy 2:27", ""},
    {"a.json", "{\"Role\": {\"RoleName\": \"x\", \"AssumeRolePolicyDocument\":\n " JSON_TRUST "}}",
     "aws-cli/get-role\niam-trust-policy 2:33", ""},
    {"a.yaml",
     "Role:\n  RoleName: x\n  AssumeRolePolicyDocument: |\n    {\"Statement\":\n      {\"Effect\": "
     "\"Deny\"}}\n",
     "aws-cli/get-role\niam-trust-policy 5:18", ""},
    {"a.json", "{\"Role\": {\"RoleName\": \"x\", \"AssumeRolePolicyDocument\": \"{\\\"a\\\" 1}\"}}",
     "aws-cli/get-role", "a.json:1:64 syntax/json: *"},
    {"a.json", "{\"Role\": {\"RoleName\": \"x\", \"AssumeRolePolicyDocument\": \"plain\"}}",
     "aws-cli/get-role", ""},
    {"a.json", "{\"Role\": {\"RoleName\": \"x\", \"AssumeRolePolicyDocument\": null}}",
     "aws-cli/get-role", ""},
    {"a.json", "{\"Role\": {\"RoleName\": \"x\", \"AssumeRolePolicyDocument\": [1]}}",
     "aws-cli/get-role", ""},
    {"a.json", "{\"Role\": {\"RoleName\": \"x\", \"AssumeRolePolicyDocument\": \"[{}]\"}}",
     "aws-cli/get-role", ""},
    {"a.json", "{\"RoleName\": \"x\", \"PolicyName\": \"y\", \"PolicyDocument\": " POLICY "}",
     "aws-cli/get-role-policy\niam-policy 1:81", ""},
    {"a.json", "{\"PolicyVersion\": {\"Document\": " POLICY "}}",
     "aws-cli/get-policy-version\niam-policy 1:57", ""},
    {"a.json", "{\"PolicyVersion\": {\"Document\": {}}}", "aws-cli/get-policy-version", ""},
};

static struct str subjects_of(struct model *model)
{
    struct buf out = buf_with_max(1000);
    for (size_t i = 0; i < model->documents.count; i++) {
        struct subject_list subjects = {0};
        document_subjects(&model->reader, &model->arena, model->documents.items[i], &subjects);
        for (size_t s = 0; s < subjects.count; s++) {
            const struct subject *subject = &subjects.items[s];
            buf_printf(&out, "%s%.*s", out.len ? "\n" : "", STR_ARG(subject->kind->id));
            struct nodelist effects = model_select(model, subject->tree, "$.Statement[*].Effect");
            for (size_t e = 0; e < effects.count; e++) {
                const struct node *node = effects.items[e].node;
                struct place place = sources_resolve(&model->sources, node->source,
                                                     (struct span){node->lo, node->hi});
                struct position at = source_position(place.source, place.span.lo);
                buf_printf(&out, " %u:%u", at.line, at.column);
            }
        }
    }
    struct str text = arena_str(&model->arena, buf_str(&out));
    buf_release(&out);
    return text;
}

static void inner_policies_are_subjects_and_point_to_the_file(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(inners); i++) {
        struct model *model = model_new();
        assert_true(model_read(model, inners[i].name, inners[i].text));
        assert_row(inners[i].text, subjects_of(model), inners[i].subjects);
        assert_said(inners[i].text, model_findings(model), inners[i].findings);
        model_free(model);
    }
}

#define MAIN "apiVersion: ekslint/v1\nkind: GitLabEKSIntegration\n"

/* Whatever is wrong with the file: what a report shows of it holds no secret. */
static void secrets_are_hidden_from_excerpts(void **state)
{
    static const struct {
        const char *name, *text;
    } rows[] = {
        {"a.yaml", MAIN "gitlab:\n  amazon_eks: {secret_access_key: TopSecret, x: y}\n"},
        {"a.yaml", MAIN "gitlab:\n  amazon_eks:\n    secret_access_key: |\n      TopSecret\n"},
        {"a.yaml", MAIN "gitlab:\n  amazon_eks:\n    secret_acces_key: TopSecret\n"},
        {"a.yaml", MAIN "gitlab:\n  amazon_eks:\n    secret_access_key: 'TopSecret\n"},
        {"a.yaml", MAIN "gitlab:\n  amazon_eks:\n    secret_access_key: TopSecret\n    x: [\n"},
        {"a.yaml", MAIN "gitlab:\n  amazon_eks:\n    secret_access_key: TopSecret\n"
                        "    secret_access_key: other\n"},
        {"a.json", "{\"apiVersion\": \"ekslint/v1\", \"kind\": \"GitLabEKSIntegration\",\n"
                   "\"gitlab\": {\"amazon_eks\": {\"secret_access_key\": \"TopSecret\"}}}"},
        {"a.json", "{\"gitlab\": {\"amazon_eks\": {\"secret_access_key\": \"TopSecret\" 1}}}"},
        {"a.json",
         "{\"format_version\": \"1.2\", \"planned_values\": {\"root_module\": {\"resources\": [\n"
         "{\"values\": {\"a\": [{\"b\": \"TopSecret\"}]}, \"sensitive_values\": {\"a\": "
         "[{\"b\": true}]}}]}}}"},
        {"a.json", "{\"format_version\": \"1.2\", \"planned_values\": {\"outputs\": {\"x\": {\n"
                   "\"sensitive\": true, \"value\": {\"y\": \"TopSecret\"}}}}}"},
        {"a.json",
         "{\"format_version\": \"1.2\", \"planned_values\": {}, \"resource_changes\": [\n"
         "{\"change\": {\"after\": {\"a\": \"TopSecret\"}, \"after_sensitive\": {\"a\": true}, "
         "\"before\": null, \"before_sensitive\": false}}]}"},
        {"a.json", "{\"format_version\": \"1.2\", \"planned_values\": {}, \"variables\": {\n"
                   "\"db_password\": {\"value\": \"TopSecret\"}}}"},
        {"a.json", "{\"AccessKey\": {\"SecretAccessKey\": \"TopSecret\" 1}}"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct model *model = model_new();
        (void)!model_read(model, rows[i].name, rows[i].text);
        struct source *source = sources_get(&model->sources, (uint32_t)model->sources.count - 1);
        for (uint32_t line = 1; line < 10; line++) {
            struct str excerpt = source_excerpt(source, line, &model->arena);
            if (str_find(excerpt, STR("TopSecret")) < excerpt.len) {
                fail_msg("shown: %.*s", STR_ARG(excerpt));
            }
        }
        model_free(model);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_are_read_and_recognised),
        cmocka_unit_test(a_forced_kind_goes_for_every_document),
        cmocka_unit_test(a_long_policy_is_recognised),
        cmocka_unit_test(inner_policies_are_subjects_and_point_to_the_file),
        cmocka_unit_test(secrets_are_hidden_from_excerpts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
