/* SPDX-License-Identifier: MIT */
/* FNV-1a of 64 bits; what may stand in any order is summed up, each part mixed before. */
#include "rule/fingerprint.h"

#include "base/atoms.h"
#include "text/secret_tail.h"

static const uint64_t start = 0xcbf29ce484222325u;
static const uint64_t prime = 0x100000001b3u;

struct hashing {
    const struct tree *tree;
    size_t cost;
};

static uint64_t add_byte(uint64_t hash, unsigned char byte)
{
    return (hash ^ byte) * prime;
}

/* A text and its end, so that "ab", "c" is not "a", "bc". */
static uint64_t add_text(uint64_t hash, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        hash = add_byte(hash, (unsigned char)text.ptr[i]);
    }
    return add_byte(hash, 0x1f);
}

/* A secret, whatever is shown of it. */
static uint64_t add_hidden(uint64_t hash)
{
    return add_byte(add_byte(add_byte(hash, '*'), '*'), '*');
}

/* Without this the sum of two hashes would say little about either (the finalizer of SplitMix64). */
static uint64_t mix(uint64_t hash)
{
    hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9u;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebu;
    return hash ^ (hash >> 31);
}

static uint64_t hash_value(struct hashing *hashing, const struct node *node)
{
    uint64_t hash = add_byte(start, (unsigned char)node->kind);
    bool object = node->kind == NODE_OBJECT;
    hashing->cost += FINGERPRINT_NODE_COST;
    if (!node_is_container(node)) {
        struct str text = tree_text(hashing->tree, node);
        hashing->cost += text.len;
        return hashing->cost > FINGERPRINT_MAX_COST ? hash : add_text(hash, text);
    }
    for (uint32_t i = 0; i < node_size(node) && hashing->cost <= FINGERPRINT_MAX_COST; i++) {
        struct str key =
            object ? tree_text(hashing->tree, tree_key(hashing->tree, node, i)) : (struct str){0};
        const struct node *child =
            object ? tree_value(hashing->tree, node, i) : tree_element(hashing->tree, node, i);
        hashing->cost += key.len;
        hash += mix(add_text(hash_value(hashing, child), key));
    }
    return hash;
}

/* A normalized path without its indexes: $['a'][3]['b'] counts as $['a']['b']. */
static uint64_t add_path(uint64_t hash, struct str path)
{
    bool in_name = false;
    for (size_t i = 0; i < path.len; i++) {
        char c = path.ptr[i];
        size_t secret = secret_shown_len(str_from(path, i));
        if (secret) {
            hash = add_hidden(hash);
            i += secret - 1;
            continue;
        }
        if (!in_name && c == '[' && i + 1 < path.len && char_is_digit(path.ptr[i + 1])) {
            i += str_find_char(str_from(path, i), ']');
            continue;
        }
        if (in_name && c == '\\' && i + 1 < path.len) {
            hash = add_byte(hash, (unsigned char)c);
            c = path.ptr[++i];
        } else if (c == '\'') {
            in_name = !in_name;
        }
        hash = add_byte(hash, (unsigned char)c);
    }
    return add_byte(hash, 0x1f);
}

static struct str hex(struct arena *arena, uint64_t hash)
{
    return arena_format(arena, "%016llx", (unsigned long long)hash);
}

struct str fingerprint_of_node(struct arena *arena, const struct finding *finding,
                               const struct tree *tree, const struct node *node)
{
    struct hashing hashing = {.tree = tree};
    uint64_t hash =
        add_path(add_text(add_text(start, finding->rule), finding->kind), finding->path);
    if (node) {
        uint64_t value = hash_value(&hashing, node);
        bool small = hashing.cost <= FINGERPRINT_MAX_COST;
        hash += mix(small ? value : add_byte(start, (unsigned char)node->kind));
    }
    return hex(arena, hash);
}

/* Digits are left out: messages name lines, counts and sizes; and so is what is shown of a secret. */
static struct str fingerprint_of_message(struct arena *arena, const struct finding *finding)
{
    uint64_t hash = add_text(start, finding->rule);
    for (size_t i = 0; i < finding->message.len; i++) {
        size_t secret = secret_shown_len(str_from(finding->message, i));
        if (secret) {
            hash = add_hidden(hash);
            i += secret - 1;
        } else if (!char_is_digit(finding->message.ptr[i])) {
            hash = add_byte(hash, (unsigned char)finding->message.ptr[i]);
        }
    }
    return hex(arena, hash);
}

void fingerprints_finish(struct findings *findings, struct arena *scratch)
{
    struct atoms seen;
    atoms_init(&seen, scratch, NULL);
    uint32_t *counts = arena_array(scratch, uint32_t, findings->count + 1);
    for (size_t i = 0; i < findings->count; i++) {
        struct finding *finding = &findings->items[i];
        if (finding->fingerprint.len == 0) {
            finding->fingerprint = fingerprint_of_message(findings->arena, finding);
        }
        /* Ids count from 1; 0 is the empty text. */
        uint32_t count = ++counts[atoms_intern(&seen, finding->fingerprint)];
        if (count > 1) {
            finding->fingerprint = arena_format(findings->arena, "%.*s-%u",
                                                STR_ARG(finding->fingerprint), (unsigned)count);
        }
    }
}
