/* SPDX-License-Identifier: MIT */
/* Tables of a statement's Condition, a request's context, and whether the condition is met. */
#ifndef EKSLINT_TESTS_UNIT_IAM_CONDITION_ROWS_H
#define EKSLINT_TESTS_UNIT_IAM_CONDITION_ROWS_H

#include "iam_world.h"

#include <stdio.h>

enum { CONDITION_TEXT_MAX = 2000 };

struct condition_row {
    const char *condition, *context;
    enum truth met;
};

#define NO TRUTH_FALSE
#define YES TRUTH_TRUE
#define MAYBE TRUTH_UNKNOWN

/* Is a statement with this Condition met, in a policy of this Version? */
static inline enum truth condition_met(struct model *model, const char *version,
                                       const char *condition, const char *context, bool open)
{
    char *text = arena_alloc(&model->arena, CONDITION_TEXT_MAX);
    int len = snprintf(text, CONDITION_TEXT_MAX,
                       "{\"Version\": \"%s\", \"Statement\": {\"Effect\": \"Allow\", "
                       "\"Action\": \"*\", \"Resource\": \"*\", \"Condition\": %s}}",
                       version, condition);
    assert_in_range(len, 1, CONDITION_TEXT_MAX - 1);
    const struct iam_policy *policy = iam_world_policy(model, text);
    struct iam_request request =
        iam_world_request(model, "s3:ListBucket", "*", NULL,
                          context ? iam_world_context(model, context, open) : NULL);
    assert_int_equal(policy->statement_count, 1);
    return iam_statement_match(&policy->statements[0], &request, false).condition;
}

static inline void assert_conditions(const char *version, bool open,
                                     const struct condition_row *rows, size_t count)
{
    struct model *model = model_new();
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        enum truth met = condition_met(model, version, rows[i].condition, rows[i].context, open);
        if (met != rows[i].met) {
            print_error("%s\n  in %s\n  is %s and not %s\n", rows[i].condition, rows[i].context,
                        truth_words[met], truth_words[rows[i].met]);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
    model_free(model);
}

#define VERSION_NOW "2012-10-17"
#define VERSION_OLD "2008-10-17"

/* All rows in a context of which everything is known. */
#define ASSERT_CLOSED(rows) assert_conditions(VERSION_NOW, false, rows, COUNT_OF(rows))
/* … in one that may have further keys. */
#define ASSERT_OPEN(rows) assert_conditions(VERSION_NOW, true, rows, COUNT_OF(rows))

#endif
