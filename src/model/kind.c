/* SPDX-License-Identifier: MIT */
/* Decoding the kind definitions, and recognising documents by them. */
#include "model/kind.h"

#include "tree/read_json.h"

#include <stdlib.h>

/*
 * Recognising looks at a few members of the root, and at each statement of a policy; no document
 * makes it walk far.
 */
enum { RECOGNISE_STEPS = 20000, RECOGNISE_STEPS_PER_NODE = 8 };

struct decoder {
    struct kinds *kinds;
    const struct tree *tree; /* what is decoded */
    struct path_compiler compiler;
    struct findings *findings;
    bool good;
};

void kind_split_name(struct str text, struct str *kind, struct str *resource_type)
{
    (void)str_cut(text, ':', kind, resource_type);
}

static struct path_program *decode_expression(struct decoder *d, const struct node *node,
                                              enum path_goal goal)
{
    if (!node) {
        return NULL;
    }
    struct path_error error = {0};
    struct str text = tree_text(d->tree, node);
    struct path_program *program = path_compile(&d->compiler, goal, text, &error);
    if (!program) {
        d->good = false;
        findings_error(d->findings, STR("kinds/expression"), node_location(node),
                       "in '%.*s' at %u: %.*s", STR_ARG(text), error.lo + 1,
                       STR_ARG(error.message));
    }
    return program;
}

static bool is_true(const struct tree *tree, const struct node *node, struct str name)
{
    const struct node *flag = tree_member(tree, node, name);
    return node_is(flag, NODE_BOOL) && tree_bool(tree, flag);
}

/* The query in front of the first "[*]": '$.KeyPairs' of '$.KeyPairs[*]'; NULL where there is none. */
static struct path_program *decode_list_part(struct decoder *d, const struct node *node)
{
    struct str text = node ? tree_text(d->tree, node) : (struct str){0};
    size_t at = str_find(text, STR("[*]"));
    struct path_error error = {0};
    return at < text.len && at > 0
               ? path_compile(&d->compiler, PATH_QUERY, str_slice(text, 0, at), &error)
               : NULL;
}

static void decode_feed(struct decoder *d, const struct node *node, struct feed *feed);

static void decode_field(struct decoder *d, const struct node *node, struct feed_field *field)
{
    static const struct {
        struct str word;
        enum feed_source from;
    } words[] = {
        {STR_INIT("#name"), FEED_NAME},     {STR_INIT("#section"), FEED_SECTION},
        {STR_INIT("#folder"), FEED_FOLDER}, {STR_INIT("#kind"), FEED_KIND},
        {STR_INIT("#file"), FEED_FILE},     {STR_INIT("#cluster"), FEED_CLUSTER},
    };
    const struct tree *tree = d->tree;
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (str_eq(tree_text(tree, node), words[i].word)) {
            field->from = words[i].from;
            return;
        }
    }
    const struct node *policy = tree_member(tree, node, STR("policy"));
    const struct node *yaml = tree_member(tree, node, STR("yaml"));
    if (tree_member(tree, node, STR("each"))) {
        field->from = FEED_LIST;
        field->entries = arena_new(d->kinds->arena, struct feed);
        decode_feed(d, node, field->entries);
        return;
    }
    field->from = policy ? FEED_POLICY : yaml ? FEED_YAML : FEED_VALUE;
    const struct node *query = policy ? policy : yaml ? yaml : node;
    if (query->kind == NODE_ARRAY && node_size(query) == 2) {
        field->other = decode_expression(d, tree_element(tree, query, 1), PATH_QUERY);
        query = tree_element(tree, query, 0);
    }
    field->value = decode_expression(d, query, PATH_QUERY);
    field->list = decode_list_part(d, query);
}

