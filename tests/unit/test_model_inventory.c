/* SPDX-License-Identifier: MIT */
/* What saved CLI output and the files beside it tell a case, and where they contradict each other. */
#include "case_rows.h"

#include "model/entries.h"

#define ARN_P "arn:aws:iam::123456789012:policy/P"
#define USER "arn:aws:iam::123456789012:user/u"
#define STACK "arn:aws:cloudformation:eu-west-1:123456789012:stack/s/1"
#define EVENT(id)                                                                                  \
    "{\"StackId\": \"" STACK "\", \"StackName\": \"s\", \"EventId\": \"" id                        \
    "\", \"ResourceStatus\": \"" id "\"}"

static const struct case_row told[] = {
    {"instance types, from both commands",
     {{"eu-west-1/a.json",
       "{\"InstanceTypes\": [{\"InstanceType\": \"m5.large\", \"ProcessorInfo\": "
       "{\"SupportedArchitectures\": [\"x86_64\"]}}]}"},
      {"eu-west-1/b.json", "{\"InstanceTypeOfferings\": [{\"InstanceType\": \"m5.large\", "
                           "\"LocationType\": \"region\", "
                           "\"Location\": \"eu-west-1\"}, {\"InstanceType\": \"t3.nano\"}]}"}},
     "$.regions[*].instance_types[*]",
     "{\"name\":\"m5.large\",\"architectures\":[\"x86_64\"],\"offerings\":[{\"location\":"
     "\"eu-west-1\",\"location_type\":\"region\"}]} {\"name\":\"t3.nano\",\"offerings\":[{}]}",
     ""},
    {"zones tell their region",
     {{"z.json",
       "{\"AvailabilityZones\": [{\"ZoneName\": \"us-east-1a\", \"ZoneId\": \"use1-az3\", "
       "\"OptInStatus\": \"opt-in-not-required\"}]}"}},
     "$.regions[?@.name == 'us-east-1'].zones[*]",
     "{\"name\":\"us-east-1a\",\"id\":\"use1-az3\",\"opt_in_status\":\"opt-in-not-required\"}",
     ""},
    {"route tables",
     {{"eu-west-1/r.json",
       "{\"RouteTables\": [{\"RouteTableId\": \"rtb-1\", \"VpcId\": \"vpc-1\", \"Associations\": "
       "[{\"SubnetId\": \"subnet-1\", \"Main\": false}], \"Routes\": [{\"DestinationCidrBlock\": "
       "\"0.0.0.0/0\", \"GatewayId\": \"igw-1\", \"State\": \"active\"}]}]}"}},
     "$.regions[*].route_tables[*]",
     "{\"id\":\"rtb-1\",\"vpc\":\"vpc-1\",\"associations\":[{\"subnet\":\"subnet-1\",\"main\":"
     "false}"
     "],\"routes\":[{\"destination\":\"0.0.0.0/0\",\"gateway\":\"igw-1\",\"state\":\"active\"}]}",
     ""},
    {"the names of a region's clusters",
     {{"eu-west-1/c.json", "{\"clusters\": [\"a\", \"b\"], \"nextToken\": null}"}},
     "$.regions[*].clusters",
     "[{\"name\":\"a\"},{\"name\":\"b\"}]",
     ""},
    {"a page of access entries, or of add-ons, is not all of them",
     {{"1.json", "{\"accessEntries\": [\"a\"], \"nextToken\": \"x\"}"},
      {"2.json", "{\"addons\": [\"b\"], \"NextToken\": \"x\"}"}},
     "$['access_entry_lists','addon_lists'][*]",
     "{\"principals\":[\"a\",null]} {\"names\":[\"b\",null]}",
     ""},
    {"an account without OIDC providers has a list, and it is empty",
     {{"1.json", "{\"OpenIDConnectProviderList\": []}"}},
     "$['oidc_provider_lists','oidc_providers'][*]",
     "{\"arns\":[]}",
     ""},
    {"a cluster",
     {{"c.json",
       "{\"cluster\": {\"name\": \"a\", \"arn\": \"arn:aws:eks:eu-west-1:123456789012:cluster/a\", "
       "\"version\": \"1.30\", \"resourcesVpcConfig\": {\"subnetIds\": [\"subnet-1\"], "
       "\"endpointPublicAccess\": true}, \"identity\": {\"oidc\": {\"issuer\": \"https://x\"}}}}"}},
     "$.clusters",
     "[{\"name\":\"a\",\"arn\":\"arn:aws:eks:eu-west-1:123456789012:cluster/a\",\"version\":"
     "\"1.30\",\"subnets\":[\"subnet-1\"],\"endpoint_public_access\":true,\"oidc_issuer\":"
     "\"https://x\",\"told_by\":\"aws-cli/"
     "describe-cluster\",\"region\":\"eu-west-1\",\"account\":\"123456789012\"}]",
     ""},
    {"a stack and its events, on two pages",
     {{"1.json", "{\"StackEvents\": [" EVENT("b") "], \"NextToken\": \"x\"}"},
      {"2.json", "{\"StackEvents\": [" EVENT("a") ", " EVENT("b") "]}"},
      {"3.json",
       "{\"Stacks\": [{\"StackId\": \"" STACK "\", \"StackName\": \"s\", \"StackStatus\": "
       "\"ROLLBACK_FAILED\", \"Outputs\": [{\"OutputKey\": \"k\", \"OutputValue\": \"v\"}]}]}"}},
     "$.stacks[*]",
     "{\"arn\":\"" STACK "\",\"name\":\"s\",\"events\":[{\"id\":\"b\",\"status\":\"b\"},{\"id\":"
     "\"a\",\"status\":\"a\"},null],\"status\":\"ROLLBACK_FAILED\",\"outputs\":[{\"key\":\"k\","
     "\"value\":\"v\"}],\"region\":\"eu-west-1\",\"account\":\"123456789012\"}",
     ""},
    {"who collected it",
     {{"i.json", "{\"UserId\": \"U\", \"Account\": \"123456789012\", \"Arn\": \"" USER "\"}"}},
     "$.callers[*].account",
     "\"123456789012\"",
     ""},
    {"the AWS CLI's profiles, without secrets",
     {{".aws/config",
       "[default]\nregion = r\n[profile 'a b']\nrole_arn = x\nsource_profile = default\n"},
      {".aws/credentials", "[default]\naws_access_key_id = A\naws_secret_access_key = S\n"}},
     "$.profiles[*]",
     "{\"section\":\"default\",\"name\":\"default\",\"region\":\"r\"} {\"section\":\"profile 'a "
     "b'\",\"name\":\"a b\",\"role_arn\":\"x\",\"source_profile\":\"default\"} {\"section\":"
     "\"default\",\"name\":\"default\",\"aws_access_key_id\":\"A\"}",
     ""},
    {"a pipeline's variables and templates",
     {{"x/.gitlab-ci.yml",
       "include: [{template: A.yml}, {local: b.yml}]\nvariables: {A: 'true', B: {value: 1.20, "
       "options: [x]}, C: false}\nx: {script: !reference [.a, script]}\n"}},
     "$.ci['variables','templates']",
     "[{\"name\":\"A\",\"value\":\"true\"},{\"name\":\"B\",\"value\":1.20,\"options\":[\"x\"]},{"
     "\"name\":\"C\",\"value\":false}] [{\"name\":\"A.yml\"}]",
     ""},
    {"a pipeline that includes one template",
     {{"a.yml", "include: {template: A.yml}\n"}},
     "$.ci",
     "{\"templates\":[{\"name\":\"A.yml\"}]}",
     ""},
    {"an agent by its folder",
     {{".gitlab/agents/prod/config.yaml", "ci_access: {projects: [{id: a/b}]}\n"}},
     "$.agents[*]",
     "{\"name\":\"prod\",\"ci_access\":{\"projects\":[{\"id\":\"a/b\"}]}}",
     ""},
    {"Kubernetes objects, out of their list",
     {{"l.yaml",
       "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, spec: {a: b}}\n- "
       "apiVersion: "
       "v1\n  kind: ConfigMap\n  metadata: {name: aws-auth, namespace: kube-system}\n  data:\n    "
       "mapRoles: |\n      - rolearn: r\n        groups: [g]\n"},
      {"m.yaml", "apiVersion: v1\nkind: Secret\n---\napiVersion: v1\nkind: Pod\n"}},
     "$['objects','aws_auth'][*]['kind','namespace','map_roles']",
     "\"Pod\" \"ConfigMap\" \"Secret\" \"Pod\" \"kube-system\" [{\"rolearn\":\"r\",\"groups\":["
     "\"g\"]}]",
     ""},
    {"aws-auth with a mistake in its string",
     {{"c.yaml",
       "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: aws-auth}\ndata:\n  mapRoles: |\n    - "
       "rolearn: [r\n"}},
     "$.aws_auth",
     "[{\"map_roles\":null}]",
     "c.yaml:6:16 syntax/yaml: this '[' is never closed; add ']'"},
    {"what nobody gave is unknown, and of what others exist there is none",
     {{"eu-west-1/k.json", "{\"KeyPairs\": []}"}},
     "$['policies','callers','clusters','stacks','profiles','objects','aws_auth','agents','ci']",
     "? ? [] ? ? ? ? ? ?",
     ""},
    {"an empty list is not unknown",
     {{"s.json", "{\"Stacks\": []}"}},
     "$['stacks','callers']",
     "[] ?",
     ""},
    {"a null list is unknown",
     {{"eu-west-1/1.json", "{\"Subnets\": null}"},
      {"eu-west-1/2.json", "{\"Vpcs\": []}"},
      {"3.json", GET_ROLE("gitlab")},
      {"4.gitlab.json", "{\"AttachedPolicies\": null}"}},
     "$['regions','roles'][*]['subnets','vpcs','managed_policies']",
     "? [] ?",
     ""},
};

