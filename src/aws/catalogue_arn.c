/* SPDX-License-Identifier: MIT */
/*
 * Can an ARN pattern of a policy and an ARN format of the catalogue mean the same resource? Both
 * have gaps, so this asks whether two patterns have a text in common. The policy's is read once,
 * keeping the set of places of the format that what was read so far can have led to.
 */
#include "aws/catalogue.h"
#include "aws/catalogue_table.h"

#include <assert.h>

/* What stands at a place of a format: a byte, or something that is none of an ARN's. */
enum {
    ANY_NO_COLON = 1, /* any number of characters but ':' */
    ANY = 2,
    ONE = 3 /* exactly one character */
};

struct format {
    unsigned char places[2 * CATALOGUE_TEXT_MAX];
    size_t count;
};

/* The length of the placeholder "${…}" that `text` begins with, or 0. */
static size_t placeholder_len(struct str text)
{
    if (!str_starts(text, STR("${"))) {
        return 0;
    }
    size_t close = str_find_char(text, '}');
    return close < text.len ? close + 1 : 0;
}

/* A placeholder of the resource takes at least one character; a region or account may be empty. */
static void read_format(struct str text, struct format *format)
{
    size_t colons = 0;
    for (size_t at = 0; at < text.len;) {
        size_t len = placeholder_len(str_from(text, at));
        bool gap = len || text.ptr[at] == '*';
        colons += text.ptr[at] == ':';
        if (!gap) {
            format->places[format->count++] = (unsigned char)text.ptr[at];
        } else if (colons < 5) {
            format->places[format->count++] = ANY_NO_COLON;
        } else {
            format->places[format->count++] = ONE;
            format->places[format->count++] = ANY;
        }
        at += len ? len : 1;
    }
    assert(format->count < sizeof format->places);
}

static bool repeats(unsigned char place)
{
    return place == ANY_NO_COLON || place == ANY;
}

/* `wanted` 0: any character ('?'). */
static bool accepts(unsigned char place, unsigned char wanted)
{
    return place == ONE || place == ANY || (place == ANY_NO_COLON && wanted != ':') ||
           place == wanted || (wanted == 0 && place > ONE);
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

/*
 * Where does the resource of an ARN pattern begin? Behind the fifth colon, if what stands before it
 * can be an account; else 0. IAM lets '*' run over colons, but whoever writes all six parts means
 * each of them: `arn:aws:eks:*:*:nodegroup/x` is no cluster.
 */
static size_t resource_start(struct str arn)
{
    size_t colons = 0;
    bool is_account = true;
    struct str account = {0};
    for (size_t at = 0; at < arn.len; at++) {
        char c = arn.ptr[at];
        size_t variable = placeholder_len(str_from(arn, at));
        if (c == ':' && ++colons == 5) {
            return is_account || str_eq(account, STR("aws")) ? at + 1 : 0;
        } else if (c == ':') {
            is_account = true;
            account = (struct str){arn.ptr + at + 1, 0};
        } else {
            is_account = is_account && (variable || char_is_digit(c) || c == '*' || c == '?');
            account.len++;
        }
        at += variable ? variable - 1 : 0;
    }
    return 0;
}

bool catalogue_type_fits(uint32_t type, struct str arn)
{
    struct catalogue_text text;
    struct format format = {.count = 0};
    bool reached[2 * CATALOGUE_TEXT_MAX + 1] = {true};
    if (arn.len > CATALOGUE_ARN_MAX) {
        return false;
    }
    read_format(catalogue_type_arn(type, &text), &format);
    skip_empty(&format, reached);
    size_t resource = resource_start(arn);
    for (size_t at = 0; at < arn.len;) {
        size_t variable = placeholder_len(str_from(arn, at));
        if (variable || arn.ptr[at] == '*') {
            read_any(&format, reached, at < resource ? ':' : 0);
        } else if (!read_char(&format, reached,
                              arn.ptr[at] == '?' ? 0 : (unsigned char)arn.ptr[at])) {
            return false;
        }
        at += variable ? variable : 1;
    }
    return reached[format.count];
}

bool catalogue_action_fits(uint32_t action, struct str arn)
{
    size_t count = catalogue_action_resource_count(action);
    for (size_t i = 0; i < count; i++) {
        if (catalogue_type_fits(catalogue_action_resource(action, i).type, arn)) {
            return true;
        }
    }
    return str_eq(arn, STR("*"));
}
