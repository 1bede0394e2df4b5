/* SPDX-License-Identifier: MIT */
/* What the configuration says of a file: the layers by which it is judged, its kind, whether it is read. */
#include "base/paths.h"
#include "engine/engine.h"
#include "model/directive.h"

struct str engine_config_path(const ekslint *e, struct arena *arena, struct str name)
{
    const struct engine_config *config = &e->config;
    struct str folder = config->folder;
    if (folder.len == 0) {
        return (struct str){0};
    }
    struct str whole = name;
    if (!str_starts(name, STR("/"))) {
        whole = arena_format(arena, "%.*s/%.*s", STR_ARG(config->here), STR_ARG(name));
    }
    whole = path_normalize(arena, whole);
    if (!path_is_inside(whole, folder)) {
        return (struct str){0};
    }
    struct str below = str_from(whole, folder.len);
    return str_from(below, str_starts(below, STR("/")));
}

void ekslint_set_config_folder(ekslint *e, const char *here, const char *folder)
{
    e->config.here = arena_str(&e->arena, str_from_c(here));
    e->config.folder = path_normalize(&e->arena, str_from_c(folder));
}

/* ---- choices ---- */

static void add_layer(struct rule_choice *choice, const struct rule_layer *layer)
{
    choice->layers[choice->count++] = layer;
}

static const struct engine_choice *new_choice(ekslint *e, uint64_t overrides)
{
    struct engine_config *config = &e->config;
    struct engine_choice *choice = arena_new(&e->lasting, struct engine_choice);
    size_t bit = 0;
    choice->overrides = overrides;
    choice->layers.layers = arena_array(&e->lasting, const struct rule_layer *,
                                        config->order_count + CONFIG_OVERRIDES_MAX + 2);
    add_layer(&choice->layers, &e->rules.preset);
    for (size_t i = 0; i < config->order_count; i++) {
        const struct config_file *file = &config->order[i]->file;
        add_layer(&choice->layers, &file->layer);
        for (size_t k = 0; k < file->override_count && config->has_overrides; k++, bit++) {
            if (overrides >> bit & 1) {
                add_layer(&choice->layers, &file->overrides[k].layer);
            }
        }
    }
    add_layer(&choice->layers, &e->rules.asked);
    config->choices = arena_grow(&e->lasting, config->choices, config->choice_count,
                                 &config->choice_capacity, sizeof *config->choices);
    config->choices[config->choice_count++] = choice;
    return choice;
}

static uint64_t find_overrides(ekslint *e, struct str file)
{
    struct engine_config *config = &e->config;
    struct arena_mark mark = arena_mark(&e->scratch);
    struct str path = engine_config_path(e, &e->scratch, file);
    struct location at;
    uint64_t overrides = 0;
    uint64_t bit = 1;
    for (size_t i = 0; i < config->order_count && path.len; i++) {
        const struct config_file *part = &config->order[i]->file;
        for (size_t k = 0; k < part->override_count; k++, bit <<= 1) {
            if (config_globs_take(&part->overrides[k].files, path, false, &at)) {
                overrides |= bit;
            }
        }
    }
    arena_rewind(&e->scratch, mark);
    return overrides;
}

const struct engine_choice *engine_choice_of(ekslint *e, struct str file)
{
    uint64_t overrides = e->config.has_overrides ? find_overrides(e, file) : 0;
    for (size_t i = 0; i < e->config.choice_count; i++) {
        if (e->config.choices[i]->overrides == overrides) {
            return e->config.choices[i];
        }
    }
    return new_choice(e, overrides);
}

static void use_choice(ekslint *e, const struct engine_choice *choice)
{
    for (size_t i = 0; i < e->config.used_count; i++) {
        if (e->config.used[i] == choice) {
            return;
        }
    }
    e->config.used[e->config.used_count++] = choice;
}

size_t engine_gather_choices(ekslint *e)
{
    struct engine_config *config = &e->config;
    size_t documents = config->has_overrides ? e->documents.count : 0;
    if (config->used_count && config->gathered == documents) {
        return config->used_count;
    }
    config->used = arena_array(&e->arena, const struct engine_choice *, documents + 1);
    config->used_count = 0;
    config->gathered = documents;
    for (size_t i = 0; i < documents; i++) {
        if (e->documents.items[i]->kind) {
            use_choice(e, engine_choice_of(e, e->documents.items[i]->source->name));
        }
    }
    if (config->used_count == 0) {
        use_choice(e, engine_choice_of(e, (struct str){0}));
    }
    return config->used_count;
}

/* ---- kinds ---- */

