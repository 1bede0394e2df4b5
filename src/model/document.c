/* SPDX-License-Identifier: MIT */
/*
 * Reading documents and finding the IAM documents inside them. Which syntax a file is in is decided
 * here; what a document is, by its content alone.
 */
#include "model/document.h"

#include "model/capture.h"
#include "model/directive.h"
#include "model/policy.h"
#include "text/secret.h"
#include "tree/inner.h"
#include "tree/read_ini.h"
#include "tree/read_json.h"
#include "tree/read_yaml.h"

enum {
    NORMALISE_MAX_NODES = 4 * 1000 * 1000,
    INNER_STEPS = 4 * 1000 * 1000,
    KNOWN_SECRETS_MAX = 16
};

static struct tree *new_tree(struct document_reader *reader)
{
    struct tree *tree = arena_new(reader->arena, struct tree);
    tree_init(tree, reader->arena, reader->sources, reader->atoms);
    return tree;
}

/* ---- secrets ---- */

static void hide_secret(void *context, const struct node *secret)
{
    const struct tree *tree = context;
    struct place place =
        sources_resolve(tree->sources, secret->source, (struct span){secret->lo, secret->hi});
    source_hide(place.source, place.span);
}

/* The values in the data of a Secret, whatever their names. */
static void hide_kubernetes_secret(struct tree *tree, const struct node *object)
{
    static const struct str holders[] = {STR_INIT("data"), STR_INIT("stringData")};
    const struct node *kind = tree_member(tree, object, STR("kind"));
    if (!node_is(kind, NODE_STRING) || !str_eq(tree_text(tree, kind), STR("Secret"))) {
        return;
    }
    for (size_t i = 0; i < COUNT_OF(holders); i++) {
        const struct node *held = tree_member(tree, object, holders[i]);
        if (held) {
            hide_secret(tree, held);
        }
    }
}

static bool holds_text(struct str text)
{
    return text.len >= SECRET_MIN_BYTES;
}

/* What is hidden already, as it was decoded: the same may stand elsewhere, as an alias does. */
static size_t known_secrets(const struct tree *tree, struct str *known)
{
    size_t count = 0;
    for (size_t i = 0; i < tree->count && count < KNOWN_SECRETS_MAX; i++) {
        const struct node *node = &tree->nodes[i];
        if (node->kind == NODE_STRING && holds_text(tree_text(tree, node)) &&
            sources_is_hidden(tree->sources, node_location(node))) {
            known[count++] = tree_text(tree, node);
        }
    }
    return count;
}

static bool holds_secret(struct str text, const struct str *known, size_t count)
{
    struct span shape = {0};
    for (size_t i = 0; i < count; i++) {
        if (str_find(text, known[i]) < text.len) {
            return true;
        }
    }
    return secret_find_shape(text, 0, &shape) || secret_is_pair(text);
}

/* What stands behind a name of a secret in an object, wherever that is: a variable of a pipeline. */
static void hide_named(bool any_name, struct tree *tree)
{
    for (size_t i = 0; i + 1 < tree->count; i++) {
        const struct node *key = &tree->nodes[i];
        struct str name = node_is(key, NODE_KEY) ? tree_text(tree, key) : (struct str){0};
        bool secret = any_name ? secret_is_name(name) : secret_is_aws_name(name);
        if (name.len && secret) {
            hide_secret(tree, key + 1);
        }
    }
}

/* Hide what a document says under the names of secrets, and what looks like one anywhere in it. */
static void hide_secrets(struct source *source, const struct kind *kind, struct tree *tree)
{
    struct str known[KNOWN_SECRETS_MAX];
    secret_hide_shapes(source);
    if (kind) {
        schema_find_secrets(&kind->schema, tree, tree->root, hide_secret, tree);
    }
    hide_named(kind && kind->own_format, tree);
    hide_kubernetes_secret(tree, tree->root);
    const struct node *items = tree_member(tree, tree->root, STR("items"));
    for (uint32_t i = 0; node_is(items, NODE_ARRAY) && i < node_size(items); i++) {
        hide_kubernetes_secret(tree, tree_element(tree, items, i));
    }
    size_t count = known_secrets(tree, known);
    for (size_t i = 0; i < tree->count; i++) {
        const struct node *node = &tree->nodes[i];
        bool text = node->kind == NODE_STRING || node->kind == NODE_KEY;
        if (text && holds_secret(tree_text(tree, node), known, count)) {
            hide_secret(tree, node);
        }
    }
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

/* The kind of a document: as --kind or a directive has it, else as it looks. */
static void name_document(struct document_reader *reader, struct document *document,
                          const struct document_list *documents, bool ini)
{
    document->named = true;
    if (reader->forced) {
        document->kind = reader->forced;
        document->resource_type = reader->resource_type;
    } else if (!directive_apply(reader, document, documents)) {
        document->named = false;
        document->kind = recognise(reader, document->source, document->tree, ini);
    }
}

static void add_document(struct document_reader *reader, struct source *source, struct tree *tree,
                         struct document_list *documents, bool ini)
{
    struct document document = {.source = source, .tree = tree};
    name_document(reader, &document, documents, ini);
    const struct kind *kind = document.kind;
    append(reader, documents, document);
    if (reader->guarded || reader->forced || (kind && (kind->secrets || kind->own_format))) {
        hide_secrets(source, kind, tree);
    }
    if (kind && kind->own_format) {
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

void document_hide_secrets(struct source *source)
{
    secret_hide_shapes(source);
    secret_hide_named(source);
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

/* What somebody can do is said instead of what the reader expected. */
static void advise(struct document_reader *reader, const struct source *source, size_t said,
                   bool json)
{
    for (size_t i = said; i < reader->findings->count; i++) {
        struct finding *finding = &reader->findings->items[i];
        bool here = finding->unreadable && finding->at.source == source->id;
        struct str advice =
            here ? capture_advice(source->bytes, finding->at.span.lo, json) : (struct str){0};
        finding->message = advice.len ? advice : finding->message;
    }
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
        advise(reader, source, said, json);
    }
    if (reader->findings->count > said || reader->forced) {
        document_hide_secrets(source);
    }
    secret_redact_findings(reader->findings, said, reader->sources);
    return read;
}

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
    if (!looks_like_json(text) && !encoded) {
        return NULL;
    }
    struct tree *inner = new_tree(reader);
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
        if (normal->root->kind != NODE_OBJECT) { /* all else is for rules to say */
            schema_validate(&subject.kind->schema, normal, normal->root, reader->findings);
        }
    }
    subjects->items = arena_grow(reader->arena, subjects->items, subjects->count,
                                 &subjects->capacity, sizeof *subjects->items);
    subjects->items[subjects->count++] = subject;
}

void document_subjects(struct document_reader *reader, const struct document *document,
                       struct subject_list *subjects)
{
    const struct kind *kind = document->kind;
    add_subject(
        reader, subjects,
        (struct subject){document, kind, document->tree, document->tree->root, document->named});
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
                add_subject(reader, subjects,
                            (struct subject){document, inner, tree, policy, true});
            }
        }
        arena_rewind(reader->scratch, mark);
    }
}
