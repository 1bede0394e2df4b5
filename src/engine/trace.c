/* SPDX-License-Identifier: MIT */
/* `trace`: why a rule did or did not fire, node by node and clause by clause. */
#include "engine/engine.h"
#include "path/program.h"
#include "report/spot.h"
#include "text/secret.h"
#include "tree/write_json.h"

enum { SHOWN_MAX_BYTES = 72, LINE_MAX_BYTES = 1 << 16, TRACE_NODES_MAX = 1000 };

struct tracer {
    ekslint *e;
    struct buf *out;
    size_t counts[OUTCOME_FAIL + 1]; /* of nodes */
    size_t nodes;
};

static const char *const outcomes[] = {[OUTCOME_NOT_APPLICABLE] = "not applicable",
                                       [OUTCOME_PASS] = "pass",
                                       [OUTCOME_UNKNOWN] = "unknown",
                                       [OUTCOME_FAIL] = "fail"};

static const char *truth_word(enum truth truth)
{
    return truth == TRUTH_TRUE ? "true" : truth == TRUTH_FALSE ? "false" : "unknown";
}

/* ---- values ---- */

/* On one line, and no longer than a reader wants. */
static void add_cut(struct buf *line, struct buf *text)
{
    struct str shown = buf_str(text);
    size_t cut = shown.len < SHOWN_MAX_BYTES ? shown.len : SHOWN_MAX_BYTES;
    while (cut < shown.len && cut > 0 && ((unsigned char)shown.ptr[cut] & 0xC0u) == 0x80u) {
        cut--;
    }
    buf_add(line, str_slice(shown, 0, cut));
    buf_add_c(line, cut < shown.len ? "…" : "");
}

static void add_node(struct buf *line, const struct path_env *env, const struct node *node)
{
    if (node->kind == NODE_UNKNOWN) {
        buf_add_c(line, "unknown");
        return;
    }
    struct buf text = buf_with_max(LINE_MAX_BYTES);
    json_write(&text, env->tree, node, 0);
    add_cut(line, &text);
    buf_release(&text);
}

static void add_value(struct buf *line, const struct path_env *env, const struct value *value)
{
    if (value->node) {
        add_node(line, env, value->node);
        return;
    }
    struct buf text = buf_with_max(LINE_MAX_BYTES);
    switch (value->kind) {
    case VALUE_NOTHING:
        buf_add_c(&text, "nothing");
        break;
    case VALUE_UNKNOWN:
        buf_add_c(&text, "unknown");
        break;
    case VALUE_BOOL:
        buf_add_c(&text, value->boolean ? "true" : "false");
        break;
    case VALUE_NUMBER:
        buf_printf(&text, "%.15g", value->number);
        break;
    case VALUE_STRING:
        json_write_string(&text, value->string);
        break;
    case VALUE_NULL:
    case VALUE_NODE:
        buf_add_c(&text, "null");
        break;
    }
    add_cut(line, &text);
    buf_release(&text);
}

static void add_nodes(struct buf *line, const struct path_env *env, const struct nodelist *nodes)
{
    buf_printf(line, "%zu node%s", nodes->count, nodes->count == 1 ? "" : "s");
    for (size_t i = 0; i < nodes->count && i < 3; i++) {
        buf_add_c(line, i ? ", " : ": ");
        add_node(line, env, nodes->items[i].node);
    }
    buf_add_c(line, nodes->count > 3 ? ", …" : "");
    buf_add_c(line, nodes->unknown ? ", and what is not known" : "");
}

/* ---- lines ---- */

/* Whatever files of the run hide stays out, wherever the value came from. */
static void add_line(struct tracer *tracer, const struct buf *line)
{
    struct str shown = buf_str(line);
    for (size_t i = 0; i < tracer->e->sources.count; i++) {
        const struct source *source = tracer->e->sources.items[i];
        if (source->secret_count) {
            shown = secret_redact(source, shown, &tracer->e->arena);
        }
    }
    buf_add(tracer->out, shown);
    buf_add_char(tracer->out, '\n');
}

/* A condition: the expression's text and the program that it became. */
struct condition {
    struct str text;
    const struct path_program *program;
    struct path_env env;
};

static struct str part_text(const struct condition *condition, uint32_t at)
{
    const struct path_op *op = &condition->program->ops[at];
    return str_slice(condition->text, op->lo, op->hi);
}

