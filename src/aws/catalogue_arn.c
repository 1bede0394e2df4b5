/* SPDX-License-Identifier: MIT */
/*
 * Can an ARN pattern of a policy and an ARN format of the catalogue mean the same resource? Both
 * have gaps, so this asks whether two patterns have a text in common. An ARN of six parts is compared
 * part by part, of which the first letters mostly decide. Where they do not, the policy's part is read
 * once, keeping the set of places of the format that what was read so far can have led to.
 */
#include "aws/catalogue.h"
#include "aws/catalogue_table.h"

#include <assert.h>

/* What stands at a place of a format: a byte, or something that is none of an ARN's. */
enum {
    ANY_NO_COLON = 1, /* any number of characters but ':' */
    ANY_NO_SLASH = 2, /* any number of characters but '/' */
    ANY = 3,
    ONE_NO_COLON = 4, /* exactly one character, but no ':' */
    ONE_NO_SLASH = 5, /* exactly one character, but no '/' */
    ONE = 6           /* exactly one character */
};

enum { COLONS_BEFORE_RESOURCE = 5, ARN_PARTS = 6 };
enum { ARN_PREFIX, ARN_PARTITION, ARN_SERVICE, ARN_REGION, ARN_ACCOUNT, ARN_RESOURCE };

struct format {
    unsigned char places[2 * CATALOGUE_TEXT_MAX];
    size_t count;
};

/* ---- formats ---- */

/* The length of the placeholder "${…}" that stands at `at`, or 0. */
static size_t placeholder_len(struct str text, size_t at)
{
    if (text.ptr[at] != '$' || at + 1 >= text.len || text.ptr[at + 1] != '{') {
        return 0;
    }
    size_t close = str_find_char(str_from(text, at), '}');
    return at + close < text.len ? close + 1 : 0;
}

static bool begins_gap(char c)
{
    return c == '*' || c == '?' || c == '$';
}

/* The length of the placeholder or wildcard that stands at `at`, or 0. */
static size_t gap_len(struct str text, size_t at)
{
    char c = text.ptr[at];
    return c == '*' || c == '?' ? 1 : placeholder_len(text, at);
}

static bool has_gap(struct str text)
{
    bool any = false;
    for (size_t at = 0; at < text.len && !any; at++) {
        any = gap_len(text, at) > 0;
    }
    return any;
}

/*
 * Names without a slash, behind which a resource of another type goes on: objects of a bucket, indexes
 * of a table (Amazon S3 User Guide, "General purpose bucket naming rules"; Amazon DynamoDB Developer
 * Guide, "Supported data types and naming rules").
 */
static bool has_no_slash(struct str placeholder)
{
    return str_eq(placeholder, STR("${BucketName}")) || str_eq(placeholder, STR("${TableName}"));
}

/*
 * `colons`: how many stand before the text. A placeholder of the resource takes at least one
 * character; a region or account may be empty. `closed`: none takes a colon.
 */
static void read_format(struct str text, size_t colons, bool closed, struct format *format)
{
    for (size_t at = 0; at < text.len;) {
        size_t len = placeholder_len(text, at);
        bool gap = len || text.ptr[at] == '*';
        colons += text.ptr[at] == ':';
        if (!gap) {
            format->places[format->count++] = (unsigned char)text.ptr[at];
        } else if (colons < COLONS_BEFORE_RESOURCE) {
            format->places[format->count++] = ANY_NO_COLON;
        } else if (has_no_slash(str_slice(text, at, at + len))) {
            format->places[format->count++] = ONE_NO_SLASH;
            format->places[format->count++] = ANY_NO_SLASH;
        } else {
            format->places[format->count++] = closed ? ONE_NO_COLON : ONE;
            format->places[format->count++] = closed ? ANY_NO_COLON : ANY;
        }
        at += len ? len : 1;
    }
    assert(format->count < sizeof format->places);
}

/* ---- two patterns ---- */

static bool repeats(unsigned char place)
{
    return place <= ANY;
}

/* `wanted` 0: any character ('?'). */
static bool accepts(unsigned char place, unsigned char wanted)
{
    switch (place) {
    case ANY:
    case ONE:
        return true;
    case ANY_NO_COLON:
    case ONE_NO_COLON:
        return wanted != ':';
    case ANY_NO_SLASH:
    case ONE_NO_SLASH:
        return wanted != '/';
    default:
        return place == wanted || wanted == 0;
    }
}

/* Places behind one that may be empty are reached with it. */
static void skip_empty(const struct format *format, bool *reached)
{
    for (size_t i = 0; i < format->count; i++) {
        reached[i + 1] = reached[i + 1] || (reached[i] && repeats(format->places[i]));
    }
}

static bool read_char(const struct format *format, bool *reached, unsigned char wanted)
{
    bool any = false;
    for (size_t i = format->count + 1; i-- > 0;) {
        bool stays = i < format->count && reached[i] && repeats(format->places[i]) &&
                     accepts(format->places[i], wanted);
        bool comes = i > 0 && reached[i - 1] && !repeats(format->places[i - 1]) &&
                     accepts(format->places[i - 1], wanted);
        reached[i] = stays || comes;
        any = any || reached[i];
    }
    skip_empty(format, reached);
    return any;
}