static void decode_feed(struct decoder *d, const struct node *node, struct feed *feed)
{
    const struct tree *tree = d->tree;
    const struct node *each = tree_member(tree, node, STR("each"));
    feed->into = tree_string(tree, node, STR("into"));
    feed->each = decode_expression(d, each, PATH_QUERY);
    feed->list = decode_list_part(d, each);
    feed->key = tree_string(tree, node, STR("key"));
    feed->scope = tree_string(tree, node, STR("scope"));
    feed->complete = is_true(tree, node, STR("complete"));
    feed->closed = is_true(tree, node, STR("closed"));
    feed->single = is_true(tree, node, STR("single"));
    feed->aside = is_true(tree, node, STR("aside"));
    feed->partial = decode_expression(d, tree_member(tree, node, STR("partial")), PATH_QUERY);
    const struct node *fields = tree_member(tree, node, STR("as"));
    feed->whole = node_is(fields, NODE_STRING);
    feed->field_count = fields ? node_size(fields) : 0;
    feed->fields = arena_array(d->kinds->arena, struct feed_field, feed->field_count);
    for (uint32_t i = 0; i < feed->field_count; i++) {
        feed->fields[i].name = tree_text(tree, tree_key(tree, fields, i));
        decode_field(d, tree_value(tree, fields, i), &feed->fields[i]);
    }
}

static void decode_place(struct decoder *d, const struct node *node, struct inner_place *place)
{
    place->at = decode_expression(d, tree_member(d->tree, node, STR("at")), PATH_QUERY);
    kind_split_name(tree_string(d->tree, node, STR("kind")), &place->kind, &place->resource_type);
    place->member = tree_string(d->tree, node, STR("member"));
    place->unknown = is_true(d->tree, node, STR("unknown"));
}

static int compare_types(const void *a, const void *b)
{
    const struct inner_type *x = a;
    const struct inner_type *y = b;
    return str_compare(x->name, y->name);
}

static void decode_types(struct decoder *d, const struct node *types, struct inner_kind *inner)
{
    const struct tree *tree = d->tree;
    inner->type_count = node_size(types);
    inner->types = arena_array(d->kinds->arena, struct inner_type, inner->type_count);
    for (uint32_t i = 0; i < inner->type_count; i++) {
        const struct node *places = tree_value(tree, types, i);
        struct inner_type *type = &inner->types[i];
        type->name = tree_text(tree, tree_key(tree, types, i));
        type->place_count = node_size(places);
        type->places = arena_array(d->kinds->arena, struct inner_place, type->place_count);
        for (uint32_t p = 0; p < type->place_count; p++) {
            decode_place(d, tree_element(tree, places, p), &type->places[p]);
        }
    }
    qsort(inner->types, inner->type_count, sizeof *inner->types, compare_types);
}

static void decode_inner(struct decoder *d, const struct node *node, struct inner_kind *inner)
{
    const struct node *each = tree_member(d->tree, node, STR("each"));
    const struct node *types = tree_member(d->tree, node, STR("of"));
    if (!each || !types) {
        inner->types = arena_new(d->kinds->arena, struct inner_type);
        inner->types->places = arena_new(d->kinds->arena, struct inner_place);
        inner->types->place_count = 1;
        inner->type_count = 1;
        decode_place(d, node, inner->types->places);
        return;
    }
    inner->each_count = node_size(each);
    inner->each = arena_array(d->kinds->arena, struct path_program *, inner->each_count);
    for (uint32_t i = 0; i < inner->each_count; i++) {
        inner->each[i] = decode_expression(d, tree_element(d->tree, each, i), PATH_QUERY);
    }
    inner->type = decode_expression(d, tree_member(d->tree, node, STR("type")), PATH_QUERY);
    inner->name = decode_expression(d, tree_member(d->tree, node, STR("name")), PATH_QUERY);
    decode_types(d, types, inner);
}

const struct inner_type *inner_kind_find(const struct inner_kind *inner, struct str name)
{
    const struct inner_type wanted = {.name = name};
    return bsearch(&wanted, inner->types, inner->type_count, sizeof *inner->types, compare_types);
}

const struct kind_flag kind_flags[KIND_FLAG_COUNT] = {
    {'o', STR_INIT("own-format")}, {'i', STR_INIT("iam")},    {'s', STR_INIT("secrets")},
    {'b', STR_INIT("beside")},     {'n', STR_INIT("ini")},    {'f', STR_INIT("feeds")},
    {'e', STR_INIT("eks")},        {'r', STR_INIT("record")},
};

static struct str head_text(const struct decoder *d, const struct node *head, enum kind_head part)
{
    return tree_text(d->tree, tree_element(d->tree, head, part));
}

static size_t head_number(const struct decoder *d, const struct node *head, enum kind_head part)
{
    return (size_t)tree_number(d->tree, tree_element(d->tree, head, part));
}

