/* SPDX-License-Identifier: MIT */
/*
 * ekslint-embed OUTPUT.c RULES_DIR: a build tool. Reads every rule, flow and kind under the
 * folder, checks them as strictly as a user's, and writes the C file that builtin.h describes. A
 * wrong rule stops the build with its place. It runs on the building machine only and is no part of
 * the program.
 */
#include "model/kind.h"
#include "rule/builtin.h"
#include "rule/managed.h"
#include "rule/rule.h"
#include "tree/read_yaml.h"
#include "tree/write_json.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { FILES_MAX = 4096, MANAGED_MAX = 256, TEXT_MAX = 64 * 1024 * 1024, LINE_BYTES = 80 };

struct embedder {
    struct arena arena;
    struct sources sources;
    struct atoms atoms;
    struct findings findings;
    struct builder builder;
    struct kinds kinds;
    struct rule_loader loader;
    struct buf pool;
    struct builtin_row rows[FILES_MAX];
    size_t row_count;
    struct builtin_piece kinds_piece;
    struct builtin_piece init_piece;
    struct builtin_piece flows_piece;
    struct buf flows_json;
    struct flows flows;
    struct rule_file *files;
    size_t file_count, file_capacity;
    struct builtin_managed managed[MANAGED_MAX];
    size_t managed_count;
};

/* A document of a family's folder: a rule, or a flow. */
struct rule_file {
    const char *name;
    struct str expected_id;
    struct source *source;
    struct tree *tree;
};

static void die(const char *what, const char *name)
{
    fprintf(stderr, "ekslint-embed: %s: %s\n", name, what);
    exit(EXIT_FAILURE);
}

static struct str read_file(struct embedder *e, const char *name)
{
    FILE *file = fopen(name, "rb");
    struct buf bytes = buf_with_max(TEXT_MAX);
    char block[4096];
    size_t got;
    if (!file) {
        die("cannot be opened", name);
    }
    while ((got = fread(block, 1, sizeof block, file)) > 0) {
        buf_add(&bytes, (struct str){block, got});
    }
    if (ferror(file) || bytes.truncated) {
        die("cannot be read", name);
    }
    fclose(file);
    struct str kept = arena_str(&e->arena, buf_str(&bytes));
    buf_release(&bytes);
    return kept;
}

static struct builtin_piece add_piece(struct embedder *e, struct str text)
{
    struct builtin_piece piece = {(uint32_t)e->pool.len, (uint32_t)text.len};
    buf_add(&e->pool, text);
    return piece;
}

/* Print what was found and give up if there was anything. */
static void stop_on_findings(struct embedder *e)
{
    for (size_t i = 0; i < e->findings.count; i++) {
        const struct finding *finding = &e->findings.items[i];
        struct place place = sources_resolve(&e->sources, finding->at.source, finding->at.span);
        struct position at = source_position(place.source, place.span.lo);
        fprintf(stderr, "%.*s:%u:%u: %.*s [%.*s]\n", STR_ARG(place.source->name), at.line,
                at.column, STR_ARG(finding->message), STR_ARG(finding->rule));
    }
    if (e->findings.count) {
        exit(EXIT_FAILURE);
    }
}

static struct tree *next_document(struct embedder *e, struct yaml_stream *stream)
{
    struct tree *tree = arena_new(&e->arena, struct tree);
    tree_init(tree, &e->arena, &e->sources, &e->atoms);
    enum yaml_result result = yaml_read(stream, &e->builder, tree);
    stop_on_findings(e);
    return result == YAML_DOCUMENT ? tree : NULL;
}

/* ---- kinds ---- */

/* The two parts of what kinds_load() reads. */
struct kinds_text {
    struct buf heads;
    struct buf definitions;
};

/* The names of which a document must have one to be recognised. */
static void write_roots(struct embedder *e, struct str recognise, struct buf *out)
{
    struct path_compiler compiler = {&e->arena, &e->atoms, &path_standard_functions, true};
    struct path_error error;
    uint32_t names[KIND_ROOTS_MAX];
    struct path_program *program =
        recognise.len ? path_compile(&compiler, PATH_LOGICAL, recognise, &error) : NULL;
    if (recognise.len && !program) {
        die(arena_str(&e->arena, error.message).ptr, arena_str(&e->arena, recognise).ptr);
    }
    size_t count = program ? path_root_names(program, names, KIND_ROOTS_MAX) : 0;
    buf_add_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        buf_add_c(out, i ? "," : "");
        json_write_string(out, atoms_text(&e->atoms, names[i]));
    }
    buf_add_char(out, ']');
}