static void add_operand(struct buf *line, struct condition *condition, uint32_t at,
                        enum path_type type)
{
    struct path_datum datum;
    path_evaluate_part(condition->program, at, type, &condition->env, &datum);
    if (type == TYPE_NODES) {
        add_nodes(line, &condition->env, &datum.nodes);
    } else if (type == TYPE_LOGICAL) {
        buf_add_c(line, truth_word(datum.logical));
    } else {
        add_value(line, &condition->env, &datum.value);
    }
}

/* What was compared, found or handed over: '"a" == "b"', '2 nodes: …', '@: "a"'. */
static void add_detail(struct buf *line, struct condition *condition, uint32_t at)
{
    const struct path_op *ops = condition->program->ops;
    if (ops[at].code == OP_COMPARE) {
        buf_add_c(line, "  [");
        add_operand(line, condition, at + 1, TYPE_VALUE);
        struct str sign = path_comparison_sign((enum path_comparison)ops[at].comparison);
        buf_printf(line, " %.*s ", STR_ARG(sign));
        add_operand(line, condition, ops[at + 1].end, TYPE_VALUE);
        buf_add_char(line, ']');
    } else if (ops[at].code == OP_EXISTS) {
        buf_add_c(line, "  [");
        add_operand(line, condition, at + 1, TYPE_NODES);
        buf_add_char(line, ']');
    } else if (ops[at].code == OP_CALL) {
        const struct path_function *function = path_op_function(condition->program, &ops[at]);
        bool any = false;
        uint32_t operand = at + 1;
        for (size_t i = 0; operand < ops[at].end; i++, operand = ops[operand].end) {
            if (ops[operand].code != OP_LITERAL) {
                struct str text = part_text(condition, operand);
                buf_printf(line, "%s%.*s: ", any ? "; " : "  [", STR_ARG(text));
                add_operand(line, condition, operand, function->params[i]);
                any = true;
            }
        }
        buf_add_c(line, any ? "]" : "");
    }
}

/* Clauses under what they are clauses of. Recursion is bounded by EXPRESSION_MAX_DEPTH. */
static void show_part(struct tracer *tracer, struct condition *condition, uint32_t at,
                      const char *label, unsigned depth)
{
    const struct path_op *ops = condition->program->ops;
    struct buf line = buf_with_max(LINE_MAX_BYTES);
    enum truth truth = path_test_part(condition->program, at, &condition->env);
    struct str text = part_text(condition, at);
    buf_printf(&line, "  %-9s ", label);
    buf_add_repeat(&line, ' ', (size_t)2 * depth);
    buf_printf(&line, "%-7s  %.*s", truth_word(truth), STR_ARG(text));
    add_detail(&line, condition, at);
    add_line(tracer, &line);
    buf_release(&line);
    bool divides = ops[at].code == OP_AND || ops[at].code == OP_OR || ops[at].code == OP_NOT;
    for (uint32_t i = at + 1; divides && i < ops[at].end; i = ops[i].end) {
        show_part(tracer, condition, i, "", depth + 1);
    }
}

static void show_condition(struct tracer *tracer, const struct rule_judgement *judgement,
                           const char *label, const struct path_program *program)
{
    const struct rule *rule = judgement->rule;
    if (program) {
        struct condition condition = {tree_string(rule->tree, rule->tree->root, str_from_c(label)),
                                      program, judgement->env};
        show_part(tracer, &condition, 0, label, 0);
    }
}

static void show_needs(struct tracer *tracer, const struct rule_judgement *judgement)
{
    for (size_t i = 0; i < judgement->rule->need_count; i++) {
        struct buf line = buf_with_max(LINE_MAX_BYTES);
        bool missing = judgement->missing & (UINT32_C(1) << i);
        buf_printf(&line, "  needs     %-7s  %.*s", missing ? "missing" : "there",
                   STR_ARG(judgement->rule->needs[i].fact_text));
        add_line(tracer, &line);
        buf_release(&line);
    }
}

static void show_row(struct tracer *tracer, const struct rule_judgement *judgement)
{
    if (judgement->row) {
        const struct rule *rule = judgement->rule;
        struct buf line = buf_with_max(LINE_MAX_BYTES);
        buf_printf(&line, "  foreach   row %u    ", judgement->row);
        json_write(&line, rule->tree, tree_element(rule->tree, rule->rows, judgement->row - 1), 0);
        add_line(tracer, &line);
        buf_release(&line);
    }
}

