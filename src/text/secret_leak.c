/* SPDX-License-Identifier: MIT */
/*
 * What is certainly a secret. Randomness is told by how many different characters there are: a word, a
 * name or "xxxxxxxx" has few.
 */
#include "text/secret_leak.h"

enum {
    KEY_BYTES = 40,            /* of a secret access key */
    KEY_ID_BYTES = 20,         /* of its id, prefix included */
    KEY_DISTINCT = 18,         /* of 40 random characters there are about 30 */
    TOKEN_DISTINCT = 10,       /* of 20 about 17 */
    SESSION_MIN_BYTES = 100,   /* of a session token; they have several hundred */
    BLOCK_MIN_BYTES = 40,      /* of the body of a private key, the shortest (Ed25519) has 64 */
    NAME_MAX_BYTES = 64,       /* of a name that stands before a value in a text */
    SEPARATORS_MAX_BYTES = 16, /* between the two */
};

static bool is_base64(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || c == '/' || c == '+';
}

static bool is_name_char(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || c == '_' || c == '-';
}

/* Random, as far as one can tell. */
static bool is_random(struct str text, size_t distinct)
{
    bool seen[256] = {false};
    bool upper = false, lower = false, digit = false;
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        count += !seen[c];
        seen[c] = true;
        upper = upper || (c >= 'A' && c <= 'Z');
        lower = lower || (c >= 'a' && c <= 'z');
        digit = digit || char_is_digit(text.ptr[i]);
    }
    return upper && lower && digit && count >= distinct;
}

/* Letters in any case. */
static bool has_word(struct str text, struct str word)
{
    for (size_t i = 0; i + word.len <= text.len; i++) {
        size_t same = 0;
        while (same < word.len && char_lower(text.ptr[i + same]) == word.ptr[same]) {
            same++;
        }
        if (same == word.len) {
            return true;
        }
    }
    return false;
}

/* AWS marks the keys of its documentation; the token is that of jwt.io, which is in many manuals. */
static bool is_example(struct str text)
{
    static const struct str words[] = {STR_INIT("example"), STR_INIT("placeholder"),
                                       STR_INIT("xxxx"), STR_INIT("sflkxwrjsmekkf2qt4fw")};
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (has_word(text, words[i])) {
            return true;
        }
    }
    return false;
}

/* ---- AWS ---- */

/* Base32, RFC 4648 §6. */
static bool is_base32(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7');
}

static bool is_key_id_at(struct str text, size_t at)
{
    struct str id = str_slice(text, at, at + KEY_ID_BYTES);
    bool begins = str_starts(id, STR("AKIA")) || str_starts(id, STR("ASIA"));
    bool alone = (at == 0 || !is_name_char(text.ptr[at - 1])) &&
                 (at + id.len == text.len || !is_name_char(text.ptr[at + id.len]));
    if (!begins || !alone || id.len != KEY_ID_BYTES || is_example(id)) {
        return false;
    }
    for (size_t i = 0; i < id.len; i++) {
        if (!is_base32(id.ptr[i])) {
            return false;
        }
    }
    return true;
}

bool secret_has_key_id(struct str text)
{
    for (size_t at = 0; at + KEY_ID_BYTES <= text.len; at++) {
        if (text.ptr[at] == 'A' && is_key_id_at(text, at)) {
            return true;
        }
    }
    return false;
}

