/* SPDX-License-Identifier: MIT */
/*
 * Policy variables: ${key}, ${key, 'default'}; ${*}, ${?} and ${$} are these characters. Source: IAM
 * User Guide, "IAM policy elements: Variables and tags".
 */
#include "iam/inspection.h"

/* The offset of the first "${" that is no escape, or the length of the text. */
static size_t find_variable(struct str text, size_t from)
{
    for (size_t i = from; i + 1 < text.len; i++) {
        if (text.ptr[i] != '$' || text.ptr[i + 1] != '{') {
            continue;
        }
        bool escape = i + 3 < text.len && text.ptr[i + 3] == '}' &&
                      str_find_char(STR("*?$"), text.ptr[i + 2]) < 3;
        if (!escape) {
            return i;
        }
        i += 3;
    }
    return text.len;
}

static bool has_space(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (str_find_char(STR(" \t\r\n"), text.ptr[i]) < 4) {
            return true;
        }
    }
    return false;
}

static bool is_quoted(struct str text)
{
    return text.len >= 2 && text.ptr[0] == '\'' && text.ptr[text.len - 1] == '\'';
}

static void add_once(struct inspection *in, enum iam_fault_id id, const struct node *node)
{
    const struct iam_faults *faults = in->faults;
    for (size_t i = faults->count; i > 0 && faults->items[i - 1].node == node; i--) {
        if (faults->items[i - 1].id == id) {
            return;
        }
    }
    add_fault(in, id, node);
}

/* What stands between the braces. */
static void inspect_variable(struct inspection *in, const struct node *node, struct str inside)
{
    struct str name;
    struct str fallback;
    bool has_default = str_cut(inside, ',', &name, &fallback);
    if (str_trim(name).len == 0) {
        add_once(in, FAULT_VARIABLE_EMPTY, node);
    } else if (has_space(name)) {
        add_once(in, FAULT_VARIABLE_SPACE, node);
    }
    if (has_default && !is_quoted(str_trim(fallback))) {
        add_once(in, FAULT_VARIABLE_QUOTE, node);
    }
}

void inspect_variables(struct inspection *in, const struct node *node)
{
    struct str text = text_of(in, node);
    size_t at = in->any_version ? text.len : find_variable(text, 0);
    if (at < text.len && !in->variables) {
        add_fault(in, FAULT_VARIABLE_VERSION, node);
        return;
    }
    while (at < text.len) {
        struct str rest = str_from(text, at + 2);
        size_t close = str_find_char(rest, '}');
        if (close == rest.len || str_find(str_slice(rest, 0, close), STR("${")) < close) {
            add_once(in, FAULT_VARIABLE_BRACE, node);
            return;
        }
        inspect_variable(in, node, str_slice(rest, 0, close));
        at = find_variable(text, at + 2 + close);
    }
}

void inspect_no_variables(struct inspection *in, const struct node *node, struct str text)
{
    size_t at = find_variable(text, 0);
    if (in->variables && !in->any_version && at < text.len &&
        str_find_char(str_from(text, at), '}') < text.len - at) {
        add_fault(in, FAULT_VARIABLE_ELEMENT, node);
    }
}

struct str without_variables(struct inspection *in, struct str text)
{
    if (str_find(text, STR("${")) == text.len) {
        return text;
    }
    char *copy = arena_array(in->faults->arena, char, text.len);
    size_t len = 0;
    bool unclosed = false; /* no '}' follows, and so none behind any other '$' */
    for (size_t i = 0; i < text.len; i++) {
        struct str rest = str_from(text, i);
        bool opens = !unclosed && str_starts(rest, STR("${"));
        size_t close = opens ? str_find_char(rest, '}') : rest.len;
        copy[len++] = close < rest.len ? '*' : text.ptr[i];
        i += close < rest.len ? close : 0;
        unclosed = unclosed || (opens && close == rest.len);
    }
    return (struct str){copy, len};
}
