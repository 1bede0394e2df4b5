/* SPDX-License-Identifier: MIT */
/* Faults of actions and resources: found whatever stood before, and lists with entries that others cover. */
#include "model_world.h"

/* The policies are cut short; what they lack is for test_iam_fault_elements.c. */
static bool is_about_elements(enum iam_fault_id id)
{
    return id >= FAULT_VERSION_MISSING && id <= FAULT_PRINCIPAL;
}

/* The faults as "name:entry", in the order of fault.def and of the text, each behind a blank. */
static struct str faults_of(struct model *model, const char *yaml)
{
    struct iam_faults faults;
    const struct tree *tree = model_faults(model, yaml, &faults);
    struct buf out = buf_with_max(1 << 16);
    for (size_t i = 0; i < faults.count; i++) {
        const struct iam_fault *fault = &faults.items[i];
        struct str name = iam_fault_name(fault->id);
        if (is_about_elements(fault->id)) {
            continue;
        }
        buf_printf(&out, " %.*s:%.*s", STR_ARG(name), STR_ARG(tree_text(tree, fault->node)));
        const struct iam_fault_detail *detail = iam_fault_detail(fault);
        if (detail->count) {
            buf_printf(&out, "(%zu %.*s %.*s)", detail->count, STR_ARG(detail->text),
                       STR_ARG(detail->other));
        }
    }
    struct str text = arena_str(&model->arena, buf_str(&out));
    buf_release(&out);
    return text;
}

static const struct {
    const char *policy, *faults;
} rows[] = {
    /* What is right as an action is none the better as a resource, and the other way round. */
    {"{Version: '2012-10-17', Statement: [{Action: 's3:GetObject'}, {Resource: 's3:GetObject'}]}",
     " arn-fields:s3:GetObject"},
    {"{Version: '2012-10-17', Statement: [{Action: '**'}, {Resource: '**'}]}", " arn-fields:**"},
    {"{Version: '2012-10-17', Statement: [{Resource: 'arn:aws:s3:::b'}, {Action: "
     "'arn:aws:s3:::b'}]}",
     " action-service:arn:aws:s3:::b"},
    /* An empty action is none, also behind ones that are right. */
    {"{Version: '2012-10-17', Statement: [{Action: ['s3:GetObject', '']}, {Action: ''}]}",
     " action: action:"},
    /* Of a list: the entry that covers another one, and how many come to one. */
    {"{Statement: {Action: ['s3:GetObject', 'S3:getobject']}}",
     " redundant-action:s3:GetObject(2 s3:GetObject S3:getobject)"},
    {"{Statement: {Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::B']}}", ""},
    {"{Statement: {Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b']}}",
     " redundant-resource:arn:aws:s3:::b(2 arn:aws:s3:::b arn:aws:s3:::b)"},
    {"{Statement: {Action: ['ec2:DescribeInstances', 'ec2:Describe*', 'ec2:RunInstances']}}",
     " redundant-action:ec2:DescribeInstances(2 ec2:Describe* ec2:DescribeInstances)"},
    {"{Statement: {Action: ['iam:Get*', 'iam:*CredentialReport', 'iam:List*']}}", ""},
    {"{Statement: {Action: ['iam:get*', 'IAM:GetCredentialReport', 'iam:List*']}}",
     " redundant-action:iam:get*(2 iam:get* IAM:GetCredentialReport)"},
    {"{Statement: {Resource: ['arn:aws:s3:::b/a*c', 'arn:aws:s3:::b/abc', 'arn:aws:s3:::b/abd']}}",
     " redundant-resource:arn:aws:s3:::b/a*c(2 arn:aws:s3:::b/a*c arn:aws:s3:::b/abc)"},
    {"{Statement: {Resource: ['arn:aws:s3:::b/?bc', 'arn:aws:s3:::b/*c', 'arn:aws:s3:::c']}}",
     " redundant-resource:arn:aws:s3:::b/?bc(2 arn:aws:s3:::b/*c arn:aws:s3:::b/?bc)"},
    {"{Statement: {Action: ['*', 's3:GetObject']}}", " redundant-action:*(2 * s3:GetObject)"},
    {"{Statement: {Action: ['s3:*', 's3:*', 's3:Get*']}}",
     " redundant-action:s3:*(3 s3:* s3:Get*)"},
};

static void each_text_is_judged_by_what_it_stands_for(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct model *model = model_new();
        assert_row(rows[i].policy, faults_of(model, rows[i].policy), rows[i].faults);
        model_free(model);
    }
}

/* Long lists are compared in order; what they come to is the same as of short ones. */
static void a_long_list_has_the_same_faults_as_a_short_one(void **state)
{
    enum { FILLERS = 400 };
    static const char *const pairs[][2] = {
        {"'ec2:Describe*', 'ec2:DescribeInstances'",
         " redundant-action:ec2:Describe*(2 ec2:Describe* ec2:DescribeInstances)"},
        {"'ec2:RunInstances', 'EC2:runinstances'",
         " redundant-action:ec2:RunInstances(2 ec2:RunInstances EC2:runinstances)"},
        {"'ec2:DescribeI*s', 'ec2:DescribeVpcs'", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        struct model *model = model_new();
        struct buf yaml = buf_with_max(1 << 20);
        buf_printf(&yaml, "{Statement: {Action: [%s", pairs[i][0]);
        for (int k = 0; k < FILLERS; k++) {
            buf_printf(&yaml, ", 'lambda:X%d?*'", k + 1000);
        }
        buf_add_c(&yaml, "]}}");
        buf_add_char(&yaml, '\0');
        struct str said = faults_of(model, arena_str(&model->arena, buf_str(&yaml)).ptr);
        size_t redundant = str_find(said, STR(" redundant-action:"));
        assert_str_equal(str_from(said, redundant), str_from_c(pairs[i][1]));
        assert_true(str_find(said, STR(" action:lambda:X1399?*")) < said.len);
        buf_release(&yaml);
        model_free(model);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_text_is_judged_by_what_it_stands_for),
        cmocka_unit_test(a_long_list_has_the_same_faults_as_a_short_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