/* What a run needs of every kind; the whole definition is read when a document of the kind turns up. */
static void write_head(struct embedder *e, const struct tree *tree, size_t at, size_t len,
                       struct buf *out)
{
    static const char *const texts[] = {"kind", "title", "recognise", "named", "recognise-named"};
    _Static_assert(COUNT_OF(texts) == KIND_HEAD_FLAGS, "in the order of enum kind_head");
    buf_add_c(out, out->len > 1 ? ",[" : "[");
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        json_write_string(out, tree_string(tree, tree->root, str_from_c(texts[i])));
        buf_add_char(out, ',');
    }
    buf_add_char(out, '"');
    for (size_t i = 0; i < KIND_FLAG_COUNT; i++) {
        const struct node *value = tree_member(tree, tree->root, kind_flags[i].member);
        if (value && (value->kind != NODE_BOOL || tree_bool(tree, value))) {
            buf_add_char(out, kind_flags[i].letter);
        }
    }
    buf_printf(out, "\",%zu,%zu,", at, len);
    write_roots(e, tree_string(tree, tree->root, STR("recognise")), out);
    buf_add_char(out, ']');
}

static void add_kinds(struct embedder *e, const char *name, struct kinds_text *text)
{
    struct source *source = sources_add(&e->sources, str_from_c(name), read_file(e, name));
    struct yaml_stream *stream = yaml_open(&e->arena, source, &e->findings);
    struct tree *tree;
    while ((tree = next_document(e, stream)) != NULL) {
        size_t at = text->definitions.len;
        json_write(&text->definitions, tree, tree->root, 0);
        write_head(e, tree, at, text->definitions.len - at, &text->heads);
    }
    yaml_close(stream);
}

static void load_kinds(struct embedder *e, struct str json)
{
    struct str kept = arena_str(&e->arena, json);
    bool loaded = kinds_load(&e->kinds, &e->arena, &e->sources, &e->atoms, kept, &e->findings);
    for (size_t i = 0; i < e->kinds.count; i++) {
        loaded = kinds_prepare(&e->kinds, &e->kinds.items[i]) && loaded;
    }
    stop_on_findings(e);
    if (!loaded) {
        die("the kinds cannot be loaded", "rules/kinds");
    }
    e->kinds_piece = add_piece(e, kept);
}

/* ---- rules ---- */

/* Some members of a rule's definition, as JSON. */
static void write_members(const struct tree *tree, const char *const *members, size_t count,
                          struct buf *out)
{
    out->len = 0;
    buf_add_char(out, '{');
    for (size_t i = 0; i < count; i++) {
        const struct node *value = tree_member(tree, tree->root, str_from_c(members[i]));
        if (value) {
            buf_add_c(out, out->len > 1 ? "," : "");
            json_write_string(out, str_from_c(members[i]));
            buf_add_char(out, ':');
            json_write(out, tree, value, 0);
        }
    }
    buf_add_char(out, '}');
}

/* The file without its `tests` member, which must be the last one. */
static struct str without_tests(const struct tree *tree, struct str bytes, const char *name)
{
    const struct node *root = tree->root;
    const struct node *tests = tree_member(tree, root, STR("tests"));
    if (!tests) {
        return bytes;
    }
    if (tests != tree_value(tree, root, node_size(root) - 1)) {
        die("'tests' must be the last key of a rule", name);
    }
    return str_slice(bytes, 0, node_key_of(tests)->lo);
}

static void read_rule_file(struct embedder *e, const char *name, struct str expected_id)
{
    struct source *source = sources_add(&e->sources, str_from_c(name), read_file(e, name));
    struct yaml_stream *stream = yaml_open(&e->arena, source, &e->findings);
    struct tree *tree = next_document(e, stream);
    if (!tree || next_document(e, stream)) {
        die("holds no rule, or more than one", name);
    }
    yaml_close(stream);
    e->files = arena_grow(&e->arena, e->files, e->file_count, &e->file_capacity, sizeof *e->files);
    e->files[e->file_count++] = (struct rule_file){name, expected_id, source, tree};
}