static void decode_kind(struct decoder *d, const struct node *head, struct str definitions,
                        struct kind *kind)
{
    bool *const flags[KIND_FLAG_COUNT] = {&kind->own_format, &kind->iam,   &kind->secrets,
                                          &kind->beside,     &kind->ini,   &kind->has_feeds,
                                          &kind->eks,        &kind->record};
    kind->id = head_text(d, head, KIND_HEAD_ID);
    kind->title = head_text(d, head, KIND_HEAD_TITLE);
    kind->recognise = head_text(d, head, KIND_HEAD_RECOGNISE);
    kind->named = head_text(d, head, KIND_HEAD_NAMED);
    kind->recognise_named = head_text(d, head, KIND_HEAD_RECOGNISE_NAMED);
    struct str letters = head_text(d, head, KIND_HEAD_FLAGS);
    for (size_t i = 0; i < KIND_FLAG_COUNT; i++) {
        *flags[i] = str_find_char(letters, kind_flags[i].letter) < letters.len;
    }
    size_t at = head_number(d, head, KIND_HEAD_AT);
    kind->text = str_slice(definitions, at, at + head_number(d, head, KIND_HEAD_LEN));
    const struct node *roots = tree_element(d->tree, head, KIND_HEAD_ROOTS);
    kind->root_count = node_size(roots);
    kind->roots = arena_array(d->kinds->arena, uint32_t, kind->root_count);
    for (uint32_t i = 0; i < kind->root_count; i++) {
        kind->roots[i] =
            atoms_intern(d->kinds->atoms, tree_text(d->tree, tree_element(d->tree, roots, i)));
    }
}

static struct decoder new_decoder(struct kinds *kinds, const struct tree *tree)
{
    return (struct decoder){
        .kinds = kinds,
        .tree = tree,
        .compiler = {kinds->arena, kinds->atoms, &path_standard_functions, true},
        .findings = kinds->findings,
        .good = true,
    };
}

static void decode_definition(struct decoder *d, struct kind *kind)
{
    const struct tree *tree = d->tree;
    const struct node *feeds = tree_member(tree, tree->root, STR("feeds"));
    const struct node *inner = tree_member(tree, tree->root, STR("inner"));
    kind->schema = (struct schema){tree, tree_member(tree, tree->root, STR("shape"))};
    kind->feed_count = feeds ? node_size(feeds) : 0;
    kind->feeds = arena_array(d->kinds->arena, struct feed, kind->feed_count);
    for (uint32_t i = 0; i < kind->feed_count; i++) {
        decode_feed(d, tree_element(tree, feeds, i), &kind->feeds[i]);
    }
    kind->inner_count = inner ? node_size(inner) : 0;
    kind->inner = arena_array(d->kinds->arena, struct inner_kind, kind->inner_count);
    for (uint32_t i = 0; i < kind->inner_count; i++) {
        decode_inner(d, tree_element(tree, inner, i), &kind->inner[i]);
    }
    kind->intrinsics = is_true(tree, tree->root, STR("intrinsics"));
    kind->placeholders = is_true(tree, tree->root, STR("placeholders"));
    kind->sensitive = is_true(tree, tree->root, STR("sensitive"));
    kind->plan = is_true(tree, tree->root, STR("plan"));
    kind->refs = tree_member(tree, tree->root, STR("refs"));
    kind->strings = is_true(tree, tree->root, STR("strings"));
    kind->unpack = decode_expression(d, tree_member(tree, tree->root, STR("unpack")), PATH_QUERY);
}

/* NULL where there is none, or where it is wrong, which is reported. */
static struct path_program *compile_recogniser(struct kinds *kinds, struct str text)
{
    struct path_compiler compiler = {kinds->arena, kinds->atoms, &path_standard_functions, true};
    struct path_error error = {0};
    struct path_program *program =
        text.len ? path_compile(&compiler, PATH_LOGICAL, text, &error) : NULL;
    if (text.len && !program) {
        findings_error(kinds->findings, STR("kinds/expression"), node_location(kinds->tree.root),
                       "in '%.*s' at %u: %.*s", STR_ARG(text), error.lo + 1,
                       STR_ARG(error.message));
    }
    return program;
}

