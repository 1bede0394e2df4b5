/* SPDX-License-Identifier: MIT */
/*
 * Copies of templates with unknown nodes in the place of functions. YAML's short forms are tags, which
 * the reader keeps; a tag of the core schema (!!str) is none. Recursion is bounded by TREE_MAX_DEPTH.
 */
#include "model/intrinsic.h"

#include "base/buf.h"
#include "tree/read_yaml.h"
#include "tree/symbol.h"
#include "tree/yaml_scalar.h"

enum { TEXT_MAX_BYTES = 1 << 20 };

/* ---- which function ---- */

static const struct {
    struct str name;
    enum intrinsic intrinsic;
} functions[] = {
    {STR_INIT("If"), INTRINSIC_IF},
    {STR_INIT("Sub"), INTRINSIC_SUB},
    {STR_INIT("Join"), INTRINSIC_JOIN},
};

/* By the name without "Fn::" or "!"; `argument` tells which Ref it is. */
static enum intrinsic by_name(struct str name, const struct tree *tree, const struct node *argument)
{
    if (str_eq(name, STR("Ref"))) {
        bool absent =
            argument->kind == NODE_STRING && str_eq(tree_text(tree, argument), STR("AWS::NoValue"));
        return absent ? INTRINSIC_ABSENT : INTRINSIC_OTHER;
    }
    for (size_t i = 0; i < COUNT_OF(functions); i++) {
        if (str_eq(name, functions[i].name)) {
            return functions[i].intrinsic;
        }
    }
    return INTRINSIC_OTHER;
}

static bool is_function_name(struct str name)
{
    return str_starts(name, STR("Fn::"));
}

/* A dynamic reference: a value that CloudFormation takes from elsewhere. */
static bool is_dynamic(struct str text)
{
    return str_find(text, STR("{{resolve:")) < text.len;
}

enum intrinsic intrinsic_find(const struct tree *tree, const struct node *node,
                              const struct node **argument)
{
    struct str tag = tree_tag(tree, node);
    *argument = node;
    if (str_starts(tag, STR("!"))) {
        return by_name(str_from(tag, 1), tree, node);
    }
    if (node->kind == NODE_STRING && is_dynamic(tree_text(tree, node))) {
        return INTRINSIC_OTHER;
    }
    if (node->kind != NODE_OBJECT || node_size(node) != 1) {
        return INTRINSIC_NONE;
    }
    struct str name = tree_text(tree, tree_key(tree, node, 0));
    *argument = tree_value(tree, node, 0);
    if (is_function_name(name)) {
        return by_name(str_from(name, 4), tree, *argument);
    }
    return str_eq(name, STR("Ref")) ? by_name(name, tree, *argument) : INTRINSIC_NONE;
}

/* ---- texts ---- */

const struct node *intrinsic_sub_text(const struct tree *tree, const struct node *argument)
{
    const struct node *text = argument;
    if (argument->kind == NODE_ARRAY) {
        text = node_size(argument) ? tree_element(tree, argument, 0) : NULL;
    }
    struct str tag = text ? tree_tag(tree, text) : (struct str){0};
    bool function = str_starts(tag, STR("!")) && !str_eq(tag, STR("!Sub"));
    return node_is(text, NODE_STRING) && !function ? text : NULL;
}

/* ---- unknown values ---- */

/* Two identifiers, or one: "Role.Arn" of Fn::GetAtt, "Role" of Ref. */
struct reference {
    struct str id, attribute;
};

/* The reference that a function is, alone: Ref, Fn::GetAtt, or Fn::Sub of nothing but ${…}. */
static bool find_reference(const struct tree *tree, const struct node *node,
                           struct reference *reference)
{
    static const struct str get = STR_INIT("GetAtt");
    const struct node *argument = node;
    struct str tag = tree_tag(tree, node);
    struct str name = str_from(tag, str_starts(tag, STR("!")));
    if (tag.len == 0 && node->kind == NODE_OBJECT && node_size(node) == 1) {
        name = tree_text(tree, tree_key(tree, node, 0));
        name = str_from(name, is_function_name(name) ? 4 : 0);
        argument = tree_value(tree, node, 0);
    }
    struct str text = argument->kind == NODE_STRING ? tree_text(tree, argument) : (struct str){0};
    if (str_eq(name, get) && argument->kind == NODE_ARRAY && node_size(argument) == 2) {
        reference->id = tree_text(tree, tree_element(tree, argument, 0));
        reference->attribute = tree_text(tree, tree_element(tree, argument, 1));
    } else if (str_eq(name, STR("Sub")) && str_starts(text, STR("${")) &&
               str_find_char(text, '}') + 1 == text.len) {
        str_cut(str_slice(text, 2, text.len - 1), '.', &reference->id, &reference->attribute);
    } else if (str_eq(name, get)) {
        str_cut(text, '.', &reference->id, &reference->attribute);
    } else if (str_eq(name, STR("Ref"))) {
        *reference = (struct reference){text, {0}};
    } else {
        return false;
    }
    return reference->id.len > 0;
}

