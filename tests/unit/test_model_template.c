/* SPDX-License-Identifier: MIT */
/*
 * Policies inside templates, plans and strings: where they are found, of what kind they are, what of them
 * is unknown, and that they point into the file.
 */
#include "model_world.h"

/* ---- what is printed of subjects ---- */

/* A node as JSON on one line, with '?' for what is unknown. */
static void write_node(struct buf *out, const struct tree *tree, const struct node *node)
{
    bool object = node->kind == NODE_OBJECT;
    if (node->kind == NODE_UNKNOWN) {
        buf_add_c(out, "?");
        return;
    }
    if (!node_is_container(node)) {
        json_write(out, tree, node, 0);
        return;
    }
    buf_add_c(out, object ? "{" : "[");
    for (uint32_t i = 0; i < node_size(node); i++) {
        buf_add_c(out, i ? "," : "");
        if (object) {
            buf_printf(out, "%.*s:", STR_ARG(tree_text(tree, tree_key(tree, node, i))));
        }
        write_node(out, tree, object ? tree_value(tree, node, i) : tree_element(tree, node, i));
    }
    buf_add_c(out, object ? "}" : "]");
}

static void write_effects(struct model *model, const struct subject *subject, struct buf *out)
{
    struct nodelist effects = model_select(model, subject->tree, "$.Statement[*].Effect");
    for (size_t i = 0; i < effects.count; i++) {
        const struct node *node = effects.items[i].node;
        struct place place =
            sources_resolve(&model->sources, node->source, (struct span){node->lo, node->hi});
        struct position at = source_position(place.source, place.span.lo);
        struct str spelt = str_slice(place.source->bytes, place.span.lo, place.span.hi);
        buf_printf(out, " %u:%u=%.*s", at.line, at.column, STR_ARG(spelt));
    }
}

/*
 * The subjects of all documents, one a line: the kind, with the type of resource behind a colon; "named"
 * where it was not guessed; the places of the effects with what stands there, or '?' for a policy that is unknown; or, with
 * `whole`, the policy.
 */
static struct str subjects_of(struct model *model, bool whole)
{
    struct buf out = buf_with_max(1 << 16);
    for (size_t i = 0; i < model->documents.count; i++) {
        struct subject_list subjects = {0};
        if (!model->documents.items[i]->kind) {
            continue;
        }
        document_subjects(&model->reader, &model->arena, model->documents.items[i], &subjects);
        for (size_t s = 0; s < subjects.count; s++) {
            const struct subject *subject = &subjects.items[s];
            if (whole && !subject->kind->iam) {
                continue;
            }
            buf_add_c(&out, out.len ? "\n" : "");
            if (whole) {
                write_node(&out, subject->tree, subject->root);
                continue;
            }
            struct str type = subject->resource_type;
            buf_printf(&out, "%.*s%s%.*s%s%s", STR_ARG(subject->kind->id), type.len ? ":" : "",
                       STR_ARG(type), subject->kind->iam && subject->named ? " named" : "",
                       subject->root->kind == NODE_UNKNOWN ? " ?" : "");
            write_effects(model, subject, &out);
        }
    }
    struct str text = arena_str(&model->arena, buf_str(&out));
    buf_release(&out);
    return text;
}

/* ---- functions of CloudFormation ---- */

#define YAML(policy)                                                                               \
    "Resources:\n  R:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n"                       \
    "      PolicyDocument: " policy "\n"
#define JSON(policy)                                                                               \
    "{\"Resources\": {\"R\": {\"Type\": \"AWS::IAM::ManagedPolicy\", \"Properties\": "             \
    "{\"PolicyDocument\": " policy "}}}}"