/* The letters of a name in lower case; what it ends with says what stands under it. */
static bool name_ends(struct str name, const struct str *endings, size_t count)
{
    char bytes[NAME_MAX_BYTES];
    size_t len = 0;
    for (size_t i = 0; i < name.len && len < sizeof bytes; i++) {
        if (char_is_alpha(name.ptr[i])) {
            bytes[len++] = char_lower(name.ptr[i]);
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (str_ends((struct str){bytes, len}, endings[i])) {
            return true;
        }
    }
    return false;
}

static bool names_key(struct str name)
{
    static const struct str endings[] = {STR_INIT("secretaccesskey"), STR_INIT("awssecretkey"),
                                         STR_INIT("awssecret"), STR_INIT("secretkey"),
                                         STR_INIT("secretaccesskeyid")};
    return name_ends(name, endings, COUNT_OF(endings));
}

static bool names_session(struct str name)
{
    static const struct str endings[] = {STR_INIT("sessiontoken"), STR_INIT("securitytoken")};
    return name_ends(name, endings, COUNT_OF(endings));
}

/* The name before a value in a text: "export NAME=…", "--name …", "\"name\": \"…". */
static struct str name_before(struct str text, size_t at)
{
    size_t end = at;
    while (end > 0 && at - end < SEPARATORS_MAX_BYTES && text.ptr[end - 1] != '\0' &&
           strchr(" \t\"'\\:=", text.ptr[end - 1])) {
        end--;
    }
    size_t start = end;
    while (start > 0 && end - start < NAME_MAX_BYTES && is_name_char(text.ptr[start - 1])) {
        start--;
    }
    return end < at ? str_slice(text, start, end) : (struct str){0};
}

static bool is_key(struct str text, struct span run, const struct secret_context *context,
                   bool has_key_id)
{
    struct str key = str_slice(text, run.lo, run.hi);
    bool whole = str_trim(text).len == key.len;
    if (key.len != KEY_BYTES || !is_random(key, KEY_DISTINCT) || is_example(key)) {
        return false;
    }
    bool named = (whole && names_key(context->name)) || names_key(name_before(text, run.lo));
    return named || has_key_id || (whole && context->beside_key_id);
}

/* Those of the last years begin alike (seen in each answer of STS); others are told by their name. */
static bool is_session(struct str text, struct span run, const struct secret_context *context)
{
    static const struct str beginnings[] = {STR_INIT("FwoGZXIvYXdz"), STR_INIT("FQoGZXIvYXdz"),
                                            STR_INIT("IQoJb3JpZ2lu")};
    struct str token = str_slice(text, run.lo, run.hi);
    if (token.len < SESSION_MIN_BYTES || !is_random(token, KEY_DISTINCT) || is_example(token)) {
        return false;
    }
    for (size_t i = 0; i < COUNT_OF(beginnings); i++) {
        if (str_starts(token, beginnings[i])) {
            return true;
        }
    }
    return names_session(context->name) || names_session(name_before(text, run.lo));
}

static bool find_aws(struct str text, size_t from, const struct secret_context *context,
                     enum secret_sort sort, struct span *found)
{
    bool has_key_id = sort == SECRET_AWS_KEY && text.len > KEY_BYTES && secret_has_key_id(text);
    for (size_t at = from; at < text.len; at++) {
        size_t start = at;
        while (at < text.len && is_base64(text.ptr[at])) {
            at++;
        }
        struct span run = {(uint32_t)start, (uint32_t)at};
        if (at - start >= KEY_BYTES &&
            (sort == SECRET_AWS_KEY ? is_key(text, run, context, has_key_id)
                                    : is_session(text, run, context))) {
            *found = run;
            return true;
        }
    }
    return false;
}

/* ---- private keys and tokens ---- */

/* An encrypted key is of no use without its passphrase, and is kept in repositories on purpose. */
static bool is_key_block(struct str text, struct span body)
{
    struct str inside = str_slice(text, body.lo, body.hi);
    size_t begin = body.lo; /* of this key: others may stand before it in the same line */
    while (begin > 0 && !str_starts(str_from(text, begin), STR("-----BEGIN "))) {
        begin--;
    }
    struct str head = str_slice(text, begin, body.lo);
    size_t count = 0;
    for (size_t i = 0; i < inside.len; i++) {
        count += is_base64(inside.ptr[i]);
    }
    return count >= BLOCK_MIN_BYTES && is_random(inside, KEY_DISTINCT) && !is_example(inside) &&
           str_find(head, STR("ENCRYPTED")) == head.len &&
           str_find(inside, STR("ENCRYPTED")) == inside.len;
}

static bool find_key_block(struct str text, size_t from, struct span *found)
{
    for (size_t at = from; secret_find_key_block(text, at, found); at = found->hi) {
        if (is_key_block(text, *found)) {
            return true;
        }
    }
    return false;
}

/* Behind what it begins with; of a JSON Web Token the signature, since the rest is not random. */
static struct str token_body(struct str token, enum secret_sort sort)
{
    size_t from = 0;
    for (size_t i = 0; i < token.len; i++) {
        bool mark = sort == SECRET_BEARER || sort == SECRET_SERVICE ? token.ptr[i] == '.' : false;
        from = mark ? i + 1 : from;
    }
    return str_from(token, from);
}

static bool find_token(struct str text, size_t from, enum secret_sort sort, struct span *found)
{
    enum secret_sort is = SECRET_SORT_COUNT;
    for (size_t at = from; secret_find_token(text, at, found, &is); at = found->hi) {
        struct str token = str_slice(text, found->lo, found->hi);
        if (is == sort && is_random(token_body(token, sort), TOKEN_DISTINCT) &&
            !is_example(token)) {
            return true;
        }
    }
    return false;
}

/* In PEM, or all of that in base64: what comes first. */
static bool find_private_key(struct str text, size_t from, struct span *found)
{
    struct span block = {0};
    bool has_block = find_key_block(text, from, &block);
    struct str before = has_block ? str_slice(text, 0, block.lo) : text;
    if (!find_token(before, from, SECRET_PRIVATE_KEY, found)) {
        *found = block;
        return has_block;
    }
    return true;
}

bool secret_find_leak(struct str text, size_t from, const struct secret_context *context,
                      enum secret_sort sort, struct span *found)
{
    switch (sort) {
    case SECRET_AWS_KEY:
    case SECRET_AWS_SESSION:
        return find_aws(text, from, context, sort, found);
    case SECRET_PRIVATE_KEY:
        return find_private_key(text, from, found);
    case SECRET_GITLAB:
    case SECRET_GITHUB:
    case SECRET_SERVICE:
    case SECRET_BEARER:
        return find_token(text, from, sort, found);
    case SECRET_SORT_COUNT:
        break;
    }
    return false;
}

/* ---- placeholders ---- */

bool secret_is_placeholder(struct str text)
{
    static const struct str parts[] = {
        STR_INIT("{{"),        STR_INIT("${"),      STR_INIT("$("),       STR_INIT("<"),
        STR_INIT("redacted"),  STR_INIT("omitted"), STR_INIT("changeme"), STR_INIT("change-me"),
        STR_INIT("change_me"), STR_INIT("replace"), STR_INIT("your"),     STR_INIT("dummy"),
        STR_INIT("***"),       STR_INIT("..."),     STR_INIT("…"),
    };
    struct str inside = str_trim(text);
    bool same = true; /* "", "xxxxxxxx" */
    for (size_t i = 1; i < inside.len; i++) {
        same = same && inside.ptr[i] == inside.ptr[0];
    }
    if (same || inside.ptr[0] == '$' || inside.ptr[0] == '%' || is_example(inside)) {
        return true;
    }
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if (has_word(inside, parts[i])) {
            return true;
        }
    }
    return false;
}
