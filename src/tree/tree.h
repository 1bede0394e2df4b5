/* SPDX-License-Identifier: MIT */
/*
 * The located tree: one document's values, JSON or YAML, each with the bytes it was read from.
 *
 * A node is 24 bytes and holds no pointer. Children of a container stand next to each other in the
 * tree's node array; an object's children are pairs of a NODE_KEY and its value. Containers may
 * share children (YAML aliases), so a tree is a directed graph without cycles, and a node has no
 * parent.
 *
 * Member names are atoms. Of a name given twice the last value is kept (the readers report it), so
 * names are unique.
 */
#ifndef EKSLINT_TREE_TREE_H
#define EKSLINT_TREE_TREE_H

#include "base/atoms.h"
#include "text/source.h"

enum node_kind {
    NODE_NULL,
    NODE_BOOL,
    NODE_NUMBER,
    NODE_STRING,
    NODE_ARRAY,
    NODE_OBJECT,
    NODE_KEY,     /* a member's name; only as the child of an object */
    NODE_UNKNOWN, /* a value that cannot be known offline; it may have a symbol */
    NODE_KIND_COUNT
};

/*
 * How a scalar or container was written. JSON strings are STYLE_DOUBLE, its containers STYLE_FLOW.
 */
enum node_style {
    STYLE_PLAIN,
    STYLE_SINGLE,
    STYLE_DOUBLE,
    STYLE_LITERAL,
    STYLE_FOLDED,
    STYLE_FLOW,
    STYLE_BLOCK
};

enum node_flags {
    NODE_IN_POOL = 1, /* the text is in the tree's pool, not in the source's bytes */
    NODE_ALIAS = 2,   /* stands for an anchored node: own span, the anchor's value */
    NODE_ADDED = 4,   /* made by a normalisation: no such node in the file */
    NODE_JSON = 8,    /* read by the JSON reader: escapes follow RFC 8259 */
    NODE_MERGED = 16, /* an object with members that came through YAML merge keys, behind its own */
};

struct node {
    uint32_t lo, hi; /* span in its source; a quoted scalar's includes the quotes */
    uint32_t source; /* id of the source */
    uint8_t kind;    /* enum node_kind */
    uint8_t style;   /* enum node_style */
    uint8_t flags;   /* enum node_flags */
    uint8_t tag;     /* 1 + index in the tree's tags, 0 = none written */
    union {
        uint32_t first; /* containers: index of the first child in the tree's nodes */
        uint32_t text;  /* scalars: offset of the text in the source's bytes or the tree's pool */
        uint32_t atom;  /* NODE_KEY */
    };
    union {
        uint32_t count; /* containers: number of child nodes (an object has two for each member) */
        uint32_t len;   /* scalars: bytes of text */
        uint32_t note;  /* NODE_KEY: 0, or what a normalisation found out about the name */
    };
};

_Static_assert(sizeof(struct node) == 24, "a node is 24 bytes");

enum {
    TREE_MAX_DEPTH = 2048, /* what recursion is made for; the limit 'depth' is below it */
    TREE_MAX_TAGS = 255
};

struct tree {
    struct arena *arena;
    struct sources *sources;
    struct atoms *atoms;
    struct node *nodes;
    size_t count, capacity;
    const struct node *root; /* NULL until the tree is complete */
    char *pool;              /* decoded texts */
    size_t pool_len, pool_capacity;
    struct str *tags; /* the distinct YAML tags of the document, at most TREE_MAX_TAGS */
    size_t tag_count, tag_capacity;
};

static inline bool node_is_container(const struct node *node)
{
    return node->kind == NODE_ARRAY || node->kind == NODE_OBJECT;
}

static inline bool node_is(const struct node *node, enum node_kind kind)
{
    return node && node->kind == kind;
}

/* The number of elements of an array or members of an object; 0 for anything else. */
static inline uint32_t node_size(const struct node *node)
{
    if (node->kind == NODE_OBJECT) {
        return node->count / 2;
    }
    return node->kind == NODE_ARRAY ? node->count : 0;
}

static inline struct location node_location(const struct node *node)
{
    return (struct location){node->source, {node->lo, node->hi}};
}

/* The first of the children: elements, or keys and values in turn. Valid while the tree lives. */
static inline const struct node *tree_children(const struct tree *tree, const struct node *node)
{
    return tree->nodes + node->first;
}

/* Element i of an array, i < node_size(). */
static inline const struct node *tree_element(const struct tree *tree, const struct node *node,
                                              uint32_t i)
{
    return tree_children(tree, node) + i;
}

/* Key and value of member i of an object, i < node_size(). */
static inline const struct node *tree_key(const struct tree *tree, const struct node *node,
                                          uint32_t i)
{
    return tree_children(tree, node) + 2 * (size_t)i;
}

static inline const struct node *tree_value(const struct tree *tree, const struct node *node,
                                            uint32_t i)
{
    return tree_children(tree, node) + 2 * (size_t)i + 1;
}

/* Element i of an array or value i of an object, i < node_size(). */
static inline const struct node *tree_child(const struct tree *tree, const struct node *node,
                                            uint32_t i)
{
    return node->kind == NODE_OBJECT ? tree_value(tree, node, i) : tree_element(tree, node, i);
}

/*
 * The symbol of an unknown value, or empty: what stands for it, so that the same value is known to be the
 * same wherever it is used (tree/symbol.h).
 */
struct str tree_symbol(const struct tree *tree, const struct node *node);

/*
 * The text of a scalar (a string's value without quotes and escapes; a number, bool or null as
 * written) or of a key. Empty for containers and unknown nodes. Valid while the tree and its
 * sources live.
 */
struct str tree_text(const struct tree *tree, const struct node *node);

/* The member's value, or NULL: not an object, or no such member. */
const struct node *tree_member_atom(const struct tree *tree, const struct node *node,
                                    uint32_t atom);
const struct node *tree_member(const struct tree *tree, const struct node *node, struct str name);

/* The key node before a value that was got from an object by tree_member() or tree_value(). */
static inline const struct node *node_key_of(const struct node *value)
{
    return value - 1;
}

/* The text of a member that is a string; the empty view where it is absent or no string. */
struct str tree_string(const struct tree *tree, const struct node *node, struct str name);

/* The explicit tag ("!Sub", "tag:yaml.org,2002:str"), or empty. */
struct str tree_tag(const struct tree *tree, const struct node *node);

/* A NODE_BOOL's value. */
bool tree_bool(const struct tree *tree, const struct node *node);

/* A NODE_NUMBER's value as a double: decimal, 0x, 0o, .inf and .nan are understood. */
double tree_number(const struct tree *tree, const struct node *node);

/*
 * "null", "boolean", "number", "string", "array", "object", "key", "unknown": the words of
 * messages.
 */
struct str node_kind_name(enum node_kind kind);

/*
 * Deep equality as JSON values: members in any order, numbers by value. Spans, styles and tags do
 * not count.
 */
bool tree_equal(const struct tree *a_tree, const struct node *a, const struct tree *b_tree,
                const struct node *b);

/* Is an element or a member's value of a node, whatever its kind, unknown? */
bool tree_has_unknown_child(const struct tree *tree, const struct node *node);

#endif