static const struct {
    const char *name, *text, *policies;
} functions[] = {
    /* Short forms, long forms, and JSON. */
    {"a.yaml", YAML("{Statement: {Effect: Allow, Action: [a, !Ref B], Resource: !GetAtt C.Arn}}"),
     "{Statement:[{Effect:\"Allow\",Action:[\"a\",?],Resource:?}]}"},
    {"a.yaml", YAML("{Statement: [{Action: {Ref: B}, Resource: [{'Fn::GetAtt': [C, Arn]}, b]}]}"),
     "{Statement:[{Action:?,Resource:[?,\"b\"]}]}"},
    {"a.json",
     JSON("{\"Statement\": [{\"Action\": {\"Ref\": \"B\"}, \"Resource\": "
          "{\"Fn::Sub\": \"${B}\"}}]}"),
     "{Statement:[{Action:?,Resource:?}]}"},
    {"a.yaml", YAML("{Statement: [!If [C, {Effect: Allow}, {Effect: Deny}]], Version: !Ref V}"),
     "{Statement:[?],Version:?}"},
    {"a.yaml", YAML("{Statement: {'Fn::If': [C, {Effect: Allow}, {Effect: Deny}]}}"),
     "{Statement:?}"},
    {"a.yaml", YAML("{Statement: !Transform {Name: 'AWS::Include', Parameters: {Location: x}}}"),
     "{Statement:?}"},
    {"a.yaml", YAML("{Statement: [{Condition: {StringEquals: !Ref A, Bool: {k: !Ref B}}}]}"),
     "{Statement:[{Condition:{StringEquals:?,Bool:{k:?}}}]}"},
    {"a.yaml", YAML("{Statement: [{Effect: Allow, 'Fn::Transform': {Name: x}}, {Effect: Deny}]}"),
     "{Statement:[?,{Effect:\"Deny\"}]}"},
    {"a.yaml", YAML("{Statement: [{Principal: !Ref A}, {Principal: {AWS: !Ref A}}]}"),
     "{Statement:[{Principal:?},{Principal:{AWS:?}}]}"},
    /* What is certainly absent. */
    {"a.yaml", YAML("{Statement: [{Sid: !Ref AWS::NoValue, Action: [!Ref 'AWS::NoValue', a]}]}"),
     "{Statement:[{Action:[\"a\"]}]}"},
    {"a.json", JSON("{\"Statement\": [{\"Ref\": \"AWS::NoValue\"}, {\"Sid\": \"a\"}]}"),
     "{Statement:[{Sid:\"a\"}]}"},
    {"a.yaml", YAML("!Ref AWS::NoValue"), ""},
    /* What is certain. */
    {"a.yaml", YAML("{Statement: [{Action: !Sub 's3:*', Resource: !Join [':', [a, 'b', c]]}]}"),
     "{Statement:[{Action:[\"s3:*\"],Resource:[\"a:b:c\"]}]}"},
    {"a.yaml", YAML("{Statement: [{Resource: !Join ['', [a, !Ref B]]}]}"),
     "{Statement:[{Resource:?}]}"},
    {"a.yaml", YAML("{Statement: [{Resource: !Sub 'a/${!aws:username}/$'}]}"),
     "{Statement:[{Resource:[\"a/${aws:username}/$\"]}]}"},
    {"a.yaml", YAML("{Statement: [{Resource: !Sub ['a/${!x}/${y}', {y: z}]}]}"),
     "{Statement:[{Resource:?}]}"},
    {"a.yaml", YAML("{Statement: [{Resource: !Sub ['a', {}]}, {Resource: 'a${aws:username}'}]}"),
     "{Statement:[{Resource:[\"a\"]},{Resource:[\"a${aws:username}\"]}]}"},
    {"a.yaml", YAML("{Statement: [{Resource: '{{resolve:ssm:/a}}'}]}"),
     "{Statement:[{Resource:?}]}"},
    {"a.yaml",
     YAML("{Statement: [{Resource: !Sub '{{resolve:ssm:/a}}', Sid: !Join ['', ['{{', "
          "'resolve:ssm:/a}}']]}]}"),
     "{Statement:[{Resource:?,Sid:?}]}"},
    {"a.yaml", YAML("'{\"Statement\": {\"Sid\": \"{{resolve:ssm:/a}}\", \"Effect\": \"${A}\"}}'"),
     "{Statement:[{Sid:?,Effect:\"${A}\"}]}"},
    {"a.yaml", YAML("{Statement: [{Resource: !Sub [!Ref a, {}], Sid: {'Fn::Sub': !Ref a}}]}"),
     "{Statement:[{Resource:?,Sid:?}]}"},
    /* Values that are sent as strings, and texts that YAML 1.1 reads as something else. */
    {"a.yaml", YAML("{Version: 2012-10-17, Statement: [{Principal: {AWS: 123456789012}}]}"),
     "{Version:\"2012-10-17\",Statement:[{Principal:{AWS:[\"123456789012\"]}}]}"},
    {"a.yaml", YAML("{Statement: [{Condition: {Bool: {a: true, b: [false, 'x']}}}]}"),
     "{Statement:[{Condition:{Bool:{a:[\"true\"],b:[\"false\",\"x\"]}}}]}"},
    {"a.yaml", YAML("{Statement: [{Principal: {AWS: [012345670123, '012345670123']}}]}"),
     "{Statement:[{Principal:{AWS:[?,\"012345670123\"]}}]}"},
    {"a.json", JSON("{\"Statement\": [{\"Principal\": {\"AWS\": 123456789012}}]}"),
     "{Statement:[{Principal:{AWS:[\"123456789012\"]}}]}"},
    {"a.yaml", YAML("{Statement: [{Sid: !!str yes, Action: null}]}"),
     "{Statement:[{Sid:\"yes\",Action:[null]}]}"},
    /* Other tags are functions that nobody knows; other maps are none. */
    {"a.yaml", YAML("{Statement: [{Action: !Rain::Embed x, Resource: {Ref: a, b: c}}]}"),
     "{Statement:[{Action:?,Resource:[{Ref:\"a\",b:\"c\"}]}]}"},
    /* A policy that is one of two, and one that only the stack knows. */
    {"a.yaml", YAML("!If [C, {Statement: [{Sid: a}]}, !If [D, {Statement: [{Sid: b}]}, !Ref X]]"),
     "{Statement:[{Sid:\"a\"}]}\n{Statement:[{Sid:\"b\"}]}\n?"},
    {"a.yaml", YAML("!Ref Parameter"), "?"},
    {"a.yaml", YAML("'{{resolve:ssm:/policy}}'"), "?"},
    {"a.yaml", YAML("{}"), ""},
    {"a.yaml", YAML("[]"), ""},
    {"a.yaml", YAML("' '"), ""},
    {"a.yaml", YAML("POLICY_GOES_HERE"), "?"},
    {"a.yaml", YAML("{Statements: []}"), "{Statements:[]}"},
    /* JSON in a text of Fn::Sub. */
    {"a.yaml",
     YAML("!Sub |\n        {\"Statement\": [{\"Action\": \"a\", \"Resource\": \"${B}/*\",\n"
          "          \"Condition\": {\"StringEquals\": {\"${C}:sub\": \"x\"}, \"Bool\": "
          "{\"${!a}\": \"${!b}\"}}}]}"),
     "{Statement:[{Action:[\"a\"],Resource:?,Condition:{StringEquals:?,Bool:?}}]}"},
    {"a.yaml", YAML("!Sub '{\"Statement\": [{\"Action\": ${A}}]}'"), "?"},
    {"a.yaml", YAML("!Sub ['{\"Statement\": {\"Sid\": \"${A}\"}}', {A: b}]"),
     "{Statement:[{Sid:?}]}"},
    {"a.yaml", YAML("!Sub '{\"Statement\": {\"Sid\": \"{\\\"Ref\\\": 1}\", \"Action\": 1}}'"),
     "{Statement:[{Sid:\"{\\\"Ref\\\": 1}\",Action:[1]}]}"},
    {"a.yaml", YAML("|\n        {\"Statement\": {\"Sid\": \"${A}\"}}"),
     "{Statement:[{Sid:\"${A}\"}]}"},
};

