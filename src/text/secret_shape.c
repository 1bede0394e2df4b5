/* SPDX-License-Identifier: MIT */
/*
 * Secrets by their shape: random base64 of the lengths that AWS gives its keys, and what begins as tokens
 * of well-known services do. Those services chose their prefixes so that they can be found.
 */
#include "text/secret.h"

enum {
    KEY_BYTES = 40,        /* of a secret access key */
    TOKEN_MIN_BYTES = 100, /* of a session token */
    SHAPE_MIN_BYTES = 21,  /* "glrt-" and what is behind it: the shortest of all */
    JWT_PART_MIN = 16,     /* RFC 7519: three parts; shorter ones are words */
    KEY_MARK_WITHIN = 96   /* of an encoded PEM file: what it says to be */
};

static bool is_base64(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || c == '/' || c == '+';
}

/* RFC 4648 §5 */
static bool is_base64url(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || c == '-' || c == '_';
}

/* Random base64 has letters of both cases and digits; an external ID, a digest or a path has not. */
static bool is_mixed(struct str run)
{
    bool upper = false, lower = false, digit = false;
    for (size_t i = 0; i < run.len; i++) {
        char c = run.ptr[i];
        digit = digit || char_is_digit(c);
        upper = upper || (c >= 'A' && c <= 'Z');
        lower = lower || (c >= 'a' && c <= 'z');
    }
    return upper && lower && digit;
}

static size_t run_end(struct str text, size_t from, bool (*belongs)(char c))
{
    while (from < text.len && belongs(text.ptr[from])) {
        from++;
    }
    return from;
}

/* Of a key or a token: characters of either alphabet, and the '.' between the parts of some. */
static bool is_shape(char c)
{
    return char_is_alpha(c) || (c >= '+' && c <= '9' && c != ',') || c == '_';
}

/*
 * Where the next word that is long enough for a key or a token begins. Behind a word, each character that belongs to
 * none shows that no long one begins before it, so that most are never looked at.
 */
static size_t long_word(struct str text, size_t from)
{
    size_t at = from;
    while (at + SHAPE_MIN_BYTES <= text.len) {
        size_t back = at + SHAPE_MIN_BYTES;
        while (back > at && is_shape(text.ptr[back - 1])) {
            back--;
        }
        if (back == at) {
            return at;
        }
        at = back;
    }
    return text.len;
}

/* "glpat-…": the end of the token, or the place where there is none. */
static size_t prefixed_end(struct str text, size_t at, enum secret_sort *sort)
{
    static const struct {
        struct str prefix;
        unsigned char rest; /* characters of base64url behind it, at least */
        enum secret_sort sort;
    } tokens[] = {
        {STR_INIT("k8s-aws-v1."), 20, SECRET_BEARER}, {STR_INIT("glpat-"), 16, SECRET_GITLAB},
        {STR_INIT("gldt-"), 16, SECRET_GITLAB},       {STR_INIT("glrt-"), 16, SECRET_GITLAB},
        {STR_INIT("glcbt-"), 16, SECRET_GITLAB},      {STR_INIT("glptt-"), 16, SECRET_GITLAB},
        {STR_INIT("glft-"), 16, SECRET_GITLAB},       {STR_INIT("glsoat-"), 16, SECRET_GITLAB},
        {STR_INIT("glagent-"), 16, SECRET_GITLAB},    {STR_INIT("gloas-"), 16, SECRET_GITLAB},
        {STR_INIT("glimt-"), 16, SECRET_GITLAB},      {STR_INIT("glffct-"), 16, SECRET_GITLAB},
        {STR_INIT("GR1348941"), 16, SECRET_GITLAB},   {STR_INIT("ghp_"), 30, SECRET_GITHUB},
        {STR_INIT("gho_"), 30, SECRET_GITHUB},        {STR_INIT("ghu_"), 30, SECRET_GITHUB},
        {STR_INIT("ghs_"), 30, SECRET_GITHUB},        {STR_INIT("ghr_"), 30, SECRET_GITHUB},
        {STR_INIT("github_pat_"), 30, SECRET_GITHUB}, {STR_INIT("hvs."), 20, SECRET_SERVICE},
        {STR_INIT("npm_"), 30, SECRET_SERVICE},       {STR_INIT("xoxb-"), 20, SECRET_SERVICE},
        {STR_INIT("xoxp-"), 20, SECRET_SERVICE},
    };
    struct str rest = str_from(text, at);
    for (size_t i = 0; i < COUNT_OF(tokens); i++) {
        if (str_starts(rest, tokens[i].prefix)) {
            size_t from = at + tokens[i].prefix.len;
            size_t end = run_end(text, from, is_base64url);
            *sort = tokens[i].sort;
            return end - from >= tokens[i].rest ? end : at;
        }
    }
    return at;
}

