/* SPDX-License-Identifier: MIT */
/* Writing values as JSON. Used for `query` and for embedding rules; reports are built elsewhere. */
#include "tree/write_json.h"

#include "text/secret_tail.h"

#include <math.h>

struct writer {
    struct buf *out;
    const struct tree *tree;
    unsigned indent;
};

static void write_escape(struct buf *out, char c)
{
    static const char names[] = "\"\\\b\f\n\r\t";
    static const char escapes[] = "\"\\bfnrt";
    const char *hit = c ? strchr(names, c) : NULL;
    if (hit) {
        buf_add_char(out, '\\');
        buf_add_char(out, escapes[hit - names]);
    } else {
        buf_printf(out, "\\u%04x", (unsigned)(unsigned char)c);
    }
}

static bool needs_escape(char c)
{
    return (unsigned char)c < 0x20 || c == '"' || c == '\\' || c == 0x7F;
}

/* What needs no escape is copied in runs. */
void json_write_string(struct buf *out, struct str text)
{
    size_t run = 0;
    buf_add_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (needs_escape(text.ptr[i])) {
            buf_add(out, str_slice(text, run, i));
            write_escape(out, text.ptr[i]);
            run = i + 1;
        }
    }
    buf_add(out, str_from(text, run));
    buf_add_char(out, '"');
}

/* Is the text a JSON number as it stands? YAML also knows +1, .5, 0x1F, 012. */
static bool is_json_number(struct str text)
{
    size_t i = text.len && text.ptr[0] == '-' ? 1 : 0;
    bool leading_zero = i + 1 < text.len && text.ptr[i] == '0' && char_is_digit(text.ptr[i + 1]);
    if (i >= text.len || !char_is_digit(text.ptr[i]) || leading_zero) {
        return false;
    }
    bool dot_needs_digit = false;
    for (; i < text.len; i++) {
        char c = text.ptr[i];
        if (dot_needs_digit && !char_is_digit(c)) {
            return false;
        }
        dot_needs_digit = c == '.';
        if (!char_is_digit(c) && c != '.' && c != 'e' && c != 'E' && c != '+' && c != '-') {
            return false;
        }
    }
    return !dot_needs_digit;
}

static void write_number(struct writer *w, const struct node *node)
{
    struct str text = tree_text(w->tree, node);
    if (is_json_number(text)) {
        buf_add(w->out, text);
        return;
    }
    double number = tree_number(w->tree, node);
    if (isfinite(number)) {
        buf_printf(w->out, "%.17g", number);
    } else {
        buf_add_c(w->out, "null");
    }
}

static void new_line(struct writer *w, unsigned depth)
{
    if (w->indent) {
        buf_add_char(w->out, '\n');
        buf_add_repeat(w->out, ' ', (size_t)depth * w->indent);
    }
}

/* What is shown of a secret needs no escape. */
static void write_hidden(struct writer *w, struct str text)
{
    buf_add_char(w->out, '"');
    secret_write(w->out, text);
    buf_add_char(w->out, '"');
}

static void write_key(struct writer *w, const struct node *key)
{
    struct str text = tree_text(w->tree, key);
    if (sources_is_hidden(w->tree->sources, node_location(key))) {
        write_hidden(w, text);
    } else {
        json_write_string(w->out, text);
    }
}

static void write_node(struct writer *w, const struct node *node, unsigned depth);

static void write_container(struct writer *w, const struct node *node, unsigned depth)
{
    bool object = node->kind == NODE_OBJECT;
    uint32_t size = node_size(node);
    buf_add_char(w->out, object ? '{' : '[');
    for (uint32_t i = 0; i < size && !w->out->truncated; i++) {
        buf_add_c(w->out, i ? "," : "");
        new_line(w, depth + 1);
        if (object) {
            write_key(w, tree_key(w->tree, node, i));
            buf_add_c(w->out, w->indent ? ": " : ":");
        }
        const struct node *child =
            object ? tree_value(w->tree, node, i) : tree_element(w->tree, node, i);
        write_node(w, child, depth + 1);
    }
    if (size) {
        new_line(w, depth);
    }
    buf_add_char(w->out, object ? '}' : ']');
}

static void write_node(struct writer *w, const struct node *node, unsigned depth)
{
    if (!node_is_container(node) && sources_is_hidden(w->tree->sources, node_location(node))) {
        write_hidden(w, tree_text(w->tree, node));
        return;
    }
    switch ((enum node_kind)node->kind) {
    case NODE_BOOL:
        buf_add_c(w->out, tree_bool(w->tree, node) ? "true" : "false");
        break;
    case NODE_NUMBER:
        write_number(w, node);
        break;
    case NODE_STRING:
    case NODE_KEY:
        json_write_string(w->out, tree_text(w->tree, node));
        break;
    case NODE_ARRAY:
    case NODE_OBJECT:
        write_container(w, node, depth);
        break;
    case NODE_NULL:
    case NODE_UNKNOWN:
    case NODE_KIND_COUNT:
        buf_add_c(w->out, "null");
        break;
    }
}

void json_write(struct buf *out, const struct tree *tree, const struct node *node, unsigned indent)
{
    struct writer w = {out, tree, indent};
    write_node(&w, node, 0);
}
