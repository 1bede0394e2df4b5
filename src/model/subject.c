/* SPDX-License-Identifier: MIT */
/*
 * What rules judge in a document: itself, and the IAM policies inside it. Where these stand is told by
 * the kind's definition; a policy may be an object, or JSON in a string, which becomes a source of its
 * own so that spans lead back to the file. In CloudFormation templates functions are unknown values,
 * and of a policy that is one of two by Fn::If both are judged.
 */
#include "model/document.h"
#include "model/intrinsic.h"
#include "model/placeholder.h"
#include "model/policy.h"
#include "tree/inner.h"
#include "tree/read_json.h"

/* Copies of a document's policies: nested and repeated ones must not multiply it. */
enum {
    NODES_BASE = 1000 * 1000,
    NODES_PER_BYTE = 2,
    INNER_STEPS = 4 * 1000 * 1000,
    INNER_STEPS_PER_NODE = 8
};

/* ---- documents in strings ---- */

static int hex_digit(char c)
{
    char lower = char_lower(c);
    return char_is_digit(c) ? c - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* The byte that "%7B" at `at` stands for, or -1. */
static int escaped_byte(struct str text, size_t at)
{
    bool whole = text.ptr[at] == '%' && at + 2 < text.len;
    int high = whole ? hex_digit(text.ptr[at + 1]) : -1;
    int low = whole ? hex_digit(text.ptr[at + 2]) : -1;
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/*
 * What a policy's text is that IAM's API gives: URL-encoded (RFC 3986 §2.1). Each escape is a run of its
 * own, so that spans lead back to it.
 */
static struct source *decode_url(struct document_reader *reader, const struct source *encoded)
{
    struct str text = encoded->bytes;
    char *bytes = arena_array(reader->arena, char, text.len);
    struct span_run *runs = arena_array(reader->arena, struct span_run, text.len);
    uint32_t len = 0;
    uint32_t count = 0;
    for (uint32_t at = 0; at < text.len;) {
        int byte = escaped_byte(text, at);
        uint32_t taken = byte < 0 ? 1 : 3;
        struct span_run *last = count ? &runs[count - 1] : NULL;
        if (taken == 1 && last && last->child_len == last->parent_len) {
            last->child_len++;
            last->parent_len++;
        } else {
            runs[count++] = (struct span_run){len, 1, at, taken};
        }
        bytes[len++] = byte < 0 ? text.ptr[at] : (char)byte;
        at += taken;
    }
    return sources_add_inner(reader->sources, encoded, (struct str){bytes, len},
                             (struct span_map){runs, count});
}

/*
 * A string that starts like JSON is read as a source of its own, so that spans lead back to the
 * outer file.
 */
static const struct node *read_inner(struct document_reader *reader, const struct tree **tree,
                                     const struct node *node, bool report)
{
    struct str text = str_trim(tree_text(*tree, node));
    struct findings dropped = {.arena = reader->scratch};
    bool encoded = str_eq_nocase(str_slice(text, 0, 3), STR("%7B"));
    if (!document_looks_like_json(text) && !encoded) {
        return NULL;
    }
    struct tree *inner = document_new_tree(reader);
    struct source *source = scalar_source(*tree, node);
    source = encoded ? decode_url(reader, source) : source;
    if (!json_read_whole(&reader->builder, inner, source, report ? reader->findings : &dropped)) {
        return NULL;
    }
    *tree = inner;
    return inner->root;
}

const struct node *document_policy(struct document_reader *reader, const struct tree **tree,
                                   const struct node *node, bool report)
{
    /*
     * Where saved CLI output keeps an IAM document: get-role, get-role-policy, get-policy-version.
     */
    static const struct str wrappers[] = {
        STR_INIT("Role"),           STR_INIT("AssumeRolePolicyDocument"),
        STR_INIT("PolicyDocument"), STR_INIT("PolicyVersion"),
        STR_INIT("Document"),
    };
    for (size_t i = 0; node;) {
        if (node->kind == NODE_STRING) {
            node = read_inner(reader, tree, node, report);
            continue;
        }
        if (tree_member(*tree, node, STR("Statement"))) {
            return node;
        }
        if (i == COUNT_OF(wrappers)) {
            return NULL;
        }
        const struct node *inside = tree_member(*tree, node, wrappers[i++]);
        node = inside ? inside : node;
    }
    return NULL;
}

/* ---- subjects ---- */

/* A search for the policies of one document. */
struct search {
    struct document_reader *reader;
    struct arena *arena; /* for what is judged: copies and normal forms */
    const struct document *document;
    struct subject_list *subjects;
    size_t *budget;  /* nodes that may still be copied; beyond it all is unknown */
    struct str name; /* of the thing that is looked at, or empty */
};

static struct tree *new_tree(const struct search *search)
{
    struct tree *tree = arena_new(search->arena, struct tree);
    tree_init(tree, search->arena, search->reader->sources, search->reader->atoms);
    return tree;
}

/*
 * What a template engine or a shell fills in ("{{ .Values.role }}", "${{ vars.ROLE }}", "${bucket}", "$ACCOUNT") may
 * be anything, and IAM has no text with it. In a template of CloudFormation such a text is what it says, unless a
 * function is applied to it.
 */
static void mark_placeholders(struct tree *normal, const struct subject *subject)
{
    const struct node *root = subject->root;
    struct str bytes = sources_get(normal->sources, root->source)->bytes;
    struct str written = str_slice(bytes, root->lo, root->hi);
    if (subject->document->kind->intrinsics || !placeholder_may_be_in(written)) {
        return;
    }
    for (size_t i = 0; i < normal->count; i++) {
        struct node *node = &normal->nodes[i];
        if (node->kind == NODE_STRING && placeholder_is_in_policy(tree_text(normal, node))) {
            node->kind = NODE_UNKNOWN;
        }
    }
}

static void add_subject(const struct search *search, struct subject subject)
{
    struct document_reader *reader = search->reader;
    struct subject_list *subjects = search->subjects;
    subject.document = search->document;
    if (subject.kind->iam) {
        struct tree *normal = new_tree(search);
        builder_start(&reader->builder, normal);
        policy_normalise(&reader->builder, subject.tree, subject.root, search->budget);
        builder_finish(&reader->builder);
        mark_placeholders(normal, &subject);
        subject.tree = normal;
        subject.root = normal->root;
        if (normal->root->kind != NODE_OBJECT) { /* all else is for rules to say */
            schema_validate(&subject.kind->schema, normal, normal->root, reader->findings);
        }
    }
    subjects->items = arena_grow(search->arena, subjects->items, subjects->count,
                                 &subjects->capacity, sizeof *subjects->items);
    subjects->items[subjects->count++] = subject;
}

/* A policy at a place whose definition tells its kind. */
static void add_policy(const struct search *search, const struct inner_place *place,
                       const struct tree *tree, const struct node *root)
{
    const struct kind *kind = kinds_find(search->reader->kinds, place->kind);
    if (kind) {
        add_subject(search, (struct subject){.kind = kind,
                                             .tree = tree,
                                             .root = root,
                                             .named = true,
                                             .resource_type = place->resource_type,
                                             .name = search->name});
    }
}

/* ---- templates ---- */

static const struct tree *read_functions(const struct search *search, const struct tree *from,
                                         const struct node *node, enum intrinsic_reading reading)
{
    struct document_reader *reader = search->reader;
    struct tree *tree = new_tree(search);
    builder_start(&reader->builder, tree);
    intrinsic_copy(&reader->builder, from, node, reading, search->budget);
    builder_finish(&reader->builder);
    return tree;
}

/* One that only the stack knows. */
static void add_unknown(const struct search *search, const struct inner_place *place,
                        const struct node *node)
{
    struct document_reader *reader = search->reader;
    struct tree *tree = new_tree(search);
    const struct node unknown = {
        .lo = node->lo, .hi = node->hi, .source = node->source, .kind = NODE_UNKNOWN};
    builder_start(&reader->builder, tree);
    builder_push(&reader->builder, &unknown);
    builder_finish(&reader->builder);
    add_policy(search, place, tree, tree->root);
}

/*
 * The JSON in the text of Fn::Sub. What is put in for ${…} may be anything inside of its strings, and
 * outside of them there is no knowing what it makes of the document.
 */
static void add_substituted(const struct search *search, const struct inner_place *place,
                            const struct tree *tree, const struct node *node,
                            const struct node *argument)
{
    const struct node *text = intrinsic_sub_text(tree, argument);
    bool certain = text && str_find(tree_text(tree, text), STR("${")) == tree_text(tree, text).len;
    const struct tree *inner = tree;
    const struct node *root = text ? read_inner(search->reader, &inner, text, certain) : NULL;
    if (root) {
        inner = read_functions(search, inner, root, READ_SUB_TEXT);
        add_policy(search, place, inner, inner->root);
    } else {
        add_unknown(search, place, node);
    }
}

/*
 * A policy is an object with members; a text may hold one, and is reported where it should be JSON and is
 * not, if it is `certain`. False where there is none.
 */
static bool add_written(const struct search *search, const struct inner_place *place,
                        const struct tree *tree, const struct node *node, bool certain)
{
    const struct node *root =
        node->kind == NODE_STRING ? read_inner(search->reader, &tree, node, certain) : node;
    if (!node_is(root, NODE_OBJECT) || node_size(root) == 0) {
        return false;
    }
    if (search->document->kind->intrinsics) {
        tree = read_functions(search, tree, root, root == node ? READ_POLICY : READ_TEXT);
        root = tree->root;
    }
    add_policy(search, place, tree, root);
    return true;
}

/* A text that is no JSON: the mark of a tool that puts the policy in. */
static bool is_other_text(const struct tree *tree, const struct node *node)
{
    struct str text = str_trim(tree_text(tree, node));
    return node->kind == NODE_STRING && text.len && !document_looks_like_json(text);
}

/* Recursion goes down the tree, into the branches of Fn::If. */
static void add_typed(const struct search *search, const struct inner_place *place,
                      const struct tree *tree, const struct node *node)
{
    const struct node *argument = NULL;
    enum intrinsic intrinsic =
        search->document->kind->intrinsics ? intrinsic_find(tree, node, &argument) : INTRINSIC_NONE;
    switch (intrinsic) {
    case INTRINSIC_NONE:
        if (!add_written(search, place, tree, node, true) && is_other_text(tree, node)) {
            add_unknown(search, place, node);
        }
        break;
    case INTRINSIC_ABSENT:
        break;
    case INTRINSIC_IF:
        for (uint32_t i = 1; argument->kind == NODE_ARRAY && i < node_size(argument); i++) {
            add_typed(search, place, tree, tree_element(tree, argument, i));
        }
        break;
    case INTRINSIC_SUB:
        add_substituted(search, place, tree, node, argument);
        break;
    case INTRINSIC_JOIN:
        add_unknown(search, place, node);
        break;
    case INTRINSIC_OTHER: /* a text with dynamic references may still be a document */
        if (node->kind != NODE_STRING || !add_written(search, place, tree, node, false)) {
            add_unknown(search, place, node);
        }
        break;
    }
}

/* The policies of a list of objects, which may be one of two, as may its elements. */
static void add_members(const struct search *search, const struct inner_place *place,
                        const struct tree *tree, const struct node *node)
{
    const struct node *argument;
    enum intrinsic intrinsic = intrinsic_find(tree, node, &argument);
    const struct node *list = intrinsic == INTRINSIC_IF ? argument : node;
    bool ordinary = intrinsic == INTRINSIC_NONE || intrinsic == INTRINSIC_IF;
    const struct node *policy =
        intrinsic == INTRINSIC_NONE ? tree_member(tree, node, place->member) : NULL;
    if (policy) {
        add_typed(search, place, tree, policy);
    }
    for (uint32_t i = 0; ordinary && list->kind == NODE_ARRAY && i < node_size(list); i++) {
        add_members(search, place, tree, tree_element(tree, list, i));
    }
}

/* ---- the places that a kind names ---- */

static void select_in(const struct search *search, const struct path_program *query,
                      const struct node *current, struct nodelist *nodes)
{
    const struct tree *tree = search->document->tree;
    struct path_env env = {
        .tree = tree,
        .root = tree->root,
        .current = {current, NULL},
        .scratch = search->reader->scratch,
        .steps = INNER_STEPS + (uint64_t)INNER_STEPS_PER_NODE * tree->count,
    };
    path_select(query, &env, nodes);
}

static void find_at_place(const struct search *search, const struct inner_place *place,
                          const struct node *current, bool typed)
{
    const struct tree *tree = search->document->tree;
    struct nodelist nodes = {0};
    select_in(search, place->at, current, &nodes);
    for (size_t i = 0; i < nodes.count; i++) {
        const struct tree *inner = tree;
        const struct node *node = nodes.items[i].node;
        if (place->unknown) {
            if (node->kind == NODE_BOOL && tree_bool(tree, node)) {
                add_unknown(search, place, node);
            }
        } else if (place->member.len) {
            add_members(search, place, tree, node);
        } else if (typed) {
            add_typed(search, place, tree, node);
        } else if ((node = document_policy(search->reader, &inner, node, true)) != NULL) {
            add_policy(search, place, inner, node);
        }
    }
}

/* The text that a query selects in a thing, or empty. */
static struct str text_in(const struct search *search, const struct path_program *query,
                          const struct node *thing)
{
    struct nodelist nodes = {0};
    if (query) {
        select_in(search, query, thing, &nodes);
    }
    const struct node *text = nodes.count ? nodes.items[0].node : NULL;
    return node_is(text, NODE_STRING) ? tree_text(search->document->tree, text) : (struct str){0};
}

static void find_in_thing(const struct search *search, const struct inner_kind *inner,
                          const struct node *thing)
{
    const struct inner_type *type = inner_kind_find(inner, text_in(search, inner->type, thing));
    struct search own = *search;
    own.name = text_in(search, inner->name, thing);
    for (size_t i = 0; type && i < type->place_count; i++) {
        find_at_place(&own, &type->places[i], thing, true);
    }
}

static void find_inner(const struct search *search, const struct inner_kind *inner)
{
    for (size_t i = 0; i < inner->each_count; i++) {
        struct nodelist things = {0};
        select_in(search, inner->each[i], search->document->tree->root, &things);
        for (size_t n = 0; n < things.count; n++) {
            find_in_thing(search, inner, things.items[n].node);
        }
    }
    if (inner->each_count == 0) {
        find_at_place(search, &inner->types->places[0], search->document->tree->root, false);
    }
}

/* ---- policies in any string ---- */

/* An object that nobody says to be a policy must look like one. */
static bool looks_like_policy(const struct tree *tree, const struct node *node)
{
    const struct node *statement = tree_member(tree, node, STR("Statement"));
    if (node_is(statement, NODE_ARRAY) && node_size(statement)) {
        statement = tree_element(tree, statement, 0);
    }
    return node_is(statement, NODE_OBJECT) && tree_member(tree, statement, STR("Effect")) &&
           (tree_member(tree, statement, STR("Action")) ||
            tree_member(tree, statement, STR("NotAction")));
}

/* The policy in a string, with its kind, or NULL. */
static const struct node *policy_in_string(struct document_reader *reader, const struct tree **tree,
                                           const struct node *node, const struct kind **kind)
{
    struct str text = tree_text(*tree, node);
    bool likely = node->kind == NODE_STRING && !(node->flags & NODE_ALIAS) &&
                  document_looks_like_json(text) && str_find(text, STR("\"Statement\"")) < text.len;
    const struct node *root = likely ? read_inner(reader, tree, node, false) : NULL;
    if (!root || !looks_like_policy(*tree, root)) {
        return NULL;
    }
    struct recognition recognition = {.tree = *tree, .root = root};
    *kind = kinds_recognise(reader->kinds, &recognition, reader->scratch);
    return *kind && (*kind)->iam && kinds_prepare(reader->kinds, *kind) ? root : NULL;
}

/* Below an alias is what was met at its anchor. Recursion is bounded by TREE_MAX_DEPTH. */
static bool find_in_strings(const struct search *search, const struct node *node)
{
    struct subject found = {.tree = search->document->tree};
    found.root = policy_in_string(search->reader, &found.tree, node, &found.kind);
    if (found.root && search->subjects) {
        add_subject(search, found);
    }
    bool any = found.root != NULL;
    bool enter = node_is_container(node) && !(node->flags & NODE_ALIAS);
    for (uint32_t i = 0; enter && i < node->count && !(any && !search->subjects); i++) {
        any = find_in_strings(search, tree_children(search->document->tree, node) + i) || any;
    }
    return any;
}

bool document_has_policy_strings(struct document_reader *reader, const struct document *document)
{
    const struct search search = {.reader = reader, .document = document};
    struct arena_mark mark = arena_mark(reader->scratch);
    bool found = find_in_strings(&search, document->tree->root);
    arena_rewind(reader->scratch, mark);
    return found;
}

/* ---- a document ---- */

void document_subjects(struct document_reader *reader, struct arena *arena,
                       const struct document *document, struct subject_list *subjects)
{
    const struct kind *kind = document->kind;
    const size_t allowed = NODES_BASE + (size_t)NODES_PER_BYTE * document->source->bytes.len;
    size_t budget = allowed;
    const struct search search = {
        .reader = reader,
        .arena = arena,
        .document = document,
        .subjects = subjects,
        .budget = &budget,
    };
    const struct tree *tree = document->tree;
    if (kind->intrinsics) {
        tree = read_functions(&search, tree, tree->root, READ_TEMPLATE);
        budget = allowed; /* what its policies may cost does not hang on the rest */
    }
    add_subject(&search, (struct subject){.kind = kind,
                                          .tree = tree,
                                          .root = tree->root,
                                          .named = document->named,
                                          .resource_type = document->resource_type});
    struct arena_mark mark = arena_mark(reader->scratch);
    for (size_t i = 0; i < kind->inner_count; i++) {
        find_inner(&search, &kind->inner[i]);
    }
    if (kind->strings) {
        (void)find_in_strings(&search, document->tree->root);
    }
    arena_rewind(reader->scratch, mark);
}
