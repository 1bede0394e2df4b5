/* SPDX-License-Identifier: MIT */
/* The library through its public header: what the tests of the engine share. */
#ifndef EKSLINT_TESTS_UNIT_ENGINE_WORLD_H
#define EKSLINT_TESTS_UNIT_ENGINE_WORLD_H

#include "ekslint.h"
#include "support.h"

#include <jansson.h>
#include <stdio.h>

#define MAIN "apiVersion: ekslint/v1\nkind: GitLabEKSIntegration\n"
#define BAD_ARN MAIN "provision_role: {arn: ' arn:aws:iam::123456789012:role/gitlab'}\n"
#define FINE MAIN "cluster: {subnets: [subnet-1, subnet-2]}\n"
#define ONE_SUBNET MAIN "cluster: {subnets: [subnet-1]}\n"
#define POLICY                                                                                     \
    "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"a:B\", \"Resource\": \"*\"}]}"

static const ekslint_output english = {.language = "en", .quiet = true};

static inline void add(ekslint *e, const char *name, const char *text)
{
    (void)!ekslint_add_file(e, name, text, strlen(text));
}

static inline void add_rule(ekslint *e, const char *text)
{
    assert_true(ekslint_add_rules(e, "rule.yaml", text, strlen(text)));
}

static inline void select_rule(ekslint *e, const char *glob)
{
    assert_true(ekslint_select(e, glob));
}

/*
 * An engine with those built-in rules only that tests of the engine are about: further ones, which
 * would have something to say of these tiny documents, change nothing.
 */
static inline ekslint *engine_of_few_rules(void)
{
    ekslint *e = ekslint_new();
    select_rule(e, "gitlab/role-arn-invalid");
    select_rule(e, "gitlab/key-pair-not-in-region");
    select_rule(e, "gitlab/too-few-subnets");
    return e;
}

/* The JSON report; the caller drops the reference. */
static inline json_t *report_of(ekslint *e)
{
    ekslint_text text = ekslint_report(e, "json", &english);
    json_t *report = json_loadb(text.text, text.len, 0, NULL);
    assert_non_null(report);
    ekslint_text_free(text);
    return report;
}

/* Compare the findings, one a line: "file:line:column rule". */
static inline void assert_found(ekslint *e, const char *expected)
{
    char found[4000] = "";
    size_t len = 0;
    json_t *report = report_of(e);
    size_t i;
    json_t *finding;
    json_array_foreach(json_object_get(report, "findings"), i, finding)
    {
        len += (size_t)snprintf(found + len, sizeof found - len, "%s%s:%d:%d %s", i ? "\n" : "",
                                json_string_value(json_object_get(finding, "file")),
                                (int)json_integer_value(json_object_get(finding, "line")),
                                (int)json_integer_value(json_object_get(finding, "column")),
                                json_string_value(json_object_get(finding, "rule")));
        assert_true(len < sizeof found);
    }
    json_decref(report);
    assert_string_equal(found, expected);
}

static inline int summary_of(ekslint *e, const char *name)
{
    json_t *report = report_of(e);
    json_t *value = json_object_get(json_object_get(report, "summary"), name);
    int number = (int)json_integer_value(value);
    json_decref(report);
    return number;
}

#endif
