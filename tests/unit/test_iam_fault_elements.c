/* SPDX-License-Identifier: MIT */
/* Elements that a policy or a statement lacks, and those that do not go together. */
#include "model_world.h"

/* The faults in the order of fault.def and of the text, each behind a blank, with '?' where nobody can say. */
static struct str faults_of(struct model *model, const char *yaml)
{
    struct iam_faults faults;
    (void)model_faults(model, yaml, &faults);
    struct buf out = buf_with_max(1 << 16);
    for (size_t i = 0; i < faults.count; i++) {
        struct str name = iam_fault_name(faults.items[i].id);
        buf_printf(&out, " %.*s%s", STR_ARG(name), faults.items[i].open ? "?" : "");
    }
    struct str text = arena_str(&model->arena, buf_str(&out));
    buf_release(&out);
    return text;
}

#define V "Version: '2012-10-17', "
#define A "Effect: Allow, Action: 's3:GetObject'"
#define R "Resource: 'arn:aws:s3:::b/*'"

static const struct {
    const char *policy, *faults;
} rows[] = {
    {"{" V "Statement: [{" A ", " R "}]}", ""},
    /* ---- the document ---- */
    {"{Statement: [{" A ", " R "}]}", " version-missing"},
    {"{Version: '2012-10-18', Statement: [{" A ", " R "}]}", " version"},
    {"{Version: '2008-10-17', Statement: [{" A ", " R "}]}", ""},
    {"{Version: 20121017, Statement: [{" A ", " R "}]}", " type"},
    {"{Version: !unknown '', Statement: [{" A ", " R "}]}", " version-missing?"},
    {"{" V "Id: x}", " statement-missing"},
    {"{" V "Statement: []}", " statement-missing"},
    {"{" V "Statement: !unknown ''}", " statement-missing?"},
    {"{" V "Statement: [!unknown '']}", ""},
    {"{" V "Statment: []}", " element statement-missing"},
    /* ---- a statement ---- */
    {"{" V "Statement: [{Action: 's3:GetObject', " R "}]}", " effect-missing"},
    {"{" V "Statement: [{Effect: Allow, " R "}]}", " action-missing"},
    {"{" V "Statement: [{" A "}]}", " resource-missing"},
    {"{" V "Statement: [{Effect: Deny, NotAction: 's3:GetObject', NotResource: '*'}]}", ""},
    {"{" V "Statement: [{" A "}, {" A ", " R "}, {Effect: Deny, Action: 's3:*'}]}",
     " resource-missing resource-missing"},
    {"{" V "Statement: [{" A ", NotAction: 's3:*', " R "}]}", " elements-exclusive"},
    {"{" V "Statement: [{" A ", " R ", NotResource: '*'}]}", " elements-exclusive"},
    {"{" V "Statement: [{" A ", " R ", Principal: {AWS: '111122223333'}}]}",
     " principal principal-map"},
    {"{" V "Statement: [{" A ", " R ", Principal: '*', NotPrincipal: {AWS: '111122223333'}}]}",
     " elements-exclusive principal principal-star principal-map"},
    /* ---- what a template leaves open may be left out ---- */
    {"{" V "Statement: [{" A ", Resource: !unknown ''}]}", " resource-missing?"},
    {"{" V "Statement: [{" A ", Resource: !unknown '', NotResource: '*'}]}",
     " elements-exclusive?"},
    {"{" V "Statement: [{" A ", " R ", Principal: !unknown ''}]}", " principal?"},
    {"{" V "Statement: [{Effect: !unknown '', Action: 's3:GetObject', " R "}]}",
     " effect-missing?"},
    /* ---- keys that the caller writes, which are said of the statement ---- */
    {"{" V "Statement: [{" A ", " R ", Condition: {StringLike: {'aws:useragent': 'x'}}}]}",
     " key-by-caller"},
    {"{" V "Statement: [{" A ", " R ", Condition: {StringLike: {'aws:Referer': 'x'}, StringEquals: "
     "{'aws:UserAgent': 'x'}}}]}",
     " key-by-caller"},
    {"{" V "Statement: [{" A ", " R ", Condition: {Null: {'aws:UserAgent': 'true'}}}]}", ""},
    {"{" V "Statement: [{" A ", " R ", Condition: {StringLike: {'aws:UserAgent': !unknown ''}}}]}",
     " key-by-caller?"},
    {"{" V "Statement: [{" A ", " R ", Condition: {StringLike: !unknown ''}}]}", " key-by-caller?"},
};

static void each_element_is_missed_where_it_is_missing(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct model *model = model_new();
        assert_row(rows[i].policy, faults_of(model, rows[i].policy), rows[i].faults);
        model_free(model);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_element_is_missed_where_it_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
