/* SPDX-License-Identifier: MIT */
/*
 * Reading documents. Which syntax a file is in is decided here; what a document is, by its content
 * alone. What stands inside one is subject.c's.
 */
#include "model/document.h"

#include "model/capture.h"
#include "model/directive.h"
#include "model/placeholder.h"
#include "text/secret.h"
#include "tree/read_ini.h"
#include "tree/read_json.h"
#include "tree/read_yaml.h"
#include "tree/report.h"

enum { INNER_STEPS = 4 * 1000 * 1000, KNOWN_SECRETS_MAX = 16 };

struct tree *document_new_tree(struct document_reader *reader)
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

/* Below `value`, what `mark` says is sensitive: true, or true at the same place. */
static void hide_marked(struct tree *tree, const struct node *value, const struct node *mark)
{
    if (mark->kind == NODE_BOOL) {
        if (tree_bool(tree, mark)) {
            hide_secret(tree, value);
        }
        return;
    }
    uint32_t size = mark->kind == value->kind ? node_size(mark) : 0;
    for (uint32_t i = 0; i < size; i++) {
        bool element = mark->kind == NODE_ARRAY;
        const struct node *below = NULL;
        if (!element) {
            below = tree_member(tree, value, tree_text(tree, tree_key(tree, mark, i)));
        } else if (i < node_size(value)) {
            below = tree_element(tree, value, i);
        }
        if (below) {
            hide_marked(tree, below,
                        element ? tree_element(tree, mark, i) : tree_value(tree, mark, i));
        }
    }
}

/* Terraform, "JSON Output Format": what stands beside values and says which of them are sensitive. */
static void hide_sensitive(struct tree *tree)
{
    static const struct {
        struct str values, marks;
    } pairs[] = {
        {STR_INIT("values"), STR_INIT("sensitive_values")},
        {STR_INIT("before"), STR_INIT("before_sensitive")},
        {STR_INIT("after"), STR_INIT("after_sensitive")},
        {STR_INIT("value"), STR_INIT("sensitive")},
    };
    for (size_t i = 0; i < tree->count; i++) {
        for (size_t p = 0; tree->nodes[i].kind == NODE_OBJECT && p < COUNT_OF(pairs); p++) {
            const struct node *values = tree_member(tree, &tree->nodes[i], pairs[p].values);
            const struct node *marks = tree_member(tree, &tree->nodes[i], pairs[p].marks);
            if (values && marks) {
                hide_marked(tree, values, marks);
            }
        }
    }
}

/*
 * A state's own format has paths in place of marks: "sensitive_attributes": [[{"type": "get_attr", "value": "x"}]].
 * What the first step of one leads to is hidden as a whole.
 */
