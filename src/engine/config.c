/* SPDX-License-Identifier: MIT */
/*
 * Configuration files: asking for what they name, the order in which they count, and what of them is
 * known to nobody. The order is found once all files are there: what a file extends comes before
 * it, overrides included, and again wherever it is extended again.
 */
#include "engine/config.h"

#include "engine/engine.h"
#include "model/directive.h"
#include "text/secret.h"

/* ---- files ---- */

static struct config_part *find_part(const struct engine_config *config, struct str identity)
{
    for (size_t i = 0; i < config->count; i++) {
        if (str_eq(config->parts[i]->identity, identity)) {
            return config->parts[i];
        }
    }
    return NULL;
}

/* Whatever was taken for a configuration may hold secrets, and what is said shows lines of it. */
static void hide_secrets(ekslint *e, struct source *source, size_t said)
{
    if (e->problems.count > said) {
        document_hide_secrets(source);
        secret_redact_findings(&e->problems, said, &e->sources);
    }
}

static struct config_part *add_part(ekslint *e, const char *name, const char *identity,
                                    struct str bytes)
{
    struct engine_config *config = &e->config;
    struct config_part *part = arena_new(&e->arena, struct config_part);
    struct source *source = sources_add(&e->sources, str_from_c(name), bytes);
    size_t said = e->problems.count;
    part->name = source->name;
    part->identity = arena_str(&e->arena, str_from_c(identity));
    config->wrong = !config_read(&e->rules.loader, source, &part->file) || config->wrong;
    hide_secrets(e, source, said);
    part->bases = arena_array(&e->arena, struct config_part *, part->file.extends.count);
    config->parts[config->count++] = part;
    return part;
}

void ekslint_add_config(ekslint *e, const char *name, const char *identity, const char *bytes,
                        size_t len)
{
    if (e->config.count == 0) {
        (void)add_part(e, name, identity, (struct str){bytes, len});
    }
}

static void report(ekslint *e, const char *rule, struct location at, struct str what,
                   const char *why)
{
    e->config.wrong = true;
    findings_error(&e->problems, str_from_c(rule), at, "'%.*s' %s", STR_ARG(what), why);
}

/* ---- requests ---- */

static const struct config_text *asked_text(const struct engine_config *config)
{
    const struct config_file *file = &config->asking->file;
    return config->ordered ? &file->rules.items[config->asked]
                           : &file->extends.items[config->asked];
}

void ekslint_refuse_config(ekslint *e, const char *why)
{
    const struct config_text *text = asked_text(&e->config);
    report(e, e->config.ordered ? "config/rules" : "config/extends", text->at, text->text, why);
}

void ekslint_answer_config(ekslint *e, const char *name, const char *identity, const char *bytes,
                           size_t len)
{
    struct engine_config *config = &e->config;
    struct config_part *asking = config->asking;
    struct config_part *part = find_part(config, str_from_c(identity));
    if (!part && config->count == CONFIG_FILES_MAX) {
        ekslint_refuse_config(e, "is one file too many: a configuration has at most 64");
        return;
    }
    size_t asked = config->asked;
    asking->bases[asked] = part ? part : add_part(e, name, identity, (struct str){bytes, len});
}

static const ekslint_config_request *request(ekslint *e, const struct config_part *part,
                                             const struct config_text *text, bool rules)
{
    e->config.request =
        (ekslint_config_request){part->name.ptr, arena_str(&e->arena, text->text).ptr, rules};
    return &e->config.request;
}

/* ---- the order ---- */

/* "a.yaml extends b.yaml extends a.yaml": the way to where a file stands, and back to it. */
static void report_cycle(ekslint *e, struct config_part *const *way, size_t depth,
                         const struct config_part *again, struct location at)
{
    struct buf chain = buf_with_max(MESSAGE_MAX_BYTES);
    size_t first = 0;
    while (way[first] != again) {
        first++;
    }
    for (size_t i = first; i < depth; i++) {
        buf_add(&chain, way[i]->name);
        buf_add_c(&chain, " extends ");
    }
    buf_add(&chain, again->name);
    e->config.wrong = true;
    findings_error(&e->problems, STR("config/cycle"), at,
                   "this closes a cycle: %.*s; one of them must not extend the other",
                   STR_ARG(buf_str(&chain)));
    buf_release(&chain);
}

/* `way` has the files from the first one to this. */
static void order_part(ekslint *e, struct config_part *part, struct config_part **way, size_t depth)
{
    struct engine_config *config = &e->config;
    way[depth] = part;
    part->open = true;
    for (size_t i = 0; i < part->file.extends.count; i++) {
        struct config_part *base = part->bases[i];
        if (base && base->open) {
            report_cycle(e, way, depth + 1, base, part->file.extends.items[i].at);
            part->bases[i] = NULL; /* said once */
        } else if (base && config->order_count < CONFIG_FILES_MAX) {
            order_part(e, base, way, depth + 1);
        }
    }
    part->open = false;
    if (config->order_count < CONFIG_FILES_MAX) {
        config->order[config->order_count++] = part;
        return;
    }
    struct location start = {config->parts[0]->file.source->id, {0, 0}};
    if (!config->wrong) {
        report(e, "config/extends", start, config->parts[0]->name,
               "extends more than 64 files, each counted as often as it is extended");
    }
}

