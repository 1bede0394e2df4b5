/* SPDX-License-Identifier: MIT */
/*
 * Running one rule on one tree. The step budget is linear in the size of the tree, so no rule can
 * make a run explode; a rule that runs out is undecided and says so.
 */
#include "rule/run.h"

#include "path/program.h"
#include "rule/budget.h"
#include "rule/fingerprint.h"
#include "rule/functions.h"
#include "rule/guard.h"
#include "rule/symptom.h"
#include "rule/witness.h"
#include "text/secret.h"

enum { RENDER_MAX_BYTES = 4096, PATH_MAX_BYTES = 8192, KEPT_BYTES = 8 << 20, LAST_TEXTS = 8 };

/*
 * A condition that is the same for every node of a row, once it is known. Without it a rule that
 * asks a question about the whole case would ask it again for each node that it selects.
 */
struct steady {
    bool possible;
    bool known;
    enum truth truth;
};

struct run {
    const struct runner *runner;
    struct rule *rule;
    const struct limits *limits;
    struct path_env env;
    struct rule_context context;
    enum outcome worst, last;
    struct steady when, require;
    struct steady rows;       /* `when`, where it is the same for all rows */
    struct nodelist selected; /* by the row before, where that is the same for all rows */
    bool has_selected;
    struct rule_witness witness; /* of the last evaluation of `require` */
    uint32_t row;                /* 1 + index, or 0 */
    struct rule_budget budget;
    struct str last_texts[LAST_TEXTS];
    size_t judged; /* nodes selected by this row */
};

static void note(struct run *run, enum outcome outcome)
{
    run->last = outcome;
    if (outcome > run->worst) {
        run->worst = outcome;
    }
}

/* Steps for texts come on top: a message must not fail for what its rule has used up. */
static struct str render_with(struct run *run, const struct wording *wording,
                              void (*write)(const struct wording *, struct path_env *,
                                            struct buf *))
{
    struct buf text = buf_with_max(RENDER_MAX_BYTES);
    struct path_env env = run->env;
    const uint64_t had = rule_budget_text(&run->budget);
    env.steps = had;
    env.exhausted = false;
    env.missing_facts = 0;
    write(wording, &env, &text);
    rule_budget_charge_text(&run->budget, had, env.steps);
    /* Thousands of findings often say the same: it is kept once. */
    struct str *last = &run->last_texts[(uintptr_t)wording / sizeof *wording % LAST_TEXTS];
    if (!last->ptr || !str_eq(*last, buf_str(&text))) {
        *last = arena_str(run->runner->arena, buf_str(&text));
    }
    buf_release(&text);
    return *last;
}

static struct str render(struct run *run, const struct wording *wording)
{
    return render_with(run, wording, wording_render);
}

/* ---- undecided ---- */

static bool need_is_missing(struct run *run, const struct need *need)
{
    struct nodelist nodes = {0};
    path_select(need->fact, &run->env, &nodes);
    for (size_t i = 0; i < nodes.count; i++) {
        if (nodes.items[i].node->kind != NODE_UNKNOWN) {
            return false;
        }
    }
    return true;
}

static bool refuse_undecided(struct run *run)
{
    struct undecided_list *list = run->runner->undecided;
    list->dropped += list->count >= run->limits->of[LIMIT_FINDINGS];
    return list->count >= run->limits->of[LIMIT_FINDINGS];
}

static void add_undecided(struct run *run, struct undecided item)
{
    struct undecided_list *list = run->runner->undecided;
    list->items =
        arena_grow(list->arena, list->items, list->count, &list->capacity, sizeof *list->items);
    item.rule = run->rule->id;
    item.severity = run->rule->severity;
    item.stage = run->rule->stage;
    item.row = run->row;
    list->items[list->count++] = item;
}

/* The facts of which something is there, but not all: a listing that goes on, a policy left out. */
static uint32_t incomplete_needs(struct run *run)
{
    uint32_t incomplete = 0;
    for (size_t i = 0; i < run->rule->need_count; i++) {
        struct nodelist nodes = {0};
        path_select(run->rule->needs[i].fact, &run->env, &nodes);
        bool partial = nodes.unknown;
        for (size_t n = 0; n < nodes.count && !partial; n++) {
            const struct node *node = nodes.items[n].node;
            partial = node->kind == NODE_UNKNOWN || tree_has_unknown_child(run->env.tree, node);
        }
        incomplete |= partial ? UINT32_C(1) << i : 0;
    }
    return incomplete;
}

