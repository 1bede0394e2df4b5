/* SPDX-License-Identifier: MIT */
/*
 * The effective settings of a file, and where each comes from. Shown is what counts: of what a later
 * `select` started anew, nothing.
 */
#include "base/utf8.h"
#include "engine/engine.h"
#include "tree/write_json.h"

enum origin { ORIGIN_DEFAULT, ORIGIN_CALLER, ORIGIN_FILE, ORIGIN_RULE_FILE };

struct setting {
    const char *key;
    struct str value;
    enum origin origin;
    struct location at; /* of ORIGIN_FILE */
    struct str file;    /* of ORIGIN_RULE_FILE */
};

struct settings {
    ekslint *e;
    struct arena *arena;
    struct setting *items;
    size_t count, capacity;
};

static void add(struct settings *settings, struct setting setting)
{
    settings->items = arena_grow(settings->arena, settings->items, settings->count,
                                 &settings->capacity, sizeof *settings->items);
    settings->items[settings->count++] = setting;
}

static enum origin origin_of(const struct settings *settings, const struct rule_layer *layer)
{
    if (layer->located) {
        return ORIGIN_FILE;
    }
    return layer == &settings->e->rules.asked ? ORIGIN_CALLER : ORIGIN_DEFAULT;
}

static void add_value(struct settings *settings, const char *key, struct config_text configured,
                      bool asked, struct str value)
{
    struct setting setting = {.key = key, .value = value, .at = configured.at};
    setting.origin = asked ? ORIGIN_CALLER : configured.text.len ? ORIGIN_FILE : ORIGIN_DEFAULT;
    add(settings, setting);
}

static void add_profile(struct settings *settings, const struct rule_choice *choice)
{
    const struct rule_layer *layer = rule_choice_profile(choice);
    struct setting setting = {.key = "profile", .value = STR("default")};
    if (layer) {
        setting.value = rule_profile_name(layer->profile);
        setting.origin = origin_of(settings, layer);
        setting.at = layer->profile_at;
    }
    add(settings, setting);
}

static void add_wish(struct settings *settings, const struct rule_layer *layer,
                     const struct rule_wish *wish)
{
    static const char *const keys[] = {
        [WISH_SELECT] = "select", [WISH_IGNORE] = "ignore", [WISH_SEVERITY] = "severity"};
    struct setting setting = {
        .key = keys[wish->what],
        .value = wish->glob,
        .origin = origin_of(settings, layer),
        .at = wish->at,
    };
    if (wish->what == WISH_SEVERITY) {
        struct str level = severity_name(wish->severity);
        setting.value =
            arena_format(settings->arena, "%.*s=%.*s", STR_ARG(wish->glob), STR_ARG(level));
    }
    add(settings, setting);
}

static void add_wishes(struct settings *settings, const struct rule_choice *choice,
                       enum wish_kind what)
{
    size_t first = 0;
    for (size_t i = 0; i < choice->count && what != WISH_SEVERITY; i++) {
        first = choice->layers[i]->selects ? i : first;
    }
    for (size_t i = first; i < choice->count; i++) {
        for (size_t k = 0; k < choice->layers[i]->count; k++) {
            const struct rule_wish *wish = &choice->layers[i]->wishes[k];
            if (wish->what == what) {
                add_wish(settings, choice->layers[i], wish);
            }
        }
    }
}

static void add_excludes(struct settings *settings)
{
    const struct engine_config *config = &settings->e->config;
    for (size_t i = 0; i < config->order_count; i++) {
        const struct config_globs *globs = &config->order[i]->file.exclude;
        for (size_t k = 0; k < globs->count; k++) {
            add(settings, (struct setting){.key = "exclude",
                                           .value = globs->globs[k].text,
                                           .origin = ORIGIN_FILE,
                                           .at = globs->places[k]});
        }
    }
}