static void functions_are_what_is_certain_of_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(functions); i++) {
        struct model *model = model_new();
        assert_true(model_read(model, functions[i].name, functions[i].text));
        assert_row(functions[i].text, subjects_of(model, true), functions[i].policies);
        assert_row(functions[i].text, model_findings(model), "");
        model_free(model);
    }
}

/* A rule of the kind sees the whole template so. */
static void a_template_is_judged_with_its_functions_unknown(void **state)
{
    (void)state;
    struct model *model = model_new();
    assert_true(model_read(model, "a.yaml",
                           "Resources:\n  C: {Type: AWS::EKS::Cluster, Properties: {Version: "
                           "1.31, RoleArn: !GetAtt R.Arn, Name: !Ref AWS::NoValue}}\n"
                           "  'Fn::ForEach::X': [a, b, {c: d}]\n"));
    struct subject_list subjects = {0};
    document_subjects(&model->reader, &model->arena, model->documents.items[0], &subjects);
    struct buf out = buf_with_max(1000);
    write_node(&out, subjects.items[0].tree, subjects.items[0].root);
    buf_add_char(&out, '\0');
    assert_string_equal(out.ptr, "{Resources:{C:{Type:\"AWS::EKS::Cluster\",Properties:{Version:"
                                 "1.31,RoleArn:?}},Fn::ForEach::X:?}}");
    buf_release(&out);
    model_free(model);
}