/* Why a rule is undecided that misses no fact. */
static struct str reason_of(const struct run *run)
{
    struct arena *arena = run->runner->arena;
    if (run->env.exhausted) {
        return arena_format(arena, "the rule's step budget ran out %s",
                            limit_advice(arena, LIMIT_NODE_STEPS).ptr);
    }
    if (run->env.pattern_stopped) {
        return arena_format(arena, "matching a pattern took too long %s",
                            limit_advice(arena, LIMIT_REGEX_MATCHES).ptr);
    }
    return STR("a value that it depends on cannot be known from the files");
}

/* What the user has to collect: the facts that are missing, or else those that are incomplete. */
static void report_undecided(struct run *run, const struct node *node, uint32_t missing)
{
    struct location at = node_location(node);
    bool said = false;
    uint32_t wanted = missing ? missing : incomplete_needs(run);
    note(run, OUTCOME_UNKNOWN);
    for (size_t i = 0; !run->env.exhausted && i < run->rule->need_count; i++) {
        if (!(wanted & (UINT32_C(1) << i))) {
            continue;
        }
        const struct need *need = &run->rule->needs[i];
        said = true;
        if (refuse_undecided(run)) {
            break;
        }
        struct undecided item = {
            .at = at,
            .needs = need->fact_text,
            .collect = render_with(run, &need->collect, wording_render_command),
            .save_as = render_with(run, &need->save_as, wording_render_file),
            .account = render_with(run, &need->account, wording_render_command),
            .names = render_with(run, &need->names, wording_render_command),
        };
        add_undecided(run, item);
    }
    if (!said && !refuse_undecided(run)) {
        add_undecided(run, (struct undecided){.at = at, .reason = reason_of(run)});
    }
}

/* ---- findings ---- */

static struct str path_of(struct run *run, struct location at)
{
    struct buf path = buf_with_max(PATH_MAX_BYTES);
    run->runner->path(run->runner->context, at, &path);
    struct str kept = arena_str(run->runner->arena, buf_str(&path));
    buf_release(&path);
    return kept;
}

/* A case is joined from documents: its findings are of the kind of the one that they point into. */
static struct str kind_of(struct run *run, const struct node *node)
{
    const struct runner *runner = run->runner;
    struct str kind = runner->kind.len ? runner->kind : run->rule->kind->id;
    if (!str_eq(kind, STR("case")) || !runner->kind_at) {
        return kind;
    }
    struct str own = runner->kind_at(runner->context, node_location(node));
    return own.len ? own : kind;
}

/*
 * What a failure says if the rule's texts cannot be read, which the rule set counts as an internal
 * error.
 */
static const struct wording_part no_words[] = {
    {.literal = STR_INIT("this rule fails, and its own texts cannot be read")}};
static const struct rule_texts no_texts = {
    .message = {{.parts = no_words, .count = 1}, {.parts = no_words, .count = 1}}};

/* The node that a finding points at: the first that `point-at` selects, else the judged one. */
static const struct node *pointed_at(struct run *run, const struct node *judged)
{
    struct path_datum pointed = {0};
    if (run->rule->point_at) {
        path_evaluate(run->rule->point_at, &run->env, &pointed);
    }
    return pointed.nodes.count ? pointed.nodes.items[0].node : judged;
}

/* The symptoms in the spellings that this version of GitLab shows; what is the same stands once. */
static void add_symptoms(struct run *run, const struct rule_texts *texts, struct finding *finding)
{
    const struct runner *runner = run->runner;
    struct str *symptoms = arena_array(runner->arena, struct str, texts->symptom_count);
    for (size_t i = 0; i < texts->symptom_count; i++) {
        const struct symptom *symptom = &texts->symptoms[i];
        if (!symptom_is_shown(symptom, runner->version)) {
            continue;
        }
        struct str text = render(run, &symptom->text[runner->language]);
        if (!symptom_is_among(symptoms, finding->symptom_count, text)) {
            symptoms[finding->symptom_count++] = text;
        }
    }
    finding->symptoms = symptoms;
}

/* Where a fault shows beside the judged node. */
static void add_places(struct run *run, const struct node *judged, struct finding *finding)
{
    const struct iam_fault *fault = rule_guard_fault(run->rule, run->context.policy, judged);
    size_t count = fault && finding ? iam_fault_detail(fault)->place_count : 0;
    if (count > 0) {
        struct location *places = arena_array(run->runner->arena, struct location, count);
        for (size_t i = 0; i < count; i++) {
            places[i] = node_location(fault->detail->places[i]);
        }
        finding->places = places;
        finding->place_count = count;
    }
}

