/* SPDX-License-Identifier: MIT */
/* The joined case: what the files of one integration say together. */
#include "case_rows.h"

static const struct case_row joins[] = {
    {"of a secret only that there is one",
     {{"eks.yaml", MAIN "gitlab: {amazon_eks: {secret_access_key: TopSecret}}\n"}},
     "$.gitlab..*",
     "\"ekslint/v1\" \"GitLabEKSIntegration\" {\"amazon_eks\":{\"has_secret\":true}} "
     "{\"has_secret\":true} true",
     ""},
    {"a secret of nothing but blanks, as GitLab sees it",
     {{"eks.yaml", MAIN "gitlab: {amazon_eks: {secret_access_key: '  '}}\n"}},
     "$.gitlab.gitlab.amazon_eks.*",
     "false",
     ""},
    {"a secret that is null",
     {{"eks.yaml", MAIN "gitlab: {amazon_eks: {secret_access_key: null}}\n"}},
     "$.gitlab.gitlab.amazon_eks.*",
     "false",
     ""},
    {"by ARN",
     {{"eks.yaml", PROVISION}, {"r.json", GET_ROLE("gitlab")}},
     "$.roles[*]['arn','name','trust_policy']",
     "\"" ROLE "\" \"gitlab\" {\"Statement\":[{\"Sid\":\"gitlab\"}]}",
     ""},
    {"another account is another role",
     {{"eks.yaml", MAIN "provision_role: {arn: 'arn:aws:iam::999999999999:role/gitlab'}\n"},
      {"r.json", GET_ROLE("gitlab")}},
     "$.roles[*].account",
     "\"999999999999\" \"123456789012\"",
     "r.json:1:40 case/other-account: this is 'gitlab' of account 123456789012, and "
     "gitlab-eks.yaml names the one of account 999999999999; collect it with credentials of that "
     "account"},
    {"an inline policy by the role's name",
     {{"eks.yaml", PROVISION}, {"p.json", ROLE_POLICY("GitLab")}},
     "$.roles[*].policies",
     "[{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"a:B\"],\"Resource\":[\"*\"]}]},null]",
     ""},
    {"a name before its ARN",
     {{"1.json", ROLE_POLICY("gitlab")}, {"2.json", GET_ROLE("gitlab")}},
     "$.roles[*].arn",
     "\"" ROLE "\"",
     ""},
    {"managed policies by the file's name",
     {{"eks.yaml", PROVISION}, {"x/attached.gitlab.json", ATTACHED("X")}},
     "$.roles[*].managed_policies[*]",
     "\"X\"",
     ""},
    {"the longest role name in it wins",
     {{"1.json", GET_ROLE("gitlab")},
      {"2.json", GET_ROLE("gitlab-eks")},
      {"gitlab-eks.json", ATTACHED("X")}},
     "$.roles[?@.managed_policies[0]].name",
     "\"gitlab-eks\"",
     ""},
    {"whatever the order of files",
     {{"1.gitlab.json", ATTACHED("X")}, {"2.json", GET_ROLE("gitlab")}},
     "$.roles[*].managed_policies[*]",
     "\"X\"",
     ""},
    {"nobody's managed policies",
     {{"eks.yaml", PROVISION}, {"attached.json", ATTACHED("X")}},
     "$.roles[*].managed_policies",
     "?",
     "attached.json:1:2 case/role-unknown: nothing here says which role these policies are "
     "attached to; put the "
     "role's name into the file's name, or name the file under 'managed_policies' in "
     "gitlab-eks.yaml"},
    {"a list that goes on",
     {{"eks.yaml", PROVISION}, {"gitlab.json", "{\"AttachedPolicies\": [], \"Marker\": \"x\"}"}},
     "$.roles[*].managed_policies",
     "[null]",
     ""},
    {"a list that ends",
     {{"eks.yaml", PROVISION},
      {"gitlab.json", "{\"AttachedPolicies\": [], \"Marker\": null, \"NextToken\": \"\"}"}},
     "$.roles[*].managed_policies",
     "[]",
     ""},
    {"a user",
     {{"eks.yaml", MAIN "gitlab:\n  amazon_eks: {identity: "
                        "'arn:aws:iam::111122223333:user/gitlab', policies: []}\n"}},
     "$.users[*]",
     "{\"arn\":\"arn:aws:iam::111122223333:user/gitlab\",\"name\":\"gitlab\",\"path\":\"/\","
     "\"account\":\"111122223333\",\"policies\":[],\"managed_policies\":[]}",
     ""},
};

