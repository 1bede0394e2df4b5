/* SPDX-License-Identifier: MIT */
/* Reading one configuration file: YAML, its shape, and then each key. */
#include "rule/config.h"

#include "aws/moment.h"
#include "path/program.h"
#include "tree/inner.h"
#include "tree/locate.h"
#include "tree/read_yaml.h"

struct decoder {
    struct rule_loader *loader;
    const struct tree *tree;
    bool good;
};

static struct tree *new_tree(struct rule_loader *loader)
{
    struct tree *tree = arena_new(loader->arena, struct tree);
    tree_init(tree, loader->arena, loader->sources, loader->atoms);
    return tree;
}

/* The one document of the file; NULL where there is none, which is no mistake, or it cannot be read. */
static struct tree *read_document(struct rule_loader *loader, struct source *source, bool *good)
{
    struct tree *tree = new_tree(loader);
    struct tree *second = new_tree(loader);
    struct yaml_stream *stream = yaml_open(loader->arena, source, loader->findings);
    enum yaml_result result = yaml_read(stream, &loader->builder, tree);
    enum yaml_result next =
        result == YAML_DOCUMENT ? yaml_read(stream, &loader->builder, second) : result;
    yaml_close(stream);
    if (next == YAML_DOCUMENT) {
        findings_error(loader->findings, STR("config/several"), node_location(second->root),
                       "a second document in a configuration file, which has one; write it as a "
                       "file of its own and name that in 'extends'");
    }
    *good = next == YAML_END;
    return result == YAML_DOCUMENT ? tree : NULL;
}

/* A string as text and place; an empty one is a mistake. */
static struct config_text decode_text(struct decoder *d, const struct node *node)
{
    struct config_text text = {tree_text(d->tree, node), node_location(node)};
    const char *fault = NULL;
    if (text.text.len == 0) {
        fault = "an empty text stands for nothing; write a value or leave it out";
    } else if (str_find_char(text.text, '\0') < text.text.len) {
        fault = "no name holds the character \\0";
        text.text = (struct str){0};
    }
    if (fault) {
        findings_error(d->loader->findings, STR("config/text"), text.at, "%s", fault);
        d->good = false;
    }
    return text;
}

/*
 * The strings of a member: itself, or the elements of a list. What is of another type was reported
 * with the shape, and is passed over.
 */
static uint32_t find_strings(struct decoder *d, const struct node *object, const char *name,
                             const struct node ***strings)
{
    const struct node *node = tree_member(d->tree, object, str_from_c(name));
    uint32_t size = !node ? 0 : node->kind == NODE_ARRAY ? node_size(node) : 1;
    uint32_t count = 0;
    *strings = arena_array(d->loader->arena, const struct node *, size);
    for (uint32_t i = 0; i < size; i++) {
        const struct node *item = node->kind == NODE_ARRAY ? tree_element(d->tree, node, i) : node;
        if (item->kind == NODE_STRING) {
            (*strings)[count++] = item;
        }
    }
    return count;
}

static struct config_texts decode_texts(struct decoder *d, const struct node *object,
                                        const char *name)
{
    const struct node **strings;
    size_t count = find_strings(d, object, name, &strings);
    struct config_texts texts = {.items = arena_array(d->loader->arena, struct config_text, count)};
    for (size_t i = 0; i < count; i++) {
        texts.items[texts.count] = decode_text(d, strings[i]);
        texts.count += texts.items[texts.count].text.len > 0; /* an empty one has been reported */
    }
    return texts;
}

static void decode_glob(struct decoder *d, const struct node *node, struct config_globs *globs)
{
    struct path_glob_error error;
    struct path_glob *glob = &globs->globs[globs->count];
    globs->places[globs->count] = node_location(node);
    if (path_glob_compile(d->loader->arena, tree_text(d->tree, node), glob, &error)) {
        globs->count++;
        return;
    }
    struct location at = node_location(node);
    if (node->kind != NODE_KEY) {
        at.span = scalar_subspan(d->loader->arena, d->tree, node, error.lo, error.hi);
    }
    findings_error(d->loader->findings, STR("config/pattern"), at, "%s", error.message);
    d->good = false;
}

static void make_globs(struct decoder *d, struct config_globs *globs, uint32_t count)
{
    globs->globs = arena_array(d->loader->arena, struct path_glob, count);
    globs->places = arena_array(d->loader->arena, struct location, count);
}

static void decode_globs(struct decoder *d, const struct node *object, const char *name,
                         struct config_globs *globs)
{
    const struct node **strings;
    uint32_t count = find_strings(d, object, name, &strings);
    make_globs(d, globs, count);
    for (uint32_t i = 0; i < count; i++) {
        decode_glob(d, strings[i], globs);
    }
}

/* The members of an object; 0 for what is none, which was reported with the shape. */
static uint32_t count_members(const struct node *node)
{
    return node_is(node, NODE_OBJECT) ? node_size(node) : 0;
}

/* ---- keys ---- */