static void add_edits(struct run *run, const struct rule_edits *edits, struct finding *finding)
{
    const struct runner *runner = run->runner;
    struct rule_changes changes;
    if (edits && runner->edit && rule_edits_plan(edits, &run->env, runner->arena, &changes)) {
        finding->edits_unsafe = !edits->safe;
        runner->edit(runner->context, &changes, finding);
    }
}

static void report_failure(struct run *run, const struct node *judged)
{
    const struct rule_witness witness = run->witness; /* before texts ask anew */
    const struct runner *runner = run->runner;
    note(run, OUTCOME_FAIL);
    if (findings_refuse(runner->findings)) {
        return; /* a million failures cost no more than those that are kept */
    }
    const struct node *node = pointed_at(run, judged);
    const struct rule_texts *texts = runner->texts(runner->context, run->rule);
    /* Of most files nothing is shown or hashed, so that they are not looked through before. */
    secret_hide_shapes(
        sources_resolve(runner->sources, node->source, node_location(node).span).source);
    texts = texts ? texts : &no_texts;
    struct finding finding = {
        .rule = run->rule->id,
        .severity = run->rule->severity,
        .has_location = true,
        .at = node_location(node),
        .kind = kind_of(run, node),
        .stage = run->rule->stage,
        .message = render(run, &texts->message[runner->language]),
        .fix = render(run, &texts->fix[runner->language]),
        .docs = texts->docs,
        .doc_count = texts->doc_count,
        .row = run->row,
    };
    add_symptoms(run, texts, &finding);
    finding.path = path_of(run, finding.at);
    /* A 64-bit hash of a short secret gives it away: one can try them all. */
    node = sources_is_hidden(runner->sources, finding.at) ? NULL : node;
    finding.fingerprint = fingerprint_of_node(runner->arena, &finding, run->env.tree, node);
    add_edits(run, texts->edits, &finding);
    struct finding *kept = findings_add(runner->findings, &finding);
    witness_relate(runner, &witness, kept);
    add_places(run, judged, kept);
}

/* ---- judging ---- */

/* Which facts are missing, for what is evaluated next. */
static uint32_t missing_needs(struct run *run, bool *undecidable)
{
    uint32_t missing = 0;
    run->env.missing_facts = 0;
    *undecidable = false;
    for (size_t i = 0; i < run->rule->need_count; i++) {
        if (need_is_missing(run, &run->rule->needs[i])) {
            missing |= UINT32_C(1) << i;
            *undecidable = *undecidable || !run->rule->needs[i].linked;
        }
    }
    run->env.missing_facts = missing;
    return missing;
}

static enum truth test(struct run *run, const struct path_program *program, struct steady *steady)
{
    if (!steady->known) {
        run->witness = (struct rule_witness){0};
        steady->truth = path_test(program, &run->env);
        steady->known = steady->possible && !run->env.exhausted;
    }
    return steady->truth;
}

/* Tell the one who watches how a node was judged. */
static void tell(struct run *run, struct rule_judgement judgement)
{
    const struct rule_watch *watch = run->runner->watch;
    if (watch) {
        judgement.rule = run->rule;
        judgement.row = run->row;
        judgement.env = run->env;
        judgement.env.steps = run->limits->of[LIMIT_RULE_STEPS];
        judgement.missing = run->env.missing_facts;
        judgement.outcome = run->last;
        watch->judged(watch->context, &judgement);
    }
}

static void judge(struct run *run, struct path_item item)
{
    run->env.current = item;
    run->env.missing_facts = 0;
    bool undecidable = false;
    /* Facts may be dear: where `when` leans on none, it is asked first. Who watches wants all. */
    bool facts_first = run->rule->when_needs || run->runner->watch;
    uint32_t missing = facts_first ? missing_needs(run, &undecidable) : 0;
    enum truth applies = run->rule->when ? test(run, run->rule->when, &run->when) : TRUTH_TRUE;
    if (applies == TRUTH_FALSE) {
        note(run, OUTCOME_NOT_APPLICABLE);
        return;
    }
    missing = facts_first ? missing : missing_needs(run, &undecidable);
    enum truth good = undecidable ? TRUTH_UNKNOWN : test(run, run->rule->require, &run->require);
    /* Where it is not certain that the rule applies, only a pass is certain. */
    if (applies == TRUTH_UNKNOWN && good == TRUTH_FALSE) {
        good = TRUTH_UNKNOWN;
    }
    if (run->env.exhausted) {
        good = TRUTH_UNKNOWN;
    }
    switch (good) {
    case TRUTH_TRUE:
        note(run, OUTCOME_PASS);
        break;
    case TRUTH_FALSE:
        report_failure(run, item.node);
        break;
    case TRUTH_UNKNOWN:
    case TRUTH_COUNT:
        report_undecided(run, item.node, missing);
        break;
    }
}