/* '*', or a policy variable, whose text nobody knows: everything up to `wall`, where it ends. */
static void read_any(const struct format *format, bool *reached, unsigned char wall)
{
    for (size_t i = 0; i < format->count; i++) {
        reached[i + 1] = reached[i + 1] || (reached[i] && format->places[i] != wall);
    }
}

/* ---- the parts of an ARN ---- */

/* The first colon from `at` on that is not inside of a variable, or the length. */
static size_t next_colon(struct str text, size_t at, bool variables)
{
    size_t colon = at + str_find_char(str_from(text, at), ':');
    for (; variables && at < colon; at++) {
        size_t variable = placeholder_len(text, at);
        if (at + variable > colon) {
            at += variable - 1;
            colon = at + 1 + str_find_char(str_from(text, at + 1), ':');
        }
    }
    return colon;
}

/* Cut at the first `count` - 1 colons; false where there are fewer. */
static bool cut_at_colons(struct str text, struct str *parts, size_t count)
{
    bool variables = str_find_char(text, '$') < text.len;
    size_t found = 0;
    size_t from = 0;
    while (found + 1 < count) {
        size_t colon = next_colon(text, from, variables);
        parts[found++] = str_slice(text, from, colon);
        if (colon == text.len) {
            return false;
        }
        from = colon + 1;
    }
    parts[found] = str_from(text, from);
    return true;
}

static bool can_be_account(struct str account)
{
    bool good = true;
    for (size_t at = 0; at < account.len && good;) {
        size_t gap = gap_len(account, at);
        good = gap || char_is_digit(account.ptr[at]);
        at += gap ? gap : 1;
    }
    return good || str_eq(account, STR("aws"));
}

/*
 * The six parts of an ARN, if what stands at the account's place can be one. IAM lets '*' run over
 * colons, but whoever writes all six parts means each of them: `arn:aws:eks:*:*:nodegroup/x` is no
 * cluster.
 */
static bool cut_parts(struct str arn, struct str *parts)
{
    return cut_at_colons(arn, parts, ARN_PARTS) && can_be_account(parts[ARN_ACCOUNT]);
}

/* Has the format a text in common with `arn`? Before `walled` its wildcards take no colon. */
static bool read_arn(const struct format *format, struct str arn, size_t walled)
{
    bool reached[2 * CATALOGUE_TEXT_MAX + 1];
    memset(reached, 0, format->count + 1);
    reached[0] = true;
    skip_empty(format, reached);
    for (size_t at = 0; at < arn.len;) {
        size_t variable = placeholder_len(arn, at);
        if (variable || arn.ptr[at] == '*') {
            read_any(format, reached, at < walled ? ':' : 0);
        } else if (!read_char(format, reached,
                              arn.ptr[at] == '?' ? 0 : (unsigned char)arn.ptr[at])) {
            return false;
        }
        at += variable ? variable : 1;
    }
    return reached[format->count];
}

/* ---- part by part ---- */

/*
 * What stands before the first gap of both, `*head` characters, must be the same. Behind it a '*' at the
 * end takes whatever the format still asks for, and a placeholder at the end whatever the pattern does.
 */
static enum truth compare_heads(struct str format, struct str pattern, size_t *head)
{
    size_t at = 0;
    size_t shorter = format.len < pattern.len ? format.len : pattern.len;
    while (at < shorter && format.ptr[at] == pattern.ptr[at] && !begins_gap(format.ptr[at])) {
        at++;
    }
    if (at < shorter && gap_len(format, at) == 0 && gap_len(pattern, at) == 0) {
        return TRUTH_FALSE;
    }
    *head = at;
    if (at == pattern.len) {
        return truth_of(at == format.len);
    }
    if (pattern.ptr[at] == '*' && at + 1 == pattern.len) {
        return TRUTH_TRUE;
    }
    if (at == format.len || gap_len(format, at) < format.len - at) {
        return TRUTH_UNKNOWN;
    }
    struct str rest = str_from(pattern, at);
    bool takes = !has_no_slash(str_from(format, at)) || str_find_char(rest, '/') == rest.len;
    return takes ? TRUTH_TRUE : TRUTH_UNKNOWN;
}

/* The same from `head` on, where the heads do not decide. */
static bool compare_rests(struct str format, struct str pattern, size_t head)
{
    struct format places = {.count = 0};
    read_format(str_from(format, head), COLONS_BEFORE_RESOURCE, false, &places);
    return read_arn(&places, str_from(pattern, head), 0);
}

/* A region or an account: that of a format is empty, fixed, or any. */
static bool field_fits(struct str format, struct str pattern)
{
    if ((format.len && gap_len(format, 0) == format.len) || str_eq(format, pattern)) {
        return true;
    }
    struct format places = {.count = 0};
    read_format(format, 0, false, &places);
    return read_arn(&places, pattern, 0);
}