static struct str type_of_resource(const struct tree *tree, struct str id)
{
    const struct node *resources = tree_member(tree, tree->root, STR("Resources"));
    const struct node *resource =
        node_is(resources, NODE_OBJECT) ? tree_member(tree, resources, id) : NULL;
    return node_is(resource, NODE_OBJECT) ? tree_string(tree, resource, STR("Type"))
                                          : (struct str){0};
}

struct str intrinsic_symbol(const struct builder *builder, const struct tree *tree, uint32_t source,
                            struct str id, struct str attribute)
{
    struct arena *arena = builder->tree->arena;
    struct str type = type_of_resource(tree, id);
    return symbol_text(
        arena, (struct symbol){
                   .scope = sources_get(tree->sources, source)->name,
                   .sort = type.len ? arena_format(arena, "%.*s.%.*s", STR_ARG(type),
                                                   STR_ARG(attribute.len ? attribute : STR("Ref")))
                                    : (struct str){0},
                   .name = id,
               });
}

static void push_unknown(struct builder *builder, const struct tree *from, const struct node *node)
{
    struct reference reference;
    struct str symbol = {0};
    if (find_reference(from, node, &reference)) {
        symbol = intrinsic_symbol(builder, from, node->source, reference.id, reference.attribute);
    }
    struct node unknown = tree_unknown(builder->tree, symbol, node_location(node));
    builder_push(builder, &unknown);
}

/* A text that no file spells, where `node` stands. */
static void push_text(struct builder *builder, const struct node *node, struct str text)
{
    struct node scalar = tree_scalar(builder->tree, NODE_STRING, text, node_location(node));
    scalar.flags |= NODE_ADDED;
    builder_push(builder, &scalar);
}

/* Does the text hold ${…} that stands for something else, and not only ${!…}, which is ${…} itself? */
static bool has_placeholder(struct str text)
{
    for (size_t at = str_find(text, STR("${")); at < text.len;) {
        if (at + 2 >= text.len || text.ptr[at + 2] != '!') {
            return true;
        }
        at += 2;
        at += str_find(str_from(text, at), STR("${"));
    }
    return false;
}

/* The value of a text of Fn::Sub that has no placeholder. */
static void push_literal(struct builder *builder, const struct tree *from, const struct node *node,
                         size_t *budget)
{
    struct str text = tree_text(from, node);
    if (str_find(text, STR("${!")) == text.len) {
        builder_copy(builder, from, node, budget);
        return;
    }
    struct buf value = buf_with_max(text.len);
    for (size_t i = 0; i < text.len; i++) {
        buf_add_char(&value, text.ptr[i]);
        bool escaped = str_starts(str_from(text, i), STR("{!")) && i && text.ptr[i - 1] == '$';
        i += escaped ? 1 : 0;
    }
    push_text(builder, node, buf_str(&value));
    buf_release(&value);
}

static void push_sub(struct builder *builder, const struct tree *from, const struct node *node,
                     const struct node *argument, size_t *budget)
{
    const struct node *text = intrinsic_sub_text(from, argument);
    if (!text || has_placeholder(tree_text(from, text)) || is_dynamic(tree_text(from, text))) {
        push_unknown(builder, from, node);
    } else {
        push_literal(builder, from, text, budget);
    }
}