/* The deepest node that the selector's leading segments reach: where the absent one is missing. */
static const struct node *nearest_present(struct run *run)
{
    const struct path_program *select = run->rule->select;
    struct path_program prefix = *select;
    prefix.ops = arena_array(run->env.scratch, struct path_op, select->op_count);
    memcpy(prefix.ops, select->ops, select->op_count * sizeof *select->ops);
    const struct node *deepest = run->env.root;
    for (uint32_t end = 1; end < select->ops[0].end; end = select->ops[end].end) {
        struct nodelist nodes = {0};
        prefix.ops[0].end = end;
        prefix.op_count = end;
        path_select(&prefix, &run->env, &nodes);
        if (nodes.count == 0) {
            break;
        }
        deepest = nodes.items[0].node;
    }
    return deepest;
}

static void judge_absent(struct run *run)
{
    bool undecidable;
    if (run->rule->if_absent == ABSENT_SKIP) {
        note(run, OUTCOME_NOT_APPLICABLE);
        return;
    }
    run->env.current = (struct path_item){nearest_present(run), NULL};
    uint32_t missing = missing_needs(run, &undecidable);
    enum truth applies = run->rule->when ? path_test(run->rule->when, &run->env) : TRUTH_TRUE;
    if (applies == TRUTH_FALSE) {
        note(run, OUTCOME_NOT_APPLICABLE);
    } else if (run->rule->if_absent == ABSENT_FAIL && applies == TRUTH_TRUE) {
        report_failure(run, run->env.current.node);
    } else {
        report_undecided(run, run->env.current.node, missing);
    }
}

/* There may be nodes to judge that cannot be known; '@' is then one of them. */
static void judge_hidden(struct run *run)
{
    static const struct node hidden = {.kind = NODE_UNKNOWN};
    bool undecidable;
    run->env.current = (struct path_item){&hidden, NULL};
    uint32_t missing = missing_needs(run, &undecidable);
    if (run->rule->when && path_test(run->rule->when, &run->env) == TRUTH_FALSE) {
        note(run, OUTCOME_NOT_APPLICABLE);
    } else {
        report_undecided(run, nearest_present(run), missing);
    }
}

/* Conditions of a row depend on the judged node by themselves, or by the facts that they lean on. */
static void start_row(struct run *run)
{
    const struct rule *rule = run->rule;
    bool steady = true;
    for (size_t i = 0; i < rule->need_count; i++) {
        steady = steady && !path_uses_current(rule->needs[i].fact);
    }
    run->when = run->rows;
    if (!run->rows.known) {
        run->when.possible = steady && rule->when && !path_uses_current(rule->when);
    }
    run->require = (struct steady){.possible = steady && !path_uses_current(rule->require)};
}

/* The nodes of a select, by its text. */
struct rule_selection {
    struct str text;
    struct nodelist nodes;
};

/*
 * What the rule selects. Many rules of policies select the same, so each selection of a policy is kept;
 * one that depends on a row is not.
 */
static struct nodelist select_nodes(struct run *run)
{
    struct rule_policy *policy = run->context.policy;
    struct nodelist nodes = {0};
    run->env.current = (struct path_item){run->env.root, NULL};
    if (run->has_selected) {
        return run->selected;
    }
    if (!policy || run->rule->rows) {
        path_select(run->rule->select, &run->env, &nodes);
        run->selected = nodes;
        run->has_selected = run->rule->rows && run->rule->need_count == 0 && !run->env.exhausted &&
                            !path_calls(run->rule->select, STR("row"));
        return nodes;
    }
    for (size_t i = 0; i < policy->selection_count; i++) {
        if (str_eq(policy->selections[i].text, run->rule->select_text)) {
            return policy->selections[i].nodes;
        }
    }
    struct arena *scratch = run->env.scratch;
    run->env.scratch = policy->arena;
    path_select(run->rule->select, &run->env, &nodes);
    run->env.scratch = scratch;
    if (!run->env.exhausted) {
        policy->selections = arena_grow(policy->arena, policy->selections, policy->selection_count,
                                        &policy->selection_capacity, sizeof *policy->selections);
        policy->selections[policy->selection_count++] =
            (struct rule_selection){run->rule->select_text, nodes};
    }
    return nodes;
}

/*
 * Give back what judging one node took, where that is much: lists of all names for each of many nodes. A
 * condition that is the same for all nodes is asked once, and its witness stays.
 */