/* ---- where policies stand ---- */

#define STATEMENT "{Statement: {Effect: Allow}}"
#define PLAN(rest) "{\"format_version\": \"1.2\", \"planned_values\": " rest "}"
#define ROOT(resources) "{\"root_module\": {\"resources\": [" resources "]}}"
#define RESOURCE(type, values) "{\"type\": \"" type "\", \"values\": " values "}"
#define TEXT "\"{\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\"}]}\""

static const struct {
    const char *name, *text, *subjects, *findings;
} places[] = {
    /* CloudFormation */
    {"a.yaml",
     "Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n"
     "      AssumeRolePolicyDocument: " STATEMENT "\n      Policies:\n"
     "      - PolicyDocument: " STATEMENT "\n"
     "      - !If [C, {PolicyDocument: " STATEMENT "}, !Ref AWS::NoValue]\n"
     "      - [!GetAtt {PolicyDocument: " STATEMENT "}]\n"
     "  G:\n    Type: AWS::IAM::Group\n    Properties:\n      Policies:\n        Fn::If:\n"
     "        - C\n        - - PolicyDocument: " STATEMENT "\n        - !Ref AWS::NoValue\n",
     "cloudformation\niam-trust-policy named 5:54=Allow\niam-policy named 7:46=Allow\n"
     "iam-policy named 8:55=Allow\niam-policy named 16:50=Allow",
     ""},
    {"a.yaml",
     "AWSTemplateFormatVersion: 2010-09-09\nResources:\n"
     "  A: {Type: AWS::S3::BucketPolicy, Properties: {PolicyDocument: " STATEMENT "}}\n"
     "  B: {Type: AWS::KMS::Key, Properties: {KeyPolicy: " STATEMENT "}}\n"
     "  C: {Type: AWS::ECR::Repository, Properties: {RepositoryPolicyText: " STATEMENT "}}\n"
     "  D: {Type: AWS::Lambda::Function, Properties: {PolicyDocument: " STATEMENT "}}\n"
     "  E: {Properties: {PolicyDocument: " STATEMENT "}}\n"
     "  F: [a]\n",
     "cloudformation\niam-resource-policy:AWS::S3::Bucket named 3:86=Allow\n"
     "iam-resource-policy:AWS::KMS::Key named 4:73=Allow\n"
     "iam-resource-policy:AWS::ECR::Repository named 5:91=Allow",
     ""},
    {"a.yaml",
     "Resources:\n"
     "  A: {Type: AWS::Organizations::Policy, Properties: {Type: SERVICE_CONTROL_POLICY, "
     "Content: " STATEMENT "}}\n"
     "  B: {Type: AWS::Organizations::Policy, Properties: {Type: RESOURCE_CONTROL_POLICY, "
     "Content: " STATEMENT "}}\n"
     "  C: {Type: AWS::Organizations::Policy, Properties: {Type: TAG_POLICY, Content: {}}}\n"
     "  D: {Type: AWS::Organizations::Policy, Properties: {Type: !Ref T, Content: " STATEMENT
     "}}\n",
     "cloudformation\niam-scp named 2:114=Allow\niam-rcp named 3:115=Allow", ""},
    {"a.yaml",
     "Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Policies:\n"
     "      - AmazonS3ReadOnlyAccess\n      - S3ReadPolicy: {BucketName: x}\n"
     "      - " STATEMENT "\n  G:\n    Type: AWS::Serverless::Function\n    Properties:\n"
     "      Policies: " STATEMENT "\n",
     "cloudformation\niam-policy named 8:30=Allow\niam-policy named 12:38=Allow", ""},
    {"a.yaml",
     "AWSTemplateFormatVersion: 2010-09-09\n"
     "Resources:\n  'Fn::ForEach::Roles':\n  - Name\n  - [a, b]\n"
     "  - 'Role${Name}': {Type: AWS::IAM::UserPolicy, Properties: {PolicyDocument: " STATEMENT
     "}}\n",
     "cloudformation\niam-policy named 6:99=Allow", ""},
    {"a.yaml", YAML("|-\n        {\"Statement\":\n          {\"Effect\": \"Allow\"}}"),
     "cloudformation\niam-policy named 7:22=\"Allow\"", ""},
    {"a.yaml", YAML("|-\n        {\"Statement\" {}}"), "cloudformation",
     "a.yaml:6:22 syntax/json: *"},
    {"a.yaml",
     YAML("!Sub |-\n        {\"Statement\":\n          {\"Effect\": \"Allow\", \"Sid\": "
          "\"${X}\"}}"),
     "cloudformation\niam-policy named 7:22=\"Allow\"", ""},
    {"a.yaml", YAML("!Sub '{\"Statement\" {}}'"), "cloudformation\niam-policy named ?",
     "a.yaml:5:42 syntax/json: *"},
    {"a.json", JSON("\"{\\\"Statement\\\": {\\\"Effect\\\": \\\"Allow\\\"}}\""),
     "cloudformation\niam-policy named 1:120=\\\"Allow\\\"", ""},
    {"a.yaml",
     "Resources:\n  A: &a {Type: AWS::IAM::Policy, Properties: {PolicyDocument: " STATEMENT
     "}}\n  B: *a\n",
     "cloudformation\niam-policy named 2:84=Allow\niam-policy named 2:84=Allow", ""},
    {"a.yaml", "Resources: {R: {Type: Custom::Thing}}", "cloudformation", ""},
    {"a.yaml", "Resources: {R: {Type: thing}}", "", ""},
    {"a.yaml", "Resources: [{Type: AWS::IAM::Policy}]", "cloudformation", ""},
    /* Terraform */
    {"a.json", PLAN(ROOT(RESOURCE("aws_iam_policy", "{\"policy\": " TEXT "}"))),
     "terraform-plan\niam-policy named 1:153=\\\"Allow\\\"", ""},
    {"a.json",
     PLAN(
         "{\"root_module\": {\"child_modules\": [{\"child_modules\": [{\"resources\": [\n" RESOURCE(
             "aws_iam_role",
             "{\"assume_role_policy\": " TEXT
             ",\n\"inline_policy\": [{\"policy\": \"\"}, {\"policy\": " TEXT "}]}") "]}]}]}}"),
     "terraform-plan\niam-trust-policy named 2:88=\\\"Allow\\\"\niam-policy named "
     "3:75=\\\"Allow\\\"",
     ""},
    {"a.json",
     PLAN(ROOT(RESOURCE("aws_s3_bucket_policy", "\n{\"policy\": " TEXT "}") "," RESOURCE(
         "aws_organizations_policy",
         "\n{\"type\": \"SERVICE_CONTROL_POLICY\", \"content\": " TEXT "}"))),
     "terraform-plan\niam-resource-policy:AWS::S3::Bucket named 2:41=\\\"Allow\\\"\n"
     "iam-scp named 3:76=\\\"Allow\\\"",
     ""},
    {"a.json",
     "{\"format_version\": \"1.2\", \"planned_values\": {}, \"resource_changes\": [\n"
     "{\"type\": \"aws_iam_policy\", \"change\": {\"after_unknown\": {\"policy\": true, \"id\": "
     "true}}},\n"
     "{\"type\": \"aws_kms_key\", \"change\": {\"after_unknown\": {\"policy\": true}}},\n"
     "{\"type\": \"aws_iam_role\", \"change\": {\"after_unknown\": {\"arn\": true}}}]}",
     "terraform-plan\niam-policy named ?", ""},
    {"a.json", "{\"format_version\": \"1.0\", \"values\": {}}", "", ""},
};