/* The texts of a Fn::Join; false where one of them is none, or none for certain. */
static bool join(const struct tree *tree, const struct node *argument, struct buf *joined)
{
    bool shaped = argument->kind == NODE_ARRAY && node_size(argument) == 2;
    const struct node *between = shaped ? tree_element(tree, argument, 0) : NULL;
    const struct node *parts = shaped ? tree_element(tree, argument, 1) : NULL;
    const struct node *ignored;
    if (!node_is(between, NODE_STRING) || !node_is(parts, NODE_ARRAY) ||
        str_starts(tree_tag(tree, parts), STR("!"))) {
        return false;
    }
    for (uint32_t i = 0; i < node_size(parts); i++) {
        const struct node *part = tree_element(tree, parts, i);
        if (part->kind != NODE_STRING || intrinsic_find(tree, part, &ignored) != INTRINSIC_NONE) {
            return false;
        }
        buf_add(joined, i ? tree_text(tree, between) : (struct str){0});
        buf_add(joined, tree_text(tree, part));
    }
    return !joined->truncated && !is_dynamic(buf_str(joined));
}

static void push_join(struct builder *builder, const struct tree *from, const struct node *node,
                      const struct node *argument)
{
    struct buf joined = buf_with_max(TEXT_MAX_BYTES);
    if (join(from, argument, &joined)) {
        push_text(builder, node, buf_str(&joined));
    } else {
        push_unknown(builder, from, node);
    }
    buf_release(&joined);
}

/* ---- managed policies ---- */

static const struct str managed_prefix = STR_INIT("arn:aws:iam::aws:policy/");
static const struct str partition_name = STR_INIT("AWS::Partition");

static bool is_partition(const struct tree *tree, const struct node *node)
{
    struct reference reference;
    return find_reference(tree, node, &reference) && reference.attribute.len == 0 &&
           str_eq(reference.id, partition_name);
}

/* A text of Fn::Sub with the partition filled in. */
static void fill_partition(struct str text, struct buf *filled)
{
    static const struct str placeholder = STR_INIT("${AWS::Partition}");
    size_t at = str_find(text, placeholder);
    buf_add(filled, str_slice(text, 0, at));
    if (at < text.len) {
        buf_add_c(filled, "aws");
        buf_add(filled, str_from(text, at + placeholder.len));
    }
}

/*
 * AWS's own managed policies say the same in every partition, and a template names them by the
 * partition of its stack. Whatever that is, they are known by their name.
 */
static bool push_managed(struct builder *builder, const struct tree *from, const struct node *node,
                         enum intrinsic intrinsic, const struct node *argument)
{
    struct buf text = buf_with_max(TEXT_MAX_BYTES);
    const struct node *sub = intrinsic == INTRINSIC_SUB ? intrinsic_sub_text(from, argument) : NULL;
    bool shaped = argument->kind == NODE_ARRAY && node_size(argument) == 2;
    const struct node *parts = shaped ? tree_element(from, argument, 1) : NULL;
    bool whole = sub != NULL;
    if (sub) {
        fill_partition(tree_text(from, sub), &text);
    }
    bool joined = intrinsic == INTRINSIC_JOIN && node_is(parts, NODE_ARRAY) &&
                  tree_text(from, tree_element(from, argument, 0)).len == 0;
    for (uint32_t i = 0; joined && i < node_size(parts); i++) {
        const struct node *part = tree_element(from, parts, i);
        whole = true;
        if (is_partition(from, part)) {
            buf_add_c(&text, "aws");
        } else if (part->kind == NODE_STRING && tree_tag(from, part).len == 0) {
            buf_add(&text, tree_text(from, part));
        } else {
            whole = joined = false;
        }
    }
    struct str value = buf_str(&text);
    bool managed = whole && !text.truncated && str_starts(value, managed_prefix) &&
                   str_find(value, STR("${")) == value.len && !is_dynamic(value);
    if (managed) {
        push_text(builder, node, value);
    }
    buf_release(&text);
    return managed;
}

/* ---- copies ---- */

static bool has_functions(enum intrinsic_reading reading)
{
    return reading == READ_TEMPLATE || reading == READ_CASE || reading == READ_POLICY;
}

/*
 * A scalar of a policy. CloudFormation turns numbers and Boolean values into strings before it sends
 * them (an account without quotes does no harm), and reads YAML 1.1, where some texts are other values.
 */
