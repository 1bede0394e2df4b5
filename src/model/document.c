/* SPDX-License-Identifier: MIT */
/*
 * Reading documents and finding the IAM documents inside them. Which syntax a file is in is decided
 * here; what a document is, by its content alone.
 */
#include "model/document.h"

#include "model/policy.h"
#include "tree/inner.h"
#include "tree/read_json.h"
#include "tree/read_yaml.h"

enum { NORMALISE_MAX_NODES = 4 * 1000 * 1000, INNER_STEPS = 4 * 1000 * 1000 };

static struct tree *new_tree(struct document_reader *reader)
{
    struct tree *tree = arena_new(reader->arena, struct tree);
    tree_init(tree, reader->arena, reader->sources, reader->atoms);
    return tree;
}

static void hide_secret(void *context, const struct node *secret)
{
    const struct tree *tree = context;
    struct place place =
        sources_resolve(tree->sources, secret->source, (struct span){secret->lo, secret->hi});
    source_hide(place.source, place.span);
}

static void add_document(struct document_reader *reader, struct source *source,
                         const struct tree *tree, struct document_list *documents, uint32_t number)
{
    documents->items = arena_grow(reader->arena, documents->items, documents->count,
                                  &documents->capacity, sizeof(struct document *));
    struct document *document = arena_new(reader->arena, struct document);
    *document =
        (struct document){.source = source, .number = number, .tree = tree, .kind = reader->forced};
    if (!document->kind) {
        document->kind = kinds_recognise(reader->kinds, tree, tree->root, reader->scratch);
    }
    documents->items[documents->count++] = document;
    if (document->kind && document->kind->own_format) {
        schema_find_secrets(&document->kind->schema, tree, tree->root, hide_secret, (void *)tree);
        schema_validate(&document->kind->schema, tree, tree->root, reader->findings);
    }
}

/*
 * The white space between two documents must hold a line break, so that "{}{}" stays the mistake it
 * is.
 */
static bool next_starts_a_line(const struct json_cursor *cursor)
{
    uint32_t at = cursor->at;
    while (at > 0) {
        char c = cursor->source->bytes.ptr[--at];
        if (c == '\n' || c == '\r') {
            return true;
        }
        if (c != ' ' && c != '\t') {
            return false;
        }
    }
    return false;
}

/* Behind the next line break. */
static void skip_line(struct json_cursor *cursor)
{
    struct str rest = str_from(cursor->source->bytes, cursor->at);
    size_t line = str_find_char(rest, '\n');
    cursor->at += (uint32_t)(line < rest.len ? line + 1 : rest.len);
}

/* One document, and where a line ends behind it; what is wrong is reported. */
static bool read_json_document(struct document_reader *reader, struct json_cursor *cursor,
                               struct document_list *documents, uint32_t number)
{
    struct tree *tree = new_tree(reader);
    if (!json_read(&reader->builder, tree, cursor, reader->findings)) {
        return false;
    }
    add_document(reader, cursor->source, tree, documents, number);
    if (json_at_end(cursor) || next_starts_a_line(cursor)) {
        return true;
    }
    json_report_trailing(cursor, reader->findings);
    return false;
}

static bool read_json_documents(struct document_reader *reader, struct source *source,
                                struct document_list *documents)
{
    /* In JSON lines a bad line does not stop the others. */
    bool lines = str_ends(source->name, STR(".jsonl"));
    struct json_cursor cursor = {source, 0};
    bool good = true;
    for (uint32_t number = 0; number == 0 || !json_at_end(&cursor); number++) {
        if (!read_json_document(reader, &cursor, documents, number)) {
            good = false;
            if (!lines) {
                break;
            }
            skip_line(&cursor);
        }
    }
    return good;
}

static bool read_yaml_documents(struct document_reader *reader, struct source *source,
                                struct document_list *documents)
{
    struct yaml_stream *stream = yaml_open(reader->arena, source, reader->findings);
    enum yaml_result result = YAML_DOCUMENT;
    for (uint32_t number = 0; result == YAML_DOCUMENT; number++) {
        struct tree *tree = new_tree(reader);
        result = yaml_read(stream, &reader->builder, tree);
        if (result == YAML_DOCUMENT) {
            add_document(reader, source, tree, documents, number);
        }
    }
    yaml_close(stream);
    return result == YAML_END;
}

static bool looks_like_json(struct str bytes)
{
    struct str text = str_trim(bytes);
    return text.len && (text.ptr[0] == '{' || text.ptr[0] == '[');
}

