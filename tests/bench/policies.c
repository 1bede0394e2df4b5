/* SPDX-License-Identifier: MIT */
/*
 * policies SHAPE COUNT: a policy with COUNT parts, each shape slow for something that looks at parts
 * in pairs. Without arguments: the names of the shapes, and the count from which each is grown, one to a
 * line. Action names are those of the IAM catalogue, in its order.
 */
#include "aws/catalogue.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- pieces ---- */

static const char *comma(size_t i)
{
    return i ? ",\n  " : "\n  ";
}

/* Real actions, over again once all were named. */
static void print_action(size_t i)
{
    struct catalogue_text text;
    struct str name = catalogue_action_name((uint32_t)(i % CATALOGUE_ACTION_COUNT), &text);
    printf("\"%.*s\"", STR_ARG(name));
}

static void print_policy_start(void)
{
    printf("{\"Version\": \"2012-10-17\", \"Statement\": [");
}

static void print_policy_end(void)
{
    printf("]}\n");
}

static void print_statement_start(const char *lists)
{
    printf("{\"Effect\": \"Allow\", %s", lists);
}

/* ---- shapes ---- */

/* Many actions by their names: what a generated policy looks like. */
static void print_actions(size_t count)
{
    print_policy_start();
    print_statement_start("\"Resource\": \"*\", \"Action\": [");
    for (size_t i = 0; i < count; i++) {
        printf("%s", comma(i));
        print_action(i);
    }
    printf("]}");
    print_policy_end();
}

/* Small statements, none of which says what another says. */
static void print_statements(size_t count)
{
    print_policy_start();
    for (size_t i = 0; i < count; i++) {
        printf("%s", comma(i));
        print_statement_start("");
        printf("\"Sid\": \"S%zu\", \"Action\": [\"s3:GetObject\", ", i);
        print_action(i);
        printf("], \"Resource\": \"arn:aws:s3:::bucket-%zu/*\"}", i);
    }
    print_policy_end();
}

/* Names that no service has, of one service: a finding each, and each finding's place in the file. */
static void print_unknown(size_t count)
{
    print_policy_start();
    print_statement_start("\"Resource\": \"*\", \"Action\": [");
    for (size_t i = 0; i < count; i++) {
        printf("%s\"ec2:Describe%zuThings\"", comma(i), i);
    }
    printf("]}");
    print_policy_end();
}

/* The same in one line. */
static void print_one_line(size_t count)
{
    print_policy_start();
    print_statement_start("\"Resource\": \"*\", \"Action\": [");
    for (size_t i = 0; i < count; i++) {
        printf("%s\"ec2:Describe%zuThings\"", i ? "," : "", i);
    }
    printf("]}");
    print_policy_end();
}

/* Patterns of one service that begin alike and nearly cover each other. */
static void print_patterns(size_t count)
{
    print_policy_start();
    print_statement_start("\"Resource\": \"*\", \"Action\": [");
    for (size_t i = 0; i < count; i++) {
        printf("%s\"ec2:De*e*e*e%zu*\"", comma(i), i);
    }
    printf("]}");
    print_policy_end();
}

/* Patterns beside the names that they match, all under one prefix. */
static void print_covered(size_t count)
{
    print_policy_start();
    print_statement_start("\"Resource\": \"*\", \"Action\": [");
    for (size_t i = 0; i < count; i++) {
        printf(i % 2 ? "%s\"s3:Get%zu*\"" : "%s\"s3:Get%zuObject\"", comma(i), i / 2);
    }
    printf("]}");
    print_policy_end();
}

/* Patterns that nest: each covers all that follow. */
static void print_nested(size_t count)
{
    print_policy_start();
    print_statement_start("\"Resource\": \"*\", \"Action\": [");
    for (size_t i = 0; i < count; i++) {
        printf("%s\"s3:G", comma(i));
        for (size_t k = 0; k < i % 200; k++) {
            printf("e");
        }
        printf("*%zu\"", i / 200);
    }
    printf("]}");
    print_policy_end();
}

