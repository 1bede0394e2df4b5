/* SPDX-License-Identifier: MIT */
/*
 * ARNs, wildcards and regions: the first line is a pattern, the rest a text. What is found lies
 * inside the text, the fields of an ARN put together are the ARN, and matching agrees with the
 * definition where that is quick to try.
 */
#include "aws/arn.h"
#include "aws/region.h"
#include "aws/wildcard.h"

#include "check.h"

enum { SLOW_MAX = 12 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The definition, by trying everything; bytes above 0x7F are left to the fast one. */
static bool matches_slowly(struct str pattern, struct str text)
{
    if (pattern.len == 0) {
        return text.len == 0;
    }
    if (pattern.ptr[0] == '*') {
        return matches_slowly(str_from(pattern, 1), text) ||
               (text.len > 0 && matches_slowly(pattern, str_from(text, 1)));
    }
    bool same = text.len > 0 && (pattern.ptr[0] == '?' || pattern.ptr[0] == text.ptr[0]);
    return same && matches_slowly(str_from(pattern, 1), str_from(text, 1));
}

static bool is_ascii(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.ptr[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

static void check_wildcard(struct str pattern, struct str text)
{
    bool matched = wildcard_match(pattern, text, false);
    CHECK(!matched || wildcard_match(pattern, text, true));
    CHECK(wildcard_match(STR("*"), text, false));
    if (pattern.len <= SLOW_MAX && text.len <= SLOW_MAX && is_ascii(pattern) && is_ascii(text)) {
        CHECK(matched == matches_slowly(pattern, text));
    }
}

static void check_arn(struct str text)
{
    static const char *const names[] = {"partition", "service",       "region", "account",
                                        "resource",  "resource-type", "path",   "name"};
    size_t lo = 0;
    size_t hi = 0;
    enum role_arn_fault fault = role_arn_check(text, &lo, &hi);
    CHECK(lo <= hi && hi <= text.len);
    struct arn arn;
    bool parsed = arn_parse(text, &arn);
    CHECK(parsed || fault != ROLE_ARN_OK);
    CHECK(role_arn_fault_name(fault).len > 0);
    for (size_t i = 0; parsed && i < COUNT_OF(names); i++) {
        struct str field;
        CHECK(arn_field(&arn, str_from_c(names[i]), &field));
        CHECK(field.len <= text.len);
    }
    size_t fields = parsed ? arn.partition.len + arn.service.len + arn.region.len +
                                 arn.account.len + arn.resource.len
                           : 0;
    CHECK(!parsed || fields + strlen("arn:::::") == text.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    struct str pattern;
    str_cut(text, '\n', &pattern, &text);
    check_wildcard(pattern, text);
    check_arn(text);
    CHECK(region_partition(text).len > 0);
    struct str region = region_of_zone(text);
    CHECK(region.len == 0 || region_is_known(region));
    CHECK(region_nearest(text).len == 0 || region_is_known(region_nearest(text)));
    return 0;
}