struct config_text engine_config_kind(ekslint *e, struct str file)
{
    struct engine_config *config = &e->config;
    struct config_text kind = {0};
    struct arena_mark mark = arena_mark(&e->scratch);
    struct str path = engine_config_path(e, &e->scratch, file);
    for (size_t i = config->order_count; i > 0 && path.len && !kind.text.len; i--) {
        const struct config_file *part = &config->order[i - 1]->file;
        const struct config_globs *globs = &part->kind_files;
        const struct path_glob *last = path_globs_last(globs->globs, globs->count, path, false);
        if (last) {
            kind = part->kinds[last - globs->globs];
        }
    }
    arena_rewind(&e->scratch, mark);
    return kind;
}

struct engine_kind engine_force_kind(ekslint *e, struct str file)
{
    struct engine_kind asked = {e->reader.forced, e->reader.resource_type};
    struct config_text said = asked.kind ? (struct config_text){0} : engine_config_kind(e, file);
    struct str id;
    if (said.text.len) {
        directive_split_kind(said.text, &id, &e->reader.resource_type);
        e->reader.forced = kinds_find(&e->kinds, id);
    }
    return asked;
}

void engine_restore_kind(ekslint *e, struct engine_kind asked)
{
    e->reader.forced = asked.kind;
    e->reader.resource_type = asked.resource_type;
}

/* ---- what is left out ---- */

bool engine_config_excludes(ekslint *e, struct str name, bool is_folder, struct location *at)
{
    struct engine_config *config = &e->config;
    struct arena_mark mark = arena_mark(&e->scratch);
    struct str path = engine_config_path(e, &e->scratch, name);
    bool decided = path.len == 0;
    bool excluded = false;
    for (size_t i = config->order_count; i > 0 && !decided; i--) {
        const struct config_globs *globs = &config->order[i - 1]->file.exclude;
        for (size_t k = globs->count; k > 0 && !decided; k--) {
            const struct path_glob *glob = &globs->globs[k - 1];
            decided = path_glob_covers(glob, path, is_folder);
            excluded = decided && !glob->negated;
            *at = globs->places[k - 1];
            /* What a later pattern takes back may lie in the folder. */
            decided = decided || (is_folder && glob->negated);
        }
    }
    arena_rewind(&e->scratch, mark);
    return excluded;
}

bool ekslint_excludes(ekslint *e, const char *name, bool is_folder)
{
    struct location at;
    return engine_config_excludes(e, str_from_c(name), is_folder, &at);
}

/* ---- values of the run ---- */

struct config_text engine_config_fail_on(const ekslint *e)
{
    struct config_text text = {0};
    for (size_t i = 0; i < e->config.order_count; i++) {
        const struct config_file *file = &e->config.order[i]->file;
        text = file->fail_on.text.len ? file->fail_on : text;
    }
    return text;
}

struct config_text engine_config_language(const ekslint *e)
{
    struct config_text text = {0};
    for (size_t i = 0; i < e->config.order_count; i++) {
        const struct config_file *file = &e->config.order[i]->file;
        text = file->language.text.len ? file->language : text;
    }
    return text;
}

struct config_text engine_config_baseline(const ekslint *e)
{
    struct config_text text = {0};
    for (size_t i = 0; i < e->config.order_count; i++) {
        const struct config_file *file = &e->config.order[i]->file;
        text = file->baseline.text.len ? file->baseline : text;
    }
    return text;
}

bool engine_fail_on(ekslint *e, struct str threshold)
{
    e->fail_on_unknown = str_eq(threshold, STR("unknown"));
    e->fail_on = SEVERITY_ERROR;
    return e->fail_on_unknown || severity_parse(threshold, &e->fail_on);
}

void engine_set_language(ekslint *e, struct str language)
{
    e->language = str_eq(language, STR("ja")) ? LANGUAGE_JA : LANGUAGE_EN;
}

const char *ekslint_language(const ekslint *e)
{
    return e->language == LANGUAGE_JA ? "ja" : "en";
}

void ekslint_unused_config(ekslint *e, const char *name, const char *used)
{
    static const struct str fixes[LANGUAGE_COUNT] = {
        [LANGUAGE_EN] =
            STR_INIT("Check this folder in a run of its own, or write what is otherwise "
                     "for its files under 'overrides' of the run's configuration."),
        [LANGUAGE_JA] =
            STR_INIT("このフォルダーは別に検査するか、ここのファイルだけの設定を使われる"
                     "設定ファイルの「overrides」に書いてください。"),
    };
    bool ja = e->language == LANGUAGE_JA;
    struct finding finding = {
        .rule = STR("config/unused"),
        .severity = SEVERITY_WARNING,
        .file = arena_str(&e->arena, str_from_c(name)),
        .fix = fixes[e->language],
    };
    if (used) {
        finding.message = arena_format(&e->arena,
                                       ja ? "この設定ファイルは使われません。使われるのは「%s」です"
                                          : "this configuration does not count: the run's is '%s'",
                                       used);
    } else {
        finding.message =
            ja ? STR("この設定ファイルは使われません。指定されたパスより下にあるためです")
               : STR("this configuration does not count: it lies below the paths that "
                     "were given");
    }
    findings_add(&e->findings, &finding);
}
