/* SPDX-License-Identifier: MIT */
/* Tables of files and what the case says that is joined from them. */
#ifndef EKSLINT_TESTS_UNIT_CASE_ROWS_H
#define EKSLINT_TESTS_UNIT_CASE_ROWS_H

#include "model_world.h"

#define MAIN "apiVersion: ekslint/v1\nkind: GitLabEKSIntegration\n"
#define ROLE "arn:aws:iam::123456789012:role/gitlab"
#define PROVISION MAIN "provision_role:\n  arn: " ROLE "\n"
#define POLICY "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"a:B\", \"Resource\": \"*\"}}"
#define GET_ROLE(name)                                                                             \
    "{\"Role\": {\"RoleName\": \"" name "\", \"Arn\": \"arn:aws:iam::123456789012:role/" name      \
    "\", "                                                                                         \
    "\"AssumeRolePolicyDocument\": {\"Statement\": {\"Sid\": \"" name "\"}}}}"
#define ATTACHED(arn) "{\"AttachedPolicies\": [{\"PolicyArn\": \"" arn "\"}]}"
#define ROLE_POLICY(role)                                                                          \
    "{\"RoleName\": \"" role "\", \"PolicyName\": \"p\", \"PolicyDocument\": " POLICY "}"

struct case_file {
    const char *name, *text;
};

/* Files in the order given; the first gitlab-eks document is the main one. */
struct case_row {
    const char *what;
    struct case_file files[4];
    const char *query, *values;
    const char *findings;
};

static inline void case_rows_run(const struct case_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct model *model = model_new();
        const struct document *main = NULL;
        for (size_t f = 0; f < COUNT_OF(rows[i].files) && rows[i].files[f].name; f++) {
            assert_true(model_read(model, rows[i].files[f].name, rows[i].files[f].text));
        }
        for (size_t d = 0; d < model->documents.count && !main; d++) {
            const struct document *document = model->documents.items[d];
            main = str_eq(document->kind->id, STR(CASE_MAIN_KIND)) ? document : NULL;
        }
        struct joined_case joined;
        case_build(&model->reader, main, &model->documents, &joined);
        assert_row(rows[i].what, model_values(model, &joined.tree, rows[i].query), rows[i].values);
        assert_row(rows[i].what, model_findings(model), rows[i].findings);
        model_free(model);
    }
}

#endif