static void add_wishes(struct decoder *d, const struct node *object, const char *name,
                       enum wish_kind what, struct rule_layer *layer)
{
    struct config_texts texts = decode_texts(d, object, name);
    for (size_t i = 0; i < texts.count; i++) {
        struct rule_wish wish = {
            .glob = texts.items[i].text, .what = what, .at = texts.items[i].at};
        rule_layer_add(d->loader->arena, layer, wish);
    }
}

static void add_severities(struct decoder *d, const struct node *object, struct rule_layer *layer)
{
    const struct node *severities = tree_member(d->tree, object, STR("severity"));
    for (uint32_t i = 0; i < count_members(severities); i++) {
        const struct node *key = tree_key(d->tree, severities, i);
        struct rule_wish wish = {.what = WISH_SEVERITY};
        wish.glob = decode_text(d, key).text;
        wish.at = node_location(key);
        if (severity_parse(tree_text(d->tree, tree_value(d->tree, severities, i)),
                           &wish.severity)) {
            rule_layer_add(d->loader->arena, layer, wish);
        }
    }
}

static void decode_layer(struct decoder *d, const struct node *object, struct rule_layer *layer)
{
    const struct node *profile = tree_member(d->tree, object, STR("profile"));
    layer->located = true;
    if (profile) {
        layer->has_profile = rule_profile_parse(tree_text(d->tree, profile), &layer->profile);
        layer->profile_at = node_location(profile);
    }
    add_wishes(d, object, "select", WISH_SELECT, layer);
    add_wishes(d, object, "ignore", WISH_IGNORE, layer);
    add_severities(d, object, layer);
}

static void decode_kinds(struct decoder *d, const struct node *root, struct config_file *file)
{
    const struct node *kinds = tree_member(d->tree, root, STR("kinds"));
    uint32_t count = count_members(kinds);
    struct config_globs *globs = &file->kind_files;
    make_globs(d, globs, count);
    file->kinds = arena_array(d->loader->arena, struct config_text, count);
    for (uint32_t i = 0; i < count; i++) {
        const struct node *key = tree_key(d->tree, kinds, i);
        const struct node *kind = tree_value(d->tree, kinds, i);
        size_t before = globs->count;
        if (kind->kind == NODE_STRING) {
            decode_glob(d, key, globs);
        }
        if (globs->count == before) {
            continue;
        }
        file->kinds[before] = decode_text(d, kind);
        if (globs->globs[before].negated) {
            findings_error(d->loader->findings, STR("config/pattern"), node_location(key),
                           "'!' takes nothing back here; of several patterns the last counts");
            d->good = false;
        }
    }
}

static void decode_overrides(struct decoder *d, const struct node *root, struct config_file *file)
{
    const struct node *overrides = tree_member(d->tree, root, STR("overrides"));
    uint32_t count = node_is(overrides, NODE_ARRAY) ? node_size(overrides) : 0;
    file->overrides = arena_array(d->loader->arena, struct config_override, count);
    for (uint32_t i = 0; i < count; i++) {
        const struct node *node = tree_element(d->tree, overrides, i);
        struct config_override *override = &file->overrides[file->override_count++];
        decode_globs(d, node, "files", &override->files);
        decode_layer(d, node, &override->layer);
    }
}

static struct config_text decode_word(struct decoder *d, const struct node *root, const char *name)
{
    const struct node *node = tree_member(d->tree, root, str_from_c(name));
    return node_is(node, NODE_STRING) ? decode_text(d, node) : (struct config_text){0};
}

/* ---- suppressions ---- */

static void report_part(struct decoder *d, const char *rule, const struct node *scalar, uint32_t lo,
                        uint32_t hi, struct str problem)
{
    struct location at = node_location(scalar);
    at.span = scalar_subspan(d->loader->arena, d->tree, scalar, lo, hi);
    findings_error(d->loader->findings, str_from_c(rule), at, "%.*s", STR_ARG(problem));
    d->good = false;
}

/*
 * One place of a document, as a normalized path: only names and indexes. The program of such a query is
 * its segments, each with one selector (program.h).
 */
static bool normalize(struct decoder *d, const struct path_program *program, struct buf *out)
{
    buf_add_char(out, '$');
    for (uint32_t i = 1; i < program->op_count; i++) {
        const struct path_op *op = &program->ops[i];
        if (op->code == OP_NAME) {
            path_add_name(out, atoms_text(d->loader->atoms, op->atom));
        } else if (op->code == OP_INDEX && program->integers[op->integer] >= 0) {
            path_add_index(out, (uint64_t)program->integers[op->integer]);
        } else if (op->code != OP_SEGMENT_CHILD) {
            return false;
        }
    }
    return program->ops[0].flags & QUERY_SINGULAR;
}