static void hide_sensitive_attributes(struct tree *tree)
{
    for (size_t i = 0; i < tree->count; i++) {
        const struct node *object = &tree->nodes[i];
        bool is_object = object->kind == NODE_OBJECT;
        const struct node *values = is_object ? tree_member(tree, object, STR("attributes")) : NULL;
        const struct node *paths =
            values ? tree_member(tree, object, STR("sensitive_attributes")) : NULL;
        uint32_t count =
            node_is(paths, NODE_ARRAY) && values->kind == NODE_OBJECT ? node_size(paths) : 0;
        for (uint32_t p = 0; p < count; p++) {
            const struct node *path = tree_element(tree, paths, p);
            bool has_step = node_is(path, NODE_ARRAY) && node_size(path);
            const struct node *step = has_step ? tree_element(tree, path, 0) : NULL;
            const struct node *name =
                node_is(step, NODE_OBJECT) ? tree_member(tree, step, STR("value")) : NULL;
            const struct node *value =
                name ? tree_member(tree, values, tree_text(tree, name)) : NULL;
            if (value) {
                hide_secret(tree, value);
            }
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
    hide_named(kind && (kind->own_format || kind->sensitive), tree);
    if (kind && kind->sensitive) {
        hide_sensitive(tree);
        hide_sensitive_attributes(tree);
    }
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
    if (!document->kind && !ini && document_has_policy_strings(reader, document)) {
        document->kind = kinds_find(reader->kinds, STR("iam-in-strings"));
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
    if (kind && kind->placeholders) {
        placeholder_mark_words(tree);
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
    struct tree *tree = document_new_tree(reader);
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

/* One more document of the file, or what is one too many is reported. */
static bool has_room(struct document_reader *reader, const struct source *source, uint32_t at,
                     size_t count)
{
    const struct limits *limits = source->limits;
    if (count < limits->of[LIMIT_DOCUMENTS]) {
        return true;
    }
    struct location where = {source->id, {at, at}};
    report_unreadable(reader->findings, STR("file/documents"), where,
                      limit_reached(reader->findings->arena, limits, LIMIT_DOCUMENTS));
    return false;
}

static bool read_json_documents(struct document_reader *reader, struct source *source,
                                struct document_list *documents)
{
    /* In JSON lines a bad line does not stop the others. */
    bool lines = str_ends(source->name, STR(".jsonl"));
    struct json_cursor cursor = {source, 0};
    bool good = true;
    size_t before = documents->count;
    for (bool first = true; first || !json_at_end(&cursor); first = false) {
        if (!has_room(reader, source, cursor.at, documents->count - before)) {
            return false;
        }
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
    struct arena reading = {0};
    struct yaml_stream *stream = yaml_open(&reading, source, reader->findings);
    enum yaml_result result = YAML_DOCUMENT;
    size_t before = documents->count;
    while (result == YAML_DOCUMENT) {
        struct tree *tree = document_new_tree(reader);
        result = yaml_read(stream, &reader->builder, tree);
        if (result == YAML_DOCUMENT) {
            if (!has_room(reader, source, tree->root->lo, documents->count - before)) {
                result = YAML_ERROR;
                break;
            }
            add_document(reader, source, tree, documents, false);
        }
    }
    yaml_close(stream);
    arena_release(&reading);
    return result == YAML_END;
}

bool document_looks_like_json(struct str bytes)
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
    struct tree *tree = document_new_tree(reader);
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

/*
 * The comment at which a JSON file was refused that is a program's settings (tsconfig.json), which takes
 * comments; one with a policy in it is none of these.
 */
static size_t find_comment(const struct document_reader *reader, struct str bytes, size_t said)
{
    const struct finding *refused =
        reader->findings->count > said ? &reader->findings->items[said] : NULL;
    size_t at = refused && refused->unreadable ? refused->at.span.lo : bytes.len;
    struct str rest = str_from(bytes, at);
    bool comment = str_starts(rest, STR("//")) || str_starts(rest, STR("/*"));
    bool policy = str_find(bytes, STR("\"Statement\"")) < bytes.len;
    return comment && !policy ? at : bytes.len;
}

/* Read again what was refused: what nobody asked for and is another program's is skipped with a note. */
static bool skip_foreign(struct document_reader *reader, const struct source *source, size_t said,
                         struct document_list *documents, size_t before)
{
    static const char rendered[] =
        "this is a template and no YAML or JSON before it is rendered; it is "
        "not read (to judge it, render it first: helm template)";
    static const char settings[] =
        "this JSON has comments, as settings of programs may have; it is not "
        "read (to judge it, take them out)";
    size_t comment = find_comment(reader, source->bytes, said);
    bool has_comment = comment < source->bytes.len;
    size_t at = has_comment ? comment : find_template(source->bytes);
    if (at >= source->bytes.len) {
        return false;
    }
    reader->findings->count = said;
    documents->count = before;
    struct location place = {source->id, {(uint32_t)at, (uint32_t)at + 2}};
    struct finding *note = findings_error(reader->findings, STR("file/template"), place, "%s",
                                          has_comment ? settings : rendered);
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
        bool json = is_named_json(source) || document_looks_like_json(source->bytes);
        if (is_named_yaml(source) && json) {
            json = is_strict_json(reader, source);
        }
        read = json ? read_json_documents(reader, source, documents)
                    : read_yaml_documents(reader, source, documents);
        read = read || (met && skip_foreign(reader, source, said, documents, before));
        advise(reader, source, said, json);
    }
    if (reader->findings->count > said || reader->forced) {
        document_hide_secrets(source);
    }
    secret_redact_findings(reader->findings, said, reader->sources);
    return read;
}