static void tidy(const struct run *run, struct arena_mark mark, size_t taken)
{
    if (run->env.scratch->taken - taken > KEPT_BYTES && !run->require.known) {
        arena_rewind(run->env.scratch, mark);
    }
}

/* Where the steps run out, that is said once, at the node at which they did. */
static void run_row(struct run *run)
{
    start_row(run);
    struct nodelist nodes = select_nodes(run);
    run->judged = nodes.count;
    if (run->env.exhausted) {
        report_undecided(run, run->env.root, 0);
        tell(run, (struct rule_judgement){.node = run->env.root, .hidden = true});
        return;
    }
    struct arena_mark mark = arena_mark(run->env.scratch);
    size_t taken = run->env.scratch->taken;
    bool sure = !run->rule->when && run->rule->need_count == 0 && !run->runner->watch;
    for (size_t i = 0; i < nodes.count && !run->env.exhausted; i++) {
        if (sure && rule_finds_no_fault(run->rule, run->context.policy, nodes.items[i].node)) {
            note(run, OUTCOME_PASS);
            continue;
        }
        judge(run, nodes.items[i]);
        tell(run, (struct rule_judgement){.node = nodes.items[i].node});
        tidy(run, mark, taken);
    }
    if (run->env.exhausted) {
        return;
    }
    /* What no file tells is no secret that stands in one. */
    if (nodes.unknown && rule_forbidden_secret(run->rule->require) == SECRET_SORT_COUNT) {
        judge_hidden(run);
        tell(run, (struct rule_judgement){.node = run->env.root, .hidden = true});
    } else if (nodes.count == 0) {
        judge_absent(run);
        if (run->runner->watch) { /* else nobody asks where it is missing */
            tell(run, (struct rule_judgement){.node = nearest_present(run), .absent = true});
        }
    }
}

/*
 * A `when` that depends on neither row nor node is asked once, and before anything is selected. False:
 * the rule applies to no row. Who watches wants to see the nodes all the same.
 */
static bool applies_to_rows(struct run *run)
{
    const struct path_program *when = run->rule->when;
    bool wanted = run->rule->rows || !run->runner->watch;
    run->rows.possible = wanted && when && run->rule->need_count == 0 && !path_uses_current(when) &&
                         !path_calls(when, STR("row"));
    run->env.current = (struct path_item){run->env.root, NULL};
    return !run->rows.possible || test(run, when, &run->rows) != TRUTH_FALSE || run->env.exhausted;
}

enum outcome rule_run(const struct runner *runner, struct rule *rule, const struct tree *tree,
                      const struct node *root)
{
    const struct iam_fault_set guards = rule_guard_set(rule);
    if (!runner->watch && rule_is_idle(&guards, runner->policy)) {
        return OUTCOME_PASS;
    }
    struct run run = {
        .runner = runner,
        .limits = tree->sources->limits,
        .rule = rule,
        .budget = rule_budget(tree->sources->limits, tree->count, runner->spare_steps),
        .env = {.tree = tree, .root = root, .scratch = runner->scratch, .indexes = runner->indexes},
        .context = {.row_tree = rule->tree,
                    .permissions = runner->permissions,
                    .today = runner->today,
                    .policy = runner->policy,
                    .leaks = runner->leaks},
    };
    run.context.witness = &run.witness;
    run.env.context = &run.context;
    struct arena_mark mark = arena_mark(runner->scratch);
    run.env.steps = rule_budget_row(&run.budget);
    if (!runner->watch && runner->leaks && rule_lacks_secrets(rule, &run.env)) {
        return OUTCOME_PASS;
    }
    if (!runner->watch && rule_selects_nothing(rule, tree, runner->names)) {
        return OUTCOME_NOT_APPLICABLE;
    }
    uint32_t rows = !applies_to_rows(&run) ? 0 : rule->rows ? node_size(rule->rows) : 1;
    for (uint32_t i = 0; i < rows; i++) {
        run.row = rule->rows ? i + 1 : 0;
        run.context.row = rule->rows ? tree_element(rule->tree, rule->rows, i) : NULL;
        const uint64_t steps = rule_budget_row(&run.budget);
        run.env.steps = steps;
        run.env.exhausted = false;
        run.env.pattern_stopped = false;
        path_indexes_begin(runner->indexes);
        run_row(&run);
        rule_budget_charge_row(&run.budget, steps, run.env.steps);
        rule_cost_add(runner->cost, steps - run.env.steps, run.judged);
    }
    arena_rewind(runner->scratch, mark);
    return run.worst;
}