/* "file:12:8 $['a'][0]: fail". */
static void show_node(struct tracer *tracer, const struct rule_judgement *judgement)
{
    ekslint *e = tracer->e;
    struct location at = node_location(judgement->node);
    struct place place = sources_resolve(&e->sources, at.source, at.span);
    struct position position = source_position(place.source, place.span.lo);
    struct buf line = buf_with_max(LINE_MAX_BYTES);
    buf_printf(&line, "\n%.*s:%u:%u: ", STR_ARG(place.source->name), position.line,
               position.column);
    engine_runner(e).path(e, at, &line);
    buf_printf(&line, ": %s", outcomes[judgement->outcome]);
    buf_add_c(&line, judgement->absent   ? " (nothing is selected here)"
                     : judgement->hidden ? " (what is selected cannot all be known)"
                                         : "");
    add_line(tracer, &line);
    buf_release(&line);
}

static void judged(void *context, const struct rule_judgement *judgement)
{
    struct tracer *tracer = context;
    tracer->counts[judgement->outcome]++;
    if (tracer->nodes++ >= TRACE_NODES_MAX) {
        return;
    }
    show_node(tracer, judgement);
    show_row(tracer, judgement);
    show_needs(tracer, judgement);
    /* What is absent, and skipped, is not asked anything. */
    if (!judgement->absent || judgement->rule->if_absent != ABSENT_SKIP) {
        show_condition(tracer, judgement, "when", judgement->rule->when);
    }
    if (!judgement->absent && !judgement->hidden) {
        show_condition(tracer, judgement, "require", judgement->rule->require);
    }
}

/* Files that could not be read or parsed: a rule says nothing of them. */
static void show_problems(struct tracer *tracer, struct str rule)
{
    const ekslint *e = tracer->e;
    for (size_t i = 0; i < e->findings.count; i++) {
        const struct finding *finding = &e->findings.items[i];
        if (str_eq(finding->rule, rule)) {
            continue;
        }
        struct buf line = buf_with_max(LINE_MAX_BYTES);
        struct spot spot = spot_of_finding(&e->sources, finding);
        buf_printf(&line, "\n%.*s:%u:%u: %.*s", STR_ARG(spot.file), spot.start.line,
                   spot.start.column, STR_ARG(finding->message));
        add_line(tracer, &line);
        buf_release(&line);
    }
}

/* "a, b" of "a,b". */
static void add_kinds(struct buf *out, struct str kinds)
{
    struct str kind;
    for (bool more = kinds.len > 0, first = true; more; first = false) {
        more = str_cut(kinds, ',', &kind, &kinds);
        buf_printf(out, "%s%.*s", first ? "" : ", ", STR_ARG(kind));
    }
}

static void show_summary(struct tracer *tracer, const struct rule_slot *slot)
{
    struct buf *out = tracer->out;
    show_problems(tracer, slot->id);
    if (tracer->nodes == 0) {
        size_t files = tracer->e->results.files;
        buf_add_c(out, "\nnothing was judged: no document of the kind ");
        add_kinds(out, slot->kind);
        buf_printf(out, " in %zu file%s\n", files, files == 1 ? "" : "s");
        return;
    }
    if (tracer->nodes > TRACE_NODES_MAX) {
        buf_printf(out, "\n%zu more are counted and not shown\n", tracer->nodes - TRACE_NODES_MAX);
    }
    buf_add_c(out, "\n");
    for (size_t i = OUTCOME_FAIL + 1; i-- > 0;) {
        buf_printf(out, "%s%zu %s", i == OUTCOME_FAIL ? "" : ", ", tracer->counts[i], outcomes[i]);
    }
    buf_add_c(out, "\n");
}

int ekslint_trace(ekslint *e, const char *id, ekslint_text *trace)
{
    struct rule_slot *slot = ruleset_find(&e->rules, str_from_c(id));
    *trace = (ekslint_text){0};
    if (!slot || !ruleset_load(&e->rules, slot)) {
        return EKSLINT_USAGE;
    }
    struct buf out = buf_with_max((size_t)e->limits.of[LIMIT_OUTPUT_BYTES]);
    struct tracer tracer = {.e = e, .out = &out};
    const struct rule_watch watch = {judged, &tracer};
    const struct rule *rule = slot->rule;
    buf_printf(&out, "%.*s\n  kind      ", STR_ARG(rule->id));
    add_kinds(&out, rule->kind_list);
    buf_printf(&out, "\n  select    %.*s\n  if-absent %.*s\n", STR_ARG(rule->select_text),
               STR_ARG(if_absent_name(rule->if_absent)));
    e->watch = &watch;
    e->suppressions.off = true; /* asked for is what happens, not what somebody tolerates */
    bool selected = ekslint_select(e, id);
    int status = selected ? ekslint_check(e) : EKSLINT_USAGE;
    e->watch = NULL;
    show_summary(&tracer, slot);
    *trace = engine_take_text(&out);
    return status;
}
