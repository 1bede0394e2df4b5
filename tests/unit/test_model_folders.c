/* SPDX-License-Identifier: MIT */
/* Which cluster a manifest is for, where the folders of several clusters lie side by side. */
#include "case_rows.h"

#define CLUSTER(name) "{\"cluster\": {\"name\": \"" name "\", \"arn\": \"" name "\"}}"
#define ACCOUNT                                                                                    \
    "{\"apiVersion\": \"v1\", \"kind\": \"ServiceAccount\", \"metadata\": {\"name\": \"s\"}}"
#define CLAIM "{\"apiVersion\": \"v1\", \"kind\": \"PersistentVolumeClaim\"}"

static const struct case_row rows[] = {
    {"the folder that a file lies in",
     {{"a/c.json", CLUSTER("one")}, {"b/c.json", CLUSTER("two")}, {"b/s.json", ACCOUNT}},
     "$['service_accounts','objects'][*].cluster",
     "\"two\" \"two\"",
     ""},
    {"a folder above, and the nearest",
     {{"c.json", CLUSTER("one")},
      {"b/c.json", CLUSTER("two")},
      {"b/x/y/s.json", ACCOUNT},
      {"a/s.json", ACCOUNT}},
     "$.service_accounts[*].cluster",
     "\"one\" \"two\"",
     ""},
    {"no folder beside and none below",
     {{"a/c.json", CLUSTER("one")}, {"b/c.json", CLUSTER("two")}, {"s.json", ACCOUNT}},
     "$['service_accounts','objects'][*].cluster",
     "",
     ""},
    {"a name that only begins in the same way",
     {{"/a/c.json", CLUSTER("one")}, {"/ab/s.json", ACCOUNT}},
     "$['service_accounts','objects'][*].cluster",
     "",
     ""},
    {"two in one folder, and one above: nobody knows",
     {{"c.json", CLUSTER("one")},
      {"b/c.json", CLUSTER("two")},
      {"b/d.json", CLUSTER("three")},
      {"b/s.json", ACCOUNT}},
     "$['service_accounts','objects'][*].cluster",
     "",
     ""},
    {"the wanted cluster and the running one are one",
     {{"b/c.json", CLUSTER("two")},
      {"b/d.yaml", "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata:\n  name: two\n"},
      {"b/s.json", ACCOUNT}},
     "$.service_accounts[*].cluster",
     "\"two\"",
     ""},
    {"one of the two has a name that nobody knows",
     {{"b/c.json", CLUSTER("two")},
      {"b/d.yaml", "Resources:\n  C:\n    Type: AWS::EKS::Cluster\n    Properties:\n"
                   "      Name: !Ref N\n"},
      {"b/s.json", ACCOUNT}},
     "$.service_accounts[*].cluster",
     "",
     ""},
    {"an object keeps its members, and a cluster of its own",
     {{"c.json", CLUSTER("one")},
      {"o.json", CLAIM},
      {"p.json", "{\"apiVersion\": \"v1\", \"kind\": \"X\", \"cluster\": {}}"}},
     "$.objects[*]",
     "{\"apiVersion\":\"v1\",\"kind\":\"PersistentVolumeClaim\",\"cluster\":\"one\"} "
     "{\"apiVersion\":\"v1\",\"kind\":\"X\",\"cluster\":{}}",
     ""},
};

static void manifests_are_for_the_cluster_of_their_folder(void **state)
{
    (void)state;
    case_rows_run(rows, COUNT_OF(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(manifests_are_for_the_cluster_of_their_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