static const struct case_row holders[] = {
    {"a managed policy by its file's name",
     {{"1.json", GET_ROLE("gitlab")},
      {"attached.gitlab.json", ATTACHED(ARN_P)},
      {"get-policy-version.P.json",
       "{\"PolicyVersion\": {\"Document\": " POLICY ", \"IsDefaultVersion\": true}}"},
      {"get-policy-version.P.old.json",
       "{\"PolicyVersion\": {\"Document\": {\"Statement\": []}, \"IsDefaultVersion\": false}}"}},
     "$.policies[*]",
     "{\"arn\":\"" ARN_P
     "\",\"document\":{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"a:B\"]"
     ",\"Resource\":[\"*\"]}]}}",
     ""},
    {"a boundary that is named by its ARN",
     {{"1.json", "{\"User\": {\"UserName\": \"u\", \"Arn\": \"" USER
                 "\", \"PermissionsBoundary\": {\"PermissionsBoundaryArn\": \"" ARN_P "\"}}}"},
      {"2.json", "{\"Policy\": {\"PolicyName\": \"P\", \"Arn\": \"" ARN_P "\"}}"},
      {"v.P.json", "{\"PolicyVersion\": {\"Document\": " POLICY "}}"}},
     "$.users[*].permissions_boundary.Statement[0].Action",
     "[\"a:B\"]",
     ""},
    {"joined to get-policy",
     {{"1.json", "{\"Policy\": {\"PolicyName\": \"P\", \"Arn\": \"" ARN_P "\"}}"},
      {"v.P.json", "{\"PolicyVersion\": {\"Document\": " POLICY "}}"}},
     "$.policies[*]['name','document']",
     "\"P\" {\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"a:B\"],\"Resource\":[\"*\"]}]}",
     ""},
    {"nobody's version",
     {{"v.json", "{\"PolicyVersion\": {\"Document\": " POLICY "}}"}},
     "$.policies",
     "?",
     "v.json:1:2 case/policy-unknown: nothing here says which managed policy this is a version of; "
     "put the policy's name into the file's name: get-policy-version.NAME.json"},
    {"a version that the form names needs no other name",
     {{"eks.yaml", PROVISION "  policies: [v.json]\n"},
      {"v.json", "{\"PolicyVersion\": {\"Document\": " POLICY "}}"}},
     "$['policies','roles'][*].policies",
     "[{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"a:B\"],\"Resource\":[\"*\"]}]}]",
     ""},
    {"no inline policies at all",
     {{"1.json", GET_ROLE("gitlab")}, {"names.gitlab.json", "{\"PolicyNames\": []}"}},
     "$.roles[*]['policies','policy_names']",
     "[] []",
     ""},
    {"all inline policies at hand",
     {{"1.json", ROLE_POLICY("gitlab")}, {"names.gitlab.json", "{\"PolicyNames\": [\"p\"]}"}},
     "$.roles[*].policies",
     "[{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"a:B\"],\"Resource\":[\"*\"]}]}]",
     ""},
    {"an inline policy that is missing",
     {{"1.json", ROLE_POLICY("gitlab")},
      {"names.gitlab.json", "{\"PolicyNames\": [\"p\", \"q\"]}"}},
     "$.roles[*].policies[1]",
     "?",
     ""},
    {"a user's attached policies, while the groups are not known",
     {{"1.json", "{\"User\": {\"UserName\": \"u\", \"Arn\": \"" USER "\"}}"},
      {"list-attached-user-policies.u.json", ATTACHED("X")}},
     "$.users[*].managed_policies",
     "[\"X\",null]",
     ""},
    {"the same for the form's user, unless the form lists the policies",
     {{"eks.yaml", MAIN "gitlab: {amazon_eks: {identity: '" USER "'}}\n"},
      {"list-attached-user-policies.u.json", ATTACHED("X")}},
     "$.users[*].managed_policies",
     "[\"X\",null]",
     ""},
    {"and where there are none",
     {{"1.json", "{\"User\": {\"UserName\": \"u\", \"Arn\": \"" USER "\"}}"},
      {"list-attached-user-policies.u.json", ATTACHED("X")},
      {"list-groups-for-user.u.json", "{\"Groups\": []}"}},
     "$.users[*].managed_policies",
     "[\"X\"]",
     ""},
    {"a role and a user of one name",
     {{"1.json", "{\"User\": {\"UserName\": \"gitlab\", \"Arn\": \"" USER "\"}}"},
      {"2.json", GET_ROLE("gitlab")},
      {"list-attached-user-policies.gitlab.json", ATTACHED("U")},
      {"list-attached-role-policies.gitlab.json", ATTACHED("R")}},
     "$['roles','users'][*].managed_policies[0]",
     "\"R\" \"U\"",
     ""},
    {"everything in one file",
     {{"a.json",
       "{\"IsTruncated\": false, \"RoleDetailList\": [{\"Arn\": \"" ROLE
       "\", \"RoleName\": \"gitlab\", \"RolePolicyList\": [], \"AttachedManagedPolicies\": "
       "[{\"PolicyArn\": \"" ARN_P "\"}]}], \"UserDetailList\": [{\"Arn\": \"" USER
       "\", \"UserName\": \"u\", \"AttachedManagedPolicies\": [], \"UserPolicyList\": [], "
       "\"GroupList\": [\"g\"]}], \"GroupDetailList\": [{\"GroupName\": \"g\", "
       "\"GroupPolicyList\": "
       "[{\"PolicyName\": \"p\", \"PolicyDocument\": " POLICY
       "}], \"AttachedManagedPolicies\": []}], \"Policies\": [{\"Arn\": \"" ARN_P
       "\", \"PolicyVersionList\": [{\"Document\": {\"Statement\": []}, \"IsDefaultVersion\": "
       "false}, {\"Document\": {\"Statement\": {\"Sid\": \"v2\"}}, \"IsDefaultVersion\": "
       "true}]}]}"}},
     "$['roles','users','policies'][*]['policies','managed_policies','document']",
     "[] [\"" ARN_P "\"] [{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"a:B\"],\"Resource\":["
     "\"*\"]}]}] [] {\"Statement\":[{\"Sid\":\"v2\"}]}",
     ""},
    {"every document of a file of policies",
     {{"eks.yaml", PROVISION "  policies: p.yaml\n"},
      {"p.yaml", "Statement: {Sid: a}\n---\nStatement: {Sid: b}\n"}},
     "$..policies[*].Statement[0].Sid",
     "\"a\" \"b\" \"a\" \"b\"",
     ""},
};