/* Of a file those that cover it, of a folder all: "RULE in PATTERN, … at PATH". */
static void add_suppressions(struct settings *settings, const struct config_file *file,
                             struct str name, bool is_folder)
{
    for (size_t i = 0; i < file->suppression_count; i++) {
        const struct config_suppression *entry = &file->suppressions[i];
        struct str value = entry->rule.text;
        if (!is_folder && !engine_covers_file(settings->e, entry, name)) {
            continue;
        }
        for (size_t k = 0; k < entry->files.count; k++) {
            value = arena_format(settings->arena, "%.*s%s%.*s", STR_ARG(value), k ? ", " : " in ",
                                 STR_ARG(entry->files.globs[k].text));
        }
        if (entry->path.len) {
            value =
                arena_format(settings->arena, "%.*s at %.*s", STR_ARG(value), STR_ARG(entry->path));
        }
        add(settings,
            (struct setting){
                .key = "suppress", .value = value, .origin = ORIGIN_FILE, .at = entry->rule.at});
    }
}

static void add_tolerance(struct settings *settings, struct str name, bool is_folder)
{
    const struct engine_config *config = &settings->e->config;
    struct config_text baseline = engine_config_baseline(settings->e);
    for (size_t i = 0; i < config->count; i++) {
        add_suppressions(settings, &config->parts[i]->file, name, is_folder);
    }
    for (size_t i = 0; i < config->count; i++) {
        const struct config_texts *globs = &config->parts[i]->file.forbidden;
        for (size_t k = 0; k < globs->count; k++) {
            add_value(settings, "forbid", globs->items[k], false, globs->items[k].text);
        }
    }
    if (baseline.text.len) {
        add_value(settings, "baseline", baseline, false, baseline.text);
    }
}

static void add_rules(struct settings *settings)
{
    const struct ruleset *set = &settings->e->rules;
    for (size_t i = 0; i < set->count; i++) {
        const struct rule_slot *slot = &set->slots[i];
        if (!slot->builtin) {
            add(settings, (struct setting){.key = "rule",
                                           .value = slot->id,
                                           .origin = ORIGIN_RULE_FILE,
                                           .file = slot->rule->file});
        }
    }
}

static void add_file_settings(struct settings *settings, struct str name, bool is_folder)
{
    struct config_text kind =
        is_folder ? (struct config_text){0} : engine_config_kind(settings->e, name);
    struct location at;
    if (kind.text.len) {
        add_value(settings, "kind", kind, false, kind.text);
    }
    if (engine_config_excludes(settings->e, name, is_folder, &at)) {
        add(settings, (struct setting){
                          .key = "left-out", .value = STR("yes"), .origin = ORIGIN_FILE, .at = at});
    }
}

static void gather(struct settings *settings, struct str name, bool is_folder)
{
    ekslint *e = settings->e;
    const struct rule_choice *choice = &engine_choice_of(e, name)->layers;
    struct str fail_on = e->fail_on_unknown ? STR("unknown") : severity_name(e->fail_on);
    add_profile(settings, choice);
    add_value(settings, "fail-on", engine_config_fail_on(e), e->fail_on_asked, fail_on);
    add_value(settings, "lang", engine_config_language(e), e->language_asked,
              str_from_c(ekslint_language(e)));
    add_wishes(settings, choice, WISH_SELECT);
    add_wishes(settings, choice, WISH_IGNORE);
    add_wishes(settings, choice, WISH_SEVERITY);
    add_excludes(settings);
    add_file_settings(settings, name, is_folder);
    add_tolerance(settings, name, is_folder);
    add_rules(settings);
}

/* ---- writing ---- */

static struct position position_of(const struct settings *settings, struct location at,
                                   struct str *file)
{
    struct place place = sources_resolve(&settings->e->sources, at.source, at.span);
    *file = place.source->name;
    return source_position(place.source, place.span.lo);
}

static struct str origin_text(const struct settings *settings, const struct setting *setting)
{
    struct str file;
    struct position at;
    switch (setting->origin) {
    case ORIGIN_DEFAULT:
        return STR("default");
    case ORIGIN_CALLER:
        return STR("command line");
    case ORIGIN_RULE_FILE:
        return setting->file;
    case ORIGIN_FILE:
        break;
    }
    at = position_of(settings, setting->at, &file);
    return arena_format(settings->arena, "%.*s:%u:%u", STR_ARG(file), at.line, at.column);
}