static void saved_output_joins_the_role_it_tells_of(void **state)
{
    (void)state;
    case_rows_run(joins, COUNT_OF(joins));
}

#define KEYS(rest) "{\"KeyPairs\": [{\"KeyName\": \"ops\"}]" rest "}"
#define NO_REGION                                                                                  \
    ":1:2 case/region-unknown: nothing here says which region this list is of; name the file "     \
    "under 'inventory' in gitlab-eks.yaml, or put it in a folder with the region's name"

static const struct case_row regions[] = {
    {"by the inventory",
     {{"eks.yaml", MAIN "inventory: {eu-west-1: [us-east-1/k.json]}\n"},
      {"us-east-1/k.json", KEYS("")}},
     "$.regions[*]['name','key_pairs']",
     "\"eu-west-1\" [{\"name\":\"ops\"}]",
     ""},
    {"by the path", {{"x/us-east-1/k.json", KEYS("")}}, "$.regions[*].name", "\"us-east-1\"", ""},
    {"by a zone",
     {{"k.json", "{\"Subnets\": [{\"AvailabilityZone\": \"us-east-2b\"}]}"}},
     "$.regions[*].name",
     "\"us-east-2\"",
     ""},
    {"by an ARN",
     {{"k.json", "{\"Subnets\": [{\"SubnetArn\": \"arn:aws:ec2:xx-new-1:1:subnet/s\"}]}"}},
     "$.regions[*].name",
     "\"xx-new-1\"",
     ""},
    {"by nothing",
     {{"k.json", KEYS("")}},
     "$.regions[*]['name','key_pairs']",
     "? [{\"name\":\"ops\"}]",
     "k.json" NO_REGION},
    {"not by a name that looks like a zone",
     {{"k.json", "{\"KeyPairs\": [{\"KeyName\": \"my-key-pair-1a\"}]}"}},
     "$.regions[*].name",
     "?",
     "k.json" NO_REGION},
    {"not by an empty region of the form",
     {{"eks.yaml", MAIN "region: ''\n"}, {"k.json", KEYS("")}},
     "$.regions[*].name",
     "?",
     "k.json" NO_REGION},
    {"what two files list is listed once",
     {{"us-east-1/1.json", KEYS("")}, {"us-east-1/2.json", KEYS("")}},
     "$.regions[*].key_pairs[*].name",
     "\"ops\"",
     ""},
    {"a list that goes on",
     {{"us-east-1/1.json", KEYS(", \"NextToken\": \"x\"")}},
     "$.regions[*].key_pairs[*]",
     "{\"name\":\"ops\"} ?",
     ""},
    {"the region of the form has no lists",
     {{"eks.yaml", MAIN "region: us-east-1\n"}},
     "$.regions[*]['name','vpcs','subnets']",
     "\"us-east-1\" ? ?",
     ""},
    {"describe-regions",
     {{"r.json",
       "{\"Regions\": [{\"RegionName\": \"us-east-1\", \"OptInStatus\": \"x\"}, {}, 1]}"}},
     "$.regions[*]['name','opt_in_status']",
     "\"us-east-1\" \"x\"",
     ""},
};