/* "eyJ….eyJ….…", whose first two parts are JSON objects. */
static size_t jwt_end(struct str text, size_t at)
{
    size_t end = at;
    for (int part = 0; part < 3; part++) {
        size_t from = end + (part > 0);
        bool object = str_starts(str_from(text, from), STR("eyJ"));
        end = run_end(text, from, is_base64url);
        bool dot = end < text.len && text.ptr[end] == '.';
        if (end - from < JWT_PART_MIN || (part < 2 && (!object || !dot))) {
            return at;
        }
    }
    return end;
}

/* A PEM file in base64, as kubeconfigs and Secrets hold it: that of a key, not of a certificate. */
static size_t encoded_key_end(struct str text, size_t at)
{
    static const struct str marks[] = {/* "PRIVATE KEY" at each of three places */
                                       STR_INIT("UFJJVkFURSBLRVk"), STR_INIT("BSSVZBVEUgS0VZ"),
                                       STR_INIT("QUklWQVRFIEtFW")};
    if (!str_starts(str_from(text, at), STR("LS0tLS1CRUdJTi"))) {
        return at;
    }
    /* Such beginnings may stand one behind the other: no further than the mark, unless it is there. */
    struct str head = str_slice(text, at, at + KEY_MARK_WITHIN);
    head = str_slice(head, 0, run_end(head, 0, is_base64));
    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        if (str_find(head, marks[i]) < head.len) {
            return run_end(text, at, is_base64);
        }
    }
    return at;
}

static size_t token_end(struct str text, size_t at, enum secret_sort *sort)
{
    size_t end = at;
    switch (text.ptr[at]) {
    case 'k':
    case 'g':
    case 'G':
    case 'h':
    case 'n':
    case 'x':
        end = prefixed_end(text, at, sort);
        break;
    case 'e':
        *sort = SECRET_BEARER;
        end = jwt_end(text, at);
        break;
    case 'L':
        *sort = SECRET_PRIVATE_KEY;
        end = encoded_key_end(text, at);
        break;
    default:
        break;
    }
    return end;
}

/* Whether a token begins at a place, or where `keys` are looked for, a key; the end of it, or the place. */
static size_t shape_end(struct str text, size_t from, size_t at, bool keys, enum secret_sort *sort)
{
    bool start = at == 0 || !is_base64url(text.ptr[at - 1]);
    size_t end = start ? token_end(text, at, sort) : at;
    bool begins = keys && (at == from || !is_base64(text.ptr[at - 1]));
    if (end > at || !begins) {
        return end;
    }
    end = run_end(text, at, is_base64);
    bool long_enough = end - at == KEY_BYTES || end - at >= TOKEN_MIN_BYTES;
    return long_enough && is_mixed(str_slice(text, at, end)) ? end : at;
}

/* Inside of letters and digits nothing begins: the place behind the next mark, or the end. */
static size_t next_start(struct str text, size_t at, size_t end)
{
    while (at < end && (char_is_alpha(text.ptr[at]) || char_is_digit(text.ptr[at]))) {
        at++;
    }
    return at < end ? at + 1 : end;
}

/* Too short for a key, and of one part: no token begins in it but at its beginning. Most words are. */
static bool is_plain_word(struct str text, size_t at, size_t *end)
{
    *end = run_end(text, at, is_base64url);
    bool whole = *end == text.len || !is_shape(text.ptr[*end]);
    return whole && *end - at < KEY_BYTES;
}

static bool find(struct str text, size_t from, bool keys, struct span *found,
                 enum secret_sort *sort)
{
    for (size_t at = long_word(text, from); at < text.len; at = long_word(text, at)) {
        size_t end;
        bool plain = is_plain_word(text, at, &end);
        for (end = run_end(text, end, is_shape); at < end;
             at = plain ? end : next_start(text, at, end)) {
            size_t hi = shape_end(text, from, at, keys && !plain, sort);
            if (hi > at) {
                *found = (struct span){(uint32_t)at, (uint32_t)hi};
                return true;
            }
        }
    }
    return false;
}

bool secret_find_shape(struct str text, size_t from, struct span *found)
{
    enum secret_sort sort = SECRET_SORT_COUNT;
    return find(text, from, true, found, &sort);
}

bool secret_find_token(struct str text, size_t from, struct span *found, enum secret_sort *sort)
{
    return find(text, from, false, found, sort);
}

bool secret_find_key_block(struct str text, size_t from, struct span *found)
{
    struct str begin = STR("-----BEGIN ");
    struct str kind = STR("PRIVATE KEY-----");
    for (size_t at = from; at < text.len;) {
        size_t start = at + str_find(str_from(text, at), begin);
        if (start >= text.len) {
            return false;
        }
        size_t name = start + begin.len;
        struct str head = str_slice(text, name, name + KEY_MARK_WITHIN / 2);
        size_t body = str_find(head, kind);
        if (body < head.len && str_find_char(head, '\n') > body) {
            size_t lo = name + body + kind.len;
            size_t hi = lo + str_find(str_from(text, lo), STR("-----END"));
            *found = (struct span){(uint32_t)lo, (uint32_t)hi};
            return true;
        }
        at = name;
    }
    return false;
}