/* "*" at the end stands for anything. */
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

static void policies_are_found_where_the_type_has_one(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        struct model *model = model_new();
        assert_true(model_read(model, places[i].name, places[i].text));
        assert_row(places[i].text, subjects_of(model, false), places[i].subjects);
        assert_said(places[i].text, model_findings(model), places[i].findings);
        model_free(model);
    }
}

/* ---- policies in any string ---- */

#define INLINE "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"a:b\"}]}"
#define MAP "apiVersion: v1\nkind: ConfigMap\ndata:\n"

static const struct {
    const char *name, *text, *subjects;
} strings[] = {
    {"a.yaml", MAP "  p.json: |\n    " INLINE "\n", "kubernetes\niam-policy 5:31=\"Allow\""},
    {"a.yaml",
     MAP "  p.json: |2-\n\n      {\"Statement\":\n      [{\"Action\": \"a:b\",\n"
         "        \"Effect\": \"Allow\"}]}\n",
     "kubernetes\niam-policy 8:19=\"Allow\""},
    {"a.yaml",
     MAP "  p.json: >\n    {\"Statement\": [\n    {\"Action\": \"a:b\",\n\n"
         "      \"Effect\": \"Allow\"}]}\n",
     "kubernetes\niam-policy 8:17=\"Allow\""},
    {"a.yaml",
     MAP
     "  p.json: \"{\\\"Statement\\\": [{\\\"Action\\\": \\\"\\u0061:b\\\",\\\n    \\\"Effect\\\":"
     " \\\"Allow\\\"}]}\"\n",
     "kubernetes\niam-policy 5:17=\\\"Allow\\\""},
    {"a.yaml",
     MAP "  p: '{\"Statement\": [{\"Sid\": \"it''s\", \"Effect\": \"Deny\", \"Action\": "
         "\"a:b\"}]}'\n",
     "kubernetes\niam-policy 4:49=\"Deny\""},
    {"a.yaml",
     "apiVersion: iam.services.k8s.aws/v1alpha1\nkind: Role\nspec:\n"
     "  assumeRolePolicyDocument: |\n    {\"Statement\": [{\"Effect\": \"Allow\", \"Action\": "
     "\"sts:AssumeRole\", \"Principal\": \"*\"}]}\n",
     "kubernetes\niam-trust-policy 5:31=\"Allow\""},
    {"a.yaml", "some: [{values: '" INLINE "'}]\n---\nother: x\n",
     "iam-in-strings\niam-policy 1:44=\"Allow\""},
    {"a.json",
     "{\"Policy\": \"{\\\"Statement\\\": {\\\"Effect\\\": \\\"Deny\\\", \\\"NotAction\\\": 1}}\"}",
     "iam-in-strings\niam-policy 1:42=\\\"Deny\\\""},
    {"a.yaml", MAP "  a: &a '" INLINE "'\n  b: *a\n", "kubernetes\niam-policy 4:36=\"Allow\""},
    {"a.yaml",
     "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  data: {p: '" INLINE
     "'}\n",
     "kubernetes/list\nkubernetes\niam-policy 6:40=\"Allow\""},
    /* What may be something else is left alone, and what is no JSON is no mistake here. */
    {"a.yaml", MAP "  p: '{\"Statement\": \"SELECT 1\"}'\n", "kubernetes"},
    {"a.yaml", MAP "  p: '{\"Statement\": [{\"Effect\": \"Allow\"}]}'\n", "kubernetes"},
    {"a.yaml", MAP "  p: '{\"Statement\": [{\"Effect\": \"Allow\", ]}'\n", "kubernetes"},
    {"a.yaml", "p: '{\"Statement\": []}'\n", ""},
    {"a.yaml", "p: !Sub '{\"a\": 1}'\nq: {Ref: AWS::NoValue}\n", ""},
    {"a.yaml", "Statement: {Effect: Allow, Action: !Sub 'a:b'}\n", "iam-policy 1:21=Allow"},
};

