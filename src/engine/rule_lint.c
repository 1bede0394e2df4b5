/* SPDX-License-Identifier: MIT */
/* What looks wrong in rules, and the files of those that are built in. */
#include "engine/engine.h"
#include "rule/lint.h"
#include "rule/lint_tests.h"
#include "text/secret.h"

static void lint_rule(ekslint *e, struct rule_loader *loader, struct rule *rule)
{
    struct trials trials = {
        .loader = loader, .scratch = &e->scratch, .part = &e->part, .tree = rule->tree};
    size_t said = e->problems.count;
    rule_lint(loader, rule->tree, rule);
    trials_read(&trials, rule);
    rule_lint_tests(&trials, rule);
    if (e->problems.count > said) {
        document_hide_secrets(sources_get(&e->sources, rule->tree->root->source));
        secret_redact_findings(&e->problems, said, &e->sources);
    }
}

int ekslint_check_rules(ekslint *e)
{
    struct ruleset *set = &e->rules;
    struct rule_loader loader = set->loader;
    loader.builder = (struct builder){0};
    e->rules_checked = 0;
    for (size_t i = 0; i < set->count && !e->broken; i++) {
        struct rule *rule = arena_new(&e->arena, struct rule);
        if (!engine_asks_for(e, &set->slots[i])) {
            continue;
        }
        e->broken = !ruleset_read(set, &set->slots[i], rule); /* a bug: it was read before */
        if (!e->broken) {
            lint_rule(e, &loader, rule);
            e->rules_checked++;
        }
    }
    builder_release(&loader.builder);
    if (e->broken) {
        return EKSLINT_INTERNAL;
    }
    if (e->rules_checked == 0) {
        return EKSLINT_NOTHING;
    }
    return e->problems.count ? EKSLINT_FINDINGS : EKSLINT_OK;
}

ekslint_text ekslint_rule_problems(ekslint *e, const char *format, const ekslint_output *output)
{
    ekslint_output plain = *output;
    plain.quiet = true;
    ekslint_text problems = ekslint_problems(e, format, &plain);
    if (!problems.text || output->quiet || !str_eq(str_from_c(format), STR("text"))) {
        return problems;
    }
    struct buf out = buf_with_max(ENGINE_TEXT_MAX);
    size_t rules = e->rules_checked;
    size_t count = e->problems.count;
    buf_add(&out, (struct str){problems.text, problems.len});
    buf_add_c(&out, problems.len ? "\n" : "");
    if (engine_language(output) == LANGUAGE_JA) {
        buf_printf(&out, "ルール %zu 件、問題 %zu 件\n", rules, count);
    } else {
        buf_printf(&out, "%zu rule%s, %zu problem%s\n", rules, rules == 1 ? "" : "s", count,
                   count == 1 ? "" : "s");
    }
    ekslint_text_free(problems);
    return engine_take_text(&out);
}

ekslint_text ekslint_builtin_rule(ekslint *e, size_t index, const char **id)
{
    const struct builtin_rules *builtin = e->rules.builtin;
    if (!builtin || index >= builtin->count) {
        return (ekslint_text){0};
    }
    const struct builtin_row *row = &builtin->rows[index];
    struct buf out = buf_with_max(ENGINE_TEXT_MAX);
    buf_add(&out, builtin_text(builtin, row->file));
    *id = arena_str(&e->arena, builtin_text(builtin, row->id)).ptr;
    return engine_take_text(&out);
}