static void add_rule(struct embedder *e, const struct rule_file *file)
{
    /* What decides a rule; the row has its other names, and the rest is read from its file when
       somebody asks. */
    static const char *const core[] = {"id",    "severity", "finding-type", "profile",  "dated",
                                       "stage", "kind",     "select",       "point-at", "if-absent",
                                       "when",  "foreach",  "needs",        "require"};
    static const char *const symptoms[] = {"symptoms"};
    struct rule rule;
    bool decoded = rule_decode(&e->loader, file->tree, file->tree->root, false, &rule);
    stop_on_findings(e);
    if (!decoded) {
        die("cannot be decoded", file->name);
    }
    if (!str_eq(rule.id, file->expected_id)) {
        die("the id is not <folder>/<file name>", file->name);
    }
    if (e->row_count == FILES_MAX) {
        die("too many rules", file->name);
    }
    struct builtin_row *row = &e->rows[e->row_count++];
    *row = (struct builtin_row){
        .id = add_piece(e, rule.id),
        .kind = add_piece(e, rule.kind_list),
        .aka = add_piece(e, rule.aka),
        .stage = add_piece(e, rule.stage),
        .guards = rule_guard_set(&rule),
        .pedantic = rule.pedantic,
    };
    struct buf json = buf_with_max(TEXT_MAX);
    write_members(file->tree, core, COUNT_OF(core), &json);
    row->core = add_piece(e, buf_str(&json));
    write_members(file->tree, symptoms, COUNT_OF(symptoms), &json);
    row->symptoms = add_piece(e, buf_str(&json));
    buf_release(&json);
}

/* The files come behind all that a check reads of every rule, so as not to lie between. */
static void add_rule_text(struct embedder *e, const struct rule_file *file, struct builtin_row *row)
{
    struct str whole = file->source->bytes;
    row->file = add_piece(e, whole);
    row->yaml = row->file;
    row->yaml.len = (uint32_t)without_tests(file->tree, whole, file->name).len;
}

/* A stage is found by its id alone, whatever its flow. */
static void check_stages(const struct embedder *e, const struct flow_steps *steps, const char *name)
{
    for (size_t i = 0; i < steps->count; i++) {
        if (flows_find_stage(&e->flows, steps->items[i].id, NULL)) {
            die("has a stage of the id that another flow's has", name);
        }
    }
}

static void add_flow(struct embedder *e, const struct rule_file *file)
{
    struct flow_steps steps;
    bool decoded =
        stages_decode(&e->arena, &e->kinds, file->tree, file->tree->root, &e->findings, &steps);
    stop_on_findings(e);
    if (!decoded || e->flows.count == FLOWS_MAX) {
        die(decoded ? "one flow too many" : "cannot be decoded", file->name);
    }
    check_stages(e, &steps, file->name);
    e->flows.items[e->flows.count++] = steps;
    buf_add_c(&e->flows_json, e->flows_json.len ? "," : "[");
    json_write(&e->flows_json, file->tree, file->tree->root, 0);
    e->loader.flows = &e->flows;
}

/* A rule that a flow names must be there, and of the stage that names it. */
static void check_first(struct embedder *e, const struct stage *stage, struct str id)
{
    bool found = false;
    for (size_t i = 0; i < e->file_count; i++) {
        const struct rule_file *file = &e->files[i];
        struct str of = tree_string(file->tree, file->tree->root, STR("stage"));
        found = found || (str_eq(file->expected_id, id) && str_eq(of, stage->id));
    }
    if (!found) {
        die("a flow names this rule under 'first', and its stage has none of that id",
            arena_str(&e->arena, id).ptr);
    }
}

/* The flows first: rules are checked against their stages. */
static void add_rule_files(struct embedder *e)
{
    for (int flows = 1; flows >= 0; flows--) {
        for (size_t i = 0; i < e->file_count; i++) {
            const struct rule_file *file = &e->files[i];
            if (stages_is_flow(file->tree, file->tree->root) != (flows == 1)) {
                continue;
            }
            if (flows) {
                add_flow(e, file);
            } else {
                add_rule(e, file);
            }
        }
    }
    for (size_t i = 0, row = 0; i < e->file_count; i++) {
        if (!stages_is_flow(e->files[i].tree, e->files[i].tree->root)) {
            add_rule_text(e, &e->files[i], &e->rows[row++]);
        }
    }
    if (!e->loader.flows) {
        die("no flow among the rules", "rules");
    }
    buf_add_char(&e->flows_json, ']');
    e->flows_piece = add_piece(e, buf_str(&e->flows_json));
    buf_release(&e->flows_json);
    for (size_t f = 0; f < e->flows.count; f++) {
        const struct flow_steps *steps = &e->flows.items[f];
        for (size_t i = 0; i < steps->count; i++) {
            for (size_t k = 0; k < steps->items[i].first_count; k++) {
                check_first(e, &steps->items[i], steps->items[i].first[k]);
            }
        }
    }
}