static void count_parts(ekslint *e)
{
    struct engine_config *config = &e->config;
    size_t overrides = 0;
    size_t bytes = 0;
    for (size_t i = 0; i < config->order_count; i++) {
        const struct config_file *file = &config->order[i]->file;
        overrides += file->override_count;
        for (size_t k = 0; k < file->override_count; k++) {
            bytes += config_globs_bytes(&file->overrides[k].files);
        }
        bytes += config_globs_bytes(&file->exclude) + config_globs_bytes(&file->kind_files);
    }
    struct location start = {config->parts[0]->file.source->id, {0, 0}};
    if (overrides > CONFIG_OVERRIDES_MAX) {
        report(e, "config/size", start, config->parts[0]->name,
               "has, with what it extends, more than 64 overrides");
    }
    if (bytes > CONFIG_PATTERNS_MAX_BYTES) {
        report(e, "config/size", start, config->parts[0]->name,
               "has, with what it extends, more than 16 KiB of patterns of paths");
    }
    config->has_overrides = overrides > 0 && overrides <= CONFIG_OVERRIDES_MAX;
}

static void find_order(ekslint *e)
{
    struct config_part *way[CONFIG_FILES_MAX + 1];
    e->config.ordered = true;
    e->config.part = 0;
    e->config.item = 0;
    if (e->config.count) {
        order_part(e, e->config.parts[0], way, 0);
        count_parts(e);
    }
}

const ekslint_config_request *ekslint_next_config_request(ekslint *e)
{
    struct engine_config *config = &e->config;
    for (; !config->ordered && config->part < config->count; config->part++, config->item = 0) {
        struct config_part *part = config->parts[config->part];
        if (config->item < part->file.extends.count) {
            config->asking = part;
            config->asked = config->item++;
            return request(e, part, &part->file.extends.items[config->asked], false);
        }
    }
    if (!config->ordered) {
        find_order(e);
    }
    for (; config->part < config->order_count; config->part++, config->item = 0) {
        const struct config_part *part = config->order[config->part];
        if (config->item < part->file.rules.count) {
            if (config->item == 0) {
                ekslint_begin_rules(e);
            }
            config->asking = find_part(config, part->identity);
            config->asked = config->item++;
            return request(e, part, &part->file.rules.items[config->asked], true);
        }
    }
    return NULL;
}

/* ---- what it names ---- */

/* Whoever reads so many messages needs no more of them; and each costs a look at all rules. */
enum { ADVICE_MOST = 1000, WRONG_NAMES_MOST = 10000 };

static void check_wishes(ekslint *e, const struct rule_layer *layer)
{
    for (size_t i = 0; i < layer->count; i++) {
        struct str glob = layer->wishes[i].glob;
        if (glob.len == 0 || ruleset_knows(&e->rules, glob)) {
            continue;
        }
        if (e->problems.count >= WRONG_NAMES_MOST) {
            findings_error(&e->problems, STR("config/rule"), layer->wishes[i].at,
                           "no rule is called '%.*s'; after so many wrong names those behind it "
                           "are not looked at",
                           STR_ARG(glob));
            return;
        }
        struct str nearest = {0};
        if (e->problems.count < ADVICE_MOST) {
            nearest = ruleset_nearest(&e->rules, glob, &e->scratch);
        }
        e->config.wrong = true;
        findings_error(&e->problems, STR("config/rule"), layer->wishes[i].at,
                       "no rule is called '%.*s'%s%.*s%s", STR_ARG(glob),
                       nearest.len ? "; did you mean '" : "; 'ekslint rules list' names all",
                       STR_ARG(nearest), nearest.len ? "'?" : "");
    }
}

static void check_kinds(ekslint *e, const struct config_file *file)
{
    for (size_t i = 0; i < file->kind_files.count; i++) {
        struct str id, resource_type;
        directive_split_kind(file->kinds[i].text, &id, &resource_type);
        const struct kind *kind = kinds_find(&e->kinds, id);
        if (id.len == 0 || (kind && kind_can_be_named(kind))) {
            continue;
        }
        struct str nearest = kinds_nearest(&e->kinds, id, &e->scratch);
        e->config.wrong = true;
        findings_error(&e->problems, STR("config/kind"), file->kinds[i].at,
                       "unknown kind '%.*s'%s%.*s%s", STR_ARG(id),
                       nearest.len ? "; did you mean '" : "", STR_ARG(nearest),
                       nearest.len ? "'?" : "");
    }
}

bool ekslint_apply_config(ekslint *e)
{
    struct engine_config *config = &e->config;
    const size_t said = e->problems.count;
    for (size_t i = 0; i < config->count; i++) {
        const struct config_file *file = &config->parts[i]->file;
        check_wishes(e, &file->layer);
        for (size_t k = 0; k < file->override_count; k++) {
            check_wishes(e, &file->overrides[k].layer);
        }
        check_kinds(e, file);
        engine_check_suppressions(e, file);
    }
    /* A token may stand where a rule's id belongs. */
    secret_redact_findings(&e->problems, said, &e->sources);
    struct config_text fail_on = engine_config_fail_on(e);
    struct config_text language = engine_config_language(e);
    if (fail_on.text.len && !e->fail_on_asked && !engine_fail_on(e, fail_on.text)) {
        config->wrong = true; /* the shape was checked: another word does not get here */
    }
    if (language.text.len && !e->language_asked) {
        engine_set_language(e, language.text);
    }
    return !config->wrong;
}