static void write_text(const struct settings *settings, struct str name, struct buf *out)
{
    const struct engine_config *config = &settings->e->config;
    size_t widest = 0;
    for (size_t i = 0; i < settings->count; i++) {
        size_t len = utf8_count(settings->items[i].value);
        widest = len > widest ? len : widest;
    }
    buf_printf(out, "settings of '%.*s'; ", STR_ARG(name));
    buf_add_c(out, config->order_count ? "configuration:" : "no configuration file");
    for (size_t i = 0; i < config->order_count; i++) {
        buf_printf(out, " %.*s", STR_ARG(config->order[i]->name));
    }
    buf_add_char(out, '\n');
    for (size_t i = 0; i < settings->count; i++) {
        const struct setting *setting = &settings->items[i];
        struct str origin = origin_text(settings, setting);
        buf_printf(out, "%-8s  %.*s", setting->key, STR_ARG(setting->value));
        buf_add_repeat(out, ' ', widest + 2 - utf8_count(setting->value));
        buf_printf(out, "%.*s\n", STR_ARG(origin));
    }
}

static void write_origin(const struct settings *settings, const struct setting *setting,
                         struct buf *out)
{
    struct str file = setting->file;
    buf_add_c(out, ",\"from\":{\"source\":");
    switch (setting->origin) {
    case ORIGIN_DEFAULT:
        buf_add_c(out, "\"default\"}");
        return;
    case ORIGIN_CALLER:
        buf_add_c(out, "\"command line\"}");
        return;
    case ORIGIN_FILE:
    case ORIGIN_RULE_FILE:
        break;
    }
    struct position at = {0};
    bool placed = setting->origin == ORIGIN_FILE;
    if (placed) {
        at = position_of(settings, setting->at, &file);
    }
    buf_add_c(out, "\"file\",\"file\":");
    json_write_string(out, file);
    if (placed) {
        buf_printf(out, ",\"line\":%u,\"column\":%u", at.line, at.column);
    }
    buf_add_char(out, '}');
}

static void write_json(const struct settings *settings, struct str name, struct buf *out)
{
    const struct engine_config *config = &settings->e->config;
    buf_add_c(out, "{\"version\":1,\"path\":");
    json_write_string(out, name);
    buf_add_c(out, ",\"configurations\":[");
    for (size_t i = 0; i < config->order_count; i++) {
        buf_add_c(out, i ? "," : "");
        json_write_string(out, config->order[i]->name);
    }
    buf_add_c(out, "],\"settings\":[");
    for (size_t i = 0; i < settings->count; i++) {
        buf_printf(out, "%s\n {\"key\":\"%s\",\"value\":", i ? "," : "", settings->items[i].key);
        json_write_string(out, settings->items[i].value);
        write_origin(settings, &settings->items[i], out);
        buf_add_char(out, '}');
    }
    buf_add_c(out, "\n]}\n");
}

ekslint_text ekslint_config(ekslint *e, const char *name, bool is_folder, const char *format)
{
    struct settings settings = {.e = e, .arena = &e->arena};
    struct buf out = buf_with_max(ENGINE_TEXT_MAX);
    gather(&settings, str_from_c(name), is_folder);
    if (str_eq(str_from_c(format), STR("json"))) {
        write_json(&settings, str_from_c(name), &out);
    } else {
        write_text(&settings, str_from_c(name), &out);
    }
    return engine_take_text(&out);
}

/* From the shape that files are checked by, so that help cannot name another key. */
ekslint_text ekslint_config_keys(void)
{
    struct buf out = buf_with_max(ENGINE_TEXT_MAX);
    ekslint *e = ekslint_new();
    const struct kind *kind = kinds_find(&e->kinds, STR("config"));
    const struct tree *tree = kind ? kind->schema.tree : NULL;
    const struct node *keys = kind ? tree_member(tree, kind->schema.top, STR("properties")) : NULL;
    for (uint32_t i = 0; keys && i < node_size(keys); i++) {
        struct str name = tree_text(tree, tree_key(tree, keys, i));
        struct str meaning = tree_string(tree, tree_value(tree, keys, i), STR("description"));
        buf_printf(&out, "%.*s\t%.*s\n", STR_ARG(name), STR_ARG(meaning));
    }
    ekslint_free(e);
    return engine_take_text(&out);
}