/* ---- managed policies ---- */

static void add_managed(struct embedder *e, const char *name, struct str stem)
{
    struct source *source = sources_add(&e->sources, str_from_c(name), read_file(e, name));
    struct yaml_stream *stream = yaml_open(&e->arena, source, &e->findings);
    struct tree *tree = next_document(e, stream);
    struct iam_policy policy;
    if (!tree || next_document(e, stream)) {
        die("holds no managed policy, or more than one", name);
    }
    yaml_close(stream);
    bool decoded = managed_policy_decode(&e->arena, tree, tree->root, &e->findings, &policy);
    stop_on_findings(e);
    struct str resource = managed_policy_resource(tree_string(tree, tree->root, STR("arn")));
    if (!decoded || e->managed_count == MANAGED_MAX) {
        die("cannot be decoded, or is one too many", name);
    }
    if (!str_eq(str_from(resource, str_after_last(resource, '/')), stem)) {
        die("the policy's name is not the file's", name);
    }
    struct buf json = buf_with_max(TEXT_MAX);
    json_write(&json, tree, tree->root, 0);
    e->managed[e->managed_count++] =
        (struct builtin_managed){add_piece(e, resource), add_piece(e, buf_str(&json))};
    buf_release(&json);
}

/* ---- the folder ---- */

struct names {
    char *items[FILES_MAX];
    size_t count;
};

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The entries of a folder, sorted, so that the output does not depend on the file system. */
static void list_folder(struct embedder *e, const char *folder, struct names *names)
{
    DIR *dir = opendir(folder);
    const struct dirent *entry;
    if (!dir) {
        die("cannot be opened", folder);
    }
    names->count = 0;
    while ((entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] != '.' && names->count < FILES_MAX) {
            struct str copy = arena_str(&e->arena, str_from_c(entry->d_name));
            names->items[names->count++] = (char *)copy.ptr;
        }
    }
    closedir(dir);
    qsort(names->items, names->count, sizeof names->items[0], compare_names);
}

static bool is_folder(const char *name)
{
    struct stat info;
    return stat(name, &info) == 0 && S_ISDIR(info.st_mode);
}

static void each_file(struct embedder *e, const char *folder, struct str family,
                      struct kinds_text *kinds)
{
    struct names *files = arena_new(&e->arena, struct names);
    list_folder(e, folder, files);
    for (size_t i = 0; i < files->count; i++) {
        struct str file = str_from_c(files->items[i]);
        struct str path = arena_format(&e->arena, "%s/%.*s", folder, STR_ARG(file));
        if (!str_ends(file, STR(".yaml"))) {
            continue;
        }
        if (kinds) {
            add_kinds(e, path.ptr, kinds);
            continue;
        }
        struct str stem = str_slice(file, 0, file.len - strlen(".yaml"));
        if (str_eq(family, STR("managed"))) {
            add_managed(e, path.ptr, stem);
        } else {
            read_rule_file(e, path.ptr,
                           arena_format(&e->arena, "%.*s/%.*s", STR_ARG(family), STR_ARG(stem)));
        }
    }
}

static void read_everything(struct embedder *e, const char *root)
{
    struct names *families = arena_new(&e->arena, struct names);
    struct kinds_text text = {buf_with_max(TEXT_MAX), buf_with_max(TEXT_MAX)};
    struct str kinds = arena_format(&e->arena, "%s/kinds", root);
    struct str init = arena_format(&e->arena, "%s/templates/gitlab-eks.yaml", root);
    buf_add_char(&text.heads, '[');
    each_file(e, kinds.ptr, STR("kinds"), &text);
    buf_add_c(&text.heads, "]\n");
    buf_add(&text.heads, buf_str(&text.definitions));
    load_kinds(e, buf_str(&text.heads));
    buf_release(&text.heads);
    buf_release(&text.definitions);
    e->init_piece = add_piece(e, read_file(e, init.ptr));
    buf_add_char(&e->pool, '\0'); /* it is handed out as a C string */
    list_folder(e, root, families);
    for (size_t i = 0; i < families->count; i++) {
        struct str family = str_from_c(families->items[i]);
        struct str folder = arena_format(&e->arena, "%s/%.*s", root, STR_ARG(family));
        bool special = str_eq(family, STR("kinds")) || str_eq(family, STR("templates"));
        if (is_folder(folder.ptr) && !special) {
            each_file(e, folder.ptr, family, NULL);
        }
    }
    add_rule_files(e);
}

