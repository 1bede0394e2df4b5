/* SPDX-License-Identifier: MIT */
/*
 * What looks like a placeholder. Nothing is filled in, and no engine's syntax is parsed: what stands in the braces
 * does not matter. Sources: envsubst(1); Helm, "The Chart Template Developer's Guide"; IAM User Guide, "IAM policy
 * elements: Variables and tags".
 */
#include "model/placeholder.h"

enum {
    PLACEHOLDER_MAX_BYTES = 1024
}; /* longer ones are none: unclosed ones cost no more than this */

bool placeholder_may_be_in(struct str text)
{
    return str_find_char(text, '$') < text.len || str_find(text, STR("{{")) < text.len;
}

/* "${bucket}", "${aws_s3_bucket.x.arn}": policy variables have a colon in their names, or are one sign. */
static bool has_bare_variable(struct str text)
{
    for (size_t at = str_find(text, STR("${")); at < text.len;) {
        struct str rest = str_from(text, at + 2);
        struct str near = str_slice(rest, 0, PLACEHOLDER_MAX_BYTES);
        struct str name = str_slice(near, 0, str_find_char(near, '}'));
        bool named = name.len > 1 && name.len < near.len && char_is_alpha(name.ptr[0]) &&
                     str_find_char(name, ':') == name.len && str_find_char(name, ',') == name.len;
        if (named) {
            return true;
        }
        size_t next = str_find(rest, STR("${"));
        at = next < rest.len ? at + 2 + next : text.len;
    }
    return false;
}

static bool is_word_char(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || c == '_';
}

/* "$ACCOUNT_ID", "$oidc_provider:aud". Some names with a dollar are those of services themselves. */
static bool has_shell_variable(struct str text)
{
    static const struct str own[] = {
        STR_INIT("aws"),     /* topics of IoT: $aws/things */
        STR_INIT("connect"), /* routes and stages of API Gateway, with the next two */
        STR_INIT("default"), STR_INIT("disconnect"),
        STR_INIT("folder"), /* objects of Hadoop in S3: logs_$folder$ */
        STR_INIT("LATEST"), /* versions of Lambda */
    };
    for (size_t at = str_find_char(text, '$'); at < text.len;) {
        struct str name = str_from(text, at + 1);
        size_t length = 0;
        while (length < name.len && is_word_char(name.ptr[length])) {
            length++;
        }
        name = str_slice(name, 0, length);
        bool taken = length == 0 || char_is_digit(name.ptr[0]);
        for (size_t i = 0; i < COUNT_OF(own) && !taken; i++) {
            taken = str_eq(name, own[i]);
        }
        if (!taken) {
            return true;
        }
        at += 1 + length;
        at += str_find_char(str_from(text, at), '$');
    }
    return false;
}

bool placeholder_is_in_policy(struct str text)
{
    /* Most texts have neither of the characters that one begins with. */
    if (str_find_char(text, '$') == text.len && str_find_char(text, '{') == text.len) {
        return false;
    }
    size_t open = str_find(text, STR("{{"));
    bool braces = open < text.len && str_find(str_from(text, open), STR("}}")) < text.len - open;
    return braces || has_bare_variable(text) || has_shell_variable(text);
}

/* How long the placeholder is that `text` begins with; 0: it begins with none. */
static size_t measure(struct str text)
{
    static const struct {
        struct str open, close;
    } marks[] = {
        {STR_INIT("{{"), STR_INIT("}}")},
        {STR_INIT("${"), STR_INIT("}")},
        {STR_INIT("$("), STR_INIT(")")},
    };
    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        struct str near = str_slice(text, 0, PLACEHOLDER_MAX_BYTES);
        size_t close = str_starts(near, marks[i].open) ? str_find(near, marks[i].close) : near.len;
        if (close < near.len) {
            return close + marks[i].close.len;
        }
    }
    bool named =
        text.len > 1 && text.ptr[0] == '$' && (char_is_alpha(text.ptr[1]) || text.ptr[1] == '_');
    return named ? 2 : 0;
}

bool placeholder_is_in_word(struct str text)
{
    bool found = false;
    for (size_t at = 0; at < text.len;) {
        size_t length = measure(str_from(text, at));
        char c = text.ptr[at];
        if (length == 0 && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
            return false;
        }
        found = found || length > 0;
        at += length ? length : 1;
    }
    return found;
}

void placeholder_mark_words(struct tree *tree)
{
    for (size_t i = 0; i < tree->count; i++) {
        struct node *node = &tree->nodes[i];
        if (node->kind == NODE_STRING && placeholder_is_in_word(tree_text(tree, node))) {
            node->kind = NODE_UNKNOWN;
        }
    }
}