/*
 * A .yaml file may be JSON throughout; JSON is then read strictly, and only text that is none goes
 * to YAML.
 */
static bool is_strict_json(struct document_reader *reader, struct source *source)
{
    struct findings dropped = {.arena = reader->scratch};
    struct tree trial;
    tree_init(&trial, reader->scratch, reader->sources, reader->atoms);
    struct arena_mark mark = arena_mark(reader->scratch);
    bool good = json_read_whole(&reader->builder, &trial, source, &dropped);
    arena_rewind(reader->scratch, mark);
    return good;
}

/* The end of the value behind a secret's name: of the line, or of the next one where it holds none. */
static size_t secret_end(struct str bytes, size_t from)
{
    size_t end = from + str_find_char(str_from(bytes, from), '\n');
    struct str value = str_trim(str_slice(bytes, from, end));
    if (value.len < 3) { /* a colon, a quote */
        end++;
        end += str_find_char(str_from(bytes, end), '\n');
    }
    return end < bytes.len ? end : bytes.len;
}

void document_hide_secrets(struct source *source)
{
    static const struct str names[] = {STR_INIT("secret_access_key"), STR_INIT("SecretAccessKey")};
    struct str bytes = source->bytes;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        size_t at = str_find(bytes, names[i]);
        while (at < bytes.len) {
            size_t from = at + names[i].len;
            size_t to = secret_end(bytes, from);
            source_hide(source, (struct span){(uint32_t)from, (uint32_t)to});
            at = to + str_find(str_from(bytes, to), names[i]);
        }
    }
}

bool documents_read(struct document_reader *reader, struct source *source,
                    struct document_list *documents)
{
    size_t said = reader->findings->count;
    bool named_json = str_ends(source->name, STR(".json")) || str_ends(source->name, STR(".jsonl"));
    bool named_yaml = str_ends(source->name, STR(".yaml")) || str_ends(source->name, STR(".yml"));
    bool json = named_json || looks_like_json(source->bytes);
    if (named_yaml && json) {
        json = is_strict_json(reader, source);
    }
    bool read = json ? read_json_documents(reader, source, documents)
                     : read_yaml_documents(reader, source, documents);
    if (reader->findings->count > said) {
        document_hide_secrets(source);
    }
    return read;
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
    if (!looks_like_json(text)) {
        return NULL;
    }
    struct tree *inner = new_tree(reader);
    struct source *source = scalar_source(*tree, node);
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

static void add_subject(struct document_reader *reader, struct subject_list *subjects,
                        struct subject subject)
{
    if (subject.kind->iam) {
        struct tree *normal = new_tree(reader);
        size_t budget = NORMALISE_MAX_NODES;
        builder_start(&reader->builder, normal);
        policy_normalise(&reader->builder, subject.tree, subject.root, &budget);
        builder_finish(&reader->builder);
        subject.tree = normal;
        subject.root = normal->root;
        /* In this form each element has one type, whether it was written as a list or not. */
        schema_validate(&subject.kind->schema, normal, normal->root, reader->findings);
    }
    subjects->items = arena_grow(reader->arena, subjects->items, subjects->count,
                                 &subjects->capacity, sizeof *subjects->items);
    subjects->items[subjects->count++] = subject;
}

void document_subjects(struct document_reader *reader, const struct document *document,
                       struct subject_list *subjects)
{
    const struct kind *kind = document->kind;
    add_subject(reader, subjects,
                (struct subject){document, kind, document->tree, document->tree->root});
    for (size_t i = 0; i < kind->inner_count; i++) {
        struct path_env env = {
            .tree = document->tree,
            .root = document->tree->root,
            .current = {document->tree->root, NULL},
            .scratch = reader->scratch,
            .steps = INNER_STEPS,
        };
        struct nodelist nodes = {0};
        struct arena_mark mark = arena_mark(reader->scratch);
        path_select(kind->inner[i].at, &env, &nodes);
        for (size_t n = 0; n < nodes.count; n++) {
            const struct tree *tree = document->tree;
            const struct node *policy = document_policy(reader, &tree, nodes.items[n].node, true);
            const struct kind *inner = kinds_find(reader->kinds, kind->inner[i].kind);
            if (policy && inner) {
                add_subject(reader, subjects, (struct subject){document, inner, tree, policy});
            }
        }
        arena_rewind(reader->scratch, mark);
    }
}