/* ---- the C file ---- */

/* As numbers, not as a string: compilers limit the length of literals. */
static void write_pool(FILE *out, struct str pool)
{
    fprintf(out, "static const char pool[] = {");
    for (size_t i = 0; i < pool.len; i++) {
        fprintf(out, "%s%d,", i % (LINE_BYTES / 4) == 0 ? "\n    " : "", pool.ptr[i]);
    }
    fprintf(out, "\n    0};\n\n");
}

static void write_piece(FILE *out, struct builtin_piece piece)
{
    fprintf(out, "{%u, %u}", piece.at, piece.len);
}

static void write_row(const struct builtin_row *row, FILE *out)
{
    const struct builtin_piece pieces[] = {row->id,   row->kind,     row->aka,  row->stage,
                                           row->core, row->symptoms, row->yaml, row->file};
    fprintf(out, "    {");
    for (size_t i = 0; i < COUNT_OF(pieces); i++) {
        write_piece(out, pieces[i]);
        fputs(", ", out);
    }
    for (size_t i = 0; i < FAULT_SET_WORDS; i++) {
        fprintf(out, "%s0x%llx", i ? ", " : "{{", (unsigned long long)row->guards.words[i]);
    }
    fprintf(out, "}}, %s},\n", row->pedantic ? "true" : "false");
}

static void write_managed(const struct embedder *e, FILE *out)
{
    fprintf(out, "static const struct builtin_managed managed[] = {\n");
    for (size_t i = 0; i < e->managed_count; i++) {
        fprintf(out, "    {");
        write_piece(out, e->managed[i].resource);
        fprintf(out, ", ");
        write_piece(out, e->managed[i].definition);
        fprintf(out, "},\n");
    }
    fprintf(out, "    {{0, 0}, {0, 0}}};\n\n"); /* an array has an element */
}

static void write_output(const struct embedder *e, FILE *out)
{
    fprintf(out, "/* Generated by ekslint-embed from rules/; not to be edited. */\n");
    fprintf(out, "#include \"rule/builtin.h\"\n\n");
    write_pool(out, buf_str(&e->pool));
    fprintf(out, "static const struct builtin_row rows[] = {\n");
    for (size_t i = 0; i < e->row_count; i++) {
        write_row(&e->rows[i], out);
    }
    fprintf(out, "};\n\n");
    write_managed(e, out);
    fprintf(out, "const struct builtin_rules builtin_rules = {\n    pool, rows, %zu,\n    ",
            e->row_count);
    write_piece(out, e->kinds_piece);
    fprintf(out, ", ");
    write_piece(out, e->init_piece);
    fprintf(out, ", ");
    write_piece(out, e->flows_piece);
    fprintf(out, ", managed, %zu};\n", e->managed_count);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: ekslint-embed OUTPUT.c RULES_DIR\n");
        return EXIT_FAILURE;
    }
    struct embedder *e = calloc(1, sizeof *e);
    if (!e) {
        return EXIT_FAILURE;
    }
    sources_init(&e->sources, &e->arena);
    atoms_init(&e->atoms, &e->arena, NULL);
    e->findings.arena = &e->arena;
    e->pool = buf_with_max(TEXT_MAX);
    e->flows_json = buf_with_max(TEXT_MAX);
    e->loader = (struct rule_loader){.arena = &e->arena,
                                     .sources = &e->sources,
                                     .atoms = &e->atoms,
                                     .kinds = &e->kinds,
                                     .findings = &e->findings};
    read_everything(e, argv[2]);
    FILE *out = fopen(argv[1], "wb");
    if (!out) {
        die("cannot be written", argv[1]);
    }
    write_output(e, out);
    if (fclose(out) != 0) {
        die("cannot be written", argv[1]);
    }
    buf_release(&e->pool);
    builder_release(&e->builder);
    builder_release(&e->loader.builder);
    arena_release(&e->arena);
    free(e);
    return EXIT_SUCCESS;
}