static bool scope_fits(struct str format, const struct catalogue_arn *arn)
{
    struct str parts[4]; /* ":", region, ":", account, ":" */
    return str_eq(format, STR(":${Region}:${Account}:")) ||
           (cut_at_colons(format, parts, COUNT_OF(parts)) && field_fits(parts[1], arn->region) &&
            field_fits(parts[2], arn->account));
}

struct catalogue_arn catalogue_arn_cut(struct str text)
{
    struct catalogue_arn arn = {.text = text};
    struct str parts[ARN_PARTS];
    if (text.len <= CATALOGUE_ARN_MAX && cut_parts(text, parts) &&
        str_eq(parts[ARN_PREFIX], STR("arn")) && !has_gap(parts[ARN_SERVICE])) {
        arn.service = parts[ARN_SERVICE];
        arn.region = parts[ARN_REGION];
        arn.account = parts[ARN_ACCOUNT];
        arn.resource = parts[ARN_RESOURCE];
    }
    return arn;
}

static bool whole_fits(uint32_t type, struct str arn)
{
    struct catalogue_text text;
    struct str parts[ARN_PARTS];
    struct format format = {.count = 0};
    if (arn.len > CATALOGUE_ARN_MAX) {
        return false;
    }
    read_format(catalogue_type_arn(type, &text), 0, false, &format);
    size_t walled = cut_parts(arn, parts) ? arn.len - parts[ARN_RESOURCE].len : 0;
    return read_arn(&format, arn, walled);
}

bool catalogue_type_takes(uint32_t type, const struct catalogue_arn *arn)
{
    const struct catalogue_type *row = &catalogue_types[type];
    struct str foreign = reference_text(catalogue_arn_services[row->arn_service]);
    struct str rest = reference_text(row->arn_rest);
    bool any_service = foreign.len && foreign.ptr[0] == '$'; /* the vendor of a product */
    if (arn->service.len == 0 || any_service) {
        return whole_fits(type, arn->text);
    }
    size_t head;
    enum truth heads = compare_heads(rest, arn->resource, &head);
    if (heads == TRUTH_FALSE) {
        return false;
    }
    struct catalogue_type_parts parts = catalogue_type_parts(type);
    return str_eq(parts.service, arn->service) && scope_fits(parts.scope, arn) &&
           (heads == TRUTH_TRUE || compare_rests(rest, arn->resource, head));
}

bool catalogue_type_fits(uint32_t type, struct str text)
{
    struct catalogue_arn arn = catalogue_arn_cut(text);
    return catalogue_type_takes(type, &arn);
}

/* Is the ARN that of a resource of one of the action's types? */
static bool takes_any_type(uint32_t action, const struct catalogue_arn *arn)
{
    size_t count = catalogue_action_resource_count(action);
    for (size_t i = 0; i < count; i++) {
        if (catalogue_type_takes(catalogue_action_resource(action, i).type, arn)) {
            return true;
        }
    }
    return false;
}

static size_t count_colons(struct str text)
{
    size_t count = 0;
    for (size_t at = 0; at < text.len; at++) {
        count += text.ptr[at] == ':';
    }
    return count;
}

/* Placeholders take no colon here: a wildcard can only take those that the format has and `arn` has not. */
bool catalogue_action_may_take(uint32_t action, struct str arn)
{
    size_t count = catalogue_action_resource_count(action);
    size_t colons = count_colons(arn);
    bool takes = false;
    for (size_t i = 0; i < count && arn.len <= CATALOGUE_ARN_MAX && !takes; i++) {
        struct catalogue_text text;
        struct format format = {.count = 0};
        struct str wanted = catalogue_type_arn(catalogue_action_resource(action, i).type, &text);
        if (count_colons(wanted) > colons) {
            read_format(wanted, 0, true, &format);
            takes = read_arn(&format, arn, 0);
        }
    }
    return takes;
}

bool catalogue_names_type_only(const struct catalogue_arn *arn)
{
    uint32_t service = catalogue_find_service(arn->service);
    size_t named = 0;
    while (named < arn->resource.len && gap_len(arn->resource, named) == 0) {
        named++;
    }
    struct catalogue_range types = {0, 0};
    if (service != CATALOGUE_NONE) {
        types = catalogue_service_types(service);
    }
    bool any = named == 0;
    for (uint32_t type = types.first; type < types.end && !any; type++) {
        struct str rest = catalogue_type_parts(type).rest;
        size_t own = 0;
        while (own < rest.len && gap_len(rest, own) == 0) {
            own++;
        }
        any = str_starts(str_slice(rest, 0, own), str_slice(arn->resource, 0, named));
    }
    return any;
}

bool catalogue_action_fits(uint32_t action, struct str text)
{
    struct catalogue_arn arn = catalogue_arn_cut(text);
    return str_eq(text, STR("*")) || takes_any_type(action, &arn);
}