#define KEYS(name) "{\"KeyPairs\": [{\"KeyName\": \"" name "\"}]}"
#define SUBNET(id, vpc, zone)                                                                      \
    "{\"SubnetId\": \"" id "\", \"VpcId\": \"" vpc "\", \"AvailabilityZone\": \"" zone             \
    "\", \"OwnerId\": \"999999999999\"}"

static const struct case_row conflicts[] = {
    {"two lists of a region",
     {{"us-east-1/1.json", KEYS("ops")}, {"us-east-1/2.json", KEYS("dev")}},
     "$.regions[*].key_pairs[*].name",
     "\"ops\" \"dev\"",
     "us-east-1/2.json:1:2 case/conflict: this list and an earlier one of the same kind disagree: "
     "only one of them has 'ops', and both claim to be complete; keep the newer one"},
    {"two pages do not disagree",
     {{"us-east-1/1.json", "{\"KeyPairs\": [{\"KeyName\": \"ops\"}], \"NextToken\": \"x\"}"},
      {"us-east-1/2.json", KEYS("dev")}},
     "$.regions[*].key_pairs[*]",
     "{\"name\":\"ops\"} {\"name\":\"dev\"} ?",
     ""},
    {"lists of two VPCs do not disagree",
     {{"1.json", "{\"Subnets\": [" SUBNET("s-1", "v-1", "us-east-1a") "]}"},
      {"2.json", "{\"Subnets\": [" SUBNET("s-2", "v-2", "us-east-1a") "]}"}},
     "$.regions[*].subnets[*].id",
     "\"s-1\" \"s-2\"",
     ""},
    {"two lists of one VPC",
     {{"1.json", "{\"Subnets\": [" SUBNET("s-1", "v-1", "us-east-1a") "]}"},
      {"2.json", "{\"Subnets\": [" SUBNET("s-2", "v-1", "us-east-1a") "]}"}},
     "$.regions[*].subnets[*].id",
     "\"s-1\" \"s-2\"",
     "2.json:1:2 case/conflict: this list and an earlier one of the same kind disagree: only one "
     "of "
     "them has 's-1', and both claim to be complete; keep the newer one"},
    {"one subnet in two zones",
     {{"1.json", "{\"Subnets\": [" SUBNET("s-1", "v-1", "us-east-1a") "]}"},
      {"2.json", "{\"Subnets\": [" SUBNET("s-1", "v-1", "us-east-1b") "]}"}},
     "$.regions[*].subnets[*].zone",
     "\"us-east-1a\"",
     "2.json:1:70 case/conflict: this says another 'zone' of s-1 than an earlier file, which "
     "counts; "
     "remove the one that is out of date"},
    {"another region than the folder",
     {{"us-west-2/1.json", "{\"Subnets\": [" SUBNET("s-1", "v-1", "us-east-1a") "]}"}},
     "$.regions[*].name",
     "\"us-east-1\"",
     "us-west-2/1.json:1:70 case/other-region: this list is of us-east-1, and its folder says "
     "us-west-2; collect it with --region us-west-2, or put it where it belongs"},
    {"another region than the inventory says",
     {{"eks.yaml", MAIN "inventory: {us-west-2: [1.json]}\n"},
      {"1.json", "{\"Subnets\": [" SUBNET("s-1", "v-1", "us-east-1a") "]}"}},
     "$.regions[*].name",
     "\"us-east-1\"",
     "1.json:1:70 case/other-region: this list is of us-east-1, and the inventory says us-west-2; "
     "collect it with --region us-west-2, or put it where it belongs"},
    {"a tag may speak of another region",
     {{"us-west-2/1.json", "{\"Vpcs\": [{\"VpcId\": \"v\", \"Tags\": [{\"Key\": \"k\", \"Value\": "
                           "\"arn:aws:kms:us-east-1:1:key/k\"}]}]}"}},
     "$.regions[*].name",
     "\"us-west-2\"",
     ""},
    {"so may a key pair's name",
     {{"us-west-2/1.json", KEYS("us-east-1a")}},
     "$.regions[*].name",
     "\"us-west-2\"",
     ""},
    {"another account than the form's",
     {{"eks.yaml", PROVISION}, {"1.json", "{\"Subnets\": [" SUBNET("s", "v", "us-east-1a") "]}"}},
     "$.regions[*].subnets[*].id",
     "\"s\"",
     "1.json:1:91 case/other-account: everything listed here belongs to account 999999999999, and "
     "the provision role of gitlab-eks.yaml is in 123456789012; unless it is shared from there, "
     "collect it with credentials of 123456789012"},
    {"one entry of the account is enough",
     {{"eks.yaml", PROVISION},
      {"1.json",
       "{\"Subnets\": [" SUBNET("s", "v", "us-east-1a") ", {\"SubnetId\": \"t\", \"OwnerId\": "
                                                        "\"123456789012\"}]}"}},
     "$.regions[*].subnets[*].id",
     "\"s\" \"t\"",
     ""},
    {"a trust policy that AWS prints otherwise",
     {{"eks.yaml", PROVISION "  trust_policy: {Statement: {Sid: other}}\n"},
      {"r.json", GET_ROLE("gitlab")}},
     "$.roles[*].trust_policy.Statement[0].Sid",
     "\"other\"",
     "r.json:1:109 case/conflict: this is not the trust policy that an earlier file or "
     "gitlab-eks.yaml gives for 'gitlab', which counts; what AWS prints is in force"},
    {"the same trust policy in other words",
     {{"eks.yaml",
       PROVISION "  trust_policy: {Statement: {Effect: Allow, Principal: {AWS: '111122223333'}, "
                 "Action: [b, a]}}\n"},
      {"r.json", "{\"Role\": {\"RoleName\": \"gitlab\", \"Arn\": \"" ROLE
                 "\", \"AssumeRolePolicyDocument\": {\"Statement\": [{\"Action\": [\"a\", \"b\"], "
                 "\"Effect\": \"Allow\", \"Principal\": {\"AWS\": "
                 "\"arn:aws:iam::111122223333:root\"}}]}}}"}},
     "$.roles[*].name",
     "\"gitlab\"",
     ""},
    {"managed policies that AWS prints otherwise",
     {{"eks.yaml", PROVISION "  managed_policies: ['arn:a']\n"},
      {"a.gitlab.json", ATTACHED("arn:b")}},
     "$.roles[*].managed_policies",
     "[\"arn:a\",\"arn:b\"]",
     "a.gitlab.json:1:2 case/conflict: this list and what an earlier file or gitlab-eks.yaml says "
     "disagree: only one of them has 'arn:a'; keep the newer one"},
    {"policies alone in the form say nothing of managed ones",
     {{"eks.yaml", PROVISION "  policies: []\n"}, {"a.gitlab.json", ATTACHED("arn:b")}},
     "$.roles[*].managed_policies",
     "[\"arn:b\"]",
     ""},
};

