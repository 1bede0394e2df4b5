/* SPDX-License-Identifier: MIT */
/*
 * The whole library: the input is a gitlab-eks.yaml beside saved CLI output, and what it refers to
 * is a policy. It is also a file of its own, met beside the others. No input is an internal error, and two runs report the same bytes.
 */
#include "ekslint.h"

#include "check.h"

#include <stdint.h>
#include <string.h>

enum { REFERENCES_MAX = 8 };

static const char policy[] =
    "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Resource\": \"*\", "
    "\"Principal\": {\"AWS\": \"111122223333\"}}}";
static const char role[] =
    "{\"Role\": {\"RoleName\": \"gitlab\", \"Arn\": \"arn:aws:iam::123456789012:role/gitlab\", "
    "\"AssumeRolePolicyDocument\": \"{\\\"Statement\\\": [{\\\"Effect\\\": \\\"Allow\\\"}]}\"}}";
static const char attached[] = "{\"AttachedPolicies\": [{\"PolicyArn\": \"x\"}], \"Marker\": null}";
static const char key_pairs[] = "{\"KeyPairs\": [{\"KeyName\": \"ops\"}], \"NextToken\": \"x\"}";

/* All reports of a run over the input, one behind the other; the caller frees it. */
static ekslint_text check_input(const char *bytes, size_t size)
{
    static const ekslint_output output = {.language = "en", .width = 80};
    ekslint *e = ekslint_new();
    (void)!ekslint_add_file(e, "case/gitlab-eks.yaml", bytes, size);
    (void)!ekslint_add_file(e, "case/role.json", role, strlen(role));
    (void)!ekslint_add_file(e, "case/attached.gitlab.json", attached, strlen(attached));
    (void)!ekslint_add_file(e, "case/us-east-1/k.json", key_pairs, strlen(key_pairs));
    (void)!ekslint_add_met_file(e, "case/us-east-1/input", bytes, size);
    const char *name = ekslint_next_reference(e);
    for (int i = 0; name && i < REFERENCES_MAX; i++) {
        (void)!ekslint_add_file(e, name, policy, strlen(policy));
        name = ekslint_next_reference(e);
    }
    int status = ekslint_check(e);
    CHECK(status >= EKSLINT_OK && status <= EKSLINT_INPUT && status != EKSLINT_USAGE);
    ekslint_text text = ekslint_report(e, "text", &output);
    ekslint_text oneline = ekslint_report(e, "oneline", &output);
    ekslint_text json = ekslint_report(e, "json", &output);
    CHECK(text.text && oneline.text && json.text && json.len > 0);
    ekslint_text_free(text);
    ekslint_text_free(oneline);
    ekslint_free(e);
    return json;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ekslint_text first = check_input((const char *)data, size);
    ekslint_text second = check_input((const char *)data, size);
    CHECK(first.len == second.len && memcmp(first.text, second.text, first.len) == 0);
    ekslint_text_free(first);
    ekslint_text_free(second);
    return 0;
}