static const struct case_row wrong_types[] = {
    {"an account id without quotes",
     {{"eks.yaml", MAIN "gitlab: {account_id: 011122223333}\n"}},
     "$.gitlab.gitlab.account_id",
     "\"011122223333\"",
     "eks.yaml:3:22 schema/wrong-type: expected a string, found the number 011122223333; put it in "
     "quotes, since "
     "unquoted digits are read as a number and lose leading or trailing zeros: \"011122223333\""},
    {"scalars where objects belong",
     {{"eks.yaml",
       MAIN "gitlab: x\nprovision_role: [a]\nservice_role: 1\ncluster: null\ninventory: y\n"}},
     "$.roles[*]",
     "",
     "eks.yaml:3:9 schema/wrong-type: expected object, found string\n"
     "eks.yaml:4:17 schema/wrong-type: expected object, found array\n"
     "eks.yaml:5:15 schema/wrong-type: expected object, found number\n"
     "eks.yaml:6:10 schema/wrong-type: expected object, found null\n"
     "eks.yaml:7:12 schema/wrong-type: expected object, found string"},
    {"an ARN that is no string",
     {{"eks.yaml", MAIN "provision_role: {arn: null}\n"}},
     "$.roles[*]['arn','name']",
     "null ?",
     "eks.yaml:3:23 schema/wrong-type: expected string, found null"},
    {"objects where lists belong",
     {{"eks.yaml", PROVISION "  policies: {a: b}\n  managed_policies: {c: d}\n"}},
     "$.roles[*]['policies','managed_policies']",
     "[null] ?",
     "eks.yaml:5:13 case/not-a-policy: this is no IAM policy document: an object with 'Statement' "
     "was expected\n"
     "eks.yaml:6:21 schema/wrong-type: expected array or string, found object"},
    {"odd saved output",
     {{"1.json", "{\"KeyPairs\": {\"a\": [1]}}"},
      {"2.json", "{\"Subnets\": null}"},
      {"gitlab.json", "{\"AttachedPolicies\": \"x\"}"},
      {"4.json", "{\"Role\": {\"RoleName\": [1], \"Arn\": 2}}"}},
     "$.roles[*].arn",
     "2",
     "1.json" NO_REGION "\n2.json" NO_REGION "\ngitlab.json:1:2 case/role-unknown: nothing here "
     "says which role these policies are attached to; put the role's name into the file's name, or "
     "name the file "
     "under 'managed_policies' in gitlab-eks.yaml"},
};

static void lists_belong_to_regions(void **state)
{
    (void)state;
    case_rows_run(regions, COUNT_OF(regions));
}

static void wrong_types_are_reported_and_do_no_harm(void **state)
{
    (void)state;
    case_rows_run(wrong_types, COUNT_OF(wrong_types));
}

enum { CASE_NODES = 4000000 }; /* the limit's default, as its message says */

/* An object with as many values as a case holds, or one less than it takes beside them. */
static void assert_large(size_t elements, const char *findings)
{
    struct model *model = model_new();
    struct buf text = buf_with_max((size_t)CASE_NODES * 2 + 1000);
    buf_add_c(&text, "{\"apiVersion\": \"v1\", \"kind\": \"A\", \"spec\": [0");
    for (size_t i = 1; i < elements; i++) {
        buf_add_c(&text, ",0");
    }
    buf_add_c(&text, "]}");
    assert_true(model_read(model, "large.json", arena_str(&model->arena, buf_str(&text)).ptr));
    buf_release(&text);
    struct joined_case joined;
    case_build(&model->reader, NULL, &model->documents, &joined);
    assert_row(findings, model_findings(model), findings);
    model_free(model);
}

static void what_a_case_does_not_hold_is_said(void **state)
{
    (void)state;
    assert_large(CASE_NODES / 2, "");
    assert_large(
        CASE_NODES,
        "large.json:1:1 case/too-large: these files tell more than 4000000 values in a case (limit "
        "'case-nodes'; --limit case-nodes=N raises it, to 100000000 values at most), and what is "
        "beyond them is not judged; check fewer files at a time, or what belongs to one cluster");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(saved_output_joins_the_role_it_tells_of),
        cmocka_unit_test(lists_belong_to_regions),
        cmocka_unit_test(wrong_types_are_reported_and_do_no_harm),
        cmocka_unit_test(what_a_case_does_not_hold_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
