/* SPDX-License-Identifier: MIT */
/*
 * The tests inside a rule file, and the rule's mutants: the input is the file. Whatever it holds, the
 * run ends with a status of its contract and a report in each format, and says the same again. So do what
 * looks wrong in it, and the rule's page.
 */
#include "ekslint.h"

#include "base/base.h"
#include "check.h"

#include <string.h>

static ekslint_text test(const char *bytes, size_t len, const char *format)
{
    static const ekslint_output output = {.language = "en"};
    ekslint *e = ekslint_new();
    ekslint_no_builtin(e);
    (void)ekslint_add_rules(e, "fuzz.yaml", bytes, len);
    int status = ekslint_test_rules(e, true);
    CHECK(status == EKSLINT_OK || status == EKSLINT_FINDINGS || status == EKSLINT_NOTHING);
    ekslint_text text = ekslint_rule_tests(e, format, &output);
    CHECK(text.text && text.len > 0);
    ekslint_free(e);
    return text;
}

/* The pages of the rule, and what rules check says, one after the other. */
static size_t write_pages(const char *bytes, size_t len)
{
    ekslint *e = ekslint_new();
    const char *name;
    size_t total = 0;
    ekslint_no_builtin(e);
    (void)ekslint_add_rules(e, "fuzz.yaml", bytes, len);
    int status = ekslint_check_rules(e);
    CHECK(status == EKSLINT_OK || status == EKSLINT_FINDINGS || status == EKSLINT_NOTHING);
    size_t count = 0;
    for (ekslint_text page = ekslint_rules_page(e, 0, &name); page.text;
         page = ekslint_rules_page(e, count, &name)) {
        CHECK(ekslint_is_page(page.text, page.len));
        total += page.len;
        ekslint_text_free(page);
        count++;
    }
    CHECK(count == 2 || count == 4); /* the index and the rule, in two languages */
    ekslint_free(e);
    return total;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const formats[] = {"text", "json"};
    for (size_t i = 0; i < COUNT_OF(formats); i++) {
        ekslint_text once = test((const char *)data, size, formats[i]);
        ekslint_text again = test((const char *)data, size, formats[i]);
        CHECK(once.len == again.len && memcmp(once.text, again.text, once.len) == 0);
        ekslint_text_free(once);
        ekslint_text_free(again);
    }
    CHECK(write_pages((const char *)data, size) == write_pages((const char *)data, size));
    return 0;
}