static struct str decode_path(struct decoder *d, const struct node *entry)
{
    const struct path_compiler compiler = {d->loader->arena, d->loader->atoms,
                                           &path_standard_functions, false};
    const struct node *node = tree_member(d->tree, entry, STR("path"));
    struct path_error error = {0};
    struct str path = {0};
    if (!node_is(node, NODE_STRING)) {
        return path;
    }
    struct str text = tree_text(d->tree, node);
    const struct path_program *program = path_compile(&compiler, PATH_QUERY, text, &error);
    struct buf normal =
        buf_with_max(EXPRESSION_MAX_BYTES * 8); /* an escape has six bytes for one */
    if (!program) {
        report_part(d, "config/path", node, error.lo, error.hi, error.message);
    } else if (!normalize(d, program, &normal)) {
        report_part(d, "config/path", node, 0, (uint32_t)text.len,
                    STR("this names no single place; a suppression is of names and indexes, such "
                        "as $.Statement[0].Action"));
    } else {
        path = arena_str(d->loader->arena, buf_str(&normal));
    }
    buf_release(&normal);
    return path;
}

static void decode_suppression(struct decoder *d, const struct node *node,
                               struct config_suppression *entry)
{
    int32_t day;
    const struct node *until = tree_member(d->tree, node, STR("until"));
    entry->rule = decode_word(d, node, "rule");
    entry->reason = decode_word(d, node, "reason");
    entry->until = decode_word(d, node, "until");
    entry->path = decode_path(d, node);
    decode_globs(d, node, "file", &entry->files);
    if (entry->until.text.len && !date_parse(entry->until.text, &day)) {
        report_part(d, "config/date", until, 0, (uint32_t)entry->until.text.len,
                    STR("this is no date; write the last day as YYYY-MM-DD"));
    }
    if (entry->reason.text.len && str_trim(entry->reason.text).len == 0) {
        report_part(d, "config/text", tree_member(d->tree, node, STR("reason")), 0,
                    (uint32_t)entry->reason.text.len,
                    STR("blanks are no reason; write why this is tolerated"));
    }
}

static void decode_suppressions(struct decoder *d, const struct node *root,
                                struct config_file *file)
{
    const struct node *list = tree_member(d->tree, root, STR("suppressions"));
    uint32_t count = node_is(list, NODE_ARRAY) ? node_size(list) : 0;
    if (count > CONFIG_SUPPRESSIONS_MAX) {
        findings_error(d->loader->findings, STR("config/size"),
                       node_location(tree_element(d->tree, list, CONFIG_SUPPRESSIONS_MAX)),
                       "a configuration has at most 1000 suppressions");
        d->good = false;
        return;
    }
    file->suppressions = arena_array(d->loader->arena, struct config_suppression, count);
    for (uint32_t i = 0; i < count; i++) {
        const struct node *node = tree_element(d->tree, list, i);
        if (node->kind == NODE_OBJECT) { /* else it was reported with the shape */
            decode_suppression(d, node, &file->suppressions[file->suppression_count++]);
        }
    }
}

static void decode_file(struct decoder *d, const struct node *root, struct config_file *file)
{
    file->extends = decode_texts(d, root, "extends");
    file->rules = decode_texts(d, root, "rules");
    file->fail_on = decode_word(d, root, "fail-on");
    file->language = decode_word(d, root, "lang");
    decode_layer(d, root, &file->layer);
    decode_globs(d, root, "exclude", &file->exclude);
    decode_kinds(d, root, file);
    decode_overrides(d, root, file);
    decode_suppressions(d, root, file);
    file->forbidden = decode_texts(d, root, "forbid-suppressing");
    file->baseline = decode_word(d, root, "baseline");
}

bool config_read(struct rule_loader *loader, struct source *source, struct config_file *file)
{
    *file = (struct config_file){.source = source};
    size_t said = loader->findings->count;
    struct location start = {source->id, {0, 0}};
    bool good = true;
    if (source->bytes.len > CONFIG_MAX_BYTES) {
        findings_error(loader->findings, STR("config/size"), start,
                       "a configuration file has at most 1 MiB");
        return false;
    }
    const struct tree *tree = read_document(loader, source, &good);
    if (!tree || tree->root->kind == NODE_NULL) {
        return good;
    }
    const struct kind *kind = kinds_find(loader->kinds, STR("config"));
    good = kind && schema_validate(&kind->schema, tree, tree->root, loader->findings) && good;
    struct decoder d = {.loader = loader, .tree = tree, .good = true};
    if (tree->root->kind == NODE_OBJECT) {
        decode_file(&d, tree->root, file);
    }
    /* A key that stands twice is a warning elsewhere; here it hides half of what is meant. */
    return good && d.good && loader->findings->count == said;
}

size_t config_globs_bytes(const struct config_globs *globs)
{
    size_t bytes = 0;
    for (size_t i = 0; i < globs->count; i++) {
        bytes += globs->globs[i].text.len;
    }
    return bytes;
}

bool config_globs_take(const struct config_globs *globs, struct str path, bool is_folder,
                       struct location *at)
{
    const struct path_glob *last = path_globs_last(globs->globs, globs->count, path, is_folder);
    if (last) {
        *at = globs->places[last - globs->globs];
    }
    return last && !last->negated;
}