static void print_resource_list(size_t count, const char *format)
{
    print_policy_start();
    print_statement_start("\"Action\": \"s3:GetObject\", \"Resource\": [");
    for (size_t i = 0; i < count; i++) {
        printf("%s", comma(i));
        printf(format, i);
    }
    printf("]}");
    print_policy_end();
}

static void print_resources(size_t count)
{
    print_resource_list(count, "\"arn:aws:s3:::bucket-%zu\"");
}

static void print_equal_resources(size_t count)
{
    print_resource_list(count, "\"arn:aws:s3:::bucket-%.0zu\"");
}

static void print_wild_resources(size_t count)
{
    print_resource_list(count, "\"arn:aws:s3:::*a*a*a-%zu*/*\"");
}

/* Of a service with many kinds of resources, none of which these are. */
static void print_odd_resources(size_t count)
{
    print_resource_list(count, "\"arn:aws:ec2:us-east-1:123456789012:thing-%zu/x\"");
}

/* Two statements that say the same, one of them backwards. */
static void print_backwards(size_t count)
{
    print_policy_start();
    for (size_t statement = 0; statement < 2; statement++) {
        printf(statement ? ",\n" : "");
        print_statement_start("\"Resource\": \"*\", \"Action\": [");
        for (size_t i = 0; i < count; i++) {
            printf("%s", comma(i));
            print_action(statement ? count - 1 - i : i);
        }
        printf("]}");
    }
    print_policy_end();
}

static void print_same_statements(size_t count)
{
    print_policy_start();
    for (size_t i = 0; i < count; i++) {
        printf("%s", comma(i));
        print_statement_start(
            "\"Sid\": \"Same\", \"Action\": [\"s3:GetObject\", \"s3:PutObject\"], "
            "\"Resource\": [\"arn:aws:s3:::b/*\", \"arn:aws:s3:::c/*\"]}");
    }
    print_policy_end();
}

/* Half the parts are actions, half are keys that some of them do not have. */
static void print_keys(size_t count)
{
    print_policy_start();
    print_statement_start(
        "\"Principal\": {\"AWS\": \"123456789012\"}, \"Resource\": \"*\", \"Action\": [");
    for (size_t i = 0; i < count / 2; i++) {
        printf("%s", comma(i));
        print_action(i);
    }
    printf("],\n \"Condition\": {\"StringEquals\": {");
    for (size_t i = 0; i < count / 2; i++) {
        printf("%s\"s3:ExistingObjectTag/%zu\": \"x\"", comma(i), i);
    }
    printf("}}}");
    print_policy_end();
}

/* The same with tags, which some actions do not know. */
static void print_tags(size_t count)
{
    print_policy_start();
    print_statement_start("\"Resource\": \"*\", \"Action\": [");
    for (size_t i = 0; i < count / 2; i++) {
        printf("%s", comma(i));
        print_action(i);
    }
    printf("],\n \"Condition\": {\"StringEquals\": {");
    for (size_t i = 0; i < count / 2; i++) {
        printf("%s\"aws:ResourceTag/%zu\": \"x\"", comma(i), i);
    }
    printf("}}}");
    print_policy_end();
}

/* Values of one key, each wrong. */
static void print_values(size_t count)
{
    print_policy_start();
    print_statement_start("\"Action\": \"s3:GetObject\", \"Resource\": \"*\", \"Condition\": "
                          "{\"IpAddress\": {\"aws:SourceIp\": [");
    for (size_t i = 0; i < count; i++) {
        printf("%s\"10.%zu.%zu.1/16\"", comma(i), i / 250 % 300, i % 250);
    }
    printf("]}}}");
    print_policy_end();
}

/* A trust policy: actions and principals that do not go together. */
static void print_trust(size_t count)
{
    print_policy_start();
    print_statement_start("\"Action\": [");
    for (size_t i = 0; i < count / 2; i++) {
        printf("%s\"sts:AssumeRole%s\"", comma(i), i % 2 ? "WithSAML" : "");
    }
    printf("],\n \"Principal\": {\"AWS\": [");
    for (size_t i = 0; i < count / 2; i++) {
        printf("%s\"arn:aws:sts::123456789012:assumed-role/r%zu/s\"", comma(i), i);
    }
    printf("]}}");
    print_policy_end();
}

