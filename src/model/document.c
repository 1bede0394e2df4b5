/* SPDX-License-Identifier: MIT */
/*
 * Reading documents and finding the IAM documents inside them. Which syntax a file is in is decided
 * here; what a document is, by its content alone.
 */
#include "model/document.h"

#include "model/policy.h"
#include "tree/inner.h"
#include "tree/read_ini.h"
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

static void append(struct document_reader *reader, struct document_list *documents,
                   struct document document)
{
    documents->items = arena_grow(reader->arena, documents->items, documents->count,
                                  &documents->capacity, sizeof(struct document *));
    const struct document *last = documents->count ? documents->items[documents->count - 1] : NULL;
    struct document *kept = arena_new(reader->arena, struct document);
    *kept = document;
    if (document.kind && !kinds_prepare(reader->kinds, document.kind)) {
        kept->kind = NULL; /* the build checks the kinds, so this is a bug: it is reported */
    }
    kept->number = last && last->source == document.source ? last->number + 1 : 0;
    documents->items[documents->count++] = kept;
}

static const struct kind *recognise(struct document_reader *reader, const struct source *source,
                                    const struct tree *tree, bool ini)
{
    struct recognition recognition = {tree, tree->root, source->name, ini};
    return kinds_recognise(reader->kinds, &recognition, reader->scratch);
}

/* The items of a list are documents of their own; what no kind knows among them is left out. */
static void unpack(struct document_reader *reader, const struct document *list,
                   struct document_list *documents)
{
    struct path_env env = {
        .tree = list->tree,
        .root = list->tree->root,
        .current = {list->tree->root, NULL},
        .scratch = reader->scratch,
        .steps = INNER_STEPS,
    };
    struct nodelist nodes = {0};
    struct arena_mark mark = arena_mark(reader->scratch);
    path_select(list->kind->unpack, &env, &nodes);
    for (size_t i = 0; i < nodes.count; i++) {
        struct tree *item = arena_new(reader->arena, struct tree);
        *item = *list->tree;
        item->root = nodes.items[i].node;
        struct document document = {.source = list->source, .unpacked = true, .tree = item};
        document.kind = recognise(reader, list->source, item, false);
        if (document.kind && document.kind != list->kind) {
            append(reader, documents, document);
        }
    }
    arena_rewind(reader->scratch, mark);
}

static void add_document(struct document_reader *reader, struct source *source,
                         const struct tree *tree, struct document_list *documents, bool ini)
{
    const struct kind *kind =
        reader->forced ? reader->forced : recognise(reader, source, tree, ini);
    struct document document = {.source = source, .tree = tree, .kind = kind};
    append(reader, documents, document);
    if (kind && kind->secrets) {
        document_hide_secrets(source);
    }
    if (kind && kind->own_format) {
        schema_find_secrets(&kind->schema, tree, tree->root, hide_secret, (void *)tree);
        schema_validate(&kind->schema, tree, tree->root, reader->findings);
    }
    if (kind && kind->unpack) {
        unpack(reader, &document, documents);
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
                               struct document_list *documents)
{
    struct tree *tree = new_tree(reader);
    if (!json_read(&reader->builder, tree, cursor, reader->findings)) {
        return false;
    }
    add_document(reader, cursor->source, tree, documents, false);
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
    for (bool first = true; first || !json_at_end(&cursor); first = false) {
        if (!read_json_document(reader, &cursor, documents)) {
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
    while (result == YAML_DOCUMENT) {
        struct tree *tree = new_tree(reader);
        result = yaml_read(stream, &reader->builder, tree);
        if (result == YAML_DOCUMENT) {
            add_document(reader, source, tree, documents, false);
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
    static const struct str names[] = {
        STR_INIT("secret_access_key"), STR_INIT("SECRET_ACCESS_KEY"), STR_INIT("SecretAccessKey"),
        STR_INIT("session_token"),     STR_INIT("SESSION_TOKEN"),     STR_INIT("SessionToken"),
    };
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

/* ---- files ---- */

static bool has_name(const struct source *source, struct str name)
{
    return str_eq(str_from(source->name, str_after_last(source->name, '/')), name);
}

static bool has_ending(const struct source *source, const struct str *endings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t len = endings[i].len;
        struct str name = source->name;
        if (name.len >= len && str_eq_nocase(str_from(name, name.len - len), endings[i])) {
            return true;
        }
    }
    return false;
}

static bool is_named_json(const struct source *source)
{
    static const struct str endings[] = {STR_INIT(".json"), STR_INIT(".jsonl")};
    return has_ending(source, endings, COUNT_OF(endings));
}

static bool is_named_yaml(const struct source *source)
{
    static const struct str endings[] = {STR_INIT(".yaml"), STR_INIT(".yml")};
    return has_ending(source, endings, COUNT_OF(endings));
}

static bool is_ini(const struct source *source)
{
    static const struct str ending = STR_INIT(".ini");
    if (is_named_json(source) || is_named_yaml(source)) {
        return false;
    }
    return has_ending(source, &ending, 1) || has_name(source, STR("credentials")) ||
           ini_is_likely(source->bytes);
}

/* Many programs have .ini files: of one that was only met, nothing is said unless it is the CLI's. */
static bool read_ini_document(struct document_reader *reader, struct source *source, bool met,
                              struct document_list *documents)
{
    struct findings *kept = reader->findings;
    size_t said = kept->count;
    struct tree *tree = new_tree(reader);
    bool good = ini_read(&reader->builder, tree, source, kept);
    const struct kind *kind = tree->root ? recognise(reader, source, tree, true) : NULL;
    if (met && !kind) {
        kept->count = said;
        return true;
    }
    if (tree->root) {
        add_document(reader, source, tree, documents, true);
    }
    return good;
}

/*
 * The mark of a template that has to be rendered before it is YAML (Helm, Jinja), where it is
 * written as one: `{{ … }}` or `{% … %}`.
 */
static size_t find_template(struct str bytes)
{
    size_t braces = str_find(bytes, STR("{{"));
    size_t percent = str_find(bytes, STR("{%"));
    size_t at = braces < percent ? braces : percent;
    struct str rest = str_from(bytes, at);
    bool closed = str_find(rest, STR("}}")) < rest.len || str_find(rest, STR("%}")) < rest.len;
    return closed ? at : bytes.len;
}

/* Read again what was refused: a template that nobody asked for is skipped with a note. */
static bool skip_template(struct document_reader *reader, const struct source *source, size_t said,
                          struct document_list *documents, size_t before)
{
    size_t at = find_template(source->bytes);
    if (at >= source->bytes.len) {
        return false;
    }
    reader->findings->count = said;
    documents->count = before;
    struct location place = {source->id, {(uint32_t)at, (uint32_t)at + 2}};
    struct finding *note = findings_error(
        reader->findings, STR("file/template"), place,
        "this is a template and no YAML before it is rendered; it is not read (to judge it, render "
        "it first: helm template)");
    if (note) {
        note->severity = SEVERITY_INFO;
    }
    return true;
}

bool documents_read(struct document_reader *reader, struct source *source, bool met,
                    struct document_list *documents)
{
    size_t said = reader->findings->count;
    size_t before = documents->count;
    bool read;
    if (is_ini(source)) {
        read = read_ini_document(reader, source, met, documents);
    } else {
        bool json = is_named_json(source) || looks_like_json(source->bytes);
        if (is_named_yaml(source) && json) {
            json = is_strict_json(reader, source);
        }
        read = json ? read_json_documents(reader, source, documents)
                    : read_yaml_documents(reader, source, documents);
        read = read || (met && !json && skip_template(reader, source, said, documents, before));
    }
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