static void saved_output_tells_the_case(void **state)
{
    (void)state;
    case_rows_run(told, COUNT_OF(told));
}

static void policies_are_complete_where_somebody_says_so(void **state)
{
    (void)state;
    case_rows_run(holders, COUNT_OF(holders));
}

static void contradictions_are_reported_and_the_rest_is_kept(void **state)
{
    (void)state;
    case_rows_run(conflicts, COUNT_OF(conflicts));
}

static void a_hundred_contradictions_are_reported(void **state)
{
    (void)state;
    struct model *model = model_new();
    struct buf text = buf_with_max(100000);
    struct joined_case joined;
    buf_add_c(&text, "{\"KeyPairs\": [");
    for (int i = 0; i < 2 + ENTRIES_MAX_CONFLICTS; i++) {
        buf_printf(&text, "%s{\"KeyName\": \"ops\", \"KeyPairId\": \"%d\"}", i ? "," : "", i);
    }
    buf_add_c(&text, "]}");
    struct str kept = arena_str(&model->arena, buf_str(&text));
    assert_true(model_read(model, "us-east-1/k.json", kept.ptr));
    case_build(&model->reader, NULL, &model->documents, &joined);
    assert_int_equal(model->findings.count, ENTRIES_MAX_CONFLICTS);
    buf_release(&text);
    model_free(model);
}

/* More listings than are compared: the first ones are, and all are joined. */
static void sixty_four_listings_are_compared(void **state)
{
    (void)state;
    struct model *model = model_new();
    struct joined_case joined;
    for (int i = 0; i < 2 + ENTRIES_MAX_LISTINGS; i++) {
        struct str name = arena_format(&model->arena, "us-east-1/%02d.json", i);
        struct str text = arena_format(&model->arena, "{\"KeyPairs\": [{\"KeyName\": \"%d\"}]}", i);
        assert_true(model_read(model, name.ptr, text.ptr));
    }
    case_build(&model->reader, NULL, &model->documents, &joined);
    assert_int_equal(model->findings.count, ENTRIES_MAX_LISTINGS - 1);
    struct nodelist keys = model_select(model, &joined.tree, "$.regions[*].key_pairs[*]");
    assert_int_equal(keys.count, 2 + ENTRIES_MAX_LISTINGS);
    model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(saved_output_tells_the_case),
        cmocka_unit_test(policies_are_complete_where_somebody_says_so),
        cmocka_unit_test(contradictions_are_reported_and_the_rest_is_kept),
        cmocka_unit_test(a_hundred_contradictions_are_reported),
        cmocka_unit_test(sixty_four_listings_are_compared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
