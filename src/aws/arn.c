/* SPDX-License-Identifier: MIT */
/*
 * ARNs and what makes one an IAM role's. Partitions are not checked against a list: new ones
 * appear, and an unknown one is no error. Names and paths: IAM API reference, CreateRole (RoleName
 * [\w+=,.@-]{1,64}, Path up to 512).
 */
#include "aws/arn.h"

enum { ACCOUNT_DIGITS = 12, ROLE_NAME_MAX = 64, ROLE_PATH_MAX = 512 };

bool arn_parse(struct str text, struct arn *arn)
{
    struct str head;
    struct str rest;
    if (!str_cut(text, ':', &head, &rest) || !str_eq(head, STR("arn"))) {
        return false;
    }
    struct str *fields[] = {&arn->partition, &arn->service, &arn->region, &arn->account};
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        if (!str_cut(rest, ':', fields[i], &rest)) {
            return false;
        }
    }
    arn->resource = rest;
    return true;
}

/* The part of "role/path/name" behind the last '/', and what stands between it and the type. */
static void split_resource(struct str resource, struct str *type, struct str *path,
                           struct str *name)
{
    size_t slash = str_find_char(resource, '/');
    *type = str_slice(resource, 0, slash);
    size_t last = resource.len;
    while (last > slash + 1 && resource.ptr[last - 1] != '/') {
        last--;
    }
    *path = str_slice(resource, slash, last);
    *name = str_from(resource, last > slash ? last : slash + 1);
}

bool arn_field(const struct arn *arn, struct str name, struct str *field)
{
    struct str type;
    struct str path;
    struct str last;
    split_resource(arn->resource, &type, &path, &last);
    const struct {
        struct str name;
        struct str value;
    } fields[] = {
        {STR("partition"), arn->partition},
        {STR("service"), arn->service},
        {STR("region"), arn->region},
        {STR("account"), arn->account},
        {STR("resource"), arn->resource},
        {STR("resource-type"), type},
        {STR("path"), path},
        {STR("name"), last},
    };
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        if (str_eq(fields[i].name, name)) {
            *field = fields[i].value;
            return true;
        }
    }
    return false;
}

bool account_id_is_valid(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!char_is_digit(text.ptr[i])) {
            return false;
        }
    }
    return text.len == ACCOUNT_DIGITS;
}

static bool is_name_char(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || (c != '\0' && strchr("_+=,.@-", c) != NULL);
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The first byte of text for which accepts() is false, or text.len. */
static size_t find_refused(struct str text, bool (*accepts)(char c))
{
    size_t i = 0;
    while (i < text.len && accepts(text.ptr[i])) {
        i++;
    }
    return i;
}

static bool is_no_space(char c)
{
    return !is_space(c);
}

static bool is_path_char(char c)
{
    return c > ' ' && c < 0x7F;
}

static bool is_stray(char c)
{
    return c != '\0' && strchr("'\"`<>()[]{};,", c) != NULL;
}

static bool find_stray(struct str text, size_t *lo, size_t *hi)
{
    if (text.len && is_stray(text.ptr[0])) {
        *lo = 0;
        *hi = 1;
        return true;
    }
    if (text.len && is_stray(text.ptr[text.len - 1])) {
        *lo = text.len - 1;
        *hi = text.len;
        return true;
    }
    return false;
}

/* "role/path/name": type, path and name in turn. */
static enum role_arn_fault check_resource(struct str text, struct str resource, size_t *lo,
                                          size_t *hi)
{
    struct str type;
    struct str path;
    struct str name;
    split_resource(resource, &type, &path, &name);
    size_t start = text.len - resource.len; /* it is the last field; an empty one has no pointer */
    *lo = start;
    *hi = start + (type.len ? type.len : resource.len);
    if (!str_eq(type, STR("role")) || type.len == resource.len) {
        return ROLE_ARN_TYPE;
    }
    *lo = start + type.len;
    *hi = *lo + path.len;
    if (find_refused(path, is_path_char) < path.len || path.len > ROLE_PATH_MAX ||
        str_find(path, STR("//")) < path.len) {
        return ROLE_ARN_PATH;
    }
    *lo = *hi;
    *hi = text.len;
    size_t refused = find_refused(name, is_name_char);
    if (refused < name.len) {
        *lo += refused;
        return ROLE_ARN_NAME;
    }
    return name.len == 0 || name.len > ROLE_NAME_MAX ? ROLE_ARN_NAME : ROLE_ARN_OK;
}

static enum role_arn_fault check_fields(struct str text, const struct arn *arn, size_t *lo,
                                        size_t *hi)
{
    const struct {
        struct str field;
        bool good;
        enum role_arn_fault fault;
    } fields[] = {
        {arn->partition, arn->partition.len > 0, ROLE_ARN_PARTITION},
        {arn->service, str_eq(arn->service, STR("iam")), ROLE_ARN_SERVICE},
        {arn->region, arn->region.len == 0, ROLE_ARN_REGION},
        {arn->account, account_id_is_valid(arn->account), ROLE_ARN_ACCOUNT},
    };
    size_t at = strlen("arn:");
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        *lo = at;
        *hi = at + fields[i].field.len;
        if (!fields[i].good) {
            return fields[i].fault;
        }
        at = *hi + 1;
    }
    return check_resource(text, arn->resource, lo, hi);
}

enum role_arn_fault role_arn_check(struct str text, size_t *lo, size_t *hi)
{
    size_t blank = find_refused(text, is_no_space);
    if (blank < text.len) {
        *lo = blank;
        *hi = blank + 1;
        return ROLE_ARN_BLANK;
    }
    if (find_stray(text, lo, hi)) {
        return ROLE_ARN_QUOTE;
    }
    struct arn arn;
    *lo = 0;
    *hi = text.len;
    return arn_parse(text, &arn) ? check_fields(text, &arn, lo, hi) : ROLE_ARN_NOT_ARN;
}

struct str role_arn_fault_name(enum role_arn_fault fault)
{
    static const struct str names[ROLE_ARN_FAULT_COUNT] = {
        [ROLE_ARN_OK] = STR_INIT("ok"),
        [ROLE_ARN_BLANK] = STR_INIT("blank"),
        [ROLE_ARN_QUOTE] = STR_INIT("quote"),
        [ROLE_ARN_NOT_ARN] = STR_INIT("not-arn"),
        [ROLE_ARN_PARTITION] = STR_INIT("partition"),
        [ROLE_ARN_SERVICE] = STR_INIT("service"),
        [ROLE_ARN_REGION] = STR_INIT("region"),
        [ROLE_ARN_ACCOUNT] = STR_INIT("account"),
        [ROLE_ARN_TYPE] = STR_INIT("type"),
        [ROLE_ARN_PATH] = STR_INIT("path"),
        [ROLE_ARN_NAME] = STR_INIT("name"),
    };
    return names[fault];
}