static void policies_are_found_in_strings(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(strings); i++) {
        struct model *model = model_new();
        assert_true(model_read(model, strings[i].name, strings[i].text));
        assert_row(strings[i].text, subjects_of(model, false), strings[i].subjects);
        assert_row(strings[i].text, model_findings(model), "");
        model_free(model);
    }
}

/* One policy that stands in a thousand roles by aliases: what is beyond the budget is unknown. */
static void repeated_policies_do_not_multiply_a_document(void **state)
{
    (void)state;
    struct buf text = buf_with_max(1 << 22);
    buf_add_c(&text, "Resources:\n  A: {Type: AWS::IAM::Policy, Properties: {PolicyDocument: &a "
                     "{Statement: [");
    for (int i = 0; i < 3000; i++) {
        buf_add_c(&text, "{Sid: a},");
    }
    buf_add_c(&text, "]}}}\n");
    for (int i = 0; i < 400; i++) {
        buf_printf(&text, "  B%d: {Type: AWS::IAM::Policy, Properties: {PolicyDocument: *a}}\n", i);
    }
    buf_add_char(&text, '\0');
    struct model *model = model_new();
    struct subject_list subjects = {0};
    assert_true(model_read(model, "a.yaml", text.ptr));
    document_subjects(&model->reader, &model->arena, model->documents.items[0], &subjects);
    assert_int_equal(subjects.count, 402);
    assert_int_equal(subjects.items[1].root->kind, NODE_OBJECT);
    size_t nodes = 0;
    size_t unknown = 0;
    for (size_t i = 1; i < subjects.count; i++) {
        nodes += subjects.items[i].tree->count;
        unknown += subjects.items[i].root->kind == NODE_UNKNOWN;
    }
    assert_true(nodes < 2 * 1000 * 1000);
    assert_true(unknown > 0);
    buf_release(&text);
    model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(functions_are_what_is_certain_of_them),
        cmocka_unit_test(a_template_is_judged_with_its_functions_unknown),
        cmocka_unit_test(policies_are_found_where_the_type_has_one),
        cmocka_unit_test(policies_are_found_in_strings),
        cmocka_unit_test(repeated_policies_do_not_multiply_a_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