/* Members that a statement does not have. */
/* The roles of an account, as get-account-authorization-details prints them. */
static void print_account(size_t count)
{
    printf("{\"UserDetailList\": [], \"GroupDetailList\": [], \"Policies\": [], "
           "\"RoleDetailList\": [");
    for (size_t i = 0; i < count; i++) {
        printf(
            "%s\n {\"Path\": \"/team-%zu/\", \"RoleName\": \"service-%zu\", \"Arn\": "
            "\"arn:aws:iam::111122223333:role/team-%zu/service-%zu\",\n"
            "  \"AssumeRolePolicyDocument\": {\"Version\": \"2012-10-17\", \"Statement\": "
            "[{\"Effect\": "
            "\"Allow\", \"Principal\": {\"Federated\": \"arn:aws:iam::111122223333:oidc-provider/"
            "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF\"}, \"Action\": "
            "\"sts:AssumeRoleWithWebIdentity\", \"Condition\": {\"StringEquals\": "
            "{\"oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF:sub\": "
            "\"system:serviceaccount:team-%zu:service-%zu\", "
            "\"oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF:aud\": "
            "\"sts.amazonaws.com\"}}}]},\n"
            "  \"RolePolicyList\": [{\"PolicyName\": \"own\", \"PolicyDocument\": {\"Version\": "
            "\"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": "
            "[\"s3:GetObject\", "
            "\"s3:PutObject\"], \"Resource\": \"arn:aws:s3:::bucket-%zu/*\"}]}}],\n"
            "  \"AttachedManagedPolicies\": [{\"PolicyName\": \"ReadOnlyAccess\", \"PolicyArn\": "
            "\"arn:aws:iam::aws:policy/ReadOnlyAccess\"}], \"InstanceProfileList\": [], \"Tags\": "
            "[]}",
            i ? "," : "", i % 50, i, i % 50, i, i % 50, i, i);
    }
    printf("]}\n");
}

static void print_elements(size_t count)
{
    print_policy_start();
    print_statement_start("\"Action\": \"s3:GetObject\", \"Resource\": \"*\"");
    for (size_t i = 0; i < count; i++) {
        printf(",\n  \"Actoin%zu\": \"x\"", i);
    }
    printf("}");
    print_policy_end();
}

static const struct {
    const char *name;
    size_t count; /* at size 1 */
    void (*print)(size_t count);
} shapes[] = {
    {"actions", 1000, print_actions},
    {"statements", 250, print_statements},
    {"unknown", 500, print_unknown},
    {"one-line", 500, print_one_line},
    {"patterns", 1000, print_patterns},
    {"covered", 1000, print_covered},
    {"nested", 1000, print_nested},
    {"resources", 1000, print_resources},
    {"equal-resources", 1000, print_equal_resources},
    {"wild-resources", 1000, print_wild_resources},
    {"odd-resources", 500, print_odd_resources},
    {"backwards", 1000, print_backwards},
    {"same-statements", 500, print_same_statements},
    {"keys", 1000, print_keys},
    {"tags", 1000, print_tags},
    {"values", 1000, print_values},
    {"trust", 500, print_trust},
    {"elements", 500, print_elements},
    {"account", 250, print_account},
};

int main(int argc, char **argv)
{
    if (argc == 1) {
        for (size_t i = 0; i < COUNT_OF(shapes); i++) {
            printf("%s %zu\n", shapes[i].name, shapes[i].count);
        }
        return EXIT_SUCCESS;
    }
    for (size_t i = 0; argc == 3 && i < COUNT_OF(shapes); i++) {
        if (str_eq(str_from_c(argv[1]), str_from_c(shapes[i].name))) {
            shapes[i].print((size_t)strtoul(argv[2], NULL, 10));
            return EXIT_SUCCESS;
        }
    }
    fprintf(stderr, "usage: policies [SHAPE COUNT]\n");
    return EXIT_FAILURE;
}