bool kinds_prepare(struct kinds *kinds, const struct kind *kind)
{
    struct kind *own = &kinds->items[kind - kinds->items];
    if (own->prepared) {
        return true;
    }
    own->prepared = true;
    struct builder builder = {0};
    struct source *source = sources_add(kinds->sources, STR("built-in kind"), own->text);
    tree_init(&own->tree, kinds->arena, kinds->sources, kinds->atoms);
    bool read = json_read_whole(&builder, &own->tree, source, kinds->findings);
    builder_release(&builder);
    if (!read) {
        return false;
    }
    struct decoder d = new_decoder(kinds, &own->tree);
    decode_definition(&d, own);
    return d.good;
}

bool kinds_load(struct kinds *kinds, struct arena *arena, struct sources *sources,
                struct atoms *atoms, struct str text, struct findings *findings)
{
    *kinds =
        (struct kinds){.arena = arena, .atoms = atoms, .sources = sources, .findings = findings};
    struct json_cursor cursor = {sources_add(sources, STR("built-in kinds"), text), 0};
    struct builder builder = {0};
    tree_init(&kinds->tree, arena, sources, atoms);
    bool read = json_read(&builder, &kinds->tree, &cursor, findings);
    builder_release(&builder);
    if (!read) {
        return false;
    }
    struct decoder d = new_decoder(kinds, &kinds->tree);
    kinds->count = node_size(kinds->tree.root);
    kinds->items = arena_array(arena, struct kind, kinds->count);
    for (uint32_t i = 0; i < kinds->count; i++) {
        decode_kind(&d, tree_element(&kinds->tree, kinds->tree.root, i), str_from(text, cursor.at),
                    &kinds->items[i]);
    }
    return d.good;
}

static bool is_recognised(struct kinds *kinds, struct str text, struct path_program **program,
                          const struct recognition *document, struct arena *scratch)
{
    struct path_env env = {
        .tree = document->tree,
        .root = document->root,
        .current = {document->root, NULL},
        .scratch = scratch,
        .steps = RECOGNISE_STEPS + (uint64_t)RECOGNISE_STEPS_PER_NODE * document->tree->count,
    };
    if (!*program) {
        *program = compile_recogniser(kinds, text);
        kinds->compiled++;
    }
    return *program && path_test(*program, &env) == TRUTH_TRUE;
}

/* Has the document one of the members without which it is not of the kind? */
static bool may_be(const struct kind *kind, const struct recognition *document)
{
    bool found = kind->root_count == 0;
    for (size_t i = 0; i < kind->root_count && !found; i++) {
        found = tree_member_atom(document->tree, document->root, kind->roots[i]);
    }
    return found && kind->recognise.len && kind->ini == document->ini;
}

const struct kind *kinds_recognise(struct kinds *kinds, const struct recognition *document,
                                   struct arena *scratch)
{
    if (!node_is_container(document->root)) {
        return NULL;
    }
    struct arena_mark mark = arena_mark(scratch);
    const struct kind *found = NULL;
    for (size_t i = 0; i < kinds->count && !found; i++) {
        struct kind *kind = &kinds->items[i];
        if (may_be(kind, document) &&
            is_recognised(kinds, kind->recognise, &kind->recogniser, document, scratch)) {
            found = kind;
        }
    }
    for (size_t i = 0; i < kinds->count && !found; i++) {
        struct kind *kind = &kinds->items[i];
        if (kind->named.len && str_ends(document->file, kind->named) && !document->ini &&
            is_recognised(kinds, kind->recognise_named, &kind->named_recogniser, document,
                          scratch)) {
            found = kind;
        }
    }
    arena_rewind(scratch, mark);
    return found;
}

const struct kind *kinds_find(struct kinds *kinds, struct str id)
{
    for (size_t i = 0; i < kinds->count; i++) {
        if (str_eq(kinds->items[i].id, id)) {
            return kinds_prepare(kinds, &kinds->items[i]) ? &kinds->items[i] : NULL;
        }
    }
    return NULL;
}

struct str kinds_nearest(const struct kinds *kinds, struct str id, struct arena *scratch)
{
    struct str *ids = arena_array(scratch, struct str, kinds->count);
    for (size_t i = 0; i < kinds->count; i++) {
        ids[i] = kinds->items[i].id;
    }
    return str_nearest(id, ids, kinds->count);
}
