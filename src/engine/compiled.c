/* SPDX-License-Identifier: MIT */
/* `rules show --compiled`: what a rule became when it was loaded. */
#include "engine/engine.h"
#include "path/program.h"

struct dumper {
    ekslint *e;
    const struct rule *rule;
    struct buf *out;
};

enum { LABEL_COLUMNS = 11 };

static void add_label(const struct dumper *d, const char *label)
{
    buf_printf(d->out, "  %-*s", LABEL_COLUMNS, label);
}

static void add_list(const struct dumper *d, const char *label, struct str list)
{
    struct str item;
    add_label(d, label);
    for (bool more = list.len > 0, first = true; more; first = false) {
        more = str_cut(list, ',', &item, &list);
        buf_printf(d->out, "%s%.*s", first ? "" : ", ", STR_ARG(item));
    }
    buf_add_char(d->out, '\n');
}

/* When the rule is read at all, and when it is run. */
static void add_loading(const struct dumper *d, const struct rule_slot *slot)
{
    add_label(d, "loaded");
    if (slot->builtin) {
        buf_printf(d->out, "when a document of its kind turns up, from %u bytes of JSON\n",
                   (unsigned)slot->builtin->core.len);
    } else {
        buf_add_c(d->out, "at once: a file of yours\n");
    }
}

static const char *group_name(enum iam_fault_group group)
{
    static const char *const names[FAULT_GROUP_COUNT] = {
        [FAULTS_OF_PARTS] = "the parts of a policy, each by itself",
        [FAULTS_OF_REACH] = "what actions and resources reach",
        [FAULTS_PEDANTIC] = "what only pedantic rules ask for",
    };
    return names[group];
}

static void add_guards(const struct dumper *d)
{
    const struct rule *rule = d->rule;
    for (size_t i = 0; i < rule->guard_count; i++) {
        enum iam_fault_id id = rule->guards[i];
        add_label(d, i ? "" : "guards");
        buf_printf(d->out, "%.*s (of the group: %s)\n", STR_ARG(iam_fault_name(id)),
                   group_name(iam_fault_group(id)));
    }
    if (rule->guard_count) {
        add_label(d, "");
        buf_add_c(d->out, "a policy without these passes, and the rule is not run on it\n");
    }
}

static void add_budget(const struct dumper *d)
{
    add_label(d, "budget");
    buf_printf(d->out, "%u steps, and %u for each node of what is judged%s\n",
               (unsigned)limits_default.of[LIMIT_RULE_STEPS],
               (unsigned)limits_default.of[LIMIT_NODE_STEPS],
               d->rule->rows ? "; anew for each row" : "");
    if (d->rule->rows) {
        add_label(d, "rows");
        buf_printf(d->out, "%u\n", node_size(d->rule->rows));
    }
}

/* How often a condition is asked: what hangs on no node is asked once (run.c). */
static const char *asked(const struct dumper *d, const struct path_program *program)
{
    const struct rule *rule = d->rule;
    bool steady = !path_uses_current(program);
    for (size_t i = 0; i < rule->need_count; i++) {
        steady = steady && !path_uses_current(rule->needs[i].fact);
    }
    if (!steady) {
        return "asked for each selected node";
    }
    return rule->rows ? "asked once for a row: it depends on no node"
                      : "asked once: it depends on no node";
}

/* The program below its expression. */
static void add_program(const struct dumper *d, const char *name, struct str text,
                        const struct path_program *program, const char *note)
{
    if (!program) {
        return;
    }
    struct buf dump = buf_with_max(ENGINE_TEXT_MAX);
    buf_printf(d->out, "\n%s: %.*s\n", name, STR_ARG(str_trim(text)));
    if (note) {
        buf_printf(d->out, "  (%s)\n", note);
    }
    path_dump(program, d->e->rules.loader.atoms, &dump);
    struct str rest = buf_str(&dump);
    struct str line;
    while (rest.len) {
        (void)str_cut(rest, '\n', &line, &rest);
        buf_printf(d->out, "    %.*s\n", STR_ARG(line));
    }
    buf_release(&dump);
}

static void add_needs(const struct dumper *d)
{
    for (size_t i = 0; i < d->rule->need_count; i++) {
        const struct need *need = &d->rule->needs[i];
        const char *linked = need->linked
                                 ? "queries that begin like it are unknown while it is missing"
                                 : "no query begins like it: while it is missing, all is unknown";
        struct str note = arena_format(&d->e->arena, "fact %#x; %s", 1u << i, linked);
        add_program(d, "needs", need->fact_text, need->fact, note.ptr);
    }
}

static struct str source_of(const struct dumper *d, const char *member)
{
    return tree_string(d->rule->tree, d->rule->tree->root, str_from_c(member));
}

ekslint_text ekslint_rules_compiled(ekslint *e, const char *id)
{
    struct rule_slot *slot = ruleset_find(&e->rules, str_from_c(id));
    if (!slot || !ruleset_load(&e->rules, slot)) {
        return (ekslint_text){0};
    }
    struct buf out = buf_with_max(ENGINE_TEXT_MAX);
    const struct rule *rule = slot->rule;
    const struct dumper d = {e, rule, &out};
    buf_printf(&out, "%.*s\n", STR_ARG(rule->id));
    add_list(&d, "kind", rule->kind_list);
    add_loading(&d, slot);
    add_list(&d, "if-absent", if_absent_name(rule->if_absent));
    add_guards(&d);
    add_budget(&d);
    add_program(&d, "select", rule->select_text, rule->select, NULL);
    add_program(&d, "point-at", source_of(&d, "point-at"), rule->point_at, NULL);
    add_program(&d, "when", source_of(&d, "when"), rule->when,
                rule->when ? asked(&d, rule->when) : NULL);
    add_needs(&d);
    add_program(&d, "require", source_of(&d, "require"), rule->require, asked(&d, rule->require));
    return engine_take_text(&out);
}