static void push_scalar(struct builder *builder, const struct tree *from, const struct node *node,
                        enum intrinsic_reading reading, size_t *budget)
{
    struct str text = tree_text(from, node);
    bool yaml =
        node->style == STYLE_PLAIN && !(node->flags & (NODE_JSON | NODE_ADDED)) && !node->tag;
    bool typed = node->kind == NODE_NUMBER || node->kind == NODE_BOOL;
    bool string = node->kind == NODE_STRING;
    bool substituted = string && reading == READ_SUB_TEXT;
    if ((string && is_dynamic(text)) || (substituted && has_placeholder(text))) {
        push_unknown(builder, from, node);
    } else if (substituted) {
        push_literal(builder, from, node, budget);
    } else if (reading == READ_POLICY && yaml && text.len && yaml_differs_in_1_1(text)) {
        push_unknown(builder, from, node);
    } else {
        builder_copy(builder, from, node, budget);
        if (reading == READ_POLICY && typed) {
            struct node copy = builder_pop(builder);
            copy.kind = NODE_STRING;
            builder_push(builder, &copy);
        }
    }
}

/* Members that a function adds, or a name that is not known: then nothing is known of the others. */
static bool is_open(const struct tree *tree, const struct node *object,
                    enum intrinsic_reading reading)
{
    bool open = false;
    for (uint32_t i = 0; object->kind == NODE_OBJECT && i < node_size(object); i++) {
        struct str name = tree_text(tree, tree_key(tree, object, i));
        open = open || (reading == READ_SUB_TEXT && str_find(name, STR("${")) < name.len) ||
               (reading == READ_POLICY && is_function_name(name));
    }
    return open;
}

static bool is_absent(const struct tree *tree, const struct node *node,
                      enum intrinsic_reading reading)
{
    const struct node *argument;
    return has_functions(reading) && intrinsic_find(tree, node, &argument) == INTRINSIC_ABSENT;
}

static void push_member(struct builder *builder, const struct tree *from, const struct node *key,
                        enum intrinsic_reading reading, size_t *budget)
{
    struct str name = tree_text(from, key);
    builder_key(builder, atoms_intern(builder->tree->atoms, name), key->source,
                (struct span){key->lo, key->hi});
    if (has_functions(reading) && is_function_name(name)) {
        push_unknown(builder, from, key + 1);
    } else {
        intrinsic_copy(builder, from, key + 1, reading, budget);
    }
}

static void push_container(struct builder *builder, const struct tree *from,
                           const struct node *node, enum intrinsic_reading reading, size_t *budget)
{
    struct node *open = builder_open(builder, (enum node_kind)node->kind, node->source, node->lo);
    open->style = node->style;
    open->flags = node->flags;
    for (uint32_t i = 0; i < node_size(node); i++) {
        bool element = node->kind == NODE_ARRAY;
        const struct node *value =
            element ? tree_element(from, node, i) : tree_value(from, node, i);
        if (is_absent(from, value, reading)) {
            continue;
        }
        if (element) {
            intrinsic_copy(builder, from, value, reading, budget);
        } else {
            push_member(builder, from, node_key_of(value), reading, budget);
        }
    }
    builder_close(builder, node->hi);
}

static void copy_value(struct builder *builder, const struct tree *from, const struct node *node,
                       enum intrinsic_reading reading, size_t *budget)
{
    if (!node_is_container(node)) {
        push_scalar(builder, from, node, reading, budget);
    } else if (*budget == 0 || is_open(from, node, reading)) {
        push_unknown(builder, from, node);
    } else {
        (*budget)--;
        push_container(builder, from, node, reading, budget);
    }
}

void intrinsic_copy(struct builder *builder, const struct tree *from, const struct node *node,
                    enum intrinsic_reading reading, size_t *budget)
{
    const struct node *argument;
    enum intrinsic intrinsic =
        has_functions(reading) ? intrinsic_find(from, node, &argument) : INTRINSIC_NONE;
    bool text = intrinsic == INTRINSIC_SUB || intrinsic == INTRINSIC_JOIN;
    if (reading == READ_CASE && text && push_managed(builder, from, node, intrinsic, argument)) {
        return;
    }
    switch (intrinsic) {
    case INTRINSIC_NONE:
        copy_value(builder, from, node, reading, budget);
        break;
    case INTRINSIC_SUB:
        push_sub(builder, from, node, argument, budget);
        break;
    case INTRINSIC_JOIN:
        push_join(builder, from, node, argument);
        break;
    case INTRINSIC_ABSENT:
    case INTRINSIC_IF:
    case INTRINSIC_OTHER:
        push_unknown(builder, from, node);
        break;
    }
}
